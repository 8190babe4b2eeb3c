//! How far a step may go: until the first column comes to a bound, or until a few have.
//!
//! Of hundreds of thousands of columns, a handful end most steps after a tenth of their length: hours of a single day in which a store, a
//! line and a price change places. While the search is far from its end, the few that come first are held where they are, and all others go
//! on. What their rows and reduced costs are then short of, further steps take away like any other residual.

use super::state::Lengths;

/// Intervals of what a step takes away, for each doubling of it.
const FINE: f64 = 8.0;

/// All intervals: beyond the last doubling, columns are counted together.
const INTERVALS: usize = 128;

/// The greatest parts of a value, and of a dual, that a full step takes away; 0 where it takes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Taken {
    /// Of values.
    pub primal: f64,
    /// Of duals.
    pub dual: f64,
}

impl Taken {
    /// The greater of each.
    pub fn max(self, other: Self) -> Self {
        Self { primal: self.primal.max(other.primal), dual: self.dual.max(other.dual) }
    }
}

/// What a step takes away from all columns.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    primal: Ends,
    dual: Ends,
}

impl Reach {
    /// Counts a column.
    #[inline]
    pub fn count(&mut self, taken: Taken) {
        self.primal.count(taken.primal);
        self.dual.count(taken.dual);
    }

    /// That of two sets of columns together.
    pub fn with(self, other: &Self) -> Self {
        Self { primal: self.primal.with(&other.primal), dual: self.dual.with(&other.dual) }
    }

    /// How far the step may go when so many columns are held back, of values and of duals each.
    pub fn lengths(&self, held: u32) -> Lengths {
        Lengths { primal: self.primal.length(held), dual: self.dual.length(held) }
    }
}

/// Columns by where they would end a step, and the most that is taken of any.
#[derive(Clone, Debug)]
struct Ends {
    counts: [u32; INTERVALS],
    most: f64,
}

impl Default for Ends {
    fn default() -> Self {
        Self { counts: [0; INTERVALS], most: 1.0 }
    }
}

impl Ends {
    #[inline]
    fn count(&mut self, taken: f64) {
        if taken > 1.0 {
            let interval = (taken.log2() * FINE) as usize;
            self.counts[interval.min(INTERVALS - 1)] += 1;
            self.most = self.most.max(taken);
        }
    }

    fn with(mut self, other: &Self) -> Self {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.most = self.most.max(other.most);
        self
    }

    /// Where the first of those ends that are not held; a little less, as it is only known to an interval, but where none is held.
    fn length(&self, held: u32) -> f64 {
        let first = 1.0 / self.most;
        if held == 0 {
            return first;
        }
        let mut ended = 0;
        let mut all = self.counts.iter().enumerate().rev();
        let next = all.find(|&(_, count)| {
            ended += count;
            ended > held
        });
        next.map_or(1.0, |(interval, _)| first.max((-((interval + 1) as f64) / FINE).exp2()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ends after 1/50, 1/8, 1/3, and one beyond the step.
    #[test]
    fn those_that_are_held_do_not_end_a_step() {
        let mut reach = Reach::default();
        for primal in [3.0, 0.5, 50.0, 8.0] {
            reach.count(Taken { primal, dual: 0.0 });
        }
        let lengths = |held| reach.lengths(held).primal;
        assert!((lengths(0) - 1.0 / 50.0).abs() < 1e-12);
        for (held, end) in [(1, 1.0 / 8.0), (2, 1.0 / 3.0)] {
            assert!(lengths(held) <= end && lengths(held) > 0.9 * end, "{} {end}", lengths(held));
        }
        assert_eq!((lengths(3), reach.lengths(0).dual), (1.0, 1.0));
        let twice = reach.clone().with(&reach);
        assert!((twice.lengths(1).primal - 1.0 / 50.0).abs() < 0.1 / 50.0);
    }
}
