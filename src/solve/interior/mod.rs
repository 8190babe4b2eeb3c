//! The program by an interior point method that goes through its blocks (Mehrotra, 1992, doi 10.1137/0802028, with the centrality
//! corrections of Gondzio, 1996, doi 10.1007/BF00249643).
//!
//! Every iteration solves a linear system for a step of all columns and prices at once. Days only touch their year and the horizon,
//! years only the horizon: the system of each is eliminated on its own, and in parallel, and leaves a small complement to the
//! next. Time and memory grow with the number of days alone.
//!
//! Once rows and reduced costs hold, the costs of the point and of its prices are bounds that the optimum lies between.

mod apart;
mod blocks;
mod bounds;
mod dense;
mod fronts;
mod lists;
mod ordering;
mod reach;
mod recover;
mod scaling;
mod shape;
mod shared;
mod start;
mod state;
mod steps;
mod system;
mod warm;

use std::time::Instant;

use rayon::prelude::*;

use super::solution::{Solution, Status};
use super::{Bounds, Observer, Progress, SolveError, SolveOptions};
use crate::formulation::Parts;
use blocks::Blocks;
use recover::Recovery;
use state::{Aim, Lengths, State, Values};
use steps::Measure;
use system::System;
pub use warm::Iterate;
use warm::Scaled;

/// Iterations that this may take, as a part of those before, and in any case.
const SHARPENING: f64 = 0.1;
const LEAST_SHARPENING: u64 = 5;

/// Gap from which on whoever asks for it wants the first point that has it.
const LOOSE: f64 = 1e-3;

/// Rows and reduced costs hold when they are short of no more than this, in units in which coefficients are near one.
const FEASIBLE: f64 = 1e-8;

/// The same for reduced costs, which are as large as the prices of what is dear; and as a part of the gap that is asked for, where that is
/// more.
const PRICED: f64 = 2e-8;
const PRICED_OF_GAP: f64 = 1e-3;

/// Iterations after which there is nothing more to be had.
const MOST: u64 = 300;

/// Iterations in which something has to become less than this part of what it was.
const PATIENCE: usize = 25;
const PROGRESS: f64 = 0.9;

/// The same once the gap that was asked for is reached.
const GOOD_ENOUGH: usize = 5;

/// Part of the way to the nearest bound that is gone.
const STEP: f64 = 0.9;

/// Columns that steps may leave behind at the start, of a thousand; and the power of the gap, up to 1, with which they become fewer.
const LEFT_BEHIND: f64 = 1.0;
const FEWER: f64 = 0.5;

/// Gap, and multiple of the gap that is asked for, below which none is left behind.
const NONE_BELOW: f64 = 1e-3;
const NONE_BELOW_TIMES: f64 = 10.0;

/// Corrections that are tried for a step, and how much longer each should make it.
const CORRECTIONS: usize = 2;
const LONGER: f64 = 0.3;

/// How a search ended.
#[derive(Debug)]
pub enum End {
    /// With a solution that has a proven gap: one for each part, whose status, objective and quality are those of the whole; and with a
    /// point that others may start from, if one was to be kept.
    Solutions(Vec<Solution>, Option<Iterate>),
    /// Stopped by time or the user.
    Stopped(Status),
    /// It came no closer: there may be no solution.
    Nowhere,
}

/// Where a search starts, and whether it leaves a point for others to start from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Warm<'a> {
    /// Points of programs like this one, with their weights; none for a start from nothing.
    pub from: &'a [(&'a Iterate, f64)],
    /// Whether a point is kept.
    pub keeps: bool,
}

/// Solves a program until the gap is proven, and a little further. Each of its parts is looked at twice, once to take it apart and
/// once to put the solution together.
///
/// # Errors
/// A number that no solver takes, or threads that can not be had.
pub fn solve(
    parts: &dyn Parts,
    warm: Warm,
    options: &SolveOptions,
    observer: &dyn Observer,
) -> Result<End, SolveError> {
    let started = Instant::now();
    let Some(mut blocks) = Blocks::new(parts).map_err(SolveError::Misfit)? else { return Ok(End::Nowhere) };
    let scales = scaling::scale(&mut blocks);
    let pool = super::pool(options)?;
    let search = |from: &[(&Iterate, f64)]| {
        let mut states = start::states(&blocks);
        let scaled = Scaled { blocks: &blocks, scales: &scales };
        let is_warm = warm::start_from(from, scaled, &mut states);
        states.iter_mut().zip(&blocks.blocks).for_each(|(state, block)| state.get_ready(block));
        let keeps = warm.keeps.then_some(scaled);
        let columns = states.iter().map(|state| state.now.x.len()).sum();
        let search = Search { system: System::new(&blocks), states, columns, held: 0, keeps, kept: None };
        // Only the search itself runs in other threads: an allocator gives memory that one thread frees to others late or never.
        (pool.install(|| search.run(started, options, observer)), is_warm)
    };
    let (found, is_warm) = search(warm.from);
    // A start that leads nowhere says nothing of the program.
    let found = if is_warm && matches!(found, Found::Nothing) { search(&[]).0 } else { found };
    let (values, status, iterate) = match found {
        Found::Point(values, status, iterate) => (values, status, iterate),
        Found::Stopped(status) => return Ok(End::Stopped(status)),
        Found::Nothing => return Ok(End::Nowhere),
    };
    // What the search needed is gone before parts are built again.
    let layout = std::mem::take(&mut blocks.layout);
    drop(blocks);
    let recovery = Recovery { layout: &layout, scales: &scales, values };
    Ok(recovery.solutions(parts, status).map_or(End::Nowhere, |solutions| End::Solutions(solutions, iterate)))
}

impl Measure {
    fn bounds(&self) -> Bounds {
        Bounds { lower: self.dual, upper: self.primal }
    }

    /// Whether rows and reduced costs hold, for whoever wants a gap.
    fn is_feasible(&self, wanted: f64) -> bool {
        self.rows <= FEASIBLE && self.costs <= PRICED.max(PRICED_OF_GAP * wanted)
    }

    /// Whether a step that only takes residuals away has something to do.
    fn is_rough(&self) -> bool {
        self.rows > FEASIBLE || self.costs > PRICED
    }

    /// The gap, for whoever wants one.
    fn gap(&self, wanted: f64) -> f64 {
        if self.is_feasible(wanted) { self.bounds().gap().abs() } else { f64::INFINITY }
    }
}

/// The least that anything was short of so far.
#[derive(Clone, Copy, Debug)]
struct Nearest {
    rows: f64,
    costs: f64,
    gap: f64,
}

impl Nearest {
    /// Nothing is known.
    const NEVER: Self = Self { rows: f64::INFINITY, costs: f64::INFINITY, gap: f64::INFINITY };

    /// Whether anything is shorter than it has been, by a part that matters; the least of each is kept then.
    fn comes_closer(&mut self, other: &Measure, wanted: f64) -> bool {
        let gap = other.gap(wanted);
        let is_less = |new: f64, old: f64| new < PROGRESS * old;
        let closer = is_less(other.rows, self.rows) || is_less(other.costs, self.costs) || is_less(gap, self.gap);
        if closer {
            *self =
                Self { rows: self.rows.min(other.rows), costs: self.costs.min(other.costs), gap: self.gap.min(gap) };
        }
        closer
    }
}

/// What a search found.
enum Found {
    Point(Vec<Values>, Status, Option<Iterate>),
    Stopped(Status),
    Nothing,
}

struct Search<'a> {
    system: System<'a>,
    states: Vec<State>,
    /// Number of all columns.
    columns: usize,
    /// Columns that steps may leave behind, of values and of duals each.
    held: u32,
    /// What a point is kept of, if one is.
    keeps: Option<Scaled<'a>>,
    kept: Option<Iterate>,
}

impl Search<'_> {
    fn run(mut self, started: Instant, options: &SolveOptions, observer: &dyn Observer) -> Found {
        let (mut nearest, mut since, mut leads_on, mut is_mended) = (Nearest::NEVER, 0, true, false);
        // The best point with the gap that is asked for.
        let mut good: Option<(f64, Vec<Values>)> = None;
        let mut until = MOST;
        for iteration in 0.. {
            let measure = self.system.measure(&mut self.states);
            let seconds = started.elapsed().as_secs_f64();
            let known = measure.is_feasible(options.gap).then(|| measure.bounds());
            observer.progress(Progress { iterations: iteration, seconds, bounds: known });
            if observer.is_interrupted() {
                return Found::Stopped(Status::Interrupted);
            }
            // Where residuals are all that is between the first point with the gap and its gap, they are taken away.
            let has_gap = good.is_none() && measure.bounds().gap().abs() <= options.gap;
            is_mended = !is_mended && has_gap && measure.is_rough();
            if is_mended && self.mend() {
                continue;
            }
            self.held = self.may_leave(measure.bounds().gap().abs(), options.gap);
            let gap = measure.gap(options.gap);
            let is_central = measure.bounds().gap() <= warm::CENTRAL;
            if let Some(scaled) = self.keeps.filter(|_| is_central && self.kept.is_none()) {
                self.kept = Some(Iterate::new(&self.states, scaled));
            }
            let is_sharp = gap <= options.gap * if options.gap < LOOSE { options.sharp } else { 1.0 };
            let known = good.as_ref().map_or(options.gap, |&(known, _)| known);
            let is_best = gap <= known;
            if is_best && good.is_none() {
                until = until.min(iteration + LEAST_SHARPENING.max((SHARPENING * iteration as f64) as u64));
            }
            since += 1;
            if nearest.comes_closer(&measure, options.gap) {
                since = 0;
            }
            let is_late = options.time_limit.is_some_and(|limit| seconds >= limit);
            let patience = if good.is_some() { GOOD_ENOUGH } else { PATIENCE };
            let is_over = is_late || !leads_on || since > patience || iteration >= until;
            if (is_over || is_sharp) && self.is_worth_ending_at(measure, known, options.gap) {
                return Found::Point(self.take_values(), Status::Optimal, self.kept);
            }
            if is_best {
                good = Some((gap, self.values()));
            }
            match good.take_if(|_| is_over) {
                Some((_, values)) => return Found::Point(values, Status::Optimal, self.kept),
                None if good.is_some() => {}
                None if is_late && measure.is_feasible(options.gap) => {
                    return Found::Point(self.take_values(), Status::Feasible, None);
                }
                None if is_late => return Found::Stopped(Status::Limit),
                None if is_over => return Found::Nothing,
                None => {}
            }
            leads_on = self.step();
        }
        Found::Nothing
    }

    /// Where all blocks are.
    fn values(&self) -> Vec<Values> {
        self.states.iter().map(|state| state.now.clone()).collect()
    }

    /// Where all blocks are, for good.
    fn take_values(&mut self) -> Vec<Values> {
        self.states.iter_mut().map(|state| std::mem::take(&mut state.now)).collect()
    }

    /// How many columns steps may leave behind at a gap, for whoever wants one. A gap means little before rows hold, but it tells how far
    /// there is to go.
    fn may_leave(&self, gap: f64, wanted: f64) -> u32 {
        let is_far = gap >= NONE_BELOW.max(NONE_BELOW_TIMES * wanted);
        if is_far { (1e-3 * LEFT_BEHIND * self.columns as f64 * gap.min(1.0).powf(FEWER)) as u32 } else { 0 }
    }

    /// What is left of a value or a dual that a step leaves behind: as much as of the last one that it does not.
    fn least(&self) -> f64 {
        if self.held > 0 { 1.0 - STEP } else { 0.0 }
    }

    /// Mean of the products after a step, by their weights.
    fn mean_product(&self, lengths: Lengths) -> f64 {
        let least = self.least();
        let parts: Vec<(f64, f64)> = self.states.par_iter().map(|state| state.products(lengths, least)).collect();
        let (sum, weights) = parts.into_iter().fold((0.0, 0.0), |all, part| (all.0 + part.0, all.1 + part.1));
        sum / weights.max(f64::MIN_POSITIVE)
    }

    /// Whether the point has no more than a gap, once residuals are taken away from it; if that made it worse, without.
    fn is_worth_ending_at(&mut self, measure: Measure, known: f64, wanted: f64) -> bool {
        let is_near = measure.bounds().gap().abs() <= known;
        if !is_near || !measure.is_rough() || !self.mend() {
            return measure.gap(wanted) <= known;
        }
        if self.system.measure(&mut self.states).gap(wanted) <= known {
            return true;
        }
        self.states.par_iter_mut().for_each(|state| state.go(Lengths::BACK, 0.0));
        measure.gap(wanted) <= known
    }

    /// Goes a step that leaves products as they are and takes residuals away, if it can go all of it. What rounding and the regular
    /// diagonal leave of a residual is in proportion to the step, and this one is short.
    fn mend(&mut self) -> bool {
        self.system.factor(&self.states);
        let lengths = self.system.solve(&mut self.states, Aim::AsTheyAre).lengths(0);
        let is_whole = lengths == Lengths::FULL;
        if is_whole {
            self.states.par_iter_mut().for_each(|state| state.go(lengths, 0.0));
        }
        is_whole
    }

    /// Goes a step: where prediction, its correction, and corrections of single products lead. It may lead nowhere.
    fn step(&mut self) -> bool {
        self.system.factor(&self.states);
        let mean = self.mean_product(Lengths::NONE);
        let predicted = self.system.solve(&mut self.states, Aim::Nothing).lengths(self.held);
        let share = (self.mean_product(predicted) / mean).powi(3).clamp(1e-6, 1.0);
        let target = share * mean;
        let mut lengths = self.system.solve(&mut self.states, Aim::Level(target)).lengths(self.held);
        for _ in 0..CORRECTIONS {
            if lengths.primal.min(lengths.dual) >= STEP {
                break;
            }
            let aim = Aim::Centred(target, lengths.map(|length| length + LONGER));
            let steps = self.system.steps(&self.states, aim);
            let corrected = self.system.attempt(&self.states, aim, &steps).lengths(self.held);
            let gain = |new: f64, old: f64| new >= old + 0.1 * LONGER;
            let loss = |new: f64, old: f64| new < STEP * old;
            let is_longer = gain(corrected.primal, lengths.primal) || gain(corrected.dual, lengths.dual);
            if !is_longer || loss(corrected.primal, lengths.primal) || loss(corrected.dual, lengths.dual) {
                break;
            }
            lengths = self.system.take(&mut self.states, aim, &steps).lengths(self.held);
        }
        let lengths = lengths.map(|length| if length >= 1.0 { 1.0 } else { STEP * length });
        // Beyond what the arithmetic can tell apart, a step is no number.
        let leads_on = self.mean_product(lengths) > 0.0;
        if leads_on {
            let least = self.least();
            self.states.par_iter_mut().for_each(|state| state.go(lengths, least));
        }
        leads_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::keys::RowKey;
    use crate::formulation::program::{Block, ColId, Program, Sense};
    use crate::model::{FleetId, Id as _, YearId};
    use crate::solve::Silent;
    use crate::solve::solution::empty;
    use crate::solve::testing::{BUDGET, two_years};

    fn ended(program: &Program) -> Option<Solution> {
        let options = SolveOptions { gap: 1e-9, threads: Some(1), ..SolveOptions::default() };
        match solve(program, Warm::default(), &options, &Silent) {
            Ok(End::Solutions(solutions, _)) => solutions.into_iter().next(),
            _ => None,
        }
    }

    /// Capacity for all of the demand: 3 · 5 + 2 · (2 · 5). With a budget, half of what both years may supply, for the least capacity:
    /// 3 · 3 + 2 · 6 + 10 · 4; one more of it would save 10 − 2 and cost half a unit of capacity.
    #[test]
    fn two_years_are_solved_as_by_hand() {
        for (budget, objective) in [(None, 35.0), (Some(BUDGET), 61.0)] {
            let solution = ended(&two_years(budget)).unwrap_or_else(|| empty(Status::Limit));
            assert_eq!(solution.status, Status::Optimal);
            assert!((solution.objective - objective).abs() < 1e-6, "{}", solution.objective);
            assert!(solution.quality.worst() < 1e-7, "{:?}", solution.quality);
            if budget.is_some() {
                assert!((solution.duals[4] - (1.5 - 8.0)).abs() < 1e-5, "{:?}", solution.duals);
            }
        }
    }

    /// Supply that must come and capacity that must not be: it says that it knows no more.
    #[test]
    fn what_has_no_solution_leads_nowhere() {
        let mut program = two_years(None);
        let key = |number| RowKey::Growth(FleetId::new(number), YearId::new(0));
        program.add_row(key(0), Block::Horizon, &[(ColId(0), 1.0)], Sense::Le, 1.0);
        assert!(ended(&program).is_some_and(|solution| (solution.objective - (3.0 + 4.0 + 80.0)).abs() < 1e-5));
        program.add_row(key(1), Block::Horizon, &[(ColId(1), 1.0)], Sense::Ge, 2.0);
        assert!(ended(&program).is_none());
    }
}
