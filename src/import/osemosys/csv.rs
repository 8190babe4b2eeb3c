//! CSV texts in which every cell knows its place.

use crate::diagnostics::{Diagnostic, SourceId, Span};
use crate::input::cells;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text, without spaces around it.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// Reads the rows of a CSV text, the header among them; empty lines are left out. What is no CSV is reported, and ends the reading.
pub fn rows(source: SourceId, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<Vec<Cell>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
                let message = format!("this is not CSV: {error}");
                let problem = Diagnostic::error(Span::new(source, at..at + 1), message);
                problems.push(problem.help("write one row a line, its cells with commas between them"));
                return rows;
            }
        };
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let places = cells(text, start, record.len());
        let cells = record.iter().zip(places);
        rows.push(cells.map(|(cell, place)| Cell { text: cell.to_owned(), span: Span::new(source, place) }).collect());
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Sources;

    #[test]
    fn cells_know_their_places() {
        let text = "A,B\r\n\r\n1,\"x, y\", 3 \n,4\n";
        let mut sources = Sources::default();
        let source = sources.add("t.csv", text);
        let mut problems = Vec::new();
        let rows = rows(source, text, &mut problems);
        assert!(problems.is_empty());
        let shown: Vec<Vec<(&str, &str)>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| (cell.text.as_str(), sources.excerpt(cell.span))).collect())
            .collect();
        assert_eq!(shown[0], [("A", "A"), ("B", "B")]);
        assert_eq!(shown[1][0], ("1", "1"));
        assert_eq!(shown[1][2], ("3", "3"));
        assert_eq!(shown[2][1], ("4", "4"));
        assert_eq!(sources.place(rows[1][0].span).line, 3);
    }
}
