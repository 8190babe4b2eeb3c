//! The program in parts: what the master decides, and a program for each year that is on its own once that is given.
//!
//! The master decides the columns of the horizon. A row over several years (a cumulative budget) would tie their programs
//! together; the master decides as well what *share* of it each year has:
//!
//! ```text
//! Σ_y a_y·x_y + a_h·h ≤ b        becomes        Σ_y share_y + a_h·h ≤ b  in the master,    a_y·x_y ≤ share_y  in year y
//! ```

use std::collections::BTreeMap;

use crate::formulation::keys::{ColumnKey, RowKey};
use crate::formulation::program::{Block, ColId, Program, RowId, Sense};
use crate::model::YearId;

/// Size up to which a share is looked for where nothing bounds it.
pub const WIDE: f64 = 1e6;

/// What a decision of the master means, in the program and in any other of the same model.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Meaning {
    /// A column of the horizon.
    Column(ColumnKey),
    /// A year's share of a row over several years.
    Share(RowKey, YearId),
}

/// A decision of the master.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What it means.
    pub meaning: Meaning,
    /// Objective coefficient.
    pub cost: f64,
    /// Least value.
    pub lower: f64,
    /// Greatest value.
    pub upper: f64,
}

/// A row of the master.
#[derive(Clone, Debug)]
pub struct MasterRow {
    /// The row of the program.
    pub id: RowId,
    /// Coefficients of decisions.
    pub entries: Vec<(usize, f64)>,
}

/// A row of a year's program.
#[derive(Clone, Debug)]
pub struct PartRow {
    /// The row of the program; `None` for a share of one, whose dual is the master's.
    pub id: Option<RowId>,
    /// Relation.
    pub sense: Sense,
    /// Right side.
    pub rhs: f64,
    /// Coefficients of the year's columns, by their position in the part.
    pub entries: Vec<(usize, f64)>,
    /// Coefficients of decisions.
    pub decisions: Vec<(usize, f64)>,
    /// Whether it ties the days of the year together.
    pub linking: bool,
}

/// The program of a year.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Its columns.
    pub columns: Vec<ColId>,
    /// Its rows.
    pub rows: Vec<PartRow>,
}

/// A program in parts.
#[derive(Clone, Debug)]
pub struct Split {
    /// What the master decides: first the columns of the horizon, then shares.
    pub decisions: Vec<Decision>,
    /// Columns of the program behind the first decisions.
    pub horizon: Vec<ColId>,
    /// Rows of the master.
    pub rows: Vec<MasterRow>,
    /// Programs of the years.
    pub parts: Vec<Part>,
    /// Part and position of every column of the program; `None` for columns of the horizon, whose position is the decision's.
    pub places: Vec<(Option<usize>, usize)>,
}

impl Split {
    /// Takes a program apart.
    pub fn new(program: &Program) -> Self {
        let mut numbers: BTreeMap<YearId, usize> = BTreeMap::new();
        let mut split = Self {
            decisions: Vec::new(),
            horizon: Vec::new(),
            rows: Vec::new(),
            parts: Vec::new(),
            places: Vec::new(),
        };
        for (position, column) in program.columns().iter().enumerate() {
            let id = ColId(u32::try_from(position).unwrap_or(u32::MAX));
            match column.block {
                Block::Horizon => {
                    split.places.push((None, split.decisions.len()));
                    split.horizon.push(id);
                    let meaning = Meaning::Column(column.key);
                    let (cost, lower, upper) = (column.cost, column.lower, column.upper);
                    split.decisions.push(Decision { meaning, cost, lower, upper });
                }
                Block::Year(year) | Block::Day(year, _) => {
                    let known = numbers.len();
                    let part = *numbers.entry(year).or_insert(known);
                    if part == split.parts.len() {
                        split.parts.push(Part::default());
                    }
                    split.places.push((Some(part), split.parts[part].columns.len()));
                    split.parts[part].columns.push(id);
                }
            }
        }
        let years: Vec<YearId> = {
            let mut by_part: Vec<(usize, YearId)> = numbers.iter().map(|(&year, &part)| (part, year)).collect();
            by_part.sort_unstable();
            by_part.into_iter().map(|(_, year)| year).collect()
        };
        for id in program.row_ids() {
            split.add_row(program, id, &years);
        }
        split
    }

    fn add_row(&mut self, program: &Program, id: RowId, years: &[YearId]) {
        let row = &program.rows()[id.index()];
        let mut decisions = Vec::new();
        let mut parts: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
        for &(column, factor) in program.entries(id) {
            match self.places[column.index()] {
                (None, position) => decisions.push((position, factor)),
                (Some(part), position) => parts.entry(part).or_default().push((position, factor)),
            }
        }
        let linking = !matches!(row.block, Block::Day(..));
        if parts.len() == 1
            && let Some((part, entries)) = parts.pop_first()
        {
            let (sense, rhs) = (row.sense, row.rhs);
            self.parts[part].rows.push(PartRow { id: Some(id), sense, rhs, entries, decisions, linking });
            return;
        }
        for (part, entries) in parts {
            let meaning = Meaning::Share(row.key, years[part]);
            let (lower, upper) = self.range(program, part, &entries);
            let share = self.decisions.len();
            self.decisions.push(Decision { meaning, cost: 0.0, lower, upper });
            decisions.push((share, 1.0));
            let own = vec![(share, -1.0)];
            let share = PartRow { id: None, sense: row.sense, rhs: 0.0, entries, decisions: own, linking };
            self.parts[part].rows.push(share);
        }
        self.rows.push(MasterRow { id, entries: decisions });
    }

    /// What a sum of a year's columns can be at all.
    fn range(&self, program: &Program, part: usize, entries: &[(usize, f64)]) -> (f64, f64) {
        let (mut least, mut most) = (0.0, 0.0);
        for &(position, factor) in entries {
            let column = &program.columns()[self.parts[part].columns[position].index()];
            let ends = (factor * column.lower, factor * column.upper);
            least += f64::min(ends.0, ends.1);
            most += f64::max(ends.0, ends.1);
        }
        (f64::max(least, -WIDE), f64::min(most, WIDE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::testing::{BUDGET, two_years};

    /// The capacity is the master's, each year's supply is its own, and the budget over both leaves each year a share.
    #[test]
    fn a_row_over_years_becomes_shares() {
        let split = Split::new(&two_years(Some(BUDGET)));
        let meanings: Vec<bool> = split.decisions.iter().map(|d| matches!(d.meaning, Meaning::Share(..))).collect();
        assert_eq!(meanings, [false, true, true]);
        // A year can supply nothing or, as far as its own columns know, anything.
        assert_eq!((split.decisions[1].lower, split.decisions[1].upper), (0.0, WIDE));
        assert_eq!(split.rows.len(), 1);
        assert_eq!(split.rows[0].entries, [(1, 1.0), (2, 1.0)]);
        for part in &split.parts {
            let shares: Vec<&PartRow> = part.rows.iter().filter(|row| row.id.is_none()).collect();
            assert_eq!((part.columns.len(), part.rows.len(), shares.len()), (2, 3, 1));
            assert_eq!((shares[0].rhs, shares[0].sense), (0.0, Sense::Le));
        }
    }
}
