//! What sets a price.
//!
//! In a bucket it is set by who gives or takes, and could do more or less of it without a rent: what a unit costs there is the price.
//! Where that is a link, who sets the price at its other end does. Where nobody has room, the price is the cost of the one that earns the
//! smallest rent and the rent itself, which pays for capacity. The price of a year is the mean over its buckets, and so are its reasons.

use std::collections::BTreeMap;

use serde::Serialize;

use super::offer::{Balance, Kind, Offer};
use super::reason::Reason;
use super::scene::Scene;
use super::setters::{Setter, Setters};
use crate::formulation::keys::ColumnKey;
use crate::formulation::program::Sense;
use crate::model::*;
use crate::results::ledger::At;
use crate::results::prices::{price, weights};
use crate::time::Bucket;

/// A rent that is none: this much, and this part of the price. What is solved block by block keeps its conditions nearly.
const FREE: (f64, f64) = (0.01, 0.005);

/// Parts of a year's price that are told one by one.
const TRACED: f64 = 1e-3;

/// How a price comes about in a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Setting {
    /// Somebody could give or take a little more.
    Margin,
    /// Nobody has room: a rent belongs to the price.
    Full,
    /// There is more than is used.
    Surplus,
    /// Nobody who gives or takes could do otherwise.
    Given,
}

/// What sets a price in a bucket.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SlicePrice {
    /// Year.
    pub year: i32,
    /// Zone.
    pub zone: String,
    /// Commodity.
    pub commodity: String,
    /// Bucket.
    pub slice: String,
    /// Price.
    pub price: f64,
    /// Its unit.
    pub unit: String,
    /// How it comes about.
    pub setting: Setting,
    /// Who sets it.
    pub set_by: String,
    /// What it is made up of.
    pub reasons: Vec<Reason>,
    /// Who gives and takes.
    pub offers: Vec<Shown>,
    /// Unit of their rates.
    pub rate_unit: String,
    /// Where the price is set by a store of the day: when it takes in what it gives, and at which price.
    pub taken_in: Vec<(String, f64)>,
}

/// Somebody who gives or takes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// Who.
    pub name: String,
    /// Rate, negative for use.
    pub rate: f64,
    /// What a unit costs, or is worth, without rents.
    pub cost: f64,
    /// By how much the price is above that.
    pub rent: f64,
}

/// What sets a price over a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct YearPrice {
    /// Year.
    pub year: i32,
    /// Zone.
    pub zone: String,
    /// Commodity.
    pub commodity: String,
    /// Price.
    pub price: f64,
    /// Its unit.
    pub unit: String,
    /// Who sets it, by the part of demand for which they do.
    pub setters: Vec<Setter>,
    /// What it is made up of.
    pub reasons: Vec<Reason>,
}

/// Who sets a price.
#[derive(Clone, Default)]
struct Root {
    /// In words, with the way it comes.
    words: String,
    /// Who alone.
    name: String,
    /// The store that does.
    store: Option<ProcessId>,
}

impl Root {
    fn new(name: &str) -> Self {
        Self { words: name.to_owned(), name: name.to_owned(), store: None }
    }
}

/// A bucket with its price explained.
struct Explained {
    price: f64,
    setting: Setting,
    root: Root,
    reasons: Vec<Reason>,
    offers: Vec<Offer>,
}

/// Explains prices of a part.
#[derive(Debug)]
pub struct Prices<'a> {
    scene: &'a Scene<'a>,
}

impl<'a> Prices<'a> {
    /// Of a part.
    pub fn new(scene: &'a Scene<'a>) -> Self {
        Self { scene }
    }

    /// The buckets of a year that count in its price, with their weights, explained.
    fn buckets(&self, at: At) -> Vec<(f64, Explained)> {
        let counted = weights(&self.scene.ledger, at).into_iter().filter(|(_, weight)| *weight > 0.0);
        counted.filter_map(|(bucket, weight)| Some((weight, self.explain(at, bucket, &mut vec![at.1])?))).collect()
    }

    /// Who sets a price over a year, wherever they are, with the amounts that are bought at it and the money that is paid.
    pub fn roots(&self, at: At) -> Vec<(String, f64, f64)> {
        self.buckets(at).into_iter().map(|(weight, e)| (e.root.name, weight, weight * e.price)).collect()
    }

    /// What sets a price over a year; `None` where there is no balance.
    pub fn year(&self, at: At) -> Option<YearPrice> {
        let mut setters = Setters::default();
        let mut reasons: BTreeMap<String, f64> = BTreeMap::new();
        for (weight, Explained { price, root, reasons: own, .. }) in self.buckets(at) {
            setters.add(root.words, weight, weight * price);
            for reason in own {
                *reasons.entry(reason.name).or_default() += weight * reason.value;
            }
        }
        let weight = setters.amount();
        let reason = |(name, sum): (String, f64)| Reason { name, value: sum / weight, of: None };
        let mut reasons: Vec<Reason> = reasons.into_iter().map(reason).collect();
        reasons.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        let (year, zone, commodity, unit) = self.names(at);
        let price = setters.price();
        let setters = setters.ranked();
        (weight > 0.0).then_some(YearPrice { year, zone, commodity, price, unit, setters, reasons })
    }

    /// What sets a price in a bucket; `None` where there is no balance.
    pub fn slice(&self, at: At, bucket: Bucket) -> Option<SlicePrice> {
        let Explained { price, setting, root, mut reasons, mut offers } = self.explain(at, bucket, &mut vec![at.1])?;
        reasons.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        offers.sort_by(|a, b| b.runs.cmp(&a.runs).then(b.rate.total_cmp(&a.rate)));
        let shown = |offer: Offer| Shown {
            name: offer.name,
            rate: if offer.runs { offer.rate } else { 0.0 },
            cost: offer.own,
            rent: offer.rent,
        };
        let (year, zone, commodity, unit) = self.names(at);
        let context = self.scene.ledger.context();
        Some(SlicePrice {
            year,
            zone,
            commodity,
            slice: context.grid.name(bucket).to_owned(),
            price,
            unit,
            setting,
            set_by: root.words,
            reasons,
            offers: offers.into_iter().map(shown).collect(),
            rate_unit: context.model.commodities[at.2].measure.rate_unit().to_owned(),
            taken_in: root.store.map_or_else(Vec::new, |store| self.taken_in(store, at, bucket)),
        })
    }

    fn names(&self, (year, zone, commodity): At) -> (i32, String, String, String) {
        let (ledger, c) = (&self.scene.ledger, &self.scene.ledger.model().commodities[commodity]);
        (ledger.year(year), ledger.zone(zone).to_owned(), c.name.clone(), c.price_label.unit.clone())
    }

    /// Explains a bucket; links to zones that have been seen explain nothing.
    fn explain(&self, at: At, bucket: Bucket, seen: &mut Vec<ZoneId>) -> Option<Explained> {
        let balance = Balance::find(self.scene, at, bucket)?;
        let price = balance.price;
        let offers = balance.offers(self.scene);
        let free = FREE.0 + FREE.1 * price.abs();
        let explained = |setting, root, reasons| Explained { price, setting, root, reasons, offers: offers.clone() };
        let alone = |setting, words: &str| {
            let reasons = vec![Reason { name: words.to_owned(), value: price, of: None }];
            explained(setting, Root::new(words), reasons)
        };
        if price.abs() <= free && self.has_surplus(&balance) {
            return Some(alone(Setting::Surplus, "more is given than is used"));
        }
        let leads = |offer: &&Offer| {
            let is_back = matches!(offer.kind, Kind::Link(_, other) if seen.contains(&other));
            offer.runs && !is_back
        };
        // Who can not do otherwise in this bucket alone explains it by all others, and comes last.
        let by_rank = |a: &&Offer, b: &&Offer| {
            let order = b.room.cmp(&a.room).then(rank(a).cmp(&rank(b)));
            order.then(b.rate.abs().total_cmp(&a.rate.abs()))
        };
        let margin = |coarse: bool| {
            let free = move |offer: &&Offer| offer.coarse == coarse && offer.rent.abs() <= free;
            offers.iter().filter(leads).filter(free).min_by(by_rank)
        };
        let gives = |offer: &&Offer| !offer.coarse && offer.rate > 0.0 && offer.rent > 0.0;
        let full = offers.iter().filter(leads).filter(gives).min_by(|a, b| a.rent.total_cmp(&b.rent));
        Some(match (margin(false), full, margin(true)) {
            (Some(offer), ..) | (None, None, Some(offer)) => {
                let root = self.root(offer, at, bucket, seen);
                explained(Setting::Margin, root, offer.reasons.clone())
            }
            (None, Some(offer), _) => {
                let root = Root::new(&format!("{}, all of it in use", offer.name));
                explained(Setting::Full, root, offer.reasons.clone())
            }
            (None, None, None) => alone(Setting::Given, "nobody could give or take more"),
        })
    }

    /// Who is behind an offer: through links, who sets the price at the other end.
    fn root(&self, offer: &Offer, at: At, bucket: Bucket, seen: &mut Vec<ZoneId>) -> Root {
        let own = Root::new(&offer.name);
        match offer.kind {
            Kind::Store(process) => Root { store: Some(process), ..own },
            Kind::Link(link, zone) => {
                seen.push(zone);
                let model = self.scene.ledger.model();
                let beyond = self.explain((at.0, zone, at.2), bucket, seen).filter(|e| e.setting != Setting::Given);
                let line = &model.links[link].name;
                beyond.map_or(own, |Explained { root: Root { words, name, .. }, .. }| {
                    let words = match words.strip_suffix(')') {
                        Some(further) if further.contains(" in ") => format!("{further}, {line})"),
                        _ => format!("{words} in {} ({line})", model.zones[zone].name),
                    };
                    Root { words, name, store: None }
                })
            }
            _ => own,
        }
    }

    /// Whether a balance has more than is used.
    fn has_surplus(&self, balance: &Balance) -> bool {
        let row = &self.scene.program().rows()[balance.row.index()];
        let entries = self.scene.program().entries(balance.row);
        let terms = entries.iter().map(|&(column, factor)| factor * self.scene.ledger.solution.value(column));
        let (sum, size) = terms.fold((0.0, row.rhs.abs()), |(sum, size), term| (sum + term, size + term.abs()));
        row.sense == Sense::Ge && sum - row.rhs > TRACED * size
    }

    /// When a store of the day takes in, on the day of a bucket, and at which price.
    fn taken_in(&self, store: ProcessId, at: At, bucket: Bucket) -> Vec<(String, f64)> {
        let (ledger, context) = (&self.scene.ledger, self.scene.ledger.context());
        let is_daily = context.model.processes[store].storage.as_ref().is_some_and(|s| s.cycle == Cycle::Day);
        let Some(day) = context.grid.day(bucket).filter(|_| is_daily) else { return Vec::new() };
        let c = &context.model.commodities[at.2];
        let buckets = context.grid.buckets(c.resolution).into_iter().filter(|&b| context.grid.day(b) == Some(day));
        let rates: Vec<(Bucket, f64)> =
            buckets.map(|b| (b, ledger.column(ColumnKey::Charge(store, at.0, b)))).collect();
        let greatest = rates.iter().map(|(_, rate)| *rate).fold(0.0, f64::max);
        let takes = rates.into_iter().filter(|(_, rate)| *rate > TRACED * greatest);
        let priced = takes.filter_map(|(b, _)| Some((b, price(ledger, at, b)? * c.price_label.factor)));
        priced.map(|(b, price)| (context.grid.name(b).to_owned(), price)).collect()
    }
}

/// Order in which offers explain a price.
fn rank(offer: &Offer) -> u8 {
    match offer.kind {
        Kind::Supply => 0,
        Kind::Link(..) => 1,
        Kind::Use => 2,
        Kind::Store(_) => 3,
        Kind::Surplus => 4,
    }
}
