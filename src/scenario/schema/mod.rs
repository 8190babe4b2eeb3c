//! What a scenario file may hold: every table with its keys, told once.
//!
//! A [`Form`] lists the keys of a table: what each may hold, its default, what it means. Readers stand on a form and know no other
//! keys ([`super::reader::Reader`]); editors get the forms as a JSON Schema ([`json`]), and people as the tables of
//! `docs/scenario-language.md`. Tests see to it that every key of a form is read, as what it is said to be, and that no other is.

pub mod json;
pub mod keys;
pub mod page;
#[cfg(test)]
pub mod record;
#[cfg(test)]
pub mod tests;
mod unit;

pub use unit::Unit;

/// The keys that a table may have.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its name, unique among all forms: `technology`.
    pub name: &'static str,
    /// What the table describes.
    pub about: &'static str,
    /// Its keys, in groups that forms share.
    pub keys: &'static [&'static [Key]],
    /// Further keys that depend on the word under one of these.
    pub variants: Option<Variants>,
    /// Whether a key that is left out is looked for in another table before its default holds.
    pub falls_back: bool,
}

/// Kinds of one table, told apart by the word under a key.
#[derive(Clone, Copy, Debug)]
pub struct Variants {
    /// The key: `kind`.
    pub by: &'static str,
    /// What each word adds.
    pub all: &'static [Variant],
    /// Another form that has all of its variants but some: the manual tells these there.
    pub told_in: Option<&'static Form>,
}

/// What a word adds to a table.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The word.
    pub word: &'static str,
    /// What it means.
    pub about: &'static str,
    /// The keys that it adds, in groups that variants share.
    pub keys: &'static [&'static [Key]],
}

/// A key.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds where it is left out.
    pub absent: Absent,
    /// What it means: Markdown, without a full stop.
    pub about: &'static str,
}

/// What holds where a key is left out.
#[derive(Clone, Copy, Debug)]
pub enum Absent {
    /// Nothing in particular.
    Nothing,
    /// The key can not be left out of the whole scenario, though of a file that extends another.
    Required,
    /// A value, as it would be written.
    Value(&'static str),
    /// What can only be told.
    Told(&'static str),
    /// It can not be given, and whoever reads it says why.
    Never,
}

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A text.
    Text,
    /// True or false.
    Flag,
    /// A whole number from one to another.
    Whole(i64, i64),
    /// A calendar year.
    Year,
    /// A number without a unit, above 0.
    Number,
    /// One of some words, each with its meaning; an empty meaning where the word says it all.
    Word(&'static [(&'static str, &'static str)]),
    /// The name of an entry of another table, or of one of several.
    Name(&'static str),
    /// A name, or a list of names, of entries of another table.
    Names(&'static str),
    /// A number with a unit, between two bounds in the unit of the model.
    Quantity(Unit, Bounds),
    /// The same, or a table of years to these.
    Series(Unit, Bounds),
    /// Anything that has a place in a file.
    Anything,
    /// A text, a number, or true or false.
    Scalar,
    /// A table with keys of its own.
    Table(&'static Form),
    /// A table whose keys are names (of what is told), all with values of a kind.
    Map(&'static str, &'static Kind),
    /// A list.
    List(&'static Kind),
    /// One of several kinds.
    Either(&'static [Kind]),
}

/// Least and greatest number, in the unit of the model.
pub type Bounds = (f64, f64);

/// Any number.
pub const ANY: Bounds = (f64::NEG_INFINITY, f64::INFINITY);
/// 0 or more.
pub const NOT_NEGATIVE: Bounds = (0.0, f64::INFINITY);
/// More than 0.
pub const POSITIVE: Bounds = (f64::MIN_POSITIVE, f64::INFINITY);
/// A part of a whole.
pub const PART: Bounds = (0.0, 1.0);

/// Calendar years that are read.
pub const YEARS: (i64, i64) = (1800, 2300);

impl Key {
    /// A key that may be left out.
    pub const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, absent: Absent::Nothing, about }
    }

    /// It has to be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self { absent: Absent::Required, ..self }
    }

    /// It has this value where it is left out.
    #[must_use]
    pub const fn or(self, value: &'static str) -> Self {
        Self { absent: Absent::Value(value), ..self }
    }

    /// What holds where it is left out.
    #[must_use]
    pub const fn or_else(self, told: &'static str) -> Self {
        Self { absent: Absent::Told(told), ..self }
    }
}

impl Form {
    /// The variant of a word.
    pub fn variant(&self, word: Option<&str>) -> Option<&'static Variant> {
        let variants = self.variants?;
        variants.all.iter().find(|variant| Some(variant.word) == word)
    }

    /// The words of its variants; `None` where it has none.
    pub fn words(&self) -> Vec<Option<&'static str>> {
        match self.variants {
            Some(variants) => variants.all.iter().map(|variant| Some(variant.word)).collect(),
            None => vec![None],
        }
    }

    /// All keys of a table, with those that its word adds.
    pub fn keys(&self, word: Option<&str>) -> impl Iterator<Item = &'static Key> + use<> {
        let added = self.variant(word).map_or(&[][..], |variant| variant.keys);
        self.keys.iter().chain(added).flat_map(|group| group.iter())
    }

    /// A key by its name.
    pub fn find(&self, word: Option<&str>, name: &str) -> Option<&'static Key> {
        self.keys(word).find(|key| key.name == name)
    }

    /// The form of the tables under a key: of the table itself, of the entries of a table of names, or of the items of a list.
    /// A table of names and values has an empty one.
    pub fn below(&self, word: Option<&str>, name: &str) -> &'static Form {
        self.find(word, name).map_or(&OPEN, |key| key.kind.form())
    }
}

/// All forms below one, each once.
pub fn forms(top: &'static Form) -> Vec<&'static Form> {
    fn of(kind: &'static Kind, all: &mut Vec<&'static Form>) {
        match kind {
            Kind::Table(form) => add(form, all),
            Kind::Map(_, kind) | Kind::List(kind) => of(kind, all),
            Kind::Either(kinds) => kinds.iter().for_each(|kind| of(kind, all)),
            _ => {}
        }
    }
    fn add(form: &'static Form, all: &mut Vec<&'static Form>) {
        if all.iter().any(|known| known.name == form.name) {
            return;
        }
        all.push(form);
        for word in form.words() {
            form.keys(word).for_each(|key| of(&key.kind, all));
        }
    }
    let mut all = Vec::new();
    add(top, &mut all);
    all
}

impl Kind {
    fn form(&self) -> &'static Form {
        match self {
            Kind::Table(form) => form,
            Kind::Map(_, kind) | Kind::List(kind) => kind.form(),
            _ => &OPEN,
        }
    }
}

/// A table of which nothing is said.
static OPEN: Form = Form { name: "table", about: "", keys: &[], variants: None, falls_back: false };
