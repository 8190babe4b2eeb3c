//! The program by an interior point method that goes through its blocks (Mehrotra, 1992, doi 10.1137/0802028, with the centrality
//! corrections of Gondzio, 1996, doi 10.1007/BF00249643).
//!
//! Every iteration solves a linear system for a step of all columns and prices at once. Days only touch their year and the horizon,
//! years only the horizon: the system of each is eliminated on its own, and in parallel, and leaves a small complement to the
//! next. Time and memory grow with the number of days alone.
//!
//! Once rows and reduced costs hold, the costs of the point and of its prices are bounds that the optimum lies between.

mod alike;
mod apart;
mod blocks;
mod borders;
mod bounds;
mod columns;
mod dense;
mod factor;
mod fronts;
mod lists;
mod nearest;
mod ordering;
mod reach;
mod recover;
mod scaling;
mod search;
mod shape;
mod shared;
mod sides;
mod start;
mod state;
mod steps;
mod system;
mod walk;
mod warm;

use std::time::Instant;

use super::solution::{Solution, Status};
use super::{Observer, SolveError, SolveOptions};
use crate::formulation::Parts;
use blocks::Blocks;
use recover::Recovery;
use search::{Found, Search};
pub use warm::Iterate;
use warm::Scaled;

/// How a search ended.
#[derive(Debug)]
pub enum End {
    /// With a solution that has a proven gap: one for each part, whose status, objective and quality are those of the whole; and with a
    /// point that others may start from, if one was to be kept.
    Solutions(Vec<Solution>, Option<Iterate>),
    /// Stopped by time, memory or the user.
    Stopped(Status),
    /// It came no closer: there may be no solution.
    Nowhere,
    /// Its prices say that there is none, which is no proof; a patient search goes on.
    Hopeless,
}

/// Where a search starts, and whether it leaves a point for others to start from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Warm<'a> {
    /// Points of programs like this one, with their weights; none for a start from nothing.
    pub from: &'a [(&'a Iterate, f64)],
    /// Whether a point is kept.
    pub keeps: bool,
}

/// Solves a program until the gap is proven, and a little further. Each of its parts is looked at twice, once to take it apart and
/// once to put the solution together.
///
/// # Errors
/// A number that no solver takes, or threads that can not be had.
pub fn solve(
    parts: &dyn Parts,
    warm: Warm,
    options: &SolveOptions,
    observer: &dyn Observer,
) -> Result<End, SolveError> {
    let started = Instant::now();
    let Some(mut blocks) = Blocks::new(parts).map_err(SolveError::Misfit)? else { return Ok(End::Nowhere) };
    let scales = scaling::scale(&mut blocks);
    let pool = super::pool(options)?;
    pool.install(|| blocks.plan());
    let search = |from: &[(&Iterate, f64)]| {
        let mut states = start::states(&blocks);
        let scaled = Scaled { blocks: &blocks, scales: &scales };
        let is_warm = warm::start_from(from, scaled, &mut states);
        states.iter_mut().zip(&blocks.blocks).for_each(|(state, block)| state.get_ready(block));
        let keeps = warm.keeps.then_some(scaled);
        let search = Search::new(&blocks, states, options.gap, keeps);
        // What stays after the search is not made in other threads: an allocator gives memory that one thread frees to others late or never.
        (pool.install(|| search.run(started, options, observer)), is_warm)
    };
    let (found, is_warm) = search(warm.from);
    // A start that leads nowhere says nothing of the program.
    let found = if is_warm && matches!(found, Found::Nothing | Found::Hopeless) { search(&[]).0 } else { found };
    let (values, status, iterate) = match found {
        Found::Point(values, status, iterate) => (values, status, iterate),
        Found::Stopped(status) => return Ok(End::Stopped(status)),
        Found::Nothing => return Ok(End::Nowhere),
        Found::Hopeless => return Ok(End::Hopeless),
    };
    // What the search needed is gone before parts are built again.
    let layout = std::mem::take(&mut blocks.layout);
    drop(blocks);
    let recovery = Recovery { layout: &layout, scales: &scales, values };
    Ok(recovery.solutions(parts, status).map_or(End::Nowhere, |solutions| End::Solutions(solutions, iterate)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::keys::{ColumnKey, RowKey};
    use crate::formulation::program::{Block, ColId, Program, Sense};
    use crate::model::{FleetId, Id as _, YearId};
    use crate::solve::Silent;
    use crate::solve::solution::empty;
    use crate::solve::testing::{BUDGET, two_years};

    fn ended(program: &Program) -> Option<Solution> {
        let options = SolveOptions { gap: 1e-9, threads: Some(1), ..SolveOptions::default() };
        match solve(program, Warm::default(), &options, &Silent) {
            Ok(End::Solutions(solutions, _)) => solutions.into_iter().next(),
            _ => None,
        }
    }

    /// Capacity for all of the demand: 3 · 5 + 2 · (2 · 5). With a budget, half of what both years may supply, for the least capacity:
    /// 3 · 3 + 2 · 6 + 10 · 4; one more of it would save 10 − 2 and cost half a unit of capacity.
    #[test]
    fn two_years_are_solved_as_by_hand() {
        for (budget, objective) in [(None, 35.0), (Some(BUDGET), 61.0)] {
            let solution = ended(&two_years(budget)).unwrap_or_else(|| empty(Status::Limit));
            assert_eq!(solution.status, Status::Optimal);
            assert!((solution.objective - objective).abs() < 1e-6, "{}", solution.objective);
            assert!(solution.quality.worst() < 1e-7, "{:?}", solution.quality);
            if budget.is_some() {
                assert!((solution.duals[4] - (1.5 - 8.0)).abs() < 1e-5, "{:?}", solution.duals);
            }
        }
    }

    /// Two more columns would earn 3 and 10, and a row, `a + 2b ≤ 0`, leaves them nothing: one more of it would be worth 10 / 2 by `b`, and
    /// no less, or `b` would pay.
    #[test]
    fn what_a_row_leaves_no_choice_has_a_price() {
        let mut program = two_years(None);
        let mut add = |number, cost| {
            let key = ColumnKey::Build(FleetId::new(number), YearId::new(0));
            let column = program.add_column(key, Block::Horizon, 0.0, f64::INFINITY);
            program.add_cost(column, cost);
            column
        };
        let (a, b) = (add(1, -3.0), add(2, -10.0));
        let key = RowKey::Growth(FleetId::new(1), YearId::new(0));
        let row = program.add_row(key, Block::Horizon, &[(a, 1.0), (b, 2.0)], Sense::Le, 0.0);
        let solution = ended(&program).unwrap_or_else(|| empty(Status::Limit));
        assert!((solution.objective - 35.0).abs() < 1e-6, "{}", solution.objective);
        assert!(solution.quality.worst() < 1e-7, "{:?}", solution.quality);
        assert_eq!(solution.duals[row.index()], -5.0);
    }

    /// Supply that must come and capacity that must not be: it says that it knows no more.
    #[test]
    fn what_has_no_solution_leads_nowhere() {
        let mut program = two_years(None);
        let key = |number| RowKey::Growth(FleetId::new(number), YearId::new(0));
        program.add_row(key(0), Block::Horizon, &[(ColId(0), 1.0)], Sense::Le, 1.0);
        assert!(ended(&program).is_some_and(|solution| (solution.objective - (3.0 + 4.0 + 80.0)).abs() < 1e-5));
        program.add_row(key(1), Block::Horizon, &[(ColId(1), 1.0)], Sense::Ge, 2.0);
        assert!(ended(&program).is_none());
    }
}
