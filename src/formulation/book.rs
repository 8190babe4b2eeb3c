//! The books: who causes which flow, release and cost, as terms of the program's columns.
//!
//! Constraints on sums (balances, caps, shares) and all results are read from the same postings, so that what is
//! reported is what was optimised, and the cost tables add up to the objective by construction.

use super::program::{ColId, RowId};
use crate::model::*;
use crate::time::Bucket;

/// Who a posting belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Holder {
    /// A technology in a zone.
    Process(ProcessId),
    /// A link.
    Link(LinkId),
    /// What a link uses itself.
    OwnUse(LinkId),
    /// A market.
    Market(MarketId),
    /// A demand.
    Demand(DemandId),
    /// Demand that is not met.
    Unserved(ZoneId, CommodityId),
    /// A policy.
    Policy(PolicyId),
}

/// A number per unit of a column, or a constant where there is no column.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Term {
    /// The column.
    pub column: Option<ColId>,
    /// The factor.
    pub factor: f64,
}

/// A flow of a commodity in a zone: a rate during a bucket, positive for supply and negative for use.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FlowPosting {
    /// Where.
    pub zone: ZoneId,
    /// What.
    pub commodity: CommodityId,
    /// When.
    pub year: YearId,
    /// When, within the year.
    pub bucket: Bucket,
    /// Whose.
    pub holder: Holder,
    /// GW or kt/h.
    pub rate: Term,
}

/// What some suppliers throw away of their own supply during a bucket, where a policy counts the commodity.
#[derive(Clone, PartialEq, Debug)]
pub struct SurplusPosting {
    /// Where.
    pub zone: ZoneId,
    /// What.
    pub commodity: CommodityId,
    /// When.
    pub year: YearId,
    /// When, within the year.
    pub bucket: Bucket,
    /// Whose; policies count all of them alike.
    pub holders: Vec<Holder>,
    /// GW or kt/h.
    pub column: ColId,
}

/// A release of a pollutant during a bucket.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ReleasePosting {
    /// Where.
    pub zone: ZoneId,
    /// What.
    pub pollutant: PollutantId,
    /// When.
    pub year: YearId,
    /// When, within the year.
    pub bucket: Bucket,
    /// Whose.
    pub holder: Holder,
    /// kt/h.
    pub rate: Term,
}

/// Kind of cost.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Component {
    /// Payments for investment.
    Capital,
    /// What investment is still worth at the end of the horizon.
    Salvage,
    /// Fixed operation and maintenance.
    Fixed,
    /// Variable operation and maintenance.
    Variable,
    /// Purchase of commodities at a fixed price.
    Fuel,
    /// Payments to and from markets.
    Trade,
    /// A price on emissions.
    Emissions,
    /// Demand that is not met.
    Unserved,
    /// Violation of soft policies.
    Slack,
}

/// A cost.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CostPosting {
    /// Whose.
    pub holder: Holder,
    /// What for.
    pub component: Component,
    /// Milestone year to which it is booked.
    pub year: YearId,
    /// The column it depends on; `None` for a constant.
    pub column: Option<ColId>,
    /// Undiscounted, million currency units a year per unit of the column.
    pub annual: f64,
    /// Present value of the whole period, million currency units per unit of the column.
    pub discounted: f64,
}

/// A sum: terms of columns and a constant.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Counted {
    /// Terms.
    pub terms: Vec<(ColId, f64)>,
    /// Constant.
    pub constant: f64,
}

impl Counted {
    /// Whether it is nothing whatever the columns are.
    pub fn is_nothing(&self) -> bool {
        self.terms.is_empty() && self.constant == 0.0
    }

    /// Adds another sum.
    pub fn add(&mut self, other: &Self) {
        self.terms.extend_from_slice(&other.terms);
        self.constant += other.constant;
    }

    /// The sum times a factor.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self {
            terms: self.terms.iter().map(|&(column, part)| (column, factor * part)).collect(),
            constant: factor * self.constant,
        }
    }
}

/// A limit that a policy sets in a year, and what it counts.
#[derive(Clone, PartialEq, Debug)]
pub struct PolicyPosting {
    /// The policy.
    pub policy: PolicyId,
    /// The year.
    pub year: YearId,
    /// Whether the limit is an upper one.
    pub upper: bool,
    /// The limit, in the policy's unit or as its basis says.
    pub limit: f64,
    /// What is counted, in the policy's unit; of a budget over several years, the part of this year.
    pub counted: Counted,
    /// What the limit is relative to.
    pub basis: Basis,
    /// Violation of a soft policy.
    pub slack: Option<ColId>,
    /// The row that holds the limit, and how much its right side grows with a unit of the limit in this year.
    pub row: (RowId, f64),
}

/// What a limit is relative to.
#[derive(Clone, PartialEq, Debug)]
pub enum Basis {
    /// Nothing: it is an amount.
    Amount,
    /// It is a part of a whole, and what is counted is shown as such a part.
    PartOf(Counted),
    /// It is so many times something that is decided; shown as amounts.
    TimesOf(Counted),
}

/// What a source of finance has to give in a year, and what of it is taken.
#[derive(Clone, PartialEq, Debug)]
pub struct FinancePosting {
    /// The source.
    pub source: FinanceId,
    /// The year of building.
    pub year: YearId,
    /// Most that it pays for, million currency units a year.
    pub limit: f64,
    /// Overnight cost of what it finances, million currency units a year.
    pub counted: Counted,
    /// The row that holds the limit.
    pub row: RowId,
}

/// All postings of a program, in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// Flows of commodities.
    pub flows: Vec<FlowPosting>,
    /// What is thrown away of the supply, where it must be known.
    pub surplus: Vec<SurplusPosting>,
    /// Releases of pollutants.
    pub releases: Vec<ReleasePosting>,
    /// Costs.
    pub costs: Vec<CostPosting>,
    /// Limits of policies.
    pub policies: Vec<PolicyPosting>,
    /// Limits of sources of finance.
    pub finance: Vec<FinancePosting>,
}

impl Holder {
    /// Sector to which releases are booked.
    pub fn sector(self, model: &Model) -> &str {
        match self {
            Holder::Process(p) => &model.technologies[model.processes[p].technology].sector,
            Holder::Link(l) | Holder::OwnUse(l) => &model.links[l].sector,
            Holder::Market(m) => &model.markets[m].sector,
            Holder::Demand(d) => &model.demands[d].sector,
            Holder::Unserved(..) | Holder::Policy(_) => "",
        }
    }
}
