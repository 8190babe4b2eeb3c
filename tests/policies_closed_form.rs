//! Optima under policies that can be worked out by hand: caps, budgets, prices, shares.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use altyn::solve::Status;
use common::{Case, ONE_YEAR, close};

/// Coal and gas for 10 TWh.
const COAL_AND_GAS: &str = r#"
[time]
slices = { year = 1 }
[technologies.coal]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "20 USD/MWh"
emissions = { co2 = "1 t/MWh" }
[technologies.gas]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "50 USD/MWh"
emissions = { co2 = "0.4 t/MWh" }
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
"#;

/// Coal at 20 USD/MWh and 1 t/MWh, gas at 50 and 0.4: a cap between the two switches from one to the other at
/// (50 − 20) / (1 − 0.4) = 50 USD/t.
#[test]
fn a_cap_has_the_switching_cost_as_its_price() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}{COAL_AND_GAS}
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = "7 Mt/yr"
"#
    ));
    case.check_books();
    close(case.value("policies", &["policy=cap"], "shadow_price"), 50.0, 1e-6);
    close(case.value("policies", &["policy=cap"], "actual"), 7.0, 1e-9);
    close(case.value("flows", &["technology=coal"], "value"), 5.0, 1e-9);
    // A MWh more is a mix of both that releases nothing more: 2 of gas for 1 of coal, from 0.4 g + c = 0 and g + c = 1.
    close(case.value("prices", &["commodity=electricity"], "price"), 50.0 + 20.0, 1e-6);
}

/// The same switch by a price on emissions: at 49 USD/t coal runs, at 51 gas does.
#[test]
fn an_emission_price_switches_at_the_same_point() {
    let gas = |price: f64| {
        let case = Case::solve(&format!(
            r#"{ONE_YEAR}{COAL_AND_GAS}
[policies.tax]
kind = "emission-price"
pollutants = ["co2"]
price = "{price} USD/t"
"#
        ));
        case.check_books();
        case.sum("flows", &["technology=gas"], "value")
    };
    close(gas(49.0), 0.0, 1e-9);
    close(gas(51.0), 10.0, 1e-9);
}

/// A minimum share costs what the dearer output costs more; the certificate is worth that.
#[test]
fn a_share_has_the_extra_cost_as_its_price() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[technologies.brown]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "30 USD/MWh"
[technologies.green]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "42 USD/MWh"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
[policies.quota]
kind = "share"
technologies = ["green"]
commodity = "electricity"
min = "20 %"
"#
    ));
    case.check_books();
    close(case.value("flows", &["technology=green"], "value"), 2.0, 1e-9);
    close(case.value("policies", &["policy=quota"], "actual"), 0.2, 1e-9);
    close(case.value("policies", &["policy=quota"], "shadow_price"), 12.0, 1e-6);
    close(case.value("prices", &["commodity=electricity"], "price"), 30.0 + 0.2 * 12.0, 1e-6);
}

/// A soft cap is broken once a tonne costs more than the fine: 60 USD/t of switching against 50.
#[test]
fn a_soft_policy_is_broken_at_its_fine() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[technologies.coal]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "20 USD/MWh"
emissions = {{ co2 = "1 t/MWh" }}
[technologies.clean]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "80 USD/MWh"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = "4 Mt/yr"
slack-cost = "50 USD/t"
"#
    ));
    case.check_books();
    close(case.value("policies", &["policy=cap"], "slack"), 6.0, 1e-9);
    close(case.value("policies", &["policy=cap"], "shadow_price"), 50.0, 1e-6);
    close(case.objective, 10.0 * 20.0 + 6.0 * 50.0, 1e-6);
}

/// A budget over the years has a price that rises with the discount rate: a tonne now is worth a tonne later.
#[test]
fn the_price_of_a_budget_rises_with_the_discount_rate() {
    let case = Case::solve(
        r#"
[money]
price-year = 2023
discount-rate = 0.05
payments = "start"
[horizon]
years = [2025, 2026, 2027]
edge = 1
[time]
slices = { year = 1 }
[zones.a]
[pollutants.co2]
[commodities.electricity]
[technologies.coal]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "20 USD/MWh"
emissions = { co2 = "1 t/MWh" }
[technologies.clean]
outputs = "electricity"
capacity = "5 GW"
variable-cost = { 2025 = "60 USD/MWh", 2026 = "61 USD/MWh", 2027 = "90 USD/MWh" }
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
[policies.budget]
kind = "emission-budget"
pollutants = ["co2"]
budget = "15 Mt"
"#,
    );
    case.check_books();
    // Present values of the switch: 40 in 2025, 41 / 1.05 = 39.05 in 2026, 70 / 1.1025 = 63.5 in 2027. All of 2026 and half of 2025
    // are saved; 2025 sets the price.
    assert_eq!(case.values("policies", &["policy=budget"], "actual"), [15.0; 3]);
    let prices = case.values("policies", &["policy=budget"], "shadow_price");
    for (price, expected) in prices.iter().zip([40.0, 42.0, 44.1]) {
        close(*price, expected, 1e-6);
    }
    close(case.value("flows", &["technology=coal", "year=2025"], "value"), 5.0, 1e-9);
}

/// A soft budget is broken once: 60 USD/t of switching against a fine of 50 a tonne, in all and not every year.
#[test]
fn a_soft_budget_is_broken_once() {
    let case = Case::solve(
        r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2025, 2030]
[time]
slices = { year = 1 }
[zones.a]
[pollutants.co2]
[commodities.electricity]
[technologies.coal]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "20 USD/MWh"
emissions = { co2 = "1 t/MWh" }
[technologies.clean]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "80 USD/MWh"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
[policies.budget]
kind = "emission-budget"
pollutants = ["co2"]
budget = "70 Mt"
slack-cost = "50 USD/t"
"#,
    );
    case.check_books();
    close(case.objective, 100.0 * 20.0 + 30.0 * 50.0, 1e-6);
    assert_eq!(case.values("policies", &["policy=budget"], "slack"), [30.0, 30.0]);
}

/// What nobody uses does not count, wherever it is thrown away: green power costs nothing in `b`, but only 0.5 GW of it reach the
/// load. Half of 10 TWh is out of reach by 0.62 TWh, and the fine is paid for those.
#[test]
fn a_share_counts_what_is_used() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[zones.b]
[technologies.brown]
zones = ["a"]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "30 USD/MWh"
[technologies.green]
zones = ["b"]
outputs = "electricity"
capacity = "5 GW"
[links.line]
from = "b"
to = "a"
commodity = "electricity"
capacity = "0.5 GW"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
[policies.quota]
kind = "share"
technologies = ["green"]
commodity = "electricity"
min = "50 %"
slack-cost = "100 USD/MWh"
"#
    ));
    case.check_books();
    close(case.value("flows", &["technology=green"], "value"), 4.38, 1e-9);
    close(case.value("policies", &["policy=quota"], "slack"), 0.062, 1e-9);
    close(case.value("policies", &["policy=quota"], "shadow_price"), 100.0, 1e-6);
    close(case.objective, 5.62 * 30.0 + 0.62 * 100.0, 1e-6);
}

/// Heat is wanted, and power comes along with it: under a share policy on power its surplus can still be thrown away.
#[test]
fn a_share_leaves_joint_output_its_surplus() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[commodities.heat]
[technologies.chp]
outputs = {{ electricity = 1, heat = 2 }}
capacity = "5 GW"
[demands.power]
zone = "a"
commodity = "electricity"
annual = "4 TWh"
[demands.heat]
zone = "a"
commodity = "heat"
annual = "20 TWh"
[policies.quota]
kind = "share"
technologies = ["chp"]
commodity = "electricity"
min = "50 %"
"#
    ));
    case.check_books();
    close(case.value("flows", &["technology=curtailment", "commodity=electricity"], "value"), 6.0, 1e-9);
}

/// Gas of its own costs 10 USD/MWh, gas through a pipe that loses 5 % costs 20 / 0.95: a flow of 2 TWh has to enter all the same, and
/// each unit of it costs 20 and saves 0.95 · 10.
#[test]
fn a_least_flow_is_kept() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[zones.b]
[technologies.near]
zones = ["a"]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "10 USD/MWh"
[technologies.far]
zones = ["b"]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "20 USD/MWh"
[links.line]
from = "b"
to = "a"
commodity = "electricity"
capacity = "1 GW"
losses = 0.05
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
[policies.contract]
kind = "flow-limit"
links = ["line"]
min = "2 TWh"
"#
    ));
    case.check_books();
    close(case.value("links", &["from=b"], "flow"), 2.0, 1e-9);
    close(case.value("links", &["from=a"], "flow"), 0.0, 1e-9);
    close(case.value("policies", &["policy=contract"], "shadow_price"), 20.0 - 0.95 * 10.0, 1e-6);
    close(case.objective, 2.0 * 20.0 + (10.0 - 0.95 * 2.0) * 10.0, 1e-6);
}

/// Two halves of a year, 1 GW of load, and what is said of the plants.
fn halves(plants: &str) -> Case {
    Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ windy = 0.5, calm = 0.5 }}
[commodities.heat]
[profiles.wind]
slices = {{ windy = 1, calm = 0 }}
[technologies.wind]
outputs = "electricity"
profile = "wind"
capacity = "10 GW"
early-retirement = false
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
{plants}"#
    ))
}

/// 1 GW of coal has to run. In the windy half it is thrown away, in the calm half used: half of what is used is wind, and no more
/// can be.
#[test]
fn forced_output_that_is_thrown_away_is_no_part_of_the_whole() {
    let coal = |share: f64| {
        halves(&format!(
            r#"[technologies.coal]
outputs = "electricity"
variable-cost = "30 USD/MWh"
capacity = "5 GW"
min-activity = 0.2
early-retirement = false
[policies.quota]
kind = "share"
technologies = ["wind"]
commodity = "electricity"
min = {share}
"#
        ))
    };
    let case = coal(0.5);
    case.check_books();
    close(case.value("policies", &["policy=quota"], "actual"), 0.5, 1e-9);
    close(case.value("flows", &["technology=curtailment"], "value"), 4.38, 1e-9);
    assert_eq!(coal(0.501).status, Status::Infeasible);
}

/// Power comes along with heat that is wanted all year: in the calm half all of it is used, so that wind is half at most, however
/// much of either may be thrown away.
#[test]
fn wind_is_not_thrown_away_as_if_it_were_joint_output() {
    let chp = |share: f64| {
        halves(&format!(
            r#"[technologies.chp]
outputs = {{ electricity = 1, heat = 1 }}
capacity = "10 GW"
[demands.warmth]
zone = "a"
commodity = "heat"
annual = "8.76 TWh"
[policies.quota]
kind = "share"
technologies = ["wind"]
commodity = "electricity"
min = {share}
"#
        ))
    };
    chp(0.5).check_books();
    assert_eq!(chp(0.51).status, Status::Infeasible);
}

/// A share of nothing changes nothing: what a plant must give in a year, and what must be bought, may be thrown away under it.
#[test]
fn a_share_of_nothing_changes_nothing() {
    for forced in [
        "[technologies.nuclear]\noutputs = \"electricity\"\ncapacity = \"2 GW\"\nmin-annual-factor = 0.8\nearly-retirement = false",
        "[technologies.nuclear]\noutputs = \"electricity\"\ncapacity = \"2 GW\"\n[markets.imports]\nzone = \"a\"\ncommodity = \
         \"electricity\"\ntrade = \"import\"\nprice = \"10 USD/MWh\"\nmin-volume = \"10 TWh\"\nmax-volume = \"20 TWh\"",
    ] {
        let share = "\n[policies.quota]\nkind = \"share\"\ntechnologies = [\"nuclear\"]\ncommodity = \"electricity\"\nmin = 0\n";
        let (free, ruled) = (halves(forced), halves(&format!("{forced}{share}")));
        ruled.check_books();
        close(free.objective, ruled.objective, 1e-9);
    }
}
