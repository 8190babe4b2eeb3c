//! What the tables do not say: units, names, and defaults.

use std::collections::BTreeMap;

use super::schema;
use crate::diagnostics::nearest;
use crate::units::{Currencies, Dimension, parse};

/// How a folder is imported.
#[derive(Clone, Debug)]
pub struct Options {
    /// Name of the scenario, and of its file without `.toml`.
    pub name: String,
    /// Title of the scenario; `None`: made from its regions.
    pub title: Option<String>,
    /// Unit of energy in which activity is counted, by the year: `PJ`.
    pub energy_unit: String,
    /// Unit of capacity of technologies whose `CapacityToActivityUnit` is that of this unit; the others are counted in energy a year.
    pub capacity_unit: String,
    /// Unit of money: `MUSD`.
    pub money_unit: String,
    /// Unit of emissions: `Mt`.
    pub emission_unit: String,
    /// Price level of the tables; `None`: the first year.
    pub price_year: Option<i32>,
    /// Defaults of parameters in place of their own, `NAME=VALUE`.
    pub defaults: Vec<String>,
}

/// An option that can not be meant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}\n  = help: {help}")]
pub struct OptionError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Units in which figures are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    /// Energy.
    pub energy: String,
    /// Capacity.
    pub capacity: String,
    /// Money.
    pub money: String,
    /// Code of the currency.
    pub currency: String,
    /// Emissions.
    pub emission: String,
    /// Energy a year of a unit of capacity.
    pub energy_per_capacity: f64,
}

/// How the capacity of a technology is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Unit of capacity.
    pub capacity: String,
    /// The same within other units: in brackets where it is one of several.
    pub per_capacity: String,
    /// Units of it per unit of the tables.
    pub factor: f64,
}

impl Options {
    /// Checks the units.
    ///
    /// # Errors
    /// The first unit that measures something else, or that is not known.
    pub fn units(&self) -> Result<Units, OptionError> {
        let is_file_name = |c: char| !c.is_control() && !matches!(c, '/' | '\\');
        if self.name.is_empty() || self.name.starts_with('.') || !self.name.chars().all(is_file_name) {
            let message = format!("a scenario can not be named `{}`", self.name);
            return Err(OptionError { message, help: "write --name utopia".to_owned() });
        }
        let currency = currency(&self.money_unit).ok_or_else(|| OptionError {
            message: format!("`{}` is no unit of money", self.money_unit),
            help: "write --money-unit MUSD: a currency of three letters, with k, M or B before it".to_owned(),
        })?;
        let currencies = Currencies { code: currency.clone(), ..Currencies::default() };
        let power = Dimension::ENERGY.per(Dimension::TIME);
        let measured = |option: &str, unit: &str, dimension: Dimension, what: &str, example: &str| {
            let found = parse(&format!("1 {unit}"), &currencies).ok().filter(|found| found.dimension == dimension);
            found.map(|found| found.value).ok_or_else(|| OptionError {
                message: format!("`{unit}` is no unit of {what}"),
                help: format!("write --{option} {example}"),
            })
        };
        let energy = format!("{}/yr", self.energy_unit);
        measured("energy-unit", &self.energy_unit, Dimension::ENERGY, "energy", "PJ")?;
        let yearly = measured("energy-unit", &energy, power, "energy", "PJ")?;
        let capacity = measured("capacity-unit", &self.capacity_unit, power, "capacity", "GW")?;
        measured("money-unit", &self.money_unit, Dimension::MONEY, "money", "MUSD")?;
        measured("emission-unit", &self.emission_unit, Dimension::MASS, "mass", "Mt")?;
        Ok(Units {
            energy: self.energy_unit.clone(),
            capacity: self.capacity_unit.clone(),
            money: self.money_unit.clone(),
            currency,
            emission: self.emission_unit.clone(),
            energy_per_capacity: capacity / yearly,
        })
    }

    /// Reads the defaults.
    ///
    /// # Errors
    /// The first that names no parameter, or gives it no number.
    pub fn own_defaults(&self) -> Result<BTreeMap<&'static str, f64>, OptionError> {
        let mut found = BTreeMap::new();
        for text in &self.defaults {
            let (name, value) = text.split_once('=').ok_or_else(|| OptionError {
                message: format!("`{text}` gives no value"),
                help: "write --default OperationalLife=30".to_owned(),
            })?;
            let Some(parameter) = schema::find(name.trim()) else {
                let known = schema::PARAMETERS.iter().map(|parameter| parameter.name);
                let help = nearest(name, known).map_or_else(
                    || "name a parameter of OSeMOSYS: --default OperationalLife=30".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                return Err(OptionError { message: format!("there is no parameter `{name}`"), help });
            };
            let number = value.trim().parse::<f64>().ok().filter(|number| number.is_finite());
            let number = number.ok_or_else(|| OptionError {
                message: format!("`{value}` is not a number"),
                help: format!("write --default {name}={}", parameter.default),
            })?;
            found.insert(parameter.name, number);
        }
        Ok(found)
    }
}

/// The currency of a unit of money: `MUSD` is of `USD`.
fn currency(unit: &str) -> Option<String> {
    let codes = ["", "k", "M", "B"].into_iter().filter_map(|prefix| unit.strip_prefix(prefix));
    codes.into_iter().find(|code| code.len() == 3 && code.chars().all(|c| c.is_ascii_uppercase())).map(str::to_owned)
}

impl Units {
    /// Energy by the year, the unit of activity.
    pub fn activity(&self) -> String {
        format!("{}/yr", self.energy)
    }

    /// How a technology's capacity is written whose unit gives so much energy a year.
    pub fn scale(&self, to_activity: f64) -> Scale {
        if (to_activity / self.energy_per_capacity - 1.0).abs() < 1e-9 {
            return Scale { capacity: self.capacity.clone(), per_capacity: self.capacity.clone(), factor: 1.0 };
        }
        let activity = self.activity();
        Scale { per_capacity: format!("({activity})"), capacity: activity, factor: to_activity }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(energy: &str, capacity: &str, money: &str) -> Options {
        Options {
            name: "utopia".to_owned(),
            title: None,
            energy_unit: energy.to_owned(),
            capacity_unit: capacity.to_owned(),
            money_unit: money.to_owned(),
            emission_unit: "Mt".to_owned(),
            price_year: None,
            defaults: Vec::new(),
        }
    }

    #[test]
    fn a_gigawatt_gives_31_536_petajoules_a_year() {
        let units = options("PJ", "GW", "MUSD").units().unwrap();
        assert_eq!(units.currency, "USD");
        assert!((units.energy_per_capacity - 31.536).abs() < 1e-12);
        assert_eq!(units.scale(31.536).capacity, "GW");
        let scale = units.scale(1.0);
        assert_eq!((scale.capacity.as_str(), scale.per_capacity.as_str(), scale.factor), ("PJ/yr", "(PJ/yr)", 1.0));
        let units = options("TWh", "MW", "kEUR").units().unwrap();
        assert_eq!((units.scale(0.00876).capacity.as_str(), units.currency.as_str()), ("MW", "EUR"));
    }

    #[test]
    fn other_units_are_refused() {
        for (energy, capacity, money) in [("GW", "GW", "MUSD"), ("PJ", "PJ", "MUSD"), ("PJ", "GW", "dollars")] {
            assert!(options(energy, capacity, money).units().is_err(), "{energy} {capacity} {money}");
        }
        let with = |text: &str| Options { defaults: vec![text.to_owned()], ..options("PJ", "GW", "MUSD") };
        assert_eq!(with("OperationalLife=30").own_defaults().unwrap()["OperationalLife"], 30.0);
        assert_eq!(with("OperationlLife=30").own_defaults().unwrap_err().help, "did you mean `OperationalLife`?");
        assert!(with("OperationalLife=long").own_defaults().is_err());
    }
}
