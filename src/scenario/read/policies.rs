//! `[policies.NAME]`.

use super::chosen::{self, Choice, commodity, emission_scope, links_carrying, processes};
use super::fleets;
use super::limits::{self, Span};
use super::{Entry, Reader, Scope, each};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::targets;
use crate::units::{Content, Target};

/// Kinds of policies.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    EmissionCap,
    EmissionBudget,
    EmissionPrice,
    ActivityLimit,
    ActivityBudget,
    ActivityGrowth,
    CapacityLimit,
    BuildLimit,
    GrowthLimit,
    Share,
    FlowLimit,
    TradeLimit,
    PlanningReserve,
}

const KINDS: [(&str, Kind); 13] = [
    ("emission-cap", Kind::EmissionCap),
    ("emission-budget", Kind::EmissionBudget),
    ("emission-price", Kind::EmissionPrice),
    ("activity-limit", Kind::ActivityLimit),
    ("activity-budget", Kind::ActivityBudget),
    ("activity-growth", Kind::ActivityGrowth),
    ("capacity-limit", Kind::CapacityLimit),
    ("build-limit", Kind::BuildLimit),
    ("growth-limit", Kind::GrowthLimit),
    ("share", Kind::Share),
    ("flow-limit", Kind::FlowLimit),
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
        if slack_cost.is_some() && matches!(kind, Kind::EmissionPrice | Kind::ActivityGrowth | Kind::GrowthLimit) {
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
            span.check_counts(reader, scope);
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
            let processes = processes(reader, scope, choice, "technologies");
            let (commodity, measure, content) = amount(reader, scope, choice, &processes);
            let limits = limits::read(reader, scope, span, &targets::annual(measure), content);
            (Rule::ActivityLimit { processes, commodity, limits }, (targets::price(measure), content))
        }
        Kind::ActivityBudget => activity_budget(reader, scope, choice, span),
        Kind::ActivityGrowth => activity_growth(reader, scope, choice, span),
        Kind::CapacityLimit => {
            let (fleets, measure) = chosen::fleets(reader, scope, choice);
            let limits = limits::read(reader, scope, span, &targets::capacity(measure), none);
            (Rule::CapacityLimit { fleets, limits }, (targets::fixed_cost(measure), none))
        }
        Kind::BuildLimit => {
            let (fleets, measure) = chosen::fleets(reader, scope, choice);
            let limits = limits::read(reader, scope, span, &targets::build_rate(measure), none);
            (Rule::BuildLimit { fleets, limits }, (targets::capital_cost(measure), none))
        }
        Kind::GrowthLimit => {
            let (fleets, measure) = chosen::fleets(reader, scope, choice);
            let rate = rate(reader);
            if !reader.table().contains_key("seed") {
                reader.missing("seed", "\"0.2 GW/yr\"");
            }
            let range = 0.0..=f64::INFINITY;
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
        Kind::FlowLimit => {
            let (links, commodities, facts) = links_carrying(reader, scope, choice);
            let limits = limits::read(reader, scope, span, &targets::annual(facts.measure), facts.content);
            (Rule::FlowLimit { links, commodities, limits }, (targets::price(facts.measure), facts.content))
        }
        Kind::TradeLimit => trade_limit(reader, scope, span),
        Kind::PlanningReserve => planning_reserve(reader, scope, choice, span),
    }
}

fn trade_limit(reader: &Reader, scope: &Scope, span: Span) -> (Rule, (Target, Content)) {
    let (markets, facts) = chosen::markets(reader, scope);
    let limits = limits::read(reader, scope, span, &targets::annual(facts.measure), facts.content);
    (Rule::TradeLimit { markets, limits }, (targets::price(facts.measure), facts.content))
}

/// What the activity of some processes measures; stores have none, and energy and mass can not be added up.
fn activity_measure(reader: &Reader, choice: &Choice, processes: &[ProcessId]) -> Measure {
    if processes.iter().any(|&id| choice.processes[id].storage.is_some()) {
        reader.wrong("technologies", "a store has no activity", "name the `commodity` that is counted");
    }
    let mut measures = processes.iter().map(|&id| choice.processes[id].measure);
    let first = measures.next().unwrap_or(Measure::Energy);
    if measures.any(|measure| measure != first) {
        let message = "the activity of these technologies is not all of one measure: energy, mass or distance";
        reader.wrong("technologies", message, "name technologies of one measure, or the `commodity` that is counted");
    }
    first
}

/// What a rule on a commodity, or on activity itself, counts of some processes.
fn amount(
    reader: &Reader,
    scope: &Scope,
    choice: &Choice,
    processes: &[ProcessId],
) -> (Option<CommodityId>, Measure, Content) {
    if reader.entry("commodity").is_some() {
        let (commodity, facts) = commodity(reader, scope);
        (Some(commodity), facts.measure, facts.content)
    } else {
        (None, activity_measure(reader, choice, processes), Content::default())
    }
}

/// Growth per year.
fn rate(reader: &Reader) -> f64 {
    if !reader.table().contains_key("rate") {
        reader.missing("rate", "0.2");
    }
    fleets::growth_rate(reader, "rate").unwrap_or(0.0)
}

fn activity_growth(reader: &Reader, scope: &Scope, choice: &Choice, span: Span) -> (Rule, (Target, Content)) {
    let processes = processes(reader, scope, choice, "technologies");
    let (commodity, measure, content) = amount(reader, scope, choice, &processes);
    let rate = rate(reader);
    let yearly = |key| reader.bounded(key, &targets::annual(measure), content, 0.0..=f64::INFINITY);
    let (seed, amount, year) = (yearly("seed").unwrap_or(0.0), yearly("start"), reader.year("start-year"));
    match (reader.table().get("start"), reader.table().get("start-year")) {
        (Some(_), None) => reader.missing("start-year", "2020"),
        (None, Some(_)) => reader.missing("start", "\"105 TWh/yr\""),
        _ => {}
    }
    if let (Some(year), Some(first)) = (year, scope.horizon.values().next())
        && year >= first.year
    {
        let message = format!("{year} is not before the first milestone year, {}", first.year);
        reader.wrong("start-year", message, "give a year before the pathway, and what there was in it");
    }
    let start = year.zip(amount);
    let rule = Rule::ActivityGrowth { processes, commodity, from: span.from, to: span.to, rate, seed, start };
    (rule, (targets::price(measure), content))
}

fn activity_budget(reader: &Reader, scope: &Scope, choice: &Choice, span: Span) -> (Rule, (Target, Content)) {
    let processes = processes(reader, scope, choice, "technologies");
    let measure = activity_measure(reader, choice, &processes);
    let bound = |key| reader.bounded(key, &targets::total(measure), Content::default(), 0.0..=f64::INFINITY);
    let (most, least) = (bound("max"), bound("min"));
    let has = |key: &str| reader.table().contains_key(key);
    match (has("max"), has("min")) {
        (false, false) => reader.missing("max", "\"500 TWh\""),
        (true, true) => reader.wrong("min", "both `max` and `min` are given", "write a policy for each of them"),
        _ => {}
    }
    span.check_counts(reader, scope);
    let rule = Rule::ActivityBudget {
        processes,
        from: span.from,
        to: span.to,
        budget: most.or(least).unwrap_or(0.0),
        upper: has("max"),
    };
    (rule, (targets::price(measure), Content::default()))
}

fn planning_reserve(reader: &Reader, scope: &Scope, choice: &Choice, span: Span) -> (Rule, (Target, Content)) {
    let (commodity, facts) = commodity(reader, scope);
    let zones = scope.zone_list(reader);
    let peak = reader.choice("peak", &[("demand", PeakOf::Load), ("supply", PeakOf::Supply)]).unwrap_or(PeakOf::Load);
    let processes = reader.entry("technologies").is_some().then(|| processes(reader, scope, choice, "technologies"));
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
        if credit.is_some_and(|credit| !(0.0..=1.0).contains(&credit)) {
            let error = Diagnostic::error(node.span, format!("the credit of link `{name}` lies between 0 and 1"));
            scope.desk.report(error.help("write the part of its capacity that counts: 0.5"));
        }
        links.extend(link.zip(credit));
    }
    let rule = Rule::PlanningReserve { commodity, zones, peak, processes, margin, links };
    (rule, (targets::fixed_cost(facts.measure), facts.content))
}
