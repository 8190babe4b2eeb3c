//! The internal units of the model, and how each may be written.

use crate::model::Measure;
use crate::units::{Dimension, Target};

const TIME: Dimension = Dimension::TIME;
const MONEY: Dimension = Dimension::MONEY;
const MASS: Dimension = Dimension::MASS;
const NONE: Dimension = Dimension::NONE;
const HOURS_PER_YEAR: f64 = crate::model::HOURS_PER_YEAR;

/// Dimension of an amount of a commodity.
fn amount_dimension(measure: Measure) -> Dimension {
    match measure {
        Measure::Energy => Dimension::ENERGY,
        Measure::Mass => MASS,
        Measure::Distance => Dimension::DISTANCE,
    }
}

/// Picks the example that fits a measure.
fn example(measure: Measure, energy: &'static str, mass: &'static str, distance: &'static str) -> &'static str {
    match measure {
        Measure::Energy => energy,
        Measure::Mass => mass,
        Measure::Distance => distance,
    }
}

/// A capacity or rate: GW, kt/h or Mkm/h.
pub fn capacity(measure: Measure) -> Target {
    Target::new(
        "a capacity",
        example(measure, "1.5 GW", "20 Mt/yr", "50 Gkm/yr"),
        amount_dimension(measure).per(TIME),
        1.0,
    )
}

/// A yearly amount: TWh, Mt or Gkm.
pub fn annual(measure: Measure) -> Target {
    let amount = amount_dimension(measure);
    Target::new("a yearly amount", example(measure, "105 TWh/yr", "20 Mt/yr", "50 Gkm/yr"), amount, 1e-3)
        .or(amount.per(TIME), HOURS_PER_YEAR / 1e3)
}

/// An amount over several years: TWh, Mt or Gkm.
pub fn total(measure: Measure) -> Target {
    Target::new("an amount", example(measure, "500 TWh", "200 Mt", "500 Gkm"), amount_dimension(measure), 1e-3)
}

/// Capacity built per year: GW/yr or kt/h/yr.
pub fn build_rate(measure: Measure) -> Target {
    let dimension = amount_dimension(measure).per(TIME).per(TIME);
    Target::new(
        "capacity per year",
        example(measure, "1.5 GW/yr", "2 Mt/yr/yr", "2 Gkm/yr/yr"),
        dimension,
        HOURS_PER_YEAR,
    )
}

/// A stored amount: GWh or kt.
pub fn store(measure: Measure) -> Target {
    Target::new("an amount", example(measure, "600 MWh", "5 kt", "5 Mkm"), amount_dimension(measure), 1.0)
}

/// Capital cost of capacity: million currency units per GW or kt/h.
pub fn capital_cost(measure: Measure) -> Target {
    let dimension = MONEY.per(amount_dimension(measure).per(TIME));
    Target::new("a capital cost", example(measure, "950 USD/kW", "300 USD/(t/yr)", "2 USD/(km/yr)"), dimension, 1.0)
}

/// Yearly cost of capacity: million currency units per GW (or kt/h) and year.
pub fn fixed_cost(measure: Measure) -> Target {
    let dimension = MONEY.per(amount_dimension(measure).per(TIME)).per(TIME);
    Target::new(
        "a yearly cost of capacity",
        example(measure, "15 USD/kW/yr", "9 USD/(t/yr)/yr", "0.1 USD/(km/yr)/yr"),
        dimension,
        HOURS_PER_YEAR,
    )
    .called("money per capacity and year")
}

/// Capital cost of a store: million currency units per GWh or kt.
pub fn store_capital_cost(measure: Measure) -> Target {
    let dimension = MONEY.per(amount_dimension(measure));
    Target::new("a capital cost of a store", example(measure, "160 USD/kWh", "40 USD/t", "1 USD/km"), dimension, 1.0)
}

/// Yearly cost of a store: million currency units per GWh (or kt) and year.
pub fn store_fixed_cost(measure: Measure) -> Target {
    let dimension = MONEY.per(amount_dimension(measure)).per(TIME);
    Target::new(
        "a yearly cost of a store",
        example(measure, "0.3 USD/kWh/yr", "1 USD/t/yr", "1 USD/km/yr"),
        dimension,
        HOURS_PER_YEAR,
    )
    .called("money per amount and year")
}

/// Money spent in a year: million currency units.
pub fn yearly_money() -> Target {
    Target::new("an amount of money per year", "1.8 BUSD/yr", MONEY, 1.0)
        .or(MONEY.per(TIME), HOURS_PER_YEAR)
        .called("money per year")
}

/// A price or variable cost: million currency units per TWh or Mt.
pub fn price(measure: Measure) -> Target {
    let dimension = MONEY.per(amount_dimension(measure));
    Target::new("a price", example(measure, "30 USD/MWh", "50 USD/t", "0.1 USD/km"), dimension, 1e3)
}

/// Release per unit of activity: Mt per TWh or Mt.
pub fn release(measure: Measure) -> Target {
    let dimension = MASS.per(amount_dimension(measure));
    Target::new("an emission factor", example(measure, "56.1 t/TJ", "0.5 t/t", "0.1 t/1000km"), dimension, 1.0)
}

/// Units of one commodity per unit of another.
pub fn ratio(of: Measure, per: Measure) -> Target {
    let dimension = amount_dimension(of).per(amount_dimension(per));
    let words = match (of, per) {
        (of, per) if of == per => "1.8",
        (Measure::Energy, Measure::Mass) => "0.4 MWh/t",
        (Measure::Mass, Measure::Energy) => "0.2 t/MWh",
        (Measure::Energy, _) => "0.65 kWh/km",
        (Measure::Mass, _) => "0.1 t/1000km",
        (Measure::Distance, Measure::Mass) => "300 km/t",
        (Measure::Distance, _) => "1.5 km/kWh",
    };
    Target::new("a ratio", words, dimension, 1.0)
}

/// Emissions of a year: Mt.
pub fn emissions() -> Target {
    Target::new("yearly emissions", "120 Mt/yr", MASS, 1e-3).or(MASS.per(TIME), HOURS_PER_YEAR / 1e3)
}

/// Emissions in all: Mt.
pub fn budget() -> Target {
    Target::new("an amount of emissions", "2.5 Gt", MASS, 1e-3)
}

/// A price on emissions: million currency units per Mt.
pub fn emission_price() -> Target {
    Target::new("a price on emissions", "25 USD/t", MONEY.per(MASS), 1e3)
}

/// Heating value by volume or by mass: TWh per bcm, TWh per Mt.
pub fn heating_value() -> [Target; 2] {
    [
        Target::new("a heating value", "34.5 MJ/m3", Dimension::ENERGY.per(Dimension::VOLUME), 1.0),
        Target::new("a heating value", "16.7 GJ/t", Dimension::ENERGY.per(MASS), 1.0),
    ]
}

/// A part of a whole, or a factor.
pub fn fraction() -> Target {
    Target::new("a fraction", "0.12 or \"12 %\"", NONE, 1.0)
}

/// Degrees of a place on the earth, east or north.
pub fn degrees() -> Target {
    Target::new("degrees", "51.2", NONE, 1.0).called("a plain number")
}

/// A rate per year: interest, growth.
pub fn yearly_rate() -> Target {
    Target::new("a rate per year", "0.08 or \"8 %\"", NONE, 1.0).or(NONE.per(TIME), HOURS_PER_YEAR)
}

/// A rate per hour.
pub fn hourly_rate() -> Target {
    Target::new("a rate per hour", "0.01 %/h", NONE.per(TIME), 1.0)
}

/// A time in years.
pub fn years() -> Target {
    Target::new("a time", "30 yr", TIME, 1.0 / HOURS_PER_YEAR)
}

/// A time in hours.
pub fn hours() -> Target {
    Target::new("a time", "4 h", TIME, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Content, Currencies, parse};

    fn read(target: &Target, text: &str) -> f64 {
        let quantity = parse(text, &Currencies::default()).unwrap();
        target.convert(quantity, Content::default()).unwrap()
    }

    /// Every example is a quantity of its own target.
    #[test]
    fn examples_are_right() {
        for measure in [Measure::Energy, Measure::Mass, Measure::Distance] {
            for target in [
                capacity(measure),
                annual(measure),
                build_rate(measure),
                store(measure),
                capital_cost(measure),
                fixed_cost(measure),
                store_capital_cost(measure),
                store_fixed_cost(measure),
                yearly_money(),
                price(measure),
                release(measure),
                ratio(measure, Measure::Energy),
                ratio(measure, Measure::Mass),
                ratio(measure, Measure::Distance),
                emissions(),
                budget(),
                emission_price(),
                years(),
                hours(),
                hourly_rate(),
            ] {
                assert!(read(&target, &target.example) > 0.0, "{target:?}");
            }
        }
    }

    #[test]
    fn internal_units_are_those_of_the_model() {
        let energy = Measure::Energy;
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-9 * b, "{a} is not {b}");
        close(read(&capacity(energy), "100 MW"), 0.1);
        close(read(&annual(energy), "105 TWh"), 105.0);
        close(read(&annual(energy), "1 GW"), 8.76);
        close(read(&build_rate(energy), "1.5 GW/yr"), 1.5);
        close(read(&capital_cost(energy), "950 USD/kW"), 950.0);
        close(read(&fixed_cost(energy), "15 USD/kW/yr"), 15.0);
        close(read(&store_capital_cost(energy), "160 USD/kWh"), 160.0);
        close(read(&store_fixed_cost(energy), "0.3 USD/kWh/yr"), 0.3);
        close(read(&yearly_money(), "1.8 BUSD/yr"), 1800.0);
        close(read(&yearly_money(), "5 MUSD"), 5.0);
        close(read(&price(energy), "30 USD/MWh"), 30.0);
        close(read(&release(energy), "0.5 t/MWh"), 0.5);
        close(read(&emission_price(), "25 USD/t"), 25.0);
        close(read(&budget(), "2.5 Gt"), 2500.0);
        close(read(&emissions(), "120 Mt/yr"), 120.0);
        close(read(&years(), "30 yr"), 30.0);
        close(read(&yearly_rate(), "8 %/yr"), 0.08);
    }
}
