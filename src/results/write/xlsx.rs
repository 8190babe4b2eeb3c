//! All tables as one Excel workbook, a sheet for each. Rows go to a temporary file as they come, so that a long table takes no
//! memory.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook as Book, Worksheet, XlsxError};

use super::{Sink, WriteError};
use crate::results::table::{Column, Table};

/// The file.
pub const FILE: &str = "results.xlsx";

/// Rows of a sheet, its header included.
const ROWS: usize = 1_048_576;
/// Characters of a cell.
const CHARACTERS: usize = 32_767;
/// Width of a column of numbers, and the widest of texts, in characters.
const NUMBER_WIDTH: usize = 15;
const WIDEST: usize = 45;

/// A workbook that is being written.
pub struct Workbook {
    path: PathBuf,
    book: Book,
    bold: Format,
    sheets: Vec<Sheet>,
}

/// A table's sheet.
#[derive(Debug)]
struct Sheet {
    table: &'static str,
    /// Rows that are written, the header included; `None` where the table is too long for a sheet.
    rows: Option<usize>,
    columns: usize,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("path", &self.path).field("sheets", &self.sheets).finish_non_exhaustive()
    }
}

impl Workbook {
    /// An empty workbook, which keeps what it can not hold in memory in a folder.
    ///
    /// # Errors
    /// A folder that can not be written to.
    pub fn new(folder: &Path) -> Result<Self, WriteError> {
        let path = folder.join(FILE);
        let book = begin(folder).map_err(|error| WriteError::new(&path, &error))?;
        Ok(Self { path, book, bold: Format::new().set_bold(), sheets: Vec::new() })
    }

    fn add(&mut self, table: &Table) -> Result<(), XlsxError> {
        let position = match self.sheets.iter().position(|sheet| sheet.table == table.name) {
            Some(position) => position,
            None => {
                let sheet = self.book.add_worksheet_with_low_memory()?;
                begin_sheet(sheet, table, &self.bold)?;
                self.sheets.push(Sheet { table: table.name, rows: Some(1), columns: table.header.len() });
                self.sheets.len() - 1
            }
        };
        let Some(first) = self.sheets[position].rows else { return Ok(()) };
        let sheet = self.book.worksheet_from_index(position)?;
        let end = first + table.rows();
        if end > ROWS {
            self.sheets[position].rows = None;
            *sheet = Worksheet::new();
            sheet.set_name(table.name)?;
            let note = format!("This table has more rows than a sheet can hold. It is in {}.csv.", table.name);
            sheet.write_string(0, 0, note)?;
            return Ok(());
        }
        for row in 0..table.rows() {
            let at = u32::try_from(first + row).unwrap_or(u32::MAX);
            for (column, values) in (0_u16..).zip(&table.columns) {
                match values {
                    Column::Text { words, rows } => {
                        let text = words.get_index(rows[row] as usize).map_or("", String::as_str);
                        sheet.write_string(at, column, cut(text))?;
                    }
                    Column::Whole(rows) => {
                        // Exact: whole numbers are years and counts.
                        sheet.write_number(at, column, rows[row] as f64)?;
                    }
                    Column::Number(rows) if rows[row].is_finite() => {
                        sheet.write_number(at, column, rows[row])?;
                    }
                    Column::Number(_) => {}
                }
            }
        }
        self.sheets[position].rows = Some(end);
        Ok(())
    }

    fn save(&mut self) -> Result<(), XlsxError> {
        for (position, sheet) in self.sheets.iter().enumerate() {
            let Some(rows) = sheet.rows else { continue };
            let last = u32::try_from(rows - 1).unwrap_or(u32::MAX);
            let column = u16::try_from(sheet.columns.saturating_sub(1)).unwrap_or(u16::MAX);
            self.book.worksheet_from_index(position)?.autofilter(0, 0, last, column)?;
        }
        self.book.save(&self.path)
    }
}

impl Sink for Workbook {
    fn append(&mut self, table: &Table) -> Result<(), WriteError> {
        self.add(table).map_err(|error| WriteError::new(&self.path, &error))
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<String>, WriteError> {
        self.save().map_err(|error| WriteError::new(&self.path, &error))?;
        Ok(vec![FILE.to_owned()])
    }
}

/// A workbook whose file does not tell when it was written, so that the same results are the same bytes.
fn begin(folder: &Path) -> Result<Book, XlsxError> {
    let mut book = Book::new();
    book.set_tempdir(folder)?;
    let properties = DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    Ok(book)
}

fn begin_sheet(sheet: &mut Worksheet, table: &Table, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, (column, name)) in (0_u16..).zip(&table.header).enumerate() {
        let widest = match table.columns.get(at) {
            Some(Column::Text { words, .. }) => words.iter().map(|word| word.chars().count()).max().unwrap_or(0),
            Some(Column::Number(_)) => NUMBER_WIDTH,
            Some(Column::Whole(_)) | None => 0,
        };
        // The arrow of the filter stands in the header.
        let width = widest.max(name.len() + 3).min(WIDEST);
        sheet.set_column_width(column, u16::try_from(width + 1).unwrap_or(u16::MAX))?;
        sheet.write_string_with_format(0, column, *name, bold)?;
    }
    Ok(())
}

/// What of a text fits into a cell.
fn cut(text: &str) -> &str {
    text.char_indices().nth(CHARACTERS).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table that grows beyond a sheet is named instead of being cut off; others are not touched by it.
    #[test]
    fn tables_beyond_a_sheet_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let mut long = Table::new("long", &["year"]);
        (0..600_000).for_each(|_| long.row([2030.into()]));
        let mut workbook = Box::new(Workbook::new(folder.path()).unwrap());
        let mut short = Table::new("short", &["word"]);
        short.row(["one".into()]);
        for table in [&short, &long, &short, &long, &long] {
            workbook.append(table).unwrap();
        }
        let rows: Vec<Option<usize>> = workbook.sheets.iter().map(|sheet| sheet.rows).collect();
        assert_eq!(rows, [Some(3), None]);
        assert_eq!(workbook.finish().unwrap(), [FILE]);
        assert!(std::fs::metadata(folder.path().join(FILE)).unwrap().len() < 20_000);
    }

    #[test]
    fn texts_end_where_a_cell_does() {
        let text = "я".repeat(40_000);
        assert_eq!(cut(&text).chars().count(), CHARACTERS);
        assert_eq!(cut("short"), "short");
    }
}
