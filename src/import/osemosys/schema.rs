//! The tables of OSeMOSYS: sets, parameters, what they are indexed by, and their defaults.

/// A set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Set {
    /// Regions: zones.
    Region,
    /// Technologies.
    Technology,
    /// Fuels: commodities.
    Fuel,
    /// Slices of the year.
    Timeslice,
    /// Modelled years.
    Year,
    /// Modes of operation.
    Mode,
    /// Emissions: pollutants.
    Emission,
    /// Stores.
    Storage,
    /// Seasons, in order.
    Season,
    /// Types of days within a season.
    DayType,
    /// Parts of a day, in order.
    Bracket,
}

impl Set {
    /// All sets.
    pub const ALL: [Set; 11] = [
        Set::Region,
        Set::Technology,
        Set::Fuel,
        Set::Timeslice,
        Set::Year,
        Set::Mode,
        Set::Emission,
        Set::Storage,
        Set::Season,
        Set::DayType,
        Set::Bracket,
    ];

    /// Name of its table, and of columns that hold its members.
    pub fn name(self) -> &'static str {
        match self {
            Set::Region => "REGION",
            Set::Technology => "TECHNOLOGY",
            Set::Fuel => "FUEL",
            Set::Timeslice => "TIMESLICE",
            Set::Year => "YEAR",
            Set::Mode => "MODE_OF_OPERATION",
            Set::Emission => "EMISSION",
            Set::Storage => "STORAGE",
            Set::Season => "SEASON",
            Set::DayType => "DAYTYPE",
            Set::Bracket => "DAILYTIMEBRACKET",
        }
    }

    /// Whether there is no model without it.
    pub fn is_required(self) -> bool {
        matches!(self, Set::Region | Set::Technology | Set::Fuel | Set::Timeslice | Set::Year | Set::Mode)
    }
}

/// What values of a parameter may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Range {
    /// Any number.
    Any,
    /// At least 0.
    NotNegative,
    /// At least 0, or −1 for no limit.
    Limit,
}

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Name, and that of its table.
    pub name: &'static str,
    /// What it is indexed by.
    pub by: &'static [Set],
    /// Value where no row says otherwise.
    pub default: f64,
    /// What values may be.
    pub range: Range,
}

use Range::{Any, Limit, NotNegative};
use Set::{Bracket, DayType, Emission, Fuel, Mode, Region, Season, Storage, Technology, Timeslice, Year};

const fn parameter(name: &'static str, by: &'static [Set], default: f64, range: Range) -> Parameter {
    Parameter { name, by, default, range }
}

/// All parameters. Defaults are those of the data files that OSeMOSYS is published with: no limits (−1), a life of a year, a small running
/// cost, stores that hold and begin with more than is ever needed.
pub const PARAMETERS: &[Parameter] = &[
    parameter("YearSplit", &[Timeslice, Year], 0.0, NotNegative),
    parameter("DiscountRate", &[Region], 0.05, Any),
    parameter("DiscountRateIdv", &[Region, Technology], 0.05, Any),
    parameter("DiscountRateStorage", &[Region, Storage], 0.05, Any),
    parameter("DepreciationMethod", &[Region], 1.0, NotNegative),
    parameter("DaySplit", &[Bracket, Year], 0.00137, NotNegative),
    parameter("DaysInDayType", &[Season, DayType, Year], 7.0, NotNegative),
    parameter("Conversionls", &[Timeslice, Season], 0.0, NotNegative),
    parameter("Conversionld", &[Timeslice, DayType], 0.0, NotNegative),
    parameter("Conversionlh", &[Timeslice, Bracket], 0.0, NotNegative),
    parameter("TradeRoute", &[Region, Region, Fuel, Year], 0.0, NotNegative),
    parameter("SpecifiedAnnualDemand", &[Region, Fuel, Year], 0.0, NotNegative),
    parameter("SpecifiedDemandProfile", &[Region, Fuel, Timeslice, Year], 0.0, NotNegative),
    parameter("AccumulatedAnnualDemand", &[Region, Fuel, Year], 0.0, NotNegative),
    parameter("CapacityToActivityUnit", &[Region, Technology], 1.0, NotNegative),
    parameter("CapacityFactor", &[Region, Technology, Timeslice, Year], 1.0, NotNegative),
    parameter("AvailabilityFactor", &[Region, Technology, Year], 1.0, NotNegative),
    parameter("OperationalLife", &[Region, Technology], 1.0, NotNegative),
    parameter("ResidualCapacity", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("InputActivityRatio", &[Region, Technology, Fuel, Mode, Year], 0.0, NotNegative),
    parameter("OutputActivityRatio", &[Region, Technology, Fuel, Mode, Year], 0.0, NotNegative),
    parameter("CapitalCost", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("VariableCost", &[Region, Technology, Mode, Year], 0.00001, Any),
    parameter("FixedCost", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("TechnologyToStorage", &[Region, Technology, Storage, Mode], 0.0, NotNegative),
    parameter("TechnologyFromStorage", &[Region, Technology, Storage, Mode], 0.0, NotNegative),
    parameter("StorageLevelStart", &[Region, Storage], 999.0, NotNegative),
    parameter("StorageMaxChargeRate", &[Region, Storage], 99.0, Limit),
    parameter("StorageMaxDischargeRate", &[Region, Storage], 99.0, Limit),
    parameter("MinStorageCharge", &[Region, Storage, Year], 0.0, NotNegative),
    parameter("OperationalLifeStorage", &[Region, Storage], 99.0, NotNegative),
    parameter("CapitalCostStorage", &[Region, Storage, Year], 0.0, NotNegative),
    parameter("ResidualStorageCapacity", &[Region, Storage, Year], 999.0, NotNegative),
    parameter("CapacityOfOneTechnologyUnit", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("TotalAnnualMaxCapacity", &[Region, Technology, Year], -1.0, Limit),
    parameter("TotalAnnualMinCapacity", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("TotalAnnualMaxCapacityInvestment", &[Region, Technology, Year], -1.0, Limit),
    parameter("TotalAnnualMinCapacityInvestment", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("TotalTechnologyAnnualActivityUpperLimit", &[Region, Technology, Year], -1.0, Limit),
    parameter("TotalTechnologyAnnualActivityLowerLimit", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("TotalTechnologyModelPeriodActivityUpperLimit", &[Region, Technology], -1.0, Limit),
    parameter("TotalTechnologyModelPeriodActivityLowerLimit", &[Region, Technology], 0.0, NotNegative),
    parameter("ReserveMargin", &[Region, Year], 0.0, NotNegative),
    parameter("ReserveMarginTagTechnology", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("ReserveMarginTagFuel", &[Region, Fuel, Year], 0.0, NotNegative),
    parameter("RETagTechnology", &[Region, Technology, Year], 0.0, NotNegative),
    parameter("RETagFuel", &[Region, Fuel, Year], 0.0, NotNegative),
    parameter("REMinProductionTarget", &[Region, Year], 0.0, NotNegative),
    parameter("EmissionActivityRatio", &[Region, Technology, Emission, Mode, Year], 0.0, Any),
    parameter("EmissionsPenalty", &[Region, Emission, Year], 0.0, Any),
    parameter("AnnualExogenousEmission", &[Region, Emission, Year], 0.0, Any),
    parameter("AnnualEmissionLimit", &[Region, Emission, Year], -1.0, Any),
    parameter("ModelPeriodExogenousEmission", &[Region, Emission], 0.0, Any),
    parameter("ModelPeriodEmissionLimit", &[Region, Emission], -1.0, Any),
];

/// The parameter of a name.
pub fn find(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

/// Names of all tables.
pub fn names() -> impl Iterator<Item = &'static str> {
    Set::ALL.into_iter().map(Set::name).chain(PARAMETERS.iter().map(|parameter| parameter.name))
}
