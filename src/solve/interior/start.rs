//! Where the search starts: at no prices, where every reduced cost is the dual of a bound, and with all products alike.

use super::blocks::Blocks;
use super::state::State;

/// Which of the costs, in ascending order, is typical of what is dear.
const DEAR: f64 = 0.9;

/// Dual of every bound, as a part of that cost.
const DUAL: f64 = 0.5;

/// Value of columns whose bounds are worth no more than that.
const VALUE: f64 = 10.0;

/// States to start from, for a program whose numbers are near one.
pub fn states(of: &Blocks) -> Vec<State> {
    let costs = of.blocks.iter().flat_map(|block| block.costs.iter().map(|cost| cost.abs()));
    let mut costs: Vec<f64> = costs.filter(|&cost| cost > 0.0).collect();
    costs.sort_by(f64::total_cmp);
    let dear = costs.get((costs.len() as f64 * DEAR) as usize).copied().unwrap_or(1.0);
    let dual = DUAL * dear;
    let product = VALUE * dual;
    let start = |block: &super::blocks::BlockData| {
        let mut state = State::new(block);
        for column in 0..block.costs.len() {
            let (cost, upper) = (block.costs[column], block.upper[column]);
            let has_upper = upper.is_finite();
            if has_upper {
                state.now.v[column] = (-cost).max(0.0) + dual;
                state.now.w[column] = product / state.now.v[column];
            }
            if block.has_lower(column) {
                state.now.z[column] = cost.max(0.0) + dual;
                state.now.x[column] = product / state.now.z[column];
                if has_upper && !block.has_limit(column) {
                    state.now.x[column] = state.now.x[column].min(0.5 * upper);
                    state.now.w[column] = upper - state.now.x[column];
                }
            } else if has_upper {
                state.now.x[column] = upper - state.now.w[column];
            }
        }
        state
    };
    of.blocks.iter().map(start).collect()
}
