//! Scenario text: figures with units and sources, tables, and what is needed to read them back as they were.

use std::fmt::Write as _;

/// Years of a series beyond which it has a table of its own.
const INLINE: usize = 4;

/// A number as it is written: with its last digits rounded away where they only come from arithmetic.
pub fn number(value: f64) -> String {
    let tidy: f64 = format!("{value:.13e}").parse().unwrap_or(value);
    format!("{}", if tidy == 0.0 { 0.0 } else { tidy })
}

/// A text in quotes.
pub fn text(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A name as a key: in quotes where it needs them.
pub fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if is_bare { name.to_owned() } else { text(name) }
}

/// Names as a list.
pub fn list<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    let all: Vec<String> = names.into_iter().map(|name| text(name.as_ref())).collect();
    format!("[{}]", all.join(", "))
}

/// A value in a unit; plain where the unit is empty.
pub fn quantity(value: f64, unit: &str) -> String {
    if unit.is_empty() { number(value) } else { text(&format!("{} {unit}", number(value))) }
}

/// Points that a series needs: the others lie on the lines between them.
pub fn points(years: &[i32], values: &[f64]) -> Vec<(i32, f64)> {
    let all: Vec<(i32, f64)> = years.iter().copied().zip(values.iter().copied()).collect();
    let (Some(&first), Some(&last)) = (all.first(), all.last()) else { return Vec::new() };
    if all.iter().all(|point| point.1 == first.1) {
        return vec![first];
    }
    let mut kept = vec![first];
    let mut from = 0;
    for to in 1..all.len() {
        // The line from the last point kept to the next one still meets all between them, or this one is needed.
        let Some(&next) = all.get(to + 1) else { break };
        let ((y0, v0), (y1, v1)) = (all[from], next);
        let on_line = |&(year, value): &(i32, f64)| {
            let line = v0 + (v1 - v0) * f64::from(year - y0) / f64::from(y1 - y0);
            (line - value).abs() <= 1e-12 * value.abs().max(v0.abs()).max(v1.abs())
        };
        if !all[from + 1..=to].iter().all(on_line) {
            kept.push(all[to]);
            from = to;
        }
    }
    kept.push(last);
    kept
}

/// A table of the scenario: its keys, and the tables in it.
#[derive(Clone, Debug, Default)]
pub struct Section {
    path: Vec<String>,
    comment: Option<String>,
    source: Option<String>,
    keys: Vec<(String, String)>,
    tables: Vec<(String, Vec<(String, String)>)>,
}

impl Section {
    /// A table at a path.
    pub fn new<S: AsRef<str>>(path: impl IntoIterator<Item = S>) -> Self {
        Self { path: path.into_iter().map(|name| name.as_ref().to_owned()).collect(), ..Self::default() }
    }

    /// Puts a comment before it.
    #[must_use]
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Says where all its figures are from; those that are from there do not say so again.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What a figure has to say of its source, if the table does not say it.
    fn own<'a>(&self, source: &'a str) -> Option<&'a str> {
        (self.source.as_deref() != Some(source)).then_some(source)
    }

    /// Adds a key with a value that is TOML already.
    pub fn raw(&mut self, name: &str, value: impl Into<String>) -> &mut Self {
        self.keys.push((name.to_owned(), value.into()));
        self
    }

    /// Adds a text.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.raw(name, text(value))
    }

    /// Adds a figure that is the same throughout.
    pub fn figure(&mut self, name: &str, value: f64, unit: &str, source: &str) -> &mut Self {
        match self.own(source) {
            Some(source) => {
                self.raw(name, format!("{{ value = {}, source = {} }}", quantity(value, unit), text(source)))
            }
            None => self.raw(name, quantity(value, unit)),
        }
    }

    /// Adds a figure by year.
    pub fn series(&mut self, name: &str, (years, values): (&[i32], &[f64]), unit: &str, source: &str) -> &mut Self {
        let points = points(years, values);
        if let [(_, value)] = points[..] {
            return self.figure(name, value, unit, source);
        }
        let mut keys: Vec<(String, String)> =
            points.iter().map(|&(year, value)| (year.to_string(), quantity(value, unit))).collect();
        keys.extend(self.own(source).map(|source| ("source".to_owned(), text(source))));
        if points.len() > INLINE {
            self.tables.push((name.to_owned(), keys));
            return self;
        }
        self.raw(name, inline(&keys))
    }

    /// Adds figures by name, each by year, in a table with one source.
    pub fn figures(&mut self, name: &str, years: &[i32], figures: &[(String, Vec<f64>, String)], source: &str) {
        let mut keys: Vec<(String, String)> = Vec::new();
        for (figure, values, unit) in figures {
            let value = match points(years, values)[..] {
                [(_, value)] => quantity(value, unit),
                ref points => {
                    let points: Vec<(String, String)> =
                        points.iter().map(|&(year, value)| (year.to_string(), quantity(value, unit))).collect();
                    inline(&points)
                }
            };
            keys.push((figure.clone(), value));
        }
        keys.extend(self.own(source).map(|source| ("source".to_owned(), text(source))));
        self.raw(name, inline(&keys));
    }

    /// Writes it, with an empty line before.
    pub fn write(&self, out: &mut String) {
        out.push('\n');
        for line in self.comment.iter().flat_map(|comment| comment.lines()) {
            let _ = writeln!(out, "# {line}");
        }
        let path = self.path.iter().map(|name| key(name)).collect::<Vec<_>>().join(".");
        let _ = writeln!(out, "[{path}]");
        for (name, value) in &self.keys {
            let _ = writeln!(out, "{} = {value}", key(name));
        }
        if let Some(source) = &self.source {
            let _ = writeln!(out, "source = {}", text(source));
        }
        for (table, keys) in &self.tables {
            let _ = writeln!(out, "[{path}.{}]", key(table));
            for (name, value) in keys {
                let _ = writeln!(out, "{} = {value}", key(name));
            }
        }
    }
}

fn inline(keys: &[(String, String)]) -> String {
    let keys: Vec<String> = keys.iter().map(|(name, value)| format!("{} = {value}", key(name))).collect();
    format!("{{ {} }}", keys.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lose_what_arithmetic_left() {
        let shown = [1.18 - 1.0, 0.00001, 999.0, -0.0, 1.0 / 3.0, 31.536].map(number);
        assert_eq!(shown, ["0.18", "0.00001", "999", "0", "0.33333333333333", "31.536"]);
    }

    #[test]
    fn points_on_lines_are_left_out() {
        let years = [1990, 1991, 1992, 1993, 1994];
        assert_eq!(points(&years, &[5.0; 5]), [(1990, 5.0)]);
        assert_eq!(points(&years, &[1.0, 2.0, 3.0, 4.0, 5.0]), [(1990, 1.0), (1994, 5.0)]);
        assert_eq!(points(&years, &[1.0, 1.0, 3.0, 3.0, 3.0]), [(1990, 1.0), (1991, 1.0), (1992, 3.0), (1994, 3.0)]);
        assert_eq!(points(&years[..1], &[2.0]), [(1990, 2.0)]);
    }

    #[test]
    fn names_are_keys_and_texts() {
        assert_eq!(key("E01"), "E01");
        assert_eq!(key("gas \"new\""), "\"gas \\\"new\\\"\"");
        assert_eq!(list(["a", "b"]), "[\"a\", \"b\"]");
    }

    #[test]
    fn long_series_have_a_table_of_their_own() {
        let mut section = Section::new(["technologies", "RHO"]);
        section.series("capacity", (&[1, 2, 3, 4, 5], &[1.0, 9.0, 2.0, 8.0, 3.0]), "GW", "x");
        section.series("fixed-cost", (&[1, 2], &[1.0, 9.0]), "MUSD/GW/yr", "y");
        let mut out = String::new();
        section.write(&mut out);
        insta::assert_snapshot!(out, @r#"

        [technologies.RHO]
        fixed-cost = { 1 = "1 MUSD/GW/yr", 2 = "9 MUSD/GW/yr", source = "y" }
        [technologies.RHO.capacity]
        1 = "1 GW"
        2 = "9 GW"
        3 = "2 GW"
        4 = "8 GW"
        5 = "3 GW"
        source = "x"
        "#);
    }
}
