//! `[horizon]`, `[time]` and `[solver]`.

use std::collections::BTreeMap;

use super::{Entry, Node, Reader, Scope, Value};
use crate::diagnostics::{Diagnostic, listed};
use crate::input::YEARS;
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Reads `[horizon]`.
pub fn horizon(top: &Reader) -> Horizon {
    let Some(reader) = top.inner("horizon") else {
        if top.table().get("horizon").is_none() {
            top.missing("horizon", "{ years = [2025, 2030] }");
        }
        return Horizon::new();
    };
    let years = years(&reader);
    let forward = reader.choice("period", &[("forward", true), ("backward", false)]).unwrap_or(true);
    let edge = reader.integer("edge", 1..=100).and_then(|years| i32::try_from(years).ok());
    reader.finish();
    let gap = |pair: &[i32]| match pair {
        [a, b] => b - a,
        _ => 1,
    };
    let spans: Vec<i32> = years.windows(2).map(gap).collect();
    let edge = |nearest: Option<&i32>| edge.or(nearest.copied()).unwrap_or(1);
    let mut milestones = Horizon::new();
    for (position, &year) in years.iter().enumerate() {
        let (first, last) = if forward {
            (year, year + spans.get(position).copied().unwrap_or_else(|| edge(spans.last())) - 1)
        } else {
            let before = position.checked_sub(1).and_then(|p| spans.get(p)).copied();
            (year - before.unwrap_or_else(|| edge(spans.first())) + 1, year)
        };
        milestones.push(Milestone { year, first, last });
    }
    milestones
}

fn years(reader: &Reader) -> Vec<i32> {
    let example = "[2025, 2030, 2040]";
    let Some(entry) = reader.entry("years") else {
        reader.missing("years", example);
        return Vec::new();
    };
    let Value::List(items) = &entry.node.value else {
        reader.wrong("years", "`years` is a list of milestone years", format!("write years = {example}"));
        return Vec::new();
    };
    let mut years: Vec<i32> = Vec::new();
    for item in items {
        let year = match item.value {
            Value::Integer(year) => i32::try_from(year).ok().filter(|year| (1800..=2300).contains(year)),
            _ => None,
        };
        let Some(year) = year else {
            let error = Diagnostic::error(item.span, "this is not a calendar year");
            reader.desk.report(error.help(format!("write years = {example}")));
            continue;
        };
        if years.last().is_some_and(|last| *last >= year) {
            let error =
                Diagnostic::error(item.span, format!("milestone year {year} does not come after the one before"));
            reader.desk.report(error.help("list the years in rising order, each once"));
            continue;
        }
        years.push(year);
    }
    if years.len() > YEARS {
        reader.wrong("years", format!("a scenario has at most {YEARS} milestone years"), "take one in five or ten");
        years.truncate(YEARS);
    }
    if items.is_empty() {
        reader.wrong("years", "`years` is empty", format!("write years = {example}"));
    }
    years
}

/// Reads `[time]`.
pub fn time(top: &Reader, scope: &Scope) -> TimeSpec {
    let fallback = TimeSpec::Slices(vec![NamedSlice { name: "year".to_owned(), fraction: 1.0, day: 0 }]);
    let Some(reader) = top.inner("time") else {
        if top.table().get("time").is_none() {
            top.missing("time", "{ days = 12 }");
        }
        return fallback;
    };
    let (slices, days) = (reader.entry("slices").is_some(), reader.entry("days").is_some());
    if days && !slices && reader.entry("order").is_some() {
        let help = "leave it out, or take `slices` instead of `days`";
        reader.wrong("order", "`order` belongs to named slices, and [time] has representative days", help);
    }
    for key in ["hours", "method", "peak", "calm"] {
        if reader.entry(key).is_some() && slices && !days {
            let help = "leave it out, or take `days` instead of `slices`";
            reader.wrong(key, format!("`{key}` belongs to representative days, and [time] has named slices"), help);
        }
    }
    let spec = match (slices, days) {
        (true, false) => TimeSpec::Slices(named_slices(&reader)),
        (false, true) => TimeSpec::Days(day_selection(&reader, scope)),
        (true, true) => {
            let help = "keep one of them; a file that extends another can delete one with `remove = [\"time.slices\"]`";
            reader.wrong("slices", "[time] has both `slices` and `days`", help);
            fallback
        }
        (false, false) => {
            reader.missing("days", "12");
            fallback
        }
    };
    reader.finish();
    spec
}

fn named_slices(reader: &Reader) -> Vec<NamedSlice> {
    let mut slices = Vec::new();
    for (name, Entry { node, .. }) in reader.entries("slices") {
        let fraction = reader.desk.quantity(node, &targets::fraction(), Content::default());
        match fraction {
            Some(fraction) if fraction > 0.0 => slices.push(NamedSlice { name: name.clone(), fraction, day: 0 }),
            Some(_) => reader.desk.report(
                Diagnostic::error(node.span, format!("slice `{name}` has no part of the year"))
                    .help("give it a fraction above 0, or leave it out"),
            ),
            None => {}
        }
    }
    let sum: f64 = slices.iter().map(|slice| slice.fraction).sum();
    if (sum - 1.0).abs() > 1e-6 {
        reader.wrong("slices", format!("the slices make up {sum} of the year"), "let the fractions sum to 1");
    }
    in_order(reader, slices)
}

/// Puts slices in the order of the year: `order` lists its representative days, each a list of slices.
fn in_order(reader: &Reader, slices: Vec<NamedSlice>) -> Vec<NamedSlice> {
    let Some(entry) = reader.entry("order") else { return slices };
    let example = "order = [[\"winter-day\", \"winter-night\"], [\"summer-day\", \"summer-night\"]]";
    let Value::List(days) = &entry.node.value else {
        reader.wrong("order", "`order` is a list of days, each a list of slices", format!("write {example}"));
        return slices;
    };
    let (mut ordered, mut left) = (Vec::new(), slices.clone());
    for (day, list) in days.iter().enumerate() {
        let Value::List(names) = &list.value else {
            let error = Diagnostic::error(list.span, format!("a day is a list of slices, and this is {}", list.kind()));
            reader.desk.report(error.help(format!("write {example}")));
            return slices;
        };
        if names.is_empty() {
            let error = Diagnostic::error(list.span, "a day without slices");
            reader.desk.report(error.help("name its slices, or leave it out"));
            return slices;
        }
        for name in names {
            let text = if let Value::Text(text) = &name.value { text.as_str() } else { "" };
            match left.iter().position(|slice| slice.name == text) {
                Some(position) => ordered.push(NamedSlice { day, ..left.remove(position) }),
                None => {
                    let is_known = slices.iter().any(|slice| slice.name == text);
                    let twice = format!("slice `{text}` is in the order twice");
                    let message = if is_known { twice } else { format!("there is no slice `{text}`") };
                    let known = listed(slices.iter().map(|slice| &slice.name));
                    reader.desk.report(
                        Diagnostic::error(name.span, message).help(format!("each of {known} belongs to one day")),
                    );
                }
            }
        }
    }
    if let Some(slice) = left.first() {
        let message = format!("slice `{}` is missing in the order", slice.name);
        reader.wrong("order", message, "every slice belongs to one of the days");
        return slices;
    }
    ordered
}

fn day_selection(reader: &Reader, scope: &Scope) -> DaySelection {
    let whole = |number: i64| usize::try_from(number).unwrap_or(1);
    let days = reader.integer("days", 1..=365).map_or(1, whole);
    let steps = reader.integer("hours", 1..=24).map_or(24, whole);
    if 24 % steps != 0 {
        reader.wrong(
            "hours",
            format!("a day can not be cut into {steps} equal steps of whole hours"),
            "use 24, 12, 8, 6, 4, 3, 2 or 1",
        );
    }
    let methods = [("ward", DayMethod::Ward), ("even", DayMethod::Even)];
    let method = reader.choice("method", &methods).unwrap_or(DayMethod::Ward);
    let commodity = |key: &'static str| {
        let name = reader.text(key)?;
        scope.commodities.resolve(scope.desk, name, reader.place(key))
    };
    let (peak, calm) = (commodity("peak"), commodity("calm"));
    DaySelection { days, steps: if 24 % steps == 0 { steps } else { 24 }, method, peak, calm }
}

/// Reads `[solver]`: options of HiGHS by their own names.
pub fn solver(top: &Reader) -> BTreeMap<String, SolverValue> {
    let mut options = BTreeMap::new();
    for (name, Entry { node, .. }) in top.entries("solver") {
        let value = match node {
            Node { value: Value::Text(text), .. } => SolverValue::Text(text.clone()),
            Node { value: Value::Flag(flag), .. } => SolverValue::Switch(*flag),
            Node { value: Value::Number(number), .. } => SolverValue::Number(*number),
            Node { value: Value::Integer(number), .. } if i32::try_from(*number).is_ok() => {
                SolverValue::Integer(i32::try_from(*number).unwrap_or_default())
            }
            _ => {
                let error =
                    Diagnostic::error(node.span, format!("the solver option `{name}` can not be {}", node.kind()));
                top.desk.report(error.help("options are texts, numbers, or true and false"));
                continue;
            }
        };
        options.insert(name.clone(), value);
    }
    options
}
