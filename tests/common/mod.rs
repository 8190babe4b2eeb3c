//! One way to build and solve a small scenario, and to look up what came out.

#![allow(dead_code)] // Each test file uses its own part.

pub mod browser;
pub mod desk;
pub mod page;
pub mod python;
pub mod schema;
pub mod system;
pub mod utopia;

use std::path::Path;

use altyn::results::{Column, Results, tabulate};
use altyn::run::{Solved, formulate, solve_by};
use altyn::solve::{Method, Silent, SolveOptions, Status};
use altyn::{scenario, time};

/// A solved scenario.
pub struct Case {
    /// How the solve ended.
    pub status: Status,
    /// Discounted cost, million USD.
    pub objective: f64,
    /// Tables and summary; empty without an optimum.
    pub results: Option<Results>,
}

impl Case {
    /// Solves a scenario; one that is not valid fails the test with its diagnostics.
    pub fn solve(text: &str) -> Self {
        Self::with_files(text, &[])
    }

    /// Solves a scenario that names other files.
    pub fn with_files(text: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let path = folder.path().join("case.toml");
        std::fs::write(&path, text).unwrap();
        Self::from_file(&path, &[])
    }

    /// Solves a scenario file.
    pub fn from_file(path: &Path, settings: &[&str]) -> Self {
        Self::solved(path, settings, None)
    }

    /// Solves a scenario file by decomposition, to a gap.
    pub fn decomposed(path: &Path, settings: &[&str], gap: f64) -> Self {
        Self::solved(path, settings, Some(gap))
    }

    fn solved(path: &Path, settings: &[&str], gap: Option<f64>) -> Self {
        let settings: Vec<String> = settings.iter().map(|s| (*s).to_owned()).collect();
        let loaded = scenario::load(path, &settings).unwrap_or_else(|problems| panic!("{problems}"));
        let grid = time::resolve(&loaded.model);
        let method = if gap.is_some() { Method::Decomposition } else { Method::Monolith };
        let mut options = SolveOptions { highs: loaded.model.solver.clone(), ..SolveOptions::default() };
        options.gap = gap.unwrap_or(options.gap);
        let formulations = formulate(method, &loaded.model, &grid);
        let Solved { formulations, solutions, .. } = solve_by(method, formulations, &options, &Silent).unwrap();
        let solution = &solutions[0];
        let results = (solution.status == Status::Optimal).then(|| tabulate(&formulations, &solutions));
        if results.is_some() {
            let quality = solution.quality;
            assert!(quality.primal_infeasibility < 1e-7, "{quality:?}");
            assert!(quality.dual_infeasibility < 1e-7, "{quality:?}");
            assert!(quality.gap < gap.unwrap_or(1e-7), "{quality:?}");
        }
        Self { status: solution.status, objective: solution.objective, results }
    }

    fn results(&self) -> &Results {
        self.results.as_ref().unwrap_or_else(|| panic!("no optimum: {:?}", self.status))
    }

    /// Rows of a table that fit all filters `column=value`, as texts of one column.
    pub fn texts(&self, table: &str, filters: &[&str], column: &str) -> Vec<String> {
        let table = self.results().tables.iter().find(|t| t.name == table).unwrap();
        let position = |name: &str| table.header.iter().position(|h| *h == name).unwrap();
        let filters: Vec<(usize, &str)> =
            filters.iter().map(|f| f.split_once('=').unwrap()).map(|(name, value)| (position(name), value)).collect();
        let column = position(column);
        (0..table.rows())
            .filter(|&row| filters.iter().all(|&(at, value)| table.text(row, at) == value))
            .map(|row| table.text(row, column))
            .collect()
    }

    /// Values of one column in the rows of a table that fit all filters `column=value`.
    pub fn values(&self, table: &str, filters: &[&str], column: &str) -> Vec<f64> {
        self.texts(table, filters, column).iter().map(|text| text.parse().unwrap()).collect()
    }

    /// Sum of the values of one column.
    pub fn sum(&self, table: &str, filters: &[&str], column: &str) -> f64 {
        self.values(table, filters, column).iter().sum()
    }

    /// The only value of one column.
    pub fn value(&self, table: &str, filters: &[&str], column: &str) -> f64 {
        match self.values(table, filters, column).as_slice() {
            [value] => *value,
            found => panic!("{table} {filters:?} {column}: {found:?}"),
        }
    }

    /// Values of an indicator, one for each milestone year.
    pub fn indicator(&self, name: &str) -> Vec<f64> {
        let summary = &self.results.as_ref().unwrap().summary;
        let found = summary.indicators.iter().find(|figure| figure.name == name);
        found.unwrap_or_else(|| panic!("no indicator {name}")).values.clone()
    }

    /// Sees to what holds for every solution: costs add up to the objective, supply equals use.
    pub fn check_books(&self) {
        let discounted = self.sum("costs", &["basis=discounted"], "value");
        close(discounted, self.objective, 1e-9 * self.objective.abs().max(1.0));
        let flows = self.results().tables.iter().find(|t| t.name == "flows").unwrap();
        let mut net = std::collections::BTreeMap::new();
        for row in 0..flows.rows() {
            let key = (flows.text(row, 1), flows.text(row, 2), flows.text(row, 3));
            let Column::Number(values) = &flows.columns[6] else { panic!("flows have numbers") };
            let sign = if flows.text(row, 5) == "supply" { 1.0 } else { -1.0 };
            *net.entry(key).or_insert(0.0) += sign * values[row];
        }
        for (key, net) in net {
            assert!(f64::abs(net) < 1e-6, "supply less use of {key:?} is {net}");
        }
    }
}

/// Fails unless two numbers are close.
#[track_caller]
pub fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

/// The frame of small scenarios: one year that stands for itself, no discounting.
pub const ONE_YEAR: &str = r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2030]
edge = 1
[zones.a]
[pollutants.co2]
[commodities.electricity]
"#;

/// A CSV file of one column with 8,760 values.
pub fn hourly(name: &str, value: impl Fn(usize) -> f64) -> String {
    let mut text = format!("{name}\n");
    for hour in 0..8760 {
        text.push_str(&format!("{}\n", value(hour)));
    }
    text
}
