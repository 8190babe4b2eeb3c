//! Rates over chosen days: a winter and a summer day, and the day of the highest use.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{Dispatch, Number, Rates};
use super::legend::Sign;
use super::reading::{Reading, VISIBLE};
use crate::results::read::{ReadError, number};
use crate::results::{ShownChart, ShownKind};

/// Days of the year that stand for winter and summer: the middle of January and of July.
const SEASONS: [(&str, f64); 2] = [("Winter", 15.0), ("Summer", 196.0)];

/// Days of the year that a day stands for at least, to be shown for a season.
const COMMON: f64 = 4.0;

/// The chart over days that a scenario names; `None` for others.
///
/// # Errors
/// A table that can not be read.
pub fn dispatch(reading: &Reading, chart: &ShownChart) -> Result<Option<Dispatch>, ReadError> {
    let ShownKind::Dispatch { commodity } = &chart.kind else { return Ok(None) };
    let days = choose(reading, commodity)?;
    let columns = ["year", "zone", "slice", "commodity", "technology", "value"];
    let is_shown = |slice: &str| days.iter().any(|(day, _)| belongs(slice, day));
    // By zone, sign, year and slice, what is supplied and what is used apart: a store does both.
    let mut rates: BTreeMap<(String, Sign, bool, usize), BTreeMap<String, f64>> = BTreeMap::new();
    let mut slices: BTreeSet<String> = BTreeSet::new();
    reading.stored.each_row("dispatch", columns, |[year, zone, slice, of, party, value]| {
        if of != commodity || !is_shown(slice) || !reading.is_inner(zone) {
            return;
        }
        let (Some(year), rate) = (reading.year(year), number(value)) else { return };
        let sign = reading.legend.party(party);
        slices.insert(slice.to_owned());
        let mut add = |zone: &str| {
            let key = (zone.to_owned(), sign.clone(), rate < 0.0, year);
            *rates.entry(key).or_default().entry(slice.to_owned()).or_insert(0.0) += rate;
        };
        add(zone);
        if !reading.inner_links.contains(party) {
            add("");
        }
    })?;
    let of_day = |day: &str| slices.iter().filter(|slice| belongs(slice, day)).cloned().collect::<Vec<String>>();
    let steps: Vec<Vec<String>> = days.iter().map(|(day, _)| of_day(day)).collect();
    let order: Vec<&String> = steps.iter().flatten().collect();
    let most = rates.values().flat_map(BTreeMap::values).fold(0.0, |most: f64, rate| most.max(rate.abs()));
    let matters = |by_slice: &BTreeMap<String, f64>| by_slice.values().any(|rate| rate.abs() > 10.0 * VISIBLE * most);
    rates.retain(|_, by_slice| matters(by_slice));
    let series = rates.iter().map(|((zone, sign, _, year), by_slice)| Rates {
        zone: zone.clone(),
        key: sign.key.clone(),
        title: sign.title.clone(),
        color: sign.color.clone(),
        year: reading.stored.summary.years[*year],
        values: order.iter().map(|slice| Number(by_slice.get(*slice).copied().unwrap_or(0.0))).collect(),
    });
    Ok(Some(Dispatch {
        name: chart.name.clone(),
        title: chart.title.clone(),
        text: chart.text.clone(),
        unit: reading.commodity(commodity).map_or_else(String::new, |known| known.rate_unit.clone()),
        series: series.collect(),
        days: days.iter().zip(&steps).map(|((_, words), steps)| (words.clone(), steps.len())).collect(),
        steps: order.into_iter().map(|slice| label(slice)).collect(),
    }))
}

/// Whether a slice is a step of a day: `d017h05` of `d017`. Without days all slices are those of a year.
fn belongs(slice: &str, day: &str) -> bool {
    slice.strip_prefix(day).is_some_and(|rest| day.is_empty() || rest.starts_with('h'))
}

/// What a step is called: the hour of an hour of a day.
fn label(slice: &str) -> String {
    match slice.rsplit_once('h') {
        Some((_, hour)) if hour.len() == 2 && hour.chars().all(|digit| digit.is_ascii_digit()) => format!("{hour}:00"),
        _ => slice.to_owned(),
    }
}

/// Names of the days to show, and words for them.
fn choose(reading: &Reading, commodity: &str) -> Result<Vec<(String, String)>, ReadError> {
    let days = &reading.stored.display.days;
    if days.is_empty() {
        return Ok(vec![(String::new(), "All parts of the year".to_owned())]);
    }
    let mut chosen: Vec<(String, String)> = Vec::new();
    let mut add = |words: &str, day: &str, count: f64| {
        let date = ordinal(day).map_or_else(|| day.to_owned(), date);
        let text = format!("{words}: {date}, for {count:.0} days");
        if !chosen.iter().any(|(known, _)| known == day) {
            chosen.push((day.to_owned(), text));
        }
    };
    for (words, middle) in SEASONS {
        // Around the year: the first of January is next to the end of December.
        let away = |day: &str| {
            let apart = (ordinal(day).map_or(f64::INFINITY, f64::from) - middle).abs();
            apart.min(365.0 - apart)
        };
        let common: Vec<&(String, f64)> = days.iter().filter(|(_, count)| *count >= COMMON).collect();
        let pool = if common.is_empty() { days.iter().collect() } else { common };
        if let Some((day, count)) = pool.into_iter().min_by(|(a, _), (b, _)| away(a).total_cmp(&away(b))) {
            add(words, day, *count);
        }
    }
    if let Some(day) = peak(reading, commodity)? {
        let count = days.iter().find(|(name, _)| *name == day).map_or(1.0, |(_, count)| *count);
        add("Highest use", &day, count);
    }
    Ok(chosen)
}

/// The day in which most is used in a step of the first year.
fn peak(reading: &Reading, commodity: &str) -> Result<Option<String>, ReadError> {
    let mut uses: BTreeMap<String, f64> = BTreeMap::new();
    let columns = ["year", "zone", "slice", "commodity", "technology", "value"];
    reading.stored.each_row("dispatch", columns, |[year, zone, slice, of, party, value]| {
        let counts = of == commodity && reading.year(year) == Some(0) && reading.is_inner(zone);
        if counts && value.starts_with('-') && !party.starts_with("link:") {
            *uses.entry(slice.to_owned()).or_insert(0.0) -= number(value);
        }
    })?;
    let most = uses.into_iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
    Ok(most.and_then(|(slice, _)| slice.rsplit_once('h').map(|(day, _)| day.to_owned())))
}

/// Number of a day of the year: 17 of `d017`.
fn ordinal(day: &str) -> Option<u16> {
    day.strip_prefix('d')?.parse().ok()
}

/// Date of a day of the year, in years of 365 days.
fn date(ordinal: u16) -> String {
    const MONTHS: [(&str, u16); 12] = [
        ("January", 31),
        ("February", 28),
        ("March", 31),
        ("April", 30),
        ("May", 31),
        ("June", 30),
        ("July", 31),
        ("August", 31),
        ("September", 30),
        ("October", 31),
        ("November", 30),
        ("December", 31),
    ];
    // Some calendars cover several years.
    let mut left = (ordinal.max(1) - 1) % 365;
    for (month, days) in MONTHS {
        if left < days {
            return format!("{} {month}", left + 1);
        }
        left -= days;
    }
    format!("day {ordinal}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        let dates = [1, 31, 32, 59, 60, 196, 365, 366].map(date);
        let expected =
            ["1 January", "31 January", "1 February", "28 February", "1 March", "15 July", "31 December", "1 January"];
        assert_eq!(dates, expected);
    }

    #[test]
    fn steps_belong_to_days() {
        assert!(belongs("d017h05", "d017") && !belongs("d017h05", "d01") && !belongs("d170h05", "d17"));
        assert!(belongs("winter-day", ""));
        assert_eq!([label("d017h05"), label("winter-high")], ["05:00", "winter-high"]);
    }
}
