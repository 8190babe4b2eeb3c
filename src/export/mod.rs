//! The program and its data for others: files that every solver reads, and tables from which another modelling system
//! can build the same program.

mod lp;
mod mps;
mod names;
mod number;
mod tables;

pub use tables::tables;

use std::fmt;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use names::Named;

use crate::diagnostics::Diagnostics;
use crate::formulation::{self, Formulation};
use crate::results::{self, WriteError, write_whole};
use crate::run;
use crate::scenario::Loaded;
use crate::solve;

/// Format of a program file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// MPS, free format.
    Mps,
    /// LP.
    Lp,
}

/// What is exported, and where to.
pub enum Target<'a> {
    /// The program, into a file.
    File(Syntax, &'a Path),
    /// The program, as a stream.
    Stream(Syntax, &'a mut dyn Write),
    /// Tables, into a folder.
    Tables(&'a Path),
}

impl fmt::Debug for Target<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::File(syntax, path) => f.debug_tuple("File").field(syntax).field(path).finish(),
            Target::Stream(syntax, _) => f.debug_tuple("Stream").field(syntax).finish(),
            Target::Tables(folder) => f.debug_tuple("Tables").field(folder).finish(),
        }
    }
}

/// An export that did not come about.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The scenario is wrong.
    #[error("the scenario is not valid")]
    Scenario(Diagnostics),
    /// The program holds a number that no solver would take.
    #[error("{scenario}: {what}")]
    Misfit {
        /// Scenario id.
        scenario: String,
        /// Which number, and what may be done about it.
        what: String,
    },
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The stream could not be written.
    #[error(transparent)]
    Stream(#[from] io::Error),
}

/// Reads a scenario file, builds its program, and exports it. Gives the warnings about the scenario.
///
/// # Errors
/// All mistakes in the scenario, or the first thing that can not be written; a file or folder is then as it was.
pub fn export(path: &Path, overrides: &[String], target: Target) -> Result<Diagnostics, ExportError> {
    let mut loaded = run::load(path, overrides).map_err(ExportError::Scenario)?;
    let grid = run::divide(&mut loaded);
    let Loaded { model, warnings, .. } = loaded;
    let formulation = formulation::build(&model, &grid);
    if let Err(misfit) = solve::check_numbers(&formulation.program) {
        let (scenario, what) = (model.id.clone(), misfit.describe(&formulation.context.namer()));
        return Err(ExportError::Misfit { scenario, what });
    }
    match target {
        Target::File(syntax, path) => write_whole(path, |file| write_program(&formulation, syntax, file))?,
        Target::Stream(syntax, out) => write_program(&formulation, syntax, out)?,
        Target::Tables(folder) => results::write_tables(&tables(&formulation), folder)?,
    }
    Ok(warnings)
}

/// Writes a program with the names of its model.
///
/// # Errors
/// What the writer fails with.
pub fn write_program(formulation: &Formulation, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    let named = Named::new(formulation, syntax);
    let mut out = BufWriter::new(out);
    match syntax {
        Syntax::Mps => mps::write(&named, &mut out)?,
        Syntax::Lp => lp::write(&named, &mut out)?,
    }
    out.flush()
}
