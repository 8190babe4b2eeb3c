//! `altyn new`: a scenario file of one's own, to begin with.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use super::{Exit, print, report, say};
use crate::diagnostics::capitalised;
use crate::scenario::{self, Starter, starter};

/// Arguments of `altyn new`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The scenario's name, or the path of its file: wind-boom, studies/wind-boom.toml
    #[arg(value_name = "NAME")]
    name: PathBuf,
    /// Scenario that it extends
    #[arg(long, value_name = "SCENARIO.toml")]
    extends: PathBuf,
}

/// Name of the schema that editors read, where there is one.
const SCHEMA: &str = "scenario.schema.json";

/// Writes the file; one that is there is left alone.
pub fn main(args: &Args) -> Exit {
    let Some(stem) = args.name.file_name().map(|name| name.to_string_lossy().into_owned()) else {
        say("error: a scenario needs a name\n  = help: altyn new wind-boom --extends reference.toml");
        return Exit::Invalid;
    };
    let stem = stem.strip_suffix(".toml").unwrap_or(&stem).to_owned();
    let file = args.name.with_file_name(format!("{stem}.toml"));
    let parent = match scenario::load(&args.extends, &[]) {
        Ok(parent) => parent,
        Err(diagnostics) => {
            report(&diagnostics);
            return Exit::Invalid;
        }
    };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = std::fs::create_dir_all(folder).and_then(|()| {
        let (folder, base) = (folder.canonicalize()?, args.extends.canonicalize()?);
        let extends = relative(&folder, &base);
        let known = schema(&folder).or_else(|| schema(base.parent()?));
        let known = known.map(|path| relative(&folder, &path)).map(|path| {
            // An editor takes what begins with a point for a path, and nothing else for sure.
            if path.starts_with('.') { path } else { format!("./{path}") }
        });
        let about = Starter {
            file: &file.display().to_string(),
            title: &title(&stem),
            extends: &extends,
            schema: known.as_deref(),
        };
        let text = starter(&parent.merged, &about);
        OpenOptions::new().write(true).create_new(true).open(&file)?.write_all(text.as_bytes())
    });
    match written {
        Ok(()) => print(&format!("{}: extends {}\n", file.display(), args.extends.display())),
        // A folder that is a file can not be made either.
        Err(error) if error.kind() == ErrorKind::AlreadyExists && file.exists() => {
            say(&format!("error: {} is there already\n  = help: take another name", file.display()));
            Exit::Invalid
        }
        Err(error) => {
            say(&format!("error: can not write {}: {error}", file.display()));
            Exit::Failed
        }
    }
}

/// A title from a file's stem: `wind-boom` is `Wind boom`.
fn title(stem: &str) -> String {
    capitalised(&stem.replace(['-', '_'], " "))
}

/// The schema in a folder, or in one of those around it.
fn schema(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(SCHEMA)).find(|path| path.is_file())
}

/// A path as seen from a folder; both are absolute.
fn relative(folder: &Path, path: &Path) -> String {
    let (from, to): (Vec<Component>, Vec<Component>) = (folder.components().collect(), path.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}
