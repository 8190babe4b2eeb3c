//! Tables as CSV files. A number that is infinite is an empty field.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::{Sink, WriteError};
use crate::results::table::{Column, Table};

/// Files in a folder, one for each table.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
    files: Vec<File>,
}

/// A table's file.
#[derive(Debug)]
struct File {
    table: &'static str,
    path: PathBuf,
    rows: csv::Writer<BufWriter<std::fs::File>>,
}

impl Files {
    /// No files yet.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), files: Vec::new() }
    }
}

impl Sink for Files {
    fn append(&mut self, table: &Table) -> Result<(), WriteError> {
        let position = match self.files.iter().position(|file| file.table == table.name) {
            Some(position) => position,
            None => {
                self.files.push(File::new(&self.folder, table)?);
                self.files.len() - 1
            }
        };
        self.files[position].append(table)
    }

    fn finish(self: Box<Self>) -> Result<Vec<String>, WriteError> {
        let mut names = Vec::new();
        for file in self.files {
            names.push(file_name(file.table));
            let fail = |error: &dyn std::fmt::Display| WriteError::new(&file.path, &error);
            let mut inner = file.rows.into_inner().map_err(|error| fail(&error))?;
            inner.flush().map_err(|error| fail(&error))?;
        }
        Ok(names)
    }
}

/// Name of a table's file.
fn file_name(table: &str) -> String {
    format!("{table}.csv")
}

impl File {
    fn new(folder: &Path, table: &Table) -> Result<Self, WriteError> {
        let path = folder.join(file_name(table.name));
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

fn format_into(text: &mut String, value: impl std::fmt::Display) -> &str {
    use std::fmt::Write as _;
    text.clear();
    let _ = write!(text, "{value}");
    text
}
