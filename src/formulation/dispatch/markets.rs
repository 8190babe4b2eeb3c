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
    for year in ctx.years() {
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
