//! Sources of finance: pools of capital that pay for what is built.

use super::fleet::{Finance, Fleet};
use super::ids::{FinanceId, FleetId, PerYear, YearId};

/// What stands in tables in place of a source where there is none; no source may be called so.
pub const NO_SOURCE: &str = "unspecified";

/// A pool of capital with a price of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct FinanceSource {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Cost of capital by year of building, 1/yr.
    pub cost_of_capital: PerYear,
    /// Most that it pays for in a year, overnight cost in million currency units, by year of building; infinite where there is no
    /// limit.
    pub max: PerYear,
    /// What it may finance.
    pub fleets: Vec<FleetId>,
}

impl FinanceSource {
    /// On what terms it finances new capacity of a fleet: at its own cost of capital, over the lives of the fleet.
    pub fn terms(&self, fleet: &Fleet, built: YearId) -> Finance {
        Finance { cost_of_capital: self.cost_of_capital[built], ..fleet.finance.clone() }
    }
}

impl super::Model {
    /// The sources that may finance a fleet, in order. Without any, it is paid for at its own cost of capital.
    pub fn sources_of(&self, fleet: FleetId) -> impl Iterator<Item = FinanceId> {
        self.finance.iter().filter(move |(_, source)| source.fleets.contains(&fleet)).map(|(id, _)| id)
    }
}
