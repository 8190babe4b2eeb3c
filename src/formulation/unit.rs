//! Units of dispatch: which vintages run together, and which units need no dispatch variable at all.
//!
//! A plant without running cost or emissions, such as wind or solar, produces whatever is available: its availability
//! times its capacity stands directly in the balance, and what is too much is thrown away there. This keeps a column
//! and a row per hour out of the program.

use super::vintages::Vintage;
use crate::model::*;

/// A part of a process whose vintages share their technical coefficients, so that they are dispatched together.
///
/// Most processes are one unit; a technology whose efficiency improves with the year of building has one per distinct
/// efficiency.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The process.
    pub process: ProcessId,
    /// Positions of its vintages in the fleet; all of them if it is the only unit.
    pub vintages: Vec<usize>,
    /// Whether it is the only unit of its process.
    pub sole: bool,
    /// Year of building whose coefficients hold, unless they are those of the year of operation.
    pub coefficients: YearId,
}

/// A unit of dispatch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitId(u32);

impl Id for UnitId {
    fn new(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }
    fn position(self) -> usize {
        self.0 as usize
    }
}

/// The vintages of each process, grouped by equal technical coefficients. Storages have no unit.
pub fn of(model: &Model, vintages: &Arena<FleetId, Vec<Vintage>>) -> Arena<UnitId, Unit> {
    let mut units = Arena::new();
    for (process, p) in model.processes.iter().filter(|(_, p)| p.storage.is_none()) {
        let mut groups: Vec<(YearId, Vec<usize>)> = Vec::new();
        for (position, vintage) in vintages[p.fleet].iter().enumerate() {
            match groups.iter_mut().find(|(year, _)| same_coefficients(p, *year, vintage.built)) {
                Some((_, members)) => members.push(position),
                None => groups.push((vintage.built, vec![position])),
            }
        }
        let sole = groups.len() == 1;
        for (coefficients, members) in groups {
            units.push(Unit { process, vintages: members, sole, coefficients });
        }
    }
    units
}

fn same_coefficients(process: &Process, a: YearId, b: YearId) -> bool {
    process.by_operation
        || process.modes.iter().all(|mode| {
            mode.flows.iter().all(|flow| flow.ratio[a] == flow.ratio[b])
                && mode.emissions.iter().all(|(_, factor)| factor[a] == factor[b])
        })
}

fn name(model: &Model, unit: &Unit) -> String {
    let name = &model.processes[unit.process].name;
    if unit.sole { name.clone() } else { format!("{name}:{}", model.horizon[unit.coefficients].year) }
}

/// Names of all units.
pub fn names(model: &Model, units: &Arena<UnitId, Unit>) -> Arena<UnitId, String> {
    units.values().map(|unit| name(model, unit)).collect()
}

/// Units that may stand directly in the balance.
pub fn must_take(model: &Model, units: &Arena<UnitId, Unit>) -> Vec<UnitId> {
    units.iter().filter(|(_, unit)| is_fit(model, unit) && !is_counted(model, unit.process)).map(|(id, _)| id).collect()
}

fn is_fit(model: &Model, unit: &Unit) -> bool {
    let process = &model.processes[unit.process];
    let [mode] = process.modes.as_slice() else { return false };
    let [flow] = mode.flows.as_slice() else { return false };
    let commodity = &model.commodities[flow.commodity];
    unit.sole
        && flow.ratio.values().all(|&ratio| ratio > 0.0)
        && commodity.free_disposal
        && commodity.price.is_none()
        && commodity.resolution == process.resolution
        && mode.variable_cost.values().all(|&cost| cost == 0.0)
        && mode.emissions.iter().all(|(_, factor)| factor.values().all(|&f| f == 0.0))
        && process.min_activity.is_none()
        && process.max_annual_factor.values().all(|&f| f.is_infinite())
        && process.min_annual_factor.values().all(|&f| f <= 0.0)
        // Fuels from the ground are cheap to leave there; only a profile marks what must be taken as it comes.
        && process.availability.profiles.is_some()
}

/// Whether a policy counts what a process puts out: then what is thrown away must be known to be its own.
fn is_counted(model: &Model, process: ProcessId) -> bool {
    model.policies.values().any(|policy| match &policy.rule {
        Rule::ActivityLimit { processes, .. }
        | Rule::ActivityBudget { processes, .. }
        | Rule::ActivityGrowth { processes, .. } => processes.contains(&process),
        // A peak of supply counts what is given, not what could be.
        Rule::PlanningReserve { peak, commodity, .. } => {
            *peak == PeakOf::Supply && model.processes[process].supplies(*commodity)
        }
        Rule::Share { of, within, .. } => of.contains(&process) || within.contains(&process),
        _ => false,
    })
}
