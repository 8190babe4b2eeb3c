//! Forms → JSON Schema, for editors.
//!
//! Draft 7, and of it what TOML editors follow when they complete keys: `properties`, `patternProperties`, `additionalProperties`, `items`
//! and `$ref`, each value with all of its `type`s side by side. What a word (`kind = "share"`) allows stands behind `if` and `then`, which
//! only those follow who look for mistakes. Nothing is required: a file holds what differs from those it extends.

use serde_json::{Map, Value, json};

use super::{Absent, Bounds, Form, Key, Kind, Unit, YEARS};
use crate::diagnostics::capitalised;
use crate::scenario::tree::{PROVENANCE, QUALITIES};

type Object = Map<String, Value>;

/// A number, as quantities begin with.
const NUMBER: &str = r"^\s*[-+]?[0-9.][0-9._]*([eE][-+]?[0-9]+)?";

/// Keys of tables of years.
const YEAR_KEY: &str = "^[0-9]{4}$";

/// The schema of files of a form; `file` are keys of the file itself.
pub fn schema(top: &'static Form, file: Option<&'static Form>) -> Value {
    let mut definitions = Definitions::default();
    let mut root = object(json!({ "$schema": "http://json-schema.org/draft-07/schema#", "title": top.about }));
    root.append(&mut definitions.form(top));
    if let (Some(Value::Object(properties)), Some(file)) = (root.get_mut("properties"), file) {
        for key in file.keys(None) {
            properties.insert(key.name.to_owned(), definitions.key(key, true));
        }
    }
    let mut all = object(json!({
        "source": { "type": "string", "description": "The document or data set that this comes from. Holds for all values of the table, and below it, that have none of their own." },
        "quality": {
            "enum": QUALITIES,
            "description": "What it is worth.",
        },
        "note": { "type": "string", "description": "A remark." },
    }));
    all.append(&mut definitions.0);
    root.insert("definitions".to_owned(), Value::Object(all));
    Value::Object(root)
}

/// Schemas of forms by name.
#[derive(Default)]
struct Definitions(Object);

impl Definitions {
    /// A reference to the schema of a form.
    fn reference(&mut self, form: &'static Form) -> Object {
        if !self.0.contains_key(form.name) {
            // Its place is taken before it is made: a form may hold itself.
            self.0.insert(form.name.to_owned(), Value::Null);
            let made = self.form(form);
            self.0.insert(form.name.to_owned(), Value::Object(made));
        }
        object(json!({ "$ref": format!("#/definitions/{}", form.name) }))
    }

    /// A table with the keys of a form.
    fn form(&mut self, form: &'static Form) -> Object {
        let has_defaults = !form.falls_back;
        let mut properties = Object::new();
        for key in form.keys(None).filter(|key| can_be(key)) {
            properties.insert(key.name.to_owned(), self.key(key, has_defaults));
        }
        let mut alternatives = Value::Null;
        if let Some(variants) = form.variants {
            // From the last to the first, so that the first is asked first.
            for variant in variants.all.iter().rev() {
                let mut own = Object::new();
                for key in variant.keys.iter().flat_map(|group| group.iter()).filter(|key| can_be(key)) {
                    // What the table says of a key of all its variants is loose where they differ.
                    let kinds = variants.all.iter().flat_map(|other| other.keys).flat_map(|group| group.iter());
                    let kinds: Vec<Object> =
                        kinds.filter(|other| other.name == key.name).map(|other| self.kind(&other.kind)).collect();
                    if kinds.iter().any(|kind| *kind != kinds[0]) {
                        own.insert(key.name.to_owned(), Value::Object(self.kind(&key.kind)));
                    }
                }
                let names = form.keys(Some(variant.word)).filter(|key| can_be(key)).map(|key| key.name);
                let names: Vec<&str> = names.chain(PROVENANCE).collect();
                let is_it = json!({
                    "properties": { variants.by: { "const": variant.word } },
                    "required": [variants.by],
                });
                let mut asked = object(json!({
                    "if": is_it, "then": { "properties": own, "propertyNames": { "enum": names } },
                }));
                if !alternatives.is_null() {
                    asked.insert("else".to_owned(), alternatives);
                }
                alternatives = Value::Object(asked);
            }
            for (key, words) in added(form) {
                let kinds: Vec<Object> = key.iter().map(|key| self.kind(&key.kind)).collect();
                let mut merged = kinds.into_iter().reduce(merge).unwrap_or_default();
                merged.insert("description".to_owned(), Value::String(words));
                properties.insert(key[0].name.to_owned(), Value::Object(merged));
            }
            if let (Some(Value::Object(by)), Some(Key { kind: Kind::Word(_), .. })) =
                (properties.get_mut(variants.by), form.find(None, variants.by))
            {
                let told: Vec<&str> = variants.all.iter().map(|variant| variant.about).collect();
                by.insert("x-taplo".to_owned(), json!({ "docs": { "enumValues": told } }));
            }
        }
        provenance(&mut properties);
        let mut made = object(json!({
            "type": "object",
            "description": capitalised(form.about),
            "properties": properties,
            "additionalProperties": false,
        }));
        if let Value::Object(mut alternatives) = alternatives {
            made.append(&mut alternatives);
        }
        made
    }

    /// The value of a key, with what it means.
    fn key(&mut self, key: &'static Key, has_default: bool) -> Value {
        let mut made = self.kind(&key.kind);
        made.insert("description".to_owned(), Value::String(describe(key, has_default)));
        if let (Absent::Value(text), true) = (key.absent, has_default) {
            made.insert("default".to_owned(), written(text));
        }
        Value::Object(made)
    }

    /// A reference to a schema of quantities, which many keys share.
    fn named(&mut self, unit: Unit, (least, most): Bounds, what: &str, make: impl Fn(Unit, Bounds) -> Object) -> Value {
        let least_word = match least {
            f64::MIN_POSITIVE => "-above-0".to_owned(),
            least if least.is_finite() => format!("-from-{least}"),
            _ => String::new(),
        };
        let most_word = if most.is_finite() { format!("-to-{most}") } else { String::new() };
        let bounds = if unit.is_plain() { least_word + &most_word } else { String::new() };
        let name = format!("{}{bounds}{what}", unit.what().replace(' ', "-"));
        // Forms have no such names.
        let name = format!("value-{}", name.trim_start_matches("a-").trim_start_matches("an-"));
        self.0.entry(name.as_str()).or_insert_with(|| Value::Object(make(unit, (least, most))));
        json!({ "$ref": format!("#/definitions/{name}") })
    }

    fn kind(&mut self, kind: &'static Kind) -> Object {
        match kind {
            Kind::Text | Kind::Name(_) => object(json!({ "type": "string" })),
            Kind::Flag => object(json!({ "type": "boolean" })),
            Kind::Whole(least, most) => number("integer", (Some(*least), Some(*most)), &[]),
            Kind::Year => number("integer", (Some(YEARS.0), Some(YEARS.1)), &["2030"]),
            Kind::Number => {
                let mut plain = number("number", (None, None), &[]);
                plain.insert("exclusiveMinimum".to_owned(), json!(0));
                plain
            }
            Kind::Word(words) => {
                let (words, told): (Vec<&str>, Vec<&str>) = words.iter().copied().unzip();
                let mut made = object(json!({ "type": "string", "enum": words }));
                if told.iter().any(|text| !text.is_empty()) {
                    made.insert("x-taplo".to_owned(), json!({ "docs": { "enumValues": told } }));
                }
                made
            }
            Kind::Names(_) => object(json!({ "type": ["string", "array"], "items": { "type": "string" } })),
            Kind::Quantity(unit, bounds) => {
                let plain = self.named(*unit, *bounds, "", quantity);
                sourced(quantity(*unit, *bounds), &plain)
            }
            Kind::Series(unit, bounds) => {
                let plain = self.named(*unit, *bounds, "", quantity);
                let point =
                    self.named(*unit, *bounds, "-of-a-year", |unit, bounds| sourced(quantity(unit, bounds), &plain));
                let years = object(json!({
                    "type": ["object"], "patternProperties": { YEAR_KEY: point }, "additionalProperties": false,
                }));
                let series = merge(quantity(*unit, *bounds), years);
                let value = self.named(*unit, *bounds, "-by-year", |_, _| series.clone());
                sourced(series, &value)
            }
            Kind::Anything => Object::new(),
            Kind::Scalar => with_source(object(json!({ "type": ["string", "number", "boolean"] }))),
            Kind::Table(form) => self.reference(form),
            Kind::Map(of, kind) => {
                let inner = Value::Object(self.kind(kind));
                let mut properties = Object::new();
                provenance(&mut properties);
                object(if *of == "years" {
                    json!({
                        "type": "object", "properties": properties,
                        "patternProperties": { YEAR_KEY: inner }, "additionalProperties": false,
                    })
                } else {
                    json!({ "type": "object", "properties": properties, "additionalProperties": inner })
                })
            }
            Kind::List(kind) => {
                let list = object(json!({ "type": ["array"], "items": self.kind(kind) }));
                // Only figures come from somewhere.
                if matches!(kind, Kind::Table(_) | Kind::Anything) { list } else { with_source(list) }
            }
            Kind::Either(kinds) => kinds.iter().map(|kind| self.kind(kind)).reduce(merge).unwrap_or_default(),
        }
    }
}

/// Whether a key can be given at all.
fn can_be(key: &Key) -> bool {
    !matches!(key.absent, Absent::Never)
}

/// Keys that variants add, each with all that it is, and with what it means in which.
fn added(form: &Form) -> Vec<(Vec<&'static Key>, String)> {
    let mut names: Vec<&str> = Vec::new();
    let all = form.variants.map_or(&[][..], |variants| variants.all);
    for key in all.iter().flat_map(|variant| variant.keys).flat_map(|group| group.iter()).filter(|key| can_be(key)) {
        if !names.contains(&key.name) {
            names.push(key.name);
        }
    }
    let mut found = Vec::new();
    for name in names {
        let mut keys: Vec<&'static Key> = Vec::new();
        let mut told: Vec<(String, Vec<&str>)> = Vec::new();
        for variant in all {
            let own = variant.keys.iter().flat_map(|group| group.iter()).find(|key| key.name == name && can_be(key));
            let Some(key) = own else { continue };
            keys.push(key);
            let text = describe(key, true);
            match told.iter_mut().find(|(known, _)| *known == text) {
                Some((_, words)) => words.push(variant.word),
                None => told.push((text, vec![variant.word])),
            }
        }
        let told = told.into_iter().map(|(text, words)| format!("`{}`: {text}", words.join("`, `")));
        found.push((keys, told.collect::<Vec<_>>().join("\n\n")));
    }
    found
}

/// What a key means, what it may be, and what holds without it.
fn describe(key: &Key, has_default: bool) -> String {
    let mut text = format!("{}.", capitalised(key.about));
    if let Kind::Quantity(unit, _) | Kind::Series(unit, _) = key.kind {
        let years = if matches!(key.kind, Kind::Series(..)) { ", or a table of years to these" } else { "" };
        text += &format!(" {}: `{}`{years}.", capitalised(unit.what()), unit.examples().join("`, `"));
    }
    match (key.absent, has_default) {
        (Absent::Required, true) => text += " Required.",
        (Absent::Value(value), true) => text += &format!(" Default: `{value}`."),
        (Absent::Told(told), true) => text += &format!(" Default: {told}."),
        _ => {}
    }
    text
}

/// A number or a text with a number and a unit.
fn quantity(unit: Unit, (least, most): Bounds) -> Object {
    let mut made = Object::new();
    let per = if unit.is_ratio() { ".*/" } else { "" };
    if unit.is_plain() {
        made.insert("type".to_owned(), json!(["number", "string"]));
        made.insert("pattern".to_owned(), json!(format!(r"{NUMBER}\s*([A-Za-z%(].*)?$")));
        match least {
            f64::MIN_POSITIVE => made.insert("exclusiveMinimum".to_owned(), json!(0)),
            least if least.is_finite() => made.insert("minimum".to_owned(), json!(least)),
            _ => None,
        };
        if most.is_finite() {
            made.insert("maximum".to_owned(), json!(most));
        }
    } else {
        made.insert("type".to_owned(), json!(["string"]));
        made.insert("pattern".to_owned(), json!(format!(r"{NUMBER}\s*[A-Za-z%(]{per}.*$")));
    }
    let examples: Vec<Value> = unit.examples().iter().map(|text| written(text)).collect();
    made.insert("examples".to_owned(), Value::Array(examples));
    made
}

fn number(kind: &str, (least, most): (Option<i64>, Option<i64>), examples: &[&str]) -> Object {
    let mut made = object(json!({ "type": [kind] }));
    let bounds = [("minimum", least), ("maximum", most)];
    made.extend(bounds.into_iter().filter_map(|(name, bound)| Some((name.to_owned(), json!(bound?)))));
    if !examples.is_empty() {
        made.insert("examples".to_owned(), examples.iter().map(|text| written(text)).collect());
    }
    with_source(made)
}

/// A value that may also stand under `value`.
fn with_source(plain: Object) -> Object {
    let value = Value::Object(plain.clone());
    sourced(plain, &value)
}

/// A value that may also stand under `value`, with where it comes from beside it.
fn sourced(plain: Object, value: &Value) -> Object {
    let mut properties = object(json!({ "value": value }));
    provenance(&mut properties);
    merge(plain, object(json!({ "type": ["object"], "properties": properties, "additionalProperties": false })))
}

fn provenance(properties: &mut Object) {
    for name in PROVENANCE {
        properties.insert(name.to_owned(), json!({ "$ref": format!("#/definitions/{name}") }));
    }
}

/// One or the other: all types of both. What only one of them says of a type it keeps; where both say something, and not the same,
/// the looser holds.
fn merge(one: Object, other: Object) -> Object {
    let mut both = one;
    for (name, theirs) in other {
        let Some(ours) = both.get(&name).cloned() else {
            both.insert(name, theirs);
            continue;
        };
        match name.as_str() {
            "type" | "examples" => {
                let mut all = list(ours);
                for item in list(theirs) {
                    if !all.contains(&item) {
                        all.push(item);
                    }
                }
                both.insert(name, Value::Array(all));
            }
            "properties" | "patternProperties" => {
                if let (Some(Value::Object(ours)), Value::Object(theirs)) = (both.get_mut(&name), theirs) {
                    for (key, value) in theirs {
                        let merged = ours.remove(&key).map_or(value.clone(), |known| any_of(known, value));
                        ours.insert(key, merged);
                    }
                }
            }
            "additionalProperties" if ours == Value::Bool(false) => {
                both.insert(name, theirs);
            }
            "additionalProperties" | "items" => {}
            _ if ours == theirs => {}
            _ => {
                both.remove(&name);
            }
        }
    }
    both
}

/// One value or the other, where both may be references.
fn any_of(one: Value, other: Value) -> Value {
    let mut all = match one {
        Value::Object(mut object) if object.contains_key("anyOf") => list(object.remove("anyOf").unwrap_or_default()),
        one => vec![one],
    };
    if !all.contains(&other) {
        all.push(other);
    }
    match all.as_slice() {
        [one] => one.clone(),
        _ => json!({ "anyOf": all }),
    }
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        value => vec![value],
    }
}

/// A value as TOML writes it: a text in quotes, a number, true or false.
fn written(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}
