//! A formulation solved: whole or block by block, by whatever method comes to an end with it.

use std::time::Instant;

use super::infeasible::{self, Missing};
use crate::formulation::elastic::Stakes;
use crate::formulation::{self, Formulation, Formulations};
use crate::model::Model;
use crate::solve::decomposition;
use crate::solve::interior::{self, End, Iterate, Warm};
use crate::solve::{self, Method, Observer, Solution, SolveError, SolveOptions, Status};
use crate::time::{self, TimeGrid};

/// Gap of a program that is solved whole.
const EXACT: f64 = 1e-6;

/// The gap that a method should close to on a program of so many rows, where `gap` is asked for: one that is solved whole is solved
/// exactly.
pub fn wanted_gap(method: Method, rows: usize, gap: f64) -> f64 {
    if method.decomposes(rows) { gap } else { EXACT }
}

/// The formulation of a model, in parts where a method takes it by blocks.
pub fn formulate<'a>(method: Method, model: &'a Model, grid: &'a TimeGrid) -> Formulations<'a> {
    held(method, Formulations::by_year(model, grid))
}

/// A formulation in parts, made whole where a method takes all of it at once.
pub fn held(method: Method, by_year: Formulations) -> Formulations {
    if method.decomposes(by_year.size.rows) { by_year } else { Formulations::whole(by_year.into_whole()) }
}

/// A formulation with its solution: one for each of its parts, whose status, objective and quality are those of the whole.
#[derive(Debug)]
pub struct Solved<'a> {
    /// The formulation.
    pub formulations: Formulations<'a>,
    /// The solution of each part.
    pub solutions: Vec<Solution>,
    /// Where there is none, limits that would have to give way, if that was needed to know.
    pub missing: Option<Missing>,
}

impl<'a> Solved<'a> {
    fn new(formulations: Formulations<'a>, solutions: Vec<Solution>) -> Self {
        Self { formulations, solutions, missing: None }
    }

    /// How the solve ended.
    pub fn status(&self) -> Status {
        self.solutions.first().map_or(Status::Limit, |solution| solution.status)
    }

    /// Whether the objective and what the checks found are numbers.
    pub fn is_finite(&self) -> bool {
        self.solutions.iter().all(Solution::is_finite)
    }
}

/// Solves a formulation by the method that is asked for, or by whichever suits its size.
///
/// # Errors
/// A number or an option that HiGHS does not take, or a solve that ends without a clear status.
pub fn solve_by<'a>(
    method: Method,
    formulations: Formulations<'a>,
    settings: &SolveOptions,
    observer: &dyn Observer,
) -> Result<Solved<'a>, SolveError> {
    solve_from(method, Warm::default(), formulations, &|_| 1.0, settings, observer).map(|(solved, _)| solved)
}

/// Solves a formulation, where it is solved block by block from points of others like it, and with a point for others. Where that leads
/// nowhere, limits are let give way, each at its stakes.
///
/// # Errors
/// As [`solve_by`].
pub fn solve_from<'a>(
    method: Method,
    warm: Warm,
    formulations: Formulations<'a>,
    stakes: Stakes,
    settings: &SolveOptions,
    observer: &dyn Observer,
) -> Result<(Solved<'a>, Option<Iterate>), SolveError> {
    if let Some(whole) = formulations.held().filter(|_| !method.decomposes(formulations.size.rows)) {
        let solutions = vec![solve::solve(&whole.program, settings, observer)?];
        return Ok((Solved::new(formulations, solutions), None));
    }
    let started = Instant::now();
    let left = || {
        let left = |limit: f64| (limit - started.elapsed().as_secs_f64()).max(0.0);
        SolveOptions { time_limit: settings.time_limit.map(left), ..settings.clone() }
    };
    let mut ended = interior::solve(&formulations, warm, settings, observer)?;
    if matches!(ended, End::Hopeless | End::Nowhere) {
        let Formulations { model, grid, size, .. } = formulations;
        if let Some(missing) = infeasible::missing(model, grid, size.rows, stakes, &left(), observer) {
            let solutions = vec![solve::empty(Status::Infeasible)];
            return Ok((Solved { formulations, solutions, missing: Some(missing) }, None));
        }
    }
    if matches!(ended, End::Hopeless) {
        let patient = SolveOptions { patient: true, ..left() };
        ended = interior::solve(&formulations, Warm::default(), &patient, observer)?;
    }
    match ended {
        End::Solutions(solutions, iterate) => return Ok((Solved::new(formulations, solutions), iterate)),
        End::Stopped(status) => return Ok((Solved::new(formulations, vec![solve::empty(status)]), None)),
        End::Hopeless | End::Nowhere => {}
    }
    // The search by cuts, which takes the whole program, knows for certain whether there is a solution at all.
    let whole = formulations.into_whole();
    let solution = decomposed(method, &whole, &left(), observer)?;
    Ok((Solved::new(Formulations::whole(whole), vec![solution]), None))
}

/// Solves a formulation by the search by cuts. Where it comes to no end, the whole program may, unless `method` wants decomposition.
fn decomposed(
    method: Method,
    formulation: &Formulation,
    settings: &SolveOptions,
    observer: &dyn Observer,
) -> Result<Solution, SolveError> {
    let (program, model) = (&formulation.program, formulation.context.model);
    let grid = time::coarse(model);
    let coarse = grid.as_ref().map(|grid| formulation::build(model, grid));
    let coarse = coarse.as_ref().map(|coarse| &coarse.program);
    match decomposition::solve(program, coarse, settings, observer) {
        Err(SolveError::Solver(_)) if method == Method::Auto => solve::solve(program, settings, observer),
        ended => ended,
    }
}
