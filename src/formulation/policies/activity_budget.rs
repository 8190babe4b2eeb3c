//! **Activity budget.** Activity of some processes, in whatever mode, summed over calendar years, is at most (or at least) a budget:
//!
//! ```text
//! Σ_y n(y) · Σ_b hours(b) · activity(b) ≤ budget          n(y): years of the period of y that lie in from … to
//! ```
//!
//! The row ties all years together: what may be taken out of a mine, or has to be delivered, through the whole pathway.

use super::super::context::Context;
use super::super::draft::Draft;
use super::activity_limit::yearly_activity;
use super::budget::add_budget;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::ActivityBudget { processes, .. } = &policy.rule else { continue };
        add_budget(ctx, draft, id, |draft, year| yearly_activity(ctx, draft, processes, year));
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
