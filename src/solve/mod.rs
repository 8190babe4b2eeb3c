//! Linear program → solution.
//!
//! `monolith.rs` solves a program whole, through good_lp and HiGHS. `interior` solves a large one block by block, and
//! `decomposition` by an investment master and a program for each year. `mixture` does without a solve, where much is known already.
//! Whatever the solver says, `check.rs` computes the residuals and the gap of what it returns from the program itself.

mod check;
pub mod decomposition;
mod engine;
pub mod interior;
pub mod memory;
pub mod mixture;
mod monolith;
mod numbers;
mod options;
pub mod ranges;
mod solution;
#[cfg(test)]
mod testing;

pub use monolith::solve;
pub use numbers::{Misfit, Where, check as check_numbers};
pub use options::{SolveError, SolveOptions, WrongOption, check_options};
pub use solution::{Quality, Solution, Status, empty};

/// How a program is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// The whole program while it is small, decomposition beyond.
    #[default]
    Auto,
    /// The whole program at once.
    Monolith,
    /// Block by block: days, years, and the horizon.
    Decomposition,
}

impl Method {
    /// Rows from which decomposition is quicker than the whole program.
    const LARGE: usize = 10_000;

    /// Whether a program of this many rows is to be decomposed.
    pub fn decomposes(self, rows: usize) -> bool {
        match self {
            Method::Auto => rows > Self::LARGE,
            Method::Monolith => false,
            Method::Decomposition => true,
        }
    }
}

/// How many threads the machine runs at a time.
pub fn available_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The threads that a solve may use.
fn pool(options: &SolveOptions) -> Result<rayon::ThreadPool, SolveError> {
    let threads = options.threads.map_or_else(available_threads, |threads| threads as usize);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| SolveError::Solver(error.to_string()))
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
