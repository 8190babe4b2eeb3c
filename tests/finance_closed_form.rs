//! Sources of finance: who pays for what is built, at what price, and within what limit, in sums that can be worked out by hand.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use altyn::solve::Status;
use common::desk::Desk;
use common::{Case, close};
use proptest::prelude::*;

/// One GW is needed for five years and paid back within one: 1000 USD/kW at a cost of capital of 4 % are 1040.
const ONE_GW: &str = r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2030]
edge = 5
[time]
slices = { year = 1 }
[zones.a]
[commodities.electricity]
[technologies.mill]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
economic-life = "1 yr"
cost-of-capital = 0.2
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#;

/// A scenario, with its books checked.
fn solve(text: &str) -> Case {
    let case = Case::solve(text);
    case.check_books();
    case
}

/// Capacity that a source finances of a technology.
fn built(case: &Case, technology: &str, source: &str) -> f64 {
    case.sum("investment", &[&format!("technology={technology}"), &format!("source={source}")], "built")
}

/// A limit of a source in a year.
fn limit(case: &Case, source: &str, year: i32, column: &str) -> f64 {
    case.value("policies", &[&format!("policy=finance:{source}"), &format!("year={year}")], column)
}

/// Equal yearly payment for a capital of 1.
fn annuity(interest: f64, years: f64) -> f64 {
    interest / (1.0 - (1.0 + interest).powf(-years))
}

/// 60 MUSD a year are 300 in five years and build 0.3 GW at 4 %, 80 a year 0.4 GW at 6 %, and what is left costs 10 %. A dollar a
/// year more of a source takes the place of one at 10 %.
#[test]
fn tranches_fill_in_the_order_of_their_cost() {
    let [dear, cheap, middle] = [
        "[finance.dear]\ncost-of-capital = 0.1\n",
        "[finance.cheap]\ncost-of-capital = 0.04\nmax = \"60 MUSD/yr\"\n",
        "[finance.middle]\ncost-of-capital = \"6 %\"\nmax = { 2020 = \"0.08 BUSD/yr\" }\n",
    ];
    for order in [[dear, cheap, middle], [middle, cheap, dear]] {
        let case = solve(&format!("{ONE_GW}{}", order.concat()));
        close(built(&case, "mill", "cheap"), 0.3, 1e-9);
        close(built(&case, "mill", "middle"), 0.4, 1e-9);
        close(built(&case, "mill", "dear"), 0.3, 1e-9);
        close(built(&case, "mill", "unspecified"), 0.0, 0.0);
        close(case.objective, 0.3 * 1040.0 + 0.4 * 1060.0 + 0.3 * 1100.0, 1e-6);
        close(case.value("costs", &["component=capital", "basis=discounted"], "value"), case.objective, 1e-6);
        close(case.sum("investment", &[], "overnight_cost"), 1000.0, 1e-6);
        for (source, limit_of, price) in [("cheap", 60.0, 0.06), ("middle", 80.0, 0.04)] {
            close(limit(&case, source, 2030, "limit"), limit_of, 1e-9);
            close(limit(&case, source, 2030, "actual"), limit_of, 1e-9);
            close(limit(&case, source, 2030, "shadow_price"), price, 1e-9);
        }
        assert_eq!(case.texts("policies", &["policy=finance:cheap"], "unit"), ["MUSD/yr"]);
        assert_eq!(case.texts("policies", &["policy=finance:cheap"], "price_unit"), ["USD/USD"]);
        // Without a limit there is none to report.
        assert!(case.texts("policies", &["policy=finance:dear"], "unit").is_empty());
    }
}

/// One GW is built in each period. Instalments of what is built for 2030 fall due in its own five years, those for 2025 in ten; a dollar a
/// year more of the fund saves five times the difference of the instalments, in money of the year of building.
#[test]
fn a_limit_is_worth_what_its_money_saves() {
    let scenario = |max: &str| {
        format!(
            r#"
[money]
price-year = 2023
discount-rate = 0.05
payments = "end"
[horizon]
years = [2025, 2030]
edge = 5
[time]
slices = {{ year = 1 }}
[zones.a]
[commodities.electricity]
[technologies.mill]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
[demands.load]
zone = "a"
commodity = "electricity"
annual = {{ 2025 = "8.76 TWh", 2030 = "17.52 TWh" }}
[finance.fund]
cost-of-capital = {{ 2025 = 0.04, 2030 = 0.06 }}
max = {max}
[finance.home]
cost-of-capital = 0.12
"#
        )
    };
    let worth = |years: std::ops::RangeInclusive<i32>| -> f64 { years.map(|t| 1.05_f64.powi(-t)).sum() };
    let (first, second) = (worth(1..=5), worth(6..=10));
    let case = solve(&scenario("{ 2025 = \"100 MUSD/yr\", 2030 = \"40 MUSD/yr\" }"));
    let of = |year: i32, source: &str| {
        case.value("investment", &[&format!("year={year}"), &format!("source={source}")], "built")
    };
    for (year, fund) in [(2025, 0.5), (2030, 0.2)] {
        close(of(year, "fund"), fund, 1e-9);
        close(of(year, "home"), 1.0 - fund, 1e-9);
    }
    let [four, six, twelve] = [0.04, 0.06, 0.12].map(|rate| annuity(rate, 20.0));
    let early = 1000.0 * (0.5 * four + 0.5 * twelve) * (first + second);
    let late = 1000.0 * (0.2 * six + 0.8 * twelve) * second;
    close(case.objective, early + late, 1e-6);
    close(limit(&case, "fund", 2025, "shadow_price"), 5.0 * (twelve - four) * (first + second) / first, 1e-9);
    close(limit(&case, "fund", 2030, "shadow_price"), 5.0 * (twelve - six), 1e-9);
    // So it is: 1 MUSD a year more in 2030.
    let more = solve(&scenario("{ 2025 = \"100 MUSD/yr\", 2030 = \"41 MUSD/yr\" }"));
    close((case.objective - more.objective) / second, limit(&case, "fund", 2030, "shadow_price"), 1e-9);
}

/// A source that has nothing to give finances nothing, and has no price; a first dollar saves the difference of 4 % and 10 %.
#[test]
fn a_source_without_money_finances_nothing() {
    let home = "[finance.home]\ncost-of-capital = 0.1\n";
    let alone = solve(&format!("{ONE_GW}{home}"));
    let case = solve(&format!("{ONE_GW}{home}[finance.fund]\ncost-of-capital = 0.04\nmax = \"0 USD/yr\"\n"));
    close(case.objective, 1100.0, 1e-9);
    close(case.objective, alone.objective, 1e-9);
    close(built(&case, "mill", "fund"), 0.0, 0.0);
    close(built(&case, "mill", "home"), 1.0, 1e-9);
    assert!(case.texts("policies", &[], "policy").is_empty());
    let first = solve(&format!("{ONE_GW}{home}[finance.fund]\ncost-of-capital = 0.04\nmax = \"1 USD/yr\"\n"));
    close(limit(&first, "fund", 2030, "shadow_price"), 0.06, 1e-9);
}

/// Where only a source without money may finance, nothing can be built, and what must be built makes it infeasible.
#[test]
fn without_money_nothing_is_built() {
    let text =
        ONE_GW.replace("[commodities.electricity]", "[commodities.electricity]\nunserved-cost = \"500 USD/MWh\"");
    let fund = "[finance.fund]\ncost-of-capital = 0.04\nmax = \"0 USD/yr\"\n";
    let case = solve(&format!("{text}{fund}"));
    assert!(case.texts("investment", &[], "source").is_empty());
    close(case.sum("flows", &["technology=unserved"], "value"), 8.76, 1e-9);
    let must = text.replace("cost-of-capital = 0.2", "min-build = \"0.1 GW/yr\"");
    assert_eq!(Case::solve(&format!("{must}{fund}")).status, Status::Infeasible);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, format!("{must}{fund}")).unwrap();
    assert_eq!(Case::decomposed(&path, &[], 1e-4).status, Status::Infeasible);
}

/// Where only a source with a limit may finance, nothing else is built: 0.6 GW, and the rest of the demand goes unserved.
#[test]
fn what_has_a_source_is_financed_by_sources_alone() {
    let text =
        ONE_GW.replace("[commodities.electricity]", "[commodities.electricity]\nunserved-cost = \"500 USD/MWh\"");
    let case = solve(&format!("{text}[finance.fund]\ncost-of-capital = 0.04\nmax = \"120 MUSD/yr\"\n"));
    close(built(&case, "mill", "fund"), 0.6, 1e-9);
    close(case.sum("flows", &["technology=unserved"], "value"), 0.4 * 8.76, 1e-9);
}

/// A coal plant next to the mill, another zone with a mill, and a line between them.
const TWO_ZONES: &str = r#"
[zones.b]
[technologies.coal]
zones = ["a"]
outputs = "electricity"
capital-cost = "2000 USD/kW"
lifetime = "40 yr"
economic-life = "1 yr"
min-capacity = "0.1 GW"
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capital-cost = "300 USD/kW"
lifetime = "40 yr"
economic-life = "1 yr"
min-capacity = "0.5 GW"
[demands.b]
zone = "b"
commodity = "electricity"
annual = "8.76 TWh"
"#;

/// The fund is the cheapest of all, but finances mills in b alone; a bank finances the line, at a price; coal is paid for at its own cost
/// of capital, which is the discount rate, and mills in a at theirs.
#[test]
fn sources_finance_what_they_may() {
    let case = solve(&format!(
        r#"{ONE_GW}{TWO_ZONES}
[finance.fund]
cost-of-capital = 0
technologies = ["mi*"]
zones = ["b"]
[finance.bank]
cost-of-capital = 0.5
links = ["line"]
"#
    ));
    // 0.5 GW of line are given, and bring cheap mills of b to a: 1.5 GW there, 0.4 GW in a beside the coal.
    close(built(&case, "mill", "fund"), 1.5, 1e-9);
    close(built(&case, "mill", "unspecified"), 0.4, 1e-9);
    close(built(&case, "coal", "unspecified"), 0.1, 1e-9);
    close(built(&case, "link:line", "bank"), 0.5, 1e-9);
    assert_eq!(case.texts("investment", &["technology=coal"], "source"), ["unspecified"]);
    close(case.objective, 1500.0 + 0.4 * 1200.0 + 200.0 + 0.5 * 300.0 * 1.5, 1e-6);
}

/// Without lists a source finances whatever can be built in its zones, and lines that begin or end there.
#[test]
fn without_lists_a_source_finances_all() {
    let case = solve(&format!("{ONE_GW}{TWO_ZONES}[finance.fund]\ncost-of-capital = 0.1\n"));
    let sources = case.texts("investment", &[], "source");
    assert!(sources.len() >= 4 && sources.iter().all(|source| source == "fund"), "{sources:?}");
    let case = solve(&format!("{ONE_GW}{TWO_ZONES}[finance.fund]\ncost-of-capital = 0.1\nzones = [\"b\"]\n"));
    close(built(&case, "link:line", "fund"), 0.5, 1e-9);
    close(built(&case, "coal", "unspecified"), 0.1, 1e-9);
    assert_eq!(case.texts("investment", &["technology=mill", "zone=b"], "source"), ["fund"]);
}

/// A committed GW is paid for at the mill's own 20 %, and takes nothing of what the fund has to give. What is retired has no source.
#[test]
fn committed_plants_are_outside_of_sources() {
    let case = solve(
        &format!(
            r#"{ONE_GW}
[assets.committed]
technology = "mill"
zone = "a"
capacity = "1 GW"
commissioned = 2032
retires = 2037
[finance.fund]
cost-of-capital = 0.04
max = "200 MUSD/yr"
[indicators.all]
measure = "investment"
unit = "MUSD"
[indicators.funded]
measure = "investment"
finance = ["f*"]
unit = "MUSD"
"#
        )
        .replace("years = [2030]", "years = [2030, 2035, 2040]"),
    );
    // What is built for 2030 stands through to 2049.
    let at = |column, filters: &[&str]| case.value("investment", filters, column);
    close(at("built", &["year=2030"]), 1.0, 1e-9);
    close(at("built", &["year=2035", "source=unspecified"]), 1.0, 1e-9);
    close(at("overnight_cost", &["year=2035", "source=unspecified"]), 1000.0, 1e-9);
    assert_eq!(case.texts("investment", &["year=2035"], "source"), ["unspecified"]);
    close(at("retired", &["year=2040", "source=unspecified"]), 1.0, 1e-9);
    close(case.objective, 1040.0 + 1200.0, 1e-6);
    close(limit(&case, "fund", 2030, "actual"), 200.0, 1e-9);
    close(limit(&case, "fund", 2035, "actual"), 0.0, 1e-9);
    let figures = &case.results.as_ref().unwrap().summary.indicators;
    let [all, funded] = [0, 1].map(|position| figures[position].values.clone());
    assert_eq!((all, funded), (vec![200.0, 200.0, 0.0], vec![200.0, 0.0, 0.0]));
}

/// Twelve hours of light and twelve of dark: 2 GW of sun, a store of 1 GW and 12 GWh. Power and tank cost 100 and 2400 MUSD; the fund
/// pays for 300 of them without interest.
#[test]
fn a_store_is_financed_with_its_tank() {
    let scenario = |max: &str| {
        let text = format!(
            r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2030]
edge = 1
[time]
days = 1
hours = 2
[zones.a]
[commodities.electricity]
[profiles.light]
file = "light.csv"
column = "light"
[technologies.sun]
outputs = "electricity"
profile = "light"
capital-cost = "500 USD/kW"
lifetime = "20 yr"
economic-life = "1 yr"
[technologies.battery]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
economic-life = "1 yr"
storage = {{ commodity = "electricity", energy-capital-cost = "200 USD/kWh" }}
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
[finance.home]
cost-of-capital = 0.1
[finance.fund]
cost-of-capital = 0
technologies = ["battery"]
{max}
"#
        );
        let light: String = (0..8760).map(|hour| if hour % 24 < 12 { "1\n" } else { "0\n" }).collect();
        let case = Case::with_files(&text, &[("light.csv", &format!("light\n{light}"))]);
        case.check_books();
        case
    };
    let case = scenario("max = \"300 MUSD/yr\"");
    close(case.sum("investment", &["source=fund"], "overnight_cost"), 300.0, 1e-6);
    close(case.sum("investment", &["source=home"], "overnight_cost"), 1000.0 + 2200.0, 1e-6);
    close(case.objective, 1.1 * 3500.0 - 30.0, 1e-6);
    close(limit(&case, "fund", 2030, "shadow_price"), 0.1, 1e-9);
    let case = scenario("");
    close(built(&case, "battery", "fund"), 1.0, 1e-9);
    close(built(&case, "battery:tank", "fund"), 12.0, 1e-9);
    close(case.objective, 1.1 * 1000.0 + 2500.0, 1e-6);
}

/// Overnight accounting charges what a plant costs, whoever pays for it and at what price, within the same limits. Where the source's
/// cost of capital is the discount rate and nothing is left, both accountings agree.
#[test]
fn overnight_accounting_leaves_out_what_capital_costs() {
    let text = |money: &str, finance: &str| {
        let text = format!("{ONE_GW}{finance}")
            .replace("discount-rate = 0\n", &format!("discount-rate = 0.06\npayments = \"end\"\n{money}\n"))
            .replace("economic-life = \"1 yr\"\n", "")
            .replace("edge = 5", "edge = 20");
        solve(&text)
    };
    let source = |rate: f64| format!("[finance.fund]\ncost-of-capital = {rate}\nmax = \"20 MUSD/yr\"\n");
    let home = "[finance.home]\ncost-of-capital = 0.06\n";
    let overnight = "accounting = \"overnight\"";
    close(text("", &(source(0.06) + home)).objective, 1000.0, 1e-6);
    for rate in [0.0, 0.06, 0.5] {
        let case = text(overnight, &(source(rate) + home));
        close(case.objective, 1000.0, 1e-6);
        assert!(limit(&case, "fund", 2030, "actual") <= 20.0 + 1e-9);
    }
}

/// A source of finance says where its figures come from, like everything else.
#[test]
fn figures_of_a_source_are_shown_with_their_source() {
    let source = "[finance.fund]\ncost-of-capital = { value = 0.04, source = \"annual report\", quality = \"published\" }\n\
                  max = \"60 MUSD/yr\"\nsource = \"talk\"\nquality = \"estimate\"\n";
    let desk = Desk::new(&[("case.toml", &format!("{ONE_GW}{source}"))]);
    let (out, _) = desk.run(&["show", "case.toml", "finance.fund"], 0);
    for (figure, from) in [("cost-of-capital", "annual report"), ("max", "talk")] {
        assert!(out.lines().any(|line| line.contains(figure) && line.contains(from)), "{out}");
    }
}

/// Two kinds of plants and three sources: rates, limits and costs at random.
#[derive(Clone, Debug)]
struct Pools {
    rates: [f64; 3],
    limits: [f64; 2],
    capital: [f64; 2],
    fuel: f64,
    demand: f64,
}

fn pools() -> impl Strategy<Value = Pools> {
    let rates = [0.0..0.2, 0.0..0.2, 0.01..0.3_f64];
    let limits = [0.0..400.0, 0.0..400.0_f64];
    (rates, limits, [600.0..2500.0, 600.0..2500.0_f64], 10.0..60.0_f64, 4.0..12.0_f64)
        .prop_map(|(rates, limits, capital, fuel, demand)| Pools { rates, limits, capital, fuel, demand })
}

impl Pools {
    /// Tables of the sources.
    fn sources(&self) -> [String; 3] {
        let ([a, b, c], [first, second]) = (self.rates, self.limits);
        [
            format!("[finance.a]\ncost-of-capital = {a}\nmax = \"{first} MUSD/yr\"\ntechnologies = [\"mill\"]\n"),
            format!("[finance.b]\ncost-of-capital = {b}\nmax = \"{second} MUSD/yr\"\n"),
            format!("[finance.c]\ncost-of-capital = {c}\n"),
        ]
    }

    fn objective(&self, sources: &str) -> f64 {
        let ([mill, burner], fuel, demand) = (self.capital, self.fuel, self.demand);
        solve(&format!(
            r#"
[money]
price-year = 2023
discount-rate = 0.04
[horizon]
years = [2025, 2030]
[time]
slices = {{ calm = 0.5, windy = 0.5 }}
[zones.z]
[commodities.electricity]
[profiles.wind]
slices = {{ calm = 0.1, windy = 0.7 }}
[technologies.mill]
outputs = "electricity"
profile = "wind"
capital-cost = {{ 2025 = "{mill} USD/kW", 2030 = "600 USD/kW" }}
lifetime = "20 yr"
[technologies.burner]
outputs = "electricity"
capital-cost = "{burner} USD/kW"
variable-cost = "{fuel} USD/MWh"
lifetime = "30 yr"
[demands.load]
zone = "z"
commodity = "electricity"
annual = {{ 2025 = "{demand} TWh", 2030 = "14 TWh" }}
{sources}
"#
        ))
        .objective
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Cheaper or more capital never raises the cost, and the order of the tables does not matter.
    #[test]
    fn cheaper_and_more_capital_never_costs_more(pools in pools(), number in 0..3_usize) {
        let [a, b, c] = pools.sources();
        let cost = pools.objective(&format!("{a}{b}{c}"));
        let slack = 1e-7 * cost;
        let turned = pools.objective(&format!("{c}{b}{a}"));
        prop_assert!((cost - turned).abs() <= slack, "{cost} {turned}");
        let mut cheaper = pools.clone();
        cheaper.rates[number] /= 2.0;
        prop_assert!(pools.objective(&cheaper.sources().concat()) <= cost + slack);
        let mut richer = pools.clone();
        richer.limits[number % 2] *= 2.0;
        prop_assert!(pools.objective(&richer.sources().concat()) <= cost + slack);
    }
}
