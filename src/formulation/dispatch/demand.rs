//! **Demand.** Exogenous use, and what of it is not met.
//!
//! ```text
//! use(b) += annual / 8760 h · profile(b) / mean(profile)
//! 0 ≤ unserved(z,c,y,b) ≤ demand(b)        where the commodity states a cost for it
//! ```

use super::super::book::{Component, Holder};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::ColumnKey;
use crate::model::*;
use crate::time::Bucket;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for id in ctx.model.demands.ids() {
            add_demand(ctx, draft, id, year);
        }
        for zone in ctx.model.zones.ids() {
            for commodity in ctx.model.commodities.ids() {
                add_unserved(ctx, draft, (zone, commodity), year);
            }
        }
    }
}

/// Rate of a demand during a bucket, GW or kt/h.
pub fn rate(ctx: &Context, demand: &Demand, year: YearId, bucket: Bucket) -> f64 {
    let mean = demand.profile.map_or(1.0, |profile| ctx.grid.means[profile]);
    let shape = if mean == 0.0 { 1.0 } else { ctx.grid.profile(demand.profile, bucket) / mean };
    demand.annual[year] * 1000.0 / HOURS_PER_YEAR * shape
}

fn add_demand(ctx: &Context, draft: &mut Draft, id: DemandId, year: YearId) {
    let demand = &ctx.model.demands[id];
    let holder = Holder::Demand(id);
    let commodity = &ctx.model.commodities[demand.commodity];
    for bucket in ctx.grid.buckets(commodity.resolution) {
        let rate = rate(ctx, demand, year, bucket);
        draft.flow((demand.zone, demand.commodity), (year, bucket), holder, None, -rate);
        for (pollutant, factor) in &demand.emissions {
            draft.release((demand.zone, *pollutant), (year, bucket), holder, None, rate * factor[year]);
        }
        if let Some(price) = &commodity.price {
            let cost = rate * price[demand.zone][year] * ctx.amount(bucket);
            draft.yearly_cost(ctx, holder, Component::Fuel, year, None, cost);
        }
    }
}

fn add_unserved(ctx: &Context, draft: &mut Draft, at: (ZoneId, CommodityId), year: YearId) {
    let (zone, commodity) = at;
    let c = &ctx.model.commodities[commodity];
    let Some(price) = c.unserved_cost.filter(|_| c.price.is_none()) else { return };
    let here: Vec<(DemandId, &Demand)> =
        ctx.model.demands.iter().filter(|(_, d)| d.zone == zone && d.commodity == commodity).collect();
    for bucket in ctx.grid.buckets(c.resolution) {
        let total: f64 = here.iter().map(|(_, d)| rate(ctx, d, year, bucket)).sum();
        if total > 0.0 {
            let column = draft.rate(ctx, ColumnKey::Unserved(zone, commodity, year, bucket), year, bucket, total);
            let holder = Holder::Unserved(zone, commodity);
            draft.flow(at, (year, bucket), holder, Some(column), 1.0);
            // What is not met is not burnt either: each demand by its part.
            for &(id, demand) in &here {
                let part = rate(ctx, demand, year, bucket) / total;
                for (pollutant, factor) in &demand.emissions {
                    let release = -part * factor[year];
                    draft.release((zone, *pollutant), (year, bucket), Holder::Demand(id), Some(column), release);
                }
            }
            draft.rate_cost(ctx, holder, Component::Unserved, (year, bucket), column, price);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::rows;

    /// 1 GW on average with a mean shape of 1: 0.8 and 1.6 GW.
    #[test]
    fn demand_has_a_shape_and_may_go_unserved_at_a_cost() {
        let scenario = r#"
[commodities.heat]
unserved-cost = "1000 USD/MWh"
[profiles.load]
slices = { base = 0.8, peak = 1.6 }
[demands.load]
zone = "a"
commodity = "heat"
annual = { 2025 = "8.76 TWh", 2030 = "17.52 TWh" }
profile = "load"
"#;
        insta::assert_snapshot!(rows(scenario, &["balance[", "0 <= unserved", "+ "]), @"
        + 32850 unserved[heat@a,2025,base]
        + 10950 unserved[heat@a,2025,peak]
        + 32850 unserved[heat@a,2030,base]
        + 10950 unserved[heat@a,2030,peak]
        balance[heat@a,2025,base]: + 1 unserved[heat@a,2025,base] >= 0.8
        balance[heat@a,2025,peak]: + 1 unserved[heat@a,2025,peak] >= 1.6
        balance[heat@a,2030,base]: + 1 unserved[heat@a,2030,base] >= 1.6
        balance[heat@a,2030,peak]: + 1 unserved[heat@a,2030,peak] >= 3.2
        0 <= unserved[heat@a,2025,base] <= 0.8
        0 <= unserved[heat@a,2025,peak] <= 1.6
        0 <= unserved[heat@a,2030,base] <= 1.6
        0 <= unserved[heat@a,2030,peak] <= 3.2
        ");
    }
}
