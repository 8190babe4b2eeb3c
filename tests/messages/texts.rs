//! Texts, quantities and files.

use super::{GOOD, problems, said, whole};

#[test]
fn five_mistakes_make_five_errors() {
    insta::assert_snapshot!(problems(&[
        ("capital-cost = \"900 USD/kW\"", "capitl-cost = \"900 USD/kW\""),
        ("annual = \"10 TWh\"", "annual = \"10 GW/yr\""),
        ("zone = \"north\"", "zone = \"nort\""),
        ("price = \"20 USD/MWh\"", "price = \"20 USD/MWH\""),
        ("discount-rate = 0.05", "discount-rate = 5"),
    ]));
}

#[test]
fn wrong_dimensions_and_units() {
    insta::assert_snapshot!(problems(&[
        ("lifetime = \"25 yr\"", "lifetime = 25"),
        ("capital-cost = \"900 USD/kW\"", "capital-cost = \"900 USD/MWh\"\nfixed-cost = \"1,000 USD/kW/yr\""),
        ("price = \"20 USD/MWh\"", "price = \"200 USD/1000m3\""),
        ("efficiency = 0.58", "efficiency = \"58 €\""),
        ("annual = \"10 TWh\"", "annual = { 2025 = \"10 TWh\", later = \"20 TWh\" }"),
    ]));
}

#[test]
fn missing_keys() {
    insta::assert_snapshot!(problems(&[
        ("price-year = 2023", ""),
        ("lifetime = \"25 yr\"", ""),
        ("outputs = \"electricity\"\n", ""),
        ("annual = \"10 TWh\"", ""),
        ("slices = { base = 0.8, peak = 0.2 }", ""),
    ]));
}

#[test]
fn texts_that_are_not_toml() {
    insta::assert_snapshot!(said("title = \n[money\nprice-year = 2023\nx = 1 2\n[zones.a]\n[zones.a]\n", &[]));
}

/// Spaces and commas between thousands are not guessed at.
#[test]
fn numbers_with_gaps() {
    insta::assert_snapshot!(problems(&[
        ("capital-cost = \"900 USD/kW\"", "capital-cost = \"1 900 USD/kW\""),
        ("annual = \"10 TWh\"", "annual = \"10,5 TWh\""),
    ]));
}

#[test]
fn files_that_are_not_there() {
    insta::assert_snapshot!(said("extends = [\"bse.toml\", \"base.toml\"]", &[("base.toml", GOOD)]));
}

/// A cost per capacity and year has the dimension of one per energy; people are told the former.
#[test]
fn dimensions_have_the_names_that_people_use() {
    let text = problems(&[("lifetime = \"25 yr\"", "lifetime = \"25 yr\"\nfixed-cost = \"40 USD/kW\"")]);
    assert!(text.contains("needs money per capacity and year"), "{text}");
}

/// Where figures come from, and what stands beside them.
#[test]
fn sources() {
    insta::assert_snapshot!(problems(&[
        (
            "discount-rate = 0.05",
            "discount-rate = { value = 0.05, sorce = \"a book\" }\nquality = \"rumour\"\nnote = 5"
        ),
        ("efficiency = 0.58", "efficiency = nan"),
    ]));
}

#[test]
fn quantities() {
    let cost = |cost: &str| problems(&[("\"900 USD/kW\"", cost)]);
    insta::assert_snapshot!(
        [
            "\"about 900 USD/kW\"",
            "\"900 USD/kW]\"",
            "\"900 USD/(kW\"",
            "\"900 USD/\"",
            "\"900 USD/kv\"",
            "\"1e400 USD/kW\"",
            "\"1e300 BUSD/kW\"",
            "\"1e20 USD/kW\"",
            "\"900 ((((((((((((((((((USD))))))))))))))))))\"",
            "\"900 USD2001/kW\"",
            "\"900 RUB/kW\"",
            "true",
        ]
        .map(cost)
        .join("\n\n")
    );
}

#[test]
fn values_of_the_wrong_kind() {
    insta::assert_snapshot!(whole(&[
        ("title = \"Every table\"", "title = 5"),
        ("threads = 1", "threads = [1]"),
        ("external = true", "external = \"yes\""),
        ("edge = 5", "edge = 0.5"),
        ("[policies.cap]", "[policies]\nnone = 5\n[policies.cap]"),
        ("technologies = [\"sun\"]\n\n[demands.load]", "technologies = [5]\n\n[demands.load]"),
    ]));
}

#[test]
fn files_that_extend_each_other() {
    let chain: Vec<(String, String)> =
        (0..70).map(|n| (format!("{n}.toml"), format!("extends = \"{}.toml\"", n + 1))).collect();
    let chain: Vec<(&str, &str)> = chain.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let all = [
        said("extends = \"a.toml\"", &[("a.toml", "extends = \"b.toml\""), ("b.toml", "extends = \"a.toml\"")]),
        said("extends = \"0.toml\"", &chain),
        said("extends = [\"base.toml\", 5]\nremove = [\"zones.nort\", \"nothing.at.all\"]", &[("base.toml", GOOD)]),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}
