//! What a solve has learnt, for the next program of the same shape.
//!
//! A cut is a solution of a year's dual. Whatever else has changed, costs, bounds, right sides, even coefficients, any prices `y`
//! of the right signs bound the cost of the year from below in the *new* program, too:
//!
//! ```text
//! V(h) ≥ y·(b − B·h) + Σ_j min over [l_j, u_j] of z_j·x_j    with    z = c − Aᵀy
//! ```
//!
//! So a cut is not taken over but made again from its prices, and only where that gives a bound: where `z_j < 0` nothing may
//! be without an upper bound. Rows with a single column are bounds of that column, and their prices follow from the others'.

use rayon::prelude::*;

use super::super::engine::Basis;
use super::split::{Meaning, Part, Split};
use super::year::{Cut, YearProgram, gradient};
use crate::formulation::keys::RowKey;
use crate::formulation::program::{Program, Sense};

/// Reduced costs are nothing up to this part of their largest term: what HiGHS takes for optimal.
const TOLERANCE: f64 = 5e-8;

/// What a solve has learnt.
#[derive(Clone, Debug)]
pub struct Experience {
    /// What was decided.
    decisions: Vec<Meaning>,
    /// The best values of the decisions, of each solve.
    points: Vec<Vec<f64>>,
    /// What is known of each year.
    years: Vec<Year>,
}

#[derive(Clone, Debug)]
struct Year {
    rows: Vec<RowKey>,
    lessons: Vec<Lesson>,
    basis: Option<Basis>,
}

/// Prices of a year's rows, which make a cut.
#[derive(Clone, Debug)]
struct Lesson {
    is_cost: bool,
    duals: Vec<f64>,
}

impl Experience {
    /// Gathers what was learnt on the way to the `best` point.
    pub fn new(split: &Split, best: &[f64], cuts: Vec<Cut>, programs: &[YearProgram]) -> Self {
        let decisions = split.decisions.iter().map(|decision| decision.meaning).collect();
        let known = |(part, program): (&Part, &YearProgram)| Year {
            rows: part.rows.iter().map(|row| row.key).collect(),
            lessons: Vec::new(),
            basis: program.basis(),
        };
        let mut years: Vec<Year> = split.parts.iter().zip(programs).map(known).collect();
        for Cut { part, is_cost, duals, .. } in cuts {
            years[part].lessons.push(Lesson { is_cost, duals });
        }
        Self { decisions, points: vec![best.to_vec()], years }
    }

    /// Adds what another solve of a program of the same shape has learnt; of another shape, nothing.
    pub fn add(&mut self, other: Self) {
        let is_alike = |(own, others): (&Year, &Year)| own.rows == others.rows;
        if self.decisions == other.decisions
            && self.years.len() == other.years.len()
            && self.years.iter().zip(&other.years).all(is_alike)
        {
            self.points.extend(other.points);
            for (own, others) in self.years.iter_mut().zip(other.years) {
                own.lessons.extend(others.lessons);
            }
        }
    }

    /// Whether a program has the same decisions and the same rows in every year, whatever their numbers.
    pub fn fits(&self, split: &Split) -> bool {
        split.decisions.iter().map(|decision| decision.meaning).eq(self.decisions.iter().copied())
            && split.parts.len() == self.years.len()
            && split.parts.iter().zip(&self.years).all(|(part, year)| {
                part.rows.len() == year.rows.len() && part.rows.iter().map(|row| row.key).eq(year.rows.iter().copied())
            })
    }

    /// The best points, as far as the bounds of a program allow them.
    pub fn points(&self, split: &Split) -> Vec<Vec<f64>> {
        let allowed = |point: &Vec<f64>| {
            let decisions = split.decisions.iter().zip(point);
            decisions.map(|(decision, value)| value.max(decision.lower).min(decision.upper)).collect()
        };
        self.points.iter().map(allowed).collect()
    }

    /// The cuts that a program of the same shape can learn from.
    pub fn cuts(&self, program: &Program, split: &Split) -> Vec<Cut> {
        let years = split.parts.par_iter().zip(&self.years).enumerate();
        let made = |(number, (part, year)): (usize, (&Part, &Year))| {
            let lessons = year.lessons.iter();
            lessons.filter_map(|lesson| again(program, number, part, lesson)).collect::<Vec<_>>()
        };
        years.flat_map_iter(made).collect()
    }

    /// Lets the programs of the years start from where those of the former solve ended.
    pub fn warm(&self, programs: &mut [YearProgram]) {
        for (program, year) in programs.iter_mut().zip(&self.years) {
            if let Some(basis) = &year.basis {
                program.start_from(basis);
            }
        }
    }
}

/// Makes a cut again; `None` where its prices bound nothing any more.
fn again(program: &Program, number: usize, part: &Part, lesson: &Lesson) -> Option<Cut> {
    let columns = || part.columns.iter().map(|id| &program.columns()[id.index()]);
    let mut reduced: Vec<f64> = columns().map(|column| if lesson.is_cost { column.cost } else { 0.0 }).collect();
    let mut sizes: Vec<f64> = reduced.iter().map(|cost| cost.abs().max(1.0)).collect();
    let mut duals = vec![0.0; part.rows.len()];
    for (position, row) in part.rows.iter().enumerate() {
        let price = lesson.duals[position];
        if row.entries.len() != 1 && may_have(row.sense, price) {
            duals[position] = price;
            for &(column, factor) in &row.entries {
                reduced[column] -= factor * price;
                sizes[column] = sizes[column].max((factor * price).abs());
            }
        }
    }
    // Those that set a bound before take what is left first, then those without which there is none.
    for had_price in [true, false] {
        for (position, row) in part.rows.iter().enumerate() {
            let [(column, factor)] = row.entries[..] else { continue };
            let of = &program.columns()[part.columns[column].index()];
            let end = if reduced[column] > 0.0 { of.lower } else { of.upper };
            let price = reduced[column] / factor;
            let is_wanted = (lesson.duals[position] != 0.0) == had_price && (had_price || end.is_infinite());
            if is_wanted && may_have(row.sense, price) {
                duals[position] = price;
                reduced[column] = 0.0;
            }
        }
    }
    let mut constant: f64 = part.rows.iter().zip(&duals).map(|(row, dual)| row.rhs * dual).sum();
    for ((column, &reduced), &size) in columns().zip(&reduced).zip(&sizes) {
        let end = if reduced > 0.0 { column.lower } else { column.upper };
        if end.is_finite() {
            constant += reduced * end;
        } else if reduced.abs() > TOLERANCE * size {
            return None;
        }
    }
    let gradient = gradient(part, &duals);
    let says_something = constant != 0.0 || !gradient.is_empty();
    says_something.then_some(Cut { part: number, is_cost: lesson.is_cost, constant, gradient, duals })
}

/// Whether a row may have a price, and it is one.
fn may_have(sense: Sense, price: f64) -> bool {
    sense.price(price) != 0.0
}
