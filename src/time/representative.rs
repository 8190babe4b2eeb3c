//! Representative days: which days stand for the year, and what profiles are on them.

use super::calendar::{DAYS, SEASONS, season};
use super::cluster::{self, Groups};
use super::grid::{CalendarRun, Day, DayId, Season, Slice, TimeGrid};
use super::means::preserve;
use crate::model::*;

/// Hours of a day.
const HOURS: usize = 24;

/// Selects days and evaluates all profiles on them.
pub fn resolve(model: &Model, selection: &DaySelection) -> TimeGrid {
    let years = model.profiles.values().map(|profile| hourly(profile).len() / (DAYS * HOURS)).max().unwrap_or(1).max(1);
    let all_days = years * DAYS;
    let peak = selection.peak.and_then(|commodity| peak_day(model, commodity, all_days));
    // A single day has to stand for the mean; the peak is kept where there are others for that.
    let kept: Vec<usize> = peak.into_iter().filter(|_| selection.days > 1).collect();
    let groups = match selection.method {
        _ if selection.days >= DAYS => cluster::every_day(all_days),
        DayMethod::Ward => cluster::ward(&features(model, all_days), selection.days, &kept),
        DayMethod::Even => cluster::even(all_days, selection.days, &kept),
    };
    Grid { model, selection, years, groups, kept }.build()
}

/// A selection that is being turned into a grid.
struct Grid<'a> {
    model: &'a Model,
    selection: &'a DaySelection,
    years: usize,
    groups: Groups,
    kept: Vec<usize>,
}

impl Grid<'_> {
    fn build(&self) -> TimeGrid {
        let weights = self.weights();
        let steps = self.selection.steps.clamp(1, HOURS);
        let mut days: Arena<DayId, Day> = Arena::new();
        let mut slices = Arena::new();
        let duration = HOURS as f64 / steps as f64;
        for (&day, &weight) in self.groups.representatives.iter().zip(&weights) {
            let name = self.day_name(day);
            let id = DayId::new(days.len());
            let step = |step: usize| Slice {
                name: format!("{name}h{:02}", step * HOURS / steps),
                day: id,
                duration,
                hours: weight * duration,
            };
            let members = (0..steps).map(|number| slices.push(step(number))).collect();
            days.push(Day { name, slices: members, weight });
        }
        TimeGrid {
            profiles: self.model.profiles.values().map(|profile| self.on_slices(profile, &weights, steps)).collect(),
            means: self.model.profiles.values().map(|profile| mean(hourly(profile))).collect(),
            seasons: self.seasons(),
            calendar: self.calendar(),
            calendar_years: self.years as f64,
            slices,
            days,
        }
    }

    /// Days of the year that each representative stands for.
    fn weights(&self) -> Vec<f64> {
        let mut counts = vec![0.0; self.groups.representatives.len()];
        for &group in &self.groups.group_of {
            counts[group] += 1.0 / self.years as f64;
        }
        counts
    }

    /// `d017`, or `y2d017` where profiles hold several years.
    fn day_name(&self, day: usize) -> String {
        let number = day % DAYS + 1;
        if self.years > 1 { format!("y{}d{number:03}", day / DAYS + 1) } else { format!("d{number:03}") }
    }

    fn seasons(&self) -> Arena<super::grid::SeasonId, Season> {
        let season_days = |number: usize| {
            let mut counts = vec![0.0; self.groups.representatives.len()];
            for (_, &group) in self.groups.group_of.iter().enumerate().filter(|(day, _)| season(*day) == number) {
                counts[group] += 1.0 / self.years as f64;
            }
            counts.into_iter().enumerate().filter(|(_, n)| *n > 0.0).map(|(g, n)| (DayId::new(g), n)).collect()
        };
        let named = |(number, name): (usize, &&str)| Season { name: (*name).to_owned(), days: season_days(number) };
        SEASONS.iter().enumerate().map(named).collect()
    }

    fn calendar(&self) -> Vec<CalendarRun> {
        let mut runs: Vec<CalendarRun> = Vec::new();
        for &group in &self.groups.group_of {
            let day = DayId::new(group);
            match runs.last_mut() {
                Some(run) if run.day == day => run.days += 1.0,
                _ => runs.push(CalendarRun { day, days: 1.0 }),
            }
        }
        runs
    }

    /// A profile on all slices, with its annual mean.
    fn on_slices(&self, profile: &Profile, weights: &[f64], steps: usize) -> Arena<super::grid::SliceId, f64> {
        let values = hourly(profile);
        let representatives = &self.groups.representatives;
        let mut days: Vec<Vec<f64>> = representatives.iter().map(|&day| of_day(values, day).to_vec()).collect();
        let kept: Vec<bool> = representatives.iter().map(|day| self.kept.contains(day)).collect();
        let most = values.iter().copied().fold(0.0, f64::max);
        preserve(&mut days, weights, &kept, mean(values), most);
        let length = HOURS / steps;
        days.iter().flat_map(|day| day.chunks(length).map(|hours| hours.iter().sum::<f64>() / length as f64)).collect()
    }
}

fn hourly(profile: &Profile) -> &[f64] {
    match &profile.values {
        ProfileValues::Hourly(values) => values,
        ProfileValues::Slices(_) => &[],
    }
}

/// The hours of a day; a profile of fewer years begins again.
fn of_day(values: &[f64], day: usize) -> &[f64] {
    let own_days = (values.len() / HOURS).max(1);
    let start = day % own_days * HOURS;
    values.get(start..start + HOURS).unwrap_or(&[0.0; HOURS])
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// The day with the highest hour of a commodity's demand in the last milestone year, over all zones together.
fn peak_day(model: &Model, commodity: CommodityId, days: usize) -> Option<usize> {
    let last = model.horizon.ids().next_back()?;
    let demands: Vec<(&Demand, &[f64])> = model
        .demands
        .values()
        .filter(|demand| demand.commodity == commodity)
        .filter_map(|demand| demand.profile.map(|profile| (demand, hourly(&model.profiles[profile]))))
        .collect();
    let highest = |day: usize| {
        (0..HOURS)
            .map(|hour| {
                let load = |(demand, values): &(&Demand, &[f64])| {
                    demand.annual[last] * of_day(values, day)[hour] / mean(values).max(f64::MIN_POSITIVE)
                };
                demands.iter().map(load).sum::<f64>()
            })
            .fold(0.0, f64::max)
    };
    if demands.is_empty() {
        return None;
    }
    (0..days).map(|day| (highest(day), day)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, day)| day)
}

/// What days are compared by: all hours of all profiles that the model uses, each profile between 0 and 1.
fn features(model: &Model, days: usize) -> Vec<Vec<f64>> {
    let availabilities = model.processes.values().flat_map(|process| {
        process.availability.profile.into_iter().chain(process.min_activity.as_ref().and_then(|min| min.profile))
    });
    let mut used: Vec<ProfileId> =
        availabilities.chain(model.demands.values().filter_map(|demand| demand.profile)).collect();
    used.sort();
    used.dedup();
    let mut features = vec![Vec::with_capacity(used.len() * HOURS); days];
    for profile in used {
        let values = hourly(&model.profiles[profile]);
        let (low, high) = values.iter().fold((f64::INFINITY, 0.0_f64), |(l, h), &v| (l.min(v), h.max(v)));
        let span = (high - low).max(f64::MIN_POSITIVE);
        for (day, feature) in features.iter_mut().enumerate() {
            feature.extend(of_day(values, day).iter().map(|value| (value - low) / span));
        }
    }
    features
}
