//! **Trade limit.** Yearly volume of some markets together:
//!
//! ```text
//! min(y) ≤ Σ_m Σ_b hours(b) · traded(m,y,b) ≤ max(y)          in TWh or Mt a year
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
        let Rule::TradeLimit { markets, limits } = &policy.rule else { continue };
        for year in ctx.covered().filter(|&y| limit::holds(limits, y)) {
            let mut terms = BucketTerms::new();
            for &market in markets {
                let resolution = ctx.model.commodities[ctx.model.markets[market].commodity].resolution;
                for bucket in ctx.grid.buckets(resolution) {
                    let column = draft.program.column(ColumnKey::Traded(market, year, bucket));
                    terms.extend(column.map(|column| (bucket, column, ctx.amount(bucket))));
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

    #[test]
    fn markets_share_a_limit() {
        let scenario = r#"
[markets.east]
zone = "a"
commodity = "electricity"
trade = "import"
price = "50 USD/MWh"
[markets.west]
zone = "b"
commodity = "electricity"
trade = "import"
price = "40 USD/MWh"
[policies.quota]
kind = "trade-limit"
markets = ["*"]
max = "6 TWh/yr"
"#;
        insta::assert_snapshot!(rows(scenario, &["policy[quota,2025"]), @"policy[quota,2025,max] (links days): + 1 tally[policy,quota,2025,year] <= 6");
    }
}
