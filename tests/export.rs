//! What is exported: programs that HiGHS reads back to the same cost, and tables that hold what the program holds.

#![allow(clippy::unwrap_used, clippy::panic)]
// HiGHS reads program files through its C interface only.
#![allow(unsafe_code)]

mod common;

use std::ffi::CString;
use std::path::Path;
use std::process::{Command, Output};

use common::python;

/// Two zones, a line, two stores (levels without bounds), a committed plant (a constant in the objective), demand that may go unmet,
/// a budget that ties days together, two sources of finance, and names that no format takes as they are.
const SCENARIO: &str = r#"
[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030]
[time]
days = 2
hours = 4
method = "even"
[zones.a]
[zones."b–2"]
[pollutants.co2]
[commodities.coal]
price = "10 USD/MWh"
emissions = { co2 = "0.35 t/MWh" }
[commodities.electricity]
unserved-cost = "5000 USD/MWh"
[profiles.sun]
file = "sun.csv"
column = "sun"
[technologies."coal plant"]
inputs = "coal"
outputs = "electricity"
efficiency = 0.4
capital-cost = "1500 USD/kW"
lifetime = "40 yr"
max-capacity = "3 GW"
[technologies.solar]
outputs = "electricity"
profile = "sun"
capital-cost = { 2025 = "700 USD/kW", 2030 = "500 USD/kW" }
fixed-cost = "10 USD/kW/yr"
lifetime = "25 yr"
[technologies.battery]
capital-cost = "200 USD/kW"
lifetime = "15 yr"
storage = { commodity = "electricity", duration = "4 h", charge-efficiency = 0.9, loss = "0.1 %/h" }
[technologies.lake]
capital-cost = "900 USD/kW"
lifetime = "50 yr"
zones = ["a"]
storage = { commodity = "electricity", energy-capital-cost = "2 USD/kWh", charge-efficiency = 0.8, cycle = "year" }
[assets.committed]
technology = "solar"
zone = "a"
capacity = "0.5 GW"
commissioned = 2028
[links.line]
from = "a"
to = "b–2"
commodity = "electricity"
capacity = "0.4 GW"
losses = 0.03
[demands.a]
zone = "a"
commodity = "electricity"
annual = { 2025 = "8.76 TWh", 2030 = "10 TWh" }
[demands.b]
zone = "b–2"
commodity = "electricity"
annual = "4 TWh"
[policies.budget]
kind = "emission-budget"
pollutants = ["co2"]
budget = "40 Mt"
from = 2025
to = 2034
[finance.fund]
cost-of-capital = 0.03
max = { 2025 = "20 MUSD/yr", 2030 = "40 MUSD/yr" }
technologies = ["battery", "lake"]
[finance."state bank"]
cost-of-capital = 0.08
technologies = ["lake"]
"#;

/// A folder that holds the scenario.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sun: String = (0..8760)
        .map(|hour| {
            let day = f64::from(hour / 24);
            let height = (f64::from(hour % 24) - 12.0).abs();
            format!("{}\n", (1.0 - height / 6.0).max(0.0) * (0.5 + day / 1000.0))
        })
        .collect();
    std::fs::write(folder.path().join("sun.csv"), format!("sun\n{sun}")).unwrap();
    std::fs::write(folder.path().join("case.toml"), SCENARIO).unwrap();
    folder
}

/// Runs the program in a folder and checks its exit code.
#[track_caller]
fn altyn(folder: &Path, args: &[&str], code: i32) -> (Vec<u8>, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_altyn")).args(args).current_dir(folder).output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(code), "{args:?}\n{stderr}");
    (stdout, stderr)
}

/// Reads a program file with HiGHS and solves it: cost, columns, rows.
fn solve(path: &Path) -> (f64, i32, i32) {
    let path = CString::new(path.to_str().unwrap()).unwrap();
    let (quiet, off) = (CString::new("output_flag").unwrap(), 0);
    // SAFETY: the object is used by this thread alone, between its creation and its end; both texts outlive the calls.
    unsafe {
        let highs = highs_sys::Highs_create();
        highs_sys::Highs_setBoolOptionValue(highs, quiet.as_ptr(), off);
        assert_eq!(highs_sys::Highs_readModel(highs, path.as_ptr()), highs_sys::STATUS_OK, "{path:?} is read");
        assert_eq!(highs_sys::Highs_run(highs), highs_sys::STATUS_OK);
        let size = (highs_sys::Highs_getNumCol(highs), highs_sys::Highs_getNumRow(highs));
        let cost = highs_sys::Highs_getObjectiveValue(highs);
        highs_sys::Highs_destroy(highs);
        (cost, size.0, size.1)
    }
}

#[test]
fn exported_programs_are_read_back_to_the_same_cost() {
    let desk = desk();
    let (summary, _) = altyn(desk.path(), &["run", "case.toml", "--json"], 0);
    let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    let expected = summary["objective"]["value"].as_f64().unwrap();
    for form in ["mps", "lp"] {
        let file = format!("out/program.{form}");
        altyn(desk.path(), &["export", "case.toml", "--to", form, "--out", &file], 0);
        let (cost, columns, rows) = solve(&desk.path().join(&file));
        assert!((cost - expected).abs() <= 1e-9 * expected.abs(), "{form}: {cost} is not {expected}");
        // One more carries the constant of the objective.
        assert_eq!(summary["model"]["columns"], columns - 1, "{form}");
        assert_eq!(summary["model"]["rows"], rows, "{form}");
        let (streamed, _) = altyn(desk.path(), &["export", "case.toml", "--to", form], 0);
        assert_eq!(streamed, std::fs::read(desk.path().join(&file)).unwrap(), "the stream is the file");
    }
}

/// Another solver, which has its own readers of both formats and knows nothing of Altyn.
#[test]
fn glpk_finds_the_same_cost() {
    let Some(python) = python::environment("exchange") else { return };
    let desk = desk();
    let (summary, _) = altyn(desk.path(), &["run", "case.toml", "--method", "monolith", "--json"], 0);
    let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    let expected = summary["objective"]["value"].as_f64().unwrap();
    for form in ["mps", "lp"] {
        let file = format!("program.{form}");
        altyn(desk.path(), &["export", "case.toml", "--to", form, "--out", &file], 0);
        let said = python::said(python::script(&python, "exchange/glpk.py").arg(&file).current_dir(desk.path()));
        let cost: f64 = said.lines().last().unwrap().parse().unwrap();
        assert!((cost - expected).abs() <= 1e-9 * expected.abs(), "{form}: {cost} is not {expected}");
    }
}

#[test]
fn programs_have_readable_names() {
    let desk = desk();
    let text = |form| String::from_utf8(altyn(desk.path(), &["export", "case.toml", "--to", form], 0).0).unwrap();
    assert!(text("mps").contains("\n build[coal_plant@b_2,2030] "), "MPS");
    let lp = text("lp");
    assert!(
        lp.contains(" build(coal_plant@b_2,2030)\n") && lp.contains(" financed(state_bank,lake@a_tank,2030)"),
        "LP"
    );
}

#[test]
fn tables_hold_what_the_program_holds() {
    let desk = desk();
    altyn(
        desk.path(),
        &["export", "case.toml", "--to", "tables", "--out", "tables", "--set", "horizon.years=[2025,2035]"],
        0,
    );
    let table = |name: &str| -> Vec<std::collections::BTreeMap<String, String>> {
        let path = desk.path().join("tables").join(format!("{name}.csv"));
        csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
    };
    let number = |text: &str| text.parse::<f64>().unwrap();
    let hours: f64 = table("slices").iter().map(|slice| number(&slice["hours"])).sum();
    assert!((hours - 8760.0).abs() < 1e-6);
    let periods = table("periods");
    assert_eq!((periods[0]["year"].as_str(), number(&periods[0]["years"])), ("2025", 10.0));
    let demand = table("demand");
    let of_a: f64 = table("slices")
        .iter()
        .map(|slice| {
            let is_it = |row: &&std::collections::BTreeMap<String, String>| {
                row["demand"] == "a" && row["year"] == "2035" && row["slice"] == slice["slice"]
            };
            number(&slice["hours"]) * number(&demand.iter().find(is_it).unwrap()["rate"]) / 1000.0
        })
        .sum();
    assert!((of_a - 10.0).abs() < 1e-9, "{of_a} TWh");
    // What is built in 2025 is paid for in each period in which its instalments fall due; nothing else makes up its cost.
    let charges: f64 = table("charges")
        .iter()
        .filter(|row| row["fleet"] == "solar@a" && row["built"] == "2025")
        .map(|row| number(&row["present_value"]))
        .sum();
    let built = table("investments");
    let built = built.iter().find(|row| row["fleet"] == "solar@a" && row["built"] == "2025").unwrap();
    assert!((charges - number(&built["present_value"])).abs() < 1e-6);
    // What sources finance is paid for at their cost of capital, a battery through its fifteen years.
    let interest = 0.03_f64;
    let instalment = 200.0 * interest / (1.0 - (1.0 + interest).powi(-15));
    let worth: f64 = (0..15).map(|t| instalment * 1.05_f64.powf(-0.5 - f64::from(t))).sum();
    let financing = table("financing");
    let fund =
        financing.iter().filter(|row| row["source"] == "fund" && row["fleet"] == "battery@a" && row["built"] == "2025");
    assert!((fund.map(|row| number(&row["present_value"])).sum::<f64>() - worth).abs() < 1e-6);
    let of = |name: &str| table(name).into_iter().filter(|row| row["fleet"] == "battery@a").collect::<Vec<_>>();
    assert!(of("charges").is_empty() && of("investments").iter().all(|row| row["present_value"].is_empty()));
    let sources = table("finance");
    assert_eq!((sources[1]["source"].as_str(), number(&sources[1]["max"])), ("fund", 40.0));
    assert_eq!((sources[2]["source"].as_str(), sources[2]["max"].as_str()), ("state bank", ""));
    // No limit is no value.
    assert_eq!(built["max_build"], "");
}

/// The scenario that `make peers` compares others on stays valid.
#[test]
fn the_scenario_of_the_peers_is_valid() {
    altyn(Path::new(env!("CARGO_MANIFEST_DIR")), &["check", "benches/peers/power.toml"], 0);
}

#[test]
fn what_can_not_be_exported_is_an_error_and_writes_nothing() {
    let desk = desk();
    let (_, said) = altyn(desk.path(), &["export", "case.toml", "--to", "xls"], 2);
    assert!(said.contains("[possible values: mps, lp, tables]"), "{said}");
    let (_, said) = altyn(desk.path(), &["export", "case.toml", "--to", "tables"], 2);
    assert!(said.contains("--out"), "{said}");
    let wrong = ["export", "case.toml", "--to", "mps", "--out", "p.mps", "--set", "technologies.solar.lifetime=3 kW"];
    let (_, said) = altyn(desk.path(), &wrong, 2);
    assert!(said.contains("lifetime"), "{said}");
    assert!(!desk.path().join("p.mps").exists());
    let huge = [
        "export",
        "case.toml",
        "--to",
        "mps",
        "--out",
        "p.mps",
        "--set",
        "technologies.battery.storage.discharge-efficiency=1e-16",
    ];
    let (_, said) = altyn(desk.path(), &huge, 1);
    assert!(said.contains("the coefficient of discharge[battery@a,2025,"), "{said}");
    assert!(!desk.path().join("p.mps").exists());
    let (_, said) = altyn(desk.path(), &["export", "case.toml", "--to", "lp", "--out", "case.toml/p.lp"], 1);
    assert!(said.contains("can not write"), "{said}");
}
