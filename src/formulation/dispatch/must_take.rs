//! **Must-take output.** Units without running cost stand directly in the balance (see
//! [`must_take`](super::super::must_take)):
//!
//! ```text
//! supply(b) += availability(b) · capacity(u,y)
//! ```

use super::super::book::Holder;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::capacity::unit_capacity;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.years() {
        for &unit in &ctx.must_take {
            let process = ctx.process(unit);
            let Some(flow) = process.modes.first().and_then(|mode| mode.flows.first()) else { continue };
            let at = (process.zone, flow.commodity);
            let holder = Holder::Process(ctx.units[unit].process);
            let capacity = unit_capacity(ctx, &draft.program, unit, year);
            for bucket in ctx.grid.buckets(process.resolution) {
                let available = process.availability.factor[year]
                    * ctx.grid.profile(process.availability.profile, bucket)
                    * ctx.ratio(unit, flow);
                draft.flow(at, (year, bucket), holder, None, available * capacity.constant);
                for &(column, part) in &capacity.terms {
                    draft.flow(at, (year, bucket), holder, Some(column), available * part);
                }
            }
        }
    }
}
