//! **Annual factor.** Maintenance, water or contracts bound a process' yearly average:
//!
//! ```text
//! min_factor · capacity(p,y) ≤ Σ_b share(b) · Σ_{u,m} activity(u,m,y,b) ≤ max_factor · capacity(p,y)
//! ```
//!
//! with `share(b)` the bucket's part of the year's hours. These rows tie the days of a year together.

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::investment::capacity::fleet_capacity;
use super::super::keys::{ColumnKey, RowKey, Sum};
use super::super::program::{Block, Sense};
use super::activity;
use crate::model::*;
use crate::time::Bucket;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for (id, process) in ctx.model.processes.iter() {
            let (most, least) = (process.max_annual_factor[year], process.min_annual_factor[year]);
            let limits = [
                (RowKey::MaxAnnualFactor(id, year), most, Sense::Le, most.is_finite()),
                (RowKey::MinAnnualFactor(id, year), least, Sense::Ge, least > 0.0),
            ];
            if limits.iter().all(|&(.., needed)| !needed) {
                continue;
            }
            let terms = yearly_mean(ctx, draft, id, year);
            let capacity = fleet_capacity(&draft.program, process.fleet, year);
            if capacity.is_nothing() {
                continue;
            }
            for (key, factor, sense, _) in limits.into_iter().filter(|&(.., needed)| needed) {
                let mut row = terms.terms.clone();
                row.extend(capacity.scaled(-factor).terms);
                let rhs = factor * capacity.constant - terms.constant;
                draft.program.add_row(key, Block::Year(year), &row, sense, rhs);
            }
        }
    }
}

/// Yearly mean activity of a process, or the mean discharge of a storage.
fn yearly_mean(ctx: &Context, draft: &mut Draft, process: ProcessId, year: YearId) -> Counted {
    let mut terms = BucketTerms::new();
    let mut constant = 0.0;
    for (bucket, share) in ctx.grid.parts(Bucket::Year, ctx.model.processes[process].resolution) {
        if let Some(column) = draft.program.column(ColumnKey::Discharge(process, year, bucket)) {
            terms.push((bucket, column, share));
        }
        for unit in ctx.units.ids().filter(|&u| ctx.units[u].process == process) {
            let activity = activity::total(ctx, &draft.program, unit, (year, bucket));
            constant += share * activity.constant;
            terms.extend(activity.terms.into_iter().map(|(column, part)| (bucket, column, share * part)));
        }
    }
    Counted { terms: plain(&draft.tally(ctx, Sum::Activity(process), year, terms)), constant }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{PLANT, rows};

    /// The must-run 0.1 counts: 0.6 − 0.1 and 0.2 − 0.1 of capacity are left for what is above it.
    #[test]
    fn yearly_means_are_bounded() {
        let scenario = PLANT.to_owned()
            + r#"
min-activity = 0.1
max-annual-factor = 0.6
min-annual-factor = 0.2
"#;
        insta::assert_snapshot!(rows(&scenario, &["max_annual_factor[", "min_annual_factor["]), @"
        max_annual_factor[plant@a,2025] (links days): - 0.5 capacity[plant@a,2025] + 0.75 activity[plant@a,2025,base] + 0.25 activity[plant@a,2025,peak] <= 0
        min_annual_factor[plant@a,2025] (links days): - 0.1 capacity[plant@a,2025] + 0.75 activity[plant@a,2025,base] + 0.25 activity[plant@a,2025,peak] >= 0
        max_annual_factor[plant@a,2030] (links days): - 0.5 capacity[plant@a,2030] + 0.75 activity[plant@a,2030,base] + 0.25 activity[plant@a,2030,peak] <= 0
        min_annual_factor[plant@a,2030] (links days): - 0.1 capacity[plant@a,2030] + 0.75 activity[plant@a,2030,base] + 0.25 activity[plant@a,2030,peak] >= 0
        ");
    }
}
