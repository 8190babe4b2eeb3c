//! A sweep as tables for a terminal: what the indicators range over, and what each parameter does to the cost.

use comfy_table::Cell;

use super::plan::Plan;
use super::rows::{Blocks, OBJECTIVE};
use super::tornado::{Bar, cost, tornado};
use crate::results::terminal::{empty, headlines, number, right, shown_unit};

/// The end of a sweep. `indicators` are those to show (the scenario's headlines, without any) and `year` the year they are shown
/// in (the last).
pub fn summary(plan: &Plan, blocks: &Blocks, indicators: &[String], year: Option<i32>) -> String {
    let solved = blocks.values().filter(|rows| cost(rows).is_some()).count();
    let head = format!("{}: {}\n  {} of {} variants have a solution\n", plan.id, plan.title, solved, blocks.len());
    if solved == 0 {
        return head;
    }
    format!("{head}{}{}", ranges(plan, blocks, indicators, year), bars(plan, blocks))
}

fn ranges(plan: &Plan, blocks: &Blocks, indicators: &[String], year: Option<i32>) -> String {
    let model = &plan.base.model;
    let Some(year) = year.or_else(|| model.horizon.values().last().map(|milestone| milestone.year)) else {
        return String::new();
    };
    let shown = match indicators {
        [] => headlines(&model.indicators, |indicator| indicator.headline),
        chosen => model.indicators.iter().filter(|indicator| chosen.contains(&indicator.name)).collect(),
    };
    let mut table = empty();
    table.set_header([Cell::new(""), Cell::new("unit"), right("min"), right("mean"), right("max")]);
    let year_text = year.to_string();
    let rows = |year: &str, indicator: &str, title: &str, unit: &str| {
        let values = values(blocks, year, indicator);
        #[allow(clippy::cast_precision_loss)] // Far below 2^53.
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let numbers = [least, mean, most].map(|value| right(number(value)));
        (!values.is_empty()).then(|| [Cell::new(title), Cell::new(unit)].into_iter().chain(numbers))
    };
    for indicator in shown {
        if let Some(row) = rows(&year_text, &indicator.name, &indicator.title, shown_unit(&indicator.unit)) {
            table.add_row(row);
        }
    }
    let unit = format!("M{}{}", model.money.currency, model.money.price_year);
    if let Some(row) = rows("", OBJECTIVE, "Discounted cost, all years", &unit) {
        table.add_row(row);
    }
    format!("Indicators in {year} over the variants\n{table}\n")
}

/// Values of an indicator in a year, over all variants.
fn values(blocks: &Blocks, year: &str, indicator: &str) -> Vec<f64> {
    let of = |row: &Vec<String>| match row.as_slice() {
        [.., y, name, value, _] if y == year && name == indicator => value.parse().ok(),
        _ => None,
    };
    blocks.values().flatten().filter_map(of).collect()
}

fn bars(plan: &Plan, blocks: &Blocks) -> String {
    let bars = tornado(plan, blocks);
    let is_sampled = plan.design.is_sampled();
    let widest = bars.iter().map(|bar| bar.swing().abs()).fold(0.0, f64::max);
    let mut table = empty();
    let heads = if is_sampled {
        ["lowest third", "highest third", "difference", "rank correlation"]
    } else {
        ["lowest", "highest", "swing", ""]
    };
    table.set_header([Cell::new("parameter")].into_iter().chain(heads.map(right)));
    for bar in &bars {
        let Bar { parameter, at, costs, correlation } = bar;
        let side = |side: usize| match at {
            Some(values) => format!("{} at {}", number(costs[side]), values[side]),
            None => number(costs[side]),
        };
        let last = match correlation {
            Some(correlation) => right(format!("{correlation:.2}")),
            None => Cell::new(drawn(bar.swing() / widest.max(f64::MIN_POSITIVE))),
        };
        let cells = [Cell::new(parameter), right(side(0)), right(side(1)), right(number(bar.swing())), last];
        table.add_row(cells);
    }
    let how = if is_sampled {
        "mean over the third of the variants with the lowest and the highest values of each parameter"
    } else {
        "over the values of each parameter"
    };
    format!("Discounted cost, {how}\n{table}\n")
}

/// A bar of up to 20 characters for a part of the widest.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // From 0 to 20.
fn drawn(part: f64) -> String {
    "█".repeat((part.clamp(0.0, 1.0) * 20.0).round() as usize)
}
