//! Profiles by hours and days.

use crate::model::{Profile, ProfileValues};

/// Hours of a day.
pub const HOURS: usize = 24;

/// The hours of a profile; none where it has slices.
pub fn hourly(profile: &Profile) -> &[f64] {
    match &profile.values {
        ProfileValues::Hourly(values) => values,
        ProfileValues::Slices(_) => &[],
    }
}

/// The hours of a day; a profile of fewer years begins again.
pub fn of_day(values: &[f64], day: usize) -> &[f64] {
    let own_days = (values.len() / HOURS).max(1);
    let start = day % own_days * HOURS;
    values.get(start..start + HOURS).unwrap_or(&[0.0; HOURS])
}

/// Mean of some values; 0 of none.
pub fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 }
}
