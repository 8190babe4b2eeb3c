//! Who sets prices, and for how much of what is bought.

use std::collections::BTreeMap;

use serde::Serialize;

/// Somebody who sets a price in a part of a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Setter {
    /// Who.
    pub name: String,
    /// Part of the demand (or use) of the year.
    pub share: f64,
    /// Mean price there.
    pub price: f64,
}

/// Who sets prices, with the amounts that are bought at them and the money that is paid.
#[derive(Debug, Default)]
pub struct Setters(BTreeMap<String, (f64, f64)>);

impl Setters {
    /// Adds an amount.
    pub fn add(&mut self, name: String, amount: f64, paid: f64) {
        let sum = self.0.entry(name).or_default();
        *sum = (sum.0 + amount, sum.1 + paid);
    }

    /// All amounts.
    pub fn amount(&self) -> f64 {
        self.0.values().map(|(amount, _)| amount).sum()
    }

    /// Money that is paid.
    pub fn paid(&self) -> f64 {
        self.0.values().map(|(_, paid)| paid).sum()
    }

    /// Mean price.
    pub fn price(&self) -> f64 {
        self.paid() / self.amount()
    }

    /// Those that set it for most first.
    pub fn ranked(self) -> Vec<Setter> {
        let all = self.amount();
        let setter = |(name, (amount, paid)): (String, (f64, f64))| Setter {
            name,
            share: amount / all,
            price: if amount > 0.0 { paid / amount } else { 0.0 },
        };
        let mut setters: Vec<Setter> = self.0.into_iter().map(setter).collect();
        setters.sort_by(|a, b| b.share.total_cmp(&a.share));
        setters
    }
}
