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
    if let Some(commodity) = commodity {
        scope.check_price(commodity, zone, reader.place("commodity"));
    }
    let annual = reader.bounded_series("annual", &targets::annual(measure), content, 0.0..=f64::INFINITY);
    let stated = emissions::read(reader, scope, "emissions", measure, content);
    let mut releases = YearlyReleases::new();
    emissions::accumulate(&mut releases, &emissions::over(&stated, scope.horizon), &scope.constant(1.0));
    if reader.flag("combustion", false) {
        let burnt = emissions::over(&facts.emissions, scope.horizon);
        emissions::accumulate(&mut releases, &burnt, &scope.constant(1.0));
    }
    let profile = scope.profile(reader, "profile", zone);
    if profile.is_some_and(|id| scope.zero_profiles.contains(&id)) {
        reader.wrong("profile", "this profile is 0 all year", "name a profile with a value above 0, or leave it out");
    }
    Demand {
        name: name.to_owned(),
        title: reader.text("title").unwrap_or(name).to_owned(),
        sector: scope.sector(reader),
        zone,
        commodity: commodity.unwrap_or(CommodityId::new(0)),
        annual: scope.over(annual, 0.0),
        profile,
        emissions: releases,
    }
}
