//! Optimality conditions, checked on the original program.
//!
//! For `min c·x` subject to rows `a·x (≤ = ≥) b` and `l ≤ x ≤ u`, with row duals `y`:
//!
//! - primal: rows and bounds hold;
//! - dual: `y ≤ 0` on `≤` rows, `y ≥ 0` on `≥` rows; the reduced cost `d = c − Aᵀy` may be positive only where `x` has a
//!   lower bound, negative only where it has an upper bound;
//! - the dual objective `b·y + Σ_j max over bounds` bounds the cost of every solution from below.

use super::solution::Quality;
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
        let (price, wrong_sign) = match row.sense {
            Sense::Le => (y[id.index()].min(0.0), y[id.index()].max(0.0)),
            Sense::Ge => (y[id.index()].max(0.0), (-y[id.index()]).max(0.0)),
            Sense::Eq => (y[id.index()], 0.0),
        };
        for &(column, a) in program.entries(id) {
            let term = a * x[column.index()];
            activity += term;
            size = f64::max(size, term.abs());
            reduced[column.index()] -= a * price;
            sizes[column.index()] = sizes[column.index()].max((a * price).abs());
        }
        let excess = activity - row.rhs;
        let violation = match row.sense {
            Sense::Le => excess.max(0.0),
            Sense::Ge => (-excess).max(0.0),
            Sense::Eq => excess.abs(),
        };
        primal = primal.max(violation / size);
        dual = dual.max(wrong_sign / price.abs().max(1.0));
        bound += price * row.rhs;
    }
    let mut objective = program.constant;
    for (j, column) in program.columns().iter().enumerate() {
        objective += column.cost * x[j];
        let violation = (column.lower - x[j]).max(x[j] - column.upper).max(0.0);
        primal = primal.max(violation / x[j].abs().max(1.0));
        let end = if reduced[j] >= 0.0 { column.lower } else { column.upper };
        if end.is_finite() {
            bound += reduced[j] * end;
        } else {
            dual = dual.max(reduced[j].abs() / sizes[j]);
        }
    }
    Quality {
        primal_infeasibility: primal,
        dual_infeasibility: dual,
        gap: (objective - bound).abs() / objective.abs().max(1.0),
        lower_bound: bound,
    }
}

/// Reduced costs `c − Aᵀy` of all columns.
pub fn reduced_costs(program: &Program, y: &[f64]) -> Vec<f64> {
    let mut reduced: Vec<f64> = program.columns().iter().map(|column| column.cost).collect();
    for id in program.row_ids() {
        for &(column, a) in program.entries(id) {
            reduced[column.index()] -= a * y[id.index()];
        }
    }
    reduced
}
