//! **Storage through the calendar.** A yearly store carries its level from day to day in the order of the calendar,
//! each day changing it as the day's representative does (inter-period linking).
//!
//! For run `k` of `n` equal days in a row with representative day `d`, which changes the level by `net(d)` and swings by
//! `up(d)` above and `down(d)` below its start:
//!
//! ```text
//! L(k+1) = δ^n · L(k) + g · net(d)          δ = (1−λ)^24,  g = Σ_{i<n} δ^i,  g' = Σ_{i<n−1} δ^i
//! L(k) − down(d) ≥ 0          L(k) + up(d) ≤ tank                        on the first day of the run
//! δ^(n−1) · L(k) + g' · net(d) − down(d) ≥ 0,    δ^(n−1) · L(k) + g' · net(d) + up(d) ≤ tank        on the last
//! ```
//!
//! all in TWh (or Mt), and the year ends where it began: `L(last + 1) = L(1)`. Days between the first and the last lie between these, since every day of a run
//! changes the level the same way. These rows tie the days of a year together.
//!
//! The level of a store of the horizon does not return. It begins at `start` in the first milestone year in which the store stands, and each
//! year of a period of `n` changes it by what the calendar of `c` years does in one:
//!
//! ```text
//! L(1, first) = start          L(1, y+1) = L(1, y) + n(y) · (L(last + 1, y) − L(1, y)) / c          L(last + 1, y) ≤ tank
//! ```
//!
//! The source of the formulation is the superposition of states between and within typical periods (Kotzur et al.,
//! 2018, doi 10.1016/j.apenergy.2018.01.023).

use super::super::book::Counted;
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::capacity::fleet_capacity;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Program, Sense};
use super::storage::{PER_LARGE, limit_to, tank};
use crate::model::*;
use crate::time::CalendarRun;

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for (id, process) in ctx.model.processes.iter() {
            let Some(storage) = process.storage.as_ref().filter(|s| s.cycle != Cycle::Day) else { continue };
            let exists = ctx.grid.days.ids().any(|d| net_charge(&draft.program, id, year, d).is_some());
            if exists {
                let size = tank(draft, process, storage, year).scaled(1.0 / PER_LARGE);
                add_year(ctx, draft, id, storage, year, &size);
            }
        }
    }
    for (id, process) in ctx.model.processes.iter() {
        if process.storage.as_ref().is_some_and(|storage| storage.cycle == Cycle::Horizon) {
            add_carry(ctx, draft, id);
        }
    }
}

/// Years in which a store stands, in order; the same whatever years the program covers.
fn standing(ctx: &Context, program: &Program, id: ProcessId) -> Vec<YearId> {
    let fleet = ctx.model.processes[id].fleet;
    ctx.years().filter(|&year| !fleet_capacity(program, fleet, year).is_nothing()).collect()
}

/// Carries the level of a store of the horizon from each year in which it stands to the next.
fn add_carry(ctx: &Context, draft: &mut Draft, id: ProcessId) {
    let end = run_number(ctx.grid.calendar.len());
    for pair in standing(ctx, &draft.program, id).windows(2) {
        let &[year, next] = pair else { continue };
        let level = |year, run| draft.program.column(ColumnKey::CalendarLevel(id, year, run));
        let grown = ctx.model.horizon[year].length() / ctx.grid.calendar_years;
        let parts = [(level(next, 0), 1.0), (level(year, 0), grown - 1.0), (level(year, end), -grown)];
        // A part of the program has the levels of the years that it covers.
        let terms: Vec<_> = parts.into_iter().filter_map(|(column, part)| Some((column?, part))).collect();
        draft.program.add_row(RowKey::CalendarCarry(id, year), Block::Horizon, &terms, Sense::Eq, 0.0);
    }
}

fn run_number(position: usize) -> u16 {
    u16::try_from(position).unwrap_or(u16::MAX)
}

fn net_charge(program: &Program, id: ProcessId, year: YearId, day: crate::time::DayId) -> Option<ColId> {
    program.column(ColumnKey::NetCharge(id, year, day))
}

fn add_year(ctx: &Context, draft: &mut Draft, id: ProcessId, storage: &Storage, year: YearId, size: &Counted) {
    let block = Block::Year(year);
    let runs = &ctx.grid.calendar;
    // A store that does not return has a level of its own after the last run.
    let returns = storage.cycle == Cycle::Year;
    let count = if returns { runs.len() } else { runs.len() + 1 };
    let is_first = || standing(ctx, &draft.program, id).first() == Some(&year);
    let start = (!returns && is_first()).then_some(storage.start_level / PER_LARGE);
    // No level between runs is above the tank, whatever happens within the days.
    let upper = if size.terms.is_empty() { size.constant } else { f64::INFINITY };
    let levels: Vec<ColId> = (0..count)
        .map(|k| {
            let key = ColumnKey::CalendarLevel(id, year, run_number(k));
            let (least, most) = start.filter(|_| k == 0).map_or((0.0, upper), |level| (level, level));
            draft.program.add_column(key, block, least, most)
        })
        .collect();
    let daily = (1.0 - storage.loss_per_hour).powf(24.0);
    for (k, run) in runs.iter().enumerate() {
        let Some(net) = net_charge(&draft.program, id, year, run.day) else { continue };
        let next = levels[(k + 1) % levels.len()];
        let terms = [(next, 1.0), (levels[k], -daily.powf(run.days)), (net, -gain(daily, run.days))];
        draft.program.add_row(RowKey::CalendarBalance(id, year, run_number(k)), block, &terms, Sense::Eq, 0.0);
        add_bounds(draft, id, year, (k, run, daily), levels[k], net, size);
    }
    if let (false, Some(&end), false) = (returns, levels.last(), size.terms.is_empty()) {
        let key = RowKey::CalendarFull(id, year, run_number(runs.len()), false);
        limit_to(draft, key, block, &[(end, 1.0)], size);
    }
}

/// What equal days in a row add to the level per unit of each, `Σ_{i<n} δ^i`, with the part `δ` of the level that a day leaves.
fn gain(daily: f64, days: f64) -> f64 {
    if daily < 1.0 { (1.0 - daily.powf(days)) / (1.0 - daily) } else { days }
}

fn add_bounds(
    draft: &mut Draft,
    id: ProcessId,
    year: YearId,
    (k, run, daily): (usize, &CalendarRun, f64),
    level: ColId,
    net: ColId,
    size: &Counted,
) {
    let block = Block::Year(year);
    let number = run_number(k);
    let up = draft.program.column(ColumnKey::SwingUp(id, year, run.day));
    let down = draft.program.column(ColumnKey::SwingDown(id, year, run.day));
    // Without a swing within the day, the levels between runs are all there is to bound; where the tank is fixed their
    // columns' bounds do it.
    let first_day = (up.is_some() || !size.terms.is_empty()).then_some(false);
    let last_day = (run.days > 1.0 && up.is_some()).then_some(true);
    for last in [first_day, last_day].into_iter().flatten() {
        let passed = if last { run.days - 1.0 } else { 0.0 };
        let start = [(level, daily.powf(passed)), (net, gain(daily, passed))];
        let full: Vec<_> = start.iter().copied().chain(up.map(|column| (column, 1.0))).collect();
        limit_to(draft, RowKey::CalendarFull(id, year, number, last), block, &full, size);
        if let Some(down) = down {
            let empty: Vec<_> = start.iter().copied().chain([(down, -1.0)]).collect();
            draft.program.add_row(RowKey::CalendarEmpty(id, year, number, last), block, &empty, Sense::Ge, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{DAYS, lines};

    /// Two runs of 182 and 183 equal days; the second returns to the first.
    #[test]
    fn levels_run_through_the_calendar() {
        let scenario = r#"
[technologies.store]
zones = ["a"]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
[technologies.store.storage]
commodity = "electricity"
energy-capital-cost = "2 USD/kWh"
cycle = "year"
"#;
        insta::assert_snapshot!(lines(DAYS, scenario, &["calendar_balance[store@a,2025", "calendar_full[store@a,2025", "calendar_empty[store@a,2025"]), @"
        calendar_balance[store@a,2025,r0]: - 182 net_charge[store@a,2025,d092] - 1 calendar_level[store@a,2025,r0] + 1 calendar_level[store@a,2025,r1] = 0
        calendar_full[store@a,2025,r0,first]: - 0.001 capacity[store@a:tank,2025] + 1 swing_up[store@a,2025,d092] + 1 calendar_level[store@a,2025,r0] <= 0
        calendar_empty[store@a,2025,r0,first]: - 1 swing_down[store@a,2025,d092] + 1 calendar_level[store@a,2025,r0] >= 0
        calendar_full[store@a,2025,r0,last]: - 0.001 capacity[store@a:tank,2025] + 181 net_charge[store@a,2025,d092] + 1 swing_up[store@a,2025,d092] + 1 calendar_level[store@a,2025,r0] <= 0
        calendar_empty[store@a,2025,r0,last]: + 181 net_charge[store@a,2025,d092] - 1 swing_down[store@a,2025,d092] + 1 calendar_level[store@a,2025,r0] >= 0
        calendar_balance[store@a,2025,r1]: - 183 net_charge[store@a,2025,d274] + 1 calendar_level[store@a,2025,r0] - 1 calendar_level[store@a,2025,r1] = 0
        calendar_full[store@a,2025,r1,first]: - 0.001 capacity[store@a:tank,2025] + 1 swing_up[store@a,2025,d274] + 1 calendar_level[store@a,2025,r1] <= 0
        calendar_empty[store@a,2025,r1,first]: - 1 swing_down[store@a,2025,d274] + 1 calendar_level[store@a,2025,r1] >= 0
        calendar_full[store@a,2025,r1,last]: - 0.001 capacity[store@a:tank,2025] + 182 net_charge[store@a,2025,d274] + 1 swing_up[store@a,2025,d274] + 1 calendar_level[store@a,2025,r1] <= 0
        calendar_empty[store@a,2025,r1,last]: + 182 net_charge[store@a,2025,d274] - 1 swing_down[store@a,2025,d274] + 1 calendar_level[store@a,2025,r1] >= 0
        ");
    }

    /// The level after the second run is what the next year begins with, five years later; the first year begins with 3 TWh.
    #[test]
    fn levels_run_through_the_horizon() {
        let scenario = r#"
[technologies.store]
zones = ["a"]
capital-cost = "100 USD/kW"
lifetime = "20 yr"
[technologies.store.storage]
commodity = "electricity"
energy-capital-cost = "2 USD/kWh"
cycle = "horizon"
start-level = "3 TWh"
"#;
        let words =
            ["calendar_balance[store@a,2030", "calendar_carry", "calendar_full[store@a,2030,r2", "3 <= calendar_level"];
        insta::assert_snapshot!(lines(DAYS, scenario, &words), @"
        calendar_balance[store@a,2030,r0]: - 182 net_charge[store@a,2030,d092] - 1 calendar_level[store@a,2030,r0] + 1 calendar_level[store@a,2030,r1] = 0
        calendar_balance[store@a,2030,r1]: - 183 net_charge[store@a,2030,d274] - 1 calendar_level[store@a,2030,r1] + 1 calendar_level[store@a,2030,r2] = 0
        calendar_full[store@a,2030,r2,first]: - 0.001 capacity[store@a:tank,2030] + 1 calendar_level[store@a,2030,r2] <= 0
        calendar_carry[store@a,2025] (links days): + 4 calendar_level[store@a,2025,r0] - 5 calendar_level[store@a,2025,r2] + 1 calendar_level[store@a,2030,r0] = 0
        3 <= calendar_level[store@a,2025,r0] <= 3
        ");
    }
}
