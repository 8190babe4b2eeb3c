//! Words to spoil files with: the keys of all tables, and values that ask for trouble.

use std::collections::BTreeSet;

use serde_json::Value;

/// Values, as they stand behind `=`.
pub const VALUES: [&str; 62] = [
    "\"\"",
    "-1",
    "0",
    "-0.0",
    "1e308",
    "-1e308",
    "1e-308",
    "5e-324",
    "nan",
    "-nan",
    "inf",
    "-inf",
    "true",
    "false",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "0x7fff",
    "1_0",
    "2025",
    "1800",
    "2300",
    "9999",
    "0000",
    "2025-01-01",
    "1",
    "2",
    "365",
    "366",
    "1e12",
    "1e13",
    "1e-12",
    "0.5",
    "\"1 GW\"",
    "\"-1 GW\"",
    "\"1e308 GW\"",
    "\"1e-300 GW\"",
    "\"1 USD/kW\"",
    "\"1 TWh\"",
    "\"1 yr\"",
    "\"-25 yr\"",
    "\"1e-9 yr\"",
    "\"nan GW\"",
    "\"inf GW\"",
    "\"1,5 GW\"",
    "\"1 500 MW\"",
    "\"50 %\"",
    "\"*\"",
    "\"{zone}\"",
    "\"Қазақстан\"",
    "\"Восток\"",
    "\"\\u0000\"",
    "\"\\n\"",
    "{ 2025 = 1, 2030 = 2 }",
    "{ 2030 = 1, 2025 = nan }",
    "{ value = 1 }",
    "{ value = \"1 GW\", source = 5 }",
    "\"1 GW/yr\"",
];

/// Numbers, as they stand in a row of a CSV file or before a unit.
pub const NUMBERS: [&str; 22] = [
    "nan",
    "inf",
    "-inf",
    "-0",
    "0",
    "-1",
    "1e308",
    "-1e308",
    "1e309",
    "5e-324",
    "1e12",
    "1e13",
    "99999999999999999999",
    "1,5",
    "1;5",
    "\"1\"",
    "",
    " ",
    "0x10",
    "1e",
    "١",
    "1_000",
];

/// Stretches of bytes that texts seldom hold.
pub const BYTES: [&[u8]; 12] = [
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xc3\x28",
    "ә".as_bytes(),
    "\u{202e}".as_bytes(),
    b"\t",
    b"\"\"\"",
    b"'''",
    b"\\",
];

/// Keys, and words that some of them take, as schemas tell them.
pub fn keys() -> Vec<String> {
    let mut found = BTreeSet::new();
    for schema in [altyn::scenario::json_schema(), altyn::sweep::json_schema()] {
        gather(&schema, &mut found);
    }
    found.into_iter().collect()
}

fn gather(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(table) => {
            for (key, value) in table {
                match (key.as_str(), value) {
                    ("properties", Value::Object(properties)) => found.extend(properties.keys().cloned()),
                    ("enum", Value::Array(words)) => {
                        found.extend(words.iter().filter_map(Value::as_str).map(|word| format!("\"{word}\"")));
                    }
                    _ => {}
                }
                gather(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        _ => {}
    }
}
