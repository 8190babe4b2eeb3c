//! Results → files. Each file is written whole beside its place and then moved there, so that an interrupted run leaves
//! earlier results as they were; `summary.json` comes last.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::table::{Column, Table};
use super::{Results, Timing};

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

/// Writes results into `folder`, and the scenario they belong to as `model.json`.
///
/// # Errors
/// The first file that can not be written.
pub fn write(results: &Results, folder: &Path, timing: &mut Timing, scenario: &Value) -> Result<(), WriteError> {
    let draft = draft_in(folder)?;
    let mut names = tables_into(draft.path(), &results.tables)?;
    let model = json!({ "altyn": env!("CARGO_PKG_VERSION"), "model": scenario });
    timing.lap("writing");
    let documents =
        [("model.json", model), ("timing.json", timing.to_json()), ("summary.json", results.summary.to_json())];
    for (name, value) in documents {
        let path = draft.path().join(name);
        let text = serde_json::to_string_pretty(&value).map_err(|error| WriteError::new(&path, &error))?;
        std::fs::write(&path, text + "\n").map_err(|error| WriteError::new(&path, &error))?;
        names.push(name.to_owned());
    }
    move_all(draft.path(), folder, &names)
}

/// Writes tables alone into `folder`.
///
/// # Errors
/// The first file that can not be written.
pub fn write_tables(tables: &[Table], folder: &Path) -> Result<(), WriteError> {
    let draft = draft_in(folder)?;
    let names = tables_into(draft.path(), tables)?;
    move_all(draft.path(), folder, &names)
}

/// A folder for drafts, on the same file system as the results, so that a move is a rename.
fn draft_in(folder: &Path) -> Result<tempfile::TempDir, WriteError> {
    let fail = |error: std::io::Error| WriteError::new(folder, &error);
    std::fs::create_dir_all(folder).map_err(fail)?;
    tempfile::Builder::new().prefix(".altyn-").tempdir_in(folder).map_err(fail)
}

/// Writes each table as a file; their names.
fn tables_into(folder: &Path, tables: &[Table]) -> Result<Vec<String>, WriteError> {
    let one = |table: &Table| {
        let name = format!("{}.csv", table.name);
        csv(table, &folder.join(&name)).map(|()| name)
    };
    tables.iter().map(one).collect()
}

fn move_all(from: &Path, to: &Path, names: &[String]) -> Result<(), WriteError> {
    for name in names {
        let target = to.join(name);
        std::fs::rename(from.join(name), &target).map_err(|error| WriteError::new(&target, &error))?;
    }
    Ok(())
}

fn csv(table: &Table, path: &Path) -> Result<(), WriteError> {
    let fail = |error: &dyn std::fmt::Display| WriteError::new(path, &error);
    let file = std::fs::File::create(path).map_err(|error| fail(&error))?;
    let mut writer = csv::Writer::from_writer(BufWriter::new(file));
    writer.write_record(&table.header).map_err(|error| fail(&error))?;
    let mut number = String::new();
    for row in 0..table.rows() {
        for column in &table.columns {
            let field = match column {
                Column::Text { words, rows } => words.get_index(rows[row] as usize).map_or("", String::as_str),
                Column::Whole(rows) => format_into(&mut number, rows[row]),
                Column::Number(rows) if rows[row].is_infinite() => "",
                Column::Number(rows) => format_into(&mut number, rows[row]),
            };
            writer.write_field(field).map_err(|error| fail(&error))?;
        }
        writer.write_record(None::<&[u8]>).map_err(|error| fail(&error))?;
    }
    let mut inner = writer.into_inner().map_err(|error| fail(&error))?;
    inner.flush().map_err(|error| fail(&error))
}

fn format_into(text: &mut String, value: impl std::fmt::Display) -> &str {
    use std::fmt::Write as _;
    text.clear();
    let _ = write!(text, "{value}");
    text
}
