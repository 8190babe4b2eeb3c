//! What two scenarios say differently.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::results::read::Resolved;

/// A value that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct InputDifference {
    /// Dotted path.
    pub path: String,
    /// Value of the baseline; `None` where it has none.
    pub baseline: Option<Value>,
    /// Value of the other scenario; `None` where it has none.
    pub other: Option<Value>,
    /// File and line of the other scenario's value, or of the baseline's where the other has none.
    pub place: String,
}

/// Values that differ between a baseline and another scenario, in the order of the baseline, and then what only the other has. A series
/// over the years is one value; lists of tables are compared by position. Titles and descriptions of scenarios always differ and are left out.
pub fn inputs(baseline: &Resolved, other: &Resolved) -> Vec<InputDifference> {
    let mut found = Vec::new();
    compare(Some(&baseline.scenario), Some(&other.scenario), "", &mut found);
    found.retain(|difference| !matches!(difference.path.as_str(), "title" | "description"));
    for difference in &mut found {
        let origin = |of: &Resolved| of.origins.get(&difference.path).map(|at| format!("{}:{}", at.file, at.line));
        let own = difference.other.is_some().then(|| origin(other)).flatten();
        difference.place = own.or_else(|| origin(baseline)).unwrap_or_default();
    }
    found
}

fn compare(base: Option<&Value>, other: Option<&Value>, path: &str, found: &mut Vec<InputDifference>) {
    if base == other {
        return;
    }
    match (base.map(parts), other.map(parts)) {
        (Some(Parts::Value), _) | (_, Some(Parts::Value)) => found.push(InputDifference {
            path: path.to_owned(),
            baseline: base.cloned(),
            other: other.cloned(),
            place: String::new(),
        }),
        (base, other) => {
            let (base, other) = (base.map(Parts::all).unwrap_or_default(), other.map(Parts::all).unwrap_or_default());
            let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            for (key, value) in &base {
                compare(Some(value), other.get(key).copied(), &below(key), found);
            }
            for (key, value) in other.iter().filter(|(key, _)| !base.contains_key(*key)) {
                compare(None, Some(value), &below(key), found);
            }
        }
    }
}

/// What of a value differs on its own.
enum Parts<'a> {
    /// The value as a whole.
    Value,
    /// The entries of a table that is no series.
    Table(&'a Map<String, Value>),
    /// The items of a list of tables, by position.
    List(&'a [Value]),
}

fn parts(value: &Value) -> Parts<'_> {
    match value {
        Value::Object(table) if !table.is_empty() && !table.keys().all(|key| key.parse::<i32>().is_ok()) => {
            Parts::Table(table)
        }
        Value::Array(items) if items.iter().any(Value::is_object) => Parts::List(items),
        _ => Parts::Value,
    }
}

impl<'a> Parts<'a> {
    fn all(self) -> IndexMap<String, &'a Value> {
        match self {
            Parts::Value => IndexMap::new(),
            Parts::Table(table) => table.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Parts::List(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::results::read::Origin;

    fn resolved(scenario: Value, places: &[(&str, usize)]) -> Resolved {
        let origin = |line| Origin { file: "a.toml".to_owned(), line, source: None, quality: None, note: None };
        let origins: IndexMap<_, _> = places.iter().map(|&(path, line)| (path.to_owned(), origin(line))).collect();
        Resolved { scenario, origins }
    }

    #[test]
    fn values_differ_one_by_one_and_series_as_a_whole() {
        let base = json!({
            "title": "one",
            "demands": { "a": { "annual": { "2025": "1 TWh", "2030": "2 TWh" } }, "b": { "annual": "3 TWh" } },
            "markets": { "m": { "steps": [{ "price": "1 USD/MWh" }, { "price": "2 USD/MWh" }] } },
        });
        let other = json!({
            "title": "two",
            "demands": { "a": { "annual": { "2025": "1 TWh", "2030": "4 TWh" } }, "c": { "annual": "3 TWh" } },
            "markets": { "m": { "steps": [{ "price": "1 USD/MWh" }, { "price": "5 USD/MWh" }] } },
        });
        let base = resolved(base, &[("demands.b.annual", 7)]);
        let other =
            resolved(other, &[("demands.a.annual", 3), ("markets.m.steps.1.price", 4), ("demands.c.annual", 5)]);
        let found = inputs(&base, &other);
        let shown: Vec<(&str, bool, bool, &str)> = found
            .iter()
            .map(|d| (d.path.as_str(), d.baseline.is_some(), d.other.is_some(), d.place.as_str()))
            .collect();
        let expected = [
            ("demands.a.annual", true, true, "a.toml:3"),
            ("demands.b.annual", true, false, "a.toml:7"),
            ("demands.c.annual", false, true, "a.toml:5"),
            ("markets.m.steps.1.price", true, true, "a.toml:4"),
        ];
        assert_eq!(shown, expected);
        assert!(inputs(&base, &base).is_empty());
    }

    #[test]
    fn a_number_that_becomes_a_series_is_one_difference() {
        let base = resolved(json!({ "money": { "rate": 0.08 } }), &[]);
        let other = resolved(json!({ "money": { "rate": { "2025": 0.08, "2030": 0.05 } } }), &[]);
        assert_eq!(inputs(&base, &other).len(), 1);
    }
}
