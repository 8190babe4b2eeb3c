//! The whole program at once, through good_lp to HiGHS.

use good_lp::solvers::highs::highs as highs_solver;
use good_lp::{Constraint, Expression, ProblemVariables, SolverModel, variable};
use highs::HighsModelStatus;

use super::engine::solve_observed;
use super::options::{SolveError, SolveOptions, apply, set};
use super::solution::{Solution, Status, empty};
use super::{Observer, Progress, check, numbers};
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
    let methods: &[Option<&str>] = if options.highs.contains_key("solver") {
        &[None]
    } else if program.rows().len() <= LARGE {
        &[None, Some("ipm")]
    } else {
        &[Some("ipm"), Some("simplex")]
    };
    first_clear(methods, |method| apart(program, options, method, observer))
}

/// The first attempt that comes to a clear end: where one method does not, another often does.
fn first_clear<T>(
    methods: &[Option<&str>],
    mut attempt: impl FnMut(Option<&str>) -> Result<T, SolveError>,
) -> Result<T, SolveError> {
    let mut ended = Err(SolveError::Solver("no method was tried".to_owned()));
    for &method in methods {
        ended = attempt(method);
        if !matches!(ended, Err(SolveError::Solver(_))) {
            break;
        }
    }
    ended
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

/// Stops a solve for its observer, and for the memory that the process holds.
struct Within<'a> {
    observer: &'a dyn Observer,
    options: &'a SolveOptions,
}

impl Observer for Within<'_> {
    fn progress(&self, progress: Progress) {
        self.observer.progress(progress);
    }

    fn is_interrupted(&self) -> bool {
        self.observer.is_interrupted() || self.options.is_over_memory()
    }
}

fn attempt(
    program: &Program,
    options: &SolveOptions,
    method: Option<&str>,
    observer: &dyn Observer,
) -> Result<Solution, SolveError> {
    if options.is_over_memory() {
        return Ok(empty(Status::Limit));
    }
    let mut model = load(program)?;
    model.make_quiet();
    if let Some(method) = method {
        set(&mut model, "solver", &SolverValue::Text(method.to_owned()));
    }
    apply(&mut model, options)?;
    let solved = match solve_observed(model, &Within { observer, options }) {
        Ok(solved) => solved,
        Err(_) if observer.is_interrupted() => return Ok(empty(Status::Interrupted)),
        Err(_) if options.is_over_memory() => return Ok(empty(Status::Limit)),
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
        _ if options.is_over_memory() => Status::Limit,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::Silent;
    use crate::solve::memory::MemoryLimit;
    use crate::solve::testing::two_years;

    /// What a method says of a program, in turn, and which methods are asked.
    fn asked(answers: &[Result<Status, SolveError>]) -> (Option<Status>, Vec<Option<String>>) {
        let mut asked = Vec::new();
        let ended = first_clear(&[Some("ipm"), Some("simplex")], |method| {
            asked.push(method.map(str::to_owned));
            match &answers[asked.len() - 1] {
                Ok(status) => Ok(*status),
                Err(error) => Err(SolveError::Solver(error.to_string())),
            }
        });
        (ended.ok(), asked)
    }

    #[test]
    fn an_unclear_end_leads_to_the_next_method() {
        let unclear = || Err(SolveError::Solver("it ended with status Unknown".to_owned()));
        let [ipm, simplex] = ["ipm", "simplex"].map(|name| Some(name.to_owned()));
        let both = vec![ipm.clone(), simplex];
        assert_eq!(asked(&[unclear(), Ok(Status::Optimal)]), (Some(Status::Optimal), both.clone()));
        assert_eq!(asked(&[Ok(Status::Infeasible)]), (Some(Status::Infeasible), vec![ipm]));
        assert_eq!(asked(&[unclear(), unclear()]), (None, both));
    }

    /// Each method that may be asked solves the same program.
    #[test]
    fn methods_agree() {
        let objective =
            |method| attempt(&two_years(None), &SolveOptions::default(), method, &Silent).unwrap().objective;
        for method in [None, Some("ipm"), Some("simplex")] {
            assert!((objective(method) - 35.0).abs() < 1e-6, "{method:?}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn without_memory_there_is_no_solve() {
        let limit = |bytes| {
            let memory_limit = Some(std::sync::Arc::new(MemoryLimit::new(bytes)));
            let options = SolveOptions { memory_limit, ..SolveOptions::default() };
            (solve(&two_years(None), &options, &Silent).unwrap().status, options.memory_limit.unwrap().found())
        };
        assert_eq!(limit(u64::MAX), (Status::Optimal, None));
        let (status, found) = limit(1 << 10);
        assert_eq!(status, Status::Limit);
        assert!(found.is_some_and(|found| found > 1 << 10));
    }
}
