//! Constraint families of the investment block: what stands, what is built, who pays for it, what is retired.

pub mod capacity;
pub mod capital;
pub mod finance_limit;
pub mod financing;
pub mod growth;
