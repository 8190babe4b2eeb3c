//! Rows with a single column are bounds of that column, and columns with one possible value are that value.
//!
//! Every part of a program finds the same bounds for columns of the horizon: only rows of the horizon set them, and none that a part has
//! a share of.

use crate::formulation::program::{Block, Program, RowId, Sense};

/// Widths below which a column has one value.
const SAME: f64 = 1e-12;

/// Bounds of all columns, and the rows they come from.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Least values.
    pub lower: Vec<f64>,
    /// Greatest values.
    pub upper: Vec<f64>,
    /// The row that sets the least value of a column.
    pub lower_by: Vec<Option<RowId>>,
    /// The row that sets the greatest value.
    pub upper_by: Vec<Option<RowId>>,
    /// Whether a row is no more than a bound.
    pub is_bound: Vec<bool>,
    /// These rows, in the order in which they were found to be.
    pub found: Vec<RowId>,
    /// Whether bounds leave a column no value at all.
    pub contradict: bool,
}

impl Bounds {
    /// Finds bounds until there are no more.
    pub fn new(program: &Program) -> Self {
        let columns = program.columns();
        let mut bounds = Self {
            lower: columns.iter().map(|column| column.lower).collect(),
            upper: columns.iter().map(|column| column.upper).collect(),
            lower_by: vec![None; columns.len()],
            upper_by: vec![None; columns.len()],
            is_bound: vec![false; program.rows().len()],
            found: Vec::new(),
            contradict: columns.iter().any(|column| column.lower > column.upper),
        };
        while bounds.tighten(program) {}
        bounds
    }

    /// Whether a column has one value.
    pub fn is_fixed(&self, column: usize) -> bool {
        self.upper[column] - self.lower[column] <= SAME
    }

    /// Goes through the rows once; whether a column came to have one value.
    fn tighten(&mut self, program: &Program) -> bool {
        let mut fixed = false;
        for id in program.row_ids() {
            let row = &program.rows()[id.index()];
            if row.sense == Sense::Eq || self.is_bound[id.index()] || row.key.adds_up() {
                continue;
            }
            let mut rhs = row.rhs;
            let mut open = None;
            let mut count = 0;
            for &(column, a) in program.entries(id) {
                if self.is_fixed(column.index()) {
                    rhs -= a * self.lower[column.index()];
                } else {
                    count += 1;
                    open = Some((column.index(), a));
                }
                if count > 1 {
                    break;
                }
            }
            let (1, Some((column, a))) = (count, open) else { continue };
            if row.block != Block::Horizon && program.columns()[column].block == Block::Horizon {
                continue;
            }
            self.is_bound[id.index()] = true;
            self.found.push(id);
            let end = rhs / a;
            let is_upper = (row.sense == Sense::Le) == (a > 0.0);
            let room = 1e-9 * end.abs().max(1.0);
            self.contradict |= if is_upper { end < self.lower[column] - room } else { end > self.upper[column] + room };
            if is_upper && end < self.upper[column] {
                self.upper[column] = end.max(self.lower[column]);
                self.upper_by[column] = Some(id);
            } else if !is_upper && end > self.lower[column] {
                self.lower[column] = end.min(self.upper[column]);
                self.lower_by[column] = Some(id);
            }
            fixed |= self.is_fixed(column);
        }
        fixed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::keys::{ColumnKey, RowKey};
    use crate::formulation::program::Block;
    use crate::model::{FleetId, Id as _, YearId};

    /// `2a ≤ 6`, `a ≥ 3` and then `a + b ≤ 7`: `a` is 3, and `b` at most 4.
    #[test]
    fn bounds_follow_from_each_other() {
        let keys = |number: usize| (FleetId::new(number), YearId::new(0));
        let mut program = Program::default();
        let mut columns = Vec::new();
        for number in 0..2 {
            let (fleet, year) = keys(number);
            columns.push(program.add_column(ColumnKey::Build(fleet, year), Block::Horizon, 0.0, f64::INFINITY));
        }
        let (a, b) = (columns[0], columns[1]);
        let mut row = |number, terms: &[_], sense, rhs| {
            let (fleet, year) = keys(number);
            program.add_row(RowKey::Growth(fleet, year), Block::Horizon, terms, sense, rhs)
        };
        row(0, &[(a, 1.0), (b, 1.0)], Sense::Le, 7.0);
        let most = row(1, &[(a, 2.0)], Sense::Le, 6.0);
        let least = row(2, &[(a, 1.0)], Sense::Ge, 3.0);
        let bounds = Bounds::new(&program);
        assert!(bounds.is_fixed(0) && !bounds.contradict);
        assert_eq!((bounds.lower_by[0], bounds.upper_by[0]), (Some(least), Some(most)));
        assert_eq!((bounds.lower[1], bounds.upper[1]), (0.0, 4.0));
        assert!(bounds.is_bound.iter().all(|&is| is));
    }
}
