//! Results → files. Each file is written whole beside its place and then moved there, so that an interrupted run leaves
//! earlier results as they were; `summary.json` comes last.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Display, Summary, Timing};

/// A file that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("can not write {}: {reason}", path.display())]
pub struct WriteError {
    path: PathBuf,
    reason: String,
}

impl WriteError {
    /// A file or folder, and why it can not be written.
    pub fn new(path: &Path, reason: &impl std::fmt::Display) -> Self {
        Self { path: path.to_owned(), reason: reason.to_string() }
    }
}

/// Results while they are written: tables grow in a folder for drafts.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    draft: tempfile::TempDir,
    tables: Vec<File>,
}

/// A table's file.
#[derive(Debug)]
struct File {
    table: &'static str,
    path: PathBuf,
    rows: csv::Writer<BufWriter<std::fs::File>>,
}

impl Writer {
    /// Makes a folder for results, and one for drafts in it, on the same file system, so that a move is a rename.
    ///
    /// # Errors
    /// A folder that can not be made.
    pub fn new(folder: &Path) -> Result<Self, WriteError> {
        let fail = |error: std::io::Error| WriteError::new(folder, &error);
        std::fs::create_dir_all(folder).map_err(fail)?;
        let draft = tempfile::Builder::new().prefix(".altyn-").tempdir_in(folder).map_err(fail)?;
        Ok(Self { folder: folder.to_owned(), draft, tables: Vec::new() })
    }

    /// Writes a table, or continues the one of its name.
    ///
    /// # Errors
    /// A file that can not be written.
    pub fn append(&mut self, table: &Table) -> Result<(), WriteError> {
        let position = match self.tables.iter().position(|file| file.table == table.name) {
            Some(position) => position,
            None => {
                self.tables.push(File::new(self.draft.path(), table)?);
                self.tables.len() - 1
            }
        };
        self.tables[position].append(table)
    }

    /// Writes documents, and moves all files to their places, the last document last.
    ///
    /// # Errors
    /// The first file that can not be written.
    pub fn finish(self, documents: &[(&str, Value)]) -> Result<(), WriteError> {
        let mut names = Vec::new();
        for file in self.tables {
            names.push(format!("{}.csv", file.table));
            let fail = |error: &dyn std::fmt::Display| WriteError::new(&file.path, &error);
            let mut inner = file.rows.into_inner().map_err(|error| fail(&error))?;
            inner.flush().map_err(|error| fail(&error))?;
        }
        for (name, value) in documents {
            let path = self.draft.path().join(name);
            let text = serde_json::to_string_pretty(value).map_err(|error| WriteError::new(&path, &error))?;
            std::fs::write(&path, text + "\n").map_err(|error| WriteError::new(&path, &error))?;
            names.push((*name).to_owned());
        }
        for name in names {
            let target = self.folder.join(&name);
            std::fs::rename(self.draft.path().join(&name), &target)
                .map_err(|error| WriteError::new(&target, &error))?;
        }
        Ok(())
    }
}

impl File {
    fn new(folder: &Path, table: &Table) -> Result<Self, WriteError> {
        let path = folder.join(format!("{}.csv", table.name));
        let fail = |error: &dyn std::fmt::Display| WriteError::new(&path, &error);
        let file = std::fs::File::create(&path).map_err(|error| fail(&error))?;
        let mut rows = csv::Writer::from_writer(BufWriter::new(file));
        rows.write_record(&table.header).map_err(|error| fail(&error))?;
        Ok(Self { table: table.name, path, rows })
    }

    fn append(&mut self, table: &Table) -> Result<(), WriteError> {
        let fail = |error: csv::Error| WriteError::new(&self.path, &error);
        let mut number = String::new();
        for row in 0..table.rows() {
            for column in &table.columns {
                let field = match column {
                    Column::Text { words, rows } => words.get_index(rows[row] as usize).map_or("", String::as_str),
                    Column::Whole(rows) => format_into(&mut number, rows[row]),
                    Column::Number(rows) if rows[row].is_infinite() => "",
                    Column::Number(rows) => format_into(&mut number, rows[row]),
                };
                self.rows.write_field(field).map_err(fail)?;
            }
            self.rows.write_record(None::<&[u8]>).map_err(fail)?;
        }
        Ok(())
    }
}

/// The documents of a run: the scenario, how to show it, times, and headline figures.
pub fn documents(
    scenario: &Value,
    display: &Display,
    timing: &Timing,
    summary: &Summary,
) -> [(&'static str, Value); 4] {
    let model = json!({ "altyn": env!("CARGO_PKG_VERSION"), "model": scenario });
    let (display, timing, summary) = (json!(display), timing.to_json(), summary.to_json());
    [("model.json", model), ("display.json", display), ("timing.json", timing), ("summary.json", summary)]
}

/// Writes tables alone into `folder`.
///
/// # Errors
/// The first file that can not be written.
pub fn write_tables(tables: &[Table], folder: &Path) -> Result<(), WriteError> {
    let mut writer = Writer::new(folder)?;
    tables.iter().try_for_each(|table| writer.append(table))?;
    writer.finish(&[])
}

/// Writes a text, whole or not at all, and makes the folder it is to stand in.
///
/// # Errors
/// A file that can not be written.
pub fn write_text(path: &Path, text: &str) -> Result<(), WriteError> {
    let fail = |error: &dyn std::fmt::Display| WriteError::new(path, &error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|error| fail(&error))?;
    let draft = tempfile::Builder::new().prefix(".altyn-").tempdir_in(folder).map_err(|error| fail(&error))?;
    let whole = draft.path().join("whole");
    std::fs::write(&whole, text).map_err(|error| fail(&error))?;
    std::fs::rename(&whole, path).map_err(|error| fail(&error))
}

fn format_into(text: &mut String, value: impl std::fmt::Display) -> &str {
    use std::fmt::Write as _;
    text.clear();
    let _ = write!(text, "{value}");
    text
}
