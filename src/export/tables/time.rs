//! Periods, and the division of the year.

use crate::formulation::context::Context;
use crate::results::Table;

/// Milestone years, the calendar years they stand for, and the present value of 1 paid in each of these.
pub fn periods(ctx: &Context) -> Table {
    let mut table = Table::new("periods", &["year", "first", "last", "years", "discount"]);
    for (id, period) in ctx.model.horizon.iter() {
        table.row([
            period.year.into(),
            period.first.into(),
            period.last.into(),
            period.length().into(),
            ctx.discount[id].into(),
        ]);
    }
    table
}

/// Representative days, and how many days of the year each stands for.
pub fn days(ctx: &Context) -> Table {
    let mut table = Table::new("days", &["day", "weight"]);
    for day in ctx.grid.days.values() {
        table.row([(&day.name).into(), day.weight.into()]);
    }
    table
}

/// Slices in order: their day, their length within it, and the hours of the year they stand for.
pub fn slices(ctx: &Context) -> Table {
    let mut table = Table::new("slices", &["slice", "day", "duration", "hours"]);
    for slice in ctx.grid.slices.values() {
        table.row([
            (&slice.name).into(),
            (&ctx.grid.days[slice.day].name).into(),
            slice.duration.into(),
            slice.hours.into(),
        ]);
    }
    table
}

/// Profiles in use, by slice.
pub fn profiles(ctx: &Context) -> Table {
    let mut table = Table::new("profiles", &["profile", "slice", "value"]);
    for id in ctx.model.used_profiles() {
        for (slice, &value) in ctx.grid.profiles[id].iter() {
            table.row([(&ctx.model.profiles[id].name).into(), (&ctx.grid.slices[slice].name).into(), value.into()]);
        }
    }
    table
}
