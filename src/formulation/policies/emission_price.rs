//! **Emission price.** A payment on net emissions:
//!
//! ```text
//! objective += Σ_{releases in scope} price(y) · weight · hours(b) · release(b)
//! ```

use super::super::book::{Component, CostPosting};
use super::super::context::Context;
use super::super::draft::Draft;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for policy in ctx.model.policies.values() {
        let Rule::EmissionPrice { scope, price } = &policy.rule else { continue };
        let mut costs = Vec::new();
        for posting in &draft.book.releases {
            let sector = posting.holder.sector(ctx.model);
            let weight = scope.weight(posting.pollutant, posting.zone, sector);
            let annual = price[posting.year] * weight * posting.rate.factor * ctx.amount(posting.bucket);
            if annual != 0.0 {
                costs.push(CostPosting {
                    holder: posting.holder,
                    component: Component::Emissions,
                    year: posting.year,
                    column: posting.rate.column,
                    annual,
                    discounted: ctx.discounted(posting.year, annual),
                });
            }
        }
        for cost in costs {
            draft.charge(ctx, cost);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// Fuel for 20 USD/MWh and 0.4 t/MWh at 10 USD/t: 24 USD/MWh, five years, 6.57 and 2.19 thousand hours.
    #[test]
    fn emissions_are_paid_for() {
        let scenario = BURNER.to_owned()
            + r#"
[policies.tax]
kind = "emission-price"
pollutants = ["co2"]
price = "10 USD/t"
"#;
        insta::assert_snapshot!(rows(&scenario, &["+ "]), @"
        + 788.4 activity[plant@a,2025,base]
        + 262.8 activity[plant@a,2025,peak]
        + 788.4 activity[plant@a,2030,base]
        + 262.8 activity[plant@a,2030,peak]
        ");
    }
}
