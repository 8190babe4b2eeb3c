//! The arithmetic of a block: residuals, the matrix of a step, right sides, and what a step does.
//!
//! Columns `x ≥ 0` are counted from their lower bounds, `w` is what is left up to their upper bounds `u + G·k`, which may depend on kept
//! columns `k`; `z` and `v` are the duals of both, `y` those of rows. A step of the primal-dual method (Mehrotra, 1992, doi
//! 10.1137/0802028) solves
//!
//! ```text
//! A dx = rp        dx + dw − G dk = ru        −Aᵀdy − dz + dv = rd
//! z dx + x dz = cx        v dw + w dv = cw
//! ```
//!
//! Loose columns are expressed by the unknowns, with `q = v / w` and `1/Θ = z/x + q`:
//!
//! ```text
//! dx = Θ (Aᵀdy + q G dk + t),    t = rd + cx/x − (cw − v ru) / w
//! ```
//!
//! which leaves a quasi-definite system in `dy` and `dk`:
//!
//! ```text
//! [ AΘAᵀ          A_k + AΘqG                ] [dy]   [ rp − AΘt                                ]
//! [ (…)ᵀ          −z/x − q − Gᵀ(q − q²Θ)G   ] [dk] = [ −t_k − Gᵀ((cw − v ru)/w + qΘt) ]
//! ```

use super::blocks::BlockData;

/// Curvature that stands in for that of columns without bounds.
const UNBOUNDED: f64 = 1e-7;

/// What is added to the diagonal of rows, so that rows that say the same do no harm.
const REGULAR: f64 = 1e-10;

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
    /// Right sides of the products with lower and upper bounds.
    cx: Vec<f64>,
    cw: Vec<f64>,
    /// What a step is made of, of every column.
    parts: Vec<Parts>,
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
struct Parts {
    /// `Θ`.
    theta: f64,
    /// `v / w`.
    q: f64,
    /// `1 / x`, 0 where there is no lower bound.
    per_x: f64,
    /// `1 / w`, 0 where there is no upper bound.
    per_w: f64,
    /// `t`.
    target: f64,
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

/// Objectives of a part of the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Value {
    /// `c·x`.
    pub primal: f64,
    /// `b·y − u·v`.
    pub dual: f64,
}

impl std::ops::AddAssign for Value {
    fn add_assign(&mut self, other: Self) {
        self.primal += other.primal;
        self.dual += other.dual;
    }
}

impl BlockData {
    /// Number of loose columns.
    pub fn loose(&self) -> usize {
        self.shape.pattern.loose()
    }

    /// Number of unknowns without the border.
    pub fn own(&self) -> usize {
        self.shape.pattern.own()
    }

    /// Whether a column has a lower bound.
    pub fn has_lower(&self, column: usize) -> bool {
        self.lower[column] > f64::NEG_INFINITY
    }

    /// Whether the upper bound of a column depends on others.
    pub fn has_limit(&self, column: usize) -> bool {
        column < self.loose() && !self.shape.pattern.limits.span(column).is_empty()
    }

    /// Rows of a loose column, with its coefficients.
    pub fn entries(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let values = &self.values[self.shape.pattern.entries.span(column)];
        self.shape.pattern.entries.list(column).iter().zip(values).map(|(&row, &value)| (row as usize, value))
    }

    /// Kept columns in the upper bound of a loose column, with their coefficients.
    pub fn limit(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let values = &self.limits[self.shape.pattern.limits.span(column)];
        self.shape.pattern.limits.list(column).iter().zip(values).map(|(&kept, &value)| (kept as usize, value))
    }

    /// Rows and kept columns with their coefficients in each other.
    pub fn direct(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let pairs = self.shape.pattern.direct.iter().zip(&self.direct);
        pairs.map(|(&(row, kept), &value)| (row as usize, kept as usize, value))
    }

    /// What columns bring to rows, and duals to kept columns (`A·x` and `Aᵀy + Gᵀv`): added to `sums`. `unknowns` are `y` and kept
    /// columns, the border's too. Sets the residuals of loose columns.
    pub fn gather(&self, state: &mut State, unknowns: &[f64], sums: &mut [f64]) -> Value {
        let mut value = Value::default();
        for column in 0..self.loose() {
            let x = state.now.x[column];
            let mut slope = 0.0;
            for (row, a) in self.entries(column) {
                slope += a * unknowns[row];
                sums[row] += a * x;
            }
            let v = state.now.v[column];
            state.residual.costs[column] = slope + state.now.z[column] - v - self.costs[column];
            if state.now.w[column] > 0.0 {
                let mut end = self.upper[column];
                for (kept, g) in self.limit(column) {
                    end += g * unknowns[kept];
                    sums[kept] += g * v;
                }
                state.residual.upper[column] = end - x - state.now.w[column];
                value.dual -= v * self.upper[column];
            }
            value.primal += self.costs[column] * x;
        }
        for (row, kept, a) in self.direct() {
            sums[row] += a * unknowns[kept];
            sums[kept] += a * unknowns[row];
        }
        value
    }

    /// Sets the residuals of rows and kept columns from what all blocks have gathered.
    pub fn settle(&self, state: &mut State, sums: &[f64]) -> Value {
        let mut value = Value::default();
        let (rows, kept) = sums.split_at(self.rhs.len());
        for (row, sum) in rows.iter().enumerate() {
            state.residual.rows[row] = self.rhs[row] - sum;
            value.dual += self.rhs[row] * state.now.y[row];
        }
        for (column, sum) in (self.loose()..).zip(&kept[..self.shape.pattern.kept]) {
            state.residual.costs[column] = sum + state.now.z[column] - state.now.v[column] - self.costs[column];
            if state.now.w[column] > 0.0 {
                state.residual.upper[column] = self.upper[column] - state.now.x[column] - state.now.w[column];
                value.dual -= state.now.v[column] * self.upper[column];
            }
            value.primal += self.costs[column] * state.now.x[column];
        }
        value
    }

    /// Adds the block's part of the matrix of a step.
    pub fn add_matrix(&self, state: &State, matrix: &mut [f64]) {
        let shape = &*self.shape;
        let mut products = shape.products.iter();
        let mut factors: Vec<f64> = Vec::new();
        for column in 0..self.loose() {
            let Parts { theta, q, .. } = state.parts[column];
            factors.clear();
            factors.extend(self.entries(column).map(|(_, a)| a));
            let rows = factors.len();
            factors.extend(self.limit(column).map(|(_, g)| g));
            for first in 0..factors.len() {
                let (with_row, with_kept) =
                    if first < rows { (theta, 0.0) } else { (theta * q, q * (theta * q - 1.0)) };
                for second in 0..=first {
                    let weight = if second < rows { with_row } else { with_kept };
                    if let Some(&at) = products.next() {
                        matrix[at as usize] += weight * factors[first] * factors[second];
                    }
                }
            }
        }
        for (&at, a) in shape.direct.iter().zip(&self.direct) {
            matrix[at as usize] += a;
        }
        let (rows, kept) = shape.diagonal.split_at(self.rhs.len());
        for &at in rows {
            matrix[at as usize] += REGULAR;
        }
        for (column, &at) in (self.loose()..).zip(kept) {
            let is_bounded = self.has_lower(column) || state.now.w[column] > 0.0;
            matrix[at as usize] -= if is_bounded { 1.0 / state.parts[column].theta } else { UNBOUNDED };
        }
    }

    /// `(cw − v ru) / w`.
    fn from_upper(state: &State, column: usize) -> f64 {
        (state.cw[column] - state.now.v[column] * state.residual.upper[column]) * state.parts[column].per_w
    }

    /// Adds the block's part of the right side of a step, and notes what columns aim at.
    pub fn add_right_side(&self, state: &mut State, sums: &mut [f64]) {
        for column in 0..self.costs.len() {
            let from_upper = Self::from_upper(state, column);
            let part = &mut state.parts[column];
            part.target = state.residual.costs[column] + state.cx[column] * part.per_x - from_upper;
            if column >= self.loose() {
                sums[self.rhs.len() + column - self.loose()] -= part.target;
                continue;
            }
            let step = part.theta * part.target;
            let change = from_upper + part.q * step;
            for (row, a) in self.entries(column) {
                sums[row] -= a * step;
            }
            for (kept, g) in self.limit(column) {
                sums[kept] -= g * change;
            }
        }
        for (sum, residual) in sums.iter_mut().zip(&state.residual.rows) {
            *sum += residual;
        }
    }

    /// Sets the step of all columns from that of the unknowns; how far it may go.
    pub fn set_step(&self, state: &mut State, unknowns: &[f64]) -> Lengths {
        let mut lengths = Lengths::FULL;
        let rows = self.rhs.len();
        state.step.y.copy_from_slice(&unknowns[..rows]);
        let within = |value: f64, change: f64| if change < 0.0 { -value / change } else { f64::INFINITY };
        for column in 0..self.costs.len() {
            let (x, more) = if column < self.loose() {
                let Parts { theta, q, target, .. } = state.parts[column];
                let slope: f64 = self.entries(column).map(|(row, a)| a * unknowns[row]).sum();
                let more: f64 = self.limit(column).map(|(kept, g)| g * unknowns[kept]).sum();
                (theta * (slope + q * more + target), more)
            } else {
                (unknowns[rows + column - self.loose()], 0.0)
            };
            state.step.x[column] = x;
            if self.has_lower(column) {
                let z = (state.cx[column] - state.now.z[column] * x) * state.parts[column].per_x;
                state.step.z[column] = z;
                let own = Lengths { primal: within(state.now.x[column], x), dual: within(state.now.z[column], z) };
                lengths = lengths.min(own);
            }
            if state.now.w[column] > 0.0 {
                let w = state.residual.upper[column] - x + more;
                let v = (state.cw[column] - state.now.v[column] * w) * state.parts[column].per_w;
                (state.step.w[column], state.step.v[column]) = (w, v);
                let own = Lengths { primal: within(state.now.w[column], w), dual: within(state.now.v[column], v) };
                lengths = lengths.min(own);
            }
        }
        lengths
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

    /// Sum of the products after a step, and how many there are.
    pub fn products(&self, lengths: Lengths) -> (f64, usize) {
        let (mut sum, mut count) = (0.0, 0);
        self.each_product(lengths, |product| {
            sum += product;
            count += 1;
        });
        (sum, count)
    }

    /// Aims at products of `target`, after the last step's own products have been taken off.
    pub fn aim(&mut self, target: f64, is_corrected: bool) {
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
