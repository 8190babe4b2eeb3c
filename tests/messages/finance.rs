//! Money, rates, lives and sources of finance.

use super::{problems, whole};

/// Mistakes in sources of finance, and in an indicator that counts what they finance.
#[test]
fn sources_of_finance() {
    insta::assert_snapshot!(problems(&[(
        "[demands.load]",
        "[finance.chinese]\ncost-of-captial = 0.04\nmax = \"1.8 GW/yr\"\ntechnologies = [\"cgt\"]\nlinks = []\n\
         [finance.bank]\ncost-of-capital = 5\nmax = \"-1 BUSD/yr\"\nzones = [\"sooth\"]\nlinks = [\"line\"]\n\
         [finance.fund]\ncost-of-capital = { 2025 = \"5 %\", soon = \"4 %\" }\nlimit = \"1 BUSD/yr\"\n\
         [finance.unspecified]\ncost-of-capital = 0.1\n[finance]\nhome = 0.1\n\
         [indicators.chinese]\nmeasure = \"investment\"\nunit = \"BUSD\"\nfinance = [\"chinse\"]\n[demands.load]",
    )]));
}

/// Sources that are no mistakes, and yet do nothing: one whose technologies can not be built, and a price where no price counts.
#[test]
fn sources_of_finance_that_do_nothing() {
    insta::assert_snapshot!(problems(&[
        ("discount-rate = 0.05", "discount-rate = 0.05\naccounting = \"overnight\""),
        (
            "[demands.load]",
            "[technologies.old]\noutputs = \"electricity\"\ncapacity = \"1 GW\"\n[finance.fund]\ncost-of-capital = 0.04\n\
             technologies = [\"old\"]\n[demands.load]",
        ),
    ]));
}

/// A life next to nothing would make instalments without end.
#[test]
fn lives_are_not_next_to_nothing() {
    insta::assert_snapshot!(problems(&[("lifetime = \"25 yr\"", "lifetime = \"25 h\"\neconomic-life = \"1e-20 yr\"")]));
}

/// Figures that are well-formed but would leave nothing of the accuracy of a solution.
#[test]
fn figures_beyond_what_can_be_meant() {
    let policy = "[policies.pace]\nkind = \"growth-limit\"\ntechnologies = \"ccgt\"\nrate = 200\nseed = \"1 GW/yr\"\n\
                  [demands.load]";
    insta::assert_snapshot!(problems(&[
        ("discount-rate = 0.05", "discount-rate = 1.0\nbase-year = 1800"),
        ("[demands.load]", policy),
    ]));
    let growth = |rate: &str| format!("lifetime = \"25 yr\"\ngrowth-rate = {rate}\ngrowth-seed = \"1 GW/yr\"");
    insta::assert_snapshot!("growth_like_a_percentage", problems(&[("lifetime = \"25 yr\"", &growth("20"))]));
    assert_eq!(problems(&[("lifetime = \"25 yr\"", &growth("\"20 %\""))]), "");
}

#[test]
fn money() {
    insta::assert_snapshot!(whole(&[
        ("exchange-rates = { KZT = 456 }", "exchange-rates = { KZT = -1, EUR = \"0.9\" }"),
        ("deflators = { 2016 = 78.7, 2023 = 100 }", "deflators = { 2016 = 0, old = 100 }"),
        ("capital-cost = \"600 USD/kW\"", "capital-cost = \"600 USD1999/kW\""),
        ("variable-cost = \"5 USD/MWh\"", "variable-cost = \"5 RUB/MWh\""),
    ]));
}
