//! **Capital.** What is built, and what is committed, is paid for: the charges of [`Discounting::capital`].
//!
//! ```text
//! objective += Σ_{f,v,s} financed(s,f,v) · Σ_y charge(K(f,v), i(s,v), first(v), y)     new capacity, from the first year of its period
//!            + Σ_{f,a} capacity(a) · Σ_y charge(K(a), i(f), first(a), y)               committed plants, a constant
//! ```
//!
//! at the cost of capital `i` of the source that finances it in the year of building, or of the fleet itself where no source may:
//! `financed` is then `build`. Committed plants are always paid for at the fleet's own,
//! from the first year of the period in which they first stand.
//!
//! [`Discounting::capital`]: super::super::discounting::Discounting::capital

use super::super::book::{Component, CostPosting};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::program::ColId;
use super::capacity::holder;
use super::financing::parts;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, fleet) in ctx.model.fleets.iter() {
        for built in ctx.years() {
            for asset in ctx.committed(id, built).filter(|asset| asset.capital_cost > 0.0) {
                let finance = Finance {
                    lifetime: f64::from(asset.retires) - f64::from(asset.commissioned),
                    economic_life: asset.economic_life,
                    cost_of_capital: fleet.finance.cost_of_capital,
                };
                let start = ctx.model.horizon[built].first;
                pay(ctx, draft, fleet, &finance, asset.capital_cost * asset.capacity, start, None);
            }
        }
        let Some(terms) = &fleet.investment else { continue };
        for built in ctx.years() {
            let start = ctx.model.horizon[built].first;
            for part in parts(ctx, &draft.program, id, built) {
                let source = part.source.map(|source| ctx.model.finance[source].terms(fleet, built));
                let finance = source.as_ref().unwrap_or(&fleet.finance);
                pay(ctx, draft, fleet, finance, terms.capital_cost[built], start, Some(part.column));
            }
        }
    }
}

fn pay(
    ctx: &Context,
    draft: &mut Draft,
    fleet: &Fleet,
    finance: &Finance,
    capital: f64,
    start: i32,
    column: Option<ColId>,
) {
    for charge in ctx.discounting.capital(finance, capital, start) {
        draft.charge(
            ctx,
            CostPosting {
                holder: holder(fleet),
                component: if charge.salvage { Component::Salvage } else { Component::Capital },
                year: charge.year,
                column,
                annual: charge.annual,
                discounted: charge.discounted,
            },
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::rows;

    /// Without interest 1000 USD/kW over 20 years are 50 a year: ten years of it for what is built for 2025, five years of 40 for
    /// 2030. 2 GW committed for 2027 at 920 USD/kW stand from 2030 and pay 92 a year for five years: the constant of 460.
    #[test]
    fn instalments_inside_the_horizon_count() {
        let scenario = r#"
[technologies.plant]
zones = ["a"]
outputs = "electricity"
capital-cost = { 2025 = "1000 USD/kW", 2030 = "800 USD/kW" }
lifetime = "20 yr"
[assets.committed]
technology = "plant"
zone = "a"
capacity = "2 GW"
commissioned = 2027
"#;
        insta::assert_snapshot!(rows(scenario, &["+ "]), @"
        + 500 build[plant@a,2025]
        + 200 build[plant@a,2030]
        + 460
        ");
    }
}
