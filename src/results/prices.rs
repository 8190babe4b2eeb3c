//! `prices.csv`: yearly prices from the duals of the balances.
//!
//! The dual of a balance is the change of the objective per GW (or kt/h) more demand throughout a bucket. Divided by the
//! present value of a yearly unit of money and by the bucket's hours it is a price in the money of its year:
//! `price(b) = dual(b) / (D(y) · hours(b) / 1000)`. It is positive where more demand costs more. The yearly price is the mean
//! over the buckets, weighted by demand, or by all use where nothing is demanded.

use std::collections::BTreeMap;

use super::ledger::{At, Flow, Ledger, Party};
use super::table::Table;
use crate::formulation::book::Holder;
use crate::formulation::keys::RowKey;
use crate::model::*;
use crate::time::Bucket;

/// Price in a bucket, million currency units per TWh (or Mt); `None` where the program has no such balance.
pub fn price(ledger: &Ledger, (year, zone, commodity): At, bucket: Bucket) -> Option<f64> {
    let row = ledger.formulation.program.row(RowKey::Balance(zone, commodity, year, bucket))?;
    let worth = ledger.context().discount[year] * ledger.context().amount(bucket);
    Some(ledger.solution.dual(row) / worth)
}

/// Weighted sum of prices and sum of weights.
#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    total: f64,
    weight: f64,
}

impl Mean {
    fn add(&mut self, price: f64, weight: f64) {
        self.total += price * weight;
        self.weight += weight;
    }

    fn value(self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.total / self.weight)
    }
}

/// What counts in a bucket: its price, demand and all use, TWh (or Mt), and its length.
struct Weighed {
    bucket: Bucket,
    price: f64,
    demand: f64,
    used: f64,
    time: f64,
}

/// Buckets of a balance; none where the program has no such balance.
fn weighed(ledger: &Ledger, at: At) -> Vec<Weighed> {
    let resolution = ledger.model().commodities[at.2].resolution;
    let mut used: BTreeMap<Bucket, (f64, f64)> = BTreeMap::new();
    let from = (at, Bucket::Slice(Id::new(0)), Party::Holder(Holder::Process(Id::new(0))));
    for (&(here, bucket, party), rate) in ledger.rates.range(from..).take_while(|((here, ..), _)| *here == at) {
        debug_assert_eq!(here, at);
        if party == Party::Curtailment {
            continue;
        }
        // Amounts of finer steps count in the balances they lie in.
        for (whole, share) in ledger.context().grid.wholes(bucket, resolution) {
            let amount = -rate.min(0.0) * share * ledger.context().amount(whole);
            let entry = used.entry(whole).or_default();
            entry.1 += amount;
            if matches!(party, Party::Holder(Holder::Demand(_))) {
                entry.0 += amount;
            }
        }
    }
    let buckets = ledger.context().grid.buckets(resolution).into_iter();
    let weigh = |bucket| {
        let price = price(ledger, at, bucket)?;
        let (demand, used) = used.get(&bucket).copied().unwrap_or_default();
        Some(Weighed { bucket, price, demand, used, time: ledger.context().amount(bucket) })
    };
    buckets.filter_map(weigh).collect()
}

/// Yearly price over some zones, million currency units per TWh (or Mt).
pub fn annual(ledger: &Ledger, year: YearId, zones: &[ZoneId], commodity: CommodityId) -> Option<f64> {
    let (mut by_demand, mut by_use, mut by_time) = (Mean::default(), Mean::default(), Mean::default());
    for &zone in zones {
        for Weighed { price, demand, used, time, .. } in weighed(ledger, (year, zone, commodity)) {
            by_demand.add(price, demand);
            by_use.add(price, used);
            by_time.add(price, time);
        }
    }
    by_demand.value().or(by_use.value()).or(by_time.value())
}

/// The buckets of a balance with their weights in the yearly price.
pub fn weights(ledger: &Ledger, at: At) -> Vec<(Bucket, f64)> {
    let buckets = weighed(ledger, at);
    let by: [fn(&Weighed) -> f64; 3] = [|b| b.demand, |b| b.used, |b| b.time];
    let sum = |weight: &fn(&Weighed) -> f64| buckets.iter().map(weight).sum::<f64>();
    let weight = by.into_iter().find(|weight| sum(weight) > 0.0).unwrap_or(by[2]);
    buckets.iter().map(|bucket| (bucket.bucket, weight(bucket))).collect()
}

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let mut table =
        Table::new("prices", &["scenario", "year", "zone", "commodity", "price", "unit"]).typed(&["year"], &["price"]);
    let model = ledger.model();
    for year in ledger.context().covered() {
        for zone in model.zones.ids() {
            for (commodity, c) in model.commodities.iter() {
                let fixed = c.price.as_ref().map(|prices| prices[zone][year]);
                let here =
                    |(&(at, _), flow): (&(At, Party), &Flow)| at == (year, zone, commodity) && flow.supply > 1e-9;
                let is_used = ledger.flows.iter().any(here);
                let price = fixed.or_else(|| annual(ledger, year, &[zone], commodity));
                if let Some(price) = price.filter(|_| is_used) {
                    table.row([
                        (&model.id).into(),
                        ledger.year(year).into(),
                        ledger.zone(zone).into(),
                        (&c.name).into(),
                        (price * c.price_label.factor).into(),
                        (&c.price_label.unit).into(),
                    ]);
                }
            }
        }
    }
    table
}
