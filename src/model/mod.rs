//! The validated domain types: plain, immutable, ordered data. No TOML, no linear program.
//!
//! Internal units, chosen so that the program's coefficients lie near 1:
//!
//! | dimension | unit |
//! | --- | --- |
//! | energy in a year | TWh |
//! | power, capacity | GW |
//! | stored energy | GWh |
//! | mass in a year | Mt |
//! | mass rate | kt/h |
//! | money | million currency units (M USD) |
//! | energy price | M USD/TWh = USD/MWh |
//! | capital cost | M USD/GW = USD/kW |
//! | emission factor | Mt/TWh = t/MWh |

pub mod commodity;
pub mod finance;
pub mod fleet;
pub mod horizon;
pub mod iamc;
pub mod ids;
pub mod indicator;
pub mod policy;
pub mod process;
pub mod report;
pub mod statistic;
pub mod time;
pub mod trade;

pub use commodity::{Commodity, Label, Measure, Pollutant, Zone};
pub use finance::FinanceSource;
pub use fleet::{Asset, Finance, Fleet, Growth, Investment, Owner};
pub use horizon::{Accounting, Horizon, Milestone, Money, Salvage};
pub use iamc::{Iamc, Region};
pub use ids::*;
pub use indicator::{FlowPattern, Indicator, IndicatorMeasure, InvestmentScope};
pub use policy::{EmissionScope, Limits, PeakOf, Policy, Rule};
pub use process::{Availability, Cycle, Flow, Mode, Process, Storage, Tank, Technology};
pub use report::{Chart, ChartKind, Group, Hue, Report};
pub use statistic::{Observation, Statistic};
pub use time::{DayMethod, DaySelection, NamedSlice, Profile, ProfileValues, Resolution, TimeSpec};
pub use trade::{Demand, Link, Market, OwnUse, Step, Trade};

use std::collections::BTreeMap;

/// Hours of a year.
pub const HOURS_PER_YEAR: f64 = 8760.0;

/// A scenario after reading, merging and validation.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The scenario file's stem.
    pub id: String,
    /// One line.
    pub title: String,
    /// A paragraph.
    pub description: String,
    /// Currency, discounting, accounting.
    pub money: Money,
    /// Milestone years.
    pub horizon: Horizon,
    /// Division of the year.
    pub time: TimeSpec,
    /// Options passed to HiGHS by name.
    pub solver: BTreeMap<String, SolverValue>,
    /// Zones.
    pub zones: Arena<ZoneId, Zone>,
    /// Commodities.
    pub commodities: Arena<CommodityId, Commodity>,
    /// Pollutants.
    pub pollutants: Arena<PollutantId, Pollutant>,
    /// Profiles.
    pub profiles: Arena<ProfileId, Profile>,
    /// Technologies.
    pub technologies: Arena<TechnologyId, Technology>,
    /// Technologies in zones.
    pub processes: Arena<ProcessId, Process>,
    /// Capacities.
    pub fleets: Arena<FleetId, Fleet>,
    /// Sources of finance.
    pub finance: Arena<FinanceId, FinanceSource>,
    /// Links.
    pub links: Arena<LinkId, Link>,
    /// Markets.
    pub markets: Arena<MarketId, Market>,
    /// Demands.
    pub demands: Arena<DemandId, Demand>,
    /// Policies.
    pub policies: Arena<PolicyId, Policy>,
    /// Indicators, in the order of the scenario.
    pub indicators: Vec<Indicator>,
    /// Observed values of indicators.
    pub statistics: Vec<Statistic>,
    /// How results are shown.
    pub report: Report,
    /// What is reported in the template of the IAMC; `None` where the scenario does not say.
    pub iamc: Option<Iamc>,
}

/// Value of a solver option.
#[derive(Clone, Debug, PartialEq)]
pub enum SolverValue {
    /// Text.
    Text(String),
    /// Whole number.
    Integer(i32),
    /// Number.
    Number(f64),
    /// Switch.
    Switch(bool),
}

impl Model {
    /// One number per milestone year, the same in all.
    pub fn constant(&self, value: f64) -> PerYear {
        self.horizon.ids().map(|_| value).collect()
    }

    /// Profiles that a process or a demand follows, in order, each once.
    pub fn used_profiles(&self) -> Vec<ProfileId> {
        let processes = self.processes.values().flat_map(|process| {
            process.min_activity.iter().chain([&process.availability]).flat_map(Availability::all_profiles)
        });
        let demands = self.demands.values().filter_map(|demand| demand.profile);
        let mut used: Vec<ProfileId> = processes.chain(demands).collect();
        used.sort();
        used.dedup();
        used
    }

    /// Unit of the capacity of a fleet: a rate, or of a tank an amount.
    pub fn capacity_unit(&self, fleet: FleetId) -> &'static str {
        let measure = self.measure(fleet);
        if matches!(self.fleets[fleet].owner, Owner::Tank(_)) { measure.store_unit() } else { measure.rate_unit() }
    }

    /// What the capacity of a fleet measures: what a process does, or the first commodity that a link carries.
    pub fn measure(&self, fleet: FleetId) -> Measure {
        match self.fleets[fleet].owner {
            Owner::Process(process) | Owner::Tank(process) => self.processes[process].measure,
            Owner::Link(link) => self.links[link]
                .commodities
                .first()
                .map_or(Measure::Energy, |&carried| self.commodities[carried].measure),
        }
    }

    /// Name of a process' technology.
    pub fn technology_name(&self, process: ProcessId) -> &str {
        &self.technologies[self.processes[process].technology].name
    }
}

impl std::fmt::Display for SolverValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            SolverValue::Text(text) => write!(f, "{text:?}"),
            SolverValue::Integer(number) => write!(f, "{number}"),
            SolverValue::Number(number) => write!(f, "{number}"),
            SolverValue::Switch(on) => write!(f, "{on}"),
        }
    }
}
