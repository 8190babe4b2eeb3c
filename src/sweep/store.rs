//! The folder of a sweep: its table, written variant by variant, and the fingerprint of what the table belongs to.
//!
//! A table grows by whole variants, in the order in which they end. What was being written when a sweep was ended is left out by
//! the next, which goes on from there. At the end the rows are put in the order of the variants.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::kept::Kept;
use super::plan::Plan;
use super::rows::{self, Blocks, Row};
use super::{Shard, SweepError, parquet};
use crate::results::write_whole;

/// Name of the file that holds the fingerprint.
const LABEL: &str = "sweep.json";

/// The folder of a sweep.
#[derive(Debug)]
pub struct Store {
    table: PathBuf,
    /// Whether the table is of all variants.
    is_whole: bool,
    /// The variants that are done.
    pub done: Blocks,
    file: File,
    /// Solutions that other variants build on.
    pub kept: Kept,
}

impl Store {
    /// Opens the folder `<out>/<sweep>/` and reads what is there of the same sweep; `fingerprint` tells what that is. With
    /// `restart` nothing is kept.
    ///
    /// # Errors
    /// A folder that can not be written, or one with a table of something else.
    pub fn open(
        plan: &Plan,
        out: &Path,
        shard: Option<Shard>,
        fingerprint: &str,
        restart: bool,
    ) -> Result<Self, SweepError> {
        let folder = out.join(&plan.id);
        std::fs::create_dir_all(&folder).map_err(failed(&folder))?;
        let name = shard.map_or_else(|| "variants.csv".to_owned(), |shard| format!("variants-{shard}.csv"));
        let table = folder.join(name);
        let label = folder.join(LABEL);
        let known = known_fingerprint(&label);
        if known.as_ref().is_some_and(|known| known != fingerprint) && !restart {
            return Err(SweepError::Changed { folder });
        }
        let kept = Kept::new(&folder);
        if known.as_deref() != Some(fingerprint) || (restart && shard.is_none()) {
            kept.clear()?;
        }
        let mut done = Blocks::new();
        for path in tables(&folder).map_err(failed(&folder))? {
            let is_own = path == table;
            if restart && (is_own || shard.is_none() || known.as_deref() != Some(fingerprint)) {
                std::fs::remove_file(&path).map_err(failed(&path))?;
            } else if is_own || shard.is_none() {
                let text = std::fs::read(&path).map_err(failed(&path))?;
                for (number, rows) in rows::parse(plan, &text) {
                    if shard.is_none_or(|shard| shard.has(number)) {
                        done.entry(number).or_insert(rows);
                    }
                }
            }
        }
        replace(&label, (text(plan, fingerprint) + "\n").as_bytes())?;
        replace(&table, &csv(plan, &done)?)?;
        let file = OpenOptions::new().append(true).open(&table).map_err(failed(&table))?;
        Ok(Self { table, is_whole: shard.is_none(), done, file, kept })
    }

    /// Adds the rows of a variant, by its number.
    ///
    /// # Errors
    /// A table that can not be written.
    pub fn add(&mut self, number: usize, rows: Vec<Row>) -> Result<(), SweepError> {
        let bytes = rows::to_csv(&rows).map_err(|reason| SweepError::file(&self.table, &reason))?;
        let written = self.file.write_all(&bytes).and_then(|()| self.file.sync_data());
        written.map_err(|error| SweepError::file(&self.table, &error))?;
        self.done.insert(number, rows);
        Ok(())
    }

    /// Puts the rows in order, and writes the Parquet file beside the table of all variants. Nobody builds on their solutions then.
    ///
    /// # Errors
    /// A table that can not be written.
    pub fn finish(&self, plan: &Plan) -> Result<(), SweepError> {
        replace(&self.table, &csv(plan, &self.done)?)?;
        if self.is_whole {
            let path = self.table.with_extension("parquet");
            let rows: Vec<&Row> = self.done.values().flatten().collect();
            let mut bytes = Vec::new();
            parquet::write(&rows::header(plan), &rows, &mut bytes).map_err(|error| SweepError::file(&path, &error))?;
            replace(&path, &bytes)?;
            self.kept.clear()?;
        }
        Ok(())
    }

    /// Where the table is.
    pub fn table(&self) -> &Path {
        &self.table
    }
}

fn csv(plan: &Plan, blocks: &Blocks) -> Result<Vec<u8>, SweepError> {
    let header = rows::header(plan);
    rows::to_csv([&header].into_iter().chain(blocks.values().flatten()))
        .map_err(|reason| SweepError::file(Path::new("variants.csv"), &reason))
}

/// The tables in a folder: that of all variants, and those of shards, in the order of their names.
fn tables(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut tables = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if name.starts_with("variants") && name.ends_with(".csv") {
            tables.push(path);
        }
    }
    tables.sort();
    Ok(tables)
}

/// What went wrong with a file.
fn failed(path: &Path) -> impl Fn(std::io::Error) -> SweepError {
    move |error| SweepError::file(path, &error)
}

/// Writes a file whole, so that it outlasts the machine, too.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), SweepError> {
    Ok(write_whole(path, |file| file.write_all(bytes).and_then(|()| file.sync_data()))?)
}

fn text(plan: &Plan, fingerprint: &str) -> String {
    let parameters: Vec<&str> = plan.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let label = json!({
        "altyn": env!("CARGO_PKG_VERSION"),
        "sweep": plan.id,
        "title": plan.title,
        "scenario": plan.base.model.id,
        "parameters": parameters,
        "variants": plan.variants.len(),
        "fingerprint": fingerprint,
    });
    serde_json::to_string_pretty(&label).unwrap_or_default()
}

fn known_fingerprint(path: &Path) -> Option<String> {
    let label: Value = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
    // A label that says nothing belongs to something else.
    Some(label["fingerprint"].as_str().unwrap_or_default().to_owned())
}
