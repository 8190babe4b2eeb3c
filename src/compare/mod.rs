//! Scenarios side by side: what differs in what they say, and what of their results is different for it.
//!
//! All are set beside one of them, the baseline. Things are matched by their names; what only some scenarios have is said.

mod inputs;
mod matching;
mod outcomes;
mod tables;
pub mod terminal;

pub use inputs::{InputDifference, inputs};
pub use matching::mismatches;
pub use outcomes::{Difference, Subject, differences};
pub use tables::{shown, tables};

use crate::results::read::{ReadError, Stored};

/// Scenarios beside a baseline.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Position of the baseline among the scenarios.
    pub baseline: usize,
    /// The scenarios, in the order in which they were named.
    pub scenarios: Vec<Stored>,
    /// What differs in the input of each, beside the baseline.
    pub inputs: Vec<Vec<InputDifference>>,
    /// What differs in the results, by subject, scenario, and what it is.
    pub differences: Vec<Difference>,
    /// What can not be matched.
    pub mismatches: Vec<String>,
}

/// Compares results with those of a baseline, given by its position.
///
/// # Errors
/// A table that can not be read.
pub fn compare(scenarios: Vec<Stored>, baseline: usize) -> Result<Comparison, ReadError> {
    let base = &scenarios[baseline];
    let inputs = scenarios.iter().map(|other| inputs(&base.resolved, &other.resolved)).collect();
    let differences = differences(&scenarios, baseline)?;
    let mismatches = mismatches(&scenarios, baseline);
    Ok(Comparison { baseline, scenarios, inputs, differences, mismatches })
}
