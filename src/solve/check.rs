//! Optimality conditions, checked on the original program.
//!
//! For `min c·x` subject to rows `a·x (≤ = ≥) b` and `l ≤ x ≤ u`, with row duals `y`:
//!
//! - primal: rows and bounds hold;
//! - dual: `y ≤ 0` on `≤` rows, `y ≥ 0` on `≥` rows; the reduced cost `d = c − Aᵀy` may be positive only where `x` has a
//!   lower bound, negative only where it has an upper bound;
//! - the dual objective `b·y + Σ_j max over bounds` bounds the cost of every solution from below.

use super::solution::{Quality, Solution, Status, worse};
use crate::formulation::program::{Program, Sense};

/// Checks a primal and dual solution.
pub fn quality(program: &Program, x: &[f64], y: &[f64]) -> Quality {
    let mut reduced: Vec<f64> = program.columns().iter().map(|column| column.cost).collect();
    let mut sizes: Vec<f64> = reduced.iter().map(|cost| cost.abs().max(1.0)).collect();
    let mut primal: f64 = 0.0;
    let mut dual: f64 = 0.0;
    let mut bound = program.constant;
    for id in program.row_ids() {
        let row = &program.rows()[id.index()];
        let (mut activity, mut size) = (0.0, row.rhs.abs().max(1.0));
        let dual_of_row = y[id.index()];
        let price = row.sense.price(dual_of_row);
        let wrong_sign = worse(0.0, (dual_of_row - price).abs());
        for &(column, a) in program.entries(id) {
            let term = a * x[column.index()];
            activity += term;
            size = f64::max(size, term.abs());
            reduced[column.index()] -= a * price;
            sizes[column.index()] = sizes[column.index()].max((a * price).abs());
        }
        let excess = activity - row.rhs;
        let violation = match row.sense {
            Sense::Le => worse(0.0, excess),
            Sense::Ge => worse(0.0, -excess),
            Sense::Eq => excess.abs(),
        };
        primal = worse(primal, violation / size);
        dual = worse(dual, wrong_sign / price.abs().max(1.0));
        bound += price * row.rhs;
    }
    let mut objective = program.constant;
    for (j, column) in program.columns().iter().enumerate() {
        objective += column.cost * x[j];
        let violation = worse(0.0, worse(column.lower - x[j], x[j] - column.upper));
        primal = worse(primal, violation / x[j].abs().max(1.0));
        let end = if reduced[j] >= 0.0 { column.lower } else { column.upper };
        if end.is_finite() {
            bound += reduced[j] * end;
        } else {
            dual = worse(dual, reduced[j].abs() / sizes[j]);
        }
    }
    Quality {
        primal_infeasibility: primal,
        dual_infeasibility: dual,
        gap: (objective - bound).abs() / objective.abs().max(1.0),
        lower_bound: bound,
    }
}

/// A solution of what a solver returns: values within its tolerance beyond a bound are at the bound, and all is checked.
pub fn checked(program: &Program, status: Status, mut columns: Vec<f64>, duals: Vec<f64>) -> Solution {
    let mut objective = program.constant;
    for (column, value) in program.columns().iter().zip(&mut columns) {
        *value = value.max(column.lower).min(column.upper);
        objective += column.cost * *value;
    }
    let quality = quality(program, &columns, &duals);
    Solution { status, objective, columns, duals, quality }
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
        quality(&program, &[x], &[y]).worst()
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
