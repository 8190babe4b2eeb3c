//! `investment.csv`: what comes, what goes, and what it costs overnight.
//!
//! `built` holds new capacity and committed plants that stand for the first time; `retired` what has gone since the
//! milestone year before, at its end of life or earlier. `source` is who finances what is built: each source has a row of its own, and
//! what is paid for at the technology's own cost of capital (committed plants too), or goes, stands under `unspecified`.

use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::investment::financing::parts;
use crate::formulation::keys::ColumnKey;
use crate::model::finance::NO_SOURCE;
use crate::model::*;

/// Additions to a fleet in a period.
#[derive(Clone, Copy, Debug, Default)]
pub struct Addition {
    /// Who finances it; `None` for what is paid for at the fleet's own cost of capital, and what goes.
    pub source: Option<FinanceId>,
    /// Capacity that stands for the first time.
    pub built: f64,
    /// Capacity that has gone.
    pub retired: f64,
    /// Overnight cost of what is built, million currency units.
    pub cost: f64,
}

/// What comes and goes in a fleet for a milestone year: without a source first, then by source.
pub fn additions(ledger: &Ledger, fleet: FleetId, year: YearId) -> Vec<Addition> {
    let f = &ledger.model().fleets[fleet];
    let price = f.investment.as_ref().map_or(0.0, |terms| terms.capital_cost[year]);
    let mut own = Addition::default();
    let mut financed = Vec::new();
    for part in parts(ledger.context(), &ledger.formulation.program, fleet, year) {
        let new = ledger.solution.value(part.column);
        let addition = Addition { source: part.source, built: new, retired: 0.0, cost: new * price };
        match part.source {
            None => own = addition,
            Some(_) => financed.push(addition),
        }
    }
    let mut built = ledger.column(ColumnKey::Build(fleet, year));
    for asset in ledger.context().committed(fleet, year) {
        built += asset.capacity;
        own.built += asset.capacity;
        own.cost += asset.capacity * asset.capital_cost;
    }
    // Before the first milestone year nothing has gone.
    if let Some(before) = ledger.context().before(year) {
        own.retired = (ledger.capacity(fleet, before) + built - ledger.capacity(fleet, year)).max(0.0);
    }
    [own].into_iter().chain(financed).collect()
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
    let mut table = Table::new("investment", &header).typed(&["year"], &["built", "retired", "overnight_cost"]);
    let model = ledger.model();
    let money = format!("M{}", model.money.currency);
    for year in ledger.context().covered() {
        for fleet in model.fleets.ids() {
            let seen = |addition: &Addition| addition.built > 1e-9 || addition.retired > 1e-9;
            for Addition { source, built, retired, cost } in additions(ledger, fleet, year).into_iter().filter(seen) {
                let (zone, name, unit) = ledger.fleet(fleet);
                table.row([
                    (&model.id).into(),
                    ledger.year(year).into(),
                    zone.into(),
                    (&name).into(),
                    source.map_or(NO_SOURCE, |id| &model.finance[id].name).into(),
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
