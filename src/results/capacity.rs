//! `capacity.csv`: what stands, by zone and technology.

use super::ledger::Ledger;
use super::table::Table;

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let mut table = Table::new("capacity", &["scenario", "year", "zone", "technology", "capacity", "unit"])
        .typed(&["year"], &["capacity"]);
    let model = ledger.model();
    for year in ledger.context().covered() {
        for fleet in model.fleets.ids() {
            let capacity = ledger.capacity(fleet, year);
            if capacity > 1e-9 {
                let (zone, name, unit) = ledger.fleet(fleet);
                table.row([
                    (&model.id).into(),
                    ledger.year(year).into(),
                    zone.into(),
                    (&name).into(),
                    capacity.into(),
                    unit.into(),
                ]);
            }
        }
    }
    table
}
