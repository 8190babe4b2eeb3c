//! A case: the files that a reader is given, kept as one text.
//!
//! ```text
//! === scenario.toml
//! extends = "base.toml"
//! === p.csv x 8760
//! load
//! 1
//! ```
//!
//! The last line of `p.csv` stands there 8760 times. The reader is that of scenarios where there is a `scenario.toml`, of sweeps where
//! there is a `sweep.toml`, and else that of the tables of OSeMOSYS.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What a line begins with that names a file.
const HEAD: &[u8] = b"=== ";

/// Bytes from which a file does not grow any more: readers take no file as large.
const LARGEST: usize = 40 << 20;

/// A file of a case.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// How often its last line stands there.
    pub repeated: usize,
}

/// The files of a case, the one that is read first.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Case {
    /// Its files.
    pub files: Vec<File>,
}

impl File {
    /// A file without a repeated line.
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), bytes: bytes.into(), repeated: 1 }
    }

    /// What is written to disk.
    pub fn written(&self) -> Vec<u8> {
        let body = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        let last = body.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let mut written = self.bytes.clone();
        for _ in 1..self.repeated {
            if written.len() > LARGEST {
                break;
            }
            written.extend_from_slice(&self.bytes[last..]);
        }
        written
    }
}

impl Case {
    /// All cases of a folder, with their names.
    pub fn all(folder: &Path) -> Vec<(String, Case)> {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let is_case = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "case");
        let named = |path: PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, Case::read(&std::fs::read(&path).unwrap()))
        };
        paths.into_iter().filter(is_case).map(named).collect()
    }

    /// Files that stand elsewhere in the repository: a scenario of every table, and a model of OSeMOSYS.
    pub fn shipped() -> [Case; 2] {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let whole = std::fs::read(root.join("src/scenario/schema/examples/every-table.toml")).unwrap();
        let mut tables: Vec<File> = std::fs::read_dir(root.join("tests/cases/osemosys-utopia/tables"))
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| File::new(&entry.file_name().to_string_lossy(), std::fs::read(entry.path()).unwrap()))
            .collect();
        tables.sort_by(|a, b| a.name.cmp(&b.name));
        [Case { files: vec![File::new("scenario.toml", whole)] }, Case { files: tables }]
    }

    /// Reads the text of a case.
    pub fn read(text: &[u8]) -> Self {
        let mut case = Case::default();
        for line in text.split_inclusive(|&byte| byte == b'\n') {
            match (line.strip_prefix(HEAD), case.files.last_mut()) {
                (Some(head), _) => {
                    let head = String::from_utf8_lossy(head).trim_end().to_owned();
                    let (name, repeated) = head.rsplit_once(" x ").unwrap_or((&head, "1"));
                    case.files.push(File { repeated: repeated.parse().unwrap(), ..File::new(name, []) });
                }
                (None, Some(file)) => file.bytes.extend_from_slice(line),
                (None, None) => panic!("a case begins with the name of a file"),
            }
        }
        // The line break before the next file is none of the file's own.
        let last = case.files.len().saturating_sub(1);
        for file in &mut case.files[..last] {
            file.bytes.pop();
        }
        case
    }

    /// The text of a case.
    pub fn text(&self) -> Vec<u8> {
        let one = |file: &File| {
            let times = if file.repeated == 1 { String::new() } else { format!(" x {}", file.repeated) };
            [HEAD, format!("{}{times}\n", file.name).as_bytes(), &file.bytes].concat()
        };
        self.files.iter().map(one).collect::<Vec<_>>().join(&b'\n')
    }

    /// A name that tells it from other cases.
    pub fn name(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        format!("found-{:08x}.case", hasher.finish() >> 32)
    }

    /// Writes it into a folder.
    pub fn keep(&self, folder: &Path) -> PathBuf {
        let path = folder.join(self.name());
        std::fs::write(&path, self.text()).unwrap();
        path
    }
}
