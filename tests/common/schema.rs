//! As much of JSON Schema, draft 7, as the schemas for editors use. A word that is not known here fails the test.

use regex::Regex;
use serde_json::{Map, Value};

/// Words that tell people something, and judge nothing.
const TOLD: [&str; 7] = ["$schema", "title", "description", "default", "examples", "definitions", "x-taplo"];

/// A schema.
pub struct Schema(Value);

impl Schema {
    /// A schema of a file.
    pub fn new(schema: Value) -> Self {
        Self(schema)
    }

    /// All that is wrong with a value: where, and what.
    pub fn errors(&self, value: &Value) -> Vec<String> {
        let mut errors = Vec::new();
        self.judge(&self.0, value, "", &mut errors);
        errors
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let mut errors = Vec::new();
        self.judge(schema, value, "", &mut errors);
        errors.is_empty()
    }

    fn judge(&self, schema: &Value, value: &Value, path: &str, errors: &mut Vec<String>) {
        let Value::Object(schema) = schema else {
            if *schema == Value::Bool(false) {
                errors.push(format!("{path} can not be there"));
            }
            return;
        };
        // Beside a reference nothing counts.
        if let Some(name) = schema.get("$ref") {
            let pointer = name.as_str().unwrap().strip_prefix('#').unwrap();
            let target = self.0.pointer(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere"));
            return self.judge(target, value, path, errors);
        }
        for (word, argument) in schema {
            let is_right = match word.as_str() {
                told if TOLD.contains(&told) => true,
                "type" => types(argument).iter().any(|name| is_of(value, name)),
                "enum" => argument.as_array().unwrap().contains(value),
                "const" => argument == value,
                "pattern" => value.as_str().is_none_or(|text| matches(argument.as_str().unwrap(), text)),
                "minimum" => value.as_f64().is_none_or(|number| number >= argument.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|number| number <= argument.as_f64().unwrap()),
                "exclusiveMinimum" => value.as_f64().is_none_or(|number| number > argument.as_f64().unwrap()),
                "anyOf" => argument.as_array().unwrap().iter().any(|one| self.fits(one, value)),
                "required" => value.as_object().is_none_or(|table| {
                    argument.as_array().unwrap().iter().all(|key| table.contains_key(key.as_str().unwrap()))
                }),
                "propertyNames" => value
                    .as_object()
                    .is_none_or(|table| table.keys().all(|key| self.fits(argument, &Value::String(key.clone())))),
                "items" => {
                    for (position, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.judge(argument, item, &format!("{path}/{position}"), errors);
                    }
                    true
                }
                "properties" => {
                    self.properties(schema, value, path, errors);
                    true
                }
                "patternProperties" | "additionalProperties" => {
                    if !schema.contains_key("properties") {
                        self.properties(schema, value, path, errors);
                    }
                    true
                }
                "if" => {
                    let branch = if self.fits(argument, value) { "then" } else { "else" };
                    if let Some(branch) = schema.get(branch) {
                        self.judge(branch, value, path, errors);
                    }
                    true
                }
                "then" | "else" => true,
                word => panic!("{word} is not known"),
            };
            if !is_right {
                errors.push(format!("{path}: {value} is not of {word} {argument}"));
            }
        }
    }

    fn properties(&self, schema: &Map<String, Value>, value: &Value, path: &str, errors: &mut Vec<String>) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let path = format!("{path}/{key}");
            let own = schema.get("properties").and_then(|all| all.get(key));
            let patterns = schema.get("patternProperties").and_then(Value::as_object).into_iter().flatten();
            let fitting = patterns.filter(|(pattern, _)| matches(pattern, key)).map(|(_, schema)| schema);
            let known: Vec<&Value> = own.into_iter().chain(fitting).collect();
            for schema in &known {
                self.judge(schema, value, &path, errors);
            }
            if let (true, Some(other)) = (known.is_empty(), schema.get("additionalProperties")) {
                self.judge(other, value, &path, errors);
            }
        }
    }
}

fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).unwrap().is_match(text)
}

fn types(argument: &Value) -> Vec<&str> {
    match argument {
        Value::Array(all) => all.iter().map(|name| name.as_str().unwrap()).collect(),
        one => vec![one.as_str().unwrap()],
    }
}

fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type {other}"),
    }
}
