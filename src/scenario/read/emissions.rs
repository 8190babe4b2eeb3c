//! Tables of pollutants: releases per unit of something, and captured parts.

use super::{Entry, Reader, Scope};
use crate::model::*;
use crate::scenario::series::Series;
use crate::scenario::targets;
use crate::units::Content;

/// Releases by pollutant, Mt per TWh (or Mt).
pub type Releases = Vec<(PollutantId, Series)>;

/// Releases in the milestone years.
pub type YearlyReleases = Vec<(PollutantId, PerYear)>;

/// Reads a table such as `emissions = { co2 = "56.1 t/TJ" }`.
pub fn read(reader: &Reader, scope: &Scope, key: &'static str, measure: Measure, content: Content) -> Releases {
    let mut releases = Releases::new();
    for (name, Entry { key: place, node }) in reader.entries(key) {
        let pollutant = scope.pollutants.resolve(scope.desk, name, *place);
        let factor = scope.desk.series(node, &targets::release(measure), content);
        releases.extend(pollutant.zip(factor));
    }
    releases
}

/// Reads `capture-rate`: the part of each pollutant that is captured.
pub fn capture(reader: &Reader, scope: &Scope) -> Vec<(PollutantId, Series)> {
    let mut rates = Vec::new();
    for (name, Entry { key: place, node }) in reader.entries("capture-rate") {
        let pollutant = scope.pollutants.resolve(scope.desk, name, *place);
        let rate = scope.desk.series(node, &targets::fraction(), Content::default());
        if rate.as_ref().is_some_and(|rate| rate.values().any(|part| !(0.0..=1.0).contains(&part))) {
            reader.wrong("capture-rate", "a captured part lies between 0 and 1", "write 0.9 or \"90 %\"");
        }
        rates.extend(pollutant.zip(rate));
    }
    rates
}

/// Adds `factor` times some releases to others, year by year.
pub fn accumulate(into: &mut YearlyReleases, releases: &[(PollutantId, PerYear)], factor: &PerYear) {
    for (pollutant, release) in releases {
        let amount: PerYear = factor.iter().map(|(year, part)| part * release[year]).collect();
        match into.iter_mut().find(|(p, _)| p == pollutant) {
            Some((_, sum)) => *sum = sum.iter().map(|(year, value)| value + amount[year]).collect(),
            None => into.push((*pollutant, amount)),
        }
    }
}

/// Releases over the horizon.
pub fn over(releases: &Releases, horizon: &Horizon) -> YearlyReleases {
    releases.iter().map(|(pollutant, series)| (*pollutant, series.over(horizon))).collect()
}
