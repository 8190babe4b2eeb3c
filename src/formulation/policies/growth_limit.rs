//! **Growth limit.** Yearly building of some processes and links together grows only so fast; the formula is that of
//! [`growth`](super::super::investment::growth), over the sum of the fleets.

use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::growth::limit;
use super::super::keys::RowKey;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::GrowthLimit { fleets, rate, seed } = &policy.rule else { continue };
        for year in ctx.years() {
            limit(ctx, &mut draft.program, RowKey::PolicyGrowth(id, year), fleets, year, (*rate, *seed));
        }
    }
}
