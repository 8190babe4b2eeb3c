//! **Activity within available capacity.**
//!
//! For every unit `u` that is dispatched, year `y` and bucket `b` of its process' resolution:
//!
//! ```text
//! min(b) · capacity(u,y) ≤ Σ_m activity(u,m,y,b) ≤ availability(b) · capacity(u,y)
//! ```
//!
//! with one term per mode `m`. Where capacity is fixed and there is one mode, both are bounds of the column and take no
//! row. Every mode's flows, releases and running costs are booked per unit of activity.

use super::super::book::{Component, Holder};
use super::super::context::{Context, UnitId};
use super::super::draft::Draft;
use super::super::investment::capacity::unit_capacity;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{ColId, Sense};
use crate::model::*;
use crate::time::Bucket;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.years() {
        for unit in ctx.units.ids().filter(|unit| !ctx.must_take.contains(unit)) {
            if !ctx.is_alive(unit, year) {
                continue;
            }
            let (capacity, fixed) = unit_capacity(ctx, &draft.program, unit, year);
            if capacity.is_empty() && fixed == 0.0 {
                continue;
            }
            for bucket in ctx.grid.buckets(ctx.process(unit).resolution) {
                add_bucket(ctx, draft, unit, (year, bucket), &capacity, fixed);
            }
        }
    }
}

fn add_bucket(
    ctx: &Context,
    draft: &mut Draft,
    unit: UnitId,
    when: (YearId, Bucket),
    capacity: &[(ColId, f64)],
    fixed: f64,
) {
    let process = ctx.process(unit);
    let (year, bucket) = when;
    let most = process.availability.factor[year] * ctx.grid.profile(process.availability.profile, bucket);
    let least = process
        .min_activity
        .as_ref()
        .map_or(0.0, |min| min.factor[year] * ctx.grid.profile(min.profile, bucket))
        // An outage comes before a must-run.
        .min(most);
    if most <= 0.0 {
        return;
    }
    let bounded = capacity.is_empty() && process.modes.len() == 1;
    let (lower, upper) = if bounded { (least * fixed, most * fixed) } else { (0.0, f64::INFINITY) };
    let block = Draft::block(ctx, year, bucket);
    let mut total = Vec::with_capacity(process.modes.len() + capacity.len());
    for (number, mode) in process.modes.iter().enumerate() {
        let key = ColumnKey::Activity(unit, u8::try_from(number).unwrap_or(u8::MAX), year, bucket);
        let column = draft.program.add_column(key, block, lower, upper);
        book(ctx, draft, unit, mode, when, column);
        total.push((column, 1.0));
    }
    if bounded {
        return;
    }
    let against = |factor: f64| {
        let within = capacity.iter().map(move |&(column, part)| (column, -factor * part));
        total.iter().copied().chain(within).collect::<Vec<_>>()
    };
    let key = RowKey::Availability(unit, year, bucket);
    draft.program.add_row(key, block, &against(most), Sense::Le, most * fixed);
    if least > 0.0 {
        let key = RowKey::MinActivity(unit, year, bucket);
        draft.program.add_row(key, block, &against(least), Sense::Ge, least * fixed);
    }
}

/// Books what one unit of activity in a mode takes, gives, releases and costs.
fn book(ctx: &Context, draft: &mut Draft, unit: UnitId, mode: &Mode, when: (YearId, Bucket), column: ColId) {
    let u = &ctx.units[unit];
    let zone = ctx.model.processes[u.process].zone;
    let holder = Holder::Process(u.process);
    let mut fuel = 0.0;
    for flow in &mode.flows {
        let ratio = ctx.ratio(unit, flow);
        draft.flow((zone, flow.commodity), when, holder, Some(column), ratio);
        if let Some(price) = &ctx.model.commodities[flow.commodity].price {
            fuel -= ratio * price[zone][when.0];
        }
    }
    for (pollutant, factor) in &mode.emissions {
        draft.release((zone, *pollutant), when, holder, Some(column), factor[u.coefficients]);
    }
    draft.rate_cost(ctx, holder, Component::Variable, when, column, mode.variable_cost[when.0]);
    draft.rate_cost(ctx, holder, Component::Fuel, when, column, fuel);
}
