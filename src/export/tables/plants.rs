//! Processes: technologies in zones, their units of dispatch, and stores.

use super::switch;
use super::trade::resolution;
use crate::formulation::context::Context;
use crate::model::{Availability, Cycle, Tank, YearId};
use crate::results::Table;

/// Technologies in zones.
pub fn processes(ctx: &Context) -> Table {
    let header = ["process", "technology", "sector", "zone", "fleet", "resolution", "is_storage"];
    let mut table = Table::new("processes", &header);
    for process in ctx.model.processes.values() {
        let technology = &ctx.model.technologies[process.technology];
        table.row([
            (&process.name).into(),
            (&technology.name).into(),
            (&technology.sector).into(),
            (&ctx.model.zones[process.zone].name).into(),
            (&ctx.model.fleets[process.fleet].name).into(),
            resolution(process.resolution).into(),
            switch(process.storage.is_some()),
        ]);
    }
    table
}

/// Bounds of activity per unit of capacity: `factor × profile` in each slice, and of the yearly mean.
pub fn availability(ctx: &Context) -> Table {
    let header = ["process", "year", "max", "max_profile", "min", "min_profile", "max_annual", "min_annual"];
    let mut table = Table::new("availability", &header);
    let profile =
        |bound: &Availability, year: YearId| bound.profile(year).map_or("", |id| ctx.model.profiles[id].name.as_str());
    for process in ctx.model.processes.values() {
        let least = process.min_activity.as_ref();
        for year in ctx.years() {
            table.row([
                (&process.name).into(),
                ctx.model.horizon[year].year.into(),
                process.availability.factor[year].into(),
                profile(&process.availability, year).into(),
                least.map_or(0.0, |bound| bound.factor[year]).into(),
                least.map_or("", |bound| profile(bound, year)).into(),
                process.max_annual_factor[year].into(),
                process.min_annual_factor[year].into(),
            ]);
        }
    }
    table
}

/// Cost of a unit of activity of each unit of dispatch in each of its modes, and of a unit discharged from a store. `fuel` is what
/// commodities bought at a price cost.
pub fn modes(ctx: &Context) -> Table {
    let mut table = Table::new("modes", &["unit", "process", "mode", "year", "variable_cost", "fuel_cost"]);
    for (id, unit) in ctx.units.iter() {
        let process = ctx.process(id);
        for mode in &process.modes {
            for year in ctx.years() {
                let bought = mode.flows.iter().filter_map(|flow| {
                    let price = ctx.model.commodities[flow.commodity].price.as_ref()?;
                    Some(-ctx.ratio(id, flow, year) * price[process.zone][year])
                });
                table.row([
                    (&ctx.unit_names[id]).into(),
                    (&ctx.model.processes[unit.process].name).into(),
                    (&mode.name).into(),
                    ctx.model.horizon[year].year.into(),
                    mode.variable_cost[year].into(),
                    bought.sum::<f64>().into(),
                ]);
            }
        }
    }
    for process in ctx.model.processes.values() {
        let Some(storage) = &process.storage else { continue };
        for year in ctx.years() {
            let (name, cost) = (&process.name, storage.variable_cost[year]);
            let year = ctx.model.horizon[year].year;
            table.row([name.into(), name.into(), "".into(), year.into(), cost.into(), 0.0.into()]);
        }
    }
    table
}

/// Commodities that a unit of activity gives (positive) or takes (negative).
pub fn flows(ctx: &Context) -> Table {
    let mut table = Table::new("flows", &["unit", "mode", "commodity", "ratio"]);
    for (id, unit) in ctx.units.iter() {
        for mode in &ctx.process(id).modes {
            for flow in &mode.flows {
                let commodity = &ctx.model.commodities[flow.commodity].name;
                let ratio = ctx.ratio(id, flow, unit.coefficients);
                table.row([(&ctx.unit_names[id]).into(), (&mode.name).into(), commodity.into(), ratio.into()]);
            }
        }
    }
    table
}

/// Pollutants that a unit of activity releases.
pub fn emissions(ctx: &Context) -> Table {
    let mut table = Table::new("emissions", &["unit", "mode", "pollutant", "factor"]);
    for (id, unit) in ctx.units.iter() {
        for mode in &ctx.process(id).modes {
            for (pollutant, factor) in &mode.emissions {
                let pollutant = &ctx.model.pollutants[*pollutant].name;
                let factor = factor[unit.coefficients];
                table.row([(&ctx.unit_names[id]).into(), (&mode.name).into(), pollutant.into(), factor.into()]);
            }
        }
    }
    table
}

/// Stores. The tank holds `duration` hours of discharge, or has a fleet of its own.
pub fn storages(ctx: &Context) -> Table {
    let header = [
        "process",
        "commodity",
        "charge_efficiency",
        "discharge_efficiency",
        "loss_per_hour",
        "charge_ratio",
        "duration",
        "tank",
        "cycle",
    ];
    let mut table = Table::new("storages", &header);
    for process in ctx.model.processes.values() {
        let Some(storage) = &process.storage else { continue };
        let (duration, tank) = match storage.tank {
            Tank::Duration(hours) => (hours, ""),
            Tank::Sized(fleet) => (f64::INFINITY, ctx.model.fleets[fleet].name.as_str()),
        };
        table.row([
            (&process.name).into(),
            (&ctx.model.commodities[storage.commodity].name).into(),
            storage.charge_efficiency.into(),
            storage.discharge_efficiency.into(),
            storage.loss_per_hour.into(),
            storage.charge_ratio.into(),
            duration.into(),
            tank.into(),
            match storage.cycle {
                Cycle::Day => "day",
                Cycle::Year => "year",
                Cycle::Horizon => "horizon",
            }
            .into(),
        ]);
    }
    table
}
