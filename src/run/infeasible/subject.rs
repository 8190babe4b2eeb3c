//! What limits are called when they are missed.

use crate::formulation::context::Context;
use crate::formulation::elastic::{Limit, Missed};
use crate::formulation::keys::{ColumnKey, RowKey};
use crate::model::*;
use crate::results::policy_unit;
use crate::time::Bucket;

/// What a missed limit is called, and how its amounts are shown.
pub struct Subject {
    /// What is wrong with it, up to the amount.
    pub said: String,
    /// Unit of its amounts.
    pub unit: String,
    /// Shown units of a unit of the limit.
    pub per_unit: f64,
    /// Where a limit holds in a bucket: the unit of its rate.
    pub rate_unit: Option<&'static str>,
    /// The bucket.
    pub bucket: Option<Bucket>,
}

/// The words for a missed limit.
pub fn subject(context: &Context, missed: &Missed) -> Subject {
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
