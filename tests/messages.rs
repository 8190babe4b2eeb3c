//! What the reader says about mistakes: place, words and suggestion of each kind.

#![allow(clippy::unwrap_used, clippy::panic)]

use altyn::scenario;
use proptest::prelude::*;

/// A valid scenario to spoil.
const GOOD: &str = r#"
[money]
price-year = 2023
discount-rate = 0.05

[horizon]
years = [2025, 2030]

[time]
slices = { base = 0.8, peak = 0.2 }

[zones.north]
[zones.south]

[pollutants.co2]

[commodities.electricity]
[commodities.gas]
price = "20 USD/MWh"
emissions = { co2 = "56.1 t/TJ" }

[technologies.ccgt]
inputs = "gas"
outputs = "electricity"
efficiency = 0.58
capital-cost = "900 USD/kW"
lifetime = "25 yr"

[demands.load]
zone = "north"
commodity = "electricity"
annual = "10 TWh"
"#;

/// Diagnostics of a scenario in which some texts were replaced.
fn problems(replacements: &[(&str, &str)]) -> String {
    let mut text = GOOD.to_owned();
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    said(&text, &[])
}

/// Diagnostics of a scenario, with the folder left out of the paths.
fn said(text: &str, files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    let path = folder.path().join("case.toml");
    std::fs::write(&path, text).unwrap();
    let said = match scenario::load(&path, &[]) {
        Ok(loaded) => loaded.warnings.to_string(),
        Err(diagnostics) => {
            assert!(diagnostics.iter().all(|d| d.help.is_some()), "every error says what to do: {diagnostics}");
            diagnostics.to_string()
        }
    };
    said.replace(&format!("{}/", folder.path().display()), "").trim_end().to_owned()
}

#[test]
fn the_good_scenario_is_good() {
    assert_eq!(problems(&[]), "");
}

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

/// Mistakes in the order of slices, and in what is carried through the years.
#[test]
fn orders_and_horizons() {
    insta::assert_snapshot!(problems(&[
        (
            "slices = { base = 0.8, peak = 0.2 }",
            "slices = { base = 0.8, peak = 0.2 }\norder = [[\"base\", \"pek\"], []]",
        ),
        (
            "lifetime = \"25 yr\"",
            "lifetime = \"25 yr\"\ncoefficients = \"operating\"\nprofile = { 2025 = \"sun\", later = \"sun\" }\n\
             [technologies.lake]\ncapacity = \"1 GW\"\ncoefficients = \"operation\"\n[technologies.lake.storage]\n\
             commodity = \"electricity\"\nduration = \"4 h\"\nenergy-capacity = \"1 TWh\"\ncycle = \"horizon\"\nloss = \"1 %/h\"\n\
             [technologies.pond]\ncapacity = \"1 GW\"\n\
             storage = { commodity = \"electricity\", duration = \"4 h\", start-level = \"1 TWh\" }",
        ),
        (
            "[demands.load]",
            "[profiles.sun]\nslices = { base = 1, peak = 1 }\nshares = { base = 1, peak = 0 }\n\
             [policies.mine]\nkind = \"activity-budget\"\ntechnologies = [\"ccgt\", \"lake\"]\nmax = \"5 TWh\"\nmin = \"1 TWh\"\n\
             [policies.ore]\nkind = \"activity-budget\"\ntechnologies = [\"ccgt\"]\nto = 2020\n\
             [policies.reserve]\nkind = \"planning-reserve\"\ncommodity = \"electricity\"\nmargin = 0.1\npeak = \"load\"\n[demands.load]",
        ),
    ]));
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

#[test]
fn things_that_do_not_exist() {
    insta::assert_snapshot!(problems(&[
        ("inputs = \"gas\"", "inputs = \"gaz\"\nzones = [\"*th\", \"west\"]\nprofile = \"wind\""),
        ("commodity = \"electricity\"", "commodity = \"heat\""),
        (
            "[demands.load]",
            "[assets.old]\ntechnology = \"ccg\"\nzone = \"north\"\ncapacity = \"1 GW\"\ncommissioned = 2000\n\
             [policies.cap]\nkind = \"emission-cap\"\npollutants = [\"co\"]\nmax = \"5 Mt\"\n\
             [indicators.i]\nmeasure = \"ratio\"\nunit = \"1\"\nof = \"j\"\nby = \"i\"\n[demands.load]"
        ),
    ]));
}

#[test]
fn values_out_of_range() {
    insta::assert_snapshot!(problems(&[
        ("years = [2025, 2030]", "years = [2025, 2030, 2030, \"later\"]"),
        ("slices = { base = 0.8, peak = 0.2 }", "slices = { base = 0.8, peak = 0.3 }"),
        ("lifetime = \"25 yr\"", "lifetime = \"-25 yr\""),
        ("annual = \"10 TWh\"", "annual = \"-10 TWh\""),
        ("efficiency = 0.58", "efficiency = 0"),
    ]));
}

#[test]
fn things_that_exclude_each_other() {
    insta::assert_snapshot!(problems(&[
        ("slices = { base = 0.8, peak = 0.2 }", "slices = { base = 0.8, peak = 0.2 }\ndays = 4"),
        ("inputs = \"gas\"", "inputs = { gas = 1.7 }"),
        (
            "[demands.load]",
            "[technologies.store]\noutputs = \"electricity\"\ncapital-cost = \"100 USD/kW\"\nlifetime = \"10 yr\"\n\
             storage = { commodity = \"electricity\", duration = \"4 h\", energy-capital-cost = \"100 USD/kWh\" }\n\
             [markets.m]\nzone = \"north\"\ncommodity = \"electricity\"\ntrade = \"buy\"\nprice = \"1 USD/MWh\"\nsteps = []\n\
             [links.loop]\nfrom = \"north\"\nto = \"north\"\ncommodity = \"electricity\"\n[demands.load]"
        ),
    ]));
}

#[test]
fn texts_that_are_not_toml() {
    insta::assert_snapshot!(said("title = \n[money\nprice-year = 2023\nx = 1 2\n[zones.a]\n[zones.a]\n", &[]));
}

/// Tables that are well-formed one by one but do not go together.
#[test]
fn things_that_do_not_fit_together() {
    insta::assert_snapshot!(problems(&[
        ("lifetime = \"25 yr\"", "lifetime = \"25 yr\"\nmin-build = \"2 GW/yr\"\nmax-build = \"1 GW/yr\""),
        (
            "[demands.load]",
            r#"[markets.fuel]
zone = "north"
commodity = "gas"
trade = "import"
price = "5 USD/MWh"
[markets.sale]
zone = "north"
commodity = "electricity"
trade = "export"
price = "5 USD/MWh"
max-volume = "1 TWh"
min-volume = "2 TWh"
[policies.tax]
kind = "emission-price"
pollutants = ["co2"]
price = "10 USD/t"
[policies.quota]
kind = "share"
technologies = ["ccgt"]
commodity = "electricity"
min = 1.2
[indicators.tax]
measure = "policy-price"
policies = ["tax"]
unit = "USD/MWh"
[indicators.sum]
measure = "cumulative"
of = "tax"
unit = "bcm"
[indicators.flow]
measure = "supply"
commodity = "electricity"
technologies = ["ccgtt"]
unit = "TWh"
[demands.load]"#
        ),
    ]));
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

/// The same scenario by hours, with a profile from a file.
fn with_profile(csv: &str, profile: &str) -> String {
    let text = GOOD.replace("slices = { base = 0.8, peak = 0.2 }", "days = 2");
    let text = text + "profile = \"load\"\n" + profile;
    said(&text, &[("p.csv", csv)])
}

#[test]
fn profiles() {
    let hours = |value: &str| format!("load,wind\n{}", format!("1,{value}\n").repeat(8760));
    let table = "[profiles.load]\nfile = \"p.csv\"\ncolumn = ";
    insta::assert_snapshot!("unknown_column", with_profile(&hours("1"), &format!("{table}\"laod\"")));
    insta::assert_snapshot!("short_file", with_profile("load\n1\n2\n", &format!("{table}\"load\"")));
    insta::assert_snapshot!("bad_value", with_profile(&hours("n/a"), &format!("{table}\"wind\"")));
    insta::assert_snapshot!("large_value", with_profile(&hours("1e300"), &format!("{table}\"wind\"")));
    let scaled =
        format!("{table}\"load\"\nscale = 1e12\n[profiles.more]\nfile = \"p.csv\"\ncolumn = \"wind\"\nscale = 1e12");
    insta::assert_snapshot!("large_scale", with_profile(&hours("2"), &scaled));
    insta::assert_snapshot!("ragged_rows", with_profile("load,wind\n1,2\n3\n", &format!("{table}\"load\"")));
    insta::assert_snapshot!("no_file", with_profile("", "[profiles.load]\nfile = \"q.csv\"\ncolumn = \"load\""));
    insta::assert_snapshot!("by_slice", with_profile("", "[profiles.load]\nslices = { base = 1 }"));
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

/// Growth starts before the pathway, and from an amount.
#[test]
fn growth_that_starts_nowhere() {
    let policy = |start: &str| {
        format!(
            "[policies.pace]\nkind = \"activity-growth\"\ntechnologies = \"ccgt\"\nrate = 0.1\n{start}\n[demands.load]"
        )
    };
    let said = |start: &str| problems(&[("[demands.load]", &policy(start))]);
    insta::assert_snapshot!([said("start = \"1 TWh\"\nstart-year = 2025"), said("start-year = 2020")].join("\n\n"));
    assert_eq!(said("start = \"1 TWh\"\nstart-year = 2024"), "");
}

#[test]
fn capacities_that_exclude_each_other() {
    insta::assert_snapshot!(problems(&[(
        "lifetime = \"25 yr\"",
        "lifetime = \"25 yr\"\nmin-capacity = \"5 GW\"\nmax-capacity = { 2025 = \"9 GW\", 2030 = \"1 GW\" }"
    )]));
}

/// A rule on nothing would be no rule, and a credit below 0 a capacity that harms.
#[test]
fn rules_on_nothing() {
    insta::assert_snapshot!(problems(&[(
        "[demands.load]",
        r#"[links.line]
from = "north"
to = "south"
commodity = "electricity"
capacity = "1 GW"
[policies.a]
kind = "capacity-limit"
technologies = []
max = "1 GW"
[policies.b]
kind = "capacity-limit"
technologies = "ccgt"
links = []
zones = []
max = "1 GW"
[policies.c]
kind = "emission-cap"
pollutants = []
sectors = []
max = "1 Mt"
[policies.d]
kind = "trade-limit"
markets = []
max = "1 TWh"
[policies.e]
kind = "flow-limit"
links = "line"
commodities = []
max = "1 TWh"
[policies.f]
kind = "share"
technologies = "ccgt"
of = []
commodity = "electricity"
min = 0.1
[policies.g]
kind = "planning-reserve"
commodity = "electricity"
margin = 0.1
links = { line = -5 }
[indicators.i]
measure = "supply"
commodity = "electricity"
technologies = []
unit = "TWh"
[demands.load]"#
    )]));
}

/// A mistake in a technology of many zones is said once; one in the values of a single zone is found there.
#[test]
fn technologies_of_many_zones() {
    insta::assert_snapshot!(problems(&[(
        "lifetime = \"25 yr\"",
        "lifetime = \"25 yr\"\navailabilty = 0.9\n[technologies.ccgt.zone.south]\ncapital-cost = \"900 USD\"\ntitle = \"x\"\n\
         [technologies.ccgt.zone.west]\nefficiency = 0.5"
    )]));
}

/// A cost per capacity and year has the dimension of one per energy; people are told the former.
#[test]
fn dimensions_have_the_names_that_people_use() {
    let text = problems(&[("lifetime = \"25 yr\"", "lifetime = \"25 yr\"\nfixed-cost = \"40 USD/kW\"")]);
    assert!(text.contains("needs money per capacity and year"), "{text}");
}

/// A zone that is spelt wrong is one mistake, not one more for everything that stands in it.
#[test]
fn a_wrong_zone_among_many_is_said_once() {
    let asset = "lifetime = \"25 yr\"\nzones = [\"north\", \"sout\"]\n[technologies.ccgt.zone.south]\nefficiency = 0.5\n\
                 [assets.old]\ntechnology = \"ccgt\"\nzone = \"south\"\ncapacity = \"1 GW\"\ncommissioned = 2010";
    insta::assert_snapshot!(problems(&[("lifetime = \"25 yr\"", asset)]), @r#"
    error: there is no zone `sout`
      --> case.toml:28:19
       |
    28 | zones = ["north", "sout"]
       |                   ^^^^^^
       |
       = help: did you mean `south`?
    "#);
}

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

/// Words to spoil a scenario with.
const WORDS: [&str; 24] = [
    "\"\"",
    "-1",
    "1e308",
    "0",
    "true",
    "[]",
    "{}",
    "nan",
    "inf",
    "\"1 GW\"",
    "\"1 USD/kW\"",
    "\"north\"",
    "\"gas\"",
    "{ 2025 = 1 }",
    "[[x]]",
    "zone",
    "=",
    "\"ә\"",
    "9999",
    "\"{zone}\"",
    "\"*\"",
    "2025",
    "{ value = 1 }",
    "\"1e999 %/yr/yr\"",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is left out, doubled or replaced: a scenario is read, or refused with places, and nothing panics.
    #[test]
    fn no_spoiled_scenario_makes_it_panic(changes in prop::collection::vec((0..40usize, 0..4u8, 0..WORDS.len()), 1..6)) {
        let rich = format!("{GOOD}{RICH}");
        let mut lines: Vec<String> = rich.lines().map(str::to_owned).collect();
        for (line, kind, word) in changes {
            let line = line * 3 % lines.len();
            match kind {
                0 => { lines.remove(line); }
                1 => { let copy = lines[line].clone(); lines.push(copy); }
                2 => {
                    let key = lines[line].split('=').next().unwrap_or("").to_owned();
                    lines[line] = format!("{key}= {}", WORDS[word]);
                }
                _ => lines[line] = lines[line].replacen(|c: char| c.is_ascii_alphabetic(), "x", 1),
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.toml");
        std::fs::write(&path, lines.join("\n")).unwrap();
        match scenario::load(&path, &[]) {
            Ok(loaded) => {
                let grid = altyn::time::resolve(&loaded.model);
                altyn::formulation::build(&loaded.model, &grid);
            }
            Err(diagnostics) => {
                prop_assert!(diagnostics.has_errors());
                prop_assert!(diagnostics.iter().all(|d| d.help.is_some()), "{}", diagnostics);
            }
        }
    }
}

/// One of everything.
const RICH: &str = r#"
[technologies.store]
storage = { commodity = "electricity", duration = "4 h", cycle = "year", loss = "1 %/h" }
capital-cost = "100 USD/kW"
lifetime = "10 yr"
growth-rate = "10 %"
growth-seed = "0.1 GW/yr"
[technologies.chp]
zones = ["south"]
lifetime = "30 yr"
modes = { a = { outputs = "electricity" }, b = { inputs = { gas = 1 }, outputs = { electricity = 0.5 } } }
[assets.old]
technology = "chp"
zone = "south"
capacity = "1 GW"
commissioned = 2000
[links.line]
from = "north"
to = "south"
commodity = "electricity"
capacity = "1 GW"
own-use = { electricity = 0.01 }
[markets.m]
zone = "north"
commodity = "electricity"
trade = "export"
steps = [{ volume = "1 TWh", price = "5 USD/MWh" }]
[policies.cap]
kind = "emission-cap"
co2e = true
max = "50 Mt"
slack-cost = "100 USD/t"
[policies.share]
kind = "share"
technologies = ["ccgt"]
commodity = "electricity"
min = 0.1
[policies.reserve]
kind = "planning-reserve"
commodity = "electricity"
margin = 0.1
links = { line = 0.5 }
[indicators.price]
measure = "price"
commodity = "electricity"
unit = "USD/MWh"
[indicators.flow]
measure = "link-flow"
link = "line"
unit = "TWh"
[indicators.ratio]
measure = "ratio"
of = "flow"
by = "price"
unit = "%"
[statistics.flow]
indicator = "flow"
observed = { 2025 = "1 TWh", 2030 = { value = "2 TWh", source = "x" } }
least = "0.1 TWh"
[solver]
threads = 1
"#;
