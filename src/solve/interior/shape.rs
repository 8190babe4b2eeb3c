//! Which entries and bounds a block has, and how it is therefore eliminated. Blocks of the same shape (the days of a year) share it.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::fronts::Elimination;
use super::lists::{Lists, index};
use super::sides::Sides;

/// Which entries and bounds a block has. Unknowns are counted: rows, kept columns, border.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Number of rows.
    pub rows: usize,
    /// How many columns there are, and which have bounds.
    pub sides: Sides,
    /// Number of unknowns of the border.
    pub border: usize,
    /// Rows of each loose column.
    pub entries: Lists,
    /// Kept columns that the upper bound of each loose column depends on.
    pub limits: Lists,
    /// Rows and kept columns with an entry in each other.
    pub direct: Vec<(u32, u32)>,
    /// Borders of the blocks within.
    pub within: Vec<Vec<u32>>,
}

impl Pattern {
    /// Number of unknowns without the border.
    pub fn own(&self) -> usize {
        self.rows + self.kept()
    }

    /// Number of kept columns.
    pub fn kept(&self) -> usize {
        self.sides.kept.len()
    }

    /// Whether each own unknown has next to nothing on the diagonal before a neighbour is eliminated: rows in which neither a loose column
    /// nor a block within has a share, and kept columns without bounds.
    fn waits(&self) -> Vec<bool> {
        let mut waits = vec![true; self.rows];
        let columns = (0..self.loose()).flat_map(|column| self.entries.list(column));
        for &row in columns.chain(self.within.iter().flatten()) {
            if let Some(waits) = waits.get_mut(row as usize) {
                *waits = false;
            }
        }
        let kept = self.loose()..self.loose() + self.kept();
        waits.extend(kept.map(|column| !self.sides.is_bounded(column)));
        waits
    }

    /// Number of loose columns.
    pub fn loose(&self) -> usize {
        self.sides.loose.len()
    }
}

/// A pattern, and its elimination once that is planned.
#[derive(Debug)]
pub struct Shape {
    /// Which entries there are.
    pub pattern: Pattern,
    plan: OnceLock<Plan>,
}

impl Shape {
    /// A pattern whose elimination is not planned yet.
    pub fn new(pattern: Pattern) -> Self {
        Self { pattern, plan: OnceLock::new() }
    }

    /// How it is eliminated, which is planned when it is first asked for.
    pub fn plan(&self) -> &Plan {
        self.plan.get_or_init(|| Plan::new(&self.pattern))
    }
}

/// How the entries of a pattern are eliminated, and where they are in its matrix.
#[derive(Debug)]
pub struct Plan {
    /// The elimination.
    pub elimination: Elimination,
    /// Positions in the matrix of the products of each loose column's entries, pair by pair.
    pub products: Vec<u32>,
    /// Positions of the direct entries.
    pub direct: Vec<u32>,
    /// Positions of the diagonal.
    pub diagonal: Vec<u32>,
    /// Positions of the border of each block within, in the order of `pattern.within`.
    pub within: Vec<Within>,
}

impl Plan {
    /// Plans the elimination of a pattern.
    fn new(pattern: &Pattern) -> Self {
        let loose = |column: usize| {
            let (entries, limit) = (pattern.entries.list(column), pattern.limits.list(column));
            entries.iter().chain(limit).copied().collect::<Vec<u32>>()
        };
        let mut cliques: Vec<Vec<u32>> = (0..pattern.loose()).map(loose).collect();
        cliques.extend(pattern.direct.iter().map(|&(row, kept)| vec![row, kept]));
        cliques.extend(pattern.within.iter().cloned());
        let (elimination, places) = Elimination::new(pattern.own(), pattern.border, &cliques, &pattern.waits());
        let place = |a: u32, b: u32| places.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        let mut products = Vec::new();
        for clique in &cliques[..pattern.loose()] {
            for (at, &first) in clique.iter().enumerate() {
                products.extend(clique[..=at].iter().map(|&second| place(first, second)));
            }
        }
        products.shrink_to_fit();
        Self {
            products,
            direct: pattern.direct.iter().map(|&(row, kept)| place(row, kept)).collect(),
            diagonal: (0..index(pattern.own())).map(|unknown| place(unknown, unknown)).collect(),
            within: within(&pattern.within, place),
            elimination,
        }
    }
}

/// Where the border of a block within is in the matrix. Days have most of theirs in common, whose pairs are held once: thirteen thousand
/// positions each would be more than a day's numbers.
#[derive(Debug)]
pub struct Within {
    /// The border's unknowns, by their positions in it: those that no other block within has first.
    order: Vec<u32>,
    /// Positions of the pairs of one of these and a later one.
    alone: Vec<u32>,
    /// Positions of the pairs of others.
    common: Arc<[u32]>,
}

impl Within {
    /// Adds what a block within leaves to its border, a square of this size, to the matrix.
    pub fn add(&self, left: &[f64], size: usize, matrix: &mut [f64]) {
        let positions = self.alone.iter().chain(&*self.common);
        for (&position, (one, two)) in positions.zip(pairs(&self.order, self.order.len())) {
            matrix[position as usize] += left[one.min(two) as usize * size + one.max(two) as usize];
        }
    }
}

/// The pairs of each of so many first ones, with itself and all later ones.
fn pairs(of: &[u32], firsts: usize) -> impl Iterator<Item = (u32, u32)> {
    of[..firsts].iter().enumerate().flat_map(|(at, &one)| of[at..].iter().map(move |&two| (one, two)))
}

/// Where borders are in the matrix, of which it is known where each pair of unknowns is.
fn within(borders: &[Vec<u32>], place: impl Fn(u32, u32) -> u32) -> Vec<Within> {
    let mut owners: HashMap<u32, usize> = HashMap::new();
    borders.iter().flatten().for_each(|&unknown| *owners.entry(unknown).or_default() += 1);
    let mut known: HashMap<Vec<u32>, Arc<[u32]>> = HashMap::new();
    let places = |of: &[u32], firsts: usize| pairs(of, firsts).map(|(one, two)| place(one, two)).collect::<Vec<u32>>();
    let of = |border: &Vec<u32>| {
        let mut order: Vec<u32> = (0..index(border.len())).collect();
        order.sort_by_key(|&at| owners[&border[at as usize]] > 1);
        let unknowns: Vec<u32> = order.iter().map(|&at| border[at as usize]).collect();
        let alone = unknowns.iter().take_while(|unknown| owners[unknown] == 1).count();
        let others = &unknowns[alone..];
        let common = known.entry(others.to_vec()).or_insert_with(|| places(others, others.len()).into());
        Within { order, alone: places(&unknowns, alone), common: common.clone() }
    };
    borders.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Unknown 1 is in all borders, 5 in two, the others in one each; the pair of `a` and `b` is at `10 a + b`.
    #[test]
    fn what_is_left_goes_to_its_pair() {
        let borders = [vec![1, 2, 5], vec![1, 3, 5], vec![0, 1]];
        let within = within(&borders, |a, b| 10 * a.min(b) + a.max(b));
        assert!(Arc::ptr_eq(&within[0].common, &within[1].common));
        for (border, within) in borders.iter().zip(&within) {
            let size = border.len();
            let left: Vec<f64> = (0..size * size).map(|at| at as f64 + 1.0).collect();
            let (mut sums, mut expected) = (vec![0.0; 60], vec![0.0; 60]);
            within.add(&left, size, &mut sums);
            for (at, &one) in border.iter().enumerate() {
                for (other, &two) in border.iter().enumerate().skip(at) {
                    expected[(10 * one + two) as usize] = left[at * size + other];
                }
            }
            assert_eq!(sums, expected);
        }
    }
}
