//! A program in blocks: the days, the years they belong to, and the horizon.
//!
//! The *unknowns* of a block are the duals of its rows and its *kept* columns: those of years and of the horizon, and those without
//! bounds. The other columns of a day, *loose* ones, stand in a few rows each and follow from the duals of these. A row with one loose
//! column (activity within available capacity) is no row of a block: it is the column's upper bound, which depends on kept columns.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::bounds::Bounds;
use super::shape::{Pattern, Shape, index};
use crate::formulation::program::{Block, Program, RowId, Sense};

/// A place in a block: block, and position among its rows, its loose columns, or its kept columns.
pub type Place = (u32, u32);

/// Where a column of the program went.
#[derive(Clone, Copy, Debug)]
pub enum ColumnPlace {
    /// It has one value.
    Fixed(f64),
    /// Column of a block: block and position, loose columns first.
    In(u32, u32),
}

/// Where a row of the program went.
#[derive(Clone, Copy, Debug)]
pub enum RowPlace {
    /// It holds no column, or one whose bound it is.
    Bound,
    /// Upper bound of a loose column, with the column's coefficient.
    Limit(u32, u32, f64),
    /// Row of a block.
    In(u32, u32),
}

/// A block: its numbers, for the entries of its shape.
#[derive(Debug)]
pub struct BlockData {
    /// The block it belongs to.
    pub parent: Option<u32>,
    /// Which entries it has.
    pub shape: Arc<Shape>,
    /// Coefficients of loose columns in rows.
    pub values: Vec<f64>,
    /// Coefficients of kept columns in upper bounds of loose ones.
    pub limits: Vec<f64>,
    /// Coefficients of kept columns in rows.
    pub direct: Vec<f64>,
    /// Costs, of loose columns first.
    pub costs: Vec<f64>,
    /// Least values, from which columns are counted; −∞ for none.
    pub lower: Vec<f64>,
    /// Greatest values above the least ones.
    pub upper: Vec<f64>,
    /// Right sides.
    pub rhs: Vec<f64>,
    /// Unknowns of the parent that are the border.
    pub border: Vec<u32>,
    /// Which of the parent's borders within it has.
    pub within: usize,
}

impl BlockData {
    /// What of the parent's unknowns is the border.
    pub fn take<'a>(&'a self, parent: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.border.iter().map(|&at| parent[at as usize])
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
    /// Where columns went.
    pub columns: Vec<ColumnPlace>,
    /// Where rows went.
    pub rows: Vec<RowPlace>,
    /// Constant of the objective.
    pub constant: f64,
}

/// A column while blocks are filled.
#[derive(Default)]
struct Loose {
    cost: f64,
    lower: f64,
    upper: f64,
    entries: Vec<(Place, f64)>,
    limit: Option<Vec<(Place, f64)>>,
}

/// A kept column: cost, least value, and greatest above it.
struct Kept {
    cost: f64,
    lower: f64,
    upper: f64,
}

/// A block while it is filled.
#[derive(Default)]
struct Draft {
    rhs: Vec<f64>,
    loose: Vec<Loose>,
    kept: Vec<Kept>,
    /// Rows and kept columns with an entry in each other.
    direct: Vec<(Place, Place, f64)>,
}

/// All blocks while they are filled.
struct Builder<'a> {
    program: &'a Program,
    bounds: &'a Bounds,
    blocks: Vec<Block>,
    numbers: HashMap<Block, u32>,
    drafts: Vec<Draft>,
    /// Whether a column is kept, and where it is among the kept or the loose ones of its block.
    columns: Vec<Option<(bool, Place)>>,
    constant: f64,
}

impl Blocks {
    /// Takes a program apart. `None` where its bounds contradict each other.
    pub fn new(program: &Program) -> Option<(Self, Bounds)> {
        let bounds = Bounds::new(program);
        if bounds.contradict {
            return None;
        }
        let mut builder = Builder::new(program, &bounds);
        builder.add_columns();
        let rows: Option<Vec<RowPlace>> = program.row_ids().map(|id| builder.add_row(id)).collect();
        let blocks = builder.finish(rows?);
        Some((blocks, bounds))
    }
}

fn depth(block: Block) -> u8 {
    match block {
        Block::Day(..) => 0,
        Block::Year(_) => 1,
        Block::Horizon => 2,
    }
}

impl<'a> Builder<'a> {
    fn new(program: &'a Program, bounds: &'a Bounds) -> Self {
        let of_columns = program.columns().iter().map(|column| column.block);
        let mut all: BTreeSet<(u8, Block)> = of_columns
            .chain(program.rows().iter().map(|row| row.block))
            .flat_map(|block| match block {
                Block::Day(year, _) => [block, Block::Year(year)],
                other => [other, Block::Horizon],
            })
            .map(|block| (depth(block), block))
            .collect();
        all.insert((depth(Block::Horizon), Block::Horizon));
        let blocks: Vec<Block> = all.into_iter().map(|(_, block)| block).collect();
        let numbers = blocks.iter().enumerate().map(|(number, &block)| (block, index(number))).collect();
        let drafts = blocks.iter().map(|_| Draft::default()).collect();
        Self { program, bounds, blocks, numbers, drafts, columns: Vec::new(), constant: program.constant }
    }

    fn number(&self, block: Block) -> u32 {
        self.numbers.get(&block).copied().unwrap_or(0)
    }

    fn parent(&self, block: usize) -> Option<u32> {
        match self.blocks[block] {
            Block::Day(year, _) => Some(self.number(Block::Year(year))),
            Block::Year(_) => Some(self.number(Block::Horizon)),
            Block::Horizon => None,
        }
    }

    fn add_columns(&mut self) {
        for (at, column) in self.program.columns().iter().enumerate() {
            let (lower, upper) = (self.bounds.lower[at], self.bounds.upper[at]);
            let start = if lower.is_finite() { lower } else { 0.0 };
            self.constant += column.cost * start;
            if self.bounds.is_fixed(at) {
                self.columns.push(None);
                continue;
            }
            let number = self.number(column.block);
            let draft = &mut self.drafts[number as usize];
            let keeps = depth(column.block) > 0 || !(lower.is_finite() || upper.is_finite());
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
    fn add_row(&mut self, id: RowId) -> Option<RowPlace> {
        if self.bounds.is_bound[id.index()] {
            return Some(RowPlace::Bound);
        }
        let row = &self.program.rows()[id.index()];
        let mut rhs = row.rhs;
        let (mut loose, mut kept) = (Vec::new(), Vec::new());
        for &(column, a) in self.program.entries(id) {
            let lower = self.bounds.lower[column.index()];
            rhs -= a * if lower.is_finite() { lower } else { 0.0 };
            match self.columns[column.index()] {
                Some((true, place)) => kept.push((place, a)),
                Some((false, place)) => loose.push((place, a)),
                None => {}
            }
        }
        if loose.is_empty() && kept.is_empty() {
            let room = 1e-9 * row.rhs.abs().max(1.0);
            let (lower, upper) = row.sense.ends(rhs);
            return (lower <= room && upper >= -room).then_some(RowPlace::Bound);
        }
        let number = self.number(row.block);
        if let [((home, place), a)] = loose[..]
            && home == number
            && row.sense != Sense::Eq
            && (row.sense == Sense::Le) == (a > 0.0)
        {
            let column = &mut self.drafts[number as usize].loose[place as usize];
            if column.limit.is_none() && column.upper == f64::INFINITY && column.lower.is_finite() {
                column.upper = rhs / a;
                column.limit = Some(kept.iter().map(|&(place, factor)| (place, -factor / a)).collect());
                return Some(RowPlace::Limit(number, place, a));
            }
        }
        let draft = &mut self.drafts[number as usize];
        let at = (number, index(draft.rhs.len()));
        draft.rhs.push(rhs);
        if row.sense != Sense::Eq {
            let sign = if row.sense == Sense::Le { 1.0 } else { -1.0 };
            draft.loose.push(Loose { upper: f64::INFINITY, entries: vec![(at, sign)], ..Loose::default() });
        }
        for ((home, place), a) in loose {
            self.drafts[home as usize].loose[place as usize].entries.push((at, a));
        }
        for (place, a) in kept {
            // The finer of the two blocks holds the entry; it comes first.
            self.drafts[number.min(place.0) as usize].direct.push((at, place, a));
        }
        Some(RowPlace::In(at.0, at.1))
    }

    /// A kept column among the unknowns of its block.
    fn unknown(&self, (block, kept): Place) -> Place {
        (block, index(self.drafts[block as usize].rhs.len()) + kept)
    }

    /// The unknowns of other blocks that each block touches, or a block within it.
    fn borders(&self) -> Vec<Vec<Place>> {
        let mut borders: Vec<BTreeSet<Place>> = vec![BTreeSet::new(); self.drafts.len()];
        for (number, draft) in self.drafts.iter().enumerate() {
            let rows = draft.loose.iter().flat_map(|column| column.entries.iter().map(|&(row, _)| row));
            let limits = draft.loose.iter().flat_map(|column| column.limit.iter().flatten());
            let direct = draft.direct.iter().flat_map(|&(row, kept, _)| [row, self.unknown(kept)]);
            let touched = rows.chain(limits.map(|&(kept, _)| self.unknown(kept))).chain(direct);
            let mut own: BTreeSet<Place> = touched.filter(|place| place.0 as usize != number).collect();
            own.append(&mut borders[number]);
            if let Some(parent) = self.parent(number) {
                borders[parent as usize].extend(own.iter().filter(|place| place.0 != parent));
            }
            borders[number] = own;
        }
        borders.into_iter().map(|border| border.into_iter().collect()).collect()
    }

    fn finish(self, rows: Vec<RowPlace>) -> Blocks {
        let borders = self.borders();
        let local = |block: usize, (home, at): Place| {
            if home as usize == block {
                return at;
            }
            let draft = &self.drafts[block];
            index(draft.rhs.len() + draft.kept.len() + borders[block].binary_search(&(home, at)).unwrap_or(0))
        };
        let mut shapes: HashMap<Pattern, Arc<Shape>> = HashMap::new();
        let mut within: Vec<Vec<Vec<u32>>> = vec![Vec::new(); self.drafts.len()];
        let mut blocks: Vec<BlockData> = Vec::with_capacity(self.drafts.len());
        for (number, draft) in self.drafts.iter().enumerate() {
            let mut pattern = Pattern {
                rows: draft.rhs.len(),
                kept: draft.kept.len(),
                border: borders[number].len(),
                within: std::mem::take(&mut within[number]),
                unbounded: draft.kept.iter().map(|kept| !kept.lower.is_finite() && !kept.upper.is_finite()).collect(),
                ..Pattern::default()
            };
            let (mut values, mut limits) = (Vec::new(), Vec::new());
            for column in &draft.loose {
                pattern.entries.push(column.entries.iter().map(|&(row, _)| local(number, row)));
                values.extend(column.entries.iter().map(|&(_, value)| value));
                let limit = column.limit.as_deref().unwrap_or_default();
                pattern.limits.push(limit.iter().map(|&(kept, _)| local(number, self.unknown(kept))));
                limits.extend(limit.iter().map(|&(_, value)| value));
            }
            let pair = |&(row, kept, _): &(Place, Place, f64)| (local(number, row), local(number, self.unknown(kept)));
            pattern.direct = draft.direct.iter().map(pair).collect();
            let parent = self.parent(number);
            let border: Vec<u32> = parent.map_or_else(Vec::new, |parent| {
                borders[number].iter().map(|&place| local(parent as usize, place)).collect()
            });
            let position = parent.map_or(0, |parent| {
                let known = &mut within[parent as usize];
                known.iter().position(|other| *other == border).unwrap_or_else(|| {
                    known.push(border.clone());
                    known.len() - 1
                })
            });
            let shape = shapes.entry(pattern.clone()).or_insert_with(|| Arc::new(Shape::new(pattern))).clone();
            let column = |loose: fn(&Loose) -> f64, kept: fn(&Kept) -> f64| {
                draft.loose.iter().map(loose).chain(draft.kept.iter().map(kept)).collect()
            };
            blocks.push(BlockData {
                parent,
                shape,
                values,
                limits,
                direct: draft.direct.iter().map(|&(_, _, value)| value).collect(),
                costs: column(|c| c.cost, |c| c.cost),
                lower: column(|c| c.lower, |c| c.lower),
                upper: column(|c| c.upper, |c| c.upper),
                rhs: draft.rhs.clone(),
                border,
                within: position,
            });
        }
        let first = |least: u8| self.blocks.iter().filter(|&&block| depth(block) < least).count();
        let place = |(at, place): (usize, &Option<(bool, Place)>)| match *place {
            None => ColumnPlace::Fixed(self.bounds.lower[at]),
            Some((false, (block, column))) => ColumnPlace::In(block, column),
            Some((true, (block, kept))) => {
                ColumnPlace::In(block, index(self.drafts[block as usize].loose.len()) + kept)
            }
        };
        Blocks {
            levels: [0, first(1), first(2), self.blocks.len()],
            columns: self.columns.iter().enumerate().map(place).collect(),
            rows,
            constant: self.constant,
            blocks,
        }
    }
}
