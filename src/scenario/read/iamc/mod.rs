//! `[iamc]`: variables of the IAMC template, each measured as an indicator is, or made of indicators and other variables.

mod cover;

use std::collections::{BTreeMap, BTreeSet};

pub use cover::Parts;

use super::commodities::label_factor;
use super::indicators::composed::{self, check_circles};
use super::indicators::{Choice, KINDS, Kind, Scale, measure};
use super::{Entry, Reader, Scope, Table, Value};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::*;
use crate::scenario::schema::Form;
use crate::units::Dimension;

/// Name of the model where a scenario does not say.
const MODEL: &str = "Altyn";

/// How a variable is measured.
#[derive(Clone, Copy)]
enum Way {
    /// As an indicator.
    Kind(Kind),
    /// As the sum of the variables one level below it.
    Parts,
}

/// Reads `[iamc]`.
pub fn read<'a>(
    top: &Reader<'a>,
    scope: &Scope<'a>,
    indicators: &[Indicator],
    parts: &Parts<'a>,
    id: &str,
) -> Option<Iamc> {
    let reader = Reader::of(scope.desk, "[iamc]", top.entry("iamc")?, top.below("iamc"))?;
    let model = reader.text("model").unwrap_or(MODEL).to_owned();
    let scenario = reader.text("scenario").unwrap_or(id).to_owned();
    let country = reader.text("region");
    if country.is_none() && !reader.table().contains_key("region") {
        reader.missing("region", "\"Country\"");
    }
    let zones = zones(&reader, scope, country);
    let entries = variables(&reader, scope);
    if entries.is_empty() {
        reader.missing("variables", "{ \"Final Energy\" = { indicator = \"final_energy_twh\", unit = \"EJ/yr\" } }");
    }
    reader.finish();

    let of_indicators =
        composed::units(top).into_iter().map(|(name, unit)| (name, unit.map(|unit| by_year(scope, unit))));
    let of_variables = entries.iter().map(|variable| (variable.name, Some(variable.unit.clone())));
    let units: Vec<(&str, Option<String>)> = of_indicators.chain(of_variables).collect();
    let mut choice = Choice::new(top, scope, parts.links);
    choice.others = units.iter().map(|(name, unit)| (*name, unit.as_deref())).collect();
    let read: Vec<Indicator> =
        entries.iter().filter_map(|variable| variable.read(scope, &choice, indicators, &entries)).collect();
    let all: Vec<Indicator> = indicators.iter().chain(&read).cloned().collect();
    check_circles(entries.iter().map(|variable| (variable.name, variable.reader(scope))), &all);
    for variable in &entries {
        variable.check_place(scope, &entries);
        cover::check(&variable.reader(scope), variable.name, scope, &all, parts);
    }
    let whole =
        Region { name: country.unwrap_or_default().to_owned(), indicators: needed(&read, indicators), variables: read };
    let apart: Vec<Region> = zones.into_iter().map(|(zone, name)| within(&whole, zone, name, parts)).collect();
    Some(Iamc { model, scenario, regions: [whole].into_iter().chain(apart).collect() })
}

/// Zones that are reported apart, with their names.
fn zones<'a>(reader: &Reader<'a>, scope: &Scope, country: Option<&str>) -> Vec<(ZoneId, &'a str)> {
    let mut zones: Vec<(ZoneId, &str)> = Vec::new();
    for (name, Entry { key, node }) in reader.entries("zones") {
        let zone = scope.zones.resolve(scope.desk, name, *key);
        match &node.value {
            Value::Text(text) if country == Some(text) || zones.iter().any(|(_, other)| other == text) => {
                let error = Diagnostic::error(node.span, format!("`{text}` is the name of another region"));
                scope.desk.report(error.help("give each region a name of its own"));
            }
            Value::Text(text) => zones.extend(zone.map(|zone| (zone, text.as_str()))),
            _ => scope.desk.report(
                Diagnostic::error(node.span, "the name of a region is a text").help("write it like \"Country|Zone\""),
            ),
        }
    }
    zones
}

/// A variable as it stands in the file.
struct Variable<'a> {
    name: &'a str,
    table: &'a Table,
    place: Span,
    form: &'static Form,
    /// Its unit in the template.
    label: &'a str,
    /// The same as the scenario language writes it.
    unit: String,
}

/// All variables whose units can be read.
fn variables<'a>(reader: &Reader<'a>, scope: &Scope) -> Vec<Variable<'a>> {
    let mut units: BTreeMap<&str, &str> = BTreeMap::new();
    for (label, Entry { node, .. }) in reader.entries("units") {
        match &node.value {
            Value::Text(unit) => {
                units.insert(label, unit);
            }
            _ => scope.desk.report(
                Diagnostic::error(node.span, "a unit is a text")
                    .help("write [iamc.units] like \"Mt CO2/yr\" = \"MtCO2/yr\""),
            ),
        }
    }
    let mut variables = Vec::new();
    let form = reader.below("variables");
    for (name, entry) in reader.entries("variables") {
        let Some(inner) = Reader::of(reader.desk, described(name), entry, form) else { continue };
        if !inner.table().contains_key("unit") {
            inner.missing("unit", "\"EJ/yr\"");
        }
        let Some(label) = inner.text("unit") else { continue };
        let unit = units.get(label).copied().unwrap_or(label);
        if let Err(error) = composed::one(scope, unit) {
            let help = format!("say what it is in [iamc.units], like \"{label}\" = \"Mt/yr\"");
            inner.wrong("unit", format!("the unit `{unit}` is not known: {}", error.message), help);
            continue;
        }
        if scope.indicators.find(name).is_some() {
            let error = Diagnostic::error(entry.key, format!("`{name}` is the name of an indicator too"));
            scope.desk.report(error.help("rename the indicator"));
        }
        let (table, place, unit) = (inner.table(), entry.key, by_year(scope, unit));
        variables.push(Variable { name, table, place, form, label, unit });
    }
    variables
}

fn described(name: &str) -> String {
    format!("variable `{name}`")
}

/// A unit of amounts, which results count by the year, as an amount per year.
fn by_year(scope: &Scope, unit: &str) -> String {
    let amounts = [Dimension::ENERGY, Dimension::MASS, Dimension::VOLUME, Dimension::DISTANCE, Dimension::MONEY];
    let is_amount = composed::one(scope, unit).is_ok_and(|one| amounts.contains(&one.dimension));
    if is_amount { format!("{unit}/yr") } else { unit.to_owned() }
}

impl<'a> Variable<'a> {
    fn reader(&self, scope: &Scope<'a>) -> Reader<'a> {
        Reader::new(scope.desk, described(self.name), self.table, self.place, self.form)
    }

    /// Reads what it measures.
    fn read(
        &self,
        scope: &Scope<'a>,
        choice: &Choice,
        indicators: &[Indicator],
        all: &[Variable],
    ) -> Option<Indicator> {
        let reader = self.reader(scope);
        reader.entry("unit");
        reader.entry("covers");
        let (measure, scale) = if reader.entry("indicator").is_some() {
            if reader.entry("measure").is_some() {
                reader.wrong("measure", "`indicator` is there as well", "leave one of the two out");
            }
            self.indicator(&reader, scope, indicators)?
        } else {
            if !self.table.contains_key("measure") {
                reader.missing("measure", "\"parts\", or indicator = \"NAME\"");
            }
            let kinds = KINDS.iter().map(|&(name, kind)| (name, Way::Kind(kind)));
            let ways: Vec<(&str, Way)> = kinds.chain([("parts", Way::Parts)]).collect();
            match reader.choice("measure", &ways)? {
                Way::Kind(kind) => measure(kind, &reader, scope, choice, &self.unit),
                Way::Parts => self.parts(&reader, scope, all),
            }
        };
        let factor = scale.factor(&reader, scope, &self.unit);
        reader.finish();
        Some(Indicator {
            name: self.name.to_owned(),
            title: self.name.to_owned(),
            headline: false,
            factor: factor?,
            unit: self.label.to_owned(),
            measure,
        })
    }

    /// An indicator in the unit of the variable.
    fn indicator(&self, reader: &Reader, scope: &Scope, indicators: &[Indicator]) -> Option<(IndicatorMeasure, Scale)> {
        let id = scope.one(reader, "indicator", &scope.indicators, "\"final_energy_twh\"")?;
        let (target, content) = scope.indicator_values.get(id.position())?.as_ref()?;
        let worth = label_factor(scope, &self.unit, target, *content, reader.place("unit"))?;
        let name = indicators.get(id.position())?.name.clone();
        Some((IndicatorMeasure::Sum(vec![(name, worth)]), Scale::Factor(1.0)))
    }

    /// The variables one level below it.
    fn parts(&self, reader: &Reader, scope: &Scope, all: &[Variable]) -> (IndicatorMeasure, Scale) {
        let own = composed::one(scope, &self.unit).ok();
        let mut parts = Vec::new();
        for part in all.iter().filter(|part| parent(part.name) == Some(self.name)) {
            let unit = composed::one(scope, &part.unit).ok();
            parts.push((part.name.to_owned(), composed::worth(reader, unit, own)));
        }
        if parts.is_empty() {
            let help = format!("add \"{}|…\" to [iamc.variables]", self.name);
            reader.wrong("measure", format!("`{}` has no parts", self.name), help);
        }
        (IndicatorMeasure::Sum(parts), Scale::Factor(1.0))
    }

    fn is_sum_of_parts(&self) -> bool {
        self.table.get("measure").is_some_and(|entry| matches!(&entry.node.value, Value::Text(way) if way == "parts"))
    }

    /// Warns of a variable below a sum of parts that is no part of it, since a level between the two is missing.
    fn check_place(&self, scope: &Scope, all: &[Variable]) {
        let Some(above) = parent(self.name) else { return };
        if all.iter().any(|other| other.name == above) {
            return;
        }
        let is_above = |other: &&Variable| {
            let below = self.name.strip_prefix(other.name);
            other.is_sum_of_parts() && below.is_some_and(|rest| rest.starts_with('|'))
        };
        if let Some(sum) = all.iter().find(is_above) {
            let message = format!("`{}` counts nowhere in `{}`, which is the sum of its parts", self.name, sum.name);
            let help = format!("add \"{above}\" with measure = \"parts\"");
            scope.desk.report(Diagnostic::warning(self.place, message).help(help));
        }
    }
}

/// The variable one level above.
fn parent(name: &str) -> Option<&str> {
    name.rsplit_once('|').map(|(parent, _)| parent)
}

/// The indicators that variables are made of, and those that these are made of.
fn needed(variables: &[Indicator], indicators: &[Indicator]) -> Vec<Indicator> {
    let mut names = BTreeSet::new();
    let mut next: Vec<&Indicator> = variables.iter().collect();
    while let Some(indicator) = next.pop() {
        for part in indicator.measure.parts() {
            if names.insert(part) {
                next.extend(indicators.iter().filter(|other| other.name == part));
            }
        }
    }
    indicators.iter().filter(|indicator| names.contains(indicator.name.as_str())).cloned().collect()
}

/// What is known of a zone: all that can be told apart by zones, and what is made of it alone.
fn within(whole: &Region, zone: ZoneId, name: &str, parts: &Parts) -> Region {
    let here = |indicator: &Indicator| {
        let measure = indicator.measure.within(zone, parts.zones, parts.markets)?;
        Some(Indicator { measure, ..indicator.clone() })
    };
    let mut indicators: Vec<Indicator> = whole.indicators.iter().filter_map(here).collect();
    let mut variables: Vec<Indicator> = whole.variables.iter().filter_map(here).collect();
    loop {
        let all = || indicators.iter().chain(&variables);
        let known: BTreeSet<String> = all().map(|indicator| indicator.name.clone()).collect();
        let is_whole = |indicator: &Indicator| indicator.measure.parts().iter().all(|part| known.contains(*part));
        if all().all(is_whole) {
            return Region { name: name.to_owned(), indicators, variables };
        }
        indicators.retain(is_whole);
        variables.retain(is_whole);
    }
}
