//! A power system of Kazakhstan in PyPSA, built from Altyn's exported tables, and solved again: cost, capacities and prices agree.
//! Skipped with a word where PyPSA is not installed (`make test` installs it).

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::{Path, PathBuf};

use altyn::export::{Target, export};
use altyn::formulation::Formulation;
use altyn::formulation::keys::RowKey;
use altyn::model::Resolution;
use altyn::results::{Table, tabulate, write_tables};
use altyn::run::{Solved, formulate, solve_by};
use altyn::solve::{Method, Silent, Solution, SolveOptions};
use altyn::{scenario, time};
use common::python;

/// Three zones and eight milestone years.
fn power_system() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/power.toml")
}

/// Prices of electricity in every slice, which no result table has.
fn slice_prices(formulation: &Formulation, solution: &Solution) -> Table {
    let mut table = Table::new("slice-prices", &["year", "zone", "slice", "price"]).typed(&["year"], &["price"]);
    let (context, model) = (&formulation.context, formulation.context.model);
    let (electricity, _) = model.commodities.iter().find(|(_, c)| c.name == "electricity").unwrap();
    for year in context.covered() {
        for (zone, place) in model.zones.iter() {
            for slice in context.grid.buckets(Resolution::Hour) {
                let row = formulation.program.row(RowKey::Balance(zone, electricity, year, slice)).unwrap();
                let price = solution.dual(row) / (context.discount[year] * context.amount(slice));
                let (year, slice) = (model.horizon[year].year, context.grid.name(slice));
                table.row([year.into(), (&place.name).into(), slice.into(), price.into()]);
            }
        }
    }
    table
}

/// Solves the system on eight days by `method`, has PyPSA solve its tables in a style, and compares.
fn agree(style: &str, hours: u32, method: Method) {
    let Some(python) = python::environment("twins") else { return };
    let settings = ["time.days=8".to_owned(), format!("time.hours={hours}")];
    let desk = tempfile::tempdir().unwrap();
    let (tables, results) = (desk.path().join("tables"), desk.path().join("results"));
    export(&power_system(), &settings, Target::Tables(&tables)).unwrap();
    let loaded = scenario::load(&power_system(), &settings).unwrap_or_else(|problems| panic!("{problems}"));
    let grid = time::resolve(&loaded.model);
    let options = SolveOptions { gap: 1e-11, ..SolveOptions::default() };
    let formulations = formulate(method, &loaded.model, &grid);
    let Solved { formulations, solutions, .. } = solve_by(method, formulations, &options, &Silent).unwrap();
    let mut found = tabulate(&formulations, &solutions).tables;
    let mut parts = (0..).zip(&solutions).map(|(n, s)| formulations.show(n, |part| slice_prices(part, s)));
    let mut prices = parts.next().unwrap();
    parts.for_each(|part| prices.append(part));
    found.push(prices);
    write_tables(&found, &results).unwrap();
    let mut twin = python::script(&python, "twins/compare.py");
    let cost = solutions[0].objective.to_string();
    eprint!("{}", python::said(twin.arg(&tables).arg(&results).args(["--cost", &cost, "--style", style])));
}

/// With each vintage dispatched on its own, which is PyPSA's own way, and days of four steps.
#[test]
fn pypsas_own_pathway_is_that_of_altyn() {
    agree("examples", 4, Method::Monolith);
}

/// With every hour, as few columns as PyPSA can have, and decomposition.
#[test]
fn pypsa_agrees_hour_by_hour() {
    agree("tuned", 24, Method::Decomposition);
}
