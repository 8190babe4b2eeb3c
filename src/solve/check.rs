//! Optimality conditions, checked on the original program.
//!
//! For `min c·x` subject to rows `a·x (≤ = ≥) b` and `l ≤ x ≤ u`, with row duals `y`:
//!
//! - primal: rows and bounds hold;
//! - dual: `y ≤ 0` on `≤` rows, `y ≥ 0` on `≥` rows; the reduced cost `d = c − Aᵀy` may be positive only where `x` has a
//!   lower bound, negative only where it has an upper bound;
//! - the dual objective `b·y + Σ_j max over bounds` bounds the cost of every solution from below.
//!
//! A program in parts is checked part by part; what all parts have a share in, the horizon, comes last. What becomes of the single
//! conditions is a [`Judge`]'s affair.

use super::solution::{Quality, Solution, Status, worse};
use crate::formulation::program::{Block, Program, RowId, Sense};

/// Is told of every condition by how much it is broken, as a part of the size of its terms; where it holds, a negative number says by
/// how far. The conditions of a program always come in the same order, whatever the solution.
pub trait Judge: Default {
    /// A row or a bound.
    fn primal(&mut self, excess: f64);
    /// The sign of a dual or of a reduced cost.
    fn dual(&mut self, excess: f64);
}

/// Keeps what is broken most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Worst {
    primal: f64,
    dual: f64,
}

impl Judge for Worst {
    fn primal(&mut self, excess: f64) {
        self.primal = worse(self.primal, excess);
    }

    fn dual(&mut self, excess: f64) {
        self.dual = worse(self.dual, excess);
    }
}

/// Checks of a solution, while its parts are added.
#[derive(Debug, Default)]
pub struct Check<J = Worst> {
    objective: f64,
    bound: f64,
    judge: J,
    parts: usize,
    columns: Vec<HorizonColumn>,
    rows: Vec<HorizonRow>,
}

/// A solution that was checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked<J = Worst> {
    /// What it costs.
    pub objective: f64,
    /// What no solution costs less than, as far as its duals keep their conditions.
    pub bound: f64,
    /// Who was told of the conditions.
    pub judge: J,
}

/// A column of the horizon, and what all parts add to its reduced cost.
#[derive(Debug)]
struct HorizonColumn {
    value: f64,
    lower: f64,
    upper: f64,
    cost: f64,
    reduced: f64,
    size: f64,
}

/// A row of the horizon, with its terms of columns of the horizon; terms of others are in its activity.
#[derive(Debug)]
struct HorizonRow {
    /// The row in the first part.
    id: RowId,
    sense: Sense,
    rhs: f64,
    activity: f64,
    size: f64,
    entries: Vec<(usize, f64)>,
}

impl<J: Judge> Check<J> {
    /// Adds a part. Of the duals of the horizon's rows only those of rows that add up over the parts count here.
    pub fn add(&mut self, program: &Program, x: &[f64], y: &[f64]) {
        self.add_horizon(program, x);
        self.bound += program.constant;
        self.objective += program.constant;
        let mut reduced: Vec<f64> = program.columns().iter().map(|column| column.cost).collect();
        let mut sizes: Vec<f64> = reduced.iter().map(|cost| cost.abs()).collect();
        for id in program.row_ids() {
            let row = &program.rows()[id.index()];
            let is_whole = row.block != Block::Horizon;
            if !is_whole && !row.key.adds_up() {
                continue;
            }
            let price = row.sense.price(y[id.index()]);
            let (mut activity, mut size) = (0.0, row.rhs.abs());
            for &(column, a) in program.entries(id) {
                let at = column.index();
                if is_whole || program.columns()[at].block != Block::Horizon {
                    let term = a * x[at];
                    activity += term;
                    size = f64::max(size, term.abs());
                    reduced[at] -= a * price;
                    sizes[at] = sizes[at].max((a * price).abs());
                }
            }
            if is_whole {
                self.judge_row(row.sense, row.rhs, activity, size, y[id.index()]);
            }
        }
        let mut horizon = 0;
        for (at, column) in program.columns().iter().enumerate() {
            self.objective += column.cost * x[at];
            if column.block != Block::Horizon {
                self.judge_column(x[at], (column.lower, column.upper), reduced[at], sizes[at]);
                continue;
            }
            if let Some(known) = self.columns.get_mut(horizon) {
                known.cost += column.cost;
                known.reduced += reduced[at];
                known.size = known.size.max(sizes[at]);
            }
            horizon += 1;
        }
        self.parts += 1;
    }

    /// Takes what a part has of the horizon: all columns and rows from the first, and from others their shares of rows that add up.
    fn add_horizon(&mut self, program: &Program, x: &[f64]) {
        let mut positions = vec![None; program.columns().len()];
        for (position, id) in program.horizon_columns().enumerate() {
            positions[id.index()] = Some(position);
            if self.parts == 0 {
                let column = &program.columns()[id.index()];
                self.columns.push(HorizonColumn {
                    value: x[id.index()],
                    lower: column.lower,
                    upper: column.upper,
                    cost: 0.0,
                    reduced: 0.0,
                    size: 0.0,
                });
            }
        }
        for (number, id) in program.horizon_rows().enumerate() {
            let row = &program.rows()[id.index()];
            if self.parts == 0 {
                self.rows.push(HorizonRow {
                    id,
                    sense: row.sense,
                    rhs: 0.0,
                    activity: 0.0,
                    size: 0.0,
                    entries: Vec::new(),
                });
            }
            let (true, Some(known)) = (self.parts == 0 || row.key.adds_up(), self.rows.get_mut(number)) else {
                continue;
            };
            known.rhs += row.rhs;
            for &(column, a) in program.entries(id) {
                let term = a * x[column.index()];
                known.activity += term;
                known.size = known.size.max(term.abs());
                known.entries.extend(positions[column.index()].map(|position| (position, a)));
            }
        }
    }

    /// Ends the check with the duals of the first part, of which those of the horizon's rows count here.
    pub fn finish(mut self, duals: &[f64]) -> Checked<J> {
        for row in &std::mem::take(&mut self.rows) {
            let dual = duals[row.id.index()];
            let price = row.sense.price(dual);
            for &(position, a) in &row.entries {
                let column = &mut self.columns[position];
                column.reduced -= a * price;
                column.size = column.size.max((a * price).abs());
            }
            self.judge_row(row.sense, row.rhs, row.activity, row.size.max(row.rhs.abs()), dual);
        }
        for column in std::mem::take(&mut self.columns) {
            let size = column.size.max(column.cost.abs());
            self.judge_column(column.value, (column.lower, column.upper), column.reduced, size);
        }
        Checked { objective: self.objective, bound: self.bound, judge: self.judge }
    }

    fn judge_row(&mut self, sense: Sense, rhs: f64, activity: f64, size: f64, dual: f64) {
        let price = sense.price(dual);
        let excess = (activity - rhs) / size.max(1.0);
        if sense != Sense::Ge {
            self.judge.primal(excess);
        }
        if sense != Sense::Le {
            self.judge.primal(-excess);
        }
        self.judge.dual((dual - price).abs() / price.abs().max(1.0));
        self.bound += price * rhs;
    }

    fn judge_column(&mut self, value: f64, (lower, upper): (f64, f64), reduced: f64, size: f64) {
        for excess in [lower - value, value - upper] {
            self.judge.primal(excess / value.abs().max(1.0));
        }
        for (end, excess) in [(lower, reduced), (upper, -reduced)] {
            if end.is_infinite() {
                self.judge.dual(excess / size.max(1.0));
            }
        }
        let end = if reduced >= 0.0 { lower } else { upper };
        if end.is_finite() {
            self.bound += reduced * end;
        }
    }
}

impl Checked {
    /// What the conditions came to.
    pub fn quality(&self) -> Quality {
        Quality {
            primal_infeasibility: self.judge.primal,
            dual_infeasibility: self.judge.dual,
            gap: (self.objective - self.bound).abs() / self.objective.abs().max(1.0),
            lower_bound: self.bound,
        }
    }
}

/// Brings values that are within a solver's tolerance beyond a bound to the bound. What is no number stays none.
pub fn within_bounds(program: &Program, columns: &mut [f64]) {
    for (column, value) in program.columns().iter().zip(columns) {
        if *value < column.lower {
            *value = column.lower;
        } else if *value > column.upper {
            *value = column.upper;
        }
    }
}

/// A solution of what a solver returns for a whole program, checked.
pub fn checked(program: &Program, status: Status, mut columns: Vec<f64>, duals: Vec<f64>) -> Solution {
    within_bounds(program, &mut columns);
    let mut check = Check::<Worst>::default();
    check.add(program, &columns, &duals);
    let checked = check.finish(&duals);
    Solution { status, objective: checked.objective, quality: checked.quality(), columns, duals }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::keys::{ColumnKey, RowKey};
    use crate::formulation::program::Block;
    use crate::model::{FleetId, Id as _, YearId};

    /// `min 2x` subject to `x ≥ 3`, with each relation in turn.
    fn worst(sense: Sense, x: f64, y: f64) -> f64 {
        let (fleet, year) = (FleetId::new(0), YearId::new(0));
        let mut program = Program::default();
        let column = program.add_column(ColumnKey::Build(fleet, year), Block::Horizon, 0.0, 9.0);
        program.add_cost(column, 2.0);
        program.add_row(RowKey::Growth(fleet, year), Block::Horizon, &[(column, 1.0)], sense, 3.0);
        checked(&program, Status::Optimal, vec![x], vec![y]).quality.worst()
    }

    #[test]
    fn a_solution_with_a_value_that_is_no_number_is_bad() {
        assert!(worst(Sense::Ge, 3.0, 2.0) < 1e-12);
        assert!(worst(Sense::Eq, 3.0, 2.0) < 1e-12);
        for sense in [Sense::Le, Sense::Ge, Sense::Eq] {
            assert_eq!(worst(sense, f64::NAN, 2.0), f64::INFINITY, "{sense:?}");
            assert_eq!(worst(sense, 3.0, f64::NAN), f64::INFINITY, "{sense:?}");
        }
    }
}
