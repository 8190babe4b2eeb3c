//! The program as an LP file: one term a line, since readers limit the length of lines.

use std::io::{self, Write};

use super::names::Named;
use super::number::number;
use crate::formulation::program::{Column, Sense};

/// Writes a program.
///
/// # Errors
/// What the writer fails with.
pub fn write(named: &Named, out: &mut dyn Write) -> io::Result<()> {
    let Named { program, title, columns, rows, one } = named;
    writeln!(out, "\\ {title}\nminimize\n cost:")?;
    for (column, name) in program.columns().iter().zip(columns).filter(|(column, _)| column.cost != 0.0) {
        writeln!(out, "  {} {name}", signed(column.cost))?;
    }
    if let Some(one) = one {
        writeln!(out, "  {} {one}", signed(program.constant))?;
    }
    writeln!(out, "subject to")?;
    for (id, name) in program.row_ids().zip(rows) {
        let row = &program.rows()[id.index()];
        writeln!(out, " {name}:")?;
        let entries = program.entries(id);
        for &(column, factor) in entries {
            writeln!(out, "  {} {}", signed(factor), columns[column.index()])?;
        }
        // The format knows no row without a term.
        if let (true, Some(any)) = (entries.is_empty(), columns.first()) {
            writeln!(out, "  0 {any}")?;
        }
        let sense = match row.sense {
            Sense::Le => "<=",
            Sense::Ge => ">=",
            Sense::Eq => "=",
        };
        writeln!(out, "  {sense} {}", number(row.rhs))?;
    }
    writeln!(out, "bounds")?;
    for (column, name) in program.columns().iter().zip(columns) {
        write_bounds(column, name, out)?;
    }
    if let Some(one) = one {
        writeln!(out, " {one} = 1")?;
    }
    writeln!(out, "end")
}

fn write_bounds(column: &Column, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let Column { lower, upper, .. } = *column;
    match (lower == f64::NEG_INFINITY, upper == f64::INFINITY) {
        (true, true) => writeln!(out, " {name} free"),
        (true, false) => writeln!(out, " -inf <= {name} <= {}", number(upper)),
        (false, true) => writeln!(out, " {name} >= {}", number(lower)),
        (false, false) => writeln!(out, " {} <= {name} <= {}", number(lower), number(upper)),
    }
}

fn signed(value: f64) -> String {
    if value < 0.0 { format!("- {}", number(-value)) } else { format!("+ {}", number(value)) }
}
