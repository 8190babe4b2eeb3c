//! Why there is no pathway: the least changes that would make one, and where in the files they are to be made.
//!
//! A program without a solution is solved once more with limits that give way at a price ([`Elastic`]). Those that do are what the scenario
//! asks too much. What its own file or a setting says gives way before what it inherits: the last change is the likeliest culprit.

mod places;
mod subject;
mod words;

pub use words::reasons;

use crate::formulation;
use crate::formulation::context::Context;
use crate::formulation::elastic::{Elastic, Limit, Missed, Stakes};
use crate::model::Model;
use crate::scenario::Merged;
use crate::solve::{self, Method, Observer, SolveOptions, Status};
use crate::time::{self, TimeGrid};

/// How much dearer it is to miss what a scenario inherits than what it says itself.
const INHERITED: f64 = 200.0;

/// Part of the cost of a pathway that limits are missed by at least; less is what solvers leave.
const NOTICEABLE: f64 = 1e-4;

/// Part of the cost of all that is missed below which a limit is as good as kept.
const KEPT: f64 = 1e-6;

/// Limits that have to give way for there to be a pathway.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The division of the year on which they were found.
    pub grid: TimeGrid,
    /// The limits, the dearest first.
    pub limits: Vec<Missed>,
    /// Limits that are kept, and what that costs.
    pub standing: Vec<Missed>,
}

/// Limits that have to give way for there to be a pathway, at the least cost; none where there is one, or the
/// solver comes to no end.
///
/// A program of many `rows` is looked at on a coarse year, which says nearly always what the whole one would, in a small part of the time.
pub fn missing(
    model: &Model,
    grid: &TimeGrid,
    rows: usize,
    stakes: Stakes,
    settings: &SolveOptions,
    observer: &dyn Observer,
) -> Option<Missing> {
    let coarse = if Method::Auto.decomposes(rows) { time::coarse(model) } else { None };
    let grid = coarse.unwrap_or_else(|| grid.clone());
    let elastic = Elastic::new(&formulation::build(model, &grid), stakes);
    let solution = solve::solve(&elastic.program, settings, observer).ok()?;
    if solution.status != Status::Optimal {
        return None;
    }
    let mut limits = elastic.missed(&solution.columns);
    let cost: f64 = limits.iter().map(|missed| missed.cost).sum();
    limits.retain(|missed| missed.cost > KEPT * cost);
    let is_noticed = cost > NOTICEABLE * (solution.objective - cost).abs().max(1.0);
    let standing = elastic.standing(&solution.duals);
    is_noticed.then_some(Missing { grid, limits, standing })
}

/// How dear it is to miss each limit of a scenario.
pub fn stakes<'a>(context: &'a Context, merged: &'a Merged) -> impl Fn(Limit) -> f64 + 'a {
    move |limit| {
        let places = [true, false].map(|upper| places::of(context, limit, upper).find(merged));
        if places.into_iter().flatten().any(|place| merged.is_own(place)) { 1.0 } else { INHERITED }
    }
}
