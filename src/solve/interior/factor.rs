//! What an elimination leaves of the own unknowns.

use super::fronts::Elimination;

/// In which precision `L` is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// In half of the memory, which is most of what a search needs; steps have to be refined where residuals are to go.
    Single,
    /// As it was computed.
    Double,
}

/// `L` without the border, column by column below the diagonal.
#[derive(Clone, Debug)]
pub enum Lower {
    /// In single precision.
    Single(Vec<f32>),
    /// In double precision.
    Double(Vec<f64>),
}

/// `L` without the border, and `D`; the entries between the own unknowns and the border.
#[derive(Clone, Debug)]
pub struct Factor {
    /// `L`.
    pub lower: Lower,
    /// `D`.
    pub pivots: Vec<f64>,
    /// Entries with the border.
    pub cross: Vec<f64>,
}

impl Factor {
    /// No numbers, but the place that those of an elimination need.
    pub fn new(of: &Elimination, precision: Precision) -> Self {
        let lower = match precision {
            Precision::Single => Lower::Single(Vec::with_capacity(of.below())),
            Precision::Double => Lower::Double(Vec::with_capacity(of.below())),
        };
        Self { lower, pivots: Vec::with_capacity(of.own()), cross: Vec::with_capacity(of.cross()) }
    }

    /// Forgets all numbers.
    pub fn clear(&mut self) {
        match &mut self.lower {
            Lower::Single(lower) => lower.clear(),
            Lower::Double(lower) => lower.clear(),
        }
        [&mut self.pivots, &mut self.cross].into_iter().for_each(Vec::clear);
    }

    /// Adds a column: its pivot, and what is below it.
    pub fn push(&mut self, pivot: f64, below: &[f64]) {
        self.pivots.push(pivot);
        match &mut self.lower {
            Lower::Single(lower) => lower.extend(below.iter().map(|&l| l as f32)),
            Lower::Double(lower) => lower.extend_from_slice(below),
        }
    }
}
