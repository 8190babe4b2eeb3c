//! Published cases beside what Altyn finds, and the page that shows them.
//! `UPDATE_DOCS=1 cargo test --release --test verification` makes the page again.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::desk::Desk;
use common::page::{filled, keep, path};
use common::{Case, utopia};

/// What GAMS prints for Westeros, which keeps single precision, and what a program written out by hand from the same equations costs.
const WESTEROS: [(&str, f64); 2] = [
    ("published, by GAMS in single precision", 159025.82812),
    ("its equations as a program of their own", 159025.83048),
];

/// Activity in the optimum of the latter, GWa in each period.
const WESTEROS_ACTIVITY: [(&str, [f64; 3]); 4] = [
    ("coal-ppl", [47.374, 89.551, 115.556]),
    ("wind-ppl", [13.737, 1.560, 0.0]),
    ("grid", [55.0, 82.0, 104.0]),
    ("bulb", [55.0, 82.0, 104.0]),
];

/// What Switch finds for its three zones, in thousands of its USD.
const SWITCH: f64 = 134733.088429291;

/// What a program written out by hand from the same equations builds for each period, GW.
const SWITCH_BUILT: [(&str, [f64; 2]); 7] = [
    ("c-ng-cc", [0.478, 5.539]),
    ("n-wind-1", [0.0, 4.0]),
    ("n-wind-2", [0.0, 1.0]),
    ("c-wind-1", [0.0, 4.0]),
    ("c-wind-2", [0.0, 3.0]),
    ("link:central-south", [0.0, 2.704]),
    ("local-grid", [2.619, 6.336]),
];

/// Energy of a gigawatt through a year, TWh.
const TWH_PER_GWA: f64 = 8.76;

/// A relative difference, as the power of ten that it is below, no finer than what is the same on every machine.
fn class(found: f64, known: f64) -> String {
    let difference = (found - known).abs() / known.abs().max(1.0);
    let power = (0..=8).rev().find(|&power| difference < 10.0_f64.powi(-power)).unwrap();
    format!("below 1e-{power}")
}

/// A value with three decimals; what lies between two of them goes up, whatever its last digits are on a machine.
fn shown(value: f64) -> String {
    format!("{:.3}", (1000.0 * value + 1e-6).round() / 1000.0 + 0.0)
}

/// A row of a table.
fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn head(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
    row(&cells) + &row(&vec!["---".to_owned(); cells.len()])
}

/// Objectives known of a case beside that of Altyn, in millions.
fn objectives(known: &[(&str, f64)], found: f64) -> String {
    let mut made = head(&["objective", "known", "Altyn", "relative difference"]);
    for &(title, known) in known {
        made += &row(&[title.to_owned(), format!("{known:.5}"), format!("{found:.4}"), class(found, known)]);
    }
    made + "\n"
}

fn westeros() -> String {
    let case = Case::from_file(&path("tests/cases/westeros/westeros.toml"), &[]);
    case.check_books();
    let [(_, gams), (_, exact)] = WESTEROS;
    common::close(case.objective / exact, 1.0, 1e-9);
    common::close(case.objective / gams, 1.0, 1e-7);
    let mut made = objectives(&WESTEROS, case.objective);
    made += &head(&["activity, GWa", "700", "Altyn", "710", "Altyn", "720", "Altyn"]);
    for (technology, known) in WESTEROS_ACTIVITY {
        let mut cells = vec![technology.to_owned()];
        for (year, known) in ["2000", "2010", "2020"].into_iter().zip(known) {
            let filters = [&*format!("year={year}"), &*format!("technology={technology}"), "direction=supply"];
            let found = case.sum("flows", &filters, "value") / TWH_PER_GWA;
            common::close(found, known, 5.1e-4);
            cells.extend([shown(known), shown(found)]);
        }
        made += &row(&cells);
    }
    made
}

fn switch() -> String {
    let case = Case::from_file(&path("tests/cases/switch-3zone-toy/3zone-toy.toml"), &[]);
    case.check_books();
    common::close(case.objective / SWITCH, 1.0, 1e-9);
    let mut made = objectives(&[("published", SWITCH)], case.objective);
    made += &head(&["new capacity, GW", "2020", "Altyn", "2030", "Altyn"]);
    let mut all = 0.0;
    for (technology, known) in SWITCH_BUILT {
        let mut cells = vec![technology.to_owned()];
        for (year, known) in ["2017", "2027"].into_iter().zip(known) {
            let filters = [&*format!("year={year}"), &*format!("technology={technology}")];
            let found = case.sum("investment", &filters, "built");
            common::close(found, known, 5.1e-4);
            all += found;
            cells.extend([shown(known), shown(found)]);
        }
        made += &row(&cells);
    }
    common::close(case.sum("investment", &[], "built"), all, 1e-6);
    made
}

fn osemosys_utopia() -> String {
    let desk = Desk::new(&[]);
    let tables = utopia::folder().join("tables");
    desk.run(&["import", "osemosys", tables.to_str().unwrap(), "--out", ".", "--name", "utopia"], 0);
    let case = Case::from_file(&desk.path("utopia.toml"), &[]);
    common::close(case.objective / utopia::OBJECTIVE, 1.0, 1e-9);
    let mut made = objectives(&[("published", utopia::OBJECTIVE)], case.objective);
    let tables = utopia::tables(&case);
    made += &head(&["published table", "what it holds", "values compared", "largest relative difference"]);
    for table in &tables {
        let pairs = table.pairs();
        let relative = |&(_, found, known): &(_, f64, f64)| f64::abs(found - known) / known.abs().max(1.0);
        let largest = pairs.iter().map(relative).fold(0.0, f64::max);
        assert!(largest < 1e-6, "{}", table.name);
        let cells = [format!("`{}`", table.name), table.title.to_owned(), pairs.len().to_string(), class(largest, 0.0)];
        made += &row(&cells);
    }
    made += "\n";
    let years = ["1990", "2000", "2010"];
    made += &head(&["capacity", "1990", "Altyn", "2000", "Altyn", "2010", "Altyn"]);
    let pairs = tables[0].pairs();
    let mut technologies: Vec<&String> = pairs.iter().map(|(key, ..)| &key[0]).collect();
    technologies.dedup();
    for technology in technologies {
        let mut cells = vec![technology.clone()];
        for year in years {
            let found = pairs.iter().find(|(key, ..)| key[0] == *technology && key[1] == year);
            let (found, known) = found.map_or((0.0, 0.0), |&(_, found, known)| (found, known));
            cells.extend([shown(known), shown(found)]);
        }
        made += &row(&cells);
    }
    made
}

/// What the tests of optima by hand are called, file by file.
fn closed_forms() -> String {
    let mut files: Vec<_> = std::fs::read_dir(path("tests")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut made = String::new();
    for file in files.iter().filter(|file| file.to_str().unwrap().ends_with("_closed_form.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        let about = text.lines().next().unwrap().trim_start_matches("//! ");
        let tests = text.split("#[test]\nfn ").skip(1).map(|test| test.split_once('(').unwrap().0.replace('_', " "));
        let name = file.file_name().unwrap().to_str().unwrap();
        made += &format!("- {about} [`{name}`](../tests/{name})\n");
        made.extend(tests.map(|test| format!("  - {test}\n")));
    }
    made
}

#[test]
fn the_page_shows_what_is_found() {
    const PAGE: &str = "docs/verification.md";
    let mut page = std::fs::read_to_string(path(PAGE)).unwrap();
    for (mark, text) in [
        ("westeros", westeros()),
        ("switch", switch()),
        ("utopia", osemosys_utopia()),
        ("closed forms", closed_forms()),
    ] {
        page = filled(&page, mark, &text);
    }
    keep(PAGE, &page);
}
