//! `investment.csv`: what comes, what goes, and what it costs overnight.
//!
//! `built` holds new capacity and committed plants that stand for the first time; `retired` what has gone since the
//! milestone year before, at its end of life or earlier.

use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::keys::ColumnKey;
use crate::model::*;

/// Additions to a fleet in a period.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addition {
    /// Capacity that stands for the first time.
    pub built: f64,
    /// Capacity that has gone.
    pub retired: f64,
    /// Overnight cost of what is built, million currency units.
    pub cost: f64,
}

/// What comes and goes in a fleet for a milestone year.
pub fn addition(ledger: &Ledger, fleet: FleetId, year: YearId) -> Addition {
    let f = &ledger.model().fleets[fleet];
    let before = ledger.context().before(year);
    let new = ledger.column(ColumnKey::Build(fleet, year));
    let price = f.investment.as_ref().map_or(0.0, |terms| terms.capital_cost[year]);
    let mut addition = Addition { built: new, retired: 0.0, cost: new * price };
    for asset in ledger.context().committed(fleet, year) {
        addition.built += asset.capacity;
        addition.cost += asset.capacity * asset.capital_cost;
    }
    // Before the first milestone year nothing has gone.
    let Some(before) = before else { return addition };
    let gone = ledger.capacity(fleet, before) + addition.built - ledger.capacity(fleet, year);
    addition.retired = gone.max(0.0);
    addition
}

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header = [
        "scenario",
        "year",
        "zone",
        "technology",
        "source",
        "built",
        "retired",
        "capacity_unit",
        "overnight_cost",
        "cost_unit",
    ];
    let mut table = Table::new("investment", &header);
    let model = ledger.model();
    let money = format!("M{}", model.money.currency);
    for year in ledger.context().covered() {
        for fleet in model.fleets.ids() {
            let Addition { built, retired, cost } = addition(ledger, fleet, year);
            if built > 1e-9 || retired > 1e-9 {
                let (zone, name, unit) = ledger.fleet(fleet);
                table.row([
                    (&model.id).into(),
                    ledger.year(year).into(),
                    zone.into(),
                    (&name).into(),
                    "unspecified".into(),
                    built.into(),
                    retired.into(),
                    unit.into(),
                    cost.into(),
                    (&money).into(),
                ]);
            }
        }
    }
    table
}
