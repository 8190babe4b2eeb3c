//! TOML → model: inheritance, quantities, references, profiles, and every mistake at once.

mod desk;
pub(crate) mod merge;
mod names;
mod read;
pub(crate) mod reader;
pub(crate) mod schema;
mod series;
mod show;
pub(crate) mod size;
mod starter;
mod targets;
pub(crate) mod template;
pub(crate) mod tree;

use std::path::Path;

pub use names::matches;
pub use show::Shown;
pub(crate) use show::toml;
pub use starter::{Starter, starter};
pub use template::Template;

use merge::Loader;
use tree::Table;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Sources, Span};
use crate::model::Model;

/// A scenario that was read without errors.
#[derive(Debug)]
pub struct Loaded {
    /// The model.
    pub model: Model,
    /// What is likely not meant.
    pub warnings: Diagnostics,
    /// The scenario after inheritance.
    pub merged: Merged,
}

/// A scenario after inheritance: values with their places and sources.
#[derive(Debug)]
pub struct Merged {
    root: Table,
    /// Where the scenario's own file begins.
    start: Span,
    sources: Sources,
}

/// Reads a scenario file with everything it extends; `settings` are `path=value` pairs laid over it.
///
/// # Errors
/// All mistakes that were found, each with its place.
pub fn load(path: &Path, settings: &[String]) -> Result<Loaded, Diagnostics> {
    Template::open(path, Loader::default(), Table::new(), settings).variant(Vec::new())
}

/// The JSON Schema of scenario files, for editors that complete keys and flag mistakes.
pub fn json_schema() -> serde_json::Value {
    schema::json::schema(&schema::keys::SCENARIO, Some(&schema::keys::FILE))
}

/// The tables of keys in `docs/scenario-language.md`, by the name of what each describes.
pub fn key_tables() -> std::collections::BTreeMap<&'static str, String> {
    schema::page::tables(&[&schema::keys::SCENARIO, &schema::keys::FILE])
}

impl Merged {
    /// An error at the value of a path, such as `solver.threads`.
    pub fn error_at(&self, path: &[&str], message: String, help: &str) -> Diagnostics {
        Diagnostics::new(self.sources.clone(), vec![Diagnostic::error(self.place(path), message).help(help)])
    }

    /// An error of the scenario as a whole: something that it lacks.
    pub fn error(&self, message: String, help: &str) -> Diagnostics {
        Diagnostics::new(self.sources.clone(), vec![Diagnostic::error(self.start, message).help(help)])
    }

    /// An error in the words of whoever has found it.
    pub fn told(&self, error: Diagnostic) -> Diagnostics {
        Diagnostics::new(self.sources.clone(), vec![error])
    }

    /// Whether a place is in the scenario's own file or on the command line, and not in a file that it extends.
    pub fn is_own(&self, place: Span) -> bool {
        place.source == self.start.source || self.sources.name(place.source) == merge::COMMAND_LINE
    }

    /// Where the value of a path stands, if the scenario has it.
    pub fn exact(&self, path: &[String]) -> Option<Span> {
        let (last, parents) = path.split_last()?;
        let parents = parents.iter().try_fold(&self.root, |table, part| table.get(part)?.node.as_table())?;
        parents.get(last).map(|entry| entry.key)
    }

    /// File and line of the value of a path.
    pub fn line(&self, path: &[&str]) -> Option<Place> {
        self.place(path).map(|span| self.sources.place(span))
    }

    /// Where the value of a path stands, or what of the path there is.
    pub fn place(&self, path: &[&str]) -> Option<Span> {
        let mut table = Some(&self.root);
        let mut span = None;
        for part in path {
            let entry = table.and_then(|table| table.get(*part));
            span = entry.map(|entry| entry.key).or(span);
            table = entry.and_then(|entry| entry.node.as_table());
        }
        span
    }
}
