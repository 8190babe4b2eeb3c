//! What must hold for every system: tried on randomly made small ones with stores, a line, a market, a cap and a share.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Case, close};
use proptest::prelude::*;

/// Numbers that make a system.
#[derive(Clone, Debug)]
struct System {
    demand: [f64; 2],
    growth: f64,
    wind: f64,
    capital: [f64; 3],
    running: [f64; 3],
    store: f64,
    line: f64,
    export: f64,
    cap: f64,
    share: f64,
    discount: f64,
    /// Multiplies every cost and price.
    money: f64,
    /// Adds another technology.
    option: bool,
}

fn systems() -> impl Strategy<Value = System> {
    let demand = [5.0..20.0, 2.0..10.0];
    let capital = [800.0..2500.0, 400.0..900.0, 700.0..2000.0];
    let running = [8.0..25.0, 40.0..90.0, 0.0..0.001];
    ((demand, 1.0..1.6, 0.2..0.5, capital, running), (20.0..300.0, 0.0..1.5, 20.0..60.0, 0.3..0.9, 0.0..0.4, 0.0..0.1))
        .prop_map(|((demand, growth, wind, capital, running), (store, line, export, cap, share, discount))| System {
            demand,
            growth,
            wind,
            capital,
            running,
            store,
            line,
            export,
            cap,
            share,
            discount,
            money: 1.0,
            option: false,
        })
}

impl System {
    /// The tables of the scenario, each a piece of text; their order is free.
    fn tables(&self) -> Vec<String> {
        let m = self.money;
        let later = |value: f64| value * self.growth;
        let [a, b] = self.demand;
        let [base, peak, wind] = self.capital.map(|cost| cost * m);
        let [run_base, run_peak, _] = self.running.map(|cost| cost * m);
        // Without limits the base plant would give all of the demand, at 0.9 t/MWh.
        let all = 0.9 * (later(a) + later(b));
        let mut tables = vec![
            format!("[money]\nprice-year = 2023\ndiscount-rate = {}\ncost-of-capital = 0.08", self.discount),
            "[horizon]\nyears = [2025, 2035]".to_owned(),
            "[time]\ndays = 3\nhours = 4".to_owned(),
            "[zones.a]".to_owned(),
            "[zones.b]".to_owned(),
            "[pollutants.co2]".to_owned(),
            format!("[commodities.electricity]\nunserved-cost = \"{} USD/MWh\"", 500.0 * m),
            "[profiles.wind]\nfile = \"p.csv\"\ncolumn = \"wind\"".to_owned(),
            "[profiles.load]\nfile = \"p.csv\"\ncolumn = \"load\"".to_owned(),
            format!(
                "[technologies.base]\noutputs = \"electricity\"\ncapital-cost = \"{base} USD/kW\"\nlifetime = \"30 yr\"\n\
                 variable-cost = \"{run_base} USD/MWh\"\nemissions = {{ co2 = \"0.9 t/MWh\" }}\nmin-activity = 0.3\n\
                 max-annual-factor = 0.85"
            ),
            format!(
                "[technologies.peak]\noutputs = \"electricity\"\ncapital-cost = \"{peak} USD/kW\"\nlifetime = \"25 yr\"\n\
                 variable-cost = \"{run_peak} USD/MWh\"\nemissions = {{ co2 = \"0.5 t/MWh\" }}"
            ),
            format!(
                "[technologies.wind]\noutputs = \"electricity\"\nprofile = \"wind\"\navailability = {}\n\
                 capital-cost = \"{wind} USD/kW\"\nlifetime = \"25 yr\"",
                2.0 * self.wind
            ),
            format!(
                "[technologies.store]\nzones = [\"a\"]\ncapital-cost = \"{0} USD/kW\"\nlifetime = \"15 yr\"\n\
                 storage = {{ commodity = \"electricity\", energy-capital-cost = \"{0} USD/kWh\", charge-efficiency = 0.9 }}",
                self.store * m
            ),
            format!(
                "[links.line]\nfrom = \"a\"\nto = \"b\"\ncommodity = \"electricity\"\ncapacity = \"{} GW\"\nlosses = 0.05",
                self.line
            ),
            format!(
                "[markets.buyer]\nzone = \"b\"\ncommodity = \"electricity\"\ntrade = \"export\"\n\
                 price = \"{} USD/MWh\"\nmax-volume = \"1 TWh/yr\"",
                self.export * m
            ),
            format!(
                "[demands.a]\nzone = \"a\"\ncommodity = \"electricity\"\nprofile = \"load\"\n\
                 annual = {{ 2025 = \"{a} TWh\", 2035 = \"{} TWh\" }}",
                later(a)
            ),
            format!(
                "[demands.b]\nzone = \"b\"\ncommodity = \"electricity\"\nprofile = \"load\"\n\
                 annual = {{ 2025 = \"{b} TWh\", 2035 = \"{} TWh\" }}",
                later(b)
            ),
            format!(
                "[policies.cap]\nkind = \"emission-cap\"\npollutants = [\"co2\"]\nmax = \"{} Mt/yr\"\nfrom = 2035",
                self.cap * all
            ),
            format!(
                "[policies.green]\nkind = \"share\"\ntechnologies = [\"wind\"]\ncommodity = \"electricity\"\nmin = {}",
                self.share
            ),
        ];
        if self.option {
            tables.push(format!(
                "[technologies.option]\noutputs = \"electricity\"\ncapital-cost = \"{} USD/kW\"\nlifetime = \"40 yr\"\n\
                 variable-cost = \"{} USD/MWh\"",
                1500.0 * m,
                30.0 * m
            ));
        }
        tables
    }

    fn solve(&self) -> Case {
        Self::solve_tables(&self.tables())
    }

    fn solve_tables(tables: &[String]) -> Case {
        let mut profiles = "wind,load\n".to_owned();
        for hour in 0..8760 {
            let (day, hour) = (f64::from(hour / 24), f64::from(hour % 24));
            let wind = 0.5 + 0.3 * (day / 9.0).sin() * (day / 3.1).cos() + 0.15 * (hour / 4.0 + day).sin();
            let load = 1.0 + 0.2 * (day / 58.0).cos() + 0.25 * ((hour - 18.0) / 4.0).cos();
            profiles.push_str(&format!("{wind},{load}\n"));
        }
        let case = Case::with_files(&tables.join("\n"), &[("p.csv", &profiles)]);
        case.check_books();
        case
    }
}

/// Tolerance for comparing objectives.
fn near(objective: f64) -> f64 {
    1e-7 * objective.abs().max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scaling_all_costs_scales_the_objective(system in systems(), factor in 0.1..10.0) {
        let objective = system.solve().objective;
        let scaled = System { money: factor, ..system }.solve().objective;
        close(scaled, factor * objective, 10.0 * near(scaled));
    }

    #[test]
    fn an_added_option_never_costs(system in systems()) {
        let without = system.solve().objective;
        let with = System { option: true, ..system }.solve().objective;
        prop_assert!(with <= without + near(without));
    }

    #[test]
    fn a_tighter_cap_never_saves(system in systems(), part in 0.5..1.0) {
        let loose = system.solve().objective;
        let tight = System { cap: part * system.cap, ..system }.solve().objective;
        prop_assert!(tight >= loose - near(loose));
    }

    /// Cost is convex in every limit and demand: a step in either direction costs at least what the dual says.
    #[test]
    fn duals_are_slopes(system in systems(), step in 0.01..0.3) {
        let case = system.solve();
        // The present value of a yearly amount in each of the ten years of the second period, paid at mid-year.
        let years = (10..20).map(f64::from);
        let worth: f64 = years.map(|t| (1.0 + system.discount).powf(-(t + 0.5))).sum();
        let slope = -worth * case.value("policies", &["policy=cap"], "shadow_price");
        let all = 0.9 * (system.demand[0] + system.demand[1]) * system.growth;
        for direction in [-1.0, 1.0] {
            let change = direction * step * system.cap;
            let moved = System { cap: system.cap + change, ..system.clone() }.solve().objective;
            let least = case.objective + slope * change * all;
            prop_assert!(moved >= least - near(least), "{moved} is below {least}");
        }
    }

    #[test]
    fn order_of_input_does_not_matter(system in systems(), seed in 0..1000usize) {
        let mut tables = system.tables();
        let case = System::solve_tables(&tables);
        let length = tables.len();
        for position in 0..length {
            tables.swap(position, (seed * 31 + position * 17) % length);
        }
        let shuffled = System::solve_tables(&tables);
        close(shuffled.objective, case.objective, near(case.objective));
        let total = |case: &Case| case.sum("costs", &["basis=annual"], "value");
        prop_assert!((total(&shuffled) - total(&case)).abs() < 1e-5 * total(&case).abs().max(1.0));
    }
}

/// Away from kinks prices are the derivative of cost: by demand in one zone and year, by the cap, by the volume of a market.
#[test]
fn prices_equal_finite_differences() {
    let system = System {
        demand: [12.0, 6.0],
        growth: 1.3,
        wind: 0.35,
        capital: [1500.0, 600.0, 1100.0],
        running: [12.0, 60.0, 0.0],
        store: 80.0,
        line: 0.4,
        export: 35.0,
        cap: 0.6,
        share: 0.1,
        discount: 0.05,
        money: 1.0,
        option: false,
    };
    let case = system.solve();
    let worth = |years: std::ops::Range<i32>| years.map(|t| 1.05_f64.powf(-(f64::from(t) + 0.5))).sum::<f64>();
    let step = 1e-4;

    // The price is weighted by demand, as demand is when its yearly amount changes.
    let text = |extra: f64| {
        let mut tables = system.tables();
        for table in &mut tables {
            if table.starts_with("[demands.b]") {
                *table = table.replace("2025 = \"6 TWh\"", &format!("2025 = \"{} TWh\"", 6.0 + extra));
            }
        }
        System::solve_tables(&tables).objective
    };
    let slope = (text(step) - text(-step)) / (2.0 * step);
    let price = case.value("prices", &["year=2025", "zone=b"], "price");
    close(price * worth(0..10), slope, 1e-4 * slope);

    let capped = |change: f64| System { cap: system.cap + change, ..system.clone() }.solve().objective;
    let all = 0.9 * 18.0 * 1.3;
    let slope = (capped(step) - capped(-step)) / (2.0 * step) / all;
    let shadow = case.value("policies", &["policy=cap"], "shadow_price");
    assert!(shadow > 1.0, "the cap binds");
    close(-shadow * worth(10..20), slope, 1e-4 * slope.abs());
}
