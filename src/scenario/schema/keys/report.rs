//! Tables that say how results are shown.

use super::super::{ANY, Form, Key, Kind, POSITIVE, Unit, Variant, Variants};
use super::TITLE;

/// `[report]`.
pub static REPORT: Form = Form {
    name: "report",
    about: "groups, colours and charts of reports; nothing of it takes part in the program",
    keys: &[&[
        Key::new("groups", Kind::Map("groups", &Kind::Table(&GROUP)), GROUP.about),
        Key::new("sectors", Kind::Map("sectors", &Kind::Table(&HUE)), HUE.about),
        Key::new("carriers", Kind::Map("commodities", &Kind::Table(&CARRIER)), CARRIER.about),
        Key::new("charts", Kind::Map("charts", &Kind::Table(&CHART)), CHART.about)
            .or_else("supply, capacity and hours of the commodity of `time.peak`"),
    ]],
    variants: None,
    falls_back: false,
};

const COLOR: Key =
    Key::new("color", Kind::Text, "red, green and blue: `\"#1f77b4\"`").or_else("one of a row of colours");

/// `[report.groups.NAME]`.
pub static GROUP: Form = Form {
    name: "group",
    about: "what is shown together, in the order of the stacks",
    keys: &[&[
        TITLE,
        COLOR,
        Key::new(
            "technologies",
            Kind::Names("rows"),
            "names or patterns of the `technology` column of flows.csv: technologies, `market:NAME`, `link:NAME`, `own-use:NAME`, `demand:NAME`, `curtailment`, `unserved`",
        )
        .required(),
    ]],
    variants: None,
    falls_back: false,
};

/// `[report.sectors.NAME]`.
pub static HUE: Form =
    Form { name: "hue", about: "how a sector is shown", keys: &[&[TITLE, COLOR]], variants: None, falls_back: false };

/// `[report.carriers.COMMODITY]`.
pub static CARRIER: Form = Form {
    name: "carrier",
    about: "commodities between which flows of energy are drawn; without any, all are",
    keys: &[&[COLOR]],
    variants: None,
    falls_back: false,
};

/// `[report.charts.NAME]`.
pub static CHART: Form = Form {
    name: "chart",
    about: "a chart, in the order of the page",
    keys: &[&[
        TITLE,
        Key::new("text", Kind::Text, "words below the title"),
        Key::new("show", Kind::Word(CHARTS), "what it shows").required(),
    ]],
    variants: Some(Variants { by: "show", all: SHOWN, told_in: None }),
    falls_back: false,
};

/// Words for charts; what each means stands with its keys.
const CHARTS: &[(&str, &str)] =
    &[("supply", ""), ("balance", ""), ("capacity", ""), ("dispatch", ""), ("indicators", ""), ("additions", "")];

const COMMODITY: Key = Key::new("commodity", Kind::Name("commodities"), "the commodity that is shown").required();

const SHOWN: &[Variant] = &[
    Variant { word: "supply", about: "yearly supply by group", keys: &[&[COMMODITY]] },
    Variant {
        word: "balance",
        about: "supply above the line, use below it, by sector where technologies use it",
        keys: &[&[COMMODITY]],
    },
    Variant { word: "capacity", about: "capacity of what supplies a commodity", keys: &[&[COMMODITY]] },
    Variant {
        word: "dispatch",
        about: "rates in a winter day, a summer day, and the day of highest use",
        keys: &[&[COMMODITY]],
    },
    Variant {
        word: "indicators",
        about: "indicators of one unit",
        keys: &[&[
            Key::new("indicators", Kind::Names("indicators"), "what is shown, all in one unit").required(),
            Key::new("stacked", Kind::Flag, "whether they are parts of a whole, stacked").or("false"),
            Key::new("limit", Kind::Quantity(Unit::Own, ANY), "a level in their unit: `\"55 bcm/yr\"`").or_else("none"),
            Key::new("limit-title", Kind::Text, "words for the level").or_else("`\"limit\"`"),
        ]],
    },
    Variant {
        word: "additions",
        about: "new capacity of a period",
        keys: &[&[
            Key::new("technologies", Kind::Names("technologies"), "technologies that are shown").required(),
            Key::new(
                "plant",
                Kind::Quantity(Unit::Capacity, POSITIVE),
                "size of a plant, by which new capacity is counted as well: `\"100 MW\"`",
            )
            .or_else("none"),
            Key::new("plant-title", Kind::Text, "words for plants").or("\"plants\""),
        ]],
    },
];
