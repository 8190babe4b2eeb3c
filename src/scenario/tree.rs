//! A TOML text as a tree in which every value knows its place, its source and its quality.

use std::sync::Arc;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Diagnostic, SourceId, Span, nearest};

/// Where a figure comes from, and what it is worth.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Provenance {
    /// The document or data set.
    pub source: Option<String>,
    /// `official`, `published` or `estimate`.
    pub quality: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// A value with its place.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place.
    pub span: Span,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
}

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Text, including quantities.
    Text(String),
    /// Whole number.
    Integer(i64),
    /// Number.
    Number(f64),
    /// Switch.
    Flag(bool),
    /// List.
    List(Vec<Node>),
    /// Table.
    Table(Table),
}

/// A key with its value.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Place of the key.
    pub key: Span,
    /// Its value.
    pub node: Node,
}

/// Keys in the order of the file.
pub type Table = IndexMap<String, Entry>;

/// Keys that say where the values of a table come from.
pub const PROVENANCE: [&str; 3] = ["source", "quality", "note"];

/// Words for the quality of a figure.
pub const QUALITIES: [&str; 3] = ["official", "published", "estimate"];

impl Node {
    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Whether it is a table whose keys are years: one value, changing over time.
    pub fn is_series(&self) -> bool {
        self.as_table().is_some_and(|table| !table.is_empty() && table.keys().all(|key| year(key).is_some()))
    }

    /// Whether it is a figure: a number, a quantity, or a series of them. Only figures come from somewhere.
    pub fn is_figure(&self) -> bool {
        match &self.value {
            Value::Integer(_) | Value::Number(_) => true,
            Value::Text(text) => text.trim_start_matches(['-', '+', '.']).starts_with(|c: char| c.is_ascii_digit()),
            Value::List(items) => items.iter().any(Node::is_figure),
            // Years may have names beside them as well, of profiles.
            Value::Table(table) => self.is_series() && table.values().any(|entry| entry.node.is_figure()),
            Value::Flag(_) => false,
        }
    }

    /// What kind of value it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Integer(_) => "a whole number",
            Value::Number(_) => "a number",
            Value::Flag(_) => "true or false",
            Value::List(_) => "a list",
            Value::Table(_) if self.is_series() => "a table of years",
            Value::Table(_) => "a table",
        }
    }
}

/// A key that is a calendar year.
pub fn year(key: &str) -> Option<i32> {
    let is_year = key.len() == 4 && key.bytes().all(|b| b.is_ascii_digit());
    is_year.then(|| key.parse().ok()).flatten()
}

/// Parses a text; what can not be read is reported and left out. Also says whether all of it could be read.
pub fn parse(text: &str, source: SourceId, problems: &mut Vec<Diagnostic>) -> (Table, bool) {
    let (document, errors) = DeTable::parse_recoverable(text);
    problems.extend(errors.iter().map(|error| {
        let place = error.span().unwrap_or(0..0);
        let message = error.message().lines().next().unwrap_or("this is not TOML");
        let (label, help) = if message == "duplicate key" {
            ("this name is given already", "keep one of the two; a table is opened once and holds all of its keys")
        } else {
            ("can not be read as TOML", "write `key = value`, with texts and quantities in quotes and tables as [name]")
        };
        Diagnostic::error(Span::new(source, place), message.to_owned()).label(label).help(help)
    }));
    let mut builder = Builder { source, problems };
    let document = document.into_inner();
    let root = builder.provenance(&document, &Arc::default());
    (builder.table(document, &root), errors.is_empty())
}

struct Builder<'a> {
    source: SourceId,
    problems: &'a mut Vec<Diagnostic>,
}

impl Builder<'_> {
    fn span<T>(&self, spanned: &Spanned<T>) -> Span {
        Span::new(self.source, spanned.span())
    }

    fn node(&mut self, spanned: Spanned<DeValue<'_>>, inherited: &Arc<Provenance>) -> Node {
        let span = self.span(&spanned);
        let plain = |value: Value| Node { value, span, provenance: Arc::clone(inherited) };
        match spanned.into_inner() {
            DeValue::String(text) => plain(Value::Text(text.into_owned())),
            DeValue::Boolean(flag) => plain(Value::Flag(flag)),
            DeValue::Datetime(date) => plain(Value::Text(date.to_string())),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => plain(Value::Integer(number)),
                Err(_) => plain(self.number_out_of_range(span)),
            },
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(number) if number.is_finite() => plain(Value::Number(number)),
                _ => plain(self.number_out_of_range(span)),
            },
            DeValue::Array(items) => {
                plain(Value::List(items.into_iter().map(|item| self.node(item, inherited)).collect()))
            }
            DeValue::Table(table) => {
                let provenance = self.provenance(&table, inherited);
                if table.keys().any(|key| key.get_ref() == "value") {
                    return self.wrapped(table, &provenance);
                }
                Node { value: Value::Table(self.table(table, &provenance)), span, provenance }
            }
        }
    }

    fn number_out_of_range(&mut self, span: Span) -> Value {
        self.problems.push(
            Diagnostic::error(span, "this number can not be used")
                .help("write a finite number; leave a limit out where there is none"),
        );
        Value::Integer(0)
    }

    fn table(&mut self, table: DeTable<'_>, provenance: &Arc<Provenance>) -> Table {
        let mut entries = Table::with_capacity(table.len());
        for (key, value) in table {
            if PROVENANCE.contains(&key.get_ref().as_ref()) {
                continue;
            }
            let place = self.span(&key);
            let node = self.node(value, provenance);
            entries.insert(key.into_inner().into_owned(), Entry { key: place, node });
        }
        entries
    }

    /// `{ value = …, source = … }`: the value itself, with where it comes from.
    fn wrapped(&mut self, table: DeTable<'_>, provenance: &Arc<Provenance>) -> Node {
        let mut inner = None;
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "value" => inner = Some(self.node(value, provenance)),
                word if PROVENANCE.contains(&word) => {}
                word => {
                    let known = PROVENANCE.into_iter().chain(["value"]);
                    self.problems.push(
                        Diagnostic::error(self.span(&key), format!("unknown key `{word}` beside `value`"))
                            .help("beside `value` stand only `source`, `quality` and `note`")
                            .did_you_mean(nearest(word, known)),
                    );
                }
            }
        }
        // The table was found to hold `value`.
        inner.unwrap_or_else(|| Node {
            value: Value::Flag(false),
            span: Span::new(self.source, 0..0),
            provenance: Arc::clone(provenance),
        })
    }

    /// What a table says of where its values come from; what it does not say holds from the table around it.
    fn provenance(&mut self, table: &DeTable<'_>, inherited: &Arc<Provenance>) -> Arc<Provenance> {
        let mut own = (**inherited).clone();
        for (key, value) in table {
            let word = key.get_ref().as_ref();
            let (Some(position), DeValue::String(text)) = (PROVENANCE.iter().position(|p| *p == word), value.get_ref())
            else {
                if PROVENANCE.contains(&word) {
                    self.problems.push(
                        Diagnostic::error(self.span(value), format!("`{word}` needs a text"))
                            .help(format!("write {word} = \"…\"")),
                    );
                }
                continue;
            };
            let text = text.clone().into_owned();
            match position {
                0 => own.source = Some(text),
                1 => {
                    if !QUALITIES.contains(&text.as_str()) {
                        self.problems.push(
                            Diagnostic::error(self.span(value), format!("unknown quality `{text}`"))
                                .help("use \"official\", \"published\" or \"estimate\""),
                        );
                    }
                    own.quality = Some(text);
                }
                _ => own.note = Some(text),
            }
        }
        if own == **inherited { Arc::clone(inherited) } else { Arc::new(own) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;

    fn read(text: &str) -> (Table, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let id = sources.add("a.toml", text);
        let mut problems = Vec::new();
        (parse(text, id, &mut problems).0, problems)
    }

    #[test]
    fn values_know_their_source() {
        let (table, problems) = read(
            "[a]\nsource = \"book\"\nx = 1\ny = { value = \"2 GW\", source = \"paper\", quality = \"estimate\" }\n\
             z = { 2030 = 1, source = \"talk\" }\n",
        );
        assert!(problems.is_empty());
        let a = table["a"].node.as_table().unwrap();
        assert_eq!(a.keys().collect::<Vec<_>>(), ["x", "y", "z"]);
        let source = |key: &str| a[key].node.provenance.source.clone().unwrap();
        assert_eq!((source("x").as_str(), source("y").as_str(), source("z").as_str()), ("book", "paper", "talk"));
        assert_eq!(a["y"].node.value, Value::Text("2 GW".to_owned()));
        assert_eq!(a["y"].node.provenance.quality.as_deref(), Some("estimate"));
        assert!(a["z"].node.is_series());
    }

    #[test]
    fn all_mistakes_are_found_at_once() {
        let (_, problems) = read("a = \nb = nan\nc = { value = 1, sorce = \"x\" }\nd = 99999999999999999999\n");
        let messages: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
        assert_eq!(messages.len(), 4, "{messages:?}");
        assert!(messages.contains(&"unknown key `sorce` beside `value`"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-c\\[\\]{}=\"'.,# \n0-9nif-]{0,40}") {
            read(&text);
        }
    }
}
