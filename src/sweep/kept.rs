//! Solutions that other variants build on, a file for each, until the sweep is finished: what is resumed, or shared among shards, need
//! not be solved again.

use std::path::{Path, PathBuf};

use super::SweepError;
use super::store::replace;
use crate::solve::interior::Iterate;
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

/// The number of parts, of each its shape, its columns and its duals; then the values of the iterate, block by block.
fn encode(known: &Known) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend((known.parts.len() as u64).to_le_bytes());
    for KnownPart { shape, columns, duals } in &known.parts {
        bytes.extend(shape.to_le_bytes());
        put(&mut bytes, columns, f64::to_le_bytes);
        put(&mut bytes, duals, f64::to_le_bytes);
    }
    for block in known.iterate.iter().flat_map(|iterate| &iterate.blocks) {
        block.iter().for_each(|values| put(&mut bytes, values, f32::to_le_bytes));
    }
    bytes
}

fn put<T: Copy, const SIZE: usize>(bytes: &mut Vec<u8>, list: &[T], in_bytes: fn(T) -> [u8; SIZE]) {
    bytes.extend((list.len() as u64).to_le_bytes());
    bytes.extend(list.iter().flat_map(|&value| in_bytes(value)));
}

/// `None` where the bytes are not what [`encode`] makes.
fn decode(mut bytes: &[u8]) -> Option<Known> {
    let bytes = &mut bytes;
    let mut parts = Vec::new();
    for _ in 0..number(bytes)? {
        parts.push(KnownPart {
            shape: number(bytes)?,
            columns: list(bytes, f64::from_le_bytes)?,
            duals: list(bytes, f64::from_le_bytes)?,
        });
    }
    let mut blocks = Vec::new();
    while !bytes.is_empty() {
        let mut block: [Vec<f32>; 5] = Default::default();
        for values in &mut block {
            *values = list(bytes, f32::from_le_bytes)?;
        }
        blocks.push(block);
    }
    let iterate = (!blocks.is_empty()).then_some(Iterate { blocks });
    Some(Known { parts, iterate })
}

fn number(bytes: &mut &[u8]) -> Option<u64> {
    let (first, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(u64::from_le_bytes(*first))
}

fn list<T, const SIZE: usize>(bytes: &mut &[u8], value: fn([u8; SIZE]) -> T) -> Option<Vec<T>> {
    let length = usize::try_from(number(bytes)?).ok()?.checked_mul(SIZE)?;
    let (list, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(list.chunks_exact(SIZE).filter_map(|bytes| bytes.try_into().ok().map(value)).collect())
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
            iterate: Some(Iterate { blocks: vec![[vec![1.0], vec![], vec![], vec![0.5], vec![-2.0, 3.0]]] }),
        };
        let bytes = encode(&known);
        assert_eq!(decode(&bytes), Some(known.clone()));
        let alone = Known { iterate: None, ..known };
        assert_eq!(decode(&encode(&alone)), Some(alone));
        assert_eq!(decode(&bytes[..bytes.len() - 1]), None);
        assert_eq!(decode(&[255; 40]), None);
    }
}
