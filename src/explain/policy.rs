//! Which limits bind, and what a unit more would save.

use std::collections::BTreeMap;

use serde::Serialize;

use super::scene::Scene;
use crate::formulation::keys::RowKey;
use crate::model::*;
use crate::results::policies::{Limits, Setter, Shown, labels};

/// A limit that is kept with less than this part of it to spare is reached.
const REACHED: f64 = 1e-4;

/// A shadow price below this is none, as the limit's row of a program solved nearly always has a little.
const WORTHLESS: f64 = 1e-3;

/// How near an actual amount is to a limit that has a price, and to one that has none, TWh, Mt or GW.
const NEAR: f64 = 1e-3;
const NOTHING: f64 = 1e-6;

/// What becomes of a limit in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// More of it would save money.
    Binds,
    /// It is soft, and broken.
    Broken,
    /// It is reached, and more of it would save nothing.
    Reached,
    /// There is some to spare.
    Slack,
    /// It is a price, and no limit.
    Price,
}

/// A limit in a year.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LimitYear {
    /// Name, with the side where it has two; a source of finance is `finance:NAME`.
    pub policy: String,
    /// Year.
    pub year: i32,
    /// `max` or `min`.
    pub side: &'static str,
    /// The limit; none where it is a price.
    pub limit: Option<f64>,
    /// What it counts.
    pub actual: f64,
    /// Violation of a soft one.
    pub slack: f64,
    /// Unit of these.
    pub unit: String,
    /// What becomes of it.
    pub standing: Standing,
    /// Shadow price: what a unit more (of a lower limit, less) saves a year, in money of the year.
    pub price: f64,
    /// Unit of the price.
    pub price_unit: String,
    /// What it saves discounted: of a limit of a year, over the years of its period; of a budget, in all.
    pub saved: f64,
    /// Unit of that.
    pub saved_unit: String,
}

/// Gathers the limits of a solution part by part.
#[derive(Debug, Default)]
pub struct Policies {
    limits: Limits,
    growth: BTreeMap<(PolicyId, YearId), Grown>,
}

impl Policies {
    /// Adds the years of a part.
    pub fn add(&mut self, scene: &Scene) {
        self.limits.add(&scene.ledger);
        add_growth(&mut self.growth, scene);
    }

    /// All limits: policies by kind and year, sources of finance, and limits on growth.
    pub fn limits(self, model: &Model) -> Vec<LimitYear> {
        let growth = self.growth.into_iter().map(|(of, grown)| growth(model, of, grown));
        self.limits.shown(model).into_iter().map(|shown| year(model, shown)).chain(growth).collect()
    }
}

fn year(model: &Model, shown: Shown) -> LimitYear {
    let Shown { setter, upper, limit, actual, slack, price, .. } = shown;
    let counted_in = match setter {
        // A share is a fraction, and what counts for it an amount.
        Setter::Policy(id) => match model.policies[id].rule {
            Rule::Share { commodity, .. } => &model.commodities[commodity].amount_label.unit,
            _ => &shown.unit,
        },
        Setter::Source(_) => &shown.unit,
    };
    LimitYear {
        policy: shown.name,
        year: model.horizon[shown.year].year,
        side: side(upper),
        limit: limit.is_finite().then_some(limit),
        actual,
        slack,
        standing: standing(limit, actual, slack, price),
        price,
        price_unit: shown.price_unit,
        saved: shown.saved,
        saved_unit: format!("M{} per {counted_in}", model.money.currency),
        unit: shown.unit,
    }
}

fn side(upper: bool) -> &'static str {
    if upper { "max" } else { "min" }
}

fn standing(limit: f64, actual: f64, slack: f64, price: f64) -> Standing {
    let small = REACHED * limit.abs().max(actual.abs());
    // A solution to a gap comes only so near a limit that has a price, be it one of nothing.
    let least = if price.abs() > WORTHLESS { NEAR } else { NOTHING };
    match () {
        () if limit.is_infinite() => Standing::Price,
        () if slack > small => Standing::Broken,
        () if (limit - actual).abs() > small.max(least) => Standing::Slack,
        () if price.abs() > WORTHLESS => Standing::Binds,
        () => Standing::Reached,
    }
}

/// A limit on growth in a year, which has no posting: what is allowed follows from what there was before.
#[derive(Clone, Copy, Debug, Default)]
struct Grown {
    allowed: f64,
    actual: f64,
    /// What a unit more saves, discounted, and a year.
    saved: f64,
    price: f64,
}

/// Adds what a part knows of limits on growth: of those that add up over the years its own years, of others all of them.
fn add_growth(grown: &mut BTreeMap<(PolicyId, YearId), Grown>, scene: &Scene) {
    let (ledger, context) = (&scene.ledger, scene.ledger.context());
    for (id, year) in context.model.policies.ids().flat_map(|id| context.years().map(move |year| (id, year))) {
        for key in [RowKey::PolicyGrowth(id, year), RowKey::ActivityGrowth(id, year)] {
            let Some(row) = scene.program().row(key).filter(|_| key.adds_up() || context.covers(year)) else {
                continue;
            };
            let terms = scene.program().entries(row).iter().map(|&(column, a)| a * ledger.solution.value(column));
            let (now, before): (Vec<f64>, Vec<f64>) = terms.partition(|term| *term > 0.0);
            let own = grown.entry((id, year)).or_default();
            own.actual += now.iter().sum::<f64>();
            own.allowed += scene.program().rows()[row.index()].rhs - before.iter().sum::<f64>();
            own.saved = -ledger.solution.dual(row);
            own.price = own.saved / context.discount[year];
        }
    }
}

fn growth(model: &Model, (id, year): (PolicyId, YearId), grown: Grown) -> LimitYear {
    let Grown { allowed, actual, saved, price } = grown;
    let (unit, price_unit) = labels(model, Setter::Policy(id));
    LimitYear {
        policy: model.policies[id].name.clone(),
        year: model.horizon[year].year,
        side: side(true),
        limit: Some(allowed * unit.factor),
        actual: actual * unit.factor,
        slack: 0.0,
        standing: standing(allowed, actual, 0.0, price),
        price: price * price_unit.factor,
        price_unit: price_unit.unit,
        saved: saved * price_unit.factor,
        saved_unit: format!("M{} per {}", model.money.currency, unit.unit),
        unit: unit.unit,
    }
}
