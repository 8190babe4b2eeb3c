//! Capacity: costs, life, limits and what exists, of technologies, stores and links alike.

use super::{Reader, Scope};
use crate::diagnostics::{Diagnostic, Span};
use crate::model::*;
use crate::scenario::series::Series;
use crate::scenario::targets;
use crate::units::{Content, Target};

/// A fleet before its owner is known.
#[derive(Debug)]
pub struct FleetDraft {
    /// Name for rows, columns and messages.
    pub name: String,
    /// Energy or mass.
    pub measure: Measure,
    /// Energy by volume or mass of what the capacity is counted in.
    pub content: Content,
    /// Existing and committed plants.
    pub assets: Vec<Asset>,
    /// Capacity that stands in each year besides assets, where it changes.
    pub stock: PerYear,
    /// Capital cost by year of building, where it is stated.
    pub capital_cost: Option<Series>,
    lifetime: Option<f64>,
    economic_life: Option<f64>,
    cost_of_capital: f64,
    investment: Option<Investment>,
    fixed_cost: PerYear,
    early_retirement: bool,
    min_capacity: PerYear,
    max_capacity: PerYear,
    capacity_credit: PerYear,
    /// Place of the table, of `max-capacity` and of `min-capacity`.
    places: [Span; 3],
}

/// What a tank has of its own: costs, and what of it stands besides assets.
#[derive(Clone, Debug)]
pub struct SizedTank {
    /// Capital cost by year of building.
    pub capital_cost: Series,
    /// Cost of holding it.
    pub fixed_cost: PerYear,
    /// What stands, where it is stated.
    pub capacity: Option<Series>,
}

/// What has a capacity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A technology in a zone: it can be retired early, and counts towards a reserve.
    Plant,
    /// A link: it stays, and a policy says what it counts towards a reserve.
    Link,
}

impl FleetDraft {
    /// Whether any capacity stands or can be built.
    pub fn is_used(&self) -> bool {
        !self.assets.is_empty() || self.investment.is_some() || self.stock.values().any(|&stock| stock > 0.0)
    }

    /// Technical life in years, if it is stated.
    pub fn lifetime(&self) -> Option<f64> {
        self.lifetime
    }

    /// Years over which capital is paid back, if they are stated.
    pub fn economic_life(&self) -> Option<f64> {
        self.economic_life.or(self.lifetime)
    }

    /// Reports limits on capacity that what stands breaks whatever is decided.
    pub fn check(&self, scope: &Scope) {
        for (year, milestone) in scope.horizon.iter() {
            let stands = |asset: &&Asset| asset.commissioned <= milestone.year && milestone.year < asset.retires;
            let retirable: f64 = self.assets.iter().filter(stands).map(|asset| asset.capacity).sum();
            let stock = retirable + self.stock[year];
            let can_build = self
                .investment
                .as_ref()
                .is_some_and(|terms| scope.horizon.ids().any(|built| built <= year && terms.max_build[built] > 0.0));
            // What stands in the first year stands whole; later it may be retired early.
            let can_shrink =
                self.early_retirement && year.position() > 0 && self.stock[year] <= self.max_capacity[year];
            let unit = self.measure.rate_unit();
            let about = format!("in {}, {stock} {unit} stand", milestone.year);
            if stock > self.max_capacity[year] * (1.0 + 1e-9) && !can_shrink {
                let error = Diagnostic::error(self.places[1], format!("{about}, more than `max-capacity` allows"));
                scope.desk.report(error.help("raise it, or let it begin later with a series of years"));
                return;
            }
            if stock < self.min_capacity[year] * (1.0 - 1e-9) && !can_build {
                let error = Diagnostic::error(self.places[2], format!("{about}, less than `min-capacity` asks for"));
                scope.desk.report(error.help("lower it, or let capacity be built with `capital-cost`"));
                return;
            }
        }
    }

    /// The fleet of an owner.
    pub fn settle(self, owner: Owner) -> Fleet {
        Fleet {
            owner,
            name: self.name,
            assets: self.assets,
            stock: self.stock,
            finance: Finance {
                lifetime: self.lifetime.unwrap_or(f64::INFINITY),
                economic_life: self.economic_life.or(self.lifetime).unwrap_or(f64::INFINITY),
                cost_of_capital: self.cost_of_capital,
            },
            investment: self.investment,
            fixed_cost: self.fixed_cost,
            early_retirement: self.early_retirement,
            min_capacity: self.min_capacity,
            max_capacity: self.max_capacity,
            capacity_credit: self.capacity_credit,
        }
    }
}

const POSITIVE: std::ops::RangeInclusive<f64> = f64::MIN_POSITIVE..=f64::INFINITY;
const NOT_NEGATIVE: std::ops::RangeInclusive<f64> = 0.0..=f64::INFINITY;

/// Reads the capacity of a technology or link.
pub fn read(
    reader: &Reader,
    scope: &Scope,
    name: &str,
    (measure, content): (Measure, Content),
    kind: Kind,
) -> FleetDraft {
    let series = |key, target: Target, range| reader.bounded_series(key, &target, content, range);
    let capital_cost = series("capital-cost", targets::capital_cost(measure), NOT_NEGATIVE);
    let (lifetime, economic_life) = (life(reader, "lifetime"), life(reader, "economic-life"));
    let cost_of_capital = reader.bounded("cost-of-capital", &targets::yearly_rate(), content, 0.0..=1.0);
    let build = reader.flag("build", true);
    let build_from = reader.year("build-from");
    let max_build = series("max-build", targets::build_rate(measure), NOT_NEGATIVE);
    let min_build = series("min-build", targets::build_rate(measure), NOT_NEGATIVE);
    let growth = growth(reader, measure, content);
    let investment = capital_cost.as_ref().filter(|_| build).map(|cost| {
        if reader.table().get("lifetime").is_none() {
            reader.missing("lifetime", "\"25 yr\"");
        }
        let is_open = |year: YearId| build_from.is_none_or(|from| scope.horizon[year].year >= from);
        let open = |rates: PerYear| rates.iter().map(|(year, rate)| if is_open(year) { *rate } else { 0.0 }).collect();
        let max_build: PerYear = open(scope.over(max_build, f64::INFINITY));
        let min_build: PerYear = open(scope.over(min_build, 0.0));
        if min_build.iter().any(|(year, least)| *least > max_build[year]) {
            reader.wrong("min-build", "`min-build` is above `max-build`", "lower it, or raise `max-build`");
        }
        Investment { capital_cost: cost.over(scope.horizon), max_build, min_build, growth }
    });
    let fixed_cost = scope.over(series("fixed-cost", targets::fixed_cost(measure), NOT_NEGATIVE), 0.0);
    let early_retirement = reader.flag("early-retirement", kind == Kind::Plant);
    let min_capacity = scope.over(series("min-capacity", targets::capacity(measure), NOT_NEGATIVE), 0.0);
    let max_capacity = series("max-capacity", targets::capacity(measure), NOT_NEGATIVE);
    let max_capacity = scope.over(max_capacity, f64::INFINITY);
    if let Some((year, _)) = min_capacity.iter().find(|(year, least)| **least > max_capacity[*year]) {
        let message = format!("in {} `min-capacity` is above `max-capacity`", scope.horizon[year].year);
        reader.wrong("min-capacity", message, "lower it, or raise `max-capacity`");
    }
    let capacity_credit = match kind {
        Kind::Plant => series("capacity-credit", targets::fraction(), 0.0..=1.0),
        Kind::Link => None,
    };
    let (assets, stock) = standing(scope, series("capacity", targets::capacity(measure), NOT_NEGATIVE));
    FleetDraft {
        name: name.to_owned(),
        measure,
        content,
        assets,
        stock,
        capital_cost,
        lifetime,
        economic_life,
        cost_of_capital: cost_of_capital.unwrap_or(scope.cost_of_capital),
        investment,
        fixed_cost,
        early_retirement,
        min_capacity,
        max_capacity,
        capacity_credit: scope.over(capacity_credit, 0.0),
        places: [reader.span, reader.place("max-capacity"), reader.place("min-capacity")],
    }
}

/// Capacity that stands without dates of its own: throughout as an asset, which may be retired early, or by year.
fn standing(scope: &Scope, capacity: Option<Series>) -> (Vec<Asset>, PerYear) {
    let by_year = scope.over(capacity, 0.0);
    let first = by_year.values().next().copied().unwrap_or(0.0);
    if by_year.values().any(|capacity| *capacity != first) {
        return (Vec::new(), by_year);
    }
    let throughout = (first > 0.0).then(|| Asset {
        name: "existing".to_owned(),
        title: "existing".to_owned(),
        capacity: first,
        commissioned: i32::MIN,
        retires: i32::MAX,
        capital_cost: 0.0,
        economic_life: 1.0,
    });
    (throughout.into_iter().collect(), scope.constant(0.0))
}

/// The tank of a store that is sized apart: its own costs and what stands of it, the life and limits of building of its power.
pub fn tank(power: &FleetDraft, own: SizedTank, scope: &Scope) -> FleetDraft {
    let SizedTank { capital_cost, fixed_cost, capacity } = own;
    let (assets, stock) = standing(scope, capacity);
    let investment = power.investment.as_ref().map(|terms| Investment {
        capital_cost: capital_cost.over(scope.horizon),
        max_build: terms.max_build.values().map(|rate| if *rate > 0.0 { f64::INFINITY } else { 0.0 }).collect(),
        min_build: scope.constant(0.0),
        growth: None,
    });
    FleetDraft {
        name: format!("{}:tank", power.name),
        measure: power.measure,
        content: power.content,
        assets,
        stock,
        capital_cost: Some(capital_cost),
        lifetime: power.lifetime,
        economic_life: power.economic_life,
        cost_of_capital: power.cost_of_capital,
        investment,
        fixed_cost,
        early_retirement: power.early_retirement,
        min_capacity: scope.constant(0.0),
        max_capacity: scope.constant(f64::INFINITY),
        capacity_credit: scope.constant(0.0),
        places: power.places,
    }
}

/// Least life that is read, years: capital of a plant that stands no time has no instalments.
const SHORTEST_LIFE: f64 = 0.01;

/// A life in years.
fn life(reader: &Reader, key: &'static str) -> Option<f64> {
    let life = reader.bounded(key, &targets::years(), Content::default(), POSITIVE)?;
    if life < SHORTEST_LIFE {
        let message = format!("`{key}` is shorter than {SHORTEST_LIFE} yr");
        reader.wrong(key, message, "check the number and its unit: \"30 yr\"");
        return None;
    }
    Some(life)
}

/// A growth of building per year. More than to double each year is taken, but a percentage was likely meant.
pub fn growth_rate(reader: &Reader, key: &'static str) -> Option<f64> {
    let rate = reader.bounded(key, &targets::yearly_rate(), Content::default(), 0.0..=100.0)?;
    if rate > 1.0 {
        let warning = Diagnostic::warning(reader.place(key), format!("`{key}` is {:.0} % a year", 100.0 * rate));
        reader.desk.report(warning.help("a rate is a fraction or a percentage: 20 % a year is 0.2 or \"20 %\""));
    }
    Some(rate)
}

fn growth(reader: &Reader, measure: Measure, content: Content) -> Option<Growth> {
    let rate = growth_rate(reader, "growth-rate");
    let seed = reader.bounded("growth-seed", &targets::build_rate(measure), content, NOT_NEGATIVE);
    match (reader.table().get("growth-rate"), reader.table().get("growth-seed")) {
        (Some(_), None) => reader.missing("growth-seed", "\"0.2 GW/yr\""),
        (None, Some(_)) => reader.missing("growth-rate", "0.2"),
        _ => {}
    }
    Some(Growth { rate: rate?, seed: seed? })
}
