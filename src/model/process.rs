//! Technologies and processes: what turns commodities into others.

use super::commodity::Measure;
use super::ids::{Arena, CommodityId, FleetId, PerYear, PollutantId, ProfileId, TechnologyId, YearId, ZoneId};
use super::time::Resolution;

/// A kind of plant or device.
#[derive(Clone, Debug, PartialEq)]
pub struct Technology {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Sector for reporting emissions: `power`, `gas`.
    pub sector: String,
}

/// A technology in a zone.
///
/// Its activity is a rate in the unit of its capacity: GW (or kt/h) of the first output of each
/// mode — or of the first input where a mode has no output.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// The technology.
    pub technology: TechnologyId,
    /// The zone.
    pub zone: ZoneId,
    /// `technology@zone`, for rows, columns and messages.
    pub name: String,
    /// What its activity measures, and so the unit of its capacity.
    pub measure: Measure,
    /// Ways to run; the activities of all modes share the capacity. Empty for a storage.
    pub modes: Vec<Mode>,
    /// Level carried through time; `None` for a converter.
    pub storage: Option<Storage>,
    /// Capacity.
    pub fleet: FleetId,
    /// Greatest activity per unit of capacity.
    pub availability: Availability,
    /// Least activity per unit of capacity (must-run); `None`: may stand still.
    pub min_activity: Option<Availability>,
    /// Greatest yearly average of activity per unit of capacity; 1 where there is no limit.
    pub max_annual_factor: PerYear,
    /// Least yearly average of activity per unit of capacity.
    pub min_annual_factor: PerYear,
    /// The step at which it is dispatched: the finest resolution among its commodities, or a coarser one.
    pub resolution: Resolution,
    /// Whether technical coefficients are those of the year of operation, for all vintages alike, and not those of the year of building.
    pub by_operation: bool,
    /// What flows of commodities with a finer resolution follow within such a step; `None`: they are even.
    pub shape: Option<ProfileId>,
}

impl Process {
    /// Whether it gives out a commodity.
    pub fn supplies(&self, commodity: CommodityId) -> bool {
        let flows = self.modes.iter().flat_map(|mode| &mode.flows);
        self.storage.as_ref().is_some_and(|storage| storage.commodity == commodity)
            || flows.filter(|flow| flow.commodity == commodity).any(|flow| flow.ratio.values().any(|&r| r > 0.0))
    }
}

/// A factor of capacity: `factor × profile`.
#[derive(Clone, Debug, PartialEq)]
pub struct Availability {
    /// Factor by year.
    pub factor: PerYear,
    /// Profile over the year, by milestone year; `None` is 1 throughout.
    pub profiles: Option<Arena<YearId, ProfileId>>,
}

impl Availability {
    /// Profile of a milestone year; `None` is 1 throughout.
    pub fn profile(&self, year: YearId) -> Option<ProfileId> {
        self.profiles.as_ref().map(|profiles| profiles[year])
    }

    /// All profiles, in the order of the years.
    pub fn all_profiles(&self) -> impl Iterator<Item = ProfileId> {
        self.profiles.iter().flat_map(|profiles| profiles.values().copied())
    }
}

/// A way to run a process.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    /// Name; empty where there is only one.
    pub name: String,
    /// What one unit of activity takes and gives.
    pub flows: Vec<Flow>,
    /// Cost of a unit of activity in the year of operation, million currency units per TWh (or Mt),
    /// without the price of inputs.
    pub variable_cost: PerYear,
    /// Release per unit of activity by year of building: Mt per TWh (or Mt); negative removes.
    pub emissions: Vec<(PollutantId, PerYear)>,
}

/// One commodity of a mode.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// The commodity.
    pub commodity: CommodityId,
    /// Units per unit of activity, by year of building: positive is output, negative is input.
    pub ratio: PerYear,
}

/// How a storage works. Rates are per unit of discharge capacity.
#[derive(Clone, Debug, PartialEq)]
pub struct Storage {
    /// What is stored.
    pub commodity: CommodityId,
    /// Part of what is taken in that reaches the store.
    pub charge_efficiency: f64,
    /// Part of what leaves the store that is delivered.
    pub discharge_efficiency: f64,
    /// Part of the level lost per hour.
    pub loss_per_hour: f64,
    /// Charging capacity per unit of discharging capacity.
    pub charge_ratio: f64,
    /// Size of the store.
    pub tank: Tank,
    /// Period after which the level returns to its start.
    pub cycle: Cycle,
    /// Level at the start of the first year in which it stands, GWh (or kt), where the level is carried through the horizon.
    pub start_level: f64,
    /// Cost per unit discharged, million currency units per TWh (or Mt).
    pub variable_cost: PerYear,
    /// Hours of discharge at full power that make its power count in full towards a planning reserve.
    pub firm_hours: f64,
}

/// Size of a store.
#[derive(Clone, Debug, PartialEq)]
pub enum Tank {
    /// Hours of discharge at full power (level counted before discharge losses).
    Duration(f64),
    /// A capacity of its own, GWh (or kt).
    Sized(FleetId),
}

/// Period of a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cycle {
    /// Each representative day ends at the level where it began.
    Day,
    /// The level runs through all days of the calendar and ends the year where it began.
    Year,
    /// The level runs through all days of all years, and never returns.
    Horizon,
}
