//! Steps from point to point: where they lead, and how long they are.

use rayon::prelude::*;

use super::blocks::Blocks;
use super::factor::Precision;
use super::reach::Behind;
use super::state::{Aim, Lengths, State, Values};
use super::steps::Measure;
use super::system::System;

/// Part of the way to the nearest bound that is gone.
const STEP: f64 = 0.9;

/// Corrections that are tried for a step, and how much longer each should make it.
const CORRECTIONS: usize = 2;
const LONGER: f64 = 0.3;

/// Where all blocks are, and the system of their steps.
pub struct Walk<'a> {
    of: &'a Blocks,
    system: System<'a>,
    /// Where they are.
    pub states: Vec<State>,
    /// Number of all columns.
    pub columns: usize,
    /// Whether the last step was a whole one.
    was_whole: bool,
}

impl<'a> Walk<'a> {
    /// A walk from the states of all blocks, with eliminations in a precision.
    pub fn new(of: &'a Blocks, states: Vec<State>, precision: Precision) -> Self {
        let columns = states.iter().map(|state| state.now.x.len()).sum();
        Self { of, system: System::new(of, precision), states, columns, was_whole: false }
    }

    /// What the point is short of.
    pub fn measure(&mut self) -> Measure {
        self.system.measure(&mut self.states)
    }

    /// Where all blocks are.
    pub fn values(&self) -> Vec<Values> {
        self.states.iter().map(|state| state.now.clone()).collect()
    }

    /// Where all blocks are, for good.
    pub fn take_values(&mut self) -> Vec<Values> {
        self.states.iter_mut().map(|state| std::mem::take(&mut state.now)).collect()
    }

    /// Goes a step towards smaller products, where prediction, its correction, and corrections of single products lead; how
    /// far: the shorter of its lengths, or 0 where it leads nowhere.
    pub fn step(&mut self, behind: Behind) -> f64 {
        self.system.factor(&self.states);
        let mean = self.mean_product(Lengths::NONE, 0.0);
        let predicted = self.system.solve(&mut self.states, Aim::Nothing).lengths(behind);
        let share = (self.mean_product(predicted, least(behind)) / mean).powi(3).clamp(1e-6, 1.0);
        let target = share * mean;
        let jobs = self.states.par_iter_mut().zip(&self.of.blocks);
        jobs.for_each(|(state, block)| state.lag_behind(block.sides(), target));
        self.go_towards(Aim::Corrected(target), target, behind)
    }

    /// Goes a step that makes products alike, with the mean that they have: without aims that are far away it can be long, and
    /// takes much away of residuals. After a whole one products stay as they are, since what is left of residuals is in proportion to
    /// the step. How far it goes.
    pub fn settle(&mut self, behind: Behind) -> f64 {
        self.system.factor(&self.states);
        let mean = self.mean_product(Lengths::NONE, 0.0);
        self.states.par_iter_mut().for_each(|state| state.lag = 1.0);
        let aim = if self.was_whole { Aim::AsTheyAre } else { Aim::Level(mean) };
        self.go_towards(aim, mean, behind)
    }

    /// Goes a step that leaves products as they are and takes residuals away, if it can go all of it. What rounding and the regular
    /// diagonal leave of a residual is in proportion to the step, and this one is short.
    pub fn mend(&mut self) -> bool {
        self.system.factor(&self.states);
        let lengths = self.system.solve(&mut self.states, Aim::AsTheyAre).lengths(Behind::NONE);
        let is_whole = lengths == Lengths::FULL;
        if is_whole {
            self.go(lengths, 0.0);
        }
        is_whole
    }

    /// Goes the last step, a whole one, back.
    pub fn go_back(&mut self) {
        self.go(Lengths::BACK, 0.0);
    }

    fn go(&mut self, lengths: Lengths, least: f64) {
        self.states.par_iter_mut().for_each(|state| state.go(lengths, least));
    }

    /// Mean of the products after a step that leaves a part of all, by their weights.
    fn mean_product(&self, lengths: Lengths, least: f64) -> f64 {
        let jobs = self.states.par_iter().zip(&self.of.blocks);
        let parts: Vec<(f64, f64)> = jobs.map(|(state, block)| state.products(block.sides(), lengths, least)).collect();
        let (sum, weights) = parts.into_iter().fold((0.0, 0.0), |all, part| (all.0 + part.0, all.1 + part.1));
        sum / weights.max(f64::MIN_POSITIVE)
    }

    /// Goes where an aim leads, and where corrections of products that would be far from a target do; how far.
    fn go_towards(&mut self, aim: Aim, target: f64, behind: Behind) -> f64 {
        let mut lengths = self.system.solve(&mut self.states, aim).lengths(behind);
        for _ in 0..CORRECTIONS {
            if lengths.primal.min(lengths.dual) >= STEP {
                break;
            }
            let aim = Aim::Centred(target, lengths.map(|length| length + LONGER));
            let steps = self.system.steps(&self.states, aim);
            let corrected = self.system.attempt(&self.states, aim, &steps).lengths(behind);
            let gain = |new: f64, old: f64| new >= old + 0.1 * LONGER;
            let loss = |new: f64, old: f64| new < STEP * old;
            let is_longer = gain(corrected.primal, lengths.primal) || gain(corrected.dual, lengths.dual);
            if !is_longer || loss(corrected.primal, lengths.primal) || loss(corrected.dual, lengths.dual) {
                break;
            }
            lengths = self.system.take(&mut self.states, aim, &steps).lengths(behind);
        }
        let lengths = lengths.map(|length| if length >= 1.0 { 1.0 } else { STEP * length });
        let least = least(behind);
        // Beyond what the arithmetic can tell apart, a step is no number.
        let leads_on = self.mean_product(lengths, least) > 0.0;
        self.was_whole = lengths == Lengths::FULL;
        if !leads_on {
            return 0.0;
        }
        self.go(lengths, least);
        lengths.primal.min(lengths.dual)
    }
}

/// What is left of a value or a dual that a step leaves behind: as much as of the last one that it does not.
fn least(behind: Behind) -> f64 {
    if behind.count > 0 { 1.0 - STEP } else { 0.0 }
}
