//! Results of a former run, read back from their folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::display::Display;

/// Results that can not be read.
#[derive(Debug, thiserror::Error)]
#[error("can not read {}: {reason}", path.display())]
pub struct ReadError {
    path: PathBuf,
    reason: String,
}

impl ReadError {
    fn new(path: &Path, reason: &impl std::fmt::Display) -> Self {
        Self { path: path.to_owned(), reason: reason.to_string() }
    }
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Amount {
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: String,
}

/// How well the program was solved.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Proven {
    /// Relative gap between the cost and the proven bound.
    pub gap: f64,
}

/// `summary.json`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Headlines {
    /// Scenario id.
    pub scenario: String,
    /// One line.
    pub title: String,
    /// How the solve ended.
    pub status: String,
    /// What the run depended on, in short.
    #[serde(default)]
    pub fingerprint: String,
    /// Discounted cost.
    pub objective: Amount,
    /// How well it was solved.
    pub quality: Proven,
    /// Milestone years.
    pub years: Vec<i32>,
    /// Indicators by year.
    pub indicators: IndexMap<String, BTreeMap<i32, f64>>,
}

/// `model.json`.
#[derive(Clone, Debug, Deserialize)]
struct Ran {
    altyn: String,
    model: Resolved,
}

/// A scenario after inheritance.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Resolved {
    /// Its values.
    pub scenario: Value,
    /// Where each comes from, by dotted path.
    pub origins: IndexMap<String, Origin>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Origin {
    /// File it stands in.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Document or data set.
    pub source: Option<String>,
    /// `official`, `published` or `estimate`.
    pub quality: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Results in a folder.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The folder.
    pub folder: PathBuf,
    /// Version of Altyn that wrote them.
    pub altyn: String,
    /// Headline figures.
    pub summary: Headlines,
    /// Titles, units, groups, charts.
    pub display: Display,
    /// The scenario.
    pub resolved: Resolved,
}

impl Stored {
    /// Headline figures of the results in a folder.
    ///
    /// # Errors
    /// A `summary.json` that is missing or holds something else.
    pub fn headlines(folder: &Path) -> Result<Headlines, ReadError> {
        document(folder, "summary.json")
    }

    /// Opens results.
    ///
    /// # Errors
    /// The first document that is missing or holds something else.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        let summary = Self::headlines(folder)?;
        let display = document(folder, "display.json")?;
        let Ran { altyn, model } = document(folder, "model.json")?;
        Ok(Self { folder: folder.to_owned(), altyn, summary, display, resolved: model })
    }

    /// Opens results in several folders. Those of the same scenario have the names of their folders.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_all(folders: &[PathBuf]) -> Result<Vec<Self>, ReadError> {
        let mut all = folders.iter().map(|folder| Self::open(folder)).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<String> = all.iter().map(|stored| stored.summary.scenario.clone()).collect();
        for stored in &mut all {
            if ids.iter().filter(|id| **id == stored.summary.scenario).count() > 1 {
                stored.summary.scenario = stored.folder.display().to_string();
            }
        }
        Ok(all)
    }

    /// Visits the rows of a table: the values of some of its columns, as they are written.
    ///
    /// # Errors
    /// A table that is missing, is no CSV, or lacks a column.
    pub fn each_row<const N: usize>(
        &self,
        table: &str,
        columns: [&str; N],
        mut visit: impl FnMut([&str; N]),
    ) -> Result<(), ReadError> {
        self.rows_while(table, columns, |cells| {
            visit(cells);
            true
        })
    }

    /// Visits the rows of a table as long as the visitor wants more.
    ///
    /// # Errors
    /// As [`Self::each_row`].
    pub fn rows_while<const N: usize>(
        &self,
        table: &str,
        columns: [&str; N],
        mut visit: impl FnMut([&str; N]) -> bool,
    ) -> Result<(), ReadError> {
        let path = self.folder.join(format!("{table}.csv"));
        let fail = |error: csv::Error| ReadError::new(&path, &error);
        let mut rows = csv::Reader::from_path(&path).map_err(fail)?;
        let header = rows.headers().map_err(fail)?.clone();
        let mut places = [0; N];
        for (place, column) in places.iter_mut().zip(columns) {
            let found = header.iter().position(|name| name == column);
            *place = found.ok_or_else(|| ReadError::new(&path, &format!("it has no column `{column}`")))?;
        }
        let mut row = csv::StringRecord::new();
        while rows.read_record(&mut row).map_err(fail)? {
            if !visit(places.map(|place| row.get(place).unwrap_or(""))) {
                break;
            }
        }
        Ok(())
    }
}

/// A number of a table; 0 for what is none (infinite numbers are written as nothing).
pub fn number(text: &str) -> f64 {
    text.parse().unwrap_or(0.0)
}

fn document<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<T, ReadError> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).map_err(|error| ReadError::new(&path, &error))?;
    serde_json::from_str(&text).map_err(|error| ReadError::new(&path, &error))
}
