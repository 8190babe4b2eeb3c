//! Typed reading of the merged tree.
//!
//! A [`Reader`] stands on a table, and knows the [`Form`] that says which keys it may have; [`Reader::finish`] reports all others,
//! with the nearest of those that are known. Mistakes are gathered in the [`Desk`], and reading goes on with a stand-in value.

pub use super::desk::{Desk, quoted};

#[cfg(test)]
use super::schema::{self, record, record::How};
use super::schema::{Absent, Form};
use super::series::Series;
use super::tree::{Entry, Node, Table, Value};
use crate::diagnostics::{Diagnostic, Span, nearest};
use crate::units::{Content, Target};

/// Writes down what is asked for, so that tests can compare it with what forms say.
macro_rules! note {
    ($reader:expr, $key:expr, $how:expr) => {
        #[cfg(test)]
        $reader.note($key, $how);
    };
}

/// A table that is being read.
#[derive(Debug)]
pub struct Reader<'a> {
    /// Where mistakes go.
    pub desk: &'a Desk,
    /// What the table describes, for messages: ``technology `wind` ``.
    pub what: String,
    /// Where the table begins.
    pub span: Span,
    table: &'a Table,
    form: &'static Form,
}

impl<'a> Reader<'a> {
    /// Reads a table of a form that stands at `span`.
    pub fn new(desk: &'a Desk, what: impl Into<String>, table: &'a Table, span: Span, form: &'static Form) -> Self {
        Self { desk, what: what.into(), span, table, form }
    }

    /// Reads the table of an entry; reports anything that is no table.
    pub fn of(desk: &'a Desk, what: impl Into<String>, entry: &'a Entry, form: &'static Form) -> Option<Self> {
        let what = what.into();
        match entry.node.as_table() {
            Some(table) => Some(Self::new(desk, what, table, entry.key, form)),
            None => {
                let message = format!("{what} is a table, and this is {}", entry.node.kind());
                desk.report(Diagnostic::error(entry.node.span, message).help("write it as [table] or { key = … }"));
                None
            }
        }
    }

    /// The table itself.
    pub fn table(&self) -> &'a Table {
        self.table
    }

    /// Whether a table of this form can have a key.
    pub fn can_have(&self, key: &str) -> bool {
        self.form.find(self.word(), key).is_some()
    }

    /// The form of the tables under a key.
    pub fn below(&self, key: &str) -> &'static Form {
        self.form.below(self.word(), key)
    }

    /// The word that tells which variant of its form the table is.
    fn word(&self) -> Option<&'a str> {
        match &self.table.get(self.form.variants?.by)?.node.value {
            Value::Text(word) => Some(word),
            _ => None,
        }
    }

    /// The entry of a key, if the table has it.
    pub fn entry(&self, key: &'static str) -> Option<&'a Entry> {
        note!(self, key, How::Entry);
        self.table.get(key)
    }

    #[cfg(test)]
    fn note(&self, key: &str, how: How) {
        let word = self.word().map(str::to_owned);
        record::note(record::Asked { form: self.form.name, word, key: key.to_owned(), how });
    }

    /// Place of a key's value, or of the table where it has none.
    pub fn place(&self, key: &'static str) -> Span {
        self.table.get(key).map_or(self.span, |entry| entry.node.span)
    }

    /// Reports that a key is missing.
    pub fn missing(&self, key: &str, example: &str) {
        self.desk.report(
            Diagnostic::error(self.span, format!("{} lacks `{key}`", self.what))
                .label(format!("`{key}` is required"))
                .help(format!("add {key} = {example}"))
                .following(),
        );
    }

    /// Reports a mistake in the value of a key.
    pub fn wrong(&self, key: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.desk.report(Diagnostic::error(self.place(key), message).help(help));
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<&'a str> {
        note!(self, key, How::Text);
        self.text_of(key)
    }

    fn text_of(&self, key: &'static str) -> Option<&'a str> {
        let entry = self.table.get(key)?;
        match &entry.node.value {
            Value::Text(text) => Some(text),
            _ => {
                self.wrong(key, format!("`{key}` is a text, and this is {}", entry.node.kind()), "put it in quotes");
                None
            }
        }
    }

    /// A switch.
    pub fn flag(&self, key: &'static str, default: bool) -> bool {
        note!(self, key, How::Flag(default));
        match self.table.get(key).map(|entry| &entry.node) {
            None => default,
            Some(Node { value: Value::Flag(flag), .. }) => *flag,
            Some(node) => {
                let message = format!("`{key}` is true or false, and this is {}", node.kind());
                self.wrong(key, message, format!("write {key} = true or {key} = false"));
                default
            }
        }
    }

    /// A whole number within a range.
    pub fn integer(&self, key: &'static str, range: std::ops::RangeInclusive<i64>) -> Option<i64> {
        note!(self, key, How::Whole(*range.start(), *range.end()));
        let node = &self.table.get(key)?.node;
        match node.value {
            Value::Integer(number) if range.contains(&number) => Some(number),
            _ => {
                let message = format!("`{key}` is a whole number from {} to {}", range.start(), range.end());
                self.wrong(key, message, format!("write {key} = {}", range.start()));
                None
            }
        }
    }

    /// A calendar year.
    pub fn year(&self, key: &'static str) -> Option<i32> {
        self.integer(key, 1800..=2300).and_then(|year| i32::try_from(year).ok())
    }

    /// One of some words.
    pub fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        note!(self, key, How::Word(choices.iter().map(|(name, _)| (*name).to_owned()).collect()));
        let word = self.text_of(key)?;
        let found = choices.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        if found.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let help = match nearest(word, choices.iter().map(|(name, _)| name)) {
                Some(near) => format!("did you mean \"{near}\"? `{key}` is one of {}", names.join(", ")),
                None => format!("`{key}` is one of {}", names.join(", ")),
            };
            self.wrong(key, format!("unknown {key} `{word}`"), help);
        }
        found
    }

    /// A number in the unit of a target.
    pub fn quantity(&self, key: &'static str, target: &Target, content: Content) -> Option<f64> {
        note!(self, key, How::Quantity(target.clone(), schema::ANY));
        self.desk.quantity(&self.table.get(key)?.node, target, content)
    }

    /// A number in the unit of a target, within a range.
    pub fn bounded(
        &self,
        key: &'static str,
        target: &Target,
        content: Content,
        range: std::ops::RangeInclusive<f64>,
    ) -> Option<f64> {
        note!(self, key, How::Quantity(target.clone(), (*range.start(), *range.end())));
        let value = self.desk.quantity(&self.table.get(key)?.node, target, content)?;
        self.check_range(key, [value], &range, target).then_some(value)
    }

    /// A number over the years, in the unit of a target.
    pub fn series(&self, key: &'static str, target: &Target, content: Content) -> Option<Series> {
        note!(self, key, How::Series(target.clone(), schema::ANY));
        self.desk.series(&self.table.get(key)?.node, target, content)
    }

    /// A number over the years within a range.
    pub fn bounded_series(
        &self,
        key: &'static str,
        target: &Target,
        content: Content,
        range: std::ops::RangeInclusive<f64>,
    ) -> Option<Series> {
        note!(self, key, How::Series(target.clone(), (*range.start(), *range.end())));
        let series = self.desk.series(&self.table.get(key)?.node, target, content)?;
        self.check_range(key, series.values(), &range, target).then_some(series)
    }

    fn check_range(
        &self,
        key: &'static str,
        values: impl IntoIterator<Item = f64>,
        range: &std::ops::RangeInclusive<f64>,
        target: &Target,
    ) -> bool {
        let fits = values.into_iter().all(|value| range.contains(&value));
        if !fits {
            let (low, high) = (range.start(), range.end());
            let (message, help) = match (*low, *high) {
                (low, high) if low == f64::MIN_POSITIVE && high.is_finite() => (
                    format!("`{key}` must be above 0, and at most {high}"),
                    format!("write it like {}", quoted(&target.example)),
                ),
                (low, f64::INFINITY) if low == f64::MIN_POSITIVE => {
                    (format!("`{key}` must be above 0"), "check the sign and the unit".to_owned())
                }
                (0.0, f64::INFINITY) => (format!("`{key}` can not be negative"), "check the sign".to_owned()),
                _ => (
                    format!("`{key}` lies between {low} and {high}"),
                    format!("write it like {}", quoted(&target.example)),
                ),
            };
            self.wrong(key, message, help);
        }
        fits
    }

    /// A list of texts with their places; a single text counts as a list of one.
    pub fn texts(&self, key: &'static str) -> Option<Vec<(&'a str, Span)>> {
        note!(self, key, How::Texts);
        let node = &self.table.get(key)?.node;
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push((text.as_str(), item.span)),
                _ => self.desk.report(
                    Diagnostic::error(item.span, format!("`{key}` takes texts, and this is {}", item.kind()))
                        .help(format!("write {key} = [\"…\", \"…\"]")),
                ),
            }
        }
        Some(texts)
    }

    /// Names that a rule counts, with their places. An empty list counts nothing, and a rule on nothing is no rule: an error.
    pub fn names(&self, key: &'static str) -> Option<Vec<(&'a str, Span)>> {
        let names = self.texts(key)?;
        if matches!(&self.table.get(key)?.node.value, Value::List(items) if items.is_empty()) {
            self.wrong(key, format!("`{key}` is empty"), format!("name at least one, or leave `{key}` out"));
        }
        Some(names)
    }

    /// A table inside this one.
    pub fn inner(&self, key: &'static str) -> Option<Reader<'a>> {
        note!(self, key, How::Table);
        Reader::of(self.desk, format!("`{key}` of {}", self.what), self.table.get(key)?, self.below(key))
    }

    /// The entries of a table inside this one; none if there is no such table.
    pub fn entries(&self, key: &'static str) -> impl Iterator<Item = (&'a String, &'a Entry)> + use<'a> {
        self.inner(key).into_iter().flat_map(|reader| reader.table.iter())
    }

    /// Reports all keys that the table can not have.
    pub fn finish(self) {
        let known = || self.form.keys(self.word()).map(|key| key.name);
        for (key, entry) in self.table.iter().filter(|(key, _)| !known().any(|name| name == key.as_str())) {
            let error = Diagnostic::error(entry.key, format!("unknown key `{key}` in {}", self.what));
            self.desk.report(match nearest(key, known()) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => {
                    let of_use = self.form.keys(self.word()).filter(|key| !matches!(key.absent, Absent::Never));
                    let mut names: Vec<&str> = of_use.map(|key| key.name).collect();
                    names.sort_unstable();
                    error.help(format!("known keys are {}", names.join(", ")))
                }
            });
        }
    }
}
