//! Constraint families of policies: rules on emissions, activity, capacity, building, shares, flow, trade and reserve.

pub mod activity_budget;
pub mod activity_growth;
pub mod activity_limit;
pub mod budget;
pub mod build_limit;
pub mod capacity_limit;
pub mod emission_budget;
pub mod emission_cap;
pub mod emission_price;
pub mod flow_limit;
pub mod growth_limit;
pub mod limit;
pub mod peak;
pub mod planning_reserve;
pub mod share;
pub mod trade_limit;
