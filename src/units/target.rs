//! Internal units and what may be written for them.

use std::borrow::Cow;

use super::dimension::Dimension;
use super::parse::Quantity;

/// Energy content of what is measured by volume or mass; lets volumes and masses stand for energy.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Content {
    /// GWh per million m³ (= TWh per bcm).
    pub energy_per_volume: Option<f64>,
    /// GWh per kt (= TWh per Mt).
    pub energy_per_mass: Option<f64>,
}

/// An internal unit: the dimensions it accepts, with the factor from base units to it.
#[derive(Clone, PartialEq, Debug)]
pub struct Target {
    /// What it is, for messages: `a capacity`.
    pub what: &'static str,
    /// How it is written: `"1.5 GW"`.
    pub example: Cow<'static, str>,
    /// What people call its dimension, where that is not what the dimension itself says.
    pub called: Option<&'static str>,
    /// Accepted dimensions with factors; the first is the one to name in messages.
    pub accepts: Vec<(Dimension, f64)>,
}

/// A quantity of the wrong dimension.
#[derive(Clone, PartialEq, Debug)]
pub struct Mismatch {
    /// Its dimension.
    pub found: Dimension,
    /// The dimension that was needed.
    pub needed: Dimension,
    /// A heating value, if giving one would make it right.
    pub lacks_heating_value: bool,
}

impl Target {
    /// A unit with one accepted dimension.
    pub fn new(what: &'static str, example: impl Into<Cow<'static, str>>, dimension: Dimension, factor: f64) -> Self {
        Self { what, example: example.into(), called: None, accepts: vec![(dimension, factor)] }
    }

    /// Has its dimension called by another name in messages.
    #[must_use]
    pub fn called(mut self, name: &'static str) -> Self {
        self.called = Some(name);
        self
    }

    /// The same in a unit of which a `factor` make one of this.
    #[must_use]
    pub fn times(mut self, factor: f64) -> Self {
        self.accepts.iter_mut().for_each(|(_, to_unit)| *to_unit *= factor);
        self
    }

    /// Also accepts another dimension.
    #[must_use]
    pub fn or(mut self, dimension: Dimension, factor: f64) -> Self {
        self.accepts.push((dimension, factor));
        self
    }

    /// Turns a quantity into this unit; volumes and masses count by their energy content where that fits.
    pub fn convert(&self, quantity: Quantity, content: Content) -> Result<f64, Mismatch> {
        let energy = |exponent: i8, per: Option<f64>| per.map(|e| e.powi(i32::from(exponent)));
        let Quantity { value, dimension: d } = quantity;
        let by_volume = Dimension { energy: d.energy.saturating_add(d.volume), volume: 0, ..d };
        let by_mass = Dimension { energy: d.energy.saturating_add(d.mass), mass: 0, ..d };
        let readings = [
            (d, Some(1.0)),
            (by_volume, energy(d.volume, content.energy_per_volume)),
            (by_mass, energy(d.mass, content.energy_per_mass)),
        ];
        let fit = |dimension: Dimension| self.accepts.iter().find(|(accepted, _)| *accepted == dimension);
        for (dimension, worth) in readings {
            if let (Some(worth), Some((_, factor))) = (worth, fit(dimension)) {
                return Ok(value * worth * factor);
            }
        }
        Err(Mismatch {
            found: d,
            needed: self.accepts.first().map_or(Dimension::NONE, |(needed, _)| *needed),
            lacks_heating_value: readings.iter().any(|&(dimension, worth)| worth.is_none() && fit(dimension).is_some()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Currencies, parse};
    use super::*;

    #[test]
    fn volumes_count_by_their_heating_value() {
        let capacity = Target::new("a capacity", "1.5 GW", Dimension::ENERGY.per(Dimension::TIME), 1.0);
        let gas = Content { energy_per_volume: Some(9.5), ..Content::default() };
        let quantity = parse("8.76 bcm/yr", &Currencies::default()).unwrap();
        assert!((capacity.convert(quantity, gas).unwrap() - 9.5).abs() < 1e-12);
        let megawatts = capacity.clone().times(1e3).convert(quantity, gas).unwrap();
        assert!((megawatts - 9.5e3).abs() < 1e-9);
        let wrong = capacity.convert(quantity, Content::default()).unwrap_err();
        assert!(wrong.lacks_heating_value);
        let price = Target::new("a price", "30 USD/MWh", Dimension::MONEY.per(Dimension::ENERGY), 1000.0);
        let quantity = parse("95 USD/1000m3", &Currencies::default()).unwrap();
        assert!((price.convert(quantity, gas).unwrap() - 10.0).abs() < 1e-12);
    }
}
