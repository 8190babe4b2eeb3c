//! How far a step may go: until the first value comes to a bound, or until a few have.
//!
//! Of hundreds of thousands of values, a handful end most steps after a tenth of their length: hours of a single day in which a store, a
//! line and a price change places. While the search is far from its end, the few that come first are left behind where they are, and all
//! others go on. What their rows and reduced costs are then short of, further steps take away like any other residual: for each whole step,
//! `r` of a sum of residuals `r`, to which those that are left behind of a step `d` add `Σ|d|`. A step goes on for as long as that is no more
//! than an amount: `r` itself where residuals have to go, and a few times `r` before.

use super::state::Lengths;

/// Intervals of what a step takes away for each doubling of it: sixteen, by the first four bits of the number.
const FINE: u32 = 4;

/// All intervals: beyond the last doubling, values are counted together.
const INTERVALS: usize = 256;

/// Resolution with which amounts are added up: as whole numbers, whose sum is the same in any order.
const FINEST: f64 = 1e-9;

/// What steps may leave behind: of values and of duals each no more than a number, nor than an amount.
#[derive(Clone, Copy, Debug)]
pub struct Behind {
    /// How many.
    pub count: u32,
    /// How much of values.
    pub primal: f64,
    /// How much of duals.
    pub dual: f64,
}

impl Behind {
    /// Nothing.
    pub const NONE: Self = Self { count: 0, primal: 0.0, dual: 0.0 };
}

/// What a step takes away from all values and duals.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Of values.
    pub primal: Ends,
    /// Of duals.
    pub dual: Ends,
}

impl Reach {
    /// That of two sets of values together.
    pub fn with(self, other: &Self) -> Self {
        Self { primal: self.primal.with(&other.primal), dual: self.dual.with(&other.dual) }
    }

    /// How far the step may go.
    pub fn lengths(&self, behind: Behind) -> Lengths {
        let Behind { count, primal, dual } = behind;
        Lengths { primal: self.primal.length(count, primal), dual: self.dual.length(count, dual) }
    }
}

/// Values by where they would end a step, how much it takes of them, and the most that is taken of any.
#[derive(Clone, Debug)]
pub struct Ends {
    intervals: [(u32, u64); INTERVALS],
    most: f64,
}

impl Default for Ends {
    fn default() -> Self {
        Self { intervals: [(0, 0); INTERVALS], most: 1.0 }
    }
}

impl Ends {
    /// Counts a value by what a full step takes away of it, as a part of it and as an amount, if that is more than all of it.
    #[inline]
    pub fn count(&mut self, part: f64, amount: f64) {
        if part > 1.0 {
            add(&mut self.intervals[interval(part)], (1, whole(amount)));
            self.most = self.most.max(part);
        }
    }

    fn with(mut self, other: &Self) -> Self {
        for (interval, more) in self.intervals.iter_mut().zip(&other.intervals) {
            add(interval, *more);
        }
        self.most = self.most.max(other.most);
        self
    }

    /// Where the first of those ends that are not left behind; a little less, as it is only known to an interval, but where none is.
    fn length(&self, count: u32, amount: f64) -> f64 {
        let first = 1.0 / self.most;
        if count == 0 {
            return first;
        }
        let mut ended = (0, 0);
        let mut all = self.intervals.iter().enumerate().rev();
        let next = all.find(|&(_, more)| {
            add(&mut ended, *more);
            ended.0 > count || ended.1 > whole(amount)
        });
        next.map_or(1.0, |(interval, _)| first.max(1.0 / start(interval + 1)))
    }
}

/// The interval of a part that is more than 1.
fn interval(part: f64) -> usize {
    let bits = (part.to_bits() - 1f64.to_bits()) >> (f64::MANTISSA_DIGITS - 1 - FINE);
    (bits as usize).min(INTERVALS - 1)
}

/// Where an interval starts.
fn start(interval: usize) -> f64 {
    f64::from_bits(1f64.to_bits() + ((interval as u64) << (f64::MANTISSA_DIGITS - 1 - FINE)))
}

/// An amount as a whole number, the greatest one for what is too much.
fn whole(amount: f64) -> u64 {
    (amount / FINEST) as u64
}

fn add(sum: &mut (u32, u64), more: (u32, u64)) {
    *sum = (sum.0 + more.0, sum.1.saturating_add(more.1));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ends after 1/50, 1/8, 1/3, and one beyond the step.
    fn four() -> Reach {
        let mut reach = Reach::default();
        for (part, amount) in [(3.0, 10.0), (0.5, 1.0), (50.0, 2.0), (8.0, 4.0)] {
            reach.primal.count(part, amount);
        }
        reach
    }

    fn behind(count: u32, primal: f64) -> Behind {
        Behind { count, primal, dual: f64::INFINITY }
    }

    #[test]
    fn those_that_are_left_behind_do_not_end_a_step() {
        let reach = four();
        let lengths = |count| reach.lengths(behind(count, f64::INFINITY)).primal;
        assert!((lengths(0) - 1.0 / 50.0).abs() < 1e-12);
        for (count, end) in [(1, 1.0 / 8.0), (2, 1.0 / 3.0)] {
            assert!(lengths(count) <= end && lengths(count) > 0.9 * end, "{} {end}", lengths(count));
        }
        assert_eq!((lengths(3), reach.lengths(Behind::NONE).dual), (1.0, 1.0));
        let twice = reach.clone().with(&reach);
        assert!((twice.lengths(behind(1, f64::INFINITY)).primal - 1.0 / 50.0).abs() < 0.1 / 50.0);
    }

    #[test]
    fn no_more_is_left_behind_than_an_amount() {
        let lengths = |amount| four().lengths(behind(10, amount)).primal;
        assert_eq!(lengths(1.9), 1.0 / 50.0);
        for (amount, end) in [(2.1, 1.0 / 8.0), (6.1, 1.0 / 3.0), (16.1, 1.0)] {
            assert!(lengths(amount) <= end && lengths(amount) > 0.9 * end, "{} {end}", lengths(amount));
        }
    }
}
