//! The tutorial: its commands work, and those that are quick say what the page says.
//! `UPDATE_DOCS=1 cargo test --release --test tutorial` writes what they say today into the page.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;
use std::process::Output;

use common::desk::Desk;

const PAGE: &str = "docs/tutorial.md";

/// Lines of a file that are shown.
const SHOWN: usize = 20;

/// A block of code, with what its first line says of it: ```` ```sh ````.
struct Block<'a> {
    kind: &'a str,
    text: &'a str,
    /// The comment before it: `<!-- file: a.toml -->`, `<!-- slow -->`.
    mark: Option<&'a str>,
}

/// All blocks of code of a page.
fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("```") {
        let (kind, after) = after.split_once('\n').unwrap();
        let (text, after) = after.split_once("```").unwrap();
        let last = before.trim_end().lines().last().unwrap_or("");
        let mark = last.strip_prefix("<!-- ").and_then(|mark| mark.strip_suffix(" -->"));
        found.push(Block { kind, text, mark });
        rest = after;
    }
    found
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// Words of a command line, as a shell takes them.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn the_tutorial_is_right() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let desk = Desk::new(&[]);
    copy(&root.join("scenarios"), &desk.path("scenarios"));
    let page = std::fs::read_to_string(root.join(PAGE)).unwrap();
    let mut today = page.clone();
    let mut said = String::new();
    let mut tried = 0;
    for block in blocks(&page) {
        match (block.kind, block.mark) {
            ("toml", Some(mark)) if mark.starts_with("file: ") => {
                std::fs::write(desk.path(mark.trim_start_matches("file: ")), block.text).unwrap();
            }
            ("sh", mark) if mark != Some("slow") => {
                said.clear();
                for line in block.text.lines().filter(|line| line.starts_with("altyn ")) {
                    let args = words(line);
                    let args: Vec<&str> = args.iter().skip(1).map(String::as_str).collect();
                    let Output { status, stdout, stderr } = desk.command(&args).output().unwrap();
                    // A mistake that is shown is an error as well.
                    assert!(matches!(status.code(), Some(0 | 2)), "{line}\n{}", String::from_utf8_lossy(&stderr));
                    said += &String::from_utf8(stderr).unwrap();
                    said += &String::from_utf8(stdout).unwrap();
                    tried += 1;
                }
            }
            // What the commands before it say.
            ("text", Some("output")) => today = today.replacen(block.text, &said, 1),
            // The first lines of a file that they wrote.
            ("toml", Some(mark)) if mark.starts_with("show: ") => {
                let text = std::fs::read_to_string(desk.path(mark.trim_start_matches("show: "))).unwrap();
                let first: String = text.lines().take(SHOWN).flat_map(|line| [line, "\n"]).collect();
                today = today.replacen(block.text, &format!("{first}# …\n"), 1);
            }
            _ => {}
        }
    }
    assert!(tried > 4, "{tried} commands");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(root.join(PAGE), &today).unwrap();
    }
    let is = std::fs::read_to_string(root.join(PAGE)).unwrap();
    let differs: Vec<_> = is.lines().zip(today.lines()).filter(|(is, should)| is != should).take(3).collect();
    assert!(is == today, "{PAGE} is not what its commands say today: {differs:#?}");
}
