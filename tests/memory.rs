//! Limits of memory: what is foreseen, what is met, and what becomes of earlier results.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use common::desk::{Desk, SMALL};

fn reference() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference.toml").display().to_string()
}

/// Whichever way it is solved.
#[test]
fn a_memory_limit_ends_with_4_and_keeps_earlier_results() {
    let desk = Desk::new(&[]);
    let scenario = reference();
    let small = ["--set", "time.days=1", "--set", "horizon.years=[2025, 2035]"];
    desk.run(&[&["run", &scenario, "--quiet"][..], &small].concat(), 0);
    let before = desk.files("results/reference");
    for (days, method) in [("time.days=12", "decomposition"), ("time.days=2", "monolith")] {
        let args = ["run", &scenario, "--set", days, "--method", method, "--memory-limit", "45 MB"];
        let (out, err) = desk.run(&args, 4);
        assert!(err.contains("warning: reference: this is likely to take"), "{method}: {err}");
        assert!(err.contains("of memory, and it may have 45 MB"), "{method}: {err}");
        assert!(err.contains("warning: stopped at the limit of memory: "), "{method}: {err}");
        assert!(err.contains("error: reference: stopped at a limit before there was a solution"), "{method}: {err}");
        assert!(!out.contains("Results"), "{method}: {out}");
        assert_eq!(desk.files("results/reference"), before, "{method}");
    }
}

#[test]
fn a_limit_that_is_wide_enough_changes_nothing() {
    let desk = Desk::new(&[("small.toml", SMALL)]);
    for limit in ["4 GB", "4GiB", "4000", "4000MiB"] {
        let (_, err) = desk.run(&["run", "small.toml", "--memory-limit", limit], 0);
        assert!(!err.contains("memory"), "{err}");
    }
    let (_, err) = desk.run(&["run", "small.toml", "--memory-limit", "1 MB"], 4);
    assert!(err.contains("and 1 MB may be"), "{err}");
    for (wrong, word) in [("4 GW", "unknown unit `GW`"), ("0", "a positive amount"), ("much", "a positive amount")] {
        let (_, err) = desk.run(&["run", "small.toml", "--memory-limit", wrong], 2);
        assert!(err.contains(word), "{err}");
    }
}
