//! `altyn run`: solve scenarios and write their results.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use indicatif::MultiProgress;

use super::progress::{Reporter, catch_interrupts, is_interrupted};
use super::{Exit, print, report, say};
use crate::diagnostics::Diagnostics;
use crate::results::{Summary, terminal};
use crate::run::{Outcome, RunError, RunOptions, run, side_by_side};
use crate::solve::{Method, Status};

/// Arguments of `altyn run`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Scenario files
    #[arg(required = true, value_name = "SCENARIO.toml")]
    scenarios: Vec<PathBuf>,
    /// Folder for results: <OUT>/<scenario>/
    #[arg(long, default_value = "results")]
    out: PathBuf,
    /// Change a value, as a file that extends the scenario would: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
    /// Scenarios to solve at the same time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=256))]
    jobs: u32,
    /// Print summary.json to standard output (an array for several scenarios)
    #[arg(long)]
    json: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
    /// Threads of the solver
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=256))]
    threads: Option<u32>,
    /// How to solve: the whole program at once, or year by year under an investment master; auto takes the latter for large programs
    #[arg(long, value_enum, default_value_t = MethodName::Auto)]
    method: MethodName,
    /// Relative gap between the bounds at which decomposition may stop
    #[arg(long, default_value_t = 1e-4, value_parser = gap)]
    gap: f64,
    /// Stop after this time: 600s, 10min, 2h
    #[arg(long, value_parser = seconds)]
    time_limit: Option<f64>,
}

/// Names of methods.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
pub enum MethodName {
    Auto,
    Monolith,
    Decomposition,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Auto => Method::Auto,
            MethodName::Monolith => Method::Monolith,
            MethodName::Decomposition => Method::Decomposition,
        }
    }
}

/// Runs all scenarios; the worst decides the exit code.
pub fn main(args: &Args) -> Exit {
    if let Some((first, second)) = clash(&args.scenarios) {
        say(&format!(
            "error: {} and {} would both write to {}\nhelp: give one of them another file name, or another --out",
            first.display(),
            second.display(),
            args.out.join(stem(second)).display()
        ));
        return Exit::Invalid;
    }
    catch_interrupts();
    let options = RunOptions {
        out: args.out.clone(),
        overrides: args.overrides.clone(),
        threads: args.threads,
        time_limit: args.time_limit,
        method: args.method.into(),
        gap: args.gap,
    };
    let bars = std::io::stderr().is_terminal().then(MultiProgress::new);
    let one = |path: &PathBuf| Ok(run_one(path, &options, bars.as_ref(), args.quiet));
    let Ok(outcomes) = side_by_side::<_, _, Infallible>(args.jobs as usize, &args.scenarios, one);
    let worst = args.scenarios.iter().zip(&outcomes).map(|(path, outcome)| explain(path, outcome)).max();
    let summaries: Vec<&Summary> =
        outcomes.iter().filter_map(|o| o.as_ref().ok()).map(|o| &o.results.summary).collect();
    let printed = if args.json {
        print(&as_json(&summaries, args.scenarios.len() > 1))
    } else if args.quiet {
        Exit::Done
    } else {
        print(&tables(&outcomes, &summaries))
    };
    worst.unwrap_or(Exit::Done).max(printed)
}

fn run_one(path: &Path, options: &RunOptions, bars: Option<&MultiProgress>, quiet: bool) -> Result<Outcome, RunError> {
    let reporter = Reporter::new(stem(path), bars, quiet);
    if is_interrupted() {
        let (status, warnings) = (Status::Interrupted, Diagnostics::default());
        return Err(RunError::NoOptimum { scenario: stem(path), status, warnings });
    }
    let outcome = run(path, options, &reporter);
    match &outcome {
        Ok(done) => reporter.finish(&format!("{}, {}", done.results.summary.status, done.folder.display())),
        Err(_) => reporter.finish("failed"),
    }
    outcome
}

/// Says what went wrong, if anything did.
fn explain(path: &Path, outcome: &Result<Outcome, RunError>) -> Exit {
    match outcome {
        Ok(done) => {
            report(&done.warnings);
            let Summary { scenario, quality, .. } = &done.results.summary;
            let residual = quality.residual();
            if residual > 1e-6 {
                say(&format!("warning: {scenario}: the solution keeps its conditions to {residual:.0e} only"));
            }
            if done.status == Status::Optimal && quality.gap > done.wanted_gap {
                say(&format!(
                    "warning: {scenario}: the gap is {:.0e}, and should be {:.0e}",
                    quality.gap, done.wanted_gap
                ));
            }
            if done.status == Status::Feasible {
                let gap = quality.gap;
                say(&format!("warning: {scenario}: stopped at a limit; the cost is within {gap:.1e} of the least"));
                return Exit::Limit;
            }
            Exit::Done
        }
        Err(RunError::Scenario(diagnostics)) => {
            report(diagnostics);
            Exit::Invalid
        }
        Err(error) => {
            if let RunError::NoOptimum { warnings, .. } = error {
                report(warnings);
            }
            say(&format!("error: {error}"));
            match error {
                RunError::NoOptimum { status: Status::Infeasible | Status::Unbounded, .. } => Exit::NoSolution,
                RunError::NoOptimum { status: Status::Limit, .. } => Exit::Limit,
                RunError::NoOptimum { status: Status::Interrupted, .. } => Exit::Interrupted,
                _ => {
                    say(&format!("  while running {}", path.display()));
                    Exit::Failed
                }
            }
        }
    }
}

/// One scenario in full; several side by side.
fn tables(outcomes: &[Result<Outcome, RunError>], summaries: &[&Summary]) -> String {
    let mut out = match summaries {
        [one] => terminal::summary(one),
        many => terminal::side_by_side(many),
    };
    for done in outcomes.iter().flatten() {
        out.push_str(&format!("Results: {}\n", done.folder.display()));
    }
    out
}

fn as_json(summaries: &[&Summary], many: bool) -> String {
    let values: Vec<serde_json::Value> = summaries.iter().map(|summary| summary.to_json()).collect();
    let text = match values.as_slice() {
        [one] if !many => serde_json::to_string_pretty(one),
        all => serde_json::to_string_pretty(all),
    };
    text.map(|text| text + "\n").unwrap_or_default()
}

/// Two scenarios of the same name, which would share a folder.
fn clash(paths: &[PathBuf]) -> Option<(&PathBuf, &PathBuf)> {
    let mut seen = BTreeMap::new();
    paths.iter().find_map(|path| seen.insert(stem(path), path).map(|first| (first, path)))
}

fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

/// Reads a duration.
pub fn seconds(text: &str) -> Result<f64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "s" => 1.0,
        "min" | "m" => 60.0,
        "h" => 3600.0,
        other => return Err(format!("unknown unit `{other}`; use s, min or h")),
    };
    match digits.trim().parse::<f64>() {
        Ok(number) if number > 0.0 && number.is_finite() => Ok(number * unit),
        _ => Err("needs a positive number of seconds, such as 600s".to_owned()),
    }
}

/// Reads a relative gap.
pub fn gap(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(gap) if gap > 0.0 && gap < 1.0 => Ok(gap),
        _ => Err("needs a number between 0 and 1, such as 1e-4".to_owned()),
    }
}
