//! `links.csv`: yearly flows through links, one row per commodity and direction.
//!
//! `flow` is what enters, `losses` what of it does not arrive, `capacity` what the link could carry in a year at its
//! availability, all in the same unit; `utilisation` is the part of the capacity that this row's flow takes.

use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::keys::ColumnKey;
use crate::model::*;

/// Yearly flow into a link of one of its commodities (by its position), TWh or Mt: forwards and backwards.
pub fn flow(ledger: &Ledger, id: LinkId, position: usize, year: YearId) -> (f64, f64) {
    let number = u8::try_from(position).unwrap_or(u8::MAX);
    let mut sums = (0.0, 0.0);
    for bucket in ledger.context().grid.buckets(ledger.model().links[id].resolution) {
        let amount = ledger.context().amount(bucket);
        sums.0 += amount * ledger.column(ColumnKey::Forward(id, number, year, bucket));
        sums.1 += amount * ledger.column(ColumnKey::Backward(id, number, year, bucket));
    }
    sums
}

/// What a link could carry in a year, TWh or Mt.
pub fn throughput(ledger: &Ledger, id: LinkId, year: YearId) -> f64 {
    let link = &ledger.model().links[id];
    ledger.capacity(link.fleet, year) * link.availability[year] * HOURS_PER_YEAR / 1000.0
}

/// Part of a throughput that a flow takes. Within the solver's tolerance of the whole it is the whole.
pub fn utilisation(flow: f64, throughput: f64) -> f64 {
    match flow / throughput {
        _ if throughput <= 0.0 => 0.0,
        part if (part - 1.0).abs() < 1e-7 => 1.0,
        part => part,
    }
}

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header =
        ["scenario", "year", "link", "commodity", "from", "to", "flow", "losses", "capacity", "utilisation", "unit"];
    let mut table = Table::new("links", &header).typed(&["year"], &["flow", "losses", "capacity", "utilisation"]);
    let model = ledger.model();
    for year in ledger.context().covered() {
        for (id, link) in model.links.iter() {
            let capacity = throughput(ledger, id, year);
            for (position, &commodity) in link.commodities.iter().enumerate() {
                let (forward, backward) = flow(ledger, id, position, year);
                let label = &model.commodities[commodity].amount_label;
                let there = (link.from, link.to, forward);
                let back = (link.to, link.from, backward);
                for (from, to, flow) in [there, back].into_iter().take(if link.bidirectional { 2 } else { 1 }) {
                    table.row([
                        (&model.id).into(),
                        ledger.year(year).into(),
                        (&link.name).into(),
                        (&model.commodities[commodity].name).into(),
                        ledger.zone(from).into(),
                        ledger.zone(to).into(),
                        (flow * label.factor).into(),
                        (flow * link.losses[year] * label.factor).into(),
                        (capacity * label.factor).into(),
                        utilisation(flow, capacity).into(),
                        (&label.unit).into(),
                    ]);
                }
            }
        }
    }
    table
}
