//! OSeMOSYS: a folder of CSV tables, one for each set and parameter, as otoole writes them.
//!
//! The scenario costs what the model of OSeMOSYS costs, by the same sums: capital at the start of the year of building, running cost in the middle of
//! each year, what is left at the end credited by sinking fund or straight line. Each figure says which table it is from.

mod build;
mod csv;
mod demands;
mod frame;
mod indicators;
mod options;
mod rules;
mod schema;
mod storages;
mod tables;
mod technologies;
mod toml;
mod trade;

use std::path::{Path, PathBuf};

pub use options::{OptionError, Options, Units};

use build::Build;
use schema::Set;
use tables::Folder;

use crate::diagnostics::{Diagnostic, Diagnostics, Sources};
use crate::results::{WriteError, write_text};
use crate::scenario;

/// A scenario that was written.
#[derive(Debug)]
pub struct Imported {
    /// Its file.
    pub path: PathBuf,
    /// What is not carried over, or likely not meant.
    pub warnings: Diagnostics,
}

/// An import that did not come about; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// An option can not be meant.
    #[error(transparent)]
    Option(#[from] OptionError),
    /// The folder can not be read.
    #[error("can not read {}: {error}\n  = help: name the folder that holds the tables, one CSV file each", folder.display())]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// The tables are wrong, or contradict each other.
    #[error("the tables are not valid")]
    Tables(Diagnostics),
    /// The scenario can not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Imports the tables of a folder, and writes them as a scenario into another.
///
/// # Errors
/// All mistakes in the tables, each with its place; or the first option or file that will not do. Nothing is written then.
pub fn import(folder: &Path, out: &Path, options: &Options) -> Result<Imported, ImportError> {
    let (units, defaults) = (options.units()?, options.own_defaults()?);
    let read = tables::read(folder, &defaults);
    let Folder { tables, sources, mut problems, counts } =
        read.map_err(|error| ImportError::Folder { folder: folder.to_owned(), error })?;
    check(&tables, &mut problems);
    let is_wrong = |problems: &[Diagnostic]| problems.iter().any(|p| p.severity == crate::diagnostics::Severity::Error);
    if is_wrong(&problems) {
        return Err(ImportError::Tables(Diagnostics::new(sources, problems)));
    }
    let mut build = Build::new(&tables, &units);
    frame::write(&mut build, options.price_year);
    let plants = technologies::plants(&build);
    technologies::write(&mut build, &plants);
    storages::write(&mut build);
    trade::write(&mut build);
    demands::write(&mut build);
    rules::write(&mut build, &plants);
    indicators::write(&mut build);
    let (body, found) = build.into_text();
    problems.extend(found);
    let text = head(options, &tables, &units, &counts) + &body;
    let path = out.join(format!("{}.toml", options.name));
    if let Some(mistakes) = mistakes(&text, &path) {
        return Err(ImportError::Tables(mistakes));
    }
    write_text(&path, &text)?;
    Ok(Imported { path, warnings: Diagnostics::new(sources, problems) })
}

/// Finds what no table shows by itself.
fn check(tables: &tables::Tables, problems: &mut Vec<Diagnostic>) {
    let has_all = [Set::Timeslice, Set::Year].iter().all(|&set| !tables.members(set).is_empty());
    let empty = |&slice: &usize| tables.value("YearSplit", &[slice, 0]) <= 0.0;
    if let Some(slice) = tables.all(Set::Timeslice).find(empty).filter(|_| has_all) {
        let message = format!("slice {} has no part of the year in YearSplit", tables.name(Set::Timeslice, slice));
        problems
            .push(Diagnostic::error(None, message).help("give every slice a part above 0, in the first year at least"));
    }
}

/// First lines of the scenario.
fn head(options: &Options, tables: &tables::Tables, units: &Units, counts: &[(String, usize)]) -> String {
    let regions = tables.members(Set::Region).join(", ");
    let title = options.title.clone().unwrap_or_else(|| format!("{regions}, from OSeMOSYS"));
    let counts: Vec<String> = counts.iter().map(|(name, rows)| format!("{name} ({rows})")).collect();
    let mut out = String::from("# Imported from OSeMOSYS tables, with their numbers of rows:\n");
    let mut line = String::from("#");
    for (position, count) in counts.iter().enumerate() {
        let comma = if position + 1 < counts.len() { "," } else { "" };
        if line.chars().count() + count.chars().count() > 118 {
            out.push_str(&line);
            out.push('\n');
            line = String::from("#");
        }
        line.push_str(&format!(" {count}{comma}"));
    }
    out.push_str(&line);
    out.push('\n');
    out.push_str(&format!(
        "# Energy is in {}, capacity in {} where it gives {} {} a year, money in {}, emissions in {}.\n\n",
        units.energy,
        units.capacity,
        toml::number(units.energy_per_capacity),
        units.energy,
        units.money,
        units.emission
    ));
    out.push_str(&format!("title = {}\n", toml::text(&title)));
    out
}

/// What the scenario would be told if it were checked: tables that contradict each other make one that can not be solved.
fn mistakes(text: &str, path: &Path) -> Option<Diagnostics> {
    let read = tempfile::tempdir().and_then(|folder| {
        let draft = folder.path().join("scenario.toml");
        std::fs::write(&draft, text)?;
        Ok(scenario::load(&draft, &[]))
    });
    let Ok(Err(found)) = read else { return None };
    let mut sources = Sources::default();
    sources.add(format!("{} (as it would be written)", path.display()), text);
    Some(Diagnostics::new(sources, found.iter().cloned().collect()))
}
