//! The variants of a sweep, in rounds, and within a round side by side.
//!
//! What a variant costs is convex in the limits it is given, so between variants that are solved others are known nearly as well. A
//! variant that is a mixture of what earlier rounds have solved, with the gap that is asked for, is not solved (see
//! [`mixture`]); all others are, from nothing. The rounds are a matter of the design alone, and so is what comes of each variant,
//! whatever was solved before, by whom and in which order.
//!
//! Solutions that later rounds build on are kept in files. A sweep that is resumed reads them, and so does a shard those of
//! others; what it misses it solves itself.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use twox_hash::XxHash3_128;

use super::plan::Plan;
use super::rounds::rounds;
use super::rows::{self, Blocks};
use super::store::Store;
use super::{Shard, SweepError};
use crate::formulation::context::Context;
use crate::formulation::{self, Formulations};
use crate::results::{Summary, summarise};
use crate::run::{formulate, side_by_side, solve_from, wanted_gap};
use crate::scenario::Loaded;
use crate::solve::interior::{Iterate, Warm};
use crate::solve::memory::MemoryLimit;
use crate::solve::mixture::{self, Known, Mixed};
use crate::solve::{Method, Observer, SolveError, SolveOptions, Status, available_threads};
use crate::time;

/// Solutions that a mixture is made of at most.
const INGREDIENTS: usize = 6;

/// Part of the gap that variants are solved to: less than mixtures add to it.
const SHARP: f64 = 1e-2;

/// Rows up to which the program of a variant is held whole, since it is looked at several times.
const HELD: usize = 500_000;

/// What a sweep is asked to do.
#[derive(Clone, Debug)]
pub struct SweepOptions {
    /// Folder that takes the results: `<out>/<sweep>/`.
    pub out: PathBuf,
    /// Variants to solve at the same time.
    pub jobs: usize,
    /// Threads for each of them; `None` shares the machine among the jobs.
    pub threads: Option<u32>,
    /// Seconds after which a variant is stopped.
    pub time_limit: Option<f64>,
    /// Bytes that the process may hold while it solves a variant.
    pub memory_limit: Option<u64>,
    /// How programs are solved.
    pub method: Method,
    /// Relative gap at which decomposition may stop.
    pub gap: f64,
    /// The part to run; `None` is all of it.
    pub shard: Option<Shard>,
    /// Whether earlier results are thrown away.
    pub restart: bool,
}

/// Watches a sweep; its progress is that of the single solves.
pub trait SweepObserver: Observer {
    /// Something is done; `left` variants are not.
    fn step(&self, what: &str, left: usize);
    /// A variant has no solution, or is not what it should be.
    fn trouble(&self, what: &str);
}

/// A finished sweep, or a finished part of one.
#[derive(Debug)]
pub struct Report {
    /// Rows of all variants that are done.
    pub blocks: Blocks,
    /// Where the table is.
    pub table: PathBuf,
    /// Variants that were solved this time.
    pub solved: usize,
}

/// What came of a variant: its summary, or in a word why there is none.
type Outcome = Result<Summary, String>;

/// How a variant came about.
struct Made {
    outcome: Outcome,
    /// What others may build on, where it was solved.
    known: Option<Known>,
    is_mixed: bool,
}

impl Made {
    fn without(status: &str) -> Self {
        Self { outcome: Err(status.to_owned()), known: None, is_mixed: false }
    }
}

/// Runs what is missing of a sweep.
///
/// # Errors
/// Files that can not be written, results of another sweep in the same place, an interruption. A variant without a solution is no
/// error.
pub fn run(plan: &Plan, options: &SweepOptions, observer: &dyn SweepObserver) -> Result<Report, SweepError> {
    let store = Store::open(plan, &options.out, options.shard, &fingerprint(plan, options), options.restart)?;
    let is_missing =
        |number: &usize| options.shard.is_none_or(|shard| shard.has(*number)) && !store.done.contains_key(number);
    let missing: BTreeSet<usize> = (1..=plan.variants.len()).filter(is_missing).collect();
    let count = missing.len();
    let (store, known) = (Mutex::new(store), Mutex::new(BTreeMap::new()));
    let base = &plan.base.model;
    let holds_whole = count > 0 && formulate(options.method, base, &time::resolve(base)).size.rows <= HELD;
    let sweep = Sweep { plan, options, observer, missing, holds_whole, left: Mutex::new(count), store, known };
    sweep.solve()?;
    let store = sweep.store.into_inner().unwrap_or_else(PoisonError::into_inner);
    store.finish(plan)?;
    Ok(Report { table: store.table().to_owned(), blocks: store.done, solved: count })
}

/// What the results of a sweep depend on. Words for people, and how a run would report and show its results, do not count.
fn fingerprint(plan: &Plan, options: &SweepOptions) -> String {
    let mut model = plan.base.model.clone();
    (model.title, model.description) = (String::new(), String::new());
    (model.iamc, model.report) = (None, crate::model::Report::default());
    let names: Vec<_> =
        plan.parameters.iter().map(|parameter| (&parameter.name, &parameter.paths, parameter.scale)).collect();
    let names: Vec<String> = names
        .iter()
        .map(|(name, paths, scale)| {
            let paths: Vec<&str> = paths.iter().map(|(path, _)| path.as_str()).collect();
            format!("{name} {paths:?} {scale}")
        })
        .collect();
    let values: Vec<_> = (0..plan.variants.len()).map(|variant| plan.shown(variant)).collect();
    let all =
        format!("{} {model:?} {names:?} {values:?} {:?} {:e}", env!("CARGO_PKG_VERSION"), options.method, options.gap);
    format!("{:032x}", XxHash3_128::oneshot(all.as_bytes()))
}

struct Sweep<'a> {
    plan: &'a Plan,
    options: &'a SweepOptions,
    observer: &'a dyn SweepObserver,
    /// Variants that are wanted and were not done before, by number.
    missing: BTreeSet<usize>,
    /// Whether the program of a variant is held whole.
    holds_whole: bool,
    left: Mutex<usize>,
    store: Mutex<Store>,
    /// What was solved, by number.
    known: Mutex<BTreeMap<usize, Known>>,
}

/// Whoever held it ended by panicking; what is in it is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sweep<'_> {
    /// Solves the variants that are missing, and before them whatever they build on and is not known.
    fn solve(&self) -> Result<(), SweepError> {
        let rounds = rounds(self.plan.variants.len());
        let is_missing = |number: &usize| self.missing.contains(number);
        for (position, round) in rounds.iter().enumerate() {
            let is_built_on = rounds[position + 1..].iter().flatten().any(is_missing);
            // Shards that run at the same time begin with their own variants, and find the others' when they come to them.
            let (mut wanted, others): (Vec<usize>, Vec<usize>) = round.iter().partition(|&number| is_missing(number));
            if is_built_on {
                wanted.extend(others);
            }
            let known = std::mem::take(&mut *lock(&self.known));
            side_by_side(self.options.jobs, &wanted, |&number| self.variant(number, &known, is_built_on))?;
            lock(&self.known).extend(known);
        }
        Ok(())
    }

    /// Finds a variant by its number, with what earlier rounds have solved, and leaves it to later ones if they build on it.
    fn variant(&self, number: usize, known: &BTreeMap<usize, Known>, is_built_on: bool) -> Result<(), SweepError> {
        let is_missing = self.missing.contains(&number);
        if !is_missing && let Some(kept) = lock(&self.store).kept.load(number) {
            lock(&self.known).extend(kept.map(|known| (number, known)));
            return Ok(());
        }
        if self.observer.is_interrupted() {
            return Err(SweepError::Interrupted);
        }
        let made = match self.plan.load(number - 1) {
            Ok(loaded) => self.attempt(&loaded, &nearest(number, known), is_built_on)?,
            Err(problems) => {
                self.observer.trouble(&format!("variant {number} is not valid\n{problems}"));
                Made::without("invalid")
            }
        };
        if is_missing {
            let rows = rows::block(self.plan, number - 1, &made.outcome);
            lock(&self.store).add(number, rows)?;
        }
        self.tell(number, &made);
        if is_built_on {
            lock(&self.store).kept.keep(number, made.known.as_ref())?;
            lock(&self.known).extend(made.known.map(|known| (number, known)));
        }
        Ok(())
    }

    /// Mixes the solution of a scenario from known ones, or solves it.
    fn attempt(&self, loaded: &Loaded, known: &[&Known], is_built_on: bool) -> Result<Made, SweepError> {
        let model = &loaded.model;
        let grid = time::resolve(model);
        let method = self.options.method;
        let formulations = if self.holds_whole {
            Formulations::whole(formulation::build(model, &grid))
        } else {
            formulate(method, model, &grid)
        };
        let share = available_threads() / self.options.jobs;
        let settings = SolveOptions {
            highs: model.solver.clone(),
            threads: self.options.threads.or(u32::try_from(share.max(1)).ok()),
            time_limit: self.options.time_limit,
            memory_limit: self.options.memory_limit.map(|bytes| Arc::new(MemoryLimit::new(bytes))),
            gap: wanted_gap(method, formulations.size.rows, self.options.gap),
            sharp: SHARP,
            patient: false,
        };
        let trouble = |error| {
            let what = match error {
                SolveError::Misfit(misfit) => misfit.describe(&Context::whole(model, &grid).namer()),
                other => other.to_string(),
            };
            self.observer.trouble(&what);
            Made::without("failed")
        };
        let near = match mixture::mix(&formulations, known, &settings) {
            Ok(Mixed::Solutions(solutions)) => {
                let outcome = Ok(summarise(&formulations, &solutions));
                return Ok(Made { outcome, known: None, is_mixed: true });
            }
            Ok(Mixed::Near(near)) => near,
            Err(error) => return Ok(trouble(error)),
        };
        let from: Vec<(&Iterate, f64)> =
            near.iter().filter_map(|(known, weight)| Some((known.iterate.as_ref()?, *weight))).collect();
        let warm = Warm { from: &from, keeps: is_built_on };
        let (solved, iterate) = match solve_from(method, warm, formulations, &|_| 1.0, &settings, self.observer) {
            Ok(ended) => ended,
            Err(error) => return Ok(trouble(error)),
        };
        Ok(match solved.status() {
            Status::Interrupted => return Err(SweepError::Interrupted),
            Status::Optimal | Status::Feasible if !solved.is_finite() => Made::without("failed"),
            status @ (Status::Optimal | Status::Feasible) => {
                let outcome = Ok(summarise(&solved.formulations, &solved.solutions));
                let is_known = is_built_on && status == Status::Optimal;
                let known = is_known.then(|| Known::new(&solved.formulations, solved.solutions, iterate));
                Made { outcome, known, is_mixed: false }
            }
            status => Made::without(status.word()),
        })
    }

    /// Says what came of a variant.
    fn tell(&self, number: usize, made: &Made) {
        let mut left = lock(&self.left);
        if self.missing.contains(&number) {
            *left -= 1;
        }
        let status = match &made.outcome {
            Ok(summary) => &summary.status,
            Err(status) => status,
        };
        let how = if made.is_mixed { " from others" } else { "" };
        self.observer.step(&format!("variant {number}{how}, {status}"), *left);
    }
}

/// The known solutions that are nearest in the design.
fn nearest(number: usize, known: &BTreeMap<usize, Known>) -> Vec<&Known> {
    let mut nearest: Vec<(usize, &Known)> =
        known.iter().map(|(other, known)| (other.abs_diff(number), known)).collect();
    nearest.sort_by_key(|&(distance, _)| distance);
    nearest.into_iter().take(INGREDIENTS).map(|(_, known)| known).collect()
}
