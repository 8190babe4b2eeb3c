//! `altyn schema`: what a file may hold, for editors.

use std::path::PathBuf;

use super::{Exit, print, say};
use crate::{scenario, sweep};

/// Arguments of `altyn schema`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Kind of file
    #[arg(value_enum, default_value_t = Kind::Scenario)]
    kind: Kind,
    /// File to write; without it the schema goes to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Kinds of files.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Kind {
    Scenario,
    Sweep,
}

/// Prints or writes a schema.
pub fn main(args: &Args) -> Exit {
    let schema = match args.kind {
        Kind::Scenario => scenario::json_schema(),
        Kind::Sweep => sweep::json_schema(),
    };
    let text = format!("{schema:#}\n");
    let Some(path) = &args.out else { return print(&text) };
    match std::fs::write(path, text) {
        Ok(()) => Exit::Done,
        Err(error) => {
            say(&format!("error: can not write {}: {error}", path.display()));
            Exit::Failed
        }
    }
}
