//! How far apart the numbers of a program are: by family of rows and columns, with where the least and the greatest stand.
//!
//! A solver keeps a row to some 1e-7, and a number of 64 bits is exact to some 1e-16 of its size. Where the terms of one row are further apart
//! than [`WIDE`], the rounding of the greatest is as large as what the row is kept to in units of the least: what the least says is lost.
//! Between rows it matters less, since solvers scale them.

use std::mem::{Discriminant, discriminant};

use rustc_hash::FxHashMap;

use super::numbers::Where;
use crate::formulation::Parts;
use crate::formulation::keys::{ColumnKey, RowKey};
use crate::formulation::program::Program;

/// Ratio between the coefficients of one row from which on their least is lost: 1e-7 / 1e-16.
pub const WIDE: f64 = 1e9;

/// Coefficients of this size or less HiGHS leaves out.
pub const NOTHING: f64 = 1e-9;

/// The least and the greatest of some numbers by size, and where they stand. A 0 and what is infinite does not count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Size of the least, and its place.
    pub least: (f64, Where),
    /// Size of the greatest, and its place.
    pub greatest: (f64, Where),
}

impl Range {
    /// The greatest by the least.
    pub fn spread(&self) -> f64 {
        self.greatest.0 / self.least.0
    }
}

/// Takes a number into a range.
fn widen(range: &mut Option<Range>, value: f64, place: Where) {
    let size = value.abs();
    if size == 0.0 || !size.is_finite() {
        return;
    }
    let new = (size, place);
    let range = range.get_or_insert(Range { least: new, greatest: new });
    if size < range.least.0 {
        range.least = new;
    }
    if size > range.greatest.0 {
        range.greatest = new;
    }
}

/// What numbers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Coefficients of columns in rows.
    Coefficients,
    /// Right sides of rows.
    RightSides,
    /// Costs of columns.
    Costs,
    /// Bounds of columns.
    Bounds,
}

/// Rows or columns of one meaning.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Family {
    /// Rows.
    Rows(Discriminant<RowKey>),
    /// Columns.
    Columns(Discriminant<ColumnKey>),
}

/// Ranges of the numbers of a program. Of numbers that parts have shares in, the shares count.
#[derive(Clone, Debug, Default)]
pub struct Ranges {
    /// By family and kind, in the order in which they come.
    families: Vec<(Family, Kind, Option<Range>)>,
    positions: FxHashMap<(Family, Kind), usize>,
    /// The row whose coefficients are furthest apart.
    pub widest: Option<Range>,
}

impl Ranges {
    /// Ranges of a program that may be in parts.
    pub fn of(parts: &dyn Parts) -> Self {
        let mut ranges = Self::default();
        (0..parts.count()).for_each(|number| ranges.add(&parts.part(number)));
        ranges
    }

    /// Adds a part.
    pub fn add(&mut self, program: &Program) {
        for id in program.row_ids() {
            let row = &program.rows()[id.index()];
            let family = Family::Rows(discriminant(&row.key));
            widen(self.range(family, Kind::RightSides), row.rhs, Where::Right(row.key));
            let mut own = None;
            for &(column, value) in program.entries(id) {
                widen(&mut own, value, Where::Coefficient(row.key, program.columns()[column.index()].key));
            }
            let Some(own) = own else { continue };
            for (size, place) in [own.least, own.greatest] {
                widen(self.range(family, Kind::Coefficients), size, place);
            }
            if self.widest.is_none_or(|widest| own.spread() > widest.spread()) {
                self.widest = Some(own);
            }
        }
        for column in program.columns() {
            let family = Family::Columns(discriminant(&column.key));
            widen(self.range(family, Kind::Costs), column.cost, Where::Cost(column.key));
            for bound in [column.lower, column.upper] {
                widen(self.range(family, Kind::Bounds), bound, Where::Bound(column.key));
            }
        }
    }

    fn range(&mut self, family: Family, kind: Kind) -> &mut Option<Range> {
        let position = *self.positions.entry((family, kind)).or_insert_with(|| {
            self.families.push((family, kind, None));
            self.families.len() - 1
        });
        &mut self.families[position].2
    }

    /// Ranges of the numbers of a kind, one for each family that has any.
    pub fn by_family(&self, kind: Kind) -> impl Iterator<Item = Range> {
        self.families.iter().filter(move |(_, of, _)| *of == kind).filter_map(|&(_, _, range)| range)
    }

    /// Range of all numbers of a kind.
    pub fn all(&self, kind: Kind) -> Option<Range> {
        let mut all = None;
        for Range { least, greatest } in self.by_family(kind) {
            for (size, place) in [least, greatest] {
                widen(&mut all, size, place);
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::program::{Block, ColId, Sense};
    use crate::model::{FleetId, Id as _, YearId};
    use crate::solve::testing::two_years;

    #[test]
    fn the_least_and_the_greatest_have_their_places() {
        let mut program = two_years(Some(6.0));
        let key = RowKey::Growth(FleetId::new(0), YearId::new(0));
        program.add_row(key, Block::Horizon, &[(ColId(0), -4e6), (ColId(1), 2e-4)], Sense::Le, 0.0);
        let ranges = Ranges::of(&program);
        let sizes = |kind| ranges.all(kind).map(|range| (range.least.0, range.greatest.0));
        assert_eq!(sizes(Kind::Coefficients), Some((2e-4, 4e6)));
        assert_eq!(sizes(Kind::Costs), Some((2.0, 10.0)));
        assert_eq!(sizes(Kind::RightSides), Some((5.0, 6.0)));
        // Nothing but 0 and infinity.
        assert_eq!(sizes(Kind::Bounds), None);
        let widest = ranges.widest.unwrap();
        assert!((widest.spread() - 2e10).abs() < 1.0 && widest.spread() > WIDE);
        assert_eq!(widest.greatest.1, Where::Coefficient(key, program.columns()[0].key));
        assert_eq!(ranges.by_family(Kind::Coefficients).count(), 4);
    }
}
