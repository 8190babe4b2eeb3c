//! `altyn completions`: commands and options, for shells.

use clap::CommandFactory as _;
use clap_complete::{Shell, generate};

use super::{Cli, Exit, print};

/// Arguments of `altyn completions`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints what a shell needs.
pub fn main(args: &Args) -> Exit {
    let mut text = Vec::new();
    generate(args.shell, &mut Cli::command(), "altyn", &mut text);
    print(&String::from_utf8_lossy(&text))
}
