//! Stores: a commodity that technologies charge and discharge, and what holds it.
//!
//! In OSeMOSYS a store is charged and discharged by modes of technologies. Here its content is a commodity of its own, which these modes
//! give and take, and a store of that commodity, whose level is carried through the years.

use super::build::{Build, limit, safe};
use super::schema::Set;
use super::tables::{Member, Value};
use super::toml::Section;

/// Stores that a mode of a technology charges or discharges.
pub fn touched(build: &Build, region: Member, technology: Member, mode: Member) -> impl Iterator<Item = Member> {
    let t = build.tables;
    t.all(Set::Storage).filter(move |&storage| {
        ["TechnologyToStorage", "TechnologyFromStorage"]
            .iter()
            .any(|parameter| t.value(parameter, &[region, technology, storage, mode]) > 0.0)
    })
}

/// Whether a store is charged or discharged in a region.
fn is_used(build: &Build, region: Member, storage: Member) -> bool {
    ["TechnologyToStorage", "TechnologyFromStorage"].iter().any(|parameter| {
        let mut rows = build.tables.rows_at(parameter, std::slice::from_ref(&region));
        rows.any(|(at, value)| at.get(2) == Some(&storage) && value.number > 0.0)
    })
}

/// Whether any store is.
pub fn are_used(build: &Build) -> bool {
    let t = build.tables;
    t.all(Set::Region).any(|region| t.all(Set::Storage).any(|storage| is_used(build, region, storage)))
}

/// Name of the commodity that a store holds.
pub fn commodity(build: &Build, storage: Member) -> String {
    apart(build.tables.name(Set::Storage, storage), build.tables.members(Set::Fuel), "-content")
}

/// A name that is not taken by others.
fn apart(name: &str, others: &[String], ending: &str) -> String {
    let is_taken = others.iter().any(|other| other == name);
    safe(&if is_taken { format!("{name}{ending}") } else { name.to_owned() })
}

/// Writes all stores.
pub fn write(build: &mut Build) {
    let t = build.tables;
    for storage in t.all(Set::Storage) {
        let regions: Vec<Member> = t.all(Set::Region).filter(|&region| is_used(build, region, storage)).collect();
        if regions.is_empty() {
            continue;
        }
        let mut section = Section::new(["commodities", &commodity(build, storage)])
            .comment(format!("What the store {} holds.", t.name(Set::Storage, storage)));
        section.text("amount-unit", &build.units.energy);
        build.write(&section);
        for region in regions {
            one(build, region, storage);
        }
    }
    left_out(build);
}

fn one(build: &mut Build, region: Member, storage: Member) {
    let (t, u) = (build.tables, build.units);
    let at = [region, storage];
    let name = apart(t.name(Set::Storage, storage), t.members(Set::Technology), "-store");
    let name = build.name(region, &name);
    let source = |parameter: &str| t.source(parameter, &at);
    let rate = |parameter: &str| limit(t.value(parameter, &at)).map(|rate| rate * build.whole);
    let (charge, discharge) = (rate("StorageMaxChargeRate"), rate("StorageMaxDischargeRate"));
    let life = t.value("OperationalLifeStorage", &at);
    let activity = u.activity();

    let mut section = Section::new(["technologies", &name]);
    build.place(&mut section, region);
    // Power costs nothing: what charges and discharges is paid for with the technologies that do so.
    if life > 0.0 {
        section.figure("capital-cost", 0.0, &format!("{}/({activity})", u.money), "rates of stores cost nothing");
        section.figure("lifetime", life, "yr", &source("OperationalLifeStorage"));
        match (discharge, charge) {
            (Some(rate), _) => section.figure("max-capacity", rate, &activity, &source("StorageMaxDischargeRate")),
            (None, Some(rate)) => section.figure("max-capacity", rate, &activity, &source("StorageMaxChargeRate")),
            (None, None) => &mut section,
        };
    } else {
        let rate = discharge.or(charge).unwrap_or(1e6);
        section.figure("capacity", rate, &activity, &source("StorageMaxDischargeRate"));
    }
    section.raw("early-retirement", "false");
    build.write(&section);

    // What must always be left in a store is as if it were not there.
    let least = t.by_year("MinStorageCharge", &at);
    let part = 1.0 - least.iter().copied().fold(0.0, f64::max).min(1.0);
    let stands: Vec<f64> = t.by_year("ResidualStorageCapacity", &at);
    let kept = (1.0 - part) * stands.first().copied().unwrap_or(0.0);
    let start = (t.value("StorageLevelStart", &at) - kept).max(0.0);
    let mut section = Section::new(["technologies", &name, "storage"]);
    section.text("commodity", &commodity(build, storage));
    let per_energy = if part > 0.0 { 1.0 / part } else { 0.0 };
    let cost: Vec<f64> = t.by_year("CapitalCostStorage", &at).into_iter().map(|cost| cost * per_energy).collect();
    let unit = format!("{}/{}", u.money, u.energy);
    build.series(&mut section, "energy-capital-cost", &cost, &unit, &source("CapitalCostStorage"));
    let stands: Vec<f64> = stands.into_iter().map(|energy| energy * part).collect();
    if stands.iter().any(|&energy| energy > 0.0) {
        build.series(&mut section, "energy-capacity", &stands, &u.energy, &source("ResidualStorageCapacity"));
    }
    if let (Some(charge), Some(discharge)) = (charge, discharge)
        && charge != discharge
        && discharge > 0.0
    {
        section.figure("charge-ratio", charge / discharge, "", &source("StorageMaxChargeRate"));
    }
    section.text("cycle", "horizon");
    section.figure("start-level", start, &u.energy, &source("StorageLevelStart"));
    build.write(&section);
    assumed(build, region, storage);
}

/// Says which defaults a store lives on: they may give energy that nothing has made.
fn assumed(build: &mut Build, region: Member, storage: Member) {
    let t = build.tables;
    let at = [region, storage];
    let by_default: Vec<String> = ["ResidualStorageCapacity", "StorageLevelStart"]
        .iter()
        .filter(|parameter| t.rows_at(parameter, &at).next().is_none())
        .map(|parameter| format!("{parameter} = {}", default(build, parameter)))
        .collect();
    if by_default.iter().any(|text| !text.ends_with(" = 0")) {
        let name = t.name(Set::Storage, storage);
        let message = format!(
            "the tables do not say what the store {name} holds, and defaults are taken: {}",
            by_default.join(", ")
        );
        let help = "they are those of the data files of OSeMOSYS; others are given with --default StorageLevelStart=0";
        build.problems.push(crate::diagnostics::Diagnostic::warning(None, message).help(help));
    }
}

fn default(build: &Build, parameter: &str) -> f64 {
    // No member has this position, so that no row speaks for it.
    build.tables.value(parameter, &[usize::MAX])
}

/// Says what of stores is not carried over.
fn left_out(build: &mut Build) {
    let t = build.tables;
    let all = |parameter: &str, differs: &dyn Fn(&[Member], f64) -> bool| -> Vec<Value> {
        let rows = t.rows(parameter).filter(|(at, value)| differs(at, value.number));
        rows.map(|(_, value)| value).collect()
    };
    let used: Vec<Value> = t
        .rows("CapitalCostStorage")
        .chain(t.rows("ResidualStorageCapacity"))
        .filter(|(at, value)| value.number != 0.0 && !is_used(build, at[0], at[1]))
        .map(|(_, value)| value)
        .collect();
    build.left_out(
        &used,
        "no technology charges or discharges this store, and it is left out",
        "name those that do in TechnologyToStorage and TechnologyFromStorage",
    );
    let rates = all("DiscountRateStorage", &|at, rate| rate != t.value("DiscountRate", &at[..1]));
    build.left_out(
        &rates,
        "stores are charged at the discount rate, and rates of their own are left out",
        "leave the table out",
    );
    let least = all("MinStorageCharge", &|_, part| part > 0.0);
    build.left_out(
        &least,
        "what a store must always hold is left out of its size, by the greatest part of all years",
        "costs and capacity of the store are those of what can be used of it",
    );
    let lengths = split(build);
    build.left_out(
        &lengths,
        "parts of the day are as long as YearSplit says, and not as DaySplit does",
        "let DaySplit be the part of the year that one such part of one day makes up",
    );
    let days = all("DaysInDayType", &|_, days| days != 7.0);
    if t.members(Set::DayType).len() > 1 && are_used(build) {
        build.left_out(
            &days,
            "a type of day has as many days as its slices have parts of the year",
            "let YearSplit say how often it comes",
        );
    }
}

/// Lengths of parts of the day that are not those of the slices.
fn split(build: &Build) -> Vec<Value> {
    let t = build.tables;
    if !are_used(build) {
        return Vec::new();
    }
    let day = |slice: Member| {
        let same = |other: Member| {
            [("Conversionls", Set::Season), ("Conversionld", Set::DayType)].iter().all(|&(parameter, set)| {
                t.all(set).all(|at| t.value(parameter, &[slice, at]) == t.value(parameter, &[other, at]))
            })
        };
        t.all(Set::Timeslice).filter(|&other| same(other)).map(|other| build.fractions[other]).sum::<f64>()
    };
    let is_off = |at: &[Member], given: f64| {
        t.all(Set::Timeslice).filter(|&slice| t.value("Conversionlh", &[slice, at[0]]) > 0.0).any(|slice| {
            let of_day = build.fractions[slice] / day(slice) / 365.0;
            (given / of_day - 1.0).abs() > 0.05
        })
    };
    t.rows("DaySplit").filter(|(at, value)| is_off(at, value.number)).map(|(_, value)| value).collect()
}
