//! The system of a step, solved through the tree of blocks: days leave a complement to their year, years to the horizon, and what
//! these find goes back down.

use std::ops::Range;

use rayon::prelude::*;

use super::blocks::Blocks;
use super::fronts::{Factor, SolveWork, Work};
use super::reach::Reach;
use super::state::{Aim, State};
use super::steps::{Measure, StepWork};

/// Blocks that are eliminated before what they leave is added up.
const SHARE: usize = 64;

/// Eliminations of all blocks.
#[derive(Debug)]
pub struct System<'a> {
    of: &'a Blocks,
    factors: Vec<Factor>,
}

impl<'a> System<'a> {
    /// A system without numbers. It takes the memory for all of them: what the threads of the search would take for themselves, an
    /// allocator would keep for them after it.
    pub fn new(of: &'a Blocks) -> Self {
        Self { of, factors: of.blocks.iter().map(|block| Factor::new(&block.shape.elimination)).collect() }
    }

    /// Blocks of each level, days first.
    fn levels(&self) -> impl DoubleEndedIterator<Item = Range<usize>> + use<> {
        let [days, years, horizon, end] = self.of.levels;
        [days..years, years..horizon, horizon..end].into_iter()
    }

    /// Eliminates the unknowns of all blocks.
    pub fn factor(&mut self, states: &[State]) {
        let of = self.of;
        // What blocks within have left to each, until it is its turn.
        let mut left: Vec<Vec<f64>> = vec![Vec::new(); of.blocks.len()];
        for level in self.levels() {
            // A share of the blocks at a time, so that not all of their complements are held at once.
            for start in level.clone().step_by(SHARE) {
                let share = start..(start + SHARE).min(level.end);
                let jobs = self.factors[share.clone()].par_iter_mut().zip(&mut left[share.clone()]).enumerate();
                let complements: Vec<Vec<f64>> = jobs
                    .map_init(Default::default, |(work, columns): &mut (Work, StepWork), (at, (factor, matrix))| {
                        let (block, state) = (&of.blocks[share.start + at], &states[share.start + at]);
                        let elimination = &block.shape.elimination;
                        let mut matrix = std::mem::take(matrix);
                        matrix.resize(elimination.entries(), 0.0);
                        block.add_matrix(state, &mut matrix, columns);
                        elimination.factor(&mut matrix, factor, work);
                        matrix.split_off(elimination.border_start())
                    })
                    .collect();
                for (block, complement) in of.blocks[share.clone()].iter().zip(complements) {
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
    }

    /// Sets the steps of all states to what an aim wants; how far they may go.
    pub fn solve(&self, states: &mut [State], aim: Aim) -> Reach {
        let steps = self.steps(states, aim);
        self.take(states, aim, &steps)
    }

    /// Steps of the unknowns of each block, those of its border after them.
    pub fn steps(&self, states: &[State], aim: Aim) -> Vec<Vec<f64>> {
        let right = self.eliminate(states, aim);
        self.substitute(right)
    }

    /// Sets the steps of all states from those of the unknowns; how far they may go.
    pub fn take(&self, states: &mut [State], aim: Aim, steps: &[Vec<f64>]) -> Reach {
        let jobs = states.par_iter_mut().zip(&self.of.blocks).zip(steps);
        jobs.map_init(StepWork::default, |work, ((state, block), steps)| block.set_step(state, aim, steps, work))
            .reduce(Reach::default, |all, other| all.with(&other))
    }

    /// How far such steps might go.
    pub fn attempt(&self, states: &[State], aim: Aim, steps: &[Vec<f64>]) -> Reach {
        let jobs = states.par_iter().zip(&self.of.blocks).zip(steps);
        jobs.map_init(StepWork::default, |work, ((state, block), steps)| block.try_step(state, aim, steps, work))
            .reduce(Reach::default, |all, other| all.with(&other))
    }

    /// Right sides of the own unknowns of each block, after the blocks within.
    fn eliminate(&self, states: &[State], aim: Aim) -> Vec<Vec<f64>> {
        let of = self.of;
        let mut right: Vec<Vec<f64>> = of.blocks.iter().map(|block| vec![0.0; block.unknowns()]).collect();
        for level in self.levels() {
            let jobs = right[level.clone()].par_iter_mut().zip(&states[level.clone()]).enumerate();
            let borders: Vec<Vec<f64>> = jobs
                .map_init(
                    Default::default,
                    |(work, columns, own): &mut (SolveWork, StepWork, Vec<f64>), (at, (right, state))| {
                        let number = level.start + at;
                        let (block, factor) = (&of.blocks[number], &self.factors[number]);
                        let elimination = &block.shape.elimination;
                        block.add_right_side(state, aim, right, columns);
                        let mut border = right.split_off(block.own());
                        own.clone_from(right);
                        elimination.solve(factor, own, work);
                        elimination.subtract_from_border(factor, own, &mut border);
                        border
                    },
                )
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
    fn substitute(&self, mut right: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        let of = self.of;
        for level in self.levels().rev() {
            let (within, above) = right.split_at_mut(level.end);
            let jobs = within[level.clone()].par_iter_mut().enumerate();
            jobs.for_each_init(SolveWork::default, |work, (at, right)| {
                let number = level.start + at;
                let (block, factor) = (&of.blocks[number], &self.factors[number]);
                let elimination = &block.shape.elimination;
                let border: Vec<f64> = block
                    .parent
                    .map_or_else(Vec::new, |parent| block.take(&above[parent as usize - level.end]).collect());
                elimination.subtract_from_own(factor, &border, right);
                elimination.solve(factor, right, work);
                right.extend(border);
            });
        }
        right
    }

    /// Sets the residuals of all states; how far the point is from what is sought.
    pub fn measure(&self, states: &mut [State]) -> Measure {
        let of = self.of;
        self.set_unknowns(states);
        let jobs = states.par_iter_mut().zip(&of.blocks);
        let gathered: Vec<_> = jobs
            .map(|(state, block)| {
                let mut sums = vec![0.0; state.unknowns.len()];
                let measure = block.gather(state, &mut sums);
                (measure, sums)
            })
            .collect();
        let mut total = Measure { primal: of.constant, dual: of.constant, ..Measure::default() };
        let mut sums: Vec<Vec<f64>> = Vec::with_capacity(gathered.len());
        for (measure, sum) in gathered {
            total = total.with(measure);
            sums.push(sum);
        }
        for (number, block) in of.blocks.iter().enumerate() {
            let border = sums[number].split_off(block.own());
            if let Some(parent) = block.parent {
                block.add_to(&mut sums[parent as usize], &border);
            }
            total = total.with(block.settle(&mut states[number], &sums[number]));
        }
        total
    }

    /// Notes the duals of rows and the values of kept columns of each block, and those of its border after them.
    fn set_unknowns(&self, states: &mut [State]) {
        for (number, block) in self.of.blocks.iter().enumerate().rev() {
            let (within, above) = states.split_at_mut(number + 1);
            let State { now, unknowns, .. } = &mut within[number];
            unknowns.clear();
            unknowns.extend(now.y.iter().chain(&now.x[block.loose()..]));
            if let Some(parent) = block.parent {
                unknowns.extend(block.take(&above[parent as usize - number - 1].unknowns));
            }
        }
    }
}
