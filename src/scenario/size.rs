//! Whether a tree is of a size that can be read. Everything behind it may take names, tables and lists to be short.

use super::tree::{Node, Table, Value};
use crate::diagnostics::{Diagnostic, Span};
use crate::input::{BALANCES, DEPTH, ENTRIES, NAME, TEXT};

/// What is too deep, too long or too many in a scenario.
pub fn of_scenario(root: &Table, place: Span) -> Option<Diagnostic> {
    excess(root, place).or_else(|| balances(root))
}

/// Each commodity may have a price in each zone and year.
fn balances(root: &Table) -> Option<Diagnostic> {
    let entries = |key: &str| root.get(key).and_then(|entry| entry.node.as_table());
    let years = match &entries("horizon")?.get("years")?.node.value {
        Value::List(years) => years.len(),
        _ => 1,
    };
    let (zones, commodities) = (entries("zones")?.len(), entries("commodities")?.len());
    if zones * commodities * years <= BALANCES {
        return None;
    }
    let message =
        format!("{commodities} commodities in {zones} zones and {years} years are more than {BALANCES} balances");
    let error = Diagnostic::error(root.get("commodities").map(|entry| entry.key), message);
    Some(error.help("take fewer zones, commodities or milestone years"))
}

/// What is too deep, too long or too many in a table, the first of it.
pub fn excess(table: &Table, place: Span) -> Option<Diagnostic> {
    within(table, place, 0)
}

fn within(table: &Table, place: Span, depth: usize) -> Option<Diagnostic> {
    if table.len() > ENTRIES {
        return Some(too_many(place, "a table", table.len()));
    }
    table.iter().find_map(|(name, entry)| {
        if name.chars().count() > NAME {
            let error = Diagnostic::error(entry.key, format!("this name is longer than {NAME} characters"));
            return Some(error.help("take a short one, and put the rest into `title` or `description`"));
        }
        of_node(&entry.node, entry.key, depth + 1)
    })
}

fn of_node(node: &Node, place: Span, depth: usize) -> Option<Diagnostic> {
    if depth > DEPTH {
        let error = Diagnostic::error(place, format!("more than {DEPTH} tables and lists are within one another"));
        return Some(
            error.help("no key of a scenario is that deep: look for a bracket, or a point in a key, too many"),
        );
    }
    match &node.value {
        Value::Table(table) => within(table, place, depth),
        Value::List(items) if items.len() > ENTRIES => Some(too_many(place, "a list", items.len())),
        Value::List(items) => items.iter().find_map(|item| of_node(item, item.span, depth + 1)),
        Value::Text(text) if text.chars().count() > TEXT => {
            let error = Diagnostic::error(node.span, format!("this text is longer than {TEXT} characters"));
            Some(error.help("put it into a file of its own, and name that file here"))
        }
        _ => None,
    }
}

fn too_many(place: Span, what: &str, found: usize) -> Diagnostic {
    Diagnostic::error(place, format!("{what} has at most {ENTRIES} entries, and this one has {found}"))
        .help("describe groups of things instead of single ones")
}
