//! The table as a Parquet file: whole numbers for variants and years, numbers for values and for parameters that are numbers
//! throughout, texts for everything else. Empty fields are nulls.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::rows::Row;

/// Type of a column.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Whole,
    Number,
    Text,
}

/// Writes rows.
///
/// # Errors
/// Whatever keeps `out` from being written.
pub fn write(header: &Row, rows: &[&Row], out: impl Write + Send) -> Result<(), ParquetError> {
    let kinds: Vec<Kind> = (0..header.len()).map(|column| kind(&header[column], rows, column)).collect();
    let fields = header.iter().zip(&kinds).map(|(name, kind)| field(name, *kind)).collect::<Result<_, _>>()?;
    let schema = Type::group_type_builder("variants").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_created_by("altyn".to_owned()).build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    let mut group = writer.next_row_group()?;
    let mut columns = kinds.iter().enumerate();
    while let Some(mut writer) = group.next_column()? {
        let Some((column, kind)) = columns.next() else { break };
        let given = || rows.iter().map(|row| row[column].as_str()).filter(|text| !text.is_empty());
        let levels: Vec<i16> = rows.iter().map(|row| i16::from(!row[column].is_empty())).collect();
        match kind {
            Kind::Whole => {
                let values: Vec<i64> = given().filter_map(|text| text.parse().ok()).collect();
                writer.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
            }
            Kind::Number => {
                let values: Vec<f64> = given().filter_map(|text| text.parse().ok()).collect();
                writer.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
            }
            Kind::Text => {
                let values: Vec<ByteArray> = given().map(ByteArray::from).collect();
                writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            }
        }
        writer.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(())
}

fn kind(name: &str, rows: &[&Row], column: usize) -> Kind {
    let mut given = rows.iter().map(|row| row[column].as_str()).filter(|text| !text.is_empty()).peekable();
    match name {
        "variant" | "year" => Kind::Whole,
        "value" => Kind::Number,
        _ if given.peek().is_some() && given.all(|text| text.parse::<f64>().is_ok()) => Kind::Number,
        _ => Kind::Text,
    }
}

fn field(name: &str, kind: Kind) -> Result<Arc<Type>, ParquetError> {
    let (physical, converted) = match kind {
        Kind::Whole => (Physical::INT64, ConvertedType::NONE),
        Kind::Number => (Physical::DOUBLE, ConvertedType::NONE),
        Kind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
    };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(field.with_converted_type(converted).build()?))
}
