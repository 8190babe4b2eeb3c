//! **Activity growth.** Yearly output of a commodity by some processes, or their activity, grows only so fast:
//!
//! ```text
//! amount(y) ≤ (1 + g)^(y − y') · amount(y') + seed
//! ```
//!
//! with the amount of an [activity limit](super::activity_limit), for the milestone year `y'` before `y`. What there was in a year before the
//! pathway, where it is given, limits the first milestone year in the same way. Where `(1 + g)^(y − y')` is beyond a million, there
//! is no row. These rows tie the years together.

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::{Draft, plain};
use super::super::investment::growth::factor;
use super::super::keys::{RowKey, Sum};
use super::super::program::{Block, Sense};
use super::activity_limit::yearly_amount;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, policy) in ctx.model.policies.iter() {
        let Rule::ActivityGrowth { processes, commodity, from, to, rate, seed, start } = &policy.rule else { continue };
        let amounts: Arena<YearId, Counted> =
            ctx.years().map(|year| amount(ctx, draft, id, processes, *commodity, year)).collect();
        let calendar = |year: YearId| ctx.model.horizon[year].year;
        for year in ctx.years().filter(|&year| (*from..=*to).contains(&calendar(year))) {
            // Where the program is built in parts, the year's own brings what is given.
            let given = |amount: f64| if ctx.covers(year) { amount } else { 0.0 };
            let (since, earlier) = match (ctx.before(year), *start) {
                (Some(before), _) => (calendar(before), amounts[before].clone()),
                (None, Some((since, start))) => (since, Counted { terms: Vec::new(), constant: given(start) }),
                (None, None) => continue,
            };
            let Some(factor) = factor(*rate, since, calendar(year)) else { continue };
            let mut excess = earlier.scaled(-factor);
            excess.add(&amounts[year]);
            let allowed = given(*seed) - excess.constant;
            draft.program.add_row(RowKey::ActivityGrowth(id, year), Block::Horizon, &excess.terms, Sense::Le, allowed);
        }
    }
}

/// What a policy counts in a year; nothing in a part of the program that does not cover it.
fn amount(
    ctx: &Context,
    draft: &mut Draft,
    id: PolicyId,
    processes: &[ProcessId],
    commodity: Option<CommodityId>,
    year: YearId,
) -> Counted {
    if !ctx.covers(year) {
        return Counted::default();
    }
    let (terms, constant) = yearly_amount(ctx, draft, processes, commodity, year);
    Counted { terms: plain(&draft.tally(ctx, Sum::Policy(id), year, terms)), constant }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// 6.57 and 2.19 thousand hours. 1.1^5 = 1.61051; from 2023 to 2025 there are two years: 1.21 · 4 + 1 = 5.84.
    #[test]
    fn activity_grows_from_what_there_was() {
        let scenario = BURNER.to_owned()
            + r#"
[policies.pace]
kind = "activity-growth"
technologies = ["plant"]
rate = "10 %"
seed = "1 TWh"
start = "4 TWh"
start-year = 2023
[policies.fuel]
kind = "activity-growth"
technologies = ["plant"]
commodity = "fuel"
rate = 0
"#;
        insta::assert_snapshot!(rows(&scenario, &["activity_growth["]), @"
        activity_growth[pace,2025] (links days): + 6.57 activity[plant@a,2025,base] + 2.19 activity[plant@a,2025,peak] <= 5.84
        activity_growth[pace,2030] (links days): - 10.5811 activity[plant@a,2025,base] - 3.52702 activity[plant@a,2025,peak] + 6.57 activity[plant@a,2030,base] + 2.19 activity[plant@a,2030,peak] <= 1
        activity_growth[fuel,2030] (links days): - 13.14 activity[plant@a,2025,base] - 4.38 activity[plant@a,2025,peak] + 13.14 activity[plant@a,2030,base] + 4.38 activity[plant@a,2030,peak] <= 0
        ");
    }
}
