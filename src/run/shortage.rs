//! Too little memory: foreseen before a program is built, or met while it is solved.

use super::RunOptions;
use crate::diagnostics::Diagnostic;
use crate::formulation::Size;
use crate::solve::memory::{MemoryLimit, available, need};

/// What to do about it.
const HELP: &str = "take fewer `days` in [time], a coarser division of the year, or `--method decomposition`";

/// A warning that a program of some size is likely to need more memory than there is, or than it may have.
pub fn foreseen(options: &RunOptions, size: Size) -> Option<String> {
    let need = need(options.method, size);
    let (room, whose) = match (available(), options.memory_limit) {
        (Some(available), Some(limit)) if limit < available => (limit, "it may have"),
        (None, Some(limit)) => (limit, "it may have"),
        (Some(available), _) => (available, "there are"),
        (None, None) => return None,
    };
    (need > room).then(|| {
        format!(
            "this is likely to take {} of memory, and {whose} {}\n  = help: {HELP}",
            megabytes(need),
            megabytes(room)
        )
    })
}

/// A warning that a limit was met.
pub fn met(limit: &MemoryLimit) -> Option<Diagnostic> {
    let (held, most) = (megabytes(limit.found()?), megabytes(limit.bytes));
    let message = format!("stopped at the limit of memory: {held} were in use, and {most} may be");
    Some(Diagnostic::warning(None, message).help(HELP))
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1_000_000))
}
