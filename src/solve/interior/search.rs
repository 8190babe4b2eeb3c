//! The search: from point to point until there is a gap, and a little further.
//!
//! Where the costs of the point and of its prices are apart by no more than the gap that is asked for, but rows and reduced costs do not hold
//! yet, because some columns were left behind, it settles: steps keep products as they are on the whole and take residuals away.

use std::time::Instant;

use super::blocks::Blocks;
use super::factor::Precision;
use super::nearest::Nearest;
use super::reach::Behind;
use super::state::{State, Values};
use super::steps::Measure;
use super::walk::Walk;
use super::warm::{self, Iterate, Scaled};
use crate::solve::solution::Status;
use crate::solve::{Bounds, Observer, Progress, SolveOptions};

/// Iterations that this may take, as a part of those before, and in any case.
const SHARPENING: f64 = 0.1;
const LEAST_SHARPENING: u64 = 5;

/// Length of a step that makes nothing sharper.
const SHORT: f64 = 0.3;

/// Gap from which on whoever asks for it wants the first point that has it, and for which single precision is enough for eliminations.
const LOOSE: f64 = 1e-3;

/// Iterations after which there is nothing more to be had.
const MOST: u64 = 300;

/// Iterations in which something has to become less.
const PATIENCE: usize = 25;

/// The same once the gap that was asked for is reached, or but for the last residuals.
const GOOD_ENOUGH: usize = 5;

/// Part of the columns that steps may leave behind while costs are far apart; how near that no longer is; and the power with which they
/// become fewer from there on.
const LEFT_BEHIND: f64 = 1e-3;
const NEAR: f64 = 0.1;
const FEWER: f64 = 0.3;

/// How much more than all residuals a step may leave behind that does not settle.
const ON_THE_WAY: f64 = 3.0;

/// How many times the cost of the point its prices say that a solution costs at least, before there is taken to be none: prices of what can not
/// be had grow without end. On the way to a solution they hardly ever say more than the point costs.
const HOPELESS: f64 = 10.0;

/// What rows are short of as long as that may be said.
const BROKEN: f64 = 1e-2;

/// Gap at which a search settles first where less is asked for, and part of it at which it does next: residuals that a narrow gap would
/// have to be freed from at once are lost in the numbers by then.
const FIRST: f64 = 1e-4;
const THEN: f64 = 0.1;

/// Part of the gap that is asked for at which the point settles, so that it still has that gap afterwards.
const SETTLES: f64 = 0.9;

/// What a search found.
pub enum Found {
    /// A point, what it is, and a point that others may start from.
    Point(Vec<Values>, Status, Option<Iterate>),
    /// Nothing before time, memory or the user stopped it.
    Stopped(Status),
    /// It came no closer.
    Nothing,
    /// Its prices say that there is no solution.
    Hopeless,
}

/// A search from a point.
pub struct Search<'a> {
    walk: Walk<'a>,
    /// What a point is kept of, if one is.
    keeps: Option<Scaled<'a>>,
    kept: Option<Iterate>,
    /// The least residuals so far.
    least: Residuals,
}

/// The least sums of residuals so far, by the root of how far costs were apart.
#[derive(Clone, Copy, Debug)]
struct Residuals {
    rows: f64,
    costs: f64,
}

impl Residuals {
    /// With those of a point.
    fn with(self, measure: &Measure, root: f64) -> Self {
        let root = root.max(f64::MIN_POSITIVE);
        Self { rows: self.rows.min(measure.all_rows / root), costs: self.costs.min(measure.all_costs / root) }
    }
}

impl<'a> Search<'a> {
    /// A search from the states of all blocks for a gap, which keeps a point if it is told of what.
    pub fn new(of: &'a Blocks, states: Vec<State>, gap: f64, keeps: Option<Scaled<'a>>) -> Self {
        let least = Residuals { rows: f64::INFINITY, costs: f64::INFINITY };
        let precision = if gap < LOOSE { Precision::Double } else { Precision::Single };
        Self { walk: Walk::new(of, states, precision), keeps, kept: None, least }
    }

    /// Goes on until the gap is proven, and a little further, or nothing comes closer.
    pub fn run(mut self, started: Instant, options: &SolveOptions, observer: &dyn Observer) -> Found {
        let (mut nearest, mut since, mut length) = (Nearest::NEVER, 0, 1.0);
        // Leaving columns behind is given up where it leads nowhere.
        let mut leaves = true;
        // The best point with the gap that is asked for, and before there is one, the one that is least short of it.
        let mut good: Option<(f64, Vec<Values>)> = None;
        let mut nearly: Option<(f64, Vec<Values>)> = None;
        let mut until = MOST;
        // The gap at which it settles next.
        let mut next = options.gap.max(FIRST);
        for iteration in 0.. {
            let measure = self.walk.measure();
            let seconds = started.elapsed().as_secs_f64();
            let bounds = measure.is_feasible(options.gap).then(|| measure.bounds());
            observer.progress(Progress { iterations: iteration, seconds, bounds });
            if observer.is_interrupted() {
                return Found::Stopped(Status::Interrupted);
            }
            let gap = measure.gap(options.gap);
            self.keep(&measure);
            let is_sharp = gap <= options.gap * if options.gap < LOOSE { options.sharp } else { 1.0 };
            let known = good.as_ref().map_or(options.gap, |&(known, _)| known);
            let is_best = gap <= known;
            if is_best && good.is_none() {
                until = until.min(iteration + LEAST_SHARPENING.max((SHARPENING * iteration as f64) as u64));
                leaves = false;
            }
            since += 1;
            if nearest.comes_closer(&measure, options.gap, leaves) {
                since = 0;
            }
            let is_hopeless = measure.rows > BROKEN && measure.dual > HOPELESS * measure.primal.abs().max(1.0);
            let is_lost = !measure.rows.is_finite();
            if is_lost || is_hopeless && !options.patient {
                let nothing = if is_lost { Found::Nothing } else { Found::Hopeless };
                return self.ended(good.or(nearly), nothing);
            }
            let short = measure.rows.max(measure.costs);
            let is_tolerable = measure.apart() <= options.gap && measure.is_tolerable(options.gap);
            if is_tolerable && !is_best && good.is_none() && nearly.as_ref().is_none_or(|&(known, _)| short < known) {
                nearly = Some((short, self.walk.values()));
            }
            let has_one = good.is_some() || nearly.is_some();
            let patience = if has_one { GOOD_ENOUGH } else { PATIENCE };
            let shortest = if good.is_some() { SHORT } else { 0.0 };
            // Of a whole step that took next to nothing away the next one would be the same.
            let is_idle = has_one && length >= 1.0 && since > 0;
            let mut is_stuck = length <= shortest || since > patience || is_idle;
            if is_stuck && !has_one && std::mem::take(&mut leaves) {
                (is_stuck, since) = (false, 0);
            }
            let is_late = options.is_spent(seconds);
            let is_over = is_late || iteration >= until || is_stuck;
            if (is_over || is_sharp)
                && let Some(bounds) = self.end_at(measure, known, options.gap)
            {
                observer.progress(Progress { iterations: iteration, seconds, bounds: Some(bounds) });
                return Found::Point(self.walk.take_values(), Status::Optimal, self.kept);
            }
            if is_best {
                (good, nearly) = (Some((gap, self.walk.values())), None);
            }
            if is_late && good.is_none() {
                return if measure.is_feasible(options.gap) {
                    Found::Point(self.walk.take_values(), Status::Feasible, None)
                } else {
                    Found::Stopped(Status::Limit)
                };
            }
            if is_over {
                return self.ended(good.or(nearly), Found::Nothing);
            }
            while next > options.gap && measure.apart() <= next && measure.is_tolerable(options.gap) {
                next = (THEN * next).max(options.gap);
            }
            let is_near = good.is_none() && measure.apart() <= SETTLES * next;
            let times = if is_near { 1.0 } else { ON_THE_WAY };
            let behind = if leaves { self.may_leave(&measure, times) } else { Behind::NONE };
            length = if is_near { self.walk.settle(behind) } else { self.walk.step(behind) };
        }
        Found::Nothing
    }

    /// Ends with a point, if one is known, or with nothing.
    fn ended(self, known: Option<(f64, Vec<Values>)>, nothing: Found) -> Found {
        known.map_or(nothing, |(_, values)| Found::Point(values, Status::Optimal, self.kept))
    }

    /// Keeps the first point that is near enough to the solution for others to start from, if one is to be kept.
    fn keep(&mut self, measure: &Measure) {
        let is_central = measure.bounds().gap() <= warm::CENTRAL;
        if let Some(scaled) = self.keeps.filter(|_| is_central && self.kept.is_none()) {
            self.kept = Some(Iterate::new(&self.walk.states, scaled));
        }
    }

    /// What a step from a point may leave behind: a few columns, and some times as much as there are residuals, or as there were at the
    /// least: residuals could grow with what they allow to be left.
    fn may_leave(&mut self, measure: &Measure, times: f64) -> Behind {
        let root = measure.apart().min(NEAR).sqrt();
        self.least = self.least.with(measure, root);
        let part = LEFT_BEHIND * (measure.apart() / NEAR).min(1.0).powf(FEWER);
        let count = (part * self.walk.columns as f64) as u32;
        let amount = |now: f64, least: f64| (times * now).min(ON_THE_WAY * least * root);
        let Residuals { rows, costs } = self.least;
        Behind { count, primal: amount(measure.all_rows, rows), dual: amount(measure.all_costs, costs) }
    }

    /// Takes residuals away from the point, unless that makes it worse; its costs, if it has no more than a gap then.
    fn end_at(&mut self, measure: Measure, known: f64, wanted: f64) -> Option<Bounds> {
        let bounds = |measure: Measure| (measure.gap(wanted) <= known).then(|| measure.bounds());
        if measure.apart() > known || !measure.is_rough() || !self.walk.mend() {
            return bounds(measure);
        }
        let mended = bounds(self.walk.measure());
        if mended.is_none() {
            self.walk.go_back();
        }
        mended.or_else(|| bounds(measure))
    }
}
