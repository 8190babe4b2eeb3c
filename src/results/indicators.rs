//! The figures that a scenario declares.

use std::collections::{BTreeMap, BTreeSet};

use super::investment::{Addition, additions};
use super::ledger::{At, Flow, Ledger, Party};
use super::{costs, emissions, links, markets, policies, prices};
use crate::formulation::book::Holder;
use crate::model::*;
use crate::scenario::matches;
use crate::time::Bucket;

/// What of some indicators is read from the books, gathered part by part: values in internal units, year by year.
#[derive(Debug)]
pub struct Measured<'a>(Vec<(&'a Indicator, PerYear)>);

impl<'a> Measured<'a> {
    /// Nothing yet, of indicators that hold all those that they are made of.
    pub fn new(indicators: impl IntoIterator<Item = &'a Indicator>) -> Self {
        Self(indicators.into_iter().map(|indicator| (indicator, PerYear::new())).collect())
    }

    /// Adds the years of a part.
    pub fn add(&mut self, ledger: &Ledger) {
        for (indicator, values) in &mut self.0 {
            for year in ledger.context().covered() {
                values.push(measure(ledger, &indicator.measure, year));
            }
        }
    }

    /// Takes what is within a tolerance of nothing for nothing, and tells which values that are.
    pub fn settle(&mut self, tolerance: f64) -> BTreeSet<(&'a str, YearId)> {
        let mut nothing = BTreeSet::new();
        for (indicator, values) in &mut self.0 {
            for year in values.ids() {
                if values[year].abs() < tolerance {
                    values[year] = 0.0;
                    nothing.insert((indicator.name.as_str(), year));
                }
            }
        }
        nothing
    }

    /// The same for a part of a whole: of the values that are nothing in all of it, those that are nothing here. So the parts add up
    /// to the whole.
    pub fn settle_within(&mut self, tolerance: f64, nothing: &BTreeSet<(&str, YearId)>) {
        for (indicator, values) in &mut self.0 {
            for year in values.ids() {
                if values[year].abs() < tolerance && nothing.contains(&(indicator.name.as_str(), year)) {
                    values[year] = 0.0;
                }
            }
        }
    }

    /// Values of all indicators, in their order.
    pub fn evaluate(self, model: &Model) -> Vec<PerYear> {
        let mut values: BTreeMap<&str, PerYear> = BTreeMap::new();
        // Indicators of indicators wait until those are known; each round knows at least one more.
        while values.len() < self.0.len() {
            let known = values.len();
            for (indicator, measured) in &self.0 {
                if values.contains_key(indicator.name.as_str()) {
                    continue;
                }
                if let Some(value) = composed(model, &indicator.measure, measured, &values) {
                    let scaled = value.values().map(|v| v * indicator.factor).collect();
                    values.insert(&indicator.name, scaled);
                }
            }
            if values.len() == known {
                break;
            }
        }
        let zero = || model.constant(0.0);
        self.0.iter().map(|(i, _)| values.remove(i.name.as_str()).unwrap_or_else(zero)).collect()
    }
}

/// Value of an indicator by year in internal units; `None` while another one that it needs is not known.
fn composed(
    model: &Model,
    measure: &IndicatorMeasure,
    measured: &PerYear,
    known: &BTreeMap<&str, PerYear>,
) -> Option<PerYear> {
    Some(match measure {
        IndicatorMeasure::Cumulative { of, start } => cumulative(model, known.get(of.as_str())?, *start),
        IndicatorMeasure::Ratio { of, by } => {
            let (of, by) = (known.get(of.as_str())?, known.get(by.as_str())?);
            let ratio = |year| if by[year] == 0.0 { 0.0 } else { of[year] / by[year] };
            model.horizon.ids().map(ratio).collect()
        }
        IndicatorMeasure::Sum(of) => {
            let known: Option<Vec<(&PerYear, f64)>> =
                of.iter().map(|(name, worth)| Some((known.get(name.as_str())?, *worth))).collect();
            let known = known?;
            model.horizon.ids().map(|year| known.iter().map(|(of, worth)| worth * of[year]).sum()).collect()
        }
        _ => measured.clone(),
    })
}

/// What the books say of a year, in internal units; 0 for what other indicators are needed for.
fn measure(ledger: &Ledger, measure: &IndicatorMeasure, year: YearId) -> f64 {
    let model = ledger.model();
    match measure {
        IndicatorMeasure::Supply(pattern) => {
            flows(ledger, pattern, year).map(|flow| flow.supply - flow.curtailed).sum()
        }
        IndicatorMeasure::Use(pattern) => flows(ledger, pattern, year).map(|flow| flow.used).sum(),
        IndicatorMeasure::Peak(pattern) => peak(ledger, pattern, year),
        IndicatorMeasure::Capacity(technologies, zones) => {
            let chosen =
                model.processes.values().filter(|p| technologies.contains(&p.technology) && zones.contains(&p.zone));
            chosen.map(|process| ledger.capacity(process.fleet, year)).sum()
        }
        IndicatorMeasure::Emissions(scope) => emissions::net(ledger, scope, year),
        IndicatorMeasure::Trade(chosen) => chosen.iter().flat_map(|&id| markets::steps(ledger, id, year)).sum(),
        IndicatorMeasure::LinkFlow(link, commodities) => link_flow(ledger, *link, commodities, year),
        IndicatorMeasure::LinkUtilisation(link) => {
            let all: f64 = (0..model.links[*link].commodities.len())
                .map(|position| links::flow(ledger, *link, position, year))
                .map(|(there, back)| there + back)
                .sum();
            links::utilisation(all, links::throughput(ledger, *link, year))
        }
        IndicatorMeasure::Price(commodity, zones) => prices::annual(ledger, year, zones, *commodity).unwrap_or(0.0),
        IndicatorMeasure::PolicyPrice(chosen) => chosen.iter().map(|&id| policies::price(ledger, id, year)).sum(),
        IndicatorMeasure::SystemCost => costs::annual(ledger, year),
        IndicatorMeasure::Investment(scope) => investment(ledger, scope, year),
        IndicatorMeasure::Unserved(commodity) => {
            let unserved = |(&((y, _, c), party), flow): (&(At, Party), &Flow)| {
                let counts = y == year && c == *commodity && matches!(party, Party::Holder(Holder::Unserved(..)));
                if counts { flow.supply } else { 0.0 }
            };
            ledger.flows.iter().map(unserved).sum()
        }
        IndicatorMeasure::Given(values) => values[year],
        IndicatorMeasure::Cumulative { .. } | IndicatorMeasure::Ratio { .. } | IndicatorMeasure::Sum(_) => 0.0,
    }
}

/// Yearly flows of the rows that a pattern names.
fn flows<'a>(ledger: &'a Ledger, pattern: &'a FlowPattern, year: YearId) -> impl Iterator<Item = Flow> + 'a {
    ledger
        .flows
        .iter()
        .filter(move |((at, party), _)| at.0 == year && is_at(pattern, *at) && is_by(ledger, pattern, *party))
        .map(|(_, flow)| *flow)
}

fn is_at(pattern: &FlowPattern, (_, zone, commodity): At) -> bool {
    pattern.commodities.contains(&commodity) && pattern.zones.contains(&zone)
}

fn is_by(ledger: &Ledger, pattern: &FlowPattern, party: Party) -> bool {
    let name = ledger.party(party);
    let named = |patterns: &[String]| patterns.iter().any(|p| matches(p, &name));
    let sector = match party {
        Party::Holder(holder) => holder.sector(ledger.model()),
        Party::Purchase | Party::Curtailment => "",
    };
    let belongs = pattern.sectors.is_empty() || pattern.sectors.iter().any(|s| s == sector);
    belongs && named(&pattern.include) && !named(&pattern.except)
}

/// Highest use of the rows that a pattern names in any step of their balance in a year, all of them together.
fn peak(ledger: &Ledger, pattern: &FlowPattern, year: YearId) -> f64 {
    let mut counts: BTreeMap<Party, bool> = BTreeMap::new();
    let mut uses: BTreeMap<Bucket, f64> = BTreeMap::new();
    for (&(at, bucket, party), &rate) in &ledger.rates {
        if at.0 != year || rate >= 0.0 || !is_at(pattern, at) {
            continue;
        }
        if *counts.entry(party).or_insert_with(|| is_by(ledger, pattern, party)) {
            *uses.entry(bucket).or_default() -= rate;
        }
    }
    uses.into_values().fold(0.0, f64::max)
}

/// Overnight cost of what is built in a period, per year of it.
fn investment(ledger: &Ledger, scope: &InvestmentScope, year: YearId) -> f64 {
    let model = ledger.model();
    let is_paid_by = |addition: &Addition| match (&scope.sources, addition.source) {
        (None, _) => true,
        (Some(sources), Some(source)) => sources.contains(&source),
        (Some(_), None) => false,
    };
    let counts = |fleet: &FleetId| {
        let (zone, is_chosen) = match (model.fleets[*fleet].owner, &scope.chosen) {
            (Owner::Process(process) | Owner::Tank(process), chosen) => {
                let Process { zone, technology, .. } = &model.processes[process];
                (*zone, chosen.as_ref().is_none_or(|(technologies, _)| technologies.contains(technology)))
            }
            (Owner::Link(link), chosen) => {
                (model.links[link].from, chosen.as_ref().is_none_or(|(_, links)| links.contains(&link)))
            }
        };
        is_chosen && scope.zones.as_ref().is_none_or(|zones| zones.contains(&zone))
    };
    let all = model.fleets.ids().filter(counts).flat_map(|fleet| additions(ledger, fleet, year));
    let total: f64 = all.filter(is_paid_by).map(|addition| addition.cost).sum();
    total / model.horizon[year].length()
}

/// Flow into a link of some commodities, forwards less backwards.
fn link_flow(ledger: &Ledger, link: LinkId, commodities: &[CommodityId], year: YearId) -> f64 {
    let carried = ledger.model().links[link].commodities.iter().enumerate();
    carried
        .filter(|(_, commodity)| commodities.contains(commodity))
        .map(|(position, _)| links::flow(ledger, link, position, year))
        .map(|(there, back)| there - back)
        .sum()
}

/// Running total at the end of each milestone year: in the years of a period the value is that of its milestone.
fn cumulative(model: &Model, of: &PerYear, start: f64) -> PerYear {
    let mut total = start;
    let mut values = PerYear::new();
    for (year, milestone) in model.horizon.iter() {
        let until = f64::from(milestone.year - milestone.first + 1);
        values.push(total + until * of[year]);
        total += milestone.length() * of[year];
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts add up to a whole that is nothing or something, however little of it is in each.
    #[test]
    fn what_is_nothing_in_a_part_is_nothing_in_the_whole() {
        let indicator = Indicator {
            name: "little".to_owned(),
            title: String::new(),
            headline: false,
            factor: 1.0,
            unit: "TWh".to_owned(),
            measure: IndicatorMeasure::SystemCost,
        };
        let measured = |values: [f64; 3]| Measured(vec![(&indicator, values.into_iter().collect())]);
        let (mut whole, mut part) = (measured([6e-8, 1.4e-7, 0.0]), measured([3e-8, 7e-8, -5.0]));
        let nothing = whole.settle(1e-7);
        part.settle_within(1e-7, &nothing);
        let values = |measured: &Measured| measured.0[0].1.values().copied().collect::<Vec<f64>>();
        assert_eq!(values(&whole), [0.0, 1.4e-7, 0.0]);
        assert_eq!(values(&part), [0.0, 7e-8, -5.0]);
    }
}
