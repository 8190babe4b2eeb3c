//! Where the search starts: at no prices, where every reduced cost is the dual of a bound, and with all products alike but for
//! the weights of their blocks.
//!
//! A day is one of hundreds, and what it costs is a small part of all costs; a capacity pays for itself over all of them. With products
//! alike everywhere, the few columns of the horizon would be at their bounds long before the many days agree on what they should be,
//! and would stop every step. The duals of days, years and the horizon therefore start in proportion to what is dear in each, and the
//! products of each keep that weight all the way. Barriers of scenarios can be weighted likewise (Mehrotra and Özevin, "On the
//! implementation of interior point decomposition algorithms for two-stage stochastic conic programs", SIAM Journal on Optimization,
//! 2009).

use super::blocks::{BlockData, Blocks};
use super::state::State;

/// Dual of the bounds of a day, as a multiple of the median of its costs. What is dear there, such as demand that is not met, is rare.
const DAY: f64 = 30.0;

/// Dual of the bounds of a year or the horizon, as a part of the cost that one in ten exceeds.
const ABOVE: f64 = 0.5;

/// Value of columns whose bounds are worth no more than that.
const VALUE: f64 = 10.0;

/// States to start from, for a program whose numbers are near one.
pub fn states(of: &Blocks) -> Vec<State> {
    let [days, years, horizon, end] = of.levels;
    let duals = [
        DAY * typical(&of.blocks[days..years], 0.5),
        ABOVE * typical(&of.blocks[years..horizon], 0.9),
        ABOVE * typical(&of.blocks[horizon..end], 0.9),
    ];
    let level = |number: usize| usize::from(number >= years) + usize::from(number >= horizon);
    let least = duals[0];
    let start = |(number, block)| state(block, duals[level(number)], duals[level(number)] / least);
    of.blocks.iter().enumerate().map(start).collect()
}

/// The cost that a part of the columns with a cost does not exceed; 1 where nothing costs anything.
fn typical(blocks: &[BlockData], part: f64) -> f64 {
    let costs = blocks.iter().flat_map(|block| block.costs.iter().map(|cost| cost.abs()));
    let mut costs: Vec<f64> = costs.filter(|&cost| cost > 0.0).collect();
    let at = (costs.len() as f64 * part) as usize;
    if at >= costs.len() { 1.0 } else { *costs.select_nth_unstable_by(at, f64::total_cmp).1 }
}

/// A state whose products are `VALUE · dual`, wherever no bound is nearer.
fn state(block: &BlockData, dual: f64, weight: f64) -> State {
    let mut state = State::new(block);
    state.weight = weight;
    let product = VALUE * dual;
    for column in 0..block.costs.len() {
        let cost = block.costs[column];
        let slot = block.slot(column);
        if let Some(slot) = slot {
            state.now.v[slot] = (-cost).max(0.0) + dual;
            state.now.w[slot] = product / state.now.v[slot];
        }
        if block.has_lower(column) {
            state.now.z[column] = cost.max(0.0) + dual;
            state.now.x[column] = product / state.now.z[column];
            if let Some(slot) = slot.filter(|_| !block.has_limit(column)) {
                let upper = block.upper[slot];
                state.now.x[column] = state.now.x[column].min(0.5 * upper);
                state.now.w[slot] = upper - state.now.x[column];
            }
        } else if let Some(slot) = slot {
            state.now.x[column] = block.upper[slot] - state.now.w[slot];
        }
    }
    state
}
