//! What a run depends on, in short: where it has not changed, neither have the results.

use twox_hash::XxHash3_128;

use super::RunOptions;
use crate::scenario::Loaded;

/// Fingerprint of a run: the model with its profiles, what the scenario says beside it (titles, sources), the method and its gap, and the
/// version of Altyn. Not the number of threads, which changes nothing, nor in which line a value stands.
pub fn fingerprint(loaded: &Loaded, options: &RunOptions) -> String {
    let RunOptions { method, gap, .. } = options;
    let version = env!("CARGO_PKG_VERSION");
    let (model, said) = (&loaded.model, loaded.merged.said());
    format!("{:032x}", XxHash3_128::oneshot(format!("{version} {model:?} {said} {method:?} {gap:e}").as_bytes()))
}
