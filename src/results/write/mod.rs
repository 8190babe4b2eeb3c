//! Results → files. Each file is written whole beside its place and then moved there, so that an interrupted run leaves
//! earlier results as they were; `summary.json` comes last.

mod csv;
pub mod parquet;
mod xlsx;

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::table::Table;
use super::{Display, Summary, Timing, iamc};

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

/// What tables are written as, besides CSV.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A typed file for each table.
    Parquet,
    /// A workbook with a sheet for each table.
    Xlsx,
    /// Variables of the IAMC template, in long and in wide form.
    Iamc,
}

/// A text file of its own, by name.
pub type Document = (&'static str, String);

/// One way to write tables, into a folder for drafts.
trait Sink: std::fmt::Debug {
    /// Writes a table, or continues the one of its name.
    fn append(&mut self, table: &Table) -> Result<(), WriteError>;
    /// Ends all files and gives their names.
    fn finish(self: Box<Self>) -> Result<Vec<String>, WriteError>;
}

/// Results while they are written: tables grow in a folder for drafts.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    draft: tempfile::TempDir,
    sinks: Vec<Box<dyn Sink>>,
    tables: BTreeSet<&'static str>,
}

impl Writer {
    /// Makes a folder for results, and one for drafts in it.
    ///
    /// # Errors
    /// A folder that can not be made.
    pub fn new(folder: &Path, formats: &BTreeSet<Format>) -> Result<Self, WriteError> {
        let fail = |error: std::io::Error| WriteError::new(folder, &error);
        std::fs::create_dir_all(folder).map_err(fail)?;
        let draft = draft_in(folder).map_err(fail)?;
        let mut sinks: Vec<Box<dyn Sink>> = vec![Box::new(csv::Files::new(draft.path()))];
        for format in formats {
            match format {
                Format::Parquet => sinks.push(Box::new(parquet::Files::new(draft.path()))),
                Format::Xlsx => sinks.push(Box::new(xlsx::Workbook::new(draft.path())?)),
                // Its files are documents, which are made when all years are known.
                Format::Iamc => {}
            }
        }
        Ok(Self { folder: folder.to_owned(), draft, sinks, tables: BTreeSet::new() })
    }

    /// Writes a table, or continues the one of its name.
    ///
    /// # Errors
    /// A file that can not be written.
    pub fn append(&mut self, table: &Table) -> Result<(), WriteError> {
        self.tables.insert(table.name);
        self.sinks.iter_mut().try_for_each(|sink| sink.append(table))
    }

    /// Ends all tables.
    ///
    /// # Errors
    /// The first file that can not be written.
    pub fn close(self) -> Result<Drafts, WriteError> {
        let Self { folder, draft, sinks, tables } = self;
        let mut names = Vec::new();
        for sink in sinks {
            names.extend(sink.finish()?);
        }
        let parquet = tables.iter().map(|table| parquet::file_name(table));
        let others = [xlsx::FILE, iamc::LONG, iamc::WIDE].map(str::to_owned);
        Ok(Drafts { folder, draft, names, optional: parquet.chain(others).collect() })
    }
}

/// Tables that are written, and not in their places yet.
#[derive(Debug)]
pub struct Drafts {
    folder: PathBuf,
    draft: tempfile::TempDir,
    /// Files in the order in which they are moved.
    names: Vec<String>,
    /// Files that a run writes on request only.
    optional: Vec<String>,
}

impl Drafts {
    /// Writes the documents of a run, takes away what an earlier run has left in formats that this one does not write, and moves all
    /// files to their places, the last document last.
    ///
    /// # Errors
    /// The first file that can not be written.
    pub fn publish(mut self, documents: &[Document]) -> Result<(), WriteError> {
        for (name, text) in documents {
            let path = self.draft.path().join(name);
            std::fs::write(&path, text).map_err(|error| WriteError::new(&path, &error))?;
            self.names.push((*name).to_owned());
        }
        for name in self.optional.iter().filter(|name| !self.names.contains(name)) {
            let path = self.folder.join(name);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(WriteError::new(&path, &error));
                }
                _ => {}
            }
        }
        self.place()
    }

    /// Moves all files to their places.
    fn place(self) -> Result<(), WriteError> {
        for name in &self.names {
            let target = self.folder.join(name);
            std::fs::rename(self.draft.path().join(name), &target).map_err(|error| WriteError::new(&target, &error))?;
        }
        Ok(())
    }
}

/// The documents of a run: the scenario, how to show it, times, and headline figures.
pub fn documents(scenario: &Value, display: &Display, timing: &Timing, summary: &Summary) -> [Document; 4] {
    let model = json!({ "altyn": env!("CARGO_PKG_VERSION"), "model": scenario });
    let text = |value: &Value| format!("{value:#}\n");
    let (display, timing, summary) = (json!(display), timing.to_json(), summary.to_json());
    [
        ("model.json", text(&model)),
        ("display.json", text(&display)),
        ("timing.json", text(&timing)),
        ("summary.json", text(&summary)),
    ]
}

/// Writes a text, whole or not at all, and makes the folder it is to stand in.
///
/// # Errors
/// A file that can not be written.
pub fn write_text(path: &Path, text: &str) -> Result<(), WriteError> {
    write_whole(path, |file| file.write_all(text.as_bytes()))
}

/// Writes a file beside its place and moves it there, so that it is whole or what it was; makes the folder it is to stand in.
///
/// # Errors
/// A file that can not be written.
pub fn write_whole(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), WriteError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        std::fs::create_dir_all(folder)?;
        // In a folder of its own, and not as a temporary file: others may read the file then as they may any that is made here.
        let draft = draft_in(folder)?;
        let whole = draft.path().join("whole");
        fill(&mut File::create(&whole)?)?;
        std::fs::rename(&whole, path)
    };
    write().map_err(|error| WriteError::new(path, &error))
}

/// A folder for drafts, on the file system where they are to stand, so that a move is a rename.
fn draft_in(folder: &Path) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix(".altyn-").tempdir_in(folder)
}

/// Writes tables alone into `folder`, as CSV files.
///
/// # Errors
/// The first file that can not be written.
pub fn write_tables(tables: &[Table], folder: &Path) -> Result<(), WriteError> {
    let mut writer = Writer::new(folder, &BTreeSet::new())?;
    tables.iter().try_for_each(|table| writer.append(table))?;
    writer.close()?.place()
}
