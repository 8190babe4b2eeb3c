//! Solution → tidy tables with units, prices from duals, and costs that add up to the objective.
//!
//! All tables are read from the formulation's books, so that what is reported is what was optimised. One table is one
//! file; `TABLES` lists them. They are made part by part of a formulation: the ledger holds the years of one part, and what
//! needs all years (policies, indicators and what they are compared with) is gathered on the way.

mod assets;
mod calibration;
mod capacity;
mod costs;
mod dispatch;
mod display;
mod emissions;
mod flows;
mod iamc;
mod indicators;
mod investment;
pub(crate) mod ledger;
mod links;
mod markets;
pub(crate) mod policies;
pub(crate) mod prices;
pub mod read;
mod storage;
mod summary;
mod table;
pub mod terminal;
mod timing;
mod write;

pub use calibration::{Comparison, compare, to_json as comparisons_to_json};
pub use costs::component_name;
pub use display::*;
pub use iamc::Reported;
pub use policies::unit as policy_unit;
pub use summary::Summary;
pub use table::{Cell, Column, Table, significant};
pub use timing::Timing;
pub use write::{
    Document, Drafts, Format, WriteError, Writer, check_place, documents, parquet, write_tables, write_text,
    write_whole,
};

use std::convert::Infallible;

use indicators::Measured;
use ledger::Ledger;
use policies::Limits;

use crate::formulation::Formulations;
use crate::model::Iamc;
use crate::solve::Solution;

/// Everything a run reports.
#[derive(Clone, Debug)]
pub struct Results {
    /// Tables, in the order of their files.
    pub tables: Vec<Table>,
    /// Headline figures.
    pub summary: Summary,
}

/// Makes all tables of a solution, one for each part of a formulation.
pub fn tabulate(formulations: &Formulations, solutions: &[Solution]) -> Results {
    let mut tables: Vec<Table> = Vec::new();
    let Ok((summary, _)) = each_part::<Infallible>(formulations, solutions, None, |table| {
        match tables.iter_mut().find(|known| known.name == table.name) {
            Some(known) => known.append(table),
            None => tables.push(table),
        }
        Ok(())
    });
    Results { tables, summary }
}

/// Headline figures of a solution.
pub fn summarise(formulations: &Formulations, solutions: &[Solution]) -> Summary {
    let mut measured = Measured::new(&formulations.model.indicators);
    let Ok(()) = formulations.show_each::<Infallible>(|number, formulation| {
        if let Some(solution) = solutions.get(number) {
            measured.add(&Ledger::new(formulation, solution));
        }
        Ok(())
    });
    summary::summarise(formulations, solutions, measured)
}

/// Makes the tables of a solution part by part, and gives each away before the next part is built. Tables of the same name continue
/// each other. Where a template is given, what it asks for is reported beside the summary.
///
/// # Errors
/// What `give` fails with.
pub fn each_part<E>(
    formulations: &Formulations,
    solutions: &[Solution],
    template: Option<&Iamc>,
    mut give: impl FnMut(Table) -> Result<(), E>,
) -> Result<(Summary, Option<Reported>), E> {
    let model = formulations.model;
    let (mut limits, mut measured) = (Limits::default(), Measured::new(&model.indicators));
    let mut reported = template.map(iamc::Gathered::new);
    formulations.show_each(|number, formulation| {
        let Some(solution) = solutions.get(number) else { return Ok(()) };
        let ledger = Ledger::new(formulation, solution);
        limits.add(&ledger);
        measured.add(&ledger);
        if let Some(reported) = &mut reported {
            reported.add(&ledger);
        }
        TABLES.iter().try_for_each(|table| give(table(&ledger)))
    })?;
    give(limits.table(model))?;
    let summary = summary::summarise(formulations, solutions, measured);
    give(calibration::table(&model.id, &compare(&model.statistics, &summary)))?;
    let reported = reported.map(|reported| reported.evaluate(model, summary::tolerance(&summary.quality)));
    Ok((summary, reported))
}

/// Tables of a part, in the order of their files.
const TABLES: &[fn(&Ledger) -> Table] = &[
    capacity::table,
    investment::table,
    flows::table,
    dispatch::table,
    storage::table,
    links::table,
    markets::table,
    emissions::table,
    costs::table,
    prices::table,
    assets::table,
];
