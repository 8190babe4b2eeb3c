//! Capacity: what stands, what may be built, and what it costs.

use super::switch;
use crate::formulation::Formulation;
use crate::formulation::context::Context;
use crate::model::Owner;
use crate::results::{Table, component_name};

/// Everything that has a capacity: plants, stores' power, tanks that are sized apart, links.
pub fn fleets(ctx: &Context) -> Table {
    let header = ["fleet", "kind", "unit", "lifetime", "economic_life", "cost_of_capital", "early_retirement"];
    let mut table = Table::new("fleets", &header);
    for (id, fleet) in ctx.model.fleets.iter() {
        table.row([
            (&fleet.name).into(),
            kind(fleet.owner).into(),
            ctx.model.capacity_unit(id).into(),
            fleet.finance.lifetime.into(),
            fleet.finance.economic_life.into(),
            fleet.finance.cost_of_capital.into(),
            switch(fleet.early_retirement),
        ]);
    }
    table
}

fn kind(owner: Owner) -> &'static str {
    match owner {
        Owner::Process(_) => "process",
        Owner::Tank(_) => "tank",
        Owner::Link(_) => "link",
    }
}

/// By year: existing and committed capacity that stands unless it is retired early, fixed cost, and limits.
pub fn fleet_years(ctx: &Context) -> Table {
    let mut table =
        Table::new("fleet_years", &["fleet", "year", "stock", "fixed_cost", "min_capacity", "max_capacity"]);
    for (id, fleet) in ctx.model.fleets.iter() {
        for year in ctx.years() {
            let standing = ctx.vintages[id].iter().filter(|vintage| vintage.is_alive(year));
            let stock: f64 = standing.filter_map(|vintage| vintage.existing).sum();
            table.row([
                (&fleet.name).into(),
                ctx.model.horizon[year].year.into(),
                stock.into(),
                fleet.fixed_cost[year].into(),
                fleet.min_capacity[year].into(),
                fleet.max_capacity[year].into(),
            ]);
        }
    }
    table
}

/// Existing and committed capacity by the first and last milestone year in which it stands.
pub fn vintages(ctx: &Context) -> Table {
    let mut table = Table::new("vintages", &["fleet", "built", "last", "capacity"]);
    for (id, fleet) in ctx.model.fleets.iter() {
        for vintage in &ctx.vintages[id] {
            let Some(capacity) = vintage.existing else { continue };
            let year = |id| ctx.model.horizon[id].year;
            table.row([(&fleet.name).into(), year(vintage.built).into(), year(vintage.last).into(), capacity.into()]);
        }
    }
    table
}

/// What may be built: the last milestone year in which it stands, overnight cost, limits for the whole period, and its place
/// in the objective: the present value of all charges for a unit of it. What sources finance has its place there with
/// [`financing`](super::finance::financing).
pub fn investments(ctx: &Context) -> Table {
    let header = ["fleet", "built", "last", "capital_cost", "min_build", "max_build", "present_value"];
    let mut table = Table::new("investments", &header);
    for (id, fleet) in ctx.model.fleets.iter() {
        let Some(terms) = &fleet.investment else { continue };
        for vintage in ctx.vintages[id].iter().filter(|vintage| vintage.existing.is_none()) {
            let period = &ctx.model.horizon[vintage.built];
            let capital = terms.capital_cost[vintage.built];
            let is_financed = ctx.model.is_financed(id);
            let charges = ctx.discounting.capital(&fleet.finance, capital, period.first);
            let worth: f64 = charges.iter().map(|charge| charge.discounted).sum();
            table.row([
                (&fleet.name).into(),
                period.year.into(),
                ctx.model.horizon[vintage.last].year.into(),
                capital.into(),
                (terms.min_build[vintage.built] * period.length()).into(),
                (terms.max_build[vintage.built] * period.length()).into(),
                if is_financed { f64::INFINITY } else { worth }.into(),
            ]);
        }
    }
    table
}

/// Charges for a unit of new capacity by the year in which they fall due, without what sources finance.
pub fn charges(ctx: &Context) -> Table {
    let mut table = Table::new("charges", &["fleet", "built", "year", "annual", "present_value"]);
    for (id, fleet) in ctx.model.fleets.iter().filter(|(id, _)| !ctx.model.is_financed(*id)) {
        let Some(terms) = &fleet.investment else { continue };
        for vintage in ctx.vintages[id].iter().filter(|vintage| vintage.existing.is_none()) {
            let period = &ctx.model.horizon[vintage.built];
            for charge in ctx.discounting.capital(&fleet.finance, terms.capital_cost[vintage.built], period.first) {
                table.row([
                    (&fleet.name).into(),
                    period.year.into(),
                    ctx.model.horizon[charge.year].year.into(),
                    charge.annual.into(),
                    charge.discounted.into(),
                ]);
            }
        }
    }
    table
}

/// Costs that no decision changes: constants of the objective.
pub fn constants(formulation: &Formulation) -> Table {
    let ctx = &formulation.context;
    let mut table = Table::new("constants", &["component", "year", "annual", "present_value"]);
    for posting in formulation.book.costs.iter().filter(|posting| posting.column.is_none()) {
        table.row([
            component_name(ctx.model, posting.holder, posting.component).into(),
            ctx.model.horizon[posting.year].year.into(),
            posting.annual.into(),
            posting.discounted.into(),
        ]);
    }
    table
}
