//! A year on its own: the least cost of running what the master has decided, and how that cost changes with the decisions.
//!
//! ```text
//! V(h) = min c·x    with    A·x (≤ = ≥) b − B·h,    l ≤ x ≤ u
//! V(h') ≥ V(h) + g·(h' − h),    g = −Bᵀy
//! ```
//!
//! with `y` the duals of the rows: the *cut* that the master learns from (Benders, 1962). A row with a single column is that
//! column's bound. Rows that tie the days together may be broken at a penalty, so that most decisions have a value; decisions
//! that no dispatch can follow at all have a cut of their own, from the least violation.

use std::collections::{BTreeMap, BTreeSet};

use super::super::engine::{End, Engine, Numbers};
use super::split::Part;
use crate::formulation::program::{Program, Sense};

/// What a year tells the master about a decision.
#[derive(Clone, Debug)]
pub struct Cut {
    /// The year's part.
    pub part: usize,
    /// Whether it bounds the cost of the year; else it says which decisions can be followed at all.
    pub is_cost: bool,
    /// `value − gradient · decision`.
    pub constant: f64,
    /// Change per unit of decisions.
    pub gradient: Vec<(usize, f64)>,
    /// Duals of the part's rows.
    pub duals: Vec<f64>,
}

/// What came of an evaluation.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Cost of the year; infinite where nothing follows the decision.
    pub value: f64,
    /// By how much rows are broken.
    pub shortfall: f64,
    /// What the master learns; nothing from a decision that it has asked for before.
    pub cut: Option<Cut>,
}

/// A year's program, kept warm.
#[derive(Debug)]
pub struct YearProgram<'a> {
    number: usize,
    part: &'a Part,
    engine: Engine,
    /// Costs and bounds of the columns, whatever is decided.
    costs: Vec<f64>,
    own_lower: Vec<f64>,
    own_upper: Vec<f64>,
    /// Rows of the part that are rows of the engine, in order.
    rows: Vec<usize>,
    /// Rows of the part with one column, which bound it.
    bounds: Vec<usize>,
    /// First column that stands for a violation.
    elastic: usize,
    lower: Vec<f64>,
    upper: Vec<f64>,
    /// The row that sets the bound of a column, if a row does.
    lower_by: Vec<Option<usize>>,
    upper_by: Vec<Option<usize>>,
    /// Decisions that matter to the year.
    touched: Vec<usize>,
    /// The last of these, with the value and the shortfall that came of them.
    last: Option<(Vec<f64>, f64, f64)>,
}

impl<'a> YearProgram<'a> {
    /// Prepares a year; broken linking rows cost `penalty` per unit.
    pub fn new(program: &Program, number: usize, part: &'a Part, penalty: f64) -> Self {
        let mut numbers = Numbers::default();
        for id in &part.columns {
            let column = &program.columns()[id.index()];
            numbers.column(column.cost, column.lower, column.upper);
        }
        let elastic = numbers.costs.len();
        let (mut rows, mut bounds) = (Vec::new(), Vec::new());
        for (position, row) in part.rows.iter().enumerate() {
            if row.entries.len() == 1 && row.id.is_some() {
                bounds.push(position);
                continue;
            }
            let mut entries = row.entries.clone();
            if row.linking {
                entries.extend(violations(&mut numbers, row.sense, penalty));
            }
            let (lower, upper) = row.sense.ends(row.rhs);
            numbers.rows.push(lower, upper, entries);
            rows.push(position);
        }
        let engine = Engine::new(&numbers);
        let Numbers { costs, lower: own_lower, upper: own_upper, .. } = numbers;
        let touched: BTreeSet<usize> =
            part.rows.iter().flat_map(|row| row.decisions.iter().map(|&(at, _)| at)).collect();
        Self {
            touched: touched.into_iter().collect(),
            last: None,
            number,
            part,
            engine,
            rows,
            bounds,
            elastic,
            lower: own_lower.clone(),
            upper: own_upper.clone(),
            lower_by: vec![None; costs.len()],
            upper_by: vec![None; costs.len()],
            costs,
            own_lower,
            own_upper,
        }
    }

    /// Makes broken rows dearer.
    pub fn raise_penalty(&mut self, factor: f64) {
        for cost in &mut self.costs[self.elastic..] {
            *cost *= factor;
        }
        self.engine.set_costs(&self.costs);
        self.last = None;
    }

    /// Values of the year's columns after an evaluation that has a value.
    pub fn columns(&self) -> &[f64] {
        &self.engine.x[..self.elastic]
    }

    /// Evaluates a decision. The solver may come to another end.
    pub fn evaluate(&mut self, decision: &[f64], seconds: f64) -> Result<Answer, End> {
        let own: Vec<f64> = self.touched.iter().map(|&position| decision[position]).collect();
        if let Some((known, value, shortfall)) = &self.last
            && *known == own
        {
            return Ok(Answer { value: *value, shortfall: *shortfall, cut: None });
        }
        let answer = self.solve(decision, seconds)?;
        self.last = Some((own, answer.value, answer.shortfall));
        Ok(answer)
    }

    fn solve(&mut self, decision: &[f64], seconds: f64) -> Result<Answer, End> {
        let is_possible = self.set(decision);
        self.engine.set_time_limit(seconds);
        if !is_possible {
            return self.least_violation(decision, seconds);
        }
        match self.engine.run() {
            End::Optimal => {}
            End::Infeasible => return self.least_violation(decision, seconds),
            other => return Err(other),
        }
        let mut duals = vec![0.0; self.part.rows.len()];
        for (&position, &dual) in self.rows.iter().zip(&self.engine.duals) {
            duals[position] = dual;
        }
        for (column, &reduced) in self.engine.reduced_costs.iter().enumerate() {
            let by = if reduced > 0.0 { self.lower_by[column] } else { self.upper_by[column] };
            if let Some(position) = by {
                duals[position] = reduced / self.part.rows[position].entries[0].1;
            }
        }
        let value = self.engine.objective();
        let shortfall = self.engine.x[self.elastic..].iter().sum();
        Ok(Answer { value, shortfall, cut: Some(self.cut(true, value, duals, decision)) })
    }

    /// Sets bounds and right sides; whether the bounds leave room for every column.
    fn set(&mut self, decision: &[f64]) -> bool {
        self.lower.copy_from_slice(&self.own_lower);
        self.upper.copy_from_slice(&self.own_upper);
        self.lower_by.fill(None);
        self.upper_by.fill(None);
        for &position in &self.bounds {
            let row = &self.part.rows[position];
            let (column, factor) = row.entries[0];
            let end = right_side(row.rhs, &row.decisions, decision) / factor;
            let is_upper = row.sense == Sense::Eq || (row.sense == Sense::Le) == (factor > 0.0);
            let is_lower = row.sense == Sense::Eq || !is_upper;
            if is_upper && end < self.upper[column] {
                self.upper[column] = end;
                self.upper_by[column] = Some(position);
            }
            if is_lower && end > self.lower[column] {
                self.lower[column] = end;
                self.lower_by[column] = Some(position);
            }
        }
        for (lower, upper) in self.lower.iter_mut().zip(&mut self.upper) {
            if *lower > *upper {
                if *lower > *upper + 1e-7 * upper.abs().max(1.0) {
                    return false;
                }
                *lower = *upper;
            }
        }
        let (mut least, mut most) = (Vec::with_capacity(self.rows.len()), Vec::with_capacity(self.rows.len()));
        for &position in &self.rows {
            let row = &self.part.rows[position];
            let (lower, upper) = row.sense.ends(right_side(row.rhs, &row.decisions, decision));
            least.push(lower);
            most.push(upper);
        }
        self.engine.set_bounds(&self.lower, &self.upper);
        self.engine.set_row_bounds(&least, &most);
        true
    }

    /// The least sum of violations of all rows, and the cut that keeps the master from decisions that lead to any.
    fn least_violation(&self, decision: &[f64], seconds: f64) -> Result<Answer, End> {
        let mut numbers = Numbers::default();
        for column in 0..self.elastic {
            numbers.column(0.0, self.own_lower[column], self.own_upper[column]);
        }
        for row in &self.part.rows {
            let mut entries = row.entries.clone();
            entries.extend(violations(&mut numbers, row.sense, 1.0));
            let (lower, upper) = row.sense.ends(right_side(row.rhs, &row.decisions, decision));
            numbers.rows.push(lower, upper, entries);
        }
        let mut engine = Engine::new(&numbers);
        engine.set_text("presolve", "on");
        engine.set_time_limit(seconds);
        match engine.run() {
            End::Optimal => {}
            other => return Err(other),
        }
        let violation = engine.objective();
        let duals = engine.duals.clone();
        Ok(Answer {
            value: f64::INFINITY,
            shortfall: violation,
            cut: Some(self.cut(false, violation, duals, decision)),
        })
    }

    fn cut(&self, is_cost: bool, value: f64, duals: Vec<f64>, decision: &[f64]) -> Cut {
        let gradient = gradient(self.part, &duals);
        let constant = value - gradient.iter().map(|&(position, slope)| slope * decision[position]).sum::<f64>();
        Cut { part: self.number, is_cost, constant, gradient, duals }
    }
}

/// How a year's bound changes with the decisions, from the duals of its rows: `−Bᵀy`.
pub fn gradient(part: &Part, duals: &[f64]) -> Vec<(usize, f64)> {
    let mut slopes = BTreeMap::new();
    for (row, &dual) in part.rows.iter().zip(duals) {
        if dual != 0.0 {
            for &(position, factor) in &row.decisions {
                *slopes.entry(position).or_insert(0.0) -= dual * factor;
            }
        }
    }
    slopes.into_iter().collect()
}

/// Columns that let a row be broken, at a cost per unit: it may fall short where it asks for at least something, and exceed where
/// for at most.
fn violations(numbers: &mut Numbers, sense: Sense, cost: f64) -> Vec<(usize, f64)> {
    let sides = [(Sense::Le, 1.0), (Sense::Ge, -1.0)].into_iter().filter(|&(whole, _)| whole != sense);
    sides.map(|(_, sign)| (numbers.column(cost, 0.0, f64::INFINITY), sign)).collect()
}

fn right_side(rhs: f64, decisions: &[(usize, f64)], decision: &[f64]) -> f64 {
    rhs - decisions.iter().map(|&(position, factor)| factor * decision[position]).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::super::split::Split;
    use super::*;
    use crate::solve::testing::two_years;

    /// Evaluates the first year at decisions, one after the other.
    fn answers(decisions: &[f64]) -> Vec<Answer> {
        let program = two_years(None);
        let split = Split::new(&program);
        let mut year = YearProgram::new(&program, 0, &split.parts[0], 1e3);
        decisions.iter().filter_map(|&h| year.evaluate(&[h], f64::INFINITY).ok()).collect()
    }

    /// V(h) = 2h + 10 (5 − h) as long as the capacity h is short of the demand of 5, and 10 beyond.
    #[test]
    fn a_cut_touches_the_cost_and_lies_below_it() {
        let cost = |h: f64| 2.0 * h.min(5.0) + 10.0 * (5.0 - h).max(0.0);
        let decisions = [3.0, 6.0, 0.0, 4.5];
        let answers = answers(&decisions);
        assert_eq!(answers.len(), decisions.len());
        for (h, answer) in decisions.into_iter().zip(answers) {
            let Some(cut) = answer.cut else { unreachable!("the decision is a new one") };
            let slope = cut.gradient.iter().map(|&(_, slope)| slope).sum::<f64>();
            assert!((answer.value - cost(h)).abs() < 1e-9);
            assert!((cut.constant + slope * h - cost(h)).abs() < 1e-9);
            for other in [0.0, 1.0, 4.9, 5.1, 9.0] {
                assert!(cut.constant + slope * other <= cost(other) + 1e-9, "{h} {other}");
            }
        }
    }

    /// A capacity below zero can not be followed: the violation of 2 shrinks with it.
    #[test]
    fn a_decision_that_can_not_be_followed_has_a_cut_of_its_own() {
        let answers = answers(&[-2.0]);
        let [Answer { value, shortfall, cut: Some(cut) }] = answers.as_slice() else {
            unreachable!("violations have a least sum")
        };
        assert!(value.is_infinite() && !cut.is_cost);
        assert!((shortfall - 2.0).abs() < 1e-9);
        assert_eq!(cut.gradient, [(0, -1.0)]);
        // 0 ≥ 2 − 1 · (h + 2), that is h ≥ 0.
        assert!(cut.constant.abs() < 1e-9);
    }

    /// A decision that is asked for again has the same value, and nothing new to teach.
    #[test]
    fn a_decision_teaches_once() {
        let answers = answers(&[3.0, 3.0, 4.0]);
        assert_eq!(answers.iter().map(|answer| answer.cut.is_some()).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(answers[0].value, answers[1].value);
    }
}
