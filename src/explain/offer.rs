//! Who could give or take a little more of a commodity, and what that would cost.
//!
//! A column with coefficient `a` in the balance of a bucket worth `W` (present value times amount) has the dual equation
//! `price = (c − Σ other a·y − d) / (a·W)`. Of its terms the rents are those of its own limits; the rest is what a unit costs it. Where
//! there is no rent, that cost is the price.

use std::collections::BTreeMap;

use super::reason::{Bought, Cause, Reason};
use super::scene::Scene;
use crate::formulation::keys::{ColumnKey, RowKey};
use crate::formulation::program::{Block, ColId, Column, RowId};
use crate::model::*;
use crate::results::ledger::At;
use crate::time::Bucket;

/// Part of the greatest flow of a balance below which a flow is none: an interior point leaves a little of everything.
const TRACE: f64 = 1e-4;

/// Who gives or takes, in the order in which they explain a price: who is paid, who brings it from elsewhere, who would do with less,
/// who brings it from another time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// Gives.
    Supply,
    /// Brings it from, or takes it to, another zone.
    Link(LinkId, ZoneId),
    /// Takes.
    Use,
    /// Takes it to, or brings it from, another time.
    Store(ProcessId),
    /// Throws it away.
    Surplus,
}

/// A column in a balance. Money is per unit of the commodity, as it is shown.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What kind.
    pub kind: Kind,
    /// Who.
    pub name: String,
    /// GW or kt/h; negative where it takes.
    pub rate: f64,
    /// What a unit costs it, or what it is worth to it, without rents.
    pub own: f64,
    /// By how much the price is above that: its rent, or less than nothing where it stands still for being too dear. Of one that takes,
    /// the other way round.
    pub rent: f64,
    /// Why a unit costs what it does; they add up to the price.
    pub reasons: Vec<Reason>,
    /// Whether it gives or takes more than a trace.
    pub runs: bool,
    /// Whether it is below the greatest rate that it may have.
    pub room: bool,
    /// Whether it can not do so here alone: it is dispatched in coarser steps than the commodity balances in.
    pub coarse: bool,
}

/// A balance with its price.
#[derive(Clone, Copy, Debug)]
pub struct Balance {
    /// Year, zone, commodity.
    pub at: At,
    /// When.
    pub bucket: Bucket,
    /// Its row.
    pub row: RowId,
    /// As it is shown.
    pub price: f64,
}

impl Balance {
    /// The balance of a commodity in a bucket; `None` where the program has none.
    pub fn find(scene: &Scene, at: At, bucket: Bucket) -> Option<Self> {
        let row = scene.program().row(RowKey::Balance(at.1, at.2, at.0, bucket))?;
        let price = scene.ledger.solution.dual(row) * per_unit(scene, at, bucket);
        Some(Self { at, bucket, row, price })
    }

    /// All columns that are dispatched in it.
    pub fn offers(&self, scene: &Scene) -> Vec<Offer> {
        let mut columns: BTreeMap<ColId, f64> = BTreeMap::new();
        for (column, factor) in scene.columns(self.row) {
            *columns.entry(column).or_default() += factor;
        }
        let is_dispatched = |&(id, _): &(ColId, f64)| scene.program().columns()[id.index()].block != Block::Horizon;
        let columns: Vec<(ColId, f64)> = columns.into_iter().filter(is_dispatched).collect();
        let rate = |&(id, factor): &(ColId, f64)| factor * scene.ledger.solution.value(id);
        let greatest = columns.iter().map(|column| rate(column).abs()).fold(0.0, f64::max);
        let offer = |&column| self.offer(scene, column, TRACE * greatest);
        columns.iter().filter_map(offer).collect()
    }

    fn offer(&self, scene: &Scene, (id, factor): (ColId, f64), trace: f64) -> Option<Offer> {
        let Column { key, lower, upper, .. } = scene.program().columns()[id.index()];
        let (kind, name) = who(scene, key, self.at.1)?;
        let value = scene.ledger.solution.value(id);
        let per_unit = per_unit(scene, self.at, self.bucket) / factor;
        let mut sums: BTreeMap<Cause, (f64, f64)> = BTreeMap::new();
        let mut reduced = 0.0;
        for (cause, row, cost) in scene.reduced(id) {
            reduced += cost;
            if row != Some(self.row) {
                let sum = sums.entry(cause).or_default();
                sum.0 += cost * per_unit;
                sum.1 += row.map_or(0.0, |row| self.amount(scene, id, row, factor));
            }
        }
        // At a bound of the column itself the reduced cost is the rent of that bound.
        let trace = trace / factor.abs();
        let bound = match reduced {
            d if d < 0.0 && value >= upper - trace => Cause::Room,
            d if d > 0.0 && lower > 0.0 && value <= lower + trace => Cause::MustRun,
            _ => Cause::Rest,
        };
        sums.entry(bound).or_default().0 -= reduced * per_unit;
        let own_limits = [Cause::Room, Cause::MustRun, Cause::Rest];
        let rent: f64 = own_limits.iter().filter_map(|cause| sums.get(cause)).map(|sum| sum.0).sum();
        let reason = |(cause, (value, amount)): (Cause, (f64, f64))| Reason {
            name: cause.words(scene.ledger.model()),
            value,
            of: self.bought(scene, cause, value, amount),
        };
        let coarse = sums.contains_key(&Cause::Commodity(self.at.1, self.at.2));
        let reasons = sums.into_iter().filter(|(_, (value, _))| *value != 0.0).map(reason).collect();
        let kind = if kind == Kind::Use && factor > 0.0 { Kind::Supply } else { kind };
        let own = self.price - rent;
        Some(Offer {
            kind,
            name,
            rate: factor * value,
            own,
            rent,
            reasons,
            runs: value > trace,
            room: value < upper - trace,
            coarse,
        })
    }

    /// Units of another commodity that a unit of this one takes through a row.
    fn amount(&self, scene: &Scene, column: ColId, row: RowId, factor: f64) -> f64 {
        let RowKey::Balance(.., bucket) = scene.row_key(row) else { return 0.0 };
        let context = scene.ledger.context();
        let there = scene.entries(column).iter().filter(|(other, _)| *other == row).map(|(_, part)| part).sum::<f64>();
        -there * context.amount(bucket) / (factor * context.amount(self.bucket))
    }

    /// What a reason buys: so much of a commodity at its price.
    fn bought(&self, scene: &Scene, cause: Cause, value: f64, amount: f64) -> Option<Bought> {
        let Cause::Commodity(_, commodity) = cause else { return None };
        let commodities = &scene.ledger.model().commodities;
        let amount = amount * commodities[commodity].amount_label.factor / commodities[self.at.2].amount_label.factor;
        let unit = commodities[commodity].price_label.unit.clone();
        (amount != 0.0).then(|| Bought { amount, price: value / amount, unit })
    }
}

/// Price, as it is shown, per unit of a balance's dual.
fn per_unit(scene: &Scene, (year, _, commodity): At, bucket: Bucket) -> f64 {
    let context = scene.ledger.context();
    context.model.commodities[commodity].price_label.factor / (context.discount[year] * context.amount(bucket))
}

/// Whose a column is, seen from a zone.
fn who(scene: &Scene, key: ColumnKey, zone: ZoneId) -> Option<(Kind, String)> {
    let (model, context) = (scene.ledger.model(), scene.ledger.context());
    Some(match key {
        ColumnKey::Activity(unit, mode, ..) => {
            let process = &model.processes[context.units[unit].process];
            let name = model.technology_name(context.units[unit].process);
            let mode = &process.modes[usize::from(mode)];
            let words = if mode.name.is_empty() { name.to_owned() } else { format!("{name} ({})", mode.name) };
            (Kind::Use, words)
        }
        ColumnKey::Charge(process, ..) => {
            (Kind::Store(process), format!("{}, taking in", model.technology_name(process)))
        }
        ColumnKey::Discharge(process, ..) => (Kind::Store(process), model.technology_name(process).to_owned()),
        ColumnKey::Forward(link, ..) | ColumnKey::Backward(link, ..) => {
            let l = &model.links[link];
            let other = if l.from == zone { l.to } else { l.from };
            let forward = matches!(key, ColumnKey::Forward(..));
            let word = if forward == (l.from == zone) { "to" } else { "from" };
            (Kind::Link(link, other), format!("{} {word} {}", l.name, model.zones[other].name))
        }
        ColumnKey::Traded(market, ..) => (Kind::Use, format!("market {}", model.markets[market].name)),
        ColumnKey::Unserved(..) => (Kind::Use, "demand that is not served".to_owned()),
        ColumnKey::Surplus(..) => (Kind::Surplus, "what is thrown away".to_owned()),
        _ => return None,
    })
}
