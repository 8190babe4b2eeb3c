//! `altyn check`: every error and warning at once, nothing solved.

use std::path::PathBuf;

use super::{Exit, print, report, say};
use crate::formulation::Formulations;
use crate::run::{self, Numerics};
use crate::scenario::{Loaded, Merged};
use crate::solve::ranges::Ranges;

/// Arguments of `altyn check`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Scenario files
    #[arg(required = true, value_name = "SCENARIO.toml")]
    scenarios: Vec<PathBuf>,
    /// Change a value, as a file that extends the scenario would: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
    /// Print how far apart the numbers of the linear program are, and where they come from
    #[arg(long)]
    numerics: bool,
}

/// Checks each file; the worst decides the exit code.
pub fn main(args: &Args) -> Exit {
    let mut worst = Exit::Done;
    for path in &args.scenarios {
        match run::load(path, &args.overrides) {
            Ok(mut loaded) => {
                let grid = run::divide(&mut loaded);
                let Loaded { model, mut warnings, merged } = loaded;
                let mut ranges = Ranges::default();
                let size = Formulations::by_year_seen(&model, &grid, |part| ranges.add(part)).size;
                let numerics = Numerics { model: &model, grid: &grid, merged: &merged, ranges: &ranges };
                numerics.warn(&mut warnings);
                report(&warnings);
                tell_unsourced(&merged);
                let m = &model;
                let printed = print(&format!(
                    "{}: valid. {} milestone years, {} zones, {} commodities, {} processes, {} links, {} markets, \
                     {} demands, {} policies\n",
                    path.display(),
                    m.horizon.len(),
                    m.zones.len(),
                    m.commodities.len(),
                    m.processes.len(),
                    m.links.len(),
                    m.markets.len(),
                    m.demands.len(),
                    m.policies.len()
                ));
                worst = worst.max(printed);
                if args.numerics {
                    worst = worst.max(print(&numerics.text(size)));
                }
            }
            Err(diagnostics) => {
                report(&diagnostics);
                worst = worst.max(Exit::Invalid);
            }
        }
    }
    worst
}

/// Most figures without a source that are told one by one.
const TOLD: usize = 5;

/// Warns of figures that do not say where they come from.
fn tell_unsourced(merged: &Merged) {
    let figures = merged.unsourced();
    if figures.is_empty() {
        return;
    }
    let (count, are) = (figures.len(), if figures.len() == 1 { "figure has" } else { "figures have" });
    say(&format!("warning: {count} {are} no source"));
    for figure in figures.iter().take(TOLD) {
        say(&format!("  {}:{} {} = {}", figure.file, figure.line, figure.path, figure.value));
    }
    if count > TOLD {
        say(&format!("  and {} more", count - TOLD));
    }
    say("  = help: add source = \"…\" beside a value, or in a table for all of its values");
}
