//! Linear program → solution.
//!
//! `monolith.rs` solves a program whole, through good_lp and HiGHS; `decomposition` solves it year by year. Whatever the solver
//! says, `check.rs` computes the residuals and the gap of what it returns from the program itself.

mod check;
pub mod decomposition;
mod engine;
mod monolith;
mod numbers;
mod options;
mod solution;

pub use check::quality;
pub use monolith::solve;
pub use numbers::{Misfit, Where, check as check_numbers};
pub use options::{SolveError, SolveOptions, WrongOption, check_options};
pub use solution::{Quality, Solution, Status};

/// How a program is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// The whole program while it is solved in about half a minute, to the last digit; decomposition beyond.
    #[default]
    Auto,
    /// The whole program at once.
    Monolith,
    /// An investment master and a program for each year.
    Decomposition,
}

impl Method {
    /// Rows from which the whole program takes minutes.
    const LARGE: usize = 60_000;

    /// Whether a program of this many rows and milestone years is to be decomposed.
    pub fn decomposes(self, rows: usize, years: usize) -> bool {
        match self {
            Method::Auto => rows > Self::LARGE && years > 1,
            Method::Monolith => false,
            Method::Decomposition => true,
        }
    }
}

/// How far a solve has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Iterations so far.
    pub iterations: u64,
    /// Seconds since the solver began.
    pub seconds: f64,
    /// Between what the optimum lies, where that is known.
    pub bounds: Option<Bounds>,
}

/// Between what an optimum lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// No solution costs less.
    pub lower: f64,
    /// A solution costs this.
    pub upper: f64,
}

impl Bounds {
    /// `(upper − lower) / max(1, |upper|)`.
    pub fn gap(&self) -> f64 {
        let gap = (self.upper - self.lower) / self.upper.abs().max(1.0);
        if gap.is_nan() { f64::INFINITY } else { gap }
    }

    /// Whether either bound is closer by a part that matters.
    fn is_better_than(&self, other: &Self) -> bool {
        let much = 0.02 * (other.upper - other.lower);
        !other.gap().is_finite() || self.lower > other.lower + much || self.upper < other.upper - much
    }
}

/// Watches a solve, and may stop it. The solve runs in a thread of its own.
pub trait Observer: Sync {
    /// Called now and then with how far the solve has come.
    fn progress(&self, progress: Progress);
    /// Whether the solve should stop.
    fn is_interrupted(&self) -> bool;
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn progress(&self, _: Progress) {}
    fn is_interrupted(&self) -> bool {
        false
    }
}
