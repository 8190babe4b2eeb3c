//! How far apart the numbers of a program are, what is said of it, and that ties between solutions are broken the same way each time.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use common::desk::{Desk, SMALL};

/// A second plant beside the first.
const SPARE: &str = "[technologies.spare]\ninputs = \"gas\"\noutputs = \"electricity\"\nefficiency = 0.5\n\
                     capital-cost = \"900 USD/kW\"\nlifetime = \"25 yr\"\n";

/// `small.toml:LINE` of a line of a text.
fn line(text: &str, of: &str) -> String {
    format!("small.toml:{}", text.lines().position(|line| line.starts_with(of)).unwrap() + 1)
}

#[test]
fn numbers_are_told_with_their_origin() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    let (plain, _) = desk.run(&["check", "small.toml"], 0);
    let (out, err) = desk.run(&["check", "small.toml", "--numerics"], 0);
    let told = out.strip_prefix(&plain).unwrap();
    assert!(told.starts_with("The program: ") && !err.contains("too far apart"), "{out}\n{err}");
    let costs: Vec<&str> = told.lines().filter(|line| line.starts_with("  costs")).collect();
    assert_eq!(costs.len(), 2, "{told}");
    // Gas is bought by whoever burns it, and is the dearest of all.
    assert!(costs[1].contains("greatest") && costs[1].contains(&line(SMALL, "[technologies.ccgt]")), "{told}");
    assert!(told.contains("coefficients by family:\n") && told.contains("\n  availability "), "{told}");
}

/// A plant that is as good as never available.
#[test]
fn numbers_too_far_apart_are_a_warning() {
    let text = SMALL.replace("[technologies.ccgt]", "[technologies.ccgt]\navailability = 1e-10") + SPARE;
    let desk = Desk::new(&[("small.toml", &text)]);
    for command in ["check", "run"] {
        let (_, err) = desk.run(&[command, "small.toml"], 0);
        assert!(err.contains("warning: numbers of one row are too far apart for the solver: 1.0e-10 is"), "{err}");
        assert!(err.contains("the coefficient of capacity[ccgt@a,2025] in availability[ccgt@a,2025,"), "{err}");
        assert!(err.contains("warning: the solver takes 1.0e-10 for 0"), "{err}");
        assert!(err.contains(&line(&text, "[technologies.ccgt]")), "{err}");
    }
}

#[test]
fn shipped_scenarios_are_well_scaled() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().display().to_string());
    let scenarios: Vec<String> = paths.filter(|path| path.ends_with(".toml")).collect();
    assert!(scenarios.len() > 10);
    let args: Vec<&str> =
        ["check", "--set", "time.days=1"].into_iter().chain(scenarios.iter().map(String::as_str)).collect();
    let (_, err) = Desk::new(&[]).run(&args, 0);
    assert!(!err.contains("too far apart") && !err.contains("for 0"), "{err}");
}

/// Two plants that are alike in all: any division of what they build costs the same.
#[test]
fn ties_are_broken_the_same_way_whatever_the_threads() {
    let desk = Desk::new(&[("small.toml", &format!("{SMALL}{SPARE}"))]);
    for method in ["monolith", "decomposition"] {
        let results = ["1", "2", "4"].map(|threads| {
            desk.run(&["run", "small.toml", "--method", method, "--threads", threads, "--quiet"], 0);
            let mut files = desk.files("results/small");
            files.remove("timing.json");
            files
        });
        assert!(results[0] == results[1] && results[1] == results[2], "{method}");
    }
}
