//! Rows of a policy that bounds a sum in a year, hard or soft.

use super::super::book::{Component, Holder};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Sense};
use crate::model::*;

/// What a policy counts in a year: terms and a constant.
pub struct Counted {
    /// Terms, in the unit of the limit.
    pub terms: Vec<(ColId, f64)>,
    /// Constant, in the unit of the limit.
    pub constant: f64,
}

/// Adds `min ≤ counted ≤ max` for the limits that hold in a year. A soft policy may be violated at its slack cost:
/// `counted − slack ≤ max`, `counted + slack ≥ min`.
pub fn add(
    ctx: &Context,
    draft: &mut Draft,
    id: PolicyId,
    year: YearId,
    block: Block,
    limits: &Limits,
    counted: &Counted,
) {
    for (upper, bound) in [(false, limits.min[year]), (true, limits.max[year])] {
        let Some(bound) = bound else { continue };
        let sense = if upper { Sense::Le } else { Sense::Ge };
        let mut terms = counted.terms.clone();
        if let Some(price) = ctx.model.policies[id].slack_cost {
            let slack = draft.program.add_column(ColumnKey::Slack(id, year, upper), block, 0.0, f64::INFINITY);
            draft.yearly_cost(ctx, Holder::Policy(id), Component::Slack, year, Some(slack), price);
            terms.push((slack, if upper { -1.0 } else { 1.0 }));
        }
        draft.program.add_row(RowKey::Policy(id, year, upper), block, &terms, sense, bound - counted.constant);
    }
}

/// Whether any limit holds in a year.
pub fn holds(limits: &Limits, year: YearId) -> bool {
    limits.min[year].is_some() || limits.max[year].is_some()
}
