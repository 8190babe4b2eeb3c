//! What each parameter does to the discounted cost.

use std::collections::BTreeMap;

use super::design::{Choice, Design};
use super::plan::Plan;
use super::rows::{Blocks, OBJECTIVE};

/// What a parameter does to the cost.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its name.
    pub parameter: String,
    /// Its values at which the cost is lowest and highest; without them where there are no such single values.
    pub at: Option<[String; 2]>,
    /// The lowest and the highest cost, million currency units.
    pub costs: [f64; 2],
    /// Rank correlation (Spearman) of the cost with the parameter, of samples.
    pub correlation: Option<f64>,
}

impl Bar {
    /// Highest less lowest cost.
    pub fn swing(&self) -> f64 {
        self.costs[1] - self.costs[0]
    }
}

/// The effect of each parameter, the largest first. One at a time: the costs of the variants in which it alone differs, and of
/// the scenario as it is. Grid: mean costs of the variants with each value. Samples: mean costs of the third of the variants with
/// the lowest and of that with the highest values, ranked by correlation.
pub fn tornado(plan: &Plan, blocks: &Blocks) -> Vec<Bar> {
    let costs: BTreeMap<usize, f64> = blocks.iter().filter_map(|(&number, rows)| Some((number, cost(rows)?))).collect();
    let bars = (0..plan.parameters.len()).filter_map(|position| match plan.design {
        Design::OneAtATime => apart(plan, position, &costs),
        Design::Grid => by_value(plan, position, &costs, |_| true),
        Design::LatinHypercube { .. } | Design::MonteCarlo { .. } => sampled(plan, position, &costs),
    });
    let mut bars: Vec<Bar> = bars.collect();
    let size = |bar: &Bar| bar.correlation.map_or(bar.swing(), f64::abs);
    bars.sort_by(|a, b| size(b).total_cmp(&size(a)));
    bars
}

/// The discounted cost of a variant, from its rows.
pub fn cost(rows: &[Vec<String>]) -> Option<f64> {
    let last = rows.last()?;
    let [.., indicator, value, _] = last.as_slice() else { return None };
    (indicator == OBJECTIVE).then(|| value.parse().ok()).flatten()
}

fn apart(plan: &Plan, position: usize, costs: &BTreeMap<usize, f64>) -> Option<Bar> {
    let differs = |variant: &[Choice]| variant[position] != Choice::AsItIs;
    let as_it_is = |variant: &[Choice]| variant.iter().all(|choice| *choice == Choice::AsItIs);
    by_value(plan, position, costs, |variant| differs(variant) || as_it_is(variant))
}

/// Mean costs by the value of a parameter, over the variants that count.
fn by_value(
    plan: &Plan,
    position: usize,
    costs: &BTreeMap<usize, f64>,
    counts: impl Fn(&[Choice]) -> bool,
) -> Option<Bar> {
    let mut groups: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (&number, &cost) in costs {
        if counts(&plan.variants[number - 1]) {
            let shown = plan.shown(number - 1).swap_remove(position);
            groups.entry(format!("{} {}", shown.value, shown.unit).trim().to_owned()).or_default().push(cost);
        }
    }
    let means: Vec<(String, f64)> = groups.into_iter().map(|(value, costs)| (value, mean(&costs))).collect();
    let low = means.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let high = means.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Bar {
        parameter: plan.parameters[position].name.clone(),
        at: Some([low.0.clone(), high.0.clone()]),
        costs: [low.1, high.1],
        correlation: None,
    })
}

fn sampled(plan: &Plan, position: usize, costs: &BTreeMap<usize, f64>) -> Option<Bar> {
    // Quantiles and positions rise with the values.
    #[allow(clippy::cast_precision_loss)] // Far below 2^53.
    let order = |number: usize| match plan.variants[number - 1][position] {
        Choice::AsItIs => 0.0,
        Choice::Level(level) => level as f64,
        Choice::Quantile(p) => p,
    };
    let mut pairs: Vec<(f64, f64)> = costs.iter().map(|(&number, &cost)| (order(number), cost)).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let third = pairs.len().div_ceil(3);
    let of = |pairs: &[(f64, f64)]| mean(&pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    let (low, high) = (of(pairs.get(..third)?), of(&pairs[pairs.len() - third..]));
    let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    Some(Bar {
        parameter: plan.parameters[position].name.clone(),
        at: None,
        costs: [low, high],
        correlation: Some(correlation(&ranks(&x), &ranks(&y))),
    })
}

#[allow(clippy::cast_precision_loss)] // Far below 2^53.
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Ranks from 0; equal values have the mean of theirs.
#[allow(clippy::cast_precision_loss)] // Far below 2^53.
fn ranks(values: &[f64]) -> Vec<f64> {
    let rank = |value: &f64| {
        let below = values.iter().filter(|other| *other < value).count();
        let equal = values.iter().filter(|other| *other == value).count();
        below as f64 + (equal - 1) as f64 / 2.0
    };
    values.iter().map(rank).collect()
}

/// Correlation; 0 where one of both does not change.
fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let (mean_x, mean_y) = (mean(x), mean(y));
    let product =
        |a: &[f64], ma: f64, b: &[f64], mb: f64| a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum::<f64>();
    let size = (product(x, mean_x, x, mean_x) * product(y, mean_y, y, mean_y)).sqrt();
    if size == 0.0 { 0.0 } else { product(x, mean_x, y, mean_y) / size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_correlate_where_values_rise_together() {
        let of = |x: &[f64], y: &[f64]| correlation(&ranks(x), &ranks(y));
        assert!((of(&[1.0, 2.0, 3.0, 4.0], &[1.0, 8.0, 27.0, 64.0]) - 1.0).abs() < 1e-12);
        assert!((of(&[1.0, 2.0, 3.0], &[9.0, 5.0, 1.0]) + 1.0).abs() < 1e-12);
        assert_eq!(of(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]), 0.0);
        // Textbook: 1 − 6·Σd²/(n(n²−1)) = 1 − 6·2/24.
        assert!((of(&[1.0, 2.0, 3.0], &[2.0, 1.0, 3.0]) - 0.5).abs() < 1e-12);
    }
}
