//! The system of a step, solved through the tree of blocks: days leave a complement to their year, years to the horizon, and what
//! these find goes back down.

use rayon::prelude::*;

use super::blocks::{BlockData, Blocks, OfYear};
use super::factor::{Factor, Precision};
use super::fronts::{SolveWork, Work};
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
    precision: Precision,
}

impl<'a> System<'a> {
    /// A system without numbers. It takes the memory for all of them: what the threads of the search would take for themselves, an
    /// allocator would keep for them after it.
    pub fn new(of: &'a Blocks, precision: Precision) -> Self {
        let factors = of.blocks.iter().map(|block| Factor::new(block.elimination(), precision));
        Self { of, factors: factors.collect(), precision }
    }

    /// Eliminates the unknowns of all blocks.
    pub fn factor(&mut self, states: &[State]) {
        let blocks = &self.of.blocks;
        let (of_years, of_horizon) = self.of.by_year(&mut self.factors);
        let eliminate = |number: usize, matrix, factor: &mut _, work: &mut _| {
            eliminated(&blocks[number], &states[number], matrix, factor, work)
        };
        let jobs = of_years.into_par_iter();
        let complements = jobs.map_init(Default::default, |work, OfYear { own: (year, own), days: (first, days) }| {
            let mut matrix = blocks[year].elimination().matrix();
            // A share of the days at a time, so that not all of their complements are held at once.
            for (share, factors) in (0..).zip(days.chunks_mut(SHARE)) {
                let first = first + share * SHARE;
                let jobs = factors.par_iter_mut().enumerate();
                let complements = jobs.map_init(Default::default, |work, (at, factor)| {
                    eliminate(first + at, blocks[first + at].elimination().matrix(), factor, work)
                });
                add_within(&blocks[year], &blocks[first..], &complements.collect::<Vec<_>>(), &mut matrix);
            }
            eliminate(year, matrix, own, work)
        });
        let complements: Vec<Vec<f64>> = complements.collect();
        let horizon = self.of.horizon();
        let mut matrix = blocks[horizon].elimination().matrix();
        add_within(&blocks[horizon], &blocks[self.of.levels[1]..], &complements, &mut matrix);
        eliminate(horizon, matrix, of_horizon, &mut Default::default());
    }

    /// Sets the steps of all states to what an aim wants; how far they may go.
    pub fn solve(&self, states: &mut [State], aim: Aim) -> Reach {
        let steps = self.steps(states, aim);
        self.take(states, aim, &steps)
    }

    /// Steps of the unknowns of each block, those of its border after them.
    pub fn steps(&self, states: &[State], aim: Aim) -> Vec<Vec<f64>> {
        let mut steps = self.substitute(self.eliminate(states, aim, None));
        if self.precision == Precision::Single && aim.settles() {
            let more = self.substitute(self.eliminate(states, aim, Some(&steps)));
            let all = steps.iter_mut().flatten().zip(more.iter().flatten());
            all.for_each(|(step, more)| *step += more);
        }
        steps
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

    /// Right sides of the own unknowns of each block, or what is left of them after steps that are known, after the blocks within.
    fn eliminate(&self, states: &[State], aim: Aim, known: Option<&[Vec<f64>]>) -> Vec<Vec<f64>> {
        let blocks = &self.of.blocks;
        let mut right: Vec<Vec<f64>> = blocks.iter().map(|block| vec![0.0; block.unknowns()]).collect();
        let (of_years, of_horizon) = self.of.by_year(&mut right);
        // What a block leaves to its border.
        let border =
            |number: usize, right: &mut Vec<f64>, (work, columns, own): &mut (SolveWork, StepWork, Vec<f64>)| {
                let (block, factor) = (&blocks[number], &self.factors[number]);
                let elimination = block.elimination();
                let known = known.map(|known| &known[number][..]);
                block.add_right_side((&states[number], aim), known, right, columns);
                let mut border = right.split_off(block.own());
                if !border.is_empty() {
                    own.clone_from(right);
                    elimination.solve(factor, own, work);
                    elimination.subtract_from_border(factor, own, &mut border);
                }
                border
            };
        let jobs = of_years.into_par_iter();
        let borders = jobs.map_init(Default::default, |work, OfYear { own: (year, own), days: (first, days) }| {
            let jobs = days.par_iter_mut().enumerate();
            let borders = jobs.map_init(Default::default, |work, (at, right)| border(first + at, right, work));
            add_borders(&blocks[first..], &borders.collect::<Vec<_>>(), own);
            border(year, own, work)
        });
        let borders: Vec<Vec<f64>> = borders.collect();
        add_borders(&blocks[self.of.levels[1]..], &borders, of_horizon);
        border(self.of.horizon(), of_horizon, &mut Default::default());
        right
    }

    /// Solves for the own unknowns of each block, the horizon's first.
    fn substitute(&self, mut right: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        let blocks = &self.of.blocks;
        let (of_years, of_horizon) = self.of.by_year(&mut right);
        let solve = |number: usize, right: &mut Vec<f64>, border: Vec<f64>, work: &mut SolveWork| {
            let elimination = blocks[number].elimination();
            elimination.subtract_from_own(&self.factors[number], &border, right);
            elimination.solve(&self.factors[number], right, work);
            right.extend(border);
        };
        solve(self.of.horizon(), of_horizon, Vec::new(), &mut SolveWork::default());
        let jobs = of_years.into_par_iter();
        jobs.for_each_init(SolveWork::default, |work, OfYear { own: (year, own), days: (first, days) }| {
            solve(year, own, blocks[year].take(of_horizon).collect(), work);
            let jobs = days.par_iter_mut().enumerate();
            jobs.for_each_init(SolveWork::default, |work, (at, right)| {
                solve(first + at, right, blocks[first + at].take(own).collect(), work);
            });
        });
        right
    }

    /// Sets the residuals of all states; how far the point is from what is sought.
    pub fn measure(&self, states: &mut [State]) -> Measure {
        let blocks = &self.of.blocks;
        let (of_days, above) = states.split_at_mut(self.of.levels[1]);
        let first = of_days.len();
        let unknowns = self.unknowns_above(above);
        // Adds what a block gathers to what there is.
        let gather = |number: usize, state: &mut State, own: &mut Vec<f64>, sums: &mut [f64]| {
            let block = &blocks[number];
            own.clear();
            own.extend(block.with_border(state, block.parent.map(|parent| &unknowns[parent as usize - first][..])));
            block.gather(state, own, sums)
        };
        let jobs = of_days.par_iter_mut().enumerate().map_init(Vec::new, |own, (number, state)| {
            let block = &blocks[number];
            let mut sums = vec![0.0; block.unknowns()];
            let measure = gather(number, state, own, &mut sums);
            let border = sums.split_off(block.own());
            (measure.with(block.settle(state, &sums)), border)
        });
        let found: Vec<(Measure, Vec<f64>)> = jobs.collect();
        let mut total = Measure { primal: self.of.constant, dual: self.of.constant, ..Measure::default() };
        let mut sums: Vec<Vec<f64>> = blocks[first..].iter().map(|block| vec![0.0; block.unknowns()]).collect();
        for (block, (measure, border)) in blocks.iter().zip(&found) {
            total = total.with(*measure);
            if let Some(parent) = block.parent {
                block.add_to(&mut sums[parent as usize - first], border);
            }
        }
        let mut own = Vec::new();
        for (number, state) in (first..).zip(above) {
            let block = &blocks[number];
            let mut gathered = std::mem::take(&mut sums[number - first]);
            total = total.with(gather(number, state, &mut own, &mut gathered));
            if let Some(parent) = block.parent {
                block.add_to(&mut sums[parent as usize - first], &gathered[block.own()..]);
            }
            total = total.with(block.settle(state, &gathered[..block.own()]));
        }
        total
    }

    /// Unknowns of years and of the horizon, those of their borders after them.
    fn unknowns_above(&self, above: &[State]) -> Vec<Vec<f64>> {
        let blocks = &self.of.blocks[self.of.levels[1]..];
        let of_horizon: Vec<f64> = blocks[above.len() - 1].with_border(&above[above.len() - 1], None).collect();
        let of_years = blocks.iter().zip(above).take(above.len() - 1);
        let mut all: Vec<Vec<f64>> =
            of_years.map(|(block, state)| block.with_border(state, Some(&of_horizon)).collect()).collect();
        all.push(of_horizon);
        all
    }
}

/// Adds what blocks within leave to the matrix of a block.
fn add_within(block: &BlockData, within: &[BlockData], complements: &[Vec<f64>], matrix: &mut [f64]) {
    for (inner, complement) in within.iter().zip(complements) {
        block.shape.plan().within[inner.within].add(complement, inner.border.len(), matrix);
    }
}

/// Adds what blocks within leave to their borders to the right side of a block.
fn add_borders(within: &[BlockData], borders: &[Vec<f64>], right: &mut [f64]) {
    within.iter().zip(borders).for_each(|(inner, border)| inner.add_to(right, border));
}

/// Eliminates the unknowns of a block from its matrix, which has what blocks within leave to it; what it leaves to its border.
fn eliminated(
    block: &BlockData,
    state: &State,
    mut matrix: Vec<f64>,
    factor: &mut Factor,
    (work, columns): &mut (Work, StepWork),
) -> Vec<f64> {
    block.add_matrix(state, &mut matrix, columns);
    block.elimination().factor(matrix, factor, work)
}
