//! `storage.csv`: levels of stores.
//!
//! A daily store has a level at the end of every slice of each representative day. A yearly store, or one of the
//! horizon, has one at the start of every stretch of equal days of the calendar, named after its first day.

use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::PER_LARGE;
use crate::formulation::keys::ColumnKey;
use crate::model::*;
use crate::time::Bucket;

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let mut table = Table::new("storage", &["scenario", "year", "zone", "technology", "slice", "level", "unit"])
        .typed(&["year"], &["level"]);
    for year in ledger.context().covered() {
        for (id, process) in ledger.model().processes.iter() {
            match process.storage.as_ref().map(|storage| (storage, storage.cycle)) {
                Some((storage, Cycle::Day)) => daily(ledger, &mut table, year, id, storage),
                Some((storage, Cycle::Year | Cycle::Horizon)) => yearly(ledger, &mut table, year, id, storage),
                None => {}
            }
        }
    }
    table
}

fn daily(ledger: &Ledger, table: &mut Table, year: YearId, id: ProcessId, storage: &Storage) {
    for slice in ledger.context().grid.slices.ids() {
        let key = ColumnKey::Level(id, year, Bucket::Slice(slice));
        if let Some(column) = ledger.formulation.program.column(key) {
            let name = &ledger.context().grid.slices[slice].name;
            row(ledger, table, year, id, storage, name, ledger.solution.value(column));
        }
    }
}

fn yearly(ledger: &Ledger, table: &mut Table, year: YearId, id: ProcessId, storage: &Storage) {
    let grid = ledger.context().grid;
    let mut first = 1.0;
    for (position, run) in grid.calendar.iter().enumerate() {
        let key = ColumnKey::CalendarLevel(id, year, u16::try_from(position).unwrap_or(u16::MAX));
        if let Some(column) = ledger.formulation.program.column(key) {
            let name = format!("day{first:03}");
            row(ledger, table, year, id, storage, &name, ledger.solution.value(column) * PER_LARGE);
        }
        first += run.days;
    }
}

fn row(ledger: &Ledger, table: &mut Table, year: YearId, id: ProcessId, storage: &Storage, slice: &str, level: f64) {
    let model = ledger.model();
    table.row([
        (&model.id).into(),
        ledger.year(year).into(),
        ledger.zone(model.processes[id].zone).into(),
        model.technology_name(id).into(),
        slice.into(),
        level.into(),
        model.commodities[storage.commodity].measure.store_unit().into(),
    ]);
}
