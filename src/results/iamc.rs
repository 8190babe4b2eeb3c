//! `iamc.csv` and `iamc-wide.csv`: what the scenario's template asks for, a row for each region, variable and year, or for each
//! region and variable.

use super::indicators::Measured;
use super::ledger::Ledger;
use super::table::significant;
use super::write::{Document, WriteError};
use crate::model::{Iamc, Indicator, Model, PerYear, Region};

/// The file in long form.
pub const LONG: &str = "iamc.csv";
/// The file in wide form.
pub const WIDE: &str = "iamc-wide.csv";

/// Below this a difference of numbers is noise of the arithmetic.
const NOTHING: f64 = 1e-12;

/// What is read from the books for a template, gathered part by part.
#[derive(Debug)]
pub struct Gathered<'a> {
    template: &'a Iamc,
    regions: Vec<Measured<'a>>,
}

impl<'a> Gathered<'a> {
    /// Nothing yet.
    pub fn new(template: &'a Iamc) -> Self {
        let measured = |region: &'a Region| Measured::new(region.indicators.iter().chain(&region.variables));
        Self { template, regions: template.regions.iter().map(measured).collect() }
    }

    /// Adds the years of a part.
    pub fn add(&mut self, ledger: &Ledger) {
        self.regions.iter_mut().for_each(|region| region.add(ledger));
    }

    /// Values of all variables. What is measured within a tolerance of nothing is nothing, in sums and in zones too.
    pub fn evaluate(self, model: &Model, tolerance: f64) -> Reported {
        let Self { template, regions } = self;
        let mut lines = Vec::new();
        // The country comes first, and zones are parts of it.
        let mut nothing = None;
        for (region, mut measured) in template.regions.iter().zip(regions) {
            match &nothing {
                None => nothing = Some(measured.settle(tolerance)),
                Some(nothing) => measured.settle_within(tolerance, nothing),
            }
            let values = measured.evaluate(model).into_iter().skip(region.indicators.len());
            lines.extend(region.variables.iter().zip(values).map(|(variable, values)| line(region, variable, &values)));
        }
        Reported {
            model: template.model.clone(),
            scenario: template.scenario.clone(),
            years: model.horizon.values().map(|milestone| milestone.year).collect(),
            lines,
        }
    }
}

fn line(region: &Region, variable: &Indicator, values: &PerYear) -> Line {
    let settle = |&value: &f64| if value.abs() < NOTHING { 0.0 } else { significant(value) };
    Line {
        region: region.name.clone(),
        variable: variable.name.clone(),
        unit: variable.unit.clone(),
        values: values.values().map(settle).collect(),
    }
}

/// Variables of a template with their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    model: String,
    scenario: String,
    years: Vec<i32>,
    lines: Vec<Line>,
}

/// A variable in a region, by year.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    region: String,
    variable: String,
    unit: String,
    values: Vec<f64>,
}

impl Reported {
    /// The files.
    ///
    /// # Errors
    /// A field that can not be written, which does not happen in memory.
    pub fn documents(&self) -> Result<[Document; 2], WriteError> {
        let fail = |name: &str, error: &dyn std::fmt::Display| WriteError::new(name.as_ref(), &error.to_string());
        let long = text(&self.long()).map_err(|error| fail(LONG, &error))?;
        let wide = text(&self.wide()).map_err(|error| fail(WIDE, &error))?;
        Ok([(LONG, long), (WIDE, wide)])
    }

    /// What the rows of a line begin with.
    fn start(&self, line: &Line) -> Vec<String> {
        [&self.model, &self.scenario, &line.region, &line.variable, &line.unit].map(Clone::clone).to_vec()
    }

    fn long(&self) -> Vec<Vec<String>> {
        let mut rows =
            vec![["model", "scenario", "region", "variable", "unit", "year", "value"].map(str::to_owned).to_vec()];
        for line in &self.lines {
            for (year, value) in self.years.iter().zip(&line.values) {
                rows.push(self.start(line).into_iter().chain([year.to_string(), value.to_string()]).collect());
            }
        }
        rows
    }

    fn wide(&self) -> Vec<Vec<String>> {
        let header = ["Model", "Scenario", "Region", "Variable", "Unit"].map(str::to_owned);
        let mut rows = vec![header.into_iter().chain(self.years.iter().map(i32::to_string)).collect::<Vec<_>>()];
        for line in &self.lines {
            rows.push(self.start(line).into_iter().chain(line.values.iter().map(f64::to_string)).collect());
        }
        rows
    }
}

/// Rows as CSV.
fn text(rows: &[Vec<String>]) -> Result<String, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().try_for_each(|row| writer.write_record(row))?;
    Ok(String::from_utf8(writer.into_inner().map_err(|error| error.to_string())?)?)
}
