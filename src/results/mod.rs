//! Solution → tidy tables with units, prices from duals, and costs that add up to the objective.
//!
//! All tables are read from the formulation's books, so that what is reported is what was optimised. One table is one
//! file; [`tabulate`] lists them.

mod assets;
mod capacity;
mod costs;
mod dispatch;
mod emissions;
mod flows;
mod indicators;
mod investment;
mod ledger;
mod links;
mod markets;
mod policies;
mod prices;
mod storage;
mod summary;
mod table;
pub mod terminal;
mod timing;
mod write;

pub use costs::component_name;
pub use summary::Summary;
pub use table::{Cell, Column, Table, significant};
pub use timing::Timing;
pub use write::{WriteError, write, write_tables};

use ledger::Ledger;

use crate::formulation::Formulation;
use crate::solve::Solution;

/// Everything a run reports.
#[derive(Clone, Debug)]
pub struct Results {
    /// Tables, in the order of their files.
    pub tables: Vec<Table>,
    /// Headline figures.
    pub summary: Summary,
}

/// Makes all tables of a solution.
pub fn tabulate(formulation: &Formulation, solution: &Solution) -> Results {
    let ledger = Ledger::new(formulation, solution);
    let tables = vec![
        capacity::table(&ledger),
        investment::table(&ledger),
        flows::table(&ledger),
        dispatch::table(&ledger),
        storage::table(&ledger),
        links::table(&ledger),
        markets::table(&ledger),
        emissions::table(&ledger),
        costs::table(&ledger),
        prices::table(&ledger),
        policies::table(&ledger),
        assets::table(&ledger),
    ];
    Results { tables, summary: summary::summarise(&ledger) }
}
