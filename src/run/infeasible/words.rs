//! What is asked too much, in words: one reason for each value that has to change, the dearest first.

use std::collections::BTreeMap;

use super::Missing;
use super::places::{self, Place};
use super::subject::{Subject, subject};
use crate::diagnostics::{Diagnostic, Diagnostics, Span};
use crate::formulation::context::Context;
use crate::formulation::elastic::{Limit, Missed};
use crate::formulation::keys::{ColumnKey, RowKey};
use crate::model::*;
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
    /// Shown units of a unit of the limit.
    per_unit: f64,
    cost: f64,
}

/// What is missed of a value in a year.
#[derive(Clone, Debug)]
struct Share {
    /// The dearest part of it: all of it, but where a limit holds in each step of the year.
    dearest: Missed,
    amount: f64,
    cost: f64,
    /// The highest rate, when it is, and its unit.
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
            per_unit,
            cost: 0.0,
        });
        reason.cost += one.cost;
        let none = Share { dearest: *one, amount: 0.0, cost: 0.0, highest: 0.0, when: None };
        let share = reason.years.entry(place.year).or_insert(none);
        share.amount += one.amount * per_unit;
        share.cost += one.cost;
        if let (Some(bucket), Some(unit)) = (bucket, rate_unit)
            && one.amount > share.highest
        {
            (share.highest, share.when) = (one.amount, Some((bucket, unit)));
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
    let worst = years.iter().copied().max_by(|a, b| a.1.cost.total_cmp(&b.1.cost));
    years.sort_by(|a, b| b.1.cost.total_cmp(&a.1.cost));
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
    let place = match worst.and_then(|(id, _)| id) {
        Some(id) => reason.place.find_year(merged, year(id)),
        None => reason.place.find(merged),
    };
    let error = Diagnostic::error(place, format!("{}, by {}", reason.said, amounts.join(", ")));
    match worst.and_then(|(_, share)| wanted(context.model, &share.dearest, reason)) {
        Some(wanted) => error.help(wanted),
        None => error,
    }
}

/// What a value would have to be, where it is a number of its own.
fn wanted(model: &Model, missed: &Missed, reason: &Reason) -> Option<String> {
    let (year, now, per) = match missed.limit {
        Limit::Row(RowKey::Policy(id, year, upper)) => {
            let (limits, per) = match &model.policies[id].rule {
                Rule::CapacityLimit { limits, .. } | Rule::BuildLimit { limits, .. } => (limits, ""),
                Rule::EmissionCap { limits, .. }
                | Rule::ActivityLimit { limits, .. }
                | Rule::TradeLimit { limits, .. }
                | Rule::FlowLimit { limits, .. } => (limits, "/yr"),
                _ => return None,
            };
            (year, if upper { limits.max[year]? } else { limits.min[year]? }, per)
        }
        Limit::Row(RowKey::MarketMinimum(id, year)) => (year, model.markets[id].min_volume[year], "/yr"),
        Limit::Row(RowKey::FinanceLimit(id, year)) => (year, model.finance[id].max[year], ""),
        Limit::Bound(ColumnKey::Capacity(id, year)) => {
            let fleet = &model.fleets[id];
            (year, if missed.upper { fleet.max_capacity[year] } else { fleet.min_capacity[year] }, "")
        }
        _ => return None,
    };
    let (sign, by): (f64, fn(f64) -> f64) = if missed.upper { (1.0, f64::ceil) } else { (-1.0, f64::floor) };
    let Reason { place, unit, per_unit, .. } = reason;
    let (from, to) = (now * per_unit, (now + sign * missed.amount) * per_unit);
    Some(format!(
        "`{}` of {} would do at {} {unit}{per}, and is {} {unit}{per}",
        place.key(),
        model.horizon[year].year,
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
