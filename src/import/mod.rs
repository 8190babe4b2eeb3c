//! Scenarios from the tables of other modelling systems.
//!
//! One folder is one system. What it reads becomes a scenario file in the language of this program, which people go on with; what can not be
//! carried over is said, with its table and row.

pub mod osemosys;
