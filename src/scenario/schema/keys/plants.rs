//! Tables of what has a capacity: technologies, stores, links, plants by name, and who pays for them.

use super::super::{ANY, Form, Key, Kind, NOT_NEGATIVE, PART, POSITIVE, Unit};
use super::settings::FACTOR;
use super::{SECTOR, TITLE, ZONES};

/// `[technologies.NAME]`.
pub static TECHNOLOGY: Form = Form {
    name: "technology",
    about: "a kind of plant or device, written once, usable in many zones",
    keys: &[WHOLE, STORE, CONVERSION, MODES, FLEET, PLANT, OPERATION],
    variants: None,
    falls_back: false,
};

/// `[technologies.NAME.zone.ZONE]`.
pub static HERE: Form = Form {
    name: "technology-in-a-zone",
    about: "values of the technology that differ in this zone",
    keys: &[CONVERSION, MODES, FLEET, PLANT, OPERATION],
    variants: None,
    falls_back: true,
};

/// A mode of a technology.
pub static MODE: Form = Form {
    name: "mode",
    about: "one way to run the technology",
    keys: &[CONVERSION],
    variants: None,
    falls_back: false,
};

const EACH_ZONE: Kind = Kind::Map("zones", &Kind::Table(&HERE));
const EACH_MODE: Kind = Kind::Map("modes", &Kind::Table(&MODE));

/// Keys of a technology as a whole.
const WHOLE: &[Key] = &[
    TITLE,
    SECTOR,
    Key::new("zones", Kind::Names("zones"), "zones in which it stands or can be built").or_else("all inner zones"),
    Key::new(
        "zone",
        EACH_ZONE,
        "values that differ in a zone, with any of the keys of a technology except `title`, `sector`, `zones` and `storage`: `[technologies.wind.zone.north]`",
    ),
];

const STORE: &[Key] = &[Key::new(
    "storage",
    Kind::Table(&STORAGE),
    "makes the technology a store; then it has no inputs, outputs or modes",
)];

const FLOWS: Kind =
    Kind::Either(&[Kind::Names("commodities"), Kind::Map("commodities", &Kind::Series(Unit::Ratio, ANY))]);

const RELEASES: Kind = Kind::Map("pollutants", &Kind::Series(Unit::Release, ANY));

/// What it takes and gives.
const CONVERSION: &[Key] = &[
    Key::new(
        "inputs",
        FLOWS,
        "a commodity, a list of them, or a table of commodity to units per unit of activity: a number, series or quantity (`\"0.2 t/MWh\"`)",
    )
    .or_else("none"),
    Key::new(
        "outputs",
        FLOWS,
        "likewise. Activity and capacity are counted in the first output — or the first input where there is no output — whose ratio is 1 by custom",
    )
    .or_else("none"),
    Key::new(
        "efficiency",
        Kind::Series(Unit::Fraction, POSITIVE),
        "where there is one input and one output without ratios: the input's ratio is 1 / efficiency",
    ),
    Key::new(
        "variable-cost",
        Kind::Series(Unit::Price, ANY),
        "per unit of activity, without the price of inputs; of a store, per unit discharged",
    )
    .or_else("0"),
    Key::new(
        "emissions",
        RELEASES,
        "release per unit of activity, besides that of burnt inputs: `{ co2 = \"0.1 t/MWh\" }`; negative removes",
    )
    .or_else("none"),
    Key::new("combustion", Kind::Flag, "whether the emission factors of inputs are released").or("true"),
    Key::new(
        "capture-rate",
        Kind::Map("pollutants", &Kind::Series(Unit::Fraction, PART)),
        "part of what burnt inputs release that is captured: `{ co2 = 0.9 }`",
    )
    .or_else("none"),
];

const MODES: &[Key] = &[Key::new(
    "modes",
    EACH_MODE,
    "modes that share the capacity, each with `inputs`, `outputs`, `efficiency`, `variable-cost`, `emissions`, `combustion`, `capture-rate` instead of those on the technology",
)];

/// Costs, life and limits of a capacity.
const FLEET: &[Key] = &[
    Key::new(
        "capital-cost",
        Kind::Series(Unit::CapitalCost, NOT_NEGATIVE),
        "overnight cost per capacity, by year of building; without it nothing can be built. Of a store per discharge power, of a link per capacity of the whole link",
    ),
    Key::new("fixed-cost", Kind::Series(Unit::FixedCost, NOT_NEGATIVE), "per capacity and year").or_else("0"),
    Key::new(
        "capacity",
        Kind::Series(Unit::Capacity, NOT_NEGATIVE),
        "capacity that stands throughout, besides assets; of a store its discharge power. Where it changes over the years it stands as given in each of them, and none of it is retired early",
    )
    .or_else("0"),
    Key::new(
        "lifetime",
        Kind::Quantity(Unit::Years, POSITIVE),
        "technical life, at least 0.01 years; required where something can be built. New capacity stands in every milestone year less than this after its own",
    ),
    Key::new(
        "economic-life",
        Kind::Quantity(Unit::Years, POSITIVE),
        "years over which capital is paid back",
    )
    .or_else("the lifetime"),
    Key::new("cost-of-capital", Kind::Quantity(Unit::YearlyRate, PART), "cost of its capital, per year")
        .or_else("that of `[money]`"),
    Key::new("build", Kind::Flag, "`false` keeps the costs and forbids new capacity").or("true"),
    Key::new("build-from", Kind::Year, "first year in which it can be built"),
    Key::new("max-build", Kind::Series(Unit::BuildRate, NOT_NEGATIVE), "most that is built per year, in each zone")
        .or_else("none"),
    Key::new("min-build", Kind::Series(Unit::BuildRate, NOT_NEGATIVE), "least that is built per year, in each zone")
        .or_else("none"),
    Key::new(
        "growth-rate",
        Kind::Quantity(Unit::YearlyRate, (0.0, 100.0)),
        "yearly building may exceed that of the period before, committed plants included, by this rate per year; needs `growth-seed`",
    )
    .or_else("none"),
    Key::new(
        "growth-seed",
        Kind::Quantity(Unit::BuildRate, NOT_NEGATIVE),
        "what yearly building may always reach, whatever was built before",
    ),
    Key::new("max-capacity", Kind::Series(Unit::Capacity, NOT_NEGATIVE), "most that stands, in each zone").or_else("none"),
    Key::new("min-capacity", Kind::Series(Unit::Capacity, NOT_NEGATIVE), "least that stands, in each zone")
        .or_else("none"),
];

/// What plants have, and links have not.
const PLANT: &[Key] = &[
    Key::new("early-retirement", Kind::Flag, "whether capacity may be retired before its end of life").or("true"),
    Key::new("capacity-credit", Kind::Series(Unit::Fraction, PART), "part that counts towards a planning reserve")
        .or("0"),
];

const AVAILABILITY: Key =
    Key::new("availability", FACTOR, "greatest activity per capacity; of a store, for charging and discharging alike")
        .or("1");

/// A profile, or one for each of some years.
const PROFILES: Kind = Kind::Either(&[Kind::Name("profiles"), Kind::Map("years", &Kind::Name("profiles"))]);

/// How it is run.
const OPERATION: &[Key] = &[
    AVAILABILITY,
    Key::new(
        "profile",
        PROFILES,
        "profile that multiplies `availability`; `{zone}` in its name stands for the zone's name. In a table of years each holds until the next: `{ 2025 = \"old\", 2040 = \"new\" }`",
    ),
    Key::new("min-activity", FACTOR, "least activity per capacity; not for stores"),
    Key::new("min-profile", PROFILES, "profile that multiplies `min-activity`, likewise"),
    Key::new(
        "operation",
        Kind::Word(&[("hour", ""), ("day", ""), ("year", "")]),
        "step at which it is dispatched. With a coarser step than a commodity balances in, its flow within the step is even",
    )
    .or_else("the finest resolution of its commodities"),
    Key::new(
        "coefficients",
        Kind::Word(&[
            ("building", "ratios, efficiency and releases are those of the year of building, for all its life"),
            ("operation", "they are those of the year of operation, for capacity of all ages"),
        ]),
        "which year's coefficients a capacity has; not for stores",
    )
    // A store can not even say what holds anyway.
    .or_else("`\"building\"`"),
    Key::new(
        "operation-profile",
        Kind::Name("profiles"),
        "profile that this flow follows within the step: charging by night",
    )
    .or_else("even"),
    Key::new("max-annual-factor", FACTOR, "most that the yearly average of activity per capacity may be").or_else("none"),
    Key::new("min-annual-factor", FACTOR, "least that it may be").or_else("none"),
];

const LOSSY: Kind = Kind::Quantity(Unit::Fraction, (f64::MIN_POSITIVE, 1.0));

/// `[technologies.NAME.storage]`.
pub static STORAGE: Form = Form {
    name: "storage",
    about: "what a technology stores",
    keys: &[&[
        Key::new("commodity", Kind::Name("commodities"), "what is stored").required(),
        Key::new(
            "duration",
            Kind::Quantity(Unit::Hours, NOT_NEGATIVE),
            "hours of discharge at full power; or, instead, the two costs below",
        ),
        Key::new(
            "energy-capital-cost",
            Kind::Series(Unit::StoreCapitalCost, NOT_NEGATIVE),
            "the tank is sized apart, at this cost",
        ),
        Key::new(
            "energy-fixed-cost",
            Kind::Series(Unit::StoreFixedCost, NOT_NEGATIVE),
            "yearly cost of a tank that is sized apart",
        )
        .or_else("0"),
        Key::new(
            "energy-capacity",
            Kind::Series(Unit::Store, NOT_NEGATIVE),
            "what stands of a tank that is sized apart, besides assets; by year as for `capacity`",
        )
        .or_else("0"),
        Key::new("charge-efficiency", LOSSY, "level gained per unit charged").or("1"),
        Key::new("discharge-efficiency", LOSSY, "units given per unit of level").or("1"),
        Key::new("loss", Kind::Quantity(Unit::HourlyRate, PART), "part of the level lost per hour").or_else("0"),
        Key::new(
            "charge-ratio",
            Kind::Quantity(Unit::Fraction, NOT_NEGATIVE),
            "charging capacity per discharging capacity",
        )
        .or("1"),
        Key::new(
            "cycle",
            Kind::Word(&[
                ("day", "the level comes back within each day"),
                ("year", "it is carried through the calendar, and back at its start when the year ends"),
                ("horizon", "it is carried on from year to year; without `loss`"),
            ]),
            "over what the level comes back",
        )
        .or("\"day\""),
        Key::new(
            "start-level",
            Kind::Quantity(Unit::Store, NOT_NEGATIVE),
            "level at the start of the first year in which the store stands, with `cycle = \"horizon\"`",
        )
        .or_else("0"),
        Key::new(
            "firm-duration",
            Kind::Quantity(Unit::Hours, POSITIVE),
            "hours of discharge at full power that make the power count in full towards a planning reserve",
        )
        .or("\"4 h\""),
    ]],
    variants: None,
    falls_back: false,
};

/// `[assets.NAME]`.
pub static ASSET: Form = Form {
    name: "asset",
    about: "an existing or committed plant, or part of a link",
    keys: &[&[
        TITLE,
        Key::new("technology", Kind::Name("technologies"), "what kind of plant it is; or `link`"),
        Key::new("link", Kind::Name("links"), "the link that it is part of, instead of `technology` and `zone`"),
        Key::new("zone", Kind::Name("zones"), "where it stands; not for a link"),
        Key::new("capacity", Kind::Quantity(Unit::Capacity, NOT_NEGATIVE), "its capacity").required(),
        Key::new("energy", Kind::Quantity(Unit::Store, NOT_NEGATIVE), "size of a store's tank that is sized apart"),
        Key::new("commissioned", Kind::Year, "first year in which it stands").required(),
        Key::new("retires", Kind::Year, "first year without it; or `lifetime`").or_else("after its lifetime"),
        Key::new("lifetime", Kind::Quantity(Unit::Years, (f64::MIN_POSITIVE, 1000.0)), "its life")
            .or_else("the technology's"),
        Key::new(
            "capital-cost",
            Kind::Quantity(Unit::CapitalCost, NOT_NEGATIVE),
            "its own cost, where it is commissioned later than the first milestone year; covers a store's tank as well",
        )
        .or_else("the technology's in that year"),
    ]],
    variants: None,
    falls_back: false,
};

/// `[links.NAME]`.
pub static LINK: Form = Form {
    name: "link",
    about: "transport of commodities between zones, or across the border",
    keys: &[
        &[
            TITLE,
            SECTOR,
            Key::new("from", Kind::Name("zones"), "where it begins").required(),
            Key::new("to", Kind::Name("zones"), "where it ends").required(),
            Key::new("commodity", Kind::Names("commodities"), "what it carries; or `commodities`"),
            Key::new("commodities", Kind::Names("commodities"), "what it carries; several share the capacity"),
            Key::new("bidirectional", Kind::Flag, "whether flow may also run back").or("true"),
            Key::new("losses", Kind::Series(Unit::Fraction, PART), "part of the flow").or("0"),
            Key::new(
                "own-use",
                Kind::Map("commodities", &Kind::Series(Unit::Ratio, ANY)),
                "units used per unit of flow, taken in the entry zone and burnt: `{ gas = 0.02 }`. A commodity that the link carries is taken by its own flow only, any other by all flow",
            )
            .or_else("none"),
            Key::new(
                "emissions",
                RELEASES,
                "release per unit of flow besides burning: `{ ch4 = \"70 t/TWh\" }`",
            )
            .or_else("none"),
            Key::new("emission-zone", Kind::Name("zones"), "zone to which releases are booked")
                .or_else("`from`, or `to` if `from` is external"),
            Key::new("variable-cost", Kind::Series(Unit::Price, NOT_NEGATIVE), "per unit of flow").or_else("0"),
            Key::new("availability", FACTOR, "greatest flow per capacity").or("1"),
        ],
        FLEET,
        &[Key::new("early-retirement", Kind::Flag, "whether capacity may be retired before its end of life").or("false")],
    ],
    variants: None,
    falls_back: false,
};

/// `[finance.NAME]`.
pub static FINANCE: Form = Form {
    name: "finance",
    about: "a source of finance: a pool of capital that pays for what is built",
    keys: &[&[
        TITLE,
        Key::new("cost-of-capital", Kind::Series(Unit::YearlyRate, PART), "per year, by year of building").required(),
        Key::new(
            "max",
            Kind::Series(Unit::YearlyMoney, NOT_NEGATIVE),
            "most that it pays for, overnight cost per year, by year of building",
        )
        .or_else("none"),
        Key::new(
            "technologies",
            Kind::Names("technologies"),
            "what it may finance; where neither these nor `links` are given, all that can be built",
        ),
        Key::new("links", Kind::Names("links"), "links that it may finance"),
        Key::new("zones", ZONES.kind, "where the technologies stand; a link counts where either of its ends lies")
            .or_else("all inner zones"),
    ]],
    variants: None,
    falls_back: false,
};
