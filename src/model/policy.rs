//! Rules that a pathway has to keep.

use super::ids::{CommodityId, FleetId, LinkId, MarketId, PerYear, PollutantId, ProcessId, YearId, ZoneId};

/// A named rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// What it rules.
    pub rule: Rule,
    /// Cost of a unit of violation, million currency units per unit of the limit; `None`: hard.
    pub slack_cost: Option<f64>,
}

/// A limit from below, above or both; `None` in years without one.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Lower limit by year.
    pub min: super::ids::Arena<YearId, Option<f64>>,
    /// Upper limit by year.
    pub max: super::ids::Arena<YearId, Option<f64>>,
}

/// Which releases a rule counts: `Σ weight · emission`.
#[derive(Clone, Debug, PartialEq)]
pub struct EmissionScope {
    /// Pollutants with their weights (1, or the global warming potential for a CO2e rule).
    pub pollutants: Vec<(PollutantId, f64)>,
    /// Zones counted.
    pub zones: Vec<ZoneId>,
    /// Sectors counted; empty means all.
    pub sectors: Vec<String>,
}

impl EmissionScope {
    /// Weight with which a release counts; 0 if it is out of scope.
    pub fn weight(&self, pollutant: PollutantId, zone: ZoneId, sector: &str) -> f64 {
        let counted =
            self.zones.contains(&zone) && (self.sectors.is_empty() || self.sectors.iter().any(|s| s == sector));
        if !counted {
            return 0.0;
        }
        self.pollutants.iter().find(|(p, _)| *p == pollutant).map_or(0.0, |&(_, weight)| weight)
    }
}

/// What a planning reserve exceeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeakOf {
    /// What demands take, and technologies that can not be held back.
    Load,
    /// All that technologies give.
    Supply,
}

/// What a policy rules.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// Net emissions of each year, Mt.
    EmissionCap {
        /// What is counted.
        scope: EmissionScope,
        /// Mt a year.
        limits: Limits,
    },
    /// Net emissions summed over calendar years `from ..= to`, Mt.
    EmissionBudget {
        /// What is counted.
        scope: EmissionScope,
        /// First calendar year counted.
        from: i32,
        /// Last calendar year counted.
        to: i32,
        /// Mt in all.
        budget: f64,
    },
    /// A price on net emissions, million currency units per Mt.
    EmissionPrice {
        /// What is counted.
        scope: EmissionScope,
        /// Price by year.
        price: PerYear,
    },
    /// Yearly output (or input) of a commodity by some processes, TWh or Mt.
    ActivityLimit {
        /// The processes.
        processes: Vec<ProcessId>,
        /// The commodity counted; outputs count positive, and inputs where there is no output. `None`: the activity itself.
        commodity: Option<CommodityId>,
        /// TWh or Mt a year.
        limits: Limits,
    },
    /// Activity of some processes summed over calendar years `from ..= to`, TWh or Mt.
    ActivityBudget {
        /// The processes.
        processes: Vec<ProcessId>,
        /// First calendar year counted.
        from: i32,
        /// Last calendar year counted.
        to: i32,
        /// TWh or Mt in all.
        budget: f64,
        /// Whether it is the most (`true`) or the least.
        upper: bool,
    },
    /// Yearly output (or input) of a commodity by some processes may grow only so fast.
    ActivityGrowth {
        /// The processes.
        processes: Vec<ProcessId>,
        /// The commodity counted, as in [`Rule::ActivityLimit`].
        commodity: Option<CommodityId>,
        /// First calendar year in which it holds.
        from: i32,
        /// Last calendar year in which it holds.
        to: i32,
        /// Growth per year.
        rate: f64,
        /// TWh or Mt a year that there may always be more.
        seed: f64,
        /// A year before the pathway, and what there was in it, TWh or Mt.
        start: Option<(i32, f64)>,
    },
    /// Total capacity of some processes and links.
    CapacityLimit {
        /// The fleets.
        fleets: Vec<FleetId>,
        /// Capacity.
        limits: Limits,
    },
    /// Capacity built per year by some processes and links.
    BuildLimit {
        /// The fleets.
        fleets: Vec<FleetId>,
        /// Capacity per year.
        limits: Limits,
    },
    /// Yearly building of some processes may grow only so fast.
    GrowthLimit {
        /// The fleets.
        fleets: Vec<FleetId>,
        /// First calendar year in which it holds.
        from: i32,
        /// Last calendar year in which it holds.
        to: i32,
        /// Growth per year.
        rate: f64,
        /// Capacity per year that may always be built.
        seed: f64,
    },
    /// Output of some processes as a share of the output of others.
    Share {
        /// Whose output is counted.
        of: Vec<ProcessId>,
        /// Output of which it is a share.
        within: Vec<ProcessId>,
        /// The commodity.
        commodity: CommodityId,
        /// Fractions.
        limits: Limits,
    },
    /// Yearly volume of some markets together, TWh or Mt.
    TradeLimit {
        /// The markets.
        markets: Vec<MarketId>,
        /// TWh or Mt a year.
        limits: Limits,
    },
    /// Yearly flow of some links together from their `from` to their `to`, less what flows back, TWh or Mt.
    FlowLimit {
        /// The links.
        links: Vec<LinkId>,
        /// Commodities counted of what they carry.
        commodities: Vec<CommodityId>,
        /// TWh or Mt a year.
        limits: Limits,
    },
    /// Firm capacity above the peak of demand.
    PlanningReserve {
        /// The commodity.
        commodity: CommodityId,
        /// Zones taken together.
        zones: Vec<ZoneId>,
        /// What the peak is the highest rate of.
        peak: PeakOf,
        /// Processes that count; `None`: those that give the commodity in these zones.
        processes: Option<Vec<ProcessId>>,
        /// Part of the peak that firm capacity must exceed it by; `None` in years without the rule.
        margin: super::ids::Arena<YearId, Option<f64>>,
        /// Links that count, from outside the zones, with their credit.
        links: Vec<(LinkId, f64)>,
    },
}
