//! What the script of the page draws. Numbers have 7 significant digits.

use serde::{Serialize, Serializer};

/// Everything on the page.
#[derive(Debug, Serialize)]
pub struct Page {
    /// Version of Altyn that made the page.
    pub altyn: &'static str,
    /// Position of the baseline; none where nothing is compared.
    pub baseline: Option<usize>,
    /// The scenarios.
    pub scenarios: Vec<Scenario>,
    /// What each scenario says differently from the baseline: path, value of the baseline, own value, place.
    pub inputs: Vec<Vec<[String; 4]>>,
    /// What can not be matched.
    pub mismatches: Vec<String>,
}

/// A scenario.
#[derive(Debug, Serialize)]
pub struct Scenario {
    /// Name.
    pub id: String,
    /// One line.
    pub title: String,
    /// What it asks.
    pub description: String,
    /// How the solve ended.
    pub status: String,
    /// Discounted cost.
    pub objective: Number,
    /// Its unit.
    pub objective_unit: String,
    /// Proven relative gap.
    pub gap: Number,
    /// Version of Altyn that ran it.
    pub altyn: String,
    /// Milestone years.
    pub years: Vec<i32>,
    /// Zones inside the country: name and title.
    pub zones: Vec<(String, String)>,
    /// Indicators.
    pub figures: Vec<Figure>,
    /// Charts over the years, in their order.
    pub charts: Vec<Chart>,
    /// Charts over chosen days.
    pub dispatch: Vec<Dispatch>,
    /// Flows of energy, by year.
    pub sankey: Vec<Sankey>,
    /// Zones and links on a map; none where zones have no place.
    pub map: Option<Map>,
    /// Observed values: year, title, unit, observed, modelled, deviation, whether it is within its tolerance, source.
    pub calibration: Vec<Calibration>,
    /// Every value with its source: path, value, source, quality, place.
    pub assumptions: Vec<[String; 5]>,
}

/// An indicator by year.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// Name.
    pub name: String,
    /// Words for people, in a list.
    pub short: String,
    /// Whether it is a part of the one above it in the list.
    pub part: bool,
    /// Words that stand alone.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Whether it is a headline.
    pub headline: bool,
    /// Values in the order of the years.
    pub values: Vec<Number>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Areas on each other.
    Areas,
    /// Areas on each other, what is below 0 apart, with a line of the sum.
    Net,
    /// Bars on each other.
    Bars,
    /// Lines.
    Lines,
}

/// A chart over the years.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// Name, which is the same in all scenarios.
    pub name: String,
    /// The part of the page in which it stands.
    pub section: &'static str,
    /// Words above it.
    pub title: String,
    /// Words below it.
    pub text: String,
    /// How it is drawn.
    pub form: Form,
    /// Unit of the values.
    pub unit: String,
    /// A level to compare with, and what it is.
    pub limit: Option<(Number, String)>,
    /// A size in which values are counted as well, and what is counted.
    pub plant: Option<(Number, String)>,
    /// What is drawn.
    pub series: Vec<Series>,
}

/// Values by year.
#[derive(Debug, Serialize)]
pub struct Series {
    /// Zone; empty for all of them together.
    pub zone: String,
    /// What it is; series of the same key have the same colour everywhere.
    pub key: String,
    /// Words for people.
    pub title: String,
    /// `#rrggbb`.
    pub color: String,
    /// Values in the order of the years.
    pub values: Vec<Number>,
}

/// A chart over chosen days.
#[derive(Debug, Serialize)]
pub struct Dispatch {
    /// Name.
    pub name: String,
    /// Words above it.
    pub title: String,
    /// Words below it.
    pub text: String,
    /// Unit of the rates.
    pub unit: String,
    /// The days: words, and the number of their steps.
    pub days: Vec<(String, usize)>,
    /// Labels of all steps of all days, one after the other.
    pub steps: Vec<String>,
    /// Rates by step: one series for each year.
    pub series: Vec<Rates>,
}

/// Rates of a year over the steps of chosen days.
#[derive(Debug, Serialize)]
pub struct Rates {
    /// Zone; empty for all of them together.
    pub zone: String,
    /// What it is.
    pub key: String,
    /// Words for people.
    pub title: String,
    /// `#rrggbb`.
    pub color: String,
    /// Milestone year.
    pub year: i32,
    /// Rates; use is negative.
    pub values: Vec<Number>,
}

/// Flows of energy of a year, TWh.
#[derive(Debug, Default, Serialize)]
pub struct Sankey {
    /// Titles and colours of the nodes.
    pub nodes: Vec<(String, String)>,
    /// From, to (by position), and how much.
    pub links: Vec<(usize, usize, Number)>,
}

/// A map.
#[derive(Debug, Serialize)]
pub struct Map {
    /// Title, degrees east and north, whether it is outside the country.
    pub zones: Vec<(String, f64, f64, bool)>,
    /// Links.
    pub links: Vec<MapLink>,
}

/// Flow of a commodity through a link.
#[derive(Debug, Serialize)]
pub struct MapLink {
    /// Name of the link.
    pub link: String,
    /// Title of the commodity.
    pub commodity: String,
    /// `#rrggbb`.
    pub color: String,
    /// Zones by position, as the link is written.
    pub from: usize,
    /// Zones by position, as the link is written.
    pub to: usize,
    /// Unit of the flow.
    pub unit: String,
    /// Energy of one unit of flow, TWh.
    pub energy: Number,
    /// Net flow by year; below 0 from `to` to `from`.
    pub flow: Vec<Number>,
    /// What it could carry, by year.
    pub capacity: Vec<Number>,
}

/// An observed value beside that of the model.
#[derive(Debug, Serialize)]
pub struct Calibration {
    /// Milestone year.
    pub year: i32,
    /// Words for people.
    pub title: String,
    /// Unit of both.
    pub unit: String,
    /// What was observed.
    pub observed: Number,
    /// What the model has.
    pub modelled: Number,
    /// Relative deviation.
    pub deviation: Number,
    /// Whether it is within its tolerance.
    pub within: bool,
    /// Where the observed value comes from.
    pub source: String,
}

/// A number as the page has it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Number(pub f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Number(value) = *self;
        if !value.is_finite() {
            return serializer.serialize_none();
        }
        let rounded: f64 = format!("{value:.6e}").parse().unwrap_or(value);
        // Whole numbers need no `.0`, and most of what is shown is 0.
        #[allow(clippy::cast_possible_truncation)] // Whole and far below 2^53.
        if rounded == rounded.trunc() && rounded.abs() < 1e15 {
            serializer.serialize_i64(rounded as i64)
        } else {
            serializer.serialize_f64(rounded)
        }
    }
}
