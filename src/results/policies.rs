//! `policies.csv`: limits, what became of them, and their shadow prices.
//!
//! The shadow price is what a unit of the limit is worth in the money of its year: positive where tightening an upper limit,
//! or raising a lower one, costs more. `slack` is the violation of a soft policy. For a budget over several years `limit`
//! and `actual` are those of the whole budget, and the price is that of each year. What a source of finance has to give is a limit too,
//! named `finance:NAME`: money per year, and its price is what one more unit of money would save.

use super::emissions;
use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::book::{Basis, FinancePosting, PolicyPosting};
use crate::formulation::program::RowId;
use crate::model::*;

/// Shadow price of a limit in a year, million currency units of that year per unit of the limit: of its row, whose right side grows by
/// `weight` with a unit of it.
fn shadow_price(ledger: &Ledger, (row, weight): (RowId, f64), year: YearId, upper: bool) -> f64 {
    saved(ledger, row, upper) * weight / ledger.context().discount[year]
}

/// What a unit more of an upper limit, or less of a lower one, saves: discounted million currency units.
fn saved(ledger: &Ledger, row: RowId, upper: bool) -> f64 {
    let dual = ledger.solution.dual(row);
    if upper { -dual } else { dual }
}

/// Price that a policy sets in a year, million currency units per unit of its limit.
pub fn price(ledger: &Ledger, id: PolicyId, year: YearId) -> f64 {
    if let Rule::EmissionPrice { price, .. } = &ledger.model().policies[id].rule {
        return price[year];
    }
    let postings = ledger.formulation.book.policies.iter().filter(|p| p.policy == id && p.year == year);
    postings.map(|posting| shadow_price(ledger, posting.row, year, posting.upper)).fold(0.0, f64::max)
}

/// Who sets a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setter {
    /// A policy.
    Policy(PolicyId),
    /// A source of finance.
    Source(FinanceId),
}

/// A limit in a year as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Who sets it.
    pub setter: Setter,
    /// The year.
    pub year: YearId,
    /// Name, with the side where it has two.
    pub name: String,
    /// Whether it is an upper one.
    pub upper: bool,
    /// The limit.
    pub limit: f64,
    /// What it counts.
    pub actual: f64,
    /// Violation of a soft one.
    pub slack: f64,
    /// Shadow price.
    pub price: f64,
    /// What a unit more saves, discounted; nothing where there is no limit.
    pub saved: f64,
    /// Unit of limit, actual and slack.
    pub unit: String,
    /// Unit of the price.
    pub price_unit: String,
}

/// Unit in which a policy counts, with the factor from internal units: of a share, that of the commodity.
pub fn unit(model: &Model, id: PolicyId) -> Label {
    match &model.policies[id].rule {
        Rule::Share { commodity, .. } => model.commodities[*commodity].amount_label.clone(),
        _ => labels(model, Setter::Policy(id)).0,
    }
}

/// Unit of a limit, unit of its price, and the factors from internal units.
pub fn labels(model: &Model, setter: Setter) -> (Label, Label) {
    let currency = &model.money.currency;
    let plain = |unit: &str| Label { unit: unit.to_owned(), factor: 1.0 };
    let rule = match setter {
        Setter::Policy(policy) => &model.policies[policy].rule,
        Setter::Source(_) => return (plain(&format!("M{currency}/yr")), plain(&format!("{currency}/{currency}"))),
    };
    let capacity = |unit: &str| (plain(unit), plain(&format!("M{currency}/yr per {unit}")));
    let commodity = |id: CommodityId| {
        let c = &model.commodities[id];
        (c.amount_label.clone(), c.price_label.clone())
    };
    let fleet_unit = |fleets: &[FleetId]| fleets.first().map_or("GW", |&fleet| model.capacity_unit(fleet));
    match rule {
        Rule::EmissionCap { .. } | Rule::EmissionBudget { .. } | Rule::EmissionPrice { .. } => {
            (plain("Mt"), plain(&format!("{currency}/t")))
        }
        Rule::ActivityLimit { commodity: Some(id), .. } | Rule::ActivityGrowth { commodity: Some(id), .. } => {
            commodity(*id)
        }
        Rule::ActivityLimit { processes, .. }
        | Rule::ActivityBudget { processes, .. }
        | Rule::ActivityGrowth { processes, .. } => {
            let measure = processes.first().map_or(Measure::Energy, |&id| model.processes[id].measure);
            (plain(measure.amount_unit()), plain(&format!("M{currency}/{}", measure.amount_unit())))
        }
        Rule::TradeLimit { markets, .. } => match markets.first() {
            Some(&market) => commodity(model.markets[market].commodity),
            None => (plain("TWh"), plain("")),
        },
        Rule::FlowLimit { commodities, .. } => match commodities.first() {
            Some(&id) => commodity(id),
            None => (plain("TWh"), plain("")),
        },
        Rule::Share { commodity: id, .. } => (plain("1"), commodity(*id).1),
        Rule::CapacityLimit { fleets, .. } => capacity(fleet_unit(fleets)),
        Rule::BuildLimit { fleets, .. } | Rule::GrowthLimit { fleets, .. } => {
            capacity(&format!("{}/yr", fleet_unit(fleets)))
        }
        Rule::PlanningReserve { commodity: id, .. } => capacity(model.commodities[*id].measure.rate_unit()),
    }
}

/// Limits in the years that they hold in, gathered part by part.
#[derive(Debug, Default)]
pub struct Limits(Vec<Row>);

/// A row of the table, in internal units.
#[derive(Debug)]
struct Row {
    setter: Setter,
    year: YearId,
    upper: bool,
    name: String,
    limit: f64,
    actual: f64,
    slack: f64,
    shadow_price: f64,
    saved: f64,
}

impl Limits {
    /// Adds the years of a part.
    pub fn add(&mut self, ledger: &Ledger) {
        let postings = &ledger.formulation.book.policies;
        self.0.extend(postings.iter().filter(|p| ledger.context().covers(p.year)).map(|p| row(ledger, p)));
        self.add_prices(ledger);
        let finance = &ledger.formulation.book.finance;
        self.0.extend(finance.iter().filter(|p| ledger.context().covers(p.year)).map(|p| finance_row(ledger, p)));
    }

    /// Emission prices: no limit, but the price itself and what it is paid on.
    fn add_prices(&mut self, ledger: &Ledger) {
        for (id, policy) in ledger.model().policies.iter() {
            let Rule::EmissionPrice { scope, price } = &policy.rule else { continue };
            for year in ledger.context().covered() {
                self.0.push(Row {
                    setter: Setter::Policy(id),
                    year,
                    upper: true,
                    name: policy.name.clone(),
                    limit: f64::INFINITY,
                    actual: emissions::net(ledger, scope, year),
                    slack: 0.0,
                    shadow_price: price[year],
                    saved: 0.0,
                });
            }
        }
    }

    /// All of them as they are shown: policies of a kind together, each by its years, and sources of finance last.
    pub fn shown(mut self, model: &Model) -> Vec<Shown> {
        self.0.sort_by_key(|row| (rank(model, row.setter), row.setter, row.year, row.upper));
        let shown = |row: &Row| {
            let (unit, price_unit) = labels(model, row.setter);
            // What counts for a budget are all its years together.
            let actual = match row.setter {
                Setter::Policy(id)
                    if matches!(model.policies[id].rule, Rule::EmissionBudget { .. } | Rule::ActivityBudget { .. }) =>
                {
                    self.0.iter().filter(|other| other.setter == row.setter).map(|other| other.actual).sum()
                }
                _ => row.actual,
            };
            Shown {
                setter: row.setter,
                year: row.year,
                name: row.name.clone(),
                upper: row.upper,
                limit: row.limit * unit.factor,
                actual: actual * unit.factor,
                slack: row.slack * unit.factor,
                price: row.shadow_price * price_unit.factor,
                saved: row.saved * price_unit.factor,
                unit: unit.unit,
                price_unit: price_unit.unit,
            }
        };
        self.0.iter().map(shown).collect()
    }

    /// Makes the table.
    pub fn table(self, model: &Model) -> Table {
        let header = ["scenario", "year", "policy", "limit", "actual", "slack", "shadow_price", "unit", "price_unit"];
        let mut table = Table::new("policies", &header).typed(&["year"], &["limit", "actual", "slack", "shadow_price"]);
        for row in self.shown(model) {
            table.row([
                (&model.id).into(),
                model.horizon[row.year].year.into(),
                (&row.name).into(),
                row.limit.into(),
                row.actual.into(),
                row.slack.into(),
                row.price.into(),
                (&row.unit).into(),
                (&row.price_unit).into(),
            ]);
        }
        table
    }
}

/// Position of a kind of limits in the table.
fn rank(model: &Model, setter: Setter) -> u8 {
    let Setter::Policy(policy) = setter else { return 11 };
    match model.policies[policy].rule {
        Rule::EmissionCap { .. } => 0,
        Rule::EmissionBudget { .. } => 1,
        Rule::ActivityLimit { .. } | Rule::ActivityBudget { .. } | Rule::ActivityGrowth { .. } => 2,
        Rule::CapacityLimit { .. } => 3,
        Rule::BuildLimit { .. } => 4,
        Rule::GrowthLimit { .. } => 5,
        Rule::Share { .. } => 6,
        Rule::FlowLimit { .. } => 7,
        Rule::TradeLimit { .. } => 8,
        Rule::PlanningReserve { .. } => 9,
        Rule::EmissionPrice { .. } => 10,
    }
}

fn row(ledger: &Ledger, posting: &PolicyPosting) -> Row {
    let counted = ledger.counted(&posting.counted);
    // A violated share lacks an amount of output; beside its limit it stands as a part of the whole.
    let (limit, one) = match &posting.basis {
        Basis::Amount => (posting.limit, 1.0),
        Basis::PartOf(whole) => (posting.limit, ledger.counted(whole)),
        Basis::TimesOf(base) => (posting.limit * ledger.counted(base), 1.0),
    };
    let part = |amount: f64| if one == 0.0 { 0.0 } else { amount / one };
    let both = ledger
        .formulation
        .book
        .policies
        .iter()
        .any(|other| (other.policy, other.year, other.upper) == (posting.policy, posting.year, !posting.upper));
    let (name, side) = (&ledger.model().policies[posting.policy].name, if posting.upper { "max" } else { "min" });
    Row {
        setter: Setter::Policy(posting.policy),
        year: posting.year,
        upper: posting.upper,
        name: if both { format!("{name}:{side}") } else { name.clone() },
        limit,
        actual: part(counted),
        slack: part(posting.slack.map_or(0.0, |column| ledger.solution.value(column))),
        shadow_price: shadow_price(ledger, posting.row, posting.year, posting.upper),
        saved: saved(ledger, posting.row.0, posting.upper),
    }
}

fn finance_row(ledger: &Ledger, posting: &FinancePosting) -> Row {
    let FinancePosting { source, year, limit, ref counted, row } = *posting;
    Row {
        setter: Setter::Source(source),
        year,
        upper: true,
        name: format!("finance:{}", ledger.model().finance[source].name),
        limit,
        actual: ledger.counted(counted),
        slack: 0.0,
        shadow_price: shadow_price(ledger, (row, 1.0), year, true),
        saved: saved(ledger, row, true),
    }
}
