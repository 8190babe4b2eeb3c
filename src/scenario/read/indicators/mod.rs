//! `[indicators.NAME]`.

pub mod composed;
mod patterns;

pub use patterns::parties;

use super::chosen::{commodity, counted_of, emission_scope, markets};
use super::commodities::label_factor;
use super::scope::CommodityFacts;
use super::{Reader, Scope, each};
use crate::model::*;
use crate::scenario::names::matches;
use crate::scenario::targets;
use crate::units::{Content, Dimension, Target};

/// What indicators choose from.
pub struct Choice<'a> {
    links: &'a Arena<LinkId, Link>,
    /// Names that the flow table may hold.
    parties: Vec<String>,
    /// The indicators themselves, each with the text of its unit.
    pub others: Vec<(&'a str, Option<&'a str>)>,
}

impl<'a> Choice<'a> {
    /// What a scenario has.
    pub fn new(top: &Reader<'a>, scope: &Scope, links: &'a Arena<LinkId, Link>) -> Self {
        Self { links, parties: patterns::parties(top, scope), others: composed::units(top) }
    }
}

/// Kinds of measures.
#[derive(Clone, Copy)]
pub enum Kind {
    Supply,
    Use,
    Peak,
    Capacity,
    Emissions,
    Trade,
    LinkFlow,
    LinkUtilisation,
    Cumulative,
    Ratio,
    Sum,
    Difference,
    Price,
    PolicyPrice,
    SystemCost,
    Investment,
    Unserved,
    Given,
}

/// Names of measures.
pub const KINDS: [(&str, Kind); 18] = [
    ("supply", Kind::Supply),
    ("use", Kind::Use),
    ("peak", Kind::Peak),
    ("capacity", Kind::Capacity),
    ("emissions", Kind::Emissions),
    ("trade", Kind::Trade),
    ("link-flow", Kind::LinkFlow),
    ("link-utilisation", Kind::LinkUtilisation),
    ("cumulative", Kind::Cumulative),
    ("ratio", Kind::Ratio),
    ("sum", Kind::Sum),
    ("difference", Kind::Difference),
    ("price", Kind::Price),
    ("policy-price", Kind::PolicyPrice),
    ("system-cost", Kind::SystemCost),
    ("investment", Kind::Investment),
    ("unserved", Kind::Unserved),
    ("given", Kind::Given),
];

/// Reads `[indicators]`.
pub fn read(top: &Reader, scope: &mut Scope, links: &Arena<LinkId, Link>) -> Vec<Indicator> {
    let choice = Choice::new(top, scope, links);
    let mut indicators = Vec::new();
    for (name, reader) in each(top, "indicators", "indicator") {
        let (indicator, values) = reader.and_then(|reader| one(name, reader, scope, &choice)).unzip();
        indicators.extend(indicator);
        scope.indicator_values.push(values.flatten());
    }
    let readers = each(top, "indicators", "indicator").filter_map(|(name, reader)| Some((name.as_str(), reader?)));
    composed::check_circles(readers, &indicators);
    indicators
}

/// Reads an indicator, and how its values may be written.
fn one(name: &str, reader: Reader, scope: &Scope, choice: &Choice) -> Option<(Indicator, Option<(Target, Content)>)> {
    let title = reader.text("title").unwrap_or(name).to_owned();
    for (key, example) in [("measure", "\"supply\""), ("unit", "\"TWh\"")] {
        if !reader.table().contains_key(key) {
            reader.missing(key, example);
        }
    }
    let unit = reader.text("unit").unwrap_or("1").to_owned();
    let headline = reader.flag("headline", false);
    let kind = reader.choice("measure", &KINDS)?;
    let (measure, scale) = measure(kind, &reader, scope, choice, &unit);
    let factor = scale.factor(&reader, scope, &unit);
    reader.finish();
    let values = factor.and_then(|factor| scale.values(scope, &unit, factor));
    let factor = factor.unwrap_or(1.0);
    Some((Indicator { name: name.to_owned(), title, headline, factor, unit, measure }, values))
}

/// How the internal value of a measure becomes one in the unit of the indicator.
pub enum Scale {
    /// The internal unit, with what volumes and masses are worth in it.
    Unit(Target, Content),
    /// A factor that is known.
    Factor(f64),
}

impl Scale {
    /// Multiplies the internal value; `None` for a unit that does not fit, which is reported.
    pub fn factor(&self, reader: &Reader, scope: &Scope, unit: &str) -> Option<f64> {
        match self {
            Scale::Unit(target, content) => label_factor(scope, unit, target, *content, reader.place("unit")),
            Scale::Factor(factor) => Some(*factor),
        }
    }

    /// How values may be written in the unit of the indicator, of which a `factor` make an internal unit; `None` for a unit that can not
    /// be read.
    fn values(self, scope: &Scope, unit: &str, factor: f64) -> Option<(Target, Content)> {
        let (target, content) = match self {
            Scale::Unit(target, content) => (target.times(factor), content),
            Scale::Factor(_) => (composed::target(composed::one(scope, unit).ok()?), Content::default()),
        };
        let example = if unit == "1" { "0.12".to_owned() } else { format!("12 {unit}") };
        Some((Target { example: example.into(), ..target }, content))
    }
}

fn annual(facts: &CommodityFacts) -> Scale {
    Scale::Unit(targets::annual(facts.measure), facts.content)
}

/// Reads what an indicator measures, in a unit.
pub fn measure(kind: Kind, reader: &Reader, scope: &Scope, choice: &Choice, unit: &str) -> (IndicatorMeasure, Scale) {
    let none = Content::default();
    let money = || {
        let target = Target::new("an amount of money", "2 BUSD", Dimension::MONEY, 1.0);
        Scale::Unit(target.or(Dimension::MONEY.per(Dimension::TIME), HOURS_PER_YEAR), none)
    };
    match kind {
        Kind::Supply | Kind::Use | Kind::Peak => {
            let (pattern, facts) = patterns::read(reader, scope, &choice.parties);
            match kind {
                Kind::Supply => (IndicatorMeasure::Supply(pattern), annual(&facts)),
                Kind::Use => (IndicatorMeasure::Use(pattern), annual(&facts)),
                _ => (IndicatorMeasure::Peak(pattern), Scale::Unit(targets::capacity(facts.measure), facts.content)),
            }
        }
        Kind::Capacity => {
            let technologies = scope.several(reader, "technologies", &scope.technologies, "[\"solar\"]");
            // The unit says what capacity is counted in.
            let ways = [Measure::Energy, Measure::Mass, Measure::Distance].map(targets::capacity);
            let one = composed::one(scope, unit).ok();
            let is_in = |target: &&Target| one.is_some_and(|one| target.convert(one, none).is_ok());
            let target = ways.iter().find(is_in).unwrap_or(&ways[0]).clone();
            (IndicatorMeasure::Capacity(technologies, scope.zone_list(reader)), Scale::Unit(target, none))
        }
        Kind::Emissions => {
            (IndicatorMeasure::Emissions(emission_scope(reader, scope)), Scale::Unit(targets::emissions(), none))
        }
        Kind::Trade => {
            let (markets, facts) = markets(reader, scope);
            (IndicatorMeasure::Trade(markets), annual(&facts))
        }
        Kind::LinkFlow => link_flow(reader, scope, choice),
        Kind::LinkUtilisation => {
            let link = scope.one(reader, "link", &scope.links, "\"north-south\"").unwrap_or(LinkId::new(0));
            (IndicatorMeasure::LinkUtilisation(link), Scale::Unit(targets::fraction(), none))
        }
        Kind::Cumulative => composed::cumulative(reader, scope, &choice.others, unit),
        Kind::Ratio => composed::ratio(reader, scope, &choice.others, unit),
        Kind::Sum => composed::sum(reader, scope, &choice.others, unit),
        Kind::Difference => composed::difference(reader, scope, &choice.others, unit),
        Kind::Price => {
            let (id, facts) = commodity(reader, scope);
            let measure = IndicatorMeasure::Price(id, scope.zone_list(reader));
            (measure, Scale::Unit(targets::price(facts.measure), facts.content))
        }
        Kind::PolicyPrice => policy_price(reader, scope),
        Kind::SystemCost => (IndicatorMeasure::SystemCost, money()),
        Kind::Investment => (IndicatorMeasure::Investment(investment(reader, scope)), money()),
        Kind::Unserved => {
            let (id, facts) = commodity(reader, scope);
            (IndicatorMeasure::Unserved(id), annual(&facts))
        }
        Kind::Given => (IndicatorMeasure::Given(composed::given(reader, scope, unit)), Scale::Factor(1.0)),
    }
}

fn link_flow(reader: &Reader, scope: &Scope, choice: &Choice) -> (IndicatorMeasure, Scale) {
    let link = scope.one(reader, "link", &scope.links, "\"north-south\"");
    let carried = link
        .filter(|id| id.position() < choice.links.len())
        .map(|id| choice.links[id].commodities.clone())
        .unwrap_or_default();
    let commodities = counted_of(reader, scope, carried);
    let facts = commodities.first().map(|id| scope.facts(*id)).unwrap_or_default();
    (IndicatorMeasure::LinkFlow(link.unwrap_or(LinkId::new(0)), commodities), annual(&facts))
}

/// Whose building counts, and who pays for it.
fn investment(reader: &Reader, scope: &Scope) -> InvestmentScope {
    let sources = reader.names("finance").map(|names| scope.finance.resolve_all(scope.desk, &names));
    let technologies = reader.names("technologies").map(|names| scope.technologies.resolve_all(scope.desk, &names));
    let links = reader.names("links").map(|names| scope.links.resolve_all(scope.desk, &names));
    let chosen = match (technologies, links) {
        (None, None) => None,
        (technologies, links) => Some((technologies.unwrap_or_default(), links.unwrap_or_default())),
    };
    let zones = reader.table().contains_key("zones");
    // Without the key money spent at the border counts too.
    let named = scope.zone_list(reader);
    InvestmentScope { sources, chosen, zones: zones.then_some(named) }
}

fn policy_price(reader: &Reader, scope: &Scope) -> (IndicatorMeasure, Scale) {
    let patterns = reader.names("policies");
    if patterns.is_none() {
        reader.missing("policies", "[\"cap\"]");
    }
    // A policy that a scenario has not, or has switched off, sets no price: no error.
    let names: Vec<&str> = patterns.unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    let fits = |name: &str| names.iter().any(|pattern| matches(pattern, name));
    let policies: Vec<PolicyId> = scope.policies.iter().filter(|(_, name)| fits(name)).map(|(id, _)| id).collect();
    let prices: Vec<_> = policies.iter().filter_map(|id| scope.policy_prices.get(id.position())).collect();
    let scale = match prices.first() {
        Some((target, content)) => Scale::Unit(target.clone(), *content),
        None => Scale::Factor(1.0),
    };
    if prices.windows(2).any(|pair| pair[0].0.accepts != pair[1].0.accepts) {
        reader.wrong("policies", "the prices of these policies have different units", "name policies of one kind");
    }
    (IndicatorMeasure::PolicyPrice(policies), scale)
}
