//! **Emission budget.** Net emissions summed over calendar years stay within a budget.
//!
//! ```text
//! Σ_y n(y) · emissions(y) ≤ budget          n(y): years of the period of y that lie in from … to
//! ```
//!
//! The row ties all years together.

use super::super::book::{Component, Holder};
use super::super::context::Context;
use super::super::draft::{Draft, plain};
use super::super::keys::{ColumnKey, RowKey, Sum};
use super::super::program::{Block, Sense};
use super::emission_cap::released;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::EmissionBudget { scope, from, to, budget } = &policy.rule else { continue };
        let mut row = Vec::new();
        let mut left = *budget;
        let mut last = None;
        for year in ctx.years() {
            let milestone = &ctx.model.horizon[year];
            let years = f64::from((milestone.last.min(*to) - milestone.first.max(*from) + 1).max(0));
            if years == 0.0 {
                continue;
            }
            let (terms, constant) = released(ctx, draft, scope, year);
            left -= years * constant;
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            row.extend(terms.into_iter().map(|(column, factor)| (column, years * factor)));
            last = Some(year);
        }
        let Some(last) = last else { continue };
        if let Some(price) = policy.slack_cost {
            let key = ColumnKey::Slack(id, last, true);
            let slack = draft.program.add_column(key, Block::Horizon, 0.0, f64::INFINITY);
            draft.yearly_cost(ctx, Holder::Policy(id), Component::Slack, last, Some(slack), price);
            row.push((slack, -1.0));
        }
        draft.program.add_row(RowKey::PolicyBudget(id), Block::Horizon, &row, Sense::Le, left);
    }
}
