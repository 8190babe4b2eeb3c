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
use super::columns::{self, Ahead};
use super::reach::{Behind, Reach};
use super::sides::Sides;
use super::state::{Aim, State, Values};
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

/// Memory that steps of blocks use one after the other.
#[derive(Debug, Default)]
pub struct StepWork {
    ahead: Ahead,
    followed: Followed,
    /// Steps of duals of bounds that are only tried.
    tried: (Vec<f32>, Vec<f32>),
}

/// What follows from steps of the unknowns.
#[derive(Debug, Default)]
struct Followed {
    /// Steps of columns.
    x: Vec<f64>,
    /// How much further upper bounds are, by slot.
    room: Vec<f64>,
    /// Steps of what is left up to upper bounds.
    w: Vec<f64>,
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

    /// Which columns have bounds.
    #[inline]
    pub fn sides(&self) -> &Sides {
        &self.shape.pattern.sides
    }

    /// Whether a column has a lower bound.
    #[inline]
    pub fn has_lower(&self, column: usize) -> bool {
        self.sides().has_lower(column)
    }

    /// Where a column is among those with an upper bound, if it has one.
    #[inline]
    pub fn slot(&self, column: usize) -> Option<usize> {
        self.sides().slot(column)
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
    pub fn gather(&self, state: &mut State, unknowns: &[f64], sums: &mut [f64]) -> Measure {
        let mut measure = Measure::default();
        let State { now, residual, .. } = state;
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
            sums[row] += a * unknowns[kept];
            sums[kept] += a * unknowns[row];
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
        for (at, sum) in kept[..self.shape.pattern.kept()].iter().enumerate() {
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

    /// What a step is made of before that of the unknowns is known.
    fn look_ahead(&self, state: &State, aim: Aim, ahead: &mut Ahead) {
        let sides = self.sides();
        let wanted = state.wanted(aim);
        ahead.start(&state.residual.costs, self.upper.len());
        let Ahead { theta, target, lower, q, upper, from_upper } = ahead;
        for columns in sides.below() {
            let (inverse, target) = (&mut theta[columns.clone()], &mut target[columns.clone()]);
            columns::lower(state.lower(columns.clone()), wanted, &mut lower[columns], inverse, target);
        }
        for (columns, slots) in sides.above() {
            let (inverse, target) = (&mut theta[columns.clone()], &mut target[columns]);
            let found = [&mut *upper, q, from_upper].map(|list| &mut list[slots.clone()]);
            let short = &state.residual.upper[slots.clone()];
            columns::upper(state.upper(slots), short, wanted, found, inverse, target);
        }
        columns::invert(theta);
    }

    /// Adds the block's part of the matrix of a step.
    pub fn add_matrix(&self, state: &State, matrix: &mut [f64], work: &mut StepWork) {
        self.look_ahead(state, Aim::AsTheyAre, &mut work.ahead);
        let Ahead { theta, q, .. } = &work.ahead;
        let plan = self.shape.plan();
        let mut products = plan.products.iter();
        let mut factors: Vec<f64> = Vec::new();
        for (column, &theta) in theta[..self.loose()].iter().enumerate() {
            let q = self.slot(column).map_or(0.0, |slot| q[slot]);
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
        for (&at, a) in plan.direct.iter().zip(&self.direct[..]) {
            matrix[at as usize] += a;
        }
        let (rows, kept) = plan.diagonal.split_at(self.rhs.len());
        for &at in rows {
            matrix[at as usize] += REGULAR;
        }
        for (column, &at) in (self.loose()..).zip(kept) {
            let is_bounded = self.sides().is_bounded(column);
            matrix[at as usize] -= if is_bounded { 1.0 / theta[column] } else { UNBOUNDED };
        }
    }

    /// Adds the block's part of the right side of a step, or of what is left of it after steps of the unknowns that are known.
    pub fn add_right_side(
        &self,
        (state, aim): (&State, Aim),
        known: Option<&[f64]>,
        sums: &mut [f64],
        work: &mut StepWork,
    ) {
        self.look_ahead(state, aim, &mut work.ahead);
        let Ahead { theta, target, q, from_upper, .. } = &work.ahead;
        let (of_loose, of_kept) = target.split_at(self.loose());
        for (column, (theta, target)) in theta.iter().zip(of_loose).enumerate() {
            let slot = self.slot(column);
            let (slope, room) = known.map_or((0.0, 0.0), |known| (self.slope(column, known), self.room(column, known)));
            let pushed = slot.map_or(0.0, |slot| q[slot] * room);
            let step = theta * (target + slope + pushed);
            for (row, a) in self.entries(column) {
                sums[row] -= a * step;
            }
            if let Some(slot) = slot {
                let change = from_upper[slot] + q[slot] * step - pushed;
                for (kept, g) in self.limit(column) {
                    sums[kept] -= g * change;
                }
            }
        }
        let kept = self.rhs.len()..self.own();
        for (target, sum) in of_kept.iter().zip(&mut sums[kept.clone()]) {
            *sum -= target;
        }
        for (sum, residual) in sums.iter_mut().zip(&state.residual.rows) {
            *sum += f64::from(*residual);
        }
        let Some(known) = known else { return };
        for (row, kept, a) in self.direct() {
            sums[row] -= a * known[kept];
            sums[kept] -= a * known[row];
        }
        for (column, unknown) in (self.loose()..).zip(kept) {
            if self.sides().is_bounded(column) {
                sums[unknown] += known[unknown] / theta[column];
            }
        }
    }

    /// Works out a step of all columns, of which it is known what it is made of, from that of the unknowns, and sets those of duals of their
    /// bounds; how far it may go.
    fn follow(
        &self,
        (now, short): (&Values, &[f32]),
        (ahead, followed): (&Ahead, &mut Followed),
        unknowns: &[f64],
        (dz, dv): (&mut [f32], &mut [f32]),
    ) -> Reach {
        let sides = self.sides();
        let Followed { x: dx, room, w: dw } = followed;
        dx.resize(now.x.len(), 0.0);
        [&mut *room, dw].into_iter().for_each(|list| list.resize(now.w.len(), 0.0));
        let (loose, kept) = dx.split_at_mut(self.loose());
        room.fill(0.0);
        for (column, step) in loose.iter_mut().enumerate() {
            *step = self.slope(column, unknowns);
            if let Some(slot) = self.slot(column) {
                room[slot] = self.room(column, unknowns);
                *step += ahead.q[slot] * room[slot];
            }
        }
        columns::loose(loose, &ahead.theta, &ahead.target);
        kept.copy_from_slice(&unknowns[self.rhs.len()..self.own()]);
        let mut reach = Reach::default();
        for columns in sides.below() {
            let values = (&now.x[columns.clone()], &now.z[columns.clone()]);
            let (changes, steps) = (&ahead.lower[columns.clone()], &dx[columns.clone()]);
            columns::follow(values, changes, steps, &mut dz[columns], &mut reach);
        }
        for (columns, slots) in sides.above() {
            let (room, short) = (&room[slots.clone()], &short[slots.clone()]);
            for ((w, x), (room, &short)) in dw[slots].iter_mut().zip(&dx[columns]).zip(room.iter().zip(short)) {
                *w = f64::from(short) - x + room;
            }
        }
        columns::follow((&now.w, &now.v), &ahead.upper, dw, dv, &mut reach);
        reach
    }

    /// Sets the step of all columns from that of the unknowns; how far it may go.
    pub fn set_step(&self, state: &mut State, aim: Aim, unknowns: &[f64], work: &mut StepWork) -> Reach {
        let StepWork { ahead, followed, .. } = work;
        self.look_ahead(state, aim, ahead);
        let State { now, step, residual, .. } = state;
        let known = (&*now, &residual.upper[..]);
        let reach = self.follow(known, (ahead, followed), unknowns, (&mut step.z, &mut step.v));
        for (steps, exact) in [(&mut step.x, &followed.x), (&mut step.w, &followed.w)] {
            steps.iter_mut().zip(exact).for_each(|(step, &exact)| *step = exact as f32);
        }
        step.y.copy_from_slice(&unknowns[..self.rhs.len()]);
        let alone = reach.lengths(Behind::NONE);
        state.alone = alone.primal.min(alone.dual);
        reach
    }

    /// How far that step might go.
    pub fn try_step(&self, state: &State, aim: Aim, unknowns: &[f64], work: &mut StepWork) -> Reach {
        let StepWork { ahead, followed, tried: (dz, dv) } = work;
        self.look_ahead(state, aim, ahead);
        let State { now, residual, .. } = state;
        dz.resize(now.x.len(), 0.0);
        dv.resize(now.w.len(), 0.0);
        self.follow((now, &residual.upper), (ahead, followed), unknowns, (dz, dv))
    }
}
