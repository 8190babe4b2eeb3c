//! Points to start from: those that the search of a program like this one has gone through.
//!
//! The end of a search is a poor start, since it lies in a corner that another program may not have. A point half-way, with a gap of a
//! hundredth, still sees all sides. Where programs differ in right sides or in costs, the mixture of such points of two of them
//! keeps the rows and the reduced costs of a program between, and its search goes on from there.

use rayon::prelude::*;

use super::scaling::Scales;
use super::state::{State, Values};

/// Gap from which on a point is kept for others, whether rows and reduced costs hold by then or not quite.
pub const CENTRAL: f64 = 1.5e-2;

/// A point of a search, in the units of its program, block by block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Iterate {
    blocks: Vec<Values>,
}

impl Iterate {
    /// Keeps the point at which a search is.
    pub fn new(states: &[State], scales: &Scales) -> Self {
        let kept =
            |(number, state): (usize, &State)| in_units(state.now.clone(), scales, number, |value, unit| value * unit);
        Self { blocks: states.par_iter().enumerate().map(kept).collect() }
    }

    /// An iterate of blocks' values.
    pub fn of(blocks: Vec<Values>) -> Self {
        Self { blocks }
    }

    /// Values of the blocks.
    pub fn blocks(&self) -> &[Values] {
        &self.blocks
    }

    /// Whether it is one of a program of the same blocks.
    fn fits(&self, states: &[State]) -> bool {
        let lengths = |values: &Values| (values.x.len(), values.y.len());
        self.blocks.len() == states.len()
            && self.blocks.iter().zip(states).all(|(values, state)| lengths(values) == lengths(&state.now))
    }
}

/// Starts a search from a mixture of points, by their weights, if all are of programs of the same blocks. Whether it does.
pub fn start_from(mixture: &[(&Iterate, f64)], scales: &Scales, states: &mut [State]) -> bool {
    let fits = !mixture.is_empty() && mixture.iter().all(|(iterate, _)| iterate.fits(states));
    if !fits {
        return false;
    }
    states.par_iter_mut().enumerate().for_each(|(number, state)| {
        let cold = &state.now;
        let mixed = |of: fn(&Values) -> &Vec<f64>| -> Vec<f64> {
            let sum =
                |at: usize| mixture.iter().map(|(iterate, weight)| weight * of(&iterate.blocks[number])[at]).sum();
            (0..of(cold).len()).map(sum).collect()
        };
        let now = Values {
            x: mixed(|values| &values.x),
            z: mixed(|values| &values.z),
            w: mixed(|values| &values.w),
            v: mixed(|values| &values.v),
            y: mixed(|values| &values.y),
        };
        let now = in_units(now, scales, number, |value, unit| value / unit);
        // Bounds that one of the programs does not have stand where the search would have them.
        let has =
            |of: fn(&Values) -> &Vec<f64>| of(&now).iter().zip(of(cold)).all(|(new, old)| (*new > 0.0) == (*old > 0.0));
        if has(|values| &values.z) && has(|values| &values.v) {
            state.now = now;
        }
    });
    true
}

/// Changes the units of values; those of duals are the inverse ones of what they belong to.
fn in_units(mut values: Values, scales: &Scales, number: usize, change: impl Fn(f64, f64) -> f64) -> Values {
    let (columns, rows) = (&scales.columns[number], &scales.rows[number]);
    let times = |values: &mut [f64], units: &[f64]| {
        values.iter_mut().zip(units).for_each(|(value, &unit)| *value = change(*value, unit));
    };
    let per = |values: &mut [f64], units: &[f64]| {
        values.iter_mut().zip(units).for_each(|(value, &unit)| *value = change(*value, 1.0 / unit));
    };
    times(&mut values.x, columns);
    times(&mut values.w, columns);
    per(&mut values.z, columns);
    per(&mut values.v, columns);
    times(&mut values.y, rows);
    values
}
