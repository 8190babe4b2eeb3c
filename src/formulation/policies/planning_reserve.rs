//! **Planning reserve.** Firm capacity exceeds the peak of demand by a margin:
//!
//! ```text
//! Σ_p credit(p,y) · capacity(p,y) + Σ_l credit(l) · capacity(l,y) ≥ (1 + margin(y)) · peak(y)
//! peak(y) = max_b Σ_d demand(d,y,b)
//! ```
//!
//! The peak is that of the exogenous demands of all zones together, hour by hour of their profiles.

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::ColumnKey;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::PlanningReserve { commodity, zones, margin, links } = &policy.rule else { continue };
        for year in ctx.years() {
            let mut terms = Vec::new();
            for process in ctx.model.processes.values() {
                let fleet = &ctx.model.fleets[process.fleet];
                let credit = fleet.capacity_credit[year];
                if credit > 0.0 && zones.contains(&process.zone) && process.supplies(*commodity) {
                    let column = draft.program.column(ColumnKey::Capacity(process.fleet, year));
                    terms.extend(column.map(|column| (column, credit)));
                }
            }
            for &(link, credit) in links {
                let fleet = ctx.model.links[link].fleet;
                terms.extend(draft.program.column(ColumnKey::Capacity(fleet, year)).map(|column| (column, credit)));
            }
            let Some(margin) = margin[year] else { continue };
            let needed = (1.0 + margin) * peak(ctx, *commodity, zones, year);
            let limits = Limits {
                min: ctx.years().map(|y| (y == year).then_some(needed)).collect(),
                max: ctx.years().map(|_| None).collect(),
            };
            limit::add(ctx, draft, id, year, Block::Horizon, &limits, &Counted { terms, constant: 0.0 });
        }
    }
}

/// Highest coincident demand, GW or kt/h.
fn peak(ctx: &Context, commodity: CommodityId, zones: &[ZoneId], year: YearId) -> f64 {
    let demands =
        ctx.model.demands.values().filter(|d| d.commodity == commodity && zones.contains(&d.zone)).collect::<Vec<_>>();
    let hours = demands.iter().map(|d| profile_len(ctx.model, d)).max().unwrap_or(1);
    (0..hours)
        .map(|hour| demands.iter().map(|d| d.annual[year] * 1000.0 / HOURS_PER_YEAR * shape(ctx, d, hour)).sum())
        .fold(0.0, f64::max)
}

fn profile_len(model: &Model, demand: &Demand) -> usize {
    demand.profile.map_or(1, |profile| match &model.profiles[profile].values {
        ProfileValues::Hourly(values) | ProfileValues::Slices(values) => values.len().max(1),
    })
}

fn shape(ctx: &Context, demand: &Demand, hour: usize) -> f64 {
    let Some(profile) = demand.profile else { return 1.0 };
    let (ProfileValues::Hourly(values) | ProfileValues::Slices(values)) = &ctx.model.profiles[profile].values;
    let mean = ctx.grid.means[profile];
    match values.get(hour % values.len().max(1)) {
        Some(value) if mean != 0.0 => value / mean,
        _ => 1.0,
    }
}
