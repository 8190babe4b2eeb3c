//! Numbers with their units as texts: what stands in a sweep file is passed on to the scenario, whose readers know the dimensions.

use crate::results::significant;
use crate::scenario::tree::{Entry, Node, Table, Value};

/// A number and the text of its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Number.
    pub number: f64,
    /// Unit; empty for a plain number.
    pub unit: String,
}

impl Amount {
    /// The amount of a number or a quantity.
    pub fn of(node: &Node) -> Option<Self> {
        match &node.value {
            #[allow(clippy::cast_precision_loss)] // Counts far below 2^53.
            Value::Integer(number) => Some(Self { number: *number as f64, unit: String::new() }),
            Value::Number(number) => Some(Self { number: *number, unit: String::new() }),
            Value::Text(text) => Self::parse(text),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // The longest beginning that is a number: units may begin with an `e` as exponents do.
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
        let (number, end) = ends.filter_map(|end| Some((text[..end].parse::<f64>().ok()?, end))).next()?;
        number.is_finite().then(|| Self { number, unit: text[end..].trim().to_owned() })
    }

    /// As a value of a scenario.
    pub fn value(&self) -> Value {
        let number = significant(self.number);
        if self.unit.is_empty() { Value::Number(number) } else { Value::Text(format!("{number} {}", self.unit)) }
    }
}

/// A number, a quantity or a series of them, multiplied; `None` for anything else.
pub fn scaled(node: &Node, factor: f64) -> Option<Node> {
    let value = match &node.value {
        Value::Table(table) if node.is_series() => {
            let year = |(key, entry): (&String, &Entry)| {
                Some((key.clone(), Entry { key: entry.key, node: scaled(&entry.node, factor)? }))
            };
            Value::Table(table.iter().map(year).collect::<Option<Table>>()?)
        }
        _ => {
            let Amount { number, unit } = Amount::of(node)?;
            Amount { number: number * factor, unit }.value()
        }
    };
    Some(Node { value, ..node.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::tree::parse;

    fn node(value: &str) -> Node {
        let id = crate::diagnostics::Sources::default().add("a.toml", value);
        parse(&format!("x = {value}"), id, &mut Vec::new()).0["x"].node.clone()
    }

    #[test]
    fn numbers_quantities_and_series_are_scaled() {
        let shown = |value: &str| scaled(&node(value), 1.1).map(|node| crate::scenario::toml(&node));
        assert_eq!(shown("2").as_deref(), Some("2.2"));
        assert_eq!(shown("\"1e3 EUR/kW\"").as_deref(), Some("\"1100 EUR/kW\""));
        assert_eq!(shown("\"10 %\"").as_deref(), Some("\"11 %\""));
        assert_eq!(
            shown("{ 2025 = \"900 USD/kW\", 2050 = 600 }").as_deref(),
            Some("{ 2025 = \"990 USD/kW\", 2050 = 660.0 }")
        );
        assert_eq!(shown("\"wind\""), None);
        assert_eq!(shown("[1, 2]"), None);
        assert_eq!(shown("true"), None);
    }
}
