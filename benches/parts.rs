//! Parts of a run: reading, choice of days, building, solving, and a small run as a whole.

#![allow(missing_docs, clippy::unwrap_used)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};

use altyn::formulation;
use altyn::run::{formulate, solve_by};
use altyn::scenario::{self, Loaded};
use altyn::solve::{Method, Silent, SolveOptions};
use altyn::time;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn load(path: &str, settings: &[&str]) -> Loaded {
    let settings: Vec<String> = settings.iter().map(|s| (*s).to_owned()).collect();
    scenario::load(&root(path), &settings).unwrap()
}

fn reading(bench: &mut Criterion) {
    bench.bench_function("read and merge reference", |b| b.iter(|| load(black_box("scenarios/reference.toml"), &[])));
}

fn days(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("choose days");
    for days in [4, 12] {
        let model = load("scenarios/reference.toml", &[&format!("time.days={days}")]).model;
        group.bench_function(BenchmarkId::from_parameter(days), |b| b.iter(|| time::resolve(black_box(&model))));
    }
}

fn building(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("build");
    for days in [4, 12] {
        let model = load("scenarios/reference.toml", &[&format!("time.days={days}")]).model;
        let grid = time::resolve(&model);
        group.bench_function(BenchmarkId::from_parameter(days), |b| {
            b.iter(|| formulation::build(black_box(&model), &grid));
        });
    }
}

/// The power system of `peers/`: one year on one day, whole; then three years on two days by decomposition.
fn solving(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("solve");
    let cases = [
        ("one year, one day", Method::Monolith, ["horizon.years=[2030]", "time.days=1"]),
        (
            "three years, two days, decomposed",
            Method::Decomposition,
            ["horizon.years=[2025, 2030, 2040]", "time.days=2"],
        ),
    ];
    for (name, method, settings) in cases {
        let settings: Vec<&str> = settings.iter().copied().chain(["horizon.edge=5"]).collect();
        let model = load("benches/peers/power.toml", &settings).model;
        let grid = time::resolve(&model);
        let options = SolveOptions::default();
        let solve = |formulations| solve_by(method, formulations, &options, &Silent).unwrap();
        group.bench_function(name, |b| {
            b.iter_batched(|| formulate(method, &model, &grid), solve, BatchSize::PerIteration);
        });
    }
}

fn whole_run(bench: &mut Criterion) {
    use altyn::run::{RunObserver, RunOptions, Stage, run};
    use altyn::solve::{Observer, Progress};
    struct Quiet;
    impl Observer for Quiet {
        fn progress(&self, _: Progress) {}
        fn is_interrupted(&self) -> bool {
            false
        }
    }
    impl RunObserver for Quiet {
        fn stage(&self, _: Stage, _: &str) {}
        fn warn(&self, _: &str) {}
    }
    let out = tempfile::tempdir().unwrap();
    let options = RunOptions {
        out: out.path().to_owned(),
        overrides: vec!["time.days=1".to_owned(), "horizon.years=[2025, 2030, 2040]".to_owned()],
        threads: Some(1),
        time_limit: None,
        memory_limit: None,
        method: Method::Auto,
        gap: 1e-4,
        formats: std::collections::BTreeSet::new(),
        compares: false,
    };
    let path = root("benches/peers/power.toml");
    bench.bench_function("run power, three years, one day", |b| b.iter(|| run(&path, &options, &Quiet).unwrap()));
}

criterion_group! {
    name = parts;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(4));
    targets = reading, days, building, solving, whole_run
}
criterion_main!(parts);
