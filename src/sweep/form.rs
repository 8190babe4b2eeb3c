//! What a sweep file may hold.

use crate::scenario::schema::{Absent, Form, Key, Kind};

use crate::input::{LEVELS, VARIANTS};

#[allow(clippy::cast_possible_wrap)] // A hundred thousand.
const MOST_VARIANTS: i64 = VARIANTS as i64;

#[allow(clippy::cast_possible_wrap)] // A thousand.
const MOST_LEVELS: i64 = LEVELS as i64;

/// A sweep file.
pub static SWEEP: Form = Form {
    name: "sweep",
    about: "A sweep of Altyn: many variants of a scenario",
    keys: &[&[
        Key::new("title", Kind::Text, "one line").or_else("the file's name"),
        Key::new("scenario", Kind::Text, "the scenario's path, relative to the sweep file").required(),
        Key::new(
            "set",
            Kind::Map("tables of the scenario", &Kind::Anything),
            "what is laid over the scenario in all variants, as a file that extends it would: `set.time.days = 6`. `--set` comes after it",
        )
        .or_else("nothing"),
        Key::new("design", Kind::Table(&DESIGN), "which values go together").required(),
        Key::new(
            "parameters",
            Kind::Map("parameters", &Kind::Table(&PARAMETER)),
            "what varies; the name of each is a column of the table",
        )
        .required(),
    ]],
    variants: None,
    falls_back: false,
};

/// `[design]`.
pub static DESIGN: Form = Form {
    name: "design",
    about: "which values go together",
    keys: &[&[
        Key::new(
            "kind",
            Kind::Word(&[
                (
                    "grid",
                    "every value of each parameter with every value of the others; needs `values` or a `range`. The last parameter changes fastest",
                ),
                (
                    "one-at-a-time",
                    "first the scenario as it is, then each value of each parameter alone. Of a distribution the ends; of a normal one the values that 5 % and 95 % stay below",
                ),
                (
                    "latin-hypercube",
                    "`samples` variants: each parameter's distribution in as many equally likely parts, each hit once",
                ),
                ("monte-carlo", "`samples` variants, independent of each other"),
            ]),
            "which variants there are",
        )
        .required(),
        Key::new("samples", Kind::Whole(1, MOST_VARIANTS), "number of variants of a sample"),
        Key::new(
            "seed",
            Kind::Whole(0, i64::MAX),
            "starts the random numbers of samples; the same seed gives the same variants on every machine",
        )
        .or("0"),
    ]],
    variants: None,
    falls_back: false,
};

/// `[parameters.NAME]`.
pub static PARAMETER: Form = Form {
    name: "parameter",
    about: "what varies; one of `values`, `range`, `uniform`, `triangular` and `normal` says how",
    keys: &[&[
        Key::new(
            "path",
            Kind::Names("paths"),
            "where the value stands in the scenario, as in `--set`: `\"technologies.wind.capital-cost\"`. A list of paths gives all of them the same value or factor",
        )
        .required(),
        Key::new(
            "scale",
            Kind::Flag,
            "whether the values are factors on what the scenario holds there: a number, a quantity or a table of years, of which every year is multiplied",
        )
        .or("false"),
        Key::new(
            "values",
            Kind::List(&Kind::Anything),
            "list of anything that a scenario takes there: quantities, tables of years, whole tables, `true` and `false`",
        ),
        Key::new("range", Kind::Table(&RANGE), "so many values, evenly spread, both ends included"),
        Key::new("uniform", Kind::List(&Kind::Scalar), "`[least, greatest]`"),
        Key::new("triangular", Kind::List(&Kind::Scalar), "`[least, likeliest, greatest]`"),
        Key::new(
            "normal",
            Kind::Table(&NORMAL),
            "a normal distribution, cut off at its ends; without them three deviations from the mean",
        ),
    ]],
    variants: None,
    falls_back: false,
};

const END: Key = Key::new("from", Kind::Scalar, "least value");

/// `range` of a parameter.
static RANGE: Form = Form {
    name: "range",
    about: "values, evenly spread",
    keys: &[&[
        Key { absent: Absent::Required, about: "first value", ..END },
        Key { name: "to", absent: Absent::Required, about: "last value", ..END },
        Key::new("steps", Kind::Whole(2, MOST_LEVELS), "number of values").required(),
    ]],
    variants: None,
    falls_back: false,
};

/// `normal` of a parameter.
static NORMAL: Form = Form {
    name: "normal",
    about: "a normal distribution",
    keys: &[&[
        Key::new("mean", Kind::Scalar, "its mean").required(),
        Key::new("deviation", Kind::Scalar, "its standard deviation").required(),
        END,
        Key { name: "to", about: "greatest value", ..END },
    ]],
    variants: None,
    falls_back: false,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Span;
    use crate::scenario::reader::Desk;
    use crate::scenario::schema::{record, tests};
    use crate::scenario::tree::parse;

    const EVERY_KEY: &str = r#"
scenario = "reference.toml"
[design]
kind = "monte-carlo"
samples = 10
[parameters]
a = { path = "x", values = [1, 2] }
b = { path = "x", range = { from = 1, to = 2, steps = 2 } }
c = { path = "x", normal = { mean = 1, deviation = 0.1 } }
d = { path = "x", uniform = [1, 2] }
e = { path = "x", triangular = [1, 2, 3] }
"#;

    #[test]
    fn what_is_read_is_described_and_what_is_described_is_read() {
        let mut problems = Vec::new();
        let mut desk = Desk::default();
        let source = desk.sources.get_mut().add("sweep.toml", EVERY_KEY);
        let (root, _) = parse(EVERY_KEY, source, &mut problems);
        record::take();
        super::super::read::spec(&desk, &root, Span::new(source, 0..0));
        let all = [&SWEEP, &DESIGN, &PARAMETER, &RANGE, &NORMAL];
        tests::compare(&all, record::take());
        tests::check(&all);
        let (_, problems) = desk.close();
        assert!(problems.is_empty(), "{problems:?}");
    }
}
