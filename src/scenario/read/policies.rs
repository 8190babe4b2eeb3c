//! `[policies.NAME]`.

use super::limits::{self, Span};
use super::scope::CommodityFacts;
use super::{Entry, Reader, Scope, each};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::names::matches;
use crate::scenario::targets;
use crate::units::{Content, Target};

/// What policies choose from.
struct Choice<'a> {
    processes: &'a Arena<ProcessId, Process>,
    links: &'a Arena<LinkId, Link>,
}

/// Kinds of policies.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    EmissionCap,
    EmissionBudget,
    EmissionPrice,
    ActivityLimit,
    CapacityLimit,
    BuildLimit,
    GrowthLimit,
    Share,
    TradeLimit,
    PlanningReserve,
}

const KINDS: [(&str, Kind); 10] = [
    ("emission-cap", Kind::EmissionCap),
    ("emission-budget", Kind::EmissionBudget),
    ("emission-price", Kind::EmissionPrice),
    ("activity-limit", Kind::ActivityLimit),
    ("capacity-limit", Kind::CapacityLimit),
    ("build-limit", Kind::BuildLimit),
    ("growth-limit", Kind::GrowthLimit),
    ("share", Kind::Share),
    ("trade-limit", Kind::TradeLimit),
    ("planning-reserve", Kind::PlanningReserve),
];

/// Reads `[policies]`; those that are not enabled are checked and left out.
pub fn read(
    top: &Reader,
    scope: &mut Scope,
    processes: &Arena<ProcessId, Process>,
    links: &Arena<LinkId, Link>,
) -> Arena<PolicyId, Policy> {
    let choice = Choice { processes, links };
    let mut policies = Arena::new();
    for (name, reader) in each(top, "policies", "policy") {
        let Some(reader) = reader else { continue };
        let title = reader.text("title").unwrap_or(name).to_owned();
        let enabled = reader.flag("enabled", true);
        if !reader.table().contains_key("kind") {
            reader.missing("kind", "\"emission-cap\"");
        }
        let Some(kind) = reader.choice("kind", &KINDS) else { continue };
        let (rule, slack) = rule(kind, &reader, scope, &choice);
        let slack_cost = reader.bounded("slack-cost", &slack.0, slack.1, 0.0..=f64::INFINITY);
        if slack_cost.is_some() && matches!(kind, Kind::EmissionPrice | Kind::GrowthLimit) {
            reader.wrong("slack-cost", "this kind of policy can not be soft", "leave `slack-cost` out");
        }
        reader.finish();
        if enabled {
            policies.push(Policy { name: name.clone(), title, rule, slack_cost });
            scope.policy_prices.push(slack);
        }
    }
    scope.policies = super::Names::new("policy", policies.values().map(|policy: &Policy| policy.name.clone()));
    policies
}

/// Reads what a policy rules, and in what unit a violation is priced.
fn rule(kind: Kind, reader: &Reader, scope: &Scope, choice: &Choice) -> (Rule, (Target, Content)) {
    let span = Span::read(reader);
    let none = Content::default();
    match kind {
        Kind::EmissionCap => {
            let emissions = emission_scope(reader, scope);
            let limits = limits::read(reader, scope, span, &targets::emissions(), none);
            (Rule::EmissionCap { scope: emissions, limits }, (targets::emission_price(), none))
        }
        Kind::EmissionBudget => {
            let emissions = emission_scope(reader, scope);
            if !reader.table().contains_key("budget") {
                reader.missing("budget", "\"2.5 Gt\"");
            }
            let budget = reader.quantity("budget", &targets::budget(), none).unwrap_or(0.0);
            if !scope.horizon.values().any(|m| m.first <= span.to && span.from <= m.last) {
                reader.wrong("from", "the budget counts no year of the horizon", "let `from` and `to` reach into it");
            }
            let rule = Rule::EmissionBudget { scope: emissions, from: span.from, to: span.to, budget };
            (rule, (targets::emission_price(), none))
        }
        Kind::EmissionPrice => {
            let emissions = emission_scope(reader, scope);
            if !reader.table().contains_key("price") {
                reader.missing("price", "{ 2025 = \"5 USD/t\", 2060 = \"150 USD/t\" }");
            }
            let series = reader.series("price", &targets::emission_price(), none);
            let price = scope.over(series, 0.0);
            let price = price.iter().map(|(y, p)| if span.holds(scope.horizon[y].year) { *p } else { 0.0 }).collect();
            (Rule::EmissionPrice { scope: emissions, price }, (targets::emission_price(), none))
        }
        Kind::ActivityLimit => {
            let (commodity, facts) = commodity(reader, scope);
            let processes = processes(reader, scope, choice, "technologies");
            let limits = limits::read(reader, scope, span, &targets::annual(facts.measure), facts.content);
            let slack = (targets::price(facts.measure), facts.content);
            (Rule::ActivityLimit { processes, commodity, limits }, slack)
        }
        Kind::CapacityLimit => {
            let (fleets, measure) = fleets(reader, scope, choice);
            let limits = limits::read(reader, scope, span, &targets::capacity(measure), none);
            (Rule::CapacityLimit { fleets, limits }, (targets::fixed_cost(measure), none))
        }
        Kind::BuildLimit => {
            let (fleets, measure) = fleets(reader, scope, choice);
            let limits = limits::read(reader, scope, span, &targets::build_rate(measure), none);
            (Rule::BuildLimit { fleets, limits }, (targets::capital_cost(measure), none))
        }
        Kind::GrowthLimit => {
            let (fleets, measure) = fleets(reader, scope, choice);
            for (key, example) in [("rate", "0.2"), ("seed", "\"0.2 GW/yr\"")] {
                if !reader.table().contains_key(key) {
                    reader.missing(key, example);
                }
            }
            let range = 0.0..=f64::INFINITY;
            let rate = reader.bounded("rate", &targets::yearly_rate(), none, range.clone()).unwrap_or(0.0);
            let seed = reader.bounded("seed", &targets::build_rate(measure), none, range).unwrap_or(0.0);
            let rule = Rule::GrowthLimit { fleets, from: span.from, to: span.to, rate, seed };
            (rule, (targets::capital_cost(measure), none))
        }
        Kind::Share => {
            let (commodity, facts) = commodity(reader, scope);
            let of = processes(reader, scope, choice, "technologies");
            let within = if reader.entry("of").is_some() {
                processes(reader, scope, choice, "of")
            } else {
                let zones = scope.zone_list(reader);
                let supplies = |p: &Process| zones.contains(&p.zone) && p.supplies(commodity) && p.storage.is_none();
                choice.processes.iter().filter(|(_, p)| supplies(p)).map(|(id, _)| id).collect()
            };
            let limits = limits::read(reader, scope, span, &targets::fraction(), none);
            let bounds = limits.min.values().chain(limits.max.values()).flatten();
            if bounds.clone().any(|share| !(0.0..=1.0).contains(share)) {
                let key = if reader.table().contains_key("min") { "min" } else { "max" };
                reader.wrong(key, "a share lies between 0 and 1", "write 0.25 or \"25 %\"");
            }
            let slack = (targets::price(facts.measure), facts.content);
            (Rule::Share { of, within, commodity, limits }, slack)
        }
        Kind::TradeLimit => trade_limit(reader, scope, span),
        Kind::PlanningReserve => planning_reserve(reader, scope, span),
    }
}

fn trade_limit(reader: &Reader, scope: &Scope, span: Span) -> (Rule, (Target, Content)) {
    let patterns = reader.texts("markets");
    if patterns.is_none() {
        reader.missing("markets", "[\"china\"]");
    }
    let markets = scope.markets.resolve_all(scope.desk, &patterns.unwrap_or_default());
    let facts = commodity_of_markets(reader, scope, &markets);
    let limits = limits::read(reader, scope, span, &targets::annual(facts.measure), facts.content);
    (Rule::TradeLimit { markets, limits }, (targets::price(facts.measure), facts.content))
}

/// Facts on what the first of some markets trades; markets that trade energy and mass can not be added up.
pub(super) fn commodity_of_markets(reader: &Reader, scope: &Scope, markets: &[MarketId]) -> CommodityFacts {
    let traded = |id: &MarketId| scope.market_commodities.get(id.position()).copied();
    let mut all = markets.iter().filter_map(traded).map(|id| scope.facts(id));
    let first = all.next().unwrap_or_default();
    if all.any(|facts| facts.measure != first.measure) {
        reader.wrong("markets", "some of these markets trade energy, others mass", "name markets of one measure");
    }
    first
}

fn planning_reserve(reader: &Reader, scope: &Scope, span: Span) -> (Rule, (Target, Content)) {
    let (commodity, facts) = commodity(reader, scope);
    let zones = scope.zone_list(reader);
    if !reader.table().contains_key("margin") {
        reader.missing("margin", "0.15");
    }
    let series = reader.bounded_series("margin", &targets::fraction(), Content::default(), -1.0..=10.0);
    let margin = |m: &Milestone| series.as_ref().map(|s| s.at(m.year)).filter(|_| span.holds(m.year));
    let margin = scope.horizon.values().map(margin).collect();
    let mut links = Vec::new();
    for (name, Entry { key, node }) in reader.entries("links") {
        let link = scope.links.resolve(scope.desk, name, *key);
        let credit = scope.desk.quantity(node, &targets::fraction(), Content::default());
        links.extend(link.zip(credit));
    }
    (Rule::PlanningReserve { commodity, zones, margin, links }, (targets::fixed_cost(facts.measure), facts.content))
}

/// Pollutants, zones and sectors that a rule on emissions counts.
pub(super) fn emission_scope(reader: &Reader, scope: &Scope) -> EmissionScope {
    let in_co2e = reader.flag("co2e", false);
    let named = reader.texts("pollutants");
    let mut pollutants: Vec<PollutantId> = Vec::new();
    match named {
        Some(names) => pollutants = scope.pollutants.resolve_all(scope.desk, &names),
        None if in_co2e => pollutants = scope.pollutants.iter().map(|(id, _)| id).collect(),
        None => reader.missing("pollutants", "[\"co2\"]"),
    }
    let weight = |id: PollutantId| if in_co2e { scope.gwp(id) } else { 1.0 };
    EmissionScope {
        pollutants: pollutants.into_iter().map(|id| (id, weight(id))).collect(),
        zones: scope.zone_list(reader),
        sectors: scope.sector_list(reader),
    }
}

/// The commodity a rule counts.
pub(super) fn commodity(reader: &Reader, scope: &Scope) -> (CommodityId, CommodityFacts) {
    let id = scope.one(reader, "commodity", &scope.commodities, "\"electricity\"");
    (id.unwrap_or(CommodityId::new(0)), id.map(|id| scope.facts(id)).unwrap_or_default())
}

/// Processes of the technologies named under a key, in the zones named under `zones`.
fn processes(reader: &Reader, scope: &Scope, choice: &Choice, key: &'static str) -> Vec<ProcessId> {
    let zones = scope.zone_list(reader);
    let Some(patterns) = reader.texts(key) else {
        reader.missing(key, "[\"solar\", \"wind\"]");
        return Vec::new();
    };
    let technologies = scope.technologies.resolve_all(scope.desk, &patterns);
    let is_chosen = |p: &Process| technologies.contains(&p.technology) && zones.contains(&p.zone);
    choice.processes.iter().filter(|(_, p)| is_chosen(p)).map(|(id, _)| id).collect()
}

/// Fleets of the technologies and links named, and what they are counted in.
fn fleets(reader: &Reader, scope: &Scope, choice: &Choice) -> (Vec<FleetId>, Measure) {
    let mut fleets = Vec::new();
    let mut measure = None;
    let mut units = Vec::new();
    let measure_of = |unit: &str| if unit == Measure::Mass.rate_unit() { Measure::Mass } else { Measure::Energy };
    let has = |key: &str| reader.table().contains_key(key);
    if has("technologies") || !has("links") {
        for id in processes(reader, scope, choice, "technologies") {
            let process = &choice.processes[id];
            units.push(measure_of(process.capacity_unit));
            measure = measure.or(units.last().copied());
            fleets.push(process.fleet);
        }
    } else {
        reader.entry("technologies");
        scope.zone_list(reader);
    }
    for (pattern, place) in reader.texts("links").unwrap_or_default() {
        scope.links.resolve_all(scope.desk, &[(pattern, place)]);
        for link in choice.links.values().filter(|link| matches(pattern, &link.name)) {
            let carried = link.commodities.first().map(|id| scope.facts(*id).measure);
            units.extend(carried);
            measure = measure.or(carried);
            fleets.push(link.fleet);
        }
    }
    let measure = measure.unwrap_or(Measure::Energy);
    if units.iter().any(|unit| *unit != measure) {
        let message = "some of these capacities are counted in energy, others in mass";
        scope.desk.report(Diagnostic::error(reader.span, message).help("name technologies and links of one measure"));
    }
    (fleets, measure)
}
