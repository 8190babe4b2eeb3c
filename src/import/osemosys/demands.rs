//! Demands: by slice and by the year; and what brings a fuel from the one balance to the other.

use super::build::Build;
use super::frame::{Fuel, yearly_demand, yearly_name};
use super::schema::Set;
use super::tables::{Member, Value};
use super::toml::{self, Section};

/// Writes all demands.
pub fn write(build: &mut Build) {
    let t = build.tables;
    for region in t.all(Set::Region) {
        for fuel in t.all(Set::Fuel) {
            specified(build, region, fuel);
            accumulated(build, region, fuel);
        }
    }
    let profiles = |at: &[Member]| t.value("SpecifiedAnnualDemand", &[at[0], at[1], at[3]]) == 0.0;
    let idle: Vec<Value> = t
        .rows("SpecifiedDemandProfile")
        .filter(|(at, value)| value.number > 0.0 && profiles(at))
        .map(|(_, value)| value)
        .collect();
    let both: Vec<Value> = t
        .rows("AccumulatedAnnualDemand")
        .filter(|(at, value)| value.number > 0.0 && t.value("SpecifiedAnnualDemand", at) > 0.0)
        .map(|(_, value)| value)
        .collect();
    build.left_out(
        &both,
        "this fuel is demanded by slice as well, and only what the year's demand is above that is added",
        "so it is in OSeMOSYS, whose balance of the year leaves demand by slice out; write the sum of both where it is meant",
    );
    build.left_out(&idle, "this profile has no demand to share out in its year", "add a row to SpecifiedAnnualDemand");
}

/// A demand with a profile. Where the profile changes over the years there is one demand for each profile, which is 0 in all other years;
/// or one for each slice, if these are fewer.
fn specified(build: &mut Build, region: Member, fuel: Member) {
    let t = build.tables;
    let annual = t.by_year("SpecifiedAnnualDemand", &[region, fuel]);
    if annual.iter().all(|&amount| amount == 0.0) {
        return;
    }
    let mut profiles: Vec<Vec<f64>> = Vec::new();
    let mut amounts: Vec<Vec<f64>> = Vec::new();
    let mut idle = Vec::new();
    for (year, &amount) in annual.iter().enumerate() {
        let shares: Vec<f64> = t
            .all(Set::Timeslice)
            .map(|slice| t.value("SpecifiedDemandProfile", &[region, fuel, slice, year]))
            .collect();
        let sum: f64 = shares.iter().sum();
        if amount > 0.0 && sum <= 0.0 {
            idle.extend(t.rows_at("SpecifiedAnnualDemand", &[region, fuel, year]).map(|(_, value)| value));
        }
        if amount <= 0.0 || sum <= 0.0 {
            continue;
        }
        let position = profiles.iter().position(|known| *known == shares).unwrap_or_else(|| {
            profiles.push(shares);
            amounts.push(vec![0.0; annual.len()]);
            profiles.len() - 1
        });
        // The shares are parts of the yearly amount, whatever they sum to.
        let whole = if (sum - 1.0).abs() < 1e-9 { 1.0 } else { sum };
        amounts[position][year] = amount * whole;
    }
    build.left_out(
        &idle,
        "this demand has no profile in its year, and is left out",
        "say in SpecifiedDemandProfile what falls on each slice",
    );
    let slices = build.fractions.len();
    if profiles.len() > slices {
        (profiles, amounts) = by_slice(&profiles, &amounts, slices);
    }
    let name = build.name(region, t.name(Set::Fuel, fuel));
    let is_only = profiles.len() == 1;
    for (number, (profile, amounts)) in profiles.iter().zip(&amounts).enumerate() {
        let name = if is_only { name.clone() } else { format!("{name}-{}", number + 1) };
        let profile_name = format!("{name}-demand");
        let mut section = Section::new(["profiles", &profile_name]);
        let shares: Vec<String> = profile
            .iter()
            .enumerate()
            .map(|(slice, &share)| format!("{} = {}", toml::key(&build.slice(slice)), toml::number(share)))
            .collect();
        section.raw("shares", format!("{{ {} }}", shares.join(", ")));
        section.text("source", &t.source("SpecifiedDemandProfile", &[region, fuel]));
        build.write(&section);
        let source = t.source("SpecifiedAnnualDemand", &[region, fuel]);
        let commodity = build.fuel(fuel);
        demand(build, &name, region, &commodity, (amounts, &source), Some(&profile_name));
    }
}

/// The same demands with one profile for each slice, on which all of it falls.
fn by_slice(profiles: &[Vec<f64>], amounts: &[Vec<f64>], slices: usize) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let years = amounts.first().map_or(0, Vec::len);
    let only = |slice: usize| (0..slices).map(|other| if other == slice { 1.0 } else { 0.0 }).collect();
    let amount = |slice: usize, year: usize| -> f64 {
        let share = |profile: &Vec<f64>| profile[slice] / profile.iter().sum::<f64>();
        profiles.iter().zip(amounts).map(|(profile, amounts)| share(profile) * amounts[year]).sum()
    };
    let amounts = (0..slices).map(|slice| (0..years).map(|year| amount(slice, year)).collect()).collect();
    ((0..slices).map(only).collect(), amounts)
}

fn accumulated(build: &mut Build, region: Member, fuel: Member) {
    let t = build.tables;
    let annual = yearly_demand(build, region, fuel);
    if annual.iter().all(|&amount| amount == 0.0) {
        return;
    }
    let source = t.source("AccumulatedAnnualDemand", &[region, fuel]);
    let name = build.name(region, t.name(Set::Fuel, fuel));
    if !Fuel::of(build, fuel).has_yearly_part() {
        let commodity = build.fuel(fuel);
        demand(build, &name, region, &commodity, (&annual, &source), None);
        return;
    }
    let (from, to) = (build.fuel(fuel), yearly_name(build, fuel));
    let mut section = Section::new(["technologies", &format!("{name}-to-yearly")])
        .comment(format!("Brings {from} to where it is asked for by the year."));
    build.place(&mut section, region);
    section.raw("inputs", toml::list([&from])).raw("outputs", toml::list([&to]));
    section.figure(
        "capital-cost",
        0.0,
        &format!("{}/({})", build.units.money, build.units.activity()),
        "costs nothing",
    );
    section.figure("lifetime", 1.0, "yr", "costs nothing").raw("early-retirement", "false");
    build.write(&section);
    demand(build, &format!("{name}-yearly"), region, &to, (&annual, &source), None);
}

fn demand(
    build: &mut Build,
    name: &str,
    region: Member,
    commodity: &str,
    (annual, source): (&[f64], &str),
    profile: Option<&str>,
) {
    let mut section = Section::new(["demands", name]);
    section.text("zone", &build.zone(region)).text("commodity", commodity);
    if let Some(profile) = profile {
        section.text("profile", profile);
    }
    build.series(&mut section, "annual", annual, &build.units.activity(), source);
    build.write(&section);
}
