//! Headline figures that a scenario declares.

use super::commodity::Zone;
use super::ids::{Arena, CommodityId, FinanceId, Id as _, LinkId, MarketId, PerYear, PolicyId, TechnologyId, ZoneId};
use super::policy::EmissionScope;
use super::trade::Market;

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

/// Which investment counts.
#[derive(Clone, Debug, PartialEq)]
pub struct InvestmentScope {
    /// What these sources finance; `None`: whoever pays.
    pub sources: Option<Vec<FinanceId>>,
    /// Technologies and links; `None`: all there are.
    pub chosen: Option<(Vec<TechnologyId>, Vec<LinkId>)>,
    /// Where technologies stand, and links begin; `None`: anywhere.
    pub zones: Option<Vec<ZoneId>>,
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
    /// Overnight cost of what is built in the period, per year of it.
    Investment(InvestmentScope),
    /// Demand not met.
    Unserved(CommodityId),
    /// Figures given from outside.
    Given(PerYear),
}

impl FlowPattern {
    fn within(&self, zone: ZoneId) -> Self {
        Self { zones: only(&self.zones, zone), ..self.clone() }
    }
}

impl IndicatorMeasure {
    /// The same for one zone; `None` where it can not be told apart by zones. What is made of other indicators is made of theirs.
    pub fn within(&self, zone: ZoneId, zones: &Arena<ZoneId, Zone>, markets: &Arena<MarketId, Market>) -> Option<Self> {
        Some(match self {
            Self::Supply(pattern) => Self::Supply(pattern.within(zone)),
            Self::Use(pattern) => Self::Use(pattern.within(zone)),
            Self::Peak(pattern) => Self::Peak(pattern.within(zone)),
            Self::Capacity(technologies, all) => Self::Capacity(technologies.clone(), only(all, zone)),
            Self::Emissions(scope) => {
                Self::Emissions(EmissionScope { zones: only(&scope.zones, zone), ..scope.clone() })
            }
            // What crosses the border is the country's.
            Self::Trade(all) if all.iter().all(|&id| is_inside(id, zones, markets)) => {
                Self::Trade(all.iter().copied().filter(|&id| markets[id].zone == zone).collect())
            }
            Self::Price(commodity, all) if all.contains(&zone) => Self::Price(*commodity, vec![zone]),
            Self::Investment(scope) => {
                let here = scope.zones.as_ref().map_or_else(|| vec![zone], |all| only(all, zone));
                Self::Investment(InvestmentScope { zones: Some(here), ..scope.clone() })
            }
            Self::Ratio { .. } | Self::Sum(_) => self.clone(),
            _ => return None,
        })
    }

    /// Names of the indicators it is made of.
    pub fn parts(&self) -> Vec<&str> {
        match self {
            Self::Cumulative { of, .. } => vec![of],
            Self::Ratio { of, by } => vec![of, by],
            Self::Sum(of) => of.iter().map(|(name, _)| name.as_str()).collect(),
            _ => Vec::new(),
        }
    }
}

/// Whether a market is known to lie inside the country.
fn is_inside(id: MarketId, zones: &Arena<ZoneId, Zone>, markets: &Arena<MarketId, Market>) -> bool {
    let market = markets.values().nth(id.position());
    let zone = market.and_then(|market| zones.values().nth(market.zone.position()));
    zone.is_some_and(|zone| !zone.external)
}

/// Of some zones, the one.
fn only(zones: &[ZoneId], zone: ZoneId) -> Vec<ZoneId> {
    zones.iter().copied().filter(|&other| other == zone).collect()
}
