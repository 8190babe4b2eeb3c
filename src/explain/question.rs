//! What is asked, with the names of a scenario.

use super::plant::Member;
use super::technology::names;
use crate::diagnostics::nearest;
use crate::model::*;
use crate::time::{Bucket, TimeGrid};

/// What is asked of a solution.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// All at a glance.
    Overview,
    /// What sets the prices of a commodity over years.
    Year(CommodityId, Vec<ZoneId>, Vec<YearId>),
    /// What sets the price of a commodity in a step of its balance.
    Slice(CommodityId, Vec<ZoneId>, Vec<YearId>, Bucket),
    /// What a limit does: of a policy, or of a source of finance (`finance:NAME`).
    Policy(String),
    /// Why some plants are built or not.
    Technology(Vec<Member>, Vec<YearId>),
}

/// A question as it is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Narrowed<'a> {
    /// A zone; all without it.
    pub zone: Option<&'a str>,
    /// A milestone year; all without it.
    pub year: Option<i32>,
    /// A step of the balance; the whole year without it.
    pub slice: Option<&'a str>,
}

/// A question that a scenario can not be asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}\nhelp: {help}")]
pub struct Unanswerable {
    message: String,
    help: String,
}

impl Unanswerable {
    /// A name that is none of those known.
    fn unknown(kind: &str, name: &str, known: &[String]) -> Self {
        let help = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "the scenario has none".to_owned(),
            None => format!("there are {}", known.join(", ")),
        };
        let message = match name {
            "" => format!("a {kind} is to be named"),
            name => format!("the scenario has no {kind} `{name}`"),
        };
        Self { message, help }
    }
}

/// Position of a name among those known.
fn find(kind: &str, name: &str, known: &[String]) -> Result<usize, Unanswerable> {
    known.iter().position(|other| other == name).ok_or_else(|| Unanswerable::unknown(kind, name, known))
}

impl Question {
    /// What sets the price of a commodity.
    ///
    /// # Errors
    /// Names that the scenario does not have, and a commodity that is bought at a fixed price.
    pub fn price(model: &Model, grid: &TimeGrid, commodity: &str, by: Narrowed) -> Result<Self, Unanswerable> {
        let known: Vec<String> = model.commodities.values().map(|c| c.name.clone()).collect();
        let id = CommodityId::new(find("commodity", commodity, &known)?);
        let c = &model.commodities[id];
        if c.price.is_some() {
            let message = format!("{commodity} is bought at a fixed price, which nothing in the scenario sets");
            let help = format!("`altyn show SCENARIO.toml commodities.{commodity}` shows it");
            return Err(Unanswerable { message, help });
        }
        let (zones, years) = (zones(model, by.zone)?, years(model, by.year)?);
        let Some(slice) = by.slice else { return Ok(Self::Year(id, zones, years)) };
        let buckets = grid.buckets(c.resolution);
        let known: Vec<String> = buckets.iter().map(|&bucket| grid.name(bucket).to_owned()).collect();
        Ok(Self::Slice(id, zones, years, buckets[find("slice", slice, &known)?]))
    }

    /// What a limit does.
    ///
    /// # Errors
    /// A name that is none of a policy or a source of finance.
    pub fn policy(model: &Model, name: &str) -> Result<Self, Unanswerable> {
        let sources = model.finance.values().map(|source| format!("finance:{}", source.name));
        let known: Vec<String> = model.policies.values().map(|policy| policy.name.clone()).chain(sources).collect();
        find("policy", name, &known)?;
        Ok(Self::Policy(name.to_owned()))
    }

    /// Why a technology, or a link (`link:NAME`), is built or not.
    ///
    /// # Errors
    /// Names that the scenario does not have.
    pub fn technology(model: &Model, name: &str, by: Narrowed) -> Result<Self, Unanswerable> {
        let processes = model.processes.ids().map(Member::Process);
        let members: Vec<Member> = processes.chain(model.links.ids().map(Member::Link)).collect();
        let mut known: Vec<String> = members.iter().map(|&member| names(model, member).0).collect();
        known.dedup();
        find("technology", name, &known)?;
        let here = zones(model, by.zone)?;
        let is_meant = |member: &Member| {
            let (own, zone) = names(model, *member);
            own == name && here.iter().any(|&id| model.zones[id].name == zone)
        };
        let found: Vec<Member> = members.into_iter().filter(is_meant).collect();
        if found.is_empty() {
            let message = format!("there is no {name} in {}", by.zone.unwrap_or_default());
            return Err(Unanswerable { message, help: "without --zone it is explained in all its zones".to_owned() });
        }
        Ok(Self::Technology(found, years(model, by.year)?))
    }
}

fn zones(model: &Model, name: Option<&str>) -> Result<Vec<ZoneId>, Unanswerable> {
    let Some(name) = name else { return Ok(model.zones.ids().collect()) };
    let known: Vec<String> = model.zones.values().map(|zone| zone.name.clone()).collect();
    Ok(vec![ZoneId::new(find("zone", name, &known)?)])
}

fn years(model: &Model, year: Option<i32>) -> Result<Vec<YearId>, Unanswerable> {
    let Some(year) = year else { return Ok(model.horizon.ids().collect()) };
    let known: Vec<i32> = model.horizon.values().map(|milestone| milestone.year).collect();
    let position = known.iter().position(|&other| other == year).ok_or_else(|| Unanswerable {
        message: format!("{year} is no milestone year of the scenario"),
        help: format!("they are {}", known.iter().map(i32::to_string).collect::<Vec<_>>().join(", ")),
    })?;
    Ok(vec![YearId::new(position)])
}
