//! Charts over the years: those that a scenario names, and emissions, prices and policies of every scenario.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::data::{Chart, Form, Number, Series};
use super::legend::Sign;
use super::reading::{Place, Reading};
use crate::results::read::{ReadError, number};
use crate::results::{ShownChart, ShownKind};

/// The chart that a scenario names; `None` for charts over days.
///
/// # Errors
/// A table that can not be read.
pub fn named(reading: &Reading, chart: &ShownChart) -> Result<Option<Chart>, ReadError> {
    let unit = |name: &str| reading.commodity(name).map_or_else(String::new, |commodity| commodity.unit.clone());
    let rate = |name: &str| reading.commodity(name).map_or_else(String::new, |commodity| commodity.rate_unit.clone());
    let (form, unit, series) = match &chart.kind {
        ShownKind::Supply { commodity } => (Form::Areas, unit(commodity), supply(reading, commodity)?),
        ShownKind::Balance { commodity } => (Form::Net, unit(commodity), balance(reading, commodity)?),
        ShownKind::Capacity { commodity } => (Form::Areas, rate(commodity), capacity(reading, commodity)?),
        ShownKind::Indicators { indicators, stacked, .. } => {
            let unit = reading.stored.display.figures.iter().find(|figure| Some(&figure.name) == indicators.first());
            let form = if *stacked { Form::Areas } else { Form::Lines };
            (form, unit.map_or_else(String::new, |figure| figure.unit.clone()), figures(reading, indicators))
        }
        ShownKind::Additions { technologies, .. } => {
            let (unit, series) = additions(reading, technologies)?;
            (Form::Bars, unit, series)
        }
        ShownKind::Dispatch { .. } => return Ok(None),
    };
    let number = |(level, words): &(f64, String)| (Number(*level), words.clone());
    let (mut limit, mut plant) = (None, None);
    match &chart.kind {
        ShownKind::Indicators { limit: level, .. } => limit = level.as_ref().map(number),
        ShownKind::Additions { plant: size, .. } => plant = size.as_ref().map(number),
        _ => {}
    }
    let (name, title, text) = (chart.name.clone(), chart.title.clone(), chart.text.clone());
    Ok(Some(Chart { name, section: "energy", title, text, form, unit, limit, plant, series }))
}

/// Yearly supply by group. What only goes from zone to zone is no supply of all of them.
fn supply(reading: &Reading, commodity: &str) -> Result<Vec<Series>, ReadError> {
    let columns = ["year", "zone", "value", "commodity", "technology", "direction"];
    let sums = reading.sums("flows", columns, |[_, zone, _, of, party, direction]| {
        let counts = *of == commodity && *direction == "supply";
        let sign = || reading.legend.party(party);
        let is_inside = reading.inner_links.contains(*party);
        let in_all = |sign: &Sign| (reading.is_inner(zone) && !is_inside).then(|| sign.clone());
        counts.then(sign).map(|sign| Place { in_all: in_all(&sign), sign, factor: 1.0 })
    })?;
    Ok(reading.series(sums))
}

/// Yearly supply by group, and below it use, by sector where a technology uses it.
fn balance(reading: &Reading, commodity: &str) -> Result<Vec<Series>, ReadError> {
    let columns = ["year", "zone", "value", "commodity", "technology", "direction"];
    let sums = reading.sums("flows", columns, |[_, zone, _, of, party, direction]| {
        let is_supply = *direction == "supply";
        let sign = || match reading.legend.sector_of(party).filter(|_| !is_supply) {
            Some(sector) => Sign { key: format!("use:{}", sector.key), order: 500 + sector.order, ..sector },
            None => reading.legend.party(party),
        };
        let in_all = |sign: &Sign| match reading.inner_links.contains(*party) {
            // Between zones only what is lost on the way counts for all of them: what comes out less what goes in.
            true => Some(reading.legend.grey("links", "Losses between zones")),
            false => reading.is_inner(zone).then(|| sign.clone()),
        };
        let factor = if is_supply { 1.0 } else { -1.0 };
        (*of == commodity).then(sign).map(|sign| Place { in_all: in_all(&sign), sign, factor })
    })?;
    Ok(reading.series(sums))
}

/// Capacity of what supplies a commodity.
fn capacity(reading: &Reading, commodity: &str) -> Result<Vec<Series>, ReadError> {
    let mut suppliers: BTreeSet<String> = BTreeSet::new();
    let columns = ["zone", "commodity", "technology", "direction"];
    reading.stored.each_row("flows", columns, |[zone, of, party, direction]| {
        if of == commodity && direction == "supply" && reading.is_inner(zone) && !party.contains(':') {
            suppliers.insert(party.to_owned());
        }
    })?;
    let sums = reading.sums("capacity", ["year", "zone", "capacity", "technology"], |[_, zone, _, technology]| {
        let counts = suppliers.contains(*technology) && reading.is_inner(zone);
        counts.then(|| Place::everywhere(reading.legend.party(technology)))
    })?;
    Ok(reading.series(sums))
}

/// New capacity of some technologies, with its unit.
fn additions(reading: &Reading, technologies: &[String]) -> Result<(String, Vec<Series>), ReadError> {
    let mut unit = String::new();
    reading.stored.each_row("investment", ["technology", "capacity_unit"], |[technology, of]| {
        if technologies.iter().any(|name| name == technology) {
            of.clone_into(&mut unit);
        }
    })?;
    let sums = reading.sums("investment", ["year", "zone", "built", "technology"], |[_, zone, _, technology]| {
        let counts = technologies.iter().any(|name| name == technology) && reading.is_inner(zone);
        counts.then(|| Place::everywhere(reading.legend.party(technology)))
    })?;
    Ok((unit, reading.series(sums)))
}

/// Indicators of the whole country.
fn figures(reading: &Reading, names: &[String]) -> Vec<Series> {
    let one = |name: &String| {
        let figure = reading.stored.display.figures.iter().find(|figure| figure.name == *name)?;
        let by_year = reading.stored.summary.indicators.get(name)?;
        let sign = reading.legend.other(name, &figure.title);
        let value = |year: &i32| Number(by_year.get(year).copied().unwrap_or(0.0));
        Some(Series {
            zone: String::new(),
            key: sign.key,
            title: sign.title,
            color: sign.color,
            values: reading.stored.summary.years.iter().map(value).collect(),
        })
    };
    names.iter().filter_map(one).collect()
}

/// Emissions of all pollutants by sector.
///
/// # Errors
/// A table that can not be read.
pub fn emissions(reading: &Reading) -> Result<Chart, ReadError> {
    let columns = ["year", "zone", "value", "sector", "pollutant"];
    let sums = reading.sums("emissions", columns, |[_, zone, _, sector, pollutant]| {
        let worth = reading.stored.display.pollutants.iter().find(|(name, _)| name == pollutant);
        let factor = worth.map_or(1.0, |(_, gwp)| *gwp);
        reading.is_inner(zone).then(|| Place { factor, ..Place::everywhere(reading.legend.sector(sector)) })
    })?;
    Ok(Chart {
        name: "emissions".to_owned(),
        section: "emissions",
        title: "Emissions and removals by sector".to_owned(),
        text: "All greenhouse gases. What is below the line is removed; the line is the sum.".to_owned(),
        form: Form::Net,
        unit: "MtCO2e".to_owned(),
        limit: None,
        plant: None,
        series: reading.series(sums),
    })
}

/// Yearly prices of the commodities of charts, by zone: a chart for each.
///
/// # Errors
/// A table that can not be read.
pub fn prices(reading: &Reading) -> Result<Vec<Chart>, ReadError> {
    let mut commodities: Vec<&str> = Vec::new();
    for chart in &reading.stored.display.charts {
        if let ShownKind::Supply { commodity } | ShownKind::Balance { commodity } = &chart.kind
            && !commodities.contains(&commodity.as_str())
        {
            commodities.push(commodity);
        }
    }
    let mut charts = Vec::new();
    for name in commodities {
        let mut unit = String::new();
        reading.stored.each_row("prices", ["commodity", "unit"], |[commodity, of]| {
            if commodity == name {
                of.clone_into(&mut unit);
            }
        })?;
        let title_of = |zone: &str| {
            let known = reading.stored.display.zones.iter().find(|known| known.name == zone);
            known.map_or_else(|| zone.to_owned(), |known| known.title.clone())
        };
        let sums = reading.sums("prices", ["year", "zone", "price", "commodity"], |[_, zone, _, commodity]| {
            let counts = *commodity == name && reading.is_inner(zone);
            counts.then(|| Place::everywhere(reading.legend.other(&format!("zone:{zone}"), &title_of(zone))))
        })?;
        let title = reading.commodity(name).map_or(name, |commodity| &commodity.title);
        charts.push(Chart {
            name: format!("price-{name}"),
            section: "prices",
            title: format!("Price: {title}"),
            text: "What one more unit would cost, weighted by demand over the year.".to_owned(),
            form: Form::Lines,
            unit,
            limit: None,
            plant: None,
            series: reading.series(sums),
        });
    }
    Ok(charts)
}

/// Shadow prices of policies: a chart for each unit.
///
/// # Errors
/// A table that can not be read.
pub fn policies(reading: &Reading) -> Result<Vec<Chart>, ReadError> {
    let mut by_unit: IndexMap<String, IndexMap<String, Vec<f64>>> = IndexMap::new();
    let columns = ["year", "policy", "shadow_price", "price_unit"];
    reading.stored.each_row("policies", columns, |[year, policy, price, unit]| {
        let Some(year) = reading.year(year) else { return };
        let policies = by_unit.entry(unit.to_owned()).or_default();
        let prices = policies.entry(policy.to_owned()).or_insert_with(|| vec![0.0; reading.years()]);
        prices[year] += number(price);
    })?;
    let chart = |(unit, policies): (String, IndexMap<String, Vec<f64>>)| {
        let one = |(policy, prices): (String, Vec<f64>)| {
            let sign = reading.legend.other(&format!("policy:{policy}"), &policy);
            let values = prices.into_iter().map(Number).collect();
            Series { zone: String::new(), key: sign.key, title: sign.title, color: sign.color, values }
        };
        let matters = |prices: &[f64]| prices.iter().any(|price| price.abs() > 1e-6);
        let series: Vec<Series> = policies.into_iter().filter(|(_, prices)| matters(prices)).map(one).collect();
        let name = format!("policies-{}", unit.to_lowercase().replace('/', "-per-"));
        (!series.is_empty()).then(|| Chart {
            name,
            section: "prices",
            title: format!("Shadow prices of policies in {unit}"),
            text: "What a unit of the limit is worth: above 0 where a tighter limit would cost more.".to_owned(),
            form: Form::Lines,
            unit,
            limit: None,
            plant: None,
            series,
        })
    };
    Ok(by_unit.into_iter().filter_map(chart).collect())
}
