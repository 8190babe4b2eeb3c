//! Zones, commodities and pollutants.

use super::ids::PerYear;
use super::time::Resolution;

/// A node of the model.
#[derive(Clone, Debug, PartialEq)]
pub struct Zone {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Outside the country: flows and emissions here are left out of national indicators.
    pub external: bool,
    /// Where it stands on a map: degrees east and north.
    pub position: Option<(f64, f64)>,
}

/// What one unit of a commodity measures; it fixes the internal units of flows and capacities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Energy: TWh a year, GW as a rate.
    Energy,
    /// Mass: Mt a year, kt/h as a rate.
    Mass,
    /// Distance that vehicles, passengers or goods are moved: Gkm a year, Mkm/h as a rate.
    Distance,
}

impl Measure {
    /// Label of a yearly amount.
    pub fn amount_unit(self) -> &'static str {
        match self {
            Measure::Energy => "TWh",
            Measure::Mass => "Mt",
            Measure::Distance => "Gkm",
        }
    }

    /// Label of a rate and of a capacity.
    pub fn rate_unit(self) -> &'static str {
        match self {
            Measure::Energy => "GW",
            Measure::Mass => "kt/h",
            Measure::Distance => "Mkm/h",
        }
    }

    /// Label of a stored amount.
    pub fn store_unit(self) -> &'static str {
        match self {
            Measure::Energy => "GWh",
            Measure::Mass => "kt",
            Measure::Distance => "Mkm",
        }
    }
}

/// An energy carrier, a material or a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Commodity {
    /// Name, as used in references and results.
    pub name: String,
    /// Human-readable name.
    pub title: String,
    /// Energy, mass or distance.
    pub measure: Measure,
    /// Step of the balance.
    pub resolution: Resolution,
    /// Whether a surplus may be thrown away (curtailed) at no cost.
    pub free_disposal: bool,
    /// Bought in any amount at this price per zone and year (million currency units per TWh or Mt),
    /// instead of being balanced. `None`: the commodity has a balance.
    pub price: Option<super::ids::Arena<super::ids::ZoneId, PerYear>>,
    /// Cost of demand that is not met, million currency units per TWh or Mt; `None`: it must be met.
    pub unserved_cost: Option<f64>,
    /// Energy content of a volume, TWh per bcm (numerically kWh per m³ ÷ 1000·1000…); for labels and
    /// indicators in volume units.
    pub energy_per_volume: Option<f64>,
    /// Energy content of a mass, TWh per Mt.
    pub energy_per_mass: Option<f64>,
    /// How yearly amounts are shown; multiplies TWh (or Mt).
    pub amount_label: Label,
    /// How prices are shown; multiplies million currency units per TWh (or Mt).
    pub price_label: Label,
}

/// A unit of results.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// For example `bcm` or `USD/1000m3`.
    pub unit: String,
    /// Multiplies the internal unit.
    pub factor: f64,
}

/// A substance whose release is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Pollutant {
    /// Name, as used in references and results.
    pub name: String,
    /// Global warming potential: t CO2e per t.
    pub gwp: f64,
}
