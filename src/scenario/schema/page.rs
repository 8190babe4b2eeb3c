//! Forms → the tables of keys in the manual.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Absent, Form, Key, Kind, Variant, Variants, forms};

/// The table of each form below some, in Markdown, by the form's name. Keys that variants add stand in a table below their own.
pub fn tables(tops: &[&'static Form]) -> BTreeMap<&'static str, String> {
    tops.iter().flat_map(|top| forms(top)).map(|form| (form.name, table(form))).collect()
}

fn table(form: &'static Form) -> String {
    let mut text = "| key | value | default | meaning |\n| --- | --- | --- | --- |\n".to_owned();
    for key in form.keys(None).filter(|key| !matches!(key.absent, Absent::Never)) {
        text += &row(&format!("`{}`", key.name), key);
    }
    if form.variants.is_some() {
        text += &variants(form);
    }
    text
}

/// What the words of a form mean, and the keys that each adds.
fn variants(form: &'static Form) -> String {
    let Some(variants) = form.variants else { return String::new() };
    let mut text = format!("\n| `{}` | means | its keys |\n| --- | --- | --- |\n", variants.by);
    let mut rows: Vec<(&'static Key, Vec<&str>)> = Vec::new();
    if let Some(other) = variants.told_in {
        let name = other.name;
        let _ = writeln!(text, "| those of {} [{name}](#{name}sname) | as there | as there |", article(name));
    }
    for variant in variants.all.iter().filter(|variant| !is_told_in(variants, variant)) {
        let keys = variant.keys.iter().flat_map(|group| group.iter());
        let keys: Vec<&'static Key> = keys.filter(|key| !matches!(key.absent, Absent::Never)).collect();
        let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
        let _ = writeln!(text, "| `\"{}\"` | {} | {} |", variant.word, variant.about, names.join(", "));
        for key in keys {
            match rows.iter_mut().find(|(known, _)| known.name == key.name && cells(known) == cells(key)) {
                Some((_, words)) => words.push(variant.word),
                None => rows.push((key, vec![variant.word])),
            }
        }
    }
    if rows.is_empty() {
        return text;
    }
    text += "\n| key | value | default | meaning |\n| --- | --- | --- | --- |\n";
    // All there is of a key stands together, in the order in which keys come up.
    let mut order: Vec<&str> = Vec::new();
    order.extend(rows.iter().map(|(key, _)| key.name));
    rows.sort_by_key(|(key, _)| order.iter().position(|name| *name == key.name));
    for (key, words) in &rows {
        let is_alone = rows.iter().filter(|(other, _)| other.name == key.name).count() == 1;
        let of = if is_alone { String::new() } else { format!(" of {}", words.join(", ")) };
        text += &row(&format!("`{}`{of}", key.name), key);
    }
    text
}

/// Whether the table of another form has what a word means.
fn is_told_in(variants: Variants, variant: &Variant) -> bool {
    variants.told_in.is_some_and(|other| other.variant(Some(variant.word)).is_some())
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn row(name: &str, key: &Key) -> String {
    format!("| {name} | {} |\n", cells(key))
}

/// What a key holds, what holds without it, and what it means.
fn cells(key: &Key) -> String {
    let default = match key.absent {
        Absent::Nothing | Absent::Never => String::new(),
        Absent::Required => "required".to_owned(),
        Absent::Value(value) => format!("`{value}`"),
        Absent::Told(told) => told.to_owned(),
    };
    let mut about = key.about.to_owned();
    if let Kind::Word(words) = key.kind {
        for (word, told) in words.iter().filter(|(_, told)| !told.is_empty()) {
            let _ = write!(about, "; `\"{word}\"`: {told}");
        }
    }
    format!("{} | {default} | {about}", value(&key.kind))
}

/// What may stand there.
fn value(kind: &Kind) -> String {
    match kind {
        Kind::Text => "text".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Whole(least, most) if *most < 100_000 => format!("whole number, {least} to {most}"),
        Kind::Whole(..) => "whole number".to_owned(),
        Kind::Year => "year".to_owned(),
        Kind::Number => "number".to_owned(),
        Kind::Word(words) if words.len() > 8 => "one of those below".to_owned(),
        Kind::Word(words) => words.iter().map(|(word, _)| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        Kind::Name(of) => format!("name in {of}"),
        Kind::Names(of) => format!("list of {of}"),
        Kind::Quantity(unit, _) => unit.examples().first().map_or_else(String::new, |example| format!("`{example}`")),
        Kind::Series(unit, _) => {
            unit.examples().first().map_or_else(String::new, |example| format!("`{example}`, by year"))
        }
        Kind::Anything => "anything".to_owned(),
        Kind::Scalar => "text, number or switch".to_owned(),
        Kind::Table(_) => "table".to_owned(),
        Kind::Map(of, kind) => match kind {
            Kind::Table(_) => format!("table by {of}, of tables"),
            kind => format!("table by {of}: {}", value(kind)),
        },
        Kind::List(kind) => match kind {
            Kind::Table(_) => "list of tables".to_owned(),
            kind => format!("list: {}", value(kind)),
        },
        Kind::Either(kinds) => kinds.iter().map(value).collect::<Vec<_>>().join(", or "),
    }
}
