//! Constraint families of the investment block: what stands, what is built, what is retired.

pub mod capacity;
pub mod capital;
pub mod growth;
