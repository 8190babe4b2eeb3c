//! Making a scenario: `altyn new`, and what shells and readers of manuals get.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::desk::Desk;

const BASE: &str = r#"
title = "Base"
[money]
price-year = 2023
discount-rate = 0.05
[horizon]
years = [2025, 2030]
[time]
slices = { year = 1 }
[zones.a]
[commodities.electricity]
[technologies.plant]
title = "A plant"
outputs = "electricity"
capital-cost = { 2025 = "900 USD/kW", 2030 = "800 USD/kW", source = "a guess" }
lifetime = "25 yr"
[technologies."odd name"]
outputs = "electricity"
capital-cost = "1000 USD/kW"
lifetime = "25 yr"
[demands.load]
zone = "a"
commodity = "electricity"
annual = { value = "10 TWh", source = "a guess" }
[policies.least]
kind = "capacity-limit"
technologies = ["plant"]
min = { value = "1 GW", source = "a guess" }
"#;

fn read(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.path(name)).unwrap()
}

#[test]
fn a_new_scenario_is_valid_and_shows_what_can_be_changed() {
    let desk = Desk::new(&[("base.toml", BASE)]);
    let (out, err) = desk.run(&["new", "wind-boom", "--extends", "base.toml"], 0);
    assert_eq!((out.as_str(), err.as_str()), ("wind-boom.toml: extends base.toml\n", ""));
    desk.run(&["check", "wind-boom.toml"], 0);
    insta::assert_snapshot!(read(&desk, "wind-boom.toml"));
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let desk = Desk::new(&[("base.toml", BASE), ("mine.toml", "title = \"Mine\"")]);
    let (_, said) = desk.run(&["new", "mine", "--extends", "base.toml"], 2);
    assert!(said.contains("mine.toml is there already"), "{said}");
    assert_eq!(read(&desk, "mine.toml"), "title = \"Mine\"");
}

#[test]
fn paths_are_as_seen_from_the_new_file() {
    let desk = Desk::new(&[]);
    std::fs::create_dir_all(desk.path("our models")).unwrap();
    std::fs::write(desk.path("our models/base case.toml"), BASE).unwrap();
    std::fs::write(desk.path("scenario.schema.json"), "{}").unwrap();
    desk.run(&["new", "stu dies/deep/wind.toml", "--extends", "our models/base case.toml"], 0);
    let text = read(&desk, "stu dies/deep/wind.toml");
    assert!(text.starts_with("#:schema ../../scenario.schema.json\n"), "{text}");
    assert!(text.contains("extends = \"../../our models/base case.toml\""), "{text}");
    assert!(text.contains("altyn check 'stu dies/deep/wind.toml'"), "{text}");
    desk.run(&["check", "stu dies/deep/wind.toml"], 0);
    desk.run(&["new", "beside", "--extends", "our models/base case.toml"], 0);
    assert!(read(&desk, "beside.toml").starts_with("#:schema ./scenario.schema.json\n"));
}

#[test]
fn nothing_is_written_where_something_is_wrong() {
    let desk = Desk::new(&[("wrong.toml", "title = 5")]);
    let (_, said) = desk.run(&["new", "deep/mine", "--extends", "wrong.toml"], 2);
    assert!(said.contains("wrong.toml:1:9"), "{said}");
    let (_, said) = desk.run(&["new", "deep/mine", "--extends", "nowhere.toml"], 2);
    assert!(said.contains("there is no such file"), "{said}");
    let (_, said) = desk.run(&["new", "..", "--extends", "wrong.toml"], 2);
    assert!(said.contains("a scenario needs a name"), "{said}");
    assert!(!desk.path("deep").exists());
}

#[test]
fn shells_and_manuals_know_all_commands() {
    let desk = Desk::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (text, _) = desk.run(&["completions", shell], 0);
        assert!(["run", "check", "new", "schema", "extends"].iter().all(|word| text.contains(word)), "{shell}");
    }
    desk.run(&["man", "--out", "man/man1"], 0);
    assert!(read(&desk, "man/man1/altyn.1").contains("altyn\\-schema"));
    assert!(read(&desk, "man/man1/altyn-new.1").contains("wind\\-boom"));
}
