//! What is read from files: up to which size, and how. Input beyond these bounds is refused with its place, before it fills the memory.

use std::path::Path;

use crate::diagnostics::nearest;

/// Largest scenario file, bytes. The scenarios of a country take half a megabyte; as a tree with places, a file takes some hundred times
/// its size.
pub const SCENARIO_FILE: u64 = 8 << 20;

/// Largest sweep file, bytes: a thousand parameters.
pub const SWEEP_FILE: u64 = 1 << 20;

/// Largest CSV file, bytes: thirty years of hours in twenty columns.
pub const TABLE_FILE: u64 = 64 << 20;

/// Most files that extend one another in a row; each is held open until the last is read.
pub const CHAIN: usize = 64;

/// Most tables and lists within one another; readers and writers of trees call themselves for each.
pub const DEPTH: usize = 32;

/// Most entries of a table, and items of a list: names are looked for one after the other.
pub const ENTRIES: usize = 10_000;

/// Most characters of a name. Names are columns of tables and parts of other names.
pub const NAME: usize = 200;

/// Most characters of a text: a page or two of remarks.
pub const TEXT: usize = 10_000;

/// Most years of a profile: those of a climate normal. Days are compared each with each: thirty years of them fill half a gigabyte.
pub const PROFILE_YEARS: usize = 30;

/// Most values of all profiles together, half a gigabyte of them.
pub const PROFILE_VALUES: usize = 60_000_000;

/// Most zones times commodities times milestone years: a hundred megabytes of prices.
pub const BALANCES: usize = 10_000_000;

/// Most milestone years: one a year for a century. All that changes over the years is kept for each of them.
pub const YEARS: usize = 100;

/// Most modes of technologies, over all of their zones; each takes some ten kilobytes.
pub const MODES: usize = 50_000;

/// Most parts of a model times slices times milestone years. The solver counts the entries of its matrix with 31 bits, and there are
/// several to each.
pub const PROGRAM: f64 = 5e8;

/// Largest number in internal units; the solver takes larger ones for infinite, or fails.
pub const NUMBER: f64 = 1e12;

/// Most variants of a sweep.
pub const VARIANTS: usize = 100_000;

/// Most values of a parameter of a sweep: for each of them the scenario is read once, to see whether it takes it.
pub const LEVELS: usize = 1_000;

/// Most parameters of a sweep, each a column of its table.
pub const PARAMETERS: usize = 200;

/// Most members of a set that is imported.
pub const MEMBERS: usize = 10_000;

/// Most mistakes that are told; who made more has made one of them many times.
pub const TOLD: usize = 1_000;

/// Reads a text file of at most `largest` bytes; says why if it can not. A byte order mark is no part of the text.
pub fn read(path: &Path, largest: u64) -> Result<String, String> {
    let describe = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    };
    let about = std::fs::metadata(path).map_err(describe)?;
    if about.is_dir() {
        return Err("it is a folder".to_owned());
    }
    // A pipe may never end, and a device has no length.
    if !about.is_file() {
        return Err("it is a pipe or a device, not a file".to_owned());
    }
    if about.len() > largest {
        return Err(format!("it is larger than {} MB", largest >> 20));
    }
    let mut text = std::fs::read_to_string(path).map_err(describe)?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

/// A file in the same folder whose name is close to that of one that is missing.
pub fn neighbour(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    nearest(&path.file_name()?.to_string_lossy(), names)
}

/// Bytes of the first `count` cells of the row of a CSV text that begins at `start`, without the spaces around them.
pub fn cells(text: &str, start: usize, count: usize) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    // The row before may have left its line break.
    let mut at = start;
    while bytes.get(at).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
        at += 1;
    }
    let mut places = Vec::with_capacity(count);
    for _ in 0..count {
        let begin = at;
        let mut is_quoted = false;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => is_quoted = !is_quoted,
                b',' | b'\r' | b'\n' if !is_quoted => break,
                _ => {}
            }
            at += 1;
        }
        let cell = text.get(begin..at).unwrap_or("");
        let indent = cell.len() - cell.trim_start().len();
        places.push(begin + indent..begin + indent + cell.trim().len().max(1));
        at += 1;
    }
    places
}
