//! From a scenario file to a solution with its tables: the stages of a run, one after the other.

mod fingerprint;
mod infeasible;
mod numerics;
mod reading;
mod shortage;
mod side_by_side;
mod solving;

pub use fingerprint::fingerprint;
pub use infeasible::Missing;
pub use numerics::Numerics;
pub use reading::{checked, comparable, divide, load, reportable};
pub use side_by_side::side_by_side;
pub use solving::{Solved, formulate, solve_by, solve_from, wanted_gap};

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostics::Diagnostics;
use crate::formulation::context::Context;
use crate::formulation::{Formulations, Size};
use crate::model::Model;
use crate::results::read::{Headlines, Stored};
use crate::results::{self, Comparison, Format, Summary, Timing, WriteError, Writer};
use crate::scenario::{Loaded, Merged};
use crate::solve::interior::Warm;
use crate::solve::memory::MemoryLimit;
use crate::solve::ranges::Ranges;
use crate::solve::{Method, Observer, SolveError, SolveOptions, Status};
use crate::time::TimeGrid;

/// What a run is asked to do.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Folder that takes the results: `<out>/<scenario id>/`.
    pub out: PathBuf,
    /// `path=value` settings that extend the scenario.
    pub overrides: Vec<String>,
    /// Threads of the solver.
    pub threads: Option<u32>,
    /// Seconds after which the solver stops.
    pub time_limit: Option<f64>,
    /// Bytes beyond which the solver stops.
    pub memory_limit: Option<u64>,
    /// How the program is solved.
    pub method: Method,
    /// Relative gap at which decomposition may stop.
    pub gap: f64,
    /// What tables are written as besides CSV.
    pub formats: BTreeSet<Format>,
    /// Whether a scenario has to have observed values that it can be compared with.
    pub compares: bool,
}

/// Parts of a run, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading and checking the scenario.
    Reading,
    /// Choosing representative days and building the program.
    Building,
    /// Solving.
    Solving,
    /// Making and writing tables.
    Writing,
    /// Explaining a solution.
    Explaining,
}

/// Watches a run: the stages, and within solving the solver.
pub trait RunObserver: Observer {
    /// A stage begins.
    fn stage(&self, stage: Stage, note: &str);
    /// Something to know before it goes on.
    fn warn(&self, warning: &str);
}

/// A finished run.
#[derive(Debug)]
pub struct Outcome {
    /// How the solve ended: optimal, or feasible with a proven gap.
    pub status: Status,
    /// Headline figures.
    pub summary: Summary,
    /// Observed values beside those of the model.
    pub comparisons: Vec<Comparison>,
    /// Where they and the tables were written.
    pub folder: PathBuf,
    /// The gap that the method should have closed to.
    pub wanted_gap: f64,
    /// Warnings about the scenario.
    pub warnings: Diagnostics,
}

/// A run that came to no solution.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The scenario is wrong.
    #[error("the scenario is not valid")]
    Scenario(Diagnostics),
    /// The program holds a number that the solver can not take.
    #[error("{scenario}: {what}")]
    Misfit {
        /// Scenario id.
        scenario: String,
        /// Which number, and what may be done about it.
        what: String,
    },
    /// The solver failed.
    #[error(transparent)]
    Solve(#[from] SolveError),
    /// The solver ended without an optimum.
    #[error("{scenario}: {}", ended(*.status))]
    NoOptimum {
        /// Scenario id.
        scenario: String,
        /// How it ended.
        status: Status,
        /// Warnings about the scenario, which may say why.
        warnings: Diagnostics,
        /// Where it is infeasible: what would have to change for there to be a pathway, the most telling first.
        reasons: Vec<Diagnostics>,
    },
    /// The solver called a solution optimal whose cost, or whose checks, are no numbers.
    #[error("{scenario}: the solver returned values that are no finite numbers; nothing is written")]
    NotFinite {
        /// Scenario id.
        scenario: String,
    },
    /// Results could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

fn ended(status: Status) -> &'static str {
    match status {
        Status::Optimal | Status::Feasible => "solved",
        Status::Infeasible => "infeasible: no pathway keeps all demands, limits and policies at once",
        Status::Unbounded => "unbounded: some trade earns money without limit; give a market a volume or a rate",
        Status::Limit => "stopped at a limit before there was a solution with a proven gap; nothing is written",
        Status::Interrupted => "interrupted; nothing is written",
    }
}

/// Runs a scenario file: reads, builds, solves, and writes `<out>/<scenario id>/`.
pub fn run(path: &Path, options: &RunOptions, observer: &dyn RunObserver) -> Result<Outcome, RunError> {
    let mut timing = Timing::start();
    observer.stage(Stage::Reading, "");
    let read = load(path, &options.overrides);
    let read = if options.compares { read.and_then(comparable) } else { read };
    let reports = options.formats.contains(&Format::Iamc);
    let mut loaded = if reports { read.and_then(reportable) } else { read }.map_err(RunError::Scenario)?;
    timing.lap("reading");
    let folder = options.out.join(&loaded.model.id);
    results::check_place(&folder)?;
    let fingerprint = fingerprint(&loaded, options);
    let grid = divide(&mut loaded);
    let Loaded { model, mut warnings, merged } = loaded;
    timing.lap("time");
    let solved = solve_model((&model, &grid, &merged), &mut warnings, options, &mut timing, observer)?;
    let status = solved.status();
    let wanted_gap = wanted_gap(options.method, solved.formulations.size.rows, options.gap);
    observer.stage(Stage::Writing, "");
    let mut writer = Writer::new(&folder, &options.formats)?;
    let template = model.iamc.as_ref().filter(|_| reports);
    let (tables, reported) =
        results::each_part(&solved.formulations, &solved.solutions, template, |table| writer.append(&table))?;
    let summary = Summary { fingerprint, ..tables };
    let comparisons = results::compare(&model.statistics, &summary);
    let drafts = writer.close()?;
    timing.lap("writing");
    let mut documents = Vec::new();
    if let Some(reported) = reported {
        documents.extend(reported.documents()?);
    }
    let display = results::display(&model, &grid);
    documents.extend(results::documents(&merged.to_json(), &display, &timing, &summary));
    drafts.publish(&documents)?;
    Ok(Outcome { status, summary, comparisons, folder, wanted_gap, warnings })
}

/// Builds and solves the program of a model, and adds warnings: a solution, or what kept the solver from one.
///
/// # Errors
/// A number or an option that the solver does not take, and a solve without an optimum, with the warnings.
pub fn solve_model<'a>(
    (model, grid, merged): (&'a Model, &'a TimeGrid, &Merged),
    warnings: &mut Diagnostics,
    options: &RunOptions,
    timing: &mut Timing,
    observer: &dyn RunObserver,
) -> Result<Solved<'a>, RunError> {
    observer.stage(Stage::Building, "");
    let mut ranges = Ranges::default();
    let sized = Formulations::by_year_seen(model, grid, |part| ranges.add(part));
    Numerics { model, grid, merged, ranges: &ranges }.warn(warnings);
    if let Some(shortage) = shortage::foreseen(options, sized.size) {
        observer.warn(&shortage);
    }
    let formulations = solving::held(options.method, sized);
    timing.lap("building");
    let Size { columns, rows, .. } = formulations.size;
    observer.stage(Stage::Solving, &format!("{columns} columns, {rows} rows"));
    let settings = SolveOptions {
        highs: model.solver.clone(),
        threads: options.threads,
        time_limit: options.time_limit,
        memory_limit: options.memory_limit.map(|bytes| Arc::new(MemoryLimit::new(bytes))),
        gap: options.gap,
        ..SolveOptions::default()
    };
    let context = Context::whole(model, grid);
    let stakes = infeasible::stakes(&context, merged);
    let failed = |error| match error {
        SolveError::Misfit(misfit) => {
            RunError::Misfit { scenario: model.id.clone(), what: misfit.describe(&context.namer()) }
        }
        other => RunError::Solve(other),
    };
    let (mut solved, _) =
        solve_from(options.method, Warm::default(), formulations, &stakes, &settings, observer).map_err(failed)?;
    timing.lap("solving");
    if let Some(met) = settings.memory_limit.as_deref().and_then(shortage::met) {
        warnings.add(met);
    }
    let status = solved.status();
    if status == Status::Infeasible && solved.missing.is_none() {
        solved.missing = infeasible::missing(model, grid, rows, &stakes, &settings, observer);
    }
    if !matches!(status, Status::Optimal | Status::Feasible) {
        let reasons = solved.missing.map(|missing| infeasible::reasons(model, merged, &missing)).unwrap_or_default();
        let warnings = std::mem::take(warnings);
        return Err(RunError::NoOptimum { scenario: model.id.clone(), status, warnings, reasons });
    }
    if !solved.is_finite() {
        return Err(RunError::NotFinite { scenario: model.id.clone() });
    }
    Ok(solved)
}

/// Whether the results of a scenario file are up to date: solved to the gap, by this version, from what the file and those that it
/// extends say now.
///
/// # Errors
/// The scenario's mistakes.
pub fn is_current(path: &Path, options: &RunOptions) -> Result<bool, Diagnostics> {
    let loaded = load(path, &options.overrides)?;
    let headlines = Stored::headlines(&options.out.join(&loaded.model.id));
    let solved = |found: &Headlines| found.status == Status::Optimal.word();
    Ok(headlines.is_ok_and(|found| solved(&found) && found.fingerprint == fingerprint(&loaded, options)))
}
