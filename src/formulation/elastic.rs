//! **Elastic programs.** What a scenario asks for may be missed at a price, so that there always is a solution, and it says what is
//! asked too much (Chinneck, 2008, doi 10.1007/978-0-387-74932-7).
//!
//! ```text
//! a·x − r ≤ b,    a·x + r ≥ b,    a·x − r⁺ + r⁻ = b,    x − r ≤ u,    x + r ≥ l
//! r ≥ 0,    objective + price · r
//! ```
//!
//! Limits that people set give way; what follows from the nature of things (what stands, what plants can do, that stores keep what they are given)
//! does not. The price is far above what limits are worth in a pathway, so that none gives way that need not, and the same for all per TWh or Mt
//! but for its stakes: rules give way before potentials, and these before what is used.

use std::collections::HashSet;

use super::context::Context;
use super::keys::{ColumnKey, RowKey};
use super::policies::budget::Budget;
use super::program::{Block, ColId, Column, Program, Row, Sense};
use super::{Formulation, demand_rate};
use crate::model::*;
use crate::time::Bucket;

/// Price of a missed unit of a rule, million currency units per TWh or Mt a year.
const PRICE: f64 = 2e4;

/// What a unit of capacity can do in a year: a GW 8.76 TWh, a kt/h as many Mt.
const CAPACITY: f64 = HOURS_PER_YEAR / 1000.0;

/// How much dearer it is to go beyond a potential, or to leave a demand without supply.
const POTENTIAL: f64 = 2.0;
const USE: f64 = 30.0;

/// What a unit of capacity costs, in order of magnitude, million currency units per GW.
const DEAR: f64 = 1e3;

/// A limit that may give way.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Limit {
    /// A row.
    Row(RowKey),
    /// A bound of a column; that of what is not served is what is used.
    Bound(ColumnKey),
}

/// A limit that is missed.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Missed {
    /// Which.
    pub limit: Limit,
    /// Whether it is exceeded (`true`) or not reached.
    pub upper: bool,
    /// By how much, in its own unit: that of the row or the column.
    pub amount: f64,
    /// What that costs, million currency units.
    pub cost: f64,
}

/// How much dearer it is to miss a limit than others of its kind.
pub type Stakes<'a> = &'a dyn Fn(Limit) -> f64;

/// The elastic program of a formulation.
#[derive(Debug, Default)]
pub struct Elastic {
    /// The program, with what is missed as columns.
    pub program: Program,
    relaxations: Vec<Relaxation>,
}

/// A limit with the column that says by how much it is missed.
#[derive(Clone, Copy, Debug)]
struct Relaxation {
    limit: Limit,
    /// Whether it is exceeded (`true`) or not reached.
    upper: bool,
    /// The row that holds it.
    row: RowKey,
    column: ColId,
    /// Million currency units per unit.
    price: f64,
}

impl Elastic {
    /// Lets the limits of a formulation give way.
    pub fn new(of: &Formulation, stakes: Stakes) -> Self {
        let Formulation { context, program, .. } = of;
        let mut elastic = Self::default();
        elastic.program.constant = program.constant;
        let mut bounds = Vec::new();
        for (id, column) in program.column_ids().zip(program.columns()) {
            let limit = Limit::Bound(column.key);
            let price = of_column(context, column).map(|price| PRICE * price * stakes(limit));
            match (price, column.key) {
                (Some(price), ColumnKey::Unserved(zone, commodity, year, bucket)) => {
                    elastic.keep(column, (column.lower, column.upper), column.cost.max(price));
                    // It says itself by how much.
                    let row = RowKey::Balance(zone, commodity, year, bucket);
                    elastic.relaxations.push(Relaxation { limit, upper: false, row, column: id, price });
                }
                (Some(price), _) => {
                    elastic.keep(column, (column.lower.min(0.0), f64::INFINITY), column.cost);
                    let sides = [(true, column.upper.is_finite()), (false, column.lower > 0.0)].into_iter();
                    bounds.extend(sides.filter(|&(_, gives_way)| gives_way).map(|(upper, _)| (id, upper, price)));
                }
                (None, _) => elastic.keep(column, (column.lower, column.upper), column.cost),
            }
        }
        for (number, (id, upper, price)) in (0..).zip(bounds) {
            let Column { key, block, lower, upper: most, .. } = program.columns()[id.index()];
            let row = RowKey::Missed(number);
            let missed = elastic.miss((Limit::Bound(key), row), upper, block, f64::INFINITY, price);
            let (sense, bound) = if upper { (Sense::Le, most) } else { (Sense::Ge, lower) };
            elastic.program.add_row(row, block, &[(id, 1.0), missed], sense, bound);
        }
        for id in program.row_ids() {
            let Row { key, block, sense, rhs, .. } = program.rows()[id.index()];
            let mut terms = program.entries(id).to_vec();
            if let Some((price, most)) = of_row(context, key) {
                let price = PRICE * price * stakes(Limit::Row(key));
                let sides = [(true, Sense::Ge), (false, Sense::Le)].into_iter().filter(|&(_, other)| other != sense);
                terms.extend(sides.map(|(upper, _)| elastic.miss((Limit::Row(key), key), upper, block, most, price)));
            }
            elastic.program.add_row(key, block, &terms, sense, rhs);
        }
        elastic
    }

    /// Limits that are kept though they cost something, and how much, by the duals of the rows: what stands against those that are missed.
    pub fn standing(&self, duals: &[f64]) -> Vec<Missed> {
        let mut told = HashSet::new();
        // A row that may be missed on either side stands once.
        let rows = self.relaxations.iter().filter(|relaxation| told.insert(relaxation.row));
        let kept = rows.filter_map(|&Relaxation { limit, upper, row, .. }| {
            let id = self.program.row(row)?;
            let cost = (duals[id.index()] * self.program.rows()[id.index()].rhs).abs();
            (cost > 0.0).then_some(Missed { limit, upper, amount: 0.0, cost })
        });
        kept.collect()
    }

    /// Limits that are missed by values of the columns, the dearest first.
    pub fn missed(&self, values: &[f64]) -> Vec<Missed> {
        let mut missed: Vec<Missed> = self
            .relaxations
            .iter()
            .map(|&Relaxation { limit, upper, column, price, .. }| {
                let amount = values[column.index()];
                Missed { limit, upper, amount, cost: amount * price }
            })
            .filter(|missed| missed.amount > 0.0)
            .collect();
        missed.sort_by(|a, b| b.cost.total_cmp(&a.cost));
        missed
    }

    /// Adds a column of the formulation, with other bounds and another cost.
    fn keep(&mut self, column: &Column, (lower, upper): (f64, f64), cost: f64) {
        let id = self.program.add_column(column.key, column.block, lower, upper);
        self.program.add_cost(id, cost);
    }

    /// Adds the column that says by how much a limit is missed, and its term in the limit.
    fn miss(
        &mut self,
        (limit, row): (Limit, RowKey),
        upper: bool,
        block: Block,
        most: f64,
        price: f64,
    ) -> (ColId, f64) {
        let number = u32::try_from(self.relaxations.len()).unwrap_or(u32::MAX);
        let column = self.program.add_column(ColumnKey::Missed(number), block, 0.0, most);
        self.program.add_cost(column, price);
        self.relaxations.push(Relaxation { limit, upper, row, column, price });
        (column, if upper { -1.0 } else { 1.0 })
    }
}

/// What a unit of a row costs beside a TWh or Mt, and the most that it may be missed by; nothing for rows that never give way.
fn of_row(ctx: &Context, key: RowKey) -> Option<(f64, f64)> {
    use RowKey::*;
    let endless = f64::INFINITY;
    let period = |year: YearId| ctx.model.horizon[year].length();
    match key {
        Policy(id, ..) | PolicyBudget(id) if ctx.model.policies[id].slack_cost.is_some() => None,
        Policy(id, year, _) => match &ctx.model.policies[id].rule {
            Rule::BuildLimit { .. } => Some((CAPACITY * period(year), endless)),
            Rule::CapacityLimit { .. } | Rule::PlanningReserve { .. } => Some((CAPACITY, endless)),
            _ => Some((1.0, endless)),
        },
        PolicyBudget(id) => {
            let budget = Budget::of(&ctx.model.policies[id].rule)?;
            let years: f64 = ctx.model.horizon.values().map(|milestone| budget.years(milestone)).sum();
            Some((1.0 / years, endless))
        }
        MarketMinimum(..) | ActivityGrowth(..) => Some((1.0, endless)),
        PolicyGrowth(_, year) | Growth(_, year) => Some((POTENTIAL * CAPACITY * period(year), endless)),
        FinanceLimit(_, year) => Some((CAPACITY * period(year) / DEAR, endless)),
        MaxAnnualFactor(..) | MinAnnualFactor(..) => Some((POTENTIAL * CAPACITY, endless)),
        MinActivity(_, _, bucket) => Some((POTENTIAL * ctx.amount(bucket), endless)),
        Balance(zone, commodity, year, bucket) => {
            let Commodity { unserved_cost, free_disposal, .. } = ctx.model.commodities[commodity];
            let used = demanded(ctx, (zone, commodity), (year, bucket));
            let most = if unserved_cost.is_some() { 0.0 } else { used };
            let gives_way = most > 0.0 || !free_disposal;
            gives_way.then(|| (USE * ctx.amount(bucket), if free_disposal { most } else { endless }))
        }
        _ => None,
    }
}

/// What a unit of a column's bounds costs beside a TWh or Mt; nothing for those that never give way.
fn of_column(ctx: &Context, column: &Column) -> Option<f64> {
    match column.key {
        ColumnKey::Unserved(_, _, _, bucket) => Some(USE * ctx.amount(bucket)),
        ColumnKey::Traded(_, _, bucket) => Some(POTENTIAL * ctx.amount(bucket)),
        // What can not change is a number in other rows.
        ColumnKey::Capacity(..) if column.lower == column.upper => None,
        ColumnKey::Step(..) => Some(POTENTIAL),
        ColumnKey::Build(..) | ColumnKey::Capacity(..) => Some(POTENTIAL * CAPACITY),
        _ => None,
    }
}

/// What demands use of a commodity, GW or kt/h.
fn demanded(ctx: &Context, (zone, commodity): (ZoneId, CommodityId), (year, bucket): (YearId, Bucket)) -> f64 {
    let here = ctx.model.demands.values().filter(|demand| (demand.zone, demand.commodity) == (zone, commodity));
    here.map(|demand| demand_rate(ctx, demand, year, bucket)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::testing::{PLANT, SLICES, model};
    use crate::formulation::{build, text};
    use crate::time;

    /// Room, a cap and what is used give way, at 20,000 a unit of the cap; what plants can do does not.
    #[test]
    fn limits_give_way() {
        let scenario = PLANT.to_owned()
            + r#"
max-capacity = "1 GW"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "17.52 TWh"
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = "3 Mt/yr"
"#;
        let model = model(SLICES, &scenario);
        let grid = time::resolve(&model);
        let mut formulation = build(&model, &grid);
        formulation.program = Elastic::new(&formulation, &|_| 1.0).program;
        let words = [
            "availability[plant@a,2025,base",
            "balance[electricity@a,2025,base",
            "policy[cap,2025",
            "missed[0]",
            "missed[1]",
        ];
        let all = text::render(&formulation);
        let (mut shown, mut costs) = (String::new(), String::new());
        for line in all.lines().map(str::trim_start) {
            if words.iter().any(|word| line.starts_with(word)) {
                shown += line;
                shown.push('\n');
            } else if line.contains("missed[") && line.starts_with("+ ") {
                costs += line;
                costs.push('\n');
            }
        }
        insta::assert_snapshot!(shown, @r#"
        missed[0]: + 1 capacity[plant@a,2025] - 1 missed[0] <= 1
        missed[1]: + 1 capacity[plant@a,2030] - 1 missed[1] <= 1
        availability[plant@a,2025,base]: - 1 capacity[plant@a,2025] + 1 activity[plant@a,2025,base] <= 0
        balance[electricity@a,2025,base]: + 1 activity[plant@a,2025,base] + 1 missed[2] >= 2
        policy[cap,2025,max] (links days): + 2.628 activity[plant@a,2025,base] + 0.876 activity[plant@a,2025,peak] - 1 missed[6] <= 3
        "#);
        insta::assert_snapshot!(costs, @r#"
        + 350400 missed[0]
        + 350400 missed[1]
        + 3942000 missed[2]
        + 1314000 missed[3]
        + 3942000 missed[4]
        + 1314000 missed[5]
        + 20000 missed[6]
        + 20000 missed[7]
        "#);
    }
}
