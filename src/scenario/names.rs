//! References by name.

use super::reader::Desk;
use crate::diagnostics::{Diagnostic, Span, listed};
use crate::model::Id;

/// The names of one kind of thing, in order.
#[derive(Clone, Debug)]
pub struct Names<I> {
    kind: &'static str,
    names: Vec<String>,
    ids: Vec<I>,
}

impl<I: Id> Names<I> {
    /// Numbers names in their order.
    pub fn new<S: Into<String>>(kind: &'static str, names: impl IntoIterator<Item = S>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let ids = (0..names.len()).map(I::new).collect();
        Self { kind, names, ids }
    }

    /// All ids with their names.
    pub fn iter(&self) -> impl Iterator<Item = (I, &str)> {
        self.ids.iter().copied().zip(self.names.iter().map(String::as_str))
    }

    /// The id of a name, if there is one.
    pub fn find(&self, name: &str) -> Option<I> {
        self.names.iter().position(|n| n == name).map(I::new)
    }

    /// The id of a name; an unknown one is reported.
    pub fn resolve(&self, desk: &Desk, name: &str, span: Span) -> Option<I> {
        let found = self.find(name);
        if found.is_none() {
            desk.report(self.unknown(desk, name, span));
        }
        found
    }

    /// Whether a name or pattern (`*` stands for anything) fits anything.
    pub fn fits(&self, pattern: &str) -> bool {
        self.names.iter().any(|name| matches(pattern, name))
    }

    /// The ids of names and patterns (`*` stands for anything); what matches nothing is reported.
    pub fn resolve_all(&self, desk: &Desk, patterns: &[(&str, Span)]) -> Vec<I> {
        let mut found: Vec<I> = Vec::new();
        for &(pattern, span) in patterns {
            let matching: Vec<I> = self.iter().filter(|(_, name)| matches(pattern, name)).map(|(id, _)| id).collect();
            if matching.is_empty() {
                desk.report(self.unknown(desk, pattern, span));
            }
            for id in matching {
                if !found.contains(&id) {
                    found.push(id);
                }
            }
        }
        found.sort();
        found
    }

    fn unknown(&self, desk: &Desk, name: &str, span: Span) -> Diagnostic {
        let kind = self.kind;
        let error = Diagnostic::error(span, format!("there is no {kind} `{name}`")).following();
        match desk.nearest(name, &self.names) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None if self.names.is_empty() => error.help(format!("the scenario has no {kind} at all")),
            None => error.help(format!("known names are {}", listed(&self.names))),
        }
    }
}

/// Whether a name fits a pattern in which `*` stands for any characters.
pub fn matches(pattern: &str, name: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or("");
    for part in parts {
        match name.find(part) {
            Some(at) => name = name.get(at + part.len()..).unwrap_or(""),
            None => return false,
        }
    }
    name.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, name, fits) in [
            ("wind", "wind", true),
            ("wind", "wind-north", false),
            ("*", "", true),
            ("coal-*", "coal-chp", true),
            ("coal-*", "gas-chp", false),
            ("*-chp", "gas-chp", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "acb", false),
            ("ab*ba", "aba", false),
        ] {
            assert_eq!(matches(pattern, name), fits, "{pattern} {name}");
        }
    }
}
