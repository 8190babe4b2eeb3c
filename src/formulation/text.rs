//! The program as text, for people and for golden tests: one line per row, in the manner of LP files.

use std::fmt::Write as _;

use super::Formulation;
use super::program::{ColId, Sense};

/// Writes the whole program: objective, rows, bounds.
pub fn render(formulation: &Formulation) -> String {
    let program = &formulation.program;
    let namer = formulation.namer();
    let names: Vec<String> = program.columns().iter().map(|column| namer.column(column.key)).collect();
    let mut out = String::from("minimize\n");
    for (column, name) in program.columns().iter().zip(&names).filter(|(column, _)| column.cost != 0.0) {
        let _ = writeln!(out, "  {} {name}", signed(column.cost));
    }
    if program.constant != 0.0 {
        let _ = writeln!(out, "  {}", signed(program.constant));
    }
    out.push_str("subject to\n");
    for id in program.row_ids() {
        let row = &program.rows()[id.index()];
        let left: Vec<String> =
            program.entries(id).iter().map(|&(ColId(c), a)| format!("{} {}", signed(a), names[c as usize])).collect();
        let sense = match row.sense {
            Sense::Le => "<=",
            Sense::Ge => ">=",
            Sense::Eq => "=",
        };
        let mark = if row.linking { " (links days)" } else { "" };
        let _ = writeln!(out, "  {}{mark}: {} {sense} {}", namer.row(row.key), left.join(" "), short(row.rhs));
    }
    out.push_str("bounds\n");
    for (column, name) in program.columns().iter().zip(&names) {
        let _ = writeln!(out, "  {} <= {name} <= {}", short(column.lower), short(column.upper));
    }
    out
}

fn signed(value: f64) -> String {
    if value < 0.0 { format!("- {}", short(-value)) } else { format!("+ {}", short(value)) }
}

/// Six significant digits.
fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}").replace("-0", "0");
    }
    let digits = 5 - value.abs().log10().floor() as i32;
    let scale = 10f64.powi(digits);
    format!("{}", (value * scale).round() / scale)
}
