//! Sweep files.

use altyn::sweep::Plan;

use super::{GOOD, in_folder};

/// Diagnostics of a sweep over the good scenario.
fn swept(text: &str) -> String {
    let files = [("sweep.toml", text), ("base.toml", GOOD)];
    in_folder(&files, |folder| {
        Plan::read(&folder.join("sweep.toml"), &[]).map_or_else(|d| d.to_string(), |_| String::new())
    })
}

/// Diagnostics of one parameter.
fn parameter(text: &str) -> String {
    swept(&format!("scenario = \"base.toml\"\ndesign = {{ kind = \"one-at-a-time\" }}\n[parameters.cost]\n{text}\n"))
}

#[test]
fn parameters() {
    let path = "path = \"technologies.ccgt.capital-cost\"\n";
    let all = [
        parameter("path = \"technologies.cgt.capital-cost\"\nvalues = [\"1 USD/kW\"]"),
        parameter("path = [\"title.x\", \"extends\"]\nvalues = [1]"),
        parameter(&format!("{path}scale = true\nvalues = [\"1 USD/kW\", true]")),
        parameter(&format!("{path}scale = true\nuniform = [\"1 USD\", \"2 USD\"]")),
        parameter("path = \"demands.load.zone\"\nscale = true\nvalues = [1.5]"),
        parameter(&format!("{path}values = [1]\nuniform = [0, 1]")),
        parameter(&format!("{path}uniform = [3, 1]")),
        parameter(&format!("{path}triangular = [3, 1]")),
        parameter(&format!("{path}normal = {{ mean = \"5 USD/kW\", deviation = 1 }}")),
        parameter(&format!("{path}range = {{ from = \"5 USD/kW\", to = true, steps = 1 }}")),
        parameter(&format!("{path}values = 5")),
        parameter(path),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn designs() {
    let design = |design: &str| {
        let values = (0..60).map(|n| format!("\"{n} USD/kW\"")).collect::<Vec<_>>().join(", ");
        let list =
            |n: usize| format!("[parameters.p{n}]\npath = \"technologies.ccgt.capital-cost\"\nvalues = [{values}]\n");
        swept(&format!("scenario = \"base.toml\"\n[design]\n{design}\n{}", (0..3).map(list).collect::<String>()))
    };
    let all = [
        design("kind = \"grid\""),
        design("kind = \"grid\"\nsamples = 5"),
        design("kind = \"monte-carlo\""),
        design("kind = \"monte-carlo\"\nsamples = 1000000"),
        design("kind = \"monte carlo\""),
        swept("scenario = \"bas.toml\"\ndesign = { kind = \"grid\" }\nparameters = {}"),
        swept(""),
        in_folder(&[("a.toml", "")], |folder| Plan::read(&folder.join("b.toml"), &[]).unwrap_err().to_string()),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn sizes() {
    let path = "path = \"technologies.ccgt.capital-cost\"\n";
    let values = |count| format!("{path}values = [{}]\n", "1, ".repeat(count));
    let parameters: String = (0..201).map(|n| format!("[parameters.p{n}]\n{}", values(1))).collect();
    let many = swept(&format!("scenario = \"base.toml\"\ndesign = {{ kind = \"one-at-a-time\" }}\n{parameters}"));
    let all = [parameter(&values(1001)), many];
    let first =
        all.map(|said| said.lines().filter(|line| line.trim().len() < 120).take(7).collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!(first.join("\n\n"));
}
