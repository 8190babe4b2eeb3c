//! Present values.
//!
//! With discount rate `r`, base year `b` and payment timing `m` (0 start, ½ middle, 1 end of the year), a payment in
//! calendar year `t` is worth `(1+r)^−(t−b+m)`. A milestone year `y` stands for the calendar years `first … last`, so a
//! yearly amount in `y` is worth
//!
//! `D(y) = Σ_{t = first}^{last} (1+r)^−(t−b+m)`.

use crate::model::{Accounting, Finance, Horizon, Id, Milestone, Money, Salvage, YearId};

/// Present values under one scenario's conventions.
#[derive(Clone, Debug)]
pub struct Discounting<'a> {
    money: &'a Money,
    horizon: &'a Horizon,
}

/// A payment for capital in a period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CapitalCharge {
    /// The milestone year of the period.
    pub year: YearId,
    /// Undiscounted amount, average per year of the period.
    pub annual: f64,
    /// Present value of the whole period's payments.
    pub discounted: f64,
    /// Whether it is the credit for what is left at the end of the horizon.
    pub salvage: bool,
}

/// Rates below this are none: the formulas have reached their limits long before, and numbers end not far below.
const NO_RATE: f64 = 1e-100;

/// `(1+r)^n − 1`, exact for small rates as well, where `1 + r` is 1 to the machine.
fn growth(rate: f64, years: f64) -> f64 {
    (years * rate.ln_1p()).exp_m1()
}

/// Equal yearly instalment per unit of capital: `i / (1 − (1+i)^−n)`, and `1/n` at no interest.
pub fn capital_recovery_factor(interest: f64, years: f64) -> f64 {
    if interest.abs() < NO_RATE { 1.0 / years } else { interest / -growth(interest, -years) }
}

/// Part of a plant's cost that a sinking fund has gathered at an age: `((1+r)^n − 1) / ((1+r)^L − 1)`, and `n/L` at no interest.
fn sinking_fund(rate: f64, age: f64, life: f64) -> f64 {
    if rate.abs() < NO_RATE { age / life } else { growth(rate, age) / growth(rate, life) }
}

impl<'a> Discounting<'a> {
    /// Conventions of a scenario.
    pub fn new(money: &'a Money, horizon: &'a Horizon) -> Self {
        Self { money, horizon }
    }

    /// Present value of 1 paid in calendar year `t` at timing `m`.
    fn worth(&self, t: i32, m: f64) -> f64 {
        (-(f64::from(t - self.money.base_year) + m) * self.money.discount_rate.ln_1p()).exp()
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

    /// Charges for capital `K` of plants that are paid for from the calendar year `start`.
    ///
    /// `annuity`: instalments `K · CRF(cost of capital, economic life)` fall due in each of the calendar years
    /// `start … start + economic life − 1`; those beyond the horizon do not count. A part of a year counts as that part of
    /// an instalment.
    ///
    /// `overnight`: `K` is paid at the start of `start` and the salvage value credited after the last year `T`: with age
    /// `n = T − start + 1` and life `L > n`, sinking fund `K (1 − ((1+r)^n − 1)/((1+r)^L − 1))`, straight line
    /// `K (1 − n/L)`.
    pub fn capital(&self, finance: &Finance, cost: f64, start: i32) -> Vec<CapitalCharge> {
        let mut charges = match self.money.accounting {
            Accounting::Annuity => self.instalments(finance, cost, start),
            Accounting::Overnight(salvage) => self.overnight(finance, cost, start, salvage),
        };
        charges.retain(|charge| charge.discounted != 0.0);
        charges
    }

    fn instalments(&self, finance: &Finance, cost: f64, start: i32) -> Vec<CapitalCharge> {
        let instalment = cost * capital_recovery_factor(finance.cost_of_capital, finance.economic_life);
        let due = |t: i32| match t < start {
            true => 0.0,
            false => instalment * (f64::from(start - t) + finance.economic_life).clamp(0.0, 1.0),
        };
        let charge = |(year, milestone): (YearId, &Milestone)| CapitalCharge {
            year,
            annual: (milestone.first..=milestone.last).map(due).sum::<f64>() / milestone.length(),
            discounted: (milestone.first..=milestone.last)
                .map(|t| due(t) * self.worth(t, self.money.payment_timing))
                .sum(),
            salvage: false,
        };
        self.horizon.iter().map(charge).collect()
    }

    fn overnight(&self, finance: &Finance, cost: f64, start: i32, salvage: Salvage) -> Vec<CapitalCharge> {
        let holds = |(_, milestone): &(YearId, &Milestone)| (milestone.first..=milestone.last).contains(&start);
        let Some((year, milestone)) = self.horizon.iter().find(holds) else { return Vec::new() };
        let worth = self.worth(start, 0.0);
        let paid = CapitalCharge { year, annual: cost / milestone.length(), discounted: cost * worth, salvage: false };
        let age = f64::from(self.end() - start + 1);
        let life = finance.lifetime;
        if life <= age {
            return vec![paid];
        }
        let left = match salvage {
            Salvage::None => 0.0,
            Salvage::SinkingFund => 1.0 - sinking_fund(self.money.discount_rate, age, life),
            Salvage::StraightLine => 1.0 - age / life,
        };
        let last = YearId::new(self.horizon.len() - 1);
        let credit = CapitalCharge {
            year: last,
            annual: -cost * left / self.horizon[last].length(),
            discounted: -cost * left * self.worth(self.end() + 1, 0.0),
            salvage: true,
        };
        vec![paid, credit]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} is not {expected}");
    }

    #[test]
    fn instalments_pay_capital_back() {
        close(capital_recovery_factor(0.05, 20.0), 0.05 / (1.0 - 1.05_f64.powi(-20)));
        close(capital_recovery_factor(-0.5, 1.0), 0.5);
        for interest in [0.0, 1e-320, 1e-17, -1e-17] {
            close(capital_recovery_factor(interest, 20.0), 0.05);
        }
    }

    #[test]
    fn a_sinking_fund_gathers_the_cost_over_the_life() {
        close(sinking_fund(0.05, 10.0, 20.0), (1.05_f64.powi(10) - 1.0) / (1.05_f64.powi(20) - 1.0));
        for rate in [0.0, 1e-320, 1e-17, -1e-17] {
            close(sinking_fund(rate, 10.0, 20.0), 0.5);
        }
        assert_eq!(sinking_fund(1.0, 100.0, 1e12), 0.0);
    }
}
