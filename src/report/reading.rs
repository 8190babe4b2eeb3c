//! A scenario's results while a page is made of them.

use std::collections::{BTreeMap, BTreeSet};

use super::data::{Number, Series};
use super::legend::{Legend, Sign};
use crate::results::ShownCommodity;
use crate::results::read::{ReadError, Stored, number};

/// Part of the largest value of a chart that matters.
pub const VISIBLE: f64 = 2e-5;

/// What all parts of the page need to know.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The results.
    pub stored: &'a Stored,
    /// Titles and colours.
    pub legend: Legend<'a>,
    /// Links within the country, by their names in the flow table: `link:NAME`.
    pub inner_links: BTreeSet<String>,
}

/// Sums by zone (empty for all together), sign, and position of the year.
pub type Sums = BTreeMap<(String, Sign), Vec<f64>>;

impl<'a> Reading<'a> {
    /// Begins to read.
    ///
    /// # Errors
    /// A table that can not be read.
    pub fn new(stored: &'a Stored) -> Result<Self, ReadError> {
        let mut reading = Self { stored, legend: Legend::new(&stored.display), inner_links: BTreeSet::new() };
        let mut inner = BTreeSet::new();
        stored.each_row("links", ["link", "from", "to"], |[link, from, to]| {
            if reading.is_inner(from) && reading.is_inner(to) {
                inner.insert(format!("link:{link}"));
            }
        })?;
        reading.inner_links = inner;
        Ok(reading)
    }

    /// Whether a zone is inside the country.
    pub fn is_inner(&self, zone: &str) -> bool {
        self.stored.display.zones.iter().any(|known| known.name == zone && !known.external)
    }

    /// Number of milestone years.
    pub fn years(&self) -> usize {
        self.stored.summary.years.len()
    }

    /// Position of a milestone year.
    pub fn year(&self, text: &str) -> Option<usize> {
        let year: i32 = text.parse().ok()?;
        self.stored.summary.years.iter().position(|known| *known == year)
    }

    /// A commodity by its name.
    pub fn commodity(&self, name: &str) -> Option<&'a ShownCommodity> {
        self.stored.display.commodities.iter().find(|commodity| commodity.name == name)
    }

    /// Adds up rows of a table: `columns` are year, zone, value and what else `sign` looks at, which says where a row counts in its zone
    /// and in all of them together, and with which sign.
    ///
    /// # Errors
    /// A table that can not be read.
    pub fn sums<const N: usize>(
        &self,
        table: &str,
        columns: [&str; N],
        row: impl Fn(&[&str; N]) -> Option<Place>,
    ) -> Result<Sums, ReadError> {
        let mut sums = Sums::new();
        self.stored.each_row(table, columns, |cells| {
            let (Some(&year), Some(&zone), Some(&value)) = (cells.first(), cells.get(1), cells.get(2)) else { return };
            let (Some(year), Some(place)) = (self.year(year), row(&cells)) else { return };
            let amount = place.factor * number(value);
            let mut add = |zone: &str, sign: Sign| {
                let by_year = sums.entry((zone.to_owned(), sign)).or_insert_with(|| vec![0.0; self.years()]);
                by_year[year] += amount;
            };
            if self.is_inner(zone) {
                add(zone, place.sign.clone());
            }
            if let Some(sign) = place.in_all {
                add("", sign);
            }
        })?;
        Ok(sums)
    }

    /// Sums as what is drawn, without what is next to nothing throughout: nobody sees it, and a solver leaves some.
    pub fn series(&self, sums: Sums) -> Vec<Series> {
        let most = sums.values().flatten().fold(0.0, |most: f64, value| most.max(value.abs()));
        let matters = |values: &[f64]| values.iter().any(|value| value.abs() > VISIBLE * most);
        let kept = sums.into_iter().filter(|(_, values)| matters(values));
        let one = |((zone, sign), values): ((String, Sign), Vec<f64>)| Series {
            zone,
            key: sign.key,
            title: sign.title,
            color: sign.color,
            values: values.into_iter().map(Number).collect(),
        };
        kept.map(one).collect()
    }
}

/// Where a row counts.
#[derive(Debug)]
pub struct Place {
    /// What it is in its zone.
    pub sign: Sign,
    /// What it is in all zones together; `None` where it does not count there.
    pub in_all: Option<Sign>,
    /// What its value is multiplied with.
    pub factor: f64,
}

impl Place {
    /// A row that counts alike in its zone and in all of them.
    pub fn everywhere(sign: Sign) -> Self {
        Self { in_all: Some(sign.clone()), sign, factor: 1.0 }
    }
}
