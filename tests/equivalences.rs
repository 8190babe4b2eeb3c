//! Systems that are the same though they are said in other ways have the same optimum.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::system::{System, near, systems, tries};
use common::{Case, close};
use proptest::prelude::*;
use regex::{Captures, Regex};

/// Other units, and how many of them make one.
const UNITS: [(&str, &str, f64); 9] = [
    ("TWh", "PJ", 3.6),
    ("TWh/yr", "PJ/yr", 3.6),
    ("GW", "MW", 1e3),
    ("USD/kW", "kUSD/GW", 1e3),
    ("USD/MWh", "USD/GJ", 1.0 / 3.6),
    ("USD/kWh", "MUSD/TWh", 1e3),
    ("Mt/yr", "kt/yr", 1e3),
    ("t/MWh", "kg/GJ", 1e3 / 3.6),
    ("yr", "day", 365.0),
];

/// Tables with all their quantities in other units.
fn in_other_units(tables: &[String]) -> String {
    let text = tables.join("\n");
    let quantity = Regex::new(r#""([0-9][0-9.e-]*) ([^"]+)""#).unwrap();
    let other = |found: &Captures| {
        let (_, unit, factor) = UNITS.iter().find(|(unit, ..)| *unit == &found[2]).unwrap();
        format!("\"{} {unit}\"", found[1].parse::<f64>().unwrap() * factor)
    };
    let other = quantity.replace_all(&text, other).into_owned();
    assert_ne!(other, text);
    other
}

/// The table that begins with a heading.
fn table<'a>(tables: &'a mut [String], heading: &str) -> &'a mut String {
    tables.iter_mut().find(|table| table.starts_with(heading)).unwrap()
}

/// Fails unless two systems cost the same.
#[track_caller]
fn same(one: &Case, other: &Case) {
    close(other.objective, one.objective, near(one.objective));
}

proptest! {
    #![proptest_config(tries(12))]

    #[test]
    fn order_of_tables_and_keys_does_not_matter(system in systems(), seed in 0..1000usize) {
        let mut tables = system.tables();
        let case = System::solve_tables(&tables);
        let length = tables.len();
        for position in 0..length {
            tables.swap(position, (seed * 31 + position * 17) % length);
        }
        for table in &mut tables {
            let mut lines: Vec<&str> = table.lines().collect();
            lines[1..].reverse();
            *table = lines.join("\n");
        }
        let shuffled = System::solve_tables(&tables);
        close(shuffled.objective, case.objective, near(case.objective));
        let total = |case: &Case| case.sum("costs", &["basis=annual"], "value");
        prop_assert!((total(&shuffled) - total(&case)).abs() < 1e-5 * total(&case).abs().max(1.0));
    }

    /// Tables may stand in one file or in several, one of which extends another.
    #[test]
    fn files_do_not_matter(system in systems(), seed in 0..1000usize) {
        let mut parts = vec![String::new(); 3];
        for (position, table) in system.tables().iter().enumerate() {
            parts[(seed / (position + 1)) % 3] += &format!("{table}\n");
        }
        let files = [("grand.toml", &*parts[2]), ("parent.toml", &*format!("extends = \"grand.toml\"\n{}", parts[1]))];
        let case = System::solve_files(&format!("extends = \"parent.toml\"\n{}", parts[0]), &files);
        same(&system.solve(), &case);
    }

    #[test]
    fn units_do_not_matter(system in systems()) {
        let case = System::solve_files(&in_other_units(&system.tables()), &[]);
        same(&system.solve(), &case);
    }

    /// A plant of 2 GW, or two of 1 GW that are of two technologies which are alike.
    #[test]
    fn plants_that_are_alike_are_one(system in systems(), standing in 0.0..2.0) {
        let asset = |name: &str, technology: &str, capacity: f64| {
            format!(
                "[assets.{name}]\ntechnology = \"{technology}\"\nzone = \"a\"\ncapacity = \"{capacity} GW\"\n\
                 commissioned = 2010\nretires = 2040"
            )
        };
        let mut one = system.tables();
        let twin = table(&mut one, "[technologies.base]").replace("[technologies.base]", "[technologies.twin]");
        let mut two = one.clone();
        one.push(asset("old", "base", standing));
        two.extend([twin, asset("old", "base", 0.5 * standing), asset("older", "twin", 0.5 * standing)]);
        same(&System::solve_tables(&one), &System::solve_tables(&two));
    }

    /// Zones between which all flows freely.
    #[test]
    fn zones_without_a_border_are_one(system in systems()) {
        let mut two = system.tables();
        let line = table(&mut two, "[links.line]");
        *line = line.replace("losses = 0.05", "losses = 0").replace(&format!("{} GW", system.line), "1000 GW");
        let apart = |table: &&String| !table.starts_with("[links.line]") && !table.starts_with("[zones.b]");
        let one: Vec<String> = two.iter().filter(apart).map(|table| table.replace("zone = \"b\"", "zone = \"a\"")).collect();
        same(&System::solve_tables(&one), &System::solve_tables(&two));
    }

    /// Where demand and wind are the same all year, a year of one step says all.
    #[test]
    fn finer_time_does_not_change_what_is_even(system in systems()) {
        let mut tables = system.tables();
        for table in &mut tables {
            *table = table.replace("profile = \"load\"\n", "").replace("profile = \"wind\"\n", "");
        }
        let of = |days: u32, hours: u32| {
            let mut tables = tables.clone();
            *table(&mut tables, "[time]") = format!("[time]\ndays = {days}\nhours = {hours}");
            System::solve_tables(&tables)
        };
        let coarse = of(1, 1);
        same(&coarse, &of(1, 24));
        same(&coarse, &of(5, 6));
    }

    /// Instalments at the end of each year, at the discount rate, are worth what they pay back; what is left of them when the pathway ends is what a
    /// sinking fund lacks.
    #[test]
    fn instalments_are_worth_what_they_pay_for(system in systems()) {
        let of = |accounting: &str| {
            let mut tables = system.tables();
            *table(&mut tables, "[money]") = format!(
                "[money]\nprice-year = 2023\ndiscount-rate = {}\npayments = \"end\"\naccounting = \"{accounting}\"",
                system.discount
            );
            System::solve_tables(&tables)
        };
        same(&of("annuity"), &of("overnight"));
    }
}
