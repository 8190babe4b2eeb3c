//! Names of columns and rows that a file format takes.

use std::collections::HashSet;

use super::Syntax;
use crate::formulation::Formulation;
use crate::formulation::program::Program;

/// A program whose columns and rows have names that a format takes.
#[derive(Debug)]
pub struct Named<'a> {
    /// The program.
    pub program: &'a Program,
    /// Its own name.
    pub title: String,
    /// Names of columns, in order.
    pub columns: Vec<String>,
    /// Names of rows, in order.
    pub rows: Vec<String>,
    /// Name of a column that is always 1, which carries the constant of the objective: solvers do not agree on the sign of a constant
    /// in MPS, and some take none in LP. `None` where there is no constant.
    pub one: Option<String>,
}

impl<'a> Named<'a> {
    /// A program with the names of its model.
    pub fn new(formulation: &'a Formulation, syntax: Syntax) -> Self {
        let (program, namer) = (&formulation.program, formulation.context.namer());
        let mut names = Names::new(syntax);
        let columns = program.columns().iter().map(|column| names.fit(&namer.column(column.key))).collect();
        let one = (program.constant != 0.0).then(|| names.fit("constant"));
        let mut names = Names::new(syntax);
        let rows = program.rows().iter().map(|row| names.fit(&namer.row(row.key))).collect();
        Self { program, title: Names::new(syntax).fit(&formulation.context.model.id), columns, rows, one }
    }
}

/// Fits names to a format, each of them once. What the format does not take becomes `_` (in LP files square brackets become
/// round ones), and a name that is taken already gets a number.
#[derive(Debug)]
struct Names {
    syntax: Syntax,
    taken: HashSet<String>,
}

impl Names {
    /// No names yet.
    fn new(syntax: Syntax) -> Self {
        Self { syntax, taken: HashSet::new() }
    }

    /// Fits the next name.
    fn fit(&mut self, name: &str) -> String {
        let fitted: String = name.chars().map(|c| self.letter(c)).collect();
        let mut free = fitted.clone();
        let mut number = 2;
        while !self.taken.insert(free.clone()) {
            free = format!("{fitted}~{number}");
            number += 1;
        }
        free
    }

    fn letter(&self, c: char) -> char {
        match (self.syntax, c) {
            (Syntax::Mps, c) if c.is_ascii_graphic() => c,
            (Syntax::Lp, '[') => '(',
            (Syntax::Lp, ']') => ')',
            (Syntax::Lp, c) if c.is_ascii_alphanumeric() || "_.,@()#".contains(c) => c,
            _ => '_',
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_unique() {
        let mut mps = Names::new(Syntax::Mps);
        assert_eq!(mps.fit("build[wind@north-east,2030]"), "build[wind@north-east,2030]");
        assert_eq!(mps.fit("build[wind farm@шығыс,2030]"), "build[wind_farm@_____,2030]");
        let mut lp = Names::new(Syntax::Lp);
        assert_eq!(lp.fit("activity[a-b,2030,d001h00]"), "activity(a_b,2030,d001h00)");
        assert_eq!(lp.fit("activity[a:b,2030,d001h00]"), "activity(a_b,2030,d001h00)~2");
    }
}
