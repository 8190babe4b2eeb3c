//! `markets.csv`: what is traded in each price step. Revenue is positive where the system is paid, negative where it pays.

use super::ledger::Ledger;
use super::table::Table;
use crate::formulation::keys::ColumnKey;
use crate::model::*;

/// Yearly amounts traded in the steps of a market, TWh or Mt.
pub fn steps(ledger: &Ledger, id: MarketId, year: YearId) -> Vec<f64> {
    let market = &ledger.model().markets[id];
    let by_step: Vec<f64> = (0..market.steps.len())
        .map(|step| ledger.column(ColumnKey::Step(id, year, u16::try_from(step).unwrap_or(u16::MAX))))
        .collect();
    let has_steps = (0..market.steps.len()).any(|step| {
        let key = ColumnKey::Step(id, year, u16::try_from(step).unwrap_or(u16::MAX));
        ledger.formulation.program.column(key).is_some()
    });
    if has_steps {
        return by_step;
    }
    let resolution = ledger.model().commodities[market.commodity].resolution;
    let traded = |bucket| ledger.context().amount(bucket) * ledger.column(ColumnKey::Traded(id, year, bucket));
    let total = ledger.context().grid.buckets(resolution).into_iter().map(traded).sum();
    // Without rows for its steps a market has a single one.
    std::iter::once(total).chain(by_step.into_iter().skip(1)).collect()
}

/// Makes the table.
pub fn table(ledger: &Ledger) -> Table {
    let header = [
        "scenario",
        "year",
        "market",
        "zone",
        "commodity",
        "direction",
        "step",
        "quantity",
        "unit",
        "price",
        "price_unit",
        "revenue",
        "revenue_unit",
    ];
    let mut table = Table::new("markets", &header).typed(&["year", "step"], &["quantity", "price", "revenue"]);
    let model = ledger.model();
    let money = format!("M{}", model.money.currency);
    for year in ledger.context().covered() {
        for (id, market) in model.markets.iter() {
            let c = &model.commodities[market.commodity];
            let (direction, sign) = match market.trade {
                Trade::Import => ("import", -1.0),
                Trade::Export => ("export", 1.0),
            };
            for (number, quantity) in steps(ledger, id, year).into_iter().enumerate() {
                let price = market.steps[number].price[year];
                table.row([
                    (&model.id).into(),
                    ledger.year(year).into(),
                    (&market.name).into(),
                    ledger.zone(market.zone).into(),
                    (&c.name).into(),
                    direction.into(),
                    i32::try_from(number + 1).unwrap_or(i32::MAX).into(),
                    (quantity * c.amount_label.factor).into(),
                    (&c.amount_label.unit).into(),
                    (price * c.price_label.factor).into(),
                    (&c.price_label.unit).into(),
                    (sign * quantity * price).into(),
                    (&money).into(),
                ]);
            }
        }
    }
    table
}
