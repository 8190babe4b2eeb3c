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
use super::state::{Lengths, Parts, State};

/// Curvature that stands in for that of columns without bounds.
const UNBOUNDED: f64 = 1e-7;

/// What is added to the diagonal of rows, so that rows that say the same do no harm.
const REGULAR: f64 = 1e-10;

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
