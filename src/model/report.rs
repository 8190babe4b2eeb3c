//! How a scenario wants its results shown. Nothing here takes part in the program.

use super::ids::{CommodityId, IndicatorId, TechnologyId};

/// The `[report]` table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What is shown together in one colour, in the order in which it is stacked.
    pub groups: Vec<Group>,
    /// Titles and colours of sectors.
    pub sectors: Vec<Hue>,
    /// Commodities between which flows of energy are drawn, with their colours. Without any, all are.
    pub carriers: Vec<(CommodityId, Option<String>)>,
    /// Charts of this scenario, in their order. Without any, a report chooses.
    pub charts: Vec<Chart>,
}

/// A name with a title and a colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Hue {
    /// Name.
    pub name: String,
    /// Words for people.
    pub title: String,
    /// `#rrggbb`; `None`: the next of a palette.
    pub color: Option<String>,
}

/// Rows of the flow table that are shown together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Name, title and colour.
    pub hue: Hue,
    /// Patterns for names in the `technology` column of results; the first group that fits a name takes it.
    pub members: Vec<String>,
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Name.
    pub name: String,
    /// Words above it.
    pub title: String,
    /// Words below it.
    pub text: String,
    /// What it shows.
    pub kind: ChartKind,
}

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartKind {
    /// Yearly supply of a commodity by group.
    Supply(CommodityId),
    /// Yearly supply of a commodity above the line, and its use below.
    Balance(CommodityId),
    /// Capacity of what supplies a commodity, by group.
    Capacity(CommodityId),
    /// Rates of a commodity over chosen days, by group.
    Dispatch(CommodityId),
    /// Indicators of one unit.
    Indicators {
        /// The indicators.
        of: Vec<IndicatorId>,
        /// Whether they are parts of a whole.
        is_stacked: bool,
        /// A level to compare them with, in their unit, and what it is.
        limit: Option<(f64, String)>,
    },
    /// New capacity per period of some technologies, by group, also counted in plants of one size.
    Additions {
        /// The technologies.
        of: Vec<TechnologyId>,
        /// Size of a plant in GW, and what plants of that size are called.
        plant: Option<(f64, String)>,
    },
}
