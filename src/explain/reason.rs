//! What a sum is made up of, in words.

use serde::Serialize;

use crate::formulation::book::Component;
use crate::formulation::keys::{RowKey, Sum};
use crate::model::*;

/// Why a column costs or earns something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Cause {
    /// It is paid for.
    Cost(Component),
    /// It takes or gives a commodity.
    Commodity(ZoneId, CommodityId),
    /// It takes from a store, or fills it.
    Stored(ProcessId),
    /// It takes up capacity of its own, all of which is used.
    Room,
    /// It has to run.
    MustRun,
    /// Its yearly average is bounded.
    AnnualFactor(ProcessId),
    /// A policy counts it.
    Policy(PolicyId),
    /// It is traded in the price steps of a market.
    Market(MarketId),
    /// It is thrown away.
    Surplus(CommodityId),
    /// Building grows only so fast.
    Growth,
    /// A source of finance has only so much to give.
    Finance(FinanceId),
    /// It is part of the chain from what is built to what stands.
    Standing,
    /// The solution leaves it unexplained.
    Rest,
}

impl Cause {
    /// Why a row makes its columns cost something.
    pub fn of(row: RowKey) -> Self {
        use RowKey as R;
        match row {
            R::Capacity(..) | R::Ageing(..) | R::Financing(..) | R::Firm(..) => Self::Standing,
            R::FinanceLimit(source, _) => Self::Finance(source),
            R::Growth(..) => Self::Growth,
            R::Availability(..) | R::ChargeLimit(..) | R::DischargeLimit(..) | R::LinkLimit(..) => Self::Room,
            R::MinActivity(..) => Self::MustRun,
            R::MaxAnnualFactor(p, _) | R::MinAnnualFactor(p, _) | R::Tally(Sum::Activity(p), ..) => {
                Self::AnnualFactor(p)
            }
            R::StorageBalance(p, ..)
            | R::TankLimit(p, ..)
            | R::NetCharge(p, ..)
            | R::SwingUp(p, ..)
            | R::SwingDown(p, ..)
            | R::CalendarBalance(p, ..)
            | R::CalendarCarry(p, ..)
            | R::CalendarFull(p, ..)
            | R::CalendarEmpty(p, ..) => Self::Stored(p),
            R::MarketVolume(m, _) | R::MarketMinimum(m, _) | R::Tally(Sum::Market(m), ..) => Self::Market(m),
            R::Balance(zone, commodity, ..) | R::Tally(Sum::Balance(zone, commodity), ..) => {
                Self::Commodity(zone, commodity)
            }
            R::SurplusLimit(_, commodity, ..) => Self::Surplus(commodity),
            R::Peak(policy, ..)
            | R::Policy(policy, ..)
            | R::PolicyGrowth(policy, _)
            | R::ActivityGrowth(policy, _)
            | R::PolicyBudget(policy)
            | R::Tally(Sum::Policy(policy), ..) => Self::Policy(policy),
            // Of elastic programs, which are not explained.
            R::Missed(_) => Self::Rest,
        }
    }

    /// Whether it is paid for capital, or is what is left of it.
    pub fn is_capital(self) -> bool {
        matches!(self, Self::Cost(Component::Capital | Component::Salvage))
    }

    /// In words, as a line of a sum.
    pub fn words(self, model: &Model) -> String {
        match self {
            Self::Cost(component) => cost(component).to_owned(),
            Self::Commodity(zone, commodity) => {
                format!("{} in {}", model.commodities[commodity].name, model.zones[zone].name)
            }
            Self::Stored(process) => format!("what {} holds", model.technology_name(process)),
            Self::Room => "rent: all of it is in use".to_owned(),
            Self::MustRun => "it has to run".to_owned(),
            Self::AnnualFactor(process) => format!("yearly limit of {}", model.technology_name(process)),
            Self::Policy(policy) => format!("policy {}", model.policies[policy].name),
            Self::Market(market) => format!("market {}, its last price step", model.markets[market].name),
            Self::Surplus(commodity) => format!("{} that is thrown away", model.commodities[commodity].name),
            Self::Growth => "limit on the growth of building".to_owned(),
            Self::Finance(source) => format!("limit of finance {}", model.finance[source].name),
            Self::Standing => "what stands".to_owned(),
            Self::Rest => "not explained".to_owned(),
        }
    }
}

fn cost(component: Component) -> &'static str {
    match component {
        Component::Capital => "capital",
        Component::Salvage => "value at the end of the horizon",
        Component::Fixed => "fixed cost",
        Component::Variable => "variable cost",
        Component::Fuel => "fuel at a fixed price",
        Component::Trade => "price of the market",
        Component::Emissions => "price on emissions",
        Component::Unserved => "penalty for what is not served",
        Component::Slack => "penalty of a soft policy",
    }
}

/// A line of a sum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// In words.
    pub name: String,
    /// What it adds.
    pub value: f64,
    /// Where it is so much of something at a price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<Bought>,
}

/// So much of something at a price.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bought {
    /// Units per unit; negative where it is given.
    pub amount: f64,
    /// Price of a unit, as it is shown.
    pub price: f64,
    /// Unit of the price.
    pub unit: String,
}
