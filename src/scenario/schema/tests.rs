//! Forms and readers say the same: every key that is read is described as what it is read as, and every key that is described is
//! read; defaults and examples are those of the readers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::keys::SCENARIO;
use super::record::{self, Asked, How};
use super::*;
use crate::scenario::merge::Loader;
use crate::scenario::template::{Template, table_with};
use crate::scenario::tree::{self, Node};

/// Files beside this one, and those that are shipped.
fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

/// Two scenarios that hold every table there is: by named slice, and by representative days.
const WHOLE: [&str; 2] = ["every-table.toml", "by-days.toml"];

fn whole(name: &str) -> Template {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/schema/examples").join(name);
    Template::open(&path, Loader::default(), tree::Table::new(), &[])
}

/// What is asked for while all scenarios are read.
fn asked() -> Vec<Asked> {
    record::take();
    for name in WHOLE {
        whole(name).variant(Vec::new()).unwrap_or_else(|problems| panic!("{problems}"));
    }
    for path in files("scenarios") {
        crate::scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    }
    record::take()
}

/// Whether a key may be read in a way.
fn fits(kind: &Kind, absent: Absent, how: &How) -> bool {
    let is_one_of = |unit: &Unit, target: &crate::units::Target| {
        *unit == Unit::Own
            || unit.targets().iter().any(|one| one.what == target.what && one.accepts[0] == target.accepts[0])
    };
    match (kind, how) {
        (_, How::Entry)
        | (Kind::Text | Kind::Name(_), How::Text)
        | (Kind::Name(_) | Kind::Names(_), How::Texts)
        | (Kind::Table(_) | Kind::Map(..), How::Table) => true,
        (Kind::Flag, How::Flag(default)) => matches!(absent, Absent::Value(text) if text == default.to_string()),
        (Kind::Whole(least, most), How::Whole(from, to)) => (least, most) == (from, to),
        (Kind::Year, How::Whole(from, to)) => YEARS == (*from, *to),
        (Kind::Word(words), How::Word(read)) => words.iter().map(|(word, _)| *word).eq(read.iter().map(String::as_str)),
        (Kind::Quantity(unit, bounds), How::Quantity(target, read))
        | (Kind::Series(unit, bounds), How::Series(target, read)) => is_one_of(unit, target) && bounds == read,
        (Kind::Either(kinds), how) => kinds.iter().any(|kind| fits(kind, absent, how)),
        _ => false,
    }
}

#[test]
fn what_is_read_is_described_and_what_is_described_is_read() {
    let mut all = forms(&SCENARIO);
    // Values of a zone are laid over those of the technology, and read as such.
    all.retain(|form| form.name != "technology-in-a-zone");
    compare(&all, asked());
}

/// Fails where some forms and what was asked for differ.
pub fn compare(all: &[&Form], asked: Vec<Asked>) {
    let mut wrong = BTreeSet::new();
    let mut read = BTreeSet::new();
    for Asked { form, word, key, how } in asked {
        let word = word.as_deref();
        let Some(found) = all.iter().find(|known| known.name == form) else { continue };
        match found.find(word, &key) {
            None => {
                wrong.insert(format!("`{key}` of {form} {word:?} is read, and not described"));
            }
            Some(described) if !fits(&described.kind, described.absent, &how) => {
                wrong.insert(format!(
                    "`{key}` of {form} {word:?} is described as {:?}, and read as {how:?}",
                    described.kind
                ));
            }
            Some(_) => {
                read.insert((form, word.map(str::to_owned), key));
            }
        }
    }
    for form in all {
        for word in form.words() {
            for key in form.keys(word) {
                if !read.contains(&(form.name, word.map(str::to_owned), key.name.to_owned())) {
                    wrong.insert(format!("`{}` of {} {word:?} is described, and never read", key.name, form.name));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn forms_are_sound() {
    check(&forms(&SCENARIO));
}

/// Every key is there once, and says what it means.
pub fn check(forms: &[&Form]) {
    for form in forms {
        for word in form.words() {
            let keys: Vec<&Key> = form.keys(word).collect();
            for (position, key) in keys.iter().enumerate() {
                assert!(
                    keys[..position].iter().all(|other| other.name != key.name),
                    "{} {word:?} {}",
                    form.name,
                    key.name
                );
                assert!(!key.about.is_empty(), "{} {}", form.name, key.name);
                assert!(!key.about.ends_with('.'), "{} {}", form.name, key.name);
            }
        }
        if let Some(Variants { by, all, .. }) = form.variants {
            let Some(Key { kind: Kind::Word(words), .. }) = form.find(None, by) else { panic!("{by} is no word") };
            assert!(words.iter().map(|(word, _)| *word).eq(all.iter().map(|variant| variant.word)), "{}", form.name);
        }
    }
}

/// A place in a scenario: its path, its key, and whether the file holds it.
struct Place {
    path: String,
    key: &'static Key,
    is_there: bool,
}

/// All places where a scenario has a key, or could have it.
fn places(form: &'static Form, table: &tree::Table, prefix: &str, all: &mut Vec<Place>) {
    let word = form.variants.and_then(|variants| match &table.get(variants.by)?.node.value {
        tree::Value::Text(word) => Some(word.as_str()),
        _ => None,
    });
    for key in form.keys(word) {
        let path = format!("{prefix}{}", key.name);
        let node = table.get(key.name).map(|entry| &entry.node);
        all.push(Place { path: path.clone(), key, is_there: node.is_some() });
        match (&key.kind, node.and_then(Node::as_table)) {
            (Kind::Table(form), Some(inner)) => places(form, inner, &format!("{path}."), all),
            (Kind::Map(_, Kind::Table(form)), Some(inner)) => {
                for (name, entry) in inner {
                    if let Some(table) = entry.node.as_table() {
                        places(form, table, &format!("{path}.{name}."), all);
                    }
                }
            }
            _ => {}
        }
    }
}

/// A value as it is written.
fn node(text: &str) -> Node {
    let mut sources = crate::diagnostics::Sources::default();
    let id = sources.add("test", String::new());
    let (mut table, _) = tree::parse(&format!("x = {text}"), id, &mut Vec::new());
    table.shift_remove("x").unwrap().node
}

#[test]
fn defaults_are_those_of_the_readers() {
    let mut tried = BTreeSet::new();
    for name in WHOLE {
        let template = whole(name);
        let usual = format!("{:?}", template.variant(Vec::new()).unwrap().model);
        let mut all = Vec::new();
        places(&SCENARIO, template.root(), "", &mut all);
        for Place { path, key, is_there } in all {
            let Absent::Value(value) = key.absent else { continue };
            // What belongs to an alternative of the table can not be written beside the other.
            let is_alien = (path == "time.hours" || path == "time.method") && name == WHOLE[0];
            // Where a zone says nothing, its technology does.
            let is_local = path.contains(".zone.");
            let is_of_modes =
                ["store", "tank", "dual"].iter().any(|name| path == format!("technologies.{name}.combustion"));
            if is_there || is_alien || is_local || is_of_modes {
                continue;
            }
            let said = match template.variant(vec![table_with(&path, node(value))]) {
                Ok(loaded) => format!("{:?}", loaded.model),
                Err(problems) => panic!("{path} = {value}: {problems}"),
            };
            assert!(said == usual, "{path} = {value} changes the model");
            tried.insert(key.name);
        }
    }
    assert!(tried.len() > 20, "{tried:?}");
}

/// Every example of a unit can be read where its key stands.
#[test]
fn examples_can_be_read() {
    let mut tried = 0;
    for name in WHOLE {
        let template = whole(name);
        let mut all = Vec::new();
        places(&SCENARIO, template.root(), "", &mut all);
        for Place { path, key, is_there } in all {
            let (Kind::Quantity(unit, _) | Kind::Series(unit, _)) = key.kind else { continue };
            if !is_there || unit == Unit::Own {
                continue;
            }
            // The first is that of an energy, and these scenarios have nothing else.
            let example = &unit.examples()[0];
            tried += 1;
            if let Err(problems) = template.variant(vec![table_with(&path, node(example))]) {
                let said = problems.to_string();
                assert!(!said.contains("is needed here"), "{path} = {example}: {said}");
            }
        }
    }
    assert!(tried > 50, "{tried}");
}
