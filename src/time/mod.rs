//! The year as the linear program sees it: slices, representative days, seasons and the calendar.

mod grid;

pub use grid::{Bucket, CalendarRun, Day, DayId, Season, SeasonId, Slice, SliceId, TimeGrid};
