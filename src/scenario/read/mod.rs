//! Merged tree → model, table by table, in the order in which they need each other.

mod assets;
mod chosen;
mod commodities;
mod demands;
mod emissions;
mod finance;
mod fleets;
mod iamc;
mod indicators;
mod limits;
mod links;
mod markets;
mod modes;
mod money;
mod policies;
mod profiles;
mod report;
mod scope;
mod settings;
mod statistics;
mod storages;
mod technologies;
mod zones;

use scope::Scope;

use super::names::Names;
use super::reader::{Desk, Reader};
use super::schema;
use super::tree::{Entry, Node, Table, Value};
use crate::diagnostics::Span;
use crate::model::*;

/// Reads the model of a scenario. Where something is wrong, the desk holds the mistakes and the model is not to be used.
pub fn model(desk: &Desk, root: &Table, place: Span, id: &str) -> Model {
    let top = Reader::new(desk, "the scenario", root, place, &schema::keys::SCENARIO);
    let title = top.text("title").unwrap_or(id).to_owned();
    let description = top.text("description").unwrap_or_default().to_owned();
    let money = money::read(&top);
    let horizon = settings::horizon(&top);
    // Prices are discounted to the first milestone year unless the scenario says otherwise.
    let base_year = money.base_year.or_else(|| horizon.values().next().map(|m| m.year)).unwrap_or(0);
    money.check(desk, &horizon, base_year);
    let solver = settings::solver(&top);

    let zones = zones::read(&top);
    let mut scope = Scope::new(desk, &horizon, &zones, money.cost_of_capital);
    scope.pollutants = names(&top, "pollutants", "pollutant");
    let pollutants = zones::pollutants(&top);
    scope.gwp = pollutants.values().map(|pollutant| pollutant.gwp).collect();
    scope.commodities = names(&top, "commodities", "commodity");
    let commodities = commodities::read(&top, &mut scope);
    let time = settings::time(&top, &scope);
    scope.profiles = names(&top, "profiles", "profile");
    let profiles = profiles::read(&top, &scope, &time);
    let is_zero = |profile: &Profile| match &profile.values {
        ProfileValues::Hourly(values) | ProfileValues::Slices(values) => {
            !values.is_empty() && values.iter().all(|value| *value == 0.0)
        }
    };
    scope.zero_profiles = profiles.iter().filter(|(_, profile)| is_zero(profile)).map(|(id, _)| id).collect();

    let mut plants = technologies::read(&top, &mut scope);
    let mut links = links::read(&top, &mut scope);
    assets::read(&top, &scope, &mut plants, &mut links);
    let mut fleets = Arena::new();
    let processes = plants.settle(&scope, &mut fleets);
    let links = links.settle(&scope, &mut fleets);
    scope.finance = names(&top, "finance", "source of finance");
    let finance = finance::read(
        &top,
        &scope,
        money.accounting,
        &finance::Choice { processes: &processes, links: &links, fleets: &fleets },
    );

    let markets = markets::read(&top, &mut scope);
    scope.market_commodities = markets.values().map(|market| market.commodity).collect();
    let demands = demands::read(&top, &scope);
    let policies = policies::read(&top, &mut scope, &processes, &links);
    scope.indicators = names(&top, "indicators", "indicator");
    let indicators = indicators::read(&top, &mut scope, &links);
    let statistics = statistics::read(&top, &scope, &indicators);
    let report = report::read(&top, &scope, &indicators);
    let parts = iamc::Parts {
        zones: &zones,
        processes: &processes,
        technologies: &plants.technologies,
        links: &links,
        markets: &markets,
        demands: &demands,
    };
    let iamc = iamc::read(&top, &scope, &indicators, &parts, id);
    top.finish();
    Model {
        id: id.to_owned(),
        title,
        description,
        money: money.settle(base_year),
        horizon: horizon.clone(),
        time,
        solver,
        zones: zones.clone(),
        commodities,
        pollutants,
        profiles,
        technologies: plants.technologies,
        processes,
        fleets,
        finance,
        links,
        markets,
        demands,
        policies,
        indicators,
        statistics,
        report,
        iamc,
    }
}

/// The names in a table of named things.
fn names<I: Id>(top: &Reader, key: &'static str, kind: &'static str) -> Names<I> {
    Names::new(kind, top.entries(key).map(|(name, _)| name.clone()))
}

/// Reads every entry of a table of named things, each through a reader of its own.
fn each<'a>(
    top: &Reader<'a>,
    key: &'static str,
    kind: &'static str,
) -> impl Iterator<Item = (&'a String, Option<Reader<'a>>)> + use<'a> {
    let (desk, form) = (top.desk, top.below(key));
    top.entries(key).map(move |(name, entry)| (name, Reader::of(desk, format!("{kind} `{name}`"), entry, form)))
}
