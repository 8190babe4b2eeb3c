//! A tidy table: named columns of texts or numbers.

use indexmap::IndexSet;

/// A value of a row.
#[derive(Clone, Copy, Debug)]
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// Whole number.
    Whole(i64),
    /// Number.
    Number(f64),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(text)
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Cell::Text(text)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<i32> for Cell<'_> {
    fn from(number: i32) -> Self {
        Cell::Whole(number.into())
    }
}

/// The values of a column.
#[derive(Clone, Debug)]
pub enum Column {
    /// Texts, by their position among the distinct ones.
    Text {
        /// Distinct texts in order of appearance.
        words: IndexSet<String>,
        /// Position of each row's text.
        rows: Vec<u32>,
    },
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Numbers, rounded to 12 significant digits.
    Number(Vec<f64>),
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Name; the stem of its file.
    pub name: &'static str,
    /// Names of the columns.
    pub header: Vec<&'static str>,
    /// Values.
    pub columns: Vec<Column>,
    rows: usize,
}

impl Table {
    /// A table without rows.
    pub fn new(name: &'static str, header: &[&'static str]) -> Self {
        Self { name, header: header.to_vec(), columns: Vec::new(), rows: 0 }
    }

    /// Says which columns hold whole numbers and numbers; the others hold texts. A table that may have no row has its types all the
    /// same then.
    #[must_use]
    pub fn typed(mut self, whole: &[&str], numbers: &[&str]) -> Self {
        let column = |name: &&'static str| match name {
            name if whole.contains(name) => Column::Whole(Vec::new()),
            name if numbers.contains(name) => Column::Number(Vec::new()),
            _ => Column::Text { words: IndexSet::new(), rows: Vec::new() },
        };
        self.columns = self.header.iter().map(column).collect();
        self
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Appends a row with one value per column; where the types are not said, the first row decides.
    pub fn row<const N: usize>(&mut self, cells: [Cell; N]) {
        debug_assert_eq!(N, self.header.len(), "a row of {} has a value too many or too few", self.name);
        if self.columns.is_empty() {
            self.columns = cells.iter().map(Column::for_cell).collect();
        }
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
    }

    /// Appends the rows of a table with the same columns.
    pub fn append(&mut self, other: Self) {
        if self.rows == 0 {
            *self = other;
            return;
        }
        for (column, other) in self.columns.iter_mut().zip(other.columns) {
            column.append(other);
        }
        self.rows += other.rows;
    }

    /// Text of a value.
    pub fn text(&self, row: usize, column: usize) -> String {
        match self.columns.get(column) {
            Some(Column::Text { words, rows }) => {
                rows.get(row).and_then(|&word| words.get_index(word as usize)).cloned().unwrap_or_default()
            }
            Some(Column::Whole(rows)) => rows.get(row).map(i64::to_string).unwrap_or_default(),
            Some(Column::Number(rows)) => rows.get(row).map(f64::to_string).unwrap_or_default(),
            None => String::new(),
        }
    }
}

impl Column {
    fn for_cell(cell: &Cell) -> Self {
        match cell {
            Cell::Text(_) => Column::Text { words: IndexSet::new(), rows: Vec::new() },
            Cell::Whole(_) => Column::Whole(Vec::new()),
            Cell::Number(_) => Column::Number(Vec::new()),
        }
    }

    fn append(&mut self, other: Self) {
        match (self, other) {
            (Column::Text { words, rows }, Column::Text { words: others, rows: more }) => {
                let places: Vec<u32> = others.into_iter().map(|word| place(words.insert_full(word).0)).collect();
                rows.extend(more.into_iter().map(|word| places[word as usize]));
            }
            (Column::Whole(rows), Column::Whole(more)) => rows.extend(more),
            (Column::Number(rows), Column::Number(more)) => rows.extend(more),
            (column, other) => debug_assert!(false, "{other:?} does not continue {column:?}"),
        }
    }

    fn push(&mut self, cell: Cell) {
        match (self, cell) {
            (Column::Text { words, rows }, Cell::Text(text)) => {
                let word = words.get_index_of(text).unwrap_or_else(|| words.insert_full(text.to_owned()).0);
                rows.push(place(word));
            }
            (Column::Whole(rows), Cell::Whole(number)) => rows.push(number),
            (Column::Number(rows), Cell::Number(number)) => rows.push(significant(number)),
            (column, cell) => debug_assert!(false, "{cell:?} does not fit into {column:?}"),
        }
    }
}

/// Position of a word, as it is stored.
fn place(word: usize) -> u32 {
    u32::try_from(word).unwrap_or(u32::MAX)
}

/// Rounds to 12 significant digits: what lies beyond is noise of the arithmetic. Never gives −0.
pub fn significant(number: f64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return if number.is_finite() { 0.0 } else { number };
    }
    format!("{number:.11e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_continue_each_other() {
        let one = |words: &[&str]| {
            let mut table = Table::new("words", &["word", "length"]);
            for word in words {
                table.row([(*word).into(), (word.len() as f64).into()]);
            }
            table
        };
        let mut table = one(&[]);
        table.append(one(&["north", "south"]));
        table.append(one(&["west", "south"]));
        let texts: Vec<String> = (0..table.rows()).map(|row| table.text(row, 0) + &table.text(row, 1)).collect();
        assert_eq!(texts, ["north5", "south5", "west4", "south5"]);
    }

    #[test]
    fn tables_without_rows_have_types() {
        let table = Table::new("t", &["name", "year", "value"]).typed(&["year"], &["value"]);
        assert!(matches!(table.columns.as_slice(), [Column::Text { .. }, Column::Whole(_), Column::Number(_)]));
    }

    #[test]
    fn numbers_are_rounded_to_twelve_digits() {
        assert_eq!(significant(0.1 + 0.2), 0.3);
        assert_eq!(significant(-0.0).to_string(), "0");
        assert_eq!(significant(123_456_789.123_456_7), 123_456_789.123);
    }
}
