//! Linear program → solution.

mod solution;

pub use solution::{Quality, Solution, Status};
