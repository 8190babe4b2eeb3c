//! Technologies: what they take and give, what they cost, and when they run.

use super::build::{Build, limit};
use super::options::Scale;
use super::schema::Set;
use super::storages;
use super::tables::{Member, Value};
use super::toml::{self, Section};

/// A technology in a region, with the modes in which it takes or gives anything.
#[derive(Clone, Debug)]
pub struct Plant {
    /// The region.
    pub region: Member,
    /// The technology.
    pub technology: Member,
    /// Its name in the scenario.
    pub name: String,
    /// The modes.
    pub modes: Vec<Member>,
    /// How its capacity is written.
    pub scale: Scale,
}

/// All technologies in all regions that take or give anything.
pub fn plants(build: &Build) -> Vec<Plant> {
    let t = build.tables;
    let mut found = Vec::new();
    for region in t.all(Set::Region) {
        for technology in t.all(Set::Technology) {
            let modes: Vec<Member> =
                t.all(Set::Mode).filter(|&mode| has_flows(build, region, technology, mode)).collect();
            if !modes.is_empty() {
                let to_activity = t.value("CapacityToActivityUnit", &[region, technology]) * build.whole;
                let (name, scale) = (build.technology(region, technology), build.units.scale(to_activity));
                found.push(Plant { region, technology, name, modes, scale });
            }
        }
    }
    found
}

fn has_flows(build: &Build, region: Member, technology: Member, mode: Member) -> bool {
    let t = build.tables;
    let of_fuels = ["InputActivityRatio", "OutputActivityRatio"].iter().any(|parameter| {
        let first = [region, technology];
        t.rows_at(parameter, &first).any(|(at, value)| at.get(3) == Some(&mode) && value.number != 0.0)
    });
    of_fuels || storages::touched(build, region, technology, mode).next().is_some()
}

/// Writes all technologies.
pub fn write(build: &mut Build, plants: &[Plant]) {
    for plant in plants {
        one(build, plant);
    }
    left_out(build, plants);
}

fn one(build: &mut Build, plant: &Plant) {
    let (t, u) = (build.tables, build.units);
    let at = [plant.region, plant.technology];
    let Scale { capacity, per_capacity, factor } = &plant.scale;
    let mut section = Section::new(["technologies", &plant.name]);
    build.place(&mut section, plant.region);
    let yearly = |parameter: &str, factor: f64| -> Vec<f64> {
        t.by_year(parameter, &at).into_iter().map(|value| value * factor).collect()
    };
    let source = |parameter: &str| t.source(parameter, &at);
    let life = t.value("OperationalLife", &at);
    // What gives nothing is worth nothing; a unit of capacity without activity has no size here.
    let per_unit = if *factor > 0.0 { 1.0 / factor } else { 0.0 };
    if life > 0.0 && *factor > 0.0 {
        let cost = yearly("CapitalCost", per_unit);
        build.series(
            &mut section,
            "capital-cost",
            &cost,
            &format!("{}/{per_capacity}", u.money),
            &source("CapitalCost"),
        );
        section.figure("lifetime", life, "yr", &source("OperationalLife"));
    }
    let stock = yearly("ResidualCapacity", *factor);
    if stock.iter().any(|&stands| stands > 0.0) {
        build.series(&mut section, "capacity", &stock, capacity, &source("ResidualCapacity"));
    }
    section.raw("early-retirement", "false");
    let fixed = yearly("FixedCost", per_unit);
    if fixed.iter().any(|&cost| cost != 0.0) {
        build.series(
            &mut section,
            "fixed-cost",
            &fixed,
            &format!("{}/{per_capacity}/yr", u.money),
            &source("FixedCost"),
        );
    }
    limits(build, plant, &mut section);
    availability(build, plant, &mut section);
    let credit = credit(build, plant);
    if credit.iter().any(|&part| part > 0.0) {
        build.series(&mut section, "capacity-credit", &credit, "", &source("ReserveMarginTagTechnology"));
    }
    if plant.modes.iter().any(|&mode| changes(build, plant, mode)) {
        section.text("coefficients", "operation");
    }
    if let [mode] = plant.modes[..] {
        self::mode(build, plant, mode, &mut section);
        build.write(&section);
        return;
    }
    build.write(&section);
    for &mode in &plant.modes {
        let name = format!("mode-{}", t.name(Set::Mode, mode));
        let mut section = Section::new(["technologies", &plant.name, "modes", &name]);
        self::mode(build, plant, mode, &mut section);
        build.write(&section);
    }
}

/// Limits on capacity and building that hold in all years; others become policies.
fn limits(build: &Build, plant: &Plant, section: &mut Section) {
    let t = build.tables;
    let at = [plant.region, plant.technology];
    let Scale { capacity, factor, .. } = &plant.scale;
    let building = format!("{capacity}/yr");
    let most = [
        ("max-capacity", "TotalAnnualMaxCapacity", capacity),
        ("max-build", "TotalAnnualMaxCapacityInvestment", &building),
    ];
    for (key, parameter, unit) in most {
        let values = t.by_year(parameter, &at);
        if values.iter().all(|&value| limit(value).is_some()) {
            let values: Vec<f64> = values.into_iter().map(|value| value * factor).collect();
            build.series(section, key, &values, unit, &t.source(parameter, &at));
        }
    }
    let least = [
        ("min-capacity", "TotalAnnualMinCapacity", capacity),
        ("min-build", "TotalAnnualMinCapacityInvestment", &building),
    ];
    for (key, parameter, unit) in least {
        let values: Vec<f64> = t.by_year(parameter, &at).into_iter().map(|value| value * factor).collect();
        if values.iter().any(|&value| value > 0.0) {
            build.series(section, key, &values, unit, &t.source(parameter, &at));
        }
    }
}

/// When a technology can run: its capacity factor by slice, and its yearly average.
fn availability(build: &mut Build, plant: &Plant, section: &mut Section) {
    let t = build.tables;
    let at = [plant.region, plant.technology];
    let by_year: Vec<Vec<f64>> = t
        .all(Set::Year)
        .map(|year| {
            t.all(Set::Timeslice).map(|slice| t.value("CapacityFactor", &[at[0], at[1], slice, year])).collect()
        })
        .collect();
    let source = t.source("CapacityFactor", &at);
    let shape = Shape::of(&by_year);
    for (number, profile) in shape.profiles.iter().enumerate() {
        let values: Vec<String> = profile
            .iter()
            .enumerate()
            .map(|(slice, &value)| format!("{} = {}", toml::key(&build.slice(slice)), toml::number(value)))
            .collect();
        let mut table = Section::new(["profiles", &shape.name(&plant.name, number)]).source(&source);
        table.raw("slices", format!("{{ {} }}", values.join(", ")));
        build.write(&table);
    }
    if let [_] = shape.profiles[..] {
        section.text("profile", &plant.name);
    } else if !shape.profiles.is_empty() {
        let years = build.years.iter().zip(&shape.by_year);
        let mut before = None;
        let mut names = Vec::new();
        for (year, &number) in years.filter(|(_, number)| before.replace(**number) != Some(**number)) {
            names.push(format!("{year} = {}", toml::text(&shape.name(&plant.name, number))));
        }
        section.raw("profile", format!("{{ {} }}", names.join(", ")));
    }
    if shape.factor.iter().any(|&factor| factor != 1.0) {
        build.series(section, "availability", &shape.factor, "", &source);
    }
    let yearly = t.by_year("AvailabilityFactor", &at);
    if yearly.iter().any(|&part| part < 1.0) {
        let mean =
            |slices: &Vec<f64>| slices.iter().zip(&build.fractions).map(|(value, part)| value * part).sum::<f64>();
        let most: Vec<f64> = by_year.iter().zip(&yearly).map(|(slices, part)| mean(slices) * part.min(1.0)).collect();
        build.series(section, "max-annual-factor", &most, "", &t.source("AvailabilityFactor", &at));
    }
}

/// Factors by slice and year as a factor by year times a profile.
struct Shape {
    factor: Vec<f64>,
    /// None: the same in all slices.
    profiles: Vec<Vec<f64>>,
    /// Which of the profiles is that of a year.
    by_year: Vec<usize>,
}

impl Shape {
    fn of(by_year: &[Vec<f64>]) -> Self {
        let most = |slices: &Vec<f64>| slices.iter().copied().fold(0.0, f64::max);
        let peaks: Vec<f64> = by_year.iter().map(most).collect();
        let none = vec![0; by_year.len()];
        if by_year.iter().zip(&peaks).all(|(slices, &peak)| slices.iter().all(|&value| value == peak)) {
            return Self { factor: peaks, profiles: Vec::new(), by_year: none };
        }
        // One profile that grows or shrinks, if that is all.
        let of_peak = |(slices, peak): (&Vec<f64>, &f64)| -> Vec<f64> {
            slices.iter().map(|value| if *peak > 0.0 { value / peak } else { 0.0 }).collect()
        };
        let shapes: Vec<Vec<f64>> = by_year.iter().zip(&peaks).map(of_peak).collect();
        let model = shapes.iter().zip(&peaks).find(|(_, peak)| **peak > 0.0).map(|(shape, _)| shape.clone());
        let is_same = |(shape, peak): (&Vec<f64>, &f64)| {
            *peak == 0.0
                || model.iter().all(|model| shape.iter().zip(model).all(|(value, of)| (value - of).abs() < 1e-12))
        };
        let first = by_year.first().cloned().unwrap_or_default();
        let is_constant = by_year.iter().all(|slices| *slices == first);
        if !is_constant && shapes.iter().zip(&peaks).all(is_same) {
            return Self { factor: peaks, profiles: model.into_iter().collect(), by_year: none };
        }
        // Else the profiles stay as they are in the tables.
        let mut profiles: Vec<Vec<f64>> = Vec::new();
        let mut numbers = Vec::new();
        for slices in by_year {
            numbers.push(profiles.iter().position(|known| known == slices).unwrap_or_else(|| {
                profiles.push(slices.clone());
                profiles.len() - 1
            }));
        }
        Self { factor: vec![1.0; by_year.len()], profiles, by_year: numbers }
    }

    /// Name of a profile of a plant.
    fn name(&self, plant: &str, number: usize) -> String {
        if self.profiles.len() == 1 { plant.to_owned() } else { format!("{plant}-{}", number + 1) }
    }
}

/// Part of the capacity that counts towards a reserve; all tags of a region together are at most 1.
fn credit(build: &Build, plant: &Plant) -> Vec<f64> {
    let most = greatest_tag(build, plant.region);
    let tags = build.tables.by_year("ReserveMarginTagTechnology", &[plant.region, plant.technology]);
    tags.into_iter().map(|tag| tag / most).collect()
}

/// The greatest tag of a technology in a region, and at least 1: what credits are parts of.
pub fn greatest_tag(build: &Build, region: Member) -> f64 {
    let tags = build.tables.rows_at("ReserveMarginTagTechnology", std::slice::from_ref(&region));
    tags.map(|(_, value)| value.number).fold(1.0, f64::max)
}

/// Whether what a mode takes, gives or releases changes over the years.
fn changes(build: &Build, plant: &Plant, mode: Member) -> bool {
    let t = build.tables;
    let changes = |values: Vec<f64>| values.iter().any(|value| Some(value) != values.first());
    let at = |third: Member| [plant.region, plant.technology, third, mode];
    let of_fuels = ["InputActivityRatio", "OutputActivityRatio"]
        .iter()
        .any(|parameter| t.all(Set::Fuel).any(|fuel| changes(t.by_year(parameter, &at(fuel)))));
    of_fuels || t.all(Set::Emission).any(|emission| changes(t.by_year("EmissionActivityRatio", &at(emission))))
}

/// What a mode takes, gives, releases and costs.
fn mode(build: &Build, plant: &Plant, mode: Member, section: &mut Section) {
    let (t, u) = (build.tables, build.units);
    let first = [plant.region, plant.technology];
    let at = |third: Member| [plant.region, plant.technology, third, mode];
    for (key, parameter, of_storage) in [
        ("inputs", "InputActivityRatio", "TechnologyFromStorage"),
        ("outputs", "OutputActivityRatio", "TechnologyToStorage"),
    ] {
        let mut ratios = Vec::new();
        let mut sources = Vec::new();
        for fuel in t.all(Set::Fuel) {
            let values = t.by_year(parameter, &at(fuel));
            if values.iter().any(|&ratio| ratio != 0.0) {
                ratios.push((build.fuel(fuel), values, String::new()));
                sources = vec![t.source(parameter, &first)];
            }
        }
        for storage in t.all(Set::Storage) {
            let ratio = t.value(of_storage, &at(storage));
            if ratio > 0.0 {
                let ratios_by_year = vec![ratio; build.years.len()];
                ratios.push((storages::commodity(build, storage), ratios_by_year, String::new()));
                sources.push(format!("imported from {of_storage}.csv"));
            }
        }
        if !ratios.is_empty() {
            section.figures(key, &build.years, &ratios, &sources.join(", "));
        }
    }
    let unit = format!("{}/{}", u.emission, u.energy);
    let emissions: Vec<(String, Vec<f64>, String)> = t
        .all(Set::Emission)
        .map(|emission| (build.emission(emission), t.by_year("EmissionActivityRatio", &at(emission)), unit.clone()))
        .filter(|(_, values, _)| values.iter().any(|&value| value != 0.0))
        .collect();
    if !emissions.is_empty() {
        section.figures("emissions", &build.years, &emissions, &t.source("EmissionActivityRatio", &first));
    }
    let cost = t.by_year("VariableCost", &[plant.region, plant.technology, mode]);
    if cost.iter().any(|&cost| cost != 0.0) {
        let source = t.source("VariableCost", &[plant.region, plant.technology, mode]);
        build.series(section, "variable-cost", &cost, &format!("{}/{}", u.money, u.energy), &source);
    }
}

/// Says what of technologies is not carried over.
fn left_out(build: &mut Build, plants: &[Plant]) {
    let t = build.tables;
    let is_plant = |at: &[Member]| plants.iter().any(|plant| at.starts_with(&[plant.region, plant.technology]));
    let costs: Vec<Value> = ["CapitalCost", "FixedCost", "ResidualCapacity"]
        .iter()
        .flat_map(|parameter| t.rows(parameter))
        .filter(|(at, value)| value.number != 0.0 && !is_plant(at))
        .map(|(_, value)| value)
        .collect();
    build.left_out(
        &costs,
        "this technology takes and gives no fuel in its region, and is left out",
        "give it an InputActivityRatio or an OutputActivityRatio",
    );
    let lives = |at: &[Member], value: Value| {
        let has_mode = |plant: &Plant| plant.modes.iter().any(|mode| at.get(3) == Some(mode));
        value.number != 0.0 && !plants.iter().any(|p| at.starts_with(&[p.region, p.technology]) && has_mode(p))
    };
    let emissions: Vec<Value> =
        t.rows("EmissionActivityRatio").filter(|(at, value)| lives(at, *value)).map(|(_, value)| value).collect();
    build.left_out(
        &emissions,
        "emissions of a mode that takes and gives nothing are left out",
        "give the mode an InputActivityRatio or an OutputActivityRatio",
    );
    let units: Vec<Value> =
        t.rows("CapacityOfOneTechnologyUnit").map(|(_, value)| value).filter(|value| value.number != 0.0).collect();
    build.left_out(
        &units,
        "capacity is built in any amount, and not in whole units",
        "the scenario costs at most as much as with whole units",
    );
    let rate = |region: Member| t.value("DiscountRate", &[region]);
    let rates: Vec<Value> =
        t.rows("DiscountRateIdv").filter(|(at, value)| value.number != rate(at[0])).map(|(_, value)| value).collect();
    build.left_out(
        &rates,
        "capital is charged at the discount rate, and rates of single technologies are left out",
        "with accounting = \"annuity\" a technology can have a `cost-of-capital` of its own",
    );
}
