//! Values of the blocks → values of every part's columns and duals of its rows, and the check of them all.

use super::apart::{Apart, ColumnPlace, RowPlace};
use super::blocks::Layout;
use super::bounds::Bounds;
use super::scaling::Scales;
use super::state::Values;
use crate::formulation::parts::{Parts, each_beside};
use crate::formulation::program::{Block, ColId, Program, Row, RowId};
use crate::solve::check::{Check, Worst, within_bounds};
use crate::solve::solution::{Solution, Status, empty};

/// Distance from its lower bound below which a column may be at it.
const NOTHING: f64 = 1e-9;

/// What the blocks came to.
pub struct Recovery<'a> {
    /// Which blocks are whose.
    pub layout: &'a Layout,
    /// Units of their rows and columns.
    pub scales: &'a Scales,
    /// Their values; those of days are dropped once they are part of a solution.
    pub values: Vec<Values>,
}

impl Recovery<'_> {
    /// The solution of each part; status, objective and quality are those of the whole. `None` where a part can not be taken apart
    /// again.
    pub fn solutions(mut self, parts: &dyn Parts, status: Status) -> Option<Vec<Solution>> {
        let mut check = Check::<Worst>::default();
        let mut solutions: Vec<Solution> = Vec::with_capacity(parts.count());
        // What is left of the costs of the horizon's columns, and the duals of its rows.
        let (mut left, mut of_horizon) = (Vec::new(), Vec::new());
        // Where each part has the horizon's rows.
        let mut places: Vec<Vec<RowId>> = Vec::new();
        let recovered = each_beside::<()>(parts, |number, program| {
            let program = &*program;
            let apart = Apart::places(program).ok_or(())?;
            let mut columns = self.columns(number, program, &apart);
            within_bounds(program, &mut columns);
            let mut duals = self.duals(number, program, &apart);
            let mut reduced = reduced(program, &duals);
            let is_whole = |row: &Row| row.block != Block::Horizon;
            give_to_bounds(program, &apart.bounds, is_whole, &mut reduced, &mut duals);
            left.resize(program.horizon_columns().count(), 0.0);
            for (left, id) in left.iter_mut().zip(program.horizon_columns()) {
                *left += reduced[id.index()];
            }
            check.add(program, &columns, &duals);
            places.push(program.horizon_rows().collect());
            if number + 1 == parts.count() {
                settle_horizon(program, &apart.bounds, &left, &mut reduced, &mut duals);
                of_horizon = program.horizon_rows().map(|id| duals[id.index()]).collect();
            }
            solutions.push(Solution { columns, duals, ..empty(status) });
            self.values[self.layout.days(number)].fill_with(Values::default);
            Ok(())
        });
        recovered.ok()?;
        for (solution, rows) in solutions.iter_mut().zip(&places) {
            for (row, &dual) in rows.iter().zip(&of_horizon) {
                solution.duals[row.index()] = dual;
            }
        }
        let checked = check.finish(solutions.first().map_or(&[], |first| &first.duals));
        for solution in &mut solutions {
            (solution.objective, solution.quality) = (checked.objective, checked.quality());
        }
        Some(solutions)
    }

    fn columns(&self, part: usize, program: &Program, apart: &Apart) -> Vec<f64> {
        let value = |at: usize| match apart.column(at) {
            ColumnPlace::Fixed(value) => value,
            ColumnPlace::In(block, column) => {
                let (block, column) = self.layout.column(part, block, column);
                let lower = apart.bounds.lower[at];
                let start = if lower.is_finite() { lower } else { 0.0 };
                let Values { x, z, .. } = &self.values[block];
                let above = x[column] * self.scales.column(block, column);
                // An interior point is never at a bound; where the bound is worth more than what is left, it is meant to be.
                if z[column] > 0.0 && above < NOTHING && x[column] < z[column] { start } else { start + above }
            }
        };
        (0..program.columns().len()).map(value).collect()
    }

    /// Duals of rows that are no more than a bound are none.
    fn duals(&self, part: usize, program: &Program, apart: &Apart) -> Vec<f64> {
        let dual = |place: &RowPlace| match *place {
            RowPlace::Bound => 0.0,
            RowPlace::Limit(block, column, factor) => {
                let (block, column) = self.layout.column(part, block, column);
                let Some(slot) = self.layout.slot(block, column) else { return 0.0 };
                -self.values[block].v[slot] / self.scales.column(block, column) / factor
            }
            RowPlace::In(block, row) => {
                let (block, row) = (self.layout.block(part, block), row as usize);
                self.values[block].y[row] * self.scales.row(block, row)
            }
        };
        apart.rows.iter().zip(program.rows()).map(|(place, row)| row.sense.price(dual(place))).collect()
    }
}

/// Whether all parts have the same of a row.
fn is_shared(row: &Row) -> bool {
    row.block == Block::Horizon && !row.key.adds_up()
}

/// Reduced costs of a part's columns, but for rows that all parts have.
fn reduced(program: &Program, duals: &[f64]) -> Vec<f64> {
    let mut reduced: Vec<f64> = program.columns().iter().map(|column| column.cost).collect();
    for id in program.row_ids().filter(|id| !is_shared(&program.rows()[id.index()])) {
        for &(column, a) in program.entries(id) {
            reduced[column.index()] -= a * duals[id.index()];
        }
    }
    reduced
}

/// Finds the duals of those rows of the horizon that are bounds, from what all parts have left of the costs of its columns.
fn settle_horizon(program: &Program, bounds: &Bounds, left: &[f64], reduced: &mut [f64], duals: &mut [f64]) {
    for (&left, id) in left.iter().zip(program.horizon_columns()) {
        reduced[id.index()] = left;
    }
    for id in program.horizon_rows().filter(|id| is_shared(&program.rows()[id.index()])) {
        for &(column, a) in program.entries(id) {
            reduced[column.index()] -= a * duals[id.index()];
        }
    }
    give_to_bounds(program, bounds, |row| row.block == Block::Horizon, reduced, duals);
}

/// Gives what is left of reduced costs to some of the rows that are bounds.
fn give_to_bounds(
    program: &Program,
    bounds: &Bounds,
    takes: impl Fn(&Row) -> bool,
    reduced: &mut [f64],
    duals: &mut [f64],
) {
    // A bound that made another one follow comes after it.
    for &id in bounds.found.iter().rev().filter(|id| takes(&program.rows()[id.index()])) {
        let sets = |&&(column, _): &&(ColId, f64)| {
            let reduced = reduced[column.index()];
            let by = if reduced > 0.0 { &bounds.lower_by } else { &bounds.upper_by };
            by[column.index()] == Some(id)
        };
        let duals_of_all = program.entries(id).iter().filter(sets).map(|&(column, a)| reduced[column.index()] / a);
        // The greatest leaves no other column that the row sets a reduced cost of the wrong sign.
        if let Some(dual) = duals_of_all.max_by(|one, other| one.abs().total_cmp(&other.abs())) {
            duals[id.index()] = dual;
            for &(other, factor) in program.entries(id) {
                reduced[other.index()] -= factor * dual;
            }
        }
    }
}
