//! Where a block is, and where it goes: values, steps, and the products of values and their duals that all steps aim to level.
//!
//! There are thousands of days: what follows from the numbers of a single column, such as quotients, is worked out where it is used, and
//! not kept.

use super::blocks::BlockData;

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
    /// Duals of rows and values of kept columns, those of the border after them.
    pub unknowns: Vec<f64>,
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

/// Changes of values. Those of bounds' duals are in single precision: what rounding leaves of them is the next step's to take away, and
/// less than reduced costs have to hold to.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Of columns.
    pub x: Vec<f64>,
    /// Of duals of lower bounds.
    pub z: Vec<f32>,
    /// Of what is left up to upper bounds.
    pub w: Vec<f64>,
    /// Of duals of upper bounds.
    pub v: Vec<f32>,
    /// Of duals of rows.
    pub y: Vec<f64>,
}

impl Step {
    /// No step of a block.
    fn new(block: &BlockData) -> Self {
        let Values { x, w, y, .. } = Values::new(block);
        Self { z: vec![0.0; x.len()], v: vec![0.0; w.len()], x, w, y }
    }
}

/// Quotients of a column that all steps from a point use.
#[derive(Clone, Copy, Debug, Default)]
pub struct Parts {
    /// `Θ`.
    pub theta: f64,
    /// `v / w`.
    pub q: f64,
    /// `1 / x`, 0 where there is no lower bound.
    pub per_x: f64,
    /// `1 / w`, 0 where there is no upper bound.
    pub per_w: f64,
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
    /// The same, after the products of the prediction, which is the step so far, have been taken off.
    Corrected(f64),
    /// What the step so far wants, and those that would be far from a target after some lengths of it nearer to that (Gondzio, 1996,
    /// doi 10.1007/BF00249643).
    Centred(f64, Lengths),
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
        self.unknowns = Vec::with_capacity(block.unknowns());
    }

    /// Quotients of a column.
    #[inline]
    pub fn parts(&self, block: &BlockData, column: usize) -> Parts {
        let now = &self.now;
        let per_x = if block.has_lower(column) { 1.0 / now.x[column] } else { 0.0 };
        let per_w = |slot: usize| if now.w[slot] > 0.0 { 1.0 / now.w[slot] } else { 0.0 };
        let (per_w, q) = block.slot(column).map_or((0.0, 0.0), |slot| (per_w(slot), now.v[slot] * per_w(slot)));
        let theta = 1.0 / (now.z[column] * per_x + q + f64::MIN_POSITIVE);
        Parts { theta, q, per_x, per_w }
    }

    /// What products of this block aim at where others aim at a target.
    fn aim(&self, target: f64) -> f64 {
        target * self.weight * self.lag
    }

    /// Aims at more than the target where a step that its prediction ends soon would leave products well above it, as the shares of
    /// Mehrotra would for this block alone.
    pub fn lag_behind(&mut self, target: f64) {
        let (sum, weights) = self.products(Lengths::NONE, 0.0);
        let share = (1.0 - self.alone).powi(3);
        self.lag = (share * sum / (weights * target).max(f64::MIN_POSITIVE)).clamp(1.0, MOST_LAG);
    }

    /// Right sides of a column's products with its lower and with its upper bound.
    #[inline]
    pub fn products_wanted(&self, column: usize, slot: Option<usize>, aim: Aim) -> (f64, f64) {
        let (now, step) = (&self.now, &self.step);
        let (x, z, dx, dz) = (now.x[column], now.z[column], step.x[column], f64::from(step.z[column]));
        let above = |slot: usize| (now.w[slot], now.v[slot], step.w[slot], f64::from(step.v[slot]));
        let (w, v, dw, dv) = slot.map_or((0.0, 0.0, 0.0, 0.0), above);
        match aim {
            Aim::Nothing => (-x * z, -w * v),
            Aim::AsTheyAre => (0.0, 0.0),
            Aim::Level(target) => {
                let target = self.aim(target);
                (target - x * z, target - w * v)
            }
            Aim::Corrected(target) => {
                let target = self.aim(target);
                (target - x * z - dx * dz, target - w * v - dw * dv)
            }
            Aim::Centred(target, Lengths { primal, dual }) => {
                let target = self.aim(target);
                let (least, most) = (NEAR * target, target / NEAR);
                let change = |product: f64| {
                    if product < least { least - product } else { (most - product).clamp(-most, 0.0) }
                };
                let lower = if z > 0.0 { change((x + primal * dx) * (z + dual * dz)) } else { 0.0 };
                let upper = if w > 0.0 { change((w + primal * dw) * (v + dual * dv)) } else { 0.0 };
                (z * dx + x * dz + lower, v * dw + w * dv + upper)
            }
        }
    }

    /// Sum of the products of values and their duals after a step that leaves at least a part of each, and of their weights.
    pub fn products(&self, lengths: Lengths, least: f64) -> (f64, f64) {
        let (now, step) = (&self.now, &self.step);
        let product = |values: (f64, f64), duals: (f64, f32)| {
            after(values.0, values.1, lengths.primal, least) * after(duals.0, duals.1.into(), lengths.dual, least)
        };
        let (mut sum, mut count) = (0.0, 0.0);
        for column in (0..now.x.len()).filter(|&column| now.z[column] > 0.0) {
            sum += product((now.x[column], step.x[column]), (now.z[column], step.z[column]));
            count += 1.0;
        }
        for slot in (0..now.w.len()).filter(|&slot| now.w[slot] > 0.0) {
            sum += product((now.w[slot], step.w[slot]), (now.v[slot], step.v[slot]));
            count += 1.0;
        }
        (sum, self.weight * count)
    }

    /// Takes a step, of which at least a part of each value and of each dual that has a bound is left.
    pub fn go(&mut self, lengths: Lengths, least: f64) {
        let Self { now, step, .. } = self;
        for ((x, &dx), &z) in now.x.iter_mut().zip(&step.x).zip(&now.z) {
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

/// A value after so much of a step, of which at least a part is left.
fn after(value: f64, step: f64, length: f64, least: f64) -> f64 {
    (value + length * step).max(least * value)
}

/// The same for many.
fn go_on<T: Copy + Into<f64>>(values: &mut [f64], steps: &[T], length: f64, least: f64) {
    for (value, &step) in values.iter_mut().zip(steps) {
        *value = after(*value, step.into(), length, least);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            state.lag_behind(target);
            assert!((state.lag - lag).abs() < 1e-12, "{alone} {target}: {}", state.lag);
        }
    }
}
