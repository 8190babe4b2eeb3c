//! Small systems of random numbers: two zones and years, three plants, a store, a line, a market, a cap and a share.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::Case;

/// Numbers that make a system.
#[derive(Clone, Debug)]
pub struct System {
    /// Of two zones in the first year, TWh.
    pub demand: [f64; 2],
    /// Demand in the second year as a multiple of that in the first.
    pub growth: f64,
    /// Half of the availability of wind.
    pub wind: f64,
    /// Capital cost of base, peak and wind, USD/kW.
    pub capital: [f64; 3],
    /// Running cost of base, peak and wind, USD/MWh.
    pub running: [f64; 3],
    /// Capital cost of power and tank, USD/kW and USD/kWh.
    pub store: f64,
    /// Capacity of the line, GW.
    pub line: f64,
    /// Price that a buyer pays, USD/MWh.
    pub export: f64,
    /// Emissions in the second year, as a part of what base alone would release.
    pub cap: f64,
    /// Least share of wind.
    pub share: f64,
    /// Discount rate.
    pub discount: f64,
    /// Multiplies every cost and price.
    pub money: f64,
    /// Adds another technology.
    pub option: bool,
}

/// Systems of all kinds.
pub fn systems() -> impl Strategy<Value = System> {
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
    pub fn tables(&self) -> Vec<String> {
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

    /// Solves it.
    pub fn solve(&self) -> Case {
        Self::solve_tables(&self.tables())
    }

    /// Solves what tables say.
    pub fn solve_tables(tables: &[String]) -> Case {
        Self::solve_files(&tables.join("\n"), &[])
    }

    /// Solves a scenario with the profiles of a system, beside other files.
    pub fn solve_files(text: &str, files: &[(&str, &str)]) -> Case {
        let mut profiles = "wind,load\n".to_owned();
        for hour in 0..8760 {
            let (day, hour) = (f64::from(hour / 24), f64::from(hour % 24));
            let wind = 0.5 + 0.3 * (day / 9.0).sin() * (day / 3.1).cos() + 0.15 * (hour / 4.0 + day).sin();
            let load = 1.0 + 0.2 * (day / 58.0).cos() + 0.25 * ((hour - 18.0) / 4.0).cos();
            profiles.push_str(&format!("{wind},{load}\n"));
        }
        let files = [&[("p.csv", &*profiles)], files].concat();
        let case = Case::with_files(text, &files);
        case.check_books();
        case
    }
}

/// Tolerance for comparing objectives.
pub fn near(objective: f64) -> f64 {
    1e-7 * objective.abs().max(1.0)
}

/// So many systems, the same in every run.
pub fn tries(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() }
}
