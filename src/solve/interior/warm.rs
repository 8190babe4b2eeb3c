//! Points to start from: those that the search of a program like this one has gone through.
//!
//! The end of a search is a poor start, since it lies in a corner that another program may not have. A point half-way, with a gap of a
//! hundredth, still sees all sides. Where programs differ in right sides or in costs, the mixture of such points of two of them
//! keeps the rows and the reduced costs of a program between, and its search goes on from there.

use rayon::prelude::*;

use super::blocks::Blocks;
use super::scaling::Scales;
use super::state::{State, Values};

/// Gap from which on a point is kept for others, whether rows and reduced costs hold by then or not quite.
pub const CENTRAL: f64 = 1.5e-2;

/// A program as it is solved, and its own units.
#[derive(Clone, Copy, Debug)]
pub struct Scaled<'a> {
    /// The program.
    pub blocks: &'a Blocks,
    /// Units of its rows and columns.
    pub scales: &'a Scales,
}

impl Scaled<'_> {
    /// Values of a block in units that `change` gives of a number and its unit; those of duals are the inverse ones of what they
    /// belong to.
    fn changed(self, number: usize, mut values: Values, change: impl Fn(f64, f64) -> f64) -> Values {
        let (block, scales) = (&self.blocks.blocks[number], self.scales);
        for column in 0..values.x.len() {
            let unit = scales.column(number, column);
            let per = 1.0 / unit;
            values.x[column] = change(values.x[column], unit);
            values.z[column] = change(values.z[column], per);
            if let Some(slot) = block.slot(column) {
                values.w[slot] = change(values.w[slot], unit);
                values.v[slot] = change(values.v[slot], per);
            }
        }
        for (row, y) in values.y.iter_mut().enumerate() {
            *y = change(*y, scales.row(number, row));
        }
        values
    }
}

/// A point of a search, in the units of its program, block by block. It is no more than a start, for which single precision does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Iterate {
    /// Of each block its values: `x`, `z`, `w`, `v` and `y`, as a search has them.
    pub blocks: Vec<[Vec<f32>; 5]>,
}

impl Iterate {
    /// Keeps the point at which a search is.
    pub fn new(states: &[State], scaled: Scaled) -> Self {
        let kept = |(number, state): (usize, &State)| {
            let Values { x, z, w, v, y } = scaled.changed(number, state.now.clone(), |value, unit| value * unit);
            [x, z, w, v, y].map(|values| values.into_iter().map(|value| value as f32).collect())
        };
        Self { blocks: states.par_iter().enumerate().map(kept).collect() }
    }

    /// Whether it is one of a program of the same blocks.
    fn fits(&self, states: &[State]) -> bool {
        let has_lengths = |(block, state): (&[Vec<f32>; 5], &State)| {
            let Values { x, z, w, v, y } = &state.now;
            block.iter().map(Vec::len).eq([x, z, w, v, y].map(Vec::len))
        };
        self.blocks.len() == states.len() && self.blocks.iter().zip(states).all(has_lengths)
    }
}

/// Starts a search from a mixture of points, by their weights, if all are of programs of the same blocks. Whether it does.
pub fn start_from(mixture: &[(&Iterate, f64)], scaled: Scaled, states: &mut [State]) -> bool {
    let fits = !mixture.is_empty() && mixture.iter().all(|(iterate, _)| iterate.fits(states));
    if !fits {
        return false;
    }
    states.par_iter_mut().enumerate().for_each(|(number, state)| {
        let mixed = |of: usize| -> Vec<f64> {
            let values = |at: usize| {
                let single = |(iterate, weight): &(&Iterate, f64)| weight * f64::from(iterate.blocks[number][of][at]);
                mixture.iter().map(single).sum()
            };
            (0..mixture[0].0.blocks[number][of].len()).map(values).collect()
        };
        let [x, z, w, v, y] = [0, 1, 2, 3, 4].map(mixed);
        let now = scaled.changed(number, Values { x, z, w, v, y }, |value, unit| value / unit);
        // Where one of the programs has other bounds, the block starts as it would have.
        let has_same = |new: &[f64], old: &[f64]| new.iter().zip(old).all(|(new, old)| (*new > 0.0) == (*old > 0.0));
        if has_same(&now.z, &state.now.z) && has_same(&now.v, &state.now.v) && has_same(&now.w, &state.now.w) {
            state.now = now;
        }
    });
    true
}
