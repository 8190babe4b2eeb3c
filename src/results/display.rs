//! `display.json`: what is needed to show results to people, beside the tables themselves: titles, units, groups, colours, places
//! on a map, charts. A report needs no scenario file.

use serde::{Deserialize, Serialize};

use crate::model::*;
use crate::time::TimeGrid;

/// What is needed to show results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Display {
    /// What the scenario asks, a paragraph.
    pub description: String,
    /// Money of the results: `USD2023`.
    pub money: String,
    /// Zones.
    pub zones: Vec<ShownZone>,
    /// Pollutants, and what each is worth in CO2e.
    pub pollutants: Vec<(String, f64)>,
    /// Commodities.
    pub commodities: Vec<ShownCommodity>,
    /// Technologies.
    pub technologies: Vec<ShownTechnology>,
    /// What is shown together, in the order in which it is stacked.
    pub groups: Vec<ShownGroup>,
    /// Titles and colours of sectors.
    pub sectors: Vec<ShownHue>,
    /// Indicators.
    pub figures: Vec<ShownFigure>,
    /// Names of representative days, and how many days of the year each stands for; empty where slices are named.
    pub days: Vec<(String, f64)>,
    /// Charts, in their order.
    pub charts: Vec<ShownChart>,
}

/// A zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownZone {
    /// Name in the tables.
    pub name: String,
    /// Words for people.
    pub title: String,
    /// Outside the country.
    pub external: bool,
    /// Degrees east and north.
    pub position: Option<(f64, f64)>,
}

/// A commodity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownCommodity {
    /// Name in the tables.
    pub name: String,
    /// Words for people.
    pub title: String,
    /// Unit of yearly amounts.
    pub unit: String,
    /// Unit of rates.
    pub rate_unit: String,
    /// Energy of a yearly amount of 1, TWh; none for what is no energy.
    pub energy: Option<f64>,
    /// Whether flows of energy are drawn from and to it.
    pub carrier: bool,
    /// `#rrggbb`.
    pub color: Option<String>,
}

/// A technology.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownTechnology {
    /// Name in the tables.
    pub name: String,
    /// Words for people.
    pub title: String,
    /// Sector.
    pub sector: String,
}

/// A title and a colour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownHue {
    /// Name.
    pub name: String,
    /// Words for people.
    pub title: String,
    /// `#rrggbb`.
    pub color: Option<String>,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownGroup {
    /// Title and colour.
    #[serde(flatten)]
    pub hue: ShownHue,
    /// Patterns of names in the `technology` column.
    pub members: Vec<String>,
}

/// An indicator.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownFigure {
    /// Name in `summary.json`.
    pub name: String,
    /// Words for people.
    pub title: String,
    /// Unit for people.
    pub unit: String,
    /// Whether it belongs in a short table.
    pub headline: bool,
}

/// A chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShownChart {
    /// Name.
    pub name: String,
    /// Words above it.
    pub title: String,
    /// Words below it.
    pub text: String,
    /// What it shows.
    #[serde(flatten)]
    pub kind: ShownKind,
}

/// What a chart shows: [`ChartKind`] by names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "show", rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ShownKind {
    Supply { commodity: String },
    Balance { commodity: String },
    Capacity { commodity: String },
    Dispatch { commodity: String },
    Indicators { indicators: Vec<String>, stacked: bool, limit: Option<(f64, String)> },
    Additions { technologies: Vec<String>, plant: Option<(f64, String)> },
}

impl Display {
    /// Words for an indicator that stand alone: those that are indented in a list belong to the last one that is not.
    pub fn full_title(&self, name: &str) -> Option<String> {
        let position = self.figures.iter().position(|figure| figure.name == name)?;
        let title = &self.figures[position].title;
        let is_part = |title: &str| title.starts_with(' ');
        let whole = self.figures[..position].iter().rev().find(|figure| !is_part(&figure.title));
        Some(match whole.filter(|_| is_part(title)) {
            Some(whole) => format!("{}: {}", whole.title, title.trim()),
            None => title.trim().to_owned(),
        })
    }
}

/// What is needed to show results of a model.
pub fn display(model: &Model, grid: &TimeGrid) -> Display {
    let hue = |hue: &Hue| ShownHue { name: hue.name.clone(), title: hue.title.clone(), color: hue.color.clone() };
    let days = match &model.time {
        TimeSpec::Days(_) => grid.days.values().map(|day| (day.name.clone(), day.weight)).collect(),
        TimeSpec::Slices(_) => Vec::new(),
    };
    let charts = model.report.charts.iter().map(|chart| ShownChart {
        name: chart.name.clone(),
        title: chart.title.clone(),
        text: chart.text.clone(),
        kind: kind(model, &chart.kind),
    });
    let charts: Vec<ShownChart> = charts.collect();
    Display {
        description: model.description.clone(),
        money: format!("{}{}", model.money.currency, model.money.price_year),
        zones: model.zones.values().map(zone).collect(),
        pollutants: model.pollutants.values().map(|pollutant| (pollutant.name.clone(), pollutant.gwp)).collect(),
        commodities: model.commodities.iter().map(|(id, known)| commodity(model, id, known)).collect(),
        technologies: model.technologies.values().map(technology).collect(),
        groups: model
            .report
            .groups
            .iter()
            .map(|group| ShownGroup { hue: hue(&group.hue), members: group.members.clone() })
            .collect(),
        sectors: model.report.sectors.iter().map(hue).collect(),
        figures: model.indicators.iter().map(figure).collect(),
        days,
        charts: if charts.is_empty() { usual(model) } else { charts },
    }
}

fn zone(zone: &Zone) -> ShownZone {
    ShownZone { name: zone.name.clone(), title: zone.title.clone(), external: zone.external, position: zone.position }
}

fn commodity(model: &Model, id: CommodityId, commodity: &Commodity) -> ShownCommodity {
    let carriers = &model.report.carriers;
    let carrier = carriers.iter().find(|(named, _)| *named == id);
    let energy = match commodity.measure {
        Measure::Energy => Some(1.0),
        Measure::Mass => commodity.energy_per_mass,
        Measure::Distance => None,
    };
    ShownCommodity {
        name: commodity.name.clone(),
        title: commodity.title.clone(),
        unit: commodity.amount_label.unit.clone(),
        rate_unit: commodity.measure.rate_unit().to_owned(),
        energy: energy.map(|energy| energy / commodity.amount_label.factor),
        carrier: energy.is_some() && (carriers.is_empty() || carrier.is_some()),
        color: carrier.and_then(|(_, color)| color.clone()),
    }
}

fn technology(technology: &Technology) -> ShownTechnology {
    ShownTechnology {
        name: technology.name.clone(),
        title: technology.title.clone(),
        sector: technology.sector.clone(),
    }
}

fn figure(indicator: &Indicator) -> ShownFigure {
    ShownFigure {
        name: indicator.name.clone(),
        title: indicator.title.clone(),
        unit: indicator.unit.clone(),
        headline: indicator.headline,
    }
}

fn kind(model: &Model, kind: &ChartKind) -> ShownKind {
    let name = |id: CommodityId| model.commodities[id].name.clone();
    match kind {
        ChartKind::Supply(id) => ShownKind::Supply { commodity: name(*id) },
        ChartKind::Balance(id) => ShownKind::Balance { commodity: name(*id) },
        ChartKind::Capacity(id) => ShownKind::Capacity { commodity: name(*id) },
        ChartKind::Dispatch(id) => ShownKind::Dispatch { commodity: name(*id) },
        ChartKind::Indicators { of, is_stacked, limit } => ShownKind::Indicators {
            indicators: of.iter().map(|id| model.indicators[id.position()].name.clone()).collect(),
            stacked: *is_stacked,
            limit: limit.clone(),
        },
        ChartKind::Additions { of, plant } => ShownKind::Additions {
            technologies: of.iter().map(|&id| model.technologies[id].name.clone()).collect(),
            plant: plant.clone(),
        },
    }
}

/// Charts of a scenario that names none: of the commodity whose peak is looked at, or the first that balances step by step.
fn usual(model: &Model) -> Vec<ShownChart> {
    let peak = match &model.time {
        TimeSpec::Days(selection) => selection.peak,
        TimeSpec::Slices(_) => None,
    };
    let balances =
        |c: &Commodity| c.price.is_none() && c.measure == Measure::Energy && c.resolution == Resolution::Hour;
    let first = || model.commodities.iter().find(|(_, c)| balances(c)).map(|(id, _)| id);
    let Some(id) = peak.or_else(first) else { return Vec::new() };
    let (commodity, title) = (model.commodities[id].name.clone(), &model.commodities[id].title);
    let chart = |name: &str, words: &str, kind| ShownChart {
        name: name.to_owned(),
        title: format!("{title}: {words}"),
        text: String::new(),
        kind,
    };
    vec![
        chart("supply", "supply", ShownKind::Supply { commodity: commodity.clone() }),
        chart("capacity", "capacity", ShownKind::Capacity { commodity: commodity.clone() }),
        chart("dispatch", "dispatch", ShownKind::Dispatch { commodity }),
    ]
}
