//! Indicators and statistics, variables and charts.

use altyn::run;

use super::{GOOD, in_folder, problems, whole};

/// Indicators to be compared with observed values: an amount of energy, a fraction, and one whose unit is a mistake.
const OBSERVED: &str = r#"[indicators.power_twh]
measure = "supply"
commodity = "electricity"
technologies = "ccgt"
unit = "TWh"
[indicators.gas_twh]
measure = "use"
commodity = "gas"
unit = "TWh"
[indicators.yield]
measure = "ratio"
of = "power_twh"
by = "gas_twh"
unit = "1"
"#;

#[test]
fn sums() {
    let sums = r#"[indicators.all]
measure = "sum"
of = ["power_twh", "yield", "gas_tw"]
unit = "TWh"
[indicators.own]
measure = "sum"
of = ["power_twh", "own"]
unit = "GWh"
[indicators.nothing]
measure = "sum"
unit = "TWh"
"#;
    insta::assert_snapshot!(problems(&[("[demands.load]", &format!("{OBSERVED}{sums}[demands.load]"))]), @r#"
    error: there is no indicator `gas_tw`
      --> case.toml:45:29
       |
    45 | of = ["power_twh", "yield", "gas_tw"]
       |                             ^^^^^^^^
       |
       = help: did you mean `gas_twh`?

    error: this indicator is a plain number, and its unit is energy
      --> case.toml:46:8
       |
    46 | unit = "TWh"
       |        ^^^^^
       |
       = help: let the units of the indicators it is made of, and its own, fit together

    error: indicator `own` is made of itself
      --> case.toml:49:6
       |
    49 | of = ["power_twh", "own"]
       |      ^^^^^^^^^^^^^^^^^^^^
       |
       = help: let it count another one

    error: indicator `nothing` lacks `of`
      --> case.toml:51:13
       |
    51 | [indicators.nothing]
       |             ^^^^^^^ `of` is required
       |
       = help: add of = ["coal_generation_twh", "gas_generation_twh"]
    "#);
}

#[test]
fn statistics() {
    let statistics = r#"[statistics]
source = "the office"
[statistics.none]
[statistics.names]
indicator = "power_tw"
observed = { 2025 = "4 TWh", later = "5 TWh" }
tolerence = 0.1
[statistics.dimensions]
indicator = "power_twh"
observed = { 2025 = "4 GWh/h/h", 2030 = 5, 2035 = "6 twh", next = "5 TWh", 2040 = "8 bcm" }
least = "1 GW/yr"
tolerance = "3 TWh"
[statistics.fraction]
indicator = "yield"
observed = { 2025 = "4 TWh", 2030 = 0.58, 2035 = "58 %" }
tolerance = -0.1
least = -0.1
[statistics.always]
indicator = "power_twh"
observed = "4 TWh"
[statistics.never]
indicator = "yield"
observed = {}
tolerance = 5
[statistics.flat]
indicator = "yield"
observed = 0.58
"#;
    insta::assert_snapshot!(problems(&[("[demands.load]", &format!("{OBSERVED}{statistics}[demands.load]"))]));
}

/// A value that does not say where it comes from is a warning for each statistic, with its years.
#[test]
fn statistics_without_a_source() {
    let statistics = r#"[statistics.whole]
indicator = "power_twh"
source = "the office"
observed = { 2025 = "4 TWh" }
[statistics.part]
indicator = "power_twh"
observed = { 2025 = { value = "4 TWh", source = "the office" }, 2024 = "3 TWh", 2030 = "5 TWh" }
[statistics.series]
indicator = "yield"
observed = { 2025 = 0.58, source = "the office" }
"#;
    insta::assert_snapshot!(problems(&[("[demands.load]", &format!("{OBSERVED}{statistics}[demands.load]"))]), @r#"
    warning: statistic `part` does not say where its values come from: 2024, 2030
      --> case.toml:49:12
       |
    49 | observed = { 2025 = { value = "4 TWh", source = "the office" }, 2024 = "3 TWh", 2030 = "5 TWh" }
       |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: add source = "…" to the statistic, or to a year: { value = "…", source = "…" }
    "#);
}

/// A mistake in an indicator is said once, and not again for what was observed of it.
#[test]
fn statistics_of_an_indicator_that_is_wrong() {
    let statistics = r#"[indicators.wrong]
measure = "supply"
commodity = "electricity"
unit = "TWa"
[indicators.worse]
measure = "suply"
unit = "TWh"
[statistics.a]
indicator = "wrong"
observed = { 2025 = "4 TWh" }
source = "the office"
[statistics.b]
indicator = "worse"
observed = { 2025 = "4 TWh" }
least = "1 TWh"
source = "the office"
"#;
    insta::assert_snapshot!(problems(&[("[demands.load]", &format!("{OBSERVED}{statistics}[demands.load]"))]), @r#"
    error: unknown unit `TWa`
      --> case.toml:46:8
       |
    46 | unit = "TWa"
       |        ^^^^^
       |
       = help: did you mean `TWh`?

    error: unknown measure `suply`
      --> case.toml:48:11
       |
    48 | measure = "suply"
       |           ^^^^^^^
       |
       = help: did you mean "supply"? `measure` is one of "supply", "use", "peak", "capacity", "emissions", "trade", "link-flow", "link-utilisation", "cumulative", "ratio", "sum", "difference", "price", "policy-price", "system-cost", "investment", "unserved", "given"
    "#);
}

#[test]
fn patterns_and_prices() {
    insta::assert_snapshot!(whole(&[
        (
            "commodity = \"power\"\n[indicators.use]",
            "commodity = \"power\"\ncommodities = [\"power\"]\n[indicators.use]"
        ),
        ("except = [\"own-use:*\"]\n[indicators.peak]", "except = [\"own-use:lin\"]\n[indicators.peak]"),
        ("policies = [\"cap\"]\n[indicators.cost]", "policies = [\"cap\", \"reserve\"]\n[indicators.cost]"),
        ("values = { 2025 = \"480 bcm\" }", "values = { now = \"480 bcm\" }"),
    ]));
}

#[test]
fn variables() {
    insta::assert_snapshot!(whole(&[
        ("zones = { a = \"Country|A\" }", "zones = { a = \"Country\", b = 5 }"),
        ("units = { \"Mt CO2-equiv/yr\" = \"MtCO2e/yr\" }", "units = { \"Mt\" = 5 }"),
        ("unit = \"EJ/yr\"\nindicator = \"supply\"", "unit = \"EJ/y\"\nindicator = \"supply\""),
        (
            "[iamc.variables.Use]",
            "[iamc.variables.supply]\nunit = \"TWh\"\nindicator = \"use\"\nmeasure = \"use\"\n[iamc.variables.Empty]\n\
          unit = \"TWh\"\nmeasure = \"parts\"\n[iamc.variables.Use]"
        ),
        ("[iamc.variables.Price]\n", "[iamc.variables.Price]\ncovers = \"supply\"\n"),
    ]));
}

/// Parts that are not all of a total, or count something twice, are warnings.
#[test]
fn covers() {
    insta::assert_snapshot!(whole(&[(
        "[iamc.variables.\"Electricity|Supply\"]\nmeasure = \"supply\"\nunit = \"TWh\"\ncommodity = \"power\"",
        "[iamc.variables.\"Electricity|Sun\"]\nmeasure = \"supply\"\nunit = \"TWh\"\ncommodity = \"power\"\ntechnologies = \"sun\"\n\
          [iamc.variables.\"Electricity|Gas\"]\nmeasure = \"supply\"\nunit = \"TWh\"\ncommodity = \"gas\"\n\
          [iamc.variables.\"Electricity|Gas|Wells|Deep\"]\nmeasure = \"supply\"\nunit = \"TWh\"\ncommodity = \"gas\"\n\
          [iamc.variables.\"Electricity|Again\"]\nmeasure = \"supply\"\nunit = \"TWh\"\ncommodity = \"power\"\ntechnologies = \"sun\""
    )]));
}

#[test]
fn charts() {
    insta::assert_snapshot!(whole(&[
        ("color = \"#444444\"\ntechnologies = [\"plant\", \"dual\"]", "color = \"grey\"\ntechnologies = [\"plnt\"]"),
        ("indicators = [\"supply\", \"use\"]", "indicators = [\"supply\", \"peak\"]"),
        ("show = \"additions\"", "show = \"addition\""),
    ]));
}

/// What `altyn calibrate` and `--format iamc` need of a scenario.
#[test]
fn what_results_need() {
    let observed = format!(
        "{OBSERVED}[statistics.gas]\nindicator = \"gas_twh\"\nsource = \"x\"\nobserved = {{ 1999 = \"1 TWh\" }}\n"
    );
    let told = [GOOD.to_owned(), format!("{GOOD}{observed}")].map(|text| {
        in_folder(&[("case.toml", &text)], |folder| {
            let read = || run::load(&folder.join("case.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}"));
            format!("{}\n{}", run::comparable(read()).unwrap_err(), run::reportable(read()).unwrap_err())
        })
    });
    insta::assert_snapshot!(told.join("\n\n"));
}
