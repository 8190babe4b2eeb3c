//! `[demands.NAME]`.

use super::emissions::{self, YearlyReleases};
use super::{Reader, Scope, each};
use crate::model::*;
use crate::scenario::targets;

/// Reads `[demands]`.
pub fn read(top: &Reader, scope: &Scope) -> Arena<DemandId, Demand> {
    let mut demands = Arena::new();
    for (name, reader) in each(top, "demands", "demand") {
        let Some(reader) = reader else { continue };
        let demand = one(name, &reader, scope);
        reader.finish();
        demands.push(demand);
    }
    demands
}

fn one(name: &str, reader: &Reader, scope: &Scope) -> Demand {
    let zone = scope.one(reader, "zone", &scope.zones, "\"north\"").unwrap_or(ZoneId::new(0));
    let commodity = scope.one(reader, "commodity", &scope.commodities, "\"electricity\"");
    let facts = commodity.map(|id| scope.facts(id)).unwrap_or_default();
    let (measure, content) = (facts.measure, facts.content);
    if !reader.table().contains_key("annual") {
        reader.missing("annual", "{ 2025 = \"90 TWh/yr\", 2060 = \"140 TWh/yr\" }");
    }
    let annual = reader.bounded_series("annual", &targets::annual(measure), content, 0.0..=f64::INFINITY);
    let stated = emissions::read(reader, scope, "emissions", measure, content);
    let mut releases = YearlyReleases::new();
    emissions::accumulate(&mut releases, &emissions::over(&stated, scope.horizon), &scope.constant(1.0));
    if reader.flag("combustion", false) {
        let burnt = emissions::over(&facts.emissions, scope.horizon);
        emissions::accumulate(&mut releases, &burnt, &scope.constant(1.0));
    }
    Demand {
        name: name.to_owned(),
        title: reader.text("title").unwrap_or(name).to_owned(),
        sector: reader.text("sector").unwrap_or("other").to_owned(),
        zone,
        commodity: commodity.unwrap_or(CommodityId::new(0)),
        annual: scope.over(annual, 0.0),
        profile: scope.profile(reader, "profile", zone),
        emissions: releases,
    }
}
