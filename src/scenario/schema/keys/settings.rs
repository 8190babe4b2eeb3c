//! Tables that say how a scenario is computed.

use super::super::{Form, Key, Kind, NOT_NEGATIVE, Unit};

/// A rate of interest that is believed.
const RATE: Kind = Kind::Quantity(Unit::YearlyRate, (-0.5, 1.0));

/// `[money]`.
pub static MONEY: Form = Form {
    name: "money",
    about: "currency, discounting and how investment is charged",
    keys: &[&[
        Key::new("currency", Kind::Text, "currency of the results").or("\"USD\""),
        Key::new("price-year", Kind::Year, "price level of the model").required(),
        Key::new("base-year", Kind::Year, "the objective is discounted to the start of this year")
            .or_else("the first milestone year"),
        Key::new("discount-rate", RATE, "social discount rate, per year").required(),
        Key::new("cost-of-capital", RATE, "cost of capital of technologies and links that have none of their own")
            .or_else("the discount rate"),
        Key::new(
            "payments",
            Kind::Word(&[("start", ""), ("mid-year", ""), ("end", "")]),
            "when in the year payments are made",
        )
        .or("\"mid-year\""),
        Key::new(
            "accounting",
            Kind::Word(&[
                ("annuity", "instalments over the economic life, of which those within the pathway count"),
                ("overnight", "capital is charged when it is built, and salvage credited at the end"),
            ]),
            "how investment is charged",
        )
        .or("\"annuity\""),
        Key::new(
            "salvage",
            Kind::Word(&[("sinking-fund", ""), ("straight-line", ""), ("none", "")]),
            "what is left of capital at the end, with overnight accounting",
        )
        .or("\"sinking-fund\""),
        Key::new(
            "exchange-rates",
            Kind::Map("currencies", &Kind::Number),
            "units of a currency per unit of `currency`: `{ KZT = 456, EUR = 0.92 }`",
        ),
        Key::new(
            "deflators",
            Kind::Map("years", &Kind::Number),
            "price index by year: `{ 2016 = 78.7, 2023 = 100 }`; `USD2016` turns into the price year",
        ),
    ]],
    variants: None,
    falls_back: false,
};

/// `[horizon]`.
pub static HORIZON: Form = Form {
    name: "horizon",
    about: "milestone years, and the years that each stands for",
    keys: &[&[
        Key::new("years", Kind::List(&Kind::Year), "milestone years, rising: `[2025, 2030, 2040]`").required(),
        Key::new(
            "period",
            Kind::Word(&[
                ("forward", "a milestone stands for itself and the years up to the next"),
                ("backward", "for itself and the years back to the one before"),
            ]),
            "years that a milestone stands for",
        )
        .or("\"forward\""),
        Key::new("edge", Kind::Whole(1, 100), "length in years of the last period (forward) or the first (backward)")
            .or_else("the nearest period's length"),
    ]],
    variants: None,
    falls_back: false,
};

/// `[time]`.
pub static TIME: Form = Form {
    name: "time",
    about: "steps of the year: either named `slices` or representative `days`",
    keys: &[&[
        Key::new(
            "slices",
            Kind::Map("slices", &Kind::Quantity(Unit::Fraction, super::super::ANY)),
            "names of slices to fractions of the year, summing to 1: `{ base = 0.8, peak = 0.2 }`",
        ),
        Key::new(
            "order",
            Kind::List(&Kind::List(&Kind::Name("slices"))),
            "with `slices`: the representative days in the order of the year, each a list of its slices in order, `[[\"winter-day\", \"winter-night\"], [\"summer\"]]`. A day stands for as many days as its slices have parts of the year",
        )
        .or_else("all slices make up one day"),
        Key::new("days", Kind::Whole(1, 365), "number of representative days; 365 is every day"),
        Key::new("hours", Kind::Whole(1, 24), "steps per day, a divisor of 24").or("24"),
        Key::new(
            "method",
            Kind::Word(&[("ward", "groups of days that are alike"), ("even", "days at even distances")]),
            "how representative days are chosen",
        )
        .or("\"ward\""),
        Key::new("peak", Kind::Name("commodities"), "commodity whose day of highest demand is always kept, as it is"),
        Key::new(
            "calm",
            Kind::Name("commodities"),
            "commodity whose dark calm day is always kept, as it is: the day on which demand is highest above what varying plants give",
        ),
    ]],
    variants: None,
    falls_back: false,
};

/// Bounds of factors.
pub(super) const FACTOR: Kind = Kind::Series(Unit::Fraction, NOT_NEGATIVE);
