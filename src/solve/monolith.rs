//! The whole program at once, through good_lp to HiGHS.

use std::collections::BTreeMap;

use good_lp::solvers::highs::highs as highs_solver;
use good_lp::{Constraint, Expression, ProblemVariables, SolverModel, variable};
use highs::HighsModelStatus;

use super::engine::solve_observed;
use super::solution::{Solution, Status, empty};
use super::{Misfit, Observer, check, numbers};
use crate::formulation::program::{Program, Sense};
use crate::model::SolverValue;

/// Rows from which the interior point method with crossover takes over from the simplex method. Both end at a vertex; the
/// simplex method's time scatters by half under harmless changes of a large program, the interior point method's does not.
const LARGE: usize = 10_000;

/// Options of a solve.
#[derive(Clone, Debug)]
pub struct SolveOptions {
    /// Options of HiGHS by name.
    pub highs: BTreeMap<String, SolverValue>,
    /// Threads; `None` leaves it to HiGHS.
    pub threads: Option<u32>,
    /// Seconds after which to stop; `None` is no limit.
    pub time_limit: Option<f64>,
    /// Relative gap at which decomposition may stop.
    pub gap: f64,
}

impl Default for SolveOptions {
    fn default() -> Self {
        Self { highs: BTreeMap::new(), threads: None, time_limit: None, gap: 1e-4 }
    }
}

/// A solve that came to no end.
#[derive(Debug, thiserror::Error)]
pub enum SolveError {
    /// HiGHS did not take an option.
    #[error("HiGHS does not accept the option `{name} = {value}`")]
    Option {
        /// Its name.
        name: String,
        /// Its value.
        value: String,
    },
    /// The program holds a number that HiGHS can not take.
    #[error("{0}")]
    Misfit(Misfit),
    /// HiGHS failed.
    #[error("HiGHS failed: {0}")]
    Solver(String),
}

/// Solves a program. An infeasible, unbounded or stopped solve is a [`Status`], not an error; its values are empty.
///
/// # Errors
/// A number or an option that HiGHS does not take, or a solve that ends without a clear status.
pub fn solve(program: &Program, options: &SolveOptions, observer: &dyn Observer) -> Result<Solution, SolveError> {
    numbers::check(program).map_err(SolveError::Misfit)?;
    let is_chosen = options.highs.contains_key("solver");
    if is_chosen || program.rows().len() <= LARGE {
        return apart(program, options, None, observer);
    }
    match apart(program, options, Some("ipm"), observer) {
        // Where the interior point method comes to no clear end, the simplex method often does.
        Err(SolveError::Solver(_)) => apart(program, options, Some("simplex"), observer),
        ended => ended,
    }
}

/// Attempts a solve in a thread of its own. HiGHS sets up its pool of threads once for each thread that calls it and keeps
/// to that number of threads from then on; in a fresh thread every solve has the number that it asks for.
fn apart(
    program: &Program,
    options: &SolveOptions,
    method: Option<&str>,
    observer: &dyn Observer,
) -> Result<Solution, SolveError> {
    std::thread::scope(|scope| {
        let solving = scope.spawn(|| attempt(program, options, method, observer));
        solving.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn attempt(
    program: &Program,
    options: &SolveOptions,
    method: Option<&str>,
    observer: &dyn Observer,
) -> Result<Solution, SolveError> {
    let mut model = load(program)?;
    model.make_quiet();
    if let Some(method) = method {
        set(&mut model, "solver", &SolverValue::Text(method.to_owned()));
    }
    apply(&mut model, options)?;
    let solved = match solve_observed(model, observer) {
        Ok(solved) => solved,
        Err(_) if observer.is_interrupted() => return Ok(empty(Status::Interrupted)),
        Err(status) => return Err(SolveError::Solver(format!("{status:?}"))),
    };
    let status = match solved.status() {
        HighsModelStatus::Optimal => Status::Optimal,
        HighsModelStatus::ModelEmpty if program.rows().is_empty() => Status::Optimal,
        HighsModelStatus::Infeasible => Status::Infeasible,
        HighsModelStatus::Unbounded => Status::Unbounded,
        // Costs of a scenario are bounded below but for sales without limit; infeasibility is by far the likelier.
        HighsModelStatus::UnboundedOrInfeasible => Status::Infeasible,
        // A solve that was asked to stop ends with one of several statuses, by where it was when it stopped.
        _ if observer.is_interrupted() => Status::Interrupted,
        HighsModelStatus::ReachedTimeLimit
        | HighsModelStatus::ReachedIterationLimit
        | HighsModelStatus::ReachedMemoryLimit
        | HighsModelStatus::ReachedSolutionLimit => Status::Limit,
        other => return Err(SolveError::Solver(format!("it ended with status {other:?}"))),
    };
    Ok(match status {
        Status::Optimal => finished(program, &solved, status),
        _ => empty(status),
    })
}

fn load(program: &Program) -> Result<highs::Model, SolveError> {
    let mut variables = ProblemVariables::new();
    let columns: Vec<_> =
        program.columns().iter().map(|column| variables.add(variable().min(column.lower).max(column.upper))).collect();
    let mut objective = Expression::with_capacity(columns.len());
    for (column, &variable) in program.columns().iter().zip(&columns) {
        if column.cost != 0.0 {
            objective.add_mul(column.cost, variable);
        }
    }
    let mut problem = variables.minimise(objective).using(highs_solver);
    for id in program.row_ids() {
        let row = &program.rows()[id.index()];
        let entries = program.entries(id);
        let mut left = Expression::with_capacity(entries.len());
        for &(column, factor) in entries {
            left.add_mul(factor, columns[column.index()]);
        }
        let constraint: Constraint = match row.sense {
            Sense::Le => left.leq(row.rhs),
            Sense::Ge => left.geq(row.rhs),
            Sense::Eq => left.eq(row.rhs),
        };
        problem.add_constraint(constraint);
    }
    problem.try_into_inner().map_err(|error| SolveError::Solver(error.to_string()))
}

/// An option that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongOption {
    /// Its name.
    pub name: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// Sees to it that HiGHS knows options and takes their values, and that none of them reaches beyond the solve.
///
/// # Errors
/// The first option that is not taken.
pub fn check_options(options: &BTreeMap<String, SolverValue>) -> Result<(), WrongOption> {
    let mut model = highs::Model::new(highs::RowProblem::default());
    model.make_quiet();
    let mut wrong = |name: &str, value: &SolverValue| {
        let known = "options and their values are those of HiGHS: solver = \"ipm\", threads = 2";
        match value {
            // They would write beside the results, or read from elsewhere.
            _ if name.ends_with("_file") => {
                Some((format!("a scenario can not set `{name}`"), "leave it out: a solve reads and writes no files"))
            }
            // They would write between the results, where other programs read them.
            _ if ["log_to_console", "output_flag"].contains(&name) => Some((
                format!("a scenario can not set `{name}`"),
                "leave it out: standard output belongs to the results, and progress is shown as it is",
            )),
            // HiGHS reads an empty text as the number 0.
            SolverValue::Text(text) if text.trim().is_empty() => {
                Some((format!("the solver option `{name}` is empty"), "give it a value, or leave it out"))
            }
            value if !set(&mut model, name, value) => {
                Some((format!("HiGHS does not accept the option `{name}` with this value"), known))
            }
            _ => None,
        }
    };
    match options.iter().find_map(|(name, value)| Some((name, wrong(name, value)?))) {
        Some((name, (message, help))) => Err(WrongOption { name: name.clone(), message, help }),
        None => Ok(()),
    }
}

fn set(model: &mut highs::Model, name: &str, value: &SolverValue) -> bool {
    let accepted = match value {
        SolverValue::Text(text) => model.try_set_option(name, text.as_str()),
        SolverValue::Integer(number) => model.try_set_option(name, *number),
        SolverValue::Number(number) => model.try_set_option(name, *number),
        SolverValue::Switch(on) => model.try_set_option(name, *on),
    };
    accepted.is_ok()
}

fn apply(model: &mut highs::Model, options: &SolveOptions) -> Result<(), SolveError> {
    for (name, value) in &options.highs {
        if !set(model, name, value) {
            return Err(SolveError::Option { name: name.clone(), value: value.to_string() });
        }
    }
    if let Some(threads) = options.threads.and_then(|n| i32::try_from(n).ok()) {
        let _ = model.try_set_option("threads", threads);
    }
    if let Some(seconds) = options.time_limit {
        let _ = model.try_set_option("time_limit", seconds);
    }
    Ok(())
}

fn finished(program: &Program, solved: &highs::SolvedModel, status: Status) -> Solution {
    let values = solved.get_solution();
    let columns: Vec<f64> = program
        .columns()
        .iter()
        .zip(values.columns())
        // A value within the solver's tolerance beyond a bound is at the bound.
        .map(|(column, &value)| value.max(column.lower).min(column.upper))
        .collect();
    let duals = values.dual_rows().to_vec();
    let quality = check::quality(program, &columns, &duals);
    let objective = program.columns().iter().zip(&columns).map(|(column, x)| column.cost * x).sum::<f64>();
    Solution {
        status,
        objective: objective + program.constant,
        reduced_costs: values.dual_columns().to_vec(),
        columns,
        duals,
        quality,
    }
}
