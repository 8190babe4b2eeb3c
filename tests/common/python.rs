//! Other programs, which tests call through Python environments that `make test` makes below target/.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Python of the environment that `tools/NAME.sh` makes; a word where it is not there.
pub fn environment(name: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target").join(name).join("bin/python");
    if !own.exists() {
        eprintln!("skipped: what it needs is not installed; `sh tools/{name}.sh` installs it below target/");
        return None;
    }
    Some(own)
}

/// A script below tests/.
pub fn script(python: &Path, script: &str) -> Command {
    let mut command = Command::new(python);
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(script));
    command
}

/// What a script prints; the test fails where it does.
#[track_caller]
pub fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let (said, failed) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{failed}");
    said.into_owned()
}
