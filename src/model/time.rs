//! How the year is divided, as the scenario asks for it; the `time` module turns this into slices.

use super::ids::CommodityId;

/// The step at which a commodity balances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resolution {
    /// Every time slice (an hour of a representative day, or a named slice).
    Hour,
    /// Every representative day.
    Day,
    /// Every season: winter (Dec–Feb), spring, summer, autumn.
    Season,
    /// Once a year.
    Year,
}

/// The `[time]` table.
#[derive(Clone, Debug, PartialEq)]
pub enum TimeSpec {
    /// Named slices with fractions of the year that sum to one, day by day.
    Slices(Vec<NamedSlice>),
    /// Representative days.
    Days(DaySelection),
}

/// A named slice.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedSlice {
    /// Name, as used by profiles.
    pub name: String,
    /// Fraction of the year.
    pub fraction: f64,
    /// Position in the year of the representative day to which it belongs: all slices make up one where they have no order.
    pub day: usize,
}

/// Choice of representative days.
#[derive(Clone, Debug, PartialEq)]
pub struct DaySelection {
    /// Number of days; 365 or more means every day of the year.
    pub days: usize,
    /// Equal steps per day; divides 24.
    pub steps: usize,
    /// How days are grouped.
    pub method: DayMethod,
    /// Commodity whose day of highest demand is always kept.
    pub peak: Option<CommodityId>,
    /// Commodity whose dark calm day is always kept: demand is highest above what varying plants give.
    pub calm: Option<CommodityId>,
}

/// How representative days are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayMethod {
    /// Hierarchical clustering of whole days (Ward linkage); each cluster is shown by its medoid.
    Ward,
    /// Days at equal distances through the year, each standing for its neighbours.
    Even,
}

/// Values over the year.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Name.
    pub name: String,
    /// The values.
    pub values: ProfileValues,
}

/// Values of a profile: hour by hour, or by named slice.
#[derive(Clone, Debug, PartialEq)]
pub enum ProfileValues {
    /// 8,760 values, or several whole years of them.
    Hourly(Vec<f64>),
    /// One value per named slice, in the order of [`TimeSpec::Slices`].
    Slices(Vec<f64>),
}
