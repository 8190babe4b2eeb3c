//! `max`, `min`, `from` and `to` of policies.

use super::{Reader, Scope};
use crate::diagnostics::Diagnostic;
use crate::model::*;
use crate::units::{Content, Target};

/// Years in which a policy holds.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// First calendar year.
    pub from: i32,
    /// Last calendar year.
    pub to: i32,
}

impl Span {
    /// Reads `from` and `to`.
    pub fn read(reader: &Reader) -> Self {
        let span = Self { from: reader.year("from").unwrap_or(i32::MIN), to: reader.year("to").unwrap_or(i32::MAX) };
        if span.from > span.to {
            reader.wrong("to", format!("the policy ends in {}, before it begins", span.to), "exchange `from` and `to`");
        }
        span
    }

    /// Reports a sum over years that counts none of the horizon.
    pub fn check_counts(self, reader: &Reader, scope: &Scope) {
        if !scope.horizon.values().any(|m| m.first <= self.to && self.from <= m.last) {
            reader.wrong("from", "the budget counts no year of the horizon", "let `from` and `to` reach into it");
        }
    }

    /// Whether it holds in a year.
    pub fn holds(self, year: i32) -> bool {
        (self.from..=self.to).contains(&year)
    }
}

/// Reads `max` and `min` in the unit of a target; at least one of them is needed.
pub fn read(reader: &Reader, scope: &Scope, span: Span, target: &Target, content: Content) -> Limits {
    let side = |key| {
        let series = reader.series(key, target, content);
        let value = |m: &Milestone| series.as_ref().map(|s| s.at(m.year)).filter(|_| span.holds(m.year));
        scope.horizon.values().map(value).collect::<Arena<YearId, Option<f64>>>()
    };
    let limits = Limits { max: side("max"), min: side("min") };
    let has = |key: &str| reader.table().contains_key(key);
    if !has("max") && !has("min") {
        reader.missing("max", &format!("\"{}\"", target.example));
    }
    for (year, milestone) in scope.horizon.iter() {
        if let (Some(min), Some(max)) = (limits.min[year], limits.max[year])
            && min > max
        {
            let message = format!("in {} the minimum is above the maximum", milestone.year);
            let error = Diagnostic::error(reader.place("min"), message);
            scope.desk.report(error.help("exchange `min` and `max`, or loosen one of them"));
            break;
        }
    }
    limits
}
