//! The numbers of a scenario's program: how far apart they are, and where in the scenario they come from.

use std::fmt::Write as _;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::formulation::Size;
use crate::formulation::context::Context;
use crate::formulation::keys::{ColumnKey, RowKey, Sum};
use crate::formulation::unit::UnitId;
use crate::model::{FleetId, Model, Owner, ProcessId};
use crate::scenario::Merged;
use crate::solve::Where;
use crate::solve::ranges::{Kind, NOTHING, Range, Ranges, WIDE};
use crate::time::TimeGrid;

/// A program's numbers, beside the scenario that it was built from.
#[derive(Clone, Copy, Debug)]
pub struct Numerics<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its division of the year.
    pub grid: &'a TimeGrid,
    /// What the scenario says.
    pub merged: &'a Merged,
    /// The numbers.
    pub ranges: &'a Ranges,
}

/// Kinds, and what they are called.
const KINDS: [(Kind, &str); 4] = [
    (Kind::Coefficients, "coefficients"),
    (Kind::RightSides, "right sides"),
    (Kind::Costs, "costs"),
    (Kind::Bounds, "bounds"),
];

/// What to do about numbers that are too far apart.
const HELP: &str =
    "look there for a figure that is far too large or too small: a rate, an efficiency, a factor, an amount";

/// A path in a scenario: a table, a name in it, and a key, as far as they are known.
type Path<'a> = [&'a str; 3];

impl Numerics<'_> {
    /// Warns of numbers that a solver is likely to lose.
    pub fn warn(&self, warnings: &mut Diagnostics) {
        if let Some(Range { least: (least, at), greatest: (greatest, other) }) =
            self.ranges.widest.filter(|widest| widest.spread() >= WIDE)
        {
            let context = Context::whole(self.model, self.grid);
            let message = format!(
                "numbers of one row are too far apart for the solver: {least:.1e} is {}, and {greatest:.1e} is {}",
                describe(&context, at),
                describe(&context, other)
            );
            warnings.add(self.pointing(&context, [at, other], message));
        }
        if let Some(Range { least: (least, at), .. }) =
            self.ranges.all(Kind::Coefficients).filter(|range| range.least.0 <= NOTHING)
        {
            let context = Context::whole(self.model, self.grid);
            let message = format!("the solver takes {least:.1e} for 0: {}", describe(&context, at));
            warnings.add(self.pointing(&context, [at, at], message));
        }
    }

    /// A warning at the origin of the first of two numbers, and at that of the second where it is another.
    fn pointing(&self, context: &Context, places: [Where; 2], message: String) -> Diagnostic {
        let [first, second] =
            places.map(|place| paths(context, place).into_iter().find_map(|path| self.merged.place(&path)));
        let warning = Diagnostic::warning(first, message).help(HELP);
        match second {
            Some(second) if Some(second) != first => warning.related(second, "the greatest comes from here"),
            _ => warning,
        }
    }

    /// The ranges of all numbers with where the least and the greatest come from, and those of each family of rows and columns.
    pub fn text(&self, size: Size) -> String {
        let context = Context::whole(self.model, self.grid);
        let Size { columns, rows, nonzeros } = size;
        let mut text = format!("The program: {columns} columns, {rows} rows, {nonzeros} coefficients\n");
        for (kind, name) in KINDS {
            let Some(Range { least, greatest }) = self.ranges.all(kind) else { continue };
            for (end, (value, place)) in [("least", least), ("greatest", greatest)] {
                let mut origins: Vec<String> = paths(&context, place)
                    .into_iter()
                    .filter_map(|path| self.merged.line(&path))
                    .map(|place| format!("{}:{}", place.name, place.line))
                    .collect();
                origins.dedup();
                let what = describe(&context, place);
                let _ = writeln!(text, "  {name:<13} {end:<9} {value:>8.1e}  {what}  {}", origins.join(", "));
            }
        }
        if let Some(widest) = self.ranges.widest {
            let _ = writeln!(
                text,
                "  within a row  at most {:.1e} apart, in {}",
                widest.spread(),
                row(&context, widest.least.1)
            );
        }
        for (kind, name) in KINDS {
            let _ = writeln!(text, "{name} by family:");
            for range in self.ranges.by_family(kind) {
                let (least, greatest) = (range.least.0, range.greatest.0);
                let _ = writeln!(text, "  {:<20} {least:>8.1e} to {greatest:.1e}", family(&context, range.least.1));
            }
        }
        text
    }
}

/// A number's place, with the names of its row and column.
fn describe(context: &Context, place: Where) -> String {
    place.describe(&context.namer())
}

/// The row or column of a number.
fn row(context: &Context, place: Where) -> String {
    let namer = context.namer();
    match place {
        Where::Coefficient(row, _) | Where::Right(row) => namer.row(row),
        Where::Cost(column) | Where::Bound(column) => namer.column(column),
        Where::Constant => String::new(),
    }
}

/// What comes before the names of a row or column.
fn family(context: &Context, place: Where) -> String {
    row(context, place).split('[').next().unwrap_or_default().to_owned()
}

/// Paths of what a number comes from, the likeliest first.
fn paths<'a>(context: &Context<'a>, place: Where) -> Vec<Path<'a>> {
    let paths = match place {
        Where::Cost(column) => vec![of_column(context, column)],
        Where::Bound(column) => vec![beside(of_column(context, column))],
        Where::Coefficient(row, column) => vec![beside(of_column(context, column)), of_row(context, row)],
        Where::Right(row) => vec![of_row(context, row)],
        Where::Constant => Vec::new(),
    };
    paths.into_iter().filter(|path| !path[0].is_empty()).collect()
}

/// A thing without the key of its cost.
fn beside([table, name, _]: Path) -> Path {
    [table, name, ""]
}

fn of_fleet<'a>(model: &'a Model, fleet: FleetId, key: &'static str) -> Path<'a> {
    match model.fleets[fleet].owner {
        Owner::Process(process) | Owner::Tank(process) => of_process(model, process, key),
        Owner::Link(link) => ["links", &model.links[link].name, key],
    }
}

fn of_process<'a>(model: &'a Model, process: ProcessId, key: &'static str) -> Path<'a> {
    ["technologies", model.technology_name(process), key]
}

fn of_sum(model: &Model, sum: Sum) -> Path<'_> {
    match sum {
        Sum::Balance(_, commodity) => ["commodities", &model.commodities[commodity].name, ""],
        Sum::Activity(process) => of_process(model, process, ""),
        Sum::Market(market) => ["markets", &model.markets[market].name, ""],
        Sum::Policy(policy) => ["policies", &model.policies[policy].name, ""],
    }
}

/// What a column belongs to, with the key of its cost.
fn of_column<'a>(context: &Context<'a>, key: ColumnKey) -> Path<'a> {
    use ColumnKey::*;
    let model = context.model;
    match key {
        Build(fleet, _) | Financed(_, fleet, _) => of_fleet(model, fleet, "capital-cost"),
        Living(fleet, ..) | Capacity(fleet, _) => of_fleet(model, fleet, "fixed-cost"),
        Activity(unit, ..) => of_unit(context, unit, "variable-cost"),
        Charge(process, ..) | Discharge(process, ..) => of_process(model, process, "variable-cost"),
        Level(process, ..)
        | NetCharge(process, ..)
        | Firm(process, ..)
        | SwingUp(process, ..)
        | SwingDown(process, ..)
        | CalendarLevel(process, ..) => of_process(model, process, "storage"),
        Forward(link, ..) | Backward(link, ..) => ["links", &model.links[link].name, "variable-cost"],
        Traded(market, ..) | Step(market, ..) => ["markets", &model.markets[market].name, "price"],
        Unserved(_, commodity, ..) | Surplus(_, commodity, ..) => {
            ["commodities", &model.commodities[commodity].name, "unserved-cost"]
        }
        Tally(sum, ..) => of_sum(model, sum),
        Peak(policy, _) | Slack(policy, ..) => ["policies", &model.policies[policy].name, "slack-cost"],
        Missed(_) => [""; 3],
    }
}

/// What a row belongs to.
fn of_row<'a>(context: &Context<'a>, key: RowKey) -> Path<'a> {
    use RowKey::*;
    let model = context.model;
    match key {
        Capacity(fleet, _) | Ageing(fleet, ..) | Financing(fleet, _) | Growth(fleet, _) => of_fleet(model, fleet, ""),
        FinanceLimit(source, _) => ["finance", &model.finance[source].name, "max"],
        Availability(unit, ..) | MinActivity(unit, ..) => of_unit(context, unit, ""),
        MaxAnnualFactor(process, _)
        | MinAnnualFactor(process, _)
        | ChargeLimit(process, ..)
        | DischargeLimit(process, ..)
        | StorageBalance(process, ..)
        | TankLimit(process, ..)
        | NetCharge(process, ..)
        | Firm(process, ..)
        | SwingUp(process, ..)
        | SwingDown(process, ..)
        | CalendarBalance(process, ..)
        | CalendarCarry(process, _)
        | CalendarFull(process, ..)
        | CalendarEmpty(process, ..) => of_process(model, process, "storage"),
        LinkLimit(link, ..) => ["links", &model.links[link].name, ""],
        MarketVolume(market, _) | MarketMinimum(market, _) => ["markets", &model.markets[market].name, ""],
        Balance(_, commodity, ..) | SurplusLimit(_, commodity, ..) => {
            ["commodities", &model.commodities[commodity].name, ""]
        }
        Tally(sum, ..) => of_sum(model, sum),
        Peak(policy, ..)
        | Policy(policy, ..)
        | PolicyGrowth(policy, _)
        | ActivityGrowth(policy, _)
        | PolicyBudget(policy) => ["policies", &model.policies[policy].name, ""],
        Missed(_) => [""; 3],
    }
}

fn of_unit<'a>(context: &Context<'a>, unit: UnitId, key: &'static str) -> Path<'a> {
    of_process(context.model, context.units[unit].process, key)
}
