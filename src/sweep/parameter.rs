//! A parameter of a sweep: where its value stands in the scenario, and what it can be.

use std::sync::Arc;

use super::amount::{Amount, scaled};
use super::design::{Choice, Scope};
use super::distribution::Distribution;
use crate::diagnostics::{Diagnostic, Span};
use crate::scenario::template::{Template, table_with};
use crate::scenario::toml;
use crate::scenario::tree::{Node, Provenance, Table};

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name; its column in the table of results.
    pub name: String,
    /// Where it stands in the sweep file.
    pub place: Span,
    /// Dotted paths in the scenario, each with its place in the sweep file.
    pub paths: Vec<(String, Span)>,
    /// Whether its values are factors on what the scenario holds.
    pub scale: bool,
    /// What it can be.
    pub values: Values,
}

/// What a parameter can be.
#[derive(Clone, Debug)]
pub enum Values {
    /// One of these.
    Levels(Vec<Node>),
    /// A number of a distribution.
    Spread {
        /// The distribution.
        of: Distribution,
        /// Unit of its numbers.
        unit: String,
        /// Its place in the sweep file.
        span: Span,
        /// Where it comes from.
        provenance: Arc<Provenance>,
    },
}

/// A value as the table of results shows it: a number with a unit, or the text of anything else.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Value.
    pub value: String,
    /// Unit; empty where it has none.
    pub unit: String,
}

impl Parameter {
    /// What a design has to know.
    pub fn scope(&self) -> Scope {
        match &self.values {
            Values::Levels(levels) => Scope::Levels(levels.len()),
            Values::Spread { of, .. } => Scope::Spread(of.ends()),
        }
    }

    fn node(&self, choice: Choice) -> Option<Node> {
        match (&self.values, choice) {
            (Values::Levels(levels), Choice::Level(position)) => levels.get(position).cloned(),
            (Values::Spread { of, unit, span, provenance }, Choice::Quantile(p)) => {
                let amount = Amount { number: of.quantile(p), unit: unit.clone() };
                Some(Node { value: amount.value(), span: *span, provenance: Arc::clone(provenance) })
            }
            _ => None,
        }
    }

    /// What is laid over the scenario.
    pub fn overlay(&self, template: &Template, choice: Choice) -> Vec<Table> {
        let Some(node) = self.node(choice) else { return Vec::new() };
        let value = |path: &str| match (self.scale, Amount::of(&node)) {
            // Mistakes point at the sweep file, which is what has changed.
            (true, Some(factor)) => {
                scaled(template.at(path)?, factor.number).map(|scaled| Node { span: node.span, ..scaled })
            }
            (true, None) => None,
            (false, _) => Some(node.clone()),
        };
        self.paths.iter().filter_map(|(path, _)| Some(table_with(path, value(path)?))).collect()
    }

    /// The value in a variant, for people and tables.
    pub fn shown(&self, template: &Template, choice: Choice) -> Shown {
        let own = match (choice, self.scale) {
            (Choice::AsItIs, true) => return Shown { value: "1".to_owned(), unit: String::new() },
            (Choice::AsItIs, false) => self.paths.first().and_then(|(path, _)| template.at(path)).cloned(),
            _ => self.node(choice),
        };
        let Some(node) = own else { return Shown { value: String::new(), unit: String::new() } };
        match Amount::of(&node) {
            Some(Amount { number, unit }) => Shown { value: number.to_string(), unit },
            None => Shown { value: toml(&node), unit: String::new() },
        }
    }

    /// What is wrong with its paths and factors in a scenario.
    pub fn problems(&self, template: &Template) -> Vec<Diagnostic> {
        let mut problems: Vec<Diagnostic> =
            self.paths.iter().filter_map(|path| self.wrong_path(template, path)).collect();
        if let (true, Values::Levels(levels)) = (self.scale, &self.values) {
            let is_factor = |node: &&Node| Amount::of(node).is_some_and(|amount| amount.unit.is_empty());
            problems.extend(levels.iter().filter(|node| !is_factor(node)).map(|node| {
                Diagnostic::error(node.span, format!("a factor is a number, and this is {}", node.kind()))
                    .help("write it like 0.7, or leave `scale` out")
            }));
        }
        if let (true, Values::Spread { unit, span, .. }) = (self.scale, &self.values)
            && !unit.is_empty()
        {
            let error = Diagnostic::error(*span, "factors have no unit");
            problems.push(error.help("write them like 0.7, or leave `scale` out"));
        }
        problems
    }

    fn wrong_path(&self, template: &Template, (path, span): &(String, Span)) -> Option<Diagnostic> {
        if matches!(path.split('.').next(), Some("extends" | "remove")) {
            let error = Diagnostic::error(*span, format!("`{path}` can not vary"));
            return Some(error.help("files are read before values are set; write a scenario for each"));
        }
        // A key that is left out may be given; a table that is not there has been misspelt.
        let needed = if self.scale { Some(path.as_str()) } else { path.rsplit_once('.').map(|(table, _)| table) };
        let is_top = |needed: &str| !self.scale && !needed.contains('.');
        match needed.map(|needed| (needed, template.at(needed))) {
            Some((needed, None)) if !is_top(needed) => {
                let error = Diagnostic::error(*span, format!("the scenario has nothing at `{needed}`"));
                let error = error.help("`altyn show` lists what a scenario holds");
                Some(error.did_you_mean(template.nearest_path(path).filter(|near| near != path)))
            }
            Some((_, Some(node))) if self.scale && scaled(node, 1.0).is_none() => {
                let error = Diagnostic::error(*span, format!("`{path}` can not be scaled: it is {}", node.kind()));
                Some(error.help("scale a number, a quantity or a table of years; or give its `values`"))
            }
            _ => None,
        }
    }
}
