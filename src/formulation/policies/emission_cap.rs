//! **Emission cap.** Net emissions of a year stay within limits.
//!
//! ```text
//! min(y) ≤ Σ_{releases in scope} weight · hours(b) · release(b) ≤ max(y)          in Mt a year
//! ```
//!
//! Removals count negative. The row ties the days of a year together; its dual is the carbon price.

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::keys::Sum;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::EmissionCap { scope, limits } = &policy.rule else { continue };
        for year in ctx.covered().filter(|&y| limit::holds(limits, y)) {
            let (terms, constant) = released(ctx, draft, scope, year);
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            limit::add(ctx, draft, id, year, Block::Year(year), limits, &Counted { terms, constant });
        }
    }
}

/// Emissions in scope in a year, Mt: terms by bucket, and a constant.
pub fn released(ctx: &Context, draft: &Draft, scope: &EmissionScope, year: YearId) -> (BucketTerms, f64) {
    let mut terms = BucketTerms::new();
    let mut constant = 0.0;
    for posting in draft.book.releases.iter().filter(|posting| posting.year == year) {
        let weight = scope.weight(posting.pollutant, posting.zone, posting.holder.sector(ctx.model));
        if weight == 0.0 {
            continue;
        }
        let amount = weight * posting.rate.factor * ctx.amount(posting.bucket);
        match posting.rate.column {
            Some(column) => terms.push((posting.bucket, column, amount)),
            None => constant += amount,
        }
    }
    (terms, constant)
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// 0.2 / 0.5 = 0.4 t/MWh; the 5 TWh burnt in b release 1 Mt whatever happens. Five years of 500 USD/t for what is above.
    #[test]
    fn what_is_released_stays_below_the_cap() {
        let scenario = BURNER.to_owned()
            + r#"
[demands.burners]
zone = "b"
commodity = "fuel"
annual = "5 TWh"
combustion = true
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = { 2025 = "5 Mt/yr", 2030 = "3 Mt/yr" }
from = 2030
slack-cost = "500 USD/t"
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy[", "0 <= slack", "+ 2500"]), @"
        + 2500 slack[cap,2030,max]
        policy[cap,2030,max] (links days): + 2.628 activity[plant@a,2030,base] + 0.876 activity[plant@a,2030,peak] - 1 slack[cap,2030,max] <= 2
        0 <= slack[cap,2030,max] <= inf
        ");
    }
}
