//! **Build limit.** Capacity that some processes and links add per year, committed plants included:
//!
//! ```text
//! min(y) ≤ Σ_f built(f,y) / n(y) ≤ max(y)          n(y): years of the period
//! ```

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::growth::built_per_year;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::BuildLimit { fleets, limits } = &policy.rule else { continue };
        for year in ctx.years().filter(|&y| limit::holds(limits, y)) {
            let (terms, constant) = built_per_year(ctx, &draft.program, fleets, year);
            limit::add(ctx, draft, id, year, Block::Horizon, limits, &Counted { terms, constant });
        }
    }
}
