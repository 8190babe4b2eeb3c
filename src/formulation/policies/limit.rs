//! Rows of a policy that bounds a sum in a year, hard or soft.

use super::super::book::{Basis, Component, Counted, Holder, PolicyPosting};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Sense};
use crate::model::*;

/// Adds `min ≤ counted ≤ max` for the limits that hold in a year.
pub fn add(
    ctx: &Context,
    draft: &mut Draft,
    id: PolicyId,
    year: YearId,
    block: Block,
    limits: &Limits,
    counted: &Counted,
) {
    for (upper, limit) in [(false, limits.min[year]), (true, limits.max[year])] {
        if let Some(limit) = limit {
            hold(ctx, draft, (id, year, block), upper, limit, Basis::Amount, counted.clone());
        }
    }
}

/// Adds `counted ≤ limit` or `counted ≥ limit` in a year, where the limit is an amount or so many times its basis. A soft policy may be
/// violated at its slack cost: `counted − slack ≤ limit`, `counted + slack ≥ limit`.
pub fn hold(
    ctx: &Context,
    draft: &mut Draft,
    (id, year, block): (PolicyId, YearId, Block),
    upper: bool,
    limit: f64,
    basis: Basis,
    counted: Counted,
) {
    let slack = add_slack(ctx, draft, id, year, block, upper, 1.0);
    let mut terms = counted.terms.clone();
    let amount = match &basis {
        Basis::Amount => limit,
        Basis::PartOf(base) | Basis::TimesOf(base) => {
            terms.extend(base.scaled(-limit).terms);
            limit * base.constant
        }
    };
    terms.extend(slack.map(|column| (column, if upper { -1.0 } else { 1.0 })));
    let sense = if upper { Sense::Le } else { Sense::Ge };
    let key = RowKey::Policy(id, year, upper);
    let row = draft.program.add_row(key, block, &terms, sense, amount - counted.constant);
    draft.book.policies.push(PolicyPosting { policy: id, year, upper, limit, counted, basis, slack, row: (row, 1.0) });
}

/// The violation of a soft policy; `None` for a hard one. A unit of it costs the policy's slack cost times `part` in every year
/// of the period.
pub fn add_slack(
    ctx: &Context,
    draft: &mut Draft,
    id: PolicyId,
    year: YearId,
    block: Block,
    upper: bool,
    part: f64,
) -> Option<ColId> {
    let price = ctx.model.policies[id].slack_cost? * part;
    let slack = draft.program.add_column(ColumnKey::Slack(id, year, upper), block, 0.0, f64::INFINITY);
    draft.yearly_cost(ctx, Holder::Policy(id), Component::Slack, year, Some(slack), price);
    Some(slack)
}

/// Whether any limit holds in a year.
pub fn holds(limits: &Limits, year: YearId) -> bool {
    limits.min[year].is_some() || limits.max[year].is_some()
}
