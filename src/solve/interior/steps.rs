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
use super::reach::{Behind, Loss, Reach, Taken};
use super::state::{Aim, Parts, State};
use crate::solve::solution::worse;

/// Curvature that stands in for that of columns without bounds.
const UNBOUNDED: f64 = 1e-7;

/// What is added to the diagonal of rows, so that rows that say the same do no harm.
const REGULAR: f64 = 1e-10;

/// Objectives of a part of the program, and how far its point is from keeping what it must.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    /// `c·x`.
    pub primal: f64,
    /// `b·y − u·v`.
    pub dual: f64,
    /// Greatest residual of a row or an upper bound, relative to its right side (at least 1).
    pub rows: f64,
    /// Most that a reduced cost is below 0, or beside it for a column without a lower bound, relative to the cost (at least 1).
    pub costs: f64,
    /// Sum of the residuals of rows and upper bounds.
    pub all_rows: f64,
    /// Sum of those of reduced costs.
    pub all_costs: f64,
}

impl Measure {
    /// That of two parts together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            primal: self.primal + other.primal,
            dual: self.dual + other.dual,
            rows: worse(self.rows, other.rows),
            costs: worse(self.costs, other.costs),
            all_rows: self.all_rows + other.all_rows,
            all_costs: self.all_costs + other.all_costs,
        }
    }

    /// The residual of a row or an upper bound.
    fn add_row(&mut self, residual: f64, size: f64) {
        self.rows = worse(self.rows, relative(residual, size));
        self.all_rows += residual.abs();
    }

    /// That of a reduced cost, and how far it is from what it may be.
    fn add_cost(&mut self, residual: f64, mispriced: f64) {
        self.costs = worse(self.costs, mispriced);
        self.all_costs += residual.abs();
    }
}

/// A residual, relative to what it is the residual of.
fn relative(residual: f64, size: f64) -> f64 {
    residual.abs() / if size.is_finite() { size.abs().max(1.0) } else { 1.0 }
}

/// A number as it is in single precision.
fn single(number: f64) -> f64 {
    f64::from(number as f32)
}

impl BlockData {
    /// Number of loose columns.
    #[inline]
    pub fn loose(&self) -> usize {
        self.shape.pattern.loose()
    }

    /// Number of unknowns without the border.
    pub fn own(&self) -> usize {
        self.shape.pattern.own()
    }

    /// Number of unknowns, those of the border too.
    pub fn unknowns(&self) -> usize {
        self.own() + self.border.len()
    }

    /// Whether a column has a lower bound.
    #[inline]
    pub fn has_lower(&self, column: usize) -> bool {
        self.shape.pattern.below.position(column).is_some()
    }

    /// Where a column is among those with an upper bound, if it has one.
    #[inline]
    pub fn slot(&self, column: usize) -> Option<usize> {
        self.shape.pattern.above.position(column)
    }

    /// Whether the upper bound of a column depends on others.
    pub fn has_limit(&self, column: usize) -> bool {
        column < self.loose() && !self.shape.pattern.limits.span(column).is_empty()
    }

    /// Rows of a loose column, with its coefficients.
    #[inline]
    pub fn entries(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let values = &self.values[self.shape.pattern.entries.span(column)];
        self.shape.pattern.entries.list(column).iter().zip(values).map(|(&row, &value)| (row as usize, value))
    }

    /// Kept columns in the upper bound of a loose column, with their coefficients.
    #[inline]
    pub fn limit(&self, column: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let values = &self.limits[self.shape.pattern.limits.span(column)];
        self.shape.pattern.limits.list(column).iter().zip(values).map(|(&kept, &value)| (kept as usize, value))
    }

    /// Rows and kept columns with their coefficients in each other.
    pub fn direct(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let pairs = self.shape.pattern.direct.iter().zip(&self.direct[..]);
        pairs.map(|(&(row, kept), &value)| (row as usize, kept as usize, value))
    }

    /// How far a reduced cost `c + v − Aᵀy = z − residual` is from what it may be, as a part of the cost. A residual less than `z` does
    /// no harm: the bound that prices give does not know of `z`. What is no number stays none.
    fn mispriced(&self, column: usize, residual: f64, z: f64) -> f64 {
        let wrong = match self.has_lower(column) {
            true if residual <= z => 0.0,
            true => residual - z,
            false => residual,
        };
        relative(wrong, self.costs[column])
    }

    /// `Aᵀy` of a loose column.
    #[inline]
    fn slope(&self, column: usize, unknowns: &[f64]) -> f64 {
        self.entries(column).map(|(row, a)| a * unknowns[row]).sum()
    }

    /// `G k` of a loose column.
    #[inline]
    fn room(&self, column: usize, unknowns: &[f64]) -> f64 {
        self.limit(column).map(|(kept, g)| g * unknowns[kept]).sum()
    }

    /// What columns bring to rows, and duals to kept columns (`A·x` and `Aᵀy + Gᵀv`): added to `sums`, the border's too.
    /// Sets the residuals of loose columns.
    pub fn gather(&self, state: &mut State, sums: &mut [f64]) -> Measure {
        let mut measure = Measure::default();
        let State { now, unknowns, residual, .. } = state;
        for column in 0..self.loose() {
            let x = now.x[column];
            let mut slope = 0.0;
            for (row, a) in self.entries(column) {
                slope += a * unknowns[row];
                sums[row] += a * x;
            }
            let slot = self.slot(column);
            let v = slot.map_or(0.0, |slot| now.v[slot]);
            if let Some(slot) = slot {
                let upper = self.upper[slot];
                let mut end = upper;
                for (kept, g) in self.limit(column) {
                    end += g * unknowns[kept];
                    sums[kept] += g * v;
                }
                let above = end - x - now.w[slot];
                residual.upper[slot] = above as f32;
                measure.dual -= v * upper;
                measure.add_row(above, upper);
            }
            let costs = slope + now.z[column] - v - self.costs[column];
            residual.costs[column] = costs as f32;
            measure.add_cost(costs, self.mispriced(column, costs, now.z[column]));
            measure.primal += self.costs[column] * x;
        }
        for (row, kept, a) in self.direct() {
            sums[row] += a * state.unknowns[kept];
            sums[kept] += a * state.unknowns[row];
        }
        measure
    }

    /// Sets the residuals of rows and kept columns from what all blocks have gathered.
    pub fn settle(&self, state: &mut State, sums: &[f64]) -> Measure {
        let mut measure = Measure::default();
        let (rows, kept) = sums.split_at(self.rhs.len());
        for (row, sum) in rows.iter().enumerate() {
            let short = self.rhs[row] - sum;
            state.residual.rows[row] = short as f32;
            measure.dual += self.rhs[row] * state.now.y[row];
            measure.add_row(short, self.rhs[row]);
        }
        for (at, sum) in kept[..self.shape.pattern.kept].iter().enumerate() {
            let column = self.loose() + at;
            let now = &state.now;
            let slot = self.slot(column);
            let v = slot.map_or(0.0, |slot| now.v[slot]);
            if let Some(slot) = slot {
                let above = self.upper[slot] - now.x[column] - now.w[slot];
                state.residual.upper[slot] = above as f32;
                measure.add_row(above, self.upper[slot]);
                measure.dual -= v * self.upper[slot];
            }
            let costs = sum + now.z[column] - v - self.costs[column];
            state.residual.costs[column] = costs as f32;
            measure.add_cost(costs, self.mispriced(column, costs, now.z[column]));
            measure.primal += self.costs[column] * now.x[column];
        }
        measure
    }

    /// Adds the block's part of the matrix of a step.
    pub fn add_matrix(&self, state: &State, matrix: &mut [f64]) {
        let shape = &*self.shape;
        let mut products = shape.products.iter();
        let mut factors: Vec<f64> = Vec::new();
        for column in 0..self.loose() {
            let Parts { theta, q, .. } = state.parts(self, column);
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
        for (&at, a) in shape.direct.iter().zip(&self.direct[..]) {
            matrix[at as usize] += a;
        }
        let (rows, kept) = shape.diagonal.split_at(self.rhs.len());
        for &at in rows {
            matrix[at as usize] += REGULAR;
        }
        for (column, &at) in (self.loose()..).zip(kept) {
            matrix[at as usize] -=
                if shape.pattern.is_bounded(column) { 1.0 / state.parts(self, column).theta } else { UNBOUNDED };
        }
    }

    /// What a step of a column is made of.
    #[inline]
    fn ahead(&self, state: &State, column: usize, aim: Aim) -> Ahead {
        let parts = state.parts(self, column);
        let slot = self.slot(column);
        let (cx, cw) = state.products_wanted(column, slot, aim);
        let costs = f64::from(state.residual.costs[column]);
        let upper = slot.map_or(0.0, |slot| f64::from(state.residual.upper[slot]));
        let from_upper = slot.map_or(0.0, |slot| (cw - state.now.v[slot] * upper) * parts.per_w);
        Ahead { parts, slot, cx, cw, upper, from_upper, target: costs + cx * parts.per_x - from_upper }
    }

    /// Adds the block's part of the right side of a step.
    pub fn add_right_side(&self, state: &State, aim: Aim, sums: &mut [f64]) {
        for column in 0..self.loose() {
            let Ahead { parts, from_upper, target, .. } = self.ahead(state, column, aim);
            let step = parts.theta * target;
            let change = from_upper + parts.q * step;
            for (row, a) in self.entries(column) {
                sums[row] -= a * step;
            }
            for (kept, g) in self.limit(column) {
                sums[kept] -= g * change;
            }
        }
        let (rows, kept) = sums.split_at_mut(self.rhs.len());
        for (column, sum) in (self.loose()..self.costs.len()).zip(kept) {
            *sum -= self.ahead(state, column, aim).target;
        }
        for (sum, residual) in rows.iter_mut().zip(&state.residual.rows) {
            *sum += f64::from(*residual);
        }
    }

    /// The step of a column that follows from that of the unknowns.
    #[inline]
    fn column_step(&self, state: &State, column: usize, aim: Aim, unknowns: &[f64]) -> ColumnStep {
        let Ahead { parts, slot, cx, cw, upper, target, .. } = self.ahead(state, column, aim);
        let mut step = ColumnStep { slot, ..ColumnStep::default() };
        let mut room = 0.0;
        step.x = match column.checked_sub(self.loose()) {
            None => {
                room = self.room(column, unknowns);
                parts.theta * (self.slope(column, unknowns) + parts.q * room + target)
            }
            Some(at) => unknowns[self.rhs.len() + at],
        };
        let now = &state.now;
        if parts.per_x > 0.0 {
            step.z = single((cx - now.z[column] * step.x) * parts.per_x);
            step.lower = taken(step.x, parts.per_x, step.z, now.z[column]);
        }
        if let Some(slot) = slot {
            step.w = upper - step.x + room;
            step.v = single((cw - now.v[slot] * step.w) * parts.per_w);
            step.upper = taken(step.w, parts.per_w, step.v, now.v[slot]);
        }
        step
    }

    /// Sets the step of all columns from that of the unknowns; how far it may go.
    pub fn set_step(&self, state: &mut State, aim: Aim, unknowns: &[f64]) -> Reach {
        state.step.y.copy_from_slice(&unknowns[..self.rhs.len()]);
        let mut reach = Reach::default();
        for column in 0..self.costs.len() {
            let step = self.column_step(state, column, aim, unknowns);
            state.step.x[column] = step.x;
            state.step.z[column] = step.z as f32;
            if let Some(slot) = step.slot {
                state.step.w[slot] = step.w;
                state.step.v[slot] = step.v as f32;
            }
            step.count(&mut reach);
        }
        let alone = reach.lengths(Behind::NONE);
        state.alone = alone.primal.min(alone.dual);
        reach
    }

    /// How far that step might go.
    pub fn try_step(&self, state: &State, aim: Aim, unknowns: &[f64]) -> Reach {
        let mut reach = Reach::default();
        for column in 0..self.costs.len() {
            self.column_step(state, column, aim, unknowns).count(&mut reach);
        }
        reach
    }
}

/// What a step of a column is made of, before that of the unknowns is known.
struct Ahead {
    parts: Parts,
    /// Where the column is among those with an upper bound.
    slot: Option<usize>,
    cx: f64,
    cw: f64,
    /// What its upper bound is short of.
    upper: f64,
    /// `(cw − v ru) / w`.
    from_upper: f64,
    /// `t`.
    target: f64,
}

/// A step of a column.
#[derive(Default)]
struct ColumnStep {
    x: f64,
    z: f64,
    /// Where the column is among those with an upper bound, to which `w` and `v` belong.
    slot: Option<usize>,
    w: f64,
    v: f64,
    /// What it takes away at each bound.
    lower: Taken,
    upper: Taken,
}

impl ColumnStep {
    fn count(&self, reach: &mut Reach) {
        reach.count(self.lower);
        reach.count(self.upper);
    }
}

/// What a step takes away from a value, of which one by it is known, and from its dual.
fn taken(dx: f64, per_x: f64, dz: f64, z: f64) -> Taken {
    Taken { primal: Loss { part: -dx * per_x, amount: dx.abs() }, dual: Loss { part: -dz / z, amount: dz.abs() } }
}
