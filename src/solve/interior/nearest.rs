//! What a point is short of, and whether a search still comes closer.

use super::steps::Measure;
use crate::solve::Bounds;

/// Rows and reduced costs hold when they are short of no more than this, in units in which coefficients are near one.
const FEASIBLE: f64 = 1e-8;

/// The same for reduced costs, which are as large as the prices of what is dear; and as a part of the gap that is asked for, where that is
/// more.
const PRICED: f64 = 2e-8;
const PRICED_OF_GAP: f64 = 1e-3;

/// What rows and reduced costs may be short of at the end of a search that gets no further, as solvers of other methods leave it.
const TOLERABLE: f64 = 1e-6;

/// Part of what it was that something has to become less than.
const PROGRESS: f64 = 0.9;

impl Measure {
    /// Costs of the point and of its prices.
    pub fn bounds(&self) -> Bounds {
        Bounds { lower: self.dual, upper: self.primal }
    }

    /// Whether rows and reduced costs hold, for whoever wants a gap.
    pub fn is_feasible(&self, wanted: f64) -> bool {
        self.rows <= FEASIBLE && self.costs <= PRICED.max(PRICED_OF_GAP * wanted)
    }

    /// Whether they hold well enough for a point that nothing improves.
    pub fn is_tolerable(&self, wanted: f64) -> bool {
        self.rows <= TOLERABLE && self.costs <= TOLERABLE.max(PRICED_OF_GAP * wanted)
    }

    /// Whether a step that only takes residuals away has something to do.
    pub fn is_rough(&self) -> bool {
        self.rows > FEASIBLE || self.costs > PRICED
    }

    /// How far the costs of the point and of its prices are apart, which is a gap only where rows and reduced costs hold.
    pub fn apart(&self) -> f64 {
        self.bounds().gap().abs()
    }

    /// The gap, for whoever wants one.
    pub fn gap(&self, wanted: f64) -> f64 {
        if self.is_feasible(wanted) { self.apart() } else { f64::INFINITY }
    }
}

/// The least that anything was short of so far.
#[derive(Clone, Copy, Debug)]
pub struct Nearest {
    rows: f64,
    costs: f64,
    gap: f64,
    apart: f64,
}

impl Nearest {
    /// Nothing is known.
    pub const NEVER: Self =
        Self { rows: f64::INFINITY, costs: f64::INFINITY, gap: f64::INFINITY, apart: f64::INFINITY };

    /// Whether anything is shorter than it has been, by a part that matters; the least of each is kept then. While columns are left behind,
    /// what rows are short of tells nothing, and costs that are less far apart count too.
    pub fn comes_closer(&mut self, other: &Measure, wanted: f64, leaves: bool) -> bool {
        let apart = if leaves { other.apart() } else { f64::INFINITY };
        let (rows, costs) = (other.rows.max(FEASIBLE), other.costs.max(PRICED));
        let new = Self { rows, costs, gap: other.gap(wanted), apart };
        let pairs = [(new.rows, self.rows), (new.costs, self.costs), (new.gap, self.gap), (new.apart, self.apart)];
        let closer = pairs.iter().any(|&(new, old)| new < PROGRESS * old);
        if closer {
            let [rows, costs, gap, apart] = pairs.map(|(new, old)| new.min(old));
            *self = Self { rows, costs, gap, apart };
        }
        closer
    }
}
