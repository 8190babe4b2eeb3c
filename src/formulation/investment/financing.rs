//! **Financing.** What is built is financed by the sources that may finance it:
//!
//! ```text
//! build(f,y) = Σ_s financed(s,f,y)          sources s that may finance fleet f
//! ```
//!
//! Each part is paid for at its source's cost of capital: see [`capital`](super::capital). With a single source `financed` is `build`
//! itself and takes neither column nor row; what no source may finance keeps its own cost of capital. A source is left out of years in
//! which it has nothing to give, and what has only such sources can not be built in them: `build(f,y) ≤ 0`. The tank of a store is a
//! fleet like any other.

use super::super::context::Context;
use super::super::draft::Draft;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Program, Sense};
use crate::model::*;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for fleet in ctx.model.fleets.ids() {
        if !ctx.model.is_financed(fleet) {
            continue;
        }
        for year in ctx.years() {
            if let Some(build) = draft.program.column(ColumnKey::Build(fleet, year)) {
                split(ctx, draft, fleet, year, build);
            }
        }
    }
}

fn split(ctx: &Context, draft: &mut Draft, fleet: FleetId, year: YearId, build: ColId) {
    let sources: Vec<FinanceId> = ctx.model.sources_in(fleet, year).collect();
    let key = RowKey::Financing(fleet, year);
    match sources.len() {
        0 => {
            draft.program.add_row(key, Block::Horizon, &[(build, 1.0)], Sense::Le, 0.0);
        }
        1 => {}
        _ => {
            let mut terms = vec![(build, -1.0)];
            for source in sources {
                let part = ColumnKey::Financed(source, fleet, year);
                terms.push((draft.program.add_column(part, Block::Horizon, 0.0, f64::INFINITY), 1.0));
            }
            draft.program.add_row(key, Block::Horizon, &terms, Sense::Eq, 0.0);
        }
    }
}

/// A part of what is built, and who finances it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The source; `None` for what is paid for at the fleet's own cost of capital.
    pub source: Option<FinanceId>,
    /// Its capacity.
    pub column: ColId,
}

/// The parts of what is built of a fleet in the period of a year; none where nothing can be.
pub fn parts(ctx: &Context, program: &Program, fleet: FleetId, year: YearId) -> Vec<Part> {
    let Some(build) = program.column(ColumnKey::Build(fleet, year)) else { return Vec::new() };
    if !ctx.model.is_financed(fleet) {
        return vec![Part { source: None, column: build }];
    }
    let column = |source| program.column(ColumnKey::Financed(source, fleet, year)).unwrap_or(build);
    ctx.model.sources_in(fleet, year).map(|source| Part { source: Some(source), column: column(source) }).collect()
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{DAYS, lines, rows};

    /// Something to build for 1000 USD/kW, to be paid back within a year.
    fn plant(name: &str, zones: &[&str], more: &str) -> String {
        format!(
            "[technologies.{name}]\nzones = {zones:?}\noutputs = \"electricity\"\ncapital-cost = \"1000 USD/kW\"\n\
             lifetime = \"20 yr\"\neconomic-life = \"1 yr\"\n{more}\n"
        )
    }

    /// Paid back within a year at 4 % and 10 %, 1000 USD/kW are 1040 and 1100. The tower has one source and no split; in b no
    /// source finances the mast, which pays its own 20 %.
    #[test]
    fn sources_share_what_is_built() {
        let plants = [
            plant("mill", &["a"], "build-from = 2030"),
            plant("tower", &["a"], "build-from = 2030"),
            plant("mast", &["a", "b"], "build-from = 2030\ncost-of-capital = 0.2"),
        ];
        let scenario = plants.concat()
            + r#"
[finance.cheap]
cost-of-capital = { 2025 = 0.09, 2030 = 0.04 }
technologies = ["mill"]
[finance.dear]
cost-of-capital = 0.1
technologies = ["mill", "tower", "mast"]
zones = ["a"]
"#;
        insta::assert_snapshot!(rows(&scenario, &["financing[", "+ ", "0 <= financed", "0 <= build"]), @"
        + 1100 build[tower@a,2030]
        + 1100 build[mast@a,2030]
        + 1200 build[mast@b,2030]
        + 1040 financed[cheap,mill@a,2030]
        + 1100 financed[dear,mill@a,2030]
        financing[mill@a,2030]: - 1 build[mill@a,2030] + 1 financed[cheap,mill@a,2030] + 1 financed[dear,mill@a,2030] = 0
        0 <= build[mill@a,2030] <= inf
        0 <= build[tower@a,2030] <= inf
        0 <= build[mast@a,2030] <= inf
        0 <= build[mast@b,2030] <= inf
        0 <= financed[cheap,mill@a,2030] <= inf
        0 <= financed[dear,mill@a,2030] <= inf
        ");
    }

    /// Until 2029 the fund has nothing to give: the tower is not built, and the mill is the bank's alone.
    #[test]
    fn a_source_is_left_out_where_it_has_nothing_to_give() {
        let scenario = plant("mill", &["a"], "")
            + &plant("tower", &["a"], "")
            + r#"
[finance.bank]
cost-of-capital = 0.1
technologies = ["mill"]
[finance.fund]
cost-of-capital = 0.04
max = { 2029 = "0 USD/yr", 2030 = "1 BUSD/yr" }
"#;
        insta::assert_snapshot!(rows(&scenario, &["financing[", "finance_limit[", "+ ", "0 <= financed"]), @"
        + 1100 build[mill@a,2025]
        + 1040 build[tower@a,2030]
        + 1100 financed[bank,mill@a,2030]
        + 1040 financed[fund,mill@a,2030]
        financing[mill@a,2030]: - 1 build[mill@a,2030] + 1 financed[bank,mill@a,2030] + 1 financed[fund,mill@a,2030] = 0
        financing[tower@a,2025]: + 1 build[tower@a,2025] <= 0
        finance_limit[fund,2030]: + 200 build[tower@a,2030] + 200 financed[fund,mill@a,2030] <= 1000
        0 <= financed[bank,mill@a,2030] <= inf
        0 <= financed[fund,mill@a,2030] <= inf
        ");
    }

    /// A store's power and its tank are financed each for itself.
    #[test]
    fn a_tank_is_financed_with_its_store() {
        let scenario = r#"
[technologies.battery]
zones = ["a"]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
storage = { commodity = "electricity", energy-capital-cost = "200 USD/kWh" }
build-from = 2030
[finance.bank]
cost-of-capital = 0.1
[finance.fund]
cost-of-capital = 0.1
"#;
        insta::assert_snapshot!(lines(DAYS, scenario, &["financing["]), @"
        financing[battery@a,2030]: - 1 build[battery@a,2030] + 1 financed[bank,battery@a,2030] + 1 financed[fund,battery@a,2030] = 0
        financing[battery@a:tank,2030]: - 1 build[battery@a:tank,2030] + 1 financed[bank,battery@a:tank,2030] + 1 financed[fund,battery@a:tank,2030] = 0
        ");
    }
}
