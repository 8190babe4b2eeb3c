//! What readers know of the rest of the scenario.

use super::{Desk, Names, Reader};
use crate::diagnostics::Span;
use crate::model::*;
use crate::scenario::series::Series;
use crate::units::Content;

/// What readers need to know of a commodity.
#[derive(Clone, Debug)]
pub struct CommodityFacts {
    /// Energy or mass.
    pub measure: Measure,
    /// Energy by volume or mass.
    pub content: Content,
    /// Step of its balance.
    pub resolution: Resolution,
    /// Release when it is burnt, Mt per TWh or Mt.
    pub emissions: Vec<(PollutantId, Series)>,
}

impl Default for CommodityFacts {
    fn default() -> Self {
        Self {
            measure: Measure::Energy,
            content: Content::default(),
            resolution: Resolution::Hour,
            emissions: Vec::new(),
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
    /// Policies.
    pub policies: Names<PolicyId>,
    /// Default cost of capital.
    pub cost_of_capital: f64,
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
            policies: Names::new("policy", none()),
            cost_of_capital,
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

    /// Zones named under `zones`; all inner zones where the key is left out.
    pub fn zone_list(&self, reader: &Reader) -> Vec<ZoneId> {
        match reader.texts("zones") {
            Some(patterns) => self.zones.resolve_all(self.desk, &patterns),
            None => self.inner_zones.clone(),
        }
    }

    /// A profile by name, in which `{zone}` stands for the zone.
    pub fn profile(&self, reader: &Reader, key: &'static str, zone: ZoneId) -> Option<ProfileId> {
        let name = reader.text(key)?.replace("{zone}", self.zone_name(zone));
        self.profiles.resolve(self.desk, &name, reader.place(key))
    }

    /// Name of a zone.
    pub fn zone_name(&self, zone: ZoneId) -> &str {
        self.zones.iter().find(|(id, _)| *id == zone).map_or("", |(_, name)| name)
    }

    /// A commodity by name, with its facts.
    pub fn commodity(&self, name: &str, span: Span) -> Option<(CommodityId, CommodityFacts)> {
        let id = self.commodities.resolve(self.desk, name, span)?;
        Some((id, self.facts(id)))
    }
}
