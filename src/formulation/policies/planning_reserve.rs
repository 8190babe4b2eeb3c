//! **Planning reserve.** Firm capacity exceeds the [peak load](super::peak) by a margin:
//!
//! ```text
//! Σ_p credit(p,y) · firm(p,y) + Σ_l credit(l) · capacity(l,y) ≥ (1 + margin(y)) · peak(y)
//! ```
//!
//! The plants are those that give the commodity in some zones, or those that are named. With `peak = "supply"` the peak is the highest rate at
//! which technologies give the commodity in any step of its balance, whoever takes it: `peak(y) ≥ Σ_p supply(p,y,b)`.
//!
//! A plant's capacity is firm; a store's power is as far as its tank lasts for the hours `h` that a peak takes:
//!
//! ```text
//! firm(p,y) ≤ capacity(p,y),    firm(p,y) ≤ tank(p,y) / h
//! ```

use super::super::book::{Basis, Counted};
use super::super::context::Context;
use super::super::dispatch::storage::{limit_to, tank};
use super::super::draft::Draft;
use super::super::investment::capacity::fleet_capacity;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::Block;
use super::{limit, peak};
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::PlanningReserve { commodity, zones, peak: of, processes, margin, links } = &policy.rule else {
            continue;
        };
        let inflexible = peak::inflexible(ctx, *commodity, zones);
        let gives = |p: &ProcessId| {
            zones.contains(&ctx.model.processes[*p].zone) && ctx.model.processes[*p].supplies(*commodity)
        };
        let plants = processes.clone().unwrap_or_else(|| ctx.model.processes.ids().filter(gives).collect());
        for year in ctx.years() {
            let Some(margin) = margin[year] else { continue };
            // What is firm belongs to investment, and is the same whatever years the program covers.
            let firm = all_firm(ctx, draft, id, (&plants, links), year);
            let known = match of {
                PeakOf::Load => peak::of_demand(ctx, *commodity, zones, year),
                PeakOf::Supply => 0.0,
            };
            let part = match of {
                PeakOf::Load => peak::Part::Load(&inflexible),
                PeakOf::Supply => peak::Part::Supply,
            };
            // A peak that is a number leaves the rule to investment alone; one that is decided is known in its year.
            let (block, limit, basis) = if *of == PeakOf::Load && inflexible.is_empty() {
                (Block::Horizon, (1.0 + margin) * known, Basis::Amount)
            } else if ctx.covers(year) {
                let peak = peak::add(ctx, draft, id, (*commodity, zones, part), year, known);
                (Block::Year(year), 1.0 + margin, Basis::TimesOf(peak))
            } else {
                continue;
            };
            limit::hold(ctx, draft, (id, year, block), false, limit, basis, firm);
        }
    }
}

/// Firm capacity of all plants and links that count.
fn all_firm(
    ctx: &Context,
    draft: &mut Draft,
    policy: PolicyId,
    (plants, links): (&[ProcessId], &[(LinkId, f64)]),
    year: YearId,
) -> Counted {
    let mut counted = Counted::default();
    for &p in plants {
        let credit = ctx.model.fleets[ctx.model.processes[p].fleet].capacity_credit[year];
        if credit > 0.0 {
            counted.add(&firm(ctx, draft, policy, p, year).scaled(credit));
        }
    }
    for &(link, credit) in links {
        counted.add(&fleet_capacity(&draft.program, ctx.model.links[link].fleet, year).scaled(credit));
    }
    counted
}

/// Capacity of a process that can be counted on through a peak.
fn firm(ctx: &Context, draft: &mut Draft, policy: PolicyId, id: ProcessId, year: YearId) -> Counted {
    let process = &ctx.model.processes[id];
    let capacity = fleet_capacity(&draft.program, process.fleet, year);
    let Some(storage) = &process.storage else { return capacity };
    match storage.tank {
        Tank::Duration(hours) => capacity.scaled((hours / storage.firm_hours).min(1.0)),
        Tank::Sized(_) => {
            let key = ColumnKey::Firm(id, policy, year);
            let column = draft.program.add_column(key, Block::Horizon, 0.0, f64::INFINITY);
            let by_tank = tank(draft, process, storage, year).scaled(1.0 / storage.firm_hours);
            for (is_tank, most) in [(false, &capacity), (true, &by_tank)] {
                limit_to(draft, RowKey::Firm(id, policy, year, is_tank), Block::Horizon, &[(column, 1.0)], most);
            }
            Counted { terms: vec![(column, 1.0)], constant: 0.0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{PLANT, rows};

    /// 1.15 · 1.6 GW less half of the line. Two hours count half, and the battery as far as its tank lasts for four.
    #[test]
    fn firm_capacity_covers_the_peak() {
        let scenario = PLANT.to_owned()
            + r#"
capacity-credit = 0.9
[technologies.battery]
zones = ["a"]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
capacity-credit = 0.5
storage = { commodity = "electricity", energy-capital-cost = "100 USD/kWh" }
[technologies.flow]
zones = ["a"]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
capacity-credit = 0.5
storage = { commodity = "electricity", duration = "2 h" }
[links.line]
from = "b"
to = "a"
commodity = "electricity"
capacity = "0.4 GW"
[profiles.load]
slices = { base = 0.8, peak = 1.6 }
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
profile = "load"
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
zones = ["a"]
margin = 0.15
from = 2030
links = { line = 0.5 }
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy[reserve", "firm["]), @"
        firm[battery@a,reserve,2030,power]: - 1 capacity[battery@a,2030] + 1 firm[battery@a,reserve,2030] <= 0
        firm[battery@a,reserve,2030,tank]: - 0.25 capacity[battery@a:tank,2030] + 1 firm[battery@a,reserve,2030] <= 0
        policy[reserve,2030,min]: + 0.9 capacity[plant@a,2030] + 0.25 capacity[flow@a,2030] + 0.5 firm[battery@a,reserve,2030] >= 1.64
        ");
    }

    /// All that is given has a peak, whoever takes it; of what gives it, only the plant is named.
    #[test]
    fn supply_has_a_peak_too() {
        let scenario = PLANT.to_owned()
            + r#"
capacity-credit = 0.9
[commodities.heat]
[technologies.heater]
zones = ["a"]
inputs = { electricity = 0.5 }
outputs = "heat"
capacity = "2 GW"
early-retirement = false
[technologies.mine]
zones = ["a"]
outputs = "electricity"
capacity = "1 GW"
capacity-credit = 1
early-retirement = false
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
peak = "supply"
technologies = ["plant"]
zones = ["a"]
margin = 0.18
from = 2030
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy[reserve", "peak["]), @"
        peak[reserve,2030,base]: - 1 activity[plant@a,2030,base] - 1 activity[mine@a,2030,base] + 1 peak[reserve,2030] >= 0
        peak[reserve,2030,peak]: - 1 activity[plant@a,2030,peak] - 1 activity[mine@a,2030,peak] + 1 peak[reserve,2030] >= 0
        policy[reserve,2030,min]: + 0.9 capacity[plant@a,2030] - 1.18 peak[reserve,2030] >= 0
        ");
    }
}
