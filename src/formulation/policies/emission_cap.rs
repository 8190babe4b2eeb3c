//! **Emission cap.** Net emissions of a year stay within limits.
//!
//! ```text
//! min(y) ≤ Σ_{releases in scope} weight · hours(b) · release(b) ≤ max(y)          in Mt a year
//! ```
//!
//! Removals count negative. The row ties the days of a year together; its dual is the carbon price.

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::keys::Sum;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::EmissionCap { scope, limits } = &policy.rule else { continue };
        for year in ctx.years().filter(|&y| limit::holds(limits, y)) {
            let (terms, constant) = released(ctx, draft, scope, year);
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            limit::add(ctx, draft, id, year, Block::Year(year), limits, &Counted { terms, constant });
        }
    }
}

/// Emissions in scope in a year, Mt: terms by bucket, and a constant.
pub fn released(ctx: &Context, draft: &Draft, scope: &EmissionScope, year: YearId) -> (BucketTerms, f64) {
    let mut terms = BucketTerms::new();
    let mut constant = 0.0;
    for posting in draft.book.releases.iter().filter(|posting| posting.year == year) {
        let weight = scope.weight(posting.pollutant, posting.zone, posting.holder.sector(ctx.model));
        if weight == 0.0 {
            continue;
        }
        let amount = weight * posting.rate.factor * ctx.amount(posting.bucket);
        match posting.rate.column {
            Some(column) => terms.push((posting.bucket, column, amount)),
            None => constant += amount,
        }
    }
    (terms, constant)
}
