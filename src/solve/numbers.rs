//! Numbers that HiGHS can not take, found before they are handed to it: it refuses coefficients of 1e15 without a word on
//! which, and takes a cost or a bound that is no number as it comes.

use std::fmt;

use crate::formulation::keys::{ColumnKey, Namer, RowKey};
use crate::formulation::program::Program;

/// Size from which HiGHS takes a coefficient for a mistake.
const LARGEST: f64 = 1e15;

/// Where a number stands in a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Where {
    /// Cost of a column.
    Cost(ColumnKey),
    /// Bound of a column.
    Bound(ColumnKey),
    /// Coefficient of a column in a row.
    Coefficient(RowKey, ColumnKey),
    /// Right side of a row.
    Right(RowKey),
    /// Constant of the objective.
    Constant,
}

impl Where {
    /// The place in words, with the names of its row and column.
    pub fn describe(self, namer: &Namer) -> String {
        match self {
            Where::Cost(column) => format!("the cost of {}", namer.column(column)),
            Where::Bound(column) => format!("a bound of {}", namer.column(column)),
            Where::Coefficient(row, column) => {
                format!("the coefficient of {} in {}", namer.column(column), namer.row(row))
            }
            Where::Right(row) => format!("the right side of {}", namer.row(row)),
            Where::Constant => "the constant of the objective".to_owned(),
        }
    }
}

/// A number that HiGHS can not take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Misfit {
    /// Where it stands.
    pub place: Where,
    /// The number.
    pub value: f64,
}

impl Misfit {
    /// The misfit in words, with the names of its row and column.
    pub fn describe(&self, namer: &Namer) -> String {
        let what = self.place.describe(namer);
        format!(
            "{what} is {:e}, which the solver can not take; nothing is written\n\
             help: look there for a figure that is far too large or too small: a price, a rate, a life, an efficiency, a limit",
            self.value
        )
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is {:e}, which the solver can not take", self.place, self.value)
    }
}

/// Looks for the first number of a program that HiGHS can not take.
///
/// # Errors
/// Where it stands, and what it is.
pub fn check(program: &Program) -> Result<(), Misfit> {
    let fits = |value: f64| value.abs() < LARGEST;
    let sure = |place: Where, value: f64| if fits(value) { Ok(()) } else { Err(Misfit { place, value }) };
    sure(Where::Constant, program.constant)?;
    for column in program.columns() {
        sure(Where::Cost(column.key), column.cost)?;
        // No bound is one as well, on its own side.
        for (bound, none) in [(column.lower, f64::NEG_INFINITY), (column.upper, f64::INFINITY)] {
            if bound != none {
                sure(Where::Bound(column.key), bound)?;
            }
        }
    }
    for id in program.row_ids() {
        let row = &program.rows()[id.index()];
        sure(Where::Right(row.key), row.rhs)?;
        for &(column, value) in program.entries(id) {
            sure(Where::Coefficient(row.key, program.columns()[column.index()].key), value)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::program::{Block, Sense};
    use crate::model::{FleetId, Id as _, YearId};

    const BUILD: fn() -> ColumnKey = || ColumnKey::Build(FleetId::new(0), YearId::new(0));
    const GROWTH: fn() -> RowKey = || RowKey::Growth(FleetId::new(0), YearId::new(0));

    /// One column with a cost and an upper bound, in one row.
    fn found(upper: f64, cost: f64, coefficient: f64, right: f64) -> Option<Where> {
        let mut program = Program::default();
        let column = program.add_column(BUILD(), Block::Horizon, f64::NEG_INFINITY, upper);
        program.add_cost(column, cost);
        program.add_row(GROWTH(), Block::Horizon, &[(column, coefficient)], Sense::Le, right);
        check(&program).err().map(|misfit| misfit.place)
    }

    #[test]
    fn numbers_that_do_not_fit_are_found() {
        assert_eq!(found(f64::INFINITY, 1e14, -1e14, 5.0), None);
        for bad in [f64::NAN, 1e15, -1e16, f64::NEG_INFINITY] {
            assert_eq!(found(bad, 1.0, 1.0, 1.0), Some(Where::Bound(BUILD())));
            assert_eq!(found(1.0, bad, 1.0, 1.0), Some(Where::Cost(BUILD())));
            assert_eq!(found(1.0, 1.0, bad, 1.0), Some(Where::Coefficient(GROWTH(), BUILD())));
            assert_eq!(found(1.0, 1.0, 1.0, bad), Some(Where::Right(GROWTH())));
        }
        let mut program = Program::default();
        program.constant = f64::NAN;
        assert_eq!(check(&program).map_err(|misfit| misfit.place), Err(Where::Constant));
    }
}
