//! **Emission price.** A payment on net emissions:
//!
//! ```text
//! objective += Σ_{releases in scope} price(y) · weight · hours(b) · release(b)
//! ```

use super::super::book::{Component, CostPosting};
use super::super::context::Context;
use super::super::draft::Draft;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for policy in ctx.model.policies.values() {
        let Rule::EmissionPrice { scope, price } = &policy.rule else { continue };
        let mut costs = Vec::new();
        for posting in &draft.book.releases {
            let sector = posting.holder.sector(ctx.model);
            let weight = scope.weight(posting.pollutant, posting.zone, sector);
            let annual = price[posting.year] * weight * posting.rate.factor * ctx.amount(posting.bucket);
            if annual != 0.0 {
                costs.push(CostPosting {
                    holder: posting.holder,
                    component: Component::Emissions,
                    year: posting.year,
                    column: posting.rate.column,
                    annual,
                    discounted: ctx.discounted(posting.year, annual),
                });
            }
        }
        for cost in costs {
            draft.charge(cost);
        }
    }
}
