//! `altyn sweep`: solve many variants of a scenario into one table. What lies between solved variants is mixed
//! from them.

use std::path::PathBuf;
use std::sync::Mutex;

use super::progress::{catch_interrupts, is_interrupted};
use super::solver::SolverArgs;
use super::{Exit, print, report, say};
use crate::diagnostics::nearest;
use crate::solve::{Observer, Progress};
use crate::sweep::{self, Plan, Shard, SweepError, SweepObserver, SweepOptions, terminal};

/// Arguments of `altyn sweep`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Sweep file
    #[arg(value_name = "SWEEP.toml")]
    sweep: PathBuf,
    /// Folder for results: <OUT>/<sweep>/
    #[arg(long, default_value = "results")]
    out: PathBuf,
    /// Change a value of the scenario in all variants: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
    /// Variants to solve at the same time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=256))]
    jobs: u32,
    /// Solve one part of the variants only, into a table of its own; without this all parts are put together
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
    /// Throw earlier results away and start over
    #[arg(long)]
    restart: bool,
    /// Indicators of the summary (default: the scenario's headlines)
    #[arg(long = "indicator", value_name = "NAME")]
    indicators: Vec<String>,
    /// Year of the summary (default: the last)
    #[arg(long)]
    year: Option<i32>,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    solver: SolverArgs,
}

/// Runs a sweep, or goes on with one.
pub fn main(args: &Args) -> Exit {
    let plan = match Plan::read(&args.sweep, &args.overrides) {
        Ok(plan) => plan,
        Err(problems) => {
            report(&problems);
            return Exit::Invalid;
        }
    };
    if let Some(problem) = unknown(&plan, args) {
        say(&problem);
        return Exit::Invalid;
    }
    report(&plan.base.warnings);
    catch_interrupts();
    let options = SweepOptions {
        out: args.out.clone(),
        jobs: args.jobs as usize,
        threads: args.solver.threads,
        time_limit: args.solver.time_limit,
        memory_limit: args.solver.memory_limit,
        method: args.solver.method.into(),
        gap: args.solver.gap,
        shard: args.shard,
        restart: args.restart,
    };
    let teller = Teller { id: plan.id.clone(), quiet: args.quiet, turn: Mutex::new(()) };
    match sweep::run(&plan, &options, &teller) {
        Ok(_) if args.quiet => Exit::Done,
        Ok(done) => {
            let summary = terminal::summary(&plan, &done.blocks, &args.indicators, args.year);
            print(&format!("{summary}Results: {}\n", done.table.display()))
        }
        Err(error) => {
            say(&format!("error: {error}"));
            match error {
                SweepError::Changed { .. } => Exit::Invalid,
                SweepError::Interrupted => Exit::Interrupted,
                SweepError::File(_) => Exit::Failed,
            }
        }
    }
}

/// What is asked to be shown and is not there.
fn unknown(plan: &Plan, args: &Args) -> Option<String> {
    let model = &plan.base.model;
    let names = || model.indicators.iter().map(|indicator| &indicator.name);
    for wanted in &args.indicators {
        if !names().any(|name| name == wanted) {
            let help = match nearest(wanted, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`altyn show SCENARIO.toml indicators` lists them".to_owned(),
            };
            return Some(format!("error: the scenario has no indicator `{wanted}`\nhelp: {help}"));
        }
    }
    let year = args.year.filter(|year| !model.horizon.values().any(|milestone| milestone.year == *year))?;
    let years: Vec<String> = model.horizon.values().map(|milestone| milestone.year.to_string()).collect();
    Some(format!("error: {year} is no milestone year\nhelp: take one of {}", years.join(", ")))
}

/// Says how a sweep comes along, a line for each variant.
struct Teller {
    id: String,
    quiet: bool,
    turn: Mutex<()>,
}

impl Observer for Teller {
    fn progress(&self, _: Progress) {}

    fn is_interrupted(&self) -> bool {
        is_interrupted()
    }
}

impl SweepObserver for Teller {
    fn step(&self, what: &str, left: usize) {
        if !self.quiet {
            let _turn = self.turn.lock();
            say(&format!("{}: {what}; {left} left", self.id));
        }
    }

    fn trouble(&self, what: &str) {
        let _turn = self.turn.lock();
        say(&format!("warning: {}: {what}", self.id));
    }
}

/// Reads a part `i/n`.
fn shard(text: &str) -> Result<Shard, String> {
    let numbers = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((number, of)) if 1 <= number && number <= of => Ok(Shard { number, of }),
        _ => Err("needs a part of several, such as 1/4".to_owned()),
    }
}
