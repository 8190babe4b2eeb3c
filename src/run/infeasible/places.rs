//! Where the value of a limit stands in a scenario.

use crate::diagnostics::Span;
use crate::formulation::context::Context;
use crate::formulation::elastic::Limit;
use crate::formulation::keys::{ColumnKey, RowKey};
use crate::model::*;
use crate::scenario::Merged;

/// Where a value may stand: paths, of which the first that a scenario has holds, and the year in its table of years.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Paths, the likeliest first.
    pub paths: Vec<Vec<String>>,
    /// The milestone year.
    pub year: Option<YearId>,
}

impl Place {
    fn new(year: impl Into<Option<YearId>>, paths: &[&[&str]]) -> Self {
        let owned = |path: &&[&str]| path.iter().map(|&part| part.to_owned()).collect();
        Self { paths: paths.iter().map(owned).collect(), year: year.into() }
    }

    /// Where the value stands: the year itself, where it is given by years and this is one of them.
    pub fn find(&self, merged: &Merged) -> Option<Span> {
        self.paths.iter().find_map(|path| merged.exact(path))
    }

    /// The same, down to the year.
    pub fn find_year(&self, merged: &Merged, year: i32) -> Option<Span> {
        let dated = |path: &Vec<String>| merged.exact(&[path.as_slice(), &[year.to_string()]].concat());
        self.paths.iter().find_map(|path| dated(path).or_else(|| merged.exact(path)))
    }

    /// The key that holds the value.
    pub fn key(&self) -> &str {
        self.paths.first().and_then(|path| path.last()).map_or("", String::as_str)
    }
}

/// Where a limit stands that is exceeded (`upper`) or not reached.
pub fn of(context: &Context, limit: Limit, upper: bool) -> Place {
    let model = context.model;
    let side = |most: &'static str, least: &'static str| if upper { most } else { least };
    match limit {
        Limit::Row(RowKey::Policy(id, year, upper)) => {
            let policy = &model.policies[id];
            let key = match policy.rule {
                Rule::PlanningReserve { .. } => "margin",
                _ if upper => "max",
                _ => "min",
            };
            Place::new(year, &[&["policies", &policy.name, key], &["policies", &policy.name]])
        }
        Limit::Row(RowKey::PolicyBudget(id)) => {
            let policy = &model.policies[id];
            let key = match policy.rule {
                Rule::ActivityBudget { upper: true, .. } => "max",
                Rule::ActivityBudget { upper: false, .. } => "min",
                _ => "budget",
            };
            Place::new(None, &[&["policies", &policy.name, key]])
        }
        Limit::Row(RowKey::PolicyGrowth(id, year) | RowKey::ActivityGrowth(id, year)) => {
            Place::new(year, &[&["policies", &model.policies[id].name, "rate"]])
        }
        Limit::Row(RowKey::Growth(fleet, year)) => of_fleet(model, fleet, year, "growth-rate"),
        Limit::Row(RowKey::FinanceLimit(id, year)) => Place::new(year, &[&["finance", &model.finance[id].name, "max"]]),
        Limit::Row(RowKey::MarketMinimum(id, year)) => of_market(model, id, year, "min-volume"),
        Limit::Row(RowKey::MaxAnnualFactor(id, year)) => of_process(model, id, year, "max-annual-factor"),
        Limit::Row(RowKey::MinAnnualFactor(id, year)) => of_process(model, id, year, "min-annual-factor"),
        Limit::Row(RowKey::MinActivity(unit, year, _)) => {
            of_process(model, context.units[unit].process, year, "min-activity")
        }
        Limit::Row(RowKey::Balance(zone, commodity, year, _))
        | Limit::Bound(ColumnKey::Unserved(zone, commodity, year, _)) => of_use(model, zone, commodity, year),
        Limit::Bound(ColumnKey::Traded(id, year, _)) => of_market(model, id, year, "max-rate"),
        Limit::Bound(ColumnKey::Step(id, year, _)) => {
            let name = &model.markets[id].name;
            Place::new(year, &[&["markets", name, "max-volume"], &["markets", name, "steps"], &["markets", name]])
        }
        Limit::Bound(ColumnKey::Build(fleet, year)) => of_fleet(model, fleet, year, side("max-build", "min-build")),
        Limit::Bound(ColumnKey::Capacity(fleet, year)) => {
            of_fleet(model, fleet, year, side("max-capacity", "min-capacity"))
        }
        // No other limit gives way.
        Limit::Row(_) | Limit::Bound(_) => Place::new(None, &[]),
    }
}

fn of_market(model: &Model, id: MarketId, year: YearId, key: &str) -> Place {
    let name = &model.markets[id].name;
    Place::new(year, &[&["markets", name, key], &["markets", name]])
}

fn of_process(model: &Model, id: ProcessId, year: YearId, key: &str) -> Place {
    let (technology, zone) = (model.technology_name(id), &model.zones[model.processes[id].zone].name);
    let of_zone = ["technologies", technology, "zone", zone, key];
    Place::new(year, &[&of_zone, &["technologies", technology, key], &["technologies", technology]])
}

fn of_fleet(model: &Model, fleet: FleetId, year: YearId, key: &str) -> Place {
    match model.fleets[fleet].owner {
        Owner::Process(process) => of_process(model, process, year, key),
        Owner::Tank(process) => of_process(model, process, year, "storage"),
        Owner::Link(link) => {
            let name = &model.links[link].name;
            Place::new(year, &[&["links", name, key], &["links", name]])
        }
    }
}

/// The largest demand for a commodity in a zone; where there is none, the commodity.
fn of_use(model: &Model, zone: ZoneId, commodity: CommodityId, year: YearId) -> Place {
    let here = model.demands.values().filter(|demand| (demand.zone, demand.commodity) == (zone, commodity));
    match here.max_by(|a, b| a.annual[year].total_cmp(&b.annual[year])) {
        Some(demand) => Place::new(year, &[&["demands", &demand.name, "annual"], &["demands", &demand.name]]),
        None => Place::new(year, &[&["commodities", &model.commodities[commodity].name]]),
    }
}
