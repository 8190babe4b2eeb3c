//! What is asked too much, in words: one reason for each value that has to change, the dearest first.

use std::collections::BTreeMap;

use super::Missing;
use super::places::{self, Place};
use crate::diagnostics::{Diagnostic, Diagnostics, Span};
use crate::formulation::context::Context;
use crate::formulation::elastic::{Limit, Missed};
use crate::formulation::keys::{ColumnKey, RowKey};
use crate::model::*;
use crate::results::policy_unit;
use crate::scenario::Merged;
use crate::time::Bucket;

/// Part of the dearest reason that others must cost to be told.
const TELLING: f64 = 0.02;

/// Part of the cost of all reasons that what is kept has to cost to be told, and most of it that is.
const AGAINST: f64 = 0.1;
const MOST_AGAINST: usize = 3;

/// Most reasons that are told.
const MOST: usize = 6;

/// Most years of a reason that are told.
const MOST_YEARS: usize = 4;

/// All that is missed of one value.
#[derive(Debug)]
struct Reason {
    place: Place,
    said: String,
    unit: String,
    /// By year: how much, and the highest rate with the bucket that it falls on.
    years: BTreeMap<Option<YearId>, Share>,
    /// What the value would have to be in the year of the largest share.
    wanted: Option<String>,
    cost: f64,
}

/// What is missed of a value in a year.
#[derive(Clone, Debug, Default)]
struct Share {
    amount: f64,
    cost: f64,
    highest: f64,
    when: Option<(Bucket, &'static str)>,
}

/// Reasons for which there is no pathway, the dearest first, each with the place of its value.
pub fn reasons(model: &Model, merged: &Merged, missing: &Missing) -> Vec<Diagnostics> {
    let context = &Context::whole(model, &missing.grid);
    let mut found: BTreeMap<(Vec<Vec<String>>, String), Reason> = BTreeMap::new();
    for one in &missing.limits {
        let Subject { said, unit, per_unit, rate_unit, bucket } = subject(context, one);
        let place = places::of(context, one.limit, one.upper);
        let reason = found.entry((place.paths.clone(), said.clone())).or_insert_with(|| Reason {
            place: place.clone(),
            said,
            unit,
            years: BTreeMap::new(),
            wanted: None,
            cost: 0.0,
        });
        reason.cost += one.cost;
        let share = reason.years.entry(place.year).or_default();
        share.amount += one.amount * per_unit;
        share.cost += one.cost;
        if let (Some(bucket), Some(unit)) = (bucket, rate_unit)
            && one.amount > share.highest
        {
            (share.highest, share.when) = (one.amount, Some((bucket, unit)));
        }
        let is_largest = reason.years.values().all(|other| other.cost <= reason.years[&place.year].cost);
        if is_largest {
            reason.wanted = wanted(context, one, &place, &reason.unit, per_unit);
        }
    }
    let mut all: Vec<Reason> = found.into_values().collect();
    all.sort_by(|a, b| b.cost.total_cmp(&a.cost));
    let least = all.first().map_or(0.0, |reason| TELLING * reason.cost);
    let against = against(context, merged, missing);
    let told = all.iter().take_while(|reason| reason.cost >= least).take(MOST).enumerate();
    told.map(|(number, reason)| {
        let mut error = diagnostic(context, merged, reason);
        if number == 0 {
            error.related = against.iter().map(|&place| (place, "stands against it".to_owned())).collect();
        }
        merged.told(error)
    })
    .collect()
}

/// Places of values that are kept and cost the most, beside those that are missed.
fn against(context: &Context, merged: &Merged, missing: &Missing) -> Vec<Span> {
    let place = |one: &Missed| places::of(context, one.limit, one.upper).find(merged);
    let missed: Vec<Span> = missing.limits.iter().filter_map(place).collect();
    let mut costs: BTreeMap<Span, f64> = BTreeMap::new();
    for one in &missing.standing {
        if let Some(place) = place(one).filter(|place| !missed.contains(place)) {
            *costs.entry(place).or_default() += one.cost;
        }
    }
    let least = AGAINST * missing.limits.iter().map(|missed| missed.cost).sum::<f64>();
    let mut costs: Vec<(Span, f64)> = costs.into_iter().filter(|&(_, cost)| cost >= least).collect();
    costs.sort_by(|a, b| b.1.total_cmp(&a.1));
    costs.into_iter().take(MOST_AGAINST).map(|(place, _)| place).collect()
}

fn diagnostic(context: &Context, merged: &Merged, reason: &Reason) -> Diagnostic {
    let year = |id: YearId| context.model.horizon[id].year;
    let mut years: Vec<(Option<YearId>, &Share)> = reason.years.iter().map(|(&year, share)| (year, share)).collect();
    years.sort_by(|a, b| b.1.cost.total_cmp(&a.1.cost));
    let worst = years.first().and_then(|&(year, _)| year);
    let more = years.len().saturating_sub(MOST_YEARS);
    years.truncate(MOST_YEARS);
    years.sort_by_key(|&(year, _)| year);
    let mut amounts: Vec<String> = years
        .iter()
        .map(|&(id, share)| {
            let when = id.map_or_else(String::new, |id| format!(" in {}", year(id)));
            let highest =
                share.when.filter(|&(bucket, _)| bucket != Bucket::Year).map_or_else(String::new, |(bucket, unit)| {
                    format!(" (up to {} {unit}, in {})", rounded(share.highest), context.grid.name(bucket))
                });
            format!("{} {}{when}{highest}", rounded(share.amount), reason.unit)
        })
        .collect();
    if more > 0 {
        amounts.push(format!("less in {more} more years"));
    }
    let place = match worst {
        Some(id) => reason.place.find_year(merged, year(id)),
        None => reason.place.find(merged),
    };
    let error = Diagnostic::error(place, format!("{}, by {}", reason.said, amounts.join(", ")));
    match &reason.wanted {
        Some(wanted) => error.help(wanted),
        None => error,
    }
}

/// What a missed limit is called, and how its amounts are shown.
struct Subject {
    said: String,
    unit: String,
    /// Shown units of a unit of the limit.
    per_unit: f64,
    /// Where a limit holds in a bucket: the unit of its rate.
    rate_unit: Option<&'static str>,
    bucket: Option<Bucket>,
}

fn subject(context: &Context, missed: &Missed) -> Subject {
    let model = context.model;
    let plain =
        |said: String, unit: String, per_unit: f64| Subject { said, unit, per_unit, rate_unit: None, bucket: None };
    let of = |said: String, commodity: CommodityId, bucket: Bucket| {
        let Commodity { amount_label, measure, .. } = &model.commodities[commodity];
        Subject {
            said,
            unit: amount_label.unit.clone(),
            per_unit: amount_label.factor * context.amount(bucket),
            rate_unit: Some(measure.rate_unit()),
            bucket: Some(bucket),
        }
    };
    let commodity_amount = |said: String, commodity: CommodityId| {
        let label = &model.commodities[commodity].amount_label;
        plain(said, label.unit.clone(), label.factor)
    };
    let fleet = |id: FleetId| &model.fleets[id].name;
    match missed.limit {
        Limit::Row(RowKey::Policy(id, _, upper)) => {
            let Policy { name, rule, .. } = &model.policies[id];
            let said = match rule {
                Rule::PlanningReserve { .. } => {
                    format!("policy `{name}` asks for more firm capacity than there can be")
                }
                _ if upper => format!("policy `{name}` allows too little"),
                _ => format!("policy `{name}` asks for more than there can be"),
            };
            let label = policy_unit(model, id);
            plain(said, label.unit, label.factor)
        }
        Limit::Row(RowKey::PolicyBudget(id)) => {
            let (name, label) = (&model.policies[id].name, policy_unit(model, id));
            let said = if missed.upper { "allows too little" } else { "asks for more than there can be" };
            plain(format!("policy `{name}` {said} in all"), label.unit, label.factor)
        }
        Limit::Row(RowKey::PolicyGrowth(id, _)) => {
            let (name, label) = (&model.policies[id].name, policy_unit(model, id));
            plain(format!("policy `{name}` lets building grow too slowly"), label.unit, label.factor)
        }
        Limit::Row(RowKey::ActivityGrowth(id, _)) => {
            let (name, label) = (&model.policies[id].name, policy_unit(model, id));
            plain(format!("policy `{name}` lets activity grow too slowly"), label.unit, label.factor)
        }
        Limit::Row(RowKey::Growth(id, _)) => plain(
            format!("building of `{}` grows too slowly", fleet(id)),
            format!("{}/yr", model.capacity_unit(id)),
            1.0,
        ),
        Limit::Row(RowKey::FinanceLimit(id, _)) => {
            let unit = format!("M{}/yr", model.money.currency);
            plain(format!("source of finance `{}` gives too little", model.finance[id].name), unit, 1.0)
        }
        Limit::Row(RowKey::MarketMinimum(id, _)) => {
            let Market { name, commodity, .. } = &model.markets[id];
            commodity_amount(format!("market `{name}` has to trade more than it can"), *commodity)
        }
        Limit::Row(RowKey::MaxAnnualFactor(id, _)) => of_mean(model, id, "may run too little over the year"),
        Limit::Row(RowKey::MinAnnualFactor(id, _)) => of_mean(model, id, "has to run more over the year than it can"),
        Limit::Row(RowKey::MinActivity(unit, _, bucket)) => {
            let process = &model.processes[context.units[unit].process];
            Subject {
                said: format!("`{}` has to run more than it can", process.name),
                unit: process.measure.amount_unit().to_owned(),
                per_unit: context.amount(bucket),
                rate_unit: Some(process.measure.rate_unit()),
                bucket: Some(bucket),
            }
        }
        Limit::Row(RowKey::Balance(zone, commodity, _, bucket))
        | Limit::Bound(ColumnKey::Unserved(zone, commodity, _, bucket)) => {
            let (what, zone) = (&model.commodities[commodity].name, &model.zones[zone].name);
            let is_surplus = missed.upper && matches!(missed.limit, Limit::Row(_));
            let said = if is_surplus { "has more supply than may be thrown away" } else { "has too little supply" };
            of(format!("`{what}` in `{zone}` {said}"), commodity, bucket)
        }
        Limit::Bound(ColumnKey::Traded(id, _, bucket)) => {
            let Market { name, commodity, .. } = &model.markets[id];
            of(format!("market `{name}` trades at too low a rate"), *commodity, bucket)
        }
        Limit::Bound(ColumnKey::Step(id, ..)) => {
            let Market { name, commodity, .. } = &model.markets[id];
            commodity_amount(format!("market `{name}` has too little volume"), *commodity)
        }
        Limit::Bound(ColumnKey::Build(id, _)) => {
            let said = if missed.upper { "may be built too slowly" } else { "has to be built faster than it can" };
            plain(format!("`{}` {said}", fleet(id)), model.capacity_unit(id).to_owned(), 1.0)
        }
        Limit::Bound(ColumnKey::Capacity(id, _)) => {
            let said = if missed.upper { "has too little room" } else { "has to be larger than it can" };
            plain(format!("`{}` {said}", fleet(id)), model.capacity_unit(id).to_owned(), 1.0)
        }
        // No other limit gives way.
        Limit::Row(_) | Limit::Bound(_) => plain("a limit is missed".to_owned(), String::new(), 1.0),
    }
}

fn of_mean(model: &Model, id: ProcessId, said: &str) -> Subject {
    let Process { name, measure, .. } = &model.processes[id];
    Subject {
        said: format!("`{name}` {said}"),
        unit: measure.amount_unit().to_owned(),
        per_unit: HOURS_PER_YEAR / 1000.0,
        rate_unit: None,
        bucket: None,
    }
}

/// What a value would have to be, where it is a number of its own.
fn wanted(context: &Context, missed: &Missed, place: &Place, unit: &str, per_unit: f64) -> Option<String> {
    let model = context.model;
    let year = place.year?;
    let (now, per) = match missed.limit {
        Limit::Row(RowKey::Policy(id, year, upper)) => {
            let limits = match &model.policies[id].rule {
                Rule::EmissionCap { limits, .. }
                | Rule::ActivityLimit { limits, .. }
                | Rule::CapacityLimit { limits, .. }
                | Rule::BuildLimit { limits, .. }
                | Rule::TradeLimit { limits, .. }
                | Rule::FlowLimit { limits, .. } => limits,
                _ => return None,
            };
            (if upper { limits.max[year]? } else { limits.min[year]? }, "/yr")
        }
        Limit::Row(RowKey::MarketMinimum(id, year)) => (model.markets[id].min_volume[year], "/yr"),
        Limit::Row(RowKey::FinanceLimit(id, year)) => (model.finance[id].max[year], ""),
        Limit::Bound(ColumnKey::Capacity(id, year)) => {
            let fleet = &model.fleets[id];
            (if missed.upper { fleet.max_capacity[year] } else { fleet.min_capacity[year] }, "")
        }
        _ => return None,
    };
    let is_capacity = matches!(missed.limit, Limit::Row(RowKey::Policy(id, ..)) if matches!(model.policies[id].rule, Rule::CapacityLimit { .. } | Rule::BuildLimit { .. }));
    let per = if is_capacity { "" } else { per };
    let (sign, by): (f64, fn(f64) -> f64) = if missed.upper { (1.0, f64::ceil) } else { (-1.0, f64::floor) };
    let (from, to) = (now * per_unit, (now + sign * missed.amount) * per_unit);
    let calendar = model.horizon[year].year;
    let key = place.key();
    Some(format!(
        "`{key}` of {calendar} would do at {} {unit}{per}, and is {} {unit}{per}",
        shown(to, by),
        rounded(from)
    ))
}

/// Three digits of a number.
fn rounded(number: f64) -> String {
    shown(number, f64::round)
}

/// Three digits of a number, the last of them by a rule.
fn shown(number: f64, by: fn(f64) -> f64) -> String {
    if number.abs() < 1e-9 {
        return "0".to_owned();
    }
    let digits = (2.0 - number.abs().log10().floor()).clamp(0.0, 9.0);
    let scale = 10f64.powf(digits);
    // What is a hair's breadth from a round number is that number.
    let units = number * scale;
    let units = if (units - units.round()).abs() < 1e-4 { units.round() } else { by(units) };
    format!("{}", units / scale)
}
