//! `altyn check`: every error and warning at once, nothing solved.

use std::path::PathBuf;

use super::{Exit, print, report};
use crate::run;

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
