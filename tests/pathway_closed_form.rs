//! Sums over years that can be worked out by hand: discounting, annuities, salvage, vintages, retirement, contracts.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Case, close};

/// A single plant of 1 GW from the first year on.
fn one_plant(money: &str, horizon: &str, plant: &str) -> Case {
    let case = Case::solve(&format!(
        r#"
[money]
price-year = 2023
{money}
[horizon]
{horizon}
[time]
slices = {{ year = 1 }}
[zones.a]
[commodities.electricity]
[technologies.plant]
outputs = "electricity"
{plant}
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#
    ));
    case.check_books();
    case
}

/// `(1+r)^-t`.
fn worth(rate: f64, time: f64) -> f64 {
    (1.0 + rate).powf(-time)
}

/// Equal yearly payment for a capital of 1.
fn annuity(interest: f64, years: f64) -> f64 {
    interest / (1.0 - (1.0 + interest).powf(-years))
}

/// A yearly cost is paid in each calendar year of the period, at its start, middle or end.
#[test]
fn yearly_costs_are_paid_in_every_year_of_a_period() {
    for (payments, shift) in [("start", 0.0), ("mid-year", 0.5), ("end", 1.0)] {
        let case = one_plant(
            &format!("discount-rate = 0.07\nbase-year = 2025\npayments = \"{payments}\""),
            "years = [2025, 2030, 2040]\nedge = 3",
            "capacity = \"1 GW\"\nvariable-cost = \"10 USD/MWh\"",
        );
        // Periods 2025-2029, 2030-2039 and 2040-2042: eighteen years in all.
        let expected: f64 = (0..18).map(|t| 87.6 * worth(0.07, f64::from(t) + shift)).sum();
        close(case.objective, expected, 1e-6);
        let last: f64 = (15..18).map(|t| 87.6 * worth(0.07, f64::from(t) + shift)).sum();
        close(case.value("costs", &["year=2040", "basis=discounted"], "value"), last, 1e-6);
        close(case.value("costs", &["year=2040", "basis=annual"], "value"), 87.6, 1e-9);
    }
}

/// Backward periods reach from the year after the milestone before.
#[test]
fn backward_periods_end_with_their_milestone() {
    let case = one_plant(
        "discount-rate = 0.05\nbase-year = 2020\npayments = \"end\"",
        "years = [2020, 2030]\nperiod = \"backward\"\nedge = 1",
        "capacity = \"1 GW\"\nvariable-cost = \"10 USD/MWh\"",
    );
    let expected: f64 = (0..11).map(|t| 87.6 * worth(0.05, f64::from(t) + 1.0)).sum();
    close(case.objective, expected, 1e-6);
}

/// Instalments at the cost of capital fall due over the economic life; those after the horizon do not count.
#[test]
fn annuities_count_inside_the_horizon() {
    let case = one_plant(
        "discount-rate = 0.05\ncost-of-capital = 0.10\npayments = \"end\"",
        "years = [2025, 2030]\nedge = 5",
        "capital-cost = \"1000 USD/kW\"\nlifetime = \"30 yr\"\neconomic-life = \"20 yr\"",
    );
    let instalment = 1000.0 * annuity(0.10, 20.0);
    close(instalment, 117.459_624_8, 1e-6);
    let expected: f64 = (1..=10).map(|t| instalment * worth(0.05, f64::from(t))).sum();
    close(case.objective, expected, 1e-6);
    close(case.value("costs", &["year=2025", "basis=annual"], "value"), instalment, 1e-6);
    close(case.value("investment", &["year=2025"], "overnight_cost"), 1000.0, 1e-9);
    // An economic life of eight years ends within the second period.
    let case = one_plant(
        "discount-rate = 0.05\ncost-of-capital = 0.10\npayments = \"end\"",
        "years = [2025, 2030]\nedge = 5",
        "capital-cost = \"1000 USD/kW\"\nlifetime = \"30 yr\"\neconomic-life = \"8 yr\"",
    );
    let instalment = 1000.0 * annuity(0.10, 8.0);
    let expected: f64 = (1..=8).map(|t| instalment * worth(0.05, f64::from(t))).sum();
    close(case.objective, expected, 1e-6);
    close(case.value("costs", &["year=2030", "basis=annual"], "value"), instalment * 3.0 / 5.0, 1e-6);
}

/// Where the cost of capital is the discount rate, payments are at the end of the year and the life ends inside the horizon, an
/// annuity is worth the capital itself: both accountings agree.
#[test]
fn annuity_and_overnight_agree_when_nothing_is_left() {
    let horizon = "years = [2025, 2035]\nedge = 10";
    let plant = "capital-cost = \"1000 USD/kW\"\nlifetime = \"20 yr\"";
    let spread = one_plant("discount-rate = 0.06\npayments = \"end\"", horizon, plant);
    let at_once = one_plant("discount-rate = 0.06\npayments = \"end\"\naccounting = \"overnight\"", horizon, plant);
    close(spread.objective, 1000.0, 1e-6);
    close(at_once.objective, 1000.0, 1e-6);
}

/// What a plant of 30 years is still worth after 10: sinking fund, straight line, or nothing.
#[test]
fn salvage() {
    let rate: f64 = 0.05;
    let sinking = 1.0 - ((1.0 + rate).powi(10) - 1.0) / ((1.0 + rate).powi(30) - 1.0);
    for (method, left) in [("sinking-fund", sinking), ("straight-line", 2.0 / 3.0), ("none", 0.0)] {
        let case = one_plant(
            &format!("discount-rate = 0.05\naccounting = \"overnight\"\nsalvage = \"{method}\""),
            "years = [2025, 2030]\nedge = 5",
            "capital-cost = \"1000 USD/kW\"\nlifetime = \"30 yr\"",
        );
        close(case.objective, 1000.0 * (1.0 - left * worth(rate, 10.0)), 1e-6);
    }
}

/// Capital of what stands when the pathway begins is sunk; a committed plant is paid from the period in which it first stands.
#[test]
fn committed_plants_are_paid_for() {
    let asset = |year: i32| {
        format!(
            "capital-cost = \"1000 USD/kW\"\nlifetime = \"20 yr\"\nbuild = false\n[assets.plant]\ntechnology = \"plant\"\n\
             zone = \"a\"\ncapacity = \"1 GW\"\ncommissioned = {year}\n\
             [assets.now]\ntechnology = \"plant\"\nzone = \"a\"\ncapacity = \"1 GW\"\ncommissioned = 2010\nretires = 2030"
        )
    };
    let horizon = "years = [2025, 2030]\nedge = 5";
    let sunk = one_plant("discount-rate = 0", horizon, &asset(2020));
    close(sunk.objective, 0.0, 1e-9);
    let committed = one_plant("discount-rate = 0", horizon, &asset(2027));
    close(committed.objective, 5.0 * 50.0, 1e-6);
    close(committed.value("investment", &["year=2030"], "built"), 1.0, 1e-9);
    close(committed.value("investment", &["year=2030"], "overnight_cost"), 1000.0, 1e-9);
    assert_eq!(committed.texts("assets", &["year=2030"], "commissioned"), ["2027"]);
}

/// A discount rate next to nothing is none: of a plant of 1000 USD/kW and 20 years, half is left after ten.
#[test]
fn a_discount_rate_next_to_nothing_is_none() {
    for (rate, accounting) in
        [("0", "overnight"), ("1e-17", "overnight"), ("1e-17", "annuity"), ("-1e-17", "overnight")]
    {
        let case = one_plant(
            &format!("discount-rate = {rate}\ncost-of-capital = 1e-17\naccounting = \"{accounting}\""),
            "years = [2025]\nedge = 10",
            "capital-cost = \"1000 USD/kW\"\nlifetime = \"20 yr\"",
        );
        close(case.objective, 500.0, 1e-9);
    }
}

/// A plant whose fixed cost is above what it saves is retired early, and one whose is below stays to the end of its life.
#[test]
fn plants_retire_early_where_that_saves() {
    let case = |fixed: f64| {
        Case::solve(&format!(
            r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2025, 2030, 2035]
[time]
slices = {{ year = 1 }}
[zones.a]
[commodities.electricity]
[technologies.old]
outputs = "electricity"
fixed-cost = "{fixed} USD/kW/yr"
variable-cost = "30 USD/MWh"
[technologies.import]
outputs = "electricity"
capacity = "2 GW"
variable-cost = "40 USD/MWh"
[assets.old]
technology = "old"
zone = "a"
capacity = "1 GW"
commissioned = 2000
retires = 2035
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#
        ))
    };
    // 10 USD/MWh over 8,760 hours: 87.6 USD/kW a year.
    let dear = case(90.0);
    dear.check_books();
    assert_eq!(dear.values("capacity", &["technology=old"], "capacity"), [1.0]);
    close(dear.value("investment", &["technology=old", "year=2030"], "retired"), 1.0, 1e-9);
    let cheap = case(80.0);
    assert_eq!(cheap.values("capacity", &["technology=old"], "capacity"), [1.0, 1.0]);
    close(cheap.value("investment", &["technology=old", "year=2035"], "retired"), 1.0, 1e-9);
}

/// Each vintage keeps the efficiency of its year: what was built in 2025 burns 2 units of fuel, what comes in 2030 burns 1.6.
#[test]
fn vintages_keep_their_efficiency() {
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
[commodities.electricity]
[commodities.fuel]
price = "10 USD/MWh"
[technologies.plant]
inputs = "fuel"
outputs = "electricity"
efficiency = { 2025 = 0.5, 2030 = 0.625 }
capital-cost = "100 USD/kW"
lifetime = "20 yr"
early-retirement = false
[demands.load]
zone = "a"
commodity = "electricity"
annual = { 2025 = "8.76 TWh", 2030 = "17.52 TWh" }
"#,
    );
    case.check_books();
    close(case.value("flows", &["year=2025", "commodity=fuel", "direction=use"], "value"), 2.0 * 8.76, 1e-9);
    // Building more of the better plant than is missing would pay 8.76 · 0.4 · 10 = 35 USD/kW a year of fuel for 5 a year of capital.
    close(case.value("flows", &["year=2030", "commodity=fuel", "direction=use"], "value"), 1.6 * 17.52, 1e-9);
    close(case.value("capacity", &["year=2030"], "capacity"), 3.0, 1e-9);
}

/// A contract minimum is kept though it loses money, and counts in money of its year.
#[test]
fn a_contract_minimum_is_kept() {
    let case = Case::solve(
        r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2025]
edge = 1
[time]
slices = { year = 1 }
[zones.a]
[commodities.gas]
heating-value = "36 MJ/m3"
amount-unit = "bcm"
[technologies.field]
outputs = "gas"
capacity = "10 bcm/yr"
variable-cost = "150 USD/1000m3"
[markets.buyer]
zone = "a"
commodity = "gas"
trade = "export"
price = "100 USD/1000m3"
max-volume = "5 bcm/yr"
min-volume = "2 bcm/yr"
component = "contract"
"#,
    );
    case.check_books();
    close(case.value("markets", &["market=buyer"], "quantity"), 2.0, 1e-9);
    close(case.value("markets", &["market=buyer"], "revenue"), 200.0, 1e-9);
    close(case.value("costs", &["component=contract", "basis=annual"], "value"), -200.0, 1e-9);
    close(case.objective, 300.0 - 200.0, 1e-6);
}
