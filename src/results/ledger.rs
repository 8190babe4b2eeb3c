//! Values of the postings: who supplied, used, released and paid what, and when.

use std::collections::BTreeMap;

use crate::formulation::Formulation;
use crate::formulation::book::{Counted, Holder, Term};
use crate::formulation::context::Context;
use crate::formulation::is_counted;
use crate::formulation::keys::ColumnKey;
use crate::formulation::program::ColId;
use crate::model::*;
use crate::solve::Solution;
use crate::time::Bucket;

/// Where and when: year, zone, commodity.
pub type At = (YearId, ZoneId, CommodityId);

/// Whose row of a flow table it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Party {
    /// Someone in the books.
    Holder(Holder),
    /// Supply of a commodity that is bought at a fixed price.
    Purchase,
    /// Supply that is thrown away.
    Curtailment,
}

/// Yearly flow of a party, TWh or Mt.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Flow {
    /// Supplied, curtailed output included.
    pub supply: f64,
    /// Used.
    pub used: f64,
    /// Part of the supply that was curtailed.
    pub curtailed: f64,
}

/// A solution with what follows from its books.
pub struct Ledger<'a> {
    /// The formulation.
    pub formulation: &'a Formulation<'a>,
    /// Its solution.
    pub solution: &'a Solution,
    /// Rates by place, bucket and party, GW or kt/h: supply positive, use negative.
    pub rates: BTreeMap<(At, Bucket, Party), f64>,
    /// Yearly flows by place and party.
    pub flows: BTreeMap<(At, Party), Flow>,
}

impl<'a> Ledger<'a> {
    /// Evaluates the postings of flows.
    pub fn new(formulation: &'a Formulation<'a>, solution: &'a Solution) -> Self {
        let mut ledger = Self { formulation, solution, rates: BTreeMap::new(), flows: BTreeMap::new() };
        ledger.add_postings();
        ledger.add_curtailment();
        ledger.add_purchases();
        ledger
    }

    fn add_postings(&mut self) {
        let mut rates = Vec::with_capacity(self.formulation.book.flows.len());
        for posting in &self.formulation.book.flows {
            let rate = self.term(posting.rate);
            let at = (posting.year, posting.zone, posting.commodity);
            let party = Party::Holder(posting.holder);
            rates.push(((at, posting.bucket, party), rate));
            let amount = rate * self.context().amount(posting.bucket);
            let flow = self.flows.entry((at, party)).or_default();
            if amount >= 0.0 {
                flow.supply += amount;
            } else {
                flow.used -= amount;
            }
        }
        // Sorted once they are all there, which is quicker than one by one.
        rates.sort_by_key(|&(key, _)| key);
        rates.dedup_by(|more, all| {
            let is_same = more.0 == all.0;
            if is_same {
                all.1 += more.1;
            }
            is_same
        });
        self.rates = rates.into_iter().collect();
    }

    /// What is supplied and not used is curtailed. Where a policy counts the commodity, the program knows whose it is;
    /// elsewhere units whose output can not be held back share it in every bucket in proportion to what they give.
    fn add_curtailment(&mut self) {
        let mut surplus: BTreeMap<(At, Bucket), f64> = BTreeMap::new();
        for (&(at, bucket, _), rate) in &self.rates {
            if self.is_balanced(at.2) {
                for (whole, share) in self.context().grid.wholes(bucket, self.model().commodities[at.2].resolution) {
                    *surplus.entry((at, whole)).or_default() += share * rate;
                }
            }
        }
        let takers = self.takers();
        for ((at, bucket), rate) in surplus {
            // Below this it is the solver's tolerance.
            if rate < 1e-9 {
                continue;
            }
            self.rates.insert((at, bucket, Party::Curtailment), -rate);
            let amount = rate * self.context().amount(bucket);
            self.flows.entry((at, Party::Curtailment)).or_default().used += amount;
            if !is_counted(self.model(), at.2) {
                self.curtail(at, bucket, amount, &takers);
            }
        }
        for posting in &self.formulation.book.surplus {
            let at = (posting.year, posting.zone, posting.commodity);
            let amount = self.solution.value(posting.column) * self.context().amount(posting.bucket);
            let parties: Vec<Party> = posting.holders.iter().map(|&holder| Party::Holder(holder)).collect();
            self.curtail(at, posting.bucket, amount, &parties);
        }
    }

    /// Shares an amount that is thrown away out among parties, in proportion to what they give in the bucket.
    fn curtail(&mut self, at: At, bucket: Bucket, amount: f64, parties: &[Party]) {
        let given: Vec<f64> = parties.iter().map(|&party| self.mean_rate(at, bucket, party).max(0.0)).collect();
        let total: f64 = given.iter().sum();
        if total <= 0.0 {
            return;
        }
        let shared = amount.min(total * self.context().amount(bucket));
        for (&party, part) in parties.iter().zip(given) {
            self.flows.entry((at, party)).or_default().curtailed += shared * part / total;
        }
    }

    /// Mean rate of a party over a bucket, in whatever steps it lives.
    fn mean_rate(&self, at: At, bucket: Bucket, party: Party) -> f64 {
        let grid = self.context().grid;
        let rate = |part: Bucket| self.rates.get(&(at, part, party)).copied().unwrap_or(0.0);
        let own = rate(bucket);
        let finer = grid.finer(bucket).iter().flat_map(|&resolution| grid.parts(bucket, resolution));
        own + finer.map(|(part, share)| share * rate(part)).sum::<f64>()
    }

    /// Commodities at a fixed price are bought in the amount that is used.
    fn add_purchases(&mut self) {
        let mut bought: BTreeMap<At, f64> = BTreeMap::new();
        for (&(at, _), flow) in &self.flows {
            if !self.is_balanced(at.2) {
                *bought.entry(at).or_default() += flow.used - flow.supply;
            }
        }
        for (at, amount) in bought {
            let flow = self.flows.entry((at, Party::Purchase)).or_default();
            flow.supply += amount.max(0.0);
            flow.used += (-amount).max(0.0);
        }
    }

    fn is_balanced(&self, commodity: CommodityId) -> bool {
        self.model().commodities[commodity].price.is_none()
    }

    /// Processes that give whatever is available.
    fn takers(&self) -> Vec<Party> {
        let units = &self.context().must_take;
        let process = |unit| Party::Holder(Holder::Process(self.context().units[unit].process));
        let mut takers: Vec<Party> = units.iter().map(|&unit| process(unit)).collect();
        takers.sort();
        takers.dedup();
        takers
    }

    /// The model.
    pub fn model(&self) -> &'a Model {
        self.formulation.context.model
    }

    /// The context.
    pub fn context(&self) -> &'a Context<'a> {
        &self.formulation.context
    }

    /// Value of a term.
    pub fn term(&self, term: Term) -> f64 {
        term.column.map_or(term.factor, |column| term.factor * self.solution.value(column))
    }

    /// Value of a column by meaning; 0 where the program has none.
    pub fn column(&self, key: ColumnKey) -> f64 {
        self.formulation.program.column(key).map_or(0.0, |column| self.solution.value(column))
    }

    /// Value of a sum.
    pub fn counted(&self, counted: &Counted) -> f64 {
        let term = |&(column, factor): &(ColId, f64)| factor * self.solution.value(column);
        counted.constant + counted.terms.iter().map(term).sum::<f64>()
    }

    /// Capacity of a fleet in a year.
    pub fn capacity(&self, fleet: FleetId, year: YearId) -> f64 {
        self.column(ColumnKey::Capacity(fleet, year))
    }

    /// A milestone year as a number.
    pub fn year(&self, year: YearId) -> i32 {
        self.model().horizon[year].year
    }

    /// Name of a zone.
    pub fn zone(&self, zone: ZoneId) -> &'a str {
        &self.model().zones[zone].name
    }

    /// Name of a party in the `technology` column.
    pub fn party(&self, party: Party) -> String {
        match party {
            Party::Holder(holder) => self.holder(holder),
            Party::Purchase => "purchase".to_owned(),
            Party::Curtailment => "curtailment".to_owned(),
        }
    }

    /// Name of a holder in the `technology` column.
    pub fn holder(&self, holder: Holder) -> String {
        let model = self.model();
        match holder {
            Holder::Process(process) => model.technology_name(process).to_owned(),
            Holder::Link(link) => format!("link:{}", model.links[link].name),
            Holder::OwnUse(link) => format!("own-use:{}", model.links[link].name),
            Holder::Market(market) => format!("market:{}", model.markets[market].name),
            Holder::Demand(demand) => format!("demand:{}", model.demands[demand].name),
            Holder::Unserved(..) => "unserved".to_owned(),
            Holder::Policy(policy) => format!("policy:{}", model.policies[policy].name),
        }
    }

    /// Zone to which a holder's costs are booked; empty for policies.
    pub fn holder_zone(&self, holder: Holder) -> &'a str {
        let model = self.model();
        let zone = match holder {
            Holder::Process(process) => model.processes[process].zone,
            Holder::Link(link) | Holder::OwnUse(link) => model.links[link].from,
            Holder::Market(market) => model.markets[market].zone,
            Holder::Demand(demand) => model.demands[demand].zone,
            Holder::Unserved(zone, _) => zone,
            Holder::Policy(_) => return "",
        };
        self.zone(zone)
    }

    /// Zone, name and unit of a fleet in tables.
    pub fn fleet(&self, fleet: FleetId) -> (&'a str, String, &'static str) {
        let model = self.model();
        let (zone, name) = match model.fleets[fleet].owner {
            Owner::Process(process) => (model.processes[process].zone, model.technology_name(process).to_owned()),
            Owner::Tank(process) => (model.processes[process].zone, format!("{}:tank", model.technology_name(process))),
            Owner::Link(link) => (model.links[link].from, format!("link:{}", model.links[link].name)),
        };
        (self.zone(zone), name, model.capacity_unit(fleet))
    }
}
