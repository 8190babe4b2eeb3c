//! Representative days: which days stand for the year, and what profiles are on them.

use super::calendar::{DAYS, SEASONS, season};
use super::cluster::{self, Groups};
use super::grid::{CalendarRun, Day, DayId, Season, Slice, TimeGrid};
use super::hourly::{HOURS, hourly, mean, of_day};
use super::kept::{calm_day, peak_day};
use super::means::{is_kept, preserve};
use super::reach::shown_with;
use crate::model::*;

/// Standard deviation below which a profile is constant, as a part of its mean.
const ALIKE: f64 = 1e-9;

/// Selects days and evaluates all profiles on them.
pub fn resolve(model: &Model, selection: &DaySelection) -> TimeGrid {
    let years = model.profiles.values().map(|profile| hourly(profile).len() / (DAYS * HOURS)).max().unwrap_or(1).max(1);
    let all_days = years * DAYS;
    // There have to be other days that stand for the mean.
    let peak = selection.peak.filter(|_| selection.days > 1).and_then(|id| peak_day(model, id, all_days));
    let calm = selection.calm.filter(|_| selection.days > 2).and_then(|id| calm_day(model, id, all_days));
    let mut kept: Vec<usize> = peak.into_iter().chain(calm).collect();
    kept.dedup();
    let groups = match selection.method {
        _ if selection.days >= DAYS => cluster::every_day(all_days),
        DayMethod::Ward => cluster::ward(&features(model, all_days), selection.days, &kept),
        DayMethod::Even => cluster::even(all_days, selection.days, &kept),
    };
    let grid = Grid { model, selection, years, groups, kept };
    match selection.method {
        DayMethod::Ward => grid.within_reach().build(),
        DayMethod::Even => grid.build(),
    }
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
    /// Lets other days show their groups where a profile in use would lose its mean, as long as no other profile pays for it.
    fn within_reach(mut self) -> Self {
        let mut lost = self.lost();
        for profile in lost.clone() {
            let values = hourly(&self.model.profiles[profile]);
            let amounts: Vec<f64> =
                (0..self.groups.group_of.len()).map(|day| of_day(values, day).iter().sum()).collect();
            let Some(groups) = shown_with(&self.groups, &amounts, &self.kept) else { continue };
            let before = std::mem::replace(&mut self.groups, groups);
            let after = self.lost();
            if after.len() < lost.len() {
                lost = after;
            } else {
                self.groups = before;
            }
        }
        self
    }

    /// Profiles in use that do not keep their mean.
    fn lost(&self) -> Vec<ProfileId> {
        let weights = self.weights();
        let is_lost = |profile: &ProfileId| {
            let profile = &self.model.profiles[*profile];
            let day = |(day, weight): (&Vec<f64>, &f64)| weight * mean(day);
            let total: f64 = self.on_days(profile, &weights).iter().zip(&weights).map(day).sum();
            !is_kept(total / DAYS as f64, mean(hourly(profile)))
        };
        self.model.used_profiles().into_iter().filter(is_lost).collect()
    }

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
        let (days, length) = (self.on_days(profile, weights), HOURS / steps);
        days.iter().flat_map(|day| day.chunks(length).map(|hours| hours.iter().sum::<f64>() / length as f64)).collect()
    }

    /// The hours of a profile on the representative days, with its annual mean as far as it is within reach.
    fn on_days(&self, profile: &Profile, weights: &[f64]) -> Vec<Vec<f64>> {
        let values = hourly(profile);
        let representatives = &self.groups.representatives;
        let mut days: Vec<Vec<f64>> = representatives.iter().map(|&day| of_day(values, day).to_vec()).collect();
        let kept: Vec<bool> = representatives.iter().map(|day| self.kept.contains(day)).collect();
        let most = values.iter().copied().fold(0.0, f64::max);
        preserve(&mut days, weights, &kept, mean(values), most);
        days
    }
}

/// What days are compared by: all hours of all profiles that the model uses, each profile in units of its standard deviation. What
/// varies most, such as wind, does not count more for it, and what hardly does not less.
fn features(model: &Model, days: usize) -> Vec<Vec<f64>> {
    let used = model.used_profiles();
    let mut features = vec![Vec::with_capacity(used.len() * HOURS); days];
    for profile in used {
        let values = hourly(&model.profiles[profile]);
        let mean = mean(values);
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len().max(1) as f64;
        let deviation = variance.sqrt();
        // What is the same all year tells no days apart.
        if deviation <= ALIKE * mean.abs() {
            continue;
        }
        for (day, feature) in features.iter_mut().enumerate() {
            feature.extend(of_day(values, day).iter().map(|value| (value - mean) / deviation));
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::super::grid::Bucket;
    use super::*;
    use crate::scenario;

    /// A grid over a profile `wave` and a demand that follows it.
    fn grid(time: &str, wave: impl Fn(usize) -> f64, years: usize) -> (Model, TimeGrid) {
        let folder = tempfile::tempdir().unwrap();
        let rows: String = (0..years * DAYS * HOURS).map(|hour| format!("{}\n", wave(hour))).collect();
        std::fs::write(folder.path().join("p.csv"), format!("wave\n{rows}")).unwrap();
        let text = format!(
            "[money]\nprice-year = 2023\ndiscount-rate = 0\n[horizon]\nyears = [2030]\n[time]\n{time}\n[zones.a]\n\
             [commodities.electricity]\n[profiles.wave]\nfile = \"p.csv\"\ncolumn = \"wave\"\n[demands.d]\nzone = \"a\"\n\
             commodity = \"electricity\"\nannual = \"1 TWh\"\nprofile = \"wave\"\n"
        );
        let path = folder.path().join("t.toml");
        std::fs::write(&path, text).unwrap();
        let model = scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).model;
        let grid = crate::time::resolve(&model);
        (model, grid)
    }

    fn wave(hour: usize) -> f64 {
        let (day, hour) = ((hour / HOURS) as f64, (hour % HOURS) as f64);
        1.0 + 0.5 * (day / 58.0).cos() + 0.3 * (hour / 3.8).sin() + if day as usize == 200 { 1.0 } else { 0.0 }
    }

    fn check(grid: &TimeGrid, mean: f64) {
        let weights: f64 = grid.days.values().map(|day| day.weight).sum();
        assert!((weights - 365.0).abs() < 1e-9);
        let hours: f64 = grid.slices.values().map(|slice| slice.hours).sum();
        assert!((hours - 8760.0).abs() < 1e-6);
        let profile = ProfileId::new(0);
        assert!((grid.profile(Some(profile), Bucket::Year) - mean).abs() < 1e-9, "the mean is preserved");
        assert!((grid.means[profile] - mean).abs() < 1e-12);
        let seasons: f64 = grid.seasons.values().flat_map(|season| &season.days).map(|(_, n)| n).sum();
        assert!((seasons - 365.0).abs() < 1e-9);
        let calendar: f64 = grid.calendar.iter().map(|run| run.days).sum();
        assert!((calendar - 365.0 * grid.calendar_years).abs() < 1e-9);
    }

    fn mean_of(years: usize) -> f64 {
        let hours = years * DAYS * HOURS;
        (0..hours).map(wave).sum::<f64>() / hours as f64
    }

    #[test]
    fn weights_and_means_are_those_of_the_year() {
        for time in
            ["days = 1", "days = 4", "days = 12\nhours = 8", "days = 5\nmethod = \"even\"", "days = 365\nhours = 4"]
        {
            let (_, grid) = grid(time, wave, 1);
            check(&grid, mean_of(1));
        }
    }

    #[test]
    fn the_peak_day_stands_for_itself() {
        let (_, grid) = grid("days = 4\npeak = \"electricity\"", wave, 1);
        check(&grid, mean_of(1));
        let peak = grid.days.values().find(|day| day.name == "d201").unwrap();
        assert_eq!(peak.weight, 1.0);
        let highest = (0..8760).map(wave).fold(0.0, f64::max);
        let seen = grid.profiles[ProfileId::new(0)].values().copied().fold(0.0, f64::max);
        assert!((seen - highest).abs() < 1e-12, "the highest hour is kept as it is");
    }

    /// A day of heat in winter shows the year where a single day does, though most days have none.
    #[test]
    fn a_profile_that_most_days_lack_keeps_its_mean() {
        let heat = |hour: usize| if hour / HOURS < 60 { 0.5 + (hour % HOURS) as f64 / 50.0 } else { 0.0 };
        let expected = (0..8760).map(heat).sum::<f64>() / 8760.0;
        for time in ["days = 1", "days = 2", "days = 2\npeak = \"electricity\""] {
            let (model, grid) = grid(time, heat, 1);
            check(&grid, expected);
            assert_eq!(crate::time::lost_means(&model, &grid), []);
        }
    }

    /// Four hours at their greatest value can not make the mean of six, and days at equal distances may have none of them.
    #[test]
    fn a_mean_that_is_lost_is_known() {
        let short = |hour: usize| if hour % HOURS < 4 || hour / HOURS < 30 { 1.0 } else { 0.0 };
        for (time, on_grid) in
            [("days = 1\nmethod = \"even\"", 4.0 / 24.0), ("days = 2\nmethod = \"even\"", 4.0 / 24.0)]
        {
            let (model, grid) = grid(time, short, 1);
            let lost = crate::time::lost_means(&model, &grid);
            assert_eq!(lost.len(), 1);
            assert!((lost[0].on_grid - on_grid).abs() < 1e-12);
            assert!((lost[0].over_year - (30.0 + 335.0 * 4.0 / 24.0) / 365.0).abs() < 1e-12);
        }
        assert_eq!(crate::time::lost_means(&grid("days = 3", short, 1).0, &grid("days = 3", short, 1).1), []);
    }

    #[test]
    fn several_years_make_one() {
        let (_, grid) = grid("days = 6", wave, 3);
        check(&grid, mean_of(3));
        assert_eq!(grid.calendar_years, 3.0);
        assert!(grid.days.values().all(|day| day.name.starts_with('y')));
    }

    #[test]
    fn parts_and_wholes_are_two_sides_of_one_thing() {
        let (_, grid) = grid("days = 5\nhours = 6", wave, 1);
        let order = [Resolution::Hour, Resolution::Day, Resolution::Season, Resolution::Year];
        for coarse in order {
            for fine in order.into_iter().filter(|fine| *fine <= coarse) {
                for whole in grid.buckets(coarse) {
                    let parts = grid.parts(whole, fine);
                    let sum: f64 = parts.iter().map(|(_, share)| share).sum();
                    assert!((sum - 1.0).abs() < 1e-12);
                    for (part, share) in parts {
                        let back = grid.wholes(part, coarse).into_iter().find(|(w, _)| *w == whole).unwrap().1;
                        assert!((back - share).abs() < 1e-12, "{part:?} in {whole:?}: {back} is not {share}");
                    }
                }
            }
        }
    }
}
