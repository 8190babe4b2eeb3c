//! **Activity budget.** Activity of some processes, in whatever mode, summed over calendar years, is at most (or at least) a budget:
//!
//! ```text
//! Σ_y n(y) · Σ_b hours(b) · activity(b) ≤ budget          n(y): years of the period of y that lie in from … to
//! ```
//!
//! The row ties all years together: what may be taken out of a mine, or has to be delivered, through the whole pathway.

use super::super::book::{Basis, Counted, PolicyPosting};
use super::super::context::Context;
use super::super::draft::{Draft, plain};
use super::super::keys::{RowKey, Sum};
use super::super::program::{Block, Sense};
use super::activity_limit::yearly_activity;
use super::emission_budget::years_counted;
use super::limit::add_slack;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::ActivityBudget { processes, from, to, budget, upper } = &policy.rule else { continue };
        let years = |year: YearId| years_counted(&ctx.model.horizon[year], *from, *to);
        let Some(last) = ctx.years().rev().find(|&year| years(year) > 0.0) else { continue };
        let mut total = Counted::default();
        let mut by_year = Vec::new();
        for year in ctx.covered().filter(|&year| years(year) > 0.0) {
            let (terms, constant) = yearly_activity(ctx, draft, processes, year);
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            let counted = Counted { terms, constant }.scaled(years(year));
            total.add(&counted);
            by_year.push((year, counted));
        }
        // The budget is broken once, not every year: each year of the last period pays its part.
        let part = 1.0 / ctx.model.horizon[last].length();
        let slack = add_slack(ctx, draft, id, last, Block::Horizon, *upper, part);
        let (mut terms, mut rhs) = (total.terms, -total.constant);
        // Where the program is built in parts, one of them brings the budget, and each what its years use of it.
        if ctx.covers(last) {
            terms.extend(slack.map(|column| (column, if *upper { -1.0 } else { 1.0 })));
            rhs += budget;
        }
        let sense = if *upper { Sense::Le } else { Sense::Ge };
        let row = draft.program.add_row(RowKey::PolicyBudget(id), Block::Horizon, &terms, sense, rhs);
        for (year, counted) in by_year {
            draft.book.policies.push(PolicyPosting {
                policy: id,
                year,
                upper: *upper,
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

    /// 6.57 and 2.19 thousand hours in each of five years, of which three count in the second period.
    #[test]
    fn activity_is_summed_over_the_years() {
        let scenario = BURNER.to_owned()
            + r#"
[policies.mine]
kind = "activity-budget"
technologies = ["plant"]
max = "100 TWh"
to = 2032
[policies.contract]
kind = "activity-budget"
technologies = ["plant"]
min = "10 TWh"
from = 2030
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy_budget["]), @"
        policy_budget[mine] (links days): + 32.85 activity[plant@a,2025,base] + 10.95 activity[plant@a,2025,peak] + 19.71 activity[plant@a,2030,base] + 6.57 activity[plant@a,2030,peak] <= 100
        policy_budget[contract] (links days): + 32.85 activity[plant@a,2030,base] + 10.95 activity[plant@a,2030,peak] >= 10
        ");
    }
}
