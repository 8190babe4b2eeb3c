//! Named slices: parts of the year without an order.

use super::grid::{CalendarRun, Day, Season, Slice, TimeGrid};
use crate::model::{Arena, HOURS_PER_YEAR, Model, NamedSlice, Profile, ProfileValues};

/// All slices together make one day of 24 hours that stands for the whole year.
pub fn resolve(model: &Model, named: &[NamedSlice]) -> TimeGrid {
    let total: f64 = named.iter().map(|slice| slice.fraction).sum();
    let mut days = Arena::new();
    let day = days.push(Day { name: "year".to_owned(), slices: Vec::new(), weight: HOURS_PER_YEAR / 24.0 });
    let slices: Arena<_, _> = named
        .iter()
        .map(|slice| {
            let part = slice.fraction / total;
            Slice { name: slice.name.clone(), day, duration: part * 24.0, hours: part * HOURS_PER_YEAR }
        })
        .collect();
    days[day].slices = slices.ids().collect();
    let value = |profile: &Profile, position: usize| match &profile.values {
        ProfileValues::Slices(values) => values.get(position).copied().unwrap_or(0.0),
        ProfileValues::Hourly(_) => 0.0,
    };
    let on_slices = |profile: &Profile| (0..named.len()).map(|position| value(profile, position)).collect();
    let mean = |profile: &Profile| {
        named.iter().enumerate().map(|(position, slice)| slice.fraction / total * value(profile, position)).sum()
    };
    TimeGrid {
        seasons: [Season { name: "year".to_owned(), days: vec![(day, days[day].weight)] }].into_iter().collect(),
        calendar: vec![CalendarRun { day, days: days[day].weight }],
        calendar_years: 1.0,
        profiles: model.profiles.values().map(on_slices).collect(),
        means: model.profiles.values().map(mean).collect(),
        slices,
        days,
    }
}
