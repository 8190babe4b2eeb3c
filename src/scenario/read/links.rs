//! `[links.NAME]`.

use super::emissions::{self, YearlyReleases};
use super::fleets::{self, FleetDraft};
use super::scope::CommodityFacts;
use super::{Entry, Reader, Scope, each};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Links with their fleets, until assets have been added.
#[derive(Debug, Default)]
pub struct Links {
    drafts: Vec<(LinkId, Link, FleetDraft)>,
}

impl Links {
    /// The fleet of a link.
    pub fn fleet(&mut self, id: LinkId) -> Option<&mut FleetDraft> {
        self.drafts.iter_mut().find(|(link, ..)| *link == id).map(|(.., fleet)| fleet)
    }

    /// The links with their fleets.
    pub fn settle(self, scope: &Scope, fleets: &mut Arena<FleetId, Fleet>) -> Arena<LinkId, Link> {
        let mut links = Arena::new();
        for (id, mut link, fleet) in self.drafts {
            fleet.check(scope);
            link.fleet = fleets.push(fleet.settle(Owner::Link(id)));
            links.push(link);
        }
        links
    }
}

/// Reads `[links]`.
pub fn read(top: &Reader, scope: &mut Scope) -> Links {
    scope.links = super::names(top, "links", "link");
    let mut links = Links::default();
    for (position, (name, reader)) in each(top, "links", "link").enumerate() {
        let Some(reader) = reader else { continue };
        let (link, fleet) = one(name, &reader, scope);
        links.drafts.push((LinkId::new(position), link, fleet));
        reader.finish();
    }
    links
}

fn one(name: &str, reader: &Reader, scope: &Scope) -> (Link, FleetDraft) {
    let from = scope.one(reader, "from", &scope.zones, "\"north\"");
    let to = scope.one(reader, "to", &scope.zones, "\"south\"");
    if from.is_some() && from == to {
        reader.wrong("to", "the link ends where it begins", "name another zone");
    }
    // A link with a mistake is read to its end, so that all of its mistakes are found.
    let (from, to) = (from.unwrap_or(ZoneId::new(0)), to.unwrap_or(ZoneId::new(0)));
    let commodities = carried(reader, scope);
    let facts = commodities.first().map(|(_, facts)| facts.clone()).unwrap_or_default();
    let (measure, content) = (facts.measure, facts.content);
    let fleet = fleets::read(reader, scope, name, (measure, content), fleets::Kind::Link);
    let series = |key, target, range| reader.bounded_series(key, &target, content, range);
    let emissions = emissions::read(reader, scope, "emissions", measure, content);
    let default_zone = if scope.inner_zones.contains(&from) { from } else { to };
    let emission_zone = match reader.text("emission-zone") {
        Some(zone) => scope.zones.resolve(scope.desk, zone, reader.place("emission-zone")),
        None => None,
    };
    let carried: Vec<CommodityId> = commodities.iter().map(|(id, _)| *id).collect();
    let bidirectional = reader.flag("bidirectional", true);
    let entries: Vec<ZoneId> = if bidirectional { vec![from, to] } else { vec![from] };
    let own_use = own_use(reader, scope, &carried, measure, &entries);
    // What it takes for itself has to balance as well, in steps as fine as its own.
    let taken = own_use.iter().filter(|used| scope.is_balanced(used.commodity));
    let resolution = taken
        .map(|used| scope.facts(used.commodity).resolution)
        .chain(commodities.iter().map(|(_, facts)| facts.resolution))
        .min()
        .unwrap_or(Resolution::Hour);
    let link = Link {
        name: name.to_owned(),
        title: reader.text("title").unwrap_or(name).to_owned(),
        from,
        to,
        bidirectional,
        losses: scope.over(series("losses", targets::fraction(), 0.0..=1.0), 0.0),
        own_use,
        emissions: emissions::over(&emissions, scope.horizon),
        sector: scope.sector(reader),
        emission_zone: emission_zone.unwrap_or(default_zone),
        variable_cost: scope.over(series("variable-cost", targets::price(measure), 0.0..=f64::INFINITY), 0.0),
        availability: scope.over(series("availability", targets::fraction(), 0.0..=f64::INFINITY), 1.0),
        fleet: FleetId::new(0),
        resolution,
        commodities: carried,
    };
    (link, fleet)
}

/// The commodities a link carries: under `commodity` or `commodities`.
fn carried(reader: &Reader, scope: &Scope) -> Vec<(CommodityId, CommodityFacts)> {
    let (single, several) = (reader.texts("commodity"), reader.texts("commodities"));
    if single.is_some() && several.is_some() {
        reader.wrong("commodity", "both `commodity` and `commodities` are given", "keep one of them");
    }
    let names = single.or(several).unwrap_or_default();
    if names.is_empty() {
        reader.missing("commodity", "\"electricity\"");
    }
    let mut found: Vec<(CommodityId, CommodityFacts)> = Vec::new();
    for (name, span) in names {
        let Some((id, facts)) = scope.commodity(name, span) else { continue };
        if let Some((_, first)) = found.first().filter(|(_, first)| first.measure != facts.measure) {
            let message = format!("a link's commodities share its capacity, counted in {}", first.measure.rate_unit());
            let error = Diagnostic::error(span, message);
            scope.desk.report(error.help("carry energy and mass on links of their own"));
        }
        if !scope.is_balanced(id) {
            let error = Diagnostic::error(span, format!("`{name}` is bought at a fixed price wherever it is used"));
            scope.desk.report(error.help("give it a balance instead of `price`, or let no link carry it"));
        }
        if found.iter().any(|(other, _)| *other == id) {
            let error = Diagnostic::error(span, format!("`{name}` is named twice"));
            scope.desk.report(error.help("name each commodity once"));
            continue;
        }
        found.push((id, facts));
    }
    found
}

/// What the link takes for itself per unit of flow, and what burning it releases.
fn own_use(
    reader: &Reader,
    scope: &Scope,
    carried: &[CommodityId],
    measure: Measure,
    entries: &[ZoneId],
) -> Vec<OwnUse> {
    let mut all = Vec::new();
    for (name, Entry { key, node }) in reader.entries("own-use") {
        let Some((commodity, facts)) = scope.commodity(name, *key) else { continue };
        let target = targets::ratio(facts.measure, measure);
        let Some(part) = scope.desk.series(node, &target, Content::default()) else { continue };
        if part.values().any(|part| part < 0.0) {
            reader.wrong("own-use", "own use can not be negative", "write the part of the flow that is used: 0.02");
        }
        for zone in entries {
            scope.check_price(commodity, *zone, *key);
        }
        let part = part.over(scope.horizon);
        let mut releases = YearlyReleases::new();
        emissions::accumulate(&mut releases, &emissions::over(&facts.emissions, scope.horizon), &part);
        all.push(OwnUse { commodity, only_own_flow: carried.contains(&commodity), part, emissions: releases });
    }
    all
}
