//! `[indicators.NAME]`.

use super::commodities::label_factor;
use super::policies::{commodity, commodity_of_markets, emission_scope};
use super::scope::CommodityFacts;
use super::{Reader, Scope, Value, each};
use crate::diagnostics::{Diagnostic, nearest};
use crate::model::*;
use crate::scenario::targets;
use crate::units::{Content, Dimension, Target, parse};

/// What indicators choose from.
struct Choice<'a> {
    links: &'a Arena<LinkId, Link>,
    policies: &'a Arena<PolicyId, Policy>,
    names: Vec<&'a str>,
}

/// Kinds of measures.
#[derive(Clone, Copy)]
enum Kind {
    Supply,
    Use,
    Capacity,
    Emissions,
    Trade,
    LinkFlow,
    LinkUtilisation,
    Cumulative,
    Ratio,
    Price,
    PolicyPrice,
    SystemCost,
    Investment,
    Unserved,
    Given,
}

const KINDS: [(&str, Kind); 15] = [
    ("supply", Kind::Supply),
    ("use", Kind::Use),
    ("capacity", Kind::Capacity),
    ("emissions", Kind::Emissions),
    ("trade", Kind::Trade),
    ("link-flow", Kind::LinkFlow),
    ("link-utilisation", Kind::LinkUtilisation),
    ("cumulative", Kind::Cumulative),
    ("ratio", Kind::Ratio),
    ("price", Kind::Price),
    ("policy-price", Kind::PolicyPrice),
    ("system-cost", Kind::SystemCost),
    ("investment", Kind::Investment),
    ("unserved", Kind::Unserved),
    ("given", Kind::Given),
];

/// Reads `[indicators]`.
pub fn read(
    top: &Reader,
    scope: &Scope,
    links: &Arena<LinkId, Link>,
    policies: &Arena<PolicyId, Policy>,
) -> Vec<Indicator> {
    let names = top.entries("indicators").map(|(name, _)| name.as_str()).collect();
    let choice = Choice { links, policies, names };
    let mut indicators = Vec::new();
    for (name, reader) in each(top, "indicators", "indicator") {
        let Some(reader) = reader else { continue };
        let title = reader.text("title").unwrap_or(name).to_owned();
        for (key, example) in [("measure", "\"supply\""), ("unit", "\"TWh\"")] {
            if !reader.table().contains_key(key) {
                reader.missing(key, example);
            }
        }
        let unit = reader.text("unit").unwrap_or("1").to_owned();
        let headline = reader.flag("headline", false);
        let Some(kind) = reader.choice("measure", &KINDS) else { continue };
        let (measure, target) = measure(kind, &reader, scope, &choice, &unit);
        let factor = match target {
            Some((target, content)) => label_factor(scope, &unit, &target, content, reader.place("unit")),
            None => Some(1.0),
        };
        reader.finish();
        indicators.push(Indicator {
            name: name.clone(),
            title,
            headline,
            factor: factor.unwrap_or(1.0),
            unit,
            measure,
        });
    }
    indicators
}

/// An internal unit with what volumes and masses are worth in it.
type Scale = Option<(Target, Content)>;

fn annual(facts: &CommodityFacts) -> Scale {
    Some((targets::annual(facts.measure), facts.content))
}

fn measure(kind: Kind, reader: &Reader, scope: &Scope, choice: &Choice, unit: &str) -> (IndicatorMeasure, Scale) {
    let none = Content::default();
    let money = Some((Target::new("an amount of money", "2 BUSD", Dimension::MONEY, 1.0), none));
    match kind {
        Kind::Supply | Kind::Use => {
            let (pattern, facts) = pattern(reader, scope);
            let measure = match kind {
                Kind::Supply => IndicatorMeasure::Supply(pattern),
                _ => IndicatorMeasure::Use(pattern),
            };
            (measure, annual(&facts))
        }
        Kind::Capacity => {
            let patterns = reader.texts("technologies");
            if patterns.is_none() {
                reader.missing("technologies", "[\"solar\"]");
            }
            let technologies = scope.technologies.resolve_all(scope.desk, &patterns.unwrap_or_default());
            // The unit says whether capacity is counted in energy or mass.
            let energy = targets::capacity(Measure::Energy);
            let is_energy = parse(&format!("1 {unit}"), &scope.desk.currencies.borrow())
                .is_ok_and(|quantity| energy.convert(quantity, none).is_ok());
            let target = if is_energy { energy } else { targets::capacity(Measure::Mass) };
            (IndicatorMeasure::Capacity(technologies, scope.zone_list(reader)), Some((target, none)))
        }
        Kind::Emissions => {
            (IndicatorMeasure::Emissions(emission_scope(reader, scope)), Some((targets::emissions(), none)))
        }
        Kind::Trade => {
            let patterns = reader.texts("markets");
            if patterns.is_none() {
                reader.missing("markets", "[\"china\"]");
            }
            let markets = scope.markets.resolve_all(scope.desk, &patterns.unwrap_or_default());
            let facts = commodity_of_markets(scope, &markets);
            (IndicatorMeasure::Trade(markets), annual(&facts))
        }
        Kind::LinkFlow => link_flow(reader, scope, choice),
        Kind::LinkUtilisation => {
            let link = scope.one(reader, "link", &scope.links, "\"north-south\"").unwrap_or(LinkId::new(0));
            (IndicatorMeasure::LinkUtilisation(link), Some((targets::fraction(), none)))
        }
        Kind::Cumulative => {
            let of = other(reader, choice, "of");
            let start = reader.entry("start").map_or(0.0, |entry| in_unit(reader, scope, &entry.node, unit));
            (IndicatorMeasure::Cumulative { of, start }, None)
        }
        Kind::Ratio => {
            let measure = IndicatorMeasure::Ratio { of: other(reader, choice, "of"), by: other(reader, choice, "by") };
            (measure, Some((targets::fraction(), none)))
        }
        Kind::Price => {
            let (id, facts) = commodity(reader, scope);
            let measure = IndicatorMeasure::Price(id, scope.zone_list(reader));
            (measure, Some((targets::price(facts.measure), facts.content)))
        }
        Kind::PolicyPrice => policy_price(reader, scope, choice),
        Kind::SystemCost => (IndicatorMeasure::SystemCost, money),
        Kind::Investment => (IndicatorMeasure::Investment, money),
        Kind::Unserved => {
            let (id, facts) = commodity(reader, scope);
            (IndicatorMeasure::Unserved(id), annual(&facts))
        }
        Kind::Given => {
            let values = given(reader, scope, unit);
            (IndicatorMeasure::Given(values), None)
        }
    }
}

/// Rows of the flow table: a commodity, zones, and patterns for technologies.
fn pattern(reader: &Reader, scope: &Scope) -> (FlowPattern, CommodityFacts) {
    let (id, facts) = commodity(reader, scope);
    let texts = |key| -> Vec<String> {
        reader.texts(key).unwrap_or_default().into_iter().map(|(text, _)| text.to_owned()).collect()
    };
    let include = match reader.texts("technologies") {
        None => vec!["*".to_owned()],
        Some(named) => {
            // Names of technologies are checked; rows of markets, links and demands have a prefix.
            for (name, span) in named.iter().filter(|(name, _)| !name.contains([':', '*'])) {
                scope.technologies.resolve(scope.desk, name, *span);
            }
            named.into_iter().map(|(name, _)| name.to_owned()).collect()
        }
    };
    (FlowPattern { commodity: id, zones: scope.zone_list(reader), include, except: texts("except") }, facts)
}

fn link_flow(reader: &Reader, scope: &Scope, choice: &Choice) -> (IndicatorMeasure, Scale) {
    let link = scope.one(reader, "link", &scope.links, "\"north-south\"");
    let carried = link
        .filter(|id| id.position() < choice.links.len())
        .map(|id| choice.links[id].commodities.clone())
        .unwrap_or_default();
    let commodities = match reader.texts("commodities") {
        Some(patterns) => scope.commodities.resolve_all(scope.desk, &patterns),
        None => carried.clone(),
    };
    if let Some(stray) = commodities.iter().find(|id| link.is_some() && !carried.contains(id)) {
        let name = scope.commodities.iter().find(|(id, _)| id == stray).map_or("", |(_, name)| name);
        reader.wrong("commodities", format!("the link does not carry `{name}`"), "name what the link carries");
    }
    let facts = commodities.first().map(|id| scope.facts(*id)).unwrap_or_default();
    (IndicatorMeasure::LinkFlow(link.unwrap_or(LinkId::new(0)), commodities), annual(&facts))
}

fn policy_price(reader: &Reader, scope: &Scope, choice: &Choice) -> (IndicatorMeasure, Scale) {
    let patterns = reader.texts("policies");
    if patterns.is_none() {
        reader.missing("policies", "[\"cap\"]");
    }
    // A policy that a scenario has not, or has switched off, sets no price: no error.
    let names: Vec<&str> = patterns.unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    let fits = |name: &str| names.iter().any(|pattern| super::super::names::matches(pattern, name));
    let policies: Vec<PolicyId> = scope.policies.iter().filter(|(_, name)| fits(name)).map(|(id, _)| id).collect();
    let is_on_emissions = policies.iter().all(|&id| {
        matches!(
            choice.policies[id].rule,
            Rule::EmissionCap { .. } | Rule::EmissionBudget { .. } | Rule::EmissionPrice { .. }
        )
    });
    let target = if is_on_emissions { targets::emission_price() } else { targets::price(Measure::Energy) };
    (IndicatorMeasure::PolicyPrice(policies), Some((target, Content::default())))
}

/// The name of another indicator.
fn other(reader: &Reader, choice: &Choice, key: &'static str) -> String {
    if !reader.table().contains_key(key) {
        reader.missing(key, "\"electricity_generation_twh\"");
    }
    let name = reader.text(key).unwrap_or_default();
    if !name.is_empty() && !choice.names.contains(&name) {
        let error = Diagnostic::error(reader.place(key), format!("there is no indicator `{name}`")).following();
        reader.desk.report(match nearest(name, &choice.names) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("name another entry of [indicators]"),
        });
    }
    name.to_owned()
}

/// A quantity in the unit of the indicator itself.
fn in_unit(reader: &Reader, scope: &Scope, node: &super::Node, unit: &str) -> f64 {
    let unit_of = parse(&format!("1 {unit}"), &scope.desk.currencies.borrow());
    let Ok(one) = unit_of else { return 0.0 };
    let target = Target {
        what: "a value in the unit of the indicator",
        example: "480 bcm",
        accepts: vec![(one.dimension, 1.0 / one.value)],
    };
    let _ = reader;
    scope.desk.quantity(node, &target, Content::default()).unwrap_or(0.0)
}

fn given(reader: &Reader, scope: &Scope, unit: &str) -> PerYear {
    let Some(entry) = reader.entry("values") else {
        reader.missing("values", "{ 2025 = \"480 bcm\" }");
        return scope.constant(0.0);
    };
    if let Value::Table(table) = &entry.node.value {
        let points = table.iter().filter_map(|(key, entry)| {
            Some((super::super::tree::year(key)?, in_unit(reader, scope, &entry.node, unit)))
        });
        return super::super::series::Series::new(points.collect()).over(scope.horizon);
    }
    scope.constant(in_unit(reader, scope, &entry.node, unit))
}
