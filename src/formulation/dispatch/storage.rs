//! **Storage within a bucket of time.** Charging and discharging within power; the level follows and stays in the tank.
//!
//! With efficiencies `ηc`, `ηd`, hourly loss `λ` and steps of `h` hours:
//!
//! ```text
//! charge(p,y,b) ≤ charge_ratio · availability(b) · capacity(p,y)      discharge(p,y,b) ≤ availability(b) · capacity(p,y)
//! level(b) = (1−λ)^h · level(b−1) + h · (ηc · charge(b) − discharge(b) / ηd)
//! ```
//!
//! A daily store ends every representative day where it began (`level(first − 1) = level(last)`), with
//! `0 ≤ level(b) ≤ tank`. A yearly store counts `level` from the start of its day, when it holds `L`, so that it holds
//! `(1−λ)^t · L + level(b)` at the end of a step, `t` hours later. What `L` must be for that to stay in the tank is
//!
//! ```text
//! L ≥ down ≥ −level(b) / (1−λ)^t          L ≤ tank − up,   up ≥ level(b)
//! ```
//!
//! of which the second is exact without losses and safe with them. The level itself is carried through the calendar by
//! [`calendar_storage`](super::calendar_storage), and so is that of a store of the horizon.

use super::super::book::{Component, Counted, Holder};
use super::super::context::Context;
use super::super::draft::Draft;
use super::super::investment::capacity::fleet_capacity;
use super::super::keys::{ColumnKey, RowKey};
use super::super::program::{Block, ColId, Sense};
use super::activity;
use crate::model::*;
use crate::time::{Bucket, DayId};

/// Adds the family.
pub fn add(ctx: &Context, draft: &mut Draft) {
    for year in ctx.covered() {
        for (id, process) in ctx.model.processes.iter() {
            let Some(storage) = &process.storage else { continue };
            let power = fleet_capacity(&draft.program, process.fleet, year);
            if power.is_nothing() {
                continue;
            }
            let store = Store { id, storage, year, tank: tank(draft, process, storage, year), power };
            for day in ctx.grid.days.ids() {
                store.add_day(ctx, draft, day);
            }
        }
    }
}

/// Size of a storage's tank in a year, GWh (or kt).
pub fn tank(draft: &Draft, process: &Process, storage: &Storage, year: YearId) -> Counted {
    match storage.tank {
        Tank::Sized(fleet) => fleet_capacity(&draft.program, fleet, year),
        Tank::Duration(hours) => fleet_capacity(&draft.program, process.fleet, year).scaled(hours),
    }
}

/// A row `Σ terms ≤ size`.
pub fn limit_to(draft: &mut Draft, key: RowKey, block: Block, terms: &[(ColId, f64)], size: &Counted) {
    let row: Vec<_> = terms.iter().copied().chain(size.scaled(-1.0).terms).collect();
    draft.program.add_row(key, block, &row, Sense::Le, size.constant);
}

/// Small units (GWh, kt) in a large one (TWh, Mt). What a yearly store holds is counted in the large one: a thousandfold
/// spread of bounds would slow the solver down.
pub const PER_LARGE: f64 = 1000.0;

/// A storage in a year.
struct Store<'a> {
    id: ProcessId,
    storage: &'a Storage,
    year: YearId,
    power: Counted,
    tank: Counted,
}

impl Store<'_> {
    /// The steps of a day at the resolution of the stored commodity, with their length in hours.
    fn steps(&self, ctx: &Context, day: DayId) -> Vec<(Bucket, f64)> {
        match ctx.model.commodities[self.storage.commodity].resolution {
            Resolution::Hour => {
                let slices = &ctx.grid.days[day].slices;
                slices.iter().map(|&s| (Bucket::Slice(s), ctx.grid.slices[s].duration)).collect()
            }
            _ => vec![(Bucket::Day(day), 24.0)],
        }
    }

    fn add_day(&self, ctx: &Context, draft: &mut Draft, day: DayId) {
        let steps = self.steps(ctx, day);
        let yearly = self.storage.cycle != Cycle::Day;
        let levels: Vec<ColId> = steps.iter().map(|&(bucket, _)| self.add_level(ctx, draft, bucket, yearly)).collect();
        for (number, &(bucket, hours)) in steps.iter().enumerate() {
            let before = match number.checked_sub(1) {
                Some(previous) => Some(levels[previous]),
                // A yearly store starts its day at zero, a daily one where it will end.
                None => levels.last().copied().filter(|_| !yearly),
            };
            self.add_step(ctx, draft, bucket, hours, levels[number], before);
        }
        if yearly {
            self.add_swing(draft, day, &steps, &levels);
        }
    }

    fn add_level(&self, ctx: &Context, draft: &mut Draft, bucket: Bucket, yearly: bool) -> ColId {
        let block = Draft::block(ctx, self.year, bucket);
        let key = ColumnKey::Level(self.id, self.year, bucket);
        if yearly {
            return draft.program.add_column(key, block, f64::NEG_INFINITY, f64::INFINITY);
        }
        if self.tank.terms.is_empty() {
            return draft.program.add_column(key, block, 0.0, self.tank.constant);
        }
        let level = draft.program.add_column(key, block, 0.0, f64::INFINITY);
        limit_to(draft, RowKey::TankLimit(self.id, self.year, bucket), block, &[(level, 1.0)], &self.tank);
        level
    }

    fn add_step(
        &self,
        ctx: &Context,
        draft: &mut Draft,
        bucket: Bucket,
        hours: f64,
        level: ColId,
        before: Option<ColId>,
    ) {
        let (id, year, s) = (self.id, self.year, self.storage);
        let available = activity::range(ctx, &ctx.model.processes[id], (year, bucket)).0;
        let power = self.power.scaled(available);
        let charge_power = power.scaled(s.charge_ratio);
        let charge = self.add_power(
            ctx,
            draft,
            (ColumnKey::Charge(id, year, bucket), RowKey::ChargeLimit(id, year, bucket)),
            bucket,
            &charge_power,
        );
        let discharge = self.add_power(
            ctx,
            draft,
            (ColumnKey::Discharge(id, year, bucket), RowKey::DischargeLimit(id, year, bucket)),
            bucket,
            &power,
        );
        let at = (ctx.model.processes[id].zone, s.commodity);
        let holder = Holder::Process(id);
        draft.flow(at, (year, bucket), holder, Some(charge), -1.0);
        draft.flow(at, (year, bucket), holder, Some(discharge), 1.0);
        draft.rate_cost(ctx, holder, Component::Variable, (year, bucket), discharge, s.variable_cost[year]);

        let kept = (1.0 - s.loss_per_hour).powf(hours);
        let mut terms =
            vec![(level, 1.0), (charge, -hours * s.charge_efficiency), (discharge, hours / s.discharge_efficiency)];
        terms.extend(before.map(|column| (column, -kept)));
        let block = Draft::block(ctx, year, bucket);
        draft.program.add_row(RowKey::StorageBalance(id, year, bucket), block, &terms, Sense::Eq, 0.0);
    }

    /// A charging or discharging rate within its power.
    fn add_power(
        &self,
        ctx: &Context,
        draft: &mut Draft,
        (column, row): (ColumnKey, RowKey),
        bucket: Bucket,
        power: &Counted,
    ) -> ColId {
        if power.terms.is_empty() {
            return draft.rate(ctx, column, self.year, bucket, power.constant);
        }
        let rate = draft.rate(ctx, column, self.year, bucket, f64::INFINITY);
        limit_to(draft, row, Draft::block(ctx, self.year, bucket), &[(rate, 1.0)], power);
        rate
    }

    /// What the calendar needs to know of a day: the change of level, and how far it swings on the way.
    fn add_swing(&self, draft: &mut Draft, day: DayId, steps: &[(Bucket, f64)], levels: &[ColId]) {
        let (id, year) = (self.id, self.year);
        let Some((&end, inner)) = levels.split_last() else { return };
        // What the calendar knows of a day is the year's: a day then touches three columns of it, and not every run that it stands for.
        let (block, of_year) = (Block::Day(year, day), Block::Year(year));
        let key = ColumnKey::NetCharge(id, year, day);
        let net = draft.program.add_column(key, of_year, f64::NEG_INFINITY, f64::INFINITY);
        let terms = [(net, PER_LARGE), (end, -1.0)];
        draft.program.add_row(RowKey::NetCharge(id, year, day), block, &terms, Sense::Eq, 0.0);
        if inner.is_empty() {
            return;
        }
        let up = draft.program.add_column(ColumnKey::SwingUp(id, year, day), of_year, 0.0, f64::INFINITY);
        let down = draft.program.add_column(ColumnKey::SwingDown(id, year, day), of_year, 0.0, f64::INFINITY);
        let mut passed = 0.0;
        for (&level, &(bucket, hours)) in levels.iter().zip(steps) {
            passed += hours;
            let kept = (1.0 - self.storage.loss_per_hour).powf(passed);
            let key = RowKey::SwingUp(id, year, bucket);
            draft.program.add_row(key, block, &[(level, 1.0), (up, -PER_LARGE)], Sense::Le, 0.0);
            let key = RowKey::SwingDown(id, year, bucket);
            // Where next to nothing is kept, the day lives on what it takes in itself.
            let carried = if kept > 1e-6 { -PER_LARGE * kept } else { 0.0 };
            draft.program.add_row(key, block, &[(level, -1.0), (down, carried)], Sense::Le, 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::formulation::testing::{DAYS, lines};

    /// Steps of 12 hours: 0.9 · 12 in, 12 / 0.8 out, 0.99^12 = 0.886385 kept.
    #[test]
    fn a_daily_store_returns_to_its_start() {
        let scenario = r#"
[technologies.store]
zones = ["a"]
capital-cost = "100 USD/kW"
variable-cost = "1 USD/MWh"
lifetime = "20 yr"
storage = { commodity = "electricity", duration = "4 h", charge-efficiency = 0.9, discharge-efficiency = 0.8, loss = "1 %/h" }
"#;
        insta::assert_snapshot!(lines(DAYS, scenario, &["storage_balance[store@a,2025,d092", "tank_limit[store@a,2025,d092", "charge_limit[store@a,2025,d092", "discharge_limit[store@a,2025,d092"]), @"
        tank_limit[store@a,2025,d092h00]: - 4 capacity[store@a,2025] + 1 level[store@a,2025,d092h00] <= 0
        tank_limit[store@a,2025,d092h12]: - 4 capacity[store@a,2025] + 1 level[store@a,2025,d092h12] <= 0
        charge_limit[store@a,2025,d092h00]: - 1 capacity[store@a,2025] + 1 charge[store@a,2025,d092h00] <= 0
        discharge_limit[store@a,2025,d092h00]: - 1 capacity[store@a,2025] + 1 discharge[store@a,2025,d092h00] <= 0
        storage_balance[store@a,2025,d092h00]: + 1 level[store@a,2025,d092h00] - 0.886385 level[store@a,2025,d092h12] - 10.8 charge[store@a,2025,d092h00] + 15 discharge[store@a,2025,d092h00] = 0
        charge_limit[store@a,2025,d092h12]: - 1 capacity[store@a,2025] + 1 charge[store@a,2025,d092h12] <= 0
        discharge_limit[store@a,2025,d092h12]: - 1 capacity[store@a,2025] + 1 discharge[store@a,2025,d092h12] <= 0
        storage_balance[store@a,2025,d092h12]: - 0.886385 level[store@a,2025,d092h00] + 1 level[store@a,2025,d092h12] - 10.8 charge[store@a,2025,d092h12] + 15 discharge[store@a,2025,d092h12] = 0
        ");
    }

    /// Levels within the day are GWh from its start, what the calendar sees is TWh.
    #[test]
    fn a_yearly_store_tells_the_calendar_how_its_days_end() {
        let scenario = r#"
[technologies.store]
zones = ["a"]
capital-cost = "100 USD/kW"
variable-cost = "1 USD/MWh"
lifetime = "20 yr"
[technologies.store.storage]
commodity = "electricity"
energy-capital-cost = "2 USD/kWh"
cycle = "year"
"#;
        insta::assert_snapshot!(lines(DAYS, scenario, &["storage_balance[store@a,2025,d092", "net_charge[store@a,2025,d092", "swing_up[store@a,2025,d092", "swing_down[store@a,2025,d092"]), @"
        storage_balance[store@a,2025,d092h00]: + 1 level[store@a,2025,d092h00] - 12 charge[store@a,2025,d092h00] + 12 discharge[store@a,2025,d092h00] = 0
        storage_balance[store@a,2025,d092h12]: - 1 level[store@a,2025,d092h00] + 1 level[store@a,2025,d092h12] - 12 charge[store@a,2025,d092h12] + 12 discharge[store@a,2025,d092h12] = 0
        net_charge[store@a,2025,d092]: - 1 level[store@a,2025,d092h12] + 1000 net_charge[store@a,2025,d092] = 0
        swing_up[store@a,2025,d092h00]: + 1 level[store@a,2025,d092h00] - 1000 swing_up[store@a,2025,d092] <= 0
        swing_down[store@a,2025,d092h00]: - 1 level[store@a,2025,d092h00] - 1000 swing_down[store@a,2025,d092] <= 0
        swing_up[store@a,2025,d092h12]: + 1 level[store@a,2025,d092h12] - 1000 swing_up[store@a,2025,d092] <= 0
        swing_down[store@a,2025,d092h12]: - 1 level[store@a,2025,d092h12] - 1000 swing_down[store@a,2025,d092] <= 0
        ");
    }
}
