//! A folder with files in which the program runs, as people run it.

use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder, and the command that is run in it.
pub struct Desk {
    folder: tempfile::TempDir,
    command: Option<&'static str>,
}

impl Desk {
    /// A folder with files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Self { folder, command: None }
    }

    /// A folder with files for one command.
    pub fn of(command: &'static str, files: &[(&str, &str)]) -> Self {
        Self { command: Some(command), ..Self::new(files) }
    }

    /// Where a file is.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program with arguments.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_altyn"));
        command.args(self.command).args(args).current_dir(self.folder.path());
        command
    }

    /// Runs the program and checks its exit code.
    #[track_caller]
    pub fn run(&self, args: &[&str], code: i32) -> (String, String) {
        let Output { status, stdout, stderr } = self.command(args).output().unwrap();
        let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert_eq!(status.code(), Some(code), "{args:?}\n{out}\n{err}");
        (out, err)
    }
}
