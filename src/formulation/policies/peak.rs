//! **Peak load.** The load that has to be met whatever else happens, in the step of a year in which it is highest:
//!
//! ```text
//! peak(y) ≥ max_h Σ_d demand(d,y,h)                                   every hour h of the profiles
//! peak(y) ≥ Σ_d demand(d,y,b) + Σ_p use(p,y,b)                        every step b of the balance
//! ```
//!
//! `p` are the processes that take the commodity and can not be held back for an hour: those that are dispatched in coarser steps
//! than it balances in (heating by day, works that run evenly). What is dispatched in every step of the balance (electrolysers,
//! electric boilers) is interruptible, and stores and trade have their own place in a planning reserve. Where no such process is,
//! the peak is a number.
//!
//! Of two steps of a day one needs no row, if the other has as much demand and as much of every column.

use std::collections::{BTreeMap, BTreeSet};

use super::super::book::{Counted, FlowPosting, Holder};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Sense};
use crate::model::*;
use crate::time::Bucket;

/// Processes in some zones that take a commodity in steps coarser than its balance.
pub fn inflexible(ctx: &Context, commodity: CommodityId, zones: &[ZoneId]) -> BTreeSet<ProcessId> {
    let step = ctx.model.commodities[commodity].resolution;
    let takes = |flow: &Flow| flow.commodity == commodity && flow.ratio.values().any(|&ratio| ratio < 0.0);
    let is_inflexible = |process: &Process| {
        zones.contains(&process.zone)
            && process.storage.is_none()
            && process.resolution > step
            && process.modes.iter().flat_map(|mode| &mode.flows).any(takes)
    };
    ctx.model.processes.iter().filter(|(_, process)| is_inflexible(process)).map(|(id, _)| id).collect()
}

/// What of all flows makes up a peak.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// What demands take, and these processes.
    Load(&'a BTreeSet<ProcessId>),
    /// What processes give.
    Supply,
}

/// Adds the peak of a policy in a year that the program covers, GW or kt/h: the load of some zones and of the processes that can not
/// be held back, and at least `known`.
pub fn add(
    ctx: &Context,
    draft: &mut Draft,
    policy: PolicyId,
    of: (CommodityId, &[ZoneId], Part),
    year: YearId,
    known: f64,
) -> Counted {
    let peak = draft.program.add_column(ColumnKey::Peak(policy, year), Block::Year(year), known, f64::INFINITY);
    let mut by_day: BTreeMap<Block, Vec<(Bucket, Load)>> = BTreeMap::new();
    for (bucket, load) in loads(draft, of, year) {
        by_day.entry(Draft::block(ctx, year, bucket)).or_default().push((bucket, load));
    }
    for (block, loads) in by_day {
        for (bucket, load) in highest(loads) {
            let uses = load.uses.iter().map(|(&column, &taken)| (column, -taken));
            let terms: Vec<_> = [(peak, 1.0)].into_iter().chain(uses).collect();
            draft.program.add_row(RowKey::Peak(policy, year, bucket), block, &terms, Sense::Ge, load.demand);
        }
    }
    Counted { terms: vec![(peak, 1.0)], constant: 0.0 }
}

/// What is taken in a step: a constant, and so much per unit of some columns.
#[derive(Clone, Debug, Default, PartialEq)]
struct Load {
    demand: f64,
    uses: BTreeMap<ColId, f64>,
}

impl Load {
    /// Whether this is at least another whatever the columns (which are not negative) are.
    fn covers(&self, other: &Self) -> bool {
        self.demand >= other.demand
            && other.uses.iter().all(|(column, taken)| self.uses.get(column).is_some_and(|own| own >= taken))
    }
}

/// What demands, and processes that can not be held back, take in each step of a year; or what processes give.
fn loads(
    draft: &Draft,
    (commodity, zones, part): (CommodityId, &[ZoneId], Part),
    year: YearId,
) -> BTreeMap<Bucket, Load> {
    let mut loads: BTreeMap<Bucket, Load> = BTreeMap::new();
    let is_here = |at: &&FlowPosting| at.commodity == commodity && at.year == year && zones.contains(&at.zone);
    for posting in draft.book.flows.iter().filter(is_here) {
        let taken = match (part, posting.holder) {
            (Part::Load(_), Holder::Demand(_)) => -posting.rate.factor,
            (Part::Load(inflexible), Holder::Process(process)) if inflexible.contains(&process) => -posting.rate.factor,
            (Part::Supply, Holder::Process(_)) if posting.rate.factor > 0.0 => posting.rate.factor,
            _ => continue,
        };
        let load = loads.entry(posting.bucket).or_default();
        match posting.rate.column {
            Some(column) => *load.uses.entry(column).or_default() += taken,
            None => load.demand += taken,
        }
    }
    loads
}

/// Those that no other covers; of equal ones the first.
fn highest(loads: Vec<(Bucket, Load)>) -> Vec<(Bucket, Load)> {
    let is_covered = |at: usize, load: &Load| {
        let mut others = loads.iter().enumerate().filter(|(other, _)| *other != at);
        others.any(|(other, (_, by))| by.covers(load) && (other < at || !load.covers(by)))
    };
    let kept: Vec<bool> = loads.iter().enumerate().map(|(at, (_, load))| !is_covered(at, load)).collect();
    loads.into_iter().zip(kept).filter(|(_, is_kept)| *is_kept).map(|(load, _)| load).collect()
}

/// Highest coincident demand of the profiles, hour by hour, GW or kt/h.
pub fn of_demand(ctx: &Context, commodity: CommodityId, zones: &[ZoneId], year: YearId) -> f64 {
    let demands =
        ctx.model.demands.values().filter(|d| d.commodity == commodity && zones.contains(&d.zone)).collect::<Vec<_>>();
    let hours = demands.iter().map(|d| shape(ctx, d).0.len()).max().unwrap_or(1);
    let mut load = vec![0.0; hours];
    for demand in demands {
        let mean = demand.annual[year] * 1000.0 / HOURS_PER_YEAR;
        let (values, whole) = shape(ctx, demand);
        for (load, value) in load.iter_mut().zip(values.iter().cycle()) {
            *load += mean * (value / whole);
        }
    }
    load.into_iter().fold(0.0, f64::max)
}

/// Values of a demand's profile, or a single one, and their mean.
fn shape<'a>(ctx: &Context<'a>, demand: &Demand) -> (&'a [f64], f64) {
    let Some(profile) = demand.profile else { return (&[1.0], 1.0) };
    let (ProfileValues::Hourly(values) | ProfileValues::Slices(values)) = &ctx.model.profiles[profile].values;
    let mean = ctx.grid.means[profile];
    if values.is_empty() || mean == 0.0 { (&[1.0], 1.0) } else { (values, mean) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::testing::{DAYS, lines};
    use crate::time::SliceId;

    /// The second step has more demand and less heating than the first; the third is within the second.
    #[test]
    fn steps_within_others_need_no_row() {
        let load = |demand: f64, taken: f64| Load { demand, uses: [(ColId(0), taken)].into() };
        let at = |step: usize| Bucket::Slice(SliceId::new(step));
        let loads =
            vec![(at(0), load(1.0, 0.5)), (at(1), load(2.0, 0.4)), (at(2), load(2.0, 0.3)), (at(3), load(2.0, 0.4))];
        let kept: Vec<Bucket> = highest(loads).into_iter().map(|(bucket, _)| bucket).collect();
        assert_eq!(kept, [at(0), at(1)]);
    }

    /// 2 GW of load on two days of two steps. Heating by day takes 0.4 GW for each unit of heat in both steps of a day, so that a
    /// row for one of them is enough; electrolysis is held back at the peak. A peak that is decided needs half of 9 GW at most.
    #[test]
    fn what_runs_by_day_is_part_of_the_peak() {
        let scenario = r#"
[commodities.warmth]
resolution = "day"
[commodities.hydrogen]
[technologies.heat-pump]
zones = ["a"]
inputs = { electricity = 0.4 }
outputs = { warmth = 1 }
capacity = "5 GW"
early-retirement = false
operation = "day"
[technologies.electrolysis]
zones = ["a"]
inputs = { electricity = 1.5 }
outputs = { hydrogen = 1 }
capacity = "5 GW"
early-retirement = false
[technologies.plant]
zones = ["a"]
outputs = "electricity"
capacity = "9 GW"
early-retirement = false
capacity-credit = 0.5
[demands.load]
zone = "a"
commodity = "electricity"
annual = "17.52 TWh"
[demands.warmth]
zone = "a"
commodity = "warmth"
annual = "8.76 TWh"
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
zones = ["a"]
margin = 0.1
from = 2030
"#;
        insta::assert_snapshot!(lines(DAYS, scenario, &["policy[reserve", "peak["]), @"
        peak[reserve,2030,d092h00]: - 0.4 activity[heat-pump@a,2030,d092] + 1 peak[reserve,2030] >= 2
        peak[reserve,2030,d274h00]: - 0.4 activity[heat-pump@a,2030,d274] + 1 peak[reserve,2030] >= 2
        policy[reserve,2030,min]: - 1.1 peak[reserve,2030] >= -4.5
        ");
    }
}
