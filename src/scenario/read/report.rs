//! `[report]`: groups, colours and charts.

use super::indicators::parties;
use super::{Reader, Scope};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::names::matches;
use crate::scenario::targets;
use crate::units::Content;

/// Reads `[report]`.
pub fn read(top: &Reader, scope: &Scope, indicators: &[Indicator]) -> Report {
    let Some(reader) = top.inner("report") else { return Report::default() };
    let parties = parties(top, scope);
    let groups = each(&reader, "groups", "group of the report").map(|(name, group)| read_group(name, group, &parties));
    let groups = groups.collect();
    let sectors = each(&reader, "sectors", "sector of the report").map(|(name, sector)| {
        let hue = hue(name, &sector);
        sector.finish();
        hue
    });
    let sectors = sectors.collect();
    let carriers = carriers(&reader, scope);
    let charts = each(&reader, "charts", "chart of the report");
    let charts = charts.filter_map(|(name, chart)| read_chart(name, chart, scope, indicators)).collect();
    reader.finish();
    Report { groups, sectors, carriers, charts }
}

/// The tables in a table of named ones.
fn each<'a>(
    reader: &Reader<'a>,
    key: &'static str,
    kind: &'static str,
) -> impl Iterator<Item = (&'a String, Reader<'a>)> + use<'a> {
    super::each(reader, key, kind).filter_map(|(name, reader)| Some((name, reader?)))
}

fn hue(name: &str, reader: &Reader) -> Hue {
    let title = reader.text("title").unwrap_or(name).to_owned();
    Hue { name: name.to_owned(), title, color: color(reader) }
}

/// `carriers`: colours of commodities.
fn carriers(reader: &Reader, scope: &Scope) -> Vec<(CommodityId, Option<String>)> {
    let mut found = Vec::new();
    for (name, entry) in reader.entries("carriers") {
        let id = scope.commodities.resolve(scope.desk, name, entry.key);
        let (what, form) = (format!("carrier `{name}` of the report"), reader.below("carriers"));
        let Some(carrier) = Reader::of(reader.desk, what, entry, form) else { continue };
        let color = color(&carrier);
        carrier.finish();
        found.extend(id.map(|id| (id, color)));
    }
    found
}

fn color(reader: &Reader) -> Option<String> {
    let color = reader.text("color");
    let is_color = |text: &&str| {
        text.len() == 7 && text.starts_with('#') && text.chars().skip(1).all(|digit| digit.is_ascii_hexdigit())
    };
    if let Some(wrong) = color.filter(|text| !is_color(text)) {
        reader.wrong("color", format!("`{wrong}` is no colour"), "write it like \"#1f77b4\": red, green and blue");
    }
    color.filter(is_color).map(str::to_lowercase)
}

fn read_group(name: &str, reader: Reader, parties: &[String]) -> Group {
    let hue = hue(name, &reader);
    let members = reader.names("technologies");
    if members.is_none() {
        reader.missing("technologies", "[\"wind*\"]");
    }
    let members = members.unwrap_or_default();
    for (pattern, place) in &members {
        // Which of them there are depends on the scenario, and whole kinds may be missing.
        if !pattern.contains('*') && !parties.iter().any(|party| matches(pattern, party)) {
            let error = Diagnostic::error(*place, format!("no row of flows is named `{pattern}`")).following();
            reader.desk.report(match reader.desk.nearest(pattern, parties) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("rows are named by technology, or market:NAME, link:NAME, demand:NAME"),
            });
        }
    }
    reader.finish();
    Group { hue, members: members.into_iter().map(|(pattern, _)| pattern.to_owned()).collect() }
}

/// Kinds of charts.
#[derive(Clone, Copy)]
enum Kind {
    Supply,
    Balance,
    Capacity,
    Dispatch,
    Indicators,
    Additions,
}

const KINDS: [(&str, Kind); 6] = [
    ("supply", Kind::Supply),
    ("balance", Kind::Balance),
    ("capacity", Kind::Capacity),
    ("dispatch", Kind::Dispatch),
    ("indicators", Kind::Indicators),
    ("additions", Kind::Additions),
];

fn read_chart(name: &str, reader: Reader, scope: &Scope, indicators: &[Indicator]) -> Option<Chart> {
    let title = reader.text("title").unwrap_or(name).to_owned();
    let text = reader.text("text").unwrap_or_default().to_owned();
    if !reader.table().contains_key("show") {
        reader.missing("show", "\"supply\"");
    }
    let kind = reader.choice("show", &KINDS)?;
    let commodity = || scope.one(&reader, "commodity", &scope.commodities, "\"electricity\"");
    let kind = match kind {
        Kind::Supply => commodity().map(ChartKind::Supply),
        Kind::Balance => commodity().map(ChartKind::Balance),
        Kind::Capacity => commodity().map(ChartKind::Capacity),
        Kind::Dispatch => commodity().map(ChartKind::Dispatch),
        Kind::Indicators => of_indicators(&reader, scope, indicators),
        Kind::Additions => additions(&reader, scope),
    };
    reader.finish();
    Some(Chart { name: name.to_owned(), title, text, kind: kind? })
}

fn of_indicators(reader: &Reader, scope: &Scope, indicators: &[Indicator]) -> Option<ChartKind> {
    let Some(named) = reader.names("indicators") else {
        reader.missing("indicators", "[\"solar_generation_twh\"]");
        return None;
    };
    let mut of: Vec<IndicatorId> = Vec::new();
    for (name, place) in named {
        of.extend(scope.indicators.resolve(scope.desk, name, place));
    }
    let unit = |id: &IndicatorId| indicators.get(id.position()).map(|indicator| indicator.unit.as_str());
    if let Some(other) = of.iter().find(|id| unit(id) != of.first().and_then(unit)) {
        let units = format!("{} and {}", of.first().and_then(unit).unwrap_or(""), unit(other).unwrap_or(""));
        reader.wrong(
            "indicators",
            format!("a chart has one unit, and these have {units}"),
            "make a chart for each unit",
        );
    }
    let is_stacked = reader.flag("stacked", false);
    let limit = limit(reader, scope, of.first().copied());
    Some(ChartKind::Indicators { of, is_stacked, limit })
}

/// A level in the unit of an indicator, with words for it.
fn limit(reader: &Reader, scope: &Scope, indicator: Option<IndicatorId>) -> Option<(f64, String)> {
    let title = reader.text("limit-title");
    if reader.entry("limit").is_none() {
        if title.is_some() {
            reader.missing("limit", "\"55 bcm/yr\"");
        }
        return None;
    }
    let (target, content) = scope.indicator_values.get(indicator?.position())?.as_ref()?;
    Some((reader.quantity("limit", target, *content)?, title.unwrap_or("limit").to_owned()))
}

fn additions(reader: &Reader, scope: &Scope) -> Option<ChartKind> {
    let of = scope.several(reader, "technologies", &scope.technologies, "[\"solar\", \"wind\"]");
    let range = f64::MIN_POSITIVE..=f64::INFINITY;
    let size = reader.bounded("plant", &targets::capacity(Measure::Energy), Content::default(), range);
    let title = reader.text("plant-title").unwrap_or("plants").to_owned();
    Some(ChartKind::Additions { of, plant: size.map(|size| (size, title)) })
}
