//! Names of columns and rows that a file format takes.

use std::collections::HashSet;

use super::Syntax;

/// Fits names to a format, each of them once. What the format does not take becomes `_` (in LP files square brackets become
/// round ones), and a name that is taken already gets a number.
#[derive(Debug)]
pub struct Names {
    syntax: Syntax,
    taken: HashSet<String>,
}

impl Names {
    /// No names yet.
    pub fn new(syntax: Syntax) -> Self {
        Self { syntax, taken: HashSet::new() }
    }

    /// Fits the next name.
    pub fn fit(&mut self, name: &str) -> String {
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
