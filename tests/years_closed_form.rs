//! What changes from year to year, or is carried through the years, that can be worked out by hand.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Case, close};

/// Three years that stand for themselves, no discounting, and a demand of 1 GW.
const THREE_YEARS: &str = r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2025, 2026, 2027]
edge = 1
[zones.a]
[commodities.electricity]
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#;

const ONE_SLICE: &str = "[time]\nslices = { year = 1 }\n";

fn solve(scenario: &str) -> Case {
    let case = Case::solve(&format!("{THREE_YEARS}{scenario}"));
    case.check_books();
    case
}

/// What stands by year is neither built, paid for nor retired; its fixed cost is that of what stands. The rest is bought at 100 USD/MWh.
#[test]
fn capacity_may_stand_by_year() {
    let case = solve(&format!(
        r#"{ONE_SLICE}
[technologies.plant]
outputs = "electricity"
capacity = {{ 2025 = "1 GW", 2026 = "0.2 GW", 2027 = "0.7 GW" }}
fixed-cost = "10 USD/kW/yr"
[markets.neighbour]
zone = "a"
commodity = "electricity"
trade = "import"
price = "100 USD/MWh"
"#
    ));
    for (year, stands) in [("2025", 1.0), ("2026", 0.2), ("2027", 0.7)] {
        close(case.value("capacity", &[&format!("year={year}"), "technology=plant"], "capacity"), stands, 1e-9);
    }
    assert!(case.values("investment", &["technology=plant"], "built").iter().all(|&built| built == 0.0));
    close(case.objective, 876.0 * (0.8 + 0.3) + 10.0 * 1.9, 1e-6);
}

/// Fuel for 2, 1.5 and 1 units in the years of operation; by the year of building it would be 2 throughout.
#[test]
fn coefficients_may_be_those_of_the_year_of_operation() {
    let plant = |coefficients: &str| {
        solve(&format!(
            r#"{ONE_SLICE}
[commodities.fuel]
price = "10 USD/MWh"
[technologies.plant]
inputs = {{ fuel = {{ 2025 = 2, 2027 = 1 }} }}
outputs = "electricity"
capacity = "1 GW"
{coefficients}
"#
        ))
    };
    close(plant("").objective, 87.6 * 6.0, 1e-6);
    close(plant("coefficients = \"building\"").objective, 87.6 * 6.0, 1e-6);
    close(plant("coefficients = \"operation\"").objective, 87.6 * 4.5, 1e-6);
}

/// A store of the horizon begins with 10 TWh and needs 7.52 more, at 10 USD/MWh in the first year, for the two others.
#[test]
fn a_store_may_carry_its_level_through_the_horizon() {
    let store = |cycle: &str| {
        solve(&format!(
            r#"{ONE_SLICE}
[technologies.plant]
outputs = "electricity"
capacity = "2 GW"
variable-cost = {{ 2025 = "10 USD/MWh", 2026 = "20 USD/MWh", 2027 = "30 USD/MWh" }}
[technologies.lake]
capacity = "2 GW"
[technologies.lake.storage]
commodity = "electricity"
energy-capital-cost = "1 USD/kWh"
energy-capacity = "20 TWh"
{cycle}
"#
        ))
    };
    close(store("cycle = \"year\"").objective, 87.6 * 6.0, 1e-6);
    let case = store("cycle = \"horizon\"\nstart-level = \"10 TWh\"");
    close(case.objective, 10.0 * (8.76 + 7.52), 1e-6);
    let starts: Vec<f64> = case.values("storage", &["technology=lake"], "level");
    close(starts[0], 10_000.0, 1e-6);
    close(starts[1], 17_520.0, 1e-6);
    // Nothing need be left: it may take out less than is in it.
    close(store("cycle = \"horizon\"\nstart-level = \"20 TWh\"").objective, 10.0 * (26.28 - 20.0), 1e-6);
}

/// Solved year by year, the level and the budget tie the years together as they do at once.
#[test]
fn what_is_carried_through_the_years_holds_in_parts() {
    let text = format!(
        r#"{THREE_YEARS}{ONE_SLICE}
[technologies.plant]
outputs = "electricity"
capacity = "2 GW"
variable-cost = {{ 2025 = "10 USD/MWh", 2026 = "20 USD/MWh", 2027 = "30 USD/MWh" }}
[technologies.lake]
capacity = "2 GW"
[technologies.lake.storage]
commodity = "electricity"
energy-capital-cost = "1 USD/kWh"
energy-capacity = "20 TWh"
cycle = "horizon"
start-level = "10 TWh"
[policies.plant]
kind = "activity-budget"
technologies = ["plant"]
min = "18 TWh"
"#
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    let whole = Case::from_file(&path, &[]);
    close(whole.objective, 10.0 * 17.52 + 20.0 * 0.48, 1e-6);
    close(Case::decomposed(&path, &[], 1e-6).objective, whole.objective, 1e-3);
}

/// Two years of a period take twice from a store what one does: 6 TWh are 3 a year.
#[test]
fn a_period_changes_the_level_in_each_of_its_years() {
    let scenario = THREE_YEARS.replace("years = [2025, 2026, 2027]\nedge = 1", "years = [2025, 2027]\nedge = 1");
    let case = Case::solve(&format!(
        r#"{scenario}{ONE_SLICE}
[technologies.plant]
outputs = "electricity"
capacity = "2 GW"
variable-cost = {{ 2025 = "10 USD/MWh", 2027 = "1 USD/MWh" }}
[technologies.lake]
capacity = "2 GW"
storage = {{ commodity = "electricity", duration = "10000 h", cycle = "horizon", start-level = "6 TWh" }}
"#
    ));
    case.check_books();
    close(case.objective, 2.0 * 10.0 * (8.76 - 3.0) + 8.76, 1e-6);
}

/// Sun in summer, demand in winter: a store of the day is of no use between days in an order, and one of the year is.
#[test]
fn slices_in_an_order_make_days() {
    let store = |cycle: &str, order: &str| {
        let scenario = THREE_YEARS.replace("annual = \"8.76 TWh\"", "annual = \"2.19 TWh\"\nprofile = \"winter\"");
        let case = Case::solve(&format!(
            r#"{scenario}
[time]
slices = {{ summer-day = 0.25, winter-day = 0.25, summer-night = 0.25, winter-night = 0.25 }}
{order}
[profiles.winter]
shares = {{ summer-day = 0, summer-night = 0, winter-day = 0, winter-night = 1 }}
[profiles.sun]
slices = {{ summer-day = 1, summer-night = 0, winter-day = 0, winter-night = 0 }}
[technologies.solar]
outputs = "electricity"
capacity = "1 GW"
profile = "sun"
[technologies.store]
capacity = "1 GW"
storage = {{ commodity = "electricity", duration = "5000 h", cycle = "{cycle}" }}
[markets.neighbour]
zone = "a"
commodity = "electricity"
trade = "import"
price = "100 USD/MWh"
"#
        ));
        case.check_books();
        case.objective
    };
    let order = "order = [[\"summer-day\", \"summer-night\"], [\"winter-day\", \"winter-night\"]]";
    close(store("day", order), 3.0 * 219.0, 1e-6);
    close(store("year", order), 0.0, 1e-6);
    close(store("day", ""), 0.0, 1e-6);
}

/// A mine that holds 10 TWh, and a contract over 20 TWh with a plant that costs more than others.
#[test]
fn activity_may_be_limited_through_all_years() {
    let case = solve(&format!(
        r#"{ONE_SLICE}
[technologies.mine]
outputs = "electricity"
capacity = "1 GW"
[technologies.dear]
outputs = "electricity"
capacity = "1 GW"
variable-cost = "50 USD/MWh"
[technologies.cheap]
outputs = "electricity"
capacity = "1 GW"
variable-cost = "20 USD/MWh"
[policies.mine]
kind = "activity-budget"
technologies = ["mine"]
max = "10 TWh"
[policies.contract]
kind = "activity-budget"
technologies = ["dear"]
min = "5 TWh"
from = 2026
"#
    ));
    close(case.objective, 5.0 * 50.0 + (26.28 - 15.0) * 20.0, 1e-6);
    // One more terawatt-hour in the ground saves 20 million, and one less in the contract 30.
    for (policy, price) in [("mine", 20.0), ("contract", 30.0)] {
        close(case.values("policies", &[&format!("policy={policy}")], "shadow_price")[0], price, 1e-6);
    }
}

/// Heaters take half of 1.6 GW at the peak, which is all that is made of electricity: 1.18 · 0.8 GW must stand.
#[test]
fn a_reserve_may_be_over_the_peak_of_supply() {
    let case = Case::solve(
        r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2030]
edge = 1
[time]
slices = { base = 0.75, peak = 0.25 }
[zones.a]
[commodities.electricity]
[commodities.heat]
[profiles.cold]
shares = { base = 0.6, peak = 0.4 }
[technologies.plant]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "1 yr"
capacity-credit = 1
[technologies.heater]
inputs = { electricity = 0.5 }
outputs = "heat"
capacity = "2 GW"
[demands.heat]
zone = "a"
commodity = "heat"
annual = "8.76 TWh"
profile = "cold"
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
peak = "supply"
margin = 0.18
"#,
    );
    case.check_books();
    close(case.value("capacity", &["technology=plant"], "capacity"), 1.18 * 0.8, 1e-9);
}
