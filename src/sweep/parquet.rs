//! The table as a Parquet file: whole numbers for variants and years, numbers for values and for parameters that are numbers
//! throughout, texts for everything else. Empty fields are nulls.

use std::io::Write;

use parquet::errors::ParquetError;

use super::rows::Row;
use crate::results::parquet::{File, Kind, Values};

/// Writes rows.
///
/// # Errors
/// Whatever keeps `out` from being written.
pub fn write(header: &Row, rows: &[&Row], out: impl Write + Send) -> Result<(), ParquetError> {
    let kinds: Vec<Kind> = (0..header.len()).map(|column| kind(&header[column], rows, column)).collect();
    let columns = header.iter().zip(&kinds).map(|(name, kind)| (name.as_str(), *kind));
    let mut file = File::new(out, "variants", columns)?;
    file.append(kinds.iter().enumerate().map(|(column, kind)| {
        let given = || rows.iter().map(|row| Some(row[column].as_str()).filter(|text| !text.is_empty()));
        match kind {
            Kind::Whole => Values::Whole(given().map(|text| text?.parse().ok()).collect()),
            Kind::Long => Values::Long(given().map(|text| text?.parse().ok()).collect()),
            Kind::Number => Values::Number(given().map(|text| text?.parse().ok()).collect()),
            Kind::Text => Values::Text(given().collect()),
        }
    }))?;
    file.finish()?;
    Ok(())
}

fn kind(name: &str, rows: &[&Row], column: usize) -> Kind {
    let mut given = rows.iter().map(|row| row[column].as_str()).filter(|text| !text.is_empty()).peekable();
    match name {
        "variant" | "year" => Kind::Long,
        "value" => Kind::Number,
        _ if given.peek().is_some() && given.all(|text| text.parse::<f64>().is_ok()) => Kind::Number,
        _ => Kind::Text,
    }
}
