//! Running scenarios side by side, for every command that runs them.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use indicatif::MultiProgress;
use rayon::prelude::*;
use serde_json::Value;

use super::progress::{Reporter, catch_interrupts, is_interrupted};
use super::solver::SolverArgs;
use super::{Exit, print, report, say};
use crate::diagnostics::Diagnostics;
use crate::results::{Format, Summary};
use crate::run::{Outcome, RunError, RunOptions, is_current, run, side_by_side};
use crate::solve::{Quality, Status, available_threads};

/// Which scenarios to run, and how.
#[derive(clap::Args, Debug)]
pub struct ScenarioArgs {
    /// Scenario files
    #[arg(required = true, value_name = "SCENARIO.toml")]
    scenarios: Vec<PathBuf>,
    /// Folder for results: <OUT>/<scenario>/
    #[arg(long, default_value = "results")]
    out: PathBuf,
    /// Change a value, as a file that extends the scenario would: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
    /// What to write tables as: csv (always written, since other commands read it), parquet (a typed file for each table), xlsx
    /// (one workbook) and iamc (the variables under [iamc] of the scenario); several with commas between them
    #[arg(long, value_enum, value_delimiter = ',', default_value = "csv", value_name = "FORMATS")]
    format: Vec<FormatName>,
    /// Scenarios to solve at the same time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=256))]
    jobs: u32,
    /// Print nothing but errors
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    solver: SolverArgs,
}

/// Names of formats.
#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum FormatName {
    Csv,
    Parquet,
    Xlsx,
    Iamc,
}

impl FormatName {
    /// What it asks for besides CSV.
    fn format(self) -> Option<Format> {
        match self {
            FormatName::Csv => None,
            FormatName::Parquet => Some(Format::Parquet),
            FormatName::Xlsx => Some(Format::Xlsx),
            FormatName::Iamc => Some(Format::Iamc),
        }
    }
}

/// What is printed of finished runs.
pub struct Printed {
    /// Whether to print for other programs.
    pub json: bool,
    /// A run for other programs.
    pub to_json: fn(&Outcome) -> Value,
    /// All runs for people.
    pub to_text: fn(&[&Outcome]) -> String,
}

/// Runs all scenarios and prints what came of them; the worst decides the exit code. Where they are to be compared with observed values,
/// those that have none are wrong.
pub fn run_all(args: &ScenarioArgs, compares: bool, printed: &Printed) -> Exit {
    if let Some(exit) = refuse_clash(&args.scenarios, &args.out) {
        return exit;
    }
    let formats: BTreeSet<Format> = args.format.iter().filter_map(|name| name.format()).collect();
    let options = RunOptions { compares, formats, ..options(&args.out, &args.overrides, &args.solver) };
    let (outcomes, worst) = run_each(&args.scenarios, &options, args.jobs as usize, args.quiet);
    let done: Vec<&Outcome> = outcomes.iter().flatten().collect();
    let exit = if printed.json {
        let values = done.iter().map(|outcome| (printed.to_json)(outcome)).collect();
        print(&json_text(values, args.scenarios.len() > 1))
    } else if args.quiet {
        Exit::Done
    } else {
        print(&(printed.to_text)(&done))
    };
    worst.max(exit)
}

/// Where results go, and how scenarios are solved.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Folder for results.
    pub out: &'a Path,
    /// Scenarios to solve at the same time; as many as there are cores without it.
    pub jobs: Option<u32>,
    /// Whether only errors are said.
    pub quiet: bool,
    /// How to solve.
    pub solver: SolverArgs,
}

/// Runs those of some scenario files whose results are not up to date; folders stand for results that are there. The folders of all, in
/// order, and how the runs ended.
///
/// # Errors
/// How the worst run ended, where there are no results of one.
pub fn run_stale(paths: &[PathBuf], asked: &Asked) -> Result<(Vec<PathBuf>, Exit), Exit> {
    let files: Vec<PathBuf> = paths.iter().filter(|path| !path.is_dir()).cloned().collect();
    let options = options(asked.out, &[], &asked.solver);
    if let Some(exit) = refuse_clash(&files, asked.out) {
        return Err(exit);
    }
    let mut stale = Vec::new();
    let mut wrong = None;
    let current: Vec<_> = files.par_iter().map(|file| is_current(file, &options)).collect();
    for (file, current) in files.iter().zip(current) {
        match current {
            Ok(true) if !asked.quiet => say(&format!("{}: up to date", stem(file))),
            Ok(true) => {}
            Ok(false) => stale.push(file.clone()),
            Err(diagnostics) => {
                report(&diagnostics);
                wrong = Some(Exit::Invalid);
            }
        }
    }
    if let Some(exit) = wrong {
        return Err(exit);
    }
    let jobs = asked.jobs.map_or_else(available_threads, |jobs| jobs as usize);
    let (outcomes, exit) = run_each(&stale, &options, jobs, asked.quiet);
    if outcomes.iter().any(Result::is_err) {
        return Err(exit);
    }
    let folder = |path: &PathBuf| if path.is_dir() { path.clone() } else { asked.out.join(stem(path)) };
    Ok((paths.iter().map(folder).collect(), exit))
}

/// Runs scenarios side by side, and says what went wrong; the worst decides the exit code.
fn run_each(
    paths: &[PathBuf],
    options: &RunOptions,
    jobs: usize,
    quiet: bool,
) -> (Vec<Result<Outcome, RunError>>, Exit) {
    catch_interrupts();
    let bars = std::io::stderr().is_terminal().then(MultiProgress::new);
    let one = |path: &PathBuf| Ok(run_one(path, options, bars.as_ref(), quiet));
    let Ok(outcomes) = side_by_side::<_, _, Infallible>(jobs, paths, one);
    let worst = paths.iter().zip(&outcomes).map(|(path, outcome)| explain(path, outcome)).max();
    (outcomes, worst.unwrap_or(Exit::Done))
}

/// Options of a run.
pub fn options(out: &Path, overrides: &[String], solver: &SolverArgs) -> RunOptions {
    RunOptions {
        out: out.to_owned(),
        overrides: overrides.to_vec(),
        threads: solver.threads,
        time_limit: solver.time_limit,
        memory_limit: solver.memory_limit,
        method: solver.method.into(),
        gap: solver.gap,
        formats: BTreeSet::new(),
        compares: false,
    }
}

/// Refuses scenarios of the same name.
fn refuse_clash(paths: &[PathBuf], out: &Path) -> Option<Exit> {
    let (first, second) = clash(paths)?;
    say(&format!(
        "error: {} and {} would both write to {}\nhelp: give one of them another file name, or another --out",
        first.display(),
        second.display(),
        out.join(stem(second)).display()
    ));
    Some(Exit::Invalid)
}

fn run_one(path: &Path, options: &RunOptions, bars: Option<&MultiProgress>, quiet: bool) -> Result<Outcome, RunError> {
    let reporter = Reporter::new(stem(path), bars, quiet);
    if is_interrupted() {
        let (status, warnings) = (Status::Interrupted, Diagnostics::default());
        let reasons = Vec::new();
        return Err(RunError::NoOptimum { scenario: stem(path), status, warnings, reasons });
    }
    let outcome = run(path, options, &reporter);
    match &outcome {
        Ok(done) => reporter.finish(&format!("{}, {}", done.summary.status, done.folder.display())),
        Err(_) => reporter.finish("failed"),
    }
    outcome
}

/// Says what went wrong, if anything did.
fn explain(path: &Path, outcome: &Result<Outcome, RunError>) -> Exit {
    match outcome {
        Ok(done) => {
            report(&done.warnings);
            let Summary { scenario, quality, .. } = &done.summary;
            judged(scenario, done.status, quality, done.wanted_gap)
        }
        Err(error) => failed(path, error),
    }
}

/// Says what a solution is short of.
pub fn judged(scenario: &str, status: Status, quality: &Quality, wanted_gap: f64) -> Exit {
    let (gap, residual) = (quality.gap, quality.residual());
    if residual > 1e-6 {
        say(&format!("warning: {scenario}: the solution keeps its conditions to {residual:.0e} only"));
    }
    if status == Status::Optimal && gap > wanted_gap {
        say(&format!("warning: {scenario}: the gap is {gap:.0e}, and should be {wanted_gap:.0e}"));
    }
    if status == Status::Feasible {
        say(&format!("warning: {scenario}: stopped at a limit; the cost is within {gap:.1e} of the least"));
        return Exit::Limit;
    }
    Exit::Done
}

/// Says why there is no solution of a scenario.
pub fn failed(path: &Path, error: &RunError) -> Exit {
    match error {
        RunError::Scenario(diagnostics) | RunError::NoOptimum { warnings: diagnostics, .. } => report(diagnostics),
        _ => {}
    }
    if let RunError::Scenario(_) = error {
        return Exit::Invalid;
    }
    say(&format!("error: {error}"));
    if let RunError::NoOptimum { reasons, .. } = error
        && !reasons.is_empty()
    {
        say("there would be one if all of this gave way together, by as much as it says:\n");
        reasons.iter().for_each(report);
    }
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

/// One value, or an array of those of several scenarios.
fn json_text(mut values: Vec<Value>, many: bool) -> String {
    let value = if values.len() == 1 && !many { values.remove(0) } else { Value::Array(values) };
    serde_json::to_string_pretty(&value).map(|text| text + "\n").unwrap_or_default()
}

/// Two scenarios of the same name, which would share a folder.
fn clash(paths: &[PathBuf]) -> Option<(&PathBuf, &PathBuf)> {
    let mut seen = BTreeMap::new();
    paths.iter().find_map(|path| seen.insert(stem(path), path).map(|first| (first, path)))
}

/// Name of the scenario in a file.
pub fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}
