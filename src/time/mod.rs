//! The year as the linear program sees it: slices, representative days, seasons and the calendar.

mod calendar;
mod cluster;
mod grid;
mod means;
mod named;
mod representative;

pub use grid::{Bucket, CalendarRun, Day, DayId, Season, SeasonId, Slice, SliceId, TimeGrid};

use crate::model::{Model, TimeSpec};

/// Divides the year as a model asks for it, and evaluates its profiles.
pub fn resolve(model: &Model) -> TimeGrid {
    match &model.time {
        TimeSpec::Slices(slices) => named::resolve(model, slices),
        TimeSpec::Days(selection) => representative::resolve(model, selection),
    }
}
