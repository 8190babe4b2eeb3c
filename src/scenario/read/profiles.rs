//! `[profiles.NAME]`: values over the year, from a CSV file or by named slice.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::{Entry, Reader, Scope, each};
use crate::diagnostics::{Diagnostic, SourceId, Span, listed, nearest};
use crate::input::{self, NUMBER, PROFILE_VALUES, PROFILE_YEARS, TABLE_FILE};
use crate::model::*;
use crate::scenario::targets;
use crate::units::Content;

/// Hours of a year of a profile.
const HOURS: usize = 8760;

/// Reads `[profiles]`.
pub fn read(top: &Reader, scope: &Scope, time: &TimeSpec) -> Arena<ProfileId, Profile> {
    let mut tables = BTreeMap::new();
    let mut profiles = Arena::new();
    let mut held = 0;
    for (name, reader) in each(top, "profiles", "profile") {
        let place = reader.as_ref().map(|reader| reader.span);
        let mut values = reader.map_or_else(Vec::new, |reader| {
            let values = values(&reader, scope, time, &mut tables);
            reader.finish();
            values
        });
        held += values.len();
        if held > PROFILE_VALUES {
            let error = Diagnostic::error(place, format!("profiles hold more than {PROFILE_VALUES} values together"));
            scope.desk.report(error.help("take profiles of fewer years, or leave out those that nothing follows"));
            values = Vec::new();
        }
        let values = match time {
            TimeSpec::Slices(_) => ProfileValues::Slices(values),
            TimeSpec::Days(_) => ProfileValues::Hourly(values),
        };
        profiles.push(Profile { name: name.clone(), values });
    }
    profiles
}

fn values(reader: &Reader, scope: &Scope, time: &TimeSpec, tables: &mut BTreeMap<PathBuf, Columns>) -> Vec<f64> {
    let (file, by_slice) = (reader.entry("file").is_some(), reader.entry("slices").is_some());
    let by_share = reader.entry("shares").is_some();
    let mut values = match time {
        TimeSpec::Slices(slices) => {
            if file {
                let help = "give `slices` instead, or divide the year by `time.days`";
                reader.wrong("file", "hourly profiles need representative days, and [time] has named slices", help);
            } else if !by_slice && !by_share {
                reader.missing("slices", "{ winter-day = 0.9 }");
            } else if by_slice && by_share {
                reader.wrong("shares", "both `slices` and `shares` are given", "keep one of them");
            }
            match (by_share, by_slice) {
                (true, _) => shared(reader, scope, slices),
                (false, true) => sliced(reader, scope, "slices", slices),
                (false, false) => vec![0.0; slices.len()],
            }
        }
        TimeSpec::Days(_) => {
            if by_share {
                let help = "give `file` and `column` instead, or name slices under `time.slices`";
                reader.wrong("shares", "this profile is by named slice, and [time] has representative days", help);
                Vec::new()
            } else if by_slice {
                let help = "give `file` and `column` instead, or name slices under `time.slices`";
                reader.wrong("slices", "this profile is by named slice, and [time] has representative days", help);
                Vec::new()
            } else if file {
                hourly(reader, tables).unwrap_or_default()
            } else {
                reader.missing("file", "\"profiles.csv\"");
                Vec::new()
            }
        }
    };
    let number = |key| reader.bounded(key, &targets::fraction(), Content::default(), 0.0..=f64::INFINITY);
    let (scale, most) = (number("scale").unwrap_or(1.0), number("max").unwrap_or(f64::INFINITY));
    for value in &mut values {
        *value = (*value * scale).min(most);
    }
    if values.iter().any(|value| *value > NUMBER) {
        reader.wrong("scale", "values this large can not be meant", "lower `scale`, or cap the profile with `max`");
    }
    values
}

/// A profile whose parts of the yearly amount are known: its rate in a slice is the share of it over the slice's part of the year.
fn shared(reader: &Reader, scope: &Scope, slices: &[NamedSlice]) -> Vec<f64> {
    let shares = sliced(reader, scope, "shares", slices);
    shares.into_iter().zip(slices).map(|(share, slice)| share / slice.fraction).collect()
}

fn sliced(reader: &Reader, scope: &Scope, key: &'static str, slices: &[NamedSlice]) -> Vec<f64> {
    let mut given = BTreeMap::new();
    for (name, Entry { key, node }) in reader.entries(key) {
        if !slices.iter().any(|slice| slice.name == *name) {
            scope.desk.report(
                Diagnostic::error(*key, format!("there is no slice `{name}`"))
                    .help(format!("slices are {}", listed(slices.iter().map(|s| &s.name))))
                    .did_you_mean(scope.desk.nearest(name, slices.iter().map(|s| &s.name))),
            );
        }
        let value = scope.desk.quantity(node, &targets::fraction(), Content::default());
        if value.is_some_and(|value| value < 0.0) {
            let error = Diagnostic::error(node.span, format!("the profile is negative in slice `{name}`"));
            scope.desk.report(error.help("write a value of at least 0"));
        }
        given.insert(name.as_str(), value);
    }
    let mut values = Vec::new();
    for slice in slices {
        match given.get(slice.name.as_str()) {
            Some(value) => values.push(value.unwrap_or(0.0)),
            None => {
                reader.wrong(
                    key,
                    format!("the profile has no value for slice `{}`", slice.name),
                    format!("add {} = 0.9", slice.name),
                );
                values.push(0.0);
            }
        }
    }
    values
}

/// The columns of a CSV file.
struct Columns {
    source: SourceId,
    names: Vec<String>,
    /// Values row by row; each cell with its place where it is no number.
    columns: Vec<Vec<Result<f64, Span>>>,
}

fn hourly(reader: &Reader, tables: &mut BTreeMap<PathBuf, Columns>) -> Option<Vec<f64>> {
    let path = reader.desk.folder(reader.place("file")).join(reader.text("file")?);
    let column = reader.text("column");
    if reader.table().get("column").is_none() {
        reader.missing("column", "\"north\"");
    }
    if !tables.contains_key(&path) {
        tables.insert(path.clone(), table(reader, &path)?);
    }
    let (table, column) = (tables.get(&path)?, column?);
    let Some(position) = table.names.iter().position(|name| name == column) else {
        let error = Diagnostic::error(reader.place("column"), format!("{} has no column `{column}`", path.display()));
        reader.desk.report(match table.names.as_slice() {
            [] => error.help("its first line names the columns, and this file has none"),
            [one] if one.contains(';') => error.help("separate columns by commas, and write decimals with a point"),
            names => error.help(format!("its columns are {}", listed(names))).did_you_mean(nearest(column, names)),
        });
        return None;
    };
    let cells = table.columns.get(position)?;
    if cells.is_empty() || cells.len() % HOURS != 0 {
        let message = format!("a profile has 8760 values for each year, and this one has {}", cells.len());
        let end = Span::new(table.source, 0..0);
        reader.desk.report(
            Diagnostic::error(reader.place("file"), message)
                .related(end, "in this file")
                .help("give one row per hour, without 29 February, below one header line"),
        );
        return None;
    }
    let mut values = Vec::with_capacity(cells.len());
    for cell in cells {
        match cell {
            Ok(value) => values.push(*value),
            Err(place) => {
                reader.desk.report(
                    Diagnostic::error(*place, format!("a value of column `{column}` can not be used"))
                        .help(format!("write a number from 0 to {NUMBER:e}, with a point for decimals")),
                );
                return None;
            }
        }
    }
    Some(values)
}

/// Reads a CSV file.
fn table(reader: &Reader, path: &Path) -> Option<Columns> {
    let text = match input::read(path, TABLE_FILE) {
        Ok(text) => text,
        Err(reason) => {
            let message = format!("can not read {}: {reason}", path.display());
            let error = Diagnostic::error(reader.place("file"), message)
                .help("paths of profiles are relative to the file that names them")
                .did_you_mean(input::neighbour(path));
            reader.desk.report(error);
            return None;
        }
    };
    let source = reader.desk.sources.borrow_mut().add(path.display().to_string(), text.clone());
    let mut rows = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let fail = |error: &csv::Error| {
        let at = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let place = Span::new(source, at..at + 1);
        let error = Diagnostic::error(place, "this row can not be read as CSV");
        reader.desk.report(error.help("give every row as many values as the header line has names"));
    };
    let names: Vec<String> = match rows.headers() {
        Ok(header) => header.iter().map(str::to_owned).collect(),
        Err(error) => {
            fail(&error);
            return None;
        }
    };
    for (position, name) in names.iter().enumerate() {
        if names[..position].contains(name) {
            let error = Diagnostic::error(Span::new(source, 0..1), format!("two columns are named `{name}`"));
            reader.desk.report(error.help("give each column a name of its own"));
        }
    }
    let mut columns = vec![Vec::new(); names.len()];
    for (number, record) in rows.records().enumerate() {
        if number == PROFILE_YEARS * HOURS {
            let error = Diagnostic::error(reader.place("file"), format!("a profile has at most {PROFILE_YEARS} years"));
            reader.desk.report(error.help("choose years that stand for the others"));
            return None;
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                fail(&error);
                return None;
            }
        };
        let start = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        for (number, (column, cell)) in columns.iter_mut().zip(record.iter()).enumerate() {
            let value = cell.parse::<f64>().ok().filter(|value| (0.0..=NUMBER).contains(value));
            column.push(value.ok_or_else(|| {
                Span::new(source, input::cells(&text, start, number + 1).pop().unwrap_or(start..start))
            }));
        }
    }
    Some(Columns { source, names, columns })
}
