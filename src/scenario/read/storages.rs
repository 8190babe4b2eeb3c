//! `storage = { … }` of a technology.

use super::fleets::{self, FleetDraft, SizedTank};
use super::modes::{KEYS, Modes};
use super::scope::CommodityFacts;
use super::{Reader, Scope};
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// A storage before its tank has a fleet.
#[derive(Clone, Debug)]
pub struct StorageDraft {
    commodity: CommodityId,
    facts: CommodityFacts,
    charge_efficiency: f64,
    discharge_efficiency: f64,
    loss_per_hour: f64,
    charge_ratio: f64,
    cycle: Cycle,
    start_level: f64,
    size: Size,
    variable_cost: PerYear,
    firm_hours: f64,
}

#[derive(Clone, Debug)]
enum Size {
    Duration(f64),
    Apart(SizedTank),
}

impl StorageDraft {
    /// The storage seen as a technology without modes.
    pub fn as_modes(&self) -> Modes {
        Modes {
            modes: Vec::new(),
            primary: Some(self.commodity),
            facts: self.facts.clone(),
            resolution: self.facts.resolution,
        }
    }

    /// The fleet of a tank that is sized apart from the power.
    pub fn tank(&self, power: &FleetDraft, scope: &Scope) -> Option<FleetDraft> {
        match &self.size {
            Size::Duration(_) => None,
            Size::Apart(tank) => Some(fleets::tank(power, tank.clone(), scope)),
        }
    }

    /// The storage with the fleet of its tank.
    pub fn settle(self, tank: Option<FleetId>) -> Storage {
        let tank = match (self.size, tank) {
            (Size::Duration(hours), _) => Tank::Duration(hours),
            (Size::Apart(_), Some(fleet)) => Tank::Sized(fleet),
            (Size::Apart(_), None) => Tank::Duration(0.0),
        };
        Storage {
            commodity: self.commodity,
            charge_efficiency: self.charge_efficiency,
            discharge_efficiency: self.discharge_efficiency,
            loss_per_hour: self.loss_per_hour,
            charge_ratio: self.charge_ratio,
            tank,
            cycle: self.cycle,
            start_level: self.start_level,
            variable_cost: self.variable_cost,
            firm_hours: self.firm_hours,
        }
    }
}

/// Reads the storage of a technology, if it is one.
pub fn read(reader: &Reader, scope: &Scope) -> Option<StorageDraft> {
    let storage = reader.inner("storage")?;
    for key in KEYS.into_iter().chain(["modes"]).filter(|key| *key != "variable-cost") {
        if reader.entry(key).is_some() {
            let help = "a store takes and gives one commodity; describe conversion as a technology of its own";
            reader.wrong(key, format!("{} is a store and can not have `{key}`", reader.what), help);
        }
    }
    let commodity = scope.one(&storage, "commodity", &scope.commodities, "\"electricity\"");
    if commodity.is_some_and(|id| !scope.is_balanced(id)) {
        let help = "give it a balance instead of `price`";
        storage.wrong("commodity", "a commodity that is bought at a fixed price can not be stored", help);
    }
    let facts = commodity.map(|id| scope.facts(id)).unwrap_or_default();
    let (measure, content) = (facts.measure, facts.content);
    let fraction = |key, range| storage.bounded(key, &targets::fraction(), Content::default(), range);
    let efficiency = |key| fraction(key, f64::MIN_POSITIVE..=1.0).unwrap_or(1.0);
    let cycles = [("day", Cycle::Day), ("year", Cycle::Year), ("horizon", Cycle::Horizon)];
    let cycle = storage.choice("cycle", &cycles).unwrap_or(Cycle::Day);
    let loss_per_hour = storage.bounded("loss", &targets::hourly_rate(), Content::default(), 0.0..=1.0).unwrap_or(0.0);
    if cycle == Cycle::Horizon && loss_per_hour > 0.0 {
        let help = "leave `loss` out, or let the store return to its start with cycle = \"year\"";
        storage.wrong("loss", "a store that carries its level from year to year has no losses", help);
    }
    let start_level = storage.bounded("start-level", &targets::store(measure), content, 0.0..=f64::INFINITY);
    if start_level.is_some() && cycle != Cycle::Horizon {
        let help = "leave it out, or write cycle = \"horizon\"";
        storage.wrong("start-level", "the level of this store starts where it ends", help);
    }
    let draft = StorageDraft {
        commodity: commodity.unwrap_or(CommodityId::new(0)),
        charge_efficiency: efficiency("charge-efficiency"),
        discharge_efficiency: efficiency("discharge-efficiency"),
        loss_per_hour,
        charge_ratio: fraction("charge-ratio", 0.0..=f64::INFINITY).unwrap_or(1.0),
        cycle,
        start_level: start_level.unwrap_or(0.0),
        firm_hours: storage
            .bounded("firm-duration", &targets::hours(), Content::default(), f64::MIN_POSITIVE..=f64::INFINITY)
            .unwrap_or(4.0),
        size: size(&storage, scope, measure, content),
        variable_cost: scope.over(reader.series("variable-cost", &targets::price(measure), content), 0.0),
        facts,
    };
    let resolution = draft.facts.resolution;
    if resolution > Resolution::Day && commodity.is_some() {
        let help = "a store needs steps to work over; give the commodity resolution = \"day\" or \"hour\"";
        storage.wrong("commodity", "the stored commodity balances over seasons or years", help);
    } else if resolution == Resolution::Day && draft.cycle == Cycle::Day {
        let help = "write cycle = \"year\": within a day there is nothing to shift";
        storage.wrong("cycle", "a commodity that balances by day can not be stored within a day", help);
    }
    storage.finish();
    commodity.map(|_| draft)
}

fn size(storage: &Reader, scope: &Scope, measure: Measure, content: Content) -> Size {
    let range = 0.0..=f64::INFINITY;
    let duration = storage.bounded("duration", &targets::hours(), content, range.clone());
    let target = targets::store_capital_cost(measure);
    let capital_cost = storage.bounded_series("energy-capital-cost", &target, content, range.clone());
    let fixed_cost =
        storage.bounded_series("energy-fixed-cost", &targets::store_fixed_cost(measure), content, range.clone());
    let capacity = storage.bounded_series("energy-capacity", &targets::store(measure), content, range);
    if capacity.is_some() && !storage.table().contains_key("energy-capital-cost") {
        let help = "size the store apart with `energy-capital-cost`, or leave it out";
        storage.wrong("energy-capacity", "what stands of a tank belongs to a store that is sized apart", help);
    }
    let (has_duration, has_cost) =
        (storage.table().contains_key("duration"), storage.table().contains_key("energy-capital-cost"));
    match (has_duration, has_cost) {
        (true, true) => {
            let help =
                "keep `duration` for a store of a fixed size, or `energy-capital-cost` for one that is sized apart";
            storage.wrong("duration", "both `duration` and `energy-capital-cost` are given", help);
        }
        (false, false) => storage.missing("duration", "\"4 h\""),
        (true, false) if storage.table().contains_key("energy-fixed-cost") => {
            let help = "leave it out, or size the store apart with `energy-capital-cost` instead of `duration`";
            storage.wrong("energy-fixed-cost", "a store with a `duration` has no cost of its tank", help);
        }
        _ => {}
    }
    match capital_cost {
        Some(capital_cost) if !has_duration => {
            Size::Apart(SizedTank { capital_cost, fixed_cost: scope.over(fixed_cost, 0.0), capacity })
        }
        _ => Size::Duration(duration.unwrap_or(0.0)),
    }
}
