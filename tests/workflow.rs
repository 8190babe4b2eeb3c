//! The Snakemake workflow, run on this machine. Skipped with a word where Snakemake is not installed (`make test` installs it).

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::path::{Path, PathBuf};
use std::process::Command;

const SCENARIO: &str = r#"
[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030]
[time]
slices = { base = 0.8, peak = 0.2 }
[zones.a]
[commodities.electricity]
[profiles.load]
slices = { base = 0.8, peak = 1.8 }
[technologies.plant]
outputs = "electricity"
variable-cost = "20 USD/MWh"
capital-cost = "900 USD/kW"
lifetime = "25 yr"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
profile = "load"
"#;

const SWEEP: &str = r#"
scenario = "case.toml"
[design]
kind = "monte-carlo"
samples = 5
seed = 3
[parameters]
plant-cost = { path = "technologies.plant.capital-cost", scale = true, uniform = [0.7, 1.3] }
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
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("case.toml"), SCENARIO).unwrap();
    std::fs::write(folder.path().join("costs.toml"), SWEEP).unwrap();
    let altyn = env!("CARGO_BIN_EXE_altyn");
    let output = Command::new(snakemake)
        .current_dir(folder.path())
        .env("XDG_CACHE_HOME", folder.path())
        .arg("--snakefile")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("workflow/Snakefile"))
        .args(["--cores", "2", "--config", "sweep=costs.toml", "shards=2"])
        .arg(format!("altyn={altyn}"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let spread = std::fs::read(folder.path().join("results/costs/variants.csv")).unwrap();
    assert!(folder.path().join("results/costs/variants.parquet").exists());
    let whole = Command::new(altyn)
        .current_dir(folder.path())
        .args(["sweep", "costs.toml", "--out", "whole", "--quiet"])
        .status()
        .unwrap();
    assert!(whole.success());
    assert_eq!(spread, std::fs::read(folder.path().join("whole/costs/variants.csv")).unwrap());
}
