//! Variables of the IAMC template.

use super::super::{Form, Key, Kind, Variant, Variants};
use super::shown::{INDICATOR, INDICATORS, MEASURES};

/// `[iamc]`.
pub static IAMC: Form = Form {
    name: "iamc",
    about: "variables of the IAMC template, which `--format iamc` writes",
    keys: &[&[
        Key::new("region", Kind::Text, "name of the country").required(),
        Key::new("model", Kind::Text, "name of the model").or("\"Altyn\""),
        Key::new("scenario", Kind::Text, "name of the scenario").or_else("the file's name"),
        Key::new(
            "zones",
            Kind::Map("zones", &Kind::Text),
            "zones that are reported apart, with their names: `{ north = \"North\" }`",
        )
        .or_else("none"),
        Key::new(
            "units",
            Kind::Map("units", &Kind::Text),
            "units of the template that the scenario language writes otherwise: `{ \"Mt CO2/yr\" = \"MtCO2/yr\" }`. A price year in them counts: `\"USD2010/GJ\"` is money of 2010, by the `deflators`",
        )
        .or_else("none"),
        Key::new("variables", Kind::Map("variables", &Kind::Table(&VARIABLE)), VARIABLE.about).required(),
    ]],
    variants: None,
    falls_back: false,
};

/// `[iamc.variables.NAME]`.
pub static VARIABLE: Form = Form {
    name: "variable",
    about: "a variable: an indicator, what an indicator can measure, or the sum of its parts",
    keys: &[&[
        Key::new("unit", Kind::Text, "its unit as it is written: one of the scenario language, or one under `units`")
            .required(),
        Key::new("indicator", Kind::Name("indicators"), "the indicator whose value it has; this or `measure`"),
        Key::new("measure", Kind::Word(&WAYS), "what it measures; this or `indicator`"),
        Key::new(
            "covers",
            Kind::Names("indicators"),
            "indicators that count the same in one go; a warning tells what the parts leave out or count twice",
        )
        .or_else("none"),
    ]],
    variants: Some(Variants { by: "measure", all: &VARIABLES, told_in: Some(&INDICATOR) }),
    falls_back: false,
};

/// The sum of the variables one level below.
const PARTS: Variant = Variant {
    word: "parts",
    about: "sum of the variables one level below: those whose name has one word more",
    keys: &[],
};

/// Measures of indicators, and one more.
const WAYS: [(&str, &str); MEASURES.len() + 1] = and(MEASURES, (PARTS.word, ""));

const VARIABLES: [Variant; INDICATORS.len() + 1] = and(INDICATORS, PARTS);

/// A list with one more at its end.
const fn and<T: Copy, const N: usize>(list: &[T], last: T) -> [T; N] {
    let mut all = [last; N];
    let mut position = 0;
    while position < list.len() {
        all[position] = list[position];
        position += 1;
    }
    all
}
