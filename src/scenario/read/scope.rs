//! What readers know of the rest of the scenario.

use std::cell::RefCell;

use super::{Desk, Names, Reader};
use crate::diagnostics::{Diagnostic, Span, listed};
use crate::model::*;
use crate::scenario::series::Series;
use crate::scenario::tree::{Value, year};
use crate::units::{Content, Target};

/// What readers need to know of a commodity.
#[derive(Clone, Debug)]
pub struct CommodityFacts {
    /// Energy, mass or distance.
    pub measure: Measure,
    /// Energy by volume or mass.
    pub content: Content,
    /// Step of its balance.
    pub resolution: Resolution,
    /// Release when it is burnt, Mt per TWh or Mt.
    pub emissions: Vec<(PollutantId, Series)>,
    /// Where it has a fixed price; `None` where it has a balance instead.
    pub priced_in: Option<Vec<ZoneId>>,
}

impl CommodityFacts {
    /// Energy of a unit, TWh per TWh or Mt; `None` for a mass without a heating value, and for a distance.
    pub fn energy(&self) -> Option<f64> {
        match self.measure {
            Measure::Energy => Some(1.0),
            Measure::Mass => self.content.energy_per_mass,
            Measure::Distance => None,
        }
    }
}

impl Default for CommodityFacts {
    fn default() -> Self {
        Self {
            measure: Measure::Energy,
            content: Content::default(),
            resolution: Resolution::Hour,
            emissions: Vec::new(),
            priced_in: None,
        }
    }
}

/// Names and facts that references are checked against.
#[derive(Debug)]
pub struct Scope<'a> {
    /// Where mistakes go.
    pub desk: &'a Desk,
    /// Milestone years.
    pub horizon: &'a Horizon,
    /// All zones.
    pub zones: Names<ZoneId>,
    /// Zones inside the country.
    pub inner_zones: Vec<ZoneId>,
    /// Pollutants.
    pub pollutants: Names<PollutantId>,
    /// Their global warming potentials.
    pub gwp: Vec<f64>,
    /// Commodities.
    pub commodities: Names<CommodityId>,
    /// Facts on commodities.
    pub facts: Vec<CommodityFacts>,
    /// Profiles.
    pub profiles: Names<ProfileId>,
    /// Technologies.
    pub technologies: Names<TechnologyId>,
    /// Links.
    pub links: Names<LinkId>,
    /// Markets.
    pub markets: Names<MarketId>,
    /// What they trade.
    pub market_commodities: Vec<CommodityId>,
    /// Sources of finance.
    pub finance: Names<FinanceId>,
    /// Policies.
    pub policies: Names<PolicyId>,
    /// The unit in which each of them has a price.
    pub policy_prices: Vec<(Target, Content)>,
    /// Indicators.
    pub indicators: Names<IndicatorId>,
    /// How values of each may be written, in its unit; `None` where a mistake keeps that from being known.
    pub indicator_values: Vec<Option<(Target, Content)>>,
    /// Default cost of capital.
    pub cost_of_capital: f64,
    /// Profiles that are 0 all year.
    pub zero_profiles: Vec<ProfileId>,
    /// Sectors that anything belongs to.
    sectors: RefCell<Vec<String>>,
}

impl<'a> Scope<'a> {
    /// Knows the zones and nothing else yet.
    pub fn new(desk: &'a Desk, horizon: &'a Horizon, zones: &Arena<ZoneId, Zone>, cost_of_capital: f64) -> Self {
        let none = || std::iter::empty::<String>();
        Self {
            desk,
            horizon,
            zones: Names::new("zone", zones.values().map(|zone| zone.name.clone())),
            inner_zones: zones.iter().filter(|(_, zone)| !zone.external).map(|(id, _)| id).collect(),
            pollutants: Names::new("pollutant", none()),
            gwp: Vec::new(),
            commodities: Names::new("commodity", none()),
            facts: Vec::new(),
            profiles: Names::new("profile", none()),
            technologies: Names::new("technology", none()),
            links: Names::new("link", none()),
            markets: Names::new("market", none()),
            market_commodities: Vec::new(),
            finance: Names::new("source of finance", none()),
            policies: Names::new("policy", none()),
            policy_prices: Vec::new(),
            indicators: Names::new("indicator", none()),
            indicator_values: Vec::new(),
            cost_of_capital,
            zero_profiles: Vec::new(),
            sectors: RefCell::default(),
        }
    }

    /// Facts on a commodity.
    pub fn facts(&self, commodity: CommodityId) -> CommodityFacts {
        self.facts.get(commodity.position()).cloned().unwrap_or_default()
    }

    /// Global warming potential of a pollutant.
    pub fn gwp(&self, pollutant: PollutantId) -> f64 {
        self.gwp.get(pollutant.position()).copied().unwrap_or(1.0)
    }

    /// The same number in every milestone year.
    pub fn constant(&self, value: f64) -> PerYear {
        self.horizon.ids().map(|_| value).collect()
    }

    /// A series in the milestone years, or the same number in all.
    pub fn over(&self, series: Option<Series>, default: f64) -> PerYear {
        series.map_or_else(|| self.constant(default), |series| series.over(self.horizon))
    }

    /// A required reference to one thing.
    pub fn one<I: Id>(&self, reader: &Reader, key: &'static str, names: &Names<I>, example: &str) -> Option<I> {
        if reader.entry(key).is_none() {
            reader.missing(key, example);
            return None;
        }
        names.resolve(self.desk, reader.text(key)?, reader.place(key))
    }

    /// The things that a required list of names and patterns stands for.
    pub fn several<I: Id>(&self, reader: &Reader, key: &'static str, names: &Names<I>, example: &str) -> Vec<I> {
        let Some(patterns) = reader.names(key) else {
            reader.missing(key, example);
            return Vec::new();
        };
        names.resolve_all(self.desk, &patterns)
    }

    /// Zones named under `zones`; all inner zones where the key is left out. They also stand in for a list with a mistake in
    /// it, which is reported once and not again for everything in the zone that was meant.
    pub fn zone_list(&self, reader: &Reader) -> Vec<ZoneId> {
        let Some(patterns) = reader.names("zones") else { return self.inner_zones.clone() };
        let found = self.zones.resolve_all(self.desk, &patterns);
        let is_right = !patterns.is_empty() && patterns.iter().all(|(pattern, _)| self.zones.fits(pattern));
        if is_right { found } else { self.inner_zones.clone() }
    }

    /// A profile by name, in which `{zone}` stands for the zone.
    pub fn profile(&self, reader: &Reader, key: &'static str, zone: ZoneId) -> Option<ProfileId> {
        let name = reader.text(key)?.replace("{zone}", self.zone_name(zone));
        self.profiles.resolve(self.desk, &name, reader.place(key))
    }

    /// Profiles by milestone year: one name, or a table of years to names, each of which holds until the next.
    pub fn profiles_by_year(
        &self,
        reader: &Reader,
        key: &'static str,
        zone: ZoneId,
    ) -> Option<Arena<YearId, ProfileId>> {
        let entry = reader.entry(key)?;
        let Some(table) = entry.node.as_table() else {
            let profile = self.profile(reader, key, zone)?;
            return Some(self.horizon.ids().map(|_| profile).collect());
        };
        let mut named = Vec::new();
        for (name, entry) in table {
            let (Some(year), Value::Text(text)) = (year(name), &entry.node.value) else {
                let message = format!("`{key}` is a name, or a table of years to names");
                let error = Diagnostic::error(entry.key, message);
                self.desk.report(error.help(format!("write {key} = {{ 2025 = \"old\", 2040 = \"new\" }}")));
                return None;
            };
            let profile = text.replace("{zone}", self.zone_name(zone));
            named.push((year, self.profiles.resolve(self.desk, &profile, entry.node.span)?));
        }
        named.sort_by_key(|(year, _)| *year);
        let &(_, first) = named.first()?;
        let holds =
            |year: i32| named.iter().rev().find(|(from, _)| *from <= year).map_or(first, |&(_, profile)| profile);
        Some(self.horizon.values().map(|milestone| holds(milestone.year)).collect())
    }

    /// Name of a zone.
    pub fn zone_name(&self, zone: ZoneId) -> &str {
        self.zones.iter().find(|(id, _)| *id == zone).map_or("", |(_, name)| name)
    }

    /// Whether a commodity is balanced, and not bought at a fixed price.
    pub fn is_balanced(&self, commodity: CommodityId) -> bool {
        self.facts.get(commodity.position()).is_none_or(|facts| facts.priced_in.is_none())
    }

    /// Reports a commodity that is bought at a fixed price, and has none in a zone where it is used.
    pub fn check_price(&self, commodity: CommodityId, zone: ZoneId, place: Span) {
        let priced_in = self.facts.get(commodity.position()).and_then(|facts| facts.priced_in.as_ref());
        if priced_in.is_some_and(|zones| !zones.contains(&zone)) {
            let name = self.commodities.iter().find(|(id, _)| *id == commodity).map_or("", |(_, name)| name);
            let zone = self.zone_name(zone);
            self.desk.report(
                Diagnostic::error(place, format!("`{name}` has no price in zone `{zone}`"))
                    .help(format!("add {zone} = \"…\" to the `price` of `{name}`")),
            );
        }
    }

    /// The sector of something, for reporting emissions.
    pub fn sector(&self, reader: &Reader) -> String {
        let sector = reader.text("sector").unwrap_or("other").to_owned();
        let mut known = self.sectors.borrow_mut();
        if !known.contains(&sector) {
            known.push(sector.clone());
        }
        sector
    }

    /// All sectors that anything belongs to.
    pub fn known_sectors(&self) -> Vec<String> {
        self.sectors.borrow().clone()
    }

    /// Sectors named under `sectors`; those that nothing belongs to are reported.
    pub fn sector_list(&self, reader: &Reader) -> Vec<String> {
        let known = self.sectors.borrow();
        let named = reader.names("sectors").unwrap_or_default();
        for (name, span) in named.iter().filter(|(name, _)| !known.iter().any(|sector| sector == name)) {
            let error = Diagnostic::error(*span, format!("nothing belongs to the sector `{name}`")).following();
            self.desk.report(
                error
                    .help(format!("sectors are {}", listed(known.iter())))
                    .did_you_mean(self.desk.nearest(name, known.iter())),
            );
        }
        named.into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// A commodity by name, with its facts.
    pub fn commodity(&self, name: &str, span: Span) -> Option<(CommodityId, CommodityFacts)> {
        let id = self.commodities.resolve(self.desk, name, span)?;
        Some((id, self.facts(id)))
    }
}
