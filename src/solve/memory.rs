//! Memory: what the process holds, what there is, what a solve is going to take, and a limit that it keeps to. Linux tells the first two;
//! elsewhere nothing is known, and nothing is limited.

use std::fs::read_to_string;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use super::Method;
use crate::formulation::Size;

/// Milliseconds for which a look at the memory holds.
const LOOK: u64 = 20;

/// Bytes that the process holds.
pub fn resident() -> Option<u64> {
    figure("/proc/self/status", "VmRSS:")
}

/// The most bytes that the process has held so far.
pub fn peak() -> Option<u64> {
    figure("/proc/self/status", "VmHWM:")
}

/// Bytes that the process can still have without others being pushed out: what the machine has available, or what is left to its control
/// group, whichever is less.
pub fn available() -> Option<u64> {
    [figure("/proc/meminfo", "MemAvailable:"), left_to_group()].into_iter().flatten().min()
}

/// A figure in kB of a file that has one a line.
fn figure(file: &str, name: &str) -> Option<u64> {
    let text = read_to_string(file).ok()?;
    let kilobytes = text.lines().find_map(|line| line.strip_prefix(name))?.trim().trim_end_matches("kB").trim();
    Some(kilobytes.parse::<u64>().ok()? * 1024)
}

/// What the limits of the control group and of those above it leave, in either version of control groups.
fn left_to_group() -> Option<u64> {
    let groups = read_to_string("/proc/self/cgroup").ok()?;
    let left = groups.lines().filter_map(|line| {
        let mut fields = line.splitn(3, ':').skip(1);
        match (fields.next()?, fields.next()?) {
            ("", group) => left_below("/sys/fs/cgroup", group, ["memory.max", "memory.current", "inactive_file "]),
            (kinds, group) if kinds.split(',').any(|kind| kind == "memory") => {
                let files = ["memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file "];
                left_below("/sys/fs/cgroup/memory", group, files)
            }
            _ => None,
        }
    });
    left.min()
}

/// The least that any group on the way up to `root` leaves. What was read from files and not used again can be taken back.
fn left_below(root: &str, group: &str, [limit, usage, inactive]: [&str; 3]) -> Option<u64> {
    let below = Path::new(group.trim_start_matches('/'));
    let left = below.ancestors().filter_map(|group| {
        let folder = Path::new(root).join(group);
        let number = |file: &str| read_to_string(folder.join(file)).ok()?.trim().parse::<u64>().ok();
        let stat = read_to_string(folder.join("memory.stat")).unwrap_or_default();
        let idle = stat.lines().find_map(|line| line.strip_prefix(inactive)?.trim().parse::<u64>().ok());
        Some(number(limit)?.saturating_sub(number(usage)?.saturating_sub(idle.unwrap_or(0))))
    });
    left.min()
}

/// A limit on what the process holds.
#[derive(Debug)]
pub struct MemoryLimit {
    /// Bytes that it may hold.
    pub bytes: u64,
    since: Instant,
    /// Milliseconds at which it was looked at last.
    looked: AtomicU64,
    /// What it held when it was found to hold too much; 0 before.
    found: AtomicU64,
}

impl MemoryLimit {
    /// A limit in bytes.
    pub fn new(bytes: u64) -> Self {
        Self { bytes, since: Instant::now(), looked: AtomicU64::new(0), found: AtomicU64::new(0) }
    }

    /// Whether the process holds more, or has done so before: a solve that stops gives memory back. May be asked at any time, as
    /// it only looks now and then.
    pub fn is_exceeded(&self) -> bool {
        if self.found().is_some() {
            return true;
        }
        let now = u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let before = self.looked.load(Ordering::Relaxed);
        if before > 0 && now < before + LOOK {
            return false;
        }
        self.looked.store(now, Ordering::Relaxed);
        let held = resident().filter(|&held| held > self.bytes);
        held.inspect(|&held| self.found.store(held, Ordering::Relaxed)).is_some()
    }

    /// What the process held when it was found to hold too much.
    pub fn found(&self) -> Option<u64> {
        Some(self.found.load(Ordering::Relaxed)).filter(|&found| found > 0)
    }
}

/// Bytes of a run by blocks: a factor, and a power of the number of coefficients.
const BY_BLOCKS: (f64, f64) = (1e5, 0.555);

/// Bytes of a run that solves the whole: a base, and a part for each coefficient.
const WHOLE: (f64, f64) = (4e7, 340.0);

/// Bytes that a run is likely to take at its peak, from what runs took (`docs/performance.md`).
pub fn need(method: Method, size: Size) -> u64 {
    let coefficients = size.nonzeros as f64;
    let bytes = if method.decomposes(size.rows) {
        BY_BLOCKS.0 * coefficients.powf(BY_BLOCKS.1)
    } else {
        WHOLE.0 + WHOLE.1 * coefficients
    };
    bytes as u64
}
