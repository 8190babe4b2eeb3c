//! `emissions.csv`: releases by zone, sector and technology; removals are negative.

use std::collections::BTreeMap;

use super::ledger::Ledger;
use super::table::Table;
use crate::model::*;

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header = ["scenario", "year", "zone", "sector", "technology", "pollutant", "value", "unit"];
    let mut table = Table::new("emissions", &header).typed(&["year"], &["value"]);
    let model = ledger.model();
    let mut sums = BTreeMap::new();
    for posting in &ledger.formulation.book.releases {
        let amount = ledger.term(posting.rate) * ledger.context().amount(posting.bucket);
        *sums.entry((posting.year, posting.zone, posting.holder, posting.pollutant)).or_insert(0.0) += amount;
    }
    for ((year, zone, holder, pollutant), amount) in sums {
        if f64::abs(amount) > 1e-12 {
            table.row([
                (&model.id).into(),
                ledger.year(year).into(),
                ledger.zone(zone).into(),
                holder.sector(model).into(),
                (&ledger.holder(holder)).into(),
                (&model.pollutants[pollutant].name).into(),
                amount.into(),
                "Mt".into(),
            ]);
        }
    }
    table
}

/// Net emissions of a year in a scope, Mt.
pub fn net(ledger: &Ledger, scope: &EmissionScope, year: YearId) -> f64 {
    let model = ledger.model();
    let postings = ledger.formulation.book.releases.iter().filter(|posting| posting.year == year);
    postings
        .map(|posting| {
            let weight = scope.weight(posting.pollutant, posting.zone, posting.holder.sector(model));
            if weight == 0.0 {
                0.0
            } else {
                weight * ledger.term(posting.rate) * ledger.context().amount(posting.bucket)
            }
        })
        .sum()
}
