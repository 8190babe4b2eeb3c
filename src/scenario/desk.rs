//! Where readers leave what they find wrong, and how a value becomes a number in the unit that is needed.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::series::Series;
use super::tree::{Entry, Node, Value, year};
use crate::diagnostics::{Diagnostic, Sources, Span, nearest};
use crate::input::{NUMBER, TOLD};
use crate::units::{Content, Currencies, Quantity, Target, parse};

/// Where readers leave what they find wrong.
#[derive(Debug, Default)]
pub struct Desk {
    /// Texts that were read.
    pub sources: RefCell<Sources>,
    /// Mistakes so far.
    pub problems: RefCell<Vec<Diagnostic>>,
    /// Money of other currencies and years.
    pub currencies: RefCell<Currencies>,
}

impl Desk {
    /// A desk with what was found so far.
    pub fn new(sources: Sources, problems: Vec<Diagnostic>) -> Self {
        Self { sources: RefCell::new(sources), problems: RefCell::new(problems), currencies: RefCell::default() }
    }

    /// The texts and all mistakes.
    pub fn close(self) -> (Sources, Vec<Diagnostic>) {
        (self.sources.into_inner(), self.problems.into_inner())
    }

    /// Notes a mistake.
    pub fn report(&self, problem: Diagnostic) {
        self.problems.borrow_mut().push(problem);
    }

    /// The known word that was most likely meant; none for a mistake that is not told.
    pub fn nearest<S: AsRef<str>>(&self, word: &str, known: impl IntoIterator<Item = S>) -> Option<String> {
        if self.problems.borrow().len() > TOLD { None } else { nearest(word, known) }
    }

    /// Folder of the file in which a span lies.
    pub fn folder(&self, span: Span) -> PathBuf {
        Path::new(self.sources.borrow().name(span.source)).parent().unwrap_or(Path::new("")).to_owned()
    }

    /// A quantity in the unit of a target.
    pub fn quantity(&self, node: &Node, target: &Target, content: Content) -> Option<f64> {
        let quantity = match &node.value {
            Value::Text(text) => self.parse(node.span, text)?,
            #[allow(clippy::cast_precision_loss)] // Counts far below 2^53; larger ones need no last digit.
            Value::Integer(number) => plain(*number as f64),
            Value::Number(number) => plain(*number),
            _ => {
                self.report(wrong_kind(node, target.what, &target.example));
                return None;
            }
        };
        match target.convert(quantity, content) {
            Ok(value) if value.abs() > NUMBER => {
                let error = Diagnostic::error(node.span, format!("{} this large can not be meant", target.what));
                self.report(error.help("check the number and its unit; leave a limit out where there is none"));
                None
            }
            Ok(value) => Some(value),
            Err(mismatch) => {
                let found = mismatch.found;
                let message = format!("{} is needed here, and this is {found}", target.what);
                let needed = target.called.map_or_else(|| mismatch.needed.to_string(), str::to_owned);
                let error = Diagnostic::error(node.span, message).label(format!("needs {needed}"));
                self.report(if mismatch.lacks_heating_value {
                    error.help("give the commodity a `heating-value`, so that this can be counted as energy")
                } else {
                    error.help(format!("write it like {}", quoted(&target.example)))
                });
                None
            }
        }
    }

    fn parse(&self, span: Span, text: &str) -> Option<Quantity> {
        match parse(text, &self.currencies.borrow()) {
            Ok(quantity) => Some(quantity),
            Err(error) => {
                // Behind the opening quote stands the text itself, unless it was written with escapes.
                let is_literal = self.sources.borrow().excerpt(span).get(1..1 + text.len()) == Some(text);
                let place = if is_literal { span.within(1 + error.start..1 + error.end) } else { span };
                let help = error.help.unwrap_or_else(|| "a quantity is a number and a unit: \"1.5 GW\"".to_owned());
                self.report(Diagnostic::error(place, error.message).help(help));
                None
            }
        }
    }

    /// A quantity that may change over the years.
    pub fn series(&self, node: &Node, target: &Target, content: Content) -> Option<Series> {
        let Value::Table(table) = &node.value else {
            return self.quantity(node, target, content).map(Series::constant);
        };
        let mut points = Vec::new();
        let mut complete = true;
        for (key, Entry { key: place, node }) in table {
            match (year(key), self.quantity(node, target, content)) {
                (Some(year), Some(value)) => points.push((year, value)),
                (None, _) => {
                    complete = false;
                    self.report(
                        Diagnostic::error(*place, format!("`{key}` is not a year"))
                            .help(format!("a series is a table of years: {{ 2025 = {} }}", quoted(&target.example))),
                    );
                }
                (Some(_), None) => complete = false,
            }
        }
        if complete && points.is_empty() {
            self.report(wrong_kind(node, target.what, &target.example));
        }
        (complete && !points.is_empty()).then(|| Series::new(points))
    }
}

fn plain(value: f64) -> Quantity {
    Quantity { value, dimension: crate::units::Dimension::NONE }
}

/// Puts an example into quotes, as it is written in a file.
pub fn quoted(example: &str) -> String {
    if example.contains('"') || example.parse::<f64>().is_ok() { example.to_owned() } else { format!("\"{example}\"") }
}

fn wrong_kind(node: &Node, what: &str, example: &str) -> Diagnostic {
    Diagnostic::error(node.span, format!("{what} is needed here, and this is {}", node.kind()))
        .help(format!("write it like {}", quoted(example)))
}
