//! Indicators made of other indicators, or given from outside: their units have to fit together.

use std::collections::BTreeMap;

use super::super::commodities::one_of;
use super::super::{Node, Reader, Scope, Value};
use super::Scale;
use crate::diagnostics::{Diagnostic, Span};
use crate::model::*;
use crate::scenario::series::Series;
use crate::scenario::tree::year;
use crate::units::{Content, Dimension, Quantity, Target, UnitError, parse};

/// All indicators, each with the text of its unit.
pub fn units<'a>(top: &Reader<'a>) -> Vec<(&'a str, Option<&'a str>)> {
    let unit = |node: &'a Node| match &node.as_table()?.get("unit")?.node.value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    top.entries("indicators").map(|(name, entry)| (name.as_str(), unit(&entry.node))).collect()
}

/// One of a unit.
pub fn one(scope: &Scope, unit: &str) -> Result<Quantity, UnitError> {
    parse(&one_of(unit), &scope.desk.currencies.borrow())
}

/// A unit as a quantity: how much one of it is. One that can not be read is reported where it stands.
fn quantity(scope: &Scope, unit: &str, place: Span) -> Option<Quantity> {
    let parsed = one(scope, unit);
    if let Err(error) = &parsed {
        let help =
            error.help.clone().unwrap_or_else(|| "write a unit such as \"TWh\", \"bcm\", \"%\" or \"1\"".to_owned());
        scope.desk.report(Diagnostic::error(place, error.message.clone()).help(help));
    }
    parsed.ok()
}

/// Another indicator that a key names, with its unit.
fn other(
    reader: &Reader,
    scope: &Scope,
    others: &[(&str, Option<&str>)],
    key: &'static str,
) -> (String, Option<Quantity>) {
    if !reader.table().contains_key(key) {
        reader.missing(key, "\"electricity_generation_twh\"");
    }
    let name = reader.text(key).unwrap_or_default();
    let unit = if name.is_empty() { None } else { unit_of(scope, others, name, reader.place(key)) };
    (name.to_owned(), unit)
}

/// The unit of an indicator that is named somewhere.
fn unit_of(scope: &Scope, others: &[(&str, Option<&str>)], name: &str, place: Span) -> Option<Quantity> {
    let found = others.iter().find(|(other, _)| *other == name);
    if found.is_none() {
        let error = Diagnostic::error(place, format!("there is no indicator `{name}`")).following();
        scope.desk.report(match scope.desk.nearest(name, others.iter().map(|(other, _)| other)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("name another entry of [indicators]"),
        });
    }
    // A unit that can not be read is reported with the indicator that has it.
    found.and_then(|(_, unit)| *unit).and_then(|unit| one(scope, unit).ok())
}

/// A running total of another indicator.
pub fn cumulative(
    reader: &Reader,
    scope: &Scope,
    others: &[(&str, Option<&str>)],
    unit: &str,
) -> (IndicatorMeasure, Scale) {
    let (of, of_unit) = other(reader, scope, others, "of");
    let own = quantity(scope, unit, reader.place("unit"));
    let start = reader.entry("start").map(|entry| &entry.node);
    let (Some(of_unit), Some(own)) = (of_unit, own) else {
        return (IndicatorMeasure::Cumulative { of, start: 0.0 }, Scale::Factor(1.0));
    };
    check_dimension(reader, own.dimension, of_unit.dimension);
    let start = start.map_or(0.0, |node| in_unit(scope, node, of_unit));
    (IndicatorMeasure::Cumulative { of, start }, Scale::Factor(of_unit.value / own.value))
}

/// One indicator over another.
pub fn ratio(reader: &Reader, scope: &Scope, others: &[(&str, Option<&str>)], unit: &str) -> (IndicatorMeasure, Scale) {
    let (of, of_unit) = other(reader, scope, others, "of");
    let (by, by_unit) = other(reader, scope, others, "by");
    let own = quantity(scope, unit, reader.place("unit"));
    let measure = IndicatorMeasure::Ratio { of, by };
    let (Some(of_unit), Some(by_unit), Some(own)) = (of_unit, by_unit, own) else {
        return (measure, Scale::Factor(1.0));
    };
    check_dimension(reader, own.dimension, of_unit.dimension.per(by_unit.dimension));
    (measure, Scale::Factor(of_unit.value / by_unit.value / own.value))
}

/// Several indicators together.
pub fn sum(reader: &Reader, scope: &Scope, others: &[(&str, Option<&str>)], unit: &str) -> (IndicatorMeasure, Scale) {
    let own = quantity(scope, unit, reader.place("unit"));
    let named = reader.names("of");
    if named.is_none() && !reader.table().contains_key("of") {
        reader.missing("of", "[\"coal_generation_twh\", \"gas_generation_twh\"]");
    }
    let part = |(name, place): (&str, Span)| (name.to_owned(), worth(reader, unit_of(scope, others, name, place), own));
    (IndicatorMeasure::Sum(named.unwrap_or_default().into_iter().map(part).collect()), Scale::Factor(1.0))
}

/// One indicator less another: a sum in which the other counts below 0.
pub fn difference(
    reader: &Reader,
    scope: &Scope,
    others: &[(&str, Option<&str>)],
    unit: &str,
) -> (IndicatorMeasure, Scale) {
    let own = quantity(scope, unit, reader.place("unit"));
    let part = |key, sign: f64| {
        let (name, unit) = other(reader, scope, others, key);
        (name, sign * worth(reader, unit, own))
    };
    (IndicatorMeasure::Sum(vec![part("of", 1.0), part("less", -1.0)]), Scale::Factor(1.0))
}

/// What one of a unit is worth in the indicator's own; 1 where a mistake keeps that from being known.
pub fn worth(reader: &Reader, of: Option<Quantity>, own: Option<Quantity>) -> f64 {
    of.zip(own).map_or(1.0, |(of, own)| {
        check_dimension(reader, own.dimension, of.dimension);
        of.value / own.value
    })
}

fn check_dimension(reader: &Reader, own: Dimension, found: Dimension) {
    if own != found {
        let message = format!("this indicator is {found}, and its unit is {own}");
        reader.wrong("unit", message, "let the units of the indicators it is made of, and its own, fit together");
    }
}

/// A unit that quantities are counted in. What is counted by the year may be written with or without it.
pub fn target(unit: Quantity) -> Target {
    let Quantity { value, dimension } = unit;
    let target = Target::new("a value in the unit of the indicator", "480 bcm", dimension, 1.0 / value);
    let is_amount = dimension.time == 0 && dimension != Dimension::NONE;
    let by_year = dimension.per(Dimension::TIME);
    if is_amount { target.or(by_year, HOURS_PER_YEAR / value) } else { target }
}

/// A quantity counted in a unit.
fn in_unit(scope: &Scope, node: &Node, unit: Quantity) -> f64 {
    scope.desk.quantity(node, &target(unit), Content::default()).unwrap_or(0.0)
}

/// Values from outside, by year.
pub fn given(reader: &Reader, scope: &Scope, unit: &str) -> PerYear {
    let own = quantity(scope, unit, reader.place("unit"));
    let Some(entry) = reader.entry("values") else {
        reader.missing("values", "{ 2025 = \"480 bcm\" }");
        return scope.constant(0.0);
    };
    let Some(own) = own else { return scope.constant(0.0) };
    let Value::Table(table) = &entry.node.value else { return scope.constant(in_unit(scope, &entry.node, own)) };
    let mut points = Vec::new();
    for (key, entry) in table {
        match year(key) {
            Some(year) => points.push((year, in_unit(scope, &entry.node, own))),
            None => {
                let error = Diagnostic::error(entry.key, format!("`{key}` is not a year"));
                scope.desk.report(error.help("a series is a table of years: { 2025 = \"480 bcm\" }"));
            }
        }
    }
    Series::new(points).over(scope.horizon)
}

/// Reports indicators that are made of themselves.
pub fn check_circles<'a>(readers: impl Iterator<Item = (&'a str, Reader<'a>)>, indicators: &[Indicator]) {
    let parts: BTreeMap<&str, Vec<&str>> =
        indicators.iter().map(|indicator| (indicator.name.as_str(), indicator.measure.parts())).collect();
    let leads_to = |from: &str, name: &str| {
        let (mut seen, mut next) = (vec![from], vec![from]);
        while let Some(part) = next.pop() {
            for &part in parts.get(part).into_iter().flatten().filter(|part| !seen.contains(part)).collect::<Vec<_>>() {
                seen.push(part);
                next.push(part);
            }
        }
        seen.contains(&name)
    };
    for (name, reader) in readers {
        for key in ["of", "by", "less"].into_iter().filter(|key| reader.can_have(key)) {
            let is_circle = |(part, _): &(&str, Span)| leads_to(part, name);
            if reader.texts(key).is_some_and(|parts| parts.iter().any(is_circle)) {
                reader.wrong(key, format!("{} is made of itself", reader.what), "let it count another one");
            }
        }
    }
}
