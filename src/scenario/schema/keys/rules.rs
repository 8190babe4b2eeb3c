//! Tables of what is used, traded and ruled.

use super::super::{ANY, Absent, Form, Key, Kind, NOT_NEGATIVE, PART, Unit, Variant, Variants};
use super::{SECTOR, TITLE, ZONES};

const RELEASES: Kind = Kind::Map("pollutants", &Kind::Series(Unit::Release, ANY));

const PRICE: Key = Key::new("price", Kind::Series(Unit::Price, ANY), "price per unit");

/// `[markets.NAME]`.
pub static MARKET: Form = Form {
    name: "market",
    about: "a buyer or seller outside the model, with price and volume steps",
    keys: &[&[
        TITLE,
        SECTOR,
        Key::new("zone", Kind::Name("zones"), "where it is").required(),
        Key::new("commodity", Kind::Name("commodities"), "what is traded").required(),
        Key::new(
            "trade",
            Kind::Word(&[("import", "the system buys"), ("export", "the system sells")]),
            "direction of trade",
        )
        .required(),
        Key { about: "price of a single step, without a volume limit or with `max-volume`; or `steps`", ..PRICE },
        Key::new("max-volume", Kind::Series(Unit::Annual, NOT_NEGATIVE), "yearly volume of that step").or_else("none"),
        Key::new("steps", Kind::List(&Kind::Table(&STEP)), "instead of `price`: a list of `{ volume, price }`"),
        Key::new("min-volume", Kind::Series(Unit::Annual, NOT_NEGATIVE), "least yearly volume (a contract minimum)")
            .or_else("0"),
        Key::new("max-rate", Kind::Series(Unit::Capacity, NOT_NEGATIVE), "greatest rate of trade").or_else("none"),
        Key::new("emissions", RELEASES, "release booked per unit traded: of imported electricity, for example")
            .or_else("none"),
        Key::new("component", Kind::Text, "name of the cost component: `\"transit\"`").or_else("the trade"),
    ]],
    variants: None,
    falls_back: false,
};

/// An item of `steps`.
pub static STEP: Form = Form {
    name: "step",
    about: "a price, and the yearly volume that is traded at it",
    keys: &[&[
        Key::new("volume", Kind::Series(Unit::Annual, NOT_NEGATIVE), "yearly volume of the step").or_else("none"),
        PRICE.required(),
    ]],
    variants: None,
    falls_back: false,
};

/// `[demands.NAME]`.
pub static DEMAND: Form = Form {
    name: "demand",
    about: "use of a commodity that is given from outside",
    keys: &[&[
        TITLE,
        SECTOR,
        Key::new("zone", Kind::Name("zones"), "where it is used").required(),
        Key::new("commodity", Kind::Name("commodities"), "what is used").required(),
        Key::new("annual", Kind::Series(Unit::Annual, NOT_NEGATIVE), "yearly amount").required(),
        Key::new(
            "profile",
            Kind::Name("profiles"),
            "how it is spread over the year; `{zone}` in its name stands for the zone's name",
        )
        .or_else("even"),
        Key::new("emissions", RELEASES, "release per unit used").or_else("none"),
        Key::new("combustion", Kind::Flag, "whether the commodity's own emission factors are added").or("false"),
    ]],
    variants: None,
    falls_back: false,
};

const FROM: &str = "first year in which it holds";
const TO: &str = "last year in which it holds";

/// `[policies.NAME]`.
pub static POLICY: Form = Form {
    name: "policy",
    about: "a rule: hard, or soft where breaking it has a cost",
    keys: &[&[
        TITLE,
        Key::new("kind", Kind::Word(KINDS), "what it rules").required(),
        Key::new("enabled", Kind::Flag, "whether it holds; one that does not is checked and left out").or("true"),
        Key::new("from", Kind::Year, FROM).or_else("all years"),
        Key::new("to", Kind::Year, TO).or_else("all years"),
    ]],
    variants: Some(Variants { by: "kind", all: POLICIES, told_in: None }),
    falls_back: false,
};

/// Words for the kinds of policies; what each means stands with its keys.
const KINDS: &[(&str, &str)] = &[
    ("emission-cap", ""),
    ("emission-budget", ""),
    ("emission-price", ""),
    ("activity-limit", ""),
    ("activity-budget", ""),
    ("activity-growth", ""),
    ("capacity-limit", ""),
    ("build-limit", ""),
    ("growth-limit", ""),
    ("share", ""),
    ("flow-limit", ""),
    ("trade-limit", ""),
    ("planning-reserve", ""),
];

/// What makes a policy soft.
const fn slack(unit: Unit) -> Key {
    Key::new("slack-cost", Kind::Quantity(unit, NOT_NEGATIVE), "makes it soft: cost of breaking it, per unit and year")
        .or_else("hard")
}

/// A soft price or growth makes no sense; readers say so.
const fn no_slack(unit: Unit) -> Key {
    Key { absent: Absent::Never, ..slack(unit) }
}

const fn max(unit: Unit) -> Key {
    Key::new("max", Kind::Series(unit, ANY), "most there may be; this or `min`, or both").or_else("none")
}

const fn min(unit: Unit) -> Key {
    Key::new("min", Kind::Series(unit, ANY), "least there may be").or_else("none")
}

/// What rules on emissions count.
pub(super) const EMISSIONS: &[Key] = &[
    Key::new("pollutants", Kind::Names("pollutants"), "what counts; required unless `co2e` is true").or_else("all"),
    Key::new("co2e", Kind::Flag, "whether pollutants are weighted by their `gwp`").or("false"),
    ZONES,
    SECTORS,
];

pub(super) const SECTORS: Key = Key::new("sectors", Kind::Names("sectors"), "sectors that count").or_else("all");

const COMMODITY: Key = Key::new("commodity", Kind::Name("commodities"), "the commodity that counts").required();
const TECHNOLOGIES: Key = Key::new("technologies", Kind::Names("technologies"), "technologies that count").required();
/// Those of rules that count links as well.
const SOME_TECHNOLOGIES: Key =
    Key::new("technologies", Kind::Names("technologies"), "technologies that count; these or `links`, or both");
const SOME_LINKS: Key = Key::new("links", Kind::Names("links"), "links that count");

const POLICIES: &[Variant] = &[
    Variant {
        word: "emission-cap",
        about: "emissions of each year",
        keys: &[EMISSIONS, &[max(Unit::Emissions), min(Unit::Emissions), slack(Unit::EmissionPrice)]],
    },
    Variant {
        word: "emission-budget",
        about: "emissions of all calendar years from `from` to `to` together",
        keys: &[
            EMISSIONS,
            &[
                Key::new("budget", Kind::Quantity(Unit::Budget, ANY), "most that may be released in all").required(),
                slack(Unit::EmissionPrice),
            ],
        ],
    },
    Variant {
        word: "emission-price",
        about: "what is released has to be paid for",
        keys: &[
            EMISSIONS,
            &[
                Key::new("price", Kind::Series(Unit::EmissionPrice, ANY), "price per tonne").required(),
                no_slack(Unit::EmissionPrice),
            ],
        ],
    },
    Variant {
        word: "activity-limit",
        about: "yearly amount that technologies give of a commodity, or take where they only take it; without `commodity` their activity itself",
        keys: &[&[
            TECHNOLOGIES,
            ZONES,
            Key { absent: Absent::Told("activity, in whatever mode"), ..COMMODITY },
            max(Unit::Annual),
            min(Unit::Annual),
            slack(Unit::Price),
        ]],
    },
    Variant {
        word: "activity-budget",
        about: "activity summed over all calendar years from `from` to `to`",
        keys: &[&[
            TECHNOLOGIES,
            ZONES,
            Key::new("max", Kind::Quantity(Unit::Total, NOT_NEGATIVE), "most there may be in all; this or `min`")
                .or_else("none"),
            Key::new("min", Kind::Quantity(Unit::Total, NOT_NEGATIVE), "least there may be in all").or_else("none"),
            slack(Unit::Price),
        ]],
    },
    Variant {
        word: "activity-growth",
        about: "yearly amount, as for `activity-limit`, may exceed that of the milestone year before by a rate",
        keys: &[&[
            TECHNOLOGIES,
            ZONES,
            Key { absent: Absent::Told("activity, in whatever mode"), ..COMMODITY },
            Key::new("rate", Kind::Quantity(Unit::YearlyRate, (0.0, 100.0)), "growth per year").required(),
            Key::new("seed", Kind::Quantity(Unit::Annual, NOT_NEGATIVE), "what there may always be more").or_else("0"),
            Key::new(
                "start",
                Kind::Quantity(Unit::Annual, NOT_NEGATIVE),
                "yearly amount in `start-year`, from which the first milestone year grows",
            )
            .or_else("the first milestone year is free"),
            Key::new("start-year", Kind::Year, "a year before the first milestone year; with `start`"),
            no_slack(Unit::Price),
        ]],
    },
    Variant {
        word: "capacity-limit",
        about: "capacity that stands",
        keys: &[&[
            SOME_TECHNOLOGIES,
            SOME_LINKS,
            ZONES,
            max(Unit::Capacity),
            min(Unit::Capacity),
            slack(Unit::FixedCost),
        ]],
    },
    Variant {
        word: "build-limit",
        about: "capacity built per year, committed plants included in the milestone year in which they first stand",
        keys: &[&[
            SOME_TECHNOLOGIES,
            SOME_LINKS,
            ZONES,
            max(Unit::BuildRate),
            min(Unit::BuildRate),
            slack(Unit::CapitalCost),
        ]],
    },
    Variant {
        word: "growth-limit",
        about: "yearly building may exceed that of the period before by a rate; `from` and `to` are the years of building it holds for",
        keys: &[&[
            SOME_TECHNOLOGIES,
            SOME_LINKS,
            ZONES,
            Key::new("rate", Kind::Quantity(Unit::YearlyRate, (0.0, 100.0)), "growth per year").required(),
            Key::new("seed", Kind::Quantity(Unit::BuildRate, NOT_NEGATIVE), "what yearly building may always reach")
                .required(),
            no_slack(Unit::CapitalCost),
        ]],
    },
    Variant {
        word: "share",
        about: "part that technologies have in the supply of a commodity. What is curtailed does not count",
        keys: &[&[
            TECHNOLOGIES,
            Key::new("of", Kind::Names("technologies"), "technologies that form the whole")
                .or_else("all but stores that supply the commodity"),
            ZONES,
            COMMODITY,
            max(Unit::Fraction),
            min(Unit::Fraction),
            slack(Unit::Price),
        ]],
    },
    Variant {
        word: "flow-limit",
        about: "yearly amount that flows from `from` to `to` of links, less what flows back",
        keys: &[&[
            Key { absent: Absent::Required, ..SOME_LINKS },
            Key::new("commodities", Kind::Names("commodities"), "what counts of what they carry").or_else("all"),
            max(Unit::Annual),
            min(Unit::Annual),
            slack(Unit::Price),
        ]],
    },
    Variant {
        word: "trade-limit",
        about: "yearly amount that markets trade",
        keys: &[&[
            Key::new("markets", Kind::Names("markets"), "markets that count").required(),
            max(Unit::Annual),
            min(Unit::Annual),
            slack(Unit::Price),
        ]],
    },
    Variant {
        word: "planning-reserve",
        about: "firm capacity over the peak of the year",
        keys: &[&[
            COMMODITY,
            ZONES,
            Key::new(
                "peak",
                Kind::Word(&[
                    ("demand", "the peak load"),
                    ("supply", "the highest rate at which technologies give the commodity, whoever takes it"),
                ]),
                "what the peak is of",
            )
            .or("\"demand\""),
            Key {
                absent: Absent::Told("those that give the commodity"),
                about: "technologies that count, by their `capacity-credit`",
                ..TECHNOLOGIES
            },
            Key::new("margin", Kind::Series(Unit::Fraction, (-1.0, 10.0)), "capacity above the peak, as a part of it")
                .required(),
            Key::new(
                "links",
                Kind::Map("links", &Kind::Quantity(Unit::Fraction, PART)),
                "part of the capacity of links that counts: `{ north-south = 0.5 }`",
            )
            .or_else("none"),
            slack(Unit::FixedCost),
        ]],
    },
];
