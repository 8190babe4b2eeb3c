//! The page as a file: style, script, chart library and data, all in one.

use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::data::{Figure, Number, Page, Scenario};
use super::reading::Reading;
use super::{assumptions, charts, dispatch, map, money, sankey};
use crate::compare::{Comparison, InputDifference, shown};
use crate::results::read::{ReadError, Stored};
use crate::results::{WriteError, write_text};

const TEMPLATE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/style.css");
const SCRIPT: &str = concat!(
    include_str!("assets/script/base.js"),
    include_str!("assets/script/charts.js"),
    include_str!("assets/script/days.js"),
    include_str!("assets/script/flows.js"),
    include_str!("assets/script/tables.js"),
    include_str!("assets/script/page.js"),
);

/// The page of some scenarios; with a comparison it shows differences from its baseline, too.
///
/// # Errors
/// A table that can not be read.
pub fn page(scenarios: &[Stored], comparison: Option<&Comparison>) -> Result<String, ReadError> {
    let shown_scenarios: Result<Vec<Scenario>, ReadError> = scenarios.par_iter().map(scenario).collect();
    let page = Page {
        altyn: env!("CARGO_PKG_VERSION"),
        baseline: comparison.map(|comparison| comparison.baseline),
        scenarios: shown_scenarios?,
        inputs: comparison
            .map(|comparison| comparison.inputs.iter().map(|own| inputs(own)).collect())
            .unwrap_or_default(),
        mismatches: comparison.map(|comparison| comparison.mismatches.clone()).unwrap_or_default(),
    };
    let data = serde_json::to_string(&page).unwrap_or_default();
    let titles: Vec<&str> = scenarios.iter().map(|stored| stored.summary.title.as_str()).collect();
    let parts = [
        ("{{title}}", escape(&titles.join(" · "))),
        ("{{style}}", STYLE.to_owned()),
        ("{{library}}", packed(library().as_bytes())),
        ("{{data}}", packed(data.as_bytes())),
        ("{{script}}", SCRIPT.to_owned()),
    ];
    // Each mark stands once in the template, in this order; what replaces one is not searched for the next.
    let mut page = String::new();
    let mut rest = TEMPLATE;
    for (mark, text) in &parts {
        let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
        page.push_str(before);
        page.push_str(text);
        rest = after;
    }
    Ok(page + rest)
}

/// Writes the page of some scenarios into a file.
///
/// # Errors
/// A table that can not be read, or a file that can not be written.
pub fn write(scenarios: &[Stored], comparison: Option<&Comparison>, path: &Path) -> Result<(), WriteError> {
    let page = page(scenarios, comparison).map_err(|error| WriteError::new(path, &error))?;
    write_text(path, &page)
}

fn inputs(own: &[InputDifference]) -> Vec<[String; 4]> {
    let row = |difference: &InputDifference| {
        let [before, now] = [&difference.baseline, &difference.other].map(|value| shown(value.as_ref()));
        [difference.path.clone(), before, now, difference.place.clone()]
    };
    own.iter().map(row).collect()
}

fn scenario(stored: &Stored) -> Result<Scenario, ReadError> {
    let reading = Reading::new(stored)?;
    let mut drawn = Vec::new();
    let mut over_days = Vec::new();
    for chart in &stored.display.charts {
        drawn.extend(charts::named(&reading, chart)?);
        over_days.extend(dispatch::dispatch(&reading, chart)?);
    }
    drawn.push(charts::emissions(&reading)?);
    drawn.extend(charts::prices(&reading)?);
    drawn.extend(charts::policies(&reading)?);
    drawn.extend(money::charts(&reading)?);
    drawn.retain(|chart| !chart.series.is_empty());
    let summary = &stored.summary;
    let inner = stored.display.zones.iter().filter(|zone| !zone.external);
    Ok(Scenario {
        id: summary.scenario.clone(),
        title: summary.title.clone(),
        description: stored.display.description.clone(),
        status: summary.status.clone(),
        objective: Number(summary.objective.value),
        objective_unit: summary.objective.unit.clone(),
        gap: Number(summary.quality.gap),
        altyn: stored.altyn.clone(),
        years: summary.years.clone(),
        zones: inner.map(|zone| (zone.name.clone(), zone.title.clone())).collect(),
        figures: figures(stored),
        charts: drawn,
        dispatch: over_days,
        sankey: sankey::sankey(&reading)?,
        map: map::map(&reading)?,
        calibration: assumptions::calibration(stored)?,
        assumptions: assumptions::assumptions(stored),
    })
}

fn figures(stored: &Stored) -> Vec<Figure> {
    let one = |figure: &crate::results::ShownFigure| {
        let by_year = stored.summary.indicators.get(&figure.name)?;
        let values = stored.summary.years.iter().map(|year| Number(by_year.get(year).copied().unwrap_or(0.0)));
        Some(Figure {
            name: figure.name.clone(),
            short: figure.title.trim().to_owned(),
            part: figure.title.starts_with(' '),
            title: stored.display.full_title(&figure.name).unwrap_or_default(),
            unit: figure.unit.clone(),
            headline: figure.headline,
            values: values.collect(),
        })
    };
    stored.display.figures.iter().filter_map(one).collect()
}

/// The script of the chart library, which its crate brings along in a tag of HTML, with another for formulas behind it.
fn library() -> String {
    let tags = plotly::Plot::offline_js_sources();
    let inside = tags.split_once('>').map_or("", |(_, rest)| rest);
    inside.split_once("</script>").map_or(inside, |(script, _)| script).to_owned()
}

/// Packed bytes as text, which the browser unpacks.
fn packed(bytes: &[u8]) -> String {
    let mut packer = GzEncoder::new(Vec::new(), Compression::new(7));
    // Writing to memory does not fail.
    let _ = packer.write_all(bytes);
    STANDARD.encode(packer.finish().unwrap_or_default())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
