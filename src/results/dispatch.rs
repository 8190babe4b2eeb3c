//! `dispatch.csv`: rates by slice. Supply is positive, use negative.

use super::ledger::Ledger;
use super::table::Table;

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header = ["scenario", "year", "zone", "slice", "commodity", "technology", "value", "unit"];
    let mut table = Table::new("dispatch", &header).typed(&["year"], &["value"]);
    let model = ledger.model();
    let names: std::collections::BTreeMap<_, _> =
        ledger.flows.keys().map(|&(_, party)| (party, ledger.party(party))).collect();
    for (&((year, zone, commodity), bucket, party), &rate) in &ledger.rates {
        if rate.abs() > 1e-9 {
            let c = &model.commodities[commodity];
            table.row([
                (&model.id).into(),
                ledger.year(year).into(),
                ledger.zone(zone).into(),
                ledger.context().grid.name(bucket).into(),
                (&c.name).into(),
                names.get(&party).map_or("", String::as_str).into(),
                rate.into(),
                c.measure.rate_unit().into(),
            ]);
        }
    }
    table
}
