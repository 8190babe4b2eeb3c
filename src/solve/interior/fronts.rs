//! A symmetric system is eliminated front by front: `K = L·D·Lᵀ`, and what is left of the border, its Schur complement
//! (Duff and Reid, 1983, doi 10.1145/356044.356047).
//!
//! The matrices are quasi-definite (Vanderbei, 1995, doi 10.1137/0805005): any order of elimination is stable enough, and no pivot
//! has to be looked for, as long as rounding turns the sign of none.

use rustc_hash::FxHashMap;

use super::dense::{aligned, backward, eliminate, forward, stride};
use super::factor::{Factor, Lower};
use super::lists::index;
use super::ordering::{Group, Set, groups};

/// What the diagonal is multiplied by before anything is eliminated: it grows by more than rounding takes away of it, which could turn the
/// sign of a pivot that has little left.
const GROWN: f64 = 1.0 + 1e-13;

/// Positions of pairs, the smaller first.
pub type Places = FxHashMap<(u32, u32), u32>;

/// A dense front: pivots, then the unknowns they touch.
#[derive(Clone, Debug)]
struct Front {
    /// Position of the first pivot in the order of elimination.
    first: usize,
    /// Number of pivots.
    pivots: usize,
    /// Positions of its other own unknowns.
    rest: Vec<u32>,
    /// Its unknowns of the border.
    border: Vec<u32>,
    /// How many fronts leave something to it.
    children: usize,
    /// Where the unknowns of `rest` and then `border` stand in the parent's front.
    in_parent: Vec<u32>,
    /// Entries of `K`: position in the front.
    entries: Vec<(u32, u32)>,
}

impl Front {
    fn size(&self) -> usize {
        self.pivots + self.rest.len() + self.border.len()
    }

    /// Number of its entries of `L` below the diagonal, without the border.
    fn below(&self) -> usize {
        self.pivots * (self.pivots - 1) / 2 + self.pivots * self.rest.len()
    }

    /// Takes the values of its own unknowns.
    fn take(&self, all: &[f64], near: &mut Vec<f64>) {
        near.clear();
        near.extend_from_slice(&all[self.first..self.first + self.pivots]);
        near.extend(self.rest.iter().map(|&at| all[at as usize]));
    }

    /// Puts them back.
    fn put(&self, all: &mut [f64], near: &[f64]) {
        let (pivots, rest) = near.split_at(self.pivots);
        all[self.first..self.first + self.pivots].copy_from_slice(pivots);
        for (&at, &value) in self.rest.iter().zip(rest) {
            all[at as usize] = value;
        }
    }

    /// Where a position in the order of elimination, or an unknown of the border, stands in the front.
    fn index(&self, own: usize, place: usize) -> usize {
        if place >= own {
            let at = self.border.binary_search(&index(place - own)).unwrap_or(0);
            self.pivots + self.rest.len() + at
        } else if place < self.first + self.pivots {
            place - self.first
        } else {
            self.pivots + self.rest.binary_search(&index(place)).unwrap_or(0)
        }
    }
}

/// Which entries a symmetric matrix has, and how it is eliminated.
#[derive(Clone, Debug)]
pub struct Elimination {
    own: usize,
    border: usize,
    /// Position of each own unknown in the order of elimination.
    position: Vec<u32>,
    fronts: Vec<Front>,
    /// Number of entries that touch an own unknown.
    entries: usize,
    below: usize,
    /// Entries between an own unknown and the border.
    cross: Vec<(u32, u32, u32)>,
    /// Entries of the largest front.
    largest: usize,
}

/// Memory that eliminations use one after the other.
#[derive(Debug, Default)]
pub struct Work {
    front: Vec<f64>,
    stack: Vec<f64>,
}

impl Elimination {
    /// Plans the elimination of `own` unknowns beside `border` others, which are counted after them. The unknowns of a clique all
    /// touch each other; one that `waits` is eliminated after one of its neighbours. Gives the position of every entry too.
    pub fn new(own: usize, border: usize, cliques: &[Vec<u32>], waits: &[bool]) -> (Self, Places) {
        let mut neighbours = vec![Set::new(own + border); own];
        for clique in cliques {
            for &a in clique {
                for &b in clique {
                    if a != b && (a as usize) < own {
                        neighbours[a as usize].insert(b as usize);
                    }
                }
            }
        }
        let groups = groups(own, neighbours.clone(), waits);
        let (mut position, mut home) = (vec![0; own], vec![0; own]);
        let order =
            groups.iter().enumerate().flat_map(|(at, group)| group.pivots.iter().map(move |&pivot| (at, pivot)));
        for (next, (at, pivot)) in order.enumerate() {
            position[pivot] = index(next);
            home[pivot] = at;
        }
        let place = |unknown: usize| if unknown < own { position[unknown] as usize } else { unknown };
        let mut fronts = fronts(own, &groups, &place);
        let (mut places, mut cross) = (Places::default(), Vec::new());
        for unknown in 0..own {
            let later = neighbours[unknown].iter().filter(|&other| place(other) > place(unknown));
            for other in std::iter::once(unknown).chain(later) {
                let entry = index(places.len());
                let front = &mut fronts[home[unknown]];
                let offset = front.index(own, place(other)) + front.index(own, place(unknown)) * stride(front.size());
                front.entries.push((entry, index(offset)));
                places.insert((index(unknown.min(other)), index(unknown.max(other))), index(border * border) + entry);
                if other >= own {
                    cross.push((entry, index(unknown), index(other - own)));
                }
            }
        }
        fronts.iter_mut().for_each(|front| front.entries.shrink_to_fit());
        cross.shrink_to_fit();
        let entries = places.len();
        for column in 0..border {
            for row in column..border {
                places.insert((index(own + column), index(own + row)), index(column * border + row));
            }
        }
        let largest = fronts.iter().map(|front| front.size() * stride(front.size())).max().unwrap_or(0);
        let below = fronts.iter().map(Front::below).sum();
        (Self { own, border, position, fronts, entries, below, cross, largest }, places)
    }

    /// A matrix without entries: those of the border among itself come first, as a full square.
    pub fn matrix(&self) -> Vec<f64> {
        vec![0.0; self.border * self.border + self.entries]
    }

    /// Eliminates the own unknowns of `matrix`, of which the Schur complement is left: that of the border, as a full square.
    pub fn factor(&self, mut matrix: Vec<f64>, factor: &mut Factor, work: &mut Work) -> Vec<f64> {
        factor.clear();
        work.stack.clear();
        // As much more as finding a start may take.
        work.front.resize(self.largest + stride(1), 0.0);
        let place = aligned(&mut work.front);
        let (border, own) = matrix.split_at_mut(self.border * self.border);
        factor.cross.extend(self.cross.iter().map(|&(entry, ..)| own[entry as usize]));
        let mut pending: Vec<(usize, usize)> = Vec::new();
        for (number, front) in self.fronts.iter().enumerate() {
            let (size, stride) = (front.size(), stride(front.size()));
            let dense = &mut place[..size * stride];
            dense.fill(0.0);
            for &(entry, offset) in &front.entries {
                dense[offset as usize] += own[entry as usize];
            }
            for pivot in 0..front.pivots {
                dense[pivot * (stride + 1)] *= GROWN;
            }
            for _ in 0..front.children {
                let Some((child, start)) = pending.pop() else { break };
                add_child(dense, stride, &self.fronts[child], &work.stack[start..]);
                work.stack.truncate(start);
            }
            eliminate(dense, size, front.pivots);
            let kept = front.pivots + front.rest.len();
            for pivot in 0..front.pivots {
                let column = &dense[pivot * stride..];
                factor.push(column[pivot], &column[pivot + 1..kept]);
            }
            for (j, &b) in front.border.iter().enumerate() {
                let column = &dense[(kept + j) * stride + kept..(kept + j) * stride + size];
                let target = &mut border[b as usize * self.border..(b as usize + 1) * self.border];
                for (&a, value) in front.border[j..].iter().zip(&column[j..]) {
                    target[a as usize] += value;
                }
            }
            if !front.rest.is_empty() {
                pending.push((number, work.stack.len()));
                for j in front.pivots..kept {
                    work.stack.extend_from_slice(&dense[j * stride + j..j * stride + size]);
                }
            }
        }
        matrix.truncate(self.border * self.border);
        matrix
    }

    /// Subtracts from `sums` of the border what own unknowns `x` do to it.
    pub fn subtract_from_border(&self, factor: &Factor, x: &[f64], sums: &mut [f64]) {
        for (&(_, own, border), value) in self.cross.iter().zip(&factor.cross) {
            sums[border as usize] -= value * x[own as usize];
        }
    }

    /// Subtracts from `sums` of the own unknowns what the border `x` does to them.
    pub fn subtract_from_own(&self, factor: &Factor, x: &[f64], sums: &mut [f64]) {
        for (&(_, own, border), value) in self.cross.iter().zip(&factor.cross) {
            sums[own as usize] -= value * x[border as usize];
        }
    }

    /// Number of own unknowns.
    pub fn own(&self) -> usize {
        self.own
    }

    /// Number of entries of `L` below the diagonal, without the border.
    pub fn below(&self) -> usize {
        self.below
    }

    /// Number of entries between an own unknown and the border.
    pub fn cross(&self) -> usize {
        self.cross.len()
    }

    /// Solves with the own unknowns, in place.
    pub fn solve(&self, factor: &Factor, x: &mut [f64], work: &mut SolveWork) {
        work.all.resize(self.own, 0.0);
        for (&at, &value) in self.position.iter().zip(&*x) {
            work.all[at as usize] = value;
        }
        match &factor.lower {
            Lower::Single(lower) => self.solve_in_order(lower, &factor.pivots, work),
            Lower::Double(lower) => self.solve_in_order(lower, &factor.pivots, work),
        }
        for (&at, value) in self.position.iter().zip(x) {
            *value = work.all[at as usize];
        }
    }

    /// The same in the order of elimination.
    fn solve_in_order<T: Copy + Into<f64>>(&self, lower: &[T], pivots: &[f64], work: &mut SolveWork) {
        let SolveWork { all, front: near } = work;
        let mut left = lower;
        for front in &self.fronts {
            front.take(all, near);
            let (own, rest) = left.split_at(front.below());
            forward(near, own, front.pivots);
            left = rest;
            front.put(all, near);
        }
        for (x, pivot) in all.iter_mut().zip(pivots) {
            *x /= pivot;
        }
        let mut left = lower;
        for front in self.fronts.iter().rev() {
            front.take(all, near);
            let (rest, own) = left.split_at(left.len() - front.below());
            backward(near, own, front.pivots);
            left = rest;
            all[front.first..front.first + front.pivots].copy_from_slice(&near[..front.pivots]);
        }
    }
}

/// Memory that solves use one after the other.
#[derive(Debug, Default)]
pub struct SolveWork {
    all: Vec<f64>,
    front: Vec<f64>,
}

fn fronts(own: usize, groups: &[Group], place: &dyn Fn(usize) -> usize) -> Vec<Front> {
    let mut fronts: Vec<Front> = Vec::with_capacity(groups.len());
    let mut first = 0;
    for group in groups {
        let mut rest: Vec<u32> = group.rest.iter().filter(|&u| u < own).map(|u| index(place(u))).collect();
        rest.sort_unstable();
        let border = group.rest.iter().filter(|&u| u >= own).map(|u| index(u - own)).collect();
        let pivots = group.pivots.len();
        fronts.push(Front { first, pivots, rest, border, children: 0, in_parent: Vec::new(), entries: Vec::new() });
        first += pivots;
    }
    for (number, group) in groups.iter().enumerate() {
        let Some(parent) = group.parent else { continue };
        fronts[parent].children += 1;
        let own_rest = fronts[number].rest.iter().map(|&at| fronts[parent].index(own, at as usize));
        let border = fronts[number].border.iter().map(|&at| fronts[parent].index(own, own + at as usize));
        fronts[number].in_parent = own_rest.chain(border).map(index).collect();
    }
    fronts
}

/// Adds what a child has left to its parent's front.
fn add_child(dense: &mut [f64], stride: usize, child: &Front, left: &[f64]) {
    let count = child.in_parent.len();
    let mut start = 0;
    for j in 0..child.rest.len() {
        let column = child.in_parent[j] as usize;
        let values = &left[start..start + count - j];
        start += count - j;
        let target = &mut dense[column * stride..(column + 1) * stride];
        for (&row, value) in child.in_parent[j..].iter().zip(values) {
            target[row as usize] += value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::interior::factor::Precision;

    /// Numbers between −1 and 1 that look random.
    fn numbers() -> impl FnMut() -> f64 {
        let mut state = 1u64;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        }
    }

    /// A chain of cliques that all touch the border: what is solved fits the matrix, and the complement is that of the dense matrix.
    #[test]
    fn elimination_solves_and_leaves_the_schur_complement() {
        let mut next = numbers();
        let (own, border) = (30, 4);
        let mut cliques: Vec<Vec<u32>> = (0..own as u32 - 5).map(|a| vec![a, a + 2, a + 5, 30 + a % 4]).collect();
        cliques.push(vec![0, 29]);
        cliques.push(vec![3, 17, 31, 33]);
        let (elimination, places) = Elimination::new(own, border, &cliques, &vec![false; own]);
        let size = own + border;
        let mut dense = vec![vec![0.0; size]; size];
        let mut matrix = elimination.matrix();
        for clique in &cliques {
            for (at, &a) in clique.iter().enumerate() {
                for &b in &clique[..at] {
                    let value = next();
                    dense[a as usize][b as usize] += value;
                    dense[b as usize][a as usize] += value;
                    matrix[places[&(a.min(b), a.max(b))] as usize] += value;
                }
            }
        }
        for a in 0..own {
            let value = if a >= 20 { -9.0 } else { 9.0 } + next();
            dense[a][a] += value;
            matrix[places[&(a as u32, a as u32)] as usize] += value;
        }
        let (mut factor, mut work) = (Factor::new(&elimination, Precision::Double), Work::default());
        let complement = elimination.factor(matrix, &mut factor, &mut work);
        let right: Vec<f64> = (0..own).map(|_| next()).collect();
        let mut x = right.clone();
        elimination.solve(&factor, &mut x, &mut SolveWork::default());
        for a in 0..own {
            let sum: f64 = (0..own).map(|b| dense[a][b] * x[b]).sum();
            assert!((sum - right[a]).abs() < 1e-9, "{a}: {sum} {}", right[a]);
        }
        for b in 0..border {
            let mut column: Vec<f64> = (0..own).map(|a| dense[a][own + b]).collect();
            elimination.solve(&factor, &mut column, &mut SolveWork::default());
            for a in b..border {
                let sum: f64 = (0..own).map(|c| dense[own + a][c] * column[c]).sum();
                let left = complement[b * border + a];
                assert!((left - (dense[own + a][own + b] - sum)).abs() < 1e-9, "{a} {b}");
            }
        }
    }

    /// Rows that say the same, with large numbers: what elimination leaves of the second diagonal is rounding, and a pivot of the wrong
    /// sign would send both unknowns far away.
    #[test]
    fn rows_that_say_the_same_have_pivots_of_their_sign() {
        let mut next = numbers();
        let (elimination, places) = Elimination::new(2, 0, &[vec![0, 1]], &[false; 2]);
        for _ in 0..1000 {
            let (a, b) = (1e4 * (1.5 + next()), 1e4 * (1.5 + next()));
            let mut matrix = elimination.matrix();
            for (pair, value) in [((0, 0), a * a), ((0, 1), a * b), ((1, 1), b * b)] {
                matrix[places[&pair] as usize] = value;
            }
            let (mut factor, mut work) = (Factor::new(&elimination, Precision::Double), Work::default());
            elimination.factor(matrix, &mut factor, &mut work);
            assert!(factor.pivots.iter().all(|&pivot| pivot > 0.0), "{a} {b}: {:?}", factor.pivots);
        }
    }
}
