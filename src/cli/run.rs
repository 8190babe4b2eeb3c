//! `altyn run`: solve scenarios and write their results.

use super::Exit;
use super::scenarios::{Printed, ScenarioArgs, run_all};
use crate::results::{Summary, terminal};
use crate::run::Outcome;

/// Arguments of `altyn run`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Print summary.json to standard output (an array for several scenarios)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    scenarios: ScenarioArgs,
}

/// Runs all scenarios.
pub fn main(args: &Args) -> Exit {
    let printed = Printed { json: args.json, to_json: |done| done.summary.to_json(), to_text: tables };
    run_all(&args.scenarios, false, &printed)
}

/// One scenario in full; several side by side.
fn tables(outcomes: &[&Outcome]) -> String {
    let summaries: Vec<&Summary> = outcomes.iter().map(|done| &done.summary).collect();
    let mut out = match summaries.as_slice() {
        [one] => terminal::summary(one),
        many => terminal::side_by_side(many),
    };
    for done in outcomes {
        out.push_str(&format!("Results: {}\n", done.folder.display()));
    }
    out
}
