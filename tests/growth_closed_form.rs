//! Growth that can be worked out by hand: of building, and of activity.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Case, close};

/// A plant worth building, to serve as much as there is.
const GROWING: &str = r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2025, 2030, 2035]
[time]
slices = { year = 1 }
[zones.a]
[commodities.electricity]
[technologies.import]
outputs = "electricity"
capacity = "90 GW"
variable-cost = "40 USD/MWh"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "700 TWh"
[technologies.new]
outputs = "electricity"
capital-cost = "100 USD/kW"
lifetime = "40 yr"
"#;

/// Building grows by 10 % a year from what was built before, and can always reach the seed.
#[test]
fn growth_limits_building() {
    let case = Case::solve(&format!("{GROWING}growth-rate = \"10 %\"\ngrowth-seed = \"0.2 GW/yr\"\n"));
    case.check_books();
    let growth = 1.1_f64.powi(5);
    let (first, second) = (0.2, 0.2 * growth + 0.2);
    let third = second * growth + 0.2;
    for (year, rate) in [(2025, first), (2030, second), (2035, third)] {
        let filters = [&*format!("year={year}"), "technology=new"];
        close(case.value("investment", &filters, "built"), 5.0 * rate, 1e-9);
    }
}

/// A plant commissioned in 2027 stands from 2030: there it is built, counts towards a limit on building, is paid for, and from
/// there it carries the growth of 2035.
#[test]
fn a_committed_plant_counts_in_the_year_in_which_it_first_stands() {
    let committed =
        "[assets.committed]\ntechnology = \"new\"\nzone = \"a\"\ncapacity = \"5 GW\"\ncommissioned = 2027\n";
    let growth = "growth-rate = \"10 %\"\ngrowth-seed = \"0.2 GW/yr\"\n";
    let limit = "[policies.pace]\nkind = \"build-limit\"\ntechnologies = [\"new\"]\nmax = \"1.1 GW/yr\"\n";
    let case = Case::solve(&format!("{GROWING}{growth}{committed}{limit}"));
    case.check_books();
    // 0.1 GW a year of new capacity beside the committed one in 2030; in 2035 growth from both of them is beyond the limit.
    for (year, rate) in [(2025, 0.2), (2030, 1.1), (2035, 1.1)] {
        let filters = [&*format!("year={year}"), "technology=new"];
        close(case.value("investment", &filters, "built"), 5.0 * rate, 1e-9);
    }
    for (year, rate) in [(2025, 0.2), (2030, 1.1), (2035, 1.1)] {
        close(case.value("policies", &[&*format!("year={year}"), "policy=pace"], "actual"), rate, 1e-9);
    }
    // Forty years at 100 USD/kW without interest: 2.5 a year, of which nothing is paid before 2030 but for the first GW.
    close(case.value("costs", &["year=2025", "component=capital", "basis=annual"], "value"), 2.5, 1e-9);
    close(case.value("costs", &["year=2030", "component=capital", "basis=annual"], "value"), 2.5 + 5.5 * 2.5, 1e-9);
}

/// As a policy it may begin later: 2 GW a year are allowed in 2025, none is built in 2030 but for the seed, which then doubles.
#[test]
fn a_growth_policy_holds_in_its_years() {
    let case = Case::solve(&format!(
        r#"{GROWING}max-build = {{ 2025 = "2 GW/yr", 2030 = "0.3 GW/yr", 2035 = "9 GW/yr" }}
[policies.calm]
kind = "growth-limit"
technologies = ["new"]
rate = 0
seed = "0.3 GW/yr"
from = 2035
"#
    ));
    case.check_books();
    for (year, rate) in [(2025, 2.0), (2030, 0.3), (2035, 0.6)] {
        let filters = [&*format!("year={year}"), "technology=new"];
        close(case.value("investment", &filters, "built"), 5.0 * rate, 1e-9);
    }
}

/// What the plant gives grows by 10 % a year and 10 TWh: from 20 TWh five years before the pathway, and then from period to period.
#[test]
fn activity_grows_from_what_there_was() {
    let text = format!(
        r#"{GROWING}
[policies.pace]
kind = "activity-growth"
technologies = ["new"]
rate = "10 %"
seed = "10 TWh"
start = "20 TWh"
start-year = 2020
"#
    );
    let case = Case::solve(&text);
    case.check_books();
    let growth = 1.1_f64.powi(5);
    let first = 20.0 * growth + 10.0;
    let second = first * growth + 10.0;
    let third = second * growth + 10.0;
    let gives = |year: i32| case.value("flows", &[&*format!("year={year}"), "technology=new"], "value");
    for (year, amount) in [(2025, first), (2030, second), (2035, third)] {
        close(gives(year), amount, 1e-6);
    }
    // The import gives the rest, at 40 USD/MWh in each of five years; of forty years of a plant's life 15, 10 and 5 are within the pathway.
    let built = |later: f64, before: f64| (later - before) / 8.76;
    let capital = 100.0 * (15.0 * built(first, 0.0) + 10.0 * built(second, first) + 5.0 * built(third, second)) / 40.0;
    close(case.objective, 5.0 * 40.0 * (2100.0 - first - second - third) + capital, 1e-4);

    // Solved year by year, the rows tie the years together as they do at once.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    close(Case::decomposed(&path, &[], 1e-6).objective, case.objective, 2e-6 * case.objective);
}

/// Without a year to start from the first milestone year is free; what is counted may be what technologies take.
#[test]
fn activity_that_may_not_grow_stays_what_it_was() {
    for counted in ["", "commodity = \"electricity\"", "commodity = \"ore\""] {
        let text = GROWING.replace(
            "[technologies.new]",
            "[commodities.ore]\nprice = \"1 USD/MWh\"\n[technologies.new]\ninputs = \"ore\"",
        );
        let case = Case::solve(&format!(
            r#"{text}max-capacity = {{ 2025 = "1 GW", 2030 = "9 GW" }}
[policies.pace]
kind = "activity-growth"
technologies = ["new"]
rate = 0
{counted}
"#
        ));
        case.check_books();
        for gives in case.values("flows", &["technology=new", "direction=supply"], "value") {
            close(gives, 8.76, 1e-9);
        }
    }
}
