//! What every constraint family looks at: the model, the time grid, and what follows from them before any row is
//! written — vintages, units of dispatch, present values.

use super::discounting::Discounting;
use super::must_take;
use super::vintages::{Vintage, vintages};
use crate::model::*;
use crate::time::{Bucket, TimeGrid};

/// A part of a process whose vintages share their technical coefficients, so that they are dispatched together.
///
/// Most processes are one unit; a technology whose efficiency improves with the year of building has one per distinct
/// efficiency.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The process.
    pub process: ProcessId,
    /// Positions of its vintages in the fleet; all of them if it is the only unit.
    pub vintages: Vec<usize>,
    /// Whether it is the only unit of its process.
    pub sole: bool,
    /// Year of building whose coefficients hold.
    pub coefficients: YearId,
}

/// A unit of dispatch.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct UnitId(u32);

impl Id for UnitId {
    fn new(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }
    fn position(self) -> usize {
        self.0 as usize
    }
}

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
}

impl<'a> Context<'a> {
    /// Works out vintages and units.
    pub fn new(model: &'a Model, grid: &'a TimeGrid) -> Self {
        let discounting = Discounting::new(&model.money, &model.horizon);
        let discount = model.horizon.ids().map(|y| discounting.period(y)).collect();
        let vintages: Arena<FleetId, _> = model.fleets.values().map(|f| vintages(f, &model.horizon)).collect();
        let units = units(model, &vintages);
        let unit_names = units.values().map(|u| unit_name(model, u)).collect();
        let must_take = must_take::select(model, &units);
        Self { model, grid, discounting, discount, vintages, units, unit_names, must_take }
    }

    /// Milestone years.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = YearId> + use<> {
        self.model.horizon.ids()
    }

    /// The milestone year before.
    pub fn before(&self, year: YearId) -> Option<YearId> {
        year.position().checked_sub(1).map(YearId::new)
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

    /// Ratio of a flow for a unit.
    pub fn ratio(&self, unit: UnitId, flow: &Flow) -> f64 {
        flow.ratio[self.units[unit].coefficients]
    }

    /// Whether a unit has any capacity, standing or buildable, in a year.
    pub fn is_alive(&self, unit: UnitId, year: YearId) -> bool {
        let u = &self.units[unit];
        let all = &self.vintages[self.model.processes[u.process].fleet];
        u.vintages.iter().any(|&v| all[v].is_alive(year))
    }
}

/// The vintages of each process, grouped by equal technical coefficients. Storages have no unit.
fn units(model: &Model, vintages: &Arena<FleetId, Vec<Vintage>>) -> Arena<UnitId, Unit> {
    let mut units = Arena::new();
    for (process, p) in model.processes.iter().filter(|(_, p)| p.storage.is_none()) {
        let mut groups: Vec<(YearId, Vec<usize>)> = Vec::new();
        for (position, vintage) in vintages[p.fleet].iter().enumerate() {
            match groups.iter_mut().find(|(year, _)| same_coefficients(p, *year, vintage.built)) {
                Some((_, members)) => members.push(position),
                None => groups.push((vintage.built, vec![position])),
            }
        }
        let sole = groups.len() == 1;
        for (coefficients, members) in groups {
            units.push(Unit { process, vintages: members, sole, coefficients });
        }
    }
    units
}

fn same_coefficients(process: &Process, a: YearId, b: YearId) -> bool {
    process.modes.iter().all(|mode| {
        mode.flows.iter().all(|flow| flow.ratio[a] == flow.ratio[b])
            && mode.emissions.iter().all(|(_, factor)| factor[a] == factor[b])
    })
}

fn unit_name(model: &Model, unit: &Unit) -> String {
    let name = &model.processes[unit.process].name;
    if unit.sole { name.clone() } else { format!("{name}:{}", model.horizon[unit.coefficients].year) }
}
