//! Whether the parts of a variable are all of a total: what an indicator counts, and the parts do not, is a warning, and so is what
//! they count twice.
//!
//! What is counted is taken apart: into rows of flows (of processes, demands, markets, and what links use themselves), into
//! technologies with a capacity, and into sectors that release a pollutant, each in a zone.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Reader, Scope};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::names::matches;

/// Most things that are named in a warning.
const NAMED: usize = 6;

/// What a model has that may be counted.
pub struct Parts<'a> {
    /// Zones.
    pub zones: &'a Arena<ZoneId, Zone>,
    /// Technologies in zones.
    pub processes: &'a Arena<ProcessId, Process>,
    /// Technologies.
    pub technologies: &'a Arena<TechnologyId, Technology>,
    /// Links.
    pub links: &'a Arena<LinkId, Link>,
    /// Markets.
    pub markets: &'a Arena<MarketId, Market>,
    /// Demands.
    pub demands: &'a Arena<DemandId, Demand>,
}

/// The least thing that is counted: a kind, a place, and a name for messages.
type Atom = (u8, ZoneId, usize, String);

/// Compares what a variable counts with the indicators under `covers`.
pub fn check(reader: &Reader, name: &str, scope: &Scope, all: &[Indicator], parts: &Parts) {
    let Some(totals) = reader.names("covers") else { return };
    let by_name: BTreeMap<&str, &Indicator> = all.iter().map(|one| (one.name.as_str(), one)).collect();
    let count = Count { scope, by_name, parts };
    let mut wanted = Vec::new();
    for (total, place) in &totals {
        if scope.indicators.resolve(scope.desk, total, *place).is_none() || !count.add(total, &mut wanted, 0) {
            return;
        }
    }
    let mut counted = Vec::new();
    if !count.add(name, &mut counted, 0) {
        let help = "what `covers` looks into are supply, use, capacity and emissions, and sums of them";
        reader.wrong("covers", format!("what `{name}` counts can not be told apart"), help);
        return;
    }
    let totals: Vec<String> = totals.iter().map(|(total, _)| format!("`{total}`")).collect();
    let totals = totals.join(" and ");
    let (wanted, seen): (BTreeSet<&Atom>, BTreeSet<&Atom>) = (wanted.iter().collect(), counted.iter().collect());
    let mut once = BTreeSet::new();
    let twice: BTreeSet<&Atom> = counted.iter().filter(|atom| !once.insert(*atom)).collect();
    let missing: BTreeSet<&Atom> = wanted.difference(&seen).copied().collect();
    let extra: BTreeSet<&Atom> = seen.difference(&wanted).copied().collect();
    for (atoms, message, help) in [
        (missing, format!("`{name}` leaves out what {totals} counts"), "let one of its parts count it"),
        (extra, format!("`{name}` counts what {totals} does not"), "leave it out, or let the total count it"),
        (twice, format!("the parts of `{name}` count twice"), "let one part alone count it"),
    ] {
        if !atoms.is_empty() {
            let message = format!("{message}: {}", count.list(&atoms));
            scope.desk.report(Diagnostic::warning(reader.span, message).help(help));
        }
    }
}

struct Count<'a> {
    scope: &'a Scope<'a>,
    by_name: BTreeMap<&'a str, &'a Indicator>,
    parts: &'a Parts<'a>,
}

impl Count<'_> {
    /// Adds what an indicator or a variable counts; `false` where that can not be told.
    fn add(&self, name: &str, atoms: &mut Vec<Atom>, depth: usize) -> bool {
        // What is made of itself is reported elsewhere.
        let Some(indicator) = self.by_name.get(name).filter(|_| depth <= self.by_name.len()) else { return false };
        match &indicator.measure {
            IndicatorMeasure::Supply(pattern) => self.flows(pattern, true, atoms),
            IndicatorMeasure::Use(pattern) => self.flows(pattern, false, atoms),
            IndicatorMeasure::Capacity(technologies, zones) => {
                let chosen = self.parts.processes.values().filter(|p| technologies.contains(&p.technology));
                let here = chosen.filter(|process| zones.contains(&process.zone));
                atoms.extend(here.map(|p| (2, p.zone, 0, self.parts.technologies[p.technology].name.clone())));
            }
            IndicatorMeasure::Emissions(scope) => {
                let known = self.scope.known_sectors();
                let sectors = if scope.sectors.is_empty() { &known } else { &scope.sectors };
                for &zone in &scope.zones {
                    for (pollutant, _) in &scope.pollutants {
                        let of = self.scope.pollutants.iter().find(|(id, _)| id == pollutant).map_or("", |(_, of)| of);
                        let release = |sector: &String| (3, zone, pollutant.position(), format!("{of} of {sector}"));
                        atoms.extend(sectors.iter().map(release));
                    }
                }
            }
            // What is taken off is no part.
            IndicatorMeasure::Sum(of) if of.iter().all(|(_, worth)| *worth > 0.0) => {
                return of.iter().all(|(part, _)| self.add(part, atoms, depth + 1));
            }
            _ => return false,
        }
        true
    }

    /// Rows of flows that a pattern fits.
    fn flows(&self, pattern: &FlowPattern, supply: bool, atoms: &mut Vec<Atom>) {
        let Parts { processes, technologies, links, markets, demands, .. } = self.parts;
        let mut add = |zone: ZoneId, commodity: CommodityId, name: String, sector: &str| {
            let is_named = |patterns: &[String]| patterns.iter().any(|one| matches(one, &name));
            let belongs = pattern.sectors.is_empty() || pattern.sectors.iter().any(|one| one == sector);
            let is_here = pattern.zones.contains(&zone) && pattern.commodities.contains(&commodity);
            if is_here && belongs && is_named(&pattern.include) && !is_named(&pattern.except) {
                atoms.push((u8::from(supply), zone, commodity.position(), name));
            }
        };
        for process in processes.values() {
            let technology = &technologies[process.technology];
            let flows = process.modes.iter().flat_map(|mode| &mode.flows);
            let is_side = |ratio: &f64| if supply { *ratio > 0.0 } else { *ratio < 0.0 };
            let of_modes = flows.filter(|flow| flow.ratio.values().any(is_side)).map(|flow| flow.commodity);
            let stored = process.storage.iter().map(|storage| storage.commodity);
            for commodity in of_modes.chain(stored).collect::<BTreeSet<CommodityId>>() {
                add(process.zone, commodity, technology.name.clone(), &technology.sector);
            }
        }
        for market in markets.values().filter(|market| (market.trade == Trade::Import) == supply) {
            add(market.zone, market.commodity, format!("market:{}", market.name), &market.sector);
        }
        if !supply {
            for demand in demands.values() {
                add(demand.zone, demand.commodity, format!("demand:{}", demand.name), &demand.sector);
            }
            for link in links.values() {
                for own in &link.own_use {
                    add(link.from, own.commodity, format!("own-use:{}", link.name), &link.sector);
                }
            }
        }
    }

    /// Names of some things, with their zones.
    fn list(&self, atoms: &BTreeSet<&Atom>) -> String {
        let mut zones: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (_, zone, _, name) in atoms {
            zones.entry(name).or_default().insert(self.scope.zone_name(*zone));
        }
        let shown = zones.iter().take(NAMED).map(|(name, zones)| {
            let zones: Vec<&str> = zones.iter().copied().collect();
            format!("{name} ({})", zones.join(", "))
        });
        let shown = shown.collect::<Vec<_>>().join(", ");
        if zones.len() > NAMED { format!("{shown} and {} more", zones.len() - NAMED) } else { shown }
    }
}
