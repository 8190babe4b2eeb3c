//! A program small enough to be solved by hand.

use crate::formulation::keys::{ColumnKey, RowKey};
use crate::formulation::program::{Block, Program, Sense};
use crate::model::{CommodityId, FleetId, Id as _, PolicyId, ProcessId, YearId, ZoneId};
use crate::time::Bucket;

/// What both years together may supply in [`two_years`].
pub const BUDGET: f64 = 6.0;

/// Two years with a demand of 5 each. A unit of capacity costs 3 and serves both years; a unit of supply costs 2, and one of demand that
/// is not met 10. There may be a budget on the supply of both years.
pub fn two_years(budget: Option<f64>) -> Program {
    let mut program = Program::default();
    let (zone, commodity) = (ZoneId::new(0), CommodityId::new(0));
    let capacity =
        program.add_column(ColumnKey::Capacity(FleetId::new(0), YearId::new(0)), Block::Horizon, 0.0, f64::INFINITY);
    program.add_cost(capacity, 3.0);
    let mut supplies = Vec::new();
    for year in [YearId::new(0), YearId::new(1)] {
        let block = Block::Year(year);
        let process = ProcessId::new(0);
        let supply = program.add_column(ColumnKey::Charge(process, year, Bucket::Year), block, 0.0, f64::INFINITY);
        let unserved =
            program.add_column(ColumnKey::Unserved(zone, commodity, year, Bucket::Year), block, 0.0, f64::INFINITY);
        program.add_cost(supply, 2.0);
        program.add_cost(unserved, 10.0);
        let limit = [(supply, 1.0), (capacity, -1.0)];
        program.add_row(RowKey::ChargeLimit(process, year, Bucket::Year), block, &limit, Sense::Le, 0.0);
        let balance = [(supply, 1.0), (unserved, 1.0)];
        program.add_row(RowKey::Balance(zone, commodity, year, Bucket::Year), block, &balance, Sense::Ge, 5.0);
        supplies.push((supply, 1.0));
    }
    if let Some(budget) = budget {
        program.add_row(RowKey::PolicyBudget(PolicyId::new(0)), Block::Horizon, &supplies, Sense::Le, budget);
    }
    program
}
