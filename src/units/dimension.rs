//! Dimensions as exponents of energy, mass, distance, volume, money and time.

use std::fmt;

/// Exponents of the base dimensions. The base units are GWh, kt, million km, million m³, million currency units and hours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Dimension {
    /// Energy (GWh).
    pub energy: i8,
    /// Mass (kt).
    pub mass: i8,
    /// Distance that vehicles, passengers or goods are moved (million km).
    pub distance: i8,
    /// Volume of gas (million m³).
    pub volume: i8,
    /// Money (million currency units).
    pub money: i8,
    /// Time (h).
    pub time: i8,
}

impl Dimension {
    /// No dimension.
    pub const NONE: Self = Self { energy: 0, mass: 0, distance: 0, volume: 0, money: 0, time: 0 };
    /// Energy.
    pub const ENERGY: Self = Self { energy: 1, ..Self::NONE };
    /// Mass.
    pub const MASS: Self = Self { mass: 1, ..Self::NONE };
    /// Distance.
    pub const DISTANCE: Self = Self { distance: 1, ..Self::NONE };
    /// Volume.
    pub const VOLUME: Self = Self { volume: 1, ..Self::NONE };
    /// Money.
    pub const MONEY: Self = Self { money: 1, ..Self::NONE };
    /// Time.
    pub const TIME: Self = Self { time: 1, ..Self::NONE };

    /// Dimension of a product.
    pub const fn times(self, other: Self) -> Self {
        Self {
            energy: self.energy.saturating_add(other.energy),
            mass: self.mass.saturating_add(other.mass),
            distance: self.distance.saturating_add(other.distance),
            volume: self.volume.saturating_add(other.volume),
            money: self.money.saturating_add(other.money),
            time: self.time.saturating_add(other.time),
        }
    }

    /// Whether it is something per something else.
    pub fn has_divisor(self) -> bool {
        [self.energy, self.mass, self.distance, self.volume, self.money, self.time].iter().any(|power| *power < 0)
    }

    /// Dimension of a ratio.
    pub const fn per(self, other: Self) -> Self {
        self.times(other.inverse())
    }

    const fn inverse(self) -> Self {
        Self {
            energy: self.energy.saturating_neg(),
            mass: self.mass.saturating_neg(),
            distance: self.distance.saturating_neg(),
            volume: self.volume.saturating_neg(),
            money: self.money.saturating_neg(),
            time: self.time.saturating_neg(),
        }
    }
}

impl fmt::Display for Dimension {
    /// Words for people: `money per energy`, `power`, `a plain number`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::NONE {
            return f.write_str("a plain number");
        }
        // Energy per time has a name of its own.
        let power = if self.energy > 0 && self.time < 0 {
            1
        } else if self.energy < 0 && self.time > 0 {
            -1
        } else {
            0
        };
        let parts = [
            ("money", self.money),
            ("power", power),
            ("energy", self.energy - power),
            ("mass", self.mass),
            ("distance", self.distance),
            ("volume", self.volume),
            ("time", self.time + power),
        ];
        let side = |sign: i8| {
            let words = parts.iter().filter(move |(_, exponent)| exponent.signum() == sign);
            words.map(|&(word, exponent)| match exponent.abs() {
                1 => word.to_owned(),
                n => format!("{word}^{n}"),
            })
        };
        let above: Vec<String> = side(1).collect();
        let below: Vec<String> = side(-1).collect();
        match (above.is_empty(), below.is_empty()) {
            (true, _) => write!(f, "1 per {}", below.join(" and ")),
            (false, true) => f.write_str(&above.join(" times ")),
            (false, false) => write!(f, "{} per {}", above.join(" times "), below.join(" and ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dimensions_read_as_words() {
        let power = Dimension::ENERGY.per(Dimension::TIME);
        assert_eq!(Dimension::NONE.to_string(), "a plain number");
        assert_eq!(power.to_string(), "power");
        assert_eq!(Dimension::MONEY.per(power).to_string(), "money per power");
        assert_eq!(Dimension::MONEY.per(power).per(Dimension::TIME).to_string(), "money per energy");
        assert_eq!(power.per(Dimension::TIME).to_string(), "power per time");
        assert_eq!(Dimension::NONE.per(Dimension::TIME).to_string(), "1 per time");
    }
}
