//! A program in blocks: the days, the years they belong to, and the horizon.
//!
//! The *unknowns* of a block are the duals of its rows and its *kept* columns: those of years and of the horizon, and those without
//! bounds. The other columns of a day, *loose* ones, stand in a few rows each and follow from the duals of these. A row with one loose
//! column (activity within available capacity) is no row of a block: it is the column's upper bound, which depends on kept columns.
//!
//! Blocks are filled part by part, and a part is dropped before the next one is built.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::alike::{Moved, make_alike};
use super::apart::{Apart, Draft, HORIZON, Place};
use super::borders::Borders;
use super::fronts::Elimination;
use super::lists::{Lists, index};
use super::shape::{Pattern, Shape};
use super::shared::{Numbers, Shared};
use super::sides::Sides;
use super::state::State;
use crate::formulation::parts::{Parts, each};
use crate::solve::numbers::{self, Misfit};

/// A block: its numbers, for the entries of its shape. Days have many of them in common.
#[derive(Debug)]
pub struct BlockData {
    /// The block it belongs to.
    pub parent: Option<u32>,
    /// Which entries it has.
    pub shape: Arc<Shape>,
    /// Coefficients of loose columns in rows.
    pub values: Numbers,
    /// Coefficients of kept columns in upper bounds of loose ones.
    pub limits: Numbers,
    /// Coefficients of kept columns in rows.
    pub direct: Numbers,
    /// Costs, of loose columns first.
    pub costs: Numbers,
    /// Greatest values above the least ones, of the columns that have any.
    pub upper: Numbers,
    /// Right sides.
    pub rhs: Numbers,
    /// Unknowns of the parent that are the border.
    pub border: Vec<u32>,
    /// Which of the parent's borders within it has.
    pub within: usize,
}

impl BlockData {
    /// How its unknowns are eliminated.
    pub fn elimination(&self) -> &Elimination {
        &self.shape.plan().elimination
    }

    /// What of the parent's unknowns is the border.
    pub fn take<'a>(&'a self, parent: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.border.iter().map(|&at| parent[at as usize])
    }

    /// Duals of its rows and values of its kept columns, and those of the parent's that are the border.
    pub fn with_border<'a>(&'a self, state: &'a State, parent: Option<&'a [f64]>) -> impl Iterator<Item = f64> + 'a {
        let own = state.now.y.iter().chain(&state.now.x[self.loose()..]);
        own.copied().chain(parent.into_iter().flat_map(|parent| self.take(parent)))
    }

    /// Adds what belongs to the border to the parent's unknowns.
    pub fn add_to(&self, parent: &mut [f64], border: &[f64]) {
        for (&at, value) in self.border.iter().zip(border) {
            parent[at as usize] += value;
        }
    }
}

/// A program in blocks.
#[derive(Debug)]
pub struct Blocks {
    /// Days, then years, then the horizon.
    pub blocks: Vec<BlockData>,
    /// First block of each of these, and the end.
    pub levels: [usize; 4],
    /// Constant of the objective.
    pub constant: f64,
    /// Which blocks are whose.
    pub layout: Layout,
}

/// What a year has of a list with one for each block.
#[derive(Debug)]
pub struct OfYear<'a, T> {
    /// The year's own, and the number of its block.
    pub own: (usize, &'a mut T),
    /// Those of its days, and the number of the first one's block.
    pub days: (usize, &'a mut [T]),
}

impl Blocks {
    /// What each year, and what the horizon has of a list with one for each block.
    pub fn by_year<'a, T>(&self, all: &'a mut [T]) -> (Vec<OfYear<'a, T>>, &'a mut T) {
        let [_, years, horizon, _] = self.levels;
        let (below, of_horizon) = all.split_at_mut(horizon);
        let (mut days, of_years) = below.split_at_mut(years);
        let mut first = 0;
        let of_years = (years..).zip(of_years).map(|(year, own)| {
            let others = self.blocks[first..years].iter();
            let count = others.take_while(|day| day.parent == Some(index(year))).count();
            let (of_year, rest) = std::mem::take(&mut days).split_at_mut(count);
            let of_year = OfYear { own: (year, own), days: (first, of_year) };
            (days, first) = (rest, first + count);
            of_year
        });
        (of_years.collect(), &mut of_horizon[0])
    }

    /// Position of the horizon among all blocks: it is the last.
    pub fn horizon(&self) -> usize {
        self.levels[2]
    }

    /// Plans all eliminations, the largest first.
    pub fn plan(&self) {
        let mut shapes: Vec<&Arc<Shape>> = self.blocks.iter().rev().map(|block| &block.shape).collect();
        let mut known = FxHashSet::default();
        shapes.retain(|&shape| known.insert(Arc::as_ptr(shape)));
        shapes.into_par_iter().with_max_len(1).for_each(|shape| _ = shape.plan());
    }

    /// The block that an unknown of a block belongs to, and where it is there.
    pub fn home(&self, block: usize, unknown: usize) -> (usize, usize) {
        let BlockData { parent, border, .. } = &self.blocks[block];
        match (unknown.checked_sub(self.blocks[block].own()), parent) {
            (Some(at), Some(parent)) => self.home(*parent as usize, border[at] as usize),
            _ => (block, unknown),
        }
    }
}

/// Which blocks belong to which part.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// First day, number of days and first year of each part.
    parts: Vec<(usize, usize, usize)>,
    days: usize,
    years: usize,
    /// Where the loose columns of each day went.
    moved: Vec<Moved>,
    /// Which columns of each block have bounds.
    sides: Vec<Sides>,
}

impl Layout {
    /// Positions of the days of a part among all blocks.
    pub fn days(&self, part: usize) -> Range<usize> {
        let (first_day, days, _) = self.parts[part];
        first_day..first_day + days
    }

    /// Position of a block of a part among all blocks.
    pub fn block(&self, part: usize, number: u32) -> usize {
        let (first_day, days, first_year) = self.parts[part];
        match number as usize {
            _ if number == HORIZON => self.days + self.years,
            day if day < days => first_day + day,
            year => self.days + first_year + year - days,
        }
    }

    /// Where a column of a block of a part went: block, and position there.
    pub fn column(&self, part: usize, number: u32, column: u32) -> (usize, usize) {
        let (block, column) = (self.block(part, number), column as usize);
        let Some(moved) = self.moved.get(block) else { return (block, column) };
        let kept = |column| column - moved.len() + self.sides[block].loose.len();
        (block, moved.get(column).map_or_else(|| kept(column), |&to| to as usize))
    }

    /// The slot of a column of a block, if it has an upper bound.
    pub fn slot(&self, block: usize, column: usize) -> Option<usize> {
        self.sides[block].slot(column)
    }
}

/// All blocks while parts are added.
#[derive(Default)]
struct Builder {
    days: Vec<BlockData>,
    years: Vec<BlockData>,
    horizon: Draft,
    /// Borders that years have with the horizon.
    within: Vec<Vec<u32>>,
    shapes: HashMap<Pattern, Arc<Shape>>,
    numbers: Shared,
    layout: Layout,
    constant: f64,
}

impl Blocks {
    /// Takes a program apart, part by part. `None` where its bounds contradict each other.
    ///
    /// # Errors
    /// A number that no solver takes.
    pub fn new(parts: &dyn Parts) -> Result<Option<Self>, Misfit> {
        let mut builder = Builder::default();
        let taken = each(parts, |_, program| {
            numbers::check(&program).map_err(Some)?;
            let apart = Apart::new(&program).ok_or(None)?;
            drop(program);
            builder.add(apart);
            Ok(())
        });
        match taken {
            Ok(()) => Ok(Some(builder.finish())),
            Err(None) => Ok(None),
            Err(Some(misfit)) => Err(misfit),
        }
    }
}

impl Builder {
    fn add(&mut self, mut apart: Apart) {
        let (days, borders) = (apart.days, Borders::new(&apart));
        self.layout.moved.extend(make_alike(&mut apart, &borders));
        self.layout.parts.push((self.days.len(), days, self.years.len()));
        let first_year = self.years.len();
        let mut within: Vec<Vec<Vec<u32>>> = vec![Vec::new(); apart.blocks.len()];
        for (number, draft) in apart.blocks.iter().enumerate() {
            let parent = apart.parents[number];
            let own = index(number);
            let border: Vec<u32> = borders.of(own).iter().map(|&place| borders.local(parent, place)).collect();
            let inner = std::mem::take(&mut within[number]);
            let known = if parent == HORIZON { &mut self.within } else { &mut within[parent as usize] };
            let position = known.iter().position(|other| *other == border).unwrap_or_else(|| {
                known.push(border.clone());
                known.len() - 1
            });
            let mut block = block(
                (&mut self.shapes, &mut self.numbers),
                draft,
                border.len(),
                inner,
                |place| borders.local(own, place),
                |kept| borders.unknown(kept),
            );
            (block.border, block.within) = (border, position);
            if number < days {
                // Among the years, until it is known how many days there are.
                block.parent = Some(index(first_year + parent as usize - days));
                self.days.push(block);
            } else {
                self.years.push(block);
            }
        }
        self.constant += apart.constant;
        self.add_horizon(apart);
    }

    /// Adds what a part has of the horizon to what others have: costs, and rows that add up. All else is the same.
    fn add_horizon(&mut self, apart: Apart) {
        if self.layout.parts.len() == 1 {
            self.horizon = apart.horizon;
            return;
        }
        for (all, part) in self.horizon.kept.iter_mut().zip(&apart.horizon.kept) {
            all.cost += part.cost;
        }
        for &row in &apart.sums {
            self.horizon.rhs[row as usize] += apart.horizon.rhs[row as usize];
        }
        for &(row, kept, value) in apart.horizon.direct.iter().filter(|(row, ..)| apart.sums.contains(&row.1)) {
            match self.horizon.direct.iter_mut().find(|known| (known.0, known.1) == (row, kept)) {
                Some(known) => known.2 += value,
                None => self.horizon.direct.push((row, kept, value)),
            }
        }
    }

    fn finish(mut self) -> Blocks {
        let (days, years) = (self.days.len(), self.years.len());
        for day in &mut self.days {
            day.parent = day.parent.map(|year| index(days) + year);
        }
        for year in &mut self.years {
            year.parent = Some(index(days + years));
        }
        let rows = index(self.horizon.rhs.len());
        let unknown = |(home, kept): Place| (home, rows + kept);
        let horizon =
            block((&mut self.shapes, &mut self.numbers), &self.horizon, 0, self.within, |(_, at)| at, unknown);
        let mut blocks = self.days;
        blocks.extend(self.years);
        blocks.push(horizon);
        Blocks {
            levels: [0, days, days + years, days + years + 1],
            constant: self.constant,
            layout: Layout { days, years, sides: blocks.iter().map(|block| *block.sides()).collect(), ..self.layout },
            blocks,
        }
    }
}

/// Turns a draft into a block; `local` gives the position of an unknown in it, and `unknown` that of a kept column in its own block.
fn block(
    (shapes, numbers): (&mut HashMap<Pattern, Arc<Shape>>, &mut Shared),
    draft: &Draft,
    border: usize,
    within: Vec<Vec<u32>>,
    local: impl Fn(Place) -> u32,
    unknown: impl Fn(Place) -> Place,
) -> BlockData {
    let costs = draft.columns(|c| c.cost, |c| c.cost);
    let mut upper = draft.columns(|c| c.upper, |c| c.upper);
    let mut pattern = Pattern { rows: draft.rhs.len(), sides: draft.sides(), border, within, ..Pattern::default() };
    pattern.entries = Lists::of(draft.loose.len(), draft.entries.iter().map(|&(column, row, _)| (column, local(row))));
    let limits = draft.limits.iter().map(|&(column, kept, _)| (column, local(unknown(kept))));
    pattern.limits = Lists::of(draft.loose.len(), limits);
    pattern.direct = draft.direct.iter().map(|&(row, kept, _)| (local(row), local(unknown(kept)))).collect();
    let shape = match shapes.get(&pattern) {
        Some(known) => known.clone(),
        None => shapes.entry(pattern.clone()).or_insert(Arc::new(Shape::new(pattern))).clone(),
    };
    let factors = |entries: &[(u32, Place, f64)]| entries.iter().map(|&(.., value)| value).collect::<Vec<f64>>();
    let direct: Vec<f64> = draft.direct.iter().map(|&(.., value)| value).collect();
    upper.retain(|upper| upper.is_finite());
    BlockData {
        parent: None,
        shape,
        costs: numbers.list(&costs),
        upper: numbers.list(&upper),
        values: numbers.list(&factors(&draft.entries)),
        limits: numbers.list(&factors(&draft.limits)),
        direct: numbers.list(&direct),
        rhs: numbers.list(&draft.rhs),
        border: Vec::new(),
        within: 0,
    }
}
