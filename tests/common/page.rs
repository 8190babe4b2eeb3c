//! Pages that are made from the program, or in part.

use std::path::{Path, PathBuf};

/// A file of the repository.
pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Fails where a file does not hold a text; or makes it so, where that is asked for.
#[track_caller]
pub fn keep(name: &str, text: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path(name), text).unwrap();
    }
    let is = std::fs::read_to_string(path(name)).unwrap_or_default();
    let differs = || is.lines().zip(text.lines()).find(|(is, should)| is != should);
    assert!(
        is == text,
        "{name} is not what it is made from; UPDATE_DOCS=1 cargo test --release --test {} makes it again\n{:#?}",
        env!("CARGO_CRATE_NAME"),
        differs()
    );
}

/// A page with other text between `<!-- mark -->` and the next `<!-- end -->`.
pub fn filled(page: &str, mark: &str, text: &str) -> String {
    let mark = format!("<!-- {mark} -->\n");
    let (before, after) = page.split_once(&mark).unwrap_or_else(|| panic!("the page has no {mark}"));
    let (_, after) = after.split_once("<!-- end -->").unwrap();
    format!("{before}{mark}{text}<!-- end -->{after}")
}
