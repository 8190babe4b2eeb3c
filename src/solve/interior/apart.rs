//! A part of the program taken apart: what its days, its years and the horizon hold of it, and where columns and rows went.

use std::collections::{BTreeSet, HashMap};

use super::bounds::Bounds;
use super::lists::index;
use super::sides::{Counts, Sides, order};
use crate::formulation::program::{Block, Program, RowId, Sense};

/// A place in a block: block, and position among its rows, its loose columns, or its kept columns. Days and years are counted within
/// their part, finer ones first.
pub type Place = (u32, u32);

/// The block of the horizon, which all parts share: it comes after all others.
pub const HORIZON: u32 = u32::MAX;

/// Where a column of the part went.
#[derive(Clone, Copy, Debug)]
pub enum ColumnPlace {
    /// It has one value.
    Fixed(f64),
    /// Column of a block: block and position, loose columns first.
    In(u32, u32),
}

/// Where a row of the part went.
#[derive(Clone, Copy, Debug)]
pub enum RowPlace {
    /// It holds no column, or one whose bound it is.
    Bound,
    /// Upper bound of a loose column, with the column's coefficient.
    Limit(u32, u32, f64),
    /// Row of a block.
    In(u32, u32),
}

/// A loose column: cost, least value, greatest above it, and whether that depends on kept columns or is otherwise set by a row.
#[derive(Debug, Default)]
pub struct Loose {
    pub cost: f64,
    pub lower: f64,
    pub upper: f64,
    pub is_limited: bool,
}

/// A kept column: cost, least value, and greatest above it.
#[derive(Debug)]
pub struct Kept {
    pub cost: f64,
    pub lower: f64,
    pub upper: f64,
}

/// A block while it is filled.
#[derive(Debug, Default)]
pub struct Draft {
    pub rhs: Vec<f64>,
    pub loose: Vec<Loose>,
    pub kept: Vec<Kept>,
    /// Coefficients of loose columns in rows, column by column once all are there.
    pub entries: Vec<(u32, Place, f64)>,
    /// Coefficients of kept columns in the upper bounds of loose ones, likewise.
    pub limits: Vec<(u32, Place, f64)>,
    /// Rows and kept columns with an entry in each other.
    pub direct: Vec<(Place, Place, f64)>,
}

impl Draft {
    /// Numbers of its columns, loose ones first.
    pub fn columns(&self, loose: fn(&Loose) -> f64, kept: fn(&Kept) -> f64) -> Vec<f64> {
        self.loose.iter().map(loose).chain(self.kept.iter().map(kept)).collect()
    }

    /// Which of its columns have bounds, once they are in order.
    pub fn sides(&self) -> Sides {
        let loose = self.loose.iter().map(|column| (column.lower, column.upper));
        let kept = self.kept.iter().map(|column| (column.lower, column.upper));
        Sides { loose: Counts::of(loose), kept: Counts::of(kept) }
    }

    /// Puts its columns in the order of their bounds; where each loose and each kept one went.
    fn sort(&mut self) -> [Vec<u32>; 2] {
        let loose = sorted(&mut self.loose, |column| order(column.lower, column.upper));
        let kept = sorted(&mut self.kept, |column| order(column.lower, column.upper));
        self.entries.iter_mut().for_each(|(column, ..)| *column = loose[*column as usize]);
        self.limits.iter_mut().for_each(|(column, ..)| *column = loose[*column as usize]);
        [loose, kept]
    }
}

/// Sorts things by a key, those with the same as they are; where each went.
fn sorted<T>(things: &mut [T], key: impl Fn(&T) -> usize) -> Vec<u32> {
    let mut order: Vec<usize> = (0..things.len()).collect();
    order.sort_by_key(|&at| key(&things[at]));
    things.sort_by_key(key);
    let mut places = vec![0; things.len()];
    for (new, old) in order.into_iter().enumerate() {
        places[old] = index(new);
    }
    places
}

/// A part of the program, taken apart.
#[derive(Debug)]
pub struct Apart {
    /// Bounds of its columns.
    pub bounds: Bounds,
    /// Its days and years.
    pub blocks: Vec<Draft>,
    /// The block that each of these belongs to.
    pub parents: Vec<u32>,
    /// Number of its days.
    pub days: usize,
    /// What it has of the horizon: all rows and columns, with the costs and the right sides of this part.
    pub horizon: Draft,
    /// Rows of the horizon that add up over the parts.
    pub sums: Vec<u32>,
    /// Where rows went.
    pub rows: Vec<RowPlace>,
    /// Its constant of the objective.
    pub constant: f64,
    /// Whether its blocks have their coefficients.
    is_filled: bool,
    numbers: HashMap<Block, u32>,
    /// Whether a column is kept, and where it is among the kept or the loose ones of its block; `None` for one value.
    columns: Vec<Option<(bool, Place)>>,
}

impl Apart {
    /// Takes a part apart. `None` where its bounds contradict each other, or a row without columns is broken.
    pub fn new(program: &Program) -> Option<Self> {
        Self::taken(program, true)
    }

    /// The same without coefficients: where rows and columns went is all that the way back needs.
    pub fn places(program: &Program) -> Option<Self> {
        Self::taken(program, false)
    }

    fn taken(program: &Program, is_filled: bool) -> Option<Self> {
        let bounds = Bounds::new(program);
        if bounds.contradict {
            return None;
        }
        let mut apart = Self::empty(program, bounds, is_filled);
        apart.add_columns(program);
        for id in program.row_ids() {
            let place = apart.add_row(program, id)?;
            apart.rows.push(place);
        }
        apart.sort_columns();
        for draft in apart.blocks.iter_mut().chain([&mut apart.horizon]) {
            draft.entries.sort_by_key(|&(column, ..)| column);
            draft.limits.sort_by_key(|&(column, ..)| column);
        }
        Some(apart)
    }

    /// Puts the columns of all blocks in the order of their bounds.
    fn sort_columns(&mut self) {
        let drafts = self.blocks.iter_mut().chain([&mut self.horizon]);
        let moved: Vec<[Vec<u32>; 2]> = drafts.map(Draft::sort).collect();
        let place = |(block, column): Place, keeps: bool| {
            let [loose, kept] = &moved[(block as usize).min(moved.len() - 1)];
            (block, if keeps { kept } else { loose }[column as usize])
        };
        for draft in self.blocks.iter_mut().chain([&mut self.horizon]) {
            draft.limits.iter_mut().for_each(|(_, kept, _)| *kept = place(*kept, true));
            draft.direct.iter_mut().for_each(|(_, kept, _)| *kept = place(*kept, true));
        }
        for (keeps, at) in self.columns.iter_mut().flatten() {
            *at = place(*at, *keeps);
        }
        for row in &mut self.rows {
            if let RowPlace::Limit(block, column, _) = row {
                (*block, *column) = place((*block, *column), false);
            }
        }
    }

    fn empty(program: &Program, bounds: Bounds, is_filled: bool) -> Self {
        let of_columns = program.columns().iter().map(|column| column.block);
        let all: BTreeSet<(bool, Block)> = of_columns
            .chain(program.rows().iter().map(|row| row.block))
            .flat_map(|block| match block {
                Block::Day(year, _) => vec![(false, block), (true, Block::Year(year))],
                Block::Year(_) => vec![(true, block)],
                Block::Horizon => Vec::new(),
            })
            .collect();
        let numbers: HashMap<Block, u32> = (0..).zip(&all).map(|(number, &(_, block))| (block, number)).collect();
        let parent = |block: &Block| match *block {
            Block::Day(year, _) => numbers.get(&Block::Year(year)).copied().unwrap_or(HORIZON),
            Block::Year(_) | Block::Horizon => HORIZON,
        };
        Self {
            bounds,
            blocks: all.iter().map(|_| Draft::default()).collect(),
            parents: all.iter().map(|(_, block)| parent(block)).collect(),
            days: all.iter().filter(|(is_year, _)| !is_year).count(),
            horizon: Draft::default(),
            sums: Vec::new(),
            rows: Vec::with_capacity(program.rows().len()),
            constant: program.constant,
            is_filled,
            numbers,
            columns: Vec::with_capacity(program.columns().len()),
        }
    }

    /// A block.
    pub fn block(&self, number: u32) -> &Draft {
        if number == HORIZON { &self.horizon } else { &self.blocks[number as usize] }
    }

    fn block_mut(&mut self, number: u32) -> &mut Draft {
        if number == HORIZON { &mut self.horizon } else { &mut self.blocks[number as usize] }
    }

    fn number(&self, block: Block) -> u32 {
        self.numbers.get(&block).copied().unwrap_or(HORIZON)
    }

    /// Where a column went.
    pub fn column(&self, at: usize) -> ColumnPlace {
        match self.columns[at] {
            None => ColumnPlace::Fixed(self.bounds.lower[at]),
            Some((false, (block, column))) => ColumnPlace::In(block, column),
            Some((true, (block, kept))) => ColumnPlace::In(block, index(self.block(block).loose.len()) + kept),
        }
    }

    fn add_columns(&mut self, program: &Program) {
        for (at, column) in program.columns().iter().enumerate() {
            let (lower, upper) = (self.bounds.lower[at], self.bounds.upper[at]);
            let start = if lower.is_finite() { lower } else { 0.0 };
            self.constant += column.cost * start;
            if self.bounds.is_fixed(at) {
                self.columns.push(None);
                continue;
            }
            let number = self.number(column.block);
            let draft = self.block_mut(number);
            let is_day = matches!(column.block, Block::Day(..));
            let keeps = !is_day || !(lower.is_finite() || upper.is_finite());
            let (cost, upper) = (column.cost, upper - start);
            let place = if keeps {
                draft.kept.push(Kept { cost, lower, upper });
                draft.kept.len() - 1
            } else {
                draft.loose.push(Loose { cost, lower, upper, ..Loose::default() });
                draft.loose.len() - 1
            };
            self.columns.push(Some((keeps, (number, index(place)))));
        }
    }

    /// Places a row; `None` where it holds no column and is broken.
    fn add_row(&mut self, program: &Program, id: RowId) -> Option<RowPlace> {
        if self.bounds.is_bound[id.index()] {
            return Some(RowPlace::Bound);
        }
        let row = &program.rows()[id.index()];
        let mut rhs = row.rhs;
        let (mut loose, mut kept) = (Vec::new(), Vec::new());
        for &(column, a) in program.entries(id) {
            let lower = self.bounds.lower[column.index()];
            rhs -= a * if lower.is_finite() { lower } else { 0.0 };
            match self.columns[column.index()] {
                Some((true, place)) => kept.push((place, a)),
                Some((false, place)) => loose.push((place, a)),
                None => {}
            }
        }
        if loose.is_empty() && kept.is_empty() && !row.key.adds_up() {
            let room = 1e-9 * row.rhs.abs().max(1.0);
            let (lower, upper) = row.sense.ends(rhs);
            return (lower <= room && upper >= -room).then_some(RowPlace::Bound);
        }
        let number = self.number(row.block);
        let is_filled = self.is_filled;
        if let [((home, place), a)] = loose[..]
            && home == number
            && row.sense != Sense::Eq
            && (row.sense == Sense::Le) == (a > 0.0)
        {
            let draft = self.block_mut(number);
            let column = &mut draft.loose[place as usize];
            if !column.is_limited && column.upper == f64::INFINITY && column.lower.is_finite() {
                (column.upper, column.is_limited) = (rhs / a, true);
                let limits = kept.iter().filter(|_| is_filled);
                draft.limits.extend(limits.map(|&(at, factor)| (place, at, -factor / a)));
                return Some(RowPlace::Limit(number, place, a));
            }
        }
        let draft = self.block_mut(number);
        let at = (number, index(draft.rhs.len()));
        draft.rhs.push(rhs);
        if row.sense != Sense::Eq {
            let sign = if row.sense == Sense::Le { 1.0 } else { -1.0 };
            if is_filled {
                draft.entries.push((index(draft.loose.len()), at, sign));
            }
            draft.loose.push(Loose { upper: f64::INFINITY, ..Loose::default() });
        }
        for ((home, place), a) in loose.into_iter().filter(|_| is_filled) {
            self.block_mut(home).entries.push((place, at, a));
        }
        for (place, a) in kept.into_iter().filter(|_| is_filled) {
            // The finer of the two blocks holds the entry; it comes first.
            self.block_mut(number.min(place.0)).direct.push((at, place, a));
        }
        if row.key.adds_up() {
            self.sums.push(at.1);
        }
        Some(RowPlace::In(at.0, at.1))
    }
}
