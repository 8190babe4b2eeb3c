//! `[technologies.NAME]`: technologies, and the processes they make in zones.

use super::fleets::{self, FleetDraft};
use super::modes::{self, Modes};
use super::storages::{self, StorageDraft};
use super::{Entry, Reader, Scope, Table, each};
use crate::diagnostics::Diagnostic;
use crate::input::MODES;
use crate::model::*;
use crate::scenario::merge::merge;
use crate::scenario::targets;
use crate::units::Content;

/// Technologies with their processes, until assets have been added.
#[derive(Debug)]
pub struct Plants {
    /// The technologies.
    pub technologies: Arena<TechnologyId, Technology>,
    /// Each technology in each of its zones.
    pub drafts: Vec<ProcessDraft>,
}

/// A technology in a zone.
#[derive(Debug)]
pub struct ProcessDraft {
    /// The technology.
    pub technology: TechnologyId,
    /// The zone.
    pub zone: ZoneId,
    /// Its capacity.
    pub fleet: FleetDraft,
    /// The tank of a store that is sized apart.
    pub tank: Option<FleetDraft>,
    modes: Modes,
    storage: Option<StorageDraft>,
    availability: Availability,
    min_activity: Option<Availability>,
    max_annual_factor: PerYear,
    min_annual_factor: PerYear,
    resolution: Resolution,
    by_operation: bool,
    shape: Option<ProfileId>,
}

impl Plants {
    /// The process of a technology in a zone.
    pub fn find(&mut self, technology: TechnologyId, zone: ZoneId) -> Option<&mut ProcessDraft> {
        self.drafts.iter_mut().find(|draft| draft.technology == technology && draft.zone == zone)
    }

    /// Makes processes of all technologies that stand or can be built in a zone.
    pub fn settle(&mut self, scope: &Scope, fleets: &mut Arena<FleetId, Fleet>) -> Arena<ProcessId, Process> {
        let mut processes = Arena::new();
        for draft in std::mem::take(&mut self.drafts) {
            draft.fleet.check(scope);
            if !draft.fleet.is_used() {
                continue;
            }
            let id = ProcessId::new(processes.len());
            let (name, measure) = (draft.fleet.name.clone(), draft.fleet.measure);
            let fleet = fleets.push(draft.fleet.settle(Owner::Process(id)));
            let tank = draft.tank.map(|tank| fleets.push(tank.settle(Owner::Tank(id))));
            let storage = draft.storage.map(|storage| storage.settle(tank));
            processes.push(Process {
                technology: draft.technology,
                zone: draft.zone,
                name,
                measure,
                modes: draft.modes.modes,
                storage,
                fleet,
                availability: draft.availability,
                min_activity: draft.min_activity,
                max_annual_factor: draft.max_annual_factor,
                min_annual_factor: draft.min_annual_factor,
                resolution: draft.resolution,
                by_operation: draft.by_operation,
                shape: draft.shape,
            });
        }
        processes
    }
}

/// Reads `[technologies]`.
pub fn read(top: &Reader, scope: &mut Scope) -> Plants {
    scope.technologies = super::names(top, "technologies", "technology");
    let mut plants = Plants { technologies: Arena::new(), drafts: Vec::new() };
    let mut modes = 0;
    for (name, reader) in each(top, "technologies", "technology") {
        let mut technology = Technology { name: name.clone(), title: name.clone(), sector: "other".to_owned() };
        let Some(reader) = reader else {
            plants.technologies.push(technology);
            continue;
        };
        technology.title = reader.text("title").unwrap_or(name).to_owned();
        technology.sector = scope.sector(&reader);
        let id = plants.technologies.push(technology);
        let overrides = overrides(&reader, scope);
        let zones = scope.zone_list(&reader);
        if zones.is_empty() {
            reader.wrong(
                "zones",
                "the technology stands in no zone",
                "name a zone, or leave `zones` out for all inner ones",
            );
        }
        let named = reader.table().get("modes").and_then(|entry| entry.node.as_table()).map_or(1, Table::len);
        modes += zones.len() * named;
        if modes > MODES {
            let message = format!("technologies have more than {MODES} modes, over all of their zones");
            let error = Diagnostic::error(reader.span, message);
            scope.desk.report(error.help("let technologies stand in fewer zones"));
            continue;
        }
        for zone in zones {
            let local = overrides.iter().find(|(at, _)| *at == zone).map(|(_, table)| localised(reader.table(), table));
            let table = local.as_ref().unwrap_or(reader.table());
            let here = Reader::new(scope.desk, reader.what.clone(), table, reader.span, top.below("technologies"));
            plants.drafts.push(process(&here, scope, (id, name), zone));
            here.finish();
        }
    }
    plants
}

/// Keys that belong to the technology as a whole.
const WHOLE: [&str; 4] = ["title", "sector", "zones", "zone"];

/// The tables under `zone`, by zone.
fn overrides<'a>(reader: &Reader<'a>, scope: &Scope) -> Vec<(ZoneId, &'a Table)> {
    let zones = scope.zone_list(reader);
    let mut found = Vec::new();
    for (name, Entry { key, node }) in reader.entries("zone") {
        let Some(zone) = scope.zones.resolve(scope.desk, name, *key) else { continue };
        if !zones.contains(&zone) {
            let message = format!("{} does not stand in zone `{name}`", reader.what);
            scope.desk.report(Diagnostic::error(*key, message).help(format!("add \"{name}\" to its `zones`")));
        }
        let Some(table) = node.as_table() else {
            let message = format!("the values for zone `{name}` are a table, and this is {}", node.kind());
            scope.desk.report(Diagnostic::error(node.span, message).help("write it as { availability = 0.9 }"));
            continue;
        };
        let is_whole = |key: &str| WHOLE.contains(&key) || key == "storage";
        for (key, entry) in table.iter().filter(|(key, _)| is_whole(key)) {
            let error = Diagnostic::error(entry.key, format!("`{key}` can not differ from zone to zone"));
            scope.desk.report(error.help(format!("move `{key}` to the technology itself")));
        }
        found.push((zone, table));
    }
    found
}

/// A technology's table with the values of one zone laid over it.
fn localised(table: &Table, local: &Table) -> Table {
    let mut all = table.clone();
    merge(&mut all, local.clone());
    all
}

fn process(reader: &Reader, scope: &Scope, (technology, name): (TechnologyId, &str), zone: ZoneId) -> ProcessDraft {
    let full_name = format!("{name}@{}", scope.zone_name(zone));
    let storage = storages::read(reader, scope);
    let modes = match &storage {
        Some(storage) => storage.as_modes(),
        None => modes::read(reader, scope),
    };
    let (measure, content) = (modes.facts.measure, modes.facts.content);
    for flow in modes.modes.iter().flat_map(|mode| &mode.flows) {
        scope.check_price(flow.commodity, zone, reader.span);
    }
    let fleet = fleets::read(reader, scope, &full_name, (measure, content), fleets::Kind::Plant);
    let tank = storage.as_ref().and_then(|storage| storage.tank(&fleet, scope));
    let range = 0.0..=f64::INFINITY;
    let factor = |key| reader.bounded_series(key, &targets::fraction(), Content::default(), range.clone());
    let availability = Availability {
        factor: scope.over(factor("availability"), 1.0),
        profiles: scope.profiles_by_year(reader, "profile", zone),
    };
    let (min, min_profile) = (factor("min-activity"), scope.profiles_by_year(reader, "min-profile", zone));
    if min_profile.is_some() && min.is_none() {
        reader.missing("min-activity", "0.3");
    }
    if storage.is_some() && min.is_some() {
        reader.wrong("min-activity", "a store has no activity to keep up", "leave `min-activity` out");
    }
    let min_activity = min.map(|min| Availability { factor: min.over(scope.horizon), profiles: min_profile });
    let max_annual_factor = scope.over(factor("max-annual-factor"), f64::INFINITY);
    let min_annual_factor = scope.over(factor("min-annual-factor"), 0.0);
    let by_operation = reader.choice("coefficients", &[("building", false), ("operation", true)]);
    if storage.is_some() && by_operation.is_some() {
        reader.wrong("coefficients", "a store has no coefficients that change", "leave `coefficients` out");
    }
    let (resolution, shape) = operation(reader, scope, &modes, storage.is_some(), zone);
    ProcessDraft {
        technology,
        zone,
        fleet,
        tank,
        modes,
        storage,
        availability,
        min_activity,
        max_annual_factor,
        min_annual_factor,
        resolution,
        by_operation: by_operation.unwrap_or(false),
        shape,
    }
}

/// The step at which a process is dispatched, and what its flows follow within one.
fn operation(
    reader: &Reader,
    scope: &Scope,
    modes: &Modes,
    is_store: bool,
    zone: ZoneId,
) -> (Resolution, Option<ProfileId>) {
    let steps = [("hour", Resolution::Hour), ("day", Resolution::Day), ("year", Resolution::Year)];
    let (wanted, shape) = (reader.choice("operation", &steps), scope.profile(reader, "operation-profile", zone));
    let finest = modes.resolution;
    match wanted {
        Some(_) if is_store => {
            reader.wrong("operation", "a store works at the steps of what it stores", "leave `operation` out");
        }
        Some(step) if step < finest && !modes.modes.is_empty() => {
            let message = "none of its commodities balances at such fine steps";
            reader.wrong("operation", message, "leave `operation` out, or give one of them a finer `resolution`");
        }
        Some(step) => return (step, shape),
        None if shape.is_some() => reader.missing("operation", "\"day\""),
        None => {}
    }
    (finest, None)
}
