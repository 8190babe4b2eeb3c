//! **Markets.** Buyers and sellers outside the model, with price and volume steps.
//!
//! ```text
//! 0 ≤ traded(m,y,b) ≤ max_rate
//! Σ_s step(m,y,s) = Σ_b hours(b) · traded(m,y,b),    0 ≤ step(m,y,s) ≤ volume(s),    Σ_s step ≥ min_volume
//! objective ± Σ_s price(s) · step(m,y,s)             + for imports, − for exports
//! ```
//!
//! A market with one unlimited step pays its price on `traded` and needs no yearly row.

use super::super::book::{Component, Holder};
use super::super::context::Context;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::keys::{ColumnKey, RowKey, Sum};
use super::super::program::{Block, Sense};
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for id in ctx.model.markets.ids() {
            add_market(ctx, draft, id, year);
        }
    }
}

fn add_market(ctx: &Context, draft: &mut Draft, id: MarketId, year: YearId) {
    let market = &ctx.model.markets[id];
    if market.max_rate[year] <= 0.0 || market.steps.iter().all(|step| step.volume[year] <= 0.0) {
        return;
    }
    let sign = match market.trade {
        Trade::Import => 1.0,
        Trade::Export => -1.0,
    };
    let holder = Holder::Market(id);
    let at = (market.zone, market.commodity);
    let simple = match market.steps.as_slice() {
        [step] if step.volume[year].is_infinite() && market.min_volume[year] <= 0.0 => Some(step.price[year]),
        _ => None,
    };
    let mut volume = BucketTerms::new();
    for bucket in ctx.grid.buckets(ctx.model.commodities[market.commodity].resolution) {
        let key = ColumnKey::Traded(id, year, bucket);
        let column = draft.rate(ctx, key, year, bucket, market.max_rate[year]);
        draft.flow(at, (year, bucket), holder, Some(column), sign);
        for (pollutant, factor) in &market.emissions {
            draft.release((market.zone, *pollutant), (year, bucket), holder, Some(column), factor[year]);
        }
        match simple {
            Some(price) => draft.rate_cost(ctx, holder, Component::Trade, (year, bucket), column, sign * price),
            None => volume.push((bucket, column, ctx.amount(bucket))),
        }
    }
    if simple.is_none() {
        add_steps(ctx, draft, id, year, sign, volume);
    }
}

fn add_steps(ctx: &Context, draft: &mut Draft, id: MarketId, year: YearId, sign: f64, volume: BucketTerms) {
    let market = &ctx.model.markets[id];
    let block = Block::Year(year);
    let mut steps = Vec::new();
    for (number, step) in market.steps.iter().enumerate().filter(|(_, step)| step.volume[year] > 0.0) {
        let key = ColumnKey::Step(id, year, u16::try_from(number).unwrap_or(u16::MAX));
        let column = draft.program.add_column(key, block, 0.0, step.volume[year]);
        let annual = sign * step.price[year];
        draft.yearly_cost(ctx, Holder::Market(id), Component::Trade, year, Some(column), annual);
        steps.push((column, 1.0));
    }
    let minimum = market.min_volume[year];
    let mut terms = plain(&draft.tally(ctx, Sum::Market(id), year, volume));
    terms.extend(steps.iter().map(|&(column, part)| (column, -part)));
    draft.program.add_row(RowKey::MarketVolume(id, year), block, &terms, Sense::Eq, 0.0);
    if minimum > 0.0 {
        draft.program.add_row(RowKey::MarketMinimum(id, year), block, &steps, Sense::Ge, minimum);
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::rows;

    /// 6.57 and 2.19 thousand hours; five years of 40 and 20 million USD per TWh are earned.
    #[test]
    fn steps_add_up_to_what_is_traded() {
        let scenario = r#"
[markets.buyer]
zone = "a"
commodity = "electricity"
trade = "export"
steps = [{ volume = "1 TWh/yr", price = "40 USD/MWh" }, { price = "20 USD/MWh" }]
min-volume = "0.5 TWh/yr"
max-rate = "0.7 GW"
"#;
        insta::assert_snapshot!(rows(scenario, &["market_volume[buyer,2025", "market_minimum[buyer,2025", "balance[electricity@a,2025", "0 <= traded[buyer,2025", "0 <= step[buyer,2025", "- "]), @"
        - 200 step[buyer,2025,s0]
        - 100 step[buyer,2025,s1]
        - 200 step[buyer,2030,s0]
        - 100 step[buyer,2030,s1]
        market_volume[buyer,2025] (links days): + 6.57 traded[buyer,2025,base] + 2.19 traded[buyer,2025,peak] - 1 step[buyer,2025,s0] - 1 step[buyer,2025,s1] = 0
        market_minimum[buyer,2025]: + 1 step[buyer,2025,s0] + 1 step[buyer,2025,s1] >= 0.5
        balance[electricity@a,2025,base]: - 1 traded[buyer,2025,base] >= 0
        balance[electricity@a,2025,peak]: - 1 traded[buyer,2025,peak] >= 0
        0 <= traded[buyer,2025,base] <= 0.7
        0 <= traded[buyer,2025,peak] <= 0.7
        0 <= step[buyer,2025,s0] <= 1
        0 <= step[buyer,2025,s1] <= inf
        ");
    }

    #[test]
    fn one_price_needs_no_yearly_row() {
        let scenario = r#"
[markets.seller]
zone = "a"
commodity = "electricity"
trade = "import"
price = "50 USD/MWh"
"#;
        insta::assert_snapshot!(rows(scenario, &["market", "balance[electricity@a,2025", "+ "]), @"
        + 1642.5 traded[seller,2025,base]
        + 547.5 traded[seller,2025,peak]
        + 1642.5 traded[seller,2030,base]
        + 547.5 traded[seller,2030,peak]
        balance[electricity@a,2025,base]: + 1 traded[seller,2025,base] >= 0
        balance[electricity@a,2025,peak]: + 1 traded[seller,2025,peak] >= 0
        ");
    }
}
