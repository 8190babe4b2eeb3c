//! `[money]`.

use std::collections::BTreeMap;

use super::{Desk, Entry, Node, Reader, Value};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::{Accounting, Horizon, Money, Salvage};
use crate::scenario::targets;
use crate::scenario::tree::year;
use crate::units::{Content, Currencies};

/// The table as it was read.
#[derive(Debug)]
pub struct MoneyTable {
    /// Year to whose start the objective is discounted, if stated.
    pub base_year: Option<i32>,
    /// Default cost of capital.
    pub cost_of_capital: f64,
    /// How investment is charged.
    pub accounting: Accounting,
    currency: String,
    price_year: i32,
    discount_rate: f64,
    payment_timing: f64,
    /// Place of the discount rate.
    rate_place: Option<Span>,
}

/// Greatest and least worth of a payment, and its inverse: beyond them some years would drown the others.
const WORTH: f64 = 1e9;

impl MoneyTable {
    /// Reports a discount rate that makes payments of some year worth nothing, or everything, at the start of the base year.
    pub fn check(&self, desk: &Desk, horizon: &Horizon, base_year: i32) {
        let (Some(first), Some(last)) = (horizon.values().next(), horizon.values().last()) else { return };
        for year in [first.first, last.last + 1] {
            let worth = (1.0 + self.discount_rate).powf(-f64::from(year - base_year));
            if !(1.0 / WORTH..=WORTH).contains(&worth) {
                let about =
                    format!("a payment of 1 at the start of {year} is worth {worth:.0e} at that of {base_year}");
                let error = Diagnostic::error(self.rate_place, format!("at this rate {about}"));
                desk.report(error.help("bring the rate nearer to 0, or move `base-year` to the years of the pathway"));
                return;
            }
        }
    }

    /// Fixes the base year.
    pub fn settle(self, base_year: i32) -> Money {
        Money {
            currency: self.currency,
            price_year: self.price_year,
            base_year,
            discount_rate: self.discount_rate,
            payment_timing: self.payment_timing,
            accounting: self.accounting,
        }
    }
}

/// Reads the table, and tells the desk how to convert money.
pub fn read(top: &Reader) -> MoneyTable {
    let mut table = MoneyTable {
        base_year: None,
        cost_of_capital: 0.0,
        currency: "USD".to_owned(),
        price_year: 2023,
        discount_rate: 0.0,
        payment_timing: 0.5,
        accounting: Accounting::Annuity,
        rate_place: None,
    };
    let Some(reader) = top.inner("money") else {
        if top.table().get("money").is_none() {
            top.missing("money", "{ price-year = 2023, discount-rate = 0.05 }");
        }
        return table;
    };
    if let Some(code) = reader.text("currency") {
        table.currency = code.to_owned();
    }
    match reader.entry("price-year") {
        Some(_) => table.price_year = reader.year("price-year").unwrap_or(table.price_year),
        None => reader.missing("price-year", "2023"),
    }
    *top.desk.currencies.borrow_mut() = Currencies {
        code: table.currency.clone(),
        price_year: table.price_year,
        exchange_rates: numbers(&reader, "exchange-rates"),
        deflators: deflators(&reader),
    };
    let rate = |key| reader.bounded(key, &targets::yearly_rate(), Content::default(), -0.5..=1.0);
    match reader.entry("discount-rate") {
        Some(_) => {
            table.rate_place = Some(reader.place("discount-rate"));
            table.discount_rate = rate("discount-rate").unwrap_or(0.0);
        }
        None => reader.missing("discount-rate", "0.05"),
    }
    table.cost_of_capital = rate("cost-of-capital").unwrap_or(table.discount_rate);
    table.base_year = reader.year("base-year");
    let timings = [("start", 0.0), ("mid-year", 0.5), ("end", 1.0)];
    table.payment_timing = reader.choice("payments", &timings).unwrap_or(0.5);
    let salvages =
        [("sinking-fund", Salvage::SinkingFund), ("straight-line", Salvage::StraightLine), ("none", Salvage::None)];
    let salvage = reader.choice("salvage", &salvages).unwrap_or(Salvage::SinkingFund);
    let accountings = [("annuity", Accounting::Annuity), ("overnight", Accounting::Overnight(salvage))];
    table.accounting = reader.choice("accounting", &accountings).unwrap_or(Accounting::Annuity);
    reader.finish();
    table
}

/// The price index by year.
fn deflators(reader: &Reader) -> BTreeMap<i32, f64> {
    for (key, entry) in reader.entries("deflators").filter(|(key, _)| year(key).is_none()) {
        let error = Diagnostic::error(entry.key, format!("`{key}` is not a year"));
        reader.desk.report(error.help("deflators are a table of years: { 2016 = 80.0, 2023 = 100.0 }"));
    }
    numbers(reader, "deflators").into_iter().filter_map(|(key, value)| Some((year(&key)?, value))).collect()
}

/// A table of positive numbers.
#[allow(clippy::cast_precision_loss)] // Exchange rates and indices are small.
fn numbers(reader: &Reader, key: &'static str) -> BTreeMap<String, f64> {
    let mut found = BTreeMap::new();
    for (name, Entry { node, .. }) in reader.entries(key) {
        let number = match node {
            Node { value: Value::Integer(number), .. } => *number as f64,
            Node { value: Value::Number(number), .. } => *number,
            _ => 0.0,
        };
        if number > 0.0 {
            found.insert(name.clone(), number);
        } else {
            let error = Diagnostic::error(node.span, format!("`{name}` in `{key}` must be a number above 0"));
            reader.desk.report(error.help("write a plain number without a unit: KZT = 456.2"));
        }
    }
    found
}
