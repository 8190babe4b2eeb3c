//! `altyn show`: the scenario after inheritance, each value with its origin and source.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::{Exit, print, report, say};
use crate::scenario;

/// Arguments of `altyn show`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Scenario file
    #[arg(value_name = "SCENARIO.toml")]
    scenario: PathBuf,
    /// Show only what lies below this path: technologies.wind
    #[arg(value_name = "PATH")]
    path: Option<String>,
    /// Change a value, as a file that extends the scenario would: time.days=12
    #[arg(long = "set", value_name = "PATH=VALUE")]
    overrides: Vec<String>,
}

/// Prints the merged scenario.
pub fn main(args: &Args) -> Exit {
    let loaded = match scenario::load(&args.scenario, &args.overrides) {
        Ok(loaded) => loaded,
        Err(diagnostics) => {
            report(&diagnostics);
            return Exit::Invalid;
        }
    };
    let values = loaded.merged.show(args.path.as_deref());
    if values.is_empty() {
        let path = args.path.as_deref().unwrap_or_default();
        say(&format!("error: {} has nothing at `{path}`", args.scenario.display()));
        if let Some(near) = loaded.merged.nearest_path(path) {
            say(&format!("  = help: did you mean `{near}`?"));
        }
        return Exit::Invalid;
    }
    let mut out = String::new();
    for value in values {
        let _ = write!(out, "{} = {}  # {}:{}", value.path, value.value, value.file, value.line);
        if let Some(source) = &value.source {
            let _ = write!(out, "  source: {source}");
        }
        if let Some(quality) = &value.quality {
            let _ = write!(out, "  ({quality})");
        }
        if let Some(note) = &value.note {
            let _ = write!(out, "  note: {note}");
        }
        out.push('\n');
    }
    print(&out)
}
