//! The whole program at once, through good_lp to HiGHS.

use good_lp::solvers::highs::highs as highs_solver;
use good_lp::{Constraint, Expression, ProblemVariables, SolverModel, variable};
use highs::HighsModelStatus;

use super::engine::solve_observed;
use super::options::{SolveError, SolveOptions, apply, set};
use super::solution::{Solution, Status, empty};
use super::{Observer, check, numbers};
use crate::formulation::program::{Program, Sense};
use crate::model::SolverValue;

/// Rows from which the interior point method with crossover takes over from the simplex method. Both end at a vertex; the
/// simplex method's time scatters by half under harmless changes of a large program, the interior point method's does not.
const LARGE: usize = 10_000;

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
    if status != Status::Optimal {
        return Ok(empty(status));
    }
    let values = solved.get_solution();
    Ok(check::checked(program, status, values.columns().to_vec(), values.dual_rows().to_vec()))
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
