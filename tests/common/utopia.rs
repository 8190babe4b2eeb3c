//! UTOPIA, the test model of OSeMOSYS, beside its published solution.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::{Case, page};

/// The published objective.
pub const OBJECTIVE: f64 = 29446.86269;

/// Energy of a gigawatt through a year, PJ.
const PJ_PER_GW: f64 = 31.536;

/// Values by the texts of some columns.
pub type Values = BTreeMap<Vec<String>, f64>;

/// A published table, and what Altyn has in its place.
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What its values are.
    pub title: &'static str,
    found: Values,
    published: Values,
}

impl Table {
    /// Keys with Altyn's value and the published one; a row that is not there is 0.
    pub fn pairs(&self) -> Vec<(&Vec<String>, f64, f64)> {
        let keys: BTreeSet<_> = self.found.keys().chain(self.published.keys()).collect();
        let value = |values: &Values, key| values.get(key).copied().unwrap_or(0.0);
        keys.into_iter().map(|key| (key, value(&self.found, key), value(&self.published, key))).collect()
    }
}

/// Where it stands.
pub fn folder() -> PathBuf {
    page::path("tests/cases/osemosys-utopia")
}

/// All published tables.
pub fn tables(case: &Case) -> Vec<Table> {
    vec![
        Table {
            name: "TotalCapacityAnnual",
            title: "capacity by technology and year",
            found: capacity(case, "capacity", "capacity"),
            published: published("TotalCapacityAnnual", &["TECHNOLOGY", "YEAR"]),
        },
        Table {
            name: "NewCapacity",
            title: "new capacity by technology and year",
            found: capacity(case, "investment", "built"),
            published: published("NewCapacity", &["TECHNOLOGY", "YEAR"]),
        },
        Table {
            name: "ProductionByTechnologyAnnual",
            title: "output by technology, commodity and year",
            found: output(case),
            published: published("ProductionByTechnologyAnnual", &["TECHNOLOGY", "FUEL", "YEAR"]),
        },
        Table {
            name: "AnnualEmissions",
            title: "emissions by pollutant and year",
            found: emissions(case),
            published: published("AnnualEmissions", &["EMISSION", "YEAR"]),
        },
    ]
}

fn published(table: &str, columns: &[&str]) -> Values {
    let mut reader = csv::Reader::from_path(folder().join(format!("results/{table}.csv"))).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let places: Vec<usize> = columns.iter().map(|name| at(name)).collect();
    let mut found = Values::new();
    for record in reader.records().map(Result::unwrap) {
        let key = places.iter().map(|&place| record[place].to_owned()).collect();
        *found.entry(key).or_default() += record[at("VALUE")].parse::<f64>().unwrap();
    }
    found
}

/// Power plants are in GW there, and everything else in PJ a year; the store has no capacity.
fn capacity(case: &Case, table: &str, column: &str) -> Values {
    let rows = case.texts(table, &[], "technology").into_iter().zip(case.texts(table, &[], "year"));
    let mut found = Values::new();
    for ((technology, year), gigawatts) in rows.zip(case.values(table, &[], column)) {
        if !technology.starts_with("DAM") {
            let is_plant = ["E01", "E21", "E31", "E51", "E70"].contains(&&*technology);
            let capacity = if is_plant { gigawatts } else { gigawatts * PJ_PER_GW };
            *found.entry(vec![technology, year]).or_default() += capacity;
        }
    }
    found
}

fn output(case: &Case) -> Values {
    let column = |name: &str| case.texts("flows", &["direction=supply"], name);
    let rows = column("technology").into_iter().zip(column("commodity")).zip(column("year"));
    let mut found = Values::new();
    for (((technology, commodity), year), value) in rows.zip(case.values("flows", &["direction=supply"], "value")) {
        if commodity != "DAM" {
            *found.entry(vec![technology, commodity, year]).or_default() += value;
        }
    }
    found
}

fn emissions(case: &Case) -> Values {
    let of = |pollutant: &str, year: i32| {
        let filters = [format!("year={year}"), format!("pollutant={pollutant}")];
        let released = case.sum("emissions", &[&filters[0], &filters[1]], "value");
        (vec![pollutant.to_owned(), year.to_string()], released)
    };
    ["CO2", "NOX"].into_iter().flat_map(|pollutant| (1990..=2010).map(move |year| of(pollutant, year))).collect()
}
