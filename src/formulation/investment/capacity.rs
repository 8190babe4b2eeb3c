//! **Capacity chain.** Vintages come, age and go; capacity is what is left of them.
//!
//! For every fleet `f`, vintage `v` and milestone year `y` in which the vintage stands:
//!
//! ```text
//! living(f,v,y) ≤ living(f,v,y−1)          ageing: what is retired early does not come back
//! living(f,v,built(v)) = build(f,v)        new capacity stands whole in its first year
//! living(f,v,built(v)) = stock(f,v)        and so does what exists today
//! capacity(f,y) = Σ_v living(f,v,y)
//! min_build·n(y) ≤ build(f,y) ≤ max_build·n(y)          n(y): years of the period
//! min_capacity(f,y) ≤ capacity(f,y) ≤ max_capacity(f,y)
//! ```
//!
//! Without early retirement `living` is `build` or the stock itself and takes no column; a fleet that can neither grow
//! nor shrink has a fixed capacity column and no row. Fixed cost is paid on `capacity`.

use super::super::book::{Component, Counted, Holder};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Column, Program, Sense};
use super::super::unit::UnitId;
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for fleet in ctx.model.fleets.ids() {
        for year in ctx.years() {
            add_build(ctx, draft, fleet, year);
        }
        for year in ctx.years() {
            add_ageing(ctx, draft, fleet, year);
            add_capacity(ctx, draft, fleet, year);
        }
    }
}

fn add_build(ctx: &Context, draft: &mut Draft, fleet: FleetId, year: YearId) {
    let Some(terms) = &ctx.model.fleets[fleet].investment else { return };
    if terms.max_build[year] > 0.0 {
        let years = ctx.model.horizon[year].length();
        let (lower, upper) = (terms.min_build[year] * years, terms.max_build[year] * years);
        draft.program.add_column(ColumnKey::Build(fleet, year), Block::Horizon, lower, upper);
    }
}

fn add_ageing(ctx: &Context, draft: &mut Draft, fleet: FleetId, year: YearId) {
    if !ctx.model.fleets[fleet].early_retirement {
        return;
    }
    for (position, vintage) in ctx.vintages[fleet].iter().enumerate() {
        let (Some(before), true) = (ctx.before(year), vintage.built < year && vintage.is_alive(year)) else { continue };
        let number = u16::try_from(position).unwrap_or(u16::MAX);
        let key = ColumnKey::Living(fleet, number, year);
        match living(ctx, &draft.program, fleet, position, before) {
            Living::Fixed(stock) => {
                draft.program.add_column(key, Block::Horizon, 0.0, stock);
            }
            Living::Column(previous) => {
                let column = draft.program.add_column(key, Block::Horizon, 0.0, f64::INFINITY);
                let terms = [(column, 1.0), (previous, -1.0)];
                let row = RowKey::Ageing(fleet, number, year);
                draft.program.add_row(row, Block::Horizon, &terms, Sense::Le, 0.0);
            }
        }
    }
}

fn add_capacity(ctx: &Context, draft: &mut Draft, fleet: FleetId, year: YearId) {
    let f = &ctx.model.fleets[fleet];
    let alive = (0..ctx.vintages[fleet].len()).filter(|&v| ctx.vintages[fleet][v].is_alive(year));
    let mut fixed = 0.0;
    let mut terms = Vec::new();
    for position in alive {
        match living(ctx, &draft.program, fleet, position, year) {
            Living::Fixed(stock) => fixed += stock,
            Living::Column(column) => terms.push((column, 1.0)),
        }
    }
    let key = ColumnKey::Capacity(fleet, year);
    let column = if terms.is_empty() {
        draft.program.add_column(key, Block::Horizon, fixed, fixed)
    } else {
        let column = draft.program.add_column(key, Block::Horizon, f.min_capacity[year], f.max_capacity[year]);
        terms.push((column, -1.0));
        draft.program.add_row(RowKey::Capacity(fleet, year), Block::Horizon, &terms, Sense::Eq, -fixed);
        column
    };
    let holder = holder(f);
    draft.yearly_cost(ctx, holder, Component::Fixed, year, Some(column), f.fixed_cost[year]);
}

/// What is left of a vintage in a year: a number, or a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Living {
    /// It can not change.
    Fixed(f64),
    /// It is decided.
    Column(ColId),
}

/// What is left of a vintage in a year in which it stands.
pub fn living(ctx: &Context, program: &Program, fleet: FleetId, position: usize, year: YearId) -> Living {
    let vintage = &ctx.vintages[fleet][position];
    let number = u16::try_from(position).unwrap_or(u16::MAX);
    let column = program
        .column(ColumnKey::Living(fleet, number, year))
        .or_else(|| program.column(ColumnKey::Build(fleet, vintage.built)).filter(|_| vintage.existing.is_none()));
    match (column, vintage.existing) {
        (Some(column), _) => Living::Column(column),
        (None, stock) => Living::Fixed(stock.unwrap_or(0.0)),
    }
}

/// Capacity of a unit in a year.
pub fn unit_capacity(ctx: &Context, program: &Program, unit: UnitId, year: YearId) -> Counted {
    let u = &ctx.units[unit];
    let fleet = ctx.model.processes[u.process].fleet;
    if u.sole {
        return fleet_capacity(program, fleet, year);
    }
    let mut capacity = Counted::default();
    for &position in u.vintages.iter().filter(|&&v| ctx.vintages[fleet][v].is_alive(year)) {
        match living(ctx, program, fleet, position, year) {
            Living::Fixed(stock) => capacity.constant += stock,
            Living::Column(column) => capacity.terms.push((column, 1.0)),
        }
    }
    capacity
}

/// Capacity of a fleet in a year: a constant where it is fixed, a column elsewhere.
pub fn fleet_capacity(program: &Program, fleet: FleetId, year: YearId) -> Counted {
    let Some(column) = program.column(ColumnKey::Capacity(fleet, year)) else { return Counted::default() };
    let Column { lower, upper, .. } = program.columns()[column.index()];
    if lower == upper {
        Counted { terms: Vec::new(), constant: lower }
    } else {
        Counted { terms: vec![(column, 1.0)], constant: 0.0 }
    }
}

/// To whom a fleet's costs are booked.
pub fn holder(fleet: &Fleet) -> Holder {
    match fleet.owner {
        Owner::Process(process) | Owner::Tank(process) => Holder::Process(process),
        Owner::Link(link) => Holder::Link(link),
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{PLANT, rows};

    /// Built at most 0.5 GW a year in five years; the older plant is gone by 2030; the old one may go early.
    #[test]
    fn vintages_age_and_add_up() {
        let scenario = PLANT.to_owned()
            + r#"
max-build = "0.5 GW/yr"
max-capacity = "4 GW"
[assets.old]
technology = "plant"
zone = "a"
capacity = "300 MW"
commissioned = 2000
retires = 2040
[assets.older]
technology = "plant"
zone = "a"
capacity = "100 MW"
commissioned = 1990
retires = 2028
"#;
        insta::assert_snapshot!(rows(&scenario, &["capacity[", "ageing[", "0 <= build", "0 <= living", "0 <= capacity"]), @"
        capacity[plant@a,2025]: + 1 build[plant@a,2025] - 1 capacity[plant@a,2025] = -0.4
        ageing[plant@a,v2,2030]: - 1 build[plant@a,2025] + 1 living[plant@a,v2,2030] <= 0
        capacity[plant@a,2030]: + 1 build[plant@a,2030] + 1 living[plant@a,v1,2030] + 1 living[plant@a,v2,2030] - 1 capacity[plant@a,2030] = 0
        0 <= build[plant@a,2025] <= 2.5
        0 <= build[plant@a,2030] <= 2.5
        0 <= capacity[plant@a,2025] <= 4
        0 <= living[plant@a,v1,2030] <= 0.3
        0 <= living[plant@a,v2,2030] <= inf
        0 <= capacity[plant@a,2030] <= 4
        ");
    }

    /// 300 MW in 2025 and none in 2030, as bounds; 20 USD/kW in each of five years.
    #[test]
    fn capacity_that_can_not_change_takes_no_row() {
        let scenario = r#"
[technologies.plant]
zones = ["a"]
outputs = "electricity"
early-retirement = false
fixed-cost = "20 USD/kW/yr"
[assets.old]
technology = "plant"
zone = "a"
capacity = "300 MW"
commissioned = 2000
retires = 2028
"#;
        insta::assert_snapshot!(rows(scenario, &["capacity[", "0", "+ "]), @"
        + 100 capacity[plant@a,2025]
        + 100 capacity[plant@a,2030]
        0.3 <= capacity[plant@a,2025] <= 0.3
        0 <= capacity[plant@a,2030] <= 0
        0 <= activity[plant@a,2025,base] <= 0.3
        0 <= activity[plant@a,2025,peak] <= 0.3
        ");
    }

    /// 300 and then 500 MW that stand by year, whatever is built.
    #[test]
    fn stock_by_year_is_given() {
        let scenario = PLANT.to_owned() + "capacity = { 2025 = \"300 MW\", 2030 = \"500 MW\" }\n";
        insta::assert_snapshot!(rows(&scenario, &["capacity[", "ageing["]), @"
        capacity[plant@a,2025]: + 1 build[plant@a,2025] - 1 capacity[plant@a,2025] = -0.3
        ageing[plant@a,v2,2030]: - 1 build[plant@a,2025] + 1 living[plant@a,v2,2030] <= 0
        capacity[plant@a,2030]: + 1 build[plant@a,2030] + 1 living[plant@a,v2,2030] - 1 capacity[plant@a,2030] = -0.5
        ");
    }
}
