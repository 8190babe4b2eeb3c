//! `[finance.NAME]`: sources of finance.

use super::{Names, Reader, Scope, each};
use crate::diagnostics::Diagnostic;
use crate::model::finance::NO_SOURCE;
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// What sources choose from.
pub struct Choice<'a> {
    /// All processes.
    pub processes: &'a Arena<ProcessId, Process>,
    /// All links.
    pub links: &'a Arena<LinkId, Link>,
    /// The capacities of both.
    pub fleets: &'a Arena<FleetId, Fleet>,
}

/// Reads `[finance]`.
pub fn read(top: &Reader, scope: &Scope, accounting: Accounting, choice: &Choice) -> Arena<FinanceId, FinanceSource> {
    let mut sources = Arena::new();
    if let (Some(entry), Accounting::Overnight(_)) = (top.table().get("finance"), accounting) {
        let message =
            "with overnight accounting the cost of capital does not count: sources of finance differ by `max` alone";
        let warning = Diagnostic::warning(entry.key, message);
        scope
            .desk
            .report(warning.help("write accounting = \"annuity\" under [money] to see what cheaper capital does"));
    }
    for (name, reader) in each(top, "finance", "source of finance") {
        let Some(reader) = reader else { continue };
        if name == NO_SOURCE {
            let error = Diagnostic::error(reader.span, format!("`{NO_SOURCE}` is how tables call what has no source"));
            scope.desk.report(error.help("give the source another name"));
        }
        sources.push(one(name, &reader, scope, choice));
        reader.finish();
    }
    sources
}

fn one(name: &str, reader: &Reader, scope: &Scope, choice: &Choice) -> FinanceSource {
    let none = Content::default();
    if !reader.table().contains_key("cost-of-capital") {
        reader.missing("cost-of-capital", "0.06");
    }
    let cost_of_capital = reader.bounded_series("cost-of-capital", &targets::yearly_rate(), none, 0.0..=1.0);
    let max = reader.bounded_series("max", &targets::yearly_money(), none, 0.0..=f64::INFINITY);
    FinanceSource {
        name: name.to_owned(),
        title: reader.text("title").unwrap_or(name).to_owned(),
        cost_of_capital: scope.over(cost_of_capital, 0.0),
        max: scope.over(max, f64::INFINITY),
        fleets: fleets(reader, scope, choice),
    }
}

/// Fleets of the technologies and links named that can be built, tanks of stores among them; of all where neither is named.
fn fleets(reader: &Reader, scope: &Scope, choice: &Choice) -> Vec<FleetId> {
    let zones = scope.zone_list(reader);
    let technologies = named(reader, scope, "technologies", &scope.technologies);
    let links = named(reader, scope, "links", &scope.links);
    let all = technologies.is_none() && links.is_none();
    let mut chosen = Vec::new();
    for process in choice.processes.values() {
        let is_named = technologies.as_ref().map_or(all, |ids| ids.contains(&process.technology));
        if is_named && zones.contains(&process.zone) {
            chosen.push(process.fleet);
            let tank = process.storage.as_ref().map(|storage| &storage.tank);
            chosen.extend(tank.and_then(|tank| match tank {
                Tank::Sized(fleet) => Some(*fleet),
                Tank::Duration(_) => None,
            }));
        }
    }
    for (id, link) in choice.links.iter() {
        let is_named = links.as_ref().map_or(all, |ids| ids.contains(&id));
        if is_named && (zones.contains(&link.from) || zones.contains(&link.to)) {
            chosen.push(link.fleet);
        }
    }
    let can_grow = |fleet: &FleetId| {
        let terms = choice.fleets[*fleet].investment.as_ref();
        terms.is_some_and(|terms| terms.max_build.values().any(|rate| *rate > 0.0))
    };
    chosen.retain(can_grow);
    // A name that stands for nothing is an error of its own.
    let is_known = all || technologies.is_some_and(|ids| !ids.is_empty()) || links.is_some_and(|ids| !ids.is_empty());
    if chosen.is_empty() && is_known {
        let message = format!("{} finances nothing: nothing that it may finance can be built", reader.what);
        let warning = Diagnostic::warning(reader.span, message);
        scope.desk.report(warning.help("name technologies with a `capital-cost`, in zones where they stand"));
    }
    chosen
}

/// What the names and patterns of a list stand for; `None` where the list is left out.
fn named<I: Id>(reader: &Reader, scope: &Scope, key: &'static str, names: &Names<I>) -> Option<Vec<I>> {
    Some(names.resolve_all(scope.desk, &reader.names(key)?))
}
