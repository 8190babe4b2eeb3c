//! **Limit of finance.** A source has so much to give each year:
//!
//! ```text
//! Σ_f K(f,y) · financed(s,f,y) / n(y) ≤ max(s,y)          K: overnight cost, n(y): years of the period
//! ```
//!
//! in million currency units a year, wherever `max` is above 0. Committed plants are paid for outside of it. The dual over `D(y)` is what one more unit of money a
//! year would save in each year of the period.

use super::super::book::{Counted, FinancePosting};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::RowKey;
use super::super::program::{Block, Sense};
use super::financing::parts;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for (id, source) in ctx.model.finance.iter() {
        // Without anything to give it is left out, and what keeps it out would be worth whatever one likes.
        let is_limited = |year: &YearId| source.gives(*year) && source.max[*year].is_finite();
        for year in ctx.years().filter(is_limited) {
            let counted = taken(ctx, draft, id, year);
            let (key, limit) = (RowKey::FinanceLimit(id, year), source.max[year]);
            let row = draft.program.add_row(key, Block::Horizon, &counted.terms, Sense::Le, limit);
            draft.book.finance.push(FinancePosting { source: id, year, limit, counted, row });
        }
    }
}

/// Overnight cost of what a source finances, million currency units a year.
fn taken(ctx: &Context, draft: &Draft, id: FinanceId, year: YearId) -> Counted {
    let mut counted = Counted::default();
    for &fleet in &ctx.model.finance[id].fleets {
        let Some(terms) = &ctx.model.fleets[fleet].investment else { continue };
        let cost = terms.capital_cost[year] / ctx.model.horizon[year].length();
        let own = parts(ctx, &draft.program, fleet, year).into_iter().filter(|part| part.source == Some(id));
        counted.terms.extend(own.map(|part| (part.column, cost)));
    }
    counted
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{DAYS, lines};

    /// 1000 USD/kW, 100 USD/kW, 200 USD/kWh and 300 USD/kW over five years each. Of the mill the fund takes a part; the rest only it may
    /// finance. The committed mill takes nothing of its limit.
    #[test]
    fn a_source_has_so_much_to_give() {
        let scenario = r#"
[technologies.mill]
zones = ["a"]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
[technologies.battery]
zones = ["a"]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
storage = { commodity = "electricity", energy-capital-cost = "200 USD/kWh" }
[assets.committed]
technology = "mill"
zone = "a"
capacity = "1 GW"
commissioned = 2027
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capital-cost = "300 USD/kW"
lifetime = "40 yr"
[finance.bank]
cost-of-capital = 0.1
technologies = ["mill"]
[finance.fund]
cost-of-capital = 0.05
max = { 2025 = "1.8 BUSD/yr", 2035 = "2.8 BUSD/yr" }
"#;
        insta::assert_snapshot!(lines(DAYS, scenario, &["finance_limit["]), @"
        finance_limit[fund,2025]: + 20 build[battery@a,2025] + 40 build[battery@a:tank,2025] + 60 build[line,2025] + 200 financed[fund,mill@a,2025] <= 1800
        finance_limit[fund,2030]: + 20 build[battery@a,2030] + 40 build[battery@a:tank,2030] + 60 build[line,2030] + 200 financed[fund,mill@a,2030] <= 2300
        ");
    }
}
