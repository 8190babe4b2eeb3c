//! The summary as a table for a terminal.

use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table, TableStyle};

use super::calibration::{Comparison, within};
use super::summary::{Figure, Summary};

/// A line above, below, and under the header.
const RULED: TableStyle = {
    let line = LineStyle::none().fill('─').junction('─');
    TableStyle::new().top_border(line).header_separator(line).bottom_border(line)
};

/// One scenario: its indicators by milestone year.
pub fn summary(summary: &Summary) -> String {
    let mut table = empty();
    let years = summary.years.iter().map(|year| right(year.to_string()));
    table.set_header([Cell::new(""), Cell::new("unit")].into_iter().chain(years));
    for figure in shown(&summary.indicators) {
        let values = figure.values.iter().map(|value| right(number(*value)));
        table.add_row([Cell::new(&figure.title), Cell::new(shown_unit(&figure.unit))].into_iter().chain(values));
    }
    format!("{}\n{}\n{table}\n", heading(summary), outcome(summary))
}

/// Several scenarios: headline indicators side by side, a row per indicator and scenario.
pub fn side_by_side(summaries: &[&Summary]) -> String {
    let mut table = empty();
    let Some(first) = summaries.first() else { return String::new() };
    let mut years: Vec<i32> = summaries.iter().flat_map(|summary| summary.years.clone()).collect();
    years.sort_unstable();
    years.dedup();
    let heads = years.iter().map(|year| right(year.to_string()));
    table.set_header([Cell::new(""), Cell::new("unit"), Cell::new("scenario")].into_iter().chain(heads));
    for figure in shown(&first.indicators) {
        let mut label = [Cell::new(&figure.title), Cell::new(shown_unit(&figure.unit))];
        for summary in summaries {
            let Some(figure) = summary.indicators.iter().find(|f| f.name == figure.name) else { continue };
            let value = |year: &i32| {
                let position = summary.years.iter().position(|y| y == year);
                position.and_then(|p| figure.values.get(p)).map_or_else(String::new, |value| number(*value))
            };
            let values = years.iter().map(|year| right(value(year)));
            table.add_row(label.into_iter().chain([Cell::new(&summary.scenario)]).chain(values));
            label = [Cell::new(""), Cell::new("")];
        }
    }
    let headings: String = summaries.iter().map(|s| format!("{}\n{}\n", heading(s), outcome(s))).collect();
    format!("{headings}{table}\n")
}

/// One scenario beside observed values: a table for each milestone year that has any, and how many are near enough.
pub fn calibration(summary: &Summary, comparisons: &[Comparison]) -> String {
    let mut tables = Vec::new();
    for same_year in comparisons.chunk_by(|one, next| one.year == next.year) {
        let mut table = empty();
        let heads = ["observed", "model", "deviation"].map(right);
        let year = same_year.first().map_or_else(String::new, |comparison| comparison.year.to_string());
        table.set_header([Cell::new(year), Cell::new("unit")].into_iter().chain(heads).chain([Cell::new("")]));
        for comparison in same_year {
            table.add_row([
                Cell::new(&comparison.title),
                Cell::new(shown_unit(&comparison.unit)),
                right(number(comparison.observed)),
                right(number(comparison.modelled)),
                right(percent(comparison.deviation())),
                Cell::new(if comparison.within { "" } else { "!" }),
            ]);
        }
        tables.push(format!("{table}\n"));
    }
    let (within, all) = (within(comparisons), comparisons.len());
    let legend = if within < all { "; ! marks the others" } else { "" };
    let (heading, outcome, tables) = (heading(summary), outcome(summary), tables.join("\n"));
    format!("{heading}\n{outcome}\n{tables}{within} of {all} within their tolerance{legend}\n")
}

/// A relative deviation in percent, with its sign; a dash for one that is not finite.
fn percent(deviation: f64) -> String {
    let tenths = (deviation * 1000.0).round();
    match tenths {
        tenths if !tenths.is_finite() => "-".to_owned(),
        0.0 => "0.0 %".to_owned(),
        tenths => format!("{:+.1} %", tenths / 10.0),
    }
}

/// Headline indicators, or all where a scenario names none.
pub fn headlines<T>(figures: &[T], is_headline: impl Fn(&T) -> bool) -> Vec<&T> {
    let headlines: Vec<&T> = figures.iter().filter(|figure| is_headline(figure)).collect();
    if headlines.is_empty() { figures.iter().collect() } else { headlines }
}

fn shown(figures: &[Figure]) -> Vec<&Figure> {
    headlines(figures, |figure| figure.headline)
}

/// A table without rows, ruled as all are.
pub fn empty() -> Table {
    let mut table = Table::new();
    table.load_style(RULED).set_content_arrangement(ContentArrangement::Disabled);
    table
}

/// A cell at the right.
pub fn right(text: impl Into<String>) -> Cell {
    let text: String = text.into();
    Cell::new(text).set_alignment(CellAlignment::Right)
}

/// A unit as it is shown: none for a plain number.
pub fn shown_unit(unit: &str) -> &str {
    if unit == "1" { "" } else { unit }
}

fn heading(summary: &Summary) -> String {
    format!("{}: {}", summary.scenario, summary.title)
}

fn outcome(summary: &Summary) -> String {
    format!(
        "  {}, discounted cost {} {} (gap {:.0e}); {} columns, {} rows, {} slices",
        summary.status,
        number(summary.objective),
        summary.objective_unit,
        summary.quality.gap,
        summary.columns,
        summary.rows,
        summary.slices
    )
}

/// A number with as many digits as people read.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size < 5e-4 => "0".to_owned(),
        size if size < 1.0 => format!("{value:.3}"),
        size if size < 10.0 => format!("{value:.2}"),
        size if size < 1000.0 => format!("{value:.1}"),
        _ => thousands(value),
    }
}

/// A whole number in groups of three digits.
fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if value < 0.0 { format!("-{grouped}") } else { grouped }
}

#[cfg(test)]
mod tests {
    use super::{number, percent};

    #[test]
    fn numbers_are_short() {
        let shown = [0.0, 1e-9, 0.1234, -3.4567, 45.67, 1234.5, -1_234_567.0].map(number);
        assert_eq!(shown, ["0", "0", "0.123", "-3.46", "45.7", "1,234", "-1,234,567"]);
    }

    #[test]
    fn deviations_have_a_sign() {
        let shown = [0.0, -0.0004, 0.0123, -0.25, 1.5, f64::INFINITY].map(percent);
        assert_eq!(shown, ["0.0 %", "0.0 %", "+1.2 %", "-25.0 %", "+150.0 %", "-"]);
    }
}
