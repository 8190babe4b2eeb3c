//! Words as people write them.

/// A text with a capital letter, unless it begins with something else.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first of some names, and whether there are more.
pub fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    const SHOWN: usize = 12;
    let mut names = names.into_iter();
    let first: Vec<S> = names.by_ref().take(SHOWN).collect();
    let more = if names.next().is_some() { ", …" } else { "" };
    first.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ") + more
}
