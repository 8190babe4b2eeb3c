//! Diagnostics as text, with the source line and carets.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::source::{SourceId, Sources, Span};
use super::{Diagnostic, Diagnostics, Severity};

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
    let mut group = Group::with_title(level.primary_title(&item.message));
    if let Some(span) = item.span {
        let primary = AnnotationKind::Primary.span(visible(sources, span)).label(&item.label);
        let mut snippet = snippet(sources, span.source).annotation(primary);
        for (other, label) in item.related.iter().filter(|(other, _)| other.source == span.source) {
            snippet = snippet.annotation(AnnotationKind::Context.span(visible(sources, *other)).label(label));
        }
        group = group.element(snippet);
    }
    for (other, label) in &item.related {
        if item.span.is_none_or(|span| span.source != other.source) {
            let context = AnnotationKind::Context.span(visible(sources, *other)).label(label);
            group = group.element(snippet(sources, other.source).annotation(context));
        }
    }
    if let Some(help) = &item.help {
        group = group.element(Level::HELP.message(help));
    }
    renderer.render(&[group])
}

fn snippet(sources: &Sources, id: SourceId) -> Snippet<'_, annotate_snippets::Annotation<'_>> {
    Snippet::source(sources.text(id)).path(sources.name(id))
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
