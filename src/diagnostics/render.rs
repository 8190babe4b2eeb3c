//! Diagnostics as text, with the source line and carets.

use std::fmt;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::source::{SourceId, Sources, Span};
use super::{Diagnostic, Diagnostics, Severity};

/// Longest line that is shown, bytes.
const LONGEST: usize = 10_000;

impl Diagnostics {
    /// All of them as text.
    pub fn render(&self, color: bool) -> String {
        let renderer = if color { Renderer::styled() } else { Renderer::plain() };
        self.items.iter().map(|item| render(&self.sources, &renderer, item) + "\n\n").collect()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

fn render(sources: &Sources, renderer: &Renderer, item: &Diagnostic) -> String {
    let level = match item.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(printable(&item.message)));
    if let Some(span) = item.span.filter(|span| is_long(sources, *span)) {
        let place = sources.place(span);
        group = group.element(Origin::path(printable(&place.name)).line(place.line).char_column(place.column));
    } else if let Some(span) = item.span {
        let beside = item.related.iter().filter(|(other, _)| other.source == span.source);
        let context = beside.map(|(other, label)| (AnnotationKind::Context, *other, label));
        let marks: Vec<_> = [(AnnotationKind::Primary, span, &item.label)].into_iter().chain(context).collect();
        group = group.element(snippet(sources, span.source, &marks));
    }
    for (other, label) in &item.related {
        if item.span.is_none_or(|span| span.source != other.source) {
            group = group.element(snippet(sources, other.source, &[(AnnotationKind::Context, *other, label)]));
        }
    }
    if let Some(help) = &item.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    // The renderer makes pictures of the controls of ASCII alone.
    renderer.render(&[group]).replace(|c| matches!(c, '\u{80}'..='\u{9f}'), "\u{fffd}")
}

/// Whether the line of a mark is too long to be shown, and to be searched for each mark in it.
fn is_long(sources: &Sources, span: Span) -> bool {
    let rest = sources.text(span.source).get(sources.line(span.source, span.start as usize).1..).unwrap_or("");
    rest.len() > LONGEST && !rest.bytes().take(LONGEST).any(|byte| byte == b'\n')
}

/// The lines of a text from the first mark to the last: the whole may be long, and is shown for each mistake in it.
fn snippet<'a>(
    sources: &'a Sources,
    id: SourceId,
    marks: &[(AnnotationKind, Span, &'a String)],
) -> Snippet<'a, Annotation<'a>> {
    let spans: Vec<_> = marks.iter().map(|(_, span, _)| visible(sources, *span)).collect();
    let text = sources.text(id);
    let (number, begin) = sources.line(id, spans.iter().map(|span| span.start).min().unwrap_or(0));
    let last = spans.iter().map(|span| span.end).max().unwrap_or(begin);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
    let mut snippet = Snippet::source(&text[begin..end]).path(printable(sources.name(id))).line_start(number);
    for ((kind, _, label), span) in marks.iter().zip(spans) {
        snippet = snippet.annotation(kind.span(span.start - begin..span.end - begin).label(printable(label)));
    }
    snippet
}

/// A text in which control characters are pictures: a terminal is not to follow them.
fn printable(text: &str) -> String {
    let picture = |c: char| match c {
        '\n' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        c if c.is_control() => '\u{fffd}',
        c => c,
    };
    text.chars().map(picture).collect()
}

/// A span shows its first line only, and never ends inside a character or beyond the text.
fn visible(sources: &Sources, span: Span) -> std::ops::Range<usize> {
    let text = sources.text(span.source);
    let inside = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (inside(span.start as usize), inside(span.end as usize));
    let line = text.get(start..end).unwrap_or("").find('\n').map_or(end, |at| start + at);
    start..line.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_shows_file_line_column_and_help() {
        let mut sources = Sources::default();
        let file = sources.add("a.toml", "title = \"x\"\ncapitl-cost = \"5 USD/kW\"\n");
        let error = Diagnostic::error(Span::new(file, 12..23), "unknown key `capitl-cost`")
            .label("not a key of a technology")
            .did_you_mean(Some("capital-cost".to_owned()));
        let text = Diagnostics::new(sources, vec![error]).render(false);
        insta::assert_snapshot!(text, @r#"
        error: unknown key `capitl-cost`
         --> a.toml:2:1
          |
        2 | capitl-cost = "5 USD/kW"
          | ^^^^^^^^^^^ not a key of a technology
          |
          = help: did you mean `capital-cost`?
        "#);
    }

    #[test]
    fn odd_spans_do_not_panic() {
        let mut sources = Sources::default();
        let file = sources.add("ә.toml", "ә = 1\r\n");
        for range in [0..1, 1..2, 5..90, 90..95, 0..0] {
            let text =
                Diagnostics::new(sources.clone(), vec![Diagnostic::error(Span::new(file, range), "x")]).render(true);
            assert!(text.contains(".toml"));
        }
        assert!(Diagnostics::new(sources, vec![Diagnostic::error(None, "x")]).render(false).contains('x'));
    }
}
