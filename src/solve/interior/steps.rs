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

/// The point at which a block is, and where it is going. `w` and `v` are 0 where there is no upper bound, `z` where no lower one.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// Values of columns.
    pub x: Vec<f64>,
    /// Duals of lower bounds.
    pub z: Vec<f64>,
    /// What is left up to upper bounds.
    pub w: Vec<f64>,
    /// Duals of upper bounds.
    pub v: Vec<f64>,
    /// Duals of rows.
    pub y: Vec<f64>,
    /// Where all of these go.
    pub step: Step,
    /// Residuals.
    pub residual: Residual,
    /// Right sides of the products with lower and upper bounds.
    cx: Vec<f64>,
    cw: Vec<f64>,
}

/// Changes of the values of a [`State`].
#[derive(Clone, Debug, Default)]
pub struct Step {
    x: Vec<f64>,
    z: Vec<f64>,
    w: Vec<f64>,
    v: Vec<f64>,
    y: Vec<f64>,
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
            let x = state.x[column];
            let mut slope = 0.0;
            for (row, a) in self.entries(column) {
                slope += a * unknowns[row];
                sums[row] += a * x;
            }
            let v = state.v[column];
            state.residual.costs[column] = slope + state.z[column] - v - self.costs[column];
            if state.w[column] > 0.0 {
                let mut end = self.upper[column];
                for (kept, g) in self.limit(column) {
                    end += g * unknowns[kept];
                    sums[kept] += g * v;
                }
                state.residual.upper[column] = end - x - state.w[column];
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
            value.dual += self.rhs[row] * state.y[row];
        }
        for (column, sum) in (self.loose()..).zip(&kept[..self.shape.pattern.kept]) {
            state.residual.costs[column] = sum + state.z[column] - state.v[column] - self.costs[column];
            if state.w[column] > 0.0 {
                state.residual.upper[column] = self.upper[column] - state.x[column] - state.w[column];
                value.dual -= state.v[column] * self.upper[column];
            }
            value.primal += self.costs[column] * state.x[column];
        }
        value
    }

    /// Adds the block's part of the matrix of a step.
    pub fn add_matrix(&self, state: &State, matrix: &mut [f64]) {
        let shape = &*self.shape;
        let mut products = shape.products.iter();
        let mut factors: Vec<f64> = Vec::new();
        for column in 0..self.loose() {
            let (theta, q) = self.theta(state, column);
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
            let is_bounded = self.has_lower(column) || state.w[column] > 0.0;
            matrix[at as usize] -= if is_bounded { 1.0 / self.theta(state, column).0 } else { UNBOUNDED };
        }
    }

    /// `Θ` and `q` of a column.
    fn theta(&self, state: &State, column: usize) -> (f64, f64) {
        let q = if state.w[column] > 0.0 { state.v[column] / state.w[column] } else { 0.0 };
        let own = if self.has_lower(column) { state.z[column] / state.x[column] } else { 0.0 };
        (1.0 / (own + q + f64::MIN_POSITIVE), q)
    }

    /// `t` of a column.
    fn target(&self, state: &State, column: usize) -> f64 {
        let lower = if self.has_lower(column) { state.cx[column] / state.x[column] } else { 0.0 };
        state.residual.costs[column] + lower - Self::from_upper(state, column)
    }

    /// `(cw − v ru) / w`.
    fn from_upper(state: &State, column: usize) -> f64 {
        let w = state.w[column];
        if w > 0.0 { (state.cw[column] - state.v[column] * state.residual.upper[column]) / w } else { 0.0 }
    }

    /// Adds the block's part of the right side of a step.
    pub fn add_right_side(&self, state: &State, sums: &mut [f64]) {
        for column in 0..self.loose() {
            let (theta, q) = self.theta(state, column);
            let step = theta * self.target(state, column);
            for (row, a) in self.entries(column) {
                sums[row] -= a * step;
            }
            if self.has_limit(column) {
                let change = Self::from_upper(state, column) + q * step;
                for (kept, g) in self.limit(column) {
                    sums[kept] -= g * change;
                }
            }
        }
        for (sum, residual) in sums.iter_mut().zip(&state.residual.rows) {
            *sum += residual;
        }
        for (sum, column) in sums[self.rhs.len()..self.own()].iter_mut().zip(self.loose()..) {
            *sum -= self.target(state, column);
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
                let (theta, q) = self.theta(state, column);
                let slope: f64 = self.entries(column).map(|(row, a)| a * unknowns[row]).sum();
                let more: f64 = self.limit(column).map(|(kept, g)| g * unknowns[kept]).sum();
                (theta * (slope + q * more + self.target(state, column)), more)
            } else {
                (unknowns[rows + column - self.loose()], 0.0)
            };
            state.step.x[column] = x;
            if self.has_lower(column) {
                let z = (state.cx[column] - state.z[column] * x) / state.x[column];
                state.step.z[column] = z;
                let own = Lengths { primal: within(state.x[column], x), dual: within(state.z[column], z) };
                lengths = lengths.min(own);
            }
            if state.w[column] > 0.0 {
                let w = state.residual.upper[column] - x + more;
                let v = (state.cw[column] - state.v[column] * w) / state.w[column];
                (state.step.w[column], state.step.v[column]) = (w, v);
                let own = Lengths { primal: within(state.w[column], w), dual: within(state.v[column], v) };
                lengths = lengths.min(own);
            }
        }
        lengths
    }
}

impl State {
    /// A state of a block, all values 0.
    pub fn new(block: &BlockData) -> Self {
        let (columns, rows) = (vec![0.0; block.costs.len()], vec![0.0; block.rhs.len()]);
        let all = || columns.clone();
        Self {
            x: all(),
            z: all(),
            w: all(),
            v: all(),
            y: rows.clone(),
            step: Step { x: all(), z: all(), w: all(), v: all(), y: rows.clone() },
            residual: Residual { rows, upper: all(), costs: all() },
            cx: all(),
            cw: all(),
        }
    }

    /// Calls `visit` for every product of a value and its dual after a step of some lengths.
    fn each_product(&self, lengths: Lengths, mut visit: impl FnMut(f64)) {
        let Lengths { primal, dual } = lengths;
        for column in 0..self.x.len() {
            if self.z[column] > 0.0 {
                let x = self.x[column] + primal * self.step.x[column];
                visit(x * (self.z[column] + dual * self.step.z[column]));
            }
            if self.w[column] > 0.0 {
                let w = self.w[column] + primal * self.step.w[column];
                visit(w * (self.v[column] + dual * self.step.v[column]));
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
        for column in 0..self.x.len() {
            self.cx[column] = target - self.x[column] * self.z[column] - last * step.x[column] * step.z[column];
            self.cw[column] = target - self.w[column] * self.v[column] - last * step.w[column] * step.v[column];
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
        for column in 0..self.x.len() {
            if self.z[column] > 0.0 {
                let x = self.x[column] + primal * step.x[column];
                self.cx[column] += change(x * (self.z[column] + dual * step.z[column]));
            }
            if self.w[column] > 0.0 {
                let w = self.w[column] + primal * step.w[column];
                self.cw[column] += change(w * (self.v[column] + dual * step.v[column]));
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
        add(&mut self.x, &self.step.x, lengths.primal);
        add(&mut self.w, &self.step.w, lengths.primal);
        add(&mut self.z, &self.step.z, lengths.dual);
        add(&mut self.v, &self.step.v, lengths.dual);
        add(&mut self.y, &self.step.y, lengths.dual);
    }
}
