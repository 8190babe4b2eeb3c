//! The calendar of a year of 365 days.

/// Days of a year; 29 February is left out.
pub const DAYS: usize = 365;

/// Names of the seasons.
pub const SEASONS: [&str; 4] = ["winter", "spring", "summer", "autumn"];

/// Days before each month.
const MONTH_STARTS: [usize; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/// Season of a day, counted from 0: winter is December to February.
pub fn season(day: usize) -> usize {
    let month = MONTH_STARTS.partition_point(|&start| start <= day % DAYS);
    (month % 12) / 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seasons_begin_with_their_months() {
        let names = [0, 58, 59, 150, 151, 242, 243, 333, 334, 364, 365].map(|day| SEASONS[season(day)]);
        assert_eq!(
            names,
            [
                "winter", "winter", "spring", "spring", "summer", "summer", "autumn", "autumn", "winter", "winter",
                "winter"
            ]
        );
    }
}
