//! The page in a browser: it draws every chart, asks for nothing, and what can be read off it is what the tables say.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use common::browser::Page;
use serde_json::{Value, json};

const IDS: [&str; 2] = ["reference", "neutral-2060"];

/// Two scenarios with two days, and a page that compares them.
fn results() -> &'static Path {
    static RESULTS: OnceLock<PathBuf> = OnceLock::new();
    RESULTS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report");
        let _ = std::fs::remove_dir_all(&folder);
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = IDS.map(|id| root.join(format!("scenarios/{id}.toml")));
        let altyn = |arguments: &[&std::ffi::OsStr]| {
            let out = Command::new(env!("CARGO_BIN_EXE_altyn")).args(arguments).output().unwrap();
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        };
        let out = folder.as_os_str();
        altyn(&[
            "run".as_ref(),
            files[0].as_ref(),
            files[1].as_ref(),
            "--set".as_ref(),
            "time.days=2".as_ref(),
            "--quiet".as_ref(),
            "--out".as_ref(),
            out,
        ]);
        let folders = IDS.map(|id| folder.join(id));
        altyn(&[
            "compare".as_ref(),
            folders[0].as_ref(),
            folders[1].as_ref(),
            "--quiet".as_ref(),
            "--out".as_ref(),
            out,
        ]);
        altyn(&["report".as_ref(), folders[1].as_ref()]);
        folder
    })
}

fn summary(id: &str) -> Value {
    let text = std::fs::read_to_string(results().join(id).join("summary.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Sum of a column over the rows of a table that fit all filters.
fn sum(id: &str, table: &str, filters: &[(&str, &str)], column: &str) -> f64 {
    let mut rows = csv::Reader::from_path(results().join(id).join(format!("{table}.csv"))).unwrap();
    let header = rows.headers().unwrap().clone();
    let position = |name: &str| header.iter().position(|known| known == name).unwrap();
    let fits = |row: &csv::StringRecord| filters.iter().all(|(name, value)| &row[position(name)] == *value);
    rows.records().map(Result::unwrap).filter(fits).map(|row| row[position(column)].parse::<f64>().unwrap()).sum()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 2e-6 * a.abs().max(b.abs()).max(1e-3)
}

/// Nothing went wrong, nothing was asked for but the file itself, and each chart that is there has drawn something.
fn check(page: &mut Page) {
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let outside: Vec<&String> = page.requests.iter().filter(|address| !address.starts_with("file:")).collect();
    assert!(outside.iter().all(|address| address.starts_with("data:") || address.starts_with("blob:")), "{outside:?}");
    assert_eq!(page.requests.iter().filter(|address| address.starts_with("file:")).count(), 1);
    let bare = page.evaluate(
        "[...document.querySelectorAll('.card')].filter((card) => !card.hidden && card.querySelector('.plot') && \
         !card.querySelector('.plot .main-svg path, .plot .main-svg text')).map((card) => card.id)",
    );
    assert_eq!(bare, json!([]));
}

#[test]
fn a_page_shows_what_the_tables_say_whatever_is_switched() {
    let mut page = Page::open(&results().join("comparison.html"), 1280, 900);
    check(&mut page);
    for (id, year) in [("neutral-2060", "2040"), ("reference", "2060")] {
        page.choose("scenario", id);
        page.choose("beside", "values");
        page.choose("year", year);
        let summary = summary(id);
        let years: Vec<String> = summary["years"].as_array().unwrap().iter().map(Value::to_string).collect();
        let at = years.iter().position(|known| known == year).unwrap();
        let figures = page.rows("figures");
        assert!(figures.len() > 10);
        for (name, values) in &figures {
            for (position, shown) in values.iter().enumerate() {
                let expected = summary["indicators"][name][&years[position]].as_f64().unwrap();
                assert!(near(*shown, expected), "{id} {name} {shown} {expected}");
            }
        }
        for (zone, title) in [("south", "South"), ("west", "West")] {
            page.choose("zone", title);
            let shown = page.rows("chart-generation");
            for (key, technology) in [("wind", "wind"), ("solar", "solar"), ("nuclear", "nuclear")] {
                let filters = [
                    ("year", year),
                    ("zone", zone),
                    ("commodity", "electricity"),
                    ("technology", technology),
                    ("direction", "supply"),
                ];
                let expected = sum(id, "flows", &filters, "value");
                let found = shown.get(key).map_or(0.0, |values| values[at]);
                assert!(near(found, expected), "{id} {zone} {key}: {found} {expected}");
            }
            let capacity = page.rows("chart-capacity");
            let expected = sum(id, "capacity", &[("year", year), ("zone", zone), ("technology", "wind")], "capacity");
            assert!(near(capacity["wind"][at], expected), "{id} {zone}");
        }
        page.choose("zone", "all");
        let emissions = page.rows("chart-emissions");
        let net = summary["indicators"]["emissions_net_mtco2e"][year].as_f64().unwrap();
        assert!((emissions["sum"][at] - net).abs() < 1e-4, "{id}: {} {net}", emissions["sum"][at]);
        let map = page.rows("map");
        let expected = sum(id, "links", &[("year", year), ("link", "beineu-bozoy-shymkent")], "flow");
        assert!(near(map["beineu-bozoy-shymkent"][0], expected));
        check(&mut page);
    }
}

#[test]
fn differences_are_those_of_the_tables() {
    let mut page = Page::open(&results().join("comparison.html"), 1280, 900);
    page.choose("scenario", "neutral-2060");
    page.choose("beside", "difference from reference");
    let mut differences: BTreeMap<String, f64> = BTreeMap::new();
    let mut rows = csv::Reader::from_path(results().join("comparison.csv")).unwrap();
    let header = rows.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|known| known == name).unwrap();
    for row in rows.records().map(Result::unwrap) {
        let is_capacity = &row[at("subject")] == "capacity" && &row[at("year")] == "2060";
        if is_capacity && ["wind", "solar"].contains(&&row[at("technology")]) {
            *differences.entry(row[at("technology")].to_owned()).or_default() +=
                row[at("difference")].parse::<f64>().unwrap();
        }
    }
    let shown = page.rows("chart-capacity");
    for (technology, expected) in differences {
        assert!(near(*shown[&technology].last().unwrap(), expected), "{technology}: {shown:?} {expected}");
    }
    // Where one scenario stands beside itself, there is nothing to see.
    assert!(page.evaluate("[...document.getElementById('beside').options].length").as_u64() == Some(2));
    check(&mut page);
}

#[test]
fn a_page_fits_any_screen() {
    let path = results().join("neutral-2060/report.html");
    assert!(std::fs::metadata(&path).unwrap().len() < 3_000_000);
    for width in [360, 1280, 1920] {
        let mut page = Page::open(&path, width, 900);
        let wide = page.evaluate("document.documentElement.scrollWidth").as_u64().unwrap();
        assert!(wide <= u64::from(width), "{wide} on {width}");
        check(&mut page);
    }
}
