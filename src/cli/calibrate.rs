//! `altyn calibrate`: solve scenarios, write their results, and show observed values beside those of the model.

use super::Exit;
use super::scenarios::{Printed, ScenarioArgs, run_all};
use crate::results::{comparisons_to_json, terminal};
use crate::run::Outcome;

/// Arguments of `altyn calibrate`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Print the comparisons as JSON to standard output (an array for several scenarios)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    scenarios: ScenarioArgs,
}

/// Runs all scenarios, each of which has to have observed values.
pub fn main(args: &Args) -> Exit {
    let to_json = |done: &Outcome| comparisons_to_json(&done.summary, &done.comparisons);
    run_all(&args.scenarios, true, &Printed { json: args.json, to_json, to_text: tables })
}

/// One scenario after another.
fn tables(outcomes: &[&Outcome]) -> String {
    let table = |done: &&Outcome| {
        let table = terminal::calibration(&done.summary, &done.comparisons);
        format!("{table}Results: {}\n", done.folder.display())
    };
    outcomes.iter().map(table).collect::<Vec<_>>().join("\n")
}
