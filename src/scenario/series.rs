//! Values that change over the years.

use crate::model::{Horizon, PerYear};

/// Points in time, linear between them and constant outside.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Years in rising order, at least one.
    points: Vec<(i32, f64)>,
}

impl Series {
    /// The same value in all years.
    pub fn constant(value: f64) -> Self {
        Self { points: vec![(0, value)] }
    }

    /// A series through points in any order; 0 without any.
    pub fn new(mut points: Vec<(i32, f64)>) -> Self {
        points.sort_by_key(|(year, _)| *year);
        if points.is_empty() {
            points.push((0, 0.0));
        }
        Self { points }
    }

    /// Value in a year.
    pub fn at(&self, year: i32) -> f64 {
        let after = self.points.partition_point(|&(y, _)| y <= year);
        match (after.checked_sub(1).and_then(|i| self.points.get(i)), self.points.get(after)) {
            (Some(&(y0, v0)), Some(&(y1, v1))) => v0 + (v1 - v0) * f64::from(year - y0) / f64::from(y1 - y0),
            (Some(&(_, value)), None) | (None, Some(&(_, value))) => value,
            (None, None) => 0.0,
        }
    }

    /// Values in the milestone years.
    pub fn over(&self, horizon: &Horizon) -> PerYear {
        horizon.values().map(|milestone| self.at(milestone.year)).collect()
    }

    /// The values at its points.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.points.iter().map(|&(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::Series;

    #[test]
    fn it_is_linear_between_points_and_constant_outside() {
        let series = Series::new(vec![(2050, 560.0), (2025, 900.0), (2030, 800.0)]);
        let values = [2000, 2025, 2026, 2030, 2040, 2050, 2060].map(|year| series.at(year));
        assert_eq!(values, [900.0, 900.0, 880.0, 800.0, 680.0, 560.0, 560.0]);
        assert_eq!(Series::constant(3.0).at(2030), 3.0);
    }
}
