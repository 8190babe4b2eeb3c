//! **Growth limit.** Yearly building of some processes and links together grows only so fast; the formula is that of
//! [`growth`](super::super::investment::growth), over the sum of the fleets.

use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::growth::limit;
use super::super::keys::RowKey;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::GrowthLimit { fleets, from, to, rate, seed } = &policy.rule else { continue };
        let holds = |year: &YearId| (*from..=*to).contains(&ctx.model.horizon[*year].year);
        for year in ctx.years().filter(holds) {
            limit(ctx, &mut draft.program, RowKey::PolicyGrowth(id, year), fleets, year, (*rate, *seed));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{PLANT, rows};

    #[test]
    fn technologies_grow_together() {
        let scenario = PLANT.to_owned()
            + r#"
[technologies.other]
zones = ["b"]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
[policies.pace]
kind = "growth-limit"
technologies = ["plant", "other"]
rate = "10 %"
seed = "0.1 GW/yr"
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy_growth["]), @"
        policy_growth[pace,2025]: + 0.2 build[plant@a,2025] + 0.2 build[other@b,2025] <= 0.1
        policy_growth[pace,2030]: - 0.322102 build[plant@a,2025] + 0.2 build[plant@a,2030] - 0.322102 build[other@b,2025] + 0.2 build[other@b,2030] <= 0.1
        ");
    }
}
