//! Flows of energy through the system, by year: sources, carriers, sectors that turn them into others, and demand.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};

use super::data::{Number, Sankey};
use super::legend::Sign;
use super::reading::Reading;
use crate::results::read::{ReadError, number};

/// Part of the largest flow below which a flow is not drawn.
const LEAST: f64 = 0.003;

/// What a technology, a market or a demand takes and gives in a year, TWh by commodity.
#[derive(Debug, Default)]
struct Party {
    takes: BTreeMap<String, f64>,
    gives: BTreeMap<String, f64>,
}

/// One diagram for each milestone year, for all inner zones together.
///
/// # Errors
/// A table that can not be read.
pub fn sankey(reading: &Reading) -> Result<Vec<Sankey>, ReadError> {
    let mut years: Vec<IndexMap<String, Party>> = (0..reading.years()).map(|_| IndexMap::new()).collect();
    let columns = ["year", "zone", "commodity", "technology", "direction", "value"];
    reading.stored.each_row("flows", columns, |[year, zone, commodity, party, direction, value]| {
        let energy = reading.commodity(commodity).filter(|known| known.carrier).and_then(|known| known.energy);
        let (Some(year), Some(energy)) = (reading.year(year), energy) else { return };
        if !reading.is_inner(zone) || reading.inner_links.contains(party) {
            return;
        }
        let known = years[year].entry(party.to_owned()).or_default();
        let side = if direction == "supply" { &mut known.gives } else { &mut known.takes };
        *side.entry(commodity.to_owned()).or_insert(0.0) += energy * number(value);
    })?;
    Ok(years.into_iter().map(|parties| diagram(reading, parties)).collect())
}

fn diagram(reading: &Reading, parties: IndexMap<String, Party>) -> Sankey {
    let mut flows: IndexMap<(Sign, Sign), f64> = IndexMap::new();
    for (name, mut party) in parties {
        // What is stored, and what only passes through, is left out.
        for (commodity, given) in &mut party.gives {
            if let Some(taken) = party.takes.get_mut(commodity) {
                let both = taken.min(*given);
                *taken -= both;
                *given -= both;
            }
        }
        let is_anything = |side: &BTreeMap<String, f64>| side.values().any(|amount| *amount > 0.0);
        let kind = match (is_anything(&party.takes), is_anything(&party.gives)) {
            (true, true) => "through",
            (true, false) => "to",
            _ => "from",
        };
        let sign = match reading.legend.sector_of(&name) {
            Some(sector) if kind != "from" => sector,
            _ => reading.legend.party(&name),
        };
        let middle = Sign { key: format!("{kind}:{}", sign.key), ..sign };
        for (commodity, amount) in party.takes {
            *flows.entry((reading.legend.commodity(&commodity), middle.clone())).or_insert(0.0) += amount;
        }
        for (commodity, amount) in party.gives {
            *flows.entry((middle.clone(), reading.legend.commodity(&commodity))).or_insert(0.0) += amount;
        }
    }
    let most = flows.values().fold(0.0, |most: f64, amount| most.max(*amount));
    flows.retain(|_, amount| *amount > LEAST * most);
    let mut nodes: IndexSet<Sign> = IndexSet::new();
    let links = flows.into_iter().map(|((from, to), amount)| {
        let (from, to) = (nodes.insert_full(from).0, nodes.insert_full(to).0);
        (from, to, Number(amount))
    });
    let links = links.collect();
    Sankey { links, nodes: nodes.into_iter().map(|node| (node.title, node.color)).collect() }
}
