//! The resolved division of the year and the values of profiles on it.

use crate::model::{Arena, Id, ProfileId, Resolution};

/// A time slice: a step of a representative day, or a named slice.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SliceId(u32);

/// A representative day; named slices together form one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct DayId(u32);

/// A season.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SeasonId(u32);

macro_rules! id {
    ($($name:ident),*) => {$(
        impl Id for $name {
            fn new(position: usize) -> Self {
                Self(u32::try_from(position).unwrap_or(u32::MAX))
            }
            fn position(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}
id!(SliceId, DayId, SeasonId);

/// One step of the dispatch.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// Name in results: `d017h05`, or the scenario's own.
    pub name: String,
    /// The day it belongs to.
    pub day: DayId,
    /// Length of the step within its day, hours.
    pub duration: f64,
    /// Hours of the year it stands for.
    pub hours: f64,
}

/// A representative day.
#[derive(Clone, Debug, PartialEq)]
pub struct Day {
    /// Name in results: `d017` is the 17th day of the year.
    pub name: String,
    /// Its slices, in order.
    pub slices: Vec<SliceId>,
    /// Days of the year it stands for.
    pub weight: f64,
}

/// A part of the year, as amounts of representative days.
#[derive(Clone, Debug, PartialEq)]
pub struct Season {
    /// Name in results.
    pub name: String,
    /// How many days of the season each representative day stands for; none is zero.
    pub days: Vec<(DayId, f64)>,
}

/// Days in a row that one representative day stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalendarRun {
    /// The representative day.
    pub day: DayId,
    /// Number of days in a row.
    pub days: f64,
}

/// A step of some resolution: where a commodity balances or a process is dispatched.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Bucket {
    /// A slice.
    Slice(SliceId),
    /// A representative day.
    Day(DayId),
    /// A season.
    Season(SeasonId),
    /// The whole year.
    Year,
}

/// The division of the year, with every profile evaluated on it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeGrid {
    /// All slices, day by day.
    pub slices: Arena<SliceId, Slice>,
    /// Representative days. Their weights sum to 365.
    pub days: Arena<DayId, Day>,
    /// Seasons; a single one where slices are named.
    pub seasons: Arena<SeasonId, Season>,
    /// The year (or several) in chronological order; a single run where slices are named.
    pub calendar: Vec<CalendarRun>,
    /// Years covered by the calendar.
    pub calendar_years: f64,
    /// Profile values by slice.
    pub profiles: Arena<ProfileId, Arena<SliceId, f64>>,
    /// Mean of each profile over the year.
    pub means: Arena<ProfileId, f64>,
}

impl TimeGrid {
    /// All buckets of a resolution, in order.
    pub fn buckets(&self, resolution: Resolution) -> Vec<Bucket> {
        match resolution {
            Resolution::Hour => self.slices.ids().map(Bucket::Slice).collect(),
            Resolution::Day => self.days.ids().map(Bucket::Day).collect(),
            Resolution::Season => self.seasons.ids().map(Bucket::Season).collect(),
            Resolution::Year => vec![Bucket::Year],
        }
    }

    /// Hours of the year that a bucket stands for.
    pub fn hours(&self, bucket: Bucket) -> f64 {
        match bucket {
            Bucket::Slice(s) => self.slices[s].hours,
            Bucket::Day(d) => self.day_hours(d),
            Bucket::Season(s) => {
                self.seasons[s].days.iter().map(|&(d, n)| n / self.days[d].weight * self.day_hours(d)).sum()
            }
            Bucket::Year => self.slices.values().map(|s| s.hours).sum(),
        }
    }

    fn day_hours(&self, day: DayId) -> f64 {
        self.days[day].slices.iter().map(|&s| self.slices[s].hours).sum()
    }

    /// The buckets of a finer (or the same) resolution that make up `bucket`, each with its share of the hours: the mean
    /// rate over `bucket` is the sum of share times rate over the parts.
    pub fn parts(&self, bucket: Bucket, finer: Resolution) -> Vec<(Bucket, f64)> {
        let whole = self.hours(bucket);
        match (bucket, finer) {
            (Bucket::Slice(_), _) => vec![(bucket, 1.0)],
            (Bucket::Day(_), Resolution::Day) | (Bucket::Season(_), Resolution::Season) => vec![(bucket, 1.0)],
            (Bucket::Year, Resolution::Year) => vec![(bucket, 1.0)],
            (Bucket::Day(d), _) => self.slices_of(&[(d, self.days[d].weight)], whole),
            (Bucket::Season(s), Resolution::Hour) => self.slices_of(&self.seasons[s].days, whole),
            (Bucket::Season(s), _) => self.days_of(&self.seasons[s].days, whole),
            (Bucket::Year, Resolution::Season) => {
                self.seasons.ids().map(|s| (Bucket::Season(s), self.hours(Bucket::Season(s)) / whole)).collect()
            }
            (Bucket::Year, Resolution::Day) => self.days_of(&self.whole_year(), whole),
            (Bucket::Year, Resolution::Hour) => self.slices_of(&self.whole_year(), whole),
        }
    }

    /// The resolutions that are finer than a bucket's own.
    pub fn finer(&self, bucket: Bucket) -> &'static [Resolution] {
        match bucket {
            Bucket::Slice(_) => &[],
            Bucket::Day(_) => &[Resolution::Hour],
            Bucket::Season(_) => &[Resolution::Hour, Resolution::Day],
            Bucket::Year => &[Resolution::Hour, Resolution::Day, Resolution::Season],
        }
    }

    /// The buckets of a coarser (or the same) resolution in which a bucket lies, each with the part of its own hours that the
    /// bucket makes up there: the mean rate over a whole is the sum of share times rate over all buckets in it.
    pub fn wholes(&self, bucket: Bucket, coarser: Resolution) -> Vec<(Bucket, f64)> {
        let part = |whole: Bucket, share: f64| (whole, share * self.hours(bucket) / self.hours(whole));
        let by_season = |day: DayId| {
            let lies_in = |season: &Season| season.days.iter().find(|(d, _)| *d == day).map_or(0.0, |&(_, n)| n);
            let shares = self.seasons.iter().map(|(id, season)| (id, lies_in(season) / self.days[day].weight));
            shares.filter(|&(_, share)| share > 0.0).map(|(id, share)| part(Bucket::Season(id), share)).collect()
        };
        match (bucket, coarser) {
            (Bucket::Slice(_), Resolution::Hour) | (Bucket::Day(_), Resolution::Hour | Resolution::Day) => {
                vec![(bucket, 1.0)]
            }
            (Bucket::Year, _) | (Bucket::Season(_), Resolution::Hour | Resolution::Day | Resolution::Season) => {
                vec![(bucket, 1.0)]
            }
            (Bucket::Slice(slice), Resolution::Day) => vec![part(Bucket::Day(self.slices[slice].day), 1.0)],
            (Bucket::Slice(slice), Resolution::Season) => by_season(self.slices[slice].day),
            (Bucket::Day(day), Resolution::Season) => by_season(day),
            (_, Resolution::Year) => vec![part(Bucket::Year, 1.0)],
        }
    }

    fn whole_year(&self) -> Vec<(DayId, f64)> {
        self.days.iter().map(|(d, day)| (d, day.weight)).collect()
    }

    fn days_of(&self, days: &[(DayId, f64)], whole: f64) -> Vec<(Bucket, f64)> {
        days.iter().map(|&(d, n)| (Bucket::Day(d), n / self.days[d].weight * self.day_hours(d) / whole)).collect()
    }

    fn slices_of(&self, days: &[(DayId, f64)], whole: f64) -> Vec<(Bucket, f64)> {
        days.iter()
            .flat_map(|&(d, n)| {
                let part = n / self.days[d].weight;
                self.days[d].slices.iter().map(move |&s| (Bucket::Slice(s), part * self.slices[s].hours / whole))
            })
            .collect()
    }

    /// Mean of a profile over a bucket; 1 without a profile.
    pub fn profile(&self, profile: Option<ProfileId>, bucket: Bucket) -> f64 {
        let Some(profile) = profile else { return 1.0 };
        let values = &self.profiles[profile];
        self.parts(bucket, Resolution::Hour)
            .iter()
            .map(|&(part, share)| match part {
                Bucket::Slice(s) => share * values[s],
                _ => 0.0,
            })
            .sum()
    }

    /// Name of a bucket in results.
    pub fn name(&self, bucket: Bucket) -> &str {
        match bucket {
            Bucket::Slice(s) => &self.slices[s].name,
            Bucket::Day(d) => &self.days[d].name,
            Bucket::Season(s) => &self.seasons[s].name,
            Bucket::Year => "year",
        }
    }

    /// The representative day a bucket lies in; `None` for seasons and the year.
    pub fn day(&self, bucket: Bucket) -> Option<DayId> {
        match bucket {
            Bucket::Slice(s) => Some(self.slices[s].day),
            Bucket::Day(d) => Some(d),
            Bucket::Season(_) | Bucket::Year => None,
        }
    }
}
