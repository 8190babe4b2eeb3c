//! Sweep file → parameters and design, with every mistake at once.

use super::amount::Amount;
use super::design::Design;
use super::distribution::Distribution;
use super::form::SWEEP;
use super::parameter::{Parameter, Values};
use crate::diagnostics::{Diagnostic, Span};
use crate::input::{LEVELS, PARAMETERS, VARIANTS};
use crate::scenario::reader::{Desk, Reader};
use crate::scenario::tree::{Node, Table, Value};

/// Names of columns that a parameter can not have.
const RESERVED: [&str; 7] = ["sweep", "variant", "status", "year", "indicator", "value", "unit"];

/// Ways to give the values of a parameter.
const WAYS: [&str; 5] = ["values", "range", "uniform", "triangular", "normal"];

/// What a sweep file says.
#[derive(Debug)]
pub struct Spec {
    /// One line.
    pub title: Option<String>,
    /// The scenario's path, as it is written, and its place.
    pub scenario: Option<(String, Span)>,
    /// What is laid over the scenario in all variants.
    pub set: Table,
    /// How variants are chosen.
    pub design: Option<Design>,
    /// What varies.
    pub parameters: Vec<Parameter>,
}

/// Reads a sweep file.
pub fn spec(desk: &Desk, root: &Table, place: Span) -> Spec {
    let top = Reader::new(desk, "the sweep", root, place, &SWEEP);
    let title = top.text("title").map(str::to_owned);
    let scenario = top.text("scenario").map(|text| (text.to_owned(), top.place("scenario")));
    if top.entry("scenario").is_none() {
        top.missing("scenario", "\"reference.toml\"");
    }
    let set = top.inner("set").map(|reader| reader.table().clone()).unwrap_or_default();
    let parameters: Vec<Parameter> = top
        .entries("parameters")
        .filter_map(|(name, entry)| {
            let reader = Reader::of(desk, format!("parameter `{name}`"), entry, top.below("parameters"))?;
            let read = parameter(name, &reader);
            reader.finish();
            read
        })
        .collect();
    if top.entry("parameters").is_none_or(|entry| entry.node.as_table().is_some_and(Table::is_empty)) {
        top.missing("parameters", "{ cap = { path = \"policies.cap.max\", values = [\"60 Mt/yr\", \"40 Mt/yr\"] } }");
    }
    if let Some(entry) = top.entry("parameters").filter(|_| parameters.len() > PARAMETERS) {
        let error = Diagnostic::error(entry.key, format!("a sweep has at most {PARAMETERS} parameters"));
        desk.report(error.help("let one parameter vary several paths together: path = [...]"));
    }
    let design = match top.inner("design") {
        Some(reader) => {
            let design = design(&reader);
            reader.finish();
            design
        }
        None => {
            if top.entry("design").is_none() {
                top.missing("design", "{ kind = \"one-at-a-time\" }");
            }
            None
        }
    };
    if design == Some(Design::Grid) {
        for parameter in &parameters {
            if let Values::Spread { .. } = parameter.values {
                desk.report(
                    Diagnostic::error(parameter.place, "a grid needs the values that a parameter can have")
                        .help("give `values = [...]`, or a `range` with `steps`"),
                );
            }
        }
    }
    top.finish();
    Spec { title, scenario, set, design, parameters }
}

fn design(reader: &Reader) -> Option<Design> {
    let kinds = [
        ("grid", Design::Grid),
        ("one-at-a-time", Design::OneAtATime),
        ("latin-hypercube", Design::LatinHypercube { samples: 0, seed: 0 }),
        ("monte-carlo", Design::MonteCarlo { samples: 0, seed: 0 }),
    ];
    let most = i64::try_from(VARIANTS).unwrap_or(i64::MAX);
    let samples = reader.integer("samples", 1..=most).and_then(|n| usize::try_from(n).ok());
    let seed = reader.integer("seed", 0..=i64::MAX).and_then(|n| u64::try_from(n).ok()).unwrap_or(0);
    if reader.entry("kind").is_none() {
        reader.missing("kind", "\"one-at-a-time\"");
    }
    let kind = reader.choice("kind", &kinds)?;
    if kind.is_sampled() && reader.entry("samples").is_none() {
        reader.missing("samples", "100");
    }
    if !kind.is_sampled() {
        for key in ["samples", "seed"] {
            if reader.entry(key).is_some() {
                reader.wrong(
                    key,
                    format!("this design has no `{key}`"),
                    "leave it out, or take kind = \"latin-hypercube\" or \"monte-carlo\"",
                );
            }
        }
    }
    match kind {
        Design::LatinHypercube { .. } => Some(Design::LatinHypercube { samples: samples?, seed }),
        Design::MonteCarlo { .. } => Some(Design::MonteCarlo { samples: samples?, seed }),
        other => Some(other),
    }
}

fn parameter(name: &str, reader: &Reader) -> Option<Parameter> {
    if RESERVED.contains(&name) || name.ends_with("_unit") {
        reader.desk.report(
            Diagnostic::error(reader.span, format!("a parameter can not be called `{name}`"))
                .help("the table of results has a column of this name; take another"),
        );
    }
    let paths: Vec<(String, Span)> =
        reader.names("path").unwrap_or_default().into_iter().map(|(path, span)| (path.to_owned(), span)).collect();
    if reader.entry("path").is_none() {
        reader.missing("path", "\"technologies.wind.capital-cost\"");
    }
    let scale = reader.flag("scale", false);
    let given: Vec<&str> = WAYS.into_iter().filter(|way| reader.entry(way).is_some()).collect();
    let values = match given[..] {
        [way] => values(way, reader),
        [] => {
            reader.missing("values", "[...], or give `range`, `uniform`, `triangular` or `normal`");
            None
        }
        [_, second, ..] => {
            let message = format!("{} has values twice: `{}`", reader.what, given.join("` and `"));
            reader.desk.report(Diagnostic::error(reader.table()[second].key, message).help("keep one of them"));
            None
        }
    };
    Some(Parameter { name: name.to_owned(), place: reader.span, paths, scale, values: values? })
}

fn values(way: &str, reader: &Reader) -> Option<Values> {
    match way {
        "values" => list("values", reader).filter(|list| !list.is_empty()).map(|list| Values::Levels(list.to_vec())),
        "range" => range(reader),
        "uniform" => {
            let [low, high] = amounts("uniform", reader, "[0.7, 1.3]")?;
            spread("uniform", reader, Distribution::Uniform([low.number, high.number]), low.unit)
        }
        "triangular" => {
            let [low, mode, high] = amounts("triangular", reader, "[0.7, 1.0, 1.3]")?;
            spread("triangular", reader, Distribution::Triangular([low.number, mode.number, high.number]), low.unit)
        }
        _ => {
            let inner = reader.inner("normal")?;
            let nodes = ["mean", "deviation", "from", "to"].map(|key| inner.entry(key).map(|entry| &entry.node));
            for key in ["mean", "deviation"] {
                if inner.entry(key).is_none() {
                    inner.missing(key, "0.1");
                }
            }
            inner.finish();
            let units = alike(reader, nodes.into_iter().flatten())?;
            let number = |node: Option<&Node>| node.and_then(Amount::of).map(|amount| amount.number);
            let [mean, deviation, from, to] = nodes.map(number);
            spread("normal", reader, Distribution::normal(mean?, deviation?, from, to), units)
        }
    }
}

fn range(reader: &Reader) -> Option<Values> {
    let inner = reader.inner("range")?;
    let ends = ["from", "to"].map(|key| {
        if inner.entry(key).is_none() {
            inner.missing(key, "0.7");
        }
        inner.entry(key).map(|entry| &entry.node)
    });
    let steps = inner.integer("steps", 2..=i64::try_from(LEVELS).unwrap_or(i64::MAX));
    if inner.entry("steps").is_none() {
        inner.missing("steps", "5");
    }
    inner.finish();
    let unit = alike(reader, ends.into_iter().flatten())?;
    let (from, to) = (Amount::of(ends[0]?)?.number, Amount::of(ends[1]?)?.number);
    let last = f64::from(u32::try_from(steps? - 1).ok()?);
    let span = ends[0]?.span;
    let provenance = std::sync::Arc::clone(&ends[0]?.provenance);
    let step = |step: i64| {
        let part = f64::from(u32::try_from(step).unwrap_or_default()) / last;
        let amount = Amount { number: from * (1.0 - part) + to * part, unit: unit.clone() };
        Node { value: amount.value(), span, provenance: std::sync::Arc::clone(&provenance) }
    };
    Some(Values::Levels((0..steps?).map(step).collect()))
}

/// A distribution, if its numbers make one.
fn spread(key: &'static str, reader: &Reader, of: Distribution, unit: String) -> Option<Values> {
    let node = &reader.entry(key)?.node;
    if !of.is_sound() {
        reader.wrong(key, "these numbers make no distribution", "they rise from the least to the greatest value");
        return None;
    }
    let (span, provenance) = (node.span, std::sync::Arc::clone(&node.provenance));
    Some(Values::Spread { of, unit, span, provenance })
}

fn list<'a>(key: &'static str, reader: &Reader<'a>) -> Option<&'a [Node]> {
    match &reader.entry(key)?.node.value {
        Value::List(items) if items.len() > LEVELS => {
            reader.wrong(
                key,
                format!("a parameter has at most {LEVELS} values"),
                "take a distribution, such as `uniform`",
            );
            None
        }
        Value::List(items) if !items.is_empty() => Some(items),
        _ => {
            reader.wrong(key, format!("`{key}` is a list of values"), format!("write {key} = [0.7, 1.0, 1.3]"));
            None
        }
    }
}

/// So many numbers or quantities of one unit.
fn amounts<const N: usize>(key: &'static str, reader: &Reader, example: &str) -> Option<[Amount; N]> {
    let items = list(key, reader)?;
    if items.len() != N {
        reader.wrong(
            key,
            format!("`{key}` is {N} numbers, from the least to the greatest"),
            format!("write {key} = {example}"),
        );
        return None;
    }
    alike(reader, items.iter())?;
    items.iter().filter_map(Amount::of).collect::<Vec<_>>().try_into().ok()
}

/// The unit that all amounts have.
fn alike<'a>(reader: &Reader, nodes: impl Iterator<Item = &'a Node>) -> Option<String> {
    let mut unit: Option<String> = None;
    let mut is_sound = true;
    for node in nodes {
        let problem = match (Amount::of(node), &unit) {
            (None, _) => format!("a number or a quantity is needed here, and this is {}", node.kind()),
            (Some(amount), Some(unit)) if amount.unit != *unit => {
                format!("all numbers of a parameter are in one unit, and these are in `{unit}` and `{}`", amount.unit)
            }
            (Some(amount), _) => {
                unit = Some(amount.unit);
                continue;
            }
        };
        is_sound = false;
        reader
            .desk
            .report(Diagnostic::error(node.span, problem).help("write all of them like \"60 Mt/yr\", or like 0.7"));
    }
    if is_sound { unit } else { None }
}
