//! The program as an MPS file in free format.
//!
//! An MPS file lists the matrix by columns, so it is turned first. The constant of the objective is the cost of a column that is
//! always 1: the right side of the objective's row means its opposite to some solvers, and itself to others.

use std::io::{self, Write};

use super::names::Named;
use super::number::number;
use crate::formulation::program::{ByColumn, ColId, Column, Sense};

/// Name of the objective's row.
const OBJECTIVE: &str = "cost";

/// Writes a program.
///
/// # Errors
/// What the writer fails with.
pub fn write(named: &Named, out: &mut dyn Write) -> io::Result<()> {
    let Named { program, title, columns, rows, one } = named;
    writeln!(out, "NAME {title}\nROWS\n N {OBJECTIVE}")?;
    for (row, name) in program.rows().iter().zip(rows) {
        let sense = match row.sense {
            Sense::Le => 'L',
            Sense::Ge => 'G',
            Sense::Eq => 'E',
        };
        writeln!(out, " {sense} {name}")?;
    }
    writeln!(out, "COLUMNS")?;
    let by_column = ByColumn::new(program);
    for ((column, name), id) in program.columns().iter().zip(columns).zip(0..) {
        let entries = by_column.entries(ColId(id));
        // A column without entries is named all the same, so that the file holds every column.
        if column.cost != 0.0 || entries.is_empty() {
            writeln!(out, " {name} {OBJECTIVE} {}", number(column.cost))?;
        }
        for &(row, factor) in entries {
            writeln!(out, " {name} {} {}", rows[row.index()], number(factor))?;
        }
    }
    if let Some(one) = one {
        writeln!(out, " {one} {OBJECTIVE} {}", number(program.constant))?;
    }
    writeln!(out, "RHS")?;
    for (row, name) in program.rows().iter().zip(rows).filter(|(row, _)| row.rhs != 0.0) {
        writeln!(out, " RHS {name} {}", number(row.rhs))?;
    }
    writeln!(out, "BOUNDS")?;
    for (column, name) in program.columns().iter().zip(columns) {
        write_bounds(column, name, out)?;
    }
    if let Some(one) = one {
        writeln!(out, " FX BND {one} 1")?;
    }
    writeln!(out, "ENDATA")
}

/// Without bounds a column lies between 0 and infinity.
fn write_bounds(column: &Column, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let Column { lower, upper, .. } = *column;
    if lower == upper {
        return writeln!(out, " FX BND {name} {}", number(lower));
    }
    if lower == f64::NEG_INFINITY && upper == f64::INFINITY {
        return writeln!(out, " FR BND {name}");
    }
    if lower == f64::NEG_INFINITY {
        writeln!(out, " MI BND {name}")?;
    } else if lower != 0.0 {
        writeln!(out, " LO BND {name} {}", number(lower))?;
    }
    if upper != f64::INFINITY {
        writeln!(out, " UP BND {name} {}", number(upper))?;
    }
    Ok(())
}
