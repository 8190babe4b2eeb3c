//! **Activity limit.** Yearly output of a commodity by some processes (or its use, where they only take it):
//!
//! ```text
//! min(y) ≤ | Σ_{flows of the processes} hours(b) · flow(b) | ≤ max(y)          in TWh or Mt a year
//! ```

use super::super::book::{Counted, Holder};
use super::super::context::Context;
use super::super::dispatch::balance::booked_by;
use super::super::draft::{Draft, plain};
use super::super::keys::Sum;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::ActivityLimit { processes, commodity, limits } = &policy.rule else { continue };
        // A store gives back what it takes: only what it gives is activity.
        let gives = processes.iter().any(|&p| ctx.model.processes[p].supplies(*commodity));
        for year in ctx.years().filter(|&y| limit::holds(limits, y)) {
            let counted = |holder| matches!(holder, Holder::Process(p) if processes.contains(&p));
            let (terms, constant) = booked_by(draft, ctx, year, *commodity, gives, counted);
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            limit::add(ctx, draft, id, year, Block::Year(year), limits, &Counted { terms, constant });
        }
    }
}
