//! Why a technology is built or not: what a unit of it would cost and earn at the prices of the solution.

use indexmap::IndexMap;
use rayon::prelude::*;
use serde::Serialize;

use super::plant::{Member, Plant, Worth, gather};
use super::reason::Reason;
use super::scene::Scene;
use crate::formulation::context::Context;
use crate::formulation::keys::ColumnKey;
use crate::model::*;

/// Part of its capital by which a unit may miss its worth and still break even: what the solver leaves.
const EVEN: f64 = 2e-3;

/// Capacity, in its unit, below which none is built: what is shown as 0, and what an interior point leaves of nothing.
pub const TRACE: f64 = 5e-4;

/// What becomes of what might be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is built.
    Built,
    /// It is built, and would earn more than it costs if there were more of it: something holds it back.
    HeldBack,
    /// It is built though it earns less than it costs: something asks for it.
    Required,
    /// It is not built, and would just break even.
    BreaksEven,
    /// It costs more than it earns.
    TooDear,
    /// It would earn more than it costs, and is not allowed.
    NotAllowed,
    /// It can not be built in this year.
    Impossible,
}

/// What might be built for a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prospect {
    /// The technology, or `link:NAME`.
    pub technology: String,
    /// Where; of a link, where it starts.
    pub zone: String,
    /// For which milestone year.
    pub year: i32,
    /// Last milestone year in which it stands.
    pub until: i32,
    /// What becomes of it.
    pub verdict: Verdict,
    /// What holds it back or asks for it, as the scenario calls it.
    pub bound: Option<&'static str>,
    /// New capacity.
    pub built: f64,
    /// Unit of capacity.
    pub capacity_unit: String,
    /// What it costs overnight, without a tank of its own.
    pub capital_cost: f64,
    /// What it might cost to break even; less than nothing where it would not be built for free.
    pub break_even: Option<f64>,
    /// Unit of both.
    pub cost_unit: String,
    /// What a unit earns (costs, if less than nothing) a year, on average over the years in which it stands, weighted by the value of money.
    pub reasons: Vec<Reason>,
    /// Their sum.
    pub margin: f64,
    /// Unit of these.
    pub yearly_unit: String,
}

impl Prospect {
    /// The part of its capital cost by which it would have to be cheaper.
    pub fn reduction(&self) -> Option<f64> {
        self.break_even.filter(|_| self.capital_cost > 0.0).map(|even| 1.0 - even / self.capital_cost)
    }
}

/// Gathers what is decided about some plants part by part.
#[derive(Debug, Default)]
pub struct Prospects {
    plants: IndexMap<Member, Plant>,
    parts: usize,
}

impl Prospects {
    /// Of some plants.
    pub fn new(members: impl IntoIterator<Item = Member>) -> Self {
        Self { plants: members.into_iter().map(|member| (member, Plant::default())).collect(), parts: 0 }
    }

    /// Adds a part.
    pub fn add(&mut self, scene: &Scene) {
        gather(&mut self.plants, scene, self.parts);
        self.parts += 1;
    }

    /// What might be built in some years.
    pub fn all(&self, context: &Context, years: &[YearId]) -> Vec<Prospect> {
        let each: Vec<(Member, &Plant, YearId)> = self
            .plants
            .iter()
            .flat_map(|(&member, plant)| years.iter().map(move |&year| (member, plant, year)))
            .collect();
        each.into_par_iter().map(|(member, plant, year)| prospect(context, member, plant, year)).collect()
    }
}

fn prospect(context: &Context, member: Member, plant: &Plant, built: YearId) -> Prospect {
    let model = context.model;
    let id = member.fleet(model);
    let fleet = &model.fleets[id];
    let vintage = context.vintages[id].iter().find(|vintage| vintage.built == built && vintage.existing.is_none());
    let last = vintage.map_or(built, |vintage| vintage.last);
    let worth = plant.worth(context, id, built);
    let capital_cost = fleet.investment.as_ref().map_or(0.0, |terms| terms.capital_cost[built]);
    let stands: Vec<YearId> = context.years().filter(|&year| built <= year && year <= last).collect();
    let (value, _) = plant.value(ColumnKey::Build(id, built)).unwrap_or_default();
    let present: f64 = stands.iter().map(|&year| context.discount[year]).sum();
    let shortfall = worth.as_ref().map(Worth::shortfall);
    let even = worth.as_ref().filter(|worth| worth.capital > 0.0);
    let (technology, zone) = names(model, member);
    let unit = model.capacity_unit(id);
    let cost_unit = cost_unit(&model.money.currency, unit);
    let free = EVEN * worth.as_ref().map_or(0.0, |worth| worth.capital).max(1e-6);
    let verdict = verdict(value, shortfall, free);
    Prospect {
        technology,
        zone,
        year: model.horizon[built].year,
        until: model.horizon[last].year,
        verdict,
        bound: match verdict {
            Verdict::HeldBack | Verdict::NotAllowed => bound(plant, id, &stands, built, true),
            Verdict::Required => bound(plant, id, &stands, built, false),
            _ => None,
        },
        built: value,
        capacity_unit: unit.to_owned(),
        capital_cost,
        break_even: even.map(|worth| capital_cost * (1.0 - worth.shortfall() / worth.capital)),
        yearly_unit: format!("{cost_unit}/yr"),
        cost_unit,
        reasons: worth.as_ref().map_or_else(Vec::new, |worth| reasons(model, worth, present)),
        margin: shortfall.map_or(0.0, |shortfall| -shortfall / present),
    }
}

fn verdict(built: f64, shortfall: Option<f64>, free: f64) -> Verdict {
    let is_built = built > TRACE;
    match shortfall {
        None => Verdict::Impossible,
        Some(shortfall) if shortfall > free => {
            if is_built {
                Verdict::Required
            } else {
                Verdict::TooDear
            }
        }
        Some(shortfall) if shortfall < -free => {
            if is_built {
                Verdict::HeldBack
            } else {
                Verdict::NotAllowed
            }
        }
        Some(_) => {
            if is_built {
                Verdict::Built
            } else {
                Verdict::BreaksEven
            }
        }
    }
}

/// The bound of its own that keeps what is built from being more (`upper`) or less, as the scenario calls it.
fn bound(plant: &Plant, fleet: FleetId, stands: &[YearId], built: YearId, upper: bool) -> Option<&'static str> {
    let is_reached = |key: ColumnKey| {
        plant.value(key).is_some_and(|(value, (least, most))| {
            let bound = if upper { most } else { least };
            bound.is_finite() && (upper || bound > 0.0) && (value - bound).abs() <= TRACE * bound.abs().max(1.0)
        })
    };
    let (build, capacity) = if upper { ("max-build", "max-capacity") } else { ("min-build", "min-capacity") };
    if is_reached(ColumnKey::Build(fleet, built)) {
        return Some(build);
    }
    stands.iter().any(|&year| is_reached(ColumnKey::Capacity(fleet, year))).then_some(capacity)
}

/// What a unit earns a year, largest first; the value at the end belongs to the capital.
fn reasons(model: &Model, worth: &Worth, present: f64) -> Vec<Reason> {
    let mut sums: IndexMap<String, f64> = IndexMap::new();
    for (&cause, cost) in &worth.costs {
        let name = if cause.is_capital() { "capital".to_owned() } else { cause.words(model) };
        *sums.entry(name).or_default() -= cost / present;
    }
    let mut reasons: Vec<Reason> = sums.into_iter().map(|(name, value)| Reason { name, value, of: None }).collect();
    reasons.sort_by(|a, b| b.value.total_cmp(&a.value));
    reasons
}

/// Name of a plant and its zone in tables.
pub fn names(model: &Model, member: Member) -> (String, String) {
    let (name, zone) = match member {
        Member::Process(process) => (model.technology_name(process).to_owned(), model.processes[process].zone),
        Member::Link(link) => (format!("link:{}", model.links[link].name), model.links[link].from),
    };
    (name, model.zones[zone].name.clone())
}

/// Unit of money per capacity: million units per GW are units per kW.
fn cost_unit(currency: &str, capacity: &str) -> String {
    match capacity.strip_prefix('G') {
        Some(unit) => format!("{currency}/k{unit}"),
        None => format!("M{currency}/({capacity})"),
    }
}
