//! The investment master: decisions, and what their years are known to cost.
//!
//! ```text
//! min c·h + Σ_y θ_y    with the rows of the horizon and    θ_y ≥ V_k + g_k·(h − h_k)    for every cut k of year y
//! ```
//!
//! Its optimum bounds the cost of every solution from below. A *guide* is a master with more to go by: it holds the dispatch of
//! a much coarser year beside the cuts. It is no bound, but its decisions are sensible from the first iteration on, where
//! the cuts alone know next to nothing.

use std::collections::HashMap;

use super::super::engine::{End, Engine, Numbers, Rows};
use super::split::{Meaning, Split, WIDE};
use super::year::Cut;
use crate::formulation::program::Program;

/// Bound on the cost of a year before anything is known of it, million currency units. A lower bound that rests on it counts
/// for nothing.
pub const UNKNOWN: f64 = 1e9;

/// Iterations after which a cut that does not bind is dropped.
const PATIENCE: u32 = 30;

/// A master program.
#[derive(Debug)]
pub struct Master {
    engine: Engine,
    /// Column of each decision.
    columns: Vec<usize>,
    /// Column of each year's cost.
    costs: Vec<usize>,
    /// Rows before the cuts.
    rows: usize,
    /// The cuts it holds, by number, and for how many iterations each has not been binding.
    cuts: Vec<(usize, u32)>,
}

impl Master {
    /// A master that knows its own rows.
    pub fn new(program: &Program, split: &Split) -> Self {
        let (mut numbers, columns) = decided(program, split);
        let costs = split.parts.iter().map(|_| numbers.column(1.0, -UNKNOWN, f64::INFINITY)).collect();
        Self::of(&numbers, columns, costs)
    }

    /// A master with the dispatch of a coarser year; `None` where that has not the same decisions.
    pub fn guide(split: &Split, coarse: &Program) -> Option<Self> {
        let of_coarse = Split::new(coarse);
        let known: HashMap<Meaning, usize> =
            of_coarse.decisions.iter().enumerate().map(|(position, d)| (d.meaning, position)).collect();
        let columns: Option<Vec<usize>> = split.decisions.iter().map(|d| known.get(&d.meaning).copied()).collect();
        if of_coarse.parts.len() != split.parts.len() {
            return None;
        }
        let (mut numbers, _) = decided(coarse, &of_coarse);
        let mut costs = Vec::new();
        for part in &of_coarse.parts {
            let cost = numbers.column(1.0, -UNKNOWN, f64::INFINITY);
            let mut whole = vec![(cost, 1.0)];
            let first = numbers.costs.len();
            for id in &part.columns {
                let column = &coarse.columns()[id.index()];
                let position = numbers.column(0.0, column.lower, column.upper);
                if column.cost != 0.0 {
                    whole.push((position, -column.cost));
                }
            }
            for row in &part.rows {
                let (lower, upper) = row.sense.ends(row.rhs);
                let own = row.entries.iter().map(|&(position, factor)| (first + position, factor));
                numbers.rows.push(lower, upper, own.chain(row.decisions.iter().copied()));
            }
            numbers.rows.push(0.0, f64::INFINITY, whole);
            costs.push(cost);
        }
        let mut guide = Self::of(&numbers, columns?, costs);
        // From nothing, with presolve; later from the last basis, where presolve would be in the way.
        guide.engine.set_text("presolve", "on");
        (guide.engine.run() == End::Optimal).then(|| {
            guide.engine.set_text("presolve", "off");
            guide
        })
    }

    fn of(numbers: &Numbers, columns: Vec<usize>, costs: Vec<usize>) -> Self {
        let rows = numbers.rows.len();
        Self { engine: Engine::new(numbers), columns, costs, rows, cuts: Vec::new() }
    }

    /// Learns cuts, which are counted from `first`.
    pub fn learn(&mut self, first: usize, cuts: &[Cut]) {
        let mut rows = Rows::default();
        for (number, cut) in cuts.iter().enumerate() {
            let slopes = cut.gradient.iter().map(|&(position, slope)| (self.columns[position], -slope));
            let cost = cut.is_cost.then_some((self.costs[cut.part], 1.0));
            rows.push(cut.constant, f64::INFINITY, slopes.chain(cost));
            self.cuts.push((first + number, 0));
        }
        self.engine.add_rows(&rows);
    }

    /// Solves; the objective without the program's constant.
    pub fn solve(&mut self) -> Result<f64, End> {
        match self.engine.run() {
            End::Optimal => {
                self.count_idle();
                Ok(self.engine.objective())
            }
            other => Err(other),
        }
    }

    /// Whether a year's cost or a share still lies at a bound that only keeps the program from running away.
    pub fn is_unknown(&self) -> bool {
        let is_wide = |&column: &usize| self.engine.x[column].abs() >= WIDE;
        self.costs.iter().any(|&column| self.engine.x[column] <= -UNKNOWN) || self.columns.iter().any(is_wide)
    }

    /// The decisions of the last solve.
    pub fn decisions(&self) -> Vec<f64> {
        self.columns.iter().map(|&column| self.engine.x[column]).collect()
    }

    /// Duals of the rows of the horizon.
    pub fn duals(&self) -> &[f64] {
        &self.engine.duals[..self.rows]
    }

    /// Cuts that bind, by number, with their weights.
    pub fn weights(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let duals = &self.engine.duals[self.rows..];
        self.cuts.iter().zip(duals).map(|(&(number, _), &weight)| (number, weight)).filter(|&(_, weight)| weight != 0.0)
    }

    fn count_idle(&mut self) {
        for ((_, idle), &weight) in self.cuts.iter_mut().zip(&self.engine.duals[self.rows..]) {
            *idle = if weight == 0.0 { *idle + 1 } else { 0 };
        }
    }

    /// Drops cuts that have not been binding for long.
    pub fn purge(&mut self) {
        let is_old = |&(_, idle): &(usize, u32)| idle > PATIENCE;
        let old: Vec<usize> =
            (0..self.cuts.len()).filter(|&at| is_old(&self.cuts[at])).map(|at| self.rows + at).collect();
        // A few do no harm, and each deletion costs the basis.
        if old.len() > self.cuts.len() / 3 {
            self.engine.delete_rows(&old);
            self.cuts.retain(|cut| !is_old(cut));
        }
    }
}

/// What is decided, with the rows of the horizon, and the column of each decision.
fn decided(program: &Program, split: &Split) -> (Numbers, Vec<usize>) {
    let mut numbers = Numbers::default();
    let columns = split.decisions.iter().map(|d| numbers.column(d.cost, d.lower, d.upper)).collect();
    for row in &split.rows {
        let of = &program.rows()[row.id.index()];
        let (lower, upper) = of.sense.ends(of.rhs);
        numbers.rows.push(lower, upper, row.entries.iter().copied());
    }
    (numbers, columns)
}
