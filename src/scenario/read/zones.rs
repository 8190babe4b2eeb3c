//! `[zones.NAME]` and `[pollutants.NAME]`.

use super::{Reader, each};
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Reads `[zones]`.
pub fn read(top: &Reader) -> Arena<ZoneId, Zone> {
    let mut zones = Arena::new();
    for (name, reader) in each(top, "zones", "zone") {
        let mut zone = Zone { name: name.clone(), title: name.clone(), external: false, position: None };
        if let Some(reader) = reader {
            zone.title = reader.text("title").unwrap_or(name).to_owned();
            zone.external = reader.flag("external", false);
            zone.position = position(&reader);
            reader.finish();
        }
        zones.push(zone);
    }
    if zones.values().all(|zone| zone.external) {
        top.missing("zones", "{ north = { title = \"North\" } }");
    }
    zones
}

/// `longitude` and `latitude`, both or neither.
fn position(reader: &Reader) -> Option<(f64, f64)> {
    let degrees = |key, most: f64| reader.bounded(key, &targets::degrees(), Content::default(), -most..=most);
    let (east, north) = (degrees("longitude", 180.0), degrees("latitude", 90.0));
    for (key, other) in [("longitude", "latitude"), ("latitude", "longitude")] {
        if reader.table().contains_key(other) && !reader.table().contains_key(key) {
            reader.missing(key, "51.2");
        }
    }
    east.zip(north)
}

/// Reads `[pollutants]`.
pub fn pollutants(top: &Reader) -> Arena<PollutantId, Pollutant> {
    let mut pollutants = Arena::new();
    for (name, reader) in each(top, "pollutants", "pollutant") {
        let mut pollutant = Pollutant { name: name.clone(), gwp: 1.0 };
        if let Some(reader) = reader {
            reader.text("title");
            let gwp = reader.bounded("gwp", &targets::fraction(), Content::default(), 0.0..=1e6);
            pollutant.gwp = gwp.unwrap_or(1.0);
            reader.finish();
        }
        pollutants.push(pollutant);
    }
    pollutants
}
