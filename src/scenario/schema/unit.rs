//! What a quantity is counted in, for all commodities alike.

use crate::model::Measure;
use crate::scenario::targets;
use crate::units::{Dimension, Target};

/// What a quantity counts: an internal unit, or one for each measure of commodities.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // Each is the function of the same name in `targets`.
pub enum Unit {
    Capacity,
    Annual,
    Total,
    BuildRate,
    Store,
    CapitalCost,
    FixedCost,
    StoreCapitalCost,
    StoreFixedCost,
    YearlyMoney,
    Price,
    Release,
    Ratio,
    Emissions,
    Budget,
    EmissionPrice,
    HeatingValue,
    Fraction,
    YearlyRate,
    HourlyRate,
    Years,
    Hours,
    Degrees,
    /// The unit of an indicator, which the scenario names.
    Own,
}

impl Unit {
    /// The internal units, one for each measure; none where the scenario names the unit.
    pub fn targets(self) -> Vec<Target> {
        let measures = [Measure::Energy, Measure::Mass, Measure::Distance];
        let each = |target: fn(Measure) -> Target| measures.map(target).to_vec();
        match self {
            Unit::Capacity => each(targets::capacity),
            Unit::Annual => each(targets::annual),
            Unit::Total => each(targets::total),
            Unit::BuildRate => each(targets::build_rate),
            Unit::Store => each(targets::store),
            Unit::CapitalCost => each(targets::capital_cost),
            Unit::FixedCost => each(targets::fixed_cost),
            Unit::StoreCapitalCost => each(targets::store_capital_cost),
            Unit::StoreFixedCost => each(targets::store_fixed_cost),
            Unit::YearlyMoney => vec![targets::yearly_money()],
            Unit::Price => each(targets::price),
            Unit::Release => each(targets::release),
            Unit::Ratio => measures.into_iter().flat_map(|of| measures.map(|per| targets::ratio(of, per))).collect(),
            Unit::Emissions => vec![targets::emissions()],
            Unit::Budget => vec![targets::budget()],
            Unit::EmissionPrice => vec![targets::emission_price()],
            Unit::HeatingValue => targets::heating_value().to_vec(),
            Unit::Fraction => vec![targets::fraction()],
            Unit::YearlyRate => vec![targets::yearly_rate()],
            Unit::HourlyRate => vec![targets::hourly_rate()],
            Unit::Years => vec![targets::years()],
            Unit::Hours => vec![targets::hours()],
            Unit::Degrees => vec![targets::degrees()],
            Unit::Own => Vec::new(),
        }
    }

    /// What it is: `a capacity`.
    pub fn what(self) -> &'static str {
        self.targets().first().map_or("a value in the unit of the indicator", |target| target.what)
    }

    /// Whether it may be a number without a unit.
    pub fn is_plain(self) -> bool {
        self == Unit::Own || self.dimensions().contains(&Dimension::NONE)
    }

    /// Whether its unit has to be one per another. Power is energy per time, and has units of its own.
    pub fn is_ratio(self) -> bool {
        let power = Dimension::ENERGY.per(Dimension::TIME);
        !self.is_plain() && self.dimensions().iter().all(|dimension| dimension.has_divisor() && *dimension != power)
    }

    fn dimensions(self) -> Vec<Dimension> {
        self.targets().iter().flat_map(|target| target.accepts.iter().map(|(dimension, _)| *dimension)).collect()
    }

    /// How it is written, as in a file: `"1.5 GW"`, `0.12`.
    pub fn examples(self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let targets = self.targets();
        let stated = targets.iter().flat_map(|target| target.example.split(" or "));
        for example in stated.chain((self == Unit::Own).then_some("79.1 TWh")) {
            let text = example.trim_matches('"');
            let written = if text.parse::<f64>().is_ok() { text.to_owned() } else { format!("\"{text}\"") };
            if !all.contains(&written) {
                all.push(written);
            }
        }
        all
    }
}
