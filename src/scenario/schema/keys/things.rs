//! Tables of what the rest of a scenario names: zones, pollutants, commodities, profiles.

use super::super::{ANY, Form, Key, Kind, NOT_NEGATIVE, POSITIVE, Unit};
use super::TITLE;

/// `[zones.NAME]`.
pub static ZONE: Form = Form {
    name: "zone",
    about: "a node of the model",
    keys: &[&[
        TITLE,
        Key::new(
            "external",
            Kind::Flag,
            "whether it lies outside the country; lists of zones that a scenario leaves out do not hold it",
        )
        .or("false"),
        Key::new(
            "longitude",
            Kind::Quantity(Unit::Degrees, (-180.0, 180.0)),
            "where it stands on the map of a report, degrees east; with `latitude`",
        )
        .or_else("not on the map"),
        Key::new("latitude", Kind::Quantity(Unit::Degrees, (-90.0, 90.0)), "degrees north; with `longitude`")
            .or_else("not on the map"),
    ]],
    variants: None,
    falls_back: false,
};

/// `[pollutants.NAME]`.
pub static POLLUTANT: Form = Form {
    name: "pollutant",
    about: "something that is released, and may be limited or priced",
    keys: &[&[
        TITLE,
        Key::new("gwp", Kind::Quantity(Unit::Fraction, (0.0, 1e6)), "global warming potential: t CO2e per t").or("1"),
    ]],
    variants: None,
    falls_back: false,
};

/// `[commodities.NAME]`.
pub static COMMODITY: Form = Form {
    name: "commodity",
    about: "an energy carrier, a material or a service with a balance",
    keys: &[&[
        TITLE,
        Key::new(
            "measure",
            Kind::Word(&[
                ("energy", ""),
                ("mass", ""),
                (
                    "distance",
                    "what vehicles do: `Gkm` a year, `\"60 Gkm/yr\"` as a capacity, `\"2.1 USD/(km/yr)\"`, `\"0.65 kWh/km\"`",
                ),
            ]),
            "what it is counted in",
        )
        .or("\"energy\""),
        Key::new(
            "resolution",
            Kind::Word(&[("hour", ""), ("day", ""), ("season", ""), ("year", "")]),
            "step in which supply covers use",
        )
        .or("\"hour\""),
        Key::new(
            "heating-value",
            Kind::Quantity(Unit::HeatingValue, POSITIVE),
            "energy per volume or per mass; lets volumes and masses be written for it",
        ),
        Key::new(
            "price",
            Kind::Either(&[
                Kind::Series(Unit::Price, ANY),
                Kind::Map("zones", &Kind::Series(Unit::Price, ANY)),
            ]),
            "bought in any amount at this price, with no balance; what processes give out of it is sold at the same price",
        ),
        Key::new("free-disposal", Kind::Flag, "whether a surplus may be thrown away").or("true"),
        Key::new(
            "unserved-cost",
            Kind::Quantity(Unit::Price, NOT_NEGATIVE),
            "cost of demand that is not met; without it demand must be met",
        ),
        Key::new(
            "emissions",
            Kind::Map("pollutants", &Kind::Series(Unit::Release, ANY)),
            "release when it is burnt: `{ co2 = \"56.1 t/TJ\" }`",
        ),
        Key::new("amount-unit", Kind::Text, "unit of yearly amounts in results: `\"bcm\"`")
            .or_else("`\"TWh\"` (`\"Mt\"`, `\"Gkm\"`)"),
        Key::new("price-unit", Kind::Text, "unit of prices in results: `\"USD/1000m3\"`")
            .or_else("`\"USD/MWh\"` (`\"USD/t\"`, `\"USD/km\"`)"),
    ]],
    variants: None,
    falls_back: false,
};

/// `[profiles.NAME]`.
pub static PROFILE: Form = Form {
    name: "profile",
    about: "values over the year, from a CSV file or by named slice",
    keys: &[&[
        Key::new(
            "file",
            Kind::Text,
            "CSV file with a header line and 8,760 rows, or several whole years of them; for representative days",
        ),
        Key::new("column", Kind::Text, "its column"),
        Key::new(
            "slices",
            Kind::Map("slices", &Kind::Quantity(Unit::Fraction, ANY)),
            "values by the names of slices; for named slices",
        ),
        Key::new(
            "shares",
            Kind::Map("slices", &Kind::Quantity(Unit::Fraction, ANY)),
            "instead of `slices`: parts of the yearly amount that fall on them",
        ),
        Key::new("scale", Kind::Quantity(Unit::Fraction, NOT_NEGATIVE), "multiplies all values").or("1"),
        Key::new("max", Kind::Quantity(Unit::Fraction, NOT_NEGATIVE), "caps all values").or_else("none"),
    ]],
    variants: None,
    falls_back: false,
};
