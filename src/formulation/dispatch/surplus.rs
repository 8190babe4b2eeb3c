//! **Surplus.** Where a share policy counts a commodity, output that nobody uses must not count. Then balances are equations,
//! plants that can be held back are, and who can not throws away of its own. Suppliers that all shares count alike do so
//! together:
//!
//! ```text
//! 0 ≤ surplus(k,b) ≤ Σ_{s∈k} supply(s,b)
//! ```
//!
//! for each such class `k` of suppliers `s` in a zone whose supply may be forced: by a must-run, weather, a yearly minimum, a
//! joint product that may be wanted, an input that can not be thrown away, or a least volume. The balance and the share
//! subtract it from the supply.

use std::collections::{BTreeMap, BTreeSet};

use super::super::book::{Counted, Holder, SurplusPosting};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey};
use super::storage::limit_to;
use crate::model::*;
use crate::time::Bucket;

/// Adds the family. It must come after all others that book flows, and before the balances.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for ((commodity, zone, year, bucket, class), forced) in forced_supply(ctx, draft) {
        let Forced { supply, holders } = forced;
        let upper = if supply.terms.is_empty() { supply.constant } else { f64::INFINITY };
        let column = draft.rate(ctx, ColumnKey::Surplus(zone, commodity, class, year, bucket), year, bucket, upper);
        if !supply.terms.is_empty() {
            let key = RowKey::SurplusLimit(zone, commodity, class, year, bucket);
            limit_to(draft, key, Draft::block(ctx, year, bucket), &[(column, 1.0)], &supply);
        }
        let holders = holders.into_iter().collect();
        draft.book.surplus.push(SurplusPosting { zone, commodity, year, bucket, holders, column });
    }
}

/// What is supplied, where and when, by which class.
type Supply = (CommodityId, ZoneId, YearId, Bucket, u8);

/// Suppliers of a class, and the mean rate of their supply.
#[derive(Default)]
struct Forced {
    holders: BTreeSet<Holder>,
    supply: Counted,
}

/// Supply, at the resolution of the commodity, of those that may have to supply more than is used.
fn forced_supply(ctx: &Context, draft: &Draft) -> BTreeMap<Supply, Forced> {
    let mut classes: BTreeMap<(CommodityId, Holder), Option<u8>> = BTreeMap::new();
    let mut seen: BTreeMap<CommodityId, Vec<Vec<bool>>> = BTreeMap::new();
    let mut found: BTreeMap<Supply, Forced> = BTreeMap::new();
    for posting in draft.book.flows.iter().filter(|posting| posting.rate.factor > 0.0) {
        let (commodity, holder) = (posting.commodity, posting.holder);
        let class = *classes.entry((commodity, holder)).or_insert_with(|| {
            let is_wanted = ctx.model.commodities[commodity].free_disposal && is_counted(ctx.model, commodity);
            (is_wanted && is_forced(ctx, holder)).then(|| {
                let (known, own) = (seen.entry(commodity).or_default(), counted_by(ctx.model, holder));
                let position = known.iter().position(|other| *other == own).unwrap_or_else(|| {
                    known.push(own);
                    known.len() - 1
                });
                u8::try_from(position).unwrap_or(u8::MAX)
            })
        });
        let Some(class) = class else { continue };
        for (whole, share) in ctx.grid.wholes(posting.bucket, ctx.model.commodities[commodity].resolution) {
            let forced = found.entry((commodity, posting.zone, posting.year, whole, class)).or_default();
            forced.holders.insert(holder);
            match posting.rate.column {
                Some(column) => forced.supply.terms.push((column, share * posting.rate.factor)),
                None => forced.supply.constant += share * posting.rate.factor,
            }
        }
    }
    found
}

/// On which sides of which shares a supplier counts.
fn counted_by(model: &Model, holder: Holder) -> Vec<bool> {
    let is_in = |processes: &[ProcessId]| matches!(holder, Holder::Process(id) if processes.contains(&id));
    let sides = |policy: &Policy| match &policy.rule {
        Rule::Share { of, within, .. } => vec![is_in(of), is_in(within)],
        _ => Vec::new(),
    };
    model.policies.values().flat_map(sides).collect()
}

/// Whether a share policy counts a commodity.
pub fn is_counted(model: &Model, commodity: CommodityId) -> bool {
    let counts = |rule: &Rule| matches!(rule, Rule::Share { commodity: counted, .. } if *counted == commodity);
    model.policies.values().any(|policy| counts(&policy.rule))
}

/// Whether something may force a supplier to supply what nobody uses.
fn is_forced(ctx: &Context, holder: Holder) -> bool {
    let is_ruled = |fits: &dyn Fn(&Rule) -> bool| ctx.model.policies.values().any(|policy| fits(&policy.rule));
    match holder {
        Holder::Process(id) => {
            let demands = |rule: &Rule| match rule {
                Rule::ActivityLimit { processes, limits, .. } => has_min(limits) && processes.contains(&id),
                Rule::ActivityBudget { processes, upper, .. } => !upper && processes.contains(&id),
                // More of it now lets there be more later.
                Rule::ActivityGrowth { processes, .. } => processes.contains(&id),
                _ => false,
            };
            is_forced_process(ctx, id) || is_ruled(&demands)
        }
        Holder::Market(id) => {
            let demands = |rule: &Rule| match rule {
                Rule::TradeLimit { markets, limits } => has_min(limits) && markets.contains(&id),
                _ => false,
            };
            ctx.model.markets[id].min_volume.values().any(|&volume| volume > 0.0) || is_ruled(&demands)
        }
        Holder::Link(_) | Holder::OwnUse(_) | Holder::Demand(_) | Holder::Unserved(..) | Holder::Policy(_) => false,
    }
}

fn has_min(limits: &Limits) -> bool {
    limits.min.values().any(Option::is_some)
}

fn is_forced_process(ctx: &Context, id: ProcessId) -> bool {
    let process = &ctx.model.processes[id];
    let outputs = |mode: &Mode| mode.flows.iter().filter(|flow| flow.ratio.values().any(|&r| r > 0.0)).count();
    let is_joint = process.modes.iter().any(|mode| outputs(mode) > 1);
    let burns_what_must_go = process.modes.iter().flat_map(|mode| &mode.flows).any(|flow| {
        flow.ratio.values().any(|&ratio| ratio < 0.0) && !ctx.model.commodities[flow.commodity].free_disposal
    });
    process.storage.is_none()
        && (is_joint
            || burns_what_must_go
            || process.min_activity.is_some()
            || process.min_annual_factor.values().any(|&factor| factor > 0.0)
            || ctx.must_take.iter().any(|&unit| ctx.units[unit].process == id))
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// The boiler must run and the waste plant must give a yearly mean: they are forced, and the share counts only the latter. A turbine
    /// that nothing forces has no surplus.
    #[test]
    fn suppliers_that_shares_count_alike_throw_away_together() {
        let scenario = BURNER.to_owned()
            + r#"min-activity = 0.1
[technologies.waste]
zones = ["a"]
outputs = "electricity"
capacity = "1 GW"
min-annual-factor = 0.5
[technologies.turbine]
zones = ["a"]
outputs = "electricity"
capacity = "1 GW"
[policies.green]
kind = "share"
technologies = ["waste"]
commodity = "electricity"
min = "25 %"
"#;
        insta::assert_snapshot!(rows(&scenario, &["surplus_limit[electricity@a", "balance[electricity@a,2025,peak"]), @"
        surplus_limit[electricity@a,k0,2025,base]: - 1 activity[plant@a,2025,base] + 1 surplus[electricity@a,k0,2025,base] <= 0
        surplus_limit[electricity@a,k1,2025,base]: - 1 activity[waste@a,2025,base] + 1 surplus[electricity@a,k1,2025,base] <= 0
        surplus_limit[electricity@a,k0,2025,peak]: - 1 activity[plant@a,2025,peak] + 1 surplus[electricity@a,k0,2025,peak] <= 0
        surplus_limit[electricity@a,k1,2025,peak]: - 1 activity[waste@a,2025,peak] + 1 surplus[electricity@a,k1,2025,peak] <= 0
        surplus_limit[electricity@a,k0,2030,base]: - 1 activity[plant@a,2030,base] + 1 surplus[electricity@a,k0,2030,base] <= 0
        surplus_limit[electricity@a,k1,2030,base]: - 1 activity[waste@a,2030,base] + 1 surplus[electricity@a,k1,2030,base] <= 0
        surplus_limit[electricity@a,k0,2030,peak]: - 1 activity[plant@a,2030,peak] + 1 surplus[electricity@a,k0,2030,peak] <= 0
        surplus_limit[electricity@a,k1,2030,peak]: - 1 activity[waste@a,2030,peak] + 1 surplus[electricity@a,k1,2030,peak] <= 0
        balance[electricity@a,2025,peak]: + 1 activity[plant@a,2025,peak] + 1 activity[waste@a,2025,peak] + 1 activity[turbine@a,2025,peak] - 1 surplus[electricity@a,k0,2025,peak] - 1 surplus[electricity@a,k1,2025,peak] = 0
        ");
    }
}
