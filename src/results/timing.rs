//! `timing.json`: seconds and peak memory by stage. The only result that differs from run to run.

use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::solve::memory;

/// A stopwatch with laps.
#[derive(Clone, Debug)]
pub struct Timing {
    start: Instant,
    last: Instant,
    laps: Vec<(&'static str, f64, Option<f64>)>,
}

impl Timing {
    /// Starts the clock.
    pub fn start() -> Self {
        let now = Instant::now();
        Self { start: now, last: now, laps: Vec::new() }
    }

    /// Ends a stage.
    pub fn lap(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.laps.push((stage, (now - self.last).as_secs_f64(), peak_memory()));
        self.last = now;
    }

    /// Seconds of a stage; 0 if it has not ended.
    pub fn seconds(&self, stage: &str) -> f64 {
        self.laps.iter().filter(|(name, ..)| *name == stage).map(|(_, seconds, _)| seconds).sum()
    }

    /// Seconds so far.
    pub fn total(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// The laps as they are written.
    pub fn to_json(&self) -> Value {
        let stages: Map<String, Value> = self
            .laps
            .iter()
            .map(|(stage, seconds, memory)| {
                ((*stage).to_owned(), json!({ "seconds": round(*seconds), "peak_memory_mb": memory.map(round) }))
            })
            .collect();
        json!({ "total_seconds": round(self.total()), "stages": stages })
    }
}

fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

/// Largest memory of the process so far in MB, where the system tells.
fn peak_memory() -> Option<f64> {
    memory::peak().map(|bytes| bytes as f64 / f64::from(1 << 20))
}
