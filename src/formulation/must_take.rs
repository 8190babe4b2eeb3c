//! Which units need no dispatch variable.
//!
//! A plant without running cost or emissions, such as wind or solar, produces whatever is available: its availability
//! times its capacity stands directly in the balance, and what is too much is thrown away there. This keeps a column
//! and a row per hour out of the program.

use super::context::{Unit, UnitId};
use crate::model::*;

/// Units that may stand directly in the balance.
pub fn select(model: &Model, units: &Arena<UnitId, Unit>) -> Vec<UnitId> {
    let fit: Vec<UnitId> = units.iter().filter(|(_, u)| is_fit(model, u)).map(|(id, _)| id).collect();
    fit.iter().copied().filter(|&unit| !is_ruled(model, units, &fit, unit)).collect()
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
        && process.max_annual_factor.values().all(|&f| f >= 1.0)
        && process.min_annual_factor.values().all(|&f| f <= 0.0)
        // Fuels from the ground are cheap to leave there; only a profile marks what must be taken as it comes.
        && process.availability.profile.is_some()
}

/// Whether a policy counts this unit's output in a way that needs its own dispatch. A share may count all such units of
/// a zone together, since their curtailment is known as a whole, but not some of them.
fn is_ruled(model: &Model, units: &Arena<UnitId, Unit>, fit: &[UnitId], unit: UnitId) -> bool {
    let process = units[unit].process;
    let zone = model.processes[process].zone;
    model.policies.values().any(|policy| match &policy.rule {
        Rule::ActivityLimit { processes, .. } => processes.contains(&process),
        Rule::Share { of, within, .. } => [of, within].into_iter().any(|set| {
            let mates = fit.iter().map(|&f| units[f].process).filter(|&p| model.processes[p].zone == zone);
            set.contains(&process) && mates.clone().any(|mate| !set.contains(&mate))
        }),
        _ => false,
    })
}
