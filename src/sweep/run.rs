//! The variants of a sweep, one after the other or side by side.
//!
//! What variants learn from, so that it is the same whatever was solved before, by whom and in which order:
//!
//! 1. the scenario as it is, solved from nothing;
//! 2. some variants evenly spread over the design, the *pilots*, each from what the scenario has taught;
//! 3. all others from what the scenario and the pilots have taught.
//!
//! A sweep that is resumed, or a shard, solves the scenario and the pilots again where it needs their experience. Where a whole
//! program is solved at once there is nothing to learn, and only what is missing is solved.

use std::path::PathBuf;
use std::sync::Mutex;

use twox_hash::XxHash3_128;

use super::plan::Plan;
use super::rows::{self, Blocks};
use super::store::Store;
use super::{Shard, SweepError};
use crate::formulation::context::Context;
use crate::formulation::{self, Formulations};
use crate::results::{Summary, summarise};
use crate::run::{Solved, decomposed, formulate, side_by_side, solve_by};
use crate::scenario::Loaded;
use crate::solve::decomposition::Experience;
use crate::solve::{Method, Observer, SolveError, SolveOptions, Status, available_threads};
use crate::time;

/// Most pilots: each costs as much as several of the variants that learn from it.
const MOST_PILOTS: usize = 8;

/// Variants for each pilot.
const PER_PILOT: usize = 8;

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

/// Runs what is missing of a sweep.
///
/// # Errors
/// Files that can not be written, results of another sweep in the same place, an interruption. A variant without a solution is no
/// error.
pub fn run(plan: &Plan, options: &SweepOptions, observer: &dyn SweepObserver) -> Result<Report, SweepError> {
    let store = Store::open(plan, &options.out, options.shard, &fingerprint(plan, options), options.restart)?;
    let is_missing =
        |number: &usize| options.shard.is_none_or(|shard| shard.has(*number)) && !store.done.contains_key(number);
    let missing: Vec<usize> = (1..=plan.variants.len()).filter(is_missing).collect();
    let count = missing.len();
    let sweep = Sweep { plan, options, observer, left: Mutex::new(count), store: Mutex::new(store) };
    if !missing.is_empty() {
        sweep.solve(&missing)?;
    }
    let store = sweep.store.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    store.finish(plan)?;
    Ok(Report { table: store.table().to_owned(), blocks: store.done, solved: count })
}

/// What the results of a sweep depend on. Words for people do not count.
fn fingerprint(plan: &Plan, options: &SweepOptions) -> String {
    let mut model = plan.base.model.clone();
    (model.title, model.description) = (String::new(), String::new());
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
    left: Mutex<usize>,
    store: Mutex<Store>,
}

impl Sweep<'_> {
    /// Solves the variants that are missing, by number.
    fn solve(&self, missing: &[usize]) -> Result<(), SweepError> {
        let pilots = if self.learns() { pilots(self.plan.variants.len()) } else { Vec::new() };
        let mut experience = if self.learns() { self.base()? } else { None };
        let learnt = side_by_side(self.options.jobs, &pilots, |&number| {
            let (outcome, learnt) = self.variant(number, experience.as_ref())?;
            self.took(number, &outcome, missing.contains(&number))?;
            Ok(learnt)
        })?;
        for learnt in learnt.into_iter().flatten() {
            match &mut experience {
                Some(experience) => experience.add(learnt),
                None => experience = Some(learnt),
            }
        }
        let others: Vec<usize> = missing.iter().copied().filter(|number| !pilots.contains(number)).collect();
        side_by_side(self.options.jobs, &others, |&number| {
            let (outcome, _) = self.variant(number, experience.as_ref())?;
            self.took(number, &outcome, true)
        })?;
        Ok(())
    }

    /// Whether variants are solved by decomposition, which is all that can be warm: where the years are several, unless the user
    /// wants the whole program.
    fn learns(&self) -> bool {
        match self.options.method {
            Method::Auto => self.plan.base.model.horizon.len() > 1,
            Method::Monolith => false,
            Method::Decomposition => true,
        }
    }

    /// What the scenario as it is teaches; nothing where it has no solution.
    fn base(&self) -> Result<Option<Experience>, SweepError> {
        let (outcome, learnt) = self.attempt(&self.plan.base, None)?;
        let left = self.left.lock().map_or(0, |left| *left);
        match outcome {
            Ok(_) => self.observer.step("the scenario as it is", left),
            Err(status) => self.observer.trouble(&format!("the scenario as it is: {status}")),
        }
        Ok(learnt)
    }

    fn variant(
        &self,
        number: usize,
        experience: Option<&Experience>,
    ) -> Result<(Outcome, Option<Experience>), SweepError> {
        match self.plan.load(number - 1) {
            Ok(loaded) => self.attempt(&loaded, experience),
            Err(problems) => {
                self.observer.trouble(&format!("variant {number} is not valid\n{problems}"));
                Ok((Err("invalid".to_owned()), None))
            }
        }
    }

    /// Solves a scenario, and says how that ended.
    fn attempt(
        &self,
        loaded: &Loaded,
        experience: Option<&Experience>,
    ) -> Result<(Outcome, Option<Experience>), SweepError> {
        if self.observer.is_interrupted() {
            return Err(SweepError::Interrupted);
        }
        let model = &loaded.model;
        let grid = time::resolve(model);
        let share = available_threads() / self.options.jobs;
        let settings = SolveOptions {
            highs: model.solver.clone(),
            threads: self.options.threads.or(u32::try_from(share.max(1)).ok()),
            time_limit: self.options.time_limit,
            gap: self.options.gap,
        };
        let method = self.options.method;
        let solved = if self.learns() {
            let whole = formulation::build(model, &grid);
            decomposed(method, &whole, experience, &settings, self.observer).map(|(solution, learnt)| {
                (Solved { formulations: Formulations::whole(whole), solutions: vec![solution] }, learnt)
            })
        } else {
            let formulations = formulate(method, model, &grid);
            solve_by(method, formulations, &settings, self.observer).map(|solved| (solved, None))
        };
        Ok(match solved.map(|(solved, learnt)| (solved.status(), solved, learnt)) {
            Ok((Status::Interrupted, ..)) => return Err(SweepError::Interrupted),
            Ok((Status::Optimal | Status::Feasible, solved, learnt)) => {
                if solved.is_finite() {
                    (Ok(summarise(&solved.formulations, &solved.solutions)), learnt)
                } else {
                    (Err("failed".to_owned()), None)
                }
            }
            Ok((status, ..)) => (Err(status.word().to_owned()), None),
            Err(error) => {
                let what = match error {
                    SolveError::Misfit(misfit) => misfit.describe(&Context::whole(model, &grid).namer()),
                    other => other.to_string(),
                };
                self.observer.trouble(&what);
                (Err("failed".to_owned()), None)
            }
        })
    }

    /// Keeps what came of a variant, if it is wanted, and says so.
    fn took(&self, number: usize, outcome: &Outcome, is_wanted: bool) -> Result<(), SweepError> {
        if !is_wanted {
            let left = self.left.lock().map_or(0, |left| *left);
            self.observer.step(&format!("variant {number}, for what it teaches"), left);
            return Ok(());
        }
        let rows = rows::block(self.plan, number - 1, outcome);
        // Whoever held the store ended by panicking; what is in it is whole.
        self.store.lock().unwrap_or_else(std::sync::PoisonError::into_inner).add(number, rows)?;
        let mut left = self.left.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *left -= 1;
        match outcome {
            Ok(summary) => self.observer.step(&format!("variant {number}, {}", summary.status), *left),
            Err(status) => {
                self.observer.step(&format!("variant {number}, {status}"), *left);
            }
        }
        Ok(())
    }
}

/// The variants, by number, from which others learn: spread evenly, the first and the last among them.
fn pilots(variants: usize) -> Vec<usize> {
    match (variants / PER_PILOT).min(MOST_PILOTS) {
        0 => Vec::new(),
        1 => vec![variants.div_ceil(2)],
        pilots => (0..pilots).map(|pilot| 1 + pilot * (variants - 1) / (pilots - 1)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pilots_are_spread_over_the_design() {
        assert!(pilots(7).is_empty());
        assert_eq!(pilots(9), [5]);
        assert_eq!(pilots(16), [1, 16]);
        assert_eq!(pilots(100), [1, 15, 29, 43, 57, 71, 85, 100]);
    }
}
