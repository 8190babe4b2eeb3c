//! `[statistics.NAME]`.

use std::collections::BTreeMap;

use super::{Entry, Reader, Scope, each};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::reader::quoted;
use crate::scenario::targets;
use crate::scenario::tree::year;
use crate::units::{Content, Target};

/// Relative deviation that is good enough where a statistic does not say.
const TOLERANCE: f64 = 0.05;

/// Reads `[statistics]`.
pub fn read(top: &Reader, scope: &Scope, indicators: &[Indicator]) -> Vec<Statistic> {
    let mut statistics = Vec::new();
    for (name, reader) in each(top, "statistics", "statistic") {
        let Some(reader) = reader else { continue };
        let indicator = scope.one(&reader, "indicator", &scope.indicators, "\"electricity_generation_twh\"");
        let title = reader.text("title").map(str::to_owned);
        let values = indicator.and_then(|id| scope.indicator_values.get(id.position())?.as_ref());
        let observed = observed(&reader, values);
        let tolerance = reader.bounded("tolerance", &targets::fraction(), Content::default(), 0.0..=1.0);
        let least = match values {
            Some((target, content)) => reader.bounded("least", target, *content, 0.0..=f64::INFINITY),
            None => None,
        };
        let place = reader.place("observed");
        reader.finish();
        let unsourced: Vec<String> = observed
            .iter()
            .filter(|(_, observation)| observation.source.is_none())
            .map(|(year, _)| year.to_string())
            .collect();
        if !unsourced.is_empty() {
            let message =
                format!("statistic `{name}` does not say where its values come from: {}", unsourced.join(", "));
            let help = "add source = \"…\" to the statistic, or to a year: { value = \"…\", source = \"…\" }";
            scope.desk.report(Diagnostic::warning(place, message).help(help));
        }
        let Some(id) = indicator else { continue };
        // Where all could be read, they stand in the order of their ids.
        let default = || indicators.get(id.position()).map_or(name.clone(), |indicator| indicator.title.clone());
        statistics.push(Statistic {
            name: name.clone(),
            title: title.unwrap_or_else(default),
            indicator: id,
            observed,
            tolerance: tolerance.unwrap_or(TOLERANCE),
            least: least.unwrap_or(0.0),
        });
    }
    statistics
}

/// Observed values by year. Only what stands at a year was observed: a value without one is a mistake, and nothing is interpolated.
fn observed(reader: &Reader, values: Option<&(Target, Content)>) -> BTreeMap<i32, Observation> {
    let example =
        format!("{{ 2025 = {} }}", values.map_or("\"82 TWh\"".to_owned(), |(target, _)| quoted(&target.example)));
    let help = format!("write it by year: observed = {example}");
    let Some(Entry { node, .. }) = reader.entry("observed") else {
        reader.missing("observed", &example);
        return BTreeMap::new();
    };
    let mut observed = BTreeMap::new();
    let Some(table) = node.as_table() else {
        reader.wrong("observed", format!("observed values have years, and this is {}", node.kind()), help);
        return observed;
    };
    if table.is_empty() {
        reader.wrong("observed", "`observed` is empty", help);
        return observed;
    }
    for (key, Entry { key: place, node }) in table {
        let value = values.and_then(|(target, content)| reader.desk.quantity(node, target, *content));
        match (year(key), value) {
            (Some(year), Some(value)) => {
                observed.insert(year, Observation { value, source: node.provenance.source.clone() });
            }
            (Some(_), None) => {}
            (None, _) => {
                reader.desk.report(Diagnostic::error(*place, format!("`{key}` is not a year")).help(help.clone()));
            }
        }
    }
    observed
}
