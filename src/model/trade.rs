//! Links between zones, markets outside the model, and demands.

use super::ids::{CommodityId, FleetId, PerYear, PollutantId, ProfileId, ZoneId};
use super::time::Resolution;

/// Transport of commodities from one zone to another through one capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Zone where flow enters.
    pub from: ZoneId,
    /// Zone where flow leaves.
    pub to: ZoneId,
    /// Commodities that share the capacity.
    pub commodities: Vec<CommodityId>,
    /// Whether flow may also run from `to` to `from`.
    pub bidirectional: bool,
    /// Part of the flow that is lost on the way.
    pub losses: PerYear,
    /// What it takes for itself, from the entry zone.
    pub own_use: Vec<OwnUse>,
    /// Release per unit of flow besides burning own use, Mt per TWh (or Mt): leaks.
    pub emissions: Vec<(PollutantId, PerYear)>,
    /// Sector for reporting emissions.
    pub sector: String,
    /// Zone to which emissions are booked.
    pub emission_zone: ZoneId,
    /// Cost per unit of flow, million currency units per TWh (or Mt).
    pub variable_cost: PerYear,
    /// Greatest flow per unit of capacity.
    pub availability: PerYear,
    /// Capacity.
    pub fleet: FleetId,
    /// Step at which it is dispatched.
    pub resolution: Resolution,
}

/// A commodity that a link takes for itself: gas for compressors, electricity for pumps.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnUse {
    /// The commodity.
    pub commodity: CommodityId,
    /// Whether only the flow of the same commodity takes it: of the commodities that share a pipeline, each moves
    /// itself.
    pub only_own_flow: bool,
    /// Units per unit of flow.
    pub part: PerYear,
    /// Release of burning it, per unit of flow, Mt per TWh (or Mt).
    pub emissions: Vec<(PollutantId, PerYear)>,
}

/// Whether a market sells to the system or buys from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trade {
    /// The system buys.
    Import,
    /// The system sells.
    Export,
}

/// A buyer or seller outside the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Where it trades.
    pub zone: ZoneId,
    /// What it trades.
    pub commodity: CommodityId,
    /// Import or export.
    pub trade: Trade,
    /// Price steps: for imports in rising order of price, for exports in falling order.
    pub steps: Vec<Step>,
    /// Least yearly volume, TWh (or Mt).
    pub min_volume: PerYear,
    /// Greatest rate, GW (or kt/h); infinite where there is none.
    pub max_rate: PerYear,
    /// Release booked per unit traded, Mt per TWh (or Mt).
    pub emissions: Vec<(PollutantId, PerYear)>,
    /// Sector for reporting emissions.
    pub sector: String,
    /// Cost component under which payments are booked: `import`, `export`, `transit` …
    pub component: String,
}

/// A price step of a market.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Greatest yearly volume, TWh (or Mt); infinite where there is none.
    pub volume: PerYear,
    /// Price, million currency units per TWh (or Mt).
    pub price: PerYear,
}

/// Exogenous use of a commodity.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Sector for reporting.
    pub sector: String,
    /// Where.
    pub zone: ZoneId,
    /// What.
    pub commodity: CommodityId,
    /// Yearly amount, TWh (or Mt).
    pub annual: PerYear,
    /// Shape over the year; scaled to a mean of 1. `None` is flat.
    pub profile: Option<ProfileId>,
    /// Release per unit used, Mt per TWh (or Mt).
    pub emissions: Vec<(PollutantId, PerYear)>,
}
