//! The comparison as tidy tables.

use serde_json::Value;

use super::Comparison;
use crate::results::Table;

/// `comparison.csv`, what differs in the results, and `comparison-inputs.csv`, what differs in what the scenarios say.
pub fn tables(comparison: &Comparison) -> [Table; 2] {
    let id = |position: usize| comparison.scenarios[position].summary.scenario.as_str();
    let baseline = id(comparison.baseline);
    let header = [
        "subject",
        "scenario",
        "baseline",
        "year",
        "zone",
        "sector",
        "commodity",
        "technology",
        "item",
        "value",
        "baseline_value",
        "difference",
        "relative",
        "unit",
    ];
    let mut results = Table::new("comparison", &header);
    for difference in &comparison.differences {
        let [zone, sector, commodity, technology, item] = &difference.keys;
        results.row([
            difference.subject.into(),
            id(difference.scenario).into(),
            baseline.into(),
            difference.year.into(),
            zone.into(),
            sector.into(),
            commodity.into(),
            technology.into(),
            item.into(),
            difference.value.into(),
            difference.baseline.into(),
            difference.difference().into(),
            difference.relative().into(),
            (&difference.unit).into(),
        ]);
    }
    let header = ["scenario", "baseline", "path", "value", "baseline_value", "place"];
    let mut inputs = Table::new("comparison-inputs", &header);
    for (position, differences) in comparison.inputs.iter().enumerate() {
        for difference in differences {
            let (value, before) = (shown(difference.other.as_ref()), shown(difference.baseline.as_ref()));
            inputs.row([
                id(position).into(),
                baseline.into(),
                (&difference.path).into(),
                (&value).into(),
                (&before).into(),
                (&difference.place).into(),
            ]);
        }
    }
    [results, inputs]
}

/// A value of a scenario as it is read best: texts without quotes, nothing for none.
pub fn shown(value: Option<&Value>) -> String {
    match value {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(series)) => {
            let points: Vec<String> =
                series.iter().map(|(year, value)| format!("{year}: {}", shown(Some(value)))).collect();
            points.join(", ")
        }
        Some(Value::Array(items)) => items.iter().map(|item| shown(Some(item))).collect::<Vec<_>>().join(", "),
        Some(other) => other.to_string(),
    }
}
