//! Drafts: what is being written stands near its place, in a folder of its own, and is moved there when it is whole.
//!
//! A draft is locked for as long as its process lives. Those that a killed process has left behind are taken away by whoever writes there
//! next.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use tempfile::TempDir;

/// What names of drafts begin with.
const PREFIX: &str = ".altyn-";

/// How often a draft is made anew that somebody took for one left behind.
const ATTEMPTS: usize = 5;

/// A folder for drafts. It goes before its lock does.
#[derive(Debug)]
pub struct Draft {
    folder: TempDir,
    _lock: File,
}

impl Draft {
    /// A folder for drafts in `parent`, which is made if need be: on the file system where they are to stand, so that a move is a rename.
    ///
    /// # Errors
    /// A folder that can not be made.
    pub fn new(parent: &Path) -> io::Result<Self> {
        fs::create_dir_all(parent)?;
        remove_leftovers(parent);
        for _ in 0..ATTEMPTS {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(parent)?;
            let lock = match File::open(folder.path()) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                opened => opened?,
            };
            // Where there are no locks nobody takes it away either.
            let is_taken = matches!(lock.try_lock(), Err(TryLockError::WouldBlock));
            if !is_taken && folder.path().exists() {
                return Ok(Self { folder, _lock: lock });
            }
        }
        Err(io::Error::other("others write there at the same time"))
    }

    /// Where something stands while it is not whole.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Takes away drafts whose processes are gone. What can not be taken away stays.
fn remove_leftovers(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|entry| is_draft(&entry.file_name())) {
        let path = entry.path();
        if let Ok(folder) = File::open(&path)
            && folder.try_lock().is_ok()
        {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Whether a name is that of a draft.
pub fn is_draft(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with(PREFIX)
}

/// Carries a file, or a folder with all in it, over to another place and leaves it where it is as well.
///
/// # Errors
/// What can not be read, or not be written there.
pub fn carry(from: &Path, to: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(from)?.is_dir() {
        return fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(drop));
    }
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        carry(&entry.path(), &to.join(entry.file_name()))?;
    }
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

/// Puts a folder in the place of another and that in its place, in one step: whoever looks sees all of the one or all of the other.
///
/// # Errors
/// A file system that can not do so, and whatever else keeps folders from being moved.
pub fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    Ok(renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// A draft of the living stays, one of the dead goes; what is none is left alone.
    #[test]
    fn only_what_was_left_behind_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join(".altyn-dead/whole")).unwrap();
        fs::create_dir(folder.path().join("mine")).unwrap();
        let living = Draft::new(folder.path()).unwrap();
        assert_eq!(names(folder.path()).len(), 2);
        let other = Draft::new(folder.path()).unwrap();
        assert!(living.path("").exists() && other.path("").exists());
        drop((living, other));
        assert_eq!(names(folder.path()), ["mine"]);
    }

    #[test]
    fn what_is_carried_over_is_in_both_places() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::create_dir_all(from.join("deep/deeper")).unwrap();
        fs::write(from.join("deep/deeper/note"), "mine").unwrap();
        carry(&from, &to).unwrap();
        fs::remove_dir_all(&from).unwrap();
        assert_eq!(fs::read_to_string(to.join("deep/deeper/note")).unwrap(), "mine");
    }
}
