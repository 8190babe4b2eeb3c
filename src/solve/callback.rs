//! The bridge from HiGHS' C callbacks to an [`Observer`]. All unsafe code of the crate is in this file.

#![allow(unsafe_code)]

use std::ffi::{c_char, c_int, c_void};

use super::{Observer, Progress};

/// Lets `observer` watch and stop every solve of a HiGHS model.
///
/// The observer must outlive the solve; [`solve_observed`] sees to that by borrowing it until the solve is over.
fn attach(model: &mut highs::Model, observer: &&dyn Observer) {
    let data = std::ptr::from_ref(observer).cast_mut().cast::<c_void>();
    let highs = model.as_mut_ptr();
    // SAFETY: `highs` is the live object that `model` owns. `data` points to a `&dyn Observer` that the caller keeps
    // alive until the solve is over, and `forward` only reads it.
    unsafe {
        highs_sys::Highs_setCallback(highs, Some(forward), data);
        for kind in [highs_sys::kHighsCallbackSimplexInterrupt, highs_sys::kHighsCallbackIpmInterrupt] {
            highs_sys::Highs_startCallback(highs, kind);
        }
    }
}

/// Solves a model under the eyes of an observer.
pub fn solve_observed(
    mut model: highs::Model,
    observer: &dyn Observer,
) -> Result<highs::SolvedModel, highs::HighsStatus> {
    attach(&mut model, &observer);
    model.try_solve()
}

/// Called by HiGHS; hands the call on to the observer.
unsafe extern "C" fn forward(
    _kind: c_int,
    _message: *const c_char,
    out: *const highs_sys::HighsCallbackDataOut,
    into: *mut highs_sys::HighsCallbackDataIn,
    data: *mut c_void,
) {
    // SAFETY: `data` is the pointer given in `attach`; HiGHS passes valid or null structures.
    let (observer, out, into) = unsafe { (data.cast::<&dyn Observer>().as_ref(), out.as_ref(), into.as_mut()) };
    let Some(observer) = observer else { return };
    if let Some(out) = out {
        let iterations = i64::from(out.simplex_iteration_count).max(i64::from(out.ipm_iteration_count));
        observer.progress(Progress { iterations: iterations.unsigned_abs(), seconds: out.running_time });
    }
    if let Some(into) = into {
        into.user_interrupt = c_int::from(observer.is_interrupted());
    }
}
