//! The scenario after inheritance: for people (`altyn show`) and as JSON (`model.json`).

use serde_json::{Map, Value as Json, json};

use super::Merged;
use super::merge::COMMAND_LINE;
use super::tree::{Node, Provenance, Table, Value};

/// A value with its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Dotted path.
    pub path: String,
    /// Whether it is a number, a quantity or a series of them.
    pub is_figure: bool,
    /// The value as TOML.
    pub value: String,
    /// File it stands in.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Document or data set, for figures.
    pub source: Option<String>,
    /// `official`, `published` or `estimate`.
    pub quality: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// What a scenario sets, and nobody found out: tables and values.
const SETTINGS: [&str; 10] = [
    "title",
    "description",
    "time",
    "horizon",
    "solver",
    "indicators",
    "profiles",
    "report",
    "money.price-year",
    "money.base-year",
];

impl Merged {
    /// Figures that do not say where they come from, in the order of the files. How a scenario is computed and shown is a choice and
    /// needs no source, and neither do values of the command line. What was observed has a warning of its own when it is read.
    pub fn unsourced(&self) -> Vec<Shown> {
        let is_setting = |path: &str| {
            let mut rest = SETTINGS.iter().filter_map(|setting| path.strip_prefix(setting));
            rest.any(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let mut figures = self.show(None);
        figures.retain(|figure| figure.is_figure && figure.source.is_none());
        let is_observed = |path: &str| path.starts_with("statistics.") && path.contains(".observed.");
        figures.retain(|figure| figure.file != COMMAND_LINE && !is_setting(&figure.path) && !is_observed(&figure.path));
        figures
    }

    /// All values at and below a dotted path (all, without one), in the order of the files.
    pub fn show(&self, path: Option<&str>) -> Vec<Shown> {
        let mut shown = Vec::new();
        self.walk(&self.root, "", &mut |path, node| shown.push(self.shown(path, node)));
        let prefix = path.map(|path| path.trim_end_matches('.').to_owned());
        shown.retain(|value| {
            prefix.as_ref().is_none_or(|prefix| {
                value.path == *prefix
                    || value.path.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.starts_with('.'))
            })
        });
        shown
    }

    /// The path that was likely meant by one that holds nothing.
    pub fn nearest_path(&self, path: &str) -> Option<String> {
        let mut known = Vec::new();
        self.walk(&self.root, "", &mut |path, _| {
            let mut prefix = String::new();
            for part in path.split('.') {
                prefix = if prefix.is_empty() { part.to_owned() } else { format!("{prefix}.{part}") };
                known.push(prefix.clone());
            }
        });
        known.sort();
        known.dedup();
        crate::diagnostics::nearest(path, known)
    }

    /// Values as nested JSON, and the origin of each by its path.
    pub fn to_json(&self) -> Json {
        let mut origins = Map::new();
        self.walk(&self.root, "", &mut |path, node| {
            let shown = self.shown(path, node);
            let mut origin = json!({ "file": shown.file, "line": shown.line });
            for (key, text) in [("source", shown.source), ("quality", shown.quality), ("note", shown.note)] {
                if let Some(text) = text {
                    origin[key] = Json::String(text);
                }
            }
            origins.insert(path.to_owned(), origin);
        });
        json!({ "scenario": table_json(&self.root), "origins": origins })
    }

    /// Everything that the scenario says, wherever it says it: values with their sources, without files and lines.
    pub fn said(&self) -> String {
        let mut said = String::new();
        for Shown { path, value, source, quality, note, .. } in self.show(None) {
            said.push_str(&format!("{path} = {value} {source:?} {quality:?} {note:?}\n"));
        }
        said
    }

    fn walk(&self, table: &Table, prefix: &str, visit: &mut dyn FnMut(&str, &Node)) {
        for (key, entry) in table {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            self.walk_node(&entry.node, &path, visit);
        }
    }

    /// Tables are walked through, and so are lists of tables, by position; a series is one value.
    fn walk_node(&self, node: &Node, path: &str, visit: &mut dyn FnMut(&str, &Node)) {
        match &node.value {
            Value::Table(inner) if !node.is_series() && !inner.is_empty() => self.walk(inner, path, visit),
            Value::List(items) if items.iter().any(|item| item.as_table().is_some()) => {
                for (position, item) in items.iter().enumerate() {
                    self.walk_node(item, &format!("{path}.{position}"), visit);
                }
            }
            _ => visit(path, node),
        }
    }

    fn shown(&self, path: &str, node: &Node) -> Shown {
        let place = self.sources.place(node.span);
        let provenance = if node.is_figure() { provenance(node) } else { Provenance::default() };
        Shown {
            is_figure: node.is_figure(),
            path: path.to_owned(),
            value: toml(node),
            file: place.name,
            line: place.line,
            source: provenance.source,
            quality: provenance.quality,
            note: provenance.note,
        }
    }
}

/// Where a figure comes from. The years of a series may each have a source of their own; where they differ, each is named with its year.
fn provenance(node: &Node) -> Provenance {
    let Some(years) = node.as_table().filter(|_| node.is_series()) else { return (*node.provenance).clone() };
    let all = |field: fn(&Provenance) -> &Option<String>| {
        let texts: Vec<(&String, Option<&String>)> =
            years.iter().map(|(year, entry)| (year, field(&entry.node.provenance).as_ref())).collect();
        match texts.as_slice() {
            [(_, first), rest @ ..] if rest.iter().all(|(_, text)| text == first) => first.cloned(),
            _ => {
                let parts = texts.iter().filter_map(|(year, text)| text.map(|text| format!("{year}: {text}")));
                Some(parts.collect::<Vec<_>>().join("; "))
            }
        }
    };
    Provenance { source: all(|p| &p.source), quality: all(|p| &p.quality), note: all(|p| &p.note) }
}

/// A value as TOML on one line.
pub(crate) fn toml(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => Json::String(text.clone()).to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => format!("{number:?}"),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(toml).collect::<Vec<_>>().join(", ")),
        Value::Table(table) if table.is_empty() => "{}".to_owned(),
        Value::Table(table) => {
            let pairs: Vec<String> =
                table.iter().map(|(key, entry)| format!("{key} = {}", toml(&entry.node))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

fn table_json(table: &Table) -> Json {
    Json::Object(table.iter().map(|(key, entry)| (key.clone(), node_json(&entry.node))).collect())
}

fn node_json(node: &Node) -> Json {
    match &node.value {
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Number(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::List(items) => Json::Array(items.iter().map(node_json).collect()),
        Value::Table(table) => table_json(table),
    }
}
