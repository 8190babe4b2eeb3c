//! What must hold for every system: tried on randomly made small ones with stores, a line, a market, a cap and a share.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::close;
use common::system::{System, near, systems, tries};
use proptest::prelude::*;

proptest! {
    #![proptest_config(tries(24))]

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
}

/// Away from kinks prices are the derivative of cost: by demand in one zone and year, by the cap, by a limit on capacity.
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

    let limited = |most: f64| {
        let mut tables = system.tables();
        tables.push(format!(
            "[policies.base]\nkind = \"capacity-limit\"\ntechnologies = [\"base\"]\nmax = \"{most} GW\"\nfrom = 2035"
        ));
        System::solve_tables(&tables)
    };
    let slope = (limited(0.4 + step).objective - limited(0.4 - step).objective) / (2.0 * step);
    let shadow = limited(0.4).value("policies", &["policy=base"], "shadow_price");
    assert!(shadow > 1.0, "the limit binds");
    close(-shadow * worth(10..20), slope, 1e-4 * slope.abs());
}
