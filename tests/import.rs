//! Imports of OSeMOSYS tables: the published model costs and builds the same; what can not be carried is said, and what is wrong is refused.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::{Case, close, utopia};

/// Runs the program, and checks its exit code.
#[track_caller]
fn altyn(folder: &Path, args: &[&str], code: i32) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_altyn"));
    let Output { status, stdout, stderr } = command.args(args).current_dir(folder).output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{args:?}\n{out}\n{err}");
    (out, err)
}

/// The published objective, and the published tables: nothing in them is arbitrary, since the small default of running costs makes what is free
/// cost something.
#[test]
fn utopia_is_what_it_is_in_osemosys() {
    let desk = tempfile::tempdir().unwrap();
    let tables = utopia::folder().join("tables");
    let (out, err) =
        altyn(desk.path(), &["import", "osemosys", tables.to_str().unwrap(), "--out", "made", "--name", "utopia"], 0);
    assert_eq!(out, "made/utopia.toml\n");
    insta::assert_snapshot!(err.trim_end());
    let (out, err) = altyn(desk.path(), &["check", "made/utopia.toml"], 0);
    assert!(out.contains("21 milestone years, 1 zones"), "{out}");
    assert_eq!(err, "");
    altyn(desk.path(), &["run", "made/utopia.toml", "--quiet"], 0);
    let summary = std::fs::read_to_string(desk.path().join("results/utopia/summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    let objective = summary["objective"]["value"].as_f64().unwrap();
    close(objective / utopia::OBJECTIVE, 1.0, 1e-8);
    assert_eq!(summary["objective"]["unit"], "MUSD1990");

    let case = Case::from_file(&desk.path().join("made/utopia.toml"), &[]);
    case.check_books();
    for table in utopia::tables(&case) {
        for (key, found, published) in table.pairs() {
            let slack = 1e-6 * published.abs().max(1.0);
            assert!((found - published).abs() <= slack, "{} {key:?}: {found}, not {published}", table.name);
        }
    }
}

/// Tables of two years and two slices: a plant of any size that turns coal into electricity, and lasts both years.
const SMALL: [(&str, &str); 13] = [
    ("REGION", "VALUE\nR1\n"),
    ("TECHNOLOGY", "VALUE\nPLANT\nMINE\n"),
    ("FUEL", "VALUE\nCOAL\nELC\n"),
    ("TIMESLICE", "VALUE\nD\nN\n"),
    ("YEAR", "VALUE\n2020\n2021\n"),
    ("MODE_OF_OPERATION", "VALUE\n1\n"),
    ("YearSplit", "TIMESLICE,YEAR,VALUE\nD,2020,0.5\nN,2020,0.5\nD,2021,0.5\nN,2021,0.5\n"),
    (
        "InputActivityRatio",
        "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE\nR1,PLANT,COAL,1,2020,2\nR1,PLANT,COAL,1,2021,2\n",
    ),
    (
        "OutputActivityRatio",
        "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE\nR1,PLANT,ELC,1,2020,1\nR1,PLANT,ELC,1,2021,1\n\
         R1,MINE,COAL,1,2020,1\nR1,MINE,COAL,1,2021,1\n",
    ),
    ("CapitalCost", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,100\nR1,PLANT,2021,100\n"),
    (
        "VariableCost",
        "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE\nR1,MINE,1,2020,1\nR1,MINE,1,2021,1\nR1,PLANT,1,2020,0\nR1,PLANT,1,2021,0\n",
    ),
    ("OperationalLife", "REGION,TECHNOLOGY,VALUE\nR1,PLANT,2\n"),
    (
        "SpecifiedDemandProfile",
        "REGION,FUEL,TIMESLICE,YEAR,VALUE\nR1,ELC,D,2020,0.6\nR1,ELC,N,2020,0.4\nR1,ELC,D,2021,0.6\nR1,ELC,N,2021,0.4\n",
    ),
];

/// The small tables with others in place of them, or beside them, in a folder.
fn tables(others: &[(&str, &str)]) -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    let folder = desk.path().join("tables");
    std::fs::create_dir(&folder).unwrap();
    let demand = ("SpecifiedAnnualDemand", "REGION,FUEL,YEAR,VALUE\nR1,ELC,2020,10\nR1,ELC,2021,10\n");
    for (name, text) in SMALL.iter().chain([&demand]).chain(others) {
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
    desk
}

/// What an import says.
#[track_caller]
fn said(others: &[(&str, &str)], options: &[&str], code: i32) -> String {
    let desk = tables(others);
    let args = [&["import", "osemosys", "tables", "--out", "made"], options].concat();
    let (_, err) = altyn(desk.path(), &args, code);
    let made = desk.path().join("made");
    assert_eq!(made.join("osemosys.toml").exists(), code == 0);
    assert!(code == 0 || !made.exists(), "nothing is written");
    err.trim_end().to_owned()
}

/// Cost of a model as imported, which `check` finds nothing wrong with.
#[track_caller]
fn cost(others: &[(&str, &str)], options: &[&str]) -> f64 {
    let desk = tables(others);
    altyn(desk.path(), &[&["import", "osemosys", "tables", "--out", "made"], options].concat(), 0);
    let (_, err) = altyn(desk.path(), &["check", "made/osemosys.toml"], 0);
    assert_eq!(err, "");
    let case = Case::from_file(&desk.path().join("made/osemosys.toml"), &[]);
    case.check_books();
    case.objective
}

/// Present value of a cost in the middle of the first and of the second year.
fn running(first: f64, second: f64) -> f64 {
    first * 1.05_f64.powf(-0.5) + second * 1.05_f64.powf(-1.5)
}

/// 12 PJ/yr by day at 100, and two units of coal for each of 10 PJ.
#[test]
fn the_small_model_costs_what_it_says() {
    close(cost(&[], &[]), 1200.0 + running(20.0, 20.0), 1e-6);
    // A life of three years leaves a part of a sinking fund after two.
    let salvage = |fund: f64| 1200.0 * (1.0 - fund) / 1.05_f64.powi(2);
    let life = [("OperationalLife", "REGION,TECHNOLOGY,VALUE\nR1,PLANT,3\n")];
    let fund = (1.05_f64.powi(2) - 1.0) / (1.05_f64.powi(3) - 1.0);
    close(cost(&life, &[]), 1200.0 + running(20.0, 20.0) - salvage(fund), 1e-6);
    close(cost(&life, &["--default", "DepreciationMethod=2"]), 1200.0 + running(20.0, 20.0) - salvage(2.0 / 3.0), 1e-6);
    // Whatever the units are called, the numbers are the same.
    let other =
        ["--energy-unit", "TWh", "--capacity-unit", "MW", "--money-unit", "BEUR", "--default", "OperationalLife=1"];
    close(cost(&[], &other), 1000.0 * (1200.0 + running(20.0, 20.0)), 1e-3);
}

/// Capacity factors and ratios by year, an upper limit in one year, and slices that are 0.998 of the year.
#[test]
fn what_changes_over_the_years_is_carried() {
    let ratios =
        "REGION,TECHNOLOGY,FUEL,MODE_OF_OPERATION,YEAR,VALUE\nR1,PLANT,COAL,1,2020,2\nR1,PLANT,COAL,1,2021,1.5\n";
    close(cost(&[("InputActivityRatio", ratios)], &[]), 1200.0 + running(20.0, 15.0), 1e-6);

    // 12 / 0.8 by day, 8 / 0.5 by night.
    let factors = "REGION,TECHNOLOGY,TIMESLICE,YEAR,VALUE\nR1,PLANT,D,2020,0.8\nR1,PLANT,N,2020,0.5\nR1,PLANT,D,2021,0.8\nR1,PLANT,N,2021,0.5\n";
    close(cost(&[("CapacityFactor", factors)], &[]), 1600.0 + running(20.0, 20.0), 1e-6);
    // In another proportion in the second year, with a life of one year: 12 / 0.6 and 8 / 0.2.
    let turned = "REGION,TECHNOLOGY,TIMESLICE,YEAR,VALUE\nR1,PLANT,D,2020,0.8\nR1,PLANT,N,2020,0.5\nR1,PLANT,D,2021,0.6\nR1,PLANT,N,2021,0.2\n";
    let found = cost(&[("CapacityFactor", turned), ("OperationalLife", "REGION,TECHNOLOGY,VALUE\n")], &[]);
    close(found, 1600.0 + 4000.0 / 1.05 + running(20.0, 20.0), 1e-6);
    // On the average of the year 10 within 0.5 · 0.65 of capacity.
    let yearly = "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,0.5\nR1,PLANT,2021,0.5\n";
    let found = cost(&[("CapacityFactor", factors), ("AvailabilityFactor", yearly)], &[]);
    close(found, 1000.0 / 0.325 + running(20.0, 20.0), 1e-6);

    // Slices that do not fill the year need a higher rate for the same energy: 6 PJ in 0.499 of it.
    let short = "TIMESLICE,YEAR,VALUE\nD,2020,0.499\nN,2020,0.499\nD,2021,0.499\nN,2021,0.499\n";
    close(cost(&[("YearSplit", short)], &[]), 100.0 * 6.0 / 0.499 + running(20.0, 20.0), 1e-6);

    // The second year's demand is all by night, and its residual capacity 4: 20 less 4 are built then, as 12 stand from the first.
    let profile = "REGION,FUEL,TIMESLICE,YEAR,VALUE\nR1,ELC,D,2020,0.6\nR1,ELC,N,2020,0.4\nR1,ELC,N,2021,1\n";
    let residual = "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,3\nR1,PLANT,2021,4\n";
    let life = "REGION,TECHNOLOGY,VALUE\nR1,PLANT,1\n";
    let found =
        cost(&[("SpecifiedDemandProfile", profile), ("ResidualCapacity", residual), ("OperationalLife", life)], &[]);
    close(found, 900.0 + 1600.0 / 1.05 + running(20.0, 20.0), 1e-6);
}

/// Limits in some years only, on capacity, activity and emissions, with a dear plant that takes over; and a demand by the year.
#[test]
fn limits_hold_in_their_years() {
    let extra = |ending: &str| {
        let base = SMALL.iter().find(|(name, _)| *name == "OutputActivityRatio").unwrap().1;
        format!("{base}R1,WIND,ELC,1,2020,1\nR1,WIND,ELC,1,2021,1\n{ending}")
    };
    let (outputs, set) = (extra(""), "VALUE\nPLANT\nMINE\nWIND\n");
    let costs = "REGION,TECHNOLOGY,MODE_OF_OPERATION,YEAR,VALUE\nR1,MINE,1,2020,1\nR1,MINE,1,2021,1\nR1,PLANT,1,2020,0\nR1,PLANT,1,2021,0\n\
                 R1,WIND,1,2020,30\nR1,WIND,1,2021,30\n";
    let free = "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,0\n";
    let base = [("TECHNOLOGY", set), ("OutputActivityRatio", &outputs), ("VariableCost", costs), ("CapitalCost", free)];
    let with = |others: &[(&str, &str)]| cost(&[&base[..], others].concat(), &[]);
    close(with(&[]), running(20.0, 20.0), 1e-6);
    let by_technology = |rows: &str| format!("REGION,TECHNOLOGY,YEAR,VALUE\n{rows}");

    // In the second year 4 PJ may be made of coal, and 6 come from the wind.
    let limit = by_technology("R1,PLANT,2021,4\n");
    close(with(&[("TotalTechnologyAnnualActivityUpperLimit", &limit)]), running(20.0, 188.0), 1e-6);
    // Two are made of wind in the first year at least.
    let limit = by_technology("R1,WIND,2020,2\n");
    close(with(&[("TotalTechnologyAnnualActivityLowerLimit", &limit)]), running(76.0, 20.0), 1e-6);
    // Through both years 15: the second, which is discounted, does without 5.
    let limit = "REGION,TECHNOLOGY,VALUE\nR1,PLANT,15\n";
    close(with(&[("TotalTechnologyModelPeriodActivityUpperLimit", limit)]), running(20.0, 160.0), 1e-6);
    // Capacity of 8 in the second year: 4 of 12 by day come from the wind, for half a year.
    // It lasts a year, by default.
    let life = ("OperationalLife", "REGION,TECHNOLOGY,VALUE\n");
    let limit = by_technology("R1,PLANT,2020,999999\nR1,PLANT,2021,8\n");
    close(with(&[("TotalAnnualMaxCapacity", &limit), life]), running(20.0, 16.0 + 60.0), 1e-6);
    let limit = by_technology("R1,PLANT,2021,8\n");
    close(with(&[("TotalAnnualMaxCapacityInvestment", &limit), life]), running(20.0, 16.0 + 60.0), 1e-6);
    // A quarter of what is made must be wind.
    let others = [
        ("RETagTechnology", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,WIND,2020,1\nR1,WIND,2021,1\n"),
        ("RETagFuel", "REGION,FUEL,YEAR,VALUE\nR1,ELC,2020,1\nR1,ELC,2021,1\n"),
        ("REMinProductionTarget", "REGION,YEAR,VALUE\nR1,2021,0.25\n"),
    ];
    close(with(&others), running(20.0, 15.0 + 75.0), 1e-6);

    let emissions = [
        ("EMISSION", "VALUE\nCO2\n"),
        (
            "EmissionActivityRatio",
            "REGION,TECHNOLOGY,EMISSION,MODE_OF_OPERATION,YEAR,VALUE\nR1,MINE,CO2,1,2020,0.1\nR1,MINE,CO2,1,2021,0.1\n",
        ),
    ];
    let with_emissions = |others: &[(&str, &str)]| with(&[&emissions[..], others].concat());
    // 2 Mt a year; 3 a tonne in the second.
    let penalty = "REGION,EMISSION,YEAR,VALUE\nR1,CO2,2021,3\n";
    close(with_emissions(&[("EmissionsPenalty", penalty)]), running(20.0, 26.0), 1e-6);
    // 1 Mt of a limit of 1.4 and 0.4 from outside: half of the second year is wind.
    let limit = "REGION,EMISSION,YEAR,VALUE\nR1,CO2,2021,1.4\n";
    let outside = "REGION,EMISSION,YEAR,VALUE\nR1,CO2,2021,0.4\n";
    let found = with_emissions(&[("AnnualEmissionLimit", limit), ("AnnualExogenousEmission", outside)]);
    close(found, running(20.0, 160.0), 1e-6);
    let found = with_emissions(&[
        ("ModelPeriodEmissionLimit", "REGION,EMISSION,VALUE\nR1,CO2,4\n"),
        ("ModelPeriodExogenousEmission", "REGION,EMISSION,VALUE\nR1,CO2,1\n"),
    ]);
    close(found, running(20.0, 160.0), 1e-6);

    // 15 PJ in the year, of which 10 by slice: 5 more, at any time, make even use of a larger plant.
    let yearly = "REGION,FUEL,YEAR,VALUE\nR1,ELC,2020,15\nR1,ELC,2021,9\n";
    let found = cost(&[("AccumulatedAnnualDemand", yearly)], &[]);
    close(found, 1500.0 + running(30.0, 20.0), 1e-6);
}

/// A region that has no plant lives on another; a plant that has to stand for more than is made; and a store that turns the night's surplus into the day's.
#[test]
fn regions_trade_and_stores_shift() {
    let trade = [
        ("REGION", "VALUE\nR1\nR2\n"),
        ("SpecifiedAnnualDemand", "REGION,FUEL,YEAR,VALUE\nR2,ELC,2020,10\nR2,ELC,2021,10\n"),
        (
            "SpecifiedDemandProfile",
            "REGION,FUEL,TIMESLICE,YEAR,VALUE\nR2,ELC,D,2020,0.6\nR2,ELC,N,2020,0.4\nR2,ELC,D,2021,0.6\nR2,ELC,N,2021,0.4\n",
        ),
        (
            "TradeRoute",
            "REGION,_REGION,FUEL,YEAR,VALUE\nR1,R2,ELC,2020,1\nR2,R1,ELC,2020,1\nR1,R2,ELC,2021,1\nR2,R1,ELC,2021,1\n",
        ),
    ];
    close(cost(&trade, &[]), 1200.0 + running(20.0, 20.0), 1e-6);

    let reserve = [
        ("ReserveMargin", "REGION,YEAR,VALUE\nR1,2020,1.2\nR1,2021,1.5\n"),
        ("ReserveMarginTagFuel", "REGION,FUEL,YEAR,VALUE\nR1,ELC,2020,1\nR1,ELC,2021,1\n"),
        ("ReserveMarginTagTechnology", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,1.25\nR1,PLANT,2021,1.25\n"),
    ];
    // 1.2 · 12 / 1.25 is less than 12, 1.5 · 12 / 1.25 = 14.4 is more.
    let late = 240.0 / 1.05 - 240.0 * (1.0 - 0.05 / 0.1025) / 1.1025;
    close(cost(&reserve, &[]), 1200.0 + late + running(20.0, 20.0), 1e-6);

    let base = SMALL.iter().find(|(name, _)| *name == "OutputActivityRatio").unwrap().1;
    let inputs = SMALL.iter().find(|(name, _)| *name == "InputActivityRatio").unwrap().1;
    let (outputs, inputs) = (
        format!("{base}R1,PUMP,ELC,1,2020,1\nR1,PUMP,ELC,1,2021,1\n"),
        format!("{inputs}R1,PUMP,ELC,2,2020,1\nR1,PUMP,ELC,2,2021,1\n"),
    );
    let store = [
        ("TECHNOLOGY", "VALUE\nPLANT\nMINE\nPUMP\n"),
        ("MODE_OF_OPERATION", "VALUE\n1\n2\n"),
        ("STORAGE", "VALUE\nDAM\n"),
        ("SEASON", "VALUE\n1\n"),
        ("DAYTYPE", "VALUE\n1\n"),
        ("DAILYTIMEBRACKET", "VALUE\n1\n2\n"),
        ("Conversionls", "TIMESLICE,SEASON,VALUE\nD,1,1\nN,1,1\n"),
        ("Conversionld", "TIMESLICE,DAYTYPE,VALUE\nD,1,1\nN,1,1\n"),
        // The night comes first.
        ("Conversionlh", "TIMESLICE,DAILYTIMEBRACKET,VALUE\nD,2,1\nN,1,1\n"),
        ("TechnologyFromStorage", "REGION,TECHNOLOGY,STORAGE,MODE_OF_OPERATION,VALUE\nR1,PUMP,DAM,1,1\n"),
        ("TechnologyToStorage", "REGION,TECHNOLOGY,STORAGE,MODE_OF_OPERATION,VALUE\nR1,PUMP,DAM,2,1\n"),
        ("OutputActivityRatio", &outputs),
        ("InputActivityRatio", &inputs),
    ];
    // 10 PJ/yr throughout, and a tank for what a night of half a day gathers at 2 PJ/yr.
    let empty =
        ["--default", "StorageLevelStart=0", "--default", "ResidualStorageCapacity=0", "--default", "VariableCost=0"];
    let tank = [
        ("CapitalCostStorage", "REGION,STORAGE,YEAR,VALUE\nR1,DAM,2020,73\nR1,DAM,2021,73\n"),
        ("OperationalLifeStorage", "REGION,STORAGE,VALUE\nR1,DAM,2\n"),
    ];
    let found = cost(&[&store[..], &tank].concat(), &empty);
    close(found, 1000.0 + 73.0 * 2.0 / 730.0 + running(20.0, 20.0), 1e-6);
    // A store that begins with all that is asked for leaves nothing to do.
    let full = cost(&store, &["--default", "StorageLevelStart=20", "--default", "VariableCost=0"]);
    close(full, 0.0, 1e-6);
}

#[test]
fn mistakes_are_told_all_at_once() {
    insta::assert_snapshot!(said(
        &[
            ("FUEL", "VALUE\nCOAL\nELC\nCOAL\n"),
            ("YEAR", "VALUE\n2020\n2021\nlater\n"),
            ("CapitalCost", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLNT,2020,100\nR1,PLANT,2021,much\nR1,PLANT,2020,-5\n"),
            ("OperationalLife", "REGION,TECH,VALUE\nR1,PLANT,2\n"),
            ("FixedCost", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,1\n\nR1,PLANT,2020,2\nR1,PLANT\n"),
            ("ResidualCapacity", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,NaN\nR1,PLANT,2021,1e30\n"),
            ("SpecifiedAnnualDemand", "REGION,FUEL,YEAR,VALUE\nR1,ELC,1990,10\n"),
        ],
        &[],
        2
    ));
}

#[test]
fn missing_sets_and_slices() {
    insta::assert_snapshot!(said(
        &[("REGION", ""), ("MODE_OF_OPERATION", "VALUE\n"), ("YearSplit", "TIMESLICE,YEAR,VALUE\nD,2020,1\n")],
        &[],
        2
    ));
}

/// Tables that contradict each other make no scenario: what is wrong is shown as it would stand in it.
#[test]
fn tables_that_exclude_each_other() {
    insta::assert_snapshot!(said(
        &[
            ("TotalAnnualMaxCapacity", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,5\nR1,PLANT,2021,5\n"),
            ("TotalAnnualMinCapacity", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2021,6\n"),
        ],
        &[],
        2
    ));
}

#[test]
fn what_can_not_be_carried_is_said() {
    insta::assert_snapshot!(said(
        &[
            ("CapacityOfOneTechnologyUnit", "REGION,TECHNOLOGY,YEAR,VALUE\nR1,PLANT,2020,1\nR1,PLANT,2021,1\n"),
            ("DiscountRateIdv", "REGION,TECHNOLOGY,VALUE\nR1,PLANT,0.08\nR1,MINE,0.05\n"),
            ("UDCConstant", "REGION,UDC,YEAR,VALUE\nR1,CAP,2020,1\n"),
            ("CapitalCosts", "REGION,TECHNOLOGY,YEAR,VALUE\n"),
            ("TECHNOLOGY", "VALUE\nPLANT\nMINE\nIDLE\n"),
            ("FixedCost", "REGION,TECHNOLOGY,YEAR,UNIT,VALUE\nR1,IDLE,2020,MUSD,3\n"),
            ("AccumulatedAnnualDemand", "REGION,FUEL,YEAR,VALUE\nR1,ELC,2020,15\n"),
            ("YearSplit", "TIMESLICE,YEAR,VALUE\nD,2020,0.5\nN,2020,0.5\nD,2021,0.4\nN,2021,0.6\n"),
            ("EMISSION", "VALUE\nCO2\n"),
            ("AnnualExogenousEmission", "REGION,EMISSION,YEAR,VALUE\nR1,CO2,2020,3\n"),
            ("TradeRoute", "REGION,_REGION,FUEL,YEAR,VALUE\nR1,R1,ELC,2020,1\n"),
        ],
        &[],
        0
    ));
}

#[test]
fn options_that_can_not_be_meant() {
    let all = [
        &["--energy-unit", "GW"][..],
        &["--money-unit", "dollars"],
        &["--default", "OperationlLife=3"],
        &["--default", "OperationalLife"],
        &["--name", "a/b"],
    ];
    let texts: Vec<String> = all.iter().map(|options| said(&[], options, 2)).collect();
    insta::assert_snapshot!(texts.join("\n"));
    let desk = tempfile::tempdir().unwrap();
    let (_, err) = altyn(desk.path(), &["import", "osemosys", "nowhere", "--out", "made"], 2);
    assert!(err.starts_with("error: can not read nowhere: "), "{err}");
}

/// The same tables make the same bytes, and another import takes the place of the first.
#[test]
fn imports_are_the_same_again() {
    let desk = tables(&[]);
    let text = || {
        altyn(desk.path(), &["import", "osemosys", "tables", "--out", "made", "--title", "Small"], 0);
        std::fs::read_to_string(desk.path().join("made/osemosys.toml")).unwrap()
    };
    let first = text();
    assert_eq!(first, text());
    insta::assert_snapshot!(first);
}
