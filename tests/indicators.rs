//! Indicators by hand: distances, several commodities, sectors, peaks and differences.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Case, ONE_YEAR};

/// Cars go 30 Gkm a year, of which those that stand with batteries go 10 at 0.2 kWh/km and the others 20 at 0.7 kWh of petrol. Lamps
/// take 8.76 TWh: 0.8 of it in three quarters of the year, and so 0.8 · 8.76 / (0.75 · 8760) = 1.0667 GW, and 0.8 GW in the rest. Cars
/// charge evenly.
const CARS: &str = r#"
[time]
slices = { day = 0.75, night = 0.25 }
[commodities.petrol]
price = "60 USD/MWh"
emissions = { co2 = "0.25 t/MWh" }
[commodities.travel]
measure = "distance"
resolution = "year"
[profiles.lamps]
slices = { day = 1.0666666666666667, night = 0.8 }
[technologies.plant]
sector = "power"
outputs = "electricity"
capacity = "2 GW"
variable-cost = "10 USD/MWh"
[technologies.electric-car]
sector = "transport"
inputs = { electricity = "0.2 kWh/vkm" }
outputs = "travel"
capacity = "10 Gvkm/yr"
operation = "year"
[technologies.petrol-car]
sector = "transport"
inputs = { petrol = "0.7 kWh/km" }
outputs = "travel"
capacity = "25 Gkm/yr"
variable-cost = "0.05 USD/km"
operation = "year"
[demands.travel]
sector = "people"
zone = "a"
commodity = "travel"
annual = "30 Gpkm"
[demands.lamps]
sector = "homes"
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
profile = "lamps"
[indicators.energy_transport_twh]
measure = "use"
commodities = ["electricity", "petrol"]
sectors = ["transport"]
unit = "TWh"
[indicators.energy_homes_twh]
measure = "use"
commodities = ["electricity", "petrol"]
sectors = ["homes"]
unit = "TWh"
[indicators.more_than_homes_gwh]
measure = "difference"
of = "energy_transport_twh"
less = "energy_homes_twh"
unit = "GWh"
[indicators.peak_mw]
measure = "peak"
commodity = "electricity"
technologies = ["*"]
unit = "MW"
[indicators.travel_mkm]
measure = "supply"
commodity = "travel"
technologies = ["*-car"]
unit = "Mkm"
[indicators.cars_gkm]
measure = "capacity"
technologies = ["*-car"]
unit = "Gkm/yr"
[indicators.travel_price]
measure = "price"
commodity = "travel"
unit = "USD/km"
"#;

#[test]
fn indicators_are_those_of_a_hand_calculation() {
    let case = Case::solve(&format!("{ONE_YEAR}{CARS}"));
    let close = |name: &str, expected: f64| {
        let found = case.indicator(name)[0];
        assert!((found - expected).abs() < 1e-6 * expected.abs(), "{name} is {found}, and not {expected}");
    };
    // 10 Gkm at 0.2 and 20 Gkm at 0.7 kWh/km.
    close("energy_transport_twh", 16.0);
    close("energy_homes_twh", 8.76);
    close("more_than_homes_gwh", 7240.0);
    // 2 TWh spread over 8,760 hours, on top of 1.0667 of the mean of lamps, 1 GW.
    close("peak_mw", 1_066.666_666_67 + 2000.0 / 8.76);
    close("travel_mkm", 30_000.0);
    close("cars_gkm", 35.0);
    // The last car burns 0.7 kWh at 0.06 USD, and costs 0.05 USD besides.
    close("travel_price", 0.092);
}
