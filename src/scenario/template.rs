//! A scenario that is read once and then varied: files are opened and merged a single time, and each variant lays its own values
//! over them.

use std::path::Path;

use super::merge::{Loader, merge};
use super::reader::Desk;
use super::tree::{Entry, Node, Table};
use super::{Loaded, Merged, read, size};
use crate::diagnostics::{Diagnostic, Diagnostics, Sources, Span, nearest};

/// A scenario after inheritance, before it is read.
#[derive(Debug)]
pub struct Template {
    id: String,
    root: Table,
    place: Span,
    sources: Sources,
    problems: Vec<Diagnostic>,
    is_incomplete: bool,
}

impl Template {
    /// Reads a scenario file with everything it extends, and lays a table and settings (`path=value`) over it. What is wrong is
    /// told when a variant is read.
    pub(crate) fn open(path: &Path, mut loader: Loader, over: Table, settings: &[String]) -> Self {
        let before = loader.sources.count();
        let root = loader.load(path, over, settings);
        let name = path.display().to_string();
        let place = Span::new(loader.sources.nth(before).unwrap_or(loader.sources.add(name, "")), 0..0);
        Self {
            id: path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
            root,
            place,
            sources: loader.sources,
            problems: loader.problems,
            is_incomplete: loader.is_incomplete,
        }
    }

    /// Reads the scenario with tables laid over it, one after the other.
    ///
    /// # Errors
    /// All mistakes that were found, each with its place.
    pub(crate) fn variant(&self, over: Vec<Table>) -> Result<Loaded, Diagnostics> {
        let mut root = self.root.clone();
        for table in over {
            merge(&mut root, table);
        }
        if let Some(excess) = size::of_scenario(&root, self.place) {
            let problems = self.problems.iter().cloned().chain([excess]).collect();
            return Err(Diagnostics::new(self.sources.clone(), problems));
        }
        let desk = Desk::new(self.sources.clone(), self.problems.clone());
        let model = read::model(&desk, &root, self.place, &self.id);
        let (sources, mut problems) = desk.close();
        // What could not be read is not missing.
        problems.retain(|problem| !(self.is_incomplete && problem.may_follow));
        let diagnostics = Diagnostics::new(sources.clone(), problems);
        if diagnostics.has_errors() {
            return Err(diagnostics);
        }
        Ok(Loaded { model, warnings: diagnostics, merged: Merged { root, start: self.place, sources } })
    }

    /// What stands at a dotted path.
    pub(crate) fn at(&self, path: &str) -> Option<&Node> {
        let mut table = Some(&self.root);
        let mut found = None;
        for part in path.split('.') {
            found = table?.get(part).map(|entry| &entry.node);
            table = found?.as_table();
        }
        found
    }

    /// The path that was likely meant by one that leads nowhere: its first wrong word is replaced.
    pub(crate) fn nearest_path(&self, path: &str) -> Option<String> {
        let mut table = &self.root;
        let mut walked = Vec::new();
        let mut parts = path.split('.');
        for part in parts.by_ref() {
            match table.get(part) {
                Some(entry) => {
                    walked.push(part.to_owned());
                    table = entry.node.as_table()?;
                }
                None => {
                    walked.push(nearest(part, table.keys())?);
                    break;
                }
            }
        }
        walked.extend(parts.map(str::to_owned));
        Some(walked.join("."))
    }

    /// The whole tree.
    #[cfg(test)]
    pub(crate) fn root(&self) -> &Table {
        &self.root
    }

    /// The texts that were read.
    pub(crate) fn sources(&self) -> &Sources {
        &self.sources
    }
}

/// A table that holds a value at a dotted path, and nothing else.
pub(crate) fn table_with(path: &str, node: Node) -> Table {
    let key = node.span;
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let node = match rest {
        Some(rest) => {
            let provenance = std::sync::Arc::clone(&node.provenance);
            Node { value: super::tree::Value::Table(table_with(rest, node)), span: key, provenance }
        }
        None => node,
    };
    Table::from([(first.to_owned(), Entry { key, node })])
}
