//! `altyn export`: the program or its data, for other programs.

use std::io::ErrorKind;
use std::path::PathBuf;

use super::{Exit, report, say};
use crate::export::{ExportError, Syntax, Target, export};

/// Arguments of `altyn export`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Scenario file
    #[arg(value_name = "SCENARIO.toml")]
    scenario: PathBuf,
    /// What to write: the whole program as an MPS or LP file, or a folder of tables that describe it
    #[arg(long, value_enum)]
    to: Form,
    /// File (or folder of tables) to write; a program goes to standard output without it
    #[arg(long)]
    out: Option<PathBuf>,
    /// Change a value, as a file that extends the scenario would: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
}

/// What is written.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Form {
    Mps,
    Lp,
    Tables,
}

/// Exports a scenario.
pub fn main(args: &Args) -> Exit {
    let mut stdout = std::io::stdout();
    let target = match (args.to, &args.out) {
        (Form::Tables, Some(folder)) => Target::Tables(folder),
        (Form::Tables, None) => {
            say("error: tables need a folder\n  = help: name one: --out DIR");
            return Exit::Invalid;
        }
        (form, out) => {
            let syntax = if matches!(form, Form::Mps) { Syntax::Mps } else { Syntax::Lp };
            match out {
                Some(path) => Target::File(syntax, path),
                None => Target::Stream(syntax, &mut stdout),
            }
        }
    };
    match export(&args.scenario, &args.overrides, target) {
        Ok(warnings) => {
            report(&warnings);
            Exit::Done
        }
        Err(ExportError::Scenario(diagnostics)) => {
            report(&diagnostics);
            Exit::Invalid
        }
        // Whoever reads may stop reading.
        Err(ExportError::Stream(error)) if error.kind() == ErrorKind::BrokenPipe => Exit::Done,
        Err(ExportError::Stream(error)) => {
            say(&format!("error: can not write to standard output: {error}"));
            Exit::Failed
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::Failed
        }
    }
}
