//! A linear program in blocks: `min c·x + c₀` subject to `Σ a·x (≤ = ≥) b` and `l ≤ x ≤ u`.
//!
//! Every column and every row belongs to a [`Block`]. A row that holds a column of a finer block than its own is a
//! *linking* row: it ties blocks together that would otherwise be independent programs once the investments are given.

use std::hash::{BuildHasher as _, Hash};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::keys::{ColumnKey, RowKey};
use crate::model::YearId;
use crate::time::DayId;

/// Position of a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ColId(pub u32);

/// Position of a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct RowId(pub u32);

impl ColId {
    /// Position as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl RowId {
    /// Position as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Part of the program that a column or row belongs to, from coarse to fine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Block {
    /// Investments and whatever spans the years.
    Horizon,
    /// A year.
    Year(YearId),
    /// A representative day of a year.
    Day(YearId, DayId),
}

impl Block {
    /// 0 for the horizon, 1 for a year, 2 for a day.
    fn depth(self) -> u8 {
        match self {
            Block::Horizon => 0,
            Block::Year(_) => 1,
            Block::Day(..) => 2,
        }
    }

    /// Whether a row of this block reaches into `other`, a finer block.
    fn is_above(self, other: Block) -> bool {
        self.depth() < other.depth()
    }
}

/// Relation of a row's left side to its right side.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sense {
    /// At most.
    Le,
    /// At least.
    Ge,
    /// Exactly.
    Eq,
}

impl Sense {
    /// Between what a row's left side has to lie.
    pub fn ends(self, rhs: f64) -> (f64, f64) {
        match self {
            Sense::Le => (f64::NEG_INFINITY, rhs),
            Sense::Ge => (rhs, f64::INFINITY),
            Sense::Eq => (rhs, rhs),
        }
    }

    /// The part of a dual that a row may have: more of an upper limit never costs more, less of a lower one neither.
    pub fn price(self, dual: f64) -> f64 {
        match self {
            Sense::Le => dual.min(0.0),
            Sense::Ge => dual.max(0.0),
            Sense::Eq => dual,
        }
    }
}

/// A variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Meaning.
    pub key: ColumnKey,
    /// Where it belongs.
    pub block: Block,
    /// Least value.
    pub lower: f64,
    /// Greatest value.
    pub upper: f64,
    /// Objective coefficient, discounted million currency units per unit.
    pub cost: f64,
}

/// A constraint without its coefficients.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Meaning.
    pub key: RowKey,
    /// Where it belongs.
    pub block: Block,
    /// Whether it ties finer blocks together.
    pub linking: bool,
    /// Relation.
    pub sense: Sense,
    /// Right side.
    pub rhs: f64,
    /// Range of its coefficients in [`Program::entries`].
    start: usize,
    end: usize,
}

fn hash(key: &impl Hash) -> u64 {
    FxBuildHasher.hash_one(key)
}

/// The program. Columns and rows are found by meaning, through [`Program::column`] and [`Program::row`].
#[derive(Clone, Debug, Default)]
pub struct Program {
    columns: Vec<Column>,
    rows: Vec<Row>,
    entries: Vec<(ColId, f64)>,
    /// Positions of columns and rows by the hashes of their meanings, which are with the columns and rows themselves.
    column_index: HashTable<ColId>,
    row_index: HashTable<RowId>,
    /// Constant of the objective.
    pub constant: f64,
}

impl Program {
    /// Adds a variable.
    pub fn add_column(&mut self, key: ColumnKey, block: Block, lower: f64, upper: f64) -> ColId {
        let id = ColId(u32::try_from(self.columns.len()).unwrap_or(u32::MAX));
        debug_assert!(self.column(key).is_none(), "column {key:?} added twice");
        self.column_index.insert_unique(hash(&key), id, |id| hash(&self.columns[id.index()].key));
        self.columns.push(Column { key, block, lower, upper, cost: 0.0 });
        id
    }

    /// Adds a constraint. Terms of the same column are summed, and zero coefficients left out.
    pub fn add_row(&mut self, key: RowKey, block: Block, terms: &[(ColId, f64)], sense: Sense, rhs: f64) -> RowId {
        let id = RowId(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
        debug_assert!(self.row(key).is_none(), "row {key:?} added twice");
        self.row_index.insert_unique(hash(&key), id, |id| hash(&self.rows[id.index()].key));
        let start = self.entries.len();
        let mut sorted = terms.to_vec();
        sorted.sort_by_key(|&(col, _)| col);
        for (col, coefficient) in sorted {
            match self.entries[start..].last_mut() {
                Some(last) if last.0 == col => last.1 += coefficient,
                _ => self.entries.push((col, coefficient)),
            }
        }
        let mut kept = start;
        for i in start..self.entries.len() {
            if self.entries[i].1 != 0.0 {
                self.entries[kept] = self.entries[i];
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        let linking = self.entries[start..].iter().any(|&(col, _)| block.is_above(self.columns[col.index()].block));
        self.rows.push(Row { key, block, linking, sense, rhs, start, end: kept });
        id
    }

    /// Adds to a column's objective coefficient.
    pub fn add_cost(&mut self, col: ColId, cost: f64) {
        self.columns[col.index()].cost += cost;
    }

    /// The column of a meaning, if the program has it.
    pub fn column(&self, key: ColumnKey) -> Option<ColId> {
        self.column_index.find(hash(&key), |id| self.columns[id.index()].key == key).copied()
    }

    /// The row of a meaning, if the program has it.
    pub fn row(&self, key: RowKey) -> Option<RowId> {
        self.row_index.find(hash(&key), |id| self.rows[id.index()].key == key).copied()
    }

    /// All columns, in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// All rows, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Columns of the horizon, in order.
    pub fn horizon_columns(&self) -> impl Iterator<Item = ColId> {
        self.column_ids().filter(|id| self.columns[id.index()].block == Block::Horizon)
    }

    /// Rows of the horizon, in order.
    pub fn horizon_rows(&self) -> impl Iterator<Item = RowId> {
        self.row_ids().filter(|id| self.rows[id.index()].block == Block::Horizon)
    }

    /// Coefficients of a row.
    pub fn entries(&self, row: RowId) -> &[(ColId, f64)] {
        let row = &self.rows[row.index()];
        &self.entries[row.start..row.end]
    }

    /// Number of coefficients.
    pub fn nonzeros(&self) -> usize {
        self.entries.len()
    }

    /// All column ids, in order.
    pub fn column_ids(&self) -> impl Iterator<Item = ColId> + use<> {
        (0..self.columns.len()).map(|i| ColId(u32::try_from(i).unwrap_or(u32::MAX)))
    }

    /// All row ids, in order.
    pub fn row_ids(&self) -> impl Iterator<Item = RowId> + use<> {
        (0..self.rows.len()).map(|i| RowId(u32::try_from(i).unwrap_or(u32::MAX)))
    }
}

/// The coefficients of a program by columns.
#[derive(Clone, Debug)]
pub struct ByColumn {
    starts: Vec<usize>,
    entries: Vec<(RowId, f64)>,
}

impl ByColumn {
    /// Turns the coefficients of a program.
    pub fn new(program: &Program) -> Self {
        let mut starts = vec![0; program.columns().len() + 1];
        for id in program.row_ids() {
            for &(column, _) in program.entries(id) {
                starts[column.index() + 1] += 1;
            }
        }
        for position in 1..starts.len() {
            starts[position] += starts[position - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![(RowId(0), 0.0); program.nonzeros()];
        for id in program.row_ids() {
            for &(column, factor) in program.entries(id) {
                entries[next[column.index()]] = (id, factor);
                next[column.index()] += 1;
            }
        }
        Self { starts, entries }
    }

    /// Coefficients of a column, in the order of the rows.
    pub fn entries(&self, column: ColId) -> &[(RowId, f64)] {
        &self.entries[self.starts[column.index()]..self.starts[column.index() + 1]]
    }
}
