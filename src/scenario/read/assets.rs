//! `[assets.NAME]`: existing and committed plants.

use super::fleets::FleetDraft;
use super::links::Links;
use super::technologies::Plants;
use super::{Reader, Scope, each};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Reads `[assets]` into the fleets of technologies and links.
pub fn read(top: &Reader, scope: &Scope, plants: &mut Plants, links: &mut Links) {
    for (name, reader) in each(top, "assets", "asset") {
        let Some(reader) = reader else { continue };
        one(name, &reader, scope, plants, links);
        reader.finish();
    }
}

fn one(name: &str, reader: &Reader, scope: &Scope, plants: &mut Plants, links: &mut Links) {
    let has = |key: &str| reader.table().contains_key(key);
    if has("link") {
        let link = scope.one(reader, "link", &scope.links, "\"north-south\"");
        if has("technology") {
            let help = "an asset is either a plant (`technology` and `zone`) or part of a line (`link`)";
            reader.wrong("link", "both `link` and `technology` are given", help);
        }
        if let Some(fleet) = link.and_then(|id| links.fleet(id)) {
            add(name, reader, scope, fleet, None);
        }
        return;
    }
    let technology = scope.one(reader, "technology", &scope.technologies, "\"solar\"");
    let zone = scope.one(reader, "zone", &scope.zones, "\"north\"");
    let (Some(technology), Some(zone)) = (technology, zone) else {
        return;
    };
    match plants.find(technology, zone) {
        Some(draft) => add(name, reader, scope, &mut draft.fleet, draft.tank.as_mut()),
        None => {
            let message = format!("technology `{}` does not stand in this zone", text(reader, "technology"));
            let help = format!("add \"{}\" to the `zones` of the technology", text(reader, "zone"));
            scope.desk.report(Diagnostic::error(reader.place("zone"), message).help(help));
        }
    }
}

fn text<'a>(reader: &Reader<'a>, key: &'static str) -> &'a str {
    reader.text(key).unwrap_or_default()
}

fn add(name: &str, reader: &Reader, scope: &Scope, fleet: &mut FleetDraft, tank: Option<&mut FleetDraft>) {
    let (measure, content, economic_life) = (fleet.measure, fleet.content, fleet.economic_life());
    let range = 0.0..=f64::INFINITY;
    let title = reader.text("title").unwrap_or(name).to_owned();
    let capacity = reader.bounded("capacity", &targets::capacity(measure), content, range.clone());
    if !reader.table().contains_key("capacity") {
        reader.missing("capacity", "\"100 MW\"");
    }
    let commissioned = reader.year("commissioned");
    if !reader.table().contains_key("commissioned") {
        reader.missing("commissioned", "2019");
    }
    let retires = retires(reader, fleet, commissioned);
    let own_cost = reader.bounded("capital-cost", &targets::capital_cost(measure), content, range.clone());
    let energy = reader.bounded("energy", &targets::store(measure), content, range);
    let (Some(capacity), Some(commissioned), Some(retires)) = (capacity, commissioned, retires) else { return };
    let is_seen = scope.horizon.values().any(|m| commissioned <= m.year && m.year < retires);
    // What stands before or after the pathway has nothing to be seen of; what falls between two milestone years may be a mistake.
    let years = || scope.horizon.values().map(|milestone| milestone.year);
    let falls_between = years().any(|year| year < commissioned) && years().any(|year| retires <= year);
    if !is_seen && falls_between {
        let message = format!("no milestone year sees {}: it stands from {commissioned} until {retires}", reader.what);
        let warning = Diagnostic::warning(reader.span, message);
        scope.desk.report(warning.help("move its years, or leave it out: it changes nothing"));
    }
    // What stands when the pathway begins is paid for, or not, whatever is decided.
    let is_committed = is_seen && scope.horizon.values().next().is_some_and(|first| commissioned > first.year);
    let cost = |fleet: &FleetDraft| fleet.capital_cost.as_ref().map_or(0.0, |series| series.at(commissioned));
    let asset = |capacity: f64, cost: f64| Asset {
        name: name.to_owned(),
        title: title.clone(),
        capacity,
        commissioned,
        retires,
        capital_cost: if is_committed { cost } else { 0.0 },
        // Without years to pay back in, a plant is paid for over its own life.
        economic_life: economic_life.unwrap_or(f64::from(retires) - f64::from(commissioned)),
    };
    match (tank, energy) {
        // A cost of the plant's own covers its store as well.
        (Some(tank), Some(energy)) => tank.assets.push(asset(energy, own_cost.map_or(cost(tank), |_| 0.0))),
        (Some(_), None) => reader.missing("energy", "\"600 MWh\""),
        (None, Some(_)) => {
            reader.wrong("energy", "this plant has no store that is sized apart", "leave `energy` out");
        }
        (None, None) => {}
    }
    let cost = own_cost.unwrap_or_else(|| cost(fleet));
    fleet.assets.push(asset(capacity, cost));
}

/// First year without the plant.
fn retires(reader: &Reader, fleet: &FleetDraft, commissioned: Option<i32>) -> Option<i32> {
    let stated = reader.year("retires");
    let lifetime = reader.bounded("lifetime", &targets::years(), Content::default(), f64::MIN_POSITIVE..=1000.0);
    let has = |key: &str| reader.table().contains_key(key);
    if has("retires") && has("lifetime") {
        reader.wrong("lifetime", "both `retires` and `lifetime` are given", "keep one of them");
    }
    let commissioned = commissioned?;
    if has("retires") {
        let retires = stated?;
        if retires <= commissioned {
            let message = format!("the plant retires in {retires}, and is commissioned in {commissioned}");
            reader.wrong("retires", message, "`retires` is the first year without the plant");
        }
        return Some(retires);
    }
    let Some(life) = lifetime.or(fleet.lifetime()) else {
        if !has("lifetime") {
            reader.missing("retires", "2045");
        }
        return None;
    };
    // A life that ends within a year ends with that year.
    #[allow(clippy::cast_possible_truncation)] // Lives are bounded when they are read.
    Some(commissioned.saturating_add(life.ceil().min(10_000.0) as i32))
}
