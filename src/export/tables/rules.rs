//! Policies.

use crate::formulation::Formulation;
use crate::formulation::context::Context;
use crate::model::{EmissionScope, Policy, Rule};
use crate::results::Table;

/// Limits by year, with the cost of a unit of violation where a policy is soft.
pub fn limits(formulation: &Formulation) -> Table {
    let ctx = &formulation.context;
    let mut table = Table::new("limits", &["policy", "kind", "year", "bound", "limit", "slack_cost"]);
    for posting in &formulation.book.policies {
        let policy = &ctx.model.policies[posting.policy];
        table.row([
            (&policy.name).into(),
            kind(policy).into(),
            ctx.model.horizon[posting.year].year.into(),
            if posting.upper { "max" } else { "min" }.into(),
            posting.limit.into(),
            policy.slack_cost.unwrap_or(f64::INFINITY).into(),
        ]);
    }
    table
}

/// Name of a policy's kind in the scenario language.
fn kind(policy: &Policy) -> &'static str {
    match policy.rule {
        Rule::EmissionCap { .. } => "emission-cap",
        Rule::EmissionBudget { .. } => "emission-budget",
        Rule::EmissionPrice { .. } => "emission-price",
        Rule::ActivityLimit { .. } => "activity-limit",
        Rule::ActivityBudget { .. } => "activity-budget",
        Rule::ActivityGrowth { .. } => "activity-growth",
        Rule::CapacityLimit { .. } => "capacity-limit",
        Rule::BuildLimit { .. } => "build-limit",
        Rule::GrowthLimit { .. } => "growth-limit",
        Rule::Share { .. } => "share",
        Rule::TradeLimit { .. } => "trade-limit",
        Rule::FlowLimit { .. } => "flow-limit",
        Rule::PlanningReserve { .. } => "planning-reserve",
    }
}

/// Releases that the caps, budgets and prices of emissions count: by pollutant with its weight, zone and sector (none: all).
pub fn emission_scopes(ctx: &Context) -> Table {
    let mut table = Table::new("emission_scopes", &["policy", "pollutant", "weight", "zone", "sector"]);
    for policy in ctx.model.policies.values() {
        let Some(scope) = scope(policy) else { continue };
        let all = [String::new()];
        let sectors = if scope.sectors.is_empty() { &all[..] } else { &scope.sectors };
        for &(pollutant, weight) in &scope.pollutants {
            for &zone in &scope.zones {
                for sector in sectors {
                    table.row([
                        (&policy.name).into(),
                        (&ctx.model.pollutants[pollutant].name).into(),
                        weight.into(),
                        (&ctx.model.zones[zone].name).into(),
                        sector.into(),
                    ]);
                }
            }
        }
    }
    table
}

fn scope(policy: &Policy) -> Option<&EmissionScope> {
    match &policy.rule {
        Rule::EmissionCap { scope, .. } | Rule::EmissionBudget { scope, .. } | Rule::EmissionPrice { scope, .. } => {
            Some(scope)
        }
        _ => None,
    }
}
