//! Policies.

use super::{problems, whole};

/// A rule on nothing would be no rule, and a credit below 0 a capacity that harms.
#[test]
fn rules_on_nothing() {
    insta::assert_snapshot!(problems(&[(
        "[demands.load]",
        r#"[links.line]
from = "north"
to = "south"
commodity = "electricity"
capacity = "1 GW"
[policies.a]
kind = "capacity-limit"
technologies = []
max = "1 GW"
[policies.b]
kind = "capacity-limit"
technologies = "ccgt"
links = []
zones = []
max = "1 GW"
[policies.c]
kind = "emission-cap"
pollutants = []
sectors = []
max = "1 Mt"
[policies.d]
kind = "trade-limit"
markets = []
max = "1 TWh"
[policies.e]
kind = "flow-limit"
links = "line"
commodities = []
max = "1 TWh"
[policies.f]
kind = "share"
technologies = "ccgt"
of = []
commodity = "electricity"
min = 0.1
[policies.g]
kind = "planning-reserve"
commodity = "electricity"
margin = 0.1
links = { line = -5 }
[indicators.i]
measure = "supply"
commodity = "electricity"
technologies = []
unit = "TWh"
[demands.load]"#
    )]));
}

#[test]
fn limits() {
    insta::assert_snapshot!(whole(&[
        ("slack-cost = \"500 USD/t\"\nfrom = 2030\nto = 2060", "min = \"30 Mt/yr\"\nfrom = 2060\nto = 2030"),
        ("price = \"5 USD/t\"", "price = \"5 USD/t\"\nslack-cost = \"5 USD/t\"\nsectors = [\"powr\"]"),
        ("max = \"900 TWh\"", "max = \"900 TWh\"\nmin = \"1 TWh\""),
        ("kind = \"capacity-limit\"", "kind = \"capacity-limt\""),
        ("links = [\"line\"]\nmax", "links = [\"line\"]\ncommodities = [\"gas\"]\nmax"),
        ("max = \"100 TWh/yr\"", "max = \"10 TWh/yr\"\nmin = \"20 TWh/yr\""),
    ]));
}

/// Growth starts before the pathway, and from an amount.
#[test]
fn growth_that_starts_nowhere() {
    let policy = |start: &str| {
        format!(
            "[policies.pace]\nkind = \"activity-growth\"\ntechnologies = \"ccgt\"\nrate = 0.1\n{start}\n[demands.load]"
        )
    };
    let said = |start: &str| problems(&[("[demands.load]", &policy(start))]);
    insta::assert_snapshot!([said("start = \"1 TWh\"\nstart-year = 2025"), said("start-year = 2020")].join("\n\n"));
    assert_eq!(said("start = \"1 TWh\"\nstart-year = 2024"), "");
}
