//! Present values.
//!
//! With discount rate `r`, base year `b` and payment timing `m` (0 start, ½ middle, 1 end of the year), a payment in
//! calendar year `t` is worth `(1+r)^−(t−b+m)`. A milestone year `y` stands for the calendar years `first … last`, so a
//! yearly amount in `y` is worth
//!
//! `D(y) = Σ_{t = first}^{last} (1+r)^−(t−b+m)`.

use crate::model::{Accounting, Horizon, Id, Investment, Money, Salvage, YearId};

/// Present values under one scenario's conventions.
#[derive(Clone, Debug)]
pub struct Discounting<'a> {
    money: &'a Money,
    horizon: &'a Horizon,
}

/// A payment for a unit of capacity built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CapitalCharge {
    /// The milestone year to which it is booked.
    pub year: YearId,
    /// Undiscounted amount per year (annuity), or in all (overnight, salvage).
    pub annual: f64,
    /// Present value of the whole period's payments.
    pub discounted: f64,
    /// Whether it is the credit for what is left at the end of the horizon.
    pub salvage: bool,
}

/// Equal yearly instalment per unit of capital: `i / (1 − (1+i)^−n)`, and `1/n` at no interest.
pub fn capital_recovery_factor(interest: f64, years: f64) -> f64 {
    if interest.abs() < 1e-12 { 1.0 / years } else { interest / (1.0 - (1.0 + interest).powf(-years)) }
}

impl<'a> Discounting<'a> {
    /// Conventions of a scenario.
    pub fn new(money: &'a Money, horizon: &'a Horizon) -> Self {
        Self { money, horizon }
    }

    /// Present value of 1 paid in calendar year `t` at timing `m`.
    fn worth(&self, t: i32, m: f64) -> f64 {
        (1.0 + self.money.discount_rate).powf(-(f64::from(t - self.money.base_year) + m))
    }

    /// `D(y)`: present value of 1 paid in each year of a period.
    pub fn period(&self, year: YearId) -> f64 {
        let milestone = &self.horizon[year];
        (milestone.first..=milestone.last).map(|t| self.worth(t, self.money.payment_timing)).sum()
    }

    /// Last calendar year of the horizon.
    fn end(&self) -> i32 {
        self.horizon.values().last().map_or(self.money.base_year, |m| m.last)
    }

    /// Charges for one unit of capacity built in `built`.
    ///
    /// `annuity`: instalments `K · CRF(cost of capital, economic life)` fall due in each of the calendar years
    /// `first(built) … first(built) + economic life − 1`; those beyond the horizon do not count. A part of a year counts
    /// as that part of an instalment.
    ///
    /// `overnight`: `K` is paid at the start of the period and the salvage value credited after the last year `T`:
    /// with age `n = T − first + 1` and life `L > n`, sinking fund `K (1 − ((1+r)^n − 1)/((1+r)^L − 1))`, straight line
    /// `K (1 − n/L)`.
    pub fn capital(&self, terms: &Investment, built: YearId) -> Vec<CapitalCharge> {
        let cost = terms.capital_cost[built];
        match self.money.accounting {
            Accounting::Annuity => self.instalments(terms, built, cost),
            Accounting::Overnight(salvage) => self.overnight(terms, built, cost, salvage),
        }
    }

    fn instalments(&self, terms: &Investment, built: YearId, cost: f64) -> Vec<CapitalCharge> {
        let instalment = cost * capital_recovery_factor(terms.cost_of_capital, terms.economic_life);
        let start = self.horizon[built].first;
        let due = |t: i32| (f64::from(start) + terms.economic_life - f64::from(t)).clamp(0.0, 1.0);
        self.horizon
            .iter()
            .filter(|(y, _)| y.position() >= built.position())
            .map(|(year, milestone)| CapitalCharge {
                year,
                annual: instalment * due(milestone.year.max(start)),
                discounted: (milestone.first..=milestone.last)
                    .map(|t| instalment * due(t) * self.worth(t, self.money.payment_timing))
                    .sum(),
                salvage: false,
            })
            .filter(|charge| charge.discounted != 0.0)
            .collect()
    }

    fn overnight(&self, terms: &Investment, built: YearId, cost: f64, salvage: Salvage) -> Vec<CapitalCharge> {
        let start = self.horizon[built].first;
        let mut charges = vec![CapitalCharge {
            year: built,
            annual: cost,
            discounted: cost * self.worth(start, 0.0),
            salvage: false,
        }];
        let age = f64::from(self.end() - start + 1);
        let life = terms.lifetime;
        if life > age {
            let r = self.money.discount_rate;
            let left = match salvage {
                Salvage::None => 0.0,
                Salvage::SinkingFund if r > 0.0 => 1.0 - ((1.0 + r).powf(age) - 1.0) / ((1.0 + r).powf(life) - 1.0),
                Salvage::SinkingFund | Salvage::StraightLine => 1.0 - age / life,
            };
            let last = YearId::new(self.horizon.len() - 1);
            charges.push(CapitalCharge {
                year: last,
                annual: -cost * left,
                discounted: -cost * left * self.worth(self.end() + 1, 0.0),
                salvage: true,
            });
        }
        charges.retain(|charge| charge.discounted != 0.0);
        charges
    }
}
