//! Cost by component and investment.

use super::data::{Chart, Form, Number};
use super::reading::{Place, Reading, Sums};
use crate::diagnostics::capitalised;
use crate::results::read::ReadError;

/// Cost of a year by component, and investment of a period by what is built and by who finances it.
///
/// # Errors
/// A table that can not be read.
pub fn charts(reading: &Reading) -> Result<Vec<Chart>, ReadError> {
    let columns = ["year", "zone", "value", "component", "basis"];
    let costs = reading.sums("costs", columns, |[_, _, _, component, basis]| {
        let sign = || reading.legend.other(&format!("cost:{component}"), &capitalised(component));
        (*basis == "annual").then(|| Place::everywhere(sign()))
    })?;
    let columns = ["year", "zone", "overnight_cost", "technology"];
    let built = reading.sums("investment", columns, |[_, _, _, technology]| {
        // The tank of a store has a row of its own.
        let owner = technology.strip_suffix(":tank").unwrap_or(technology);
        Some(Place::everywhere(reading.legend.sector_of(owner).unwrap_or_else(|| reading.legend.party(owner))))
    })?;
    let columns = ["year", "zone", "overnight_cost", "source"];
    let financed = reading.sums("investment", columns, |[_, _, _, source]| {
        Some(Place::everywhere(reading.legend.other(&format!("finance:{source}"), &capitalised(source))))
    })?;
    let chart = |name: &str, title: &str, text: &str, form, sums: Sums| Chart {
        name: name.to_owned(),
        section: "money",
        title: title.to_owned(),
        text: text.to_owned(),
        form,
        unit: format!("M{}", reading.stored.display.money),
        limit: None::<(Number, String)>,
        plant: None,
        series: reading.series(sums),
    };
    Ok(vec![
        chart(
            "costs",
            "Cost of a year by component",
            "Money of the year, not discounted; sales and what is paid on emissions to the state are below the line where they bring money.",
            Form::Net,
            costs,
        ),
        chart(
            "investment",
            "Investment by sector",
            "Overnight cost of what is built for a milestone year, all years of its period together.",
            Form::Bars,
            built,
        ),
        chart("finance", "Investment by source of finance", "The same by who pays for it.", Form::Bars, financed),
    ])
}
