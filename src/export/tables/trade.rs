//! Zones, commodities and what is exchanged: demand, links, markets.

use super::switch;
use crate::formulation::context::Context;
use crate::formulation::demand_rate;
use crate::model::{Resolution, Trade};
use crate::results::Table;

/// Zones.
pub fn zones(ctx: &Context) -> Table {
    let mut table = Table::new("zones", &["zone", "title", "external"]);
    for zone in ctx.model.zones.values() {
        table.row([(&zone.name).into(), (&zone.title).into(), switch(zone.external)]);
    }
    table
}

/// Commodities. Those that are bought at a price have no balance.
pub fn commodities(ctx: &Context) -> Table {
    let header = ["commodity", "unit", "resolution", "bought", "free_disposal", "unserved_cost"];
    let mut table = Table::new("commodities", &header);
    for commodity in ctx.model.commodities.values() {
        table.row([
            (&commodity.name).into(),
            commodity.measure.amount_unit().into(),
            resolution(commodity.resolution).into(),
            switch(commodity.price.is_some()),
            switch(commodity.free_disposal),
            commodity.unserved_cost.unwrap_or(f64::INFINITY).into(),
        ]);
    }
    table
}

/// Name of a resolution in the scenario language.
pub fn resolution(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Hour => "hour",
        Resolution::Day => "day",
        Resolution::Season => "season",
        Resolution::Year => "year",
    }
}

/// Prices of commodities that are bought without a balance.
pub fn prices(ctx: &Context) -> Table {
    let mut table = Table::new("prices", &["commodity", "zone", "year", "price"]);
    for commodity in ctx.model.commodities.values() {
        let Some(price) = &commodity.price else { continue };
        for (zone, by_year) in price.iter() {
            for (year, &price) in by_year.iter() {
                let zone = &ctx.model.zones[zone].name;
                table.row([(&commodity.name).into(), zone.into(), ctx.model.horizon[year].year.into(), price.into()]);
            }
        }
    }
    table
}

/// Exogenous use at the resolution of its commodity: mean rate in each slice, day, season or year.
pub fn demand(ctx: &Context) -> Table {
    let mut table = Table::new("demand", &["demand", "zone", "commodity", "year", "slice", "rate"]);
    for demand in ctx.model.demands.values() {
        let commodity = &ctx.model.commodities[demand.commodity];
        for year in ctx.years() {
            for bucket in ctx.grid.buckets(commodity.resolution) {
                table.row([
                    (&demand.name).into(),
                    (&ctx.model.zones[demand.zone].name).into(),
                    (&commodity.name).into(),
                    ctx.model.horizon[year].year.into(),
                    ctx.grid.name(bucket).into(),
                    demand_rate(ctx, demand, year, bucket).into(),
                ]);
            }
        }
    }
    table
}

/// Links, one row for each commodity they carry.
pub fn links(ctx: &Context) -> Table {
    let mut table = Table::new("links", &["link", "from", "to", "commodity", "bidirectional", "resolution", "fleet"]);
    for link in ctx.model.links.values() {
        for &commodity in &link.commodities {
            table.row([
                (&link.name).into(),
                (&ctx.model.zones[link.from].name).into(),
                (&ctx.model.zones[link.to].name).into(),
                (&ctx.model.commodities[commodity].name).into(),
                switch(link.bidirectional),
                resolution(link.resolution).into(),
                (&ctx.model.fleets[link.fleet].name).into(),
            ]);
        }
    }
    table
}

/// Losses, availability and cost of links by year.
pub fn link_years(ctx: &Context) -> Table {
    let mut table = Table::new("link_years", &["link", "year", "losses", "availability", "variable_cost"]);
    for link in ctx.model.links.values() {
        for year in ctx.years() {
            table.row([
                (&link.name).into(),
                ctx.model.horizon[year].year.into(),
                link.losses[year].into(),
                link.availability[year].into(),
                link.variable_cost[year].into(),
            ]);
        }
    }
    table
}

/// Markets: a row for each step and year.
pub fn markets(ctx: &Context) -> Table {
    let header = ["market", "zone", "commodity", "trade", "year", "step", "volume", "price", "min_volume", "max_rate"];
    let mut table = Table::new("markets", &header);
    for market in ctx.model.markets.values() {
        for year in ctx.years() {
            for (number, step) in (1..).zip(&market.steps) {
                table.row([
                    (&market.name).into(),
                    (&ctx.model.zones[market.zone].name).into(),
                    (&ctx.model.commodities[market.commodity].name).into(),
                    if market.trade == Trade::Import { "import" } else { "export" }.into(),
                    ctx.model.horizon[year].year.into(),
                    number.into(),
                    step.volume[year].into(),
                    step.price[year].into(),
                    market.min_volume[year].into(),
                    market.max_rate[year].into(),
                ]);
            }
        }
    }
    table
}
