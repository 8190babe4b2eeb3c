//! `altyn man`: manual pages.

use std::path::PathBuf;

use clap::CommandFactory as _;

use super::{Cli, Exit, say};

/// Arguments of `altyn man`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder for the pages, one for each command: altyn.1, altyn-run.1 …
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// Writes a page for each command.
pub fn main(args: &Args) -> Exit {
    let written = std::fs::create_dir_all(&args.out).and_then(|()| clap_mangen::generate_to(Cli::command(), &args.out));
    match written {
        Ok(_) => Exit::Done,
        Err(error) => {
            say(&format!("error: can not write to {}: {error}", args.out.display()));
            Exit::Failed
        }
    }
}
