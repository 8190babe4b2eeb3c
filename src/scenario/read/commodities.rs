//! `[commodities.NAME]`.

use super::emissions;
use super::scope::{CommodityFacts, Scope};
use super::{Reader, each};
use crate::diagnostics::Span;
use crate::model::*;
use crate::scenario::targets;
use crate::scenario::tree::year;
use crate::units::{Content, Dimension, Target, parse};

/// Reads `[commodities]`, and tells the scope what others need to know of them.
pub fn read(top: &Reader, scope: &mut Scope) -> Arena<CommodityId, Commodity> {
    let mut commodities = Arena::new();
    for (name, reader) in each(top, "commodities", "commodity") {
        let (commodity, facts) = match &reader {
            Some(reader) => one(name, reader, scope),
            None => (empty(name), CommodityFacts::default()),
        };
        if let Some(reader) = reader {
            reader.finish();
        }
        commodities.push(commodity);
        scope.facts.push(facts);
    }
    if commodities.is_empty() {
        top.missing("commodities", "{ electricity = {} }");
    }
    commodities
}

fn empty(name: &str) -> Commodity {
    Commodity {
        name: name.to_owned(),
        title: name.to_owned(),
        measure: Measure::Energy,
        resolution: Resolution::Hour,
        free_disposal: true,
        price: None,
        unserved_cost: None,
        energy_per_volume: None,
        energy_per_mass: None,
        amount_label: Label { unit: String::new(), factor: 1.0 },
        price_label: Label { unit: String::new(), factor: 1.0 },
    }
}

fn one(name: &str, reader: &Reader, scope: &Scope) -> (Commodity, CommodityFacts) {
    let mut commodity = empty(name);
    commodity.title = reader.text("title").unwrap_or(name).to_owned();
    let measures = [("energy", Measure::Energy), ("mass", Measure::Mass), ("distance", Measure::Distance)];
    commodity.measure = reader.choice("measure", &measures).unwrap_or(Measure::Energy);
    let resolutions = [
        ("hour", Resolution::Hour),
        ("day", Resolution::Day),
        ("season", Resolution::Season),
        ("year", Resolution::Year),
    ];
    commodity.resolution = reader.choice("resolution", &resolutions).unwrap_or(Resolution::Hour);
    commodity.free_disposal = reader.flag("free-disposal", true);
    let content = content(reader);
    commodity.energy_per_volume = content.energy_per_volume;
    commodity.energy_per_mass = content.energy_per_mass;
    let measure = commodity.measure;
    let (price, priced_in) = price(reader, scope, measure, content).unzip();
    commodity.price = price;
    commodity.unserved_cost = reader.bounded("unserved-cost", &targets::price(measure), content, 0.0..=f64::INFINITY);
    let (amount, per) = match measure {
        Measure::Energy => ("TWh", "MWh"),
        Measure::Mass => ("Mt", "t"),
        Measure::Distance => ("Gkm", "km"),
    };
    let per = format!("{}/{per}", scope.desk.currencies.borrow().code);
    let label = |key, default: &str, target| {
        let unit = reader.text(key).unwrap_or(default).to_owned();
        let factor = label_factor(scope, &unit, &target, content, reader.place(key)).unwrap_or(1.0);
        Label { unit, factor }
    };
    commodity.amount_label = label("amount-unit", amount, targets::annual(measure));
    commodity.price_label = label("price-unit", &per, targets::price(measure));
    let emissions = emissions::read(reader, scope, "emissions", measure, content);
    let facts = CommodityFacts { measure, content, resolution: commodity.resolution, emissions, priced_in };
    (commodity, facts)
}

/// Energy by volume or by mass.
fn content(reader: &Reader) -> Content {
    let mut content = Content::default();
    let Some(entry) = reader.entry("heating-value") else { return content };
    let [by_volume, by_mass] = targets::heating_value();
    let either = Target { accepts: [by_volume.accepts.clone(), by_mass.accepts].concat(), ..by_volume };
    let Some(value) = reader.bounded("heating-value", &either, content, f64::MIN_POSITIVE..=f64::INFINITY) else {
        return content;
    };
    let is_by_mass = match &entry.node.value {
        super::Value::Text(text) => parse(text, &reader.desk.currencies.borrow())
            .is_ok_and(|q| q.dimension == Dimension::ENERGY.per(Dimension::MASS)),
        _ => false,
    };
    if is_by_mass {
        content.energy_per_mass = Some(value);
    } else {
        content.energy_per_volume = Some(value);
    }
    content
}

/// Prices by zone, and the zones that have one.
type Prices = (Arena<ZoneId, PerYear>, Vec<ZoneId>);

/// A fixed price: one for all zones, or a table by zone.
fn price(reader: &Reader, scope: &Scope, measure: Measure, content: Content) -> Option<Prices> {
    let node = &reader.entry("price")?.node;
    let target = targets::price(measure);
    let by_zone = node.as_table().is_some_and(|table| !table.keys().any(|key| year(key).is_some()));
    if !by_zone {
        let price = scope.desk.series(node, &target, content)?.over(scope.horizon);
        return Some((
            scope.zones.iter().map(|_| price.clone()).collect(),
            scope.zones.iter().map(|(id, _)| id).collect(),
        ));
    }
    let prices = reader.inner("price")?;
    for (key, entry) in prices.table() {
        scope.zones.resolve(scope.desk, key, entry.key);
    }
    let mut all = Arena::new();
    let mut priced_in = Vec::new();
    for (id, name) in scope.zones.iter() {
        let entry = prices.table().get(name);
        all.push(scope.over(entry.and_then(|entry| scope.desk.series(&entry.node, &target, content)), 0.0));
        priced_in.extend(entry.map(|_| id));
    }
    Some((all, priced_in))
}

/// One of a unit as a text: "1 TWh", and "1" of the unit "1".
pub fn one_of(unit: &str) -> String {
    if unit == "1" { unit.to_owned() } else { format!("1 {unit}") }
}

/// Factor from the internal unit of a target to a unit for display.
pub fn label_factor(scope: &Scope, unit: &str, target: &Target, content: Content, place: Span) -> Option<f64> {
    let node =
        super::Node { value: super::Value::Text(one_of(unit)), span: place, provenance: std::sync::Arc::default() };
    scope.desk.quantity(&node, target, content).filter(|factor| *factor != 0.0).map(|factor| 1.0 / factor)
}
