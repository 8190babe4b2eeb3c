//! TOML → model: inheritance, quantities, references, profiles, and every mistake at once.

mod merge;
mod names;
mod read;
mod reader;
mod series;
mod show;
mod targets;
mod tree;

use std::path::Path;

pub use names::matches;
pub use show::Shown;

use merge::Loader;
use reader::Desk;
use tree::Table;

use crate::diagnostics::{Diagnostic, Diagnostics, Sources, Span};
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
    sources: Sources,
}

/// Reads a scenario file with everything it extends; `settings` are `path=value` pairs laid over it.
///
/// # Errors
/// All mistakes that were found, each with its place.
pub fn load(path: &Path, settings: &[String]) -> Result<Loaded, Diagnostics> {
    let mut loader = Loader::default();
    let root = loader.load(path, settings);
    let name = path.display().to_string();
    let place = Span::new(loader.sources.first().unwrap_or(loader.sources.add(name, "")), 0..0);
    let is_incomplete = loader.is_incomplete;
    let desk = Desk::new(loader.sources, loader.problems);
    let id = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let model = read::model(&desk, &root, place, &id);
    let (sources, mut problems) = desk.close();
    // What could not be read is not missing.
    problems.retain(|problem| !(is_incomplete && problem.may_follow));
    let diagnostics = Diagnostics::new(sources.clone(), problems);
    if diagnostics.has_errors() {
        return Err(diagnostics);
    }
    Ok(Loaded { model, warnings: diagnostics, merged: Merged { root, sources } })
}

impl Merged {
    /// An error at the value of a path, such as `solver.threads`.
    pub fn error_at(&self, path: &[&str], message: String, help: &str) -> Diagnostics {
        Diagnostics::new(self.sources.clone(), vec![Diagnostic::error(self.place(path), message).help(help)])
    }

    /// Where the value of a path stands.
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
