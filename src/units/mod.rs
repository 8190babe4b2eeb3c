//! Quantities with dimensions: `"950 USD/kW"`, `"47.9 bcm/yr"`, `"56.1 t/TJ"`.
//!
//! A text is parsed into a [`Quantity`] — a number in base units with a [`Dimension`] — and then turned into the
//! model's internal unit by a [`Target`], which knows what dimensions it accepts. Nothing behind the scenario reader knows
//! any other unit.

mod currency;
mod dimension;
mod parse;
mod target;

pub use currency::Currencies;
pub use dimension::Dimension;
pub use parse::{Quantity, UnitError, parse};
pub use target::{Content, Mismatch, Target};
