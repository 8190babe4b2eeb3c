//! A solution of a program as a mixture of the solutions of programs like it, without a solve.
//!
//! Let `x_k` and `y_k` be values and duals of programs with the same columns and rows, whatever their numbers. For weights `λ ≥ 0`
//! with `Σ λ_k = 1`, what the mixtures `x = Σ λ_k·x_k` and `y = Σ λ_k·y_k` break of a condition of *this* program is at most the
//! mixture of what each breaks; `x` costs `Σ λ_k·C_k`, and `y` bounds the optimum by `Σ λ_k·B_k` at least, as the bound is concave
//! in the duals. The weights that leave the least gap come from a small linear program:
//!
//! ```text
//! min Σ λ_k·(C_k − B_k)    with    Σ λ_k·(what k breaks of a condition) ≤ 0 for each that some k breaks,    Σ λ_k = 1
//! ```
//!
//! Where that gap is too wide, or no mixture keeps all conditions, the weights that are nearest to it still make a point for the search to
//! start from.
//!
//! Nothing is taken on trust: the mixture is checked on this program like what a solver returns, and it counts if its gap is proven.

use std::hash::{Hash, Hasher as _};

use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::check::{Check, Checked, Judge, Worst, within_bounds};
use super::engine::{End, Engine, Numbers};
use super::interior::Iterate;
use super::solution::{Solution, Status, empty};
use super::{SolveError, SolveOptions};
use crate::formulation::Parts;
use crate::formulation::program::Program;

/// A condition may be broken by this part of its terms, as solvers leave it.
const TOLERANCE: f64 = 1e-7;

/// The same of a mixture that counts.
const RESIDUAL: f64 = 1e-6;

/// What it costs to break a condition by all of its terms, in objectives.
const PENALTY: f64 = 100.0;

/// Conditions that known solutions may break; where it is more, the program is another one.
const MOST_BROKEN: usize = 20_000;

/// Weights below this are left out.
const NOTHING: f64 = 1e-9;

/// A solution that others may be mixed from: of each part its columns, its duals, and what these mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The parts.
    pub parts: Vec<KnownPart>,
    /// A point on the way to it, if it was searched for.
    pub iterate: Option<Iterate>,
}

/// A part of a [`Known`] solution.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownPart {
    /// Stands for the meaning of all columns and rows, in order.
    pub shape: u64,
    /// Values of the columns.
    pub columns: Vec<f64>,
    /// Duals of the rows.
    pub duals: Vec<f64>,
}

impl Known {
    /// Keeps the solution of each part of a program.
    pub fn new(parts: &dyn Parts, solutions: Vec<Solution>, iterate: Option<Iterate>) -> Self {
        let keep =
            |(number, Solution { columns, duals, .. })| KnownPart { shape: shape(&parts.part(number)), columns, duals };
        Self { parts: solutions.into_iter().enumerate().map(keep).collect(), iterate }
    }
}

/// A number for what columns and rows mean, in their order.
fn shape(program: &Program) -> u64 {
    let mut hasher = FxHasher::default();
    program.columns().len().hash(&mut hasher);
    program.columns().iter().for_each(|column| column.key.hash(&mut hasher));
    program.rows().iter().for_each(|row| row.key.hash(&mut hasher));
    hasher.finish()
}

/// What a solution breaks of every condition, in their order.
#[derive(Debug, Default)]
struct Broken(Vec<f32>);

impl Judge for Broken {
    fn primal(&mut self, excess: f64) {
        self.0.push(excess as f32);
    }

    fn dual(&mut self, excess: f64) {
        self.0.push(excess as f32);
    }
}

/// What solutions of other programs are worth to a program.
#[derive(Debug)]
pub enum Mixed<'a> {
    /// The solution of each part, with the gap that is wanted.
    Solutions(Vec<Solution>),
    /// Known solutions near to it, by weight.
    Near(Vec<(&'a Known, f64)>),
}

/// The solution of each part as the mixture of known ones that leaves the least gap, if the gap is no more than that wanted.
///
/// # Errors
/// Threads that can not be had.
pub fn mix<'a>(parts: &dyn Parts, known: &[&'a Known], options: &SolveOptions) -> Result<Mixed<'a>, SolveError> {
    let alike: Vec<&Known> = known.iter().copied().filter(|known| known.parts.len() == parts.count()).collect();
    if alike.is_empty() {
        return Ok(Mixed::Near(Vec::new()));
    }
    let (alike, checked) = super::pool(options)?.install(|| check(parts, alike));
    let Some(Weights { weights, gap }) = weights(&checked) else { return Ok(Mixed::Near(Vec::new())) };
    let near: Vec<(&Known, f64)> = alike.into_iter().zip(weights).filter(|&(_, weight)| weight > 0.0).collect();
    if gap <= options.gap {
        let solutions = mixture(parts, &near);
        let quality = solutions.first().map(|first| first.quality);
        if quality.is_some_and(|quality| quality.gap <= options.gap && quality.residual() <= RESIDUAL) {
            return Ok(Mixed::Solutions(solutions));
        }
    }
    Ok(Mixed::Near(near))
}

/// Checks known solutions on the program, and leaves those out whose columns or rows mean something else.
fn check<'a>(parts: &dyn Parts, known: Vec<&'a Known>) -> (Vec<&'a Known>, Vec<Checked<Broken>>) {
    let mut checks: Vec<(&Known, Check<Broken>)> = known.into_iter().map(|known| (known, Check::default())).collect();
    for number in 0..parts.count() {
        let program = &*parts.part(number);
        let shape = shape(program);
        checks.retain(|(known, _)| known.parts[number].shape == shape);
        checks.par_iter_mut().for_each(|(known, check)| {
            let KnownPart { columns, duals, .. } = &known.parts[number];
            check.add(program, columns, duals);
        });
    }
    let finish = |(known, check): (&'a Known, Check<Broken>)| (known, check.finish(&known.parts[0].duals));
    checks.into_iter().map(finish).unzip()
}

/// Weights, and the gap that they are known to leave: endless where their mixture breaks a condition.
struct Weights {
    weights: Vec<f64>,
    gap: f64,
}

/// The weights of the least gap, or of those that break least of the conditions; `None` for a program that has little in common with the
/// known ones.
fn weights(checked: &[Checked<Broken>]) -> Option<Weights> {
    let first = checked.first()?;
    let size = first.objective.abs().max(1.0);
    let mut numbers = Numbers::default();
    for known in checked {
        numbers.column((known.objective - known.bound) / size, 0.0, 1.0);
    }
    let breach = numbers.column(PENALTY, 0.0, f64::INFINITY);
    numbers.rows.push(1.0, 1.0, (0..checked.len()).map(|known| (known, 1.0)));
    for condition in 0..first.judge.0.len() {
        let broken = || checked.iter().map(|known| f64::from(known.judge.0[condition]));
        if broken().any(|excess| excess > TOLERANCE) {
            let entries = broken().enumerate().chain([(breach, -1.0)]);
            numbers.rows.push(f64::NEG_INFINITY, TOLERANCE, entries);
        }
        if numbers.rows.len() > MOST_BROKEN {
            return None;
        }
    }
    let mut engine = Engine::new(&numbers);
    if engine.run() != End::Optimal {
        return None;
    }
    let breach = engine.x.pop()?;
    let gap = if breach > RESIDUAL { f64::INFINITY } else { engine.objective() - PENALTY * breach };
    let weights: Vec<f64> = engine.x.iter().map(|&weight| if weight < NOTHING { 0.0 } else { weight }).collect();
    let sum: f64 = weights.iter().sum();
    Some(Weights { weights: weights.into_iter().map(|weight| weight / sum).collect(), gap })
}

/// Mixes, and checks the mixture.
fn mixture(parts: &dyn Parts, mixed: &[(&Known, f64)]) -> Vec<Solution> {
    let mut check = Check::<Worst>::default();
    let mut solutions: Vec<Solution> = Vec::with_capacity(parts.count());
    for number in 0..parts.count() {
        let program = &*parts.part(number);
        let of_parts = |of: fn(&KnownPart) -> &Vec<f64>| {
            sum(mixed.iter().map(|(known, weight)| (of(&known.parts[number]), *weight)))
        };
        let mut columns = of_parts(|part| &part.columns);
        let duals = of_parts(|part| &part.duals);
        within_bounds(program, &mut columns);
        check.add(program, &columns, &duals);
        solutions.push(Solution { columns, duals, ..empty(Status::Optimal) });
    }
    let checked = check.finish(solutions.first().map_or(&[], |first| &first.duals));
    for solution in &mut solutions {
        (solution.objective, solution.quality) = (checked.objective, checked.quality());
    }
    solutions
}

/// Sum of lists of the same length by their weights.
fn sum<'a>(lists: impl Iterator<Item = (&'a Vec<f64>, f64)>) -> Vec<f64> {
    let mut sum = Vec::new();
    for (list, weight) in lists {
        sum.resize(list.len(), 0.0);
        for (sum, value) in sum.iter_mut().zip(list) {
            *sum += weight * value;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::testing::two_years;
    use crate::solve::{Silent, SolveOptions, solve};

    fn mixed(program: &Program, known: &[&Known], gap: f64) -> Option<Solution> {
        let options = SolveOptions { gap, threads: Some(1), ..SolveOptions::default() };
        match mix(program, known, &options) {
            Ok(Mixed::Solutions(solutions)) => solutions.into_iter().next(),
            _ => None,
        }
    }

    fn known(program: &Program) -> Known {
        let solution = solve(program, &SolveOptions::default(), &Silent).unwrap_or_else(|_| empty(Status::Limit));
        assert_eq!(solution.status, Status::Optimal);
        Known::new(program, vec![solution], None)
    }

    /// With capacity for both years a unit of budget saves 10 − 2 and costs half a unit of capacity: 6.5 from 0 to 10. Beyond, more is
    /// worth nothing.
    #[test]
    fn between_two_budgets_nothing_has_to_be_solved() {
        let (few, many) = (known(&two_years(Some(4.0))), known(&two_years(Some(8.0))));
        let between = two_years(Some(5.0));
        let solution = mixed(&between, &[&few, &many], 1e-6).unwrap_or_else(|| empty(Status::Limit));
        assert!((solution.objective - (100.0 - 6.5 * 5.0)).abs() < 1e-5, "{}", solution.objective);
        assert!(solution.quality.worst() < 1e-6, "{:?}", solution.quality);
        assert!((solution.duals[4] + 6.5).abs() < 1e-6, "{:?}", solution.duals);
    }

    #[test]
    fn a_bend_between_them_or_a_budget_beyond_them_is_not_mixed() {
        let (few, ample) = (known(&two_years(Some(6.0))), known(&two_years(Some(14.0))));
        // Duals from beyond the bend prove too little.
        let bent = two_years(Some(9.0));
        assert!(mixed(&bent, &[&few, &ample], 1e-4).is_none());
        assert!(mixed(&bent, &[&few, &ample], 1.0).is_some());
        assert!(mixed(&two_years(Some(5.0)), &[&few, &ample], 1.0).is_none());
        // Without a budget there is a row less.
        assert!(mixed(&two_years(None), &[&few, &ample], 1.0).is_none());
        assert!(mixed(&bent, &[], 1.0).is_none());
    }

    /// Where only costs differ, the mixture of the duals proves the gap.
    #[test]
    fn between_two_costs_nothing_has_to_be_solved() {
        let dearer = |by: f64| {
            let mut program = two_years(Some(6.0));
            let capacity = program.horizon_columns().next();
            capacity.into_iter().for_each(|capacity| program.add_cost(capacity, by));
            program
        };
        let (cheap, dear) = (known(&dearer(-1.0)), known(&dearer(2.0)));
        let solution = mixed(&dearer(0.0), &[&cheap, &dear], 1e-6);
        assert!(solution.is_some_and(|solution| (solution.objective - 61.0).abs() < 1e-5));
    }
}
