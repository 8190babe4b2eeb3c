//! `assets.csv`: every named plant while it stands.
//!
//! Plants of one technology, zone and vintage are dispatched together; each has its part of their output by capacity, net of
//! what was curtailed. `unit` names the units of capacity and output, in this order.

use super::ledger::{Ledger, Party};
use super::links;
use super::table::Table;
use crate::formulation::book::Holder;
use crate::formulation::investment::capacity::{Living, living};
use crate::model::*;

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header =
        ["scenario", "year", "zone", "technology", "asset", "commissioned", "retires", "capacity", "output", "unit"];
    let mut table = Table::new("assets", &header).typed(&["year", "commissioned", "retires"], &["capacity", "output"]);
    let model = ledger.model();
    for year in ledger.context().covered() {
        for fleet in model.fleets.ids() {
            add_fleet(ledger, &mut table, fleet, year);
        }
    }
    table
}

fn add_fleet(ledger: &Ledger, table: &mut Table, fleet: FleetId, year: YearId) {
    let model = ledger.model();
    let total = ledger.capacity(fleet, year);
    let (zone, name, _) = ledger.fleet(fleet);
    let output = output(ledger, fleet, year);
    let is_tank = matches!(model.fleets[fleet].owner, Owner::Tank(_));
    let units = match (model.measure(fleet), is_tank) {
        (Measure::Energy, false) => "MW;GWh",
        (Measure::Energy, true) => "MWh;GWh",
        (Measure::Mass, false) => "t/h;kt",
        (Measure::Mass, true) => "t;kt",
        (Measure::Distance, false) => "1000 km/h;Mkm",
        (Measure::Distance, true) => "1000 km;Mkm",
    };
    for (position, vintage) in ledger.context().vintages[fleet].iter().enumerate() {
        let Some(stock) = vintage.existing.filter(|_| vintage.is_alive(year)) else { continue };
        let left = match living(ledger.context(), &ledger.formulation.program, fleet, position, year) {
            Living::Fixed(left) => left,
            Living::Column(column) => ledger.solution.value(column),
        };
        if left <= 1e-9 || stock <= 0.0 {
            continue;
        }
        for asset in vintage.assets.iter().map(|&asset| &model.fleets[fleet].assets[asset]) {
            // Throughout its life a plant without dates of its own is there.
            if asset.commissioned == i32::MIN {
                continue;
            }
            let capacity = asset.capacity * left / stock;
            table.row([
                (&model.id).into(),
                ledger.year(year).into(),
                zone.into(),
                (&name).into(),
                (&asset.title).into(),
                asset.commissioned.into(),
                asset.retires.into(),
                (capacity * 1000.0).into(),
                (output * capacity / total * 1000.0).into(),
                units.into(),
            ]);
        }
    }
}

/// Yearly output of a fleet, TWh or Mt: of the first commodity a process gives (or takes), or of what a link carries.
fn output(ledger: &Ledger, fleet: FleetId, year: YearId) -> f64 {
    let model = ledger.model();
    match model.fleets[fleet].owner {
        Owner::Process(id) => {
            let process = &model.processes[id];
            let flows = || process.modes.iter().flat_map(|mode| &mode.flows);
            let given = flows().find(|flow| flow.ratio.values().any(|&r| r > 0.0)).or_else(|| flows().next());
            let commodity = process.storage.as_ref().map(|s| s.commodity).or(given.map(|flow| flow.commodity));
            let party = Party::Holder(Holder::Process(id));
            let flow = commodity.and_then(|c| ledger.flows.get(&((year, process.zone, c), party)));
            flow.map_or(0.0, |flow| if flow.supply > 0.0 { flow.supply - flow.curtailed } else { flow.used })
        }
        Owner::Tank(_) => 0.0,
        Owner::Link(id) => {
            let carried = 0..model.links[id].commodities.len();
            carried.map(|position| links::flow(ledger, id, position, year)).map(|(there, back)| there + back).sum()
        }
    }
}
