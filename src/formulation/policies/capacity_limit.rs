//! **Capacity limit.** Total capacity of some processes and links:
//!
//! ```text
//! min(y) ≤ Σ_f capacity(f,y) ≤ max(y)
//! ```

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::ColumnKey;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::CapacityLimit { fleets, limits } = &policy.rule else { continue };
        for year in ctx.years().filter(|&y| limit::holds(limits, y)) {
            let columns = fleets.iter().filter_map(|&f| draft.program.column(ColumnKey::Capacity(f, year)));
            let counted = Counted { terms: columns.map(|column| (column, 1.0)).collect(), constant: 0.0 };
            limit::add(ctx, draft, id, year, Block::Horizon, limits, &counted);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{PLANT, rows};

    /// A plant and a line under a limit that names them.
    fn limited(technologies: &str, links: &str) -> String {
        let scenario = format!(
            r#"{PLANT}
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capital-cost = "100 USD/kW"
lifetime = "40 yr"
[policies.all]
kind = "capacity-limit"
technologies = {technologies}
links = {links}
max = "3 GW"
to = 2029
"#
        );
        rows(&scenario, &["policy["])
    }

    #[test]
    fn capacities_add_up() {
        insta::assert_snapshot!(limited(r#"["plant"]"#, r#"["line"]"#), @"policy[all,2025,max]: + 1 capacity[plant@a,2025] + 1 capacity[line,2025] <= 3");
    }

    /// A link that two patterns name counts once, and so does a plant.
    #[test]
    fn what_two_patterns_name_counts_once() {
        insta::assert_snapshot!(limited(r#"["plant", "pl*"]"#, r#"["line", "*"]"#), @"policy[all,2025,max]: + 1 capacity[plant@a,2025] + 1 capacity[line,2025] <= 3");
    }
}
