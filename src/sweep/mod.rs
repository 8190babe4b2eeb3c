//! Many variants of a scenario: a sweep file says what varies, a design which values go together, and one table takes what came
//! of each.
//!
//! Variants build on each other, and still a sweep that was ended and resumed, or spread over machines, gives the same bytes as one
//! that was not: what a variant builds on is a matter of the design alone, never of which variant happened to end before. See
//! [`run`].

mod amount;
mod design;
mod distribution;
pub(crate) mod form;
mod kept;
mod parameter;
mod parquet;
mod plan;
mod read;
mod rounds;
mod rows;
mod run;
mod store;
mod tornado;

pub mod terminal;

use std::path::{Path, PathBuf};

pub use plan::Plan;
pub use run::{Report, SweepObserver, SweepOptions, run};

use crate::results::WriteError;

/// The JSON Schema of sweep files, for editors that complete keys and flag mistakes.
pub fn json_schema() -> serde_json::Value {
    crate::scenario::schema::json::schema(&form::SWEEP, None)
}

/// The tables of keys in `docs/sweeps.md`, by the name of what each describes.
pub fn key_tables() -> std::collections::BTreeMap<&'static str, String> {
    crate::scenario::schema::page::tables(&[&form::SWEEP])
}

/// A part of a sweep: every `of`-th variant, from the `number`-th on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub number: usize,
    /// Number of parts.
    pub of: usize,
}

impl Shard {
    /// Whether a variant, by its number from 1, is of this part.
    pub fn has(self, variant: usize) -> bool {
        variant % self.of == self.number % self.of
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-of-{}", self.number, self.of)
    }
}

/// A sweep that was not finished.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] WriteError),
    /// The table in the folder is of another sweep, or of the same before it was changed.
    #[error(
        "the results in {} are of another sweep file, scenario, --set, --method or --gap than these\n\
         help: --restart throws them away and starts over; --out takes the results elsewhere",
        folder.display()
    )]
    Changed {
        /// The folder.
        folder: PathBuf,
    },
    /// Stopped by the user.
    #[error("interrupted; run it again to go on from here")]
    Interrupted,
}

impl SweepError {
    fn file(path: &Path, reason: &impl std::fmt::Display) -> Self {
        WriteError::new(path, reason).into()
    }
}
