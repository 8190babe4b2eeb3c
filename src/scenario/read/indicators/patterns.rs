//! Rows of the flow table that an indicator counts: patterns for the names in its `technology` column.

use super::super::chosen::{commodity, of_one_measure};
use super::super::scope::CommodityFacts;
use super::super::{Reader, Scope};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::names::matches;
use crate::units::Content;

/// All names that the flow table may hold.
pub fn parties(top: &Reader, scope: &Scope) -> Vec<String> {
    let technologies = scope.technologies.iter().map(|(_, name)| name.to_owned());
    let links = scope.links.iter().flat_map(|(_, name)| [format!("link:{name}"), format!("own-use:{name}")]);
    let markets = scope.markets.iter().map(|(_, name)| format!("market:{name}"));
    let demands = top.entries("demands").map(|(name, _)| format!("demand:{name}"));
    let others = ["unserved", "curtailment", "purchase"].map(str::to_owned);
    technologies.chain(links).chain(markets).chain(demands).chain(others).collect()
}

/// Reads `commodity` or `commodities`, `zones`, `sectors`, `technologies` and `except`.
pub fn read(reader: &Reader, scope: &Scope, parties: &[String]) -> (FlowPattern, CommodityFacts) {
    let (commodities, facts) = commodities(reader, scope);
    let include = patterns(reader, "technologies", parties).unwrap_or_else(|| vec!["*".to_owned()]);
    let except = patterns(reader, "except", parties).unwrap_or_default();
    let (zones, sectors) = (scope.zone_list(reader), scope.sector_list(reader));
    (FlowPattern { commodities, zones, sectors, include, except }, facts)
}

/// One commodity, or several of one measure.
fn commodities(reader: &Reader, scope: &Scope) -> (Vec<CommodityId>, CommodityFacts) {
    let Some(named) = reader.names("commodities") else {
        let (id, facts) = commodity(reader, scope);
        return (vec![id], facts);
    };
    if reader.table().contains_key("commodity") {
        reader.wrong("commodity", "`commodities` is there as well", "leave one of the two out");
    }
    let commodities = scope.commodities.resolve_all(scope.desk, &named);
    let wrong = ("these are not all of one measure: energy, mass or distance", "name commodities of one measure");
    let facts = of_one_measure(reader, "commodities", commodities.iter().map(|&id| scope.facts(id)), wrong);
    // Volumes of different gases are not the same energy: several are counted by what they hold.
    let content = if commodities.len() > 1 { Content::default() } else { facts.content };
    (commodities, CommodityFacts { content, ..facts })
}

/// Patterns under a key; one that fits no name is reported, unless it stands for whatever of a kind there may be.
fn patterns(reader: &Reader, key: &'static str, parties: &[String]) -> Option<Vec<String>> {
    // Nothing may be left out of what is counted, but something has to be counted.
    let named = if key == "except" { reader.texts(key) } else { reader.names(key) }?;
    for (pattern, place) in &named {
        let is_open = matches!(*pattern, "market:*" | "link:*" | "own-use:*" | "demand:*");
        if !is_open && !parties.iter().any(|party| matches(pattern, party)) {
            let error = Diagnostic::error(*place, format!("no row of flows is named `{pattern}`")).following();
            reader.desk.report(match reader.desk.nearest(pattern, parties) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => {
                    error.help("rows are named by technology, or market:NAME, link:NAME, own-use:NAME, demand:NAME")
                }
            });
        }
    }
    Some(named.into_iter().map(|(pattern, _)| pattern.to_owned()).collect())
}
