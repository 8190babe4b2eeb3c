//! Input that is odd without being long: other systems' line ends and letters, folders in place of files, names that are nearly alike.

use std::fs;
use std::path::Path;

use altyn::scenario;

use super::{GOOD, in_folder, problems, said};

/// The good scenario by days, its demand following a column of a CSV file.
fn by_days() -> String {
    GOOD.replace("slices = { base = 0.8, peak = 0.2 }", "days = 2")
        + "profile = \"load\"\n[profiles.load]\nfile = \"p.csv\"\ncolumn = \"load\"\n"
}

fn hours(header: &str, row: &str, end: &str) -> String {
    format!("{header}{end}{}", format!("{row}{end}").repeat(8760))
}

/// What other programs and systems write is read as well.
#[test]
fn texts_of_other_systems_are_read() {
    assert_eq!(said(&format!("\u{feff}{GOOD}"), &[]), "");
    assert_eq!(said(&GOOD.replace('\n', "\r\n"), &[]), "");
    assert_eq!(said(GOOD.trim_end(), &[]), "");
    for csv in [
        hours("\u{feff}load,wind", "1,0.5", "\n"),
        hours("load,wind", "1,0.5", "\r\n"),
        hours("\"load\",\"wind\"", "\"1\",\"0.5\"", "\n"),
        hours("load , wind", " 1, 0.5", "\n"),
        hours("load", "1", "\n").trim_end().to_owned(),
    ] {
        assert_eq!(said(&by_days(), &[("p.csv", &csv)]), "", "{}", &csv[..40]);
    }
}

/// A byte order mark does not move the places of mistakes.
#[test]
fn places_are_those_of_the_text() {
    let text = GOOD.replace("efficiency = 0.58", "efficiency = \"қ\" # жел");
    let place = |text: &str| {
        let said = said(text, &[]);
        said.lines().find(|line| line.contains("-->")).unwrap_or(&said).trim().to_owned()
    };
    assert_eq!(place(&text), "--> case.toml:25:15");
    assert_eq!(place(&format!("\u{feff}{text}")), "--> case.toml:25:15");
    assert_eq!(place(&text.replace('\n', "\r\n")), "--> case.toml:25:15");
}

/// Names are in any language, and so are paths.
#[test]
fn letters_of_other_languages_are_read() {
    let text = GOOD.replace("north", "\"Солтүстік Қазақстан\"").replace("\"\"", "\"");
    let text = text.replace("zone = \"Солтүстік Қазақстан\"", "zone = \"Солтүстік Қазақстан\"\ntitle = \"Спрос\"");
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("Менің сценарийлерім (2)");
    fs::create_dir(&inner).unwrap();
    fs::write(inner.join("негізгі файл.toml"), text).unwrap();
    fs::write(inner.join("жаңа.toml"), "extends = \"негізгі файл.toml\"\n").unwrap();
    let loaded = scenario::load(&inner.join("жаңа.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(loaded.model.id, "жаңа");
    assert_eq!(loaded.model.zones.values().next().unwrap().name, "Солтүстік Қазақстан");
    let wrong =
        GOOD.replace("zone = \"north\"", "zone = \"Солтустік\"").replace("[zones.north]", "[zones.\"Солтүстік\"]");
    insta::assert_snapshot!(said(&wrong, &[]));
}

/// Separators of other countries are told, and not guessed at.
#[test]
fn tables_of_other_countries() {
    let told = |csv: &str| said(&by_days(), &[("p.csv", csv)]);
    let all = [
        told(&hours("load;wind", "1;0.5", "\n")),
        told(&hours("load;wind", "1,2;0,5", "\n")),
        told(&hours("load", "\"1,2\"", "\n")),
        told(&hours("load,load", "1,2", "\n")),
        told("load,wind\n\"1,2\n"),
        told(""),
        told(&hours("load", "-1", "\n")),
        told(&hours("load", "nan", "\n")),
        told(&hours("load", "1", "\n").repeat(2)),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn files_that_are_none() {
    let with = |make: fn(&Path)| {
        in_folder(&[("case.toml", "extends = \"base.toml\"\n")], |folder| {
            make(&folder.join("base.toml"));
            scenario::load(&folder.join("case.toml"), &[]).unwrap_err().to_string()
        })
    };
    let all = [
        with(|path| fs::create_dir(path).unwrap()),
        with(|path| fs::write(path, b"title = \"\xff\xfe\"").unwrap()),
        with(|path| fs::write(path, b"t\0i\0t\0l\0e\0").unwrap()),
        in_folder(&[], |folder| {
            fs::create_dir(folder.join("folder")).unwrap();
            scenario::load(&folder.join("folder"), &[]).unwrap_err().to_string()
        }),
        in_folder(&[], |folder| {
            scenario::load(&folder.join("none.toml"), &["money".to_owned()]).unwrap_err().to_string()
        }),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn numbers_that_are_none() {
    insta::assert_snapshot!(problems(&[
        ("discount-rate = 0.05", "discount-rate = nan"),
        ("efficiency = 0.58", "efficiency = -inf"),
        ("\"900 USD/kW\"", "\"inf USD/kW\""),
        ("annual = \"10 TWh\"", "annual = 1e400"),
        ("lifetime = \"25 yr\"", "lifetime = \"-0 yr\""),
        ("price-year = 2023", "price-year = 99999999999999999999"),
    ]));
}

/// Names differ by their letters as they are written; a series does not care for the order of its years.
#[test]
fn names_that_are_nearly_alike_and_years_in_any_order() {
    assert_eq!(problems(&[("[zones.south]", "[zones.North]")]), "");
    insta::assert_snapshot!(problems(&[("zone = \"north\"", "zone = \"NORTH\"")]));
    let last = |annual: &str| {
        let text = GOOD.replace("annual = \"10 TWh\"", annual);
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("case.toml"), text).unwrap();
        let loaded =
            scenario::load(&folder.path().join("case.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}"));
        loaded.model.demands.values().next().unwrap().annual.values().copied().collect::<Vec<_>>()
    };
    assert_eq!(
        last("annual = { 2030 = \"2 TWh\", 2025 = \"1 TWh\" }"),
        last("annual = { 2025 = \"1 TWh\", 2030 = \"2 TWh\" }")
    );
}

#[test]
fn nothing_at_all() {
    insta::assert_snapshot!(
        ["", "\u{feff}", "# nothing\r\n", "horizon = {}\nzones = {}\ncommodities = {}\nmoney = {}\ntime = {}"]
            .map(|text| said(text, &[]))
            .join("\n\n---\n\n")
    );
}
