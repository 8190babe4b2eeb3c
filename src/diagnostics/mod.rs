//! Errors and warnings that know file, line and column, and suggest a fix.
//!
//! Readers gather [`Diagnostic`]s instead of stopping at the first mistake; [`Diagnostics`] holds them together with the
//! texts they point into and shows them the way a compiler does.

mod nearest;
mod render;
mod source;
mod words;

pub use nearest::nearest;
pub use source::{Place, SourceId, Sources, Span};
pub use words::{capitalised, listed};

use crate::input::TOLD;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The scenario can not be run.
    Error,
    /// The scenario can be run, but something in it is likely not meant.
    Warning,
}

/// One mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Where; `None` where no place in a file can be named.
    pub span: Option<Span>,
    /// A few words beside the marked text; may be empty.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Other places that matter, with a few words each.
    pub related: Vec<(Span, String)>,
    /// Whether it may only follow from a text that could not be read: something is found to be missing.
    pub may_follow: bool,
}

impl Diagnostic {
    /// An error at a place.
    pub fn error(span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            span: span.into(),
            label: String::new(),
            help: None,
            related: Vec::new(),
            may_follow: false,
        }
    }

    /// A warning at a place.
    pub fn warning(span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(span, message) }
    }

    /// Adds a few words beside the marked text.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a suggestion, if there is one: `did you mean …?`
    #[must_use]
    pub fn did_you_mean(self, word: Option<String>) -> Self {
        match word {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }

    /// Says that it may only follow from a text that could not be read.
    #[must_use]
    pub fn following(self) -> Self {
        Self { may_follow: true, ..self }
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }
}

/// Diagnostics with the texts they point into, in the order of the files and of the text.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    sources: Sources,
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Orders diagnostics by severity and place, and drops those said twice.
    pub fn new(sources: Sources, mut items: Vec<Diagnostic>) -> Self {
        items.sort_by(|a, b| (a.severity, a.span, &a.message).cmp(&(b.severity, b.span, &b.message)));
        items.dedup_by(|a, b| (a.severity, a.span, &a.message) == (b.severity, b.span, &b.message));
        if items.len() > TOLD {
            let first = items.swap_remove(TOLD);
            let message = format!("there is more than {TOLD} things wrong, and what follows is left out");
            items.truncate(TOLD);
            items.retain(|item| item.message != message);
            items.push(
                Diagnostic { severity: first.severity, ..Diagnostic::error(first.span, message) }
                    .help("mend the first ones, and try again"),
            );
        }
        Self { sources, items }
    }

    /// Adds one in its place.
    pub fn add(&mut self, item: Diagnostic) {
        let items = std::mem::take(&mut self.items).into_iter().chain([item]).collect();
        *self = Self::new(std::mem::take(&mut self.sources), items);
    }

    /// Adds those of another reading of the same texts; it may have read more of them.
    pub fn extend(&mut self, other: Self) {
        let own = std::mem::take(&mut self.sources);
        let sources = if other.sources.count() > own.count() { other.sources } else { own };
        *self = Self::new(sources, std::mem::take(&mut self.items).into_iter().chain(other.items).collect());
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// Whether any of them is an error.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// Where a diagnostic points, for people.
    pub fn place(&self, diagnostic: &Diagnostic) -> Option<Place> {
        diagnostic.span.map(|span| self.sources.place(span))
    }
}
