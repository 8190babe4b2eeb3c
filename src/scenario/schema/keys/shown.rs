//! Tables of what is shown of a solution, and what was observed of it.

use super::super::{Absent, Form, Key, Kind, NOT_NEGATIVE, PART, Unit, Variant, Variants};
use super::rules::{EMISSIONS, SECTORS};
use super::{TITLE, ZONES};

/// `[indicators.NAME]`.
pub static INDICATOR: Form = Form {
    name: "indicator",
    about: "a figure of each milestone year, for summaries and comparisons",
    keys: &[&[
        TITLE,
        Key::new("headline", Kind::Flag, "whether it belongs in the short table of several scenarios").or("false"),
        Key::new(
            "unit",
            Kind::Text,
            "its unit: `\"TWh\"`, `\"bcm\"`, `\"GW\"`, `\"MtCO2e\"`, `\"USD/MWh\"`, `\"GWh\"`, `\"BUSD\"`, `\"%\"`, `\"1\"`",
        )
        .required(),
        Key::new("measure", Kind::Word(MEASURES), "what it measures").required(),
    ]],
    variants: Some(Variants { by: "measure", all: INDICATORS, told_in: None }),
    falls_back: false,
};

/// Words for measures; what each means stands with its keys.
pub(super) const MEASURES: &[(&str, &str)] = &[
    ("supply", ""),
    ("use", ""),
    ("peak", ""),
    ("capacity", ""),
    ("emissions", ""),
    ("trade", ""),
    ("link-flow", ""),
    ("link-utilisation", ""),
    ("cumulative", ""),
    ("ratio", ""),
    ("sum", ""),
    ("difference", ""),
    ("price", ""),
    ("policy-price", ""),
    ("system-cost", ""),
    ("investment", ""),
    ("unserved", ""),
    ("given", ""),
];

/// Which flows count.
const FLOWS: &[Key] = &[
    Key::new("commodity", Kind::Name("commodities"), "the commodity that counts; or `commodities`"),
    Key::new("commodities", Kind::Names("commodities"), "several that count, all of one measure"),
    Key::new(
        "technologies",
        Kind::Names("rows"),
        "patterns for the `technology` column of flows.csv; markets, demands, links and own use are named `market:NAME`, `demand:NAME`, `link:NAME`, `own-use:NAME`",
    )
    .or_else("all"),
    Key::new("except", Kind::Names("rows"), "patterns for what does not count after all").or_else("none"),
    ZONES,
    SECTORS,
];

const COMMODITY: Key = Key::new("commodity", Kind::Name("commodities"), "the commodity that counts").required();
const LINK: Key = Key::new("link", Kind::Name("links"), "the link that counts").required();
const OF: Key = Key::new("of", Kind::Name("indicators"), "another indicator").required();

pub(super) const INDICATORS: &[Variant] = &[
    Variant { word: "supply", about: "yearly supply, net of curtailment", keys: &[FLOWS] },
    Variant { word: "use", about: "yearly use", keys: &[FLOWS] },
    Variant {
        word: "peak",
        about: "the highest of these uses, taken together, in any step of the balance: `\"GW\"`",
        keys: &[FLOWS],
    },
    Variant {
        word: "capacity",
        about: "capacity that stands",
        keys: &[&[Key::new("technologies", Kind::Names("technologies"), "technologies that count").required(), ZONES]],
    },
    Variant { word: "emissions", about: "yearly emissions", keys: &[EMISSIONS] },
    Variant {
        word: "trade",
        about: "yearly amount that markets trade",
        keys: &[&[Key::new("markets", Kind::Names("markets"), "markets that count").required()]],
    },
    Variant {
        word: "link-flow",
        about: "yearly flow through a link",
        keys: &[&[
            LINK,
            Key::new("commodities", Kind::Names("commodities"), "what counts of what it carries").or_else("all"),
        ]],
    },
    Variant { word: "link-utilisation", about: "flow through a link as a part of its capacity", keys: &[&[LINK]] },
    Variant {
        word: "cumulative",
        about: "running total of an indicator",
        keys: &[&[
            OF,
            Key::new(
                "start",
                Kind::Quantity(Unit::Own, super::super::ANY),
                "total at the end of the year before the horizon",
            )
            .or_else("0"),
        ]],
    },
    Variant {
        word: "ratio",
        about: "one indicator over another",
        keys: &[&[OF, Key::new("by", Kind::Name("indicators"), "what it is divided by").required()]],
    },
    Variant {
        word: "sum",
        about: "several indicators together",
        keys: &[&[Key::new("of", Kind::Names("indicators"), "indicators whose units measure the same").required()]],
    },
    Variant {
        word: "difference",
        about: "one indicator less another, whose units measure the same",
        keys: &[&[OF, Key::new("less", Kind::Name("indicators"), "what is taken away").required()]],
    },
    Variant { word: "price", about: "price of a commodity, weighted by demand", keys: &[&[COMMODITY, ZONES]] },
    Variant {
        word: "policy-price",
        about: "sum of the prices and shadow prices of policies",
        keys: &[&[Key::new(
            "policies",
            Kind::Names("policies"),
            "policies that count; names that a scenario does not have add none",
        )
        .required()]],
    },
    Variant {
        word: "system-cost",
        about: "yearly cost, net of what markets pay, without payments on emissions",
        keys: &[],
    },
    Variant {
        word: "investment",
        about: "overnight cost of what is built for the milestone year, or of what some sources finance of it, per year of its period",
        keys: &[&[
            Key::new("finance", Kind::Names("finance"), "sources of finance that count").or_else("all there is"),
            Key::new("technologies", Kind::Names("technologies"), "technologies that count")
                .or_else("all; none where `links` are given"),
            Key::new("links", Kind::Names("links"), "links that count")
                .or_else("all; none where `technologies` are given"),
            Key { absent: Absent::Told("everywhere, at the border too"), ..ZONES },
        ]],
    },
    Variant { word: "unserved", about: "demand that is not met", keys: &[&[COMMODITY]] },
    Variant {
        word: "given",
        about: "values from outside",
        keys: &[&[Key::new(
            "values",
            Kind::Series(Unit::Own, super::super::ANY),
            "the values, in the indicator's unit",
        )
        .required()]],
    },
];

/// `[statistics.NAME]`.
pub static STATISTIC: Form = Form {
    name: "statistic",
    about: "what was observed of an indicator; changes nothing of the solution",
    keys: &[&[
        Key::new(
            "indicator",
            Kind::Name("indicators"),
            "the indicator that was observed; several statistics may observe the same",
        )
        .required(),
        Key::new(
            "observed",
            Kind::Map("years", &Kind::Quantity(Unit::Own, super::super::ANY)),
            "values by year: `{ 2023 = \"79.1 TWh\", 2025 = \"82 TWh\" }`. A value is written like any of its kind (gas in `\"bcm\"` or `\"PJ\"`, a plain number or a percentage where the unit is `\"1\"`). Only milestone years are compared; nothing is interpolated, and other years are kept",
        )
        .required(),
        Key { absent: Absent::Told("the indicator's"), ..TITLE },
        Key::new(
            "tolerance",
            Kind::Quantity(Unit::Fraction, PART),
            "deviation that is good enough, relative to what was observed",
        )
        .or("0.05"),
        Key::new(
            "least",
            Kind::Quantity(Unit::Own, NOT_NEGATIVE),
            "deviation that is always good enough, in the unit of the indicator: `\"0.3 TWh\"`",
        )
        .or_else("0"),
    ]],
    variants: None,
    falls_back: false,
};
