//! What the reader says about mistakes: place, words and suggestion of each kind.

#![allow(clippy::unwrap_used, clippy::panic)]

mod finance;
mod imports;
mod indicators;
mod kinds;
mod odd;
mod rules;
mod sizes;
mod sweeps;
mod texts;
mod things;
mod time;

use std::path::Path;

use altyn::run;

/// A valid scenario to spoil.
const GOOD: &str = r#"
[money]
price-year = 2023
discount-rate = 0.05

[horizon]
years = [2025, 2030]

[time]
slices = { base = 0.8, peak = 0.2 }

[zones.north]
[zones.south]

[pollutants.co2]

[commodities.electricity]
[commodities.gas]
price = "20 USD/MWh"
emissions = { co2 = "56.1 t/TJ" }

[technologies.ccgt]
inputs = "gas"
outputs = "electricity"
efficiency = 0.58
capital-cost = "900 USD/kW"
lifetime = "25 yr"

[demands.load]
zone = "north"
commodity = "electricity"
annual = "10 TWh"
"#;

/// Diagnostics of a scenario in which some texts were replaced.
fn problems(replacements: &[(&str, &str)]) -> String {
    said(&replaced(GOOD.to_owned(), replacements), &[])
}

/// Diagnostics of a scenario of every table in which some texts were replaced.
fn whole(replacements: &[(&str, &str)]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/schema/examples/every-table.toml");
    said(&replaced(std::fs::read_to_string(path).unwrap(), replacements), &[])
}

fn replaced(mut text: String, replacements: &[(&str, &str)]) -> String {
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// Diagnostics of a scenario, beside other files.
fn said(text: &str, files: &[(&str, &str)]) -> String {
    let files = [&[("case.toml", text)], files].concat();
    in_folder(&files, |folder| match run::load(&folder.join("case.toml"), &[]) {
        Ok(mut loaded) => {
            run::divide(&mut loaded);
            loaded.warnings.to_string()
        }
        Err(diagnostics) => {
            assert!(diagnostics.iter().all(|d| d.help.is_some()), "every error says what to do: {diagnostics}");
            diagnostics.to_string()
        }
    })
}

/// What is said in a folder with files; the folder is left out of the paths.
fn in_folder(files: &[(&str, &str)], say: impl FnOnce(&Path) -> String) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    say(folder.path()).replace(&format!("{}/", folder.path().display()), "").trim_end().to_owned()
}

#[test]
fn the_good_scenario_is_good() {
    assert_eq!(problems(&[]), "");
}
