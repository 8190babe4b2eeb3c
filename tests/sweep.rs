//! Sweeps as people run them: tables, resuming, shards, mistakes.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::io::Read as _;
use std::process::Stdio;

use common::desk::Desk;
use parquet::file::reader::{FileReader as _, SerializedFileReader};

/// Gas plants and sun serve a load in three years, under a cap.
pub const SCENARIO: &str = r#"
[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030, 2040]
[time]
slices = { night = 0.5, day = 0.4, peak = 0.1 }
[zones.a]
[pollutants.co2]
[commodities.gas]
price = "20 USD/MWh"
emissions = { co2 = "0.2 t/MWh" }
[commodities.electricity]
[profiles.load]
slices = { night = 0.8, day = 1.0, peak = 2.0 }
[profiles.sun]
slices = { night = 0, day = 0.45, peak = 0.2 }
[technologies.ccgt]
inputs = "gas"
outputs = "electricity"
efficiency = 0.5
capital-cost = "900 USD/kW"
lifetime = "25 yr"
[technologies.solar]
outputs = "electricity"
profile = "sun"
capital-cost = { 2025 = "800 USD/kW", 2040 = "500 USD/kW" }
lifetime = "25 yr"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
profile = "load"
[policies.cap]
kind = "emission-cap"
pollutants = "co2"
max = "3.2 Mt/yr"
[indicators.co2_mt]
title = "Emissions"
measure = "emissions"
unit = "Mt"
pollutants = "co2"
[indicators.solar_gw]
title = "Solar capacity"
measure = "capacity"
unit = "GW"
technologies = ["solar"]
"#;

const CAPS: &str = r#"
title = "Caps and costs"
scenario = "case.toml"
[design]
kind = "grid"
[parameters.cap]
path = "policies.cap.max"
range = { from = "3.4 Mt/yr", to = "2.6 Mt/yr", steps = 5 }
[parameters.solar-cost]
path = "technologies.solar.capital-cost"
scale = true
values = [0.7, 1, 1.3, 1.6]
"#;

/// A folder with the scenario and a sweep of it.
fn desk(sweep: &str) -> Desk {
    Desk::of("sweep", &[("case.toml", SCENARIO), ("caps.toml", sweep)])
}

fn bytes(desk: &Desk, name: &str) -> Vec<u8> {
    std::fs::read(desk.path(name)).unwrap()
}

/// Rows of a table by the names of its columns.
fn rows(desk: &Desk, name: &str) -> Vec<std::collections::HashMap<String, String>> {
    csv::Reader::from_path(desk.path(name)).unwrap().deserialize().map(Result::unwrap).collect()
}

#[test]
fn a_sweep_makes_one_tidy_table() {
    let desk = self::desk(CAPS);
    let (out, err) = desk.run(&["caps.toml", "--jobs", "2"], 0);
    assert!(out.contains("20 of 20 variants") && out.contains("Emissions") && out.contains("solar-cost"), "{out}");
    assert!(err.contains("0 left"), "{err}");
    let table = bytes(&desk, "results/caps/variants.csv");
    let header = "sweep,variant,status,cap,cap_unit,solar-cost,solar-cost_unit,year,indicator,value,unit";
    assert_eq!(String::from_utf8_lossy(&table).lines().next(), Some(header));
    let rows = self::rows(&desk, "results/caps/variants.csv");
    // Two indicators in three years, the gap and the cost.
    assert_eq!(rows.len(), 20 * 8);
    let numbers: Vec<usize> = rows.iter().map(|row| row["variant"].parse().unwrap()).collect();
    assert!(numbers.is_sorted());
    assert_eq!(
        (rows[0]["cap"].as_str(), rows[0]["cap_unit"].as_str(), rows[0]["solar-cost"].as_str()),
        ("3.4", "Mt/yr", "0.7")
    );
    let costs: Vec<f64> =
        rows.iter().filter(|row| row["indicator"] == "objective").map(|row| row["value"].parse().unwrap()).collect();
    assert_eq!(costs.len(), 20);
    for costs in costs.chunks(4) {
        assert!(costs.is_sorted(), "dearer sun costs more: {costs:?}");
    }
    // Each variant is what a run of its own would give, up to the gap.
    let alone = common::Case::from_file(
        &desk.path("case.toml"),
        &[
            "policies.cap.max=2.6 Mt/yr",
            "technologies.solar.capital-cost={ 2025 = \"1280 USD/kW\", 2040 = \"800 USD/kW\" }",
        ],
    );
    common::close(costs[19], alone.objective, 2e-4 * alone.objective);
    let parquet =
        SerializedFileReader::new(std::fs::File::open(desk.path("results/caps/variants.parquet")).unwrap()).unwrap();
    assert_eq!(parquet.metadata().file_metadata().num_rows(), 160);
    let first = parquet.get_row_iter(None).unwrap().next().unwrap().unwrap();
    let shown: Vec<String> = first.get_column_iter().map(|(name, field)| format!("{name}={field}")).collect();
    assert!(shown.contains(&"solar-cost=0.7".to_owned()) && shown.contains(&"year=2025".to_owned()), "{shown:?}");
}

#[test]
fn what_was_killed_goes_on_and_ends_with_the_same_bytes() {
    let desk = self::desk(CAPS);
    desk.run(&["caps.toml", "--out", "whole", "--quiet"], 0);
    let whole = bytes(&desk, "whole/caps/variants.csv");
    let mut child =
        desk.command(&["caps.toml", "--jobs", "2"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut said = String::new();
    let mut err = child.stderr.take().unwrap();
    while said.matches(" left\n").count() < 4 {
        let mut byte = [0];
        assert_eq!(err.read(&mut byte).unwrap(), 1, "it ended too soon: {said}");
        said.push(byte[0] as char);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // As if it had been killed while it wrote: half a row at the end.
    let path = desk.path("results/caps/variants.csv");
    let mut torn = std::fs::read(&path).unwrap();
    let kept = torn.iter().filter(|&&byte| byte == b'\n').count();
    torn.extend(b"caps,20,optimal,2.6,Mt/yr,1.6,,20");
    std::fs::write(&path, torn).unwrap();
    let (_, err) = desk.run(&["caps.toml"], 0);
    let again = err.lines().filter(|line| line.contains(", optimal;")).count();
    assert!(kept > 1 && again < 20, "{kept} rows were kept and {again} variants solved again");
    assert_eq!(bytes(&desk, "results/caps/variants.csv"), whole);
    assert_eq!(bytes(&desk, "results/caps/variants.parquet"), bytes(&desk, "whole/caps/variants.parquet"));
    // What is finished is not solved again.
    let (_, err) = desk.run(&["caps.toml"], 0);
    assert_eq!(err, "");
    assert_eq!(bytes(&desk, "results/caps/variants.csv"), whole);
}

#[test]
fn shards_add_up_to_the_whole() {
    let desk = self::desk(CAPS);
    desk.run(&["caps.toml", "--out", "whole", "--quiet"], 0);
    for shard in ["1/3", "2/3", "3/3"] {
        desk.run(&["caps.toml", "--shard", shard, "--quiet"], 0);
    }
    assert_eq!(self::rows(&desk, "results/caps/variants-3-of-3.csv").len(), 6 * 8);
    let (_, err) = desk.run(&["caps.toml"], 0);
    assert_eq!(err, "", "nothing is left to solve");
    assert_eq!(bytes(&desk, "results/caps/variants.csv"), bytes(&desk, "whole/caps/variants.csv"));
    desk.run(&["caps.toml", "--shard", "4/3"], 2);
}

#[test]
fn results_of_something_else_are_not_mixed_in() {
    let desk = self::desk(CAPS);
    desk.run(&["caps.toml", "--quiet"], 0);
    let before = bytes(&desk, "results/caps/variants.csv");
    std::fs::write(desk.path("case.toml"), SCENARIO.replace("8.76 TWh", "8 TWh")).unwrap();
    let (_, err) = desk.run(&["caps.toml"], 2);
    assert!(err.contains("--restart"), "{err}");
    assert_eq!(bytes(&desk, "results/caps/variants.csv"), before);
    desk.run(&["caps.toml", "--restart", "--quiet"], 0);
    assert_ne!(bytes(&desk, "results/caps/variants.csv"), before);
}

#[test]
fn variants_without_a_solution_have_a_row() {
    let desk = self::desk(&CAPS.replace("to = \"2.6 Mt/yr\"", "to = \"0 Mt/yr\""));
    let (out, _) = desk.run(&["caps.toml"], 0);
    assert!(out.contains("12 of 20 variants"), "{out}");
    let rows = self::rows(&desk, "results/caps/variants.csv");
    let infeasible: Vec<_> = rows.iter().filter(|row| row["status"] == "infeasible").collect();
    assert_eq!(infeasible.len(), 8);
    assert!(
        infeasible.iter().all(|row| row["cap"].starts_with('0') && row["year"].is_empty() && row["value"].is_empty())
    );
}

#[test]
fn one_at_a_time_shows_what_matters_most() {
    let sweep = r#"
scenario = "case.toml"
set.policies.cap.max = "3 Mt/yr"
[design]
kind = "one-at-a-time"
[parameters]
gas-price = { path = "commodities.gas.price", values = ["19 USD/MWh", "21 USD/MWh"] }
demand = { path = "demands.load.annual", scale = true, uniform = [0.8, 1.0] }
"#;
    let desk = self::desk(sweep);
    let (out, _) = desk.run(&["caps.toml", "--indicator", "solar_gw", "--year", "2030"], 0);
    let place = |word: &str| out.find(word).unwrap_or_else(|| panic!("{word} is not in\n{out}"));
    assert!(place("Solar capacity") < place("demand") && place("demand") < place("gas-price"), "{out}");
    assert!(!out.contains("Emissions"), "{out}");
    let rows = self::rows(&desk, "results/caps/variants.csv");
    // The scenario as it is comes first.
    assert_eq!((rows[0]["gas-price"].as_str(), rows[0]["demand"].as_str()), ("20", "1"));
    assert_eq!(rows.last().unwrap()["variant"], "5");
    desk.run(&["caps.toml", "--indicator", "solar"], 2);
    desk.run(&["caps.toml", "--year", "2031"], 2);
}

#[test]
fn samples_come_from_the_seed() {
    let sweep = |seed: u64| {
        format!(
            "scenario = \"case.toml\"\ndesign = {{ kind = \"latin-hypercube\", samples = 6, seed = {seed} }}\n[parameters]\n\
             sun = {{ path = \"technologies.solar.capital-cost\", scale = true, normal = {{ mean = 1, deviation = 0.1 }} }}\n\
             gas = {{ path = \"commodities.gas.price\", triangular = [\"15 USD/MWh\", \"20 USD/MWh\", \"30 USD/MWh\"] }}\n"
        )
    };
    let desk = self::desk(&sweep(1));
    let (out, _) = desk.run(&["caps.toml"], 0);
    assert!(out.contains("rank correlation"), "{out}");
    let first = bytes(&desk, "results/caps/variants.csv");
    desk.run(&["caps.toml", "--out", "again", "--quiet", "--jobs", "2"], 0);
    assert_eq!(bytes(&desk, "again/caps/variants.csv"), first);
    std::fs::write(desk.path("caps.toml"), sweep(2)).unwrap();
    desk.run(&["caps.toml"], 2);
}

#[test]
fn mistakes_are_found_before_anything_is_solved() {
    let sweep = r#"
scenario = "case.toml"
[design]
kind = "grid"
sampels = 3
[parameters.wind]
path = "technologies.slar.capital-cost"
values = ["900 USD/kW"]
[parameters.sun]
path = "technologies.solar.capital-cost"
values = ["900 USD/kW", "900 USD/MWh"]
[parameters.gas]
path = "commodities.gas.price"
scale = true
uniform = [0.7, 1.3]
[parameters.cap]
path = "policies.cap.max"
range = { from = "3 Mt/yr", to = "2 kt/yr", steps = 3 }
[parameters.year]
path = "policies.cap.kind"
scale = true
values = [1.1]
"#;
    let desk = self::desk(sweep);
    let (_, err) = desk.run(&["caps.toml"], 2);
    insta::assert_snapshot!(err);
    assert!(!desk.path("results").exists(), "nothing is written");
    std::fs::write(desk.path("caps.toml"), CAPS.replace("values = [0.7, 1, 1.3, 1.6]", "values = [0.7, -1]")).unwrap();
    let (_, err) = desk.run(&["caps.toml"], 2);
    assert!(err.contains("caps.toml:12:16"), "{err}");
    let (_, err) = desk.run(&["capz.toml"], 2);
    assert!(err.contains("did you mean `caps.toml`"), "{err}");
}
