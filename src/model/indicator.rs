//! Headline figures that a scenario declares.

use super::ids::{CommodityId, FinanceId, LinkId, MarketId, PerYear, PolicyId, TechnologyId, ZoneId};
use super::policy::EmissionScope;

/// A figure per milestone year, named with its unit: `solar_generation_twh`.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Name in `summary.json`.
    pub name: String,
    /// Human-readable name for tables.
    pub title: String,
    /// Whether it belongs in a short table of several scenarios.
    pub headline: bool,
    /// Multiplies the internal unit.
    pub factor: f64,
    /// Unit for tables.
    pub unit: String,
    /// What is measured.
    pub measure: IndicatorMeasure,
}

/// Rows of the yearly flow table: names of their `technology` column, `*` standing for anything.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowPattern {
    /// The commodities, all of one measure.
    pub commodities: Vec<CommodityId>,
    /// The zones.
    pub zones: Vec<ZoneId>,
    /// Sectors of which what stands in the row belongs to one; empty: all.
    pub sectors: Vec<String>,
    /// Patterns of which one must match.
    pub include: Vec<String>,
    /// Patterns of which none may match.
    pub except: Vec<String>,
}

/// What an indicator measures, in internal units (TWh, Mt, GW, million currency units).
#[derive(Clone, Debug, PartialEq)]
pub enum IndicatorMeasure {
    /// Yearly supply less curtailment.
    Supply(FlowPattern),
    /// Yearly use.
    Use(FlowPattern),
    /// Highest use in a step of the balance, rate.
    Peak(FlowPattern),
    /// Capacity of technologies in zones.
    Capacity(Vec<TechnologyId>, Vec<ZoneId>),
    /// Net emissions, Mt.
    Emissions(EmissionScope),
    /// Yearly volume of markets.
    Trade(Vec<MarketId>),
    /// Yearly flow into a link, forwards less backwards, of the commodities named.
    LinkFlow(LinkId, Vec<CommodityId>),
    /// Yearly flow into a link over what its capacity could carry.
    LinkUtilisation(LinkId),
    /// Running total of another indicator over calendar years.
    Cumulative {
        /// The indicator that is summed.
        of: String,
        /// The total at the end of the year before the horizon, in the indicator's unit.
        start: f64,
    },
    /// One indicator over another.
    Ratio {
        /// Above the line.
        of: String,
        /// Below the line.
        by: String,
    },
    /// Several indicators together: each with what one of its unit is worth in the unit of the sum, below 0 where it is taken off.
    Sum(Vec<(String, f64)>),
    /// Demand-weighted yearly price.
    Price(CommodityId, Vec<ZoneId>),
    /// Shadow prices of policies, or the prices they set, per unit: what they cost together.
    PolicyPrice(Vec<PolicyId>),
    /// Yearly system cost, without payments for emissions, which stay in the country.
    SystemCost,
    /// Overnight cost of what is built in the period, per year of it: all of it, or what some sources finance.
    Investment(Option<Vec<FinanceId>>),
    /// Demand not met.
    Unserved(CommodityId),
    /// Figures given from outside.
    Given(PerYear),
}
