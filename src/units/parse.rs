//! Text → quantity.
//!
//! ```text
//! quantity = number unit
//! unit     = factor (("/" | "*") factor)*
//! factor   = number? atom | "(" unit ")"
//! ```

use super::currency::Currencies;
use super::dimension::Dimension;

/// A number in base units with its dimension.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Quantity {
    /// Value in base units (GWh, kt, million km, million m³, million currency units, hours).
    pub value: f64,
    /// Its dimension.
    pub dimension: Dimension,
}

/// What is wrong with a quantity, and where in its text.
#[derive(Clone, PartialEq, Debug)]
pub struct UnitError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where, in bytes of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// A named unit: factor to base units and dimension.
struct Atom {
    name: &'static str,
    factor: f64,
    dimension: Dimension,
}

const fn atom(name: &'static str, factor: f64, dimension: Dimension) -> Atom {
    Atom { name, factor, dimension }
}

/// GWh per joule, calorie, tonne of oil and coal equivalent (IEA conventions).
const JOULE: f64 = 1.0 / 3.6e12;
const CALORIE: f64 = 4.1868 * JOULE;
const TOE: f64 = 41.868e9 * JOULE;
const TCE: f64 = 29.3076e9 * JOULE;
const BTU: f64 = 1055.056 * JOULE;

const E: Dimension = Dimension::ENERGY;
const P: Dimension = Dimension::ENERGY.per(Dimension::TIME);
const M: Dimension = Dimension::MASS;
const D: Dimension = Dimension::DISTANCE;
const V: Dimension = Dimension::VOLUME;
const T: Dimension = Dimension::TIME;

/// All units but money.
const ATOMS: &[Atom] = &[
    atom("Wh", 1e-9, E),
    atom("kWh", 1e-6, E),
    atom("MWh", 1e-3, E),
    atom("GWh", 1.0, E),
    atom("TWh", 1e3, E),
    atom("J", JOULE, E),
    atom("kJ", 1e3 * JOULE, E),
    atom("MJ", 1e6 * JOULE, E),
    atom("GJ", 1e9 * JOULE, E),
    atom("TJ", 1e12 * JOULE, E),
    atom("PJ", 1e15 * JOULE, E),
    atom("EJ", 1e18 * JOULE, E),
    atom("cal", CALORIE, E),
    atom("kcal", 1e3 * CALORIE, E),
    atom("Mcal", 1e6 * CALORIE, E),
    atom("Gcal", 1e9 * CALORIE, E),
    atom("toe", TOE, E),
    atom("ktoe", 1e3 * TOE, E),
    atom("Mtoe", 1e6 * TOE, E),
    atom("tce", TCE, E),
    atom("ktce", 1e3 * TCE, E),
    atom("Mtce", 1e6 * TCE, E),
    atom("MMBtu", 1e6 * BTU, E),
    atom("W", 1e-9, P),
    atom("kW", 1e-6, P),
    atom("MW", 1e-3, P),
    atom("GW", 1.0, P),
    atom("TW", 1e3, P),
    atom("g", 1e-9, M),
    atom("kg", 1e-6, M),
    atom("t", 1e-3, M),
    atom("kt", 1.0, M),
    atom("Mt", 1e3, M),
    atom("Gt", 1e6, M),
    atom("km", 1e-6, D),
    atom("Mkm", 1.0, D),
    atom("Gkm", 1e3, D),
    atom("m3", 1e-6, V),
    atom("Mm3", 1.0, V),
    atom("mcm", 1.0, V),
    atom("bcm", 1e3, V),
    atom("h", 1.0, T),
    atom("day", 24.0, T),
    atom("yr", 8760.0, T),
    atom("year", 8760.0, T),
    atom("years", 8760.0, T),
    atom("%", 0.01, Dimension::NONE),
];

/// Distances by what is moved: vehicles, passengers, tonnes.
const MOVED: [(&str, &str); 9] = [
    ("vkm", "km"),
    ("pkm", "km"),
    ("tkm", "km"),
    ("Mvkm", "Mkm"),
    ("Mpkm", "Mkm"),
    ("Mtkm", "Mkm"),
    ("Gvkm", "Gkm"),
    ("Gpkm", "Gkm"),
    ("Gtkm", "Gkm"),
];

/// Most brackets within brackets.
const DEEPEST: usize = 16;

/// What to do about a mistake.
fn advice(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Parses a quantity. A number alone is a quantity without dimension.
pub fn parse(text: &str, currencies: &Currencies) -> Result<Quantity, UnitError> {
    let mut scanner = Scanner { text, at: 0, depth: 0, currencies };
    scanner.skip_spaces();
    let start = scanner.at;
    let Some(number) = scanner.number() else {
        let help = text.contains(',').then(|| "write numbers without thousands separators: 1500, or 1_500".to_owned());
        return Err(scanner.error(start, text.len(), "this does not begin with a number".to_owned(), help));
    };
    if scanner.rest().starts_with(',') {
        let help = Some("use a point for decimals and no thousands separators: 1500.5".to_owned());
        return Err(scanner.error(start, scanner.at + 1, "a number can not hold a comma".to_owned(), help));
    }
    scanner.skip_spaces();
    if scanner.rest().starts_with(|c: char| c.is_ascii_digit()) {
        let help = Some("write numbers without thousands separators: 1500, or 1_500".to_owned());
        return Err(scanner.error(start, scanner.at + 1, "a number can not hold a space".to_owned(), help));
    }
    let unit =
        if scanner.rest().is_empty() { Quantity { value: 1.0, dimension: Dimension::NONE } } else { scanner.unit()? };
    if !scanner.rest().is_empty() {
        let message = format!("`{}` is left over after the unit", scanner.rest().trim());
        return Err(scanner.error(scanner.at, text.len(), message, advice("join units by `/` and `*` only")));
    }
    let value = number * unit.value;
    if value.is_finite() {
        Ok(Quantity { value, dimension: unit.dimension })
    } else {
        Err(scanner.error(start, text.len(), "this number is too large".to_owned(), advice("check its exponent")))
    }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Open brackets.
    depth: usize,
    currencies: &'a Currencies,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn error(&self, start: usize, end: usize, message: String, help: Option<String>) -> UnitError {
        UnitError { message, help, start, end: end.max(start + 1).min(self.text.len().max(start)) }
    }

    /// Reads a number: digits with `_`, a point, an exponent.
    fn number(&mut self) -> Option<f64> {
        let rest = self.rest();
        let mut end = 0;
        for (i, c) in rest.char_indices() {
            let after_exponent = matches!(rest.as_bytes().get(i.wrapping_sub(1)), Some(b'e' | b'E'));
            let is_exponent = matches!(c, 'e' | 'E')
                && end > 0
                && rest[i + 1..].trim_start_matches(['+', '-']).starts_with(|d: char| d.is_ascii_digit());
            let is_sign = matches!(c, '+' | '-') && (i == 0 || after_exponent);
            if !(c.is_ascii_digit() || matches!(c, '.' | '_') || is_exponent || is_sign) {
                break;
            }
            end = i + 1;
        }
        let digits: String = rest.get(..end)?.chars().filter(|&c| c != '_').collect();
        let number = digits.parse::<f64>().ok()?;
        self.at += end;
        Some(number)
    }

    fn unit(&mut self) -> Result<Quantity, UnitError> {
        let mut unit = self.factor()?;
        loop {
            self.skip_spaces();
            let divide = match self.rest().chars().next() {
                Some('/') => true,
                Some('*' | '·') => false,
                _ => return Ok(unit),
            };
            self.at += self.rest().chars().next().map_or(0, char::len_utf8);
            let factor = self.factor()?;
            unit = if divide {
                Quantity { value: unit.value / factor.value, dimension: unit.dimension.per(factor.dimension) }
            } else {
                Quantity { value: unit.value * factor.value, dimension: unit.dimension.times(factor.dimension) }
            };
        }
    }

    fn factor(&mut self) -> Result<Quantity, UnitError> {
        self.skip_spaces();
        if self.rest().starts_with('(') {
            let start = self.at;
            self.at += 1;
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(self.error(
                    start,
                    start + 1,
                    "there are too many brackets".to_owned(),
                    advice("one pair of brackets is enough"),
                ));
            }
            let inner = self.unit()?;
            self.depth -= 1;
            self.skip_spaces();
            if !self.rest().starts_with(')') {
                return Err(self.error(
                    start,
                    self.text.len(),
                    "this bracket is not closed".to_owned(),
                    advice("close it by `)`"),
                ));
            }
            self.at += 1;
            return Ok(inner);
        }
        let multiple = if self.rest().starts_with(|c: char| c.is_ascii_digit()) { self.number() } else { None };
        self.skip_spaces();
        let start = self.at;
        let is_end = |c: char| c.is_whitespace() || matches!(c, '/' | '*' | '·' | '(' | ')' | ']');
        let end = self.rest().find(is_end).unwrap_or(self.rest().len());
        let name = self.rest().get(..end).unwrap_or_default();
        self.at += end;
        let atom = self.atom(name, start)?;
        let value = atom.value * multiple.unwrap_or(1.0);
        if value.is_finite() {
            Ok(Quantity { value, ..atom })
        } else {
            Err(self.error(start, self.at, "this number is too large".to_owned(), advice("check its exponent")))
        }
    }

    fn atom(&self, name: &str, start: usize) -> Result<Quantity, UnitError> {
        // A mass may say what it is a mass of: `tCO2`, `MtCO2e`.
        let name = ["CO2e", "CO2", "CH4", "N2O"].iter().find_map(|of| name.strip_suffix(of)).unwrap_or(name);
        // A distance may say what is moved: `pkm`, `Gtkm`.
        let name = MOVED.iter().find(|(moved, _)| *moved == name).map_or(name, |(_, distance)| distance);
        if let Some(atom) = ATOMS.iter().find(|atom| atom.name == name) {
            return Ok(Quantity { value: atom.factor, dimension: atom.dimension });
        }
        let end = start + name.len();
        match self.currencies.factor(name) {
            Some(Ok(value)) => Ok(Quantity { value, dimension: Dimension::MONEY }),
            Some(Err((message, help))) => Err(self.error(start, end, message, Some(help))),
            None if name.is_empty() => Err(self.error(
                start,
                end,
                "a unit is missing here".to_owned(),
                advice("write one, as in \"950 USD/kW\""),
            )),
            None => {
                let known = ATOMS.iter().map(|atom| atom.name.to_owned()).chain(self.currencies.words());
                let nearest = crate::diagnostics::nearest(name, known);
                let help = nearest.map(|word| format!("did you mean `{word}`?"));
                Err(self.error(start, end, format!("unknown unit `{name}`"), help))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        parse(text, &Currencies::default()).unwrap().value
    }

    fn error(text: &str) -> UnitError {
        parse(text, &Currencies::default()).unwrap_err()
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-12 * b.abs(), "{a} is not {b}");
    }

    #[test]
    fn units_convert_to_base_units() {
        close(value("1 kWh"), 1e-6);
        close(value("3.6 PJ"), 1000.0);
        close(value("1 Gcal"), 1.163e-3);
        close(value("1 Mtoe"), 11_630.0);
        close(value("950 USD/kW"), 950.0);
        close(value("12 USD/kW/yr"), 12.0 / 8760.0);
        close(value("200 USD/1000m3"), 0.2);
        close(value("200 USD / 1000 m3"), 0.2);
        close(value("8.76 bcm/yr"), 1.0);
        close(value("56.1 t/TJ"), 56.1 * 3.6e-3);
        close(value("90 USD/(1000m3/yr)"), 0.09 * 8760.0);
        close(value("1_500 MW"), 1.5);
        close(value("2e-1 GW"), 0.2);
        close(value("12 %"), 0.12);
        close(value("-0.9 t/MWh"), -0.9);
        close(value("2 MtCO2e"), 2000.0);
        close(value("25 USD/tCO2"), 0.025);
        close(value("269 Gtkm/yr"), 269_000.0 / 8760.0);
        close(value("0.65 kWh/km"), 0.65);
        assert_eq!(parse("1 kW*h", &Currencies::default()).unwrap().dimension, Dimension::ENERGY);
    }

    #[test]
    fn money_of_other_years_and_currencies_converts() {
        let mut currencies = Currencies::default();
        currencies.exchange_rates.insert("KZT".to_owned(), 456.0);
        currencies.deflators.extend([(2016, 80.0), (2023, 100.0)]);
        close(parse("456 KZT/kWh", &currencies).unwrap().value, 1.0);
        close(parse("80 USD2016/kW", &currencies).unwrap().value, 100.0);
        close(parse("2 BKZT", &currencies).unwrap().value, 2000.0 / 456.0);
        assert!(parse("1 EUR", &currencies).unwrap_err().message.contains("exchange rate"));
        assert!(parse("1 USD1999", &currencies).unwrap_err().message.contains("deflator for 1999"));
    }

    #[test]
    fn mistakes_are_located() {
        let e = error("950 USD/kv");
        assert_eq!((e.start, e.end), (8, 10));
        assert_eq!(e.message, "unknown unit `kv`");
        assert_eq!(error("1,5 GW").message, "a number can not hold a comma");
        assert_eq!(error("about 5 GW").start, 0);
        assert_eq!(error("5 GW/").message, "a unit is missing here");
        assert_eq!(error("5 USD/(kW").message, "this bracket is not closed");
        assert!(error("1 GWH").help.unwrap().contains("GWh"));
        assert_eq!(error("1 GW ]").message, "`]` is left over after the unit");
        assert_eq!(error("1 500 MW").message, "a number can not hold a space");
        assert_eq!(error("10\u{a0}000 GWh").message, "a number can not hold a space");
        assert_eq!(error(&format!("5 {}", "(".repeat(100_000))).message, "there are too many brackets");
        assert!(parse("", &Currencies::default()).is_err());
        assert_eq!(error("1e999 GW").message, "this number is too large");
        assert_eq!(error("1 USD/1e999kW").message, "this number is too large");
        assert_eq!(error("1 USD/0kW").message, "this number is too large");
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,20}") {
            let _ = parse(&text, &Currencies::default());
        }

        #[test]
        fn no_near_unit_makes_it_panic(text in "[0-9eE+\\-_., ]{0,8}[a-zA-Z0-9/*()%·₸ ]{0,12}") {
            let _ = parse(&text, &Currencies::default());
        }
    }
}
