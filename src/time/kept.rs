//! Days that are always kept, since a system is built for them: the day of peak demand, and the dark calm day.

use super::hourly::{HOURS, hourly, mean, of_day};
use crate::model::*;

/// The day with the highest hour of a commodity's demand in the last milestone year, over all zones together.
pub fn peak_day(model: &Model, commodity: CommodityId, days: usize) -> Option<usize> {
    let demands = demands(model, commodity)?;
    let load = |day: usize, hour: usize| demands.iter().map(|(scale, values)| scale * of_day(values, day)[hour]).sum();
    highest(days, |day| (0..HOURS).map(|hour| load(day, hour)).fold(0.0, f64::max))
}

/// The day on which demand for a commodity is highest above what varying plants give: its energy relative to that of a mean day, less
/// the mean of the same for the profiles that plants depend on.
pub fn calm_day(model: &Model, commodity: CommodityId, days: usize) -> Option<usize> {
    let demands = demands(model, commodity)?;
    let supplies = supplies(model, commodity);
    if supplies.is_empty() {
        return None;
    }
    let load = |day: usize| demands.iter().map(|(scale, values)| scale * mean(of_day(values, day))).sum::<f64>();
    let whole = demands.iter().map(|(scale, values)| scale * mean(values)).sum::<f64>().max(f64::MIN_POSITIVE);
    let part = |values: &&[f64], day: usize| mean(of_day(values, day)) / mean(values).max(f64::MIN_POSITIVE);
    let given = |day: usize| supplies.iter().map(|values| part(values, day)).sum::<f64>() / supplies.len() as f64;
    highest(days, |day| load(day) / whole - given(day))
}

/// The first day of those with the highest figure.
fn highest(days: usize, figure: impl Fn(usize) -> f64) -> Option<usize> {
    let figures = (0..days).map(|day| (figure(day), day));
    figures.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, day)| day)
}

/// Demand per unit of the profile in the last milestone year, with the profile's values; `None` where no demand has a profile.
fn demands(model: &Model, commodity: CommodityId) -> Option<Vec<(f64, &[f64])>> {
    let last = model.horizon.ids().next_back()?;
    let demands: Vec<(f64, &[f64])> = model
        .demands
        .values()
        .filter(|demand| demand.commodity == commodity)
        .filter_map(|demand| demand.profile.map(|profile| (demand.annual[last], hourly(&model.profiles[profile]))))
        .map(|(annual, values)| (annual / mean(values).max(f64::MIN_POSITIVE), values))
        .collect();
    (!demands.is_empty()).then_some(demands)
}

/// Profiles that the availability of suppliers follows, each once.
fn supplies(model: &Model, commodity: CommodityId) -> Vec<&[f64]> {
    let suppliers = model.processes.values().filter(|process| process.supplies(commodity));
    let mut profiles: Vec<ProfileId> = suppliers.flat_map(|process| process.availability.all_profiles()).collect();
    profiles.sort();
    profiles.dedup();
    profiles.into_iter().map(|profile| hourly(&model.profiles[profile])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    /// Demand that peaks in one hour of day 200, and is a quarter higher all day from day 20 to 29; wind that is still on days 25 and
    /// 150.
    #[test]
    fn peak_and_calm_are_the_days_that_a_system_is_built_for() {
        let (load, wind) = (
            |day: usize, hour: usize| match (day, hour) {
                (200, 18) => 2.0,
                (20..=29, _) => 1.25,
                _ => 1.0,
            },
            |day: usize| if [25, 150].contains(&day) { 0.01 } else { 0.3 + 0.1 * (day as f64).sin() },
        );
        let row = |hour: usize| format!("{},{}\n", load(hour / 24, hour % 24), wind(hour / 24));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("p.csv"),
            (0..8760).map(row).fold("load,wind\n".to_owned(), |all, row| all + &row),
        )
        .unwrap();
        let text = r#"
[money]
price-year = 2023
discount-rate = 0
[horizon]
years = [2030]
[time]
days = 3
peak = "electricity"
calm = "electricity"
[zones.a]
[commodities.electricity]
[profiles]
load = { file = "p.csv", column = "load" }
wind = { file = "p.csv", column = "wind" }
[demands.d]
zone = "a"
commodity = "electricity"
annual = "1 TWh"
profile = "load"
[technologies.wind]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "25 yr"
profile = "wind"
"#;
        let path = folder.path().join("t.toml");
        std::fs::write(&path, text).unwrap();
        let model = scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).model;
        let electricity = model.commodities.ids().next().unwrap();
        assert_eq!(peak_day(&model, electricity, 365), Some(200));
        assert_eq!(calm_day(&model, electricity, 365), Some(25));
        let days: Vec<(String, f64)> =
            crate::time::resolve(&model).days.values().map(|day| (day.name.clone(), day.weight)).collect();
        assert!(days.contains(&("d026".to_owned(), 1.0)) && days.contains(&("d201".to_owned(), 1.0)), "{days:?}");
    }
}
