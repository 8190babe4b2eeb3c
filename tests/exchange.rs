//! Results in the formats of other programs: what is written, what is taken away, and what others read in it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::desk::Desk;
use common::python;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;

/// Two zones with a line and a market abroad, two milestone years; something for every table but few of them have many rows.
const SCENARIO: &str = r#"
title = "Small"
[money]
price-year = 2023
discount-rate = 0.05
deflators = { 2010 = 70, 2023 = 100 }
[horizon]
years = [2025, 2030]
[time]
slices = { day = 0.6, night = 0.4 }
[zones.a]
[zones.b]
[zones.abroad]
external = true
[pollutants.co2]
[pollutants.ch4]
gwp = 28
[commodities.coal]
price = "10 USD/MWh"
emissions = { co2 = "0.34 t/MWh", ch4 = "0.5 kg/MWh" }
[commodities.electricity]
[commodities.heat]
[profiles.sun]
slices = { day = 0.4, night = 0 }
[technologies.coal-plant]
sector = "power"
inputs = "coal"
outputs = "electricity"
efficiency = 0.4
capital-cost = "1500 USD/kW"
lifetime = "40 yr"
[technologies.coal-chp]
sector = "power"
inputs = { coal = 4 }
outputs = { electricity = 1, heat = 2 }
capacity = "0.2 GW"
[technologies.solar]
sector = "power"
outputs = "electricity"
profile = "sun"
capital-cost = { 2025 = "700 USD/kW", 2030 = "500 USD/kW" }
max-build = "0.2 GW/yr"
lifetime = "25 yr"
[technologies.stove]
sector = "buildings"
inputs = "coal"
outputs = "heat"
efficiency = 0.6
capacity = "1 GW"
[technologies.heater]
sector = "buildings"
inputs = "electricity"
outputs = "heat"
capital-cost = "100 USD/kW"
lifetime = "20 yr"
[technologies.battery]
sector = "power"
capital-cost = "200 USD/kW"
lifetime = "15 yr"
storage = { commodity = "electricity", duration = "4 h" }
[assets."Park, first"]
technology = "solar"
zone = "a"
capacity = "0.1 GW"
commissioned = 2019
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capacity = "0.3 GW"
losses = 0.02
[links.border]
from = "b"
to = "abroad"
commodity = "electricity"
capacity = "0.1 GW"
[markets.sale]
zone = "abroad"
commodity = "electricity"
trade = "export"
price = "60 USD/MWh"
[demands.a]
zone = "a"
commodity = "electricity"
annual = "4 TWh"
sector = "buildings"
[demands.b]
zone = "b"
commodity = "electricity"
annual = "2 TWh"
sector = "buildings"
[demands.warmth]
zone = "a"
commodity = "heat"
annual = "3 TWh"
sector = "buildings"
[policies.tax]
kind = "emission-price"
pollutants = ["co2"]
price = "20 USD/t"
[indicators.generation_twh]
unit = "TWh"
measure = "supply"
commodity = "electricity"
technologies = ["*"]
except = ["battery", "link:*", "market:*"]
[indicators.export_twh]
unit = "TWh"
measure = "trade"
markets = ["sale"]
[indicators.share]
unit = "1"
measure = "ratio"
of = "export_twh"
by = "generation_twh"
"#;

/// What of it is reported.
const TEMPLATE: &str = r#"
[iamc]
model = "Model, small"
region = "Land"
zones = { a = "Land|A", b = "Land|B" }
[iamc.units]
"Mt CO2/yr" = "MtCO2/yr"
"kt CH4/yr" = "kt/yr"
"US$2023/t CO2" = "USD2023/tCO2"
"US$2010/GJ" = "USD2010/GJ"
"billion US$2023/yr" = "BUSD/yr"
[iamc.variables."Secondary Energy|Electricity"]
unit = "EJ/yr"
measure = "parts"
covers = "generation_twh"
[iamc.variables."Secondary Energy|Electricity|Coal"]
unit = "EJ/yr"
measure = "supply"
commodity = "electricity"
technologies = ["coal-*"]
[iamc.variables."Secondary Energy|Electricity|Solar"]
unit = "EJ/yr"
measure = "supply"
commodity = "electricity"
technologies = ["solar"]
[iamc.variables."Final Energy|Electricity"]
unit = "EJ/yr"
measure = "use"
commodity = "electricity"
sectors = ["buildings"]
[iamc.variables."Capacity|Electricity|Solar"]
unit = "GW"
measure = "capacity"
technologies = ["solar"]
[iamc.variables."Emissions|CO2"]
unit = "Mt CO2/yr"
measure = "parts"
[iamc.variables."Emissions|CO2|Energy|Supply"]
unit = "Mt CO2/yr"
measure = "emissions"
pollutants = ["co2"]
sectors = ["power"]
[iamc.variables."Emissions|CO2|Energy|Demand"]
unit = "Mt CO2/yr"
measure = "emissions"
pollutants = ["co2"]
sectors = ["buildings"]
[iamc.variables."Emissions|CO2|Energy"]
unit = "Mt CO2/yr"
measure = "parts"
[iamc.variables."Emissions|CH4"]
unit = "kt CH4/yr"
measure = "emissions"
pollutants = ["ch4"]
[iamc.variables."Price|Carbon"]
unit = "US$2023/t CO2"
measure = "policy-price"
policies = ["tax"]
[iamc.variables."Price|Secondary Energy|Electricity"]
unit = "US$2010/GJ"
measure = "price"
commodity = "electricity"
[iamc.variables."Investment|Energy Supply|Electricity|Solar"]
unit = "billion US$2023/yr"
measure = "investment"
technologies = ["solar"]
[iamc.variables."Trade|Secondary Energy|Electricity|Volume"]
unit = "EJ/yr"
indicator = "export_twh"
"#;

/// A desk with the scenario as `small.toml`, and without a template as `plain.toml`.
fn desk() -> Desk {
    Desk::new(&[("small.toml", &[SCENARIO, TEMPLATE].concat()), ("plain.toml", SCENARIO)])
}

/// Names of the files in a folder.
fn files(desk: &Desk, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Values of the long form by region, variable and year.
fn reported(desk: &Desk) -> BTreeMap<(String, String, String), f64> {
    let rows = rows(&desk.path("results/small/iamc.csv"));
    assert_eq!(rows[0], ["model", "scenario", "region", "variable", "unit", "year", "value"]);
    let rest = rows.iter().skip(1);
    rest.map(|row| ((row[2].clone(), row[3].clone(), row[5].clone()), row[6].parse().unwrap())).collect()
}

#[test]
fn tables_are_always_csv_and_other_formats_come_and_go() {
    let desk = desk();
    desk.run(&["run", "plain.toml", "-q"], 0);
    let plain = files(&desk, "results/plain");
    let tables: Vec<&str> = plain.iter().filter_map(|name| name.strip_suffix(".csv")).collect();
    let others: Vec<&str> = plain.iter().map(String::as_str).filter(|name| !name.ends_with(".csv")).collect();
    assert_eq!(others, ["display.json", "model.json", "summary.json", "timing.json"]);
    desk.run(&["run", "plain.toml", "-q", "--format", "parquet,xlsx"], 0);
    let both = files(&desk, "results/plain");
    for table in &tables {
        assert!(both.contains(&format!("{table}.parquet")) && both.contains(&format!("{table}.csv")), "{both:?}");
    }
    assert_eq!(both.len(), plain.len() + tables.len() + 1, "{both:?}");
    // What a run does not write does not stay beside what it does, and what is not of Altyn is left alone.
    std::fs::write(desk.path("results/plain/notes.xlsx"), "mine").unwrap();
    desk.run(&["calibrate", "small.toml", "--format", "iamc"], 2);
    desk.run(&["run", "plain.toml", "-q", "--format", "xlsx"], 0);
    let one = files(&desk, "results/plain");
    assert!(one.contains(&"results.xlsx".to_owned()) && one.contains(&"notes.xlsx".to_owned()), "{one:?}");
    assert!(!one.iter().any(|name| name.ends_with(".parquet")), "{one:?}");
    desk.run(&["run", "plain.toml", "-q", "--format", "csv"], 0);
    assert_eq!(files(&desk, "results/plain").len(), plain.len() + 1);
    desk.run(&["run", "small.toml", "-q", "--format", "csv", "--format", "iamc"], 0);
    let template = files(&desk, "results/small");
    assert!(["iamc.csv", "iamc-wide.csv"].iter().all(|name| template.contains(&(*name).to_owned())), "{template:?}");
    desk.run(&["run", "small.toml", "-q"], 0);
    assert_eq!(files(&desk, "results/small"), plain);
}

#[test]
fn the_same_results_are_the_same_bytes() {
    let desk = desk();
    for out in ["one", "two"] {
        desk.run(&["run", "small.toml", "-q", "--out", out, "--format", "csv,parquet,xlsx,iamc"], 0);
    }
    let names = files(&desk, "one/small");
    assert_eq!(names, files(&desk, "two/small"));
    for name in names.iter().filter(|name| *name != "timing.json") {
        let bytes = |folder: &str| std::fs::read(desk.path(folder).join("small").join(name)).unwrap();
        assert!(bytes("one") == bytes("two"), "{name}");
    }
}

/// Parquet files hold what CSV files hold, with types; a table without rows has its types too.
#[test]
fn parquet_files_hold_the_tables() {
    let desk = desk();
    desk.run(&["run", "small.toml", "-q", "--format", "parquet"], 0);
    let folder = desk.path("results/small");
    for name in files(&desk, "results/small").iter().filter_map(|name| name.strip_suffix(".csv")) {
        let expected = rows(&folder.join(format!("{name}.csv")));
        let file = std::fs::File::open(folder.join(format!("{name}.parquet"))).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let schema = reader.metadata().file_metadata().schema_descr();
        let types: BTreeMap<&str, String> =
            schema.columns().iter().map(|column| (column.name(), column.physical_type().to_string())).collect();
        assert_eq!(types.keys().len(), expected[0].len(), "{name}");
        assert_eq!((types["scenario"].as_str(), types["year"].as_str()), ("BYTE_ARRAY", "INT32"), "{name}");
        for value in ["value", "capacity", "deviation", "price", "limit"] {
            assert!(types.get(value).is_none_or(|kind| kind == "DOUBLE"), "{name} {value}");
        }
        let found: Vec<Vec<String>> = reader
            .get_row_iter(None)
            .unwrap()
            .map(|row| row.unwrap().get_column_iter().map(|(_, field)| shown(field)).collect())
            .collect();
        assert_eq!(found, expected[1..], "{name}");
    }
    // The price on emissions has no limit: a null.
    let policies = rows(&folder.join("policies.csv"));
    assert_eq!((policies[1][2].as_str(), policies[1][3].as_str()), ("tax", ""));
}

fn shown(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Int(number) => number.to_string(),
        Field::Double(number) => number.to_string(),
        Field::Str(text) => text.clone(),
        other => panic!("{other} is of no type that is written"),
    }
}

#[test]
fn variables_are_in_the_units_of_the_template_and_add_up() {
    let desk = desk();
    desk.run(&["run", "small.toml", "-q", "--format", "iamc"], 0);
    let reported = reported(&desk);
    let value =
        |region: &str, variable: &str, year: &str| reported[&(region.to_owned(), variable.to_owned(), year.to_owned())];
    let summary: serde_json::Value =
        serde_json::from_slice(&std::fs::read(desk.path("results/small/summary.json")).unwrap()).unwrap();
    let indicator = |name: &str, year: &str| summary["indicators"][name][year].as_f64().unwrap();
    for year in ["2025", "2030"] {
        let electricity = "Secondary Energy|Electricity";
        common::close(value("Land", electricity, year), indicator("generation_twh", year) * 3.6e-3, 1e-12);
        for parent in [electricity, "Emissions|CO2", "Emissions|CO2|Energy"] {
            for region in ["Land", "Land|A", "Land|B"] {
                let is_part = |name: &str| {
                    name.strip_prefix(parent).and_then(|rest| rest.strip_prefix('|')).is_some_and(|r| !r.contains('|'))
                };
                let of_region = reported.iter().filter(|((r, name, y), _)| r == region && is_part(name) && y == year);
                let sum: f64 = of_region.map(|(_, value)| value).sum();
                common::close(value(region, parent, year), sum, 1e-11 * sum.abs());
            }
            common::close(
                value("Land", parent, year),
                value("Land|A", parent, year) + value("Land|B", parent, year),
                1e-9,
            );
        }
        let trade = "Trade|Secondary Energy|Electricity|Volume";
        common::close(value("Land", trade, year), indicator("export_twh", year) * 3.6e-3, 1e-12);
        assert!(value("Land", trade, year) > 0.0);
        // What crosses the border can not be told apart by zones.
        assert!(!reported.contains_key(&("Land|A".to_owned(), trade.to_owned(), year.to_owned())));
        common::close(value("Land", "Price|Carbon", year), 20.0, 1e-9);
        // 0.5 kg and 340 kg of a MWh of coal.
        let (ch4, co2) = (value("Land", "Emissions|CH4", year), value("Land", "Emissions|CO2", year));
        common::close(ch4 / co2, 0.5 / 0.34, 1e-9);
    }
    // USD of 2010 were worth more: 0.7 of the figure in those of 2023.
    let prices = rows(&desk.path("results/small/prices.csv"));
    let of_a = prices.iter().find(|row| row[1..4] == ["2025", "a", "electricity"]).unwrap();
    let per_gigajoule = of_a[4].parse::<f64>().unwrap() / 3.6 * 0.7;
    common::close(value("Land|A", "Price|Secondary Energy|Electricity", "2025"), per_gigajoule, 1e-9);
    // Overnight cost of both zones over the five years of a period.
    let investment = rows(&desk.path("results/small/investment.csv"));
    let solar = investment.iter().filter(|row| row[1] == "2030" && row[3] == "solar");
    let cost: f64 = solar.map(|row| row[8].parse::<f64>().unwrap()).sum();
    common::close(value("Land", "Investment|Energy Supply|Electricity|Solar", "2030"), cost / 5.0 / 1000.0, 1e-9);
    assert!(cost > 0.0);
    // The wide form holds the same.
    let wide = rows(&desk.path("results/small/iamc-wide.csv"));
    assert_eq!(wide[0], ["Model", "Scenario", "Region", "Variable", "Unit", "2025", "2030"]);
    assert_eq!(wide[1][..2], ["Model, small", "small"]);
    assert_eq!(2 * (wide.len() - 1), reported.len());
    for row in &wide[1..] {
        for (year, text) in ["2025", "2030"].iter().zip(&row[5..]) {
            assert_eq!(value(&row[2], &row[3], year), text.parse::<f64>().unwrap(), "{row:?}");
        }
    }
}

#[test]
fn a_scenario_without_a_template_is_an_error_and_writes_nothing() {
    let desk = desk();
    let (_, said) = desk.run(&["run", "plain.toml", "--format", "xlsx,iamc"], 2);
    assert!(said.contains("scenario `plain` has no [iamc]") && said.contains("plain.toml:1:1"), "{said}");
    assert!(said.contains("help: add [iamc] with `region`"), "{said}");
    assert!(!desk.path("results").exists());
    let (_, said) = desk.run(&["run", "plain.toml", "--format", "ods"], 2);
    assert!(said.contains("[possible values: csv, parquet, xlsx, iamc]"), "{said}");
}

/// What `altyn check` says of a template with something else in it.
#[track_caller]
fn said(change: &str, code: i32) -> String {
    let desk = Desk::new(&[
        ("small.toml", &[SCENARIO, TEMPLATE].concat()),
        ("other.toml", &format!("extends = \"small.toml\"\n{change}")),
    ]);
    desk.run(&["check", "other.toml"], code).1
}

#[test]
fn what_a_total_counts_and_no_part_is_told() {
    assert!(!said("", 0).contains("leaves out"));
    let forgotten = r#"
[technologies.gas-plant]
outputs = "electricity"
capacity = "0.1 GW"
variable-cost = "50 USD/MWh"
"#;
    let told = said(forgotten, 0);
    assert!(
        told.contains("`Secondary Energy|Electricity` leaves out what `generation_twh` counts: gas-plant (a, b)"),
        "{told}"
    );
    let twice = r#"
[iamc.variables."Secondary Energy|Electricity|Parks"]
unit = "TWh"
measure = "supply"
commodity = "electricity"
technologies = ["solar", "battery"]
"#;
    let told = said(twice, 0);
    assert!(told.contains("the parts of `Secondary Energy|Electricity` count twice: solar (a, b)"), "{told}");
    assert!(
        told.contains("`Secondary Energy|Electricity` counts what `generation_twh` does not: battery (a, b)"),
        "{told}"
    );
    let deep = r#"
[iamc.variables."Emissions|CO2|Land|Forests"]
unit = "Mt CO2/yr"
measure = "emissions"
pollutants = ["co2"]
"#;
    let told = said(deep, 0);
    assert!(told.contains("`Emissions|CO2|Land|Forests` counts nowhere in `Emissions|CO2`"), "{told}");
}

#[test]
fn mistakes_in_a_template_have_places() {
    for (change, message) in [
        ("remove = [\"iamc.region\"]", "[iamc] lacks `region`"),
        ("remove = [\"iamc.variables\"]", "[iamc] lacks `variables`"),
        ("[iamc]\nzones = { c = \"C\" }", "there is no zone `c`"),
        ("[iamc.zones]\nb = \"Land|A\"", "`Land|A` is the name of another region"),
        ("[iamc]\ncountry = \"C\"", "unknown key `country` in [iamc]"),
        ("[iamc.variables.\"A\"]\nmeasure = \"parts\"\nunit = \"EJ/yr\"", "`A` has no parts"),
        ("[iamc.variables.\"A\"]\nunit = \"EJ/yr\"", "variable `A` lacks `measure`"),
        ("[iamc.variables.\"A\"]\nindicator = \"share\"", "variable `A` lacks `unit`"),
        ("[iamc.variables.\"A\"]\nindicator = \"export\"\nunit = \"EJ/yr\"", "there is no indicator `export`"),
        ("[iamc.variables.\"A\"]\nindicator = \"export_twh\"\nunit = \"Mt/yr\"", "a yearly amount is needed here"),
        ("[iamc.variables.\"A\"]\nindicator = \"export_twh\"\nunit = \"bn kWh\"", "the unit `bn kWh` is not known"),
        (
            "[iamc.variables.\"A\"]\nindicator = \"share\"\nmeasure = \"supply\"\nunit = \"%\"",
            "`indicator` is there as well",
        ),
        ("[iamc.variables.share]\nindicator = \"share\"\nunit = \"%\"", "`share` is the name of an indicator too"),
        (
            "[iamc.variables.\"A\"]\nmeasure = \"parts\"\nunit = \"EJ/yr\"\n[iamc.variables.\"A|B\"]\nmeasure = \"sum\"\nof = [\"A\"]\nunit = \"EJ/yr\"",
            "variable `A|B` is made of itself",
        ),
        (
            "[iamc.variables.\"A\"]\nmeasure = \"parts\"\nunit = \"EJ/yr\"\n[iamc.variables.\"A|B\"]\nmeasure = \"capacity\"\ntechnologies = [\"solar\"]\nunit = \"Mt/yr\"",
            "this indicator is mass per time, and its unit is power",
        ),
        (
            "[iamc.variables.\"A\"]\nmeasure = \"price\"\ncommodity = \"electricity\"\nunit = \"USD/MWh\"\ncovers = \"generation_twh\"",
            "what `A` counts can not be told apart",
        ),
    ] {
        let told = said(change, 2);
        assert!(
            told.contains(message) && (told.contains("other.toml:") || told.contains("small.toml:")),
            "{change}\n{told}"
        );
    }
}

/// Has Python read all formats of a folder.
#[track_caller]
fn read_back(python: &Path, folder: &Path) {
    // pyam's units are kept on disk with the paths of the environment that read them first: each environment has its own.
    let cache = python.ancestors().nth(2).unwrap().join("cache");
    python::said(python::script(python, "exchange/read_back.py").arg(folder).env("IAM_UNITS_CACHE", cache));
}

#[test]
fn python_reads_what_is_written() {
    let Some(python) = python::environment("exchange") else { return };
    let desk = desk();
    desk.run(&["run", "small.toml", "-q", "--format", "parquet,xlsx,iamc"], 0);
    read_back(&python, &desk.path("results/small"));
}

/// The template of the shipped scenarios, for the past and for a pathway.
#[test]
fn kazakhstan_is_reported_in_full() {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let desk = Desk::new(&[]);
    let base = scenarios.join("base-2023.toml");
    let (_, told) =
        desk.run(&["run", base.to_str().unwrap(), "--format", "parquet,xlsx,iamc", "--set", "time.days=2"], 0);
    assert!(!told.contains("iamc.toml"), "{told}");
    let folder = desk.path("results/base-2023");
    let table = rows(&folder.join("iamc-wide.csv"));
    for variable in ["Primary Energy|Coal", "Secondary Energy|Electricity|Wind", "Final Energy|Industry|Electricity"] {
        let row = table.iter().find(|row| row[2] == "Kazakhstan" && row[3] == variable).unwrap();
        assert!(row[5].parse::<f64>().unwrap() > 0.0, "{row:?}");
    }
    if let Some(python) = python::environment("exchange") {
        read_back(&python, &folder);
    }
}
