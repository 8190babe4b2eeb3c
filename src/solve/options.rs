//! What a solve is asked to do, and what HiGHS takes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Misfit;
use super::memory::MemoryLimit;
use crate::model::SolverValue;

/// Part of the gap that was asked for that is gone on for once it is reached: what is next to nothing then is nothing to the eye.
const SHARP: f64 = 1e-3;

/// Options of a solve.
#[derive(Clone, Debug)]
pub struct SolveOptions {
    /// Options of HiGHS by name.
    pub highs: BTreeMap<String, SolverValue>,
    /// Threads; `None` leaves it to HiGHS.
    pub threads: Option<u32>,
    /// Seconds after which to stop; `None` is no limit.
    pub time_limit: Option<f64>,
    /// Memory beyond which to stop; `None` is no limit.
    pub memory_limit: Option<Arc<MemoryLimit>>,
    /// Relative gap at which decomposition may stop.
    pub gap: f64,
    /// Part of the gap that the interior point method goes on for once the gap is reached.
    pub sharp: f64,
    /// Whether the interior point method goes on where its prices say that there is no solution.
    pub patient: bool,
}

impl Default for SolveOptions {
    fn default() -> Self {
        Self {
            highs: BTreeMap::new(),
            threads: None,
            time_limit: None,
            memory_limit: None,
            gap: 1e-4,
            sharp: SHARP,
            patient: false,
        }
    }
}

impl SolveOptions {
    /// Whether a solve has to stop, so many seconds after it began: for time, or for memory.
    pub fn is_spent(&self, seconds: f64) -> bool {
        self.time_limit.is_some_and(|limit| seconds >= limit) || self.is_over_memory()
    }

    /// Whether the process holds more memory than it may.
    pub fn is_over_memory(&self) -> bool {
        self.memory_limit.as_ref().is_some_and(|limit| limit.is_exceeded())
    }
}

/// A solve that came to no end.
#[derive(Debug, thiserror::Error)]
pub enum SolveError {
    /// HiGHS did not take an option.
    #[error("HiGHS does not accept the option `{name} = {value}`")]
    Option {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// The program holds a number that HiGHS can not take.
    #[error("{0}")]
    Misfit(Misfit),
    /// HiGHS failed.
    #[error("HiGHS failed: {0}")]
    Solver(String),
}

/// An option that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongOption {
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// Sees to it that HiGHS knows options and takes their values, and that none of them reaches beyond the solve.
///
/// # Errors
/// The first option that is not taken.
pub fn check_options(options: &BTreeMap<String, SolverValue>) -> Result<(), WrongOption> {
    let mut model = highs::Model::new(highs::RowProblem::default());
    model.make_quiet();
    let mut wrong = |name: &str, value: &SolverValue| {
        let known = "options and their values are those of HiGHS: solver = \"ipm\", threads = 2";
        match value {
            // They would write beside the results, or read from elsewhere.
            _ if name.ends_with("_file") => {
                Some((format!("a scenario can not set `{name}`"), "leave it out: a solve reads and writes no files"))
            }
            // They would write between the results, where other programs read them.
            _ if ["log_to_console", "output_flag"].contains(&name) => Some((
                format!("a scenario can not set `{name}`"),
                "leave it out: standard output belongs to the results, and progress is shown as it is",
            )),
            // HiGHS reads an empty text as the number 0.
            SolverValue::Text(text) if text.trim().is_empty() => {
                Some((format!("the solver option `{name}` is empty"), "give it a value, or leave it out"))
            }
            value if !set(&mut model, name, value) => {
                Some((format!("HiGHS does not accept the option `{name}` with this value"), known))
            }
            _ => None,
        }
    };
    match options.iter().find_map(|(name, value)| Some((name, wrong(name, value)?))) {
        Some((name, (message, help))) => Err(WrongOption { name: name.clone(), message, help }),
        None => Ok(()),
    }
}

/// Sets an option; whether HiGHS takes it.
pub fn set(model: &mut highs::Model, name: &str, value: &SolverValue) -> bool {
    let accepted = match value {
        SolverValue::Text(text) => model.try_set_option(name, text.as_str()),
        SolverValue::Integer(number) => model.try_set_option(name, *number),
        SolverValue::Number(number) => model.try_set_option(name, *number),
        SolverValue::Switch(on) => model.try_set_option(name, *on),
    };
    accepted.is_ok()
}

/// Sets all options.
///
/// # Errors
/// The first option that HiGHS does not take.
pub fn apply(model: &mut highs::Model, options: &SolveOptions) -> Result<(), SolveError> {
    for (name, value) in &options.highs {
        if !set(model, name, value) {
            return Err(SolveError::Option { name: name.clone(), value: value.to_string() });
        }
    }
    if let Some(threads) = options.threads.and_then(|n| i32::try_from(n).ok()) {
        let _ = model.try_set_option("threads", threads);
    }
    if let Some(seconds) = options.time_limit {
        let _ = model.try_set_option("time_limit", seconds);
    }
    Ok(())
}
