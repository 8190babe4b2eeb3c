//! Texts and places in them.

use std::sync::Arc;

/// A text in [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SourceId(u32);

/// A stretch of a text, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// First byte after it.
    pub end: u32,
}

impl Span {
    /// A stretch of a text.
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { source, start: byte(range.start), end: byte(range.end.max(range.start)) }
    }

    /// The stretch `range` bytes into this one.
    #[must_use]
    pub fn within(self, range: std::ops::Range<usize>) -> Self {
        let start = self.start as usize;
        let inner = Self::new(self.source, start + range.start..start + range.end);
        if inner.end <= self.end { inner } else { self }
    }

    /// Its bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as people name it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// File name as it was given, or what else the text is.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.name, self.line)
    }
}

#[derive(Debug)]
struct Source {
    name: String,
    text: String,
    /// Where lines begin, bytes: places in long texts are asked for many times.
    lines: Vec<usize>,
}

/// All texts that were read, with their names.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<Arc<Source>>,
}

impl Sources {
    /// Adds a text.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let (name, text) = (name.into(), text.into());
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        self.all.push(Arc::new(Source { name, text, lines }));
        SourceId(u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX))
    }

    /// The text that was added after `before` others.
    pub fn nth(&self, before: usize) -> Option<SourceId> {
        (before < self.all.len()).then(|| SourceId(u32::try_from(before).unwrap_or(u32::MAX)))
    }

    /// Number of texts.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// Name of a text.
    pub fn name(&self, id: SourceId) -> &str {
        self.all.get(id.0 as usize).map_or("", |source| &source.name)
    }

    /// A text.
    pub fn text(&self, id: SourceId) -> &str {
        self.all.get(id.0 as usize).map_or("", |source| &source.text)
    }

    /// The marked text itself.
    pub fn excerpt(&self, span: Span) -> &str {
        self.text(span.source).get(span.range()).unwrap_or("")
    }

    /// Where a span begins.
    pub fn place(&self, span: Span) -> Place {
        let start = span.start as usize;
        let (line, begin) = self.line(span.source, start);
        let before = self.text(span.source).get(begin..start).unwrap_or("");
        Place { name: self.name(span.source).to_owned(), line, column: before.chars().count() + 1 }
    }

    /// Number, from 1, and first byte of the line in which a byte lies.
    pub fn line(&self, id: SourceId, at: usize) -> (usize, usize) {
        let lines = self.all.get(id.0 as usize).map_or(&[0][..], |source| &source.lines);
        let number = lines.partition_point(|begin| *begin <= at).max(1);
        (number, lines.get(number - 1).copied().unwrap_or(0))
    }
}
