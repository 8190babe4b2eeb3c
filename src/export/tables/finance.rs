//! Sources of finance: what they have to give, and what it costs.

use crate::formulation::context::Context;
use crate::results::Table;

/// Sources by year of building: cost of capital, and the most that each pays for in a year.
pub fn finance(ctx: &Context) -> Table {
    let mut table = Table::new("finance", &["source", "year", "cost_of_capital", "max"]);
    for source in ctx.model.finance.values() {
        for (year, period) in ctx.model.horizon.iter() {
            table.row([
                (&source.name).into(),
                period.year.into(),
                source.cost_of_capital[year].into(),
                source.max[year].into(),
            ]);
        }
    }
    table
}

/// Charges for a unit of new capacity that a source finances, by the year in which they fall due.
pub fn financing(ctx: &Context) -> Table {
    let mut table = Table::new("financing", &["source", "fleet", "built", "year", "annual", "present_value"]);
    for source in ctx.model.finance.values() {
        for &id in &source.fleets {
            let fleet = &ctx.model.fleets[id];
            let Some(investment) = &fleet.investment else { continue };
            for vintage in ctx.vintages[id].iter().filter(|v| v.existing.is_none() && source.gives(v.built)) {
                let (period, cost) = (&ctx.model.horizon[vintage.built], investment.capital_cost[vintage.built]);
                for charge in ctx.discounting.capital(&source.terms(fleet, vintage.built), cost, period.first) {
                    table.row([
                        (&source.name).into(),
                        (&fleet.name).into(),
                        period.year.into(),
                        ctx.model.horizon[charge.year].year.into(),
                        charge.annual.into(),
                        charge.discounted.into(),
                    ]);
                }
            }
        }
    }
    table
}
