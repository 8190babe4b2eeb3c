//! Lists of numbers that many blocks have in common, held once: the days of a year differ in what profiles say, and in little else.

use std::collections::HashMap;
use std::hash::Hasher as _;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHasher};

/// Numbers that others may have as well.
pub type Numbers = Arc<[f64]>;

/// All lists so far.
#[derive(Debug, Default)]
pub struct Shared {
    /// By a hash of their numbers.
    known: HashMap<u64, Vec<Numbers>, FxBuildHasher>,
}

impl Shared {
    /// The list of these numbers, to the last bit.
    pub fn list(&mut self, numbers: &[f64]) -> Numbers {
        let mut hasher = FxHasher::default();
        numbers.iter().for_each(|number| hasher.write_u64(number.to_bits()));
        let alike = self.known.entry(hasher.finish()).or_default();
        let is_same = |other: &[f64]| {
            other.len() == numbers.len() && other.iter().zip(numbers).all(|(a, b)| a.to_bits() == b.to_bits())
        };
        if let Some(known) = alike.iter().find(|known| is_same(known)) {
            return known.clone();
        }
        let new = Numbers::from(numbers);
        alike.push(new.clone());
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_numbers_are_held_once() {
        let mut shared = Shared::default();
        let first = shared.list(&[1.0, 0.0]);
        assert!(Arc::ptr_eq(&first, &shared.list(&[1.0, 0.0])));
        let others = [shared.list(&[1.0, -0.0]), shared.list(&[1.0]), shared.list(&[0.0, 1.0])];
        assert!(others.iter().all(|other| !Arc::ptr_eq(&first, other)));
        assert_eq!(*first, [1.0, 0.0]);
    }
}
