//! Rows with a single column are bounds of that column, and columns with one possible value are that value; so are those of a row that only
//! one value of each can keep.
//!
//! Every part of a program finds the same bounds for columns of the horizon: only rows of the horizon set them, and none that a part has
//! a share of.

use crate::formulation::program::{Block, ColId, Program, RowId, Sense};

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
            let is_open = |&&(column, _): &&(ColId, f64)| !self.is_fixed(column.index());
            let is_elsewhere = |&(column, _): &(ColId, f64)| program.columns()[column.index()].block == Block::Horizon;
            let mut open = program.entries(id).iter().filter(is_open);
            let Some(&first) = open.next() else { continue };
            if row.block != Block::Horizon && (is_elsewhere(&first) || open.clone().any(is_elsewhere)) {
                continue;
            }
            fixed |= match open.next() {
                None => self.take_bound(program, id, first),
                Some(_) => self.take_forced(program, id),
            };
        }
        fixed
    }

    /// Takes the bound that a row is of the only column that it leaves a choice; whether that has one value now.
    fn take_bound(&mut self, program: &Program, id: RowId, (column, a): (ColId, f64)) -> bool {
        let row = &program.rows()[id.index()];
        let others = program.entries(id).iter().filter(|(other, _)| *other != column);
        let end = (row.rhs - others.map(|&(other, a)| a * self.lower[other.index()]).sum::<f64>()) / a;
        let column = column.index();
        self.is_bound[id.index()] = true;
        self.found.push(id);
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
        self.is_fixed(column)
    }

    /// Takes the values that a row leaves its columns if there is only one for each: nothing can use what nothing supplies. Whether there
    /// is one. A program without room inside has prices without end, which a search through the inside would follow.
    fn take_forced(&mut self, program: &Program, id: RowId) -> bool {
        let row = &program.rows()[id.index()];
        // Whether the row is kept best with the column at its lower bound.
        let is_low = |a: f64| (row.sense == Sense::Le) == (a > 0.0);
        let best = |&(column, a): &(ColId, f64)| {
            a * if is_low(a) { self.lower[column.index()] } else { self.upper[column.index()] }
        };
        let best: f64 = program.entries(id).iter().map(best).sum();
        if best != row.rhs {
            return false;
        }
        self.is_bound[id.index()] = true;
        self.found.push(id);
        for &(column, a) in program.entries(id) {
            let column = column.index();
            if self.is_fixed(column) {
                continue;
            }
            if is_low(a) {
                self.upper[column] = self.lower[column];
                self.upper_by[column] = Some(id);
            } else {
                self.lower[column] = self.upper[column];
                self.lower_by[column] = Some(id);
            }
        }
        true
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

    /// `a + 2b − c ≤ −4` with `c` at most 4: `a` and `b` are nothing, and `c` is 4.
    #[test]
    fn what_a_row_leaves_no_choice_is_known() {
        let mut program = Program::default();
        let key = |number| ColumnKey::Build(FleetId::new(number), YearId::new(0));
        let mut columns = Vec::new();
        for (number, upper) in [(0, f64::INFINITY), (1, 9.0), (2, 4.0)] {
            columns.push(program.add_column(key(number), Block::Horizon, 0.0, upper));
        }
        let terms = [(columns[0], 1.0), (columns[1], 2.0), (columns[2], -1.0)];
        let forced =
            program.add_row(RowKey::Growth(FleetId::new(0), YearId::new(0)), Block::Horizon, &terms, Sense::Le, -4.0);
        let bounds = Bounds::new(&program);
        assert_eq!((&bounds.lower[..], &bounds.upper[..]), (&[0.0, 0.0, 4.0][..], &[0.0, 0.0, 4.0][..]));
        assert_eq!(bounds.upper_by[..2], [Some(forced); 2]);
        assert_eq!(bounds.lower_by[2], Some(forced));
    }
}
