//! Input of absurd size is refused with its place, and before it fills the memory.

use super::{GOOD, problems, said};

/// What is said first: message, place and help, without the long line.
fn first(said: &str) -> String {
    let is_short = |line: &&str| ["error", "-->", "= help"].iter().any(|begin| line.trim().starts_with(begin));
    let first: Vec<&str> = said.lines().take_while(|line| !line.is_empty()).filter(is_short).collect();
    first.join("\n")
}

fn many(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

/// The good scenario with something beside its tables, and so many milestone years.
fn beside(text: &str, years: usize) -> String {
    let years = many(years, |n| format!("{}, ", 1850 + n));
    first(&problems(&[("[2025, 2030]", &format!("[{years}]")), ("[demands.load]", &format!("{text}\n[demands.load]"))]))
}

#[test]
fn sizes() {
    let (zones, plants) = (|count| many(count, |n| format!("[zones.z{n}]\n")), "outputs = \"electricity\"\n");
    let technologies = |count| many(count, |n| format!("[technologies.t{n}]\n{plants}"));
    let modes = many(256, |n| format!("[technologies.many.modes.m{n}]\n{plants}"));
    let all = [
        beside(&many(10_001, |n| format!("[pollutants.p{n}]\n")), 2),
        beside(&format!("[finance]\na = [{}]", many(10_001, |_| "1, ".to_owned())), 2),
        beside(&format!("[zones.\"{}\"]", "қ".repeat(201)), 2),
        beside(&format!("[finance]\na = \"{}\"", "a".repeat(10_001)), 2),
        beside(&format!("[finance]\na = {}{}", "[".repeat(40), "]".repeat(40)), 2),
        beside(&format!("[finance]\na{} = 1", ".a".repeat(40)), 2),
        beside(&(zones(50) + &many(2000, |n| format!("[commodities.c{n}]\n"))), 100),
        beside("", 101),
        beside(&(zones(200) + &technologies(600)), 2),
        beside(&modes, 2),
        first(&problems(&[
            ("slices = { base = 0.8, peak = 0.2 }", "days = 365"),
            ("[2025, 2030]", &format!("[{}]", many(100, |n| format!("{}, ", 1950 + n)))),
            ("[demands.load]", &(zones(200) + "[demands.load]")),
        ])),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

#[test]
fn files() {
    let profile = format!(
        "{}profile = \"load\"\n[profiles.load]\nfile = \"p.csv\"\ncolumn = \"load\"\n",
        GOOD.replace("slices = { base = 0.8, peak = 0.2 }", "days = 2")
    );
    let all = [
        said(&"#".repeat((8 << 20) + 1), &[]),
        said(&profile, &[("p.csv", &format!("load\n{}", "1\n".repeat(31 * 8760)))]),
        said(&profile, &[("p.csv", &"#".repeat((64 << 20) + 1))]),
    ];
    insta::assert_snapshot!(all.join("\n\n"));
}

/// Who is wrong in thousands of places is told a thousand of them, soon.
#[test]
fn many_mistakes() {
    let text = problems(&[(
        "[demands.load]",
        &(many(3000, |n| format!("[technologies.t{n}]\noutputs = \"hot air\"\n")) + "[demands.load]"),
    )]);
    assert_eq!(text.matches("error: ").count(), 1001);
    assert!(text.contains("error: there is more than 1000 things wrong, and what follows is left out\n"));
}

/// A line of megabytes is named, and not shown.
#[test]
fn long_lines() {
    let zones = many(2000, |n| format!("z{n} = {{ wrong = \"{}\" }}, ", "қ".repeat(500)));
    let text = problems(&[("[zones.north]\n[zones.south]", &format!("[zones]\n[pollutants]\nall = {{ {zones} }}"))]);
    assert!(text.len() < 400_000, "{} bytes are shown", text.len());
}
