//! `altyn import`: scenarios from the tables of other modelling systems.

use std::path::PathBuf;

use clap::Subcommand;

use super::{Exit, print, report, say};
use crate::import::osemosys::{self, ImportError, Options};

/// Arguments of `altyn import`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    from: From,
}

#[derive(Subcommand, Debug)]
enum From {
    /// A folder of OSeMOSYS tables, one CSV file for each set and parameter
    Osemosys(Osemosys),
}

/// Arguments of `altyn import osemosys`.
#[derive(clap::Args, Debug)]
struct Osemosys {
    /// Folder that holds the tables
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Folder to write the scenario to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Name of the scenario, and of its file
    #[arg(long, default_value = "osemosys")]
    name: String,
    /// Title of the scenario; made from its regions without it
    #[arg(long)]
    title: Option<String>,
    /// Unit of energy in the tables
    #[arg(long, value_name = "UNIT", default_value = "PJ")]
    energy_unit: String,
    /// Unit of capacity of technologies that give so much energy a year as a unit of it does
    #[arg(long, value_name = "UNIT", default_value = "GW")]
    capacity_unit: String,
    /// Unit of money
    #[arg(long, value_name = "UNIT", default_value = "MUSD")]
    money_unit: String,
    /// Unit of emissions
    #[arg(long, value_name = "UNIT", default_value = "Mt")]
    emission_unit: String,
    /// Price level of the tables; the first year without it
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1800..=2300))]
    price_year: Option<i32>,
    /// Default of a parameter where no row says otherwise: OperationalLife=30
    #[arg(long = "default", value_name = "NAME=VALUE")]
    defaults: Vec<String>,
}

/// Imports a folder.
pub fn main(args: &Args) -> Exit {
    let From::Osemosys(args) = &args.from;
    let options = Options {
        name: args.name.clone(),
        title: args.title.clone(),
        energy_unit: args.energy_unit.clone(),
        capacity_unit: args.capacity_unit.clone(),
        money_unit: args.money_unit.clone(),
        emission_unit: args.emission_unit.clone(),
        price_year: args.price_year,
        defaults: args.defaults.clone(),
    };
    match osemosys::import(&args.folder, &args.out, &options) {
        Ok(imported) => {
            report(&imported.warnings);
            print(&format!("{}\n", imported.path.display()))
        }
        Err(ImportError::Tables(diagnostics)) => {
            report(&diagnostics);
            Exit::Invalid
        }
        Err(error @ ImportError::Write(_)) => {
            say(&format!("error: {error}"));
            Exit::Failed
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::Invalid
        }
    }
}
