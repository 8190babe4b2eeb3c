//! Policies: limits that do not hold in all years, limits on activity, emissions, reserves, and targets.

use super::build::{Build, Run, limit, runs};
use super::schema::Set;
use super::tables::{Member, Value};
use super::technologies::{Plant, greatest_tag};
use super::toml::{self, Section};

/// Writes all policies.
pub fn write(build: &mut Build, plants: &[Plant]) {
    for plant in plants {
        capacity(build, plant);
        activity(build, plant);
    }
    let t = build.tables;
    for region in t.all(Set::Region) {
        for emission in t.all(Set::Emission) {
            emissions(build, region, emission);
        }
        reserve(build, region, plants);
        renewable(build, region, plants);
    }
    let exogenous: Vec<Value> = t
        .rows("AnnualExogenousEmission")
        .filter(|(at, value)| value.number != 0.0 && t.value("AnnualEmissionLimit", at) == -1.0)
        .map(|(_, value)| value)
        .collect();
    build.left_out(
        &exogenous,
        "emissions from outside count in limits only, and this year has none",
        "add them to what is read from the results",
    );
}

/// A policy in some years.
struct Rule<'a> {
    name: String,
    kind: &'a str,
    keys: Vec<(&'a str, String)>,
    bound: &'a str,
    unit: String,
    source: String,
}

/// Writes a policy for each run of years in which it holds.
fn write_runs(build: &mut Build, rule: &Rule, found: &[Run]) {
    for run in found {
        let (Some(from), Some(to)) = (run.years.first(), run.years.last()) else { continue };
        let name = if found.len() == 1 { rule.name.clone() } else { format!("{}-{from}", rule.name) };
        let mut section = Section::new(["policies", &name]).source(&rule.source);
        section.text("kind", rule.kind);
        for (key, value) in &rule.keys {
            section.raw(key, value.clone());
        }
        if !run.is_whole {
            section.raw("from", from.to_string()).raw("to", to.to_string());
        }
        section.series(rule.bound, (&run.years, &run.values), &rule.unit, &rule.source);
        build.write(&section);
    }
}

/// Who a rule is on, and where.
fn of(build: &Build, region: Member, technologies: &[&str]) -> Vec<(&'static str, String)> {
    let mut keys = vec![("technologies", toml::list(technologies))];
    if build.is_divided() {
        keys.push(("zones", toml::list([build.zone(region)])));
    }
    keys
}

/// Limits on capacity and building that leave years out.
fn capacity(build: &mut Build, plant: &Plant) {
    let t = build.tables;
    let at = [plant.region, plant.technology];
    let unit = &plant.scale.capacity;
    for (parameter, kind, ending, unit) in [
        ("TotalAnnualMaxCapacity", "capacity-limit", "max-capacity", unit.clone()),
        ("TotalAnnualMaxCapacityInvestment", "build-limit", "max-build", format!("{unit}/yr")),
    ] {
        let most: Vec<Option<f64>> = t.by_year(parameter, &at).into_iter().map(limit).collect();
        // Limits in all years belong to the technology itself.
        if most.iter().all(Option::is_some) {
            continue;
        }
        let most: Vec<Option<f64>> = most.iter().map(|most| most.map(|most| most * plant.scale.factor)).collect();
        let rule = Rule {
            name: format!("{}-{ending}", plant.name),
            kind,
            keys: of(build, plant.region, &[&plant.name]),
            bound: "max",
            unit,
            source: t.source(parameter, &at),
        };
        write_runs(build, &rule, &runs(&build.years, &most));
    }
}

/// Limits on activity, by year and through all years.
fn activity(build: &mut Build, plant: &Plant) {
    let t = build.tables;
    let at = [plant.region, plant.technology];
    let unit = build.units.activity();
    let at_least = |value: f64| Some(value).filter(|value| *value > 0.0);
    for (parameter, bound, is_limit) in [
        ("TotalTechnologyAnnualActivityUpperLimit", "max", &limit as &dyn Fn(f64) -> Option<f64>),
        ("TotalTechnologyAnnualActivityLowerLimit", "min", &at_least),
    ] {
        let values: Vec<Option<f64>> = t.by_year(parameter, &at).into_iter().map(is_limit).collect();
        let rule = Rule {
            name: format!("{}-{bound}-activity", plant.name),
            kind: "activity-limit",
            keys: of(build, plant.region, &[&plant.name]),
            bound,
            unit: unit.clone(),
            source: t.source(parameter, &at),
        };
        write_runs(build, &rule, &runs(&build.years, &values));
    }
    for (parameter, bound, is_limit) in [
        ("TotalTechnologyModelPeriodActivityUpperLimit", "max", &limit as &dyn Fn(f64) -> Option<f64>),
        ("TotalTechnologyModelPeriodActivityLowerLimit", "min", &at_least),
    ] {
        let Some(value) = is_limit(t.value(parameter, &at)) else { continue };
        let mut section = Section::new(["policies", &format!("{}-{bound}-total-activity", plant.name)]);
        section.text("kind", "activity-budget");
        for (key, names) in of(build, plant.region, &[&plant.name]) {
            section.raw(key, names);
        }
        section.figure(bound, value, &build.units.energy, &t.source(parameter, &at));
        build.write(&section);
    }
}

/// Penalties and limits of emissions.
fn emissions(build: &mut Build, region: Member, emission: Member) {
    let (t, u) = (build.tables, build.units);
    let at = [region, emission];
    let name = build.name(region, t.name(Set::Emission, emission));
    let mut keys = vec![("pollutants", toml::list([build.emission(emission)]))];
    if build.is_divided() {
        keys.push(("zones", toml::list([build.zone(region)])));
    }
    let penalty = t.by_year("EmissionsPenalty", &at);
    if penalty.iter().any(|&price| price != 0.0) {
        let rule = Rule {
            name: format!("{name}-penalty"),
            kind: "emission-price",
            keys: keys.clone(),
            bound: "price",
            unit: format!("{}/{}", u.money, u.emission),
            source: t.source("EmissionsPenalty", &at),
        };
        let whole = Run { years: build.years.clone(), values: penalty, is_whole: true };
        write_runs(build, &rule, &[whole]);
    }
    let exogenous = t.by_year("AnnualExogenousEmission", &at);
    let most: Vec<Option<f64>> = t
        .by_year("AnnualEmissionLimit", &at)
        .into_iter()
        .zip(exogenous)
        .map(|(most, other)| limit(most).map(|most| most - other))
        .collect();
    let rule = Rule {
        name: format!("{name}-limit"),
        kind: "emission-cap",
        keys: keys.clone(),
        bound: "max",
        unit: format!("{}/yr", u.emission),
        source: t.source("AnnualEmissionLimit", &at),
    };
    write_runs(build, &rule, &runs(&build.years, &most));
    if let Some(most) = limit(t.value("ModelPeriodEmissionLimit", &at)) {
        let budget = most - t.value("ModelPeriodExogenousEmission", &at);
        let mut section = Section::new(["policies", &format!("{name}-budget")]);
        section.text("kind", "emission-budget");
        for (key, names) in keys {
            section.raw(key, names);
        }
        section.figure("budget", budget, &u.emission, &t.source("ModelPeriodEmissionLimit", &at));
        build.write(&section);
    }
}

/// Fuels of a region with a tag in any year.
fn tagged(build: &Build, parameter: &str, region: Member) -> Vec<Member> {
    let t = build.tables;
    let is_tagged = |&fuel: &Member| t.by_year(parameter, &[region, fuel]).iter().any(|&tag| tag > 0.0);
    t.all(Set::Fuel).filter(is_tagged).collect()
}

/// The reserve over the highest rate at which tagged fuels are made.
fn reserve(build: &mut Build, region: Member, plants: &[Plant]) {
    let t = build.tables;
    let margin = t.by_year("ReserveMargin", &[region]);
    let fuels = tagged(build, "ReserveMarginTagFuel", region);
    if margin.iter().all(|&margin| margin <= 0.0) || fuels.is_empty() {
        return;
    }
    let counted: Vec<&str> = plants
        .iter()
        .filter(|plant| plant.region == region)
        .filter(|plant| {
            let tags = t.by_year("ReserveMarginTagTechnology", &[region, plant.technology]);
            tags.iter().any(|&tag| tag > 0.0)
        })
        .map(|plant| plant.name.as_str())
        .collect();
    let tags: Vec<Value> =
        t.rows_at("ReserveMarginTagFuel", std::slice::from_ref(&region)).map(|(_, value)| value).collect();
    if counted.is_empty() {
        build.left_out(
            &tags,
            "no technology counts towards the reserve, and it is left out",
            "tag those that do in ReserveMarginTagTechnology",
        );
        return;
    }
    if fuels.len() > 1 {
        build.left_out(
            &tags,
            "several fuels have a reserve together, and here each has one of its own",
            "a planning reserve is for one commodity: the sum of all peaks is not asked for",
        );
    }
    let most = greatest_tag(build, region);
    for fuel in fuels {
        let tag = t.by_year("ReserveMarginTagFuel", &[region, fuel]);
        let values: Vec<Option<f64>> = margin
            .iter()
            .zip(tag)
            .map(|(margin, tag)| Some(margin * tag / most - 1.0).filter(|_| *margin > 0.0 && tag > 0.0))
            .collect();
        let mut keys = vec![("commodity", toml::text(&build.fuel(fuel))), ("peak", toml::text("supply"))];
        keys.extend(of(build, region, &counted));
        let rule = Rule {
            name: build.name(region, &format!("{}-reserve", t.name(Set::Fuel, fuel))),
            kind: "planning-reserve",
            keys,
            bound: "margin",
            unit: String::new(),
            source: t.source("ReserveMargin", &[region]),
        };
        write_runs(build, &rule, &runs(&build.years, &values));
    }
}

/// The least share of tagged technologies in what is made of the tagged fuel.
fn renewable(build: &mut Build, region: Member, plants: &[Plant]) {
    let t = build.tables;
    let target = t.by_year("REMinProductionTarget", &[region]);
    let fuels = tagged(build, "RETagFuel", region);
    if target.iter().all(|&share| share <= 0.0) || fuels.is_empty() {
        return;
    }
    let rows: Vec<Value> = t.rows_at("RETagFuel", std::slice::from_ref(&region)).map(|(_, value)| value).collect();
    let [fuel] = fuels[..] else {
        build.left_out(
            &rows,
            "a target on several fuels together is left out",
            "a share is of one commodity: write a policy for each",
        );
        return;
    };
    let is_partial = |(_, value): &(&[Member], Value)| value.number != 0.0 && value.number != 1.0;
    let partial: Vec<Value> = t
        .rows_at("RETagTechnology", std::slice::from_ref(&region))
        .chain(t.rows_at("RETagFuel", std::slice::from_ref(&region)))
        .filter(is_partial)
        .map(|(_, value)| value)
        .collect();
    build.left_out(&partial, "a tag other than 0 and 1 counts as 1", "a share counts a technology, or does not");
    let gives = |plant: &&Plant| {
        let at = [region, plant.technology, fuel];
        t.rows_at("OutputActivityRatio", &at).any(|(_, value)| value.number > 0.0)
    };
    let is_tagged =
        |plant: &&Plant| t.by_year("RETagTechnology", &[region, plant.technology]).iter().any(|&tag| tag > 0.0);
    let names = |wanted: &dyn Fn(&&Plant) -> bool| -> Vec<&str> {
        plants
            .iter()
            .filter(|plant| plant.region == region)
            .filter(gives)
            .filter(wanted)
            .map(|p| p.name.as_str())
            .collect()
    };
    let (green, all) = (names(&is_tagged), names(&|_| true));
    if green.is_empty() {
        build.left_out(
            &rows,
            "no tagged technology gives this fuel, and the target is left out",
            "tag those that do in RETagTechnology",
        );
        return;
    }
    let changes = |plant: &&Plant| {
        let tags = t.by_year("RETagTechnology", &[region, plant.technology]);
        tags.iter().any(|tag| Some(tag) != tags.first())
    };
    if plants.iter().filter(|plant| plant.region == region).filter(is_tagged).any(|plant| changes(&plant)) {
        let tags: Vec<Value> =
            t.rows_at("RETagTechnology", std::slice::from_ref(&region)).map(|(_, value)| value).collect();
        build.left_out(
            &tags,
            "a tag that changes over the years holds in all of them",
            "write a policy for each run of years",
        );
    }
    let tag = t.by_year("RETagFuel", &[region, fuel]);
    let values: Vec<Option<f64>> =
        target.iter().zip(tag).map(|(share, tag)| Some(*share).filter(|share| *share > 0.0 && tag > 0.0)).collect();
    let mut keys = vec![("commodity", toml::text(&build.fuel(fuel))), ("of", toml::list(&all))];
    keys.extend(of(build, region, &green));
    let rule = Rule {
        name: build.name(region, &format!("{}-renewable", t.name(Set::Fuel, fuel))),
        kind: "share",
        keys,
        bound: "min",
        unit: String::new(),
        source: t.source("REMinProductionTarget", &[region]),
    };
    write_runs(build, &rule, &runs(&build.years, &values));
}
