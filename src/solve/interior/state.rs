//! Where a block is, and where it goes: values, steps, and the products of values and their duals that all steps aim to level.

use super::blocks::BlockData;

/// Products this far from their target are moved towards it.
const NEAR: f64 = 0.1;

/// The point at which a block is, and where it is going.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Where it is.
    pub now: Values,
    /// The step it takes.
    pub step: Values,
    /// Residuals.
    pub residual: Residual,
    /// Right sides of the products with lower bounds.
    pub cx: Vec<f64>,
    /// Of those with upper bounds.
    pub cw: Vec<f64>,
    /// What a step is made of, of every column.
    pub parts: Vec<Parts>,
    /// What its products aim at, relative to those of other blocks.
    pub weight: f64,
}

/// Values or their changes. `w` and `v` are 0 where there is no upper bound, `z` where no lower one.
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
        let columns = || vec![0.0; block.costs.len()];
        Self { x: columns(), z: columns(), w: columns(), v: columns(), y: vec![0.0; block.rhs.len()] }
    }
}

/// Quotients that all steps from a point use, and what they aim at.
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
    /// `t`.
    pub target: f64,
}

/// What rows, upper bounds and reduced costs are short of.
#[derive(Clone, Debug, Default)]
pub struct Residual {
    /// Of rows.
    pub rows: Vec<f64>,
    /// Of upper bounds.
    pub upper: Vec<f64>,
    /// Of reduced costs.
    pub costs: Vec<f64>,
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

    /// The shorter of each.
    pub fn min(self, other: Self) -> Self {
        Self { primal: self.primal.min(other.primal), dual: self.dual.min(other.dual) }
    }

    /// Each changed in the same way, to at most a full step.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        Self { primal: change(self.primal).min(1.0), dual: change(self.dual).min(1.0) }
    }
}

impl State {
    /// A state of a block, all values 0.
    pub fn new(block: &BlockData) -> Self {
        let columns = || vec![0.0; block.costs.len()];
        Self {
            now: Values::new(block),
            step: Values::new(block),
            residual: Residual { rows: vec![0.0; block.rhs.len()], upper: columns(), costs: columns() },
            cx: columns(),
            cw: columns(),
            parts: vec![Parts::default(); block.costs.len()],
            weight: 1.0,
        }
    }

    /// Prepares for the steps from this point.
    pub fn prepare(&mut self, block: &BlockData) {
        for column in 0..self.now.x.len() {
            let per_x = if block.has_lower(column) { 1.0 / self.now.x[column] } else { 0.0 };
            let per_w = if self.now.w[column] > 0.0 { 1.0 / self.now.w[column] } else { 0.0 };
            let q = self.now.v[column] * per_w;
            let theta = 1.0 / (self.now.z[column] * per_x + q + f64::MIN_POSITIVE);
            self.parts[column] = Parts { theta, q, per_x, per_w, target: 0.0 };
        }
    }

    /// Calls `visit` for every product of a value and its dual after a step of some lengths.
    fn each_product(&self, lengths: Lengths, mut visit: impl FnMut(f64)) {
        let Lengths { primal, dual } = lengths;
        for column in 0..self.now.x.len() {
            if self.now.z[column] > 0.0 {
                let x = self.now.x[column] + primal * self.step.x[column];
                visit(x * (self.now.z[column] + dual * self.step.z[column]));
            }
            if self.now.w[column] > 0.0 {
                let w = self.now.w[column] + primal * self.step.w[column];
                visit(w * (self.now.v[column] + dual * self.step.v[column]));
            }
        }
    }

    /// Sum of the products after a step, and of their weights.
    pub fn products(&self, lengths: Lengths) -> (f64, f64) {
        let (mut sum, mut count) = (0.0, 0.0);
        self.each_product(lengths, |product| {
            sum += product;
            count += 1.0;
        });
        (sum, self.weight * count)
    }

    /// Aims at products of `target` times the weight, after the last step's own products have been taken off.
    pub fn aim(&mut self, target: f64, is_corrected: bool) {
        let target = target * self.weight;
        let last = if is_corrected { 1.0 } else { 0.0 };
        let step = &self.step;
        for column in 0..self.now.x.len() {
            self.cx[column] = target - self.now.x[column] * self.now.z[column] - last * step.x[column] * step.z[column];
            self.cw[column] = target - self.now.w[column] * self.now.v[column] - last * step.w[column] * step.v[column];
        }
    }

    /// Aims as well at moving products that would be far from `target` after a step towards it (Gondzio, 1996, doi
    /// 10.1007/BF00249643).
    pub fn centre(&mut self, lengths: Lengths, target: f64) {
        let target = target * self.weight;
        let (least, most) = (NEAR * target, target / NEAR);
        let change = |product: f64| {
            if product < least { least - product } else { (most - product).clamp(-most, 0.0) }
        };
        let Lengths { primal, dual } = lengths;
        let step = &self.step;
        for column in 0..self.now.x.len() {
            if self.now.z[column] > 0.0 {
                let x = self.now.x[column] + primal * step.x[column];
                self.cx[column] += change(x * (self.now.z[column] + dual * step.z[column]));
            }
            if self.now.w[column] > 0.0 {
                let w = self.now.w[column] + primal * step.w[column];
                self.cw[column] += change(w * (self.now.v[column] + dual * step.v[column]));
            }
        }
    }

    /// Takes a step.
    pub fn go(&mut self, lengths: Lengths) {
        let add = |values: &mut [f64], steps: &[f64], length: f64| {
            for (value, step) in values.iter_mut().zip(steps) {
                *value += length * step;
            }
        };
        add(&mut self.now.x, &self.step.x, lengths.primal);
        add(&mut self.now.w, &self.step.w, lengths.primal);
        add(&mut self.now.z, &self.step.z, lengths.dual);
        add(&mut self.now.v, &self.step.v, lengths.dual);
        add(&mut self.now.y, &self.step.y, lengths.dual);
    }
}
