//! Optima of one year that can be worked out by hand: screening curve, storage, lines, markets, coarse balances.

#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{Case, ONE_YEAR, close, hourly};

/// Load of 1, 2 and 3 GW in 60, 30 and 10 % of the year.
const THREE_SLICES: &str = r#"
[time]
slices = { low = 0.6, middle = 0.3, high = 0.1 }
[profiles.load]
slices = { low = 1, middle = 2, high = 3 }
[demands.load]
zone = "a"
commodity = "electricity"
annual = "13.14 TWh"
profile = "load"
"#;

/// A base plant costs 200 USD/kW a year and 20 USD/MWh, a peak plant 60 and 90. They are equal at 2,000 hours. The second GW runs
/// 3,504 hours, the third 876: two GW of base and one of peak.
#[test]
fn screening_curve() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}{THREE_SLICES}
[technologies.base]
outputs = "electricity"
capital-cost = "1000 USD/kW"
fixed-cost = "100 USD/kW/yr"
variable-cost = "20 USD/MWh"
lifetime = "10 yr"
[technologies.peak]
outputs = "electricity"
capital-cost = "600 USD/kW"
variable-cost = "90 USD/MWh"
lifetime = "10 yr"
"#
    ));
    case.check_books();
    close(case.value("capacity", &["technology=base"], "capacity"), 2.0, 1e-9);
    close(case.value("capacity", &["technology=peak"], "capacity"), 1.0, 1e-9);
    let energy = (8.76 + 3.504) * 20.0 + 0.876 * 90.0;
    close(case.objective, 2.0 * 200.0 + 60.0 + energy, 1e-6);
    // The last GW pays for the peak plant: 90 USD/MWh and 60,000 USD/MW over 876 hours. Base plants earn their 200 in both the
    // middle and the high slice: 140 less the peak's 60, over 2,628 hours above 20 USD/MWh; 20 USD/MWh is left in the low slice.
    let high = 90.0 + 60_000.0 / 876.0;
    let middle = 20.0 + (200_000.0 - (high - 20.0) * 876.0) / 2628.0;
    let mean = (0.6 * 20.0 + 0.6 * middle + 0.3 * high) / 1.5;
    close(case.value("prices", &["commodity=electricity"], "price"), mean, 1e-6);
}

/// Twelve hours of power at 10 USD/MWh, twelve at 100. A store of efficiency 0.9 · 0.8 moves energy as long as that saves more
/// than it costs to run: a MWh delivered takes 1 / 0.72 MWh at 10, and 2 USD.
fn day_and_night(store: &str, storage: &str) -> Case {
    let case = Case::with_files(
        &format!(
            r#"{ONE_YEAR}
[time]
days = 1
hours = 2
[profiles.day]
file = "day.csv"
column = "day"
[technologies.night]
outputs = "electricity"
capacity = "3 GW"
variable-cost = "10 USD/MWh"
[technologies.day]
outputs = "electricity"
capacity = "3 GW"
variable-cost = "100 USD/MWh"
[technologies.night.zone.a]
profile = "day"
[technologies.store]
capacity = "1 GW"
{store}
storage = {{ commodity = "electricity", duration = "6 h", charge-efficiency = 0.9, discharge-efficiency = 0.8{storage} }}
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#
        ),
        &[("day.csv", &hourly("day", |hour| if hour % 24 < 12 { 1.0 } else { 0.0 }))],
    );
    case.check_books();
    case
}

#[test]
fn storage_arbitrage() {
    let case = day_and_night("variable-cost = \"2 USD/MWh\"", "");
    // The tank holds 6 GWh before discharge: 4.8 GWh a day are delivered, and 6 / 0.9 GWh taken in.
    let delivered = 0.365 * 4.8;
    close(case.value("flows", &["technology=store", "direction=supply"], "value"), delivered, 1e-9);
    close(case.value("flows", &["technology=store", "direction=use"], "value"), 0.365 * 6.0 / 0.9, 1e-9);
    let cost = (4.38 + 0.365 * 6.0 / 0.9) * 10.0 + (4.38 - delivered) * 100.0 + delivered * 2.0;
    close(case.objective, cost, 1e-6);
    // Levels at the ends of the two steps: full, and empty again.
    assert_eq!(case.values("storage", &["technology=store"], "level"), [6.0, 0.0]);
    // With half of its power available it takes in 6 GWh a night, of which 5.4 reach the tank.
    let half = day_and_night("variable-cost = \"2 USD/MWh\"\navailability = 0.5", "");
    close(half.value("flows", &["technology=store", "direction=supply"], "value"), 0.365 * 5.4 * 0.8, 1e-9);
}

/// The mean discharge of a store is bounded as the mean activity of a plant is: to a twentieth of 1 GW where it would give more, to a
/// tenth where it costs more than it saves.
#[test]
fn a_store_has_annual_factors() {
    let supply = ["technology=store", "direction=supply"];
    let most = day_and_night("variable-cost = \"2 USD/MWh\"\nmax-annual-factor = 0.05", "");
    close(most.value("flows", &supply, "value"), 0.05 * 8.76, 1e-9);
    let least = day_and_night("variable-cost = \"200 USD/MWh\"\nmin-annual-factor = 0.1", "");
    close(least.value("flows", &supply, "value"), 0.1 * 8.76, 1e-9);
}

/// Where one day stands for all, a store that is carried through the year does what a daily one does: it can not lose less by
/// being empty.
#[test]
fn a_lossy_store_holds_what_it_gives() {
    let cycle = |cycle: &str| day_and_night("", &format!(", loss = \"5 %/h\", cycle = \"{cycle}\"")).objective;
    close(cycle("year"), cycle("day"), 1e-9 * cycle("day"));
    assert!(cycle("day") > day_and_night("", "").objective + 1.0);
}

/// Energy comes in the first half of the year only, and is used all year. Two representative days stand for the halves; the
/// calendar carries the level: what is taken out of the store by the end of the year is what was put in by its middle.
fn flood_and_lake(days: u16, loss: &str) -> Case {
    let case = Case::with_files(
        &format!(
            r#"{ONE_YEAR}
[time]
days = {days}
hours = 3
[profiles.flood]
file = "flood.csv"
column = "flood"
[technologies.river]
outputs = "electricity"
profile = "flood"
capital-cost = "1000 USD/kW"
lifetime = "10 yr"
[technologies.lake]
capital-cost = "10 USD/kW"
lifetime = "10 yr"
[technologies.lake.storage]
commodity = "electricity"
energy-capital-cost = "1 USD/kWh"
charge-efficiency = 0.8
loss = "{loss}"
cycle = "year"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
"#
        ),
        &[("flood.csv", &hourly("flood", |hour| if hour < 182 * 24 { 1.0 } else { 0.0 }))],
    );
    case.check_books();
    case
}

#[test]
fn a_seasonal_store_across_representative_days() {
    let case = flood_and_lake(2, "0 %/h");
    // The lake gives 1 GW through 183 days, 4.392 TWh, and takes in 5.49 TWh over 182 days of flood: 1.25686 GW beside the 1 GW of
    // demand. All of it fits into the tank at the end of the flood.
    let given = 183.0 * 24.0;
    let charged = given / 0.8 / (182.0 * 24.0);
    close(case.value("capacity", &["technology=river"], "capacity"), 1.0 + charged, 1e-9);
    close(case.value("capacity", &["technology=lake:tank"], "capacity"), given, 1e-6);
    let levels = case.values("storage", &["technology=lake"], "level");
    assert_eq!(levels.len(), 2);
    close(levels[0], 0.0, 1e-6);
    close(levels[1], given, 1e-6);
    close(case.value("capacity", &["technology=lake"], "capacity"), charged, 1e-9);
    close(case.objective, (1.0 + charged) * 100.0 + charged * 1.0 + given * 0.1, 1e-6);
}

/// A lake that loses part of its level every hour costs the same whether two days stand for the year or all of them count: the
/// levels between equal days are exact.
#[test]
fn a_lossy_seasonal_store_is_exact_in_representative_days() {
    let (few, all) = (flood_and_lake(2, "0.01 %/h"), flood_and_lake(365, "0.01 %/h"));
    close(few.objective, all.objective, 1e-7 * all.objective);
    assert!(few.objective > 1.1 * flood_and_lake(2, "0 %/h").objective, "losses cost");
}

/// Two zones, a line of 1 GW that loses 10 %. Power costs 20 in the west and 50 in the east, where 3 GW are used: the line is full,
/// prices stay apart, and a MW more of it would save 0.9 · 50 − 20 in each hour.
#[test]
fn a_congested_line() {
    let text = |capacity: f64| {
        format!(
            r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[zones.b]
[technologies.west]
zones = ["a"]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "20 USD/MWh"
[technologies.east]
zones = ["b"]
outputs = "electricity"
capacity = "5 GW"
variable-cost = "50 USD/MWh"
[links.line]
from = "a"
to = "b"
commodity = "electricity"
capacity = "{capacity} GW"
losses = 0.1
[demands.west]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
[demands.east]
zone = "b"
commodity = "electricity"
annual = "26.28 TWh"
"#
        )
    };
    let case = Case::solve(&text(1.0));
    case.check_books();
    close(case.value("prices", &["zone=a"], "price"), 20.0, 1e-9);
    close(case.value("prices", &["zone=b"], "price"), 50.0, 1e-9);
    let row = ["link=line", "from=a"];
    close(case.value("links", &row, "flow"), 8.76, 1e-9);
    close(case.value("links", &row, "losses"), 0.876, 1e-9);
    close(case.value("links", &row, "utilisation"), 1.0, 1e-12);
    let more = Case::solve(&text(1.1));
    close(case.objective - more.objective, 0.1 * 8.76 * (0.9 * 50.0 - 20.0), 1e-6);
    // A line of 4 GW is not full: prices differ by its losses alone.
    let wide = Case::solve(&text(4.0));
    close(wide.value("prices", &["zone=b"], "price"), 20.0 / 0.9, 1e-9);
}

/// 10 bcm of gas can be sold abroad in steps of falling price, or burnt in place of coal. In power a MWh of gas is worth
/// 0.5 · 40 = 20 USD. A pipeline takes 5 % for itself, so that a MWh sold at 25 leaves 25 / 1.05 = 23.8, one at 20.5 only 19.5: the
/// first step is sold, the second is not.
#[test]
fn exports_until_the_netback_equals_the_value_in_power() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[zones.abroad]
external = true
[commodities.gas]
heating-value = "36 MJ/m3"
amount-unit = "bcm"
price-unit = "USD/1000m3"
[technologies.field]
zones = ["a"]
outputs = "gas"
capacity = "10 bcm/yr"
[technologies.gas-plant]
zones = ["a"]
inputs = "gas"
outputs = "electricity"
efficiency = 0.5
capacity = "100 GW"
[technologies.coal-plant]
zones = ["a"]
outputs = "electricity"
capacity = "100 GW"
variable-cost = "40 USD/MWh"
[links.pipeline]
from = "a"
to = "abroad"
commodity = "gas"
bidirectional = false
capacity = "55 bcm/yr"
own-use = {{ gas = 0.05 }}
[markets.buyer]
zone = "abroad"
commodity = "gas"
trade = "export"
steps = [
    {{ volume = "4 bcm/yr", price = "25 USD/MWh" }},
    {{ volume = "4 bcm/yr", price = "20.5 USD/MWh" }},
]
[demands.load]
zone = "a"
commodity = "electricity"
annual = "87.6 TWh"
"#
    ));
    case.check_books();
    assert_eq!(case.values("markets", &["market=buyer"], "quantity"), [4.0, 0.0]);
    close(case.value("flows", &["technology=own-use:pipeline"], "value"), 0.2, 1e-9);
    close(case.value("flows", &["technology=gas-plant", "commodity=gas"], "value"), 5.8, 1e-9);
    // 20 USD/MWh at 10 kWh/m3.
    close(case.value("prices", &["zone=a", "commodity=gas"], "price"), 200.0, 1e-6);
    close(case.value("prices", &["zone=abroad", "commodity=gas"], "price"), 210.0, 1e-6);
    let burnt = 58.0 * 0.5;
    close(case.objective, (87.6 - burnt) * 40.0 - 40.0 * 25.0, 1e-6);
}

/// What is not met costs what the commodity says, and no more is shed than pays: a plant at 300 USD/MWh comes before. What is not
/// met is not burnt either.
#[test]
fn unserved_demand_has_its_price() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ year = 1 }}
[commodities.heat]
unserved-cost = "1000 USD/MWh"
emissions = {{ co2 = "0.1 t/MWh" }}
[technologies.boiler]
outputs = "heat"
capacity = "1 GW"
variable-cost = "300 USD/MWh"
[demands.heat]
zone = "a"
commodity = "heat"
annual = "13.14 TWh"
combustion = true
"#
    ));
    case.check_books();
    close(case.value("flows", &["technology=unserved"], "value"), 4.38, 1e-9);
    close(case.value("prices", &["commodity=heat"], "price"), 1000.0, 1e-6);
    close(case.sum("emissions", &["pollutant=co2"], "value"), 0.876, 1e-9);
    close(case.objective, 8.76 * 300.0 + 4.38 * 1000.0, 1e-6);
}

/// A technology with two modes of one capacity: condensing, or with heat at less power. Heat is wanted in one slice, power in both.
#[test]
fn modes_share_one_capacity() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
slices = {{ summer = 0.5, winter = 0.5 }}
[commodities.heat]
[profiles.cold]
slices = {{ summer = 0, winter = 2 }}
[technologies.chp]
capital-cost = "1000 USD/kW"
lifetime = "10 yr"
[technologies.chp.modes.condensing]
outputs = {{ electricity = 1 }}
variable-cost = "20 USD/MWh"
[technologies.chp.modes.extraction]
outputs = {{ electricity = 0.8, heat = 1.2 }}
variable-cost = "20 USD/MWh"
[demands.power]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
[demands.heat]
zone = "a"
commodity = "heat"
annual = "5.256 TWh"
profile = "cold"
"#
    ));
    case.check_books();
    // In winter 1.2 GW of heat take 1 GW in extraction, which leaves 0.2 GW of power to condensing.
    close(case.value("capacity", &["technology=chp"], "capacity"), 1.2, 1e-9);
    close(case.objective, 120.0 + (4.38 + 1.2 * 4.38) * 20.0, 1e-6);
}

/// Balances by season: a fuel delivered evenly over the seasons is what each season can burn.
#[test]
fn a_seasonal_balance_keeps_fuel_in_its_season() {
    let case = Case::with_files(
        &format!(
            r#"{ONE_YEAR}
[time]
days = 4
hours = 1
[commodities.hay]
resolution = "season"
[profiles.cold]
file = "cold.csv"
column = "cold"
[technologies.farm]
outputs = "hay"
capacity = "1 GW"
[technologies.burner]
inputs = "hay"
outputs = "electricity"
capacity = "9 GW"
[technologies.backup]
outputs = "electricity"
capacity = "9 GW"
variable-cost = "50 USD/MWh"
[demands.load]
zone = "a"
commodity = "electricity"
annual = "8.76 TWh"
profile = "cold"
"#
        ),
        // Winter, the first 59 and the last 31 days, needs all of the load.
        &[("cold.csv", &hourly("cold", |hour| if (59..334).contains(&(hour / 24)) { 0.0 } else { 1.0 }))],
    );
    case.check_books();
    let hay = 90.0 * 24.0 / 1000.0;
    close(case.value("flows", &["technology=burner", "direction=supply"], "value"), hay, 1e-9);
    close(case.value("flows", &["technology=backup"], "value"), 8.76 - hay, 1e-9);
    // Hay saves 50 USD/MWh in winter and is worth nothing in the other seasons; all of it is used in winter.
    close(case.value("prices", &["commodity=hay"], "price"), 50.0, 1e-6);
}

/// A pipeline of gas, which balances over the year, runs on electricity, which balances by the hour: 2 % of the flow, at 50 USD/MWh.
#[test]
fn a_link_may_use_what_balances_more_finely() {
    let case = Case::solve(&format!(
        r#"{ONE_YEAR}
[time]
days = 2
hours = 3
[zones.b]
[commodities.gas]
resolution = "year"
[technologies.field]
zones = ["a"]
outputs = "gas"
capacity = "9 GW"
variable-cost = "10 USD/MWh"
[technologies.plant]
zones = ["a"]
outputs = "electricity"
capacity = "9 GW"
variable-cost = "50 USD/MWh"
[links.pipeline]
from = "a"
to = "b"
commodity = "gas"
capacity = "2 GW"
own-use = {{ electricity = 0.02 }}
[demands.gas]
zone = "b"
commodity = "gas"
annual = "8.76 TWh"
"#
    ));
    case.check_books();
    close(case.value("flows", &["technology=own-use:pipeline"], "value"), 0.02 * 8.76, 1e-9);
    close(case.value("prices", &["zone=b", "commodity=gas"], "price"), 11.0, 1e-6);
    close(case.objective, 8.76 * 11.0, 1e-6);
}
