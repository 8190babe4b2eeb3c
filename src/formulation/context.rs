//! What every constraint family looks at: the model, the time grid, and what follows from them before any row is
//! written — vintages, units of dispatch, present values.

use super::discounting::Discounting;
use super::keys::Namer;
use super::unit::{self, Unit, UnitId};
use super::vintages::{Vintage, vintages};
use crate::model::*;
use crate::time::{Bucket, TimeGrid};

/// The model with what follows from it.
#[derive(Debug)]
pub struct Context<'a> {
    /// The model.
    pub model: &'a Model,
    /// The division of the year.
    pub grid: &'a TimeGrid,
    /// Present values.
    pub discounting: Discounting<'a>,
    /// Present value of 1 a year through each period.
    pub discount: PerYear,
    /// Vintages of each fleet.
    pub vintages: Arena<FleetId, Vec<Vintage>>,
    /// Units of dispatch.
    pub units: Arena<UnitId, Unit>,
    /// Their names.
    pub unit_names: Arena<UnitId, String>,
    /// Units that produce whatever is available, without a dispatch decision.
    pub must_take: Vec<UnitId>,
    /// Milestone years whose dispatch, yearly policies and costs the program covers. Investment is always that of the horizon.
    covered: Vec<YearId>,
}

impl<'a> Context<'a> {
    /// Works out vintages and units, for a program that covers some milestone years.
    pub fn new(model: &'a Model, grid: &'a TimeGrid, covered: Vec<YearId>) -> Self {
        let discounting = Discounting::new(&model.money, &model.horizon);
        let discount = model.horizon.ids().map(|y| discounting.period(y)).collect();
        let vintages: Arena<FleetId, _> = model.fleets.values().map(|f| vintages(f, &model.horizon)).collect();
        let units = unit::of(model, &vintages);
        let unit_names = unit::names(model, &units);
        let must_take = unit::must_take(model, &units);
        Self { model, grid, discounting, discount, vintages, units, unit_names, must_take, covered }
    }

    /// The same for a program that covers all milestone years.
    pub fn whole(model: &'a Model, grid: &'a TimeGrid) -> Self {
        Self::new(model, grid, model.horizon.ids().collect())
    }

    /// Milestone years of the horizon.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = YearId> + use<> {
        self.model.horizon.ids()
    }

    /// Milestone years that the program covers.
    pub fn covered(&self) -> impl Iterator<Item = YearId> {
        self.covered.iter().copied()
    }

    /// Whether the program covers a milestone year.
    pub fn covers(&self, year: YearId) -> bool {
        self.covered.contains(&year)
    }

    /// Names for columns and rows.
    pub fn namer(&self) -> Namer<'_> {
        Namer { model: self.model, grid: self.grid, unit_names: &self.unit_names }
    }

    /// The milestone year before.
    pub fn before(&self, year: YearId) -> Option<YearId> {
        year.position().checked_sub(1).map(YearId::new)
    }

    /// Committed plants of a fleet that stand for the first time in a milestone year: whatever year of a period a plant is
    /// commissioned in, this is the year in which it counts as built and from which it is paid for. What stands in the first
    /// milestone year has not been built by the pathway.
    pub fn committed(&self, fleet: FleetId, year: YearId) -> impl Iterator<Item = &'a Asset> {
        let assets = &self.model.fleets[fleet].assets;
        let is_first = move |v: &&Vintage| v.existing.is_some() && v.built == year && year.position() > 0;
        self.vintages[fleet].iter().filter(is_first).flat_map(|v| &v.assets).map(move |&position| &assets[position])
    }

    /// Yearly amount, in TWh or Mt, of a rate of one GW or kt/h during a bucket.
    pub fn amount(&self, bucket: Bucket) -> f64 {
        self.grid.hours(bucket) / 1000.0
    }

    /// Present value of a yearly payment in `year`.
    pub fn discounted(&self, year: YearId, annual: f64) -> f64 {
        annual * self.discount[year]
    }

    /// The process of a unit.
    pub fn process(&self, unit: UnitId) -> &'a Process {
        &self.model.processes[self.units[unit].process]
    }

    /// The year whose technical coefficients hold for a unit in a year of operation.
    pub fn coefficients(&self, unit: UnitId, year: YearId) -> YearId {
        if self.process(unit).by_operation { year } else { self.units[unit].coefficients }
    }

    /// Ratio of a flow for a unit in a year of operation.
    pub fn ratio(&self, unit: UnitId, flow: &Flow, year: YearId) -> f64 {
        flow.ratio[self.coefficients(unit, year)]
    }

    /// Whether a unit has any capacity, standing or buildable, in a year.
    pub fn is_alive(&self, unit: UnitId, year: YearId) -> bool {
        let u = &self.units[unit];
        let all = &self.vintages[self.model.processes[u.process].fleet];
        u.vintages.iter().any(|&v| all[v].is_alive(year))
    }
}
