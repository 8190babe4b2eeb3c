//! `summary.json`.

use serde_json::{Map, Value, json};

use super::indicators::Measured;
use super::table::significant;
use crate::formulation::Formulations;
use crate::model::PerYear;
use crate::solve::{Quality, Solution, Status, empty};

/// A figure by milestone year.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Name with its unit: `solar_capacity_gw`.
    pub name: String,
    /// Words for people.
    pub title: String,
    /// Unit for people.
    pub unit: String,
    /// Whether it belongs in a short table of several scenarios.
    pub headline: bool,
    /// Values in the order of the years.
    pub values: Vec<f64>,
}

/// Headline figures of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Scenario id.
    pub scenario: String,
    /// One line.
    pub title: String,
    /// How the solve ended.
    pub status: String,
    /// What the run depended on, in short; empty where the summary is not that of a run.
    pub fingerprint: String,
    /// Discounted cost, million currency units.
    pub objective: f64,
    /// Unit of the objective.
    pub objective_unit: String,
    /// Size of the program.
    pub rows: usize,
    /// Size of the program.
    pub columns: usize,
    /// Size of the program.
    pub nonzeros: usize,
    /// Time slices of a year.
    pub slices: usize,
    /// What the checks of the solution found.
    pub quality: Quality,
    /// Milestone years.
    pub years: Vec<i32>,
    /// Indicators in the order of the scenario.
    pub indicators: Vec<Figure>,
}

/// Summarises a solution, one for each part of a formulation, with what was measured of them.
pub fn summarise(formulations: &Formulations, solutions: &[Solution], measured: Measured) -> Summary {
    let Formulations { model, grid, size, .. } = formulations;
    let Solution { status, objective, quality, .. } = solutions.first().unwrap_or(&empty(Status::Limit)).clone();
    let tolerance = tolerance(&quality);
    let figure = |(indicator, values): (&crate::model::Indicator, PerYear)| Figure {
        name: indicator.name.clone(),
        title: indicator.title.clone(),
        unit: indicator.unit.clone(),
        headline: indicator.headline,
        values: values.values().map(|value| settle(*value, tolerance)).collect(),
    };
    Summary {
        scenario: model.id.clone(),
        title: model.title.clone(),
        status: status.word().to_owned(),
        fingerprint: String::new(),
        objective: significant(objective),
        objective_unit: format!("M{}{}", model.money.currency, model.money.price_year),
        rows: size.rows,
        columns: size.columns,
        nonzeros: size.nonzeros,
        slices: grid.slices.len(),
        quality,
        years: model.horizon.values().map(|milestone| milestone.year).collect(),
        indicators: model.indicators.iter().zip(measured.evaluate(model)).map(figure).collect(),
    }
}

/// What the solver leaves of nothing: an interior point comes only as near to a bound as its gap is narrow.
pub fn tolerance(quality: &Quality) -> f64 {
    f64::max(1e-7, 10.0 * quality.gap.min(1e-6))
}

/// Rounds, and takes what is within a tolerance of nothing for nothing.
fn settle(value: f64, tolerance: f64) -> f64 {
    if value.abs() < tolerance { 0.0 } else { significant(value) }
}

impl Summary {
    /// The summary as it is written.
    pub fn to_json(&self) -> Value {
        let indicators: Map<String, Value> = self
            .indicators
            .iter()
            .map(|figure| {
                let by_year =
                    self.years.iter().zip(&figure.values).map(|(year, value)| (year.to_string(), json!(value)));
                (figure.name.clone(), Value::Object(by_year.collect()))
            })
            .collect();
        json!({
            "scenario": self.scenario,
            "title": self.title,
            "status": self.status,
            "fingerprint": self.fingerprint,
            "objective": { "value": self.objective, "unit": self.objective_unit },
            "model": {
                "rows": self.rows,
                "columns": self.columns,
                "nonzeros": self.nonzeros,
                "slices": self.slices,
            },
            "quality": {
                "primal_infeasibility": significant(self.quality.primal_infeasibility),
                "dual_infeasibility": significant(self.quality.dual_infeasibility),
                "gap": significant(self.quality.gap),
                "lower_bound": significant(self.quality.lower_bound),
            },
            "years": self.years,
            "indicators": indicators,
        })
    }
}
