//! Decomposition against the whole program: small systems made at random, with everything that ties days and years together.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::fmt::Write as _;

use altyn::formulation::program::Program;
use altyn::formulation::{self, Formulations};
use altyn::model::Model;
use altyn::results::{Column, Table, tabulate};
use altyn::run::solve_by;
use altyn::solve::decomposition;
use altyn::solve::mixture::{Known, Mixed, mix};
use altyn::solve::{Method, Silent, Solution, SolveOptions, Status, solve};
use altyn::{scenario, time};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// What makes one system differ from another.
#[derive(Debug, Clone)]
struct Numbers {
    days: usize,
    demand: f64,
    growth: f64,
    gas: f64,
    budget: f64,
    cap: f64,
    share: f64,
    soft: bool,
    wind: f64,
    lake: f64,
    loss: f64,
    reserve: f64,
    shape: u64,
}

fn numbers() -> impl Strategy<Value = Numbers> {
    (
        (1usize..5, 4.0..12.0f64, 1.0..1.6f64, 5.0..40.0f64),
        (20.0..120.0f64, 1.0..6.0f64, 0.0..0.7f64, any::<bool>()),
        (600.0..1500.0f64, 1.0..8.0f64, 0.0..0.2f64, 0.0..0.3f64, 0u64..1000),
    )
        .prop_map(
            |((days, demand, growth, gas), (budget, cap, share, soft), (wind, lake, loss, reserve, shape))| Numbers {
                days,
                demand,
                growth,
                gas,
                budget,
                cap,
                share,
                soft,
                wind,
                lake,
                loss,
                reserve,
                shape,
            },
        )
}

/// 8,760 hours of three shapes between 0 and 1, drawn by a linear congruential generator.
fn profiles(seed: u64) -> String {
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / (1u64 << 31) as f64
    };
    let (mut text, mut calm) = ("load,wind,river\n".to_owned(), 0.5);
    for hour in 0..8760 {
        let (day, season) = (hour % 24, (f64::from(hour) / 8760.0 * std::f64::consts::TAU).cos());
        if day == 0 {
            calm = next();
        }
        let load = 0.6 + 0.2 * season + 0.2 * (f64::from(day) / 24.0 * std::f64::consts::TAU).sin();
        let wind = (0.2 + 0.5 * calm + 0.2 * next()).min(1.0);
        let river = 0.5 - 0.4 * season;
        writeln!(text, "{load:.4},{wind:.4},{river:.4}").unwrap();
    }
    text
}

fn scenario_of(n: &Numbers) -> String {
    let soft = if n.soft { "slack-cost = \"150 USD/t\"\n" } else { "" };
    format!(
        r#"
[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030, 2040]
[time]
days = {days}
hours = 6
peak = "electricity"
[zones.a]
[zones.b]
[pollutants.co2]
[commodities.electricity]
unserved-cost = "3000 USD/MWh"
[commodities.gas]
resolution = "year"
emissions = {{ co2 = "200 t/GWh" }}
[commodities.coal]
price = "8 USD/MWh"
emissions = {{ co2 = "340 t/GWh" }}
[profiles.load]
file = "hours.csv"
column = "load"
[profiles.wind]
file = "hours.csv"
column = "wind"
[profiles.river]
file = "hours.csv"
column = "river"
[markets.gas]
zone = "a"
commodity = "gas"
trade = "import"
[[markets.gas.steps]]
price = "15 USD/MWh"
volume = "{gas} TWh"
[[markets.gas.steps]]
price = "35 USD/MWh"
volume = "{gas} TWh"
[technologies.coal]
inputs = "coal"
outputs = "electricity"
efficiency = 0.4
capital-cost = "2000 USD/kW"
fixed-cost = "40 USD/kW/yr"
lifetime = "40 yr"
max-annual-factor = 0.7
capacity-credit = 0.9
[technologies.ccgt]
zones = ["a"]
inputs = "gas"
outputs = "electricity"
efficiency = 0.55
capacity-credit = 0.9
capital-cost = "900 USD/kW"
lifetime = "30 yr"
[technologies.wind]
outputs = "electricity"
profile = "wind"
capital-cost = {{ 2025 = "{wind} USD/kW", 2040 = "700 USD/kW" }}
lifetime = "25 yr"
[technologies.river]
zones = ["b"]
outputs = "electricity"
profile = "river"
capital-cost = "1800 USD/kW"
max-capacity = "3 GW"
lifetime = "60 yr"
[technologies.lake]
zones = ["b"]
capital-cost = "300 USD/kW"
lifetime = "50 yr"
storage = {{ commodity = "electricity", duration = "{hours} h", charge-efficiency = 0.9, loss = "{loss} %/h", cycle = "year" }}
[technologies.battery]
capital-cost = "400 USD/kW"
lifetime = "15 yr"
storage = {{ commodity = "electricity", duration = "4 h", charge-efficiency = 0.9 }}
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capacity = "0.5 GW"
capital-cost = "300 USD/kW"
lifetime = "40 yr"
losses = 0.03
[demands.a]
zone = "a"
commodity = "electricity"
annual = {{ 2025 = "{demand} TWh", 2040 = "{later} TWh" }}
profile = "load"
[demands.b]
zone = "b"
commodity = "electricity"
annual = "5 TWh"
profile = "load"
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = {{ 2025 = "9 Mt", 2040 = "{cap} Mt" }}
{soft}[policies.budget]
kind = "emission-budget"
pollutants = ["co2"]
from = 2025
to = 2050
budget = "{budget} Mt"
slack-cost = "300 USD/t"
[policies.green]
kind = "share"
technologies = ["wind", "river"]
commodity = "electricity"
min = {{ 2025 = 0, 2040 = {share} }}
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
margin = {reserve}
"#,
        days = n.days,
        gas = n.gas,
        wind = n.wind,
        hours = 100.0 * n.lake,
        loss = n.loss,
        demand = n.demand,
        later = n.demand * n.growth,
        cap = n.cap,
        budget = n.budget,
        share = n.share,
        reserve = n.reserve,
    )
}

/// The same system with sources of finance: one without a limit, one that also finances tanks of money for stores, one for a zone and
/// the line. Limits are in million dollars a year.
fn financed(n: &Numbers, limit: f64) -> String {
    scenario_of(n)
        + &format!(
            r#"
[finance.home]
cost-of-capital = 0.1
[finance.fund]
cost-of-capital = {{ 2025 = 0.02, 2040 = 0.06 }}
max = {{ 2025 = "{limit} MUSD/yr", 2040 = "300 MUSD/yr" }}
technologies = ["wind", "battery", "lake"]
[finance.bank]
cost-of-capital = 0.07
max = "{limit} MUSD/yr"
links = ["line"]
technologies = ["river", "wind"]
zones = ["b"]
"#
        )
}

fn load(text: &str, csv: &str) -> Model {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("hours.csv"), csv).unwrap();
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).model
}

/// The whole program's solution, and that by decomposition at a gap: by the search by cuts, or block by block and year by year, of which
/// it is the first year's.
fn both(model: &Model, gap: f64, by_cuts: bool, threads: u32) -> (Solution, Solution) {
    let grid = time::resolve(model);
    let formulation = formulation::build(model, &grid);
    let options = SolveOptions { gap, threads: Some(threads), ..SolveOptions::default() };
    let whole = solve(&formulation.program, &SolveOptions::default(), &Silent).unwrap();
    let parts = if by_cuts {
        decomposition::solve(&formulation.program, None, &options, &Silent).unwrap()
    } else {
        let formulations = Formulations::by_year(model, &grid);
        solve_by(Method::Decomposition, formulations, &options, &Silent).unwrap().solutions.swap_remove(0)
    };
    (whole, parts)
}

fn whole_program(model: &Model) -> Program {
    formulation::build(model, &time::resolve(model)).program
}

/// By how much what a solution leaves of rows and bounds may make it cheaper than the optimum, whose duals say what they are worth.
fn worth_of_violations(program: &Program, optimum: &Solution, solution: &Solution) -> f64 {
    let mut reduced: Vec<f64> = program.columns().iter().map(|column| column.cost).collect();
    let mut worth = 0.0;
    for id in program.row_ids() {
        let (row, dual) = (&program.rows()[id.index()], optimum.dual(id));
        let mut activity = 0.0;
        for &(column, factor) in program.entries(id) {
            activity += factor * solution.value(column);
            reduced[column.index()] -= factor * dual;
        }
        let (lower, upper) = row.sense.ends(row.rhs);
        worth += dual.abs() * (lower - activity).max(activity - upper).max(0.0);
    }
    for (column, (x, reduced)) in program.columns().iter().zip(solution.columns.iter().zip(reduced)) {
        worth += reduced.abs() * (column.lower - x).max(x - column.upper).max(0.0);
    }
    worth
}

/// A system whose solution by cuts leaves so little of its rows that each keeps to 1e-7, and is cheaper by a part of 2e-8 for it.
#[test]
fn what_rows_leave_is_worth_what_it_saves() {
    let n = Numbers {
        days: 2,
        demand: 4.963929300196077,
        growth: 1.1448435729975868,
        gas: 14.663466988075145,
        budget: 32.45256425963765,
        cap: 5.485438685699574,
        share: 0.286450195496802,
        soft: false,
        wind: 1167.2641709879215,
        lake: 6.975349507238288,
        loss: 0.17667991496148136,
        reserve: 0.08893846828505192,
        shape: 324,
    };
    let model = load(&scenario_of(&n), &profiles(n.shape));
    let (whole, parts) = both(&model, 1e-6, true, 1);
    let program = whole_program(&model);
    let (saved, worth) = (whole.objective - parts.objective, worth_of_violations(&program, &whole, &parts));
    assert!((0.0..=worth).contains(&saved), "{saved} {worth}");
    assert!(worth < 1e-7 * whole.objective && parts.quality.primal_infeasibility < 1e-6, "{:?}", parts.quality);
}

/// The same systems in every run; `PROPTEST_RNG_SEED` makes others.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    let rng_seed = if default.rng_seed == RngSeed::Random { RngSeed::Fixed(20_260_101) } else { default.rng_seed };
    ProptestConfig { cases: 24, failure_persistence: None, rng_seed, ..default }
}

proptest! {
    #![proptest_config(config())]

    /// The optimum of the whole program lies between the proven bounds, and what comes out keeps all conditions.
    #[test]
    fn the_optimum_lies_between_the_bounds(n in numbers(), by_cuts in any::<bool>()) {
        let model = load(&scenario_of(&n), &profiles(n.shape));
        let (whole, parts) = both(&model, 1e-6, by_cuts, 1);
        prop_assert_eq!((whole.status, parts.status), (Status::Optimal, Status::Optimal));
        let quality = parts.quality;
        let slack = 1e-8 * whole.objective.abs();
        prop_assert!(quality.lower_bound <= whole.objective + slack, "{quality:?} {}", whole.objective);
        let slack = slack + if by_cuts { worth_of_violations(&whole_program(&model), &whole, &parts) } else { 0.0 };
        prop_assert!(parts.objective >= whole.objective - slack, "{} {}", parts.objective, whole.objective);
        prop_assert!(parts.objective <= whole.objective * (1.0 + 1.1e-6));
        // Duals of cuts are those of programs of a year, which HiGHS keeps to 1e-7 each, and add up.
        let dual = if by_cuts { 1e-5 } else { 1e-6 };
        prop_assert!(quality.primal_infeasibility < 1e-6 && quality.dual_infeasibility < dual, "{quality:?}");
        prop_assert!(quality.gap <= 1.1e-6, "{quality:?}");
    }

    /// The same with sources of finance, some of which have nothing to give.
    #[test]
    fn sources_of_finance_change_no_bounds(
        n in numbers(),
        limit in prop_oneof![1 => Just(0.0), 4 => 10.0..600.0f64],
        by_cuts in any::<bool>(),
    ) {
        let model = load(&financed(&n, limit), &profiles(n.shape));
        let (whole, parts) = both(&model, 1e-6, by_cuts, 1);
        prop_assert_eq!((whole.status, parts.status), (Status::Optimal, Status::Optimal));
        // What is paid to sources makes costs small beside their parts, and HiGHS keeps rows to 1e-7: both optima are known to some 1e-8.
        let slack = 5e-8 * whole.objective.abs();
        prop_assert!(parts.quality.lower_bound <= whole.objective + slack, "{:?} {}", parts.quality, whole.objective);
        prop_assert!(parts.objective >= whole.objective - slack, "{} {}", parts.objective, whole.objective);
        prop_assert!(parts.objective <= whole.objective * (1.0 + 1.1e-6));
        prop_assert!(parts.quality.primal_infeasibility < 1e-6 && parts.quality.gap <= 1.1e-6, "{:?}", parts.quality);
        // Duals of cuts are those of programs of a year, which HiGHS keeps to 1e-7 each; a cost in millions adds up many of them.
        let dual = if by_cuts { 1e-5 } else { 1e-6 };
        prop_assert!(parts.quality.dual_infeasibility < dual, "{:?}", parts.quality);
    }

    /// A mixture of solutions of other programs, whatever their costs, limits and coefficients, proves nothing that is wrong.
    #[test]
    fn mixtures_never_mislead(n in numbers(), other in numbers(), by in 0.0..1.0_f64) {
        let profiles = profiles(n.shape);
        let between = |a: f64, b: f64| by * a + (1.0 - by) * b;
        let tight = Numbers { budget: 0.8 * n.budget, wind: 0.9 * n.wind, ..n.clone() };
        let loose = Numbers { budget: 1.1 * n.budget, wind: 1.2 * n.wind, ..n.clone() };
        let other = Numbers { days: n.days, soft: n.soft, shape: n.shape, ..other };
        let middle =
            Numbers { budget: between(tight.budget, loose.budget), wind: between(tight.wind, loose.wind), ..n };
        let solved = |n: &Numbers| {
            let model = load(&scenario_of(n), &profiles);
            let grid = time::resolve(&model);
            let formulation = formulation::build(&model, &grid);
            let solution = solve(&formulation.program, &SolveOptions::default(), &Silent).unwrap();
            (formulation.program, solution)
        };
        let known = [&tight, &loose, &other].map(|n| {
            let (program, solution) = solved(n);
            Known::new(&program, vec![solution], None)
        });
        let (program, whole) = solved(&middle);
        let mixed = |known: &[&Known], gap: f64| {
            let options = SolveOptions { gap, threads: Some(1), ..SolveOptions::default() };
            match mix(&program, known, &options).unwrap() {
                Mixed::Solutions(mut solutions) => Some(solutions.swap_remove(0)),
                Mixed::Near(_) => None,
            }
        };
        let all = known.each_ref();
        // Whatever the distance of both, their mixture keeps all conditions.
        prop_assert!(mixed(&all[..2], 10.0).is_some());
        for gap in [10.0, 1e-2, 1e-5] {
            let Some(mixture) = mixed(&all, gap) else { continue };
            let (quality, slack) = (mixture.quality, 1e-7 * whole.objective.abs());
            prop_assert!(quality.lower_bound <= whole.objective + slack, "{quality:?} {}", whole.objective);
            // What keeps the rows but for a residual may be cheaper by as much.
            let slack = slack.max(quality.residual() * whole.objective.abs());
            prop_assert!(mixture.objective >= whole.objective - slack, "{} {}", mixture.objective, whole.objective);
            prop_assert!(quality.residual() <= 1e-6 && quality.gap <= gap, "{quality:?}");
        }
    }
}

/// A system that needs all that ties days and years together.
const TIED: Numbers = Numbers {
    days: 3,
    demand: 9.0,
    growth: 1.4,
    gas: 12.0,
    budget: 60.0,
    cap: 2.0,
    share: 0.4,
    soft: true,
    wind: 1100.0,
    lake: 4.0,
    loss: 0.01,
    reserve: 0.1,
    shape: 7,
};

/// A program that is built, solved and reported a year at a time has the results of the same one that is held whole, whether its budget
/// is hard or soft, and with sources of finance.
#[test]
fn years_one_by_one_are_the_whole() {
    let [hard, soft] = [false, true].map(|soft| Numbers { soft, ..TIED });
    for (text, is_financed) in
        [(scenario_of(&hard), false), (scenario_of(&soft), false), (financed(&soft, 100.0), true)]
    {
        let model = load(&text, &profiles(TIED.shape));
        let grid = time::resolve(&model);
        let whole = Formulations::whole(formulation::build(&model, &grid));
        let years = Formulations::by_year(&model, &grid);
        let options = SolveOptions { gap: 1e-7, threads: Some(1), ..SolveOptions::default() };
        let [whole, years] = [whole, years].map(|formulations| {
            let solved = solve_by(Method::Decomposition, formulations, &options, &Silent).unwrap();
            assert_eq!(solved.status(), Status::Optimal);
            assert!(solved.solutions[0].quality.residual() < 1e-6, "{:?}", solved.solutions[0].quality);
            (solved.solutions.len(), tabulate(&solved.formulations, &solved.solutions))
        });
        assert_eq!((whole.0, years.0), (1, model.horizon.len()));
        let (whole, years) = (whole.1, years.1);
        let close = |a: f64, b: f64| a == b || (a - b).abs() < 1e-6 * a.abs().max(1.0);
        assert!(close(whole.summary.objective, years.summary.objective));
        let size = |of: &altyn::results::Summary| (of.rows, of.columns, of.nonzeros);
        assert_eq!(size(&whole.summary), size(&years.summary));
        assert!(whole.tables.iter().any(|table| table.name == "policies" && table.rows() > 5));
        let by_fund = |table: &Table| (0..table.rows()).any(|row| table.text(row, 4) == "fund");
        assert_eq!(whole.tables.iter().any(|table| table.name == "investment" && by_fund(table)), is_financed);
        for (whole, years) in whole.tables.iter().zip(&years.tables) {
            assert_eq!((whole.name, whole.rows()), (years.name, years.rows()));
            for (column, header) in whole.header.iter().enumerate() {
                for row in 0..whole.rows() {
                    let (a, b) = (whole.text(row, column), years.text(row, column));
                    let is_same = match &whole.columns[column] {
                        Column::Number(_) => close(a.parse().unwrap(), b.parse().unwrap()),
                        _ => a == b,
                    };
                    assert!(is_same, "{} {header} of row {row}: {a} and {b}", whole.name);
                }
            }
        }
    }
}

/// The same bytes with any number of threads.
#[test]
fn threads_change_nothing() {
    let n = TIED;
    let model = load(&scenario_of(&n), &profiles(n.shape));
    let (_, one) = both(&model, 1e-5, false, 1);
    let (_, three) = both(&model, 1e-5, false, 3);
    assert_eq!(one, three);
}

/// Demand that can not be met makes it infeasible, however it is solved.
#[test]
fn what_can_not_be_kept_is_infeasible() {
    let n = Numbers {
        days: 2,
        demand: 9.0,
        growth: 1.4,
        gas: 5.0,
        budget: 60.0,
        cap: 1.0,
        share: 0.99,
        soft: false,
        wind: 1100.0,
        lake: 4.0,
        loss: 0.01,
        reserve: 0.1,
        shape: 7,
    };
    let text = scenario_of(&n).replace("unserved-cost = \"3000 USD/MWh\"\n", "")
        + "[policies.none]\nkind = \"build-limit\"\ntechnologies = [\"*\"]\nmax = \"0.1 GW/yr\"\n";
    let model = load(&text, &profiles(n.shape));
    for by_cuts in [false, true] {
        let (whole, parts) = both(&model, 1e-5, by_cuts, 2);
        assert_eq!((whole.status, parts.status), (Status::Infeasible, Status::Infeasible));
    }
}
