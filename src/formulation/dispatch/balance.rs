//! **Balance.** Supply covers use, of every commodity, in every zone, at the commodity's own resolution.
//!
//! ```text
//! Σ supply(b) − Σ use(b) ≥ 0        = 0 where a surplus can not be thrown away
//! ```
//!
//! Where a share policy counts the commodity, what is thrown away must be known: the balance is an equation, and subtracts
//! what suppliers throw away of their own (see [`surplus`](super::surplus)).
//!
//! The terms are the flows that all other families have booked. A column that lives in finer steps than the balance
//! enters with its share of the balance's hours, so that both sides are mean rates in GW (or kt/h). A balance over a
//! season or a year ties days together; each day then enters through its tally. The row's dual is the price.

use std::collections::BTreeMap;

use super::super::book::Holder;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey, Sum};
use super::super::program::{Block, ColId, Sense};
use super::surplus::is_counted;
use crate::model::*;
use crate::time::Bucket;

/// What has been booked in one zone, commodity and year.
#[derive(Default)]
struct Booked {
    /// Constants and columns by the bucket in which they live.
    terms: BTreeMap<Bucket, Vec<(Option<ColId>, f64)>>,
}

/// Adds the family. It must come after all others that book flows.
pub fn add(ctx: &Context, draft: &mut Draft) {
    let mut booked: BTreeMap<(YearId, ZoneId, CommodityId), Booked> = BTreeMap::new();
    for posting in &draft.book.flows {
        if ctx.model.commodities[posting.commodity].price.is_some() {
            continue;
        }
        let entry = booked.entry((posting.year, posting.zone, posting.commodity)).or_default();
        entry.terms.entry(posting.bucket).or_default().push((posting.rate.column, posting.rate.factor));
    }
    for posting in &draft.book.surplus {
        let entry = booked.entry((posting.year, posting.zone, posting.commodity)).or_default();
        entry.terms.entry(posting.bucket).or_default().push((Some(posting.column), -1.0));
    }
    for ((year, zone, commodity), entry) in booked {
        let c = &ctx.model.commodities[commodity];
        let sense = if c.free_disposal && !is_counted(ctx.model, commodity) { Sense::Ge } else { Sense::Eq };
        for bucket in ctx.grid.buckets(c.resolution) {
            let (terms, constant) = match bucket {
                Bucket::Slice(_) | Bucket::Day(_) => within_day(ctx, &entry, bucket),
                Bucket::Season(_) | Bucket::Year => over_days(ctx, draft, (zone, commodity), year, &entry, bucket),
            };
            let key = RowKey::Balance(zone, commodity, year, bucket);
            draft.program.add_row(key, Draft::block(ctx, year, bucket), &terms, sense, -constant);
        }
    }
}

/// Terms of a balance that lies within one day.
fn within_day(ctx: &Context, entry: &Booked, bucket: Bucket) -> (Vec<(ColId, f64)>, f64) {
    let mut terms = Vec::new();
    let mut constant = 0.0;
    let mut add = |from: Bucket, share: f64| {
        for &(column, factor) in entry.terms.get(&from).into_iter().flatten() {
            match column {
                Some(column) => terms.push((column, share * factor)),
                None => constant += share * factor,
            }
        }
    };
    add(bucket, 1.0);
    if let Bucket::Day(_) = bucket {
        for (part, share) in ctx.grid.parts(bucket, Resolution::Hour) {
            add(part, share);
        }
    }
    (terms, constant)
}

/// Terms of a balance over several days: each day's mean net supply is tallied once and enters with its share.
fn over_days(
    ctx: &Context,
    draft: &mut Draft,
    (zone, commodity): (ZoneId, CommodityId),
    year: YearId,
    entry: &Booked,
    bucket: Bucket,
) -> (Vec<(ColId, f64)>, f64) {
    let mut terms = Vec::new();
    let mut constant = 0.0;
    let mut coarse = vec![(bucket, 1.0)];
    if bucket == Bucket::Year {
        coarse.extend(ctx.grid.parts(bucket, Resolution::Season));
    }
    for (from, share) in coarse {
        for &(column, factor) in entry.terms.get(&from).into_iter().flatten() {
            match column {
                Some(column) => terms.push((column, share * factor)),
                None => constant += share * factor,
            }
        }
    }
    for (day, share) in ctx.grid.parts(bucket, Resolution::Day) {
        let Bucket::Day(id) = day else { continue };
        let (mut mean, fixed) = within_day(ctx, entry, day);
        constant += share * fixed;
        let sum = Sum::Balance(zone, commodity);
        if mean.len() > 2 || draft.program.column(ColumnKey::Tally(sum, year, id)).is_some() {
            let block = Block::Day(year, id);
            let key = ColumnKey::Tally(sum, year, id);
            let tally = draft.program.column(key).unwrap_or_else(|| {
                let tally = draft.program.add_column(key, block, f64::NEG_INFINITY, f64::INFINITY);
                mean.push((tally, -1.0));
                draft.program.add_row(RowKey::Tally(sum, year, id), block, &mean, Sense::Eq, 0.0);
                tally
            });
            terms.push((tally, share));
        } else {
            terms.extend(mean.into_iter().map(|(column, factor)| (column, share * factor)));
        }
    }
    (terms, constant)
}

/// Yearly supply (or use) of some holders in TWh or Mt, for rules that count it: terms by bucket, and a constant. Both are
/// positive.
pub fn booked_by(
    draft: &Draft,
    ctx: &Context,
    year: YearId,
    commodity: CommodityId,
    supply: bool,
    is_counted: impl Fn(Holder) -> bool,
) -> (super::super::draft::BucketTerms, f64) {
    let mut terms = Vec::new();
    let mut constant = 0.0;
    for posting in draft.book.flows.iter().filter(|p| p.year == year && p.commodity == commodity) {
        if is_counted(posting.holder) && (posting.rate.factor > 0.0) == supply {
            let amount = posting.rate.factor.abs() * ctx.amount(posting.bucket);
            match posting.rate.column {
                Some(column) => terms.push((posting.bucket, column, amount)),
                None => constant += amount,
            }
        }
    }
    (terms, constant)
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{DAYS, lines};

    /// The plant lives in the steps of days, the well and the demand in the year.
    #[test]
    fn coarse_balances_gather_days_behind_a_tally() {
        let scenario = r#"
[commodities.gas]
resolution = "year"
[technologies.well]
zones = ["a"]
outputs = "gas"
variable-cost = "5 USD/MWh"
capacity = "1 GW"
[technologies.plant]
zones = ["a"]
inputs = { gas = 2 }
outputs = "electricity"
capacity = "1 GW"
[demands.gas]
zone = "a"
commodity = "gas"
annual = "8.76 TWh"
"#;
        insta::assert_snapshot!(lines(&DAYS.replace("hours = 2", "hours = 3"), scenario, &["balance[gas@a,2025", "tally["]), @"
        tally[balance,gas@a,2025,d092]: - 0.666667 activity[plant@a,2025,d092h00] - 0.666667 activity[plant@a,2025,d092h08] - 0.666667 activity[plant@a,2025,d092h16] - 1 tally[balance,gas@a,2025,d092] = 0
        tally[balance,gas@a,2025,d274]: - 0.666667 activity[plant@a,2025,d274h00] - 0.666667 activity[plant@a,2025,d274h08] - 0.666667 activity[plant@a,2025,d274h16] - 1 tally[balance,gas@a,2025,d274] = 0
        balance[gas@a,2025,year] (links days): + 1 activity[well@a,2025,year] + 0.49863 tally[balance,gas@a,2025,d092] + 0.50137 tally[balance,gas@a,2025,d274] >= 1
        tally[balance,gas@a,2030,d092]: - 0.666667 activity[plant@a,2030,d092h00] - 0.666667 activity[plant@a,2030,d092h08] - 0.666667 activity[plant@a,2030,d092h16] - 1 tally[balance,gas@a,2030,d092] = 0
        tally[balance,gas@a,2030,d274]: - 0.666667 activity[plant@a,2030,d274h00] - 0.666667 activity[plant@a,2030,d274h08] - 0.666667 activity[plant@a,2030,d274h16] - 1 tally[balance,gas@a,2030,d274] = 0
        ");
    }

    #[test]
    fn a_surplus_that_can_not_be_thrown_away_makes_an_equation() {
        let scenario = r#"
[commodities.heat]
free-disposal = false
[technologies.boiler]
zones = ["a"]
outputs = "heat"
capacity = "1 GW"
"#;
        insta::assert_snapshot!(lines(DAYS, scenario, &["balance[heat@a,2025"]), @"
        balance[heat@a,2025,d092h00]: + 1 activity[boiler@a,2025,d092h00] = 0
        balance[heat@a,2025,d092h12]: + 1 activity[boiler@a,2025,d092h12] = 0
        balance[heat@a,2025,d274h00]: + 1 activity[boiler@a,2025,d274h00] = 0
        balance[heat@a,2025,d274h12]: + 1 activity[boiler@a,2025,d274h12] = 0
        ");
    }
}
