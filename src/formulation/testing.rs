//! Small programs for the tests of constraint families.

use std::fmt::Write as _;

use super::{build, text};
use crate::model::Model;
use crate::{scenario, time};

/// Two zones, two years that stand for five each, two slices of three quarters and one quarter of the year, no discounting.
pub const BASE: &str = r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2025, 2030]
[zones.a]
[zones.b]
[pollutants.co2]
[commodities.electricity]
[commodities.fuel]
price = "10 USD/MWh"
emissions = { co2 = "0.2 t/MWh" }
"#;

/// Named slices; a test that stores things takes [`DAYS`] instead.
pub const SLICES: &str = "[time]\nslices = { base = 0.75, peak = 0.25 }\n";

/// Two representative days of two steps.
pub const DAYS: &str = "[time]\ndays = 2\nhours = 2\nmethod = \"even\"\n";

/// A plant that may be built: 23 USD/MWh to run, of which 20 for fuel.
pub const PLANT: &str = r#"
[technologies.plant]
zones = ["a"]
inputs = "fuel"
outputs = "electricity"
efficiency = 0.5
capital-cost = "1000 USD/kW"
fixed-cost = "20 USD/kW/yr"
variable-cost = "3 USD/MWh"
lifetime = "20 yr"
"#;

/// A plant that stands, and releases 0.4 t/MWh.
pub const BURNER: &str = r#"
[technologies.plant]
zones = ["a"]
inputs = "fuel"
outputs = "electricity"
efficiency = 0.5
capacity = "2 GW"
early-retirement = false
"#;

/// The model of a scenario.
pub fn model(time_table: &str, scenario: &str) -> Model {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.toml");
    std::fs::write(&path, format!("{BASE}{time_table}{scenario}")).unwrap();
    scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).model
}

/// The lines of a scenario's program that begin with one of some words, without their indent.
pub fn lines(time_table: &str, scenario: &str, words: &[&str]) -> String {
    let model = model(time_table, scenario);
    let grid = time::resolve(&model);
    let formulation = build(&model, &grid);
    let mut found = String::new();
    for line in text::render(&formulation).lines().map(str::trim_start) {
        if words.iter().any(|word| line.starts_with(word)) {
            let _ = writeln!(found, "{line}");
        }
    }
    found
}

/// Lines of a program with named slices.
pub fn rows(scenario: &str, words: &[&str]) -> String {
    lines(SLICES, scenario, words)
}
