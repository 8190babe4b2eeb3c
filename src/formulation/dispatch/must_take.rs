//! **Must-take output.** Units without running cost stand directly in the balance (see
//! [`unit::must_take`](super::super::unit::must_take)):
//!
//! ```text
//! supply(b) += availability(b) · capacity(u,y)
//! ```

use super::super::book::Holder;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::capacity::unit_capacity;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for &unit in &ctx.must_take {
            let process = ctx.process(unit);
            let Some(flow) = process.modes.first().and_then(|mode| mode.flows.first()) else { continue };
            let at = (process.zone, flow.commodity);
            let holder = Holder::Process(ctx.units[unit].process);
            let capacity = unit_capacity(ctx, &draft.program, unit, year);
            for bucket in ctx.grid.buckets(process.resolution) {
                let available = process.availability.factor[year]
                    * ctx.grid.profile(process.availability.profile(year), bucket)
                    * ctx.ratio(unit, flow, year);
                draft.flow(at, (year, bucket), holder, None, available * capacity.constant);
                for &(column, part) in &capacity.terms {
                    draft.flow(at, (year, bucket), holder, Some(column), available * part);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::rows;

    /// Half of 0.1 and 0.4 per unit of capacity, and no column or row of its own.
    #[test]
    fn sun_stands_directly_in_the_balance() {
        let scenario = r#"
[profiles.sun]
slices = { base = 0.1, peak = 0.4 }
[technologies.solar]
zones = ["a"]
outputs = "electricity"
profile = "sun"
availability = 0.5
capital-cost = "500 USD/kW"
lifetime = "30 yr"
[assets.park]
technology = "solar"
zone = "a"
capacity = "100 MW"
commissioned = 2020
retires = 2028
"#;
        insta::assert_snapshot!(rows(scenario, &["balance[", "0 <= activity", "availability"]), @"
        balance[electricity@a,2025,base]: + 0.05 capacity[solar@a,2025] >= 0
        balance[electricity@a,2025,peak]: + 0.2 capacity[solar@a,2025] >= 0
        balance[electricity@a,2030,base]: + 0.05 capacity[solar@a,2030] >= 0
        balance[electricity@a,2030,peak]: + 0.2 capacity[solar@a,2030] >= 0
        ");
    }
}
