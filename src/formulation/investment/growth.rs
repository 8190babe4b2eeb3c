//! **Growth of building.** A new industry takes time to grow.
//!
//! ```text
//! build(f,y)/n(y) ≤ (1 + g)^(y − y') · built(f,y')/n(y') + seed
//! ```
//!
//! for the milestone year `y'` before `y`, with `n` the years of a period. `built` counts committed plants, in the milestone
//! year in which they first stand, as well as new ones, so that what is under way carries the growth that follows it. In the first milestone year only the seed
//! counts. Where `(1 + g)^(y − y')` is beyond a million, building is as good as free and takes no row.

use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Program, Sense};
use crate::model::*;

/// Factor from one milestone year to the next above which growth limits nothing; the solver's accuracy would drown in it.
const ENDLESS: f64 = 1e6;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, fleet) in ctx.model.fleets.iter() {
        let Some(Growth { rate, seed }) = fleet.investment.as_ref().and_then(|terms| terms.growth.clone()) else {
            continue;
        };
        for year in ctx.years() {
            limit(ctx, &mut draft.program, RowKey::Growth(id, year), &[id], year, (rate, seed));
        }
    }
}

/// Growth from one calendar year to another at a yearly rate; `None` where it is as good as endless.
pub fn factor(rate: f64, from: i32, to: i32) -> Option<f64> {
    let factor = (1.0 + rate).powi(to - from);
    (factor <= ENDLESS).then_some(factor)
}

/// Limits the yearly building of some fleets together.
pub fn limit(
    ctx: &Context,
    program: &mut Program,
    key: RowKey,
    fleets: &[FleetId],
    year: YearId,
    (rate, seed): (f64, f64),
) {
    let (mut terms, _) = built_per_year(ctx, program, fleets, year);
    if terms.is_empty() {
        return;
    }
    let mut allowed = seed;
    if let Some(before) = ctx.before(year) {
        let Some(factor) = factor(rate, ctx.model.horizon[before].year, ctx.model.horizon[year].year) else { return };
        let (earlier, committed) = built_per_year(ctx, program, fleets, before);
        terms.extend(earlier.into_iter().map(|(column, part)| (column, -factor * part)));
        allowed += factor * committed;
    }
    program.add_row(key, Block::Horizon, &terms, Sense::Le, allowed);
}

/// New capacity per year in the period of `year` as terms, and as a constant that of committed plants that first stand then.
pub fn built_per_year(ctx: &Context, program: &Program, fleets: &[FleetId], year: YearId) -> (Vec<(ColId, f64)>, f64) {
    let years = ctx.model.horizon[year].length();
    let terms = fleets
        .iter()
        .filter_map(|&fleet| program.column(ColumnKey::Build(fleet, year)))
        .map(|column| (column, 1.0 / years))
        .collect();
    let committed =
        fleets.iter().flat_map(|&fleet| ctx.committed(fleet, year)).map(|asset| asset.capacity / years).sum();
    (terms, committed)
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::rows;

    /// 21^5 is above four million: from one period to the next building is as good as free.
    #[test]
    fn growth_without_end_takes_no_row() {
        let scenario = r#"
[technologies.plant]
zones = ["a"]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
growth-rate = 20
growth-seed = "0.2 GW/yr"
"#;
        insta::assert_snapshot!(rows(scenario, &["growth["]), @"growth[plant@a,2025]: + 0.2 build[plant@a,2025] <= 0.2");
    }

    /// 1.1^5 = 1.61051. The committed GW first stands in 2030, and carries no growth before.
    #[test]
    fn building_grows_from_what_was_built_before() {
        let scenario = r#"
[technologies.plant]
zones = ["a"]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
growth-rate = "10 %"
growth-seed = "0.2 GW/yr"
[assets.committed]
technology = "plant"
zone = "a"
capacity = "1 GW"
commissioned = 2026
"#;
        insta::assert_snapshot!(rows(scenario, &["growth["]), @"
        growth[plant@a,2025]: + 0.2 build[plant@a,2025] <= 0.2
        growth[plant@a,2030]: - 0.322102 build[plant@a,2025] + 0.2 build[plant@a,2030] <= 0.2
        ");
    }
}
