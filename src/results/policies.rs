//! `policies.csv`: limits, what became of them, and their shadow prices.
//!
//! The shadow price is what a unit of the limit is worth in the money of its year: positive where tightening an upper limit,
//! or raising a lower one, costs more. `slack` is the violation of a soft policy. For a budget over several years `limit`
//! and `actual` are those of the whole budget, and the price is that of each year.

use super::emissions;
use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::book::PolicyPosting;
use crate::model::*;

/// Shadow price of a posting, million currency units of its year per unit of the limit.
fn shadow_price(ledger: &Ledger, posting: &PolicyPosting) -> f64 {
    let (row, weight) = posting.row;
    let dual = ledger.solution.dual(row) * weight / ledger.context().discount[posting.year];
    if posting.upper { -dual } else { dual }
}

/// Price that a policy sets in a year, million currency units per unit of its limit.
pub fn price(ledger: &Ledger, id: PolicyId, year: YearId) -> f64 {
    if let Rule::EmissionPrice { price, .. } = &ledger.model().policies[id].rule {
        return price[year];
    }
    let postings = ledger.formulation.book.policies.iter().filter(|p| p.policy == id && p.year == year);
    postings.map(|posting| shadow_price(ledger, posting)).fold(0.0, f64::max)
}

/// Unit of a policy's limit, unit of its price, and the factors from internal units.
fn labels(model: &Model, rule: &Rule) -> (Label, Label) {
    let currency = &model.money.currency;
    let plain = |unit: &str| Label { unit: unit.to_owned(), factor: 1.0 };
    let capacity = |unit: &str| (plain(unit), plain(&format!("M{currency}/yr per {unit}")));
    let commodity = |id: CommodityId| {
        let c = &model.commodities[id];
        (c.amount_label.clone(), c.price_label.clone())
    };
    let fleet_unit = |fleets: &[FleetId]| match fleets.first().map(|&f| model.fleets[f].owner) {
        Some(Owner::Process(p) | Owner::Tank(p)) => model.processes[p].capacity_unit,
        Some(Owner::Link(l)) => {
            model.links[l].commodities.first().map_or("GW", |&c| model.commodities[c].measure.rate_unit())
        }
        None => "GW",
    };
    match rule {
        Rule::EmissionCap { .. } | Rule::EmissionBudget { .. } | Rule::EmissionPrice { .. } => {
            (plain("Mt"), plain(&format!("{currency}/t")))
        }
        Rule::ActivityLimit { commodity: id, .. } => commodity(*id),
        Rule::TradeLimit { markets, .. } => match markets.first() {
            Some(&market) => commodity(model.markets[market].commodity),
            None => (plain("TWh"), plain("")),
        },
        Rule::FlowLimit { commodities, .. } => match commodities.first() {
            Some(&id) => commodity(id),
            None => (plain("TWh"), plain("")),
        },
        Rule::Share { commodity: id, .. } => (plain("1"), commodity(*id).1),
        Rule::CapacityLimit { fleets, .. } => capacity(fleet_unit(fleets)),
        Rule::BuildLimit { fleets, .. } | Rule::GrowthLimit { fleets, .. } => {
            capacity(&format!("{}/yr", fleet_unit(fleets)))
        }
        Rule::PlanningReserve { commodity: id, .. } => capacity(model.commodities[*id].measure.rate_unit()),
    }
}

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header = ["scenario", "year", "policy", "limit", "actual", "slack", "shadow_price", "unit", "price_unit"];
    let mut table = Table::new("policies", &header);
    let model = ledger.model();
    for posting in &ledger.formulation.book.policies {
        let policy = &model.policies[posting.policy];
        let counted = ledger.counted(&posting.counted);
        let actual = match posting.within.as_ref().map(|within| ledger.counted(within)) {
            Some(0.0) => 0.0,
            Some(whole) => counted / whole,
            None => counted,
        };
        let (unit, price_unit) = labels(model, &policy.rule);
        // A violated share lacks an amount of output; beside its limit it stands as a part of the whole.
        let whole = posting.within.as_ref().map_or(1.0, |within| ledger.counted(within));
        let slack = posting.slack.map_or(0.0, |column| ledger.solution.value(column));
        let slack = if whole == 0.0 { 0.0 } else { slack / whole };
        let both =
            ledger.formulation.book.policies.iter().any(|other| {
                other.policy == posting.policy && other.year == posting.year && other.upper != posting.upper
            });
        let side = if posting.upper { "max" } else { "min" };
        let name = if both { format!("{}:{side}", policy.name) } else { policy.name.clone() };
        table.row([
            (&model.id).into(),
            ledger.year(posting.year).into(),
            (&name).into(),
            (posting.limit * unit.factor).into(),
            (actual * unit.factor).into(),
            (slack * unit.factor).into(),
            (shadow_price(ledger, posting) * price_unit.factor).into(),
            (&unit.unit).into(),
            (&price_unit.unit).into(),
        ]);
    }
    add_prices(ledger, &mut table);
    table
}

/// Emission prices: no limit, but the price itself and what it is paid on.
fn add_prices(ledger: &Ledger, table: &mut Table) {
    let model = ledger.model();
    for policy in model.policies.values() {
        let Rule::EmissionPrice { scope, price } = &policy.rule else { continue };
        let (unit, price_unit) = labels(model, &policy.rule);
        for year in model.horizon.ids() {
            table.row([
                (&model.id).into(),
                ledger.year(year).into(),
                (&policy.name).into(),
                f64::INFINITY.into(),
                emissions::net(ledger, scope, year).into(),
                0.0.into(),
                price[year].into(),
                (&unit.unit).into(),
                (&price_unit.unit).into(),
            ]);
        }
    }
}
