//! What readers ask for, written down while tests read scenarios.

use std::cell::RefCell;

use super::Bounds;
use crate::units::Target;

/// A key that was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Name of the form.
    pub form: &'static str,
    /// The word that tells which variant it was.
    pub word: Option<String>,
    /// The key.
    pub key: String,
    /// As what it was read.
    pub how: How,
}

/// As what a key is read.
#[derive(Clone, PartialEq, Debug)]
pub enum How {
    /// As anything.
    Entry,
    /// As a text.
    Text,
    /// As a switch that is so by default.
    Flag(bool),
    /// As a whole number.
    Whole(i64, i64),
    /// As one of some words.
    Word(Vec<String>),
    /// As a quantity.
    Quantity(Target, Bounds),
    /// As a quantity or a series.
    Series(Target, Bounds),
    /// As a text or a list of texts.
    Texts,
    /// As a table.
    Table,
}

thread_local! {
    static ASKED: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// Writes down what is asked for.
pub fn note(asked: Asked) {
    ASKED.with_borrow_mut(|all| all.push(asked));
}

/// What was asked for since the last time.
pub fn take() -> Vec<Asked> {
    ASKED.take()
}
