//! What budgets over several years have in common: one row over the whole horizon.

use super::super::book::{Basis, Counted, PolicyPosting};
use super::super::context::Context;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::keys::{RowKey, Sum};
use super::super::program::{Block, Sense};
use super::limit::add_slack;
use crate::model::*;

/// A budget over calendar years.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// First calendar year that counts.
    pub from: i32,
    /// Last calendar year that counts.
    pub to: i32,
    /// What all of them have together.
    pub amount: f64,
    /// Whether it is a most, and not a least.
    pub upper: bool,
}

impl Budget {
    /// What a rule budgets; nothing if it is of another kind.
    pub fn of(rule: &Rule) -> Option<Self> {
        match *rule {
            Rule::EmissionBudget { from, to, budget, .. } => Some(Self { from, to, amount: budget, upper: true }),
            Rule::ActivityBudget { from, to, budget, upper, .. } => Some(Self { from, to, amount: budget, upper }),
            _ => None,
        }
    }

    /// Years of a milestone's period that count.
    pub fn years(&self, milestone: &Milestone) -> f64 {
        f64::from(milestone.last.min(self.to).saturating_sub(milestone.first.max(self.from)).saturating_add(1).max(0))
    }
}

/// Adds the row of a policy that budgets what `yearly` counts in a year, and posts it in each year that counts.
pub fn add_budget(
    ctx: &Context,
    draft: &mut Draft,
    id: PolicyId,
    yearly: impl Fn(&Draft, YearId) -> (BucketTerms, f64),
) {
    let Some(budget) = Budget::of(&ctx.model.policies[id].rule) else { return };
    let years = |year: YearId| budget.years(&ctx.model.horizon[year]);
    let Some(last) = ctx.years().rev().find(|&year| years(year) > 0.0) else { return };
    let mut total = Counted::default();
    let mut by_year = Vec::new();
    for year in ctx.covered().filter(|&year| years(year) > 0.0) {
        let (terms, constant) = yearly(draft, year);
        let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
        let counted = Counted { terms, constant }.scaled(years(year));
        total.add(&counted);
        by_year.push((year, counted));
    }
    // The budget is broken once, not every year: each year of the last period pays its part.
    let part = 1.0 / ctx.model.horizon[last].length();
    let slack = add_slack(ctx, draft, id, last, Block::Horizon, budget.upper, part);
    let (mut terms, mut rhs) = (total.terms, -total.constant);
    // Where the program is built in parts, one of them brings the budget, and each what its years use of it.
    if ctx.covers(last) {
        terms.extend(slack.map(|column| (column, if budget.upper { -1.0 } else { 1.0 })));
        rhs += budget.amount;
    }
    let sense = if budget.upper { Sense::Le } else { Sense::Ge };
    let row = draft.program.add_row(RowKey::PolicyBudget(id), Block::Horizon, &terms, sense, rhs);
    for (year, counted) in by_year {
        draft.book.policies.push(PolicyPosting {
            policy: id,
            year,
            upper: budget.upper,
            limit: budget.amount,
            counted,
            basis: Basis::Amount,
            slack,
            row: (row, years(year)),
        });
    }
}
