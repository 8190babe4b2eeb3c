//! `altyn report`: one page of results.

use std::path::{Path, PathBuf};

use super::{Exit, print, say};
use crate::report;
use crate::results::read::{Stored, distinguish};
use crate::results::write_text;

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
    match write(args) {
        Ok(path) => print(&format!("Report: {}\n", path.display())),
        Err(message) => {
            say(&format!("error: {message}"));
            Exit::Failed
        }
    }
}

fn write(args: &Args) -> Result<PathBuf, String> {
    let stored = args.folders.iter().map(|folder| Stored::open(folder)).collect::<Result<Vec<_>, _>>();
    let help = "help: a folder with results is what `altyn run` wrote: results/<scenario>";
    let mut scenarios = stored.map_err(|error| format!("{error}\n{help}"))?;
    distinguish(&mut scenarios);
    let page = report::page(&scenarios, None).map_err(|error| error.to_string())?;
    let beside = match args.folders.as_slice() {
        [one] => Some(one.as_path()),
        many => many.first().and_then(|first| first.parent()),
    };
    let usual = || beside.unwrap_or(Path::new("")).join("report.html");
    let path = args.out.clone().unwrap_or_else(usual);
    write_text(&path, &page).map_err(|error| error.to_string())?;
    Ok(path)
}
