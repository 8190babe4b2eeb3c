//! Observed values beside those of the model: the table by hand, and `altyn calibrate` as people run it.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::Case;
use common::desk::Desk;

/// 8.76 TWh a year from gas at an efficiency of a half: 17.52 TWh of gas, which are 1.752 bcm of 36 MJ/m3; 1 GW stands.
const SMALL: &str = r#"
title = "A small scenario"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2025, 2030]
[time]
slices = { base = 0.8, peak = 0.2 }
[zones.a]
[commodities.gas]
price = "20 USD/MWh"
heating-value = "36 MJ/m3"
[commodities.electricity]
[technologies.ccgt]
inputs = "gas"
outputs = "electricity"
efficiency = 0.5
capacity = "1 GW"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
[indicators.generation_twh]
title = "Generation"
measure = "supply"
commodity = "electricity"
technologies = "ccgt"
unit = "TWh"
[indicators.gas_bcm]
title = "Gas burnt"
measure = "use"
commodity = "gas"
technologies = "ccgt"
unit = "bcm"
[indicators.gas_twh]
measure = "use"
commodity = "gas"
technologies = "ccgt"
unit = "TWh"
[indicators.efficiency]
measure = "ratio"
of = "generation_twh"
by = "gas_twh"
unit = "1"
[indicators.capacity_gw]
measure = "capacity"
technologies = "ccgt"
unit = "GW"
"#;

/// The three statistics of the tests, each a table of its own.
const STATISTICS: [&str; 3] = [
    r#"
[statistics.generation]
indicator = "generation_twh"
source = "the office"
observed = { 2019 = "7 TWh", 2025 = "8000 GWh", 2030 = { value = "1 GW", source = "the plan", quality = "estimate" } }
"#,
    r#"
[statistics.gas]
title = "Gas of power stations"
indicator = "gas_bcm"
source = "the company"
observed = { 2025 = "57.6 PJ" }
tolerance = "10 %"
"#,
    r#"
[statistics.efficiency]
indicator = "efficiency"
source = "the station"
observed = { 2025 = 0.4, 2030 = "60 %" }
tolerance = 0
least = 0.1
"#,
];

fn observed() -> String {
    format!("{SMALL}{}", STATISTICS.concat())
}

/// Observed are 8 TWh (the model gives 9.5 % more: too much), 57.6 PJ = 1.6 bcm of gas (9.5 % more, which is allowed), an efficiency of
/// 0.4 and 0.6 (0.1 off, which is always good enough) and in 2030 a mean of 1 GW = 8.76 TWh. 2019 is no milestone year.
const TABLE: &str = "\
scenario,year,statistic,indicator,observed,modelled,deviation,unit,tolerance,within,source
small,2025,generation,generation_twh,8,8.76,0.095,TWh,0.05,false,the office
small,2025,gas,gas_bcm,1.6,1.752,0.095,bcm,0.1,true,the company
small,2025,efficiency,efficiency,0.4,0.5,0.25,1,0,true,the station
small,2030,generation,generation_twh,8.76,8.76,0,TWh,0.05,true,the plan
small,2030,efficiency,efficiency,0.6,0.5,-0.166666666667,1,0,true,the station
";

#[test]
fn deviations_by_hand() {
    let case = Case::solve(&observed());
    let deviation = |year: &str, statistic: &str| {
        case.value("calibration", &[&format!("year={year}"), &format!("statistic={statistic}")], "deviation")
    };
    common::close(deviation("2025", "generation"), 8.76 / 8.0 - 1.0, 1e-9);
    common::close(deviation("2025", "gas"), 2.0 * 8.76 * 3.6 / 57.6 - 1.0, 1e-9);
    common::close(deviation("2030", "efficiency"), 0.5 / 0.6 - 1.0, 1e-9);
    assert_eq!(case.values("calibration", &[], "deviation").len(), 5);
    assert_eq!(case.texts("calibration", &["within=false"], "statistic"), ["generation"]);
}

/// A run writes the table; one without statistics writes none of its rows, and leaves no older ones.
#[test]
fn a_run_writes_the_table() {
    let desk = Desk::new(&[("small.toml", &observed())]);
    let table = || std::fs::read_to_string(desk.path("results/small/calibration.csv")).unwrap();
    desk.run(&["run", "small.toml", "--quiet"], 0);
    assert_eq!(table(), TABLE);
    std::fs::write(desk.path("small.toml"), SMALL).unwrap();
    desk.run(&["run", "small.toml", "--quiet"], 0);
    assert_eq!(table().lines().collect::<Vec<_>>(), TABLE.lines().take(1).collect::<Vec<_>>());
}

#[test]
fn the_terminal_shows_each_year_and_marks_what_is_off() {
    let desk = Desk::of("calibrate", &[("small.toml", &observed())]);
    let (out, progress) = desk.run(&["small.toml"], 0);
    let lines: Vec<String> = out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "small: A small scenario",
        "2025 unit observed model deviation",
        "Generation TWh 8.00 8.76 +9.5 % !",
        "Gas of power stations bcm 1.60 1.75 +9.5 %",
        "efficiency 0.400 0.500 +25.0 %",
        "2030 unit observed model deviation",
        "Generation TWh 8.76 8.76 0.0 %",
        "efficiency 0.600 0.500 -16.7 %",
        "4 of 5 within their tolerance; ! marks the others",
        "Results: results/small",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line} is not in\n{out}");
    }
    assert!(!out.contains("2019"), "{out}");
    assert!(progress.contains("solving"), "{progress}");
    assert_eq!(std::fs::read_to_string(desk.path("results/small/calibration.csv")).unwrap(), TABLE);
    assert!(desk.path("results/small/summary.json").exists());
    let (none, nothing) = desk.run(&["small.toml", "--quiet"], 0);
    assert_eq!((none.as_str(), nothing.as_str()), ("", ""));
    // With every deviation allowed nothing is marked, and nothing is said of marks.
    let (out, _) = desk.run(&["small.toml", "--set", "statistics.generation.tolerance=0.095"], 0);
    assert!(out.contains("5 of 5 within their tolerance\n") && !out.contains('!'), "{out}");
}

#[test]
fn json_is_the_table() {
    let other = "extends = \"small.toml\"\ntitle = \"Another\"\nremove = \"statistics.efficiency\"";
    let desk = Desk::of("calibrate", &[("small.toml", &observed()), ("other.toml", other)]);
    let (out, _) = desk.run(&["small.toml", "--json"], 0);
    let printed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&printed["scenario"], &printed["compared"], &printed["within"]),
        (&"small".into(), &5.into(), &4.into())
    );
    let rows = printed["comparisons"].as_array().unwrap();
    let header: Vec<&str> = TABLE.lines().next().unwrap().split(',').collect();
    let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    for (row, line) in rows.iter().zip(TABLE.lines().skip(1)) {
        for (column, field) in header.iter().zip(line.split(',')).skip(1) {
            let found = text(&row[column]);
            let same = found == field || found.parse::<f64>().is_ok_and(|number| field.parse() == Ok(number));
            assert!(same, "{column}: {found} is not {field}");
        }
    }
    assert_eq!(rows.len(), 5);
    // Several scenarios make a list.
    let (out, _) = desk.run(&["small.toml", "other.toml", "--json"], 0);
    let printed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&printed[1]["title"], &printed[1]["compared"]), (&"Another".into(), &3.into()));
    let (out, _) = desk.run(&["small.toml", "other.toml"], 0);
    assert!(out.contains("small: A small") && out.contains("other: Another") && out.contains("2 of 3 within"), "{out}");
}

#[test]
fn the_order_of_statistics_does_not_matter() {
    let [one, two, three] = STATISTICS;
    let desk = Desk::new(&[("small.toml", &format!("{three}{one}{two}{SMALL}"))]);
    // A title of the scenario itself comes before all tables.
    let text = std::fs::read_to_string(desk.path("small.toml")).unwrap().replace("title = \"A small scenario\"\n", "");
    std::fs::write(desk.path("small.toml"), format!("title = \"A small scenario\"\n{text}")).unwrap();
    desk.run(&["calibrate", "small.toml", "--quiet"], 0);
    assert_eq!(std::fs::read_to_string(desk.path("results/small/calibration.csv")).unwrap(), TABLE);
}

/// A scenario with nothing to compare is refused before anything is solved; others of the same call are run.
#[test]
fn nothing_to_compare_ends_with_2_and_solves_nothing() {
    let elsewhen = format!(
        "{SMALL}[statistics.old]\nindicator = \"gas_bcm\"\nsource = \"x\"\nobserved = {{ 2019 = \"1 bcm\" }}\n"
    );
    let wrong = observed().replace("indicator = \"gas_bcm\"", "indicator = \"gas_bmc\"");
    let desk = Desk::of(
        "calibrate",
        &[("none.toml", SMALL), ("elsewhen.toml", &elsewhen), ("wrong.toml", &wrong), ("small.toml", &observed())],
    );
    let (out, err) = desk.run(&["none.toml"], 2);
    assert_eq!(out, "");
    assert!(err.contains("error: scenario `none` has no statistics to compare with"), "{err}");
    assert!(err.contains("help: add [statistics.NAME]") && !err.contains("solving"), "{err}");
    let (out, err) = desk.run(&["elsewhen.toml", "--json"], 2);
    assert_eq!(out, "[]\n");
    assert!(err.contains("error: no milestone year of scenario `elsewhen` has an observed value"), "{err}");
    assert!(err.contains("elsewhen.toml:50:2"), "{err}");
    assert!(err.contains("observed are 2019, milestone years are 2025, 2030") && !err.contains("solving"), "{err}");
    let (_, err) = desk.run(&["wrong.toml"], 2);
    assert!(err.contains("did you mean `gas_bcm`?"), "{err}");
    assert!(!desk.path("results").exists(), "nothing is written");
    let (out, _) = desk.run(&["none.toml", "small.toml"], 2);
    assert!(out.contains("4 of 5 within their tolerance"), "{out}");
    assert!(desk.path("results/small/calibration.csv").exists() && !desk.path("results/none").exists());
    desk.run(&[], 2);
    desk.run(&["missing.toml"], 2);
    // To run it is no mistake.
    Desk::new(&[("none.toml", SMALL)]).run(&["run", "none.toml", "--quiet"], 0);
}

/// Without a solution there is nothing to compare, as there is nothing to run.
#[test]
fn no_solution_ends_with_3() {
    let desk = Desk::of("calibrate", &[("small.toml", &observed())]);
    let (out, err) = desk.run(&["small.toml", "--set", "demands.load.annual=9 TWh"], 3);
    assert_eq!(out, "");
    assert!(err.contains("infeasible") && !desk.path("results").exists(), "{err}");
}

/// A scenario inherits statistics, and replaces what was observed as a whole.
#[test]
fn statistics_are_inherited() {
    let child =
        "extends = \"small.toml\"\n[statistics.generation]\nobserved = { 2030 = \"9 TWh\", source = \"mine\" }\n";
    let desk = Desk::new(&[("small.toml", &observed()), ("child.toml", child)]);
    desk.run(&["calibrate", "child.toml", "--quiet"], 0);
    let table = std::fs::read_to_string(desk.path("results/child/calibration.csv")).unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.contains(",generation,")).collect();
    assert_eq!(rows, ["child,2030,generation,generation_twh,9,8.76,-0.0266666666667,TWh,0.05,true,mine"]);
    let (shown, _) = desk.run(&["show", "small.toml", "statistics.generation.observed"], 0);
    assert!(shown.contains("source: 2019: the office; 2025: the office; 2030: the plan  (2030: estimate)"), "{shown}");
}
