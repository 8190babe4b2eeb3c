//! Which entries and bounds a block has, and how it is therefore eliminated. Blocks of the same shape (the days of a year) share it.

use std::sync::OnceLock;

use super::fronts::Elimination;
use super::lists::{Lists, index};
use super::sides::Sides;

/// Which entries and bounds a block has. Unknowns are counted: rows, kept columns, border.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Number of rows.
    pub rows: usize,
    /// How many columns there are, and which have bounds.
    pub sides: Sides,
    /// Number of unknowns of the border.
    pub border: usize,
    /// Rows of each loose column.
    pub entries: Lists,
    /// Kept columns that the upper bound of each loose column depends on.
    pub limits: Lists,
    /// Rows and kept columns with an entry in each other.
    pub direct: Vec<(u32, u32)>,
    /// Borders of the blocks within.
    pub within: Vec<Vec<u32>>,
}

impl Pattern {
    /// Number of unknowns without the border.
    pub fn own(&self) -> usize {
        self.rows + self.kept()
    }

    /// Number of kept columns.
    pub fn kept(&self) -> usize {
        self.sides.kept.len()
    }

    /// Whether each own unknown has next to nothing on the diagonal before a neighbour is eliminated: rows in which neither a loose column
    /// nor a block within has a share, and kept columns without bounds.
    fn waits(&self) -> Vec<bool> {
        let mut waits = vec![true; self.rows];
        let columns = (0..self.loose()).flat_map(|column| self.entries.list(column));
        for &row in columns.chain(self.within.iter().flatten()) {
            if let Some(waits) = waits.get_mut(row as usize) {
                *waits = false;
            }
        }
        let kept = self.loose()..self.loose() + self.kept();
        waits.extend(kept.map(|column| !self.sides.is_bounded(column)));
        waits
    }

    /// Number of loose columns.
    pub fn loose(&self) -> usize {
        self.sides.loose.len()
    }
}

/// A pattern, and its elimination once that is planned.
#[derive(Debug)]
pub struct Shape {
    /// Which entries there are.
    pub pattern: Pattern,
    plan: OnceLock<Plan>,
}

impl Shape {
    /// A pattern whose elimination is not planned yet.
    pub fn new(pattern: Pattern) -> Self {
        Self { pattern, plan: OnceLock::new() }
    }

    /// How it is eliminated, which is planned when it is first asked for.
    pub fn plan(&self) -> &Plan {
        self.plan.get_or_init(|| Plan::new(&self.pattern))
    }
}

/// How the entries of a pattern are eliminated, and where they are in its matrix.
#[derive(Debug)]
pub struct Plan {
    /// The elimination.
    pub elimination: Elimination,
    /// Positions in the matrix of the products of each loose column's entries, pair by pair.
    pub products: Vec<u32>,
    /// Positions of the direct entries.
    pub direct: Vec<u32>,
    /// Positions of the diagonal.
    pub diagonal: Vec<u32>,
    /// Positions of each pair of the border of each block within, in the order of `pattern.within`.
    pub within: Vec<Vec<u32>>,
}

impl Plan {
    /// Plans the elimination of a pattern.
    fn new(pattern: &Pattern) -> Self {
        let loose = |column: usize| {
            let (entries, limit) = (pattern.entries.list(column), pattern.limits.list(column));
            entries.iter().chain(limit).copied().collect::<Vec<u32>>()
        };
        let mut cliques: Vec<Vec<u32>> = (0..pattern.loose()).map(loose).collect();
        cliques.extend(pattern.direct.iter().map(|&(row, kept)| vec![row, kept]));
        cliques.extend(pattern.within.iter().cloned());
        let (elimination, places) = Elimination::new(pattern.own(), pattern.border, &cliques, &pattern.waits());
        let place = |a: u32, b: u32| places.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        let mut products = Vec::new();
        for clique in &cliques[..pattern.loose()] {
            for (at, &first) in clique.iter().enumerate() {
                products.extend(clique[..=at].iter().map(|&second| place(first, second)));
            }
        }
        products.shrink_to_fit();
        let pairs = |border: &Vec<u32>| {
            let columns = border.iter().enumerate();
            columns.flat_map(|(at, &column)| border[at..].iter().map(move |&row| place(row, column))).collect()
        };
        Self {
            products,
            direct: pattern.direct.iter().map(|&(row, kept)| place(row, kept)).collect(),
            diagonal: (0..index(pattern.own())).map(|unknown| place(unknown, unknown)).collect(),
            within: pattern.within.iter().map(pairs).collect(),
            elimination,
        }
    }
}
