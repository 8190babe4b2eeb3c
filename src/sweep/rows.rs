//! The rows of a sweep's table: one for each variant, year and indicator.

use std::collections::BTreeMap;

use super::plan::Plan;
use crate::results::{Summary, significant};

/// The discounted cost, which every variant with a solution has once, as its last row.
pub const OBJECTIVE: &str = "objective";

/// Columns before and after those of the parameters.
const BEFORE: [&str; 3] = ["sweep", "variant", "status"];
const AFTER: [&str; 4] = ["year", "indicator", "value", "unit"];

/// A row, as the texts of its fields.
pub type Row = Vec<String>;

/// The rows of variants by the number of the variant, from 1.
pub type Blocks = BTreeMap<usize, Vec<Row>>;

/// Names of the columns.
pub fn header(plan: &Plan) -> Row {
    let texts = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let parameters = plan.parameters.iter().flat_map(|p| [p.name.clone(), format!("{}_unit", p.name)]);
    texts(&BEFORE).into_iter().chain(parameters).chain(texts(&AFTER)).collect()
}

/// The rows of a variant (by its position). One without a solution has a single row, which says why.
pub fn block(plan: &Plan, variant: usize, outcome: &Result<Summary, String>) -> Vec<Row> {
    let status = match outcome {
        Ok(summary) => &summary.status,
        Err(status) => status,
    };
    let mut start = vec![plan.id.clone(), (variant + 1).to_string(), status.clone()];
    start.extend(plan.shown(variant).into_iter().flat_map(|shown| [shown.value, shown.unit]));
    let row = |end: [&str; 4]| start.iter().cloned().chain(end.map(str::to_owned)).collect::<Row>();
    let Ok(summary) = outcome else { return vec![row([""; 4])] };
    let mut rows = Vec::new();
    for figure in &summary.indicators {
        for (year, value) in summary.years.iter().zip(&figure.values) {
            rows.push(row([&year.to_string(), &figure.name, &value.to_string(), &figure.unit]));
        }
    }
    let (gap, objective) = (significant(summary.quality.gap).to_string(), summary.objective.to_string());
    rows.push(row(["", "gap", &gap, "1"]));
    rows.push(row(["", OBJECTIVE, &objective, &summary.objective_unit]));
    rows
}

/// The rows of a table that was written so far. A variant whose rows are not all there is left out: it was being written when
/// the sweep was ended.
pub fn parse(plan: &Plan, text: &[u8]) -> Blocks {
    // What follows the last end of a line is half a row.
    let whole = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(&text[..whole]);
    let header = header(plan);
    let mut records = reader.records();
    let mut blocks = Blocks::new();
    if !records.next().is_some_and(|first| first.is_ok_and(|first| first.iter().eq(header.iter()))) {
        return blocks;
    }
    for record in records.map_while(Result::ok).filter(|record| record.len() == header.len()) {
        if let Some(number) = record.get(1).and_then(|number| number.parse().ok()) {
            blocks.entry(number).or_default().push(record.iter().map(str::to_owned).collect());
        }
    }
    let indicator = header.len() - 3;
    let is_whole = |rows: &Vec<Row>| rows.last().is_some_and(|row| ["", OBJECTIVE].contains(&row[indicator].as_str()));
    blocks.retain(|number, rows| is_whole(rows) && (1..=plan.variants.len()).contains(number));
    blocks
}

/// Rows as CSV.
///
/// # Errors
/// A field that can not be written, which does not happen in memory.
pub fn to_csv<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}
