//! Milestone years, the years they stand for, and the value of money over them.

use super::ids::{Arena, YearId};

/// A modelled year and its period: the calendar years `first ..= last` that it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// The milestone year itself.
    pub year: i32,
    /// First calendar year of the period.
    pub first: i32,
    /// Last calendar year of the period.
    pub last: i32,
}

impl Milestone {
    /// Length of the period in years.
    pub fn length(&self) -> f64 {
        f64::from(self.last - self.first + 1)
    }
}

/// The pathway's years, in order.
pub type Horizon = Arena<YearId, Milestone>;

/// How investment enters the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accounting {
    /// Equal yearly instalments over the economic life at the cost of capital; those that fall
    /// inside the horizon count.
    Annuity,
    /// Capital is charged when built and its value at the end of the horizon is credited.
    Overnight(Salvage),
}

/// What a plant that outlives the horizon is still worth under [`Accounting::Overnight`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Salvage {
    /// Sinking-fund depreciation at the discount rate.
    SinkingFund,
    /// Straight-line depreciation.
    StraightLine,
    /// No credit.
    None,
}

/// Currency, discounting and accounting.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// Currency code, for labels: `USD`.
    pub currency: String,
    /// Price level of every amount inside the model.
    pub price_year: i32,
    /// Year to whose start the objective is discounted.
    pub base_year: i32,
    /// Social discount rate, 1/yr.
    pub discount_rate: f64,
    /// When within a year operating payments fall: 0 at its start, 0.5 at its middle, 1 at its end.
    pub payment_timing: f64,
    /// How investment is charged.
    pub accounting: Accounting,
}
