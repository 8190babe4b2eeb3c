//! The frame of a scenario: money, horizon, time, zones, pollutants, commodities.

use super::build::Build;
use super::schema::Set;
use super::storages;
use super::tables::{Member, Value};
use super::toml::{self, Section};
use crate::diagnostics::Diagnostic;

/// Writes the frame.
pub fn write(build: &mut Build, price_year: Option<i32>) {
    money(build, price_year);
    horizon(build);
    time(build);
    for region in build.tables.all(Set::Region) {
        build.write(&Section::new(["zones", &build.zone(region)]));
    }
    for emission in build.tables.all(Set::Emission) {
        build.write(&Section::new(["pollutants", &build.emission(emission)]));
    }
    for fuel in build.tables.all(Set::Fuel) {
        let supply = Fuel::of(build, fuel);
        let mut section = Section::new(["commodities", &build.fuel(fuel)]);
        section.text("amount-unit", &build.units.energy);
        if supply.is_yearly() {
            section.text("resolution", "year");
        }
        build.write(&section);
        if supply.has_yearly_part() {
            let name = yearly_name(build, fuel);
            let mut section = Section::new(["commodities", &name]).comment(format!(
                "What of {} may be supplied at any time of the year.",
                build.tables.name(Set::Fuel, fuel)
            ));
            section.text("resolution", "year").text("amount-unit", &build.units.energy);
            build.write(&section);
        }
    }
}

/// In what steps a fuel balances.
#[derive(Clone, Copy, Debug)]
pub struct Fuel {
    /// Whether it is demanded by the year.
    accumulated: bool,
    /// Whether anything of it is told slice from slice: a demand, a use, trade, or a reserve.
    sliced: bool,
}

impl Fuel {
    /// Looks for what is asked of a fuel.
    pub fn of(build: &Build, fuel: Member) -> Self {
        let t = build.tables;
        let has = |parameter: &str, place: usize| {
            t.rows(parameter).any(|(at, value)| at.get(place) == Some(&fuel) && value.number != 0.0)
        };
        Self {
            accumulated: t.all(Set::Region).any(|region| yearly_demand(build, region, fuel).iter().any(|&a| a > 0.0)),
            sliced: has("SpecifiedAnnualDemand", 1)
                || has("InputActivityRatio", 2)
                || has("ReserveMarginTagFuel", 1)
                || has("RETagFuel", 1)
                || has("TradeRoute", 2),
        }
    }

    /// Whether all of it balances by the year.
    pub fn is_yearly(self) -> bool {
        self.accumulated && !self.sliced
    }

    /// Whether it balances by slice, and a part of it by the year besides.
    pub fn has_yearly_part(self) -> bool {
        self.accumulated && self.sliced
    }
}

/// What is demanded of a fuel by the year beside its demand by slice. OSeMOSYS lets the balance of the year hold beside those of the slices, and
/// leaves their demand out of it: what is asked for by slice counts towards what is asked for by the year.
pub fn yearly_demand(build: &Build, region: Member, fuel: Member) -> Vec<f64> {
    let t = build.tables;
    let by_slice = t.by_year("SpecifiedAnnualDemand", &[region, fuel]);
    let by_year = t.by_year("AccumulatedAnnualDemand", &[region, fuel]);
    let part = |year: usize| -> f64 {
        t.all(Set::Timeslice).map(|slice| t.value("SpecifiedDemandProfile", &[region, fuel, slice, year])).sum()
    };
    let both = by_year.into_iter().zip(by_slice).enumerate();
    both.map(|(year, (all, sliced))| if sliced > 0.0 { (all - sliced * part(year)).max(0.0) } else { all }).collect()
}

/// Name of the commodity that holds the yearly part of a fuel.
pub fn yearly_name(build: &Build, fuel: Member) -> String {
    format!("{}-yearly", build.fuel(fuel))
}

fn money(build: &mut Build, price_year: Option<i32>) {
    let t = build.tables;
    let first = build.years.first().copied().unwrap_or(0);
    let mut section = Section::new(["money"]).source("imported from OSeMOSYS");
    section.text("currency", &build.units.currency);
    section.raw("price-year", price_year.unwrap_or(first).to_string());
    section.raw("base-year", first.to_string());
    section.figure("discount-rate", t.value("DiscountRate", &[0]), "", &t.source("DiscountRate", &[]));
    section.text("payments", "mid-year").text("accounting", "overnight");
    let method = t.value("DepreciationMethod", &[0]);
    section.text("salvage", if method == 2.0 { "straight-line" } else { "sinking-fund" });
    build.write(&section);
    for (parameter, what) in [("DiscountRate", "discount rate"), ("DepreciationMethod", "depreciation method")] {
        let of_first = t.value(parameter, &[0]);
        let others: Vec<Value> = t.rows(parameter).map(|(_, value)| value).filter(|v| v.number != of_first).collect();
        let region = t.name(Set::Region, 0);
        build.left_out(
            &others,
            &format!("regions differ in their {what}, and that of {region} ({of_first}) holds for all"),
            "a scenario has one; import the regions apart where that matters",
        );
    }
    if ![1.0, 2.0].contains(&method) {
        let rows: Vec<Value> = t.rows("DepreciationMethod").map(|(_, value)| value).collect();
        build.left_out(
            &rows,
            "there is no such depreciation method; 1 is taken",
            "write 1 (sinking fund) or 2 (straight line)",
        );
    }
}

fn horizon(build: &mut Build) {
    let years: Vec<String> = build.years.iter().map(i32::to_string).collect();
    let mut section = Section::new(["horizon"]).source("imported from YEAR.csv");
    section.raw("years", format!("[{}]", years.join(", "))).raw("edge", "1");
    build.write(&section);
    if let Some(gap) = build.years.windows(2).find(|pair| pair[1] - pair[0] > 1) {
        let message = format!("YEAR.csv leaves out the years between {} and {}", gap[0], gap[1]);
        let help = "in OSeMOSYS they cost nothing; here a milestone year stands for all years up to the next one, so that \
                    results differ";
        build.problems.push(Diagnostic::warning(None, message).help(help));
    }
}

fn time(build: &mut Build) {
    let t = build.tables;
    let mut section = Section::new(["time"]);
    let order = if storages::are_used(build) { order(build) } else { None };
    if let Some(order) = order {
        let days: Vec<String> =
            order.iter().map(|day| toml::list(day.iter().map(|&slice| build.slice(slice)))).collect();
        section.raw("order", format!("[{}]", days.join(", ")));
        build.write(&section);
    }
    let mut section = Section::new(["time", "slices"]).source("imported from YearSplit.csv");
    for (slice, fraction) in build.fractions.iter().enumerate() {
        section.raw(&build.slice(slice), toml::number(*fraction));
    }
    build.write(&section);
    let changes = |(at, value): &(&[Member], Value)| value.number != t.value("YearSplit", &[at[0], 0]);
    let others: Vec<Value> = t.rows("YearSplit").filter(changes).map(|(_, value)| value).collect();
    let first = build.years.first().copied().unwrap_or(0);
    build.left_out(
        &others,
        &format!("slices do not keep their part of the year, and those of {first} are taken for all years"),
        "a scenario has one division of the year",
    );
}

/// The representative days in the order of the year, each with its slices in their order: seasons, and types of days within them. `None`
/// where a slice has no place in it, or several.
fn order(build: &mut Build) -> Option<Vec<Vec<Member>>> {
    let t = build.tables;
    let place = |parameter: &str, set: Set, slice: Member| {
        let mut found = t.all(set).filter(|&member| t.value(parameter, &[slice, member]) > 0.0);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    let rank = |set: Set, member: Member| {
        // Members are numbers by custom, and follow each other as such.
        let name = t.name(set, member);
        (name.parse::<i64>().unwrap_or(i64::MAX), member)
    };
    let mut placed = Vec::new();
    for slice in t.all(Set::Timeslice) {
        let season = place("Conversionls", Set::Season, slice);
        let day = place("Conversionld", Set::DayType, slice);
        let bracket = place("Conversionlh", Set::Bracket, slice);
        let (Some(season), Some(day), Some(bracket)) = (season, day, bracket) else {
            let message = format!(
                "slice {} does not belong to exactly one season, one type of day and one part of the day",
                t.name(Set::Timeslice, slice)
            );
            let help = "write it in Conversionls, Conversionld and Conversionlh; until then levels of stores are not followed \
                        through the seasons";
            build.problems.push(Diagnostic::warning(None, message).help(help));
            return None;
        };
        let key = (rank(Set::Season, season), rank(Set::DayType, day), rank(Set::Bracket, bracket));
        placed.push((key, slice));
    }
    placed.sort();
    let mut days: Vec<((_, _), Vec<Member>)> = Vec::new();
    for ((season, day, _), slice) in placed {
        match days.last_mut() {
            Some((last, slices)) if *last == (season, day) => slices.push(slice),
            _ => days.push(((season, day), vec![slice])),
        }
    }
    if t.members(Set::DayType).len() > 1 {
        let message = "types of days follow each other once in a season, and not week by week";
        let help = "levels of stores swing more within a season than in OSeMOSYS, which repeats its days every week";
        build.problems.push(Diagnostic::warning(None, message).help(help));
    }
    Some(days.into_iter().map(|(_, slices)| slices).collect())
}
