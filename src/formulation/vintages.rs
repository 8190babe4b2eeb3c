//! Cohorts of capacity that come and go together.

use crate::model::*;

/// Capacity with the same first and last milestone year.
#[derive(Clone, Debug, PartialEq)]
pub struct Vintage {
    /// First milestone year in which it stands; for new capacity, the year in which it is built.
    pub built: YearId,
    /// Last milestone year in which it stands.
    pub last: YearId,
    /// Existing or committed capacity; `None` for capacity that may be built.
    pub existing: Option<f64>,
    /// Positions of its assets in the fleet.
    pub assets: Vec<usize>,
}

impl Vintage {
    /// Whether it stands in a year, unless retired early.
    pub fn is_alive(&self, year: YearId) -> bool {
        self.built <= year && year <= self.last
    }
}

/// Vintages of a fleet: existing plants grouped by the milestone years in which they stand, then one for each year with a stock of its
/// own, which stands in that year alone, then one for each year in which more may be built. An asset stands in milestone `y` if it is commissioned by `y` and retires after it; new
/// capacity built for milestone `v` stands while `y − v` is below its lifetime.
pub fn vintages(fleet: &Fleet, horizon: &Horizon) -> Vec<Vintage> {
    let mut all: Vec<Vintage> = Vec::new();
    for (position, asset) in fleet.assets.iter().enumerate() {
        let alive = |y: &YearId| asset.commissioned <= horizon[*y].year && horizon[*y].year < asset.retires;
        let (Some(built), Some(last)) = (horizon.ids().find(alive), horizon.ids().rev().find(alive)) else { continue };
        match all.iter_mut().find(|v| v.built == built && v.last == last) {
            Some(vintage) => {
                vintage.existing = vintage.existing.map(|capacity| capacity + asset.capacity);
                vintage.assets.push(position);
            }
            None => all.push(Vintage { built, last, existing: Some(asset.capacity), assets: vec![position] }),
        }
    }
    all.sort_by_key(|v| (v.built, v.last));
    let stock = fleet.stock.iter().filter(|(_, capacity)| **capacity > 0.0);
    all.extend(stock.map(|(year, &capacity)| Vintage {
        built: year,
        last: year,
        existing: Some(capacity),
        assets: Vec::new(),
    }));
    if let Some(terms) = &fleet.investment {
        for built in horizon.ids().filter(|&y| terms.max_build[y] > 0.0) {
            let age = |y: YearId| f64::from(horizon[y].year - horizon[built].year);
            let last = horizon.ids().rev().find(|&y| age(y) < fleet.finance.lifetime).unwrap_or(built).max(built);
            all.push(Vintage { built, last, existing: None, assets: Vec::new() });
        }
    }
    all
}
