//! What of the results is different.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::results::read::{ReadError, Stored, number};

/// A table of results, by what is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name: the table's file, without its ending.
    pub table: &'static str,
    /// The column that is compared.
    pub value: &'static str,
    /// The column of its unit.
    pub unit: &'static str,
    /// Columns that say what it is: zone, sector, commodity, technology, and one more; none where there is no such column.
    pub keys: [Option<&'static str>; 5],
    /// Rows that count: a column and what stands in it.
    pub only: Option<(&'static str, &'static str)>,
}

const fn subject(
    table: &'static str,
    value: &'static str,
    unit: &'static str,
    keys: [Option<&'static str>; 5],
) -> Subject {
    Subject { table, value, unit, keys, only: None }
}

const ZONE: Option<&str> = Some("zone");
const TECHNOLOGY: Option<&str> = Some("technology");
const COMMODITY: Option<&str> = Some("commodity");

/// All that is compared beside the indicators.
pub const SUBJECTS: [Subject; 9] = [
    subject("capacity", "capacity", "unit", [ZONE, None, None, TECHNOLOGY, None]),
    subject("flows", "value", "unit", [ZONE, None, COMMODITY, TECHNOLOGY, Some("direction")]),
    subject("emissions", "value", "unit", [ZONE, Some("sector"), None, TECHNOLOGY, Some("pollutant")]),
    Subject {
        only: Some(("basis", "annual")),
        ..subject("costs", "value", "unit", [ZONE, None, None, TECHNOLOGY, Some("component")])
    },
    subject("investment", "overnight_cost", "cost_unit", [ZONE, None, None, TECHNOLOGY, Some("source")]),
    subject("prices", "price", "unit", [ZONE, None, COMMODITY, None, None]),
    subject("markets", "quantity", "unit", [ZONE, None, COMMODITY, None, Some("market")]),
    subject("links", "flow", "unit", [Some("from"), None, COMMODITY, None, Some("link")]),
    subject("policies", "shadow_price", "price_unit", [None, None, None, None, Some("policy")]),
];

/// The subject that indicators are.
pub const INDICATORS: &str = "indicators";

/// A result that differs from the baseline's.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What is compared: a table, or `indicators`.
    pub subject: &'static str,
    /// Position of the scenario.
    pub scenario: usize,
    /// Milestone year.
    pub year: i32,
    /// Zone, sector, commodity, technology, and one more; empty where it is none of them.
    pub keys: [String; 5],
    /// Value of the baseline.
    pub baseline: f64,
    /// Value of the scenario.
    pub value: f64,
    /// Unit of both.
    pub unit: String,
}

impl Difference {
    /// How much more the scenario has than the baseline.
    pub fn difference(&self) -> f64 {
        self.value - self.baseline
    }

    /// The difference as a part of the baseline; infinite where that has nothing.
    pub fn relative(&self) -> f64 {
        self.difference() / self.baseline.abs()
    }
}

/// Part of the larger of two values below which they do not count as different: no solution is more exact.
const NOISE: f64 = 1e-6;

/// Values of a subject by keys and unit, and by year.
type Values = IndexMap<([String; 5], String), BTreeMap<i32, f64>>;

/// What differs from a baseline, in milestone years that both have.
///
/// # Errors
/// A table that can not be read.
pub fn differences(scenarios: &[Stored], baseline: usize) -> Result<Vec<Difference>, ReadError> {
    let mut found = Vec::new();
    let others: Vec<usize> = (0..scenarios.len()).filter(|&position| position != baseline).collect();
    let mut set_beside = |subject: &'static str, base: &Values, scenario: usize, own: &Values| {
        let of = |values: &Values, key: &([String; 5], String), year| {
            values.get(key).and_then(|by_year| by_year.get(&year)).copied().unwrap_or(0.0)
        };
        let years = &scenarios[scenario].summary.years;
        let common = scenarios[baseline].summary.years.iter().filter(|year| years.contains(year));
        let keys: Vec<_> = base.keys().chain(own.keys().filter(|key| !base.contains_key(*key))).collect();
        for &year in common {
            for key in &keys {
                let (before, now) = (of(base, key, year), of(own, key, year));
                if (now - before).abs() > NOISE * now.abs().max(before.abs()) {
                    let (keys, unit) = (*key).clone();
                    found.push(Difference { subject, scenario, year, keys, baseline: before, value: now, unit });
                }
            }
        }
    };
    let headlines = figures(&scenarios[baseline]);
    for &other in &others {
        set_beside(INDICATORS, &headlines, other, &figures(&scenarios[other]));
    }
    for subject in &SUBJECTS {
        let base = values(&scenarios[baseline], subject)?;
        for &other in &others {
            set_beside(subject.table, &base, other, &values(&scenarios[other], subject)?);
        }
    }
    Ok(found)
}

fn figures(stored: &Stored) -> Values {
    let unit = |name: &str| {
        let figure = stored.display.figures.iter().find(|figure| figure.name == *name);
        figure.map_or_else(String::new, |figure| figure.unit.clone())
    };
    let key = |name: &String| {
        let mut keys: [String; 5] = Default::default();
        keys[4].clone_from(name);
        (keys, unit(name))
    };
    stored.summary.indicators.iter().map(|(name, by_year)| (key(name), by_year.clone())).collect()
}

fn values(stored: &Stored, subject: &Subject) -> Result<Values, ReadError> {
    let (only, wanted) = subject.only.unwrap_or(("year", ""));
    // A column that a subject has not is read from another, and forgotten.
    let [zone, sector, commodity, technology, item] = subject.keys.map(|key| key.unwrap_or("year"));
    let columns = ["year", zone, sector, commodity, technology, item, subject.value, subject.unit, only];
    let mut values = Values::new();
    stored.each_row(
        subject.table,
        columns,
        |[year, zone, sector, commodity, technology, item, value, unit, only]| {
            if !wanted.is_empty() && only != wanted {
                return;
            }
            let cells = [zone, sector, commodity, technology, item];
            let keys = std::array::from_fn(|at| subject.keys[at].map_or_else(String::new, |_| cells[at].to_owned()));
            let by_year = values.entry((keys, unit.to_owned())).or_default();
            *by_year.entry(year.parse().unwrap_or(0)).or_insert(0.0) += number(value);
        },
    )?;
    Ok(values)
}
