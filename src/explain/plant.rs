//! Everything that is decided about one process or link, with what it costs and earns at the prices of a solution.
//!
//! The rows that hold nothing but decisions of a plant are its own; what it takes from all others is paid for at their duals. What is left is
//! a small program of its own: how to run one unit of capacity so that it earns most. (The duals of a plant's own rows do not tell that:
//! of a plant that is not built they may be anything from its rent upwards.)

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::reason::Cause;
use super::scene::Scene;
use crate::formulation::context::Context;
use crate::formulation::keys::{ColumnKey, RowKey, Sum};
use crate::formulation::program::{Block, Program, Sense};
use crate::model::*;
use crate::solve::{Silent, SolveOptions, Status, solve};

/// Whose decisions they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Member {
    /// A process, with its tank.
    Process(ProcessId),
    /// A link.
    Link(LinkId),
}

impl Member {
    /// Whose fleet it is.
    pub fn of(model: &Model, fleet: FleetId) -> Self {
        match model.fleets[fleet].owner {
            Owner::Process(process) | Owner::Tank(process) => Self::Process(process),
            Owner::Link(link) => Self::Link(link),
        }
    }

    /// Its capacity.
    pub fn fleet(self, model: &Model) -> FleetId {
        match self {
            Self::Process(process) => model.processes[process].fleet,
            Self::Link(link) => model.links[link].fleet,
        }
    }

    /// Whose decision a column is, and in which year; `None` for those of nobody in particular.
    fn decides(context: &Context, key: ColumnKey) -> Option<(Self, YearId)> {
        use ColumnKey as C;
        let fleet = |fleet| Self::of(context.model, fleet);
        Some(match key {
            C::Build(f, y) | C::Financed(_, f, y) | C::Living(f, _, y) | C::Capacity(f, y) => (fleet(f), y),
            C::Activity(unit, _, y, _) => (Self::Process(context.units[unit].process), y),
            C::Charge(p, y, _)
            | C::Discharge(p, y, _)
            | C::Level(p, y, _)
            | C::NetCharge(p, y, _)
            | C::Firm(p, _, y)
            | C::SwingUp(p, y, _)
            | C::SwingDown(p, y, _)
            | C::CalendarLevel(p, y, _) => (Self::Process(p), y),
            C::Forward(link, _, y, _) | C::Backward(link, _, y, _) => (Self::Link(link), y),
            _ => return None,
        })
    }
}

/// Whether a row holds nothing but decisions of one plant.
fn is_own(row: RowKey) -> bool {
    use RowKey as R;
    match row {
        R::FinanceLimit(..)
        | R::Growth(..)
        | R::MarketVolume(..)
        | R::MarketMinimum(..)
        | R::Balance(..)
        | R::SurplusLimit(..)
        | R::Peak(..)
        | R::Policy(..)
        | R::PolicyGrowth(..)
        | R::ActivityGrowth(..)
        | R::PolicyBudget(_) => false,
        R::Tally(sum, ..) => matches!(sum, Sum::Activity(_)),
        _ => true,
    }
}

/// A decision.
#[derive(Clone, Debug)]
struct Decision {
    year: YearId,
    block: Block,
    lower: f64,
    upper: f64,
    value: f64,
    /// What a unit costs, cause by cause, discounted.
    terms: Vec<(Cause, f64)>,
}

/// The decisions of a plant and its own rows.
#[derive(Clone, Debug, Default)]
pub struct Plant {
    decisions: IndexMap<ColumnKey, Decision>,
    rows: IndexMap<RowKey, (Sense, Vec<(ColumnKey, f64)>)>,
}

/// Adds a part to plants, by its position: what belongs to the horizon is the same in all of them, but for what adds up.
pub fn gather(plants: &mut IndexMap<Member, Plant>, scene: &Scene, number: usize) {
    let context = scene.ledger.context();
    for (id, column) in scene.program().column_ids().zip(scene.program().columns()) {
        let Some((member, year)) = Member::decides(context, column.key) else { continue };
        let Some(plant) = plants.get_mut(&member) else { continue };
        let decision = plant.decisions.entry(column.key).or_insert_with(|| Decision {
            year,
            block: column.block,
            lower: column.lower,
            upper: column.upper,
            value: scene.ledger.solution.value(id),
            terms: Vec::new(),
        });
        decision.terms.extend(scene.costs(id).iter().map(|&(component, cost)| (Cause::Cost(component), cost)));
        for (row, factor) in scene.entries(id) {
            let row = &scene.program().rows()[row.index()];
            if number > 0 && row.block == Block::Horizon && !row.key.adds_up() {
                continue;
            }
            if is_own(row.key) {
                let own = plant.rows.entry(row.key).or_insert_with(|| (row.sense, Vec::new()));
                own.1.push((column.key, factor));
            } else if let Some(id) = scene.program().row(row.key) {
                decision.terms.push((Cause::of(row.key), -factor * scene.ledger.solution.dual(id)));
            }
        }
    }
}

/// What becomes of a unit of capacity at the prices of a solution, discounted million currency units.
#[derive(Clone, Debug, Default)]
pub struct Worth {
    /// What it costs (less than nothing: earns), cause by cause.
    pub costs: BTreeMap<Cause, f64>,
    /// What of that is the capital of the unit itself, without its tank.
    pub capital: f64,
}

impl Worth {
    /// What it costs in all more than it earns.
    pub fn shortfall(&self) -> f64 {
        self.costs.values().sum()
    }
}

impl Plant {
    /// Value and bounds of a column.
    pub fn value(&self, key: ColumnKey) -> Option<(f64, (f64, f64))> {
        self.decisions.get(&key).map(|decision| (decision.value, (decision.lower, decision.upper)))
    }

    /// What a unit of a fleet built for a year is worth, run at best; `None` where it can not be built, or not be run.
    pub fn worth(&self, context: &Context, fleet: FleetId, built: YearId) -> Option<Worth> {
        let mut program = Program::default();
        let mut kept = Vec::new();
        for (&key, decision) in self.decisions.iter().filter(|(key, d)| belongs(context, fleet, built, **key, d)) {
            let (lower, upper) = match key {
                ColumnKey::Build(own, _) if own == fleet => (1.0, 1.0),
                _ if decision.lower == f64::NEG_INFINITY => (f64::NEG_INFINITY, f64::INFINITY),
                _ => (0.0, f64::INFINITY),
            };
            let column = program.add_column(key, Block::Horizon, lower, upper);
            program.add_cost(column, decision.terms.iter().map(|(_, cost)| cost).sum());
            kept.push((key, column));
        }
        program.column(ColumnKey::Build(fleet, built))?;
        for (&key, (sense, entries)) in &self.rows {
            let term = |&(key, factor): &(ColumnKey, f64)| Some((program.column(key)?, factor));
            let terms: Vec<_> = entries.iter().filter_map(term).collect();
            if !terms.is_empty() {
                program.add_row(key, Block::Horizon, &terms, *sense, 0.0);
            }
        }
        let solution = solve(&program, &SolveOptions { threads: Some(1), ..SolveOptions::default() }, &Silent).ok()?;
        if solution.status != Status::Optimal {
            return None;
        }
        let mut worth = Worth::default();
        for (key, column) in kept {
            let is_unit = matches!(key, ColumnKey::Build(own, _) | ColumnKey::Financed(_, own, _) if own == fleet);
            for &(cause, cost) in &self.decisions[&key].terms {
                let cost = cost * solution.value(column);
                *worth.costs.entry(cause).or_default() += cost;
                if is_unit && cause.is_capital() {
                    worth.capital += cost;
                }
            }
        }
        Some(worth)
    }
}

/// Whether a decision is one about a unit of a fleet built for a year, or about its tank.
fn belongs(context: &Context, fleet: FleetId, built: YearId, key: ColumnKey, decision: &Decision) -> bool {
    let vintages = &context.vintages[fleet];
    let is_new = |fleet: FleetId, position: usize| {
        let vintage = &context.vintages[fleet][position];
        vintage.built == built && vintage.existing.is_none()
    };
    let Some(position) = (0..vintages.len()).find(|&position| is_new(fleet, position)) else { return false };
    let stands = vintages[position].is_alive(decision.year);
    match key {
        ColumnKey::Build(..) | ColumnKey::Financed(..) => decision.year == built,
        ColumnKey::Living(own, position, _) => is_new(own, usize::from(position)),
        ColumnKey::Activity(unit, ..) if !context.units[unit].vintages.contains(&position) => false,
        // A rate with an upper bound is one of capacity that is not decided.
        _ if decision.block != Block::Horizon && decision.lower.is_finite() => stands && decision.upper.is_infinite(),
        _ => stands,
    }
}
