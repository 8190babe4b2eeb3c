//! A scenario file read for a run: what the solver, comparisons and formats need of it is checked before anything is built.

use std::collections::BTreeSet;
use std::path::Path;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::input::PROGRAM;
use crate::model::{Model, TimeSpec};
use crate::scenario::{self, Loaded};
use crate::solve;
use crate::time::{self, LostMean, TimeGrid};

/// Reads a scenario file and checks all of it, the solver's options included.
///
/// # Errors
/// All mistakes that were found, each with its place.
pub fn load(path: &Path, overrides: &[String]) -> Result<Loaded, Diagnostics> {
    checked(scenario::load(path, overrides)?)
}

/// Sees to it that the solver takes the options of a scenario, and its size.
///
/// # Errors
/// The first option that it does not take, or a size that no memory holds.
pub fn checked(loaded: Loaded) -> Result<Loaded, Diagnostics> {
    let size = extent(&loaded.model);
    if size > PROGRAM {
        let message =
            format!("this scenario has {size:.1e} parts in all slices and years, and at most {PROGRAM:.0e} are solved");
        return Err(loaded.merged.error_at(&["time"], message, "take fewer days, slices, milestone years or zones"));
    }
    match solve::check_options(&loaded.model.solver) {
        Ok(()) => Ok(loaded),
        Err(wrong) => Err(loaded.merged.error_at(&["solver", &wrong.name], wrong.message, wrong.help)),
    }
}

/// About how many variables a scenario has.
fn extent(model: &Model) -> f64 {
    let slices = match &model.time {
        TimeSpec::Slices(slices) => slices.len(),
        TimeSpec::Days(selection) => selection.days * selection.steps,
    };
    let modes: usize = model.processes.values().map(|process| process.modes.len().max(1)).sum();
    let balances = model.commodities.len() * model.zones.len();
    let parts = modes + model.links.len() + model.markets.len() + model.demands.len() + balances;
    [parts, slices, model.horizon.len()].iter().map(|&count| count as f64).product()
}

/// Sees to it that a scenario has observed values of a milestone year.
///
/// # Errors
/// A scenario without any.
pub fn comparable(loaded: Loaded) -> Result<Loaded, Diagnostics> {
    let Model { id, horizon, statistics, .. } = &loaded.model;
    let milestones: BTreeSet<i32> = horizon.values().map(|milestone| milestone.year).collect();
    let observed: BTreeSet<i32> = statistics.iter().flat_map(|statistic| statistic.observed.keys().copied()).collect();
    if !observed.is_disjoint(&milestones) {
        return Ok(loaded);
    }
    if statistics.is_empty() {
        let message = format!("scenario `{id}` has no statistics to compare with");
        let help = "add [statistics.NAME] with `indicator` and `observed`, by hand or by a file in `extends`";
        return Err(loaded.merged.error_at(&["statistics"], message, help));
    }
    let list = |years: BTreeSet<i32>| years.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
    let message = format!("no milestone year of scenario `{id}` has an observed value");
    let help =
        format!("observed are {}, milestone years are {}: give the one or the other", list(observed), list(milestones));
    Err(loaded.merged.error_at(&["statistics"], message, &help))
}

/// Sees to it that a scenario says what is reported in the template of the IAMC.
///
/// # Errors
/// A scenario that does not.
pub fn reportable(loaded: Loaded) -> Result<Loaded, Diagnostics> {
    if loaded.model.iamc.is_some() {
        return Ok(loaded);
    }
    let message = format!("scenario `{}` has no [iamc], which says what `--format iamc` writes", loaded.model.id);
    let help = "add [iamc] with `region` and [iamc.variables.\"NAME\"], by hand or by a file in `extends`";
    Err(loaded.merged.error(message, help))
}

/// Divides the year of a scenario, and warns of profiles that do not keep their mean over the year on that division.
pub fn divide(loaded: &mut Loaded) -> TimeGrid {
    let model = &loaded.model;
    let grid = time::resolve(model);
    for LostMean { profile, over_year, on_grid } in time::lost_means(model, &grid) {
        let name = &model.profiles[profile].name;
        let message = format!(
            "on the representative days the mean of profile `{name}` is {on_grid:.4}, and over the year {over_year:.4}"
        );
        let warning = Diagnostic::warning(loaded.merged.place(&["profiles", name]), message);
        loaded
            .warnings
            .add(warning.help("take more `days` in [time]; until then what follows the profile is that much less"));
    }
    grid
}
