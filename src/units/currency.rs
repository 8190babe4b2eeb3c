//! Money of other currencies and other years.

use std::collections::BTreeMap;

/// How amounts of money turn into the scenario's currency at its price level.
///
/// An amount in a foreign currency is divided by its exchange rate; an amount with a price year (`USD2016`) is multiplied by
/// the ratio of the deflators of the scenario's price year and its own. An amount without a year is at the price level
/// already.
#[derive(Clone, Debug, PartialEq)]
pub struct Currencies {
    /// Code of the scenario's currency.
    pub code: String,
    /// Price level of the scenario.
    pub price_year: i32,
    /// Units of each other currency per unit of the scenario's.
    pub exchange_rates: BTreeMap<String, f64>,
    /// Price index by year.
    pub deflators: BTreeMap<i32, f64>,
}

impl Default for Currencies {
    fn default() -> Self {
        Self { code: "USD".to_owned(), price_year: 2023, exchange_rates: BTreeMap::new(), deflators: BTreeMap::new() }
    }
}

/// Codes that are read as money even where a scenario gives no exchange rate for them.
const KNOWN_CODES: [&str; 9] = ["USD", "EUR", "CNY", "KZT", "RUB", "GBP", "JPY", "UZS", "KGS"];

/// What is wrong, and that a table of `[money]` is to have an entry more.
fn lacking(message: String, table: &str, entry: &str) -> (String, String) {
    (message, format!("add {table} = {{ {entry} = … }} to [money]"))
}

impl Currencies {
    /// Whether `code` is a currency, known here or in the scenario.
    fn is_code(&self, code: &str) -> bool {
        code == self.code || self.exchange_rates.contains_key(code) || KNOWN_CODES.contains(&code)
    }

    /// Reads `kUSD2016`, `EUR`, `MKZT`: million units of the scenario's currency per unit, or `None` if it is not money.
    pub(super) fn factor(&self, atom: &str) -> Option<Result<f64, (String, String)>> {
        let digits = atom.len() - atom.chars().rev().take_while(char::is_ascii_digit).count();
        let (word, year) = atom.split_at_checked(digits)?;
        let (scale, code) = [(1.0, ""), (1e3, "k"), (1e6, "M"), (1e9, "B")]
            .into_iter()
            .filter_map(|(scale, prefix)| Some((scale, word.strip_prefix(prefix)?)))
            .find(|(_, code)| self.is_code(code))?;
        Some(self.worth(code, year).map(|worth| scale * worth / 1e6))
    }

    /// Worth of one unit of `code` at the price level of `year` (empty: the scenario's).
    fn worth(&self, code: &str, year: &str) -> Result<f64, (String, String)> {
        let rate = if code == self.code {
            1.0
        } else {
            *self
                .exchange_rates
                .get(code)
                .ok_or_else(|| lacking(format!("there is no exchange rate for {code}"), "exchange-rates", code))?
        };
        if year.is_empty() {
            return Ok(1.0 / rate);
        }
        let year: i32 = year.parse().map_err(|_| {
            (
                format!("`{year}` is not a year"),
                "write the year of the price level with four digits: USD2023".to_owned(),
            )
        })?;
        if year == self.price_year {
            return Ok(1.0 / rate);
        }
        let index = |y: i32| {
            self.deflators
                .get(&y)
                .copied()
                .ok_or_else(|| lacking(format!("there is no deflator for {y}"), "deflators", &y.to_string()))
        };
        Ok(index(self.price_year)? / index(year)? / rate)
    }

    /// Words that may stand for money, for suggestions.
    pub(super) fn words(&self) -> impl Iterator<Item = String> + '_ {
        std::iter::once(self.code.as_str())
            .chain(self.exchange_rates.keys().map(String::as_str))
            .flat_map(|code| ["", "k", "M", "B"].map(|prefix| format!("{prefix}{code}")))
    }
}
