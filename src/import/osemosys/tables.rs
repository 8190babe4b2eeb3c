//! A folder of tables, read and checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::csv::{self, Cell};
use super::schema::{self, Parameter, Range, Set};
use crate::diagnostics::{Diagnostic, Sources, Span, nearest};
use crate::input::{self, MEMBERS, NUMBER, TABLE_FILE};

/// Most mistakes of a table that are told one by one.
const TOLD: usize = 20;

/// Position of a member in its set.
pub type Member = usize;

/// A value with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The number.
    pub number: f64,
    /// Its place.
    pub span: Span,
}

/// The values of a parameter.
#[derive(Clone, Debug)]
pub struct Table {
    /// Value where no row says otherwise.
    pub default: f64,
    /// Values by the positions of their members.
    pub rows: BTreeMap<Vec<Member>, Value>,
}

/// All sets and parameters of a folder.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    sets: BTreeMap<Set, Vec<String>>,
    /// Positions of members by their names.
    places: BTreeMap<Set, BTreeMap<String, Member>>,
    parameters: BTreeMap<&'static str, Table>,
}

impl Tables {
    /// Members of a set, in order; years in rising order.
    pub fn members(&self, set: Set) -> &[String] {
        self.sets.get(&set).map_or(&[], Vec::as_slice)
    }

    /// Positions of a set's members.
    pub fn all(&self, set: Set) -> std::ops::Range<Member> {
        0..self.members(set).len()
    }

    /// Name of a member.
    pub fn name(&self, set: Set, member: Member) -> &str {
        self.members(set).get(member).map_or("", String::as_str)
    }

    /// Calendar years, rising.
    pub fn years(&self) -> Vec<i32> {
        self.members(Set::Year).iter().filter_map(|year| year.parse().ok()).collect()
    }

    /// A parameter's value.
    pub fn value(&self, parameter: &str, at: &[Member]) -> f64 {
        let Some(table) = self.parameters.get(parameter) else {
            return schema::find(parameter).map_or(0.0, |parameter| parameter.default);
        };
        table.rows.get(at).map_or(table.default, |value| value.number)
    }

    /// Values in all years of a parameter whose last index is the year.
    pub fn by_year(&self, parameter: &str, at: &[Member]) -> Vec<f64> {
        let mut key = at.to_vec();
        key.push(0);
        self.all(Set::Year)
            .map(|year| {
                if let Some(last) = key.last_mut() {
                    *last = year;
                }
                self.value(parameter, &key)
            })
            .collect()
    }

    /// Rows of a parameter.
    pub fn rows(&self, parameter: &str) -> impl Iterator<Item = (&[Member], Value)> {
        let table = self.parameters.get(parameter);
        table.into_iter().flat_map(|table| &table.rows).map(|(at, value)| (at.as_slice(), *value))
    }

    /// Rows of a parameter whose first indices are these.
    pub fn rows_at<'a>(&'a self, parameter: &str, first: &'a [Member]) -> impl Iterator<Item = (&'a [Member], Value)> {
        let from = self.parameters.get(parameter).map(|table| table.rows.range(first.to_vec()..));
        let rows = from.into_iter().flatten().map(|(at, value)| (at.as_slice(), *value));
        rows.take_while(move |(at, _)| at.starts_with(first))
    }

    /// Where the values of a parameter are from, for the `source` of what they become: its table, or its default.
    pub fn source(&self, parameter: &str, first: &[Member]) -> String {
        let has_rows = self.rows_at(parameter, first).next().is_some();
        if has_rows { format!("imported from {parameter}.csv") } else { format!("default of {parameter}") }
    }
}

/// A folder that was read.
#[derive(Debug, Default)]
pub struct Folder {
    /// The tables.
    pub tables: Tables,
    /// Texts of the tables.
    pub sources: Sources,
    /// What is wrong with them, or likely not meant.
    pub problems: Vec<Diagnostic>,
    /// Names of the tables that have rows, with their number.
    pub counts: Vec<(String, usize)>,
}

/// Reads a folder; `defaults` take the place of the parameters' own.
///
/// # Errors
/// What the operating system says of the folder.
pub fn read(folder: &Path, defaults: &BTreeMap<&'static str, f64>) -> std::io::Result<Folder> {
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".csv").map(str::to_owned));
    }
    names.sort();
    let mut found = Folder::default();
    for name in names.iter().filter(|name| !schema::names().any(|known| known == *name)) {
        let message = format!("{name}.csv is no table of OSeMOSYS that is known here, and is left out");
        let near = nearest(name, schema::names());
        let help = near.map_or_else(
            || "see docs/import.md for the tables that are read".to_owned(),
            |near| format!("did you mean {near}.csv?"),
        );
        found.problems.push(Diagnostic::warning(None, message).help(help));
    }
    for set in Set::ALL {
        let rows = found.open(folder, set.name(), &names);
        let members = found.set(set, &rows);
        let places = members.iter().enumerate().map(|(place, name)| (name.clone(), place)).collect();
        found.tables.places.insert(set, places);
        found.tables.sets.insert(set, members);
    }
    for parameter in schema::PARAMETERS {
        let rows = found.open(folder, parameter.name, &names);
        let default = defaults.get(parameter.name).copied().unwrap_or(parameter.default);
        let mut table = Table { default, rows: BTreeMap::new() };
        if rows.len() > 1 {
            let before = found.problems.len();
            found.fill(parameter, &rows, &mut table);
            found.shorten(before, parameter.name);
        }
        found.tables.parameters.insert(parameter.name, table);
    }
    Ok(found)
}

impl Folder {
    /// Rows of a table, its header among them; none where there is no such file.
    fn open(&mut self, folder: &Path, name: &str, names: &[String]) -> Vec<Vec<Cell>> {
        if !names.iter().any(|known| known == name) {
            return Vec::new();
        }
        let path = folder.join(format!("{name}.csv"));
        let text = match input::read(&path, TABLE_FILE) {
            Ok(text) => text,
            Err(reason) => {
                let message = format!("can not read {}: {reason}", path.display());
                self.problems.push(Diagnostic::error(None, message).help("put a CSV file in its place, or none"));
                return Vec::new();
            }
        };
        let source = self.sources.add(path.display().to_string(), text.clone());
        let rows = csv::rows(source, &text, &mut self.problems);
        if rows.len() > 1 {
            self.counts.push((name.to_owned(), rows.len() - 1));
        }
        rows
    }

    /// Members of a set.
    fn set(&mut self, set: Set, rows: &[Vec<Cell>]) -> Vec<String> {
        let (name, mut members) = (set.name(), Vec::<(String, Span)>::new());
        let Some((header, rows)) = rows.split_first().filter(|(_, rows)| !rows.is_empty()) else {
            if set.is_required() {
                let message = format!("the set {name} has no members: {name}.csv is missing or empty");
                let help = "write a table with the column VALUE, and a member in each row";
                self.problems.push(Diagnostic::error(None, message).help(help));
            }
            return Vec::new();
        };
        let Some(column) = header.iter().position(|cell| cell.text == "VALUE") else {
            self.lacks(header, "VALUE", name);
            return Vec::new();
        };
        if let Some(cell) = rows.get(MEMBERS).and_then(|row| row.first()) {
            let error = Diagnostic::error(cell.span, format!("the set {name} has more than {MEMBERS} members"));
            self.problems.push(error.help("import a part of the model, or one that is less detailed"));
            return Vec::new();
        }
        for row in rows {
            let Some(cell) = row.get(column).filter(|cell| !cell.text.is_empty()) else {
                self.short(row, "VALUE");
                continue;
            };
            if let Some((_, first)) = members.iter().find(|(member, _)| *member == cell.text) {
                let error = Diagnostic::error(cell.span, format!("`{}` is in the set twice", cell.text));
                self.problems.push(error.related(*first, "first here").help("leave one of the rows out"));
                continue;
            }
            let is_year = || cell.text.parse().is_ok_and(|year: i32| (1800..=2300).contains(&year));
            if set == Set::Year && !is_year() {
                let error = Diagnostic::error(cell.span, format!("`{}` is not a calendar year", cell.text));
                self.problems.push(error.help("write a year like 2030"));
                continue;
            }
            members.push((cell.text.clone(), cell.span));
        }
        let mut members: Vec<String> = members.into_iter().map(|(member, _)| member).collect();
        if set == Set::Year {
            members.sort_by_key(|year| year.parse::<i32>().unwrap_or(0));
        }
        members
    }

    /// Values of a parameter.
    fn fill(&mut self, parameter: &Parameter, rows: &[Vec<Cell>], table: &mut Table) {
        let Some((header, rows)) = rows.split_first() else { return };
        let Some(columns) = self.columns(parameter, header) else { return };
        let Some((&value, indices)) = columns.split_last() else { return };
        for row in rows {
            let mut at = Vec::with_capacity(indices.len());
            let mut is_whole = true;
            for (&column, &set) in indices.iter().zip(parameter.by) {
                match row.get(column).filter(|cell| !cell.text.is_empty()) {
                    Some(cell) => match self.member(set, cell) {
                        Some(member) => at.push(member),
                        None => is_whole = false,
                    },
                    None => {
                        self.short(row, set.name());
                        is_whole = false;
                    }
                }
            }
            let Some(cell) = row.get(value).filter(|cell| !cell.text.is_empty()) else {
                self.short(row, "VALUE");
                continue;
            };
            let Some(number) = self.number(parameter, cell) else { continue };
            if !is_whole {
                continue;
            }
            let found = Value { number, span: cell.span };
            if let Some(first) = table.rows.get(&at) {
                let error = Diagnostic::error(cell.span, format!("{} has this value twice", parameter.name));
                self.problems.push(error.related(first.span, "first here").help("leave one of the rows out"));
                continue;
            }
            table.rows.insert(at, found);
        }
    }

    /// Positions of a table's columns: its indices, and the value.
    fn columns(&mut self, parameter: &Parameter, header: &[Cell]) -> Option<Vec<usize>> {
        let mut columns = Vec::new();
        let mut is_whole = true;
        for (position, set) in parameter.by.iter().enumerate() {
            let again = parameter.by[..position].contains(set);
            let name = set.name();
            // A set that a parameter is indexed by twice has an underscore the second time, or the same name.
            let fits = |cell: &Cell| {
                if again { cell.text == format!("_{name}") || cell.text == name } else { cell.text == name }
            };
            let free = header.iter().enumerate().find(|(at, cell)| fits(cell) && !columns.contains(at));
            match free {
                Some((at, _)) => columns.push(at),
                None => {
                    self.lacks(header, &if again { format!("_{name}") } else { name.to_owned() }, parameter.name);
                    is_whole = false;
                }
            }
        }
        match header.iter().position(|cell| cell.text == "VALUE") {
            Some(at) => columns.push(at),
            None => {
                self.lacks(header, "VALUE", parameter.name);
                is_whole = false;
            }
        }
        if is_whole {
            for cell in header.iter().enumerate().filter(|(at, _)| !columns.contains(at)).map(|(_, cell)| cell) {
                let message = format!("{} has a column `{}` that is not read", parameter.name, cell.text);
                let warning = Diagnostic::warning(cell.span, message);
                let known = parameter.by.iter().map(|set| set.name()).collect::<Vec<_>>().join(", ");
                self.problems.push(warning.help(format!("its columns are {known}, VALUE")));
            }
        }
        is_whole.then_some(columns)
    }

    fn member(&mut self, set: Set, cell: &Cell) -> Option<Member> {
        let members = self.tables.members(set);
        let found = self.tables.places.get(&set).and_then(|places| places.get(&cell.text)).copied();
        // Where the set itself could not be read, its members are not to blame.
        if found.is_none() && !(members.is_empty() && set.is_required()) {
            let message = format!("`{}` is not in the set {}", cell.text, set.name());
            let help = match nearest(&cell.text, members) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("add it to {}.csv, or leave the row out", set.name()),
            };
            self.problems.push(Diagnostic::error(cell.span, message).help(help));
        }
        found
    }

    fn number(&mut self, parameter: &Parameter, cell: &Cell) -> Option<f64> {
        let mut wrong = |message: String, help: &str| {
            self.problems.push(Diagnostic::error(cell.span, message).help(help));
            None
        };
        let number = match cell.text.parse::<f64>() {
            Ok(number) if number.is_finite() => number,
            _ => {
                return wrong(format!("`{}` is not a number", cell.text), "write digits, with a point before decimals");
            }
        };
        if number.abs() > NUMBER {
            return wrong(format!("{number} can not be meant"), "leave a limit out where there is none");
        }
        match parameter.range {
            Range::NotNegative if number < 0.0 => {
                wrong(format!("{} can not be negative", parameter.name), "check the sign")
            }
            Range::Limit if number < 0.0 && number != -1.0 => {
                wrong(format!("{} can not be negative", parameter.name), "write -1 where there is no limit")
            }
            _ => Some(number),
        }
    }

    /// Reports a column that a table lacks.
    fn lacks(&mut self, header: &[Cell], column: &str, table: &str) {
        let (Some(first), Some(last)) = (header.first(), header.last()) else { return };
        let span = Span { end: last.span.end, ..first.span };
        let has: BTreeSet<&str> = header.iter().map(|cell| cell.text.as_str()).collect();
        let error = Diagnostic::error(span, format!("{table} lacks the column {column}"));
        let help = match nearest(column, has.iter().filter(|name| **name != "VALUE")) {
            Some(near) if !Set::ALL.iter().any(|set| set.name() == near) => format!("rename `{near}`: {column}"),
            _ => format!("add it: the first line of {table}.csv names the columns"),
        };
        self.problems.push(error.help(help));
    }

    /// Reports a row without a cell.
    fn short(&mut self, row: &[Cell], column: &str) {
        let Some(last) = row.last() else { return };
        let error = Diagnostic::error(last.span, format!("this row has no {column}"));
        self.problems.push(error.help("fill the cell, or leave the row out"));
    }

    /// Keeps the first mistakes of a table, and tells how many more there are.
    fn shorten(&mut self, before: usize, table: &str) {
        if self.problems.len() <= before + TOLD {
            return;
        }
        let more = self.problems.split_off(before + TOLD);
        let message = format!("{table}.csv has {} mistakes more", more.len());
        let first = more.first().and_then(|problem| problem.span);
        self.problems.push(Diagnostic::error(first, message).help("mend the first ones, and import again"));
    }
}
