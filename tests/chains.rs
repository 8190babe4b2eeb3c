//! Chains of things that are made, moved, kept and used, over zones and sectors: nothing is lost on the way but what is said to be lost.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use common::{Case, ONE_YEAR, close, hourly};

/// Two zones, one year that stands for itself.
fn two_zones() -> String {
    ONE_YEAR.replace("[zones.a]", "[zones.coast]\n[zones.inland]")
}

/// Sum of what technologies, markets and demands give or take of a commodity, without links.
fn flow(case: &Case, commodity: &str, direction: &str) -> f64 {
    let filters = [format!("commodity={commodity}"), format!("direction={direction}")];
    let filters: Vec<&str> = filters.iter().map(String::as_str).collect();
    let names = case.texts("flows", &filters, "technology");
    let values = case.values("flows", &filters, "value");
    names.iter().zip(values).filter(|(name, _)| !name.starts_with("link:")).map(|(_, value)| value).sum()
}

/// What a technology gives or takes of a commodity.
fn of(case: &Case, technology: &str, commodity: &str, direction: &str) -> f64 {
    let filters =
        [format!("technology={technology}"), format!("commodity={commodity}"), format!("direction={direction}")];
    case.sum("flows", &filters.each_ref().map(String::as_str), "value")
}

/// Wind blows at the coast in the first 182 days; works inland take 1 GW of hydrogen all year. A line loses 2 %, the store 4 % of what enters it.
#[test]
fn hydrogen_of_windy_months_lasts_a_year() {
    let case = Case::with_files(
        &format!(
            r#"{}
[time]
days = 2
hours = 3
[profiles.wind]
file = "wind.csv"
column = "wind"
[commodities.hydrogen]
resolution = "day"
free-disposal = false
[technologies.wind]
zones = ["coast"]
outputs = "electricity"
profile = "wind"
capital-cost = "1000 USD/kW"
lifetime = "10 yr"
[technologies.electrolysis]
zones = ["coast"]
inputs = {{ electricity = 1.5 }}
outputs = "hydrogen"
capital-cost = "100 USD/kW"
lifetime = "10 yr"
[technologies.cavern]
zones = ["coast"]
capital-cost = "10 USD/kW"
lifetime = "10 yr"
storage = {{ commodity = "hydrogen", energy-capital-cost = "1 USD/kWh", charge-efficiency = 0.96, cycle = "year" }}
[links.line]
from = "coast"
to = "inland"
commodity = "hydrogen"
losses = 0.02
capacity = "2 GW"
[demands.works]
zone = "inland"
commodity = "hydrogen"
annual = "8.76 TWh"
"#,
            two_zones()
        ),
        &[("wind.csv", &hourly("wind", |hour| if hour < 182 * 24 { 1.0 } else { 0.0 }))],
    );
    case.check_books();
    // The line takes 1 / 0.98 GW all year: 182 days from the electrolysers, 183 days from the cavern, for which 1 / 0.96 as much went in.
    let (windy, calm) = (182.0 * 0.024 / 0.98, 183.0 * 0.024 / 0.98);
    let made = windy + calm / 0.96;
    close(of(&case, "electrolysis", "hydrogen", "supply"), made, 1e-8);
    close(of(&case, "cavern", "hydrogen", "use"), calm / 0.96, 1e-8);
    close(of(&case, "cavern", "hydrogen", "supply"), calm, 1e-8);
    close(of(&case, "link:line", "hydrogen", "use"), windy + calm, 1e-8);
    close(of(&case, "link:line", "hydrogen", "supply"), 8.76, 1e-8);
    close(of(&case, "wind", "electricity", "supply"), 1.5 * made, 1e-8);
    // What is made is used, or lost in the line and the cavern.
    let lost = 0.02 * (windy + calm) + 0.04 * calm / 0.96;
    close(flow(&case, "hydrogen", "supply") - flow(&case, "hydrogen", "use"), 0.02 * (windy + calm), 1e-8);
    close(made, 8.76 + lost, 1e-8);
}

/// A gas plant inland captures 90 % of its carbon dioxide, the air gives back the rest, and the ground at the coast takes both.
///
/// `annual` is demand for electricity in TWh, `max` the cap in Mt.
fn capture(annual: f64, max: f64) -> Case {
    let case = Case::solve(&format!(
        r#"{}
[time]
slices = {{ year = 1 }}
[commodities.gas]
price = "10 USD/MWh"
emissions = {{ co2 = "0.2 t/MWh" }}
[commodities.captured-co2]
measure = "mass"
resolution = "year"
free-disposal = false
[technologies.plant]
sector = "power"
zones = ["inland"]
inputs = {{ gas = 2 }}
outputs = {{ electricity = 1, captured-co2 = "0.36 t/MWh" }}
capture-rate = {{ co2 = 0.9 }}
capacity = "5 GW"
[technologies.air]
sector = "removal"
zones = ["inland"]
inputs = {{ electricity = "1 MWh/t" }}
outputs = "captured-co2"
emissions = {{ co2 = "-1 t/t" }}
capacity = "10 Mt/yr"
variable-cost = "100 USD/t"
[technologies.ground]
sector = "removal"
zones = ["coast"]
inputs = "captured-co2"
capacity = "100 Mt/yr"
variable-cost = "10 USD/t"
[links.pipe]
from = "inland"
to = "coast"
commodity = "captured-co2"
bidirectional = false
capital-cost = "20 USD/(t/yr)"
lifetime = "10 yr"
[demands.load]
zone = "inland"
commodity = "electricity"
annual = "{annual} TWh"
[policies.cap]
kind = "emission-cap"
pollutants = ["co2"]
max = "{max} Mt/yr"
"#,
        two_zones()
    ));
    case.check_books();
    case
}

#[test]
fn what_is_captured_is_stored() {
    for (annual, max) in [(10.0, 0.0), (10.0, 0.2), (10.0, 100.0), (20.0, 0.3)] {
        let case = capture(annual, max);
        let air = of(&case, "air", "captured-co2", "supply");
        let plant = of(&case, "plant", "captured-co2", "supply");
        let ground = of(&case, "ground", "captured-co2", "use");
        // The plant runs for the load and for the air; what of its carbon is not captured is above the cap, or drawn from the air:
        // 0.04 (load + air) = cap + air.
        let expected = f64::max(0.0, (0.04 * annual - max) / 0.96);
        close(air, expected, 1e-8);
        close(plant, 0.36 * (annual + expected), 1e-8);
        close(ground, plant + air, 1e-8);
        close(of(&case, "link:pipe", "captured-co2", "use"), ground, 1e-8);
        close(case.value("links", &["link=pipe"], "capacity"), ground, 1e-6);
        // Carbon of the fuel is in the air or in the ground.
        let burnt = 0.2 * of(&case, "plant", "gas", "use");
        close(burnt, ground + case.sum("emissions", &["pollutant=co2"], "value"), 1e-8);
    }
}

/// A kiln drives carbon dioxide out of stone. It is let go, or a kiln of another kind captures it with that of the fuel: what stone and fuel hold is
/// in the air or in the ground, at each price.
#[test]
fn carbon_of_stone_and_fuel_is_counted_once() {
    for (price, captured) in [(10, false), (200, true)] {
        let case = Case::solve(&format!(
            r#"{}
[time]
slices = {{ year = 1 }}
[commodities.coal]
price = "2 USD/MWh"
emissions = {{ co2 = "0.35 t/MWh" }}
[commodities.clinker]
measure = "mass"
resolution = "year"
[commodities.stone-co2]
measure = "mass"
resolution = "year"
free-disposal = false
[commodities.captured-co2]
measure = "mass"
resolution = "year"
free-disposal = false
[technologies.kiln]
sector = "industry"
zones = ["coast"]
inputs = {{ coal = "1 MWh/t" }}
outputs = {{ clinker = 1, stone-co2 = "0.5 t/t" }}
capacity = "20 Mt/yr"
operation = "year"
[technologies.kiln-capture]
sector = "industry"
zones = ["coast"]
inputs = {{ coal = "1.6 MWh/t" }}
outputs = {{ clinker = 1, stone-co2 = "0.05 t/t", captured-co2 = "0.954 t/t" }}
capture-rate = {{ co2 = 0.9 }}
capacity = "20 Mt/yr"
variable-cost = "60 USD/t"
operation = "year"
[technologies.calcination]
sector = "processes"
zones = ["coast"]
inputs = "stone-co2"
emissions = {{ co2 = "1 t/t" }}
capacity = "20 Mt/yr"
operation = "year"
[technologies.ground]
zones = ["coast"]
inputs = "captured-co2"
capacity = "20 Mt/yr"
operation = "year"
[demands.clinker]
zone = "coast"
commodity = "clinker"
annual = "10 Mt"
[policies.price]
kind = "emission-price"
pollutants = ["co2"]
price = "{price} USD/t"
"#,
            two_zones()
        ));
        case.check_books();
        let ground = of(&case, "ground", "captured-co2", "use");
        let fuel = 0.35 * of(&case, "kiln", "coal", "use") + 0.35 * of(&case, "kiln-capture", "coal", "use");
        close(ground, if captured { 9.54 } else { 0.0 }, 1e-8);
        close(fuel + 5.0, ground + case.sum("emissions", &["pollutant=co2"], "value"), 1e-8);
        // Stone is booked as a process, fuel as industry.
        let kept = if captured { 0.1 } else { 1.0 };
        close(case.sum("emissions", &["sector=processes"], "value"), 5.0 * kept, 1e-8);
        close(case.sum("emissions", &["sector=industry"], "value"), fuel * kept, 1e-8);
    }
}

/// The same of Kazakhstan on its way to neutrality: what is captured goes into the ground, or into fuel.
#[test]
fn what_kazakhstan_captures_is_stored() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/neutral-2060.toml");
    let case = Case::from_file(&path, &["time.days=2", "time.hours=6"]);
    let (given, taken) = (flow(&case, "captured-co2", "supply"), flow(&case, "captured-co2", "use"));
    close(given, taken, 1e-6 * given);
    assert!(given > 1.0, "{given} Mt");
    let used = |names: &[&str]| names.iter().map(|name| of(&case, name, "captured-co2", "use")).sum::<f64>();
    let stored = used(&["co2-injection", "co2-injection-aquifer"]);
    assert!(stored > 1.0, "{stored} Mt");
    close(stored + used(&["fuel-from-hydrogen"]), taken, 1e-6 * taken);
}
