//! The forms of all tables of a scenario file.

mod iamc;
mod plants;
mod report;
mod rules;
mod settings;
mod shown;
mod things;

pub use iamc::IAMC;
pub use plants::{ASSET, FINANCE, LINK, TECHNOLOGY};
pub use report::REPORT;
pub use rules::{DEMAND, MARKET, POLICY};
pub use settings::{HORIZON, MONEY, TIME};
pub use shown::{INDICATOR, STATISTIC};
pub use things::{COMMODITY, POLLUTANT, PROFILE, ZONE};

use super::{Form, Key, Kind};

/// A scenario file, with what it extends laid under it.
pub static SCENARIO: Form = Form {
    name: "scenario",
    about: "A scenario of Altyn",
    keys: &[&[
        Key::new("title", Kind::Text, "one line").or_else("the file's name"),
        Key::new("description", Kind::Text, "what the scenario asks, a paragraph"),
        Key::new("money", Kind::Table(&MONEY), MONEY.about).required(),
        Key::new("horizon", Kind::Table(&HORIZON), HORIZON.about).required(),
        Key::new("time", Kind::Table(&TIME), TIME.about).required(),
        Key::new(
            "solver",
            Kind::Map("options", &Kind::Scalar),
            "options of HiGHS by their own names: `time_limit = 600.0`",
        ),
        Key::new("zones", Kind::Map("zones", &Kind::Table(&ZONE)), ZONE.about).required(),
        Key::new("pollutants", Kind::Map("pollutants", &Kind::Table(&POLLUTANT)), POLLUTANT.about),
        Key::new("commodities", Kind::Map("commodities", &Kind::Table(&COMMODITY)), COMMODITY.about).required(),
        Key::new("profiles", Kind::Map("profiles", &Kind::Table(&PROFILE)), PROFILE.about),
        Key::new("technologies", Kind::Map("technologies", &Kind::Table(&TECHNOLOGY)), TECHNOLOGY.about),
        Key::new("assets", Kind::Map("assets", &Kind::Table(&ASSET)), ASSET.about),
        Key::new("links", Kind::Map("links", &Kind::Table(&LINK)), LINK.about),
        Key::new("markets", Kind::Map("markets", &Kind::Table(&MARKET)), MARKET.about),
        Key::new("finance", Kind::Map("sources of finance", &Kind::Table(&FINANCE)), FINANCE.about),
        Key::new("demands", Kind::Map("demands", &Kind::Table(&DEMAND)), DEMAND.about),
        Key::new("policies", Kind::Map("policies", &Kind::Table(&POLICY)), POLICY.about),
        Key::new("indicators", Kind::Map("indicators", &Kind::Table(&INDICATOR)), INDICATOR.about),
        Key::new("statistics", Kind::Map("statistics", &Kind::Table(&STATISTIC)), STATISTIC.about),
        Key::new("report", Kind::Table(&REPORT), REPORT.about),
        Key::new("iamc", Kind::Table(&IAMC), IAMC.about),
    ]],
    variants: None,
    falls_back: false,
};

/// Keys of a file that are followed when files are merged, before anything is read.
pub static FILE: Form = Form {
    name: "file",
    about: "What a file inherits",
    keys: &[&[
        Key::new(
            "extends",
            Kind::Names("files"),
            "files that this one extends, relative to it; later ones are laid over earlier ones, and the file itself over all",
        ),
        Key::new(
            "remove",
            Kind::Names("paths"),
            "what is deleted of the files that this one extends: `[\"policies.cap\", \"technologies.ccgt\"]`",
        ),
    ]],
    variants: None,
    falls_back: false,
};

const TITLE: Key = Key::new("title", Kind::Text, "name for people").or_else("the name");
const SECTOR: Key = Key::new("sector", Kind::Text, "sector in which emissions and flows are shown").or("\"other\"");
const ZONES: Key = Key::new("zones", Kind::Names("zones"), "zones that count").or_else("all inner zones");
