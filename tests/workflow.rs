//! The Snakemake workflow, run on this machine. Skipped with a word where Snakemake is not installed (`make test` installs it).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;

use common::desk::{Desk, SMALL};

const SWEEP: &str = r#"
scenario = "small.toml"
[design]
kind = "monte-carlo"
samples = 5
seed = 3
[parameters]
plant-cost = { path = "technologies.ccgt.capital-cost", scale = true, uniform = [0.7, 1.3] }
"#;

/// Snakemake as `make test` installs it, or wherever else it is.
fn snakemake() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/snakemake/bin/snakemake");
    let runs =
        |program: &PathBuf| Command::new(program).arg("--version").output().is_ok_and(|out| out.status.success());
    [own, PathBuf::from("snakemake")].into_iter().find(runs)
}

#[test]
fn the_workflow_spreads_a_sweep_and_puts_it_together() {
    let Some(snakemake) = snakemake() else {
        eprintln!("skipped: Snakemake is not installed; `sh tools/snakemake.sh` installs it below target/");
        return;
    };
    let desk = Desk::new(&[("small.toml", SMALL), ("costs.toml", SWEEP)]);
    let altyn = env!("CARGO_BIN_EXE_altyn");
    let output = Command::new(snakemake)
        .current_dir(desk.path(""))
        .env("XDG_CACHE_HOME", desk.path(""))
        .arg("--snakefile")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("workflow/Snakefile"))
        .args(["--cores", "2", "--config", "sweep=costs.toml", "shards=2"])
        .arg(format!("altyn={altyn}"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let spread = std::fs::read(desk.path("results/costs/variants.csv")).unwrap();
    assert!(desk.path("results/costs/variants.parquet").exists());
    desk.run(&["sweep", "costs.toml", "--out", "whole", "--quiet"], 0);
    assert_eq!(spread, std::fs::read(desk.path("whole/costs/variants.csv")).unwrap());
}
