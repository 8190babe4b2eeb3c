//! Constraint families of the dispatch: what runs when, within what stands.

pub mod activity;
pub mod annual_factor;
pub mod balance;
pub mod calendar_storage;
pub mod demand;
pub mod links;
pub mod markets;
pub mod must_take;
pub mod storage;
pub mod surplus;
