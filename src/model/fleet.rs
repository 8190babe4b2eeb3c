//! Capacity: what stands today, what may be built, and when it goes.

use super::ids::{LinkId, PerYear, ProcessId};

/// A named plant, line or store that exists or is committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Asset {
    /// Key in the scenario.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Capacity in the fleet's unit.
    pub capacity: f64,
    /// First year in service.
    pub commissioned: i32,
    /// First year out of service.
    pub retires: i32,
    /// Capital that is still to be paid, million currency units per unit of capacity: 0 for plants that stand when the
    /// pathway begins, whose capital is sunk.
    pub capital_cost: f64,
    /// Years over which it is paid back.
    pub economic_life: f64,
}

/// Whose capacity a fleet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Production capacity of a process (for a storage, its discharge power).
    Process(ProcessId),
    /// Energy (or mass) that a storage can hold, where it is sized apart from the power.
    Tank(ProcessId),
    /// Throughput of a link.
    Link(LinkId),
}

/// All capacity of one process, tank or link.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// Whose it is.
    pub owner: Owner,
    /// Name for rows, columns and messages: `ccgt@north`.
    pub name: String,
    /// Existing and committed plants.
    pub assets: Vec<Asset>,
    /// Capacity that stands in each year besides assets; none of it is decided or paid for. 0 where there is none.
    pub stock: PerYear,
    /// Life, and how capital is paid back.
    pub finance: Finance,
    /// Terms on which more may be built; `None`: nothing can be built.
    pub investment: Option<Investment>,
    /// Fixed cost, million currency units per unit of capacity and year.
    pub fixed_cost: PerYear,
    /// Whether capacity may be retired before its end of life.
    pub early_retirement: bool,
    /// Least total capacity; 0 where there is none.
    pub min_capacity: PerYear,
    /// Greatest total capacity; infinite where there is none.
    pub max_capacity: PerYear,
    /// Part of the capacity that counts towards a planning reserve.
    pub capacity_credit: PerYear,
}

/// Life of new capacity, and how its capital is paid back.
#[derive(Clone, Debug, PartialEq)]
pub struct Finance {
    /// Technical life in years.
    pub lifetime: f64,
    /// Years over which the capital is paid back.
    pub economic_life: f64,
    /// Cost of capital, 1/yr; where sources may finance what is built, theirs holds instead.
    pub cost_of_capital: f64,
}

/// Terms of new capacity. Values per year are those of the year of building.
#[derive(Clone, Debug, PartialEq)]
pub struct Investment {
    /// Overnight cost, million currency units per unit of capacity.
    pub capital_cost: PerYear,
    /// Most that may be built, capacity per year; infinite where there is none.
    pub max_build: PerYear,
    /// Least that must be built, capacity per year.
    pub min_build: PerYear,
    /// Limit on how fast yearly building may grow.
    pub growth: Option<Growth>,
}

/// Yearly building may exceed that of the period before by `rate` a year, and always reach `seed`.
#[derive(Clone, Debug, PartialEq)]
pub struct Growth {
    /// Growth per year: 0.2 is 20 %.
    pub rate: f64,
    /// Capacity per year that may always be built.
    pub seed: f64,
}
