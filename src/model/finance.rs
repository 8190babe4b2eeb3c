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
    /// Whether it has anything to give in a year.
    pub fn gives(&self, year: YearId) -> bool {
        self.max[year] > 0.0
    }

    /// On what terms it finances new capacity of a fleet: at its own cost of capital, over the lives of the fleet.
    pub fn terms(&self, fleet: &Fleet, built: YearId) -> Finance {
        Finance { cost_of_capital: self.cost_of_capital[built], ..fleet.finance.clone() }
    }
}

impl super::Model {
    /// Whether sources finance a fleet; without any, it is paid for at its own cost of capital.
    pub fn is_financed(&self, fleet: FleetId) -> bool {
        self.finance.values().any(|source| source.fleets.contains(&fleet))
    }

    /// The sources that may finance what is built of a fleet in a year, in order: those that have something to give then.
    pub fn sources_in(&self, fleet: FleetId, year: YearId) -> impl Iterator<Item = FinanceId> {
        let finances = move |source: &FinanceSource| source.gives(year) && source.fleets.contains(&fleet);
        self.finance.iter().filter(move |(_, source)| finances(source)).map(|(id, _)| id)
    }
}
