//! Solutions that other variants build on, a file for each, until the sweep is finished: what is resumed, or shared among shards, need
//! not be solved again.

use std::path::{Path, PathBuf};

use super::SweepError;
use super::store::replace;
use crate::solve::mixture::{Known, KnownPart};

/// Name of the folder.
const FOLDER: &str = "solved";

/// The files of solutions.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
}

impl Kept {
    /// The files of a sweep in its folder.
    pub fn new(sweep: &Path) -> Self {
        Self { folder: sweep.join(FOLDER) }
    }

    fn path(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{number}.bin"))
    }

    /// What a variant has left for others: its solution, or word that there is none to build on. `None` where that is not known.
    pub fn load(&self, number: usize) -> Option<Option<Known>> {
        let bytes = std::fs::read(self.path(number)).ok()?;
        if bytes.is_empty() { Some(None) } else { Some(Some(decode(&bytes)?)) }
    }

    /// Keeps what a variant leaves for others.
    ///
    /// # Errors
    /// A file that can not be written.
    pub fn keep(&self, number: usize, known: Option<&Known>) -> Result<(), SweepError> {
        std::fs::create_dir_all(&self.folder).map_err(|error| SweepError::file(&self.folder, &error))?;
        replace(&self.path(number), &known.map_or_else(Vec::new, encode))
    }

    /// Deletes them all.
    ///
    /// # Errors
    /// A file that can not be deleted.
    pub fn clear(&self) -> Result<(), SweepError> {
        match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(SweepError::file(&self.folder, &error)),
            _ => Ok(()),
        }
    }
}

/// Of each part its shape, the number of its columns and of its rows, the columns and the duals.
fn encode(known: &Known) -> Vec<u8> {
    let mut bytes = Vec::new();
    for KnownPart { shape, columns, duals } in &known.parts {
        for number in [*shape, columns.len() as u64, duals.len() as u64] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(columns.iter().chain(duals).flat_map(|value| value.to_le_bytes()));
    }
    bytes
}

/// `None` where the bytes are not what [`encode`] makes.
fn decode(mut bytes: &[u8]) -> Option<Known> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let shape = number(&mut bytes)?;
        let lengths = [number(&mut bytes)?, number(&mut bytes)?];
        let mut lists = Vec::new();
        for length in lengths {
            let (list, rest) = bytes.split_at_checked(usize::try_from(length).ok()?.checked_mul(8)?)?;
            lists
                .push(list.chunks_exact(8).filter_map(|value| value.try_into().ok().map(f64::from_le_bytes)).collect());
            bytes = rest;
        }
        let duals = lists.pop()?;
        parts.push(KnownPart { shape, columns: lists.pop()?, duals });
    }
    Some(Known { parts })
}

fn number(bytes: &mut &[u8]) -> Option<u64> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u64::from_le_bytes(*first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let known = Known {
            parts: vec![
                KnownPart { shape: 7, columns: vec![1.5, -0.1, f64::INFINITY], duals: vec![1e-300] },
                KnownPart { shape: u64::MAX, columns: Vec::new(), duals: vec![0.3, 2.0] },
            ],
        };
        let bytes = encode(&known);
        assert_eq!(decode(&bytes), Some(known));
        assert_eq!(decode(&bytes[..bytes.len() - 1]), None);
        assert_eq!(decode(&[255; 40]), None);
    }
}
