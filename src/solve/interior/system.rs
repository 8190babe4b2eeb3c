//! The system of a step, solved through the tree of blocks: days leave a complement to their year, years to the horizon, and what
//! these find goes back down.

use std::ops::Range;

use rayon::prelude::*;

use super::blocks::{BlockData, Blocks};
use super::fronts::{Factor, SolveWork, Work};
use super::state::{Lengths, State};
use super::steps::Value;

/// Eliminations of all blocks.
#[derive(Debug)]
pub struct System<'a> {
    of: &'a Blocks,
    factors: Vec<Factor>,
}

impl<'a> System<'a> {
    /// A system without numbers.
    pub fn new(of: &'a Blocks) -> Self {
        Self { of, factors: of.blocks.iter().map(|_| Factor::default()).collect() }
    }

    /// Blocks of each level, days first.
    fn levels(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + use<> {
        let [days, years, horizon, end] = self.of.levels;
        [days..years, years..horizon, horizon..end].into_iter()
    }

    /// Eliminates the unknowns of all blocks.
    pub fn factor(&mut self, states: &mut [State]) {
        let of = self.of;
        states.par_iter_mut().zip(&of.blocks).for_each(|(state, block)| state.prepare(block));
        // What blocks within have left to each, until it is its turn.
        let mut left: Vec<Vec<f64>> = vec![Vec::new(); of.blocks.len()];
        for level in self.levels() {
            let jobs = self.factors[level.clone()].par_iter_mut().zip(&mut left[level.clone()]).enumerate();
            let complements: Vec<Vec<f64>> = jobs
                .map_init(Work::default, |work, (at, (factor, matrix))| {
                    let (block, state) = (&of.blocks[level.start + at], &states[level.start + at]);
                    let elimination = &block.shape.elimination;
                    matrix.resize(elimination.entries(), 0.0);
                    block.add_matrix(state, matrix);
                    elimination.factor(matrix, factor, work);
                    let complement = matrix.split_off(elimination.border_start());
                    *matrix = Vec::new();
                    complement
                })
                .collect();
            for (block, complement) in of.blocks[level].iter().zip(complements) {
                let Some(parent) = block.parent else { continue };
                let shape = &of.blocks[parent as usize].shape;
                let target = &mut left[parent as usize];
                target.resize(shape.elimination.entries(), 0.0);
                let size = block.border.len();
                let pairs = (0..size).flat_map(|column| (column..size).map(move |row| column * size + row));
                for (&to, from) in shape.within[block.within].iter().zip(pairs) {
                    target[to as usize] += complement[from];
                }
            }
        }
    }

    /// Sets the steps of all states; how far they may go.
    pub fn solve(&self, states: &mut [State]) -> Lengths {
        let right = self.eliminate(states);
        self.substitute(states, right)
    }

    /// Right sides of the own unknowns of each block, after the blocks within.
    fn eliminate(&self, states: &mut [State]) -> Vec<Vec<f64>> {
        let of = self.of;
        let size = |block: &BlockData| block.own() + block.border.len();
        let mut right: Vec<Vec<f64>> = of.blocks.iter().map(|block| vec![0.0; size(block)]).collect();
        for level in self.levels() {
            let jobs = right[level.clone()].par_iter_mut().zip(&mut states[level.clone()]).enumerate();
            let borders: Vec<Vec<f64>> = jobs
                .map_init(SolveWork::default, |work, (at, (right, state))| {
                    let number = level.start + at;
                    let (block, factor) = (&of.blocks[number], &self.factors[number]);
                    let elimination = &block.shape.elimination;
                    block.add_right_side(state, right);
                    let mut border = right.split_off(block.own());
                    let mut own = right.clone();
                    elimination.solve(factor, &mut own, work);
                    elimination.subtract_from_border(factor, &own, &mut border);
                    border
                })
                .collect();
            for (block, border) in of.blocks[level].iter().zip(borders) {
                if let Some(parent) = block.parent {
                    block.add_to(&mut right[parent as usize], &border);
                }
            }
        }
        right
    }

    /// Solves for the own unknowns of each block, the horizon's first.
    fn substitute(&self, states: &mut [State], mut right: Vec<Vec<f64>>) -> Lengths {
        let of = self.of;
        let mut lengths = Lengths::FULL;
        for level in self.levels().rev() {
            let (within, above) = right.split_at_mut(level.end);
            let jobs = states[level.clone()].par_iter_mut().zip(&mut within[level.clone()]).enumerate();
            let own: Vec<Lengths> = jobs
                .map_init(SolveWork::default, |work, (at, (state, right))| {
                    let number = level.start + at;
                    let (block, factor) = (&of.blocks[number], &self.factors[number]);
                    let elimination = &block.shape.elimination;
                    let border: Vec<f64> = block
                        .parent
                        .map_or_else(Vec::new, |parent| block.take(&above[parent as usize - level.end]).collect());
                    elimination.subtract_from_own(factor, &border, right);
                    elimination.solve(factor, right, work);
                    right.extend(border);
                    block.set_step(state, right)
                })
                .collect();
            lengths = own.into_iter().fold(lengths, Lengths::min);
        }
        lengths
    }

    /// Sets the residuals of all states; the objectives.
    pub fn residuals(&self, states: &mut [State]) -> Value {
        let of = self.of;
        let unknowns = self.unknowns(states);
        let jobs = states.par_iter_mut().zip(&of.blocks).zip(&unknowns);
        let gathered: Vec<_> = jobs
            .map(|((state, block), unknowns)| {
                let mut sums = vec![0.0; unknowns.len()];
                let value = block.gather(state, unknowns, &mut sums);
                (value, sums)
            })
            .collect();
        let mut total = Value { primal: of.constant, dual: of.constant };
        let mut sums: Vec<Vec<f64>> = Vec::with_capacity(gathered.len());
        for (value, sum) in gathered {
            total += value;
            sums.push(sum);
        }
        for (number, block) in of.blocks.iter().enumerate() {
            let border = sums[number].split_off(block.own());
            if let Some(parent) = block.parent {
                block.add_to(&mut sums[parent as usize], &border);
            }
            total += block.settle(&mut states[number], &sums[number]);
        }
        total
    }

    /// Duals of rows and values of kept columns of each block, those of its border after them.
    fn unknowns(&self, states: &[State]) -> Vec<Vec<f64>> {
        let mut all: Vec<Vec<f64>> = vec![Vec::new(); states.len()];
        for (number, block) in self.of.blocks.iter().enumerate().rev() {
            let state = &states[number];
            let mut own: Vec<f64> = state.now.y.iter().chain(&state.now.x[block.loose()..]).copied().collect();
            if let Some(parent) = block.parent {
                own.extend(block.take(&all[parent as usize]));
            }
            all[number] = own;
        }
        all
    }
}
