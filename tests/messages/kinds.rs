//! Every kind of mistake that the readers know has a snapshot.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Rooms, or files of them, that make messages about what is read.
const ROOMS: [&str; 5] = ["src/scenario", "src/sweep", "src/import", "src/units", "src/run/reading.rs"];

/// Kinds that can not be shown, each with the reason.
const UNSEEN: [(&str, &str); 3] = [
    ("this is not TOML", "the parser always says more"),
    ("this is not CSV: {error}", "texts are UTF-8 and rows of any length: nothing else is refused"),
    ("profiles hold more than {PROFILE_VALUES} values together", "so many values take half a gigabyte"),
];

/// Fewest kinds that there are.
const FEWEST: usize = 150;

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let mut found = Vec::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Messages as they stand in the source, each with its file.
fn kinds() -> BTreeMap<String, PathBuf> {
    let text = r#"(?:format!\(\s*)?"((?:[^"\\]|\\.)*)""#;
    let begins = [
        r"Diagnostic::(?:error|warning)\(\s*[^,;]+?,\s*",
        r#"\.wrong\(\s*(?:"[^"]*"|\w+),\s*"#,
        r"let message =\s*",
        r"(?:self|scanner)\.error\((?:[^,;]+,){2}\s*",
    ];
    let makers = begins.map(|begin| Regex::new(&format!("(?s){begin}{text}")).unwrap());
    let broken = Regex::new(r"\\\n\s*").unwrap();
    let mut kinds = BTreeMap::new();
    for path in ROOMS.iter().flat_map(|room| files(Path::new(room), "rs")) {
        let source = std::fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
        for found in makers.iter().flat_map(|maker| maker.captures_iter(source)) {
            kinds.insert(broken.replace_all(&found[1], "").into_owned(), path.clone());
        }
    }
    kinds
}

/// A message with anything in place of what it is filled with.
fn pattern(kind: &str) -> Regex {
    let hole = Regex::new(r"\\\{[^}]*\\\}").unwrap();
    let holed = regex::escape(kind).replace("\\\\\"", "\"");
    Regex::new(&format!("(?m)^ *(error|warning): {}$", hole.replace_all(&holed, ".+"))).unwrap()
}

#[test]
fn every_kind_of_mistake_has_a_snapshot() {
    let told = files(Path::new("tests"), "snap").into_iter().chain(files(Path::new("tests/messages"), "rs"));
    let told: String = told.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    let kinds = kinds();
    assert!(kinds.len() >= FEWEST, "only {} kinds of mistakes are found in the source", kinds.len());
    let is_unseen = |kind: &String| UNSEEN.iter().any(|(unseen, _)| unseen == kind);
    let missing = kinds.iter().filter(|(kind, _)| !is_unseen(kind) && !pattern(kind).is_match(&told));
    let missing: Vec<String> = missing.map(|(kind, path)| format!("{}: {kind}", path.display())).collect();
    assert!(missing.is_empty(), "{} kinds without a snapshot:\n{}", missing.len(), missing.join("\n"));
}
