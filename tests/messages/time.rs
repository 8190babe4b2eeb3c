//! Years, slices, days and profiles.

use super::{GOOD, problems, said, whole};

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

#[test]
fn profiles_by_slice() {
    insta::assert_snapshot!(whole(&[("slices = { base = 0.1, peak = 0.9 }", "slices = { base = -0.1 }")]));
}

#[test]
fn slices_and_their_order() {
    let order = |order: &str| whole(&[("order = [[\"base\", \"peak\"]]", order)]);
    let all = [
        order("order = 5"),
        order("order = [\"base\"]"),
        order("order = [[\"base\", \"base\"]]"),
        order("order = [[\"base\"]]"),
        whole(&[("slices = { base = 0.8, peak = 0.2 }\n", "slices = { base = 1, peak = 0 }\n")]),
        whole(&[("slices = { base = 0.1, peak = 0.9 }", "slices = { base = -0.1, top = 0.9 }\nshares = { base = 1 }")]),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn days() {
    let days = |time: &str| problems(&[("slices = { base = 0.8, peak = 0.2 }", time)]);
    let all = [
        days("days = 3\nhours = 5\norder = [[\"x\"]]"),
        days("days = 400"),
        days("slices = { all = 1 }\nhours = 5"),
        problems(&[("[demands.load]", "[profiles.sun]\nfile = \"p.csv\"\n[demands.load]")]),
        with_profile("", "[profiles.load]\nshares = { base = 1 }"),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn years() {
    let years = |years: &str| problems(&[("years = [2025, 2030]", years)]);
    insta::assert_snapshot!(
        [years("years = 2025"), years("years = []"), years("years = [2030, 2025, 1066]")].join("\n\n")
    );
}

/// A day that stands for others may miss what a profile holds in the year.
#[test]
fn means_that_are_lost() {
    let hours: String = (0..8760).map(|hour| if hour == 0 { "1\n" } else { "0\n" }).collect();
    let text = GOOD.replace("slices = { base = 0.8, peak = 0.2 }", "days = 1\nmethod = \"even\"");
    let text = format!("{text}profile = \"load\"\n[profiles.load]\nfile = \"p.csv\"\ncolumn = \"load\"\n");
    insta::assert_snapshot!(said(&text, &[("p.csv", &format!("load\n{hours}"))]));
}
