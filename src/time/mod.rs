//! The year as the linear program sees it: slices, representative days, seasons and the calendar.

mod calendar;
mod cluster;
mod grid;
mod hourly;
mod kept;
mod means;
mod named;
mod reach;
mod representative;

pub use grid::{Bucket, CalendarRun, Day, DayId, Season, SeasonId, Slice, SliceId, TimeGrid};

use crate::model::{DaySelection, Model, ProfileId, TimeSpec};

/// Divides the year as a model asks for it, and evaluates its profiles.
pub fn resolve(model: &Model) -> TimeGrid {
    match &model.time {
        TimeSpec::Slices(slices) => named::resolve(model, slices),
        TimeSpec::Days(selection) => representative::resolve(model, selection),
    }
}

/// A much coarser division of the same year: two days of four steps. `None` where the division has no chronology or is no finer.
pub fn coarse(model: &Model) -> Option<TimeGrid> {
    const DAYS: usize = 2;
    const STEPS: usize = 4;
    let TimeSpec::Days(selection) = &model.time else { return None };
    let coarse =
        DaySelection { days: selection.days.min(DAYS), steps: selection.steps.min(STEPS), ..selection.clone() };
    (coarse.days * coarse.steps < selection.days * selection.steps).then(|| representative::resolve(model, &coarse))
}

/// A profile whose mean over the year is lost on the grid: on the days chosen it has too few values above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LostMean {
    /// The profile.
    pub profile: ProfileId,
    /// Its mean over the year.
    pub over_year: f64,
    /// Its mean on the grid.
    pub on_grid: f64,
}

/// Profiles in use that do not keep their mean on a grid.
pub fn lost_means(model: &Model, grid: &TimeGrid) -> Vec<LostMean> {
    let on = |profile| LostMean {
        profile,
        over_year: grid.means[profile],
        on_grid: grid.profile(Some(profile), Bucket::Year),
    };
    let is_lost = |mean: &LostMean| !means::is_kept(mean.on_grid, mean.over_year);
    model.used_profiles().into_iter().map(on).filter(is_lost).collect()
}
