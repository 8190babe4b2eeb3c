//! `altyn compare` as people run it: what is run again and what is not, what differs, and what is said of it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::time::SystemTime;

use common::desk::Desk;

const BASE: &str = r#"
title = "The base"
[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030]
[time]
slices = { base = 0.8, peak = 0.2 }
[zones.a]
[commodities.gas]
price = "20 USD/MWh"
[commodities.electricity]
[technologies.ccgt]
inputs = "gas"
outputs = "electricity"
efficiency = 0.5
capital-cost = "900 USD/kW"
lifetime = "25 yr"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
[indicators.power_twh]
title = "Power"
measure = "supply"
commodity = "electricity"
unit = "TWh"
"#;

const MORE: &str = "title = \"More of it\"\nextends = \"base.toml\"\n[demands.load]\nannual = \"17.52 TWh\"\n";

const LATER: &str = "title = \"Later\"\nextends = \"base.toml\"\n[horizon]\nyears = [2030, 2035]\n[zones.b]\n";

fn desk() -> Desk {
    Desk::new(&[("base.toml", BASE), ("more.toml", MORE), ("later.toml", LATER)])
}

/// When the results of each scenario were written.
fn written(desk: &Desk) -> BTreeMap<&'static str, SystemTime> {
    let time = |id| desk.path(&format!("results/{id}/summary.json")).metadata().unwrap().modified().unwrap();
    ["base", "more"].into_iter().map(|id| (id, time(id))).collect()
}

#[test]
fn only_what_is_out_of_date_is_run() {
    let desk = desk();
    let compare = || desk.run(&["compare", "base.toml", "more.toml"], 0);
    compare();
    let first = written(&desk);
    let said = compare();
    assert_eq!(written(&desk), first);
    assert!(said.1.contains("base: up to date"));
    // Words of a scenario of its own touch that scenario alone, comments none.
    std::fs::write(desk.path("more.toml"), format!("# A comment.\n\n{MORE}")).unwrap();
    compare();
    assert_eq!(written(&desk), first);
    std::fs::write(desk.path("more.toml"), MORE.replace("17.52", "26.28")).unwrap();
    compare();
    let second = written(&desk);
    assert_eq!(second["base"], first["base"]);
    assert!(second["more"] > first["more"]);
    // What is inherited touches those that inherit it.
    std::fs::write(desk.path("base.toml"), BASE.replace("900 USD", "800 USD")).unwrap();
    compare();
    let third = written(&desk);
    assert!(third["base"] > second["base"] && third["more"] > second["more"]);
    // So does the gap that is asked for.
    desk.run(&["compare", "base.toml", "more.toml", "--gap", "1e-3"], 0);
    assert!(written(&desk)["base"] > third["base"]);
}

#[test]
fn differences_are_what_one_has_more_than_the_other() {
    let desk = desk();
    let out = desk.run(&["compare", "base.toml", "more.toml"], 0);
    let mut rows = csv::Reader::from_path(desk.path("results/comparison.csv")).unwrap();
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let find = |subject: &str, filters: &[(&str, &str)], column: &str| -> f64 {
        let fits = |row: &&csv::StringRecord| {
            &row[at("subject")] == subject && filters.iter().all(|(name, value)| &row[at(name)] == *value)
        };
        let found: Vec<&csv::StringRecord> = rows.iter().filter(fits).collect();
        assert_eq!(found.len(), 1, "{subject} {filters:?}");
        found[0][at(column)].parse().unwrap()
    };
    // Twice the demand takes twice the capacity and twice the gas: 1 GW and 17.52 TWh more.
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs();
    let plant = [("year", "2030"), ("technology", "ccgt")];
    assert!(near(find("capacity", &plant, "difference"), 1.0));
    assert!(near(find("capacity", &plant, "relative"), 1.0));
    let gas = [("year", "2025"), ("technology", "ccgt"), ("commodity", "gas")];
    assert!(near(find("flows", &gas, "difference"), 17.52));
    assert!(near(find("indicators", &[("year", "2025"), ("item", "power_twh")], "value"), 17.52));
    // The price is the same, so it is no difference.
    assert!(!rows.iter().any(|row| &row[at("subject")] == "prices"));
    let inputs = std::fs::read_to_string(desk.path("results/comparison-inputs.csv")).unwrap();
    let expected = "scenario,baseline,path,value,baseline_value,place\n\
                    more,base,demands.load.annual,17.52 TWh,8.76 TWh,more.toml:4\n";
    assert_eq!(inputs, expected);
    let text = out.0;
    for expected in ["More of it", "demands.load.annual", "+8.76", "Capacity: difference", "+1.00"] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
}

#[test]
fn what_can_not_be_matched_is_said() {
    let desk = desk();
    let out = desk.run(&["compare", "base.toml", "later.toml"], 0);
    let text = out.0;
    for expected in [
        "milestone years of base that later has not: 2025",
        "milestone years of later that base has not: 2035",
        "zones of later that base has not: b",
    ] {
        assert!(text.contains(expected), "{expected} is missing in\n{text}");
    }
    let rows = std::fs::read_to_string(desk.path("results/comparison.csv")).unwrap();
    assert!(rows.lines().skip(1).all(|row| row.split(',').nth(3) == Some("2030")), "{rows}");
}

#[test]
fn folders_and_files_go_together_and_any_may_be_the_baseline() {
    let desk = desk();
    desk.run(&["run", "base.toml", "--out", "elsewhere"], 0);
    let out = desk.run(&["compare", "elsewhere/base", "more.toml", "--baseline", "more"], 0);
    let text = out.0;
    assert!(text.contains("-8.76"), "{text}");
    assert!(!desk.path("results/base").exists());
    // Results of the same scenario are told apart by their folders.
    let out = desk.run(&["compare", "elsewhere/base", "base.toml"], 0);
    let text = out.0;
    assert!(text.contains("results/base says the same as elsewhere/base"), "{text}");
}

#[test]
fn mistakes_are_told() {
    let desk = desk();
    let unknown = desk.run(&["compare", "base.toml", "more.toml", "--baseline", "less"], 2);
    assert!(unknown.1.contains("--baseline is one of base, more"));
    std::fs::create_dir(desk.path("empty")).unwrap();
    let empty = desk.run(&["compare", "base.toml", "empty"], 1);
    assert!(empty.1.contains("summary.json"));
    let fresh = Desk::new(&[("base.toml", BASE), ("wrong.toml", &MORE.replace("17.52 TWh", "1 USD"))]);
    fresh.run(&["compare", "base.toml", "wrong.toml"], 2);
    assert!(!fresh.path("results").exists(), "a mistake in one keeps all from being run");
    let missing = desk.run(&["report", "nowhere"], 1);
    assert!(missing.1.contains("nowhere"));
}

/// Without `[report]` a page has the usual charts, and it says nothing of what it has not.
#[test]
fn a_report_needs_nothing_from_the_scenario() {
    let desk = desk();
    desk.run(&["run", "base.toml"], 0);
    let out = desk.run(&["report", "results/base"], 0);
    assert!(out.0.contains("results/base/report.html"));
    let mut page =
        common::browser::Page::open(&desk.path("results/base/report.html").canonicalize().unwrap(), 1280, 800);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    assert_eq!(page.rows("chart-supply")["ccgt"], [8.76, 8.76]);
    assert_eq!(page.rows("dispatch-dispatch")["ccgt"], [1.0]);
    // 8.76 TWh of electricity take 17.52 TWh of gas, which is bought.
    let flows = page.evaluate(
        "[...document.querySelectorAll('#sankey tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent).join(' '))",
    );
    let expected = ["gas other 17.52", "other electricity 8.76", "purchase gas 17.52", "electricity demand:load 8.76"];
    assert_eq!(flows.as_array().unwrap().len(), expected.len(), "{flows}");
    for flow in expected {
        assert!(flows.as_array().unwrap().iter().any(|found| found == flow), "{flow} is not in {flows}");
    }
}
