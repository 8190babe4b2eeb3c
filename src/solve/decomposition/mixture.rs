//! The first point of a solve with experience: a mixture of the best points of former solves.
//!
//! What a year costs is convex in the decisions and in what the variants of a program differ in, such as its limits. Half-way between two
//! programs half-way between their best points is therefore possible, and no dearer than the mean of both. Which mixture is
//! cheapest the cuts tell:
//!
//! ```text
//! min c·h + Σ_y θ_y    with    h = Σ_k λ_k·h_k,    Σ_k λ_k = 1,    the rows of the horizon, and all cuts
//! ```

use super::super::engine::{End, Engine, Numbers};
use super::master::UNKNOWN;
use super::split::Split;
use super::year::Cut;
use crate::formulation::program::Program;

/// The mixture that is cheapest as far as the cuts know; `None` where no mixture keeps the rows of the horizon.
pub fn cheapest(program: &Program, split: &Split, points: &[Vec<f64>], cuts: &[Cut]) -> Option<Vec<f64>> {
    let mut numbers = Numbers::default();
    for point in points {
        let cost: f64 = split.decisions.iter().zip(point).map(|(decision, x)| decision.cost * x).sum();
        numbers.column(cost, 0.0, 1.0);
    }
    let costs: Vec<usize> = split.parts.iter().map(|_| numbers.column(1.0, -UNKNOWN, f64::INFINITY)).collect();
    numbers.rows.push(1.0, 1.0, (0..points.len()).map(|point| (point, 1.0)));
    let sums = |entries: &[(usize, f64)], sign: f64| -> Vec<(usize, f64)> {
        let sum = |point: &Vec<f64>| sign * entries.iter().map(|&(at, factor)| factor * point[at]).sum::<f64>();
        points.iter().map(sum).enumerate().collect()
    };
    for row in &split.rows {
        let of = &program.rows()[row.id.index()];
        let (lower, upper) = of.sense.ends(of.rhs);
        numbers.rows.push(lower, upper, sums(&row.entries, 1.0));
    }
    for cut in cuts {
        let cost = cut.is_cost.then_some((costs[cut.part], 1.0));
        numbers.rows.push(cut.constant, f64::INFINITY, sums(&cut.gradient, -1.0).into_iter().chain(cost));
    }
    let mut engine = Engine::new(&numbers);
    engine.set_text("presolve", "on");
    if engine.run() != End::Optimal {
        return None;
    }
    let mut mixture = vec![0.0; split.decisions.len()];
    for (point, weight) in points.iter().zip(&engine.x) {
        for (value, own) in mixture.iter_mut().zip(point) {
            *value += weight * own;
        }
    }
    Some(mixture)
}
