//! `altyn compare`: scenarios side by side, run where that has not been done.

use std::path::{Path, PathBuf};

use super::scenarios::{Asked, run_stale};
use super::solver::SolverArgs;
use super::{Exit, open, print, say};
use crate::compare::{self, terminal};
use crate::report;
use crate::results::read::Stored;
use crate::results::{WriteError, write_tables};

/// Arguments of `altyn compare`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Scenario files, or folders with results
    #[arg(required = true, value_name = "SCENARIO.toml|RESULT_DIR")]
    scenarios: Vec<PathBuf>,
    /// The scenario that the others are set beside; the first without it
    #[arg(long, value_name = "NAME")]
    baseline: Option<String>,
    /// Folder for results, <OUT>/<scenario>/, and for comparison.html, comparison.csv and comparison-inputs.csv
    #[arg(long, default_value = "results")]
    out: PathBuf,
    /// Scenarios to solve at the same time; all cores without it
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=256))]
    jobs: Option<u32>,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    solver: SolverArgs,
}

/// Runs what is not up to date, and compares.
pub fn main(args: &Args) -> Exit {
    let asked = Asked { out: &args.out, jobs: args.jobs, quiet: args.quiet, solver: args.solver };
    let (folders, ran) = match run_stale(&args.scenarios, &asked) {
        Ok(done) => done,
        Err(exit) => return exit,
    };
    let Some(scenarios) = open(&folders) else { return Exit::Failed };
    let baseline = match position(&scenarios, args.baseline.as_deref()) {
        Ok(position) => position,
        Err(exit) => return exit,
    };
    let comparison = match compare::compare(scenarios, baseline) {
        Ok(comparison) => comparison,
        Err(error) => {
            say(&format!("error: {error}"));
            return Exit::Failed;
        }
    };
    match write(&comparison, &args.out) {
        Ok(page) if !args.quiet => {
            let printed = format!("{}\nComparison: {}\n", terminal::comparison(&comparison), page.display());
            ran.max(print(&printed))
        }
        Ok(_) => ran,
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::Failed
        }
    }
}

/// Position of the baseline: of the first scenario without a name.
fn position(scenarios: &[Stored], name: Option<&str>) -> Result<usize, Exit> {
    let Some(name) = name else { return Ok(0) };
    let ids: Vec<&str> = scenarios.iter().map(|stored| stored.summary.scenario.as_str()).collect();
    ids.iter().position(|id| *id == name).ok_or_else(|| {
        say(&format!("error: no scenario `{name}` is compared\nhelp: --baseline is one of {}", ids.join(", ")));
        Exit::Invalid
    })
}

/// Writes tables and the page, whose path is returned.
fn write(comparison: &compare::Comparison, out: &Path) -> Result<PathBuf, WriteError> {
    write_tables(&compare::tables(comparison), out)?;
    let page = out.join("comparison.html");
    report::write(&comparison.scenarios, Some(comparison), &page)?;
    Ok(page)
}
