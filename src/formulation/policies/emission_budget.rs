//! **Emission budget.** Net emissions summed over calendar years stay within a budget.
//!
//! ```text
//! Σ_y n(y) · emissions(y) ≤ budget          n(y): years of the period of y that lie in from … to
//! ```
//!
//! The row ties all years together. A tonne emitted in each of the `n(y)` years uses up `n(y)` tonnes of the budget, so
//! the price in year `y` is the row's dual times `n(y) / D(y)`: it rises with the discount rate.

use super::super::book::{Basis, Counted, PolicyPosting};
use super::super::context::Context;
use super::super::draft::{Draft, plain};
use super::super::keys::{RowKey, Sum};
use super::super::program::{Block, Sense};
use super::emission_cap::released;
use super::limit::add_slack;
use crate::model::*;

/// Years of a milestone's period that lie in `from ..= to`.
pub fn years_counted(milestone: &Milestone, from: i32, to: i32) -> f64 {
    f64::from(milestone.last.min(to).saturating_sub(milestone.first.max(from)).saturating_add(1).max(0))
}

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::EmissionBudget { scope, from, to, budget } = &policy.rule else { continue };
        let years = |year: YearId| years_counted(&ctx.model.horizon[year], *from, *to);
        let Some(last) = ctx.years().rev().find(|&year| years(year) > 0.0) else { continue };
        let mut total = Counted::default();
        let mut by_year = Vec::new();
        for year in ctx.covered().filter(|&year| years(year) > 0.0) {
            let (terms, constant) = released(ctx, draft, scope, year);
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            let counted = Counted { terms, constant }.scaled(years(year));
            total.add(&counted);
            by_year.push((year, counted));
        }
        // The budget is broken once, not every year: each year of the last period pays its part.
        let part = 1.0 / ctx.model.horizon[last].length();
        let slack = add_slack(ctx, draft, id, last, Block::Horizon, true, part);
        let (mut terms, mut rhs) = (total.terms, -total.constant);
        // Where the program is built in parts, one of them brings the budget, and each what its years use of it.
        if ctx.covers(last) {
            terms.extend(slack.map(|column| (column, -1.0)));
            rhs += budget;
        }
        let row = draft.program.add_row(RowKey::PolicyBudget(id), Block::Horizon, &terms, Sense::Le, rhs);
        for (year, counted) in by_year {
            draft.book.policies.push(PolicyPosting {
                policy: id,
                year,
                upper: true,
                limit: *budget,
                counted,
                basis: Basis::Amount,
                slack,
                row: (row, years(year)),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// Two years of the first period (2028, 2029) and three of the second.
    #[test]
    fn years_share_a_budget() {
        let scenario = BURNER.to_owned()
            + r#"
[policies.budget]
kind = "emission-budget"
pollutants = ["co2"]
budget = "40 Mt"
from = 2028
to = 2032
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy_budget["]), @"policy_budget[budget] (links days): + 5.256 activity[plant@a,2025,base] + 1.752 activity[plant@a,2025,peak] + 7.884 activity[plant@a,2030,base] + 2.628 activity[plant@a,2030,peak] <= 40");
    }
}
