//! Units in which rows and columns are counted while a program is solved, such that the largest coefficient of each is near one
//! (Ruiz, 2001, RAL-TR-2001-034).
//!
//! Days that are alike get the same units, so that the numbers that they have in common stay common.

use super::blocks::{BlockData, Blocks};
use super::shared::{Numbers, Shared};

/// Rounds after which the largest coefficients are near enough to one.
const ROUNDS: usize = 6;

/// Units of the rows and columns of a block.
#[derive(Clone, Debug)]
struct Units {
    /// What the value of a loose column is multiplied by.
    loose: Numbers,
    /// What the dual of a row, or the value of a kept column, is multiplied by.
    unknowns: Numbers,
}

/// Units of every block's rows and columns.
#[derive(Clone, Debug)]
pub struct Scales {
    of: Vec<Units>,
    /// Number of rows of each block.
    rows: Vec<usize>,
}

/// Changes the units of a program.
pub fn scale(of: &mut Blocks) -> Scales {
    let mut scales = Scales::new(of);
    for _ in 0..ROUNDS {
        let roots = roots(of);
        change(of, &roots);
        scales.follow(&roots);
    }
    scales
}

impl Scales {
    /// Those in which a program is given.
    fn new(of: &Blocks) -> Self {
        let mut shared = Shared::default();
        let mut ones = |count: usize| shared.list(&vec![1.0; count]);
        Self {
            of: of.blocks.iter().map(|b| Units { loose: ones(b.loose()), unknowns: ones(b.own()) }).collect(),
            rows: of.blocks.iter().map(|block| block.rhs.len()).collect(),
        }
    }

    /// What the dual of a row of a block is multiplied by.
    pub fn row(&self, block: usize, row: usize) -> f64 {
        self.of[block].unknowns[row]
    }

    /// What the value of a column of a block is multiplied by.
    pub fn column(&self, block: usize, column: usize) -> f64 {
        let Units { loose, unknowns } = &self.of[block];
        loose.get(column).copied().unwrap_or_else(|| unknowns[self.rows[block] + column - loose.len()])
    }

    /// Multiplies by further units.
    fn follow(&mut self, others: &[Units]) {
        let mut shared = Shared::default();
        for (units, others) in self.of.iter_mut().zip(others) {
            units.loose = shared.list(&product(&units.loose, &others.loose));
            units.unknowns = shared.list(&product(&units.unknowns, &others.unknowns));
        }
    }
}

fn product(numbers: &[f64], factors: &[f64]) -> Vec<f64> {
    numbers.iter().zip(factors).map(|(number, factor)| number * factor).collect()
}

/// Numbers of the unknowns of a block, those of its border too.
fn with_border(of: &Blocks, units: &[Units], block: usize) -> Vec<f64> {
    let homes = (0..of.blocks[block].unknowns()).map(|unknown| of.home(block, unknown));
    homes.map(|(home, unknown)| units[home].unknowns[unknown]).collect()
}

/// One by the roots of the largest coefficients.
fn roots(of: &Blocks) -> Vec<Units> {
    let mut shared = Shared::default();
    let mut inverse = |largest: &[f64]| {
        let roots = largest.iter().map(|&most| if most > 0.0 { 1.0 / most.sqrt() } else { 1.0 });
        shared.list(&roots.collect::<Vec<f64>>())
    };
    let mut unknowns: Vec<Vec<f64>> = of.blocks.iter().map(|block| vec![0.0; block.own()]).collect();
    let mut loose = Vec::with_capacity(of.blocks.len());
    for (number, block) in of.blocks.iter().enumerate() {
        let (columns, most) = largest(block);
        loose.push(inverse(&columns));
        for (unknown, most) in most.into_iter().enumerate() {
            let (home, unknown) = of.home(number, unknown);
            let known = &mut unknowns[home][unknown];
            *known = known.max(most);
        }
    }
    loose.into_iter().zip(unknowns).map(|(loose, most)| Units { loose, unknowns: inverse(&most) }).collect()
}

/// Largest coefficients of the loose columns of a block, and of its unknowns, those of its border too.
fn largest(block: &BlockData) -> (Vec<f64>, Vec<f64>) {
    let mut loose = vec![0.0f64; block.loose()];
    let mut most = vec![0.0f64; block.unknowns()];
    let mut see = |unknown: usize, value: f64| most[unknown] = most[unknown].max(value.abs());
    for (column, own) in loose.iter_mut().enumerate() {
        for (row, value) in block.entries(column) {
            *own = own.max(value.abs());
            see(row, value);
        }
        for (kept, value) in block.limit(column) {
            *own = own.max(1.0);
            see(kept, value);
        }
    }
    for (row, kept, value) in block.direct() {
        see(row, value);
        see(kept, value);
    }
    (loose, most)
}

/// Counts everything in other units.
fn change(of: &mut Blocks, units: &[Units]) {
    let mut shared = Shared::default();
    for number in 0..of.blocks.len() {
        let unknowns = with_border(of, units, number);
        let loose = &*units[number].loose;
        let block = &mut of.blocks[number];
        let pattern = &block.shape.pattern;
        let (mut values, mut limits) = (block.values.to_vec(), block.limits.to_vec());
        for (column, unit) in loose.iter().enumerate() {
            for (at, &row) in pattern.entries.span(column).zip(pattern.entries.list(column)) {
                values[at] *= unit * unknowns[row as usize];
            }
            for (at, &kept) in pattern.limits.span(column).zip(pattern.limits.list(column)) {
                limits[at] *= unknowns[kept as usize] / unit;
            }
        }
        let direct = block.direct().map(|(row, kept, value)| value * (unknowns[row] * unknowns[kept]));
        let direct = direct.collect::<Vec<f64>>();
        let (rows, kept) = unknowns[..pattern.own()].split_at(pattern.rows);
        let columns = [loose, kept].concat();
        let bounded = columns.iter().enumerate().filter(|&(column, _)| block.slot(column).is_some());
        let upper = block.upper.iter().zip(bounded).map(|(number, (_, unit))| number / unit);
        block.upper = shared.list(&upper.collect::<Vec<f64>>());
        block.rhs = shared.list(&product(&block.rhs, rows));
        block.costs = shared.list(&product(&block.costs, &columns));
        block.values = shared.list(&values);
        block.limits = shared.list(&limits);
        block.direct = shared.list(&direct);
    }
}
