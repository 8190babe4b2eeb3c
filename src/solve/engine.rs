//! HiGHS through its C interface: programs that are kept warm from one solve to the next, and callbacks that reach an
//! [`Observer`]. All unsafe code of the crate is in this file.

#![allow(unsafe_code)]

use std::ffi::{CString, c_char, c_int, c_void};

use super::{Observer, Progress};

/// A linear program as plain numbers, row by row: `min cost·x`, `row_lower ≤ A·x ≤ row_upper`, `lower ≤ x ≤ upper`.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// Objective coefficients.
    pub costs: Vec<f64>,
    /// Least values of the columns.
    pub lower: Vec<f64>,
    /// Greatest values of the columns.
    pub upper: Vec<f64>,
    /// The rows.
    pub rows: Rows,
}

/// Rows as plain numbers.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// Least values.
    pub lower: Vec<f64>,
    /// Greatest values.
    pub upper: Vec<f64>,
    starts: Vec<c_int>,
    indices: Vec<c_int>,
    values: Vec<f64>,
}

impl Numbers {
    /// Adds a column; its position.
    pub fn column(&mut self, cost: f64, lower: f64, upper: f64) -> usize {
        self.costs.push(cost);
        self.lower.push(lower);
        self.upper.push(upper);
        self.costs.len() - 1
    }
}

impl Rows {
    /// Adds a row; its position.
    pub fn push(&mut self, lower: f64, upper: f64, entries: impl IntoIterator<Item = (usize, f64)>) -> usize {
        self.starts.push(number(self.indices.len()));
        for (column, value) in entries {
            self.indices.push(number(column));
            self.values.push(value);
        }
        self.lower.push(lower);
        self.upper.push(upper);
        self.lower.len() - 1
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.lower.len()
    }
}

fn number(value: usize) -> c_int {
    c_int::try_from(value).unwrap_or(c_int::MAX)
}

/// How a solve of an [`Engine`] ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Optimal.
    Optimal,
    /// No solution.
    Infeasible,
    /// No lower bound.
    Unbounded,
    /// Stopped at the time limit.
    Limit,
    /// Anything else.
    Unclear,
}

/// HiGHS' simplex method on a program that changes little from solve to solve. Each solve starts from the last basis.
#[derive(Debug)]
pub struct Engine {
    highs: *mut c_void,
    columns: usize,
    rows: usize,
    /// Values of the columns after a solve.
    pub x: Vec<f64>,
    /// Reduced costs after a solve.
    pub reduced_costs: Vec<f64>,
    /// Duals of the rows after a solve: change of the objective per unit of a row's bound.
    pub duals: Vec<f64>,
}

// SAFETY: a HiGHS object has no ties to the thread that made it, and an engine is used by one thread at a time.
unsafe impl Send for Engine {}

impl Engine {
    /// Takes a program.
    pub fn new(numbers: &Numbers) -> Self {
        // SAFETY: creates an object that `drop` destroys.
        let highs = unsafe { highs_sys::Highs_create() };
        let mut engine = Self {
            highs,
            columns: numbers.costs.len(),
            rows: numbers.rows.len(),
            x: Vec::new(),
            reduced_costs: Vec::new(),
            duals: Vec::new(),
        };
        engine.set_switch("output_flag", false);
        engine.set_text("solver", "simplex");
        engine.set_text("presolve", "off");
        engine.set_integer("threads", 1);
        let rows = &numbers.rows;
        // SAFETY: all arrays have the lengths that are passed with them, and HiGHS copies them.
        unsafe {
            highs_sys::Highs_passLp(
                highs,
                number(engine.columns),
                number(engine.rows),
                number(rows.indices.len()),
                highs_sys::MATRIX_FORMAT_ROW_WISE,
                highs_sys::OBJECTIVE_SENSE_MINIMIZE,
                0.0,
                numbers.costs.as_ptr(),
                numbers.lower.as_ptr(),
                numbers.upper.as_ptr(),
                rows.lower.as_ptr(),
                rows.upper.as_ptr(),
                rows.starts.as_ptr(),
                rows.indices.as_ptr(),
                rows.values.as_ptr(),
            );
        }
        engine
    }

    /// Sets an option that takes a text.
    pub fn set_text(&mut self, name: &str, value: &str) {
        if let (Ok(name), Ok(value)) = (CString::new(name), CString::new(value)) {
            // SAFETY: both are valid C strings for the duration of the call.
            unsafe { highs_sys::Highs_setStringOptionValue(self.highs, name.as_ptr(), value.as_ptr()) };
        }
    }

    /// Limits the time of the next solve.
    pub fn set_time_limit(&mut self, seconds: f64) {
        // HiGHS counts the time of all solves of an object.
        // SAFETY: the name is a valid C string for the duration of the call, the object is alive.
        unsafe {
            let limit = highs_sys::Highs_getRunTime(self.highs) + seconds;
            highs_sys::Highs_setDoubleOptionValue(self.highs, c"time_limit".as_ptr(), limit);
        }
    }

    fn set_integer(&mut self, name: &str, value: c_int) {
        if let Ok(name) = CString::new(name) {
            // SAFETY: a valid C string for the duration of the call.
            unsafe { highs_sys::Highs_setIntOptionValue(self.highs, name.as_ptr(), value) };
        }
    }

    fn set_switch(&mut self, name: &str, value: bool) {
        if let Ok(name) = CString::new(name) {
            // SAFETY: a valid C string for the duration of the call.
            unsafe { highs_sys::Highs_setBoolOptionValue(self.highs, name.as_ptr(), c_int::from(value)) };
        }
    }

    /// Replaces the costs of all columns.
    pub fn set_costs(&mut self, costs: &[f64]) {
        if costs.len() == self.columns && self.columns > 0 {
            // SAFETY: the array has one entry for each column.
            unsafe {
                highs_sys::Highs_changeColsCostByRange(self.highs, 0, number(self.columns) - 1, costs.as_ptr());
            }
        }
    }

    /// Replaces the bounds of all columns.
    pub fn set_bounds(&mut self, lower: &[f64], upper: &[f64]) {
        if lower.len() == self.columns && upper.len() == self.columns && self.columns > 0 {
            let last = number(self.columns) - 1;
            // SAFETY: the arrays have one entry for each column.
            unsafe {
                highs_sys::Highs_changeColsBoundsByRange(self.highs, 0, last, lower.as_ptr(), upper.as_ptr());
            }
        }
    }

    /// Replaces the bounds of all rows.
    pub fn set_row_bounds(&mut self, lower: &[f64], upper: &[f64]) {
        if lower.len() == self.rows && upper.len() == self.rows && self.rows > 0 {
            let last = number(self.rows) - 1;
            // SAFETY: the arrays have one entry for each row.
            unsafe {
                highs_sys::Highs_changeRowsBoundsByRange(self.highs, 0, last, lower.as_ptr(), upper.as_ptr());
            }
        }
    }

    /// Adds rows below the others.
    pub fn add_rows(&mut self, rows: &Rows) {
        if rows.len() == 0 {
            return;
        }
        // SAFETY: all arrays have the lengths that are passed with them, and HiGHS copies them.
        unsafe {
            highs_sys::Highs_addRows(
                self.highs,
                number(rows.len()),
                rows.lower.as_ptr(),
                rows.upper.as_ptr(),
                number(rows.indices.len()),
                rows.starts.as_ptr(),
                rows.indices.as_ptr(),
                rows.values.as_ptr(),
            );
        }
        self.rows += rows.len();
    }

    /// Deletes rows by their positions, in ascending order; the others move up.
    pub fn delete_rows(&mut self, positions: &[usize]) {
        let set: Vec<c_int> = positions.iter().map(|&position| number(position)).collect();
        if set.is_empty() {
            return;
        }
        // SAFETY: the array has the length that is passed with it; HiGHS checks the positions.
        unsafe { highs_sys::Highs_deleteRowsBySet(self.highs, number(set.len()), set.as_ptr()) };
        self.rows -= set.len();
    }

    /// Solves from the last basis. A status that is not clear leads to another attempt from nothing.
    pub fn run(&mut self) -> End {
        let end = self.attempt();
        if end != End::Unclear {
            return end;
        }
        // SAFETY: the object is alive.
        unsafe { highs_sys::Highs_clearSolver(self.highs) };
        self.set_text("presolve", "on");
        let again = self.attempt();
        self.set_text("presolve", "off");
        again
    }

    fn attempt(&mut self) -> End {
        self.x.resize(self.columns, 0.0);
        self.reduced_costs.resize(self.columns, 0.0);
        self.duals.resize(self.rows, 0.0);
        // SAFETY: the arrays have one entry for each column or row; HiGHS leaves out the values of rows for a null pointer.
        let status = unsafe {
            highs_sys::Highs_run(self.highs);
            let status = highs_sys::Highs_getModelStatus(self.highs);
            highs_sys::Highs_getSolution(
                self.highs,
                self.x.as_mut_ptr(),
                self.reduced_costs.as_mut_ptr(),
                std::ptr::null_mut(),
                self.duals.as_mut_ptr(),
            );
            status
        };
        match status {
            highs_sys::MODEL_STATUS_OPTIMAL => End::Optimal,
            highs_sys::MODEL_STATUS_INFEASIBLE => End::Infeasible,
            highs_sys::MODEL_STATUS_UNBOUNDED => End::Unbounded,
            highs_sys::MODEL_STATUS_REACHED_TIME_LIMIT => End::Limit,
            _ => End::Unclear,
        }
    }

    /// Objective of the last solve.
    pub fn objective(&self) -> f64 {
        // SAFETY: the object is alive.
        unsafe { highs_sys::Highs_getObjectiveValue(self.highs) }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // SAFETY: the object was created by `new` and is destroyed once.
        unsafe { highs_sys::Highs_destroy(self.highs) };
    }
}

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
        let progress = Progress { iterations: iterations.unsigned_abs(), seconds: out.running_time, bounds: None };
        observer.progress(progress);
    }
    if let Some(into) = into {
        into.user_interrupt = c_int::from(observer.is_interrupted());
    }
}
