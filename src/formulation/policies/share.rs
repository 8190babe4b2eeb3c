//! **Share.** Output of some processes as a part of the output of others over the year:
//!
//! ```text
//! output(of) ≥ min(y) · output(within)          output(of) ≤ max(y) · output(within)
//! ```
//!
//! What is thrown away counts on neither side: see [`surplus`](super::super::dispatch::surplus). The row ties the days of a
//! year together; its dual is the value of a unit of output that counts: the price of a certificate.

use super::super::book::{Basis, Counted, Holder, PolicyPosting};
use super::super::context::Context;
use super::super::dispatch::balance::booked_by;
use super::super::draft::{BucketTerms, Draft, plain};
use super::super::keys::{RowKey, Sum};
use super::super::program::{Block, Sense};
use super::limit::add_slack;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::Share { of, within, commodity, limits } = &policy.rule else { continue };
        for year in ctx.covered() {
            for (upper, bound) in [(false, limits.min[year]), (true, limits.max[year])] {
                if let Some(share) = bound {
                    add_side(ctx, draft, id, year, upper, share, (of, within), *commodity);
                }
            }
        }
    }
}

#[allow(clippy::too_many_arguments)] // One row, told by everything that defines it.
fn add_side(
    ctx: &Context,
    draft: &mut Draft,
    id: PolicyId,
    year: YearId,
    upper: bool,
    share: f64,
    (of, within): (&[ProcessId], &[ProcessId]),
    commodity: CommodityId,
) {
    let block = Block::Year(year);
    let (part, part_constant) = output(ctx, draft, year, of, commodity);
    let (whole, whole_constant) = output(ctx, draft, year, within, commodity);
    let counted = Counted { terms: plain(&part), constant: part_constant };
    let within = Counted { terms: plain(&whole), constant: whole_constant };
    let mut terms = part;
    terms.extend(whole.into_iter().map(|(bucket, column, factor)| (bucket, column, -share * factor)));
    // The two sides of one policy have different sums; only one of them can use its tallies.
    let tallied = if upper && draft.program.row(RowKey::Policy(id, year, false)).is_some() {
        terms
    } else {
        draft.tally(ctx, Sum::Policy(id), year, terms)
    };
    let slack = add_slack(ctx, draft, id, year, block, upper, 1.0);
    let mut row = plain(&tallied);
    row.extend(slack.map(|column| (column, if upper { -1.0 } else { 1.0 })));
    let sense = if upper { Sense::Le } else { Sense::Ge };
    let constant = part_constant - share * whole_constant;
    let row = draft.program.add_row(RowKey::Policy(id, year, upper), block, &row, sense, -constant);
    draft.book.policies.push(PolicyPosting {
        policy: id,
        year,
        upper,
        limit: share,
        counted,
        basis: Basis::PartOf(within),
        slack,
        row: (row, 1.0),
    });
}

/// Yearly output of processes that is used, TWh or Mt; stores give back what others put out.
fn output(
    ctx: &Context,
    draft: &Draft,
    year: YearId,
    processes: &[ProcessId],
    commodity: CommodityId,
) -> (BucketTerms, f64) {
    let generates = |p: ProcessId| processes.contains(&p) && ctx.model.processes[p].storage.is_none();
    let counted = |holder| matches!(holder, Holder::Process(p) if generates(p));
    let (mut terms, constant) = booked_by(draft, ctx, year, commodity, true, counted);
    let is_counted = |holders: &[Holder]| holders.first().is_some_and(|&holder| counted(holder));
    let postings = draft.book.surplus.iter().filter(|p| p.year == year && p.commodity == commodity);
    let surplus = postings.filter(|p| is_counted(&p.holders));
    terms.extend(surplus.map(|p| (p.bucket, p.column, -ctx.amount(p.bucket))));
    (terms, constant)
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// Wind can be held back, so that it counts as it is used: three quarters of it, less a quarter of the rest. A boiler that must
    /// run at a tenth may be thrown away to that extent.
    #[test]
    fn a_share_of_output() {
        let scenario = BURNER.to_owned()
            + r#"min-activity = 0.1
[profiles.wind]
slices = { base = 0.3, peak = 0.2 }
[technologies.wind]
zones = ["a"]
outputs = "electricity"
profile = "wind"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
[policies.green]
kind = "share"
technologies = ["wind"]
commodity = "electricity"
min = "25 %"
"#;
        insta::assert_snapshot!(rows(&scenario, &["policy[green,2025", "balance[electricity@a,2025", "tally[policy,green,2025", "0 <= surplus[electricity@a"]), @"
        balance[electricity@a,2025,base]: + 1 activity[plant@a,2025,base] + 1 activity[wind@a,2025,base] - 1 surplus[electricity@a,k0,2025,base] = 0
        balance[electricity@a,2025,peak]: + 1 activity[plant@a,2025,peak] + 1 activity[wind@a,2025,peak] - 1 surplus[electricity@a,k0,2025,peak] = 0
        tally[policy,green,2025,year]: - 1.6425 activity[plant@a,2025,base] - 0.5475 activity[plant@a,2025,peak] + 4.9275 activity[wind@a,2025,base] + 1.6425 activity[wind@a,2025,peak] + 1.6425 surplus[electricity@a,k0,2025,base] + 0.5475 surplus[electricity@a,k0,2025,peak] - 1 tally[policy,green,2025,year] = 0
        policy[green,2025,min] (links days): + 1 tally[policy,green,2025,year] >= 0
        0 <= surplus[electricity@a,k0,2025,base] <= inf
        0 <= surplus[electricity@a,k0,2025,peak] <= inf
        0 <= surplus[electricity@a,k0,2030,base] <= inf
        0 <= surplus[electricity@a,k0,2030,peak] <= inf
        ");
    }
}
