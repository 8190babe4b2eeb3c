//! `flows.csv`: yearly supply and use. For every zone, commodity and year they are equal.

use super::ledger::Ledger;
use super::table::Table;

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header = ["scenario", "year", "zone", "commodity", "technology", "direction", "value", "unit"];
    let mut table = Table::new("flows", &header).typed(&["year"], &["value"]);
    let model = ledger.model();
    for (&((year, zone, commodity), party), flow) in &ledger.flows {
        let c = &model.commodities[commodity];
        let name = ledger.party(party);
        for (direction, amount) in [("supply", flow.supply), ("use", flow.used)] {
            if amount > 1e-12 {
                table.row([
                    (&model.id).into(),
                    ledger.year(year).into(),
                    ledger.zone(zone).into(),
                    (&c.name).into(),
                    (&name).into(),
                    direction.into(),
                    (amount * c.amount_label.factor).into(),
                    (&c.amount_label.unit).into(),
                ]);
            }
        }
    }
    table
}
