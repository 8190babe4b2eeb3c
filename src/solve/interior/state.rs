//! Where a block is, and where it goes: values, steps, and the products of values and their duals that all steps aim to level.
//!
//! There are thousands of days: what follows from the numbers of a single column, such as quotients, is worked out where it is used, and
//! not kept.

use std::ops::Range;

use super::blocks::BlockData;
use super::columns::{Side, Wanted, after, products};
use super::sides::Sides;

/// Products this far from their target are moved towards it.
const NEAR: f64 = 0.1;

/// The most that products of a block aim at, as a multiple of what others do.
const MOST_LAG: f64 = 100.0;

/// The point at which a block is, and where it is going.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Where it is.
    pub now: Values,
    /// The step it takes.
    pub step: Step,
    /// Residuals.
    pub residual: Residual,
    /// What its products aim at, relative to those of other blocks.
    pub weight: f64,
    /// The same for the step it takes: more where it could not have gone far.
    pub lag: f64,
    /// How far it could have gone its last step, alone.
    pub alone: f64,
}

/// Values or their changes. `w` and `v` are those of columns with an upper bound, in their order; `z` is 0 where there is no lower one.
#[derive(Clone, Debug, Default)]
pub struct Values {
    /// Columns.
    pub x: Vec<f64>,
    /// Duals of lower bounds.
    pub z: Vec<f64>,
    /// What is left up to upper bounds.
    pub w: Vec<f64>,
    /// Duals of upper bounds.
    pub v: Vec<f64>,
    /// Duals of rows.
    pub y: Vec<f64>,
}

impl Values {
    /// Nothing, of a block.
    fn new(block: &BlockData) -> Self {
        let zeros = |size: usize| vec![0.0; size];
        let (columns, bounded) = (block.costs.len(), block.upper.len());
        Self { x: zeros(columns), z: zeros(columns), w: zeros(bounded), v: zeros(bounded), y: zeros(block.rhs.len()) }
    }
}

/// Changes of values, in single precision but for those of duals of rows, which many reduced costs depend on: what rounding leaves of them
/// is the next step's to take away, and steps become short before a search ends.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Of columns.
    pub x: Vec<f32>,
    /// Of duals of lower bounds.
    pub z: Vec<f32>,
    /// Of what is left up to upper bounds.
    pub w: Vec<f32>,
    /// Of duals of upper bounds.
    pub v: Vec<f32>,
    /// Of duals of rows.
    pub y: Vec<f64>,
}

impl Step {
    /// No step of a block.
    fn new(block: &BlockData) -> Self {
        let zeros = |size: usize| vec![0.0; size];
        let (columns, bounded) = (block.costs.len(), block.upper.len());
        let y = vec![0.0; block.rhs.len()];
        Self { x: zeros(columns), z: zeros(columns), w: zeros(bounded), v: zeros(bounded), y }
    }
}

/// What rows, upper bounds and reduced costs are short of. A step takes most of it away, and what is left is worked out anew:
/// single precision is enough.
#[derive(Clone, Debug, Default)]
pub struct Residual {
    /// Of rows.
    pub rows: Vec<f32>,
    /// Of upper bounds.
    pub upper: Vec<f32>,
    /// Of reduced costs.
    pub costs: Vec<f32>,
}

/// What a step wants products to be after it.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// Nothing: prediction.
    Nothing,
    /// What they are: a step that only takes residuals away.
    AsTheyAre,
    /// All alike.
    Level(f64),
    /// The same, after the products of the prediction, which is the step so far, have been taken off, or most of them.
    Corrected(f64),
    /// What the step so far wants, and those that would be far from a target after some lengths of it nearer to that (Gondzio, 1996,
    /// doi 10.1007/BF00249643).
    Centred(f64, Lengths),
}

impl Aim {
    /// Whether the step is one that takes residuals away, and leaves products where they are on the whole.
    pub fn settles(self) -> bool {
        matches!(self, Self::AsTheyAre | Self::Level(_))
    }
}

/// How far a step may go: primal and dual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lengths {
    /// Of columns.
    pub primal: f64,
    /// Of duals.
    pub dual: f64,
}

impl Lengths {
    /// No step.
    pub const NONE: Self = Self { primal: 0.0, dual: 0.0 };
    /// All of a step.
    pub const FULL: Self = Self { primal: 1.0, dual: 1.0 };

    /// All of the last step, back.
    pub const BACK: Self = Self { primal: -1.0, dual: -1.0 };

    /// Each changed in the same way, to at most a full step.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { primal: change(self.primal).min(1.0), dual: change(self.dual).min(1.0) }
    }
}

impl State {
    /// A state of a block, all values 0. Before it is measured or goes anywhere it has to [`State::get_ready`].
    pub fn new(block: &BlockData) -> Self {
        Self { now: Values::new(block), weight: 1.0, lag: 1.0, alone: 1.0, ..Self::default() }
    }

    /// Takes the memory for steps and residuals. All blocks do so after they have that for their values, which stay when the search
    /// ends: what it leaves is then in one piece.
    pub fn get_ready(&mut self, block: &BlockData) {
        let zeros = |size: usize| vec![0.0; size];
        let (rows, upper, costs) = (zeros(block.rhs.len()), zeros(block.upper.len()), zeros(block.costs.len()));
        self.step = Step::new(block);
        self.residual = Residual { rows, upper, costs };
    }

    /// What products of this block aim at where others aim at a target.
    fn aim(&self, target: f64) -> f64 {
        target * self.weight * self.lag
    }

    /// Aims at more than the target where a step that its prediction ends soon would leave products well above it, as the shares of
    /// Mehrotra would for this block alone.
    pub fn lag_behind(&mut self, sides: &Sides, target: f64) {
        let (sum, weights) = self.products(sides, Lengths::NONE, 0.0);
        let share = (1.0 - self.alone).powi(3);
        self.lag = (share * sum / (weights * target).max(f64::MIN_POSITIVE)).clamp(1.0, MOST_LAG);
    }

    /// What an aim wants products to change by.
    pub fn wanted(&self, aim: Aim) -> Wanted {
        let plain = |target, now| Wanted::Plain { target, now };
        match aim {
            Aim::Nothing => plain(0.0, 1.0),
            Aim::AsTheyAre => plain(0.0, 0.0),
            Aim::Level(target) => plain(self.aim(target), 1.0),
            Aim::Corrected(target) => Wanted::Corrected(self.aim(target)),
            Aim::Centred(target, lengths) => {
                let target = self.aim(target);
                Wanted::Centred(NEAR * target, target / NEAR, lengths)
            }
        }
    }

    /// Columns with a lower bound.
    pub fn lower(&self, columns: Range<usize>) -> Side<'_> {
        let Self { now, step, .. } = self;
        let (values, duals) = (&now.x[columns.clone()], &now.z[columns.clone()]);
        Side { values, duals, steps: &step.x[columns.clone()], dual_steps: &step.z[columns] }
    }

    /// Slots of columns with an upper bound.
    pub fn upper(&self, slots: Range<usize>) -> Side<'_> {
        let Self { now, step, .. } = self;
        let (values, duals) = (&now.w[slots.clone()], &now.v[slots.clone()]);
        Side { values, duals, steps: &step.w[slots.clone()], dual_steps: &step.v[slots] }
    }

    /// Sum of the products of values and their duals after a step that leaves at least a part of each, and of their weights.
    pub fn products(&self, sides: &Sides, lengths: Lengths, least: f64) -> (f64, f64) {
        let (below, slots) = (sides.below(), self.now.w.len());
        let count = below.iter().map(Range::len).sum::<usize>() + slots;
        let lower: f64 = below.into_iter().map(|columns| products(self.lower(columns), lengths, least)).sum();
        (lower + products(self.upper(0..slots), lengths, least), self.weight * count as f64)
    }

    /// Takes a step, of which at least a part of each value and of each dual that has a bound is left.
    pub fn go(&mut self, lengths: Lengths, least: f64) {
        let Self { now, step, .. } = self;
        for ((x, &dx), &z) in now.x.iter_mut().zip(&step.x).zip(&now.z) {
            let dx = f64::from(dx);
            // A column without a lower bound has no dual of one, and may become anything.
            *x = if z > 0.0 { after(*x, dx, lengths.primal, least) } else { *x + lengths.primal * dx };
        }
        go_on(&mut now.w, &step.w, lengths.primal, least);
        go_on(&mut now.z, &step.z, lengths.dual, least);
        go_on(&mut now.v, &step.v, lengths.dual, least);
        for (y, dy) in now.y.iter_mut().zip(&step.y) {
            *y += lengths.dual * dy;
        }
    }
}

/// Takes so much of steps of many values, of each of which at least a part is left.
fn go_on(values: &mut [f64], steps: &[f32], length: f64, least: f64) {
    for (value, &step) in values.iter_mut().zip(steps) {
        *value = after(*value, step.into(), length, least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::interior::sides::Counts;

    /// Two columns with products of 8, whose block could go half of its step alone: it keeps an eighth of them.
    fn state(alone: f64) -> State {
        let (x, z) = (vec![2.0, 4.0], vec![4.0, 2.0]);
        let step = Step { x: vec![0.0; 2], z: vec![0.0; 2], ..Step::default() };
        State { now: Values { x, z, ..Values::default() }, step, weight: 1.0, alone, ..State::default() }
    }

    #[test]
    fn a_block_that_can_not_follow_aims_higher() {
        for (alone, target, lag) in [(0.5, 0.25, 4.0), (0.5, 2.0, 1.0), (1.0, 0.25, 1.0), (0.0, 1e-3, MOST_LAG)] {
            let mut state = state(alone);
            let loose = Counts::of([(0.0, f64::INFINITY); 2].into_iter());
            let sides = Sides { loose, ..Sides::default() };
            state.lag_behind(&sides, target);
            assert!((state.lag - lag).abs() < 1e-12, "{alone} {target}: {}", state.lag);
        }
    }
}
