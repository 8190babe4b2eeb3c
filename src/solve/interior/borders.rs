//! Which unknowns of other blocks each day and year touches: its border. They are counted after its own, those of its rows and its kept
//! columns.

use std::collections::BTreeSet;

use super::apart::{Apart, HORIZON, Place};
use super::lists::index;

/// Borders of the days and years of a part.
#[derive(Debug)]
pub struct Borders {
    /// Unknowns that each touches, or a block within it.
    of: Vec<Vec<Place>>,
    /// Numbers of its rows and kept columns.
    sizes: Vec<(u32, u32)>,
    /// Number of rows of the horizon.
    rows: u32,
}

impl Borders {
    /// Borders of a part's blocks.
    pub fn new(apart: &Apart) -> Self {
        let sizes = apart.blocks.iter().map(|draft| (index(draft.rhs.len()), index(draft.kept.len()))).collect();
        let mut borders = Self { of: Vec::new(), sizes, rows: index(apart.horizon.rhs.len()) };
        let mut touched: Vec<BTreeSet<Place>> = vec![BTreeSet::new(); apart.blocks.len()];
        for (number, (draft, &parent)) in apart.blocks.iter().zip(&apart.parents).enumerate() {
            let rows = draft.entries.iter().map(|&(_, row, _)| row);
            let limits = draft.limits.iter().map(|&(_, kept, _)| borders.unknown(kept));
            let direct = draft.direct.iter().flat_map(|&(row, kept, _)| [row, borders.unknown(kept)]);
            let all = rows.chain(limits).chain(direct);
            let mut own: BTreeSet<Place> = all.filter(|place| place.0 as usize != number).collect();
            own.append(&mut touched[number]);
            if parent != HORIZON {
                touched[parent as usize].extend(own.iter().filter(|place| place.0 != parent));
            }
            touched[number] = own;
        }
        borders.of = touched.into_iter().map(|border| border.into_iter().collect()).collect();
        borders
    }

    /// The unknowns of others that a day or year touches.
    pub fn of(&self, block: u32) -> &[Place] {
        &self.of[block as usize]
    }

    /// A kept column among the unknowns of its block.
    pub fn unknown(&self, (block, kept): Place) -> Place {
        (block, self.rows(block) + kept)
    }

    /// The kept column that an unknown of its block is.
    pub fn kept(&self, (block, unknown): Place) -> Place {
        (block, unknown - self.rows(block))
    }

    /// Where an unknown is among those of a block that touches it.
    pub fn local(&self, block: u32, place: Place) -> u32 {
        if place.0 == block {
            return place.1;
        }
        self.own(block) + index(self.of(block).binary_search(&place).unwrap_or(0))
    }

    /// The unknown that is at a position among those that a day or year touches.
    pub fn place(&self, block: u32, local: u32) -> Place {
        match local.checked_sub(self.own(block)) {
            None => (block, local),
            Some(at) => self.of(block)[at as usize],
        }
    }

    fn rows(&self, block: u32) -> u32 {
        if block == HORIZON { self.rows } else { self.sizes[block as usize].0 }
    }

    fn own(&self, block: u32) -> u32 {
        let (rows, kept) = self.sizes[block as usize];
        rows + kept
    }
}
