//! Results → files. All files of a run are written beside their place, and then take the place of earlier results in one step: however a
//! run ends, the folder holds all of the one or all of the other.

mod csv;
mod draft;
pub mod parquet;
mod xlsx;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write as _};
use std::iter;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, access};
use serde_json::{Value, json};

use draft::Draft;

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

/// Tables while they are written: they grow in a folder for drafts.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    draft: Draft,
    sinks: Vec<Box<dyn Sink>>,
    tables: BTreeSet<&'static str>,
}

/// Name of the folder in a draft that becomes the folder of results.
const WHOLE: &str = "whole";

/// The document that is there only while all others are.
const LAST: &str = "summary.json";

impl Writer {
    /// A writer of the results of a run into a folder of their own.
    ///
    /// # Errors
    /// A folder for drafts beside it that can not be made.
    pub fn new(folder: &Path, formats: &BTreeSet<Format>) -> Result<Self, WriteError> {
        // What a link points to is replaced, and not the link.
        let real = if folder.is_symlink() { folder.canonicalize().ok() } else { None };
        let folder = real.unwrap_or_else(|| folder.to_owned());
        Self::with_drafts_in(parent(&folder), &folder, formats)
    }

    fn with_drafts_in(parent: &Path, folder: &Path, formats: &BTreeSet<Format>) -> Result<Self, WriteError> {
        let fail = |error: io::Error| WriteError::new(parent, &error);
        let draft = Draft::new(parent).map_err(fail)?;
        let whole = draft.path(WHOLE);
        std::fs::create_dir(&whole).map_err(fail)?;
        let mut sinks: Vec<Box<dyn Sink>> = vec![Box::new(csv::Files::new(&whole))];
        for format in formats {
            match format {
                Format::Parquet => sinks.push(Box::new(parquet::Files::new(&whole))),
                Format::Xlsx => sinks.push(Box::new(xlsx::Workbook::new(&whole)?)),
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
    draft: Draft,
    /// Files in the order in which they are moved.
    names: Vec<String>,
    /// Files that a run writes on request only.
    optional: Vec<String>,
}

impl Drafts {
    /// Writes the documents of a run, and puts all files in the place of what an earlier run has left, in formats that this one does not
    /// write as well. Files that no run writes stay.
    ///
    /// # Errors
    /// The first file that can not be written.
    pub fn publish(mut self, documents: &[Document]) -> Result<(), WriteError> {
        self.add(documents)?;
        let whole = self.draft.path(WHOLE);
        let fail = |error: io::Error| WriteError::new(&self.folder, &error);
        let Ok(before) = std::fs::metadata(&self.folder) else {
            return std::fs::rename(&whole, &self.folder).map_err(fail);
        };
        self.carry_over(&whole).map_err(fail)?;
        std::fs::set_permissions(&whole, before.permissions()).map_err(fail)?;
        match draft::exchange(&whole, &self.folder) {
            Err(_) => self.replace(),
            Ok(()) => Ok(()),
        }
    }

    fn add(&mut self, documents: &[Document]) -> Result<(), WriteError> {
        for (name, text) in documents {
            let path = self.draft.path(WHOLE).join(name);
            std::fs::write(&path, text).map_err(|error| WriteError::new(&path, &error))?;
            self.names.push((*name).to_owned());
        }
        Ok(())
    }

    /// Carries over what no run writes.
    fn carry_over(&self, whole: &Path) -> io::Result<()> {
        let is_ours = |name: &OsStr| {
            draft::is_draft(name) || self.names.iter().chain(&self.optional).any(|ours| name == ours.as_str())
        };
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !is_ours(&entry.file_name()) {
                draft::carry(&entry.path(), &whole.join(entry.file_name()))?;
            }
        }
        Ok(())
    }

    /// Replaces file by file where folders can not be exchanged. Meanwhile there is no summary, so that nobody takes what is there for whole.
    fn replace(&self) -> Result<(), WriteError> {
        let others = self.optional.iter().filter(|name| !self.names.contains(name)).map(String::as_str);
        for name in iter::once(LAST).chain(others) {
            let path = self.folder.join(name);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(WriteError::new(&path, &error)),
                _ => {}
            }
        }
        self.place()
    }

    /// Moves all files to their places.
    fn place(&self) -> Result<(), WriteError> {
        for name in &self.names {
            let target = self.folder.join(name);
            std::fs::rename(self.draft.path(WHOLE).join(name), &target)
                .map_err(|error| WriteError::new(&target, &error))?;
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
        (LAST, text(&summary)),
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
    let write = || {
        // In a folder of its own, and not as a temporary file: others may read the file then as they may any that is made here.
        let draft = Draft::new(parent(path))?;
        let whole = draft.path(WHOLE);
        fill(&mut File::create(&whole)?)?;
        std::fs::rename(&whole, path)
    };
    write().map_err(|error| WriteError::new(path, &error))
}

/// The folder in which a file or folder stands.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Sees to it that a folder can be written or made, before anything is computed that is to stand there.
///
/// # Errors
/// A file in its place, or a folder above it in which nothing may be written.
pub fn check_place(folder: &Path) -> Result<(), WriteError> {
    let fail = |reason: &str| Err(WriteError::new(folder, &reason));
    if folder.exists() && !folder.is_dir() {
        return fail("there is a file of that name");
    }
    let above = iter::successors(Some(parent(folder)), |above| above.parent().map(|_| parent(above)));
    match above.into_iter().find(|above| above.exists()) {
        Some(above) if !above.is_dir() => fail(&format!("{} is a file", above.display())),
        Some(above) if access(above, Access::WRITE_OK | Access::EXEC_OK).is_err() => {
            fail(&format!("nothing may be written in {}", above.display()))
        }
        _ => Ok(()),
    }
}

/// Writes tables alone into `folder`, as CSV files.
///
/// # Errors
/// The first file that can not be written.
pub fn write_tables(tables: &[Table], folder: &Path) -> Result<(), WriteError> {
    let mut writer = Writer::with_drafts_in(folder, folder, &BTreeSet::new())?;
    tables.iter().try_for_each(|table| writer.append(table))?;
    writer.close()?.place()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As where folders can not be exchanged.
    #[test]
    fn files_are_replaced_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join("results").join(name);
        std::fs::create_dir(place("")).unwrap();
        for name in [LAST, xlsx::FILE, "notes.txt"] {
            std::fs::write(place(name), "old").unwrap();
        }
        let mut drafts = Writer::new(&place(""), &BTreeSet::new()).unwrap().close().unwrap();
        drafts.add(&[("display.json", "new".to_owned()), (LAST, "new".to_owned())]).unwrap();
        std::fs::create_dir_all(place("display.json/in the way")).unwrap();
        assert!(drafts.replace().is_err());
        assert!(!place(LAST).exists(), "what is not whole has no summary");
        std::fs::remove_dir_all(place("display.json")).unwrap();
        drafts.replace().unwrap();
        let said = |name: &str| std::fs::read_to_string(place(name)).unwrap();
        assert_eq!([said("display.json"), said(LAST), said("notes.txt")], ["new", "new", "old"]);
        assert!(!place(xlsx::FILE).exists());
    }
}
