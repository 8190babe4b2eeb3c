//! Technologies, stores, assets, links, markets and demands.

use super::{problems, whole};

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

#[test]
fn capacities_that_exclude_each_other() {
    insta::assert_snapshot!(problems(&[(
        "lifetime = \"25 yr\"",
        "lifetime = \"25 yr\"\nmin-capacity = \"5 GW\"\nmax-capacity = { 2025 = \"9 GW\", 2030 = \"1 GW\" }"
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

/// A plant is a fleet of one technology in one zone; it stands from one year to another.
#[test]
fn technologies_without_a_zone() {
    let outside = |zone: &str| format!("[zones.{zone}]\nexternal = true");
    insta::assert_snapshot!(problems(&[("[zones.north]", &outside("north")), ("[zones.south]", &outside("south"))]));
}

#[test]
fn assets() {
    insta::assert_snapshot!(whole(&[
        ("[assets.old-plant]\ntechnology = \"plant\"", "[assets.old-plant]\ntechnology = \"wells\""),
        (
            "zone = \"a\"\ncapacity = \"1 GW\"\ncommissioned = 2010",
            "zone = \"b\"\ncapacity = \"1 GW\"\ncommissioned = 2010"
        ),
        ("commissioned = 2028\nretires = 2040", "commissioned = 2028\nretires = 2020\nlifetime = \"9 yr\""),
        (
            "[assets.old-line]",
            "[assets.brief]\ntechnology = \"plant\"\nzone = \"a\"\ncapacity = \"1 GW\"\ncommissioned = 2026\n\
          retires = 2028\nenergy = \"5 GWh\"\n[assets.old-line]\ntechnology = \"plant\""
        ),
    ]));
}

#[test]
fn what_stands_and_what_may_stand() {
    insta::assert_snapshot!(problems(&[(
        "lifetime = \"25 yr\"",
        "lifetime = \"25 yr\"\nmax-capacity = \"1 GW\"\ncapacity = \"2 GW\"\nzones = [\"north\"]\n[technologies.old]\n\
         outputs = \"electricity\"\nzones = \"north\"\nmin-capacity = \"2 GW\""
    )]));
}

#[test]
fn technologies() {
    insta::assert_snapshot!(whole(&[
        (
            "[technologies.wells]\nzones = [\"a\"]",
            "[technologies.wells]\nzones = []\noperation = \"day\"\ncapture-rate = { co2 = 2 }"
        ),
        ("zone = { b = { availability = 0.8 } }", "zone = { a = { title = \"x\" }, b = 5 }"),
        ("inputs = { gas = 1.8 }", "inputs = [\"gas\", \"gas\"]"),
        (
            "[technologies.dual]\nzones = [\"a\"]",
            "[technologies.dual]\nzones = [\"a\"]\nefficiency = 0.5\nzone = { b = { availability = 1 } }"
        ),
        (
            "[technologies.sun]\noutputs = \"power\"",
            "[technologies.none]\nmodes = {}\n[technologies.ratio]\noutputs = \"power\"\ninputs = { gas = -1 }\n\
          operation = \"hour\"\n[technologies.sun]\noutputs = \"power\""
        ),
    ]));
}

/// A mass or a distance is no energy.
#[test]
fn measures() {
    insta::assert_snapshot!(whole(&[
        (
            "[commodities.power]",
            "[commodities.ore]\nmeasure = \"mass\"\nresolution = \"year\"\n[commodities.slow]\nresolution = \"year\"\n\
          [commodities.daily]\nresolution = \"day\"\n[commodities.power]"
        ),
        (
            "[technologies.plant]",
            "[technologies.mine]\ncapacity = \"1 Mt/yr\"\ninputs = \"power\"\noutputs = \"ore\"\n[technologies.mill]\ninputs = \"ore\"\n\
          outputs = \"power\"\nefficiency = 0.5\n[technologies.late]\ninputs = \"slow\"\noutputs = \"ore\"\noperation = \"hour\"\n[technologies.plant]"
        ),
        (
            "[policies.cap]",
            "[policies.two]\nkind = \"capacity-limit\"\ntechnologies = [\"mine\", \"plant\"]\nmax = \"1 GW\"\n[policies.three]\n\
          kind = \"activity-limit\"\ntechnologies = [\"mine\", \"plant\"]\nmax = \"1 TWh\"\n[policies.cap]"
        ),
        (
            "commodities = [\"gas\"]\nown-use = { gas = 0.02 }",
            "commodities = [\"gas\", \"ore\", \"gas\", \"coal\"]\nown-use = { gas = -0.02 }"
        ),
        ("commodity = \"power\"\nduration", "commodity = \"slow\"\nduration"),
        ("commodity = \"power\"\nenergy-capital-cost", "commodity = \"daily\"\nenergy-capital-cost"),
        ("cycle = \"horizon\"\nstart-level = \"50 MWh\"", "cycle = \"day\""),
    ]));
}

#[test]
fn stores() {
    insta::assert_snapshot!(whole(&[(
        "[technologies.store.storage]\ncommodity = \"power\"",
        "operation = \"hour\"\nmin-activity = 0.1\n[technologies.store.storage]\n\
          commodity = \"coal\"\nenergy-fixed-cost = \"1 USD/kWh/yr\""
    ),]));
}

#[test]
fn links_and_markets() {
    insta::assert_snapshot!(whole(&[
        (
            "from = \"a\"\nto = \"b\"\ncommodity = \"power\"",
            "from = \"a\"\nto = \"b\"\ncommodity = \"power\"\ncommodities = [\"power\"]"
        ),
        (
            "steps = [{ volume = \"1 TWh\", price = \"10 USD/MWh\" }, { price = { 2025 = \"5 USD/MWh\", 2030 = \"4 USD/MWh\" } }]",
            "steps = [5, { volume = \"1 TWh\" }]"
        ),
        ("trade = \"import\"\nprice", "trade = \"import\"\nsteps = 5\nprice"),
    ]));
}

#[test]
fn demands_and_prices() {
    insta::assert_snapshot!(whole(&[
        (
            "price = { a = \"8 USD/MWh\", b = { 2025 = \"9 USD/MWh\", 2030 = \"10 USD/MWh\" } }",
            "price = { b = \"8 USD/MWh\" }"
        ),
        ("slices = { base = 0.9, peak = 1.4 }", "slices = { base = 0, peak = 0 }"),
        ("profile = { 2025 = \"sun\", 2030 = \"load\" }", "profile = { 2025 = \"sun\", 2030 = 5 }"),
    ]));
}
