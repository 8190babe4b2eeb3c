//! The first text of a scenario that extends another: valid as it stands, with examples to uncomment that hold the values of today.

use std::fmt::Write as _;

use super::Merged;
use super::show::toml;
use super::tree::{Node, Table, Value};

/// What the text says of the new scenario.
#[derive(Clone, Copy, Debug)]
pub struct Starter<'a> {
    /// Its file, as people name it to the program.
    pub file: &'a str,
    /// One line.
    pub title: &'a str,
    /// The scenario it extends, relative to its file.
    pub extends: &'a str,
    /// The schema that editors read, relative to its file.
    pub schema: Option<&'a str>,
}

/// A table whose entries make examples.
struct Example {
    /// The table.
    table: &'static str,
    /// What changing it does.
    about: &'static str,
    /// Most entries that are shown.
    most: usize,
    /// Keys of which an entry has to have at least one, the first that it has before others.
    keys: &'static [&'static str],
}

const EXAMPLES: [Example; 4] = [
    Example {
        table: "technologies",
        about: "Costs and limits of technologies",
        most: 3,
        keys: &["max-build", "capital-cost", "max-capacity"],
    },
    Example {
        table: "policies",
        about: "Rules; `enabled = false` leaves one out",
        most: 3,
        keys: &["max", "min", "price", "budget", "margin"],
    },
    Example { table: "demands", about: "What is used", most: 2, keys: &["annual"] },
    Example { table: "markets", about: "What is bought and sold abroad", most: 2, keys: &["price", "max-volume"] },
];

/// Longest value that makes an example; more can not be read at a glance.
const LONGEST: usize = 160;

/// Writes the text, with examples from the scenario that is extended.
pub fn starter(parent: &Merged, about: &Starter) -> String {
    let Starter { file, title, extends, schema } = about;
    let mut text = String::new();
    let _ = match schema {
        Some(schema) => writeln!(text, "#:schema {schema}"),
        None => writeln!(
            text,
            "# For an editor that completes keys: altyn schema --out FILE, and `#:schema FILE` as the first line here."
        ),
    };
    let _ = writeln!(text, "# What this file does not say is as in {extends}. See what it makes:");
    let _ = writeln!(text, "#   altyn check {0}   altyn show {0} technologies   altyn run {0}\n", shell(file));
    let _ = writeln!(text, "title = {}", quoted(title));
    let _ = writeln!(text, "description = \"What is asked, and what differs.\"");
    let _ = writeln!(text, "extends = {}\n", quoted(extends));
    let _ = writeln!(
        text,
        "# Examples, with the values of today and where they stand. Take away the `# ` of a table and its keys, and change them."
    );
    for example in &EXAMPLES {
        let Some(table) = parent.root.get(example.table).and_then(|entry| entry.node.as_table()) else { continue };
        let chosen = choose(table, example);
        if chosen.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n# {}.", example.about);
        for (name, entry) in chosen {
            parent.example(&mut text, example, name, entry);
        }
    }
    if let Some(days) = parent.root.get("time").and_then(|time| time.node.as_table()?.get("days")) {
        let _ = writeln!(text, "\n# How finely a year is divided: fewer days are faster, 365 is every day.\n#");
        let _ = writeln!(text, "# [time]\n# days = {}  # {}", toml(&days.node), parent.place_of(&days.node));
    }
    text
}

/// Entries that make good examples, in the order of the scenario: those that have the first key before those that have the next.
fn choose<'a>(table: &'a Table, example: &Example) -> Vec<(&'a String, &'a Table)> {
    let rank = |entry: &Table| example.keys.iter().position(|key| is_shown(entry, key));
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    for (position, (_, entry)) in table.iter().enumerate() {
        ranked.extend(entry.node.as_table().and_then(rank).map(|rank| (rank, position)));
    }
    ranked.sort_unstable();
    ranked.truncate(example.most);
    ranked.sort_unstable_by_key(|(_, position)| *position);
    let at = |(_, position): &(usize, usize)| table.get_index(*position);
    ranked.iter().filter_map(at).filter_map(|(name, entry)| Some((name, entry.node.as_table()?))).collect()
}

/// Whether an entry has a figure under a key that can be shown on a line.
fn is_shown(entry: &Table, key: &str) -> bool {
    entry.get(key).is_some_and(|entry| entry.node.is_figure() && toml(&entry.node).len() <= LONGEST)
}

impl Merged {
    /// A table with some keys of an entry, behind `# `.
    fn example(&self, text: &mut String, example: &Example, name: &str, entry: &Table) {
        let title = match entry.get("title").map(|title| &title.node.value) {
            Some(Value::Text(title)) => format!("  # {title}"),
            _ => String::new(),
        };
        let _ = writeln!(text, "#\n# [{}.{}]{title}", example.table, bare(name));
        for key in example.keys.iter().filter(|key| is_shown(entry, key)) {
            if let Some(entry) = entry.get(*key) {
                let _ = writeln!(text, "# {key} = {}  # {}", toml(&entry.node), self.place_of(&entry.node));
            }
        }
        let _ = writeln!(text, "# source = \"where your figures come from\"");
    }

    /// File and line of a value.
    fn place_of(&self, node: &Node) -> String {
        let place = self.sources.place(node.span);
        format!("{}:{}", place.name, place.line)
    }
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// A name as a TOML key.
fn bare(name: &str) -> String {
    let is_bare = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A file as a shell takes it.
fn shell(file: &str) -> String {
    let is_plain = file.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
    if is_plain { file.to_owned() } else { format!("'{}'", file.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{load, schema};

    /// Keys of examples are keys of their tables.
    #[test]
    fn examples_are_keys() {
        for example in &EXAMPLES {
            let form = schema::keys::SCENARIO.below(None, example.table);
            let all = form.variants.map_or(&[][..], |variants| variants.all);
            let known = |key: &str| {
                form.find(None, key).is_some() || all.iter().any(|v| form.find(Some(v.word), key).is_some())
            };
            assert!(example.keys.iter().all(|key| known(key)), "{}", example.table);
        }
    }

    /// The text is valid as it stands, and with all of its examples.
    #[test]
    fn examples_can_be_uncommented() {
        let folder = tempfile::tempdir().unwrap();
        let base = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/reference.toml");
        let parent = load(&base, &[]).unwrap();
        let file = folder.path().join("mine.toml");
        let extends = base.display().to_string();
        let about = Starter { file: "mine.toml", title: "Mine, \"quoted\"", extends: &extends, schema: None };
        let text = starter(&parent.merged, &about);
        std::fs::write(&file, &text).unwrap();
        let loaded = load(&file, &[]).unwrap();
        assert_eq!(loaded.model.title, "Mine, \"quoted\"");
        let (_, examples) = text.split_once("# Examples").unwrap();
        let is_code = |line: &str| line.starts_with("# [") || line.contains(" = ") && !line.contains("`enabled");
        let open = |line: &str| if is_code(line) { line.trim_start_matches("# ").to_owned() } else { line.to_owned() };
        let (head, _) = text.split_once("# Examples").unwrap();
        let examples: Vec<String> = examples.lines().skip(1).map(open).collect();
        std::fs::write(&file, format!("{head}{}", examples.join("\n"))).unwrap();
        let changed = load(&file, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(changed.merged.show(None).iter().filter(|value| value.file.ends_with("mine.toml")).count() > 8);
        assert_eq!(changed.model.processes.len(), parent.model.processes.len());
    }
}
