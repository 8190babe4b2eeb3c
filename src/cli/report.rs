//! `altyn report`: one page of results.

use std::path::{Path, PathBuf};

use super::{Exit, open, print, say};
use crate::report;

/// Arguments of `altyn report`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folders with results
    #[arg(required = true, value_name = "RESULT_DIR")]
    folders: Vec<PathBuf>,
    /// The page; report.html in the folder of the results, or beside the folders of several, without it
    #[arg(long, value_name = "FILE.html")]
    out: Option<PathBuf>,
}

/// Makes the page.
pub fn main(args: &Args) -> Exit {
    let Some(scenarios) = open(&args.folders) else { return Exit::Failed };
    let beside = match args.folders.as_slice() {
        [one] => Some(one.as_path()),
        many => many.first().and_then(|first| first.parent()),
    };
    let usual = || beside.unwrap_or(Path::new("")).join("report.html");
    let path = args.out.clone().unwrap_or_else(usual);
    match report::write(&scenarios, None, &path) {
        Ok(()) => print(&format!("Report: {}\n", path.display())),
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::Failed
        }
    }
}
