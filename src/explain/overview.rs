//! A solution at a glance: limits that bind, what is nearest to being built, and who sets prices.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plant::Member;
use super::policy::{LimitYear, Policies, Standing};
use super::price::Prices;
use super::scene::Scene;
use super::setters::{Setter, Setters};
use super::technology::{Prospect, Prospects, Verdict};
use crate::formulation::context::Context;
use crate::model::*;

/// A solution at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overview {
    /// Limits that bind or are broken, by year.
    pub limits: Vec<LimitYear>,
    /// Of each technology and zone that is never built the year in which least is lacking; those that lack least first.
    pub nearest: Vec<Prospect>,
    /// Who sets the prices of commodities, by the money that is paid for them.
    pub prices: Vec<Carrier>,
}

/// Who sets the prices of a commodity over the years and zones of the country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Carrier {
    /// The commodity.
    pub commodity: String,
    /// By the part of demand (or use) for which they do.
    pub setters: Vec<Setter>,
    /// Unit of prices.
    pub unit: String,
}

/// Gathers an overview part by part.
#[derive(Debug)]
pub struct Gathered {
    policies: Policies,
    prospects: Prospects,
    setters: BTreeMap<CommodityId, Setters>,
}

impl Gathered {
    /// Of a model.
    pub fn new(model: &Model) -> Self {
        let buildable = model.fleets.iter().filter(|(_, fleet)| fleet.investment.is_some());
        let mut members: Vec<Member> = buildable.map(|(id, _)| Member::of(model, id)).collect();
        members.dedup();
        Self { policies: Policies::default(), prospects: Prospects::new(members), setters: BTreeMap::new() }
    }

    /// Adds a part.
    pub fn add(&mut self, scene: &Scene) {
        self.policies.add(scene);
        self.prospects.add(scene);
        let (model, prices) = (scene.ledger.model(), Prices::new(scene));
        for year in scene.ledger.context().covered() {
            for (zone, _) in model.zones.iter().filter(|(_, zone)| !zone.external) {
                for (commodity, _) in model.commodities.iter().filter(|(_, c)| c.price.is_none()) {
                    for (name, amount, paid) in prices.roots((year, zone, commodity)) {
                        self.setters.entry(commodity).or_default().add(name, amount, paid);
                    }
                }
            }
        }
    }

    /// The overview.
    pub fn overview(self, context: &Context) -> Overview {
        let model = context.model;
        let mut limits = self.policies.limits(model);
        limits.retain(|limit| matches!(limit.standing, Standing::Binds | Standing::Broken));
        let mut priced: Vec<_> = self.setters.into_iter().filter(|(_, setters)| setters.paid() > 0.0).collect();
        priced.sort_by(|(_, a), (_, b)| b.paid().total_cmp(&a.paid()));
        let carrier = |(id, setters): (CommodityId, Setters)| Carrier {
            commodity: model.commodities[id].name.clone(),
            setters: setters.ranked(),
            unit: model.commodities[id].price_label.unit.clone(),
        };
        let years: Vec<YearId> = context.years().collect();
        let nearest = nearest(self.prospects.all(context, &years));
        Overview { limits, nearest, prices: priced.into_iter().map(carrier).collect() }
    }
}

/// Of each plant that is never built the year in which it is nearest to it.
fn nearest(prospects: Vec<Prospect>) -> Vec<Prospect> {
    let mut best: BTreeMap<(String, String), Option<Prospect>> = BTreeMap::new();
    for prospect in prospects {
        let is_built = matches!(prospect.verdict, Verdict::Built | Verdict::HeldBack | Verdict::Required);
        let known = best.entry((prospect.technology.clone(), prospect.zone.clone()));
        let known = known.or_insert_with(|| Some(prospect.clone()));
        let lacks = |prospect: &Prospect| prospect.reduction().unwrap_or(f64::INFINITY);
        if is_built {
            *known = None;
        } else if known.as_ref().is_some_and(|known| lacks(&prospect) < lacks(known)) {
            *known = Some(prospect);
        }
    }
    let mut nearest: Vec<Prospect> =
        best.into_values().flatten().filter(|prospect| prospect.reduction().is_some()).collect();
    nearest.sort_by(|a, b| a.reduction().unwrap_or_default().total_cmp(&b.reduction().unwrap_or_default()));
    nearest
}
