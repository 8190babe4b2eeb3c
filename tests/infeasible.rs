//! Scenarios without a pathway: what has to give way, by how much, and where it stands.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::desk::Desk;

/// One plant of at most 1 GW, and demand with a peak of 1.6 times its mean.
const TIGHT: &str = r#"[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030]
[time]
slices = { base = 0.75, peak = 0.25 }
[zones.a]
[pollutants.co2]
[commodities.electricity]
[commodities.coal]
price = "8 USD/MWh"
emissions = { co2 = "0.34 t/MWh" }
[profiles.load]
slices = { base = 0.8, peak = 1.6 }
[technologies.plant]
inputs = "coal"
outputs = "electricity"
efficiency = 0.4
capital-cost = "2000 USD/kW"
lifetime = "40 yr"
max-capacity = "1 GW"
[demands.load]
zone = "a"
commodity = "electricity"
annual = { 2025 = "8.76 TWh", 2030 = "17.52 TWh" }
profile = "load"
"#;

/// What is said of a scenario, after the lines that name it.
fn said(files: &[(&str, &str)]) -> String {
    let desk = Desk::new(files);
    let (out, err) = desk.run(&["run", files[0].0, "--quiet"], 3);
    assert_eq!(out, "");
    assert!(!desk.path("results").exists());
    err
}

/// 1.6 GW at the peak of 2025 and 3.2 GW in 2030, of which 1 GW may stand.
#[test]
fn room_gives_way_before_demand() {
    insta::assert_snapshot!(said(&[("tight.toml", TIGHT)]), @r#"
    error: tight: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: `plant@a` has too little room, by 0.6 GW in 2025, 2.2 GW in 2030
      --> tight.toml:22:1
       |
    22 | max-capacity = "1 GW"
       | ^^^^^^^^^^^^
    ...
    26 | annual = { 2025 = "8.76 TWh", 2030 = "17.52 TWh" }
       | ------ stands against it
       |
       = help: `max-capacity` of 2030 would do at 3.2 GW, and is 1 GW
    "#);
}

/// What the file itself says gives way first, though it is a demand: 0.6 GW are missing in a quarter of the year, 1.314 TWh.
#[test]
fn what_the_scenario_itself_says_gives_way_first() {
    let own = "extends = \"tight.toml\"\n[demands.load]\nannual = \"8.76 TWh\"\n";
    insta::assert_snapshot!(said(&[("own.toml", own), ("tight.toml", TIGHT)]), @r#"
    error: own: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: `electricity` in `a` has too little supply, by 1.31 TWh in 2025 (up to 0.6 GW, in peak), 1.31 TWh in 2030 (up to 0.6 GW, in peak)
      --> own.toml:3:1
       |
     3 | annual = "8.76 TWh"
       | ^^^^^^
       |
      ::: tight.toml:22:1
       |
    22 | max-capacity = "1 GW"
       | ------------ stands against it
    "#);
}

/// 17.52 TWh of electricity release 14.892 Mt, and 8.76 TWh half of it: 111.69 Mt in five years of each.
#[test]
fn caps_and_budgets_give_way() {
    let open = TIGHT.replace("max-capacity = \"1 GW\"\n", "");
    let cap = open.clone()
        + "[policies.cap]\nkind = \"emission-cap\"\npollutants = [\"co2\"]\nmax = { 2025 = \"8 Mt\", 2030 = \"4 Mt\" }\n";
    insta::assert_snapshot!(said(&[("cap.toml", &cap)]), @r#"
    error: cap: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: policy `cap` allows too little, by 10.9 Mt in 2030
      --> cap.toml:30:24
       |
    25 | annual = { 2025 = "8.76 TWh", 2030 = "17.52 TWh" }
       | ------ stands against it
    ...
    30 | max = { 2025 = "8 Mt", 2030 = "4 Mt" }
       |                        ^^^^
       |
       = help: `max` of 2030 would do at 14.9 Mt/yr, and is 4 Mt/yr
    "#);
    let budget = open
        + "[policies.budget]\nkind = \"emission-budget\"\npollutants = [\"co2\"]\nfrom = 2025\nto = 2034\nbudget = \"100 Mt\"\n";
    insta::assert_snapshot!(said(&[("budget.toml", &budget)]), @r#"
    error: budget: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: policy `budget` allows too little in all, by 11.7 Mt
      --> budget.toml:32:1
       |
    25 | annual = { 2025 = "8.76 TWh", 2030 = "17.52 TWh" }
       | ------ stands against it
    ...
    32 | budget = "100 Mt"
       | ^^^^^^
    "#);
}

/// A budget without years counts those of the pathway, ten of them.
#[test]
fn a_budget_of_all_years_gives_way() {
    let budget = TIGHT.replace("max-capacity = \"1 GW\"\n", "")
        + "[policies.budget]\nkind = \"emission-budget\"\npollutants = [\"co2\"]\nbudget = \"100 Mt\"\n";
    let said = said(&[("budget.toml", &budget)]);
    assert!(said.contains("error: policy `budget` allows too little in all, by 11.7 Mt\n"), "{said}");
}

/// 2 GW give 17.52 TWh, of which the load leaves 8.76 for a contract; half a GW of wind gives 4.38 of 6.57; and 1.6 GW in five years cost 640
/// million a year.
#[test]
fn contracts_shares_and_money_give_way() {
    let open = TIGHT.replace("2030 = \"17.52 TWh\"", "2030 = \"8.76 TWh\"").replace("\"1 GW\"", "\"2 GW\"");
    let contract = open.clone()
        + "[markets.abroad]\nzone = \"a\"\ncommodity = \"electricity\"\ntrade = \"export\"\nprice = \"20 USD/MWh\"\nmin-volume = \"12 TWh/yr\"\n";
    insta::assert_snapshot!(said(&[("contract.toml", &contract)]), @r#"
    error: contract: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: market `abroad` has to trade more than it can, by 3.24 TWh in 2025, 3.24 TWh in 2030
      --> contract.toml:33:1
       |
    22 | max-capacity = "2 GW"
       | ------------ stands against it
    ...
    26 | annual = { 2025 = "8.76 TWh", 2030 = "8.76 TWh" }
       | ------ stands against it
    ...
    33 | min-volume = "12 TWh/yr"
       | ^^^^^^^^^^
       |
       = help: `min-volume` of 2030 would do at 8.76 TWh/yr, and is 12 TWh/yr
    "#);
    let share = open.clone()
        + "[technologies.wind]\noutputs = \"electricity\"\nmax-capacity = \"0.5 GW\"\ncapital-cost = \"900 USD/kW\"\nlifetime = \"25 yr\"\n\
           [policies.green]\nkind = \"share\"\ntechnologies = [\"wind\"]\ncommodity = \"electricity\"\nmin = 0.75\n";
    insta::assert_snapshot!(said(&[("share.toml", &share)]), @r#"
    error: share: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: policy `green` asks for more than there can be, by 2.19 TWh in 2025, 2.19 TWh in 2030
      --> share.toml:37:1
       |
    26 | annual = { 2025 = "8.76 TWh", 2030 = "8.76 TWh" }
       | ------ stands against it
    ...
    30 | max-capacity = "0.5 GW"
       | ------------ stands against it
    ...
    37 | min = 0.75
       | ^^^
    "#);
    let money = open + "[finance.home]\ncost-of-capital = 0.1\nmax = \"400 MUSD/yr\"\n";
    insta::assert_snapshot!(said(&[("money.toml", &money)]), @r#"
    error: money: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: source of finance `home` gives too little, by 240 MUSD/yr in 2025
      --> money.toml:30:1
       |
    26 | annual = { 2025 = "8.76 TWh", 2030 = "8.76 TWh" }
       | ------ stands against it
    ...
    30 | max = "400 MUSD/yr"
       | ^^^
       |
       = help: `max` of 2025 would do at 640 MUSD/yr, and is 400 MUSD/yr
    "#);
}

/// 3.2 GW give 28.03 TWh: the policy that allows no more is told beside the one that asks for more.
#[test]
fn what_stands_against_it_is_told() {
    let text = TIGHT.replace("\"1 GW\"", "\"9 GW\"")
        + "[policies.least]\nkind = \"activity-limit\"\ntechnologies = [\"plant\"]\ncommodity = \"electricity\"\nmin = \"30 TWh/yr\"\n\
           [policies.most]\nkind = \"capacity-limit\"\ntechnologies = [\"plant\"]\nmax = \"3.2 GW\"\n";
    insta::assert_snapshot!(said(&[("both.toml", &text)]), @r#"
    error: both: infeasible: no pathway keeps all demands, limits and policies at once
    there would be one if all of this gave way together, by as much as it says:

    error: policy `least` asks for more than there can be, by 1.97 TWh in 2025, 1.97 TWh in 2030
      --> both.toml:32:1
       |
    32 | min = "30 TWh/yr"
       | ^^^
    ...
    36 | max = "3.2 GW"
       | --- stands against it
       |
       = help: `min` of 2030 would do at 28 TWh/yr, and is 30 TWh/yr
    "#);
}

/// `neutral-2060` with one thing that can not be: the culprit comes first, at its place.
#[test]
fn the_culprit_is_named_first() {
    let cases = [
        ("all-renewable", "policy `renewables` asks for more than there can be", "3:1"),
        ("cap-below-the-sink", "policy `net-zero` allows too little", "3:33"),
        ("demand-doubled", "`oil-output` in `west` has too little supply", "3:28"),
        ("early-nuclear", "policy `early-nuclear` asks for more than there can be", "5:24"),
        ("export-above-the-pipe", "market `gas-export-china` has to trade more than it can", "3:1"),
        ("much-biomass", "policy `biomass-programme` asks for more than there can be", "6:1"),
        ("much-hydro", "policy `much-hydro` asks for more than there can be", "6:28"),
        ("much-through-saryarka", "policy `gas-for-the-centre` asks for more than there can be", "3:1"),
        ("no-gas", "policy `no-imports` allows too little", "11:1"),
        ("no-money", "source of finance `home` gives too little", "4:6"),
        ("no-storage", "policy `no-storage` allows too little", "5:1"),
        ("nothing-built", "policy `no-building` allows too little", "5:1"),
        ("slow-nuclear", "policy `slow-nuclear` lets building grow too slowly", "7:1"),
        ("small-budget", "policy `budget` allows too little in all", "7:1"),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/infeasible");
    let desk = Desk::new(&[]);
    for (name, culprit, place) in cases {
        let path = format!("{folder}/{name}.toml");
        let (_, err) = desk.run(&["run", &path, "--quiet", "--set", "time.days=4", "--set", "time.hours=8"], 3);
        let first = err.lines().filter(|line| line.starts_with("error: ")).nth(1).unwrap_or_default();
        assert!(first.starts_with(&format!("error: {culprit}")), "{name}: {err}");
        let at = err.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).unwrap_or_default();
        assert!(at.ends_with(&format!("{name}.toml:{place}")), "{name}: {at}");
    }
}
