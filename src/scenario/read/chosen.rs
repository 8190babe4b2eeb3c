//! What rules and indicators choose by name: processes, links, markets, emissions.

use super::scope::CommodityFacts;
use super::{Reader, Scope};
use crate::diagnostics::Diagnostic;
use crate::model::*;

/// What rules choose from.
pub struct Choice<'a> {
    /// All processes.
    pub processes: &'a Arena<ProcessId, Process>,
    /// All links.
    pub links: &'a Arena<LinkId, Link>,
}

/// Markets named, and facts on what the first of them trades.
pub fn markets(reader: &Reader, scope: &Scope) -> (Vec<MarketId>, CommodityFacts) {
    let markets = scope.several(reader, "markets", &scope.markets, "[\"china\"]");
    let traded = |id: &MarketId| scope.market_commodities.get(id.position()).map(|&id| scope.facts(id));
    let wrong =
        ("these markets do not all trade in one measure: energy, mass or distance", "name markets of one measure");
    let facts = of_one_measure(reader, "markets", markets.iter().filter_map(traded), wrong);
    (markets, facts)
}

/// The first of some facts; energy, mass and distance can not be added up.
pub fn of_one_measure(
    reader: &Reader,
    key: &'static str,
    mut all: impl Iterator<Item = CommodityFacts>,
    (message, help): (&str, &str),
) -> CommodityFacts {
    let first = all.next().unwrap_or_default();
    if all.any(|facts| facts.measure != first.measure) {
        reader.wrong(key, message, help);
    }
    first
}

/// Pollutants, zones and sectors that a rule on emissions counts.
pub fn emission_scope(reader: &Reader, scope: &Scope) -> EmissionScope {
    let in_co2e = reader.flag("co2e", false);
    let named = reader.names("pollutants");
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
pub fn commodity(reader: &Reader, scope: &Scope) -> (CommodityId, CommodityFacts) {
    let id = scope.one(reader, "commodity", &scope.commodities, "\"electricity\"");
    (id.unwrap_or(CommodityId::new(0)), id.map(|id| scope.facts(id)).unwrap_or_default())
}

/// Processes of the technologies named under a key, in the zones named under `zones`.
pub fn processes(reader: &Reader, scope: &Scope, choice: &Choice, key: &'static str) -> Vec<ProcessId> {
    let zones = scope.zone_list(reader);
    let technologies = scope.several(reader, key, &scope.technologies, "[\"solar\", \"wind\"]");
    let is_chosen = |p: &Process| technologies.contains(&p.technology) && zones.contains(&p.zone);
    choice.processes.iter().filter(|(_, p)| is_chosen(p)).map(|(id, _)| id).collect()
}

/// Fleets of the technologies and links named, and what they are counted in.
pub fn fleets(reader: &Reader, scope: &Scope, choice: &Choice) -> (Vec<FleetId>, Measure) {
    let mut fleets = Vec::new();
    let mut measure = None;
    let mut units = Vec::new();
    let has = |key: &str| reader.table().contains_key(key);
    if has("technologies") || !has("links") {
        for id in processes(reader, scope, choice, "technologies") {
            let process = &choice.processes[id];
            units.push(process.measure);
            measure = measure.or(units.last().copied());
            fleets.push(process.fleet);
        }
    } else {
        scope.zone_list(reader);
    }
    // All patterns at once: a link that two of them name counts once.
    let named = scope.links.resolve_all(scope.desk, &reader.names("links").unwrap_or_default());
    for id in named.into_iter().filter(|id| id.position() < choice.links.len()) {
        let link = &choice.links[id];
        let carried = link.commodities.first().map(|id| scope.facts(*id).measure);
        units.extend(carried);
        measure = measure.or(carried);
        fleets.push(link.fleet);
    }
    let measure = measure.unwrap_or(Measure::Energy);
    if units.iter().any(|unit| *unit != measure) {
        let message = "these capacities are not all counted in one measure: energy, mass or distance";
        scope.desk.report(Diagnostic::error(reader.span, message).help("name technologies and links of one measure"));
    }
    (fleets, measure)
}

/// Links named, the commodities counted of what they carry, and facts on the first of these.
pub fn links_carrying(
    reader: &Reader,
    scope: &Scope,
    choice: &Choice,
) -> (Vec<LinkId>, Vec<CommodityId>, CommodityFacts) {
    let links = scope.several(reader, "links", &scope.links, "[\"north-south\"]");
    let known = links.iter().filter(|id| id.position() < choice.links.len());
    let carried: Vec<CommodityId> = known.flat_map(|&id| choice.links[id].commodities.clone()).collect();
    let commodities = counted_of(reader, scope, carried);
    let wrong = ("these links do not all carry one measure: energy, mass or distance", "name links of one measure");
    let facts = of_one_measure(reader, "links", commodities.iter().map(|&id| scope.facts(id)), wrong);
    (links, commodities, facts)
}

/// Of the commodities that links carry, those named under `commodities`; all of them by default.
pub fn counted_of(reader: &Reader, scope: &Scope, carried: Vec<CommodityId>) -> Vec<CommodityId> {
    let Some(patterns) = reader.names("commodities") else { return carried };
    let counted = scope.commodities.resolve_all(scope.desk, &patterns);
    if let Some(stray) = counted.iter().find(|id| !carried.is_empty() && !carried.contains(id)) {
        let name = scope.commodities.iter().find(|(id, _)| id == stray).map_or("", |(_, name)| name);
        reader.wrong("commodities", format!("`{name}` is not carried there"), "name what the link carries");
    }
    counted
}
