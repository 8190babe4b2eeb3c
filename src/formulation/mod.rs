//! Model → linear program. One constraint family is one file: the formula in its doc comment, and its builder.
//!
//! [`FAMILIES`] lists them in the order in which they are built: what stands, then what runs, then the balances, which
//! gather all flows that the others have booked, and last what the rules say about it all.

pub mod book;
pub mod context;
pub mod discounting;
mod dispatch;
mod draft;
pub mod elastic;
pub mod investment;
pub mod keys;
pub mod parts;
mod policies;
pub mod program;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod text;
pub mod unit;
pub mod vintages;

pub use dispatch::demand::rate as demand_rate;
pub use dispatch::storage::PER_LARGE;
pub use dispatch::surplus::is_counted;
pub use parts::{Formulations, Parts, Size};

use context::Context;
use draft::Draft;

use crate::model::{Model, YearId};
use crate::time::TimeGrid;

/// The linear program of a model, or a part of it that covers some of the milestone years, with its books.
#[derive(Debug)]
pub struct Formulation<'a> {
    /// The model and what follows from it.
    pub context: Context<'a>,
    /// Columns and rows.
    pub program: program::Program,
    /// Who causes which flow, release and cost.
    pub book: book::Book,
}

/// A constraint family: its name and its builder.
type Family = (&'static str, fn(&Context, &mut Draft));

/// All constraint families, in building order.
pub const FAMILIES: &[Family] = &[
    ("capacity chain", investment::capacity::add),
    ("financing", investment::financing::add),
    ("limits of finance", investment::finance_limit::add),
    ("capital", investment::capital::add),
    ("growth of building", investment::growth::add),
    ("activity", dispatch::activity::add),
    ("must-take output", dispatch::must_take::add),
    ("storage", dispatch::storage::add),
    ("storage through the calendar", dispatch::calendar_storage::add),
    ("annual factor", dispatch::annual_factor::add),
    ("links", dispatch::links::add),
    ("markets", dispatch::markets::add),
    ("demand", dispatch::demand::add),
    ("surplus", dispatch::surplus::add),
    ("balance", dispatch::balance::add),
    ("emission cap", policies::emission_cap::add),
    ("emission budget", policies::emission_budget::add),
    ("emission price", policies::emission_price::add),
    ("activity limit", policies::activity_limit::add),
    ("activity budget", policies::activity_budget::add),
    ("activity growth", policies::activity_growth::add),
    ("capacity limit", policies::capacity_limit::add),
    ("build limit", policies::build_limit::add),
    ("growth limit", policies::growth_limit::add),
    ("share", policies::share::add),
    ("flow limit", policies::flow_limit::add),
    ("trade limit", policies::trade_limit::add),
    ("planning reserve", policies::planning_reserve::add),
];

/// Builds the program of a model on a time grid.
pub fn build<'a>(model: &'a Model, grid: &'a TimeGrid) -> Formulation<'a> {
    build_years(model, grid, model.horizon.ids().collect())
}

/// Builds the part of a program that covers some milestone years: their dispatch, their policies and their costs, beside the
/// investment of the whole horizon.
fn build_years<'a>(model: &'a Model, grid: &'a TimeGrid, covered: Vec<YearId>) -> Formulation<'a> {
    let context = Context::new(model, grid, covered);
    let mut draft = Draft::default();
    for (_, add) in FAMILIES {
        add(&context, &mut draft);
    }
    let Draft { program, book } = draft;
    Formulation { context, program, book }
}
