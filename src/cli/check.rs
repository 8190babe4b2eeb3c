//! `altyn check`: every error and warning at once, nothing solved.

use std::path::PathBuf;

use super::{Exit, print, report, say};
use crate::run;
use crate::scenario::Merged;

/// Arguments of `altyn check`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Scenario files
    #[arg(required = true, value_name = "SCENARIO.toml")]
    scenarios: Vec<PathBuf>,
    /// Change a value, as a file that extends the scenario would: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
}

/// Checks each file; the worst decides the exit code.
pub fn main(args: &Args) -> Exit {
    let mut worst = Exit::Done;
    for path in &args.scenarios {
        match run::load(path, &args.overrides) {
            Ok(mut loaded) => {
                run::divide(&mut loaded);
                report(&loaded.warnings);
                tell_unsourced(&loaded.merged);
                let m = &loaded.model;
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
