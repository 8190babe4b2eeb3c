//! Parquet files: typed columns, texts by a dictionary, all of it compressed. Every value may be missing.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::{Sink, WriteError};
use crate::results::table::{Column, Table};

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole number of 32 bits.
    Whole,
    /// Whole number of 64 bits.
    Long,
    /// Number.
    Number,
    /// Text.
    Text,
}

/// Values of a column in some rows.
#[derive(Debug)]
pub enum Values<'a> {
    /// Whole numbers of 32 bits.
    Whole(Vec<Option<i32>>),
    /// Whole numbers of 64 bits.
    Long(Vec<Option<i64>>),
    /// Numbers.
    Number(Vec<Option<f64>>),
    /// Texts.
    Text(Vec<Option<&'a str>>),
}

/// A file that is being written.
pub struct File<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> std::fmt::Debug for File<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File").finish_non_exhaustive()
    }
}

impl<W: Write + Send> File<W> {
    /// Begins a file with a name for its rows and the names and types of its columns.
    ///
    /// # Errors
    /// Whatever keeps `out` from being written.
    pub fn new<'a>(
        out: W,
        name: &str,
        columns: impl IntoIterator<Item = (&'a str, Kind)>,
    ) -> Result<Self, ParquetError> {
        let fields = columns.into_iter().map(|(name, kind)| field(name, kind)).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder(name).with_fields(fields).build()?;
        let properties =
            WriterProperties::builder().set_created_by("altyn".to_owned()).set_compression(Compression::SNAPPY).build();
        Ok(Self { writer: SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))? })
    }

    /// Appends rows, column by column.
    ///
    /// # Errors
    /// Whatever keeps them from being written.
    pub fn append<'a>(&mut self, columns: impl IntoIterator<Item = Values<'a>>) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        let mut columns = columns.into_iter();
        while let Some(mut writer) = group.next_column()? {
            let Some(values) = columns.next() else { break };
            match values {
                Values::Whole(values) => write::<Int32Type>(&mut writer, values)?,
                Values::Long(values) => write::<Int64Type>(&mut writer, values)?,
                Values::Number(values) => write::<DoubleType>(&mut writer, values)?,
                Values::Text(values) => {
                    let texts = values.into_iter().map(|text| text.map(ByteArray::from)).collect();
                    write::<ByteArrayType>(&mut writer, texts)?;
                }
            }
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Whatever keeps it from being written.
    pub fn finish(self) -> Result<W, ParquetError> {
        self.writer.into_inner()
    }
}

fn write<T: DataType>(writer: &mut SerializedColumnWriter, values: Vec<Option<T::T>>) -> Result<(), ParquetError> {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let given: Vec<T::T> = values.into_iter().flatten().collect();
    writer.typed::<T>().write_batch(&given, Some(&levels), None)?;
    Ok(())
}

fn field(name: &str, kind: Kind) -> Result<Arc<Type>, ParquetError> {
    let (physical, converted) = match kind {
        Kind::Whole => (Physical::INT32, ConvertedType::NONE),
        Kind::Long => (Physical::INT64, ConvertedType::NONE),
        Kind::Number => (Physical::DOUBLE, ConvertedType::NONE),
        Kind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
    };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(field.with_converted_type(converted).build()?))
}

/// Name of a table's file.
pub fn file_name(table: &str) -> String {
    format!("{table}.parquet")
}

/// Files in a folder, one for each table.
#[derive(Debug)]
pub struct Files {
    folder: PathBuf,
    files: Vec<(&'static str, File<BufWriter<std::fs::File>>)>,
}

impl Files {
    /// No files yet.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), files: Vec::new() }
    }

    fn path(&self, table: &str) -> PathBuf {
        self.folder.join(file_name(table))
    }
}

impl Sink for Files {
    fn append(&mut self, table: &Table) -> Result<(), WriteError> {
        let path = self.path(table.name);
        let fail = |error: &dyn std::fmt::Display| WriteError::new(&path, &error);
        let position = match self.files.iter().position(|(name, _)| *name == table.name) {
            Some(position) => position,
            None => {
                let out = BufWriter::new(std::fs::File::create(&path).map_err(|error| fail(&error))?);
                let columns = table.header.iter().enumerate().map(|(at, name)| (*name, kind(table.columns.get(at))));
                let file = File::new(out, table.name, columns).map_err(|error| fail(&error))?;
                self.files.push((table.name, file));
                self.files.len() - 1
            }
        };
        if table.rows() > 0 {
            self.files[position].1.append(table.columns.iter().map(values)).map_err(|error| fail(&error))?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<Vec<String>, WriteError> {
        let mut names = Vec::new();
        for (table, file) in self.files {
            let path = self.folder.join(file_name(table));
            let fail = |error: &dyn std::fmt::Display| WriteError::new(&path, &error);
            let mut out = file.finish().map_err(|error| fail(&error))?;
            out.flush().map_err(|error| fail(&error))?;
            names.push(file_name(table));
        }
        Ok(names)
    }
}

fn kind(column: Option<&Column>) -> Kind {
    match column {
        Some(Column::Whole(_)) => Kind::Whole,
        Some(Column::Number(_)) => Kind::Number,
        Some(Column::Text { .. }) | None => Kind::Text,
    }
}

fn values(column: &Column) -> Values<'_> {
    match column {
        Column::Text { words, rows } => {
            Values::Text(rows.iter().map(|&word| words.get_index(word as usize).map(String::as_str)).collect())
        }
        Column::Whole(rows) => Values::Whole(rows.iter().map(|&number| i32::try_from(number).ok()).collect()),
        Column::Number(rows) => {
            Values::Number(rows.iter().map(|&number| Some(number).filter(|number| number.is_finite())).collect())
        }
    }
}
