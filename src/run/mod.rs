//! From a scenario file to a solution with its tables: the stages of a run, one after the other.

use std::path::{Path, PathBuf};

use crate::diagnostics::Diagnostics;
use crate::formulation;
use crate::results::{self, Timing, WriteError};
use crate::scenario::{self, Loaded};
use crate::solve::{self, Method, Observer, SolveError, SolveOptions, Status};
use crate::time;

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
    /// How the program is solved.
    pub method: Method,
    /// Relative gap at which decomposition may stop.
    pub gap: f64,
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
}

/// Watches a run: the stages, and within solving the solver.
pub trait RunObserver: Observer {
    /// A stage begins.
    fn stage(&self, stage: Stage, note: &str);
}

/// A finished run.
#[derive(Debug)]
pub struct Outcome {
    /// Tables and summary.
    pub results: results::Results,
    /// Where they were written.
    pub folder: PathBuf,
    /// Warnings about the scenario.
    pub warnings: Diagnostics,
}

/// A run that came to no solution.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The scenario is wrong.
    #[error("the scenario is not valid")]
    Scenario(Diagnostics),
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
        Status::Limit => "stopped at a limit before an optimum was proven; nothing is written",
        Status::Interrupted => "interrupted; nothing is written",
    }
}

/// Reads a scenario file and checks all of it, the solver's options included.
///
/// # Errors
/// All mistakes that were found, each with its place.
pub fn load(path: &Path, overrides: &[String]) -> Result<Loaded, Diagnostics> {
    let loaded = scenario::load(path, overrides)?;
    match solve::check_options(&loaded.model.solver) {
        Ok(()) => Ok(loaded),
        Err(name) => {
            let message = format!("HiGHS does not accept the option `{name}` with this value");
            let help = "options and their values are those of HiGHS: solver = \"ipm\", threads = 2";
            Err(loaded.merged.error_at(&["solver", &name], message, help))
        }
    }
}

/// Runs a scenario file: reads, builds, solves, and writes `<out>/<scenario id>/`.
pub fn run(path: &Path, options: &RunOptions, observer: &dyn RunObserver) -> Result<Outcome, RunError> {
    let mut timing = Timing::start();
    observer.stage(Stage::Reading, "");
    let Loaded { model, warnings, merged } = load(path, &options.overrides).map_err(RunError::Scenario)?;
    timing.lap("reading");
    let grid = time::resolve(&model);
    timing.lap("time");
    observer.stage(Stage::Building, "");
    let formulation = formulation::build(&model, &grid);
    timing.lap("building");
    let size = format!("{} columns, {} rows", formulation.program.columns().len(), formulation.program.rows().len());
    observer.stage(Stage::Solving, &size);
    let settings = SolveOptions {
        highs: model.solver.clone(),
        threads: options.threads,
        time_limit: options.time_limit,
        gap: options.gap,
    };
    let program = &formulation.program;
    let solution = if options.method.decomposes(program.rows().len(), model.horizon.len()) {
        let grid = time::coarse(&model);
        let coarse = grid.as_ref().map(|grid| formulation::build(&model, grid));
        solve::decomposition::solve(program, coarse.as_ref().map(|coarse| &coarse.program), &settings, observer)?
    } else {
        solve::solve(program, &settings, observer)?
    };
    timing.lap("solving");
    if !matches!(solution.status, Status::Optimal | Status::Feasible) {
        return Err(RunError::NoOptimum { scenario: model.id.clone(), status: solution.status });
    }
    observer.stage(Stage::Writing, "");
    let results = results::tabulate(&formulation, &solution);
    timing.lap("tabulating");
    let folder = options.out.join(&model.id);
    results::write(&results, &folder, &mut timing, &merged.to_json())?;
    Ok(Outcome { results, folder, warnings })
}
