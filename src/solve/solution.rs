//! What a solver returns.

use crate::formulation::program::{ColId, RowId};

/// How a solve ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Proven optimal.
    Optimal,
    /// No solution keeps all constraints.
    Infeasible,
    /// The objective has no lower bound.
    Unbounded,
    /// A solution whose gap is proven to be at most what the quality says, though not what was asked for: time or memory ran out.
    Feasible,
    /// Stopped at a limit of time, memory or iterations, without a solution.
    Limit,
    /// Stopped by the user.
    Interrupted,
}

impl Status {
    /// Word used in results.
    pub fn word(self) -> &'static str {
        match self {
            Status::Optimal => "optimal",
            Status::Infeasible => "infeasible",
            Status::Unbounded => "unbounded",
            Status::Feasible => "feasible",
            Status::Limit => "stopped at limit",
            Status::Interrupted => "interrupted",
        }
    }
}

/// How well a solution keeps the optimality conditions, computed from the program and the solution alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quality {
    /// Greatest violation of a row or a bound, relative to the size of the row's terms (at least 1).
    pub primal_infeasibility: f64,
    /// Greatest violation of a dual condition, relative to the size of the terms of the reduced cost (at least 1).
    pub dual_infeasibility: f64,
    /// `(objective − lower bound) / max(1, |objective|)`.
    pub gap: f64,
    /// Objective of the dual solution: no solution can cost less, up to the dual infeasibility.
    pub lower_bound: f64,
}

impl Quality {
    /// Greater of the violations of the primal and the dual conditions.
    pub fn residual(&self) -> f64 {
        worse(self.primal_infeasibility, self.dual_infeasibility)
    }

    /// Greatest of the figures that should be next to nothing.
    pub fn worst(&self) -> f64 {
        worse(self.residual(), self.gap)
    }
}

/// The greater of two violations. One that is no number is endless: `f64::max` would pass over it.
pub fn worse(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::INFINITY } else { a.max(b) }
}

/// Values and prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// How the solve ended.
    pub status: Status,
    /// Objective, discounted million currency units.
    pub objective: f64,
    /// Value of every column.
    pub columns: Vec<f64>,
    /// Dual of every row: change of the objective per unit of its right side.
    pub duals: Vec<f64>,
    /// Checks of the solution.
    pub quality: Quality,
}

impl Solution {
    /// Whether the objective and what the checks found are numbers.
    pub fn is_finite(&self) -> bool {
        self.objective.is_finite() && self.quality.worst().is_finite() && self.quality.lower_bound.is_finite()
    }

    /// Value of a column.
    pub fn value(&self, column: ColId) -> f64 {
        self.columns[column.index()]
    }

    /// Dual of a row.
    pub fn dual(&self, row: RowId) -> f64 {
        self.duals[row.index()]
    }
}

/// A solve without a solution.
pub fn empty(status: Status) -> Solution {
    let unknown = f64::NAN;
    Solution {
        status,
        objective: unknown,
        columns: Vec::new(),
        duals: Vec::new(),
        quality: Quality {
            primal_infeasibility: unknown,
            dual_infeasibility: unknown,
            gap: unknown,
            lower_bound: unknown,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_the_worst() {
        let good = Quality { primal_infeasibility: 1e-9, dual_infeasibility: 1e-8, gap: 1e-10, lower_bound: 5.0 };
        assert_eq!(good.worst(), 1e-8);
        for bad in [
            Quality { primal_infeasibility: f64::NAN, ..good },
            Quality { dual_infeasibility: f64::NAN, ..good },
            Quality { gap: f64::NAN, ..good },
        ] {
            assert_eq!(bad.worst(), f64::INFINITY);
        }
    }
}
