//! Pages that are made from the program say what it does today. `UPDATE_DOCS=1 cargo test --release --test docs` makes them again.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;

use altyn::{scenario, sweep};
use common::page::{filled, keep, path};

/// The page with its tables of keys, each between its marks, made again; and the names of those it has.
fn with_tables(name: &str, tables: &BTreeMap<&str, String>) -> (String, Vec<String>) {
    let page = std::fs::read_to_string(path(name)).unwrap();
    let mut made = String::new();
    let mut found = Vec::new();
    let mut rest = page.as_str();
    while let Some((before, after)) = rest.split_once("<!-- keys of ") {
        let (form, after) = after.split_once(" -->\n").unwrap();
        let (_, after) = after.split_once("<!-- end -->").unwrap();
        let table = tables.get(form).unwrap_or_else(|| panic!("{name} has keys of {form}, which are not known"));
        made.push_str(&format!("{before}<!-- keys of {form} -->\n{table}<!-- end -->"));
        found.push(form.to_owned());
        rest = after;
    }
    (made + rest, found)
}

#[track_caller]
fn check_tables(name: &str, tables: &BTreeMap<&str, String>, left_out: &[&str]) {
    let (text, found) = with_tables(name, tables);
    keep(name, &text);
    for form in tables.keys().filter(|form| !left_out.contains(form)) {
        assert!(found.iter().any(|name| name == form), "{name} lacks the keys of {form}");
    }
}

#[test]
fn the_scenario_language_lists_all_keys() {
    check_tables("docs/scenario-language.md", &scenario::key_tables(), &["technology-in-a-zone"]);
}

#[test]
fn the_page_on_sweeps_lists_all_keys() {
    let mut tables = sweep::key_tables();
    let of_scenarios = scenario::key_tables();
    tables.retain(|name, _| !of_scenarios.contains_key(name));
    check_tables("docs/sweeps.md", &tables, &["range", "normal"]);
}

#[test]
fn schemas_for_editors_are_those_of_the_program() {
    keep("scenarios/scenario.schema.json", &format!("{:#}\n", scenario::json_schema()));
    keep("scenarios/sweeps/sweep.schema.json", &format!("{:#}\n", sweep::json_schema()));
}

/// Files of the constraint families, in the order in which they are built, each after what it builds on.
fn families() -> Vec<String> {
    let text = std::fs::read_to_string(path("src/formulation/mod.rs")).unwrap();
    let (_, list) = text.split_once("pub const FAMILIES").unwrap();
    let (list, _) = list.split_once("];").unwrap();
    let mut files = vec!["discounting".to_owned()];
    for line in list.lines().filter(|line| line.trim().starts_with("(\"")) {
        let (_, builder) = line.split_once("\", ").unwrap();
        let family = builder.trim_end_matches("::add),").replace("::", "/");
        if family.ends_with("planning_reserve") {
            files.push("policies/peak".to_owned());
        }
        files.push(family);
    }
    assert_eq!(files.len(), altyn::formulation::FAMILIES.len() + 2);
    files
}

/// The comment at the head of a file: its title, and the text.
fn head_comment(file: &str) -> (String, String) {
    let text = std::fs::read_to_string(path(&format!("src/formulation/{file}.rs"))).unwrap();
    let lines =
        text.lines().map_while(|line| line.strip_prefix("//!")).map(|line| line.strip_prefix(' ').unwrap_or(line));
    let comment = lines.collect::<Vec<_>>().join("\n");
    let name = file.rsplit('/').next().unwrap().replace('_', " ");
    match comment.strip_prefix("**").and_then(|text| text.split_once("**")) {
        Some((title, text)) => (title.trim_end_matches('.').to_owned(), text.trim_start().to_owned()),
        None => (name[..1].to_uppercase() + &name[1..], comment),
    }
}

/// A title as the anchor of a heading.
fn anchor(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -".contains(*c))
        .collect::<String>()
        .replace(' ', "-")
}

/// Text in which references to other files of the program lead to their headings, or are plain where these have none.
fn with_links(text: &str, anchors: &BTreeMap<String, String>) -> String {
    let is_definition = |line: &str| line.starts_with('[') && line.contains("]: ");
    let text = text.lines().filter(|line| !is_definition(line)).collect::<Vec<_>>().join("\n");
    let mut made = String::new();
    let mut rest = text.trim_end();
    while let Some((before, after)) = rest.split_once('[') {
        let Some((name, after)) = after.split_once(']') else { break };
        let (target, after) = match after.strip_prefix("(super::").and_then(|after| after.split_once(')')) {
            Some((target, after)) => (Some(target), after),
            None => (None, after),
        };
        let to = target.and_then(|target| anchors.get(target.rsplit("::").next()?));
        made += before;
        made += &match to {
            Some(to) => format!("[{}](#{to})", name.trim_matches('`')),
            // A bracket that is none, or a name that leads nowhere here.
            None if name.starts_with('`') || target.is_some() => name.to_owned(),
            None => format!("[{name}]"),
        };
        rest = after;
    }
    made + rest
}

#[test]
fn the_mathematics_are_those_of_the_families() {
    let all: Vec<(String, (String, String))> =
        families().into_iter().map(|file| (head_comment(&file), file)).map(|(comment, file)| (file, comment)).collect();
    let stem = |file: &str| file.rsplit('/').next().unwrap().to_owned();
    let anchors = all.iter().map(|(file, (title, _))| (stem(file), anchor(title))).collect();
    let mut made = String::new();
    for (file, (title, text)) in &all {
        assert!(text.contains("```text") || text.contains('`'), "{file} has no formula");
        made +=
            &format!("\n## {title}\n\n{}\n\n[`{file}.rs`](../src/formulation/{file}.rs)\n", with_links(text, &anchors));
    }
    let page = std::fs::read_to_string(path("docs/mathematics.md")).unwrap();
    keep("docs/mathematics.md", &filled(&page, "families", &format!("{made}\n")));
}
