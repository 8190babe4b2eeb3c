//! The program by decomposition: an investment master, and a program for each year that is on its own once the master has
//! decided (generalised Benders decomposition; Benders, 1962, doi 10.1007/BF01386316; Geoffrion, 1972, doi 10.1007/BF00934810).
//!
//! Each iteration evaluates the years at a point, in parallel. Their costs make an upper bound, their cuts teach the master, and
//! the master's optimum is a lower bound. The next point lies between what a master wants and the best point so far, which
//! keeps the method from swinging (in-out separation; Ben-Ameur and Neto, 2007, doi 10.1002/net.20174). A guide wants sensible
//! things from the first iteration on; once it has no more to say, the master itself takes over.
//!
//! The values returned are the dispatch of the best point, the duals a weighted mean of those of the cuts that bind in the
//! master: together they keep the optimality conditions up to the gap, and the check of the solution finds the same bounds.

mod master;
mod split;
mod year;

use std::time::Instant;

use rayon::prelude::*;

use super::engine::End;
use super::solution::{Solution, Status};
use super::{Bounds, Observer, Progress, SolveError, SolveOptions, check, numbers, solution};
use crate::formulation::program::Program;
use master::Master;
use split::Split;
use year::{Answer, Cut, YearProgram};

/// How far the next point goes from the best one towards what a master wants.
const STEP: f64 = 0.5;

/// Gap from which the cuts know enough to do without the guide.
const GUIDED: f64 = 1e-3;

/// Every so many iterations the next point is all that a master wants: where a decision has to be just large enough, half steps
/// never get there.
const FULL: u64 = 6;

/// Iterations without better bounds after which the next points are the master's own.
const STALLED: u32 = 8;

/// Iterations without better bounds after which there is nothing more to be had.
const STUCK: u32 = 80;

/// What a unit of a broken linking row costs at least, million currency units.
const PENALTY: f64 = 1e3;

/// Rows may be broken by this much in all.
const TOLERANCE: f64 = 1e-7;

/// Solves a program by decomposition until the gap is proven. `coarse` is a program of the same model on a coarser year, for the
/// guide.
///
/// # Errors
/// A year or a master that the solver comes to no end with.
pub fn solve(
    program: &Program,
    coarse: Option<&Program>,
    options: &SolveOptions,
    observer: &dyn Observer,
) -> Result<Solution, SolveError> {
    numbers::check(program).map_err(SolveError::Misfit)?;
    let split = Split::new(program);
    super::pool(options)?.install(|| Search::new(program, &split, coarse, options, observer).run())
}

/// The best solution so far.
struct Best {
    decision: Vec<f64>,
    columns: Vec<Vec<f64>>,
    objective: f64,
}

/// The multipliers that prove the best lower bound.
#[derive(Default)]
struct Proof {
    bound: Option<f64>,
    horizon: Vec<f64>,
    weights: Vec<(usize, f64)>,
}

struct Search<'a> {
    program: &'a Program,
    options: &'a SolveOptions,
    observer: &'a dyn Observer,
    split: &'a Split,
    years: Vec<YearProgram<'a>>,
    master: Master,
    guide: Option<Master>,
    /// All cuts.
    cuts: Vec<Cut>,
    /// The cheapest point so far, whose broken rows cost their penalty, and its cost.
    center: Option<(Vec<f64>, f64)>,
    best: Option<Best>,
    proof: Proof,
    started: Instant,
}

impl<'a> Search<'a> {
    fn new(
        program: &'a Program,
        split: &'a Split,
        coarse: Option<&Program>,
        options: &'a SolveOptions,
        observer: &'a dyn Observer,
    ) -> Self {
        let started = Instant::now();
        let guide = || coarse.and_then(|coarse| Master::guide(split, coarse));
        let years = || {
            let parts = split.parts.par_iter().enumerate();
            parts.map(|(number, part)| YearProgram::new(program, number, part, PENALTY)).collect()
        };
        let (guide, years) = rayon::join(guide, years);
        Self {
            program,
            options,
            observer,
            years,
            master: Master::new(program, split),
            guide,
            split,
            cuts: Vec::new(),
            center: None,
            best: None,
            proof: Proof::default(),
            started,
        }
    }

    fn run(&mut self) -> Result<Solution, SolveError> {
        if self.is_contradicted() {
            return Ok(solution::empty(Status::Infeasible));
        }
        let mut point = match &self.guide {
            Some(guide) => guide.decisions(),
            None => match self.master.solve() {
                Ok(_) => self.master.decisions(),
                Err(End::Infeasible) => return Ok(solution::empty(Status::Infeasible)),
                Err(end) => return Err(unclear("the master", end)),
            },
        };
        let (mut iteration, mut idle) = (0, 0);
        loop {
            iteration += 1;
            if self.observer.is_interrupted() {
                return Ok(solution::empty(Status::Interrupted));
            }
            let answers = match self.evaluate(&point) {
                Ok(answers) => answers,
                Err(End::Limit) => return self.ended(),
                Err(End::Unbounded) => return Ok(solution::empty(Status::Unbounded)),
                Err(end) => return Err(unclear("the program of a year", end)),
            };
            let before = self.bounds();
            self.take(&point, &answers);
            let first = self.cuts.len();
            self.cuts.extend(answers.into_iter().filter_map(|answer| answer.cut));
            self.master.learn(first, &self.cuts[first..]);
            match self.master.solve() {
                Ok(bound) if !self.master.is_unknown() => self.prove(bound + self.program.constant),
                Ok(_) | Err(End::Unbounded) => {}
                Err(End::Infeasible) => return Ok(solution::empty(Status::Infeasible)),
                Err(end) => return Err(unclear("the master", end)),
            }
            let bounds = self.bounds();
            self.observer.progress(Progress { iterations: iteration, seconds: self.seconds(), bounds: Some(bounds) });
            if bounds.gap() <= self.options.gap || self.is_late() || idle > STUCK {
                return self.ended();
            }
            if self.is_broken_for_good(bounds) {
                self.years.par_iter_mut().for_each(|year| year.raise_penalty(10.0));
                self.center = None;
            }
            idle = if bounds.is_better_than(&before) { 0 } else { idle + 1 };
            point = self.next_point(first, idle, bounds, if iteration % FULL == 0 { 1.0 } else { STEP });
            self.master.purge();
        }
    }

    /// What decisions cost by themselves.
    fn own_cost(&self, point: &[f64]) -> f64 {
        self.split.decisions.iter().zip(point).map(|(decision, x)| decision.cost * x).sum()
    }

    /// Whether a row without columns is broken.
    fn is_contradicted(&self) -> bool {
        self.split.rows.iter().filter(|row| row.entries.is_empty()).any(|row| {
            let row = &self.program.rows()[row.id.index()];
            let (lower, upper) = row.sense.ends(row.rhs);
            lower > 1e-9 || upper < -1e-9
        })
    }

    /// Evaluates all years at a point.
    fn evaluate(&mut self, point: &[f64]) -> Result<Vec<Answer>, End> {
        let left = self.options.time_limit.map_or(f64::INFINITY, |limit| limit - self.seconds());
        let answers: Vec<Result<Answer, End>> =
            self.years.par_iter_mut().map(|year| year.evaluate(point, left.max(0.0))).collect();
        answers.into_iter().collect()
    }

    /// Whether the master has nothing to say against a point that breaks rows: then it is too cheap to break them.
    fn is_broken_for_good(&self, bounds: Bounds) -> bool {
        let Some((_, cost)) = &self.center else { return false };
        let penalised = Bounds { upper: *cost, ..bounds };
        penalised.gap() <= self.options.gap.max(1e-9) && *cost < bounds.upper
    }

    /// Keeps a point that is better than the best.
    fn take(&mut self, point: &[f64], answers: &[Answer]) {
        let shortfall: f64 = answers.iter().map(|answer| answer.shortfall).sum();
        let own = self.own_cost(point);
        let objective = self.program.constant + own + answers.iter().map(|answer| answer.value).sum::<f64>();
        if objective.is_finite() && self.center.as_ref().is_none_or(|(_, cost)| objective < *cost) {
            self.center = Some((point.to_vec(), objective));
        }
        let is_better = self.best.as_ref().is_none_or(|best| objective < best.objective);
        if shortfall <= TOLERANCE && objective.is_finite() && is_better && self.keeps_rows(point) {
            let columns = self.years.iter().map(|year| year.columns().to_vec()).collect();
            self.best = Some(Best { decision: point.to_vec(), columns, objective });
        }
    }

    /// Whether a point keeps the rows of the horizon. One that a guide wants need not: its year may have another peak.
    fn keeps_rows(&self, point: &[f64]) -> bool {
        self.split.rows.iter().all(|row| {
            let of = &self.program.rows()[row.id.index()];
            let (lower, upper) = of.sense.ends(of.rhs);
            let sum: f64 = row.entries.iter().map(|&(position, factor)| factor * point[position]).sum();
            let room = TOLERANCE * of.rhs.abs().max(1.0);
            sum >= lower - room && sum <= upper + room
        })
    }

    /// Keeps the multipliers of a better lower bound.
    fn prove(&mut self, bound: f64) {
        if self.proof.bound.is_none_or(|known| bound > known) {
            let weights = self.master.weights().collect();
            self.proof = Proof { bound: Some(bound), horizon: self.master.duals().to_vec(), weights };
        }
    }

    fn bounds(&self) -> Bounds {
        Bounds {
            lower: self.proof.bound.unwrap_or(f64::NEG_INFINITY),
            upper: self.best.as_ref().map_or(f64::INFINITY, |best| best.objective),
        }
    }

    /// The next point to evaluate, after cuts from `first` on are new.
    fn next_point(&mut self, first: usize, idle: u32, bounds: Bounds, step: f64) -> Vec<f64> {
        let mut wanted = self.master.decisions();
        if let Some(guide) = &mut self.guide {
            guide.learn(first, &self.cuts[first..]);
            match guide.solve() {
                Ok(bound) => {
                    wanted = guide.decisions();
                    let cost = self.center.as_ref().map_or(f64::INFINITY, |(_, cost)| *cost);
                    let said = Bounds { lower: bound + self.program.constant, upper: cost };
                    let known = Bounds { lower: bounds.lower, upper: cost };
                    if said.gap() <= 0.5 * self.options.gap || known.gap() <= GUIDED || idle > STALLED {
                        self.guide = None;
                    } else {
                        guide.purge();
                    }
                }
                Err(_) => self.guide = None,
            }
        }
        match &self.center {
            Some((center, _)) if idle <= STALLED || self.guide.is_some() => {
                let between = |(wanted, center): (&f64, &f64)| step * wanted + (1.0 - step) * center;
                wanted.iter().zip(center).map(between).collect()
            }
            _ => wanted,
        }
    }

    fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    fn is_late(&self) -> bool {
        self.options.is_spent(self.seconds())
    }

    /// What there is when the gap is proven, time or memory runs out, or the bounds come no closer.
    fn ended(&self) -> Result<Solution, SolveError> {
        match (&self.best, self.proof.bound) {
            (Some(best), Some(_)) => {
                let is_proven = self.bounds().gap() <= self.options.gap;
                Ok(self.finished(best, if is_proven { Status::Optimal } else { Status::Feasible }))
            }
            _ if self.is_late() => Ok(solution::empty(Status::Limit)),
            _ => Err(SolveError::Solver("the bounds came no closer before there was a solution".to_owned())),
        }
    }

    /// Puts the best point's dispatch and the proof's duals together.
    fn finished(&self, best: &Best, status: Status) -> Solution {
        let value = |&(part, position): &(Option<usize>, usize)| {
            part.map_or_else(|| best.decision[position], |part| best.columns[part][position])
        };
        check::checked(self.program, status, self.split.places.iter().map(value).collect(), self.duals())
    }

    fn duals(&self) -> Vec<f64> {
        let mut duals = vec![0.0; self.program.rows().len()];
        for (row, &dual) in self.split.rows.iter().zip(&self.proof.horizon) {
            duals[row.id.index()] = dual;
        }
        for &(number, weight) in &self.proof.weights {
            let cut = &self.cuts[number];
            for (row, &dual) in self.split.parts[cut.part].rows.iter().zip(&cut.duals) {
                if let Some(id) = row.id {
                    duals[id.index()] += weight * dual;
                }
            }
        }
        duals
    }
}

fn unclear(what: &str, end: End) -> SolveError {
    SolveError::Solver(format!("{what} ended with status {end:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::Silent;
    use crate::solve::testing::{BUDGET, two_years};

    fn solved(budget: Option<f64>) -> Solution {
        let options = SolveOptions { gap: 1e-9, threads: Some(1), ..SolveOptions::default() };
        solve(&two_years(budget), None, &options, &Silent).unwrap_or_else(|_| solution::empty(Status::Limit))
    }

    /// Capacity for all of the demand: 3 · 5 + 2 · (2 · 5).
    #[test]
    fn capacity_serves_both_years() {
        let solution = solved(None);
        assert_eq!(solution.status, Status::Optimal);
        assert!((solution.objective - 35.0).abs() < 1e-9, "{}", solution.objective);
        assert!((solution.columns[0] - 5.0).abs() < 1e-9);
        assert!(solution.quality.worst() < 1e-9, "{:?}", solution.quality);
    }

    /// Six units may be supplied in both years together, three in each for the least capacity: 3 · 3 + 2 · 6 + 10 · 4. One more of the
    /// budget would save 10 − 2 and cost half a unit of capacity.
    #[test]
    fn a_budget_over_years_is_shared() {
        let solution = solved(Some(BUDGET));
        assert_eq!(solution.status, Status::Optimal);
        assert!((solution.objective - 61.0).abs() < 1e-9, "{}", solution.objective);
        assert!((solution.duals[4] - (1.5 - 8.0)).abs() < 1e-9, "{:?}", solution.duals);
        assert!(solution.quality.worst() < 1e-9, "{:?}", solution.quality);
    }
}
