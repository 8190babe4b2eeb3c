//! A program in parts, so that a long one is never held whole: each part covers some of the milestone years.
//!
//! Every part has all columns of the horizon and all its rows, in the same order. What is counted once in the program is counted in
//! one part: a cost in the part that covers its year, a term and the right side of a row that sums up over the years
//! ([`RowKey::adds_up`]) in the part that covers theirs. All else that belongs to the horizon is the same in every part, and
//! what belongs to a year is in its part alone.

use std::borrow::Cow;
use std::collections::HashSet;
use std::convert::Infallible;
use std::panic::resume_unwind;
use std::thread;

use super::context::Context;
use super::keys::{ColumnKey, RowKey};
use super::program::{Block, Program};
use super::{Formulation, build, build_years};
use crate::model::{Model, Resolution};
use crate::time::TimeGrid;

/// A program in parts.
pub trait Parts: Sync {
    /// Number of parts.
    fn count(&self) -> usize;
    /// A part, by its position.
    fn part(&self, number: usize) -> Cow<'_, Program>;
    /// Whether they are so large that two of them should not be held beside a solution.
    fn are_large(&self) -> bool {
        false
    }
}

/// Shows all parts in their order, until it fails, and builds the next one while one is looked at.
///
/// # Errors
/// What `see` fails with.
pub fn each<E>(parts: &dyn Parts, see: impl FnMut(usize, Cow<Program>) -> Result<(), E>) -> Result<(), E> {
    in_order(parts.count(), true, |number| parts.part(number), see)
}

/// The same beside a solution: large parts are built one after the other.
///
/// # Errors
/// What `see` fails with.
pub fn each_beside<E>(parts: &dyn Parts, see: impl FnMut(usize, Cow<Program>) -> Result<(), E>) -> Result<(), E> {
    in_order(parts.count(), !parts.are_large(), |number| parts.part(number), see)
}

/// Makes things in their order and shows them, until that fails; the next one is made while one is looked at, if it may be made ahead.
fn in_order<T: Send, E>(
    count: usize,
    ahead: bool,
    make: impl Fn(usize) -> T + Sync,
    mut see: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<(), E> {
    if !ahead {
        return (0..count).try_for_each(|number| see(number, make(number)));
    }
    let make = &make;
    thread::scope(|scope| {
        let mut this = (count > 0).then(|| make(0));
        for number in 0..count {
            let next = (number + 1 < count).then(|| scope.spawn(move || make(number + 1)));
            if let Some(this) = this.take() {
                see(number, this)?;
            }
            this = next.map(|next| next.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        Ok(())
    })
}

/// Buckets of a year from which on parts are large.
const LARGE: usize = 2_000;

/// A program that is held whole is its only part.
impl Parts for Program {
    fn count(&self) -> usize {
        1
    }

    fn part(&self, _: usize) -> Cow<'_, Program> {
        Cow::Borrowed(self)
    }
}

/// The formulation of a model, whole or in parts.
#[derive(Debug)]
pub struct Formulations<'a> {
    /// The model.
    pub model: &'a Model,
    /// The division of the year.
    pub grid: &'a TimeGrid,
    /// Size of the whole program.
    pub size: Size,
    /// All of it, where it is held whole.
    whole: Option<Formulation<'a>>,
}

impl<'a> Formulations<'a> {
    /// One formulation that covers all milestone years.
    pub fn whole(whole: Formulation<'a>) -> Self {
        let Context { model, grid, .. } = whole.context;
        Self { model, grid, size: Size::of(&whole.program), whole: Some(whole) }
    }

    /// A formulation for each milestone year, built whenever it is asked for, and dropped after.
    pub fn by_year(model: &'a Model, grid: &'a TimeGrid) -> Self {
        Self::by_year_seen(model, grid, |_| {})
    }

    /// The same, and shows each part to somebody while it counts.
    pub fn by_year_seen(model: &'a Model, grid: &'a TimeGrid, show: impl FnMut(&Program)) -> Self {
        let parts = Self { model, grid, size: Size::default(), whole: None };
        Self { size: Size::counted(&parts, show), ..parts }
    }

    /// The formulation, where it is held whole.
    pub fn held(&self) -> Option<&Formulation<'a>> {
        self.whole.as_ref()
    }

    /// All of it in one formulation.
    pub fn into_whole(self) -> Formulation<'a> {
        self.whole.unwrap_or_else(|| build(self.model, self.grid))
    }

    /// Shows all parts in their order, until it fails; large ones are built one after the other.
    ///
    /// # Errors
    /// What `see` fails with.
    pub fn show_each<E>(&self, mut see: impl FnMut(usize, &Formulation) -> Result<(), E>) -> Result<(), E> {
        match &self.whole {
            Some(whole) => see(0, whole),
            None => {
                in_order(self.count(), !self.are_large(), |number| self.year(number), |number, part| see(number, &part))
            }
        }
    }

    /// Shows a part, by its position.
    pub fn show<T>(&self, number: usize, to: impl FnOnce(&Formulation) -> T) -> T {
        match &self.whole {
            Some(whole) => to(whole),
            None => to(&self.year(number)),
        }
    }

    fn year(&self, number: usize) -> Formulation<'a> {
        build_years(self.model, self.grid, self.model.horizon.ids().skip(number).take(1).collect())
    }
}

impl Parts for Formulations<'_> {
    fn count(&self) -> usize {
        if self.whole.is_some() { 1 } else { self.model.horizon.len() }
    }

    fn part(&self, number: usize) -> Cow<'_, Program> {
        match &self.whole {
            Some(whole) => Cow::Borrowed(&whole.program),
            None => Cow::Owned(self.year(number).program),
        }
    }

    fn are_large(&self) -> bool {
        self.grid.buckets(Resolution::Hour).len() > LARGE
    }
}

/// Size of a program.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Size {
    /// Number of columns.
    pub columns: usize,
    /// Number of rows.
    pub rows: usize,
    /// Number of coefficients.
    pub nonzeros: usize,
}

impl Size {
    /// Size of the program that parts are the parts of.
    pub fn of(parts: &dyn Parts) -> Self {
        Self::counted(parts, |_| {})
    }

    fn counted(parts: &dyn Parts, mut show: impl FnMut(&Program)) -> Self {
        let mut size = Self::default();
        // Years may share coefficients of the horizon in rows that sum up over them.
        let mut shared: HashSet<(RowKey, ColumnKey)> = HashSet::new();
        let Ok(()) = each::<Infallible>(parts, |number, program| {
            show(&program);
            let counts = |block: Block| number == 0 || block != Block::Horizon;
            size.columns += program.columns().iter().filter(|column| counts(column.block)).count();
            for id in program.row_ids() {
                let row = &program.rows()[id.index()];
                size.rows += usize::from(counts(row.block));
                if row.key.adds_up() {
                    let columns = program.entries(id).iter().map(|&(column, _)| &program.columns()[column.index()]);
                    let is_new = |column: &&super::program::Column| {
                        column.block != Block::Horizon || shared.insert((row.key, column.key))
                    };
                    size.nonzeros += columns.filter(is_new).count();
                } else if counts(row.block) {
                    size.nonzeros += program.entries(id).len();
                }
            }
            Ok(())
        });
        size
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::formulation::testing::{DAYS, PLANT, model};
    use crate::time;

    /// Plants with a must-run and two efficiencies, a yearly store, a soft budget, a cap, growth of activity, a price, a reserve whose peak is
    /// decided by heat pumps, growth, markets, and two sources of finance.
    const SCENARIO: &str = r#"
min-activity = 0.2
growth-rate = "20 %"
growth-seed = "1 GW/yr"
[technologies.newer]
zones = ["b"]
inputs = "fuel"
outputs = "electricity"
efficiency = { 2025 = 0.4, 2030 = 0.6 }
capital-cost = "900 USD/kW"
variable-cost = "1 USD/MWh"
min-activity = 0.1
lifetime = "20 yr"
early-retirement = false
capacity-credit = 0.9
[technologies.cave]
zones = ["a"]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
capacity-credit = 0.5
storage = { commodity = "electricity", energy-capital-cost = "10 USD/kWh", cycle = "year" }
[commodities.warmth]
resolution = "day"
[technologies.heat-pump]
zones = ["b"]
inputs = { electricity = 0.4 }
outputs = { warmth = 1 }
capital-cost = "1000 USD/kW"
lifetime = "20 yr"
operation = "day"
[demands.warmth]
zone = "b"
commodity = "warmth"
annual = "1 TWh"
[markets.abroad]
zone = "b"
commodity = "electricity"
trade = "import"
steps = [{ volume = "2 TWh/yr", price = "40 USD/MWh" }, { price = "70 USD/MWh" }]
[demands.load]
zone = "a"
commodity = "electricity"
annual = "10 TWh"
[demands.stoves]
zone = "a"
commodity = "fuel"
annual = "2 TWh"
combustion = true
[links.line]
from = "b"
to = "a"
commodity = "electricity"
capital-cost = "300 USD/kW"
lifetime = "40 yr"
[policies.budget]
kind = "emission-budget"
pollutants = ["co2"]
budget = "40 Mt"
from = 2028
to = 2032
slack-cost = "500 USD/t"
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = "5 Mt/yr"
slack-cost = "300 USD/t"
[policies.pace]
kind = "activity-growth"
technologies = ["plant"]
rate = 0.1
seed = "1 TWh"
start = "4 TWh"
start-year = 2020
[policies.tax]
kind = "emission-price"
pollutants = ["co2"]
price = "10 USD/t"
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
zones = ["a", "b"]
margin = 0.1
slack-cost = "100 USD/kW/yr"
[finance.bank]
cost-of-capital = 0.1
[finance.fund]
cost-of-capital = 0.04
max = "500 MUSD/yr"
technologies = ["newer", "cave"]
"#;

    /// What a program says, by meaning: bounds and costs, coefficients, right sides and the constant.
    type Said = (HashMap<ColumnKey, [f64; 3]>, HashMap<(RowKey, Option<ColumnKey>), f64>, f64);

    fn said(parts: &dyn Parts) -> Said {
        let (mut columns, mut rows, mut constant) = (HashMap::new(), HashMap::new(), 0.0);
        for number in 0..parts.count() {
            let program = parts.part(number);
            constant += program.constant;
            for column in program.columns() {
                let [lower, upper, cost] = columns.entry(column.key).or_insert([column.lower, column.upper, 0.0]);
                assert_eq!((*lower, *upper), (column.lower, column.upper));
                *cost += column.cost;
            }
            for id in program.row_ids() {
                let row = &program.rows()[id.index()];
                let keys =
                    program.entries(id).iter().map(|&(column, a)| (Some(program.columns()[column.index()].key), a));
                for (key, value) in keys.chain([(None, row.rhs)]) {
                    let known = rows.entry((row.key, key)).or_insert(0.0);
                    *known = if row.key.adds_up() { *known + value } else { value };
                }
            }
        }
        (columns, rows, constant)
    }

    fn close(a: f64, b: f64) -> bool {
        a == b || (a - b).abs() < 1e-9 * a.abs().max(1.0)
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let model = model(DAYS, &format!("{PLANT}{SCENARIO}"));
        let grid = time::resolve(&model);
        let (whole, years) = (Formulations::whole(build(&model, &grid)), Formulations::by_year(&model, &grid));
        assert_eq!((whole.count(), years.count()), (1, 2));
        assert_eq!(whole.size, years.size);
        let ((columns, rows, constant), (of_years, rows_of_years, constants)) = (said(&whole), said(&years));
        assert_eq!((columns.len(), rows.len()), (of_years.len(), rows_of_years.len()));
        assert!(close(constant, constants));
        for (key, said) in columns {
            assert!(said.iter().zip(&of_years[&key]).all(|(&a, &b)| close(a, b)), "{key:?}");
        }
        for (key, value) in rows {
            assert!(close(value, rows_of_years[&key]), "{key:?}");
        }
    }

    /// Rows and columns of the horizon are the same in all parts, in the same order.
    #[test]
    fn the_horizon_is_in_every_part() {
        let model = model(DAYS, &format!("{PLANT}{SCENARIO}"));
        let grid = time::resolve(&model);
        let years = Formulations::by_year(&model, &grid);
        let horizon = |number: usize| {
            let program = years.part(number);
            let columns: Vec<_> = program.horizon_columns().map(|id| program.columns()[id.index()].key).collect();
            let rows: Vec<_> = program.horizon_rows().map(|id| program.rows()[id.index()].key).collect();
            (columns, rows)
        };
        assert!(horizon(0).1.len() > 5);
        assert_eq!(horizon(0), horizon(1));
    }
}
