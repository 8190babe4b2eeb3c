//! The comparison for a terminal: what differs in the input, indicators side by side, and where results differ most.

use std::collections::BTreeMap;

use comfy_table::Cell;
use indexmap::IndexMap;

use super::tables::shown;
use super::{Comparison, Difference, InputDifference};
use crate::results::read::Stored;
use crate::results::terminal::{empty, headlines, number, right, shown_unit};
use crate::results::{ShownFigure, ShownKind};

/// Values of the input that are shown of a scenario, and rows of a subject.
const INPUTS: usize = 15;
const ROWS: usize = 8;

/// Letters of a value of the input.
const WIDTH: usize = 48;

/// A way to add up differences.
struct View {
    title: &'static str,
    subject: &'static str,
    /// The row that a difference belongs to; `None` leaves it out.
    row: fn(&Baseline, &Difference) -> Option<Row>,
}

/// A row of a view: its name, and what a difference is worth in the unit of the row, if that is another than its own.
type Row = (String, Option<(f64, &'static str)>);

/// What views know of the baseline.
struct Baseline<'a> {
    stored: &'a Stored,
    /// Commodities of its charts.
    charted: Vec<&'a str>,
}

impl<'a> Baseline<'a> {
    fn new(stored: &'a Stored) -> Self {
        let commodity = |kind: &'a ShownKind| match kind {
            ShownKind::Supply { commodity } | ShownKind::Balance { commodity } => Some(commodity.as_str()),
            _ => None,
        };
        Self { stored, charted: stored.display.charts.iter().filter_map(|chart| commodity(&chart.kind)).collect() }
    }

    fn is_inner(&self, zone: &str) -> bool {
        self.stored.display.zones.iter().any(|inner| inner.name == zone && !inner.external)
    }
}

const VIEWS: [View; 9] = [
    View { title: "Capacity", subject: "capacity", row: |_, d| Some((d.keys[3].clone(), None)) },
    View {
        title: "Supply in a year",
        subject: "flows",
        row: |base, d| {
            let [zone, _, commodity, technology, direction] = &d.keys;
            let counts = direction == "supply" && base.charted.contains(&commodity.as_str()) && base.is_inner(zone);
            (counts && !technology.starts_with("link:")).then(|| (format!("{commodity}: {technology}"), None))
        },
    },
    View {
        title: "Emissions by sector in a year",
        subject: "emissions",
        row: |base, d| {
            let pollutants = &base.stored.display.pollutants;
            let gwp = pollutants.iter().find(|(name, _)| *name == d.keys[4]).map_or(1.0, |(_, gwp)| *gwp);
            base.is_inner(&d.keys[0]).then(|| (d.keys[1].clone(), Some((gwp, "MtCO2e"))))
        },
    },
    View { title: "Cost by component in a year", subject: "costs", row: |_, d| Some((d.keys[4].clone(), None)) },
    View {
        title: "Investment by technology in a period",
        subject: "investment",
        row: |_, d| Some((d.keys[3].clone(), None)),
    },
    View {
        title: "Investment by source of finance in a period",
        subject: "investment",
        row: |_, d| Some((d.keys[4].clone(), None)),
    },
    View {
        title: "Prices",
        subject: "prices",
        row: |base, d| {
            let [zone, _, commodity, ..] = &d.keys;
            let counts = base.charted.contains(&commodity.as_str()) && base.is_inner(zone);
            counts.then(|| (format!("{commodity}, {zone}"), None))
        },
    },
    View { title: "Markets in a year", subject: "markets", row: |_, d| Some((d.keys[4].clone(), None)) },
    View { title: "Shadow prices of policies", subject: "policies", row: |_, d| Some((d.keys[4].clone(), None)) },
];

/// The whole comparison.
pub fn comparison(comparison: &Comparison) -> String {
    let mut out = headings(comparison);
    for mismatch in &comparison.mismatches {
        out.push_str(&format!("  ! {mismatch}\n"));
    }
    out.push_str(&said(comparison));
    out.push_str(&indicators(comparison));
    let base = Baseline::new(&comparison.scenarios[comparison.baseline]);
    for view in &VIEWS {
        out.push_str(&most(comparison, &base, view));
    }
    out
}

/// Baseline first, then the others.
fn order(comparison: &Comparison) -> Vec<usize> {
    let others = (0..comparison.scenarios.len()).filter(|&position| position != comparison.baseline);
    std::iter::once(comparison.baseline).chain(others).collect()
}

fn headings(comparison: &Comparison) -> String {
    let base = &comparison.scenarios[comparison.baseline].summary;
    let heading = |position: usize| {
        let own = &comparison.scenarios[position].summary;
        let more = own.objective.value - base.objective.value;
        let beside = match position == comparison.baseline {
            true => ", the baseline".to_owned(),
            false => format!(", {} ({:+.2} %)", signed(more), 100.0 * more / base.objective.value.abs()),
        };
        let (cost, unit, gap) = (number(own.objective.value), &own.objective.unit, own.quality.gap);
        format!(
            "{}: {}\n  {}, discounted cost {cost} {unit}{beside} (gap {gap:.0e})\n",
            own.scenario, own.title, own.status
        )
    };
    order(comparison).into_iter().map(heading).collect()
}

/// What the scenarios say differently.
fn said(comparison: &Comparison) -> String {
    let mut out = String::new();
    for position in order(comparison).into_iter().skip(1) {
        let differences = &comparison.inputs[position];
        let (own, base) = (&comparison.scenarios[position], &comparison.scenarios[comparison.baseline]);
        let (own, base) = (&own.summary.scenario, &base.summary.scenario);
        if differences.is_empty() {
            out.push_str(&format!("\n{own} says the same as {base}\n"));
            continue;
        }
        let mut table = empty();
        table.set_header([Cell::new(format!("What {own} says differently")), Cell::new(base), Cell::new(own)]);
        for InputDifference { path, baseline, other, .. } in differences.iter().take(INPUTS) {
            let [before, now] = [baseline, other].map(|value| match shown(value.as_ref()) {
                text if text.is_empty() => "-".to_owned(),
                text => cut(&text),
            });
            table.add_row([Cell::new(path), Cell::new(before), Cell::new(now)]);
        }
        out.push_str(&format!("\n{table}\n"));
        if differences.len() > INPUTS {
            out.push_str(&format!("  and {} more values\n", differences.len() - INPUTS));
        }
    }
    out
}

/// The beginning of a long text.
fn cut(text: &str) -> String {
    match text.char_indices().nth(WIDTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Headline indicators: values of the baseline, and of each other scenario its values and the difference.
fn indicators(comparison: &Comparison) -> String {
    let years = years(comparison);
    let base = &comparison.scenarios[comparison.baseline];
    let mut table = empty();
    let heads = years.iter().map(|year| right(year.to_string()));
    table.set_header([Cell::new(""), Cell::new("unit"), Cell::new("scenario")].into_iter().chain(heads));
    for figure in headlines(&base.display.figures, |figure| figure.headline) {
        let ShownFigure { name, title, unit, .. } = figure;
        let mut label = [Cell::new(title), Cell::new(shown_unit(unit))];
        for position in order(comparison) {
            let own = &comparison.scenarios[position];
            let Some(values) = own.summary.indicators.get(name) else { continue };
            let cells = years.iter().map(|year| right(values.get(year).map_or_else(String::new, |&v| number(v))));
            table.add_row(label.into_iter().chain([Cell::new(&own.summary.scenario)]).chain(cells));
            label = [Cell::new(""), Cell::new("")];
            let before = base.summary.indicators.get(name);
            if position == comparison.baseline || before.is_none_or(|before| before == values) {
                continue;
            }
            let difference = |year: &i32| match (values.get(year), before.and_then(|before| before.get(year))) {
                (Some(now), Some(before)) => signed(now - before),
                _ => String::new(),
            };
            let cells = years.iter().map(|year| right(difference(year)));
            table.add_row([Cell::new(""), Cell::new(""), Cell::new("  difference")].into_iter().chain(cells));
        }
    }
    format!("\nIndicators\n{table}\n")
}

/// Milestone years of all scenarios.
fn years(comparison: &Comparison) -> Vec<i32> {
    let mut years: Vec<i32> = comparison.scenarios.iter().flat_map(|stored| stored.summary.years.clone()).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// What of a subject differs most, by year; nothing where nothing does.
fn most(comparison: &Comparison, base: &Baseline, view: &View) -> String {
    let years = years(comparison);
    let mut table = empty();
    let heads = years.iter().map(|year| right(year.to_string()));
    let first = [format!("{}: difference", view.title), "unit".to_owned(), "scenario".to_owned()].map(Cell::new);
    table.set_header(first.into_iter().chain(heads));
    for position in order(comparison).into_iter().skip(1) {
        let id = &comparison.scenarios[position].summary.scenario;
        for ((row, unit), by_year) in ranked(comparison, base, view, position) {
            let cells = years.iter().map(|year| right(by_year.get(year).map_or_else(String::new, |&v| signed(v))));
            table.add_row([row, unit, id.clone()].into_iter().map(Cell::new).chain(cells));
        }
    }
    if table.row_count() == 0 { String::new() } else { format!("\n{table}\n") }
}

/// A row's name, its unit, and its differences by year.
type Summed = ((String, String), BTreeMap<i32, f64>);

/// The rows of a view with the largest differences of a scenario, largest first; those of the same size in the order of the tables.
fn ranked(comparison: &Comparison, base: &Baseline, view: &View, scenario: usize) -> Vec<Summed> {
    let mut sums: IndexMap<(String, String), BTreeMap<i32, f64>> = IndexMap::new();
    let own = comparison.differences.iter().filter(|d| d.scenario == scenario && d.subject == view.subject);
    for difference in own {
        let Some((row, worth)) = (view.row)(base, difference) else { continue };
        let (factor, unit) = worth.unwrap_or((1.0, &difference.unit));
        *sums.entry((row, unit.to_owned())).or_default().entry(difference.year).or_insert(0.0) +=
            factor * difference.difference();
    }
    let size = |by_year: &BTreeMap<i32, f64>| by_year.values().fold(0.0, |most: f64, value| most.max(value.abs()));
    let mut rows: Vec<Summed> = sums.into_iter().collect();
    rows.sort_by(|(_, a), (_, b)| size(b).total_cmp(&size(a)));
    // What is shown as 0 throughout is no difference to people.
    rows.retain(|(_, by_year)| size(by_year) >= 5e-4);
    rows.truncate(ROWS);
    rows
}

/// A difference with its sign.
fn signed(value: f64) -> String {
    let text = number(value);
    if value > 0.0 && text != "0" { format!("+{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_have_a_sign() {
        assert_eq!([1.5, -1.5, 0.0, 1e-9, -1e-5, 0.001].map(signed), ["+1.50", "-1.50", "0", "0", "0", "+0.001"]);
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        assert_eq!(cut("short"), "short");
        assert_eq!(cut(&"ж".repeat(100)).chars().count(), WIDTH + 1);
    }
}
