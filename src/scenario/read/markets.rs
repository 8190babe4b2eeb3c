//! `[markets.NAME]`.

use super::emissions;
use super::{Reader, Scope, Value, each};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Reads `[markets]`.
pub fn read(top: &Reader, scope: &mut Scope) -> Arena<MarketId, Market> {
    scope.markets = super::names(top, "markets", "market");
    let mut markets = Arena::new();
    for (name, reader) in each(top, "markets", "market") {
        let Some(reader) = reader else { continue };
        let market = one(name, &reader, scope);
        reader.finish();
        markets.push(market);
    }
    markets
}

fn one(name: &str, reader: &Reader, scope: &Scope) -> Market {
    let zone = scope.one(reader, "zone", &scope.zones, "\"north\"");
    let commodity = scope.one(reader, "commodity", &scope.commodities, "\"electricity\"");
    let trades = [("import", Trade::Import), ("export", Trade::Export)];
    let trade = reader.choice("trade", &trades);
    if !reader.table().contains_key("trade") {
        reader.missing("trade", "\"import\"");
    }
    let facts = commodity.map(|id| scope.facts(id)).unwrap_or_default();
    let (measure, content) = (facts.measure, facts.content);
    let range = 0.0..=f64::INFINITY;
    let series =
        |key, target, default| scope.over(reader.bounded_series(key, &target, content, range.clone()), default);
    let trade = trade.unwrap_or(Trade::Import);
    let default_component = match trade {
        Trade::Import => "import",
        Trade::Export => "export",
    };
    if commodity.is_some_and(|id| !scope.is_balanced(id)) {
        let help = "give it a balance instead of `price`, or leave the market out";
        reader.wrong("commodity", "this commodity is bought at a fixed price wherever it is used", help);
    }
    let steps = steps(reader, scope, measure, content);
    let min_volume = series("min-volume", targets::annual(measure), 0.0);
    let max_rate = series("max-rate", targets::capacity(measure), f64::INFINITY);
    check_minimum(reader, scope, &steps, &min_volume, &max_rate);
    Market {
        name: name.to_owned(),
        title: reader.text("title").unwrap_or(name).to_owned(),
        zone: zone.unwrap_or(ZoneId::new(0)),
        commodity: commodity.unwrap_or(CommodityId::new(0)),
        trade,
        steps,
        min_volume,
        max_rate,
        emissions: emissions::over(&emissions::read(reader, scope, "emissions", measure, content), scope.horizon),
        sector: scope.sector(reader),
        component: reader.text("component").unwrap_or(default_component).to_owned(),
    }
}

/// A contract minimum has to fit into what the market takes.
fn check_minimum(reader: &Reader, scope: &Scope, steps: &[Step], min_volume: &PerYear, max_rate: &PerYear) {
    for (year, milestone) in scope.horizon.iter() {
        let by_steps: f64 = steps.iter().map(|step| step.volume[year]).sum();
        let most = by_steps.min(max_rate[year] * HOURS_PER_YEAR / 1000.0);
        if min_volume[year] > most * (1.0 + 1e-9) {
            let message = format!("in {} `min-volume` is above what the market takes at most", milestone.year);
            reader.wrong("min-volume", message, "lower it, or raise the volumes of the steps or `max-rate`");
            return;
        }
    }
}

/// The price steps: `steps`, or one step of `price` and `max-volume`.
fn steps(reader: &Reader, scope: &Scope, measure: Measure, content: Content) -> Vec<Step> {
    let Some(entry) = reader.entry("steps") else {
        if !reader.table().contains_key("price") {
            reader.missing("price", "\"30 USD/MWh\"");
        }
        let step = step(reader, scope, "max-volume", measure, content);
        return vec![step];
    };
    for key in ["price", "max-volume"] {
        if reader.entry(key).is_some() {
            reader.wrong(
                key,
                format!("both `steps` and `{key}` are given"),
                "keep `steps`, with a price and volume each",
            );
        }
    }
    let Value::List(items) = &entry.node.value else {
        let help = "write steps = [{ volume = \"5 bcm/yr\", price = \"200 USD/1000m3\" }]";
        reader.wrong("steps", format!("`steps` is a list of tables, and this is {}", entry.node.kind()), help);
        return Vec::new();
    };
    let mut steps = Vec::new();
    for (position, item) in items.iter().enumerate() {
        let what = format!("step {} of {}", position + 1, reader.what);
        let Some(table) = item.as_table() else {
            let error = Diagnostic::error(item.span, format!("{what} is a table, and this is {}", item.kind()));
            scope.desk.report(error.help("write { volume = \"5 bcm/yr\", price = \"200 USD/1000m3\" }"));
            continue;
        };
        let inner = Reader::new(scope.desk, what, table, item.span, reader.below("steps"));
        if !table.contains_key("price") {
            inner.missing("price", "\"200 USD/1000m3\"");
        }
        steps.push(step(&inner, scope, "volume", measure, content));
        inner.finish();
    }
    if items.is_empty() {
        reader.wrong("steps", "`steps` is empty", "give at least one step, or `price`");
    }
    steps
}

fn step(reader: &Reader, scope: &Scope, volume: &'static str, measure: Measure, content: Content) -> Step {
    let range = 0.0..=f64::INFINITY;
    let volume = reader.bounded_series(volume, &targets::annual(measure), content, range);
    let price = reader.series("price", &targets::price(measure), content);
    Step { volume: scope.over(volume, f64::INFINITY), price: scope.over(price, 0.0) }
}
