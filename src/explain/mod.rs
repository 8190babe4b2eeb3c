//! A solved scenario explained: what sets a price, which limits bind and what a unit more would save, and why something is not built.
//!
//! All of it is read from the duals of the program. They explain one solution: where a program has several of the same cost, there are
//! other explanations as good.

mod offer;
mod overview;
mod plant;
mod policy;
mod price;
mod question;
mod reason;
mod scene;
mod setters;
mod technology;
pub mod terminal;

pub use overview::{Carrier, Overview};
pub use plant::Member;
pub use policy::{LimitYear, Standing};
pub use price::{Setting, Shown, SlicePrice, YearPrice};
pub use question::{Narrowed, Question, Unanswerable};
pub use reason::{Bought, Reason};
pub use setters::Setter;
pub use technology::{Prospect, Verdict};

use serde::Serialize;

use crate::formulation::Parts as _;
use crate::formulation::context::Context;
use crate::model::{YearId, ZoneId};
use crate::run::Solved;
use overview::Gathered;
use policy::Policies;
use price::Prices;
use scene::Scene;
use technology::Prospects;

/// What is answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// All at a glance.
    Overview(Overview),
    /// What sets prices over years.
    Prices(Vec<YearPrice>),
    /// What sets prices in a step of a balance.
    Slices(Vec<SlicePrice>),
    /// What a limit does, by year.
    Policy(Vec<LimitYear>),
    /// What might be built, by zone and year.
    Technology(Vec<Prospect>),
}

/// Answers a question about a solution.
pub fn answer(solved: &Solved, question: &Question) -> Answer {
    let (model, grid) = (solved.formulations.model, solved.formulations.grid);
    match question {
        Question::Overview => {
            let mut gathered = Gathered::new(model);
            each_scene(solved, None, |scene| gathered.add(scene));
            Answer::Overview(gathered.overview(&Context::whole(model, grid)))
        }
        Question::Year(commodity, zones, years) => {
            Answer::Prices(by_zone(solved, zones, years, |prices, zone, year| prices.year((year, zone, *commodity))))
        }
        Question::Slice(commodity, zones, years, bucket) => {
            Answer::Slices(by_zone(solved, zones, years, |prices, zone, year| {
                prices.slice((year, zone, *commodity), *bucket)
            }))
        }
        Question::Policy(name) => {
            let mut policies = Policies::default();
            each_scene(solved, None, |scene| policies.add(scene));
            let mut limits = policies.limits(model);
            limits.retain(|limit| {
                limit.policy.strip_prefix(name).is_some_and(|side| matches!(side, "" | ":min" | ":max"))
            });
            Answer::Policy(limits)
        }
        Question::Technology(members, years) => {
            let mut prospects = Prospects::new(members.iter().copied());
            each_scene(solved, None, |scene| prospects.add(scene));
            Answer::Technology(prospects.all(&Context::whole(model, grid), years))
        }
    }
}

/// Shows each part of a solution, or those that cover some years.
fn each_scene(solved: &Solved, years: Option<&[YearId]>, mut show: impl FnMut(&Scene)) {
    let formulations = &solved.formulations;
    let is_year = formulations.count() > 1;
    for ((number, solution), year) in solved.solutions.iter().enumerate().zip(formulations.model.horizon.ids()) {
        if !is_year || years.is_none_or(|years| years.contains(&year)) {
            formulations.show(number, |formulation| show(&Scene::new(formulation, solution)));
        }
    }
}

/// Answers for zones and years, zone by zone.
fn by_zone<T>(
    solved: &Solved,
    zones: &[ZoneId],
    years: &[YearId],
    explain: impl Fn(&Prices, ZoneId, YearId) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    each_scene(solved, Some(years), |scene| {
        let prices = Prices::new(scene);
        for &year in years.iter().filter(|&&year| scene.ledger.context().covers(year)) {
            for &zone in zones {
                found.extend(explain(&prices, zone, year).map(|answer| (zone, year, answer)));
            }
        }
    });
    found.sort_by_key(|&(zone, year, _)| (zone, year));
    found.into_iter().map(|(.., answer)| answer).collect()
}
