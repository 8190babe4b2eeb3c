//! A solution at a glance.

use comfy_table::Cell;
use indexmap::IndexMap;

use super::{NARROW, ROWS, cheaper, cut, percent, table};
use crate::explain::{Carrier, LimitYear, Overview, Prospect, Setter};
use crate::results::terminal::{empty, number, right};

/// Letters of a name beside five figures.
const NAME: usize = 17;

/// All of it.
pub fn glance(overview: &Overview) -> String {
    format!("{}\n{}\n{}", limits_at_a_glance(&overview.limits), nearest(&overview.nearest), carriers(&overview.prices))
}

/// The years in which each limit binds, and where a unit more saves most.
fn limits_at_a_glance(limits: &[LimitYear]) -> String {
    if limits.is_empty() {
        return "No policy binds.\n".to_owned();
    }
    let mut by_policy: IndexMap<&str, Vec<&LimitYear>> = IndexMap::new();
    for limit in limits {
        by_policy.entry(&limit.policy).or_default().push(limit);
    }
    let heads =
        [Cell::new("Policy that binds"), Cell::new("years"), right("in"), right("a unit more saves"), Cell::new("")];
    let mut table = table(heads);
    for (policy, years) in by_policy {
        let Some(most) = years.iter().max_by(|a, b| a.price.abs().total_cmp(&b.price.abs())) else { continue };
        let ends: Vec<String> = years.iter().map(|limit| limit.year.to_string()).collect();
        let span = match ends.as_slice() {
            [first, .., last] => format!("{first} … {last}"),
            _ => ends.concat(),
        };
        let (year, saves) = (right(most.year.to_string()), right(number(most.price)));
        table.add_row([Cell::new(cut(policy, NARROW)), Cell::new(span), year, saves, Cell::new(&most.price_unit)]);
    }
    format!("{table}\nMore: altyn explain … policy NAME\n")
}

fn nearest(prospects: &[Prospect]) -> String {
    if prospects.is_empty() {
        return "Everything that may be built is built.\n".to_owned();
    }
    let heads = [right("for"), right("costs"), right("even at"), Cell::new(""), right("")];
    let mut table = empty();
    let first = [Cell::new("Not built, nearest"), Cell::new("zone")];
    table.set_header(first.into_iter().chain(heads));
    for own in prospects.iter().take(ROWS) {
        table.add_row([
            Cell::new(cut(&own.technology, NAME)),
            Cell::new(&own.zone),
            right(own.year.to_string()),
            right(number(own.capital_cost)),
            right(own.break_even.map_or_else(String::new, number)),
            Cell::new(&own.cost_unit),
            right(cheaper(own)),
        ]);
    }
    format!("{table}\nMore: altyn explain … technology NAME --zone ZONE --year YEAR\n")
}

fn carriers(carriers: &[Carrier]) -> String {
    let heads = [Cell::new("Prices"), Cell::new("set by"), right("of demand"), right("at a mean of")];
    let mut table = table(heads);
    for Carrier { commodity, setters, unit } in carriers.iter().take(ROWS) {
        let mut label = commodity.as_str();
        for Setter { name, share, price } in setters.iter().filter(|setter| setter.share >= 0.1).take(3) {
            let price = format!("{} {unit}", number(*price));
            table.add_row([
                Cell::new(cut(label, NARROW)),
                Cell::new(cut(name, NARROW)),
                right(percent(*share)),
                right(price),
            ]);
            label = "";
        }
    }
    format!("{table}\nMore: altyn explain … price COMMODITY --zone ZONE --year YEAR\n")
}
