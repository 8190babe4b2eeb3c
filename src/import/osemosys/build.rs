//! What all parts of an import look at, and where they leave what they write and what they can not carry.

use super::options::Units;
use super::schema::Set;
use super::tables::{Member, Tables, Value};
use super::toml::Section;
use crate::diagnostics::Diagnostic;

/// An import under way.
#[derive(Debug)]
pub struct Build<'a> {
    /// The tables.
    pub tables: &'a Tables,
    /// Units in which figures are written.
    pub units: &'a Units,
    /// Modelled years, rising.
    pub years: Vec<i32>,
    /// Parts of the year by slice, in the order of the set; they sum to 1.
    pub fractions: Vec<f64>,
    /// What the slices of the tables make up of the year.
    pub whole: f64,
    /// What was found on the way.
    pub problems: Vec<Diagnostic>,
    out: String,
}

/// Names that mean something else in a scenario.
const TAKEN: [&str; 4] = ["value", "source", "quality", "note"];

/// A name that a scenario can have: no pattern, no year, and none of the words that say where a figure is from.
pub fn safe(name: &str) -> String {
    let name = name.replace(['*', '{', '}'], "_");
    let is_year = name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
    if TAKEN.contains(&name.as_str()) || is_year { format!("{name}_") } else { name }
}

/// Years in a row in which something holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The years.
    pub years: Vec<i32>,
    /// The value in each of them.
    pub values: Vec<f64>,
    /// Whether they are all years there are.
    pub is_whole: bool,
}

/// The runs of years in which a limit holds.
pub fn runs(years: &[i32], values: &[Option<f64>]) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut is_open = false;
    for (&year, value) in years.iter().zip(values) {
        match value {
            Some(value) if is_open => {
                if let Some(run) = found.last_mut() {
                    run.years.push(year);
                    run.values.push(*value);
                }
            }
            Some(value) => found.push(Run { years: vec![year], values: vec![*value], is_whole: false }),
            None => {}
        }
        is_open = value.is_some();
    }
    for run in &mut found {
        run.is_whole = run.years.len() == years.len();
    }
    found
}

/// An upper limit; `None` where it says that there is none: −1, or a row of nines.
pub fn limit(value: f64) -> Option<f64> {
    let digits = format!("{value}");
    let is_none = value == -1.0 || (digits.len() >= 5 && digits.bytes().all(|byte| byte == b'9'));
    (!is_none).then_some(value)
}

impl<'a> Build<'a> {
    /// Begins an import.
    pub fn new(tables: &'a Tables, units: &'a Units) -> Self {
        let splits: Vec<f64> = tables.all(Set::Timeslice).map(|l| tables.value("YearSplit", &[l, 0])).collect();
        let sum: f64 = splits.iter().sum();
        // Parts that sum to 1 but for the last digits make up the year.
        let whole = if (sum - 1.0).abs() < 1e-9 { 1.0 } else { sum };
        Self {
            tables,
            units,
            years: tables.years(),
            fractions: splits.iter().map(|split| split / whole).collect(),
            whole,
            problems: Vec::new(),
            out: String::new(),
        }
    }

    /// Writes a table.
    pub fn write(&mut self, section: &Section) {
        section.write(&mut self.out);
    }

    /// The text so far.
    pub fn into_text(self) -> (String, Vec<Diagnostic>) {
        (self.out, self.problems)
    }

    /// Whether there is more than one region: then names end with that of their region.
    pub fn is_divided(&self) -> bool {
        self.tables.members(Set::Region).len() > 1
    }

    /// Name of something that belongs to a region.
    pub fn name(&self, region: Member, name: &str) -> String {
        let name = safe(name);
        if self.is_divided() { format!("{name}-{}", self.zone(region)) } else { name }
    }

    /// Name of a technology in a region.
    pub fn technology(&self, region: Member, technology: Member) -> String {
        self.name(region, self.tables.name(Set::Technology, technology))
    }

    /// Name of a region's zone.
    pub fn zone(&self, region: Member) -> String {
        safe(self.tables.name(Set::Region, region))
    }

    /// Name of a fuel's commodity.
    pub fn fuel(&self, fuel: Member) -> String {
        safe(self.tables.name(Set::Fuel, fuel))
    }

    /// Name of a pollutant.
    pub fn emission(&self, emission: Member) -> String {
        safe(self.tables.name(Set::Emission, emission))
    }

    /// Name of a slice.
    pub fn slice(&self, slice: Member) -> String {
        safe(self.tables.name(Set::Timeslice, slice))
    }

    /// Names its region in a table, where there are several.
    pub fn place(&self, section: &mut Section, region: Member) {
        if self.is_divided() {
            section.raw("zones", super::toml::list([self.zone(region)]));
        }
    }

    /// Adds a series over all years.
    pub fn series(&self, section: &mut Section, name: &str, values: &[f64], unit: &str, source: &str) {
        section.series(name, (&self.years, values), unit, source);
    }

    /// Says that rows of a table are not carried over, at the first of them.
    pub fn left_out(&mut self, rows: &[Value], message: &str, help: &str) {
        let Some(first) = rows.first() else { return };
        let label = match rows.len() - 1 {
            0 => String::new(),
            1 => "and one row more".to_owned(),
            more => format!("and {more} rows more"),
        };
        self.problems.push(Diagnostic::warning(first.span, message).label(label).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_in_runs_of_years() {
        let values = [None, Some(1.0), Some(2.0), None, Some(3.0)];
        let found = runs(&[1, 2, 3, 4, 5], &values);
        let years: Vec<Vec<i32>> = found.iter().map(|run| run.years.clone()).collect();
        assert_eq!(years, [vec![2, 3], vec![5]]);
        assert!(runs(&[1, 2], &[Some(1.0), Some(1.0)])[0].is_whole);
    }

    #[test]
    fn nines_are_no_limit() {
        let found = [-1.0, 99.0, 9999.0, 99999.0, 999_999_999.0, 99999.5, 0.0].map(limit);
        assert_eq!(found, [None, Some(99.0), Some(9999.0), None, None, Some(99999.5), Some(0.0)]);
    }

    #[test]
    fn names_keep_clear_of_other_meanings() {
        assert_eq!(["E01", "gas*", "2020", "source"].map(safe), ["E01", "gas_", "2020_", "source_"]);
    }
}
