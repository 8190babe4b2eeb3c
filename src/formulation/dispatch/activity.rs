//! **Activity within available capacity.**
//!
//! For every unit `u` that is dispatched, year `y` and bucket `b` of its process' resolution:
//!
//! ```text
//! min(b) · capacity(u,y) ≤ Σ_m activity(u,m,y,b) ≤ availability(b) · capacity(u,y)
//! ```
//!
//! with one term per mode `m`. A unit with one mode needs a single row: its must-run part stands directly on the capacity,
//! and the column holds what is above it,
//!
//! ```text
//! activity = min(b) · capacity + above,    0 ≤ above ≤ (availability(b) − min(b)) · capacity
//! ```
//!
//! and where capacity is fixed both are bounds of the column and take no row at all. Every unit of activity takes, gives,
//! releases and costs what its mode says.
//!
//! A process may be dispatched in coarser steps than a commodity of its balances in: vehicles that charge by day, works that run evenly.
//! Its flow in a step `s` of the balance then follows a shape within the step `b` of operation:
//!
//! ```text
//! flow(s) = ratio · activity(b) · shape(s) / mean of shape over b
//! ```

use super::super::book::{Component, CostPosting, Counted, Holder};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::capacity::unit_capacity;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Program, Sense};
use super::super::unit::UnitId;
use crate::model::*;
use crate::time::Bucket;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for unit in ctx.units.ids().filter(|unit| !ctx.must_take.contains(unit)) {
            if !ctx.is_alive(unit, year) {
                continue;
            }
            let capacity = unit_capacity(ctx, &draft.program, unit, year);
            if capacity.is_nothing() {
                continue;
            }
            for bucket in ctx.grid.buckets(ctx.process(unit).resolution) {
                add_bucket(ctx, draft, unit, (year, bucket), &capacity);
            }
        }
    }
}

/// Greatest and least activity per unit of capacity in a bucket. An outage comes before a must-run.
pub fn range(ctx: &Context, process: &Process, (year, bucket): (YearId, Bucket)) -> (f64, f64) {
    let factor = |a: &Availability| a.factor[year] * ctx.grid.profile(a.profile(year), bucket);
    let most = factor(&process.availability).max(0.0);
    (most, process.min_activity.as_ref().map_or(0.0, factor).min(most))
}

/// Whether the must-run part of a unit stands on its capacity rather than in a row.
fn is_min_on_capacity(process: &Process, capacity: &Counted) -> bool {
    process.min_activity.is_some() && process.modes.len() == 1 && !capacity.terms.is_empty()
}

fn add_bucket(ctx: &Context, draft: &mut Draft, unit: UnitId, when: (YearId, Bucket), capacity: &Counted) {
    let process = ctx.process(unit);
    let (year, bucket) = when;
    let (most, least) = range(ctx, process, when);
    if most <= 0.0 {
        return;
    }
    let block = Draft::block(ctx, year, bucket);
    let bounded = capacity.terms.is_empty() && process.modes.len() == 1;
    let on_capacity = is_min_on_capacity(process, capacity);
    let (lower, upper) =
        if bounded { (least * capacity.constant, most * capacity.constant) } else { (0.0, f64::INFINITY) };
    let mut total = Vec::with_capacity(process.modes.len());
    for (number, mode) in process.modes.iter().enumerate() {
        if on_capacity && least > 0.0 {
            let must_run = capacity.scaled(least);
            book(ctx, draft, unit, mode, when, &must_run);
        }
        if on_capacity && most <= least {
            return;
        }
        let key = ColumnKey::Activity(unit, u8::try_from(number).unwrap_or(u8::MAX), year, bucket);
        let column = draft.program.add_column(key, block, lower, upper);
        book(ctx, draft, unit, mode, when, &Counted { terms: vec![(column, 1.0)], constant: 0.0 });
        total.push((column, 1.0));
    }
    if bounded {
        return;
    }
    let mut against = |key: RowKey, factor: f64, sense: Sense| {
        let terms: Vec<_> = total.iter().copied().chain(capacity.scaled(-factor).terms).collect();
        draft.program.add_row(key, block, &terms, sense, factor * capacity.constant);
    };
    let above = if on_capacity { most - least } else { most };
    against(RowKey::Availability(unit, year, bucket), above, Sense::Le);
    if least > 0.0 && !on_capacity {
        against(RowKey::MinActivity(unit, year, bucket), least, Sense::Ge);
    }
}

/// Activity of a unit in a bucket, its must-run part included.
pub fn total(ctx: &Context, program: &Program, unit: UnitId, (year, bucket): (YearId, Bucket)) -> Counted {
    let process = ctx.process(unit);
    let capacity = unit_capacity(ctx, program, unit, year);
    let mut total = Counted::default();
    if is_min_on_capacity(process, &capacity) {
        total = capacity.scaled(range(ctx, process, (year, bucket)).1);
    }
    for mode in 0..process.modes.len() {
        let key = ColumnKey::Activity(unit, u8::try_from(mode).unwrap_or(u8::MAX), year, bucket);
        total.terms.extend(program.column(key).map(|column| (column, 1.0)));
    }
    total
}

/// Books what activity in a mode takes, gives, releases and costs.
fn book(ctx: &Context, draft: &mut Draft, unit: UnitId, mode: &Mode, when: (YearId, Bucket), activity: &Counted) {
    let u = &ctx.units[unit];
    let zone = ctx.model.processes[u.process].zone;
    let holder = Holder::Process(u.process);
    let (year, bucket) = when;
    let parts = || activity.terms.iter().map(|&(column, part)| (Some(column), part)).chain([(None, activity.constant)]);
    let mut fuel = 0.0;
    for flow in &mode.flows {
        let ratio = ctx.ratio(unit, flow, year);
        for (step, shape) in steps(ctx, ctx.process(unit), flow.commodity, bucket) {
            for (column, part) in parts() {
                draft.flow((zone, flow.commodity), (year, step), holder, column, part * ratio * shape);
            }
        }
        if let Some(price) = &ctx.model.commodities[flow.commodity].price {
            fuel -= ratio * price[zone][year];
        }
    }
    for (pollutant, factor) in &mode.emissions {
        for (column, part) in parts() {
            draft.release((zone, *pollutant), when, holder, column, part * factor[ctx.coefficients(unit, year)]);
        }
    }
    for (component, price) in [(Component::Variable, mode.variable_cost[year]), (Component::Fuel, fuel)] {
        for (column, part) in parts() {
            let annual = price * part * ctx.amount(bucket);
            let discounted = ctx.discounted(year, annual);
            draft.charge(ctx, CostPosting { holder, component, year, column, annual, discounted });
        }
    }
}

/// Steps of a commodity's balance within a step of operation, and the rate in each over the mean rate.
fn steps(ctx: &Context, process: &Process, commodity: CommodityId, bucket: Bucket) -> Vec<(Bucket, f64)> {
    let commodity = &ctx.model.commodities[commodity];
    if commodity.resolution >= process.resolution || commodity.price.is_some() {
        return vec![(bucket, 1.0)];
    }
    let mean = ctx.grid.profile(process.shape, bucket);
    // Where the shape is nothing throughout, it says nothing.
    let rate = |step: Bucket| if mean > 0.0 { ctx.grid.profile(process.shape, step) / mean } else { 1.0 };
    let steps = ctx.grid.parts(bucket, commodity.resolution).into_iter();
    steps.map(|(step, _)| (step, rate(step))).filter(|&(_, rate)| rate != 0.0).collect()
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{PLANT, rows};

    /// Fuel at 10 USD/MWh and efficiency 0.5, and 3 USD/MWh: 23 USD/MWh over five years of 6570 and 2190 hours.
    #[test]
    fn activity_stays_within_available_capacity() {
        let scenario = PLANT.to_owned()
            + r#"
availability = 0.9
"#;
        insta::assert_snapshot!(rows(&scenario, &["availability[", "+ "]), @"
        + 500 build[plant@a,2025]
        + 250 build[plant@a,2030]
        + 100 capacity[plant@a,2025]
        + 100 capacity[plant@a,2030]
        + 755.55 activity[plant@a,2025,base]
        + 251.85 activity[plant@a,2025,peak]
        + 755.55 activity[plant@a,2030,base]
        + 251.85 activity[plant@a,2030,peak]
        availability[plant@a,2025,base]: - 0.9 capacity[plant@a,2025] + 1 activity[plant@a,2025,base] <= 0
        availability[plant@a,2025,peak]: - 0.9 capacity[plant@a,2025] + 1 activity[plant@a,2025,peak] <= 0
        availability[plant@a,2030,base]: - 0.9 capacity[plant@a,2030] + 1 activity[plant@a,2030,base] <= 0
        availability[plant@a,2030,peak]: - 0.9 capacity[plant@a,2030] + 1 activity[plant@a,2030,peak] <= 0
        ");
    }

    /// What is above the must-run part has 0.65 of capacity left; the must-run part itself is in the balance.
    #[test]
    fn must_run_stands_on_the_capacity() {
        let scenario = PLANT.to_owned()
            + r#"
availability = 0.9
min-activity = 0.25
"#;
        insta::assert_snapshot!(rows(&scenario, &["availability[", "min_activity[", "balance["]), @"
        availability[plant@a,2025,base]: - 0.65 capacity[plant@a,2025] + 1 activity[plant@a,2025,base] <= 0
        availability[plant@a,2025,peak]: - 0.65 capacity[plant@a,2025] + 1 activity[plant@a,2025,peak] <= 0
        availability[plant@a,2030,base]: - 0.65 capacity[plant@a,2030] + 1 activity[plant@a,2030,base] <= 0
        availability[plant@a,2030,peak]: - 0.65 capacity[plant@a,2030] + 1 activity[plant@a,2030,peak] <= 0
        balance[electricity@a,2025,base]: + 0.25 capacity[plant@a,2025] + 1 activity[plant@a,2025,base] >= 0
        balance[electricity@a,2025,peak]: + 0.25 capacity[plant@a,2025] + 1 activity[plant@a,2025,peak] >= 0
        balance[electricity@a,2030,base]: + 0.25 capacity[plant@a,2030] + 1 activity[plant@a,2030,base] >= 0
        balance[electricity@a,2030,peak]: + 0.25 capacity[plant@a,2030] + 1 activity[plant@a,2030,peak] >= 0
        ");
    }

    /// A day's charging, once even and once at the peak, which is a quarter of it.
    #[test]
    fn operation_by_day_follows_a_shape() {
        let scenario = r#"
[commodities.travel]
resolution = "day"
[technologies.even]
zones = ["a"]
inputs = { electricity = 2 }
outputs = "travel"
capacity = "1 GW"
operation = "day"
[profiles.evening]
slices = { base = 0, peak = 0.5 }
[technologies.late]
zones = ["a"]
inputs = { electricity = 2 }
outputs = "travel"
capacity = "1 GW"
operation = "day"
operation-profile = "evening"
"#;
        insta::assert_snapshot!(rows(scenario, &["balance[electricity@a,2025", "balance[travel@a,2025"]), @"
        balance[electricity@a,2025,base]: - 2 activity[even@a,2025,year] >= 0
        balance[electricity@a,2025,peak]: - 2 activity[even@a,2025,year] - 8 activity[late@a,2025,year] >= 0
        balance[travel@a,2025,year]: + 1 activity[even@a,2025,year] + 1 activity[late@a,2025,year] >= 0
        ");
    }

    #[test]
    fn modes_share_the_capacity() {
        let scenario = r#"
[technologies.plant]
zones = ["a"]
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
min-activity = 0.25
[technologies.plant.modes.clean]
outputs = "electricity"
[technologies.plant.modes.dirty]
inputs = { fuel = 1 }
outputs = "electricity"
"#;
        insta::assert_snapshot!(rows(scenario, &["availability[", "min_activity["]), @"
        availability[plant@a,2025,base]: - 1 capacity[plant@a,2025] + 1 activity[plant@a,2025,base] + 1 activity[plant@a,m1,2025,base] <= 0
        min_activity[plant@a,2025,base]: - 0.25 capacity[plant@a,2025] + 1 activity[plant@a,2025,base] + 1 activity[plant@a,m1,2025,base] >= 0
        availability[plant@a,2025,peak]: - 1 capacity[plant@a,2025] + 1 activity[plant@a,2025,peak] + 1 activity[plant@a,m1,2025,peak] <= 0
        min_activity[plant@a,2025,peak]: - 0.25 capacity[plant@a,2025] + 1 activity[plant@a,2025,peak] + 1 activity[plant@a,m1,2025,peak] >= 0
        availability[plant@a,2030,base]: - 1 capacity[plant@a,2030] + 1 activity[plant@a,2030,base] + 1 activity[plant@a,m1,2030,base] <= 0
        min_activity[plant@a,2030,base]: - 0.25 capacity[plant@a,2030] + 1 activity[plant@a,2030,base] + 1 activity[plant@a,m1,2030,base] >= 0
        availability[plant@a,2030,peak]: - 1 capacity[plant@a,2030] + 1 activity[plant@a,2030,peak] + 1 activity[plant@a,m1,2030,peak] <= 0
        min_activity[plant@a,2030,peak]: - 0.25 capacity[plant@a,2030] + 1 activity[plant@a,2030,peak] + 1 activity[plant@a,m1,2030,peak] >= 0
        ");
    }

    /// Fuel for 2 and then 1.5 units, whenever the plant was built.
    #[test]
    fn coefficients_may_be_those_of_the_year_of_operation() {
        let scenario = r#"
[commodities.heat]
[technologies.plant]
zones = ["a"]
inputs = { heat = { 2025 = 2, 2030 = 1.5 } }
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
coefficients = "operation"
"#;
        insta::assert_snapshot!(rows(scenario, &["balance[heat@a,2025,base", "balance[heat@a,2030,base"]), @"
        balance[heat@a,2025,base]: - 2 activity[plant@a,2025,base] >= 0
        balance[heat@a,2030,base]: - 1.5 activity[plant@a,2030,base] >= 0
        ");
    }
}
