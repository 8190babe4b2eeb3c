//! Inheritance: a file, what it extends, and settings from the command line, merged into one tree.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::tree::{Node, Table, Value, parse};
use crate::diagnostics::{Diagnostic, Sources, Span, nearest};
use crate::input::{self, CHAIN, SCENARIO_FILE};

/// What settings of the command line stand in, beside files.
pub const COMMAND_LINE: &str = "--set";

/// Files read so far, and what is wrong with them.
#[derive(Debug, Default)]
pub struct Loader {
    /// Texts.
    pub sources: Sources,
    /// Mistakes.
    pub problems: Vec<Diagnostic>,
    /// Whether a file, or a part of one, could not be read: then the tree lacks things that nobody left out.
    pub is_incomplete: bool,
    /// Files that were read with all that they extend, so that each is read once.
    done: BTreeMap<PathBuf, Table>,
}

impl Loader {
    /// Reads a scenario file with everything it extends, and lays a table and then the settings (`path=value`) over it.
    pub fn load(&mut self, path: &Path, over: Table, settings: &[String]) -> Table {
        let mut root = self.file(path, None, &mut Vec::new());
        merge(&mut root, over);
        for setting in settings {
            let over = self.setting(setting);
            merge(&mut root, over);
        }
        root
    }

    fn file(&mut self, path: &Path, named_at: Option<Span>, open: &mut Vec<PathBuf>) -> Table {
        let identity = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if let Some(done) = self.done.get(&identity) {
            return done.clone();
        }
        if open.len() > CHAIN {
            self.is_incomplete = true;
            let error = Diagnostic::error(named_at, format!("more than {CHAIN} files extend one another"));
            self.problems.push(error.help("let files extend a common base rather than each other"));
            return Table::new();
        }
        if open.contains(&identity) {
            self.is_incomplete = true;
            self.problems.push(
                Diagnostic::error(named_at, format!("{} extends itself", path.display()))
                    .label("this closes a circle")
                    .help("remove this file from `extends`"),
            );
            return Table::new();
        }
        let text = match input::read(path, SCENARIO_FILE) {
            Ok(text) => text,
            Err(reason) => {
                let error = Diagnostic::error(named_at, format!("can not read {}: {reason}", path.display()));
                let error = error.help(match named_at {
                    Some(_) => "paths in `extends` are relative to the file that names them",
                    None => "give the path of a scenario: a TOML file in UTF-8",
                });
                self.problems.push(error.did_you_mean(input::neighbour(path)));
                self.is_incomplete = true;
                return Table::new();
            }
        };
        let source = self.sources.add(path.display().to_string(), text.clone());
        let (mut own, is_complete) = parse(&text, source, &mut self.problems);
        self.is_incomplete |= !is_complete;
        open.push(identity.clone());
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut merged = Table::new();
        for (name, span) in self.texts(&mut own, "extends") {
            let parent = self.file(&folder.join(name), Some(span), open);
            merge(&mut merged, parent);
        }
        open.pop();
        for (target, span) in self.texts(&mut own, "remove") {
            if let Err(unknown) = remove(&mut merged, &target) {
                let error = Diagnostic::error(span, format!("there is nothing at `{target}` to remove"));
                self.problems.push(match unknown {
                    Some(word) => error.help(format!("did you mean `{word}`?")),
                    None => error.help("`altyn show` lists what a scenario holds; leave this path out"),
                });
            }
        }
        merge(&mut merged, own);
        self.done.insert(identity, merged.clone());
        merged
    }

    /// Takes a text or a list of texts out of a table.
    fn texts(&mut self, table: &mut Table, key: &str) -> Vec<(String, Span)> {
        let Some(entry) = table.shift_remove(key) else { return Vec::new() };
        let items = match entry.node.value {
            Value::List(items) => items,
            _ => vec![entry.node],
        };
        let mut texts = Vec::new();
        for Node { value, span, .. } in items {
            match value {
                Value::Text(text) => texts.push((text, span)),
                _ => self.problems.push(
                    Diagnostic::error(span, format!("`{key}` takes texts"))
                        .help(format!("write {key} = \"…\" or {key} = [\"…\", \"…\"]")),
                ),
            }
        }
        texts
    }

    /// A setting `path=value`: the value is TOML, or else a text.
    fn setting(&mut self, setting: &str) -> Table {
        let (path, value) = setting.split_once('=').unwrap_or((setting, ""));
        let (path, value) = (path.trim(), value.trim());
        let mut attempts = vec![format!("{path} = {value}")];
        if !value.is_empty() {
            attempts.push(format!("{path} = \"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")));
        }
        for text in &attempts {
            let mut problems = Vec::new();
            let id = self.sources.add(COMMAND_LINE, text.clone());
            let (table, _) = parse(text, id, &mut problems);
            if problems.is_empty() {
                return table;
            }
        }
        let id = self.sources.add(COMMAND_LINE, setting.to_owned());
        self.problems.push(
            Diagnostic::error(Span::new(id, 0..setting.len()), "this setting can not be read")
                .help("write --set path=value, for example --set time.days=12"),
        );
        Table::new()
    }
}

/// Lays `over` on `base`: tables merge key by key, anything else replaces. A table of years is one value.
pub fn merge(base: &mut Table, over: Table) {
    for (key, entry) in over {
        match base.get_mut(&key) {
            Some(old) => {
                let series = old.node.is_series() || entry.node.is_series();
                match (&mut old.node.value, entry.node.value) {
                    (Value::Table(below), Value::Table(above)) if !series => merge(below, above),
                    (below, above) => {
                        *below = above;
                        old.node.span = entry.node.span;
                        old.node.provenance = entry.node.provenance;
                        old.key = entry.key;
                    }
                }
            }
            None => {
                base.insert(key, entry);
            }
        }
    }
}

/// Deletes what stands at a dotted path; else returns the path that was likely meant.
fn remove(root: &mut Table, path: &str) -> Result<(), Option<String>> {
    let (parents, last) = path.rsplit_once('.').map_or(("", path), |(parents, last)| (parents, last));
    let mut table = root;
    let mut walked = String::new();
    for part in parents.split('.').filter(|part| !part.is_empty()) {
        let guess = nearest(part, table.keys());
        match table.get_mut(part).map(|entry| &mut entry.node.value) {
            Some(Value::Table(inner)) => table = inner,
            _ => return Err(guess.map(|word| format!("{walked}{word}"))),
        }
        walked = format!("{walked}{part}.");
    }
    match table.shift_remove(last) {
        Some(_) => Ok(()),
        None => Err(nearest(last, table.keys()).map(|word| format!("{walked}{word}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes files to a folder of their own and loads the first.
    fn load(files: &[(&str, &str)], settings: &[&str]) -> (Table, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let mut loader = Loader::default();
        let settings: Vec<String> = settings.iter().map(|s| (*s).to_owned()).collect();
        let table = loader.load(&folder.path().join(files[0].0), Table::new(), &settings);
        (table, loader.problems.into_iter().map(|p| p.message).collect())
    }

    fn text(table: &Table, path: &str) -> String {
        let mut node = None;
        let mut table = table;
        for part in path.split('.') {
            node = table.get(part).map(|entry| &entry.node);
            if let Some(inner) = node.and_then(Node::as_table) {
                table = inner;
            }
        }
        match node.map(|n| &n.value) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Integer(n)) => n.to_string(),
            Some(Value::Table(t)) => t.keys().cloned().collect::<Vec<_>>().join(","),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn later_parents_win_and_the_file_itself_last() {
        let (table, problems) = load(
            &[
                ("c.toml", "extends = [\"a.toml\", \"b.toml\"]\nremove = [\"t.gone\"]\n[t]\nz = 3\n"),
                ("a.toml", "[t]\nx = 1\ny = 1\nz = 1\ngone = 1\nseries = { 2025 = 1, 2030 = 2 }\n"),
                ("b.toml", "[t]\ny = 2\nz = 2\nseries = { 2040 = 5 }\n"),
            ],
            &["t.x=9", "t.cap=100 Mt/yr"],
        );
        assert!(problems.is_empty(), "{problems:?}");
        let values = ["t.x", "t.y", "t.z", "t.cap", "t.series"].map(|path| text(&table, path));
        assert_eq!(values, ["9", "2", "3", "100 Mt/yr", "2040"]);
        assert_eq!(text(&table, "t"), "x,y,z,series,cap");
    }

    #[test]
    fn circles_missing_files_and_wrong_paths_are_errors() {
        let (_, problems) = load(&[("a.toml", "extends = \"b.toml\""), ("b.toml", "extends = \"a.toml\"")], &[]);
        assert_eq!(problems.len(), 1);
        assert!(problems[0].ends_with("a.toml extends itself"));
        let (_, problems) = load(&[("a.toml", "extends = [\"bb.toml\", 5]"), ("b.toml", "")], &["=", "x"]);
        assert_eq!(problems.len(), 4, "{problems:?}");
        let (_, problems) =
            load(&[("a.toml", "extends = \"b.toml\"\nremove = [\"t.x\"]"), ("b.toml", "[t]\ny = 1")], &[]);
        assert_eq!(problems, ["there is nothing at `t.x` to remove"]);
    }
}
