//! The command line: one file per command, thin.

mod calibrate;
mod check;
mod compare;
mod completions;
mod explain;
mod export;
mod import;
mod man;
mod new;
mod progress;
mod report;
mod run;
mod scenarios;
mod schema;
mod show;
mod solver;
mod sweep;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diagnostics::Diagnostics;
use crate::results::read::Stored;

/// Least-cost energy pathways from a scenario file.
#[derive(Parser, Debug)]
#[command(name = "altyn", version, about, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Solve scenarios and write their results
    Run(run::Args),
    /// Solve scenarios, and compare them with observed values
    Calibrate(calibrate::Args),
    /// Put scenarios side by side, running what is not up to date
    Compare(compare::Args),
    /// Explain a solution: what sets a price, which policies bind, why a technology is not built
    Explain(explain::Args),
    /// Make one page of results, which needs no network
    Report(report::Args),
    /// Report every error and warning of scenarios, without solving
    Check(check::Args),
    /// Print a scenario after inheritance, each value with its origin and source
    Show(show::Args),
    /// Solve many variants of a scenario into one table
    Sweep(sweep::Args),
    /// Write the linear program, or the data it is built from, for other programs
    Export(export::Args),
    /// Begin a scenario of your own: a file that extends another, with examples to uncomment
    New(new::Args),
    /// Print the JSON Schema of scenario files, for editors
    Schema(schema::Args),
    /// Print what a shell needs to complete commands and options
    Completions(completions::Args),
    /// Write manual pages
    Man(man::Args),
    /// Make a scenario from the tables of another modelling system
    Import(import::Args),
}

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    Done,
    Failed,
    Invalid,
    NoSolution,
    Limit,
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Invalid => 2,
            Exit::NoSolution => 3,
            Exit::Limit => 4,
            Exit::Interrupted => 130,
        })
    }
}

/// Runs the command that the process was called with.
pub fn main() -> ExitCode {
    let exit = match Cli::parse().command {
        Command::Run(args) => run::main(&args),
        Command::Calibrate(args) => calibrate::main(&args),
        Command::Compare(args) => compare::main(&args),
        Command::Explain(args) => explain::main(&args),
        Command::Report(args) => report::main(&args),
        Command::Check(args) => check::main(&args),
        Command::Show(args) => show::main(&args),
        Command::Sweep(args) => sweep::main(&args),
        Command::Export(args) => export::main(&args),
        Command::New(args) => new::main(&args),
        Command::Schema(args) => schema::main(&args),
        Command::Completions(args) => completions::main(&args),
        Command::Man(args) => man::main(&args),
        Command::Import(args) => import::main(&args),
    };
    exit.into()
}

/// Results in some folders; what can not be read is said.
fn open(folders: &[PathBuf]) -> Option<Vec<Stored>> {
    Stored::open_all(folders)
        .inspect_err(|error| {
            say(&format!("error: {error}\nhelp: a folder with results is what `altyn run` wrote: results/<scenario>"));
        })
        .ok()
}

/// Prints diagnostics to standard error, each with its place in the source.
fn report(diagnostics: &Diagnostics) {
    tell(&diagnostics.render(std::io::stderr().is_terminal()));
}

/// Writes a line to standard error.
fn say(line: &str) {
    tell(&format!("{line}\n"));
}

/// Writes to standard error. Where that can not be done nobody is left to tell, and the exit code has to do.
fn tell(text: &str) {
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Writes to standard output; a closed pipe is no error.
fn print(text: &str) -> Exit {
    let mut out = std::io::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            say(&format!("error: can not write to standard output: {error}"));
            Exit::Failed
        }
        _ => Exit::Done,
    }
}
