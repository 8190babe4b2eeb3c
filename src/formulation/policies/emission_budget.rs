//! **Emission budget.** Net emissions summed over calendar years stay within a budget.
//!
//! ```text
//! Σ_y n(y) · emissions(y) ≤ budget          n(y): years of the period of y that lie in from … to
//! ```
//!
//! The row ties all years together. A tonne emitted in each of the `n(y)` years uses up `n(y)` tonnes of the budget, so
//! the price in year `y` is the row's dual times `n(y) / D(y)`: it rises with the discount rate.

use super::super::context::Context;
use super::super::draft::Draft;
use super::budget::add_budget;
use super::emission_cap::released;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::EmissionBudget { scope, .. } = &policy.rule else { continue };
        add_budget(ctx, draft, id, |draft, year| released(ctx, draft, scope, year));
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
