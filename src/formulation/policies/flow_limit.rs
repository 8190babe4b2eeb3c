//! **Flow limit.** Yearly flow of some links together from `from` to `to`, as it enters them, less what flows back:
//!
//! ```text
//! min(y) ≤ Σ_{l,c} Σ_b hours(b) · (forward(l,c,y,b) − backward(l,c,y,b)) ≤ max(y)          in TWh or Mt a year
//! ```

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::keys::{ColumnKey, Sum};
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::FlowLimit { links, commodities, limits } = &policy.rule else { continue };
        for year in ctx.covered().filter(|&y| limit::holds(limits, y)) {
            let mut terms = BucketTerms::new();
            for &link in links {
                let carried = ctx.model.links[link].commodities.iter();
                for (number, _) in (0..).zip(carried).filter(|(_, carried)| commodities.contains(carried)) {
                    for bucket in ctx.grid.buckets(ctx.model.links[link].resolution) {
                        let there = ColumnKey::Forward(link, number, year, bucket);
                        let back = ColumnKey::Backward(link, number, year, bucket);
                        for (key, sign) in [(there, 1.0), (back, -1.0)] {
                            let column = draft.program.column(key);
                            terms.extend(column.map(|column| (bucket, column, sign * ctx.amount(bucket))));
                        }
                    }
                }
            }
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            limit::add(ctx, draft, id, year, Block::Year(year), limits, &Counted { terms, constant: 0.0 });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::rows;

    /// 1 GW through three quarters of the year is 6.57 TWh.
    #[test]
    fn the_flow_of_a_pipeline_is_bounded() {
        let scenario = r#"
[commodities.transit]
[links.pipe]
from = "a"
to = "b"
commodities = ["electricity", "transit"]
capacity = "2 GW"
[policies.ship-or-pay]
kind = "flow-limit"
links = ["pipe"]
commodities = ["transit"]
min = { 2025 = "4 TWh/yr", 2030 = "5 TWh/yr" }
to = 2029
"#;
        insta::assert_snapshot!(rows(scenario, &["policy[ship", "tally[policy,ship"]), @"
        tally[policy,ship-or-pay,2025,year]: + 6.57 forward[pipe,c1,2025,base] - 6.57 backward[pipe,c1,2025,base] + 2.19 forward[pipe,c1,2025,peak] - 2.19 backward[pipe,c1,2025,peak] - 1 tally[policy,ship-or-pay,2025,year] = 0
        policy[ship-or-pay,2025,min] (links days): + 1 tally[policy,ship-or-pay,2025,year] >= 4
        ");
    }
}
