//! What a technology takes and gives: inputs, outputs, efficiency, releases.

use super::emissions::{self, YearlyReleases};
use super::scope::{CommodityFacts, Scope};
use super::{Entry, Reader, Table, Value};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Keys that describe a mode; on the technology itself where it has only one.
pub const KEYS: [&str; 7] =
    ["inputs", "outputs", "efficiency", "variable-cost", "emissions", "combustion", "capture-rate"];

/// The modes of a technology, with the commodity in which its activity is counted.
#[derive(Debug)]
pub struct Modes {
    /// The modes.
    pub modes: Vec<Mode>,
    /// The commodity of the first mode's first output, or first input.
    pub primary: Option<CommodityId>,
    /// Facts on it.
    pub facts: CommodityFacts,
    /// The finest resolution of all commodities.
    pub resolution: Resolution,
}

/// A commodity with what one unit of activity takes or gives of it.
struct Part {
    commodity: CommodityId,
    facts: CommodityFacts,
    node_span: Span,
    ratio: Option<PerYear>,
}

/// Reads the modes of a technology.
pub fn read(reader: &Reader, scope: &Scope) -> Modes {
    let mut all =
        Modes { modes: Vec::new(), primary: None, facts: CommodityFacts::default(), resolution: Resolution::Year };
    if reader.entry("modes").is_none() {
        one(reader, scope, String::new(), &mut all);
    } else {
        for key in KEYS {
            if reader.entry(key).is_some() {
                let help = format!("move `{key}` into each of the modes");
                reader.wrong(key, format!("{} has `modes`, and `{key}` beside them", reader.what), help);
            }
        }
        if reader.table().get("modes").and_then(|entry| entry.node.as_table()).is_some_and(Table::is_empty) {
            reader.wrong("modes", "`modes` is empty", "name at least one mode, with its inputs and outputs");
        }
        for (name, entry) in reader.entries("modes") {
            let what = format!("mode `{name}` of {}", reader.what);
            if let Some(mode) = Reader::of(scope.desk, what, entry, reader.below("modes")) {
                one(&mode, scope, name.clone(), &mut all);
                mode.finish();
            }
        }
    }
    if u8::try_from(all.modes.len()).is_err() {
        reader.wrong("modes", "a technology has at most 255 modes", "split it into several technologies");
        all.modes.truncate(255);
    }
    all
}

fn one(reader: &Reader, scope: &Scope, name: String, all: &mut Modes) {
    let (inputs, outputs) = (named(reader, scope, "inputs"), named(reader, scope, "outputs"));
    let first = outputs.first().or(inputs.first());
    let Some(first) = first else {
        if is_left_out(reader, "inputs") && is_left_out(reader, "outputs") {
            reader.missing("outputs", "\"electricity\"");
        }
        return;
    };
    if all.primary.is_none() {
        all.primary = Some(first.0);
        all.facts = scope.facts(first.0);
    }
    let (measure, content) = (all.facts.measure, all.facts.content);
    let mut inputs = parts(scope, inputs, measure);
    let outputs = parts(scope, outputs, measure);
    apply_efficiency(reader, scope, &mut inputs, &outputs);
    check_ratios(scope, inputs.iter().chain(&outputs), measure);

    let mut flows = Vec::new();
    for (sign, part) in inputs.iter().map(|part| (-1.0, part)).chain(outputs.iter().map(|part| (1.0, part))) {
        all.resolution = all.resolution.min(part.facts.resolution);
        let ratio = part.ratio.clone().unwrap_or_else(|| scope.constant(1.0));
        flows.push(Flow { commodity: part.commodity, ratio: ratio.values().map(|ratio| sign * ratio).collect() });
    }
    let cost = reader.series("variable-cost", &targets::price(measure), content);
    all.modes.push(Mode {
        name,
        variable_cost: scope.over(cost, 0.0),
        emissions: released(reader, scope, &inputs, measure, content),
        flows,
    });
}

/// Whether a key is not there, or names nothing.
fn is_left_out(reader: &Reader, key: &str) -> bool {
    reader.table().get(key).is_none_or(|entry| match &entry.node.value {
        Value::List(items) => items.is_empty(),
        Value::Table(table) => table.is_empty(),
        _ => false,
    })
}

/// The commodities under `inputs` or `outputs`: a name, a list of names, or a table of names to ratios.
fn named<'a>(reader: &Reader<'a>, scope: &Scope, key: &'static str) -> Vec<(CommodityId, Option<&'a Entry>, Span)> {
    let Some(entry) = reader.entry(key) else { return Vec::new() };
    let mut found = Vec::new();
    if let Value::Table(table) = &entry.node.value {
        for (name, entry) in table {
            let id = scope.commodities.resolve(scope.desk, name, entry.key);
            found.extend(id.map(|id| (id, Some(entry), entry.key)));
        }
    } else {
        for (name, span) in reader.texts(key).unwrap_or_default() {
            let id = scope.commodities.resolve(scope.desk, name, span);
            found.extend(id.map(|id| (id, None, span)));
        }
    }
    for (position, (id, _, span)) in found.iter().enumerate() {
        if found[..position].iter().any(|(other, ..)| other == id) {
            let error = Diagnostic::error(*span, "this commodity is named twice");
            scope.desk.report(error.help("name each commodity once, with the sum of its ratios"));
        }
    }
    found
}

fn parts(scope: &Scope, named: Vec<(CommodityId, Option<&Entry>, Span)>, primary: Measure) -> Vec<Part> {
    let read = |(commodity, entry, span): (CommodityId, Option<&Entry>, Span)| {
        let facts = scope.facts(commodity);
        let target = targets::ratio(facts.measure, primary);
        let ratio = entry.and_then(|entry| scope.desk.series(&entry.node, &target, facts.content));
        if ratio.as_ref().is_some_and(|ratio| ratio.values().any(|r| r < 0.0)) {
            let error = Diagnostic::error(span, "a ratio can not be negative");
            scope.desk.report(error.help("an input is written under `inputs`, with a positive ratio"));
        }
        Part { commodity, facts, node_span: span, ratio: ratio.map(|ratio| ratio.over(scope.horizon)) }
    };
    named.into_iter().map(read).collect()
}

/// `efficiency`: the energy of the only output over that of the only input.
fn apply_efficiency(reader: &Reader, scope: &Scope, inputs: &mut [Part], outputs: &[Part]) {
    let range = f64::MIN_POSITIVE..=f64::INFINITY;
    let Some(efficiency) = reader.bounded_series("efficiency", &targets::fraction(), Content::default(), range) else {
        return;
    };
    let ([input], [output]) = (inputs, outputs) else {
        let message = "`efficiency` needs exactly one input and one output";
        reader.wrong("efficiency", message, "give the ratios instead: inputs = { gas = 1.8 }");
        return;
    };
    if input.ratio.is_some() || output.ratio.is_some() {
        let error = Diagnostic::error(input.node_span, "both a ratio and `efficiency` are given");
        reader.desk.report(error.help("keep `efficiency` and name the commodities only: inputs = \"coal\""));
    }
    match (input.facts.energy(), output.facts.energy()) {
        (Some(taken), Some(given)) => {
            let ratio = |part: &f64| given / taken / part;
            input.ratio = Some(efficiency.over(scope.horizon).values().map(ratio).collect());
        }
        _ => {
            let message = "`efficiency` compares energies, and a mass without a heating value has none";
            reader.wrong("efficiency", message, "give the commodity a `heating-value`, or a ratio instead");
        }
    }
}

/// Without a ratio of its own a commodity is taken or given one for one; that needs the measure of the activity.
fn check_ratios<'a>(scope: &Scope, parts: impl Iterator<Item = &'a Part>, primary: Measure) {
    for part in parts.filter(|part| part.ratio.is_none() && part.facts.measure != primary) {
        let example = targets::ratio(part.facts.measure, primary).example;
        let message = format!(
            "{} are not counted like the activity, which is in {}",
            part.facts.measure.amount_unit(),
            primary.amount_unit()
        );
        scope
            .desk
            .report(Diagnostic::error(part.node_span, message).help(format!("give a ratio, such as \"{example}\"")));
    }
}

/// What one unit of activity releases: what burning the inputs releases, less what is captured, and what is stated.
fn released(reader: &Reader, scope: &Scope, inputs: &[Part], measure: Measure, content: Content) -> YearlyReleases {
    let combustion = reader.flag("combustion", true);
    let own = emissions::read(reader, scope, "emissions", measure, content);
    let capture = emissions::capture(reader, scope);
    let mut releases = YearlyReleases::new();
    for input in inputs.iter().filter(|_| combustion) {
        let ratio = input.ratio.clone().unwrap_or_else(|| scope.constant(1.0));
        emissions::accumulate(&mut releases, &emissions::over(&input.facts.emissions, scope.horizon), &ratio);
    }
    for (pollutant, release) in &mut releases {
        if let Some((_, rate)) = capture.iter().find(|(p, _)| p == pollutant) {
            let rate = rate.over(scope.horizon);
            *release = release.iter().map(|(year, value)| value * (1.0 - rate[year])).collect();
        }
    }
    emissions::accumulate(&mut releases, &emissions::over(&own, scope.horizon), &scope.constant(1.0));
    releases.retain(|(_, release)| release.values().any(|value| *value != 0.0));
    releases
}
