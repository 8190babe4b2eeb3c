//! Observed values, which indicators are compared with.

use std::collections::BTreeMap;

use super::ids::IndicatorId;

/// What was observed of an indicator, in its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistic {
    /// Name in `calibration.csv`.
    pub name: String,
    /// Human-readable name for tables.
    pub title: String,
    /// The indicator.
    pub indicator: IndicatorId,
    /// Observed values by calendar year; those of milestone years are compared.
    pub observed: BTreeMap<i32, Observation>,
    /// Relative deviation that is good enough.
    pub tolerance: f64,
    /// Absolute deviation that is good enough, however large it is beside the observed value.
    pub least: f64,
}

/// An observed value.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    /// The value, in the unit of the indicator.
    pub value: f64,
    /// The document or data set that it is from.
    pub source: Option<String>,
}

impl Statistic {
    /// Whether a value of the model is near enough to an observed one: within the relative tolerance, or within the least deviation
    /// that counts.
    pub fn accepts(&self, modelled: f64, observed: f64) -> bool {
        // What the model gives is rounded; a deviation that is the tolerance to the last digits is within it.
        let allowed = f64::max(self.tolerance * observed.abs(), self.least);
        (modelled - observed).abs() <= allowed * (1.0 + 1e-9)
    }
}
