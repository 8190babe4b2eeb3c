//! Bad input never crashes the readers: mutations of good files, and all inputs that were once read wrongly.
//!
//! `cargo test --release --test fuzz` judges the cases of `tests/corpus/` and some hundred mutations of them, always the same.
//! `ALTYN_FUZZ_SECONDS=3600` mutates for an hour instead; what fails is made as small as it gets and kept in `tests/corpus/`.

#![allow(clippy::unwrap_used, clippy::panic)]

mod case;
mod judge;
mod memory;
mod mutate;
mod shrink;
mod words;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use case::Case;
use judge::{Judge, Verdict};
use mutate::Mutator;

#[global_allocator]
static MEMORY: memory::Counting = memory::Counting;

/// Mutations where no time is set.
const CASES: usize = 600;

/// Most cases that mutations start from.
const POOL: usize = 3000;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// One test, since memory is counted for the whole process.
#[test]
fn bad_input_is_refused_with_places_and_nothing_panics() {
    let judge = Judge::new();
    let mut pool: Vec<Case> = Vec::new();
    let mut wrong = Vec::new();
    for (name, case) in Case::all(&corpus()) {
        if let Verdict::Wrong(what) = judge.verdict(&case) {
            wrong.push(format!("tests/corpus/{name}: {what}"));
        }
        pool.push(case);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    pool.extend(Case::shipped());
    for case in &pool {
        assert!(!matches!(judge.verdict(case), Verdict::Wrong(_)), "{}", case.name());
    }
    let seconds = std::env::var("ALTYN_FUZZ_SECONDS").ok().map(|text| text.parse().unwrap());
    let wrong = mutations(&judge, pool, seconds.map(Duration::from_secs));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Judges mutations for a time, or a fixed number of them; cases that the readers answer in a new way are mutated further.
fn mutations(judge: &Judge, mut pool: Vec<Case>, time: Option<Duration>) -> Vec<String> {
    let start = Instant::now();
    let seed = if time.is_some() { std::time::UNIX_EPOCH.elapsed().unwrap().as_secs() } else { 1 };
    let mut mutator = Mutator::new(seed);
    let (mut answers, mut wrong) = (HashSet::new(), Vec::new());
    let mut known = HashSet::new();
    let mut judged = 0;
    while time.map_or(judged < CASES, |time| start.elapsed() < time) {
        let case = mutator.mutate(&pool);
        judged += 1;
        match judge.verdict(&case) {
            Verdict::Sound(answer) => {
                if answers.insert(answer) && pool.len() < POOL {
                    pool.push(case);
                }
            }
            Verdict::Wrong(what) => {
                // The same mistake is told once.
                if known.insert(shrink::kind(&what)) {
                    let small = shrink::shrink(judge, case, &what);
                    wrong.push(format!("{}: {what}", small.keep(&corpus()).display()));
                    eprintln!("{}", wrong.last().unwrap());
                }
            }
        }
        if time.is_some() && judged % 10_000 == 0 {
            eprintln!("{judged} cases, {} ways to answer, {} s", answers.len(), start.elapsed().as_secs());
        }
    }
    eprintln!("{judged} cases of seed {seed}, {} ways to answer, {} s", answers.len(), start.elapsed().as_secs());
    wrong
}
