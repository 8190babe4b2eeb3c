#![doc = include_str!("../README.md")]
pub mod diagnostics;
pub mod formulation;
pub mod model;
pub mod solve;
pub mod time;
pub mod units;
