//! Gas with contracts and from the well, by hand: what a minimum costs, and what raw gas is worth that could stay underground.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Case, ONE_YEAR, close};

/// A field of 10 bcm, 9 bcm of demand at home, imports at 170 USD/1000 m3, and a buyer abroad who pays 100 at the end of a pipeline that
/// takes 5 % for itself.
fn contract(minimum: &str) -> Case {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[zones.abroad]
external = true
[commodities.gas]
heating-value = "36 MJ/m3"
amount-unit = "bcm"
price-unit = "USD/1000m3"
[technologies.field]
zones = ["a"]
outputs = "gas"
capacity = "10 bcm/yr"
variable-cost = "20 USD/1000m3"
[links.pipeline]
from = "a"
to = "abroad"
commodity = "gas"
bidirectional = false
capacity = "55 bcm/yr"
own-use = {{ gas = 0.05 }}
[markets.import]
zone = "a"
commodity = "gas"
trade = "import"
price = "170 USD/1000m3"
[demands.home]
zone = "a"
commodity = "gas"
annual = "9 bcm"
[markets.buyer]
zone = "abroad"
commodity = "gas"
trade = "export"
price = "100 USD/1000m3"
max-volume = "6 bcm/yr"
{minimum}
"#
    ));
    case.check_books();
    case
}

/// Take or pay as a policy: each of the last cubic metres sold is one imported, with what the pipeline takes on top. It earns 100 and costs
/// 1.05 · 170, which the minimum loses.
#[test]
fn a_contract_minimum_is_worth_what_gas_costs_at_home() {
    let case = contract("[policies.take-or-pay]\nkind = \"trade-limit\"\nmarkets = [\"buyer\"]\nmin = \"4 bcm/yr\"");
    close(case.value("markets", &["market=buyer"], "quantity"), 4.0, 1e-9);
    close(case.value("markets", &["market=import"], "quantity"), 9.0 + 1.05 * 4.0 - 10.0, 1e-9);
    close(case.value("prices", &["zone=a", "commodity=gas"], "price"), 170.0, 1e-6);
    let row = ["policy=take-or-pay"];
    close(case.value("policies", &row, "shadow_price"), 1.05 * 170.0 - 100.0, 1e-6);
    assert_eq!(case.texts("policies", &row, "price_unit"), ["USD/1000m3"]);
    close(case.objective, 10.0 * 20.0 + 3.2 * 170.0 - 4.0 * 100.0, 1e-6);
}

/// A minimum of the market is the same contract. Without any, no more is sold than the field has left, and a price that pays for
/// imports has no need of one.
#[test]
fn a_minimum_of_the_market_is_the_same_contract() {
    let (free, bound) = (contract(""), contract("min-volume = \"4 bcm/yr\""));
    let sold = |case: &Case| case.value("markets", &["market=buyer"], "quantity");
    close(sold(&free), 1.0 / 1.05, 1e-9);
    close(sold(&bound), 4.0, 1e-9);
    // From what is left to the minimum each cubic metre loses the same.
    let lost = (4.0 - 1.0 / 1.05) * (1.05 * 170.0 - 100.0);
    close(bound.objective - free.objective, lost, 1e-6);
    let slack = contract("[policies.low]\nkind = \"trade-limit\"\nmarkets = [\"buyer\"]\nmin = \"0.5 bcm/yr\"");
    close(slack.value("policies", &["policy=low"], "shadow_price"), 0.0, 1e-9);
    close(slack.objective, free.objective, 1e-9);
}

/// Wells of 10 bcm, a gas plant that makes 0.8 of commercial gas of each of raw gas for 30 USD/1000 m3, and 4 bcm of demand. What the plant
/// does not take goes underground again and earns 5.
fn field(injection: &str) -> Case {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ summer = 0.5, winter = 0.5 }}
[commodities.gas]
free-disposal = false
heating-value = "36 MJ/m3"
amount-unit = "bcm"
price-unit = "USD/1000m3"
[commodities.raw-gas]
resolution = "year"
free-disposal = false
heating-value = "36 MJ/m3"
amount-unit = "bcm"
price-unit = "USD/1000m3"
[technologies.wells]
outputs = "raw-gas"
capacity = "10 bcm/yr"
[technologies.injection]
inputs = "raw-gas"
variable-cost = "-5 USD/1000m3"
capacity = "{injection}"
[technologies.plant]
inputs = "raw-gas"
outputs = "gas"
efficiency = 0.8
variable-cost = "30 USD/1000m3"
capacity = "20 bcm/yr"
[demands.home]
zone = "a"
commodity = "gas"
annual = "4 bcm"
"#
    ));
    case.check_books();
    close(case.value("flows", &["technology=plant", "commodity=raw-gas"], "value"), 5.0, 1e-9);
    case
}

/// Where all that is left can go underground, gas is worth what the plant costs and what raw gas would earn there.
#[test]
fn raw_gas_is_worth_what_it_earns_underground() {
    let case = field("8 bcm/yr");
    close(case.value("flows", &["technology=injection"], "value"), 5.0, 1e-9);
    close(case.value("prices", &["commodity=raw-gas"], "price"), 5.0, 1e-6);
    close(case.value("prices", &["commodity=gas"], "price"), 30.0 + 5.0 / 0.8, 1e-6);
    close(case.objective, 4.0 * 30.0 - 5.0 * 5.0, 1e-6);
}

/// Where compressors are full, wells stand idle, and raw gas is worth nothing.
#[test]
fn raw_gas_without_a_place_is_worth_nothing() {
    let case = field("3 bcm/yr");
    close(case.value("flows", &["technology=wells"], "value"), 8.0, 1e-9);
    close(case.value("prices", &["commodity=gas"], "price"), 30.0, 1e-6);
    close(case.objective, 4.0 * 30.0 - 3.0 * 5.0, 1e-6);
}
