//! In which order the unknowns of a block are eliminated, and in which dense fronts.
//!
//! The order is that of minimum degree (Tinney and Walker, 1967, doi 10.1109/PROC.1967.6011), on sets of bits: a block has some
//! hundred unknowns. Unknowns with the same neighbours are eliminated together as one *front* (Duff and Reid, 1983, doi
//! 10.1145/356044.356047); different neighbours are filled with zeros where a larger front costs less than two.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Set {
    words: Vec<u64>,
}

impl Set {
    /// An empty set of numbers below `size`.
    pub fn new(size: usize) -> Self {
        Self { words: vec![0; size.div_ceil(64)] }
    }

    /// Adds a number.
    pub fn insert(&mut self, number: usize) {
        self.words[number / 64] |= 1 << (number % 64);
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: usize) {
        self.words[number / 64] &= !(1 << (number % 64));
    }

    /// How many numbers it has.
    pub fn len(&self) -> usize {
        count(&self.words)
    }

    /// Adds all numbers of another set.
    pub fn join(&mut self, other: &Self) {
        join(&mut self.words, &other.words);
    }

    /// The numbers, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    64 * at + bit
                })
            })
        })
    }
}

/// Number of bits of words.
#[multiversion::multiversion(targets(
    "x86_64+avx512f+avx512vl+avx512vpopcntdq",
    "x86_64+avx2+popcnt",
    "x86_64+popcnt"
))]
fn count(words: &[u64]) -> usize {
    words.iter().map(|word| u64::from(word.count_ones())).sum::<u64>() as usize
}

/// Adds the bits of others to words.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2"))]
fn join(words: &mut [u64], others: &[u64]) {
    for (word, other) in words.iter_mut().zip(others) {
        *word |= other;
    }
}

/// Unknowns that are eliminated together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The unknowns, in the order of their elimination.
    pub pivots: Vec<usize>,
    /// Their neighbours that are eliminated later, or never.
    pub rest: Set,
    /// The group in which the first of these is eliminated.
    pub parent: Option<usize>,
}

/// What a front costs, in nanoseconds or so: a product of the elimination, an entry of `L` in solves, an entry of the front that is set to
/// zero, one that is moved to another front, an unknown that is looked up, and the front itself.
const PRODUCT: f64 = 0.05;
const ENTRY: f64 = 0.7;
const ZERO: f64 = 0.15;
const MOVED: f64 = 0.5;
const UNKNOWN: f64 = 8.0;
const FRONT: f64 = 100.0;

/// Groups the first `own` unknowns, children before parents. `neighbours` has a set for each of them. An unknown that `waits` is
/// eliminated after one of its neighbours at least.
pub fn groups(own: usize, mut neighbours: Vec<Set>, waits: &[bool]) -> Vec<Group> {
    let mut degrees: Vec<usize> = neighbours.iter().map(Set::len).collect();
    let mut waits = waits.to_vec();
    let key = |unknown: usize, degrees: &[usize], waits: &[bool]| Reverse((waits[unknown], degrees[unknown], unknown));
    // What has changed stays in the queue as it was, and does not count when its turn comes.
    let mut queue: BinaryHeap<_> = (0..own).map(|unknown| key(unknown, &degrees, &waits)).collect();
    let mut position = vec![usize::MAX; own];
    let mut groups: Vec<Group> = Vec::with_capacity(own);
    while let Some(next) = queue.pop() {
        let Reverse((.., unknown)) = next;
        if position[unknown] < usize::MAX || next != key(unknown, &degrees, &waits) {
            continue;
        }
        position[unknown] = groups.len();
        let rest = std::mem::take(&mut neighbours[unknown]);
        for other in rest.iter().take_while(|&other| other < own) {
            neighbours[other].join(&rest);
            neighbours[other].remove(other);
            neighbours[other].remove(unknown);
            let before = key(other, &degrees, &waits);
            degrees[other] = neighbours[other].len();
            waits[other] = false;
            let after = key(other, &degrees, &waits);
            if after != before {
                queue.push(after);
            }
        }
        groups.push(Group { pivots: vec![unknown], rest, parent: None });
    }
    for group in &mut groups {
        let later = group.rest.iter().take_while(|&other| other < own);
        group.parent = later.map(|other| position[other]).min();
    }
    merged(groups)
}

/// What it costs to eliminate so many pivots together, with a rest that they touch.
fn cost(pivots: usize, rest: usize) -> f64 {
    let (pivots, rest) = (pivots as f64, rest as f64);
    let size = pivots + rest;
    let products = pivots * (size * rest + pivots * pivots / 3.0);
    let entries = pivots * (rest + pivots / 2.0);
    PRODUCT * products + ENTRY * entries + ZERO * size * size + MOVED * rest * rest + UNKNOWN * size + FRONT
}

/// Merges groups into their parents where that costs less, and puts children before parents.
fn merged(mut groups: Vec<Group>) -> Vec<Group> {
    let mut into: Vec<usize> = (0..groups.len()).collect();
    for number in 0..groups.len() {
        let Some(parent) = groups[number].parent else { continue };
        let (child, other) = (&groups[number], &groups[parent]);
        let (pivots, rest) = (child.pivots.len(), child.rest.len());
        let (more, whole) = (other.pivots.len(), other.rest.len());
        if cost(pivots + more, whole) <= cost(pivots, rest) + cost(more, whole) {
            let mut all = std::mem::take(&mut groups[number].pivots);
            all.append(&mut groups[parent].pivots);
            groups[parent].pivots = all;
            into[number] = parent;
        }
    }
    let find = |mut number: usize| {
        while into[number] != number {
            number = into[number];
        }
        number
    };
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); groups.len()];
    let mut roots = Vec::new();
    for number in (0..groups.len()).filter(|&number| into[number] == number) {
        match groups[number].parent {
            Some(parent) => children[find(parent)].push(number),
            None => roots.push(number),
        }
    }
    // Each after its children, the children's families one after the other.
    let (mut order, mut stack) = (Vec::new(), roots);
    while let Some(number) = stack.pop() {
        order.push(number);
        stack.extend(&children[number]);
    }
    order.reverse();
    let mut place = vec![usize::MAX; groups.len()];
    for (at, &number) in order.iter().enumerate() {
        place[number] = at;
    }
    let in_order = order.iter().map(|&number| {
        let parent = groups[number].parent.map(|parent| place[find(parent)]);
        Group { pivots: groups[number].pivots.clone(), rest: groups[number].rest.clone(), parent }
    });
    in_order.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbours(size: usize, pairs: &[(usize, usize)]) -> Vec<Set> {
        let mut sets = vec![Set::new(size); size];
        for &(a, b) in pairs {
            sets[a].insert(b);
            sets[b].insert(a);
        }
        sets
    }

    #[test]
    fn a_set_holds_numbers_in_order() {
        let mut set = Set::new(130);
        for number in [129, 0, 64, 63] {
            set.insert(number);
        }
        set.remove(63);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 64, 129]);
        assert_eq!(set.len(), 3);
    }

    /// A star is eliminated from its points inwards, and fills nothing.
    #[test]
    fn the_centre_of_a_star_comes_last() {
        let sets = neighbours(4, &[(0, 1), (0, 2), (0, 3)]);
        let groups = groups(4, sets, &[false; 4]);
        let order: Vec<usize> = groups.iter().flat_map(|group| group.pivots.clone()).collect();
        assert_eq!(order.iter().position(|&unknown| unknown == 0).map(|at| at >= 2), Some(true));
        assert!(groups.iter().enumerate().all(|(at, group)| group.parent.is_none_or(|parent| parent > at)));
    }

    /// A neighbour of the border goes before it, and what waits goes after a neighbour.
    #[test]
    fn what_waits_comes_after_a_neighbour() {
        let sets = neighbours(3, &[(0, 1), (1, 2)]);
        let groups = groups(2, sets[..2].to_vec(), &[true, false]);
        let order: Vec<usize> = groups.iter().flat_map(|group| group.pivots.clone()).collect();
        assert_eq!(order, [1, 0]);
        assert!(groups.last().is_some_and(|group| group.rest.iter().eq([2])));
    }
}
