//! The year as the linear program sees it: slices, representative days, seasons and the calendar.

mod calendar;
mod cluster;
mod grid;
mod means;
mod named;
mod representative;

pub use grid::{Bucket, CalendarRun, Day, DayId, Season, SeasonId, Slice, SliceId, TimeGrid};

use crate::model::{DaySelection, Model, TimeSpec};

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
