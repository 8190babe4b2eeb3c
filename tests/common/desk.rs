//! A folder with files in which the program runs, as people run it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A scenario that is solved at once.
pub const SMALL: &str = r#"
title = "A small scenario"
[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030]
[time]
slices = { base = 0.8, peak = 0.2 }
[zones.a]
title = "All there is"
[pollutants.co2]
[commodities.gas]
price = { 2025 = "20 USD/MWh", 2030 = "25 USD/MWh", source = "a guess", quality = "estimate" }
emissions = { co2 = "56.1 t/TJ" }
[commodities.electricity]
[profiles.load]
slices = { base = 0.8, peak = 1.8 }
[technologies.ccgt]
inputs = "gas"
outputs = "electricity"
efficiency = 0.5
capital-cost = "900 USD/kW"
lifetime = "25 yr"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
profile = "load"
[indicators.co2_mt]
title = "Emissions"
measure = "emissions"
unit = "Mt"
pollutants = "co2"
"#;

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

    /// All files of a folder by name.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap());
        entries.map(|e| (e.file_name().to_string_lossy().into_owned(), std::fs::read(e.path()).unwrap())).collect()
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
