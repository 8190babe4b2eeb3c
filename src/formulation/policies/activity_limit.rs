//! **Activity limit.** Yearly output of a commodity by some processes (or its use, where they only take it):
//!
//! ```text
//! min(y) ≤ | Σ_{flows of the processes} hours(b) · flow(b) | ≤ max(y)          in TWh or Mt a year
//! ```
//!
//! or their activity itself, in whatever mode, where no commodity is named.

use super::super::book::{Counted, Holder};
use super::super::context::Context;
use super::super::dispatch::activity;
use super::super::dispatch::balance::booked_by;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::keys::Sum;
use super::super::program::Block;
use super::limit;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::ActivityLimit { processes, commodity, limits } = &policy.rule else { continue };
        for year in ctx.covered().filter(|&y| limit::holds(limits, y)) {
            let (terms, constant) = yearly_amount(ctx, draft, processes, *commodity, year);
            let terms = plain(&draft.tally(ctx, Sum::Policy(id), year, terms));
            limit::add(ctx, draft, id, year, Block::Year(year), limits, &Counted { terms, constant });
        }
    }
}

/// What some processes give of a commodity in a year (or take, where they only take it), or their activity: terms by bucket, and a constant.
pub fn yearly_amount(
    ctx: &Context,
    draft: &Draft,
    processes: &[ProcessId],
    commodity: Option<CommodityId>,
    year: YearId,
) -> (BucketTerms, f64) {
    let Some(commodity) = commodity else { return yearly_activity(ctx, draft, processes, year) };
    // A store gives back what it takes: only what it gives is activity.
    let gives = processes.iter().any(|&p| ctx.model.processes[p].supplies(commodity));
    let counted = |holder| matches!(holder, Holder::Process(p) if processes.contains(&p));
    booked_by(draft, ctx, year, commodity, gives, counted)
}

/// Yearly activity of some processes in all modes, TWh or Mt: terms by bucket, and a constant.
pub fn yearly_activity(ctx: &Context, draft: &Draft, processes: &[ProcessId], year: YearId) -> (BucketTerms, f64) {
    let (mut terms, mut constant) = (BucketTerms::new(), 0.0);
    for unit in ctx.units.ids().filter(|&unit| processes.contains(&ctx.units[unit].process)) {
        for bucket in ctx.grid.buckets(ctx.process(unit).resolution) {
            let amount = ctx.amount(bucket);
            let activity = activity::total(ctx, &draft.program, unit, (year, bucket));
            constant += activity.constant * amount;
            terms.extend(activity.terms.into_iter().map(|(column, part)| (bucket, column, part * amount)));
        }
    }
    (terms, constant)
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// Hours in thousands, and twice as much fuel.
    #[test]
    fn output_or_use_is_limited() {
        let scenario = BURNER.to_owned()
            + r#"
[policies.output]
kind = "activity-limit"
technologies = ["plant"]
commodity = "electricity"
min = "1 TWh/yr"
[policies.use]
kind = "activity-limit"
technologies = ["plant"]
commodity = "fuel"
max = "9 TWh/yr"
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy[output,2025", "policy[use,2025"]), @"
        policy[output,2025,min] (links days): + 6.57 activity[plant@a,2025,base] + 2.19 activity[plant@a,2025,peak] >= 1
        policy[use,2025,max] (links days): + 13.14 activity[plant@a,2025,base] + 4.38 activity[plant@a,2025,peak] <= 9
        ");
    }

    /// Whatever a mode gives, an hour of it is an hour of activity.
    #[test]
    fn activity_itself_is_limited_over_all_modes() {
        let scenario = r#"
[technologies.plant]
zones = ["a"]
capacity = "2 GW"
early-retirement = false
[technologies.plant.modes.whole]
outputs = "electricity"
[technologies.plant.modes.half]
outputs = { electricity = 0.5 }
[policies.activity]
kind = "activity-limit"
technologies = ["plant"]
max = "9 TWh/yr"
"#;
        insta::assert_snapshot!(rows(scenario, &["policy[activity,2025", "tally[policy,activity,2025"]), @"
        tally[policy,activity,2025,year]: + 6.57 activity[plant@a,2025,base] + 6.57 activity[plant@a,m1,2025,base] + 2.19 activity[plant@a,2025,peak] + 2.19 activity[plant@a,m1,2025,peak] - 1 tally[policy,activity,2025,year] = 0
        policy[activity,2025,max] (links days): + 1 tally[policy,activity,2025,year] <= 9
        ");
    }
}
