//! Zones and what flows between them.

use indexmap::IndexMap;

use super::data::{Map, MapLink, Number};
use super::reading::Reading;
use crate::results::read::{ReadError, number};

/// The map; `None` where zones have no place or there are no links between those that have.
///
/// # Errors
/// A table that can not be read.
pub fn map(reading: &Reading) -> Result<Option<Map>, ReadError> {
    let zones = &reading.stored.display.zones;
    let placed: Vec<_> = zones.iter().filter_map(|zone| Some((zone, zone.position?))).collect();
    let position = |name: &str| placed.iter().position(|(zone, _)| zone.name == name);
    let mut links: IndexMap<(String, String), MapLink> = IndexMap::new();
    let columns = ["year", "link", "commodity", "from", "to", "flow", "capacity", "unit"];
    reading.stored.each_row("links", columns, |[year, link, commodity, from, to, flow, capacity, unit]| {
        let (Some(year), Some(from), Some(to)) = (reading.year(year), position(from), position(to)) else { return };
        let known = reading.commodity(commodity);
        let entry = links.entry((link.to_owned(), commodity.to_owned())).or_insert_with(|| {
            let sign = reading.legend.commodity(commodity);
            MapLink {
                link: link.to_owned(),
                commodity: sign.title,
                color: sign.color,
                from,
                to,
                unit: unit.to_owned(),
                energy: Number(known.and_then(|commodity| commodity.energy).unwrap_or(1.0)),
                flow: vec![Number(0.0); reading.years()],
                capacity: vec![Number(0.0); reading.years()],
            }
        });
        let towards = if entry.from == from { 1.0 } else { -1.0 };
        entry.flow[year].0 += towards * number(flow);
        entry.capacity[year] = Number(number(capacity));
    })?;
    let zone = |(zone, (east, north)): &(&crate::results::ShownZone, (f64, f64))| {
        (zone.title.clone(), *east, *north, zone.external)
    };
    let (zones, links) = (placed.iter().map(zone).collect(), links.into_values().collect::<Vec<_>>());
    Ok((!links.is_empty()).then_some(Map { zones, links }))
}
