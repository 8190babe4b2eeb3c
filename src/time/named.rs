//! Named slices: parts of the year, with or without an order.

use super::grid::{CalendarRun, Day, DayId, Season, Slice, TimeGrid};
use crate::model::{Arena, HOURS_PER_YEAR, Id, Model, NamedSlice, Profile, ProfileValues};

/// Slices that have an order make up representative days, each of which stands for as many days of the year as its slices have parts of
/// it; the calendar runs through them once. Without an order all slices together make one day of 24 hours that stands for the whole year.
pub fn resolve(model: &Model, named: &[NamedSlice]) -> TimeGrid {
    let total: f64 = named.iter().map(|slice| slice.fraction).sum();
    let count = named.iter().map(|slice| slice.day + 1).max().unwrap_or(1);
    let part_of = |number: usize| named.iter().filter(|s| s.day == number).map(|s| s.fraction).sum::<f64>() / total;
    let name = |number: usize| if count == 1 { "year".to_owned() } else { format!("day{}", number + 1) };
    let mut days: Arena<DayId, Day> = (0..count)
        .map(|number| Day { name: name(number), slices: Vec::new(), weight: part_of(number) * HOURS_PER_YEAR / 24.0 })
        .collect();
    let mut slices = Arena::new();
    for slice in named {
        let (day, part) = (DayId::new(slice.day), slice.fraction / total);
        let id = slices.push(Slice {
            name: slice.name.clone(),
            day,
            duration: part / part_of(slice.day) * 24.0,
            hours: part * HOURS_PER_YEAR,
        });
        days[day].slices.push(id);
    }
    let value = |profile: &Profile, position: usize| match &profile.values {
        ProfileValues::Slices(values) => values.get(position).copied().unwrap_or(0.0),
        ProfileValues::Hourly(_) => 0.0,
    };
    let on_slices = |profile: &Profile| (0..named.len()).map(|position| value(profile, position)).collect();
    let mean = |profile: &Profile| {
        named.iter().enumerate().map(|(position, slice)| slice.fraction / total * value(profile, position)).sum()
    };
    TimeGrid {
        seasons: [Season { name: "year".to_owned(), days: days.iter().map(|(id, day)| (id, day.weight)).collect() }]
            .into_iter()
            .collect(),
        calendar: days.iter().map(|(day, Day { weight, .. })| CalendarRun { day, days: *weight }).collect(),
        calendar_years: 1.0,
        profiles: model.profiles.values().map(on_slices).collect(),
        means: model.profiles.values().map(mean).collect(),
        slices,
        days,
    }
}

#[cfg(test)]
mod tests {
    use crate::scenario;
    use crate::time::resolve;

    /// Three quarters of the year are winter: 273.75 days of which the night is a third, 8 hours.
    #[test]
    fn slices_in_an_order_make_days() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.toml");
        let text = r#"
money = { price-year = 2023, discount-rate = 0 }
horizon = { years = [2030] }
zones.a = {}
commodities.electricity = {}
[time]
slices = { summer = 0.25, night = 0.25, day = 0.5 }
order = [["day", "night"], ["summer"]]
"#;
        std::fs::write(&path, text).unwrap();
        let grid = resolve(&scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).model);
        let days: Vec<(&str, f64)> = grid.days.values().map(|day| (day.name.as_str(), day.weight)).collect();
        assert_eq!(days, [("day1", 273.75), ("day2", 91.25)]);
        let slices: Vec<(&str, f64, f64)> =
            grid.slices.values().map(|slice| (slice.name.as_str(), slice.duration, slice.hours)).collect();
        assert_eq!(slices, [("day", 16.0, 4380.0), ("night", 8.0, 2190.0), ("summer", 24.0, 2190.0)]);
        assert_eq!(grid.calendar.iter().map(|run| run.days).collect::<Vec<_>>(), [273.75, 91.25]);
    }
}
