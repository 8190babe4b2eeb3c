//! Linear program → solution.
//!
//! The program goes to HiGHS through good_lp; `monolith.rs` solves it whole. Whatever the solver says, `check.rs`
//! computes the residuals and the gap of what it returns from the program itself.

mod callback;
mod check;
mod monolith;
mod numbers;
mod solution;

pub use check::quality;
pub use monolith::{SolveError, SolveOptions, WrongOption, check_options, solve};
pub use numbers::{Misfit, Where};
pub use solution::{Quality, Solution, Status};

/// How far a solve has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Iterations so far.
    pub iterations: u64,
    /// Seconds since the solver began.
    pub seconds: f64,
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
