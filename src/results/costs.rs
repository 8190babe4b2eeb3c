//! `costs.csv`: who pays what. The rows of basis `discounted` sum to the objective; those of basis `annual` are in
//! undiscounted money of a year, the average over the years of the period.

use std::collections::BTreeMap;

use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::book::{Component, CostPosting, Holder};
use crate::model::*;

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let mut table =
        Table::new("costs", &["scenario", "year", "zone", "technology", "component", "basis", "value", "unit"])
            .typed(&["year"], &["value"]);
    let model = ledger.model();
    let money = format!("M{}", model.money.currency);
    let mut sums: BTreeMap<(YearId, Holder, Component), (f64, f64)> = BTreeMap::new();
    for posting in &ledger.formulation.book.costs {
        let quantity = quantity(ledger, posting);
        let sum = sums.entry((posting.year, posting.holder, posting.component)).or_default();
        sum.0 += quantity * posting.annual;
        sum.1 += quantity * posting.discounted;
    }
    for ((year, holder, component), (annual, discounted)) in sums {
        for (basis, value) in [("annual", annual), ("discounted", discounted)] {
            if value != 0.0 {
                table.row([
                    (&model.id).into(),
                    ledger.year(year).into(),
                    ledger.holder_zone(holder).into(),
                    (&ledger.holder(holder)).into(),
                    component_name(model, holder, component).into(),
                    basis.into(),
                    value.into(),
                    (&money).into(),
                ]);
            }
        }
    }
    table
}

fn quantity(ledger: &Ledger, posting: &CostPosting) -> f64 {
    posting.column.map_or(1.0, |column| ledger.solution.value(column))
}

/// Name of a component; payments to and from markets are named by the market.
pub fn component_name(model: &Model, holder: Holder, component: Component) -> &str {
    match (component, holder) {
        (Component::Capital, _) => "capital",
        (Component::Salvage, _) => "salvage",
        (Component::Fixed, _) => "fixed",
        (Component::Variable, _) => "variable",
        (Component::Fuel, _) => "fuel",
        (Component::Trade, Holder::Market(market)) => &model.markets[market].component,
        (Component::Trade, _) => "trade",
        (Component::Emissions, _) => "emissions",
        (Component::Unserved, _) => "unserved",
        (Component::Slack, _) => "slack",
    }
}

/// System cost of a year, undiscounted million currency units. Payments for emissions are left out: they are a cost of plants and an
/// income of the state.
pub fn annual(ledger: &Ledger, year: YearId) -> f64 {
    let counts = |posting: &&CostPosting| posting.year == year && posting.component != Component::Emissions;
    let postings = ledger.formulation.book.costs.iter().filter(counts);
    postings.map(|posting| posting.annual * quantity(ledger, posting)).sum()
}
