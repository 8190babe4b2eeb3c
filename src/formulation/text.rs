//! The program as text, for golden tests: one line per row in the manner of LP files, six digits, and a mark where a row links
//! days. Files that solvers read are written by [`export`](crate::export).

use std::fmt::Write as _;

use super::Formulation;
use super::program::{ColId, Sense};

/// Writes the whole program: objective, rows, bounds.
pub fn render(formulation: &Formulation) -> String {
    let program = &formulation.program;
    let namer = formulation.context.namer();
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

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{BURNER, rows};

    /// A whole small program: whatever changes in it is meant to.
    #[test]
    fn a_program_as_text() {
        let scenario = BURNER.to_owned()
            + r#"
[profiles.wind]
slices = { base = 0.3, peak = 0.2 }
[profiles.load]
slices = { base = 0.9, peak = 1.3 }
[technologies.wind]
outputs = "electricity"
profile = "wind"
capital-cost = { 2025 = "1200 USD/kW", 2030 = "1000 USD/kW" }
fixed-cost = "15 USD/kW/yr"
lifetime = "25 yr"
max-build = "1 GW/yr"
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capacity = "0.5 GW"
capital-cost = "300 USD/kW"
lifetime = "40 yr"
losses = 0.03
[markets.abroad]
zone = "b"
commodity = "electricity"
trade = "import"
steps = [{ volume = "2 TWh/yr", price = "40 USD/MWh" }, { price = "70 USD/MWh" }]
[demands.a]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
profile = "load"
[demands.b]
zone = "b"
commodity = "electricity"
annual = { 2025 = "4 TWh", 2030 = "6 TWh" }
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = "3 Mt/yr"
from = 2030
"#;
        insta::assert_snapshot!(rows(&scenario, &[""]));
    }
}
