//! Every value of a scenario with its source, and what was observed beside what the model says.

use serde_json::Value;

use super::data::{Calibration, Number};
use crate::compare::shown;
use crate::results::read::{ReadError, Stored, number};

/// Path, value, source, quality and place of every figure that has a source.
pub fn assumptions(stored: &Stored) -> Vec<[String; 5]> {
    let resolved = &stored.resolved;
    let row = |(path, origin): (&String, &crate::results::read::Origin)| {
        let source = origin.source.clone()?;
        let value = shown(find(&resolved.scenario, path));
        let quality = origin.quality.clone().unwrap_or_default();
        let source = origin.note.as_ref().map_or(source.clone(), |note| format!("{source}. {note}"));
        Some([path.clone(), value, source, quality, format!("{}:{}", origin.file, origin.line)])
    };
    resolved.origins.iter().filter_map(row).collect()
}

/// The value at a dotted path. Keys may hold dots themselves.
fn find<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    if path.is_empty() {
        return Some(value);
    }
    let mut ends = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
    ends.find_map(|end| {
        let (key, rest) = (&path[..end], path.get(end + 1..).unwrap_or(""));
        let inner = match value {
            Value::Object(table) => table.get(key),
            Value::Array(items) => key.parse::<usize>().ok().and_then(|position| items.get(position)),
            _ => None,
        };
        find(inner?, rest)
    })
}

/// Observed values beside those of the model.
///
/// # Errors
/// A table that can not be read.
pub fn calibration(stored: &Stored) -> Result<Vec<Calibration>, ReadError> {
    let mut rows = Vec::new();
    let columns = ["year", "statistic", "indicator", "unit", "observed", "modelled", "deviation", "within", "source"];
    stored.each_row("calibration", columns, |cells| {
        let [year, statistic, indicator, unit, observed, modelled, deviation, within, source] = cells;
        rows.push(Calibration {
            year: year.parse().unwrap_or(0),
            title: stored.display.full_title(indicator).unwrap_or_else(|| statistic.to_owned()),
            unit: unit.to_owned(),
            observed: Number(number(observed)),
            modelled: Number(number(modelled)),
            deviation: Number(deviation.parse().unwrap_or(f64::INFINITY)),
            within: within == "true",
            source: source.to_owned(),
        });
    })?;
    Ok(rows)
}
