//! The schema that editors get takes every scenario there is, and flags what the reader flags.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::{Path, PathBuf};

use common::desk::Desk;
use common::schema::Schema;
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

fn validator(kind: &str) -> Schema {
    let (text, _) = Desk::new(&[]).run(&["schema", kind], 0);
    Schema::new(serde_json::from_str(&text).unwrap())
}

fn json(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).unwrap().into(),
        DeValue::Float(number) => number.as_str().parse::<f64>().unwrap().into(),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(object(table)),
    }
}

fn object(table: &DeTable) -> Map<String, Value> {
    table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
}

/// What a schema says of a file: where, and what.
fn flagged(schema: &Schema, text: &str) -> Vec<String> {
    let table = DeTable::parse(text).unwrap();
    schema.errors(&Value::Object(object(table.get_ref())))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    assert!(!files.is_empty());
    files.sort();
    files
}

#[test]
fn every_shipped_file_fits() {
    let (scenario, sweep) = (validator("scenario"), validator("sweep"));
    let folders = [
        ("scenarios", &scenario),
        ("scenarios/kazakhstan", &scenario),
        ("src/scenario/schema/examples", &scenario),
        ("scenarios/sweeps", &sweep),
    ];
    for (folder, schema) in folders {
        for file in files(folder) {
            let said = flagged(schema, &std::fs::read_to_string(&file).unwrap());
            assert!(said.is_empty(), "{}:\n{}", file.display(), said.join("\n"));
        }
    }
}

/// What an import writes is a scenario file like any other.
#[test]
fn an_imported_scenario_fits() {
    let desk = Desk::new(&[]);
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/osemosys-utopia/tables");
    desk.run(&["import", "osemosys", tables.to_str().unwrap(), "--out", "made", "--name", "utopia"], 0);
    let text = std::fs::read_to_string(desk.path("made/utopia.toml")).unwrap();
    let said = flagged(&validator("scenario"), &text);
    assert!(said.is_empty(), "{}", said.join("\n"));
}

/// Parts of files that are right, with all the ways to write a value.
#[test]
fn ways_to_write_a_value_fit() {
    let schema = validator("scenario");
    for text in [
        "extends = \"a.toml\"\nremove = [\"policies.cap\"]",
        "extends = [\"a.toml\", \"b.toml\"]",
        "[technologies.x]\ncapital-cost = \"1_500.5 USD2016/kW\"",
        "[technologies.x]\ncapital-cost = { 2025 = \"1.5e3 USD/kW\", 2030 = { value = \"1 kUSD/kW\", source = \"s\" }, source = \"t\" }",
        "[technologies.x]\ncapital-cost = { value = { 2025 = \"900 USD/kW\" }, quality = \"estimate\" }",
        "[technologies.x]\navailability = \"90 %\"\nzone = { north = { availability = 0.8 } }\nnote = \"n\"",
        "[technologies.x]\ninputs = { gas = 1.8, water = \"0.2 t/MWh\" }\noutputs = [\"power\"]\nsource = \"s\"",
        "[technologies]\nquality = \"official\"\n[technologies.x]\ninputs = \"gas\"",
        "[commodities.x]\nprice = { north = \"8 USD/MWh\", south = { 2025 = \"9 USD/MWh\" } }",
        "[policies.x]\nmax = { 2030 = 0.3 }",
        "[policies.x]\nkind = \"share\"\nmin = \"30 %\"",
        "[money]\nprice-year = { value = 2023, source = \"s\" }",
        "[solver]\nsolver = \"simplex\"\nthreads = 2",
    ] {
        assert_eq!(flagged(&schema, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn mistakes_are_flagged() {
    let schema = validator("scenario");
    for text in [
        // Keys that nobody knows.
        "titel = \"x\"",
        "[technologies.x]\ncapitl-cost = \"900 USD/kW\"",
        "[technologies.x.zone.north]\nstorage = { commodity = \"power\" }",
        "[technologies.x]\ncapital-cost = { value = \"900 USD/kW\", sorce = \"s\" }",
        "[markets.x]\nsteps = [{ volume = \"1 TWh\", prize = \"1 USD/MWh\" }]",
        // Keys of another kind of policy.
        "[policies.x]\nkind = \"share\"\nbudget = \"2 Gt\"",
        "[policies.x]\nkind = \"emission-price\"\nslack-cost = \"5 USD/t\"",
        // Values of another kind.
        "[time]\ndays = \"12\"",
        "[time]\ndays = 400",
        "[zones.x]\nexternal = \"yes\"",
        "[horizon]\nyears = 2030",
        "[technologies.x]\nlifetime = true",
        "[policies.x]\nkind = \"emission-cap\"\nmax = 5",
        // Words that are none.
        "[policies.x]\nkind = \"emission-capp\"",
        "[technologies.x]\nsource = \"s\"\nquality = \"good\"",
        // Numbers without units, and units that can not be meant.
        "[technologies.x]\nlifetime = 25",
        "[technologies.x]\nlifetime = \"25\"",
        "[technologies.x]\ncapital-cost = \"900 USD\"",
        "[technologies.x]\ncapital-cost = \"1,000 USD/kW\"",
        "[technologies.x]\ncapital-cost = { 2025 = 900 }",
        "[technologies.x]\ncapital-cost = { later = \"900 USD/kW\" }",
        "[technologies.x]\ncapacity-credit = 1.5",
    ] {
        assert!(!flagged(&schema, text).is_empty(), "{text}");
    }
}

/// A file of one's own from the schema's file.
#[test]
fn the_schema_can_be_written_to_a_file() {
    let desk = Desk::new(&[]);
    let (printed, _) = desk.run(&["schema"], 0);
    let (nothing, _) = desk.run(&["schema", "scenario", "--out", "a b.json"], 0);
    assert_eq!(nothing, "");
    assert_eq!(std::fs::read_to_string(desk.path("a b.json")).unwrap(), printed);
    let (_, said) = desk.run(&["schema", "--out", "nowhere/a.json"], 1);
    assert!(said.contains("can not write nowhere/a.json"), "{said}");
}
