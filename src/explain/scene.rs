//! A part of a solved program, with its columns' dual equations.
//!
//! For a column with cost `c` and coefficients `a` in rows with duals `y`, the reduced cost `d = c − Σ a·y` is nothing where the column
//! lies between its bounds. Then its cost is what it earns, and each term of the sum is a reason for the others.

use std::collections::HashMap;

use super::reason::Cause;
use crate::formulation::Formulation;
use crate::formulation::book::Component;
use crate::formulation::keys::{ColumnKey, RowKey};
use crate::formulation::program::{ByColumn, ColId, Program, RowId};
use crate::results::ledger::Ledger;
use crate::solve::Solution;

/// A part of a solved program.
pub struct Scene<'a> {
    /// Who does what in it.
    pub ledger: Ledger<'a>,
    by_column: ByColumn,
    costs: HashMap<ColId, Vec<(Component, f64)>>,
}

impl<'a> Scene<'a> {
    /// Turns a part and its solution.
    pub fn new(formulation: &'a Formulation<'a>, solution: &'a Solution) -> Self {
        let mut costs: HashMap<ColId, Vec<(Component, f64)>> = HashMap::new();
        for posting in &formulation.book.costs {
            if let Some(column) = posting.column {
                costs.entry(column).or_default().push((posting.component, posting.discounted));
            }
        }
        let by_column = ByColumn::new(&formulation.program);
        Self { ledger: Ledger::new(formulation, solution), by_column, costs }
    }

    /// The program.
    pub fn program(&self) -> &'a Program {
        &self.ledger.formulation.program
    }

    /// Meaning of a row.
    pub fn row_key(&self, row: RowId) -> RowKey {
        self.program().rows()[row.index()].key
    }

    /// What a unit of a column costs, discounted.
    pub fn costs(&self, column: ColId) -> &[(Component, f64)] {
        self.costs.get(&column).map_or(&[], Vec::as_slice)
    }

    /// Coefficients of a column. What a tally gathers stands in the rows that the tally stands in.
    pub fn entries(&self, column: ColId) -> Vec<(RowId, f64)> {
        let mut all = Vec::new();
        for &(row, factor) in self.by_column.entries(column) {
            match self.tally(row).filter(|&tally| tally != column) {
                Some(tally) => {
                    let beyond = self.by_column.entries(tally).iter().filter(|(other, _)| *other != row);
                    all.extend(beyond.map(|&(other, part)| (other, factor * part)));
                }
                None => all.push((row, factor)),
            }
        }
        all
    }

    /// The column that a row defines as a tally.
    fn tally(&self, row: RowId) -> Option<ColId> {
        match self.row_key(row) {
            RowKey::Tally(sum, year, day) => self.program().column(ColumnKey::Tally(sum, year, day)),
            _ => None,
        }
    }

    /// Columns of a row with their coefficients; those that a tally gathers in its place.
    pub fn columns(&self, row: RowId) -> Vec<(ColId, f64)> {
        let mut all = Vec::new();
        for &(column, factor) in self.program().entries(row) {
            match self.program().columns()[column.index()].key {
                ColumnKey::Tally(sum, year, day) => {
                    let Some(defined) = self.program().row(RowKey::Tally(sum, year, day)) else { continue };
                    let members = self.program().entries(defined).iter().filter(|(member, _)| *member != column);
                    all.extend(members.map(|&(member, part)| (member, factor * part)));
                }
                _ => all.push((column, factor)),
            }
        }
        all
    }

    /// What a unit of a column costs, cause by cause: what it pays, and what it takes of rows at their duals. They add up to its reduced
    /// cost.
    pub fn reduced(&self, column: ColId) -> impl Iterator<Item = (Cause, Option<RowId>, f64)> {
        let costs: Vec<_> = self.costs(column).iter().map(|&(part, cost)| (Cause::Cost(part), None, cost)).collect();
        let rows = self
            .entries(column)
            .into_iter()
            .map(|(row, factor)| (Cause::of(self.row_key(row)), Some(row), -factor * self.ledger.solution.dual(row)));
        costs.into_iter().chain(rows)
    }
}

impl std::fmt::Debug for Scene<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scene").field("model", &self.ledger.model().id).finish()
    }
}
