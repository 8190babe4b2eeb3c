//! What can not be matched between scenarios.

use crate::results::read::Stored;

/// Says of each scenario which years, zones and technologies only it or only the baseline has, and where money or indicators are not
/// the same.
pub fn mismatches(scenarios: &[Stored], baseline: usize) -> Vec<String> {
    let base = &scenarios[baseline];
    let others = scenarios.iter().enumerate().filter(|(position, _)| *position != baseline);
    others.flat_map(|(_, other)| beside(base, other)).collect()
}

/// Names of one kind of thing in results.
type NamesOf<'a> = &'a dyn Fn(&Stored) -> Vec<String>;

fn beside(base: &Stored, other: &Stored) -> Vec<String> {
    let years = |stored: &Stored| stored.summary.years.iter().map(i32::to_string).collect();
    let zones = |stored: &Stored| stored.display.zones.iter().map(|zone| zone.name.clone()).collect();
    let technologies = |stored: &Stored| stored.display.technologies.iter().map(|t| t.name.clone()).collect();
    let figures = |stored: &Stored| stored.display.figures.iter().map(|figure| figure.name.clone()).collect();
    let mut found = Vec::new();
    let kinds: [(&str, NamesOf); 4] =
        [("milestone years", &years), ("zones", &zones), ("technologies", &technologies), ("indicators", &figures)];
    for (kind, names) in kinds {
        let (of_base, of_other) = (names(base), names(other));
        for (has, has_not, own, others) in [(base, other, &of_base, &of_other), (other, base, &of_other, &of_base)] {
            let alone: Vec<&str> = own.iter().filter(|name| !others.contains(name)).map(String::as_str).collect();
            if !alone.is_empty() {
                let (has, has_not) = (&has.summary.scenario, &has_not.summary.scenario);
                found.push(format!("{kind} of {has} that {has_not} has not: {}", shortened(&alone)));
            }
        }
    }
    if base.display.money != other.display.money {
        let (a, b) = (&base.summary.scenario, &other.summary.scenario);
        let (of_a, of_b) = (&base.display.money, &other.display.money);
        found.push(format!("money of {a} is {of_a}, and of {b} {of_b}: sums of money are not comparable"));
    }
    for figure in &base.display.figures {
        let same = other.display.figures.iter().find(|own| own.name == figure.name);
        if let Some(own) = same.filter(|own| own.unit != figure.unit) {
            let (name, id) = (&figure.name, &other.summary.scenario);
            found.push(format!("indicator {name} is in {}, and in {id} in {}", figure.unit, own.unit));
        }
    }
    found
}

/// The first names of a list, and how many more there are.
fn shortened(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown} and {} more", names.len() - SHOWN) } else { shown }
}
