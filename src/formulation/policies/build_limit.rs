//! **Build limit.** Capacity that some processes and links add per year, committed plants included, in the milestone year in
//! which they first stand:
//!
//! ```text
//! min(y) ≤ Σ_f built(f,y) / n(y) ≤ max(y)          n(y): years of the period
//! ```

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::growth::built_per_year;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::BuildLimit { fleets, limits } = &policy.rule else { continue };
        for year in ctx.years().filter(|&y| limit::holds(limits, y)) {
            let (terms, constant) = built_per_year(ctx, &draft.program, fleets, year);
            limit::add(ctx, draft, id, year, Block::Horizon, limits, &Counted { terms, constant });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{PLANT, rows};

    /// 1 GW, commissioned in 2027, first stands in 2030 and takes 0.2 GW a year of that period's limit. What stands from 2025
    /// has not been built by the pathway.
    #[test]
    fn committed_plants_count() {
        let scenario = PLANT.to_owned()
            + r#"
[assets.committed]
technology = "plant"
zone = "a"
capacity = "1 GW"
commissioned = 2027
[assets.standing]
technology = "plant"
zone = "a"
capacity = "1 GW"
commissioned = 2025
[policies.pace]
kind = "build-limit"
technologies = ["plant"]
max = "0.5 GW/yr"
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy["]), @"
        policy[pace,2025,max]: + 0.2 build[plant@a,2025] <= 0.5
        policy[pace,2030,max]: + 0.2 build[plant@a,2030] <= 0.3
        ");
    }
}
