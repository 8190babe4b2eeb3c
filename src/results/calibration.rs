//! `calibration.csv`: observed values beside what the model says of the same years.
//!
//! Rows are in the order of the years, then of the indicators, then of the statistics' names: it does not matter in which
//! order a scenario gives its statistics.

use serde_json::{Value, json};

use super::Summary;
use super::table::{Table, significant};
use crate::model::*;

/// An observed value beside that of the model, in the unit of the indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Milestone year.
    pub year: i32,
    /// Name of the statistic.
    pub statistic: String,
    /// Words for people.
    pub title: String,
    /// Name of the indicator.
    pub indicator: String,
    /// What was observed.
    pub observed: f64,
    /// What the model says.
    pub modelled: f64,
    /// Unit of both.
    pub unit: String,
    /// Relative deviation that is good enough.
    pub tolerance: f64,
    /// Whether the two are near enough to each other.
    pub within: bool,
    /// Where the observed value comes from; empty where that is not known.
    pub source: String,
}

impl Comparison {
    /// Deviation of the model, relative to what was observed: (modelled − observed) / |observed|. Infinite where nothing was
    /// observed and the model has something.
    pub fn deviation(&self) -> f64 {
        let difference = self.modelled - self.observed;
        if difference == 0.0 { 0.0 } else { difference / self.observed.abs() }
    }
}

/// Compares statistics with the headline figures of a model, in the milestone years for which there are observed values.
pub fn compare(statistics: &[Statistic], summary: &Summary) -> Vec<Comparison> {
    let mut statistics: Vec<&Statistic> = statistics.iter().collect();
    statistics.sort_by(|a, b| (a.indicator, &a.name).cmp(&(b.indicator, &b.name)));
    let mut comparisons = Vec::new();
    for (position, year) in summary.years.iter().enumerate() {
        for statistic in &statistics {
            let Some(observation) = statistic.observed.get(year) else { continue };
            let figure = &summary.indicators[statistic.indicator.position()];
            let (observed, modelled) = (significant(observation.value), figure.values[position]);
            comparisons.push(Comparison {
                year: *year,
                statistic: statistic.name.clone(),
                title: statistic.title.clone(),
                indicator: figure.name.clone(),
                observed,
                modelled,
                unit: figure.unit.clone(),
                tolerance: statistic.tolerance,
                within: statistic.accepts(modelled, observed),
                source: observation.source.clone().unwrap_or_default(),
            });
        }
    }
    comparisons
}

/// Makes the table.
pub fn table(scenario: &str, comparisons: &[Comparison]) -> Table {
    let header = [
        "scenario",
        "year",
        "statistic",
        "indicator",
        "observed",
        "modelled",
        "deviation",
        "unit",
        "tolerance",
        "within",
        "source",
    ];
    let mut table =
        Table::new("calibration", &header).typed(&["year"], &["observed", "modelled", "deviation", "tolerance"]);
    for comparison in comparisons {
        table.row([
            scenario.into(),
            comparison.year.into(),
            (&comparison.statistic).into(),
            (&comparison.indicator).into(),
            comparison.observed.into(),
            comparison.modelled.into(),
            comparison.deviation().into(),
            (&comparison.unit).into(),
            comparison.tolerance.into(),
            if comparison.within { "true" } else { "false" }.into(),
            (&comparison.source).into(),
        ]);
    }
    table
}

/// Comparisons of a scenario for other programs; a deviation that is not finite is null.
pub fn to_json(summary: &Summary, comparisons: &[Comparison]) -> Value {
    let row = |comparison: &Comparison| {
        json!({
            "year": comparison.year,
            "statistic": comparison.statistic,
            "title": comparison.title,
            "indicator": comparison.indicator,
            "observed": comparison.observed,
            "modelled": comparison.modelled,
            "deviation": significant(comparison.deviation()),
            "unit": comparison.unit,
            "tolerance": comparison.tolerance,
            "within": comparison.within,
            "source": comparison.source,
        })
    };
    json!({
        "scenario": summary.scenario,
        "title": summary.title,
        "status": summary.status,
        "compared": comparisons.len(),
        "within": within(comparisons),
        "comparisons": comparisons.iter().map(row).collect::<Vec<_>>(),
    })
}

/// How many of the comparisons are within their tolerance.
pub fn within(comparisons: &[Comparison]) -> usize {
    comparisons.iter().filter(|comparison| comparison.within).count()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::results::summary::Figure;
    use crate::solve::{Status, empty};

    /// Two indicators, in 2030 of 105 TWh and of nothing, beside observed values.
    fn compared(statistics: &[(&str, usize, f64, f64)]) -> Vec<Comparison> {
        let statistic = |&(name, indicator, value, least): &(&str, usize, f64, f64)| Statistic {
            name: name.to_owned(),
            title: format!("The {name}"),
            indicator: IndicatorId::new(indicator),
            observed: [2029, 2030].map(|year| (year, Observation { value, source: None })).into(),
            tolerance: 0.05,
            least,
        };
        let figure = |name: &str, value: f64| Figure {
            name: name.to_owned(),
            title: String::new(),
            unit: "TWh".to_owned(),
            headline: false,
            values: vec![0.0, value],
        };
        let summary = Summary {
            scenario: "case".to_owned(),
            title: String::new(),
            status: "optimal".to_owned(),
            fingerprint: String::new(),
            objective: 0.0,
            objective_unit: String::new(),
            rows: 0,
            columns: 0,
            nonzeros: 0,
            slices: 1,
            quality: empty(Status::Optimal).quality,
            years: vec![2025, 2030],
            indicators: vec![figure("much", 105.0), figure("nothing", 0.0)],
        };
        compare(&statistics.iter().map(statistic).collect::<Vec<_>>(), &summary)
    }

    #[test]
    fn deviations_are_relative_and_have_a_tolerance() {
        let rows = compared(&[
            ("exact", 0, 105.0, 0.0),
            ("near", 0, 100.0, 0.0),
            ("off", 0, 84.0, 0.0),
            ("off-but-small", 0, 84.0, 21.0),
            ("negative", 0, -100.0, 0.0),
        ]);
        let found: BTreeMap<&str, (f64, bool)> =
            rows.iter().map(|row| (row.statistic.as_str(), (row.deviation(), row.within))).collect();
        let expected = [
            ("exact", (0.0, true)),
            ("near", (0.05, true)),
            ("negative", (2.05, false)),
            ("off", (0.25, false)),
            ("off-but-small", (0.25, true)),
        ];
        assert_eq!(found, BTreeMap::from(expected));
        assert!(rows.iter().all(|row| row.year == 2030), "2029 is no milestone year");
        assert_eq!(within(&rows), 3);
    }

    /// Where nothing was observed, nothing is exact and anything else is infinitely far, but may be near enough.
    #[test]
    fn nothing_observed_divides_by_nothing() {
        let rows = compared(&[("a", 0, 0.0, 1.0), ("b", 0, 0.0, 105.0), ("c", 1, 0.0, 0.0)]);
        let found: Vec<(f64, bool)> = rows.iter().map(|row| (row.deviation(), row.within)).collect();
        assert_eq!(found, [(f64::INFINITY, false), (f64::INFINITY, true), (0.0, true)]);
    }

    #[test]
    fn the_order_of_statistics_does_not_matter() {
        let statistics = [("b", 0, 1.0, 0.0), ("c", 0, 2.0, 0.0), ("a", 1, 3.0, 0.0)];
        let rows = compared(&statistics);
        assert_eq!(rows.iter().map(|row| row.statistic.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
        let reversed: Vec<_> = statistics.into_iter().rev().collect();
        assert_eq!(compared(&reversed), rows);
    }
}
