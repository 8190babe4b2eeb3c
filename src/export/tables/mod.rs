//! The model as the program sees it: tables from which another modelling system can build the same program.
//!
//! Quantities are in the units of the [`model`](crate::model), and what does not hold has no value: no limit, no volume, no
//! tank of a fixed size.

mod capacity;
mod finance;
mod plants;
mod rules;
mod time;
mod trade;

use crate::formulation::Formulation;
use crate::results::{Cell, Table};

/// Makes all tables.
pub fn tables(formulation: &Formulation) -> Vec<Table> {
    let ctx = &formulation.context;
    vec![
        time::periods(ctx),
        time::days(ctx),
        time::slices(ctx),
        time::profiles(ctx),
        trade::zones(ctx),
        trade::commodities(ctx),
        trade::prices(ctx),
        trade::demand(ctx),
        trade::links(ctx),
        trade::link_years(ctx),
        trade::markets(ctx),
        capacity::fleets(ctx),
        capacity::fleet_years(ctx),
        capacity::vintages(ctx),
        capacity::investments(ctx),
        capacity::charges(ctx),
        capacity::constants(formulation),
        finance::finance(ctx),
        finance::financing(ctx),
        plants::processes(ctx),
        plants::availability(ctx),
        plants::modes(ctx),
        plants::flows(ctx),
        plants::emissions(ctx),
        plants::storages(ctx),
        rules::limits(formulation),
        rules::emission_scopes(ctx),
    ]
}

/// A switch as a value of a table.
fn switch(on: bool) -> Cell<'static> {
    Cell::Text(if on { "true" } else { "false" })
}
