//! Explanations that can be worked out by hand: what sets a price, what a policy costs, what a technology would have to cost.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use altyn::explain::{
    Answer, LimitYear, Narrowed, Prospect, Question, Setting, SlicePrice, Standing, Verdict, YearPrice,
};
use altyn::explain::{Reason, answer, terminal};
use altyn::model::Model;
use altyn::run::{formulate, solve_by};
use altyn::solve::{Method, Silent, SolveOptions, Status};
use altyn::time::TimeGrid;
use altyn::{scenario, time};
use common::desk::Desk;
use common::{ONE_YEAR, close, hourly};

/// Asks a scenario, solved whole or by decomposition. The cost of its solution, and the answer.
fn solved(
    method: Method,
    text: &str,
    files: &[(&str, &str)],
    question: impl Fn(&Model, &TimeGrid) -> Question,
) -> (f64, Answer) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files.iter().chain(&[("case.toml", text)]) {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let path = folder.path().join("case.toml");
    let model = scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).model;
    let grid = time::resolve(&model);
    let options = SolveOptions { gap: 1e-8, ..SolveOptions::default() };
    let solved = solve_by(method, formulate(method, &model, &grid), &options, &Silent).unwrap();
    assert_eq!(solved.status(), Status::Optimal);
    (solved.solutions[0].objective, answer(&solved, &question(&model, &grid)))
}

fn ask(text: &str, question: impl Fn(&Model, &TimeGrid) -> Question) -> Answer {
    solved(Method::Monolith, text, &[], question).1
}

fn slice_of(commodity: &str, zone: &str, slice: &str) -> impl Fn(&Model, &TimeGrid) -> Question {
    let [commodity, zone, slice] = [commodity, zone, slice].map(str::to_owned);
    move |model, grid| {
        let by = Narrowed { zone: Some(&zone), year: Some(2030), slice: Some(&slice) };
        Question::price(model, grid, &commodity, by).unwrap()
    }
}

#[track_caller]
fn slice(answer: Answer) -> SlicePrice {
    let Answer::Slices(mut prices) = answer else { panic!("{answer:?} is no price") };
    assert_eq!(prices.len(), 1);
    let own = prices.remove(0);
    adds_up(&own.reasons, own.price);
    own
}

#[track_caller]
fn years(answer: Answer) -> Vec<YearPrice> {
    let Answer::Prices(prices) = answer else { panic!("{answer:?} is no price") };
    for own in &prices {
        adds_up(&own.reasons, own.price);
        close(own.setters.iter().map(|setter| setter.share).sum(), 1.0, 1e-9);
    }
    prices
}

#[track_caller]
fn technology(text: &str, name: &str) -> Vec<Prospect> {
    let Answer::Technology(prospects) =
        ask(text, |model, _| Question::technology(model, name, Narrowed::default()).unwrap())
    else {
        panic!("no technology")
    };
    for own in &prospects {
        adds_up(&own.reasons, own.margin);
    }
    prospects
}

#[track_caller]
fn policy(text: &str, name: &str) -> (f64, Vec<LimitYear>) {
    match solved(Method::Monolith, text, &[], |model, _| Question::policy(model, name).unwrap()) {
        (cost, Answer::Policy(limits)) => (cost, limits),
        (_, other) => panic!("{other:?} is no policy"),
    }
}

#[track_caller]
fn adds_up(reasons: &[Reason], total: f64) {
    let sum: f64 = reasons.iter().map(|reason| reason.value).sum();
    close(sum, total, 1e-9 * total.abs().max(1.0));
    let rest = reasons.iter().find(|reason| reason.name == "not explained").map_or(0.0, |reason| reason.value);
    close(rest, 0.0, 1e-5);
}

#[track_caller]
fn reason(reasons: &[Reason], name: &str) -> f64 {
    let found = reasons.iter().find(|reason| reason.name == name);
    found.unwrap_or_else(|| panic!("no reason {name} among {reasons:?}")).value
}

/// Coal for 20 USD/MWh and 1 t/MWh, gas for 20 + 3 USD/MWh and 0.4 t/MWh; 0.8 GW are asked for, and 1.6 at the peak.
const MERIT: &str = r#"
[zones.b]
[commodities.fuel]
price = "10 USD/MWh"
emissions = { co2 = "0.2 t/MWh" }
[time]
slices = { base = 0.75, peak = 0.25 }
[profiles.load]
slices = { base = 0.8, peak = 1.6 }
[technologies.coal]
zones = ["a"]
outputs = "electricity"
capacity = "1 GW"
variable-cost = "20 USD/MWh"
emissions = { co2 = "1 t/MWh" }
[technologies.gas]
zones = ["a"]
inputs = "fuel"
outputs = "electricity"
efficiency = 0.5
capacity = "5 GW"
variable-cost = "3 USD/MWh"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
profile = "load"
"#;

#[test]
fn the_last_plant_in_merit_order_sets_the_price() {
    let scenario = format!("{ONE_YEAR}{MERIT}");
    let base = slice(ask(&scenario, slice_of("electricity", "a", "base")));
    assert_eq!((base.set_by.as_str(), base.setting), ("coal", Setting::Margin));
    close(reason(&base.reasons, "variable cost"), 20.0, 1e-6);
    let peak = slice(ask(&scenario, slice_of("electricity", "a", "peak")));
    assert_eq!((peak.set_by.as_str(), peak.setting), ("gas", Setting::Margin));
    close(peak.price, 23.0, 1e-6);
    close(reason(&peak.reasons, "fuel at a fixed price"), 20.0, 1e-6);
    close(reason(&peak.reasons, "variable cost"), 3.0, 1e-6);
    // All of the coal is in use, and earns what gas costs more.
    let coal = peak.offers.iter().find(|offer| offer.name == "coal").unwrap();
    close(coal.rate, 1.0, 1e-9);
    close(coal.cost, 20.0, 1e-6);
    close(coal.rent, 3.0, 1e-6);
    // 0.8 GW for three quarters of the year are 60 % of the demand.
    let all = Narrowed { zone: Some("a"), ..Narrowed::default() };
    let year = years(ask(&scenario, |model, grid| Question::price(model, grid, "electricity", all).unwrap())).remove(0);
    close(year.price, 0.6 * 20.0 + 0.4 * 23.0, 1e-6);
    close(reason(&year.reasons, "fuel at a fixed price"), 0.4 * 20.0, 1e-6);
    let setters: Vec<(&str, f64)> =
        year.setters.iter().map(|s| (s.name.as_str(), (1e6 * s.share).round() / 1e6)).collect();
    assert_eq!(setters, [("coal", 0.6), ("gas", 0.4)]);
}

/// 10 USD/t make coal 30 USD/MWh and gas 27.
#[test]
fn a_price_on_emissions_is_part_of_the_price() {
    let tax = "[policies.tax]\nkind = \"emission-price\"\npollutants = [\"co2\"]\nprice = \"10 USD/t\"\n";
    let base = slice(ask(&format!("{ONE_YEAR}{MERIT}{tax}"), slice_of("electricity", "a", "base")));
    assert_eq!(base.set_by, "gas");
    close(reason(&base.reasons, "price on emissions"), 4.0, 1e-6);
    close(base.price, 27.0, 1e-6);
}

/// A line that loses a tenth of its flow, and a dear plant beyond it.
fn line(load: &str) -> String {
    format!(
        r#"{ONE_YEAR}{MERIT}
[technologies.oil]
zones = ["b"]
outputs = "electricity"
capacity = "1 GW"
variable-cost = "60 USD/MWh"
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capacity = "0.5 GW"
losses = 0.1
variable-cost = "1 USD/MWh"
[demands.b]
zone = "b"
commodity = "electricity"
annual = "{load}"
"#
    )
}

/// 0.2 GW come from a, where gas costs 23 at the peak: (23 + 1) / 0.9.
#[test]
fn losses_are_part_of_the_price_beyond_a_line() {
    let own = slice(ask(&line("1.752 TWh"), slice_of("electricity", "b", "peak")));
    assert_eq!(own.set_by, "gas in a (line)");
    close(own.price, 24.0 / 0.9, 1e-6);
    close(reason(&own.reasons, "electricity in a"), 23.0 / 0.9, 1e-6);
    close(reason(&own.reasons, "variable cost"), 1.0 / 0.9, 1e-6);
    let bought = own.reasons.iter().find_map(|reason| reason.of.clone()).unwrap();
    close(bought.amount, 1.0 / 0.9, 1e-9);
    close(bought.price, 23.0, 1e-6);
}

/// 0.7 GW are more than the 0.45 that arrive: oil sets the price, and the line earns what it saves.
#[test]
fn a_full_line_earns_the_difference() {
    let own = slice(ask(&line("6.132 TWh"), slice_of("electricity", "b", "peak")));
    assert_eq!((own.set_by.as_str(), own.price.round()), ("oil", 60.0));
    let line = own.offers.iter().find(|offer| offer.name == "line from a").unwrap();
    close(line.rate, 0.45, 1e-9);
    close(line.rent, 60.0 - 24.0 / 0.9, 1e-6);
}

/// Coal at 20 USD/MWh and 1 t/MWh against gas at 23 and 0.4: (23 − 20) / (1 − 0.4) = 5 USD/t. Either sets the price, at 25 USD/MWh.
#[test]
fn a_cap_is_part_of_the_price_and_saves_its_switching_cost() {
    let capped = |cap: f64| {
        format!(
            "{ONE_YEAR}{MERIT}[policies.cap]\nkind = \"emission-cap\"\npollutants = [\"co2\"]\nmax = \"{cap} Mt/yr\"\n"
        )
    };
    let base = slice(ask(&capped(5.0), slice_of("electricity", "a", "base")));
    close(base.price, 25.0, 1e-6);
    close(reason(&base.reasons, "policy cap"), if base.set_by == "coal" { 5.0 } else { 2.0 }, 1e-6);
    let (cost, limits) = policy(&capped(5.0), "cap");
    let [limit] = limits.as_slice() else { panic!("{limits:?}") };
    assert_eq!((limit.standing, limit.price_unit.as_str()), (Standing::Binds, "USD/t"));
    close(limit.limit.unwrap(), 5.0, 1e-9);
    close(limit.price, 5.0, 1e-6);
    // A tenth of a Mt more, and solved again.
    close(cost - policy(&capped(5.1), "cap").0, 0.1 * limit.saved, 1e-6);
    let (_, limits) = policy(&capped(50.0), "cap");
    assert_eq!((limits[0].standing, limits[0].saved), (Standing::Slack, 0.0));
}

/// A budget over two periods saves the same wherever it is spent: its price rises with the discount rate, what a unit more saves does not.
#[test]
fn a_budget_saves_once() {
    let budget = |budget: f64| {
        let frame =
            ONE_YEAR.replace("discount-rate = 0", "discount-rate = 0.05").replace("[2030]\nedge = 1", "[2030, 2035]");
        format!(
            "{frame}{MERIT}[policies.all]\nkind = \"emission-budget\"\npollutants = [\"co2\"]\nbudget = \"{budget} Mt\"\n"
        )
    };
    let (cost, limits) = policy(&budget(50.0), "all");
    let [first, second] = limits.as_slice() else { panic!("{limits:?}") };
    close(second.price / first.price, 1.05_f64.powi(5), 1e-6);
    close(first.saved, second.saved, 1e-9);
    close(cost - policy(&budget(50.1), "all").0, 0.1 * first.saved, 1e-6);
}

/// Without enough to serve it, demand has the price of its penalty.
#[test]
fn demand_that_is_not_served_sets_its_penalty() {
    let scenario = format!("{ONE_YEAR}{MERIT}")
        .replace("[commodities.electricity]", "[commodities.electricity]\nunserved-cost = \"3 USD/kWh\"");
    let own = slice(ask(&scenario.replace("5 GW", "0.5 GW"), slice_of("electricity", "a", "peak")));
    assert_eq!(own.set_by, "demand that is not served");
    close(reason(&own.reasons, "penalty for what is not served"), 3000.0, 1e-6);
}

/// Built for 1 GW all year: 1000 USD/kW over 20 years and 20 USD/kW/yr are 70 a year, 8760 hours of it; 3 USD/MWh to run.
#[test]
fn where_nobody_has_room_the_price_pays_for_capacity() {
    let own = slice(ask(
        &format!(
            r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[technologies.plant]
outputs = "electricity"
variable-cost = "3 USD/MWh"
fixed-cost = "20 USD/kW/yr"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#
        ),
        slice_of("electricity", "a", "year"),
    ));
    assert_eq!((own.set_by.as_str(), own.setting), ("plant, all of it in use", Setting::Full));
    close(own.price, 3.0 + 70.0 / 8.76, 1e-6);
    close(reason(&own.reasons, "rent: all of it is in use"), 70.0 / 8.76, 1e-6);
}

/// 10 USD/MWh by night, nothing by day but what a store gives back, or another plant for 100.
fn day_and_night(store: &str, day: &str) -> (String, String) {
    let scenario = format!(
        r#"{ONE_YEAR}
[time]
days = 1
hours = 2
[profiles.night]
file = "night.csv"
column = "night"
[technologies.night]
outputs = "electricity"
capacity = "9 GW"
profile = "night"
variable-cost = "10 USD/MWh"
{day}
[technologies.store]
variable-cost = "2 USD/MWh"
{store}
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#
    );
    (scenario, hourly("night", |hour| if hour % 24 < 12 { 1.0 } else { 0.0 }))
}

/// What is taken in at 10 USD/MWh and comes back to 0.9 · 0.8 of it costs 10 / 0.72 + 2.
#[test]
fn a_store_sets_the_price_at_which_it_took_in() {
    let store = "capacity = \"2 GW\"\nstorage = { commodity = \"electricity\", duration = \"20 h\", charge-efficiency = 0.9, discharge-efficiency = 0.8 }";
    let (scenario, night) = day_and_night(store, "");
    let files = [("night.csv", night.as_str())];
    let named = |half: usize| {
        move |model: &Model, grid: &TimeGrid| {
            let name = grid.slices.values().nth(half).unwrap().name.clone();
            slice_of("electricity", "a", &name)(model, grid)
        }
    };
    let own = slice(solved(Method::Monolith, &scenario, &files, named(1)).1);
    assert_eq!(own.set_by, "store");
    close(own.price, 10.0 / 0.72 + 2.0, 1e-6);
    close(reason(&own.reasons, "what store holds"), 10.0 / 0.72, 1e-6);
    close(reason(&own.reasons, "variable cost"), 2.0, 1e-6);
    let [(_, taken_at)] = own.taken_in.as_slice() else { panic!("{:?}", own.taken_in) };
    close(*taken_at, 10.0, 1e-6);
    assert_eq!(slice(solved(Method::Monolith, &scenario, &files, named(0)).1).set_by, "night");
}

/// A kW of a store with a tank for 6 hours gives 4.8 kWh a day for 100 USD/MWh less 2, and takes 6 / 0.9 for 10: 147.4 USD a year, of which
/// ten years pay for 1474 USD. It is built for less and not for more.
#[test]
fn a_store_breaks_even_at_what_it_earns_between_night_and_day() {
    let yearly = 0.365 * (4.8 * 98.0 - 6.0 / 0.9 * 10.0);
    let at = |cost: f64| {
        let store = format!(
            "capital-cost = \"{cost} USD/kW\"\nlifetime = \"10 yr\"\nmax-capacity = \"0.1 GW\"\nstorage = {{ commodity = \"electricity\", \
             duration = \"6 h\", charge-efficiency = 0.9, discharge-efficiency = 0.8 }}"
        );
        let day = "[technologies.day]\noutputs = \"electricity\"\ncapacity = \"9 GW\"\nvariable-cost = \"100 USD/MWh\"";
        let (scenario, night) = day_and_night(&store, day);
        let question = |model: &Model, _: &TimeGrid| Question::technology(model, "store", Narrowed::default()).unwrap();
        match solved(Method::Monolith, &scenario, &[("night.csv", &night)], question).1 {
            Answer::Technology(mut found) => found.remove(0),
            other => panic!("{other:?}"),
        }
    };
    let dear = at(10.0 * yearly + 10.0);
    assert_eq!((dear.verdict, dear.built), (Verdict::TooDear, 0.0));
    close(dear.break_even.unwrap(), 10.0 * yearly, 1e-3);
    close(reason(&dear.reasons, "electricity in a") + reason(&dear.reasons, "variable cost"), yearly, 1e-4);
    let cheap = at(10.0 * yearly - 10.0);
    assert_eq!((cheap.verdict, cheap.bound), (Verdict::HeldBack, Some("max-capacity")));
    close(cheap.built, 0.1, 1e-9);
    close(cheap.margin, 1.0, 1e-4);
}

/// Wind that gives half of its capacity always.
fn wind(cost: f64) -> String {
    format!(
        r#"{ONE_YEAR}{MERIT}
[technologies.wind]
zones = ["a"]
outputs = "electricity"
availability = 0.5
capital-cost = "{cost} USD/kW"
fixed-cost = "20 USD/kW/yr"
lifetime = "20 yr"
"#
    )
}

/// A kW of wind gives 4.38 MWh a year, three quarters at 20 USD/MWh and a quarter at 23, less 20 USD: 20 years of that pay for it.
#[test]
fn a_technology_breaks_even_at_what_it_earns() {
    let earned = 4.38 * (0.75 * 20.0 + 0.25 * 23.0);
    let even = 20.0 * (earned - 20.0);
    let dear = technology(&wind(even * 1.01), "wind").remove(0);
    assert_eq!((dear.verdict, dear.built), (Verdict::TooDear, 0.0));
    close(dear.break_even.unwrap(), even, 1e-4);
    close(dear.reduction().unwrap(), 1.0 - 1.0 / 1.01, 1e-7);
    close(reason(&dear.reasons, "electricity in a"), earned, 1e-5);
    close(reason(&dear.reasons, "fixed cost"), -20.0, 1e-9);
    close(reason(&dear.reasons, "capital"), -even * 1.01 / 20.0, 1e-6);
    let cheap = technology(&wind(even * 0.99), "wind").remove(0);
    assert!(cheap.built > 0.01, "{cheap:?}");
    assert_eq!(cheap.verdict, Verdict::Built);
    close(cheap.margin, 0.0, 1e-6);
}

/// A certificate for a share makes the difference.
#[test]
fn a_share_pays_for_what_is_built() {
    let share =
        "[policies.green]\nkind = \"share\"\ntechnologies = [\"wind\"]\ncommodity = \"electricity\"\nmin = \"10 %\"\n";
    let own = technology(&format!("{}{share}", wind(3000.0)), "wind").remove(0);
    assert_eq!(own.verdict, Verdict::Built);
    close(own.margin, 0.0, 1e-6);
    assert!(reason(&own.reasons, "policy green") > 50.0, "{:?}", own.reasons);
}

/// What is solved year by year is explained as what is solved whole.
#[test]
fn parts_are_explained_as_the_whole() {
    let frame =
        ONE_YEAR.replace("discount-rate = 0", "discount-rate = 0.05").replace("[2030]\nedge = 1", "[2025, 2030, 2035]");
    let budget = "max-build = \"0.05 GW/yr\"\n[policies.all]\nkind = \"emission-budget\"\npollutants = [\"co2\"]\nbudget = \"60 Mt\"\n";
    let scenario = format!("{}{budget}", wind(2500.0).replace(ONE_YEAR, &frame));
    let asked = |method| {
        let question = |model: &Model, _: &TimeGrid| Question::technology(model, "wind", Narrowed::default()).unwrap();
        match solved(method, &scenario, &[], question).1 {
            Answer::Technology(found) => found,
            other => panic!("{other:?}"),
        }
    };
    let (whole, parts) = (asked(Method::Monolith), asked(Method::Decomposition));
    assert_eq!((whole.len(), parts.len()), (3, 3));
    for (whole, parts) in whole.iter().zip(&parts) {
        assert_eq!(whole.until, parts.until);
        close(whole.margin, parts.margin, 1e-2);
        close(whole.break_even.unwrap(), parts.break_even.unwrap(), 0.5);
    }
}

/// The whole of it, as it is shown.
#[test]
fn answers_on_a_terminal() {
    let cap = "[policies.cap]\nkind = \"emission-cap\"\npollutants = [\"co2\"]\nmax = \"5 Mt/yr\"\n";
    let scenario = format!("{}{cap}", wind(2500.0));
    let by = Narrowed { zone: Some("a"), ..Narrowed::default() };
    let mut shown = terminal::answer(&ask(&scenario, |_, _| Question::Overview));
    for question in [
        (|model, grid| {
            Question::price(model, grid, "electricity", Narrowed { zone: Some("a"), ..Narrowed::default() }).unwrap()
        }) as fn(&Model, &TimeGrid) -> Question,
        |model, grid| slice_of("electricity", "a", "peak")(model, grid),
        |model, _| Question::policy(model, "cap").unwrap(),
    ] {
        shown.push_str(&format!("\n\n{}", terminal::answer(&ask(&scenario, question))));
    }
    let wind = ask(&scenario, |model, _| Question::technology(model, "wind", by).unwrap());
    shown.push_str(&format!("\n\n{}", terminal::answer(&wind)));
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_command_explains_files_and_folders() {
    let desk = Desk::new(&[("small.toml", &format!("title = \"Small\"\n{}", wind(2500.0)))]);
    let (out, _) = desk.run(&["explain", "small.toml", "technology", "wind", "--json"], 0);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["answer"]["technology"][0]["verdict"], "too-dear");
    desk.run(&["run", "small.toml", "--quiet"], 0);
    let (_, err) = desk.run(&["explain", "results/small", "price", "electricity"], 0);
    assert!(!err.contains("out of date"), "{err}");
    let (_, err) =
        desk.run(&["explain", "results/small", "price", "electricity", "--set", "demands.load.annual=\"9 TWh\""], 0);
    assert!(err.contains("out of date"), "{err}");
    let less = ["technologies.gas.capacity=\"0.1 GW\"", "technologies.wind.max-build=\"0 GW/yr\""];
    let (_, err) = desk.run(&["explain", "small.toml", "--set", less[0], "--set", less[1]], 3);
    assert!(err.contains("infeasible"), "{err}");
}

#[test]
fn names_that_do_not_exist_are_told_before_anything_is_solved() {
    let desk = Desk::new(&[("small.toml", &wind(2500.0))]);
    for (args, told) in [
        (vec!["technology", "wnid"], "did you mean `wind`?"),
        (vec!["price", "electricty"], "did you mean `electricity`?"),
        (vec!["price", "fuel"], "fuel is bought at a fixed price"),
        (vec!["price", "electricity", "--zone", "c"], "the scenario has no zone `c`"),
        (vec!["price", "electricity", "--slice", "peek"], "did you mean `peak`?"),
        (vec!["price", "electricity", "--year", "2031"], "2031 is no milestone year"),
        (vec!["technology", "wind", "--zone", "b"], "there is no wind in b"),
        (vec!["policy", "cap"], "the scenario has none"),
        (vec!["price"], "a commodity is to be named"),
    ] {
        let (_, err) = desk.run(&[&["explain", "small.toml"], args.as_slice()].concat(), 2);
        assert!(err.contains(told) && !err.contains("solving"), "{err}");
    }
}

#[test]
fn folders_that_are_no_results_are_told() {
    let desk = Desk::new(&[]);
    let (_, err) = desk.run(&["explain", "."], 1);
    assert!(err.contains("can not read"), "{err}");
}
