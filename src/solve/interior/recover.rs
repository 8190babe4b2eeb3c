//! Values of the blocks → values of the program's columns and duals of its rows.

use super::blocks::{Blocks, ColumnPlace, RowPlace};
use super::bounds::Bounds;
use super::scaling::Scales;
use super::state::Values;
use crate::formulation::program::{ColId, Program};
use crate::solve::check;
use crate::solve::solution::{Solution, Status};

/// Distance from its lower bound below which a column may be at it.
const NOTHING: f64 = 1e-9;

/// The solution that the values of all blocks are.
pub fn solution(
    program: &Program,
    bounds: &Bounds,
    of: &Blocks,
    scales: &Scales,
    values: &[Values],
    status: Status,
) -> Solution {
    let value = |(at, place): (usize, &ColumnPlace)| match *place {
        ColumnPlace::Fixed(value) => value,
        ColumnPlace::In(block, column) => {
            let (block, column) = (block as usize, column as usize);
            let start = if bounds.lower[at].is_finite() { bounds.lower[at] } else { 0.0 };
            let Values { x, z, .. } = &values[block];
            let above = x[column] * scales.columns[block][column];
            // An interior point is never at a bound; where the bound is worth more than what is left, it is meant to be.
            if z[column] > 0.0 && above < NOTHING && x[column] < z[column] { start } else { start + above }
        }
    };
    let columns: Vec<f64> = of.columns.iter().enumerate().map(value).collect();
    let dual = |place: &RowPlace| match *place {
        RowPlace::Bound => 0.0,
        RowPlace::Limit(block, column, factor) => {
            let (block, column) = (block as usize, column as usize);
            -values[block].v[column] / scales.columns[block][column] / factor
        }
        RowPlace::In(block, row) => {
            let (block, row) = (block as usize, row as usize);
            values[block].y[row] * scales.rows[block][row]
        }
    };
    let mut duals: Vec<f64> = of.rows.iter().map(dual).collect();
    for (dual, row) in duals.iter_mut().zip(program.rows()) {
        *dual = row.sense.price(*dual);
    }
    give_to_bounds(program, bounds, &mut duals);
    check::checked(program, status, columns, duals)
}

/// Gives what is left of reduced costs to the rows that are bounds.
fn give_to_bounds(program: &Program, bounds: &Bounds, duals: &mut [f64]) {
    let mut reduced: Vec<f64> = program.columns().iter().map(|column| column.cost).collect();
    for id in program.row_ids() {
        for &(column, a) in program.entries(id) {
            reduced[column.index()] -= a * duals[id.index()];
        }
    }
    // A bound that made another one follow comes after it.
    for &id in bounds.found.iter().rev() {
        let sets = |&&(column, _): &&(ColId, f64)| {
            let reduced = reduced[column.index()];
            let by = if reduced > 0.0 { &bounds.lower_by } else { &bounds.upper_by };
            by[column.index()] == Some(id)
        };
        if let Some(&(column, a)) = program.entries(id).iter().find(sets) {
            let dual = reduced[column.index()] / a;
            duals[id.index()] = dual;
            for &(other, factor) in program.entries(id) {
                reduced[other.index()] -= factor * dual;
            }
        }
    }
}
