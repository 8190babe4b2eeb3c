//! `[zones.NAME]` and `[pollutants.NAME]`.

use super::{Reader, each};
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Reads `[zones]`.
pub fn read(top: &Reader) -> Arena<ZoneId, Zone> {
    let mut zones = Arena::new();
    for (name, reader) in each(top, "zones", "zone") {
        let mut zone = Zone { name: name.clone(), title: name.clone(), external: false };
        if let Some(reader) = reader {
            zone.title = reader.text("title").unwrap_or(name).to_owned();
            zone.external = reader.flag("external", false);
            reader.finish();
        }
        zones.push(zone);
    }
    if zones.values().all(|zone| zone.external) {
        top.missing("zones", "{ north = { title = \"North\" } }");
    }
    zones
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
