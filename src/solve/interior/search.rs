//! The search: steps from point to point, how long they are, and when they end.

use std::time::Instant;

use rayon::prelude::*;

use super::blocks::Blocks;
use super::state::{Aim, Lengths, State, Values};
use super::steps::Measure;
use super::system::System;
use super::warm::{self, Iterate, Scaled};
use crate::solve::solution::Status;
use crate::solve::{Bounds, Observer, Progress, SolveOptions};

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

/// Part of the columns that steps may leave behind at the start; and the power of the gap, up to 1, with which they become fewer.
const LEFT_BEHIND: f64 = 1e-3;
const FEWER: f64 = 0.5;

/// Gap, and multiple of the gap that is asked for, below which none is left behind.
const NONE_BELOW: f64 = 1e-3;
const NONE_BELOW_TIMES: f64 = 10.0;

/// Corrections that are tried for a step, and how much longer each should make it.
const CORRECTIONS: usize = 2;
const LONGER: f64 = 0.3;

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

    /// How far the costs of the point and of its prices are apart, which is a gap only where rows and reduced costs hold.
    fn apart(&self) -> f64 {
        self.bounds().gap().abs()
    }

    /// The gap, for whoever wants one.
    fn gap(&self, wanted: f64) -> f64 {
        if self.is_feasible(wanted) { self.apart() } else { f64::INFINITY }
    }
}

/// The least that anything was short of so far.
#[derive(Clone, Copy, Debug)]
struct Nearest {
    rows: f64,
    costs: f64,
    gap: f64,
    apart: f64,
}

impl Nearest {
    /// Nothing is known.
    const NEVER: Self = Self { rows: f64::INFINITY, costs: f64::INFINITY, gap: f64::INFINITY, apart: f64::INFINITY };

    /// Whether anything is shorter than it has been, by a part that matters; the least of each is kept then. While columns are left behind,
    /// what rows are short of tells nothing, and costs that are less far apart count too.
    fn comes_closer(&mut self, other: &Measure, wanted: f64, leaves: bool) -> bool {
        let apart = if leaves { other.apart() } else { f64::INFINITY };
        let new = Self { rows: other.rows, costs: other.costs, gap: other.gap(wanted), apart };
        let pairs = [(new.rows, self.rows), (new.costs, self.costs), (new.gap, self.gap), (new.apart, self.apart)];
        let closer = pairs.iter().any(|&(new, old)| new < PROGRESS * old);
        if closer {
            let [rows, costs, gap, apart] = pairs.map(|(new, old)| new.min(old));
            *self = Self { rows, costs, gap, apart };
        }
        closer
    }
}

/// What a search found.
pub enum Found {
    /// A point, what it is, and a point that others may start from.
    Point(Vec<Values>, Status, Option<Iterate>),
    /// Nothing before time or the user stopped it.
    Stopped(Status),
    /// It came no closer.
    Nothing,
}

/// A search from a point.
pub struct Search<'a> {
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

impl<'a> Search<'a> {
    /// A search from the states of all blocks, which keeps a point if it is told of what.
    pub fn new(of: &'a Blocks, states: Vec<State>, keeps: Option<Scaled<'a>>) -> Self {
        let columns = states.iter().map(|state| state.now.x.len()).sum();
        Self { system: System::new(of), states, columns, held: 0, keeps, kept: None }
    }

    /// Goes on until the gap is proven, and a little further, or nothing comes closer.
    pub fn run(mut self, started: Instant, options: &SolveOptions, observer: &dyn Observer) -> Found {
        let (mut nearest, mut since, mut leads_on, mut is_mended) = (Nearest::NEVER, 0, true, false);
        // The best point with the gap that is asked for.
        let mut good: Option<(f64, Vec<Values>)> = None;
        let mut until = MOST;
        for iteration in 0.. {
            let measure = self.system.measure(&mut self.states);
            let seconds = started.elapsed().as_secs_f64();
            let bounds = measure.is_feasible(options.gap).then(|| measure.bounds());
            observer.progress(Progress { iterations: iteration, seconds, bounds });
            if observer.is_interrupted() {
                return Found::Stopped(Status::Interrupted);
            }
            // Where residuals are all that is between the first point with the gap and its gap, they are taken away.
            let has_gap = good.is_none() && measure.apart() <= options.gap;
            is_mended = !is_mended && has_gap && measure.is_rough();
            if is_mended && self.mend() {
                continue;
            }
            self.held = self.may_leave(measure.apart(), options.gap);
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
            if nearest.comes_closer(&measure, options.gap, self.held > 0) {
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

    /// How many columns steps may leave behind where costs are so far apart, for whoever wants a gap.
    fn may_leave(&self, apart: f64, wanted: f64) -> u32 {
        let is_far = apart >= NONE_BELOW.max(NONE_BELOW_TIMES * wanted);
        if is_far { (LEFT_BEHIND * self.columns as f64 * apart.min(1.0).powf(FEWER)) as u32 } else { 0 }
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
        if measure.apart() > known || !measure.is_rough() || !self.mend() {
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
