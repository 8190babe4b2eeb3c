//! Annual means: representative days as they are would shift the yearly energy of wind, sun and load.

/// Scales the values of representative days, so that their weighted mean is `mean`.
///
/// Days whose `kept` is set stay as they are; the others are multiplied by one factor `f`, and no value is raised above
/// `most`: `Σ_d w_d · Σ_h min(f · v, most) = mean · Σ w`. Where even that can not reach the mean, values end at `most`.
pub fn preserve(values: &mut [Vec<f64>], weights: &[f64], kept: &[bool], mean: f64, most: f64) {
    let factor = factor(values, weights, kept, mean, most);
    for (day, _) in values.iter_mut().zip(kept).filter(|(_, kept)| !**kept) {
        for value in day {
            *value = scaled(*value, factor, most);
        }
    }
}

/// Relative difference from which a mean is not kept.
const TOLERANCE: f64 = 1e-6;

/// Whether a mean over the grid is that over the year.
pub fn is_kept(on_grid: f64, over_year: f64) -> bool {
    (on_grid - over_year).abs() <= TOLERANCE * over_year.abs()
}

/// A value above `most` already (it never is, for `most` the greatest value of the profile) is not lowered by the limit.
fn scaled(value: f64, factor: f64, most: f64) -> f64 {
    (value * factor).min(most.max(value.min(value * factor)))
}

fn factor(values: &[Vec<f64>], weights: &[f64], kept: &[bool], mean: f64, most: f64) -> f64 {
    let total = |factor: f64| -> f64 {
        let day = |(i, day): (usize, &Vec<f64>)| {
            let value = |v: &f64| if kept[i] { *v } else { scaled(*v, factor, most) };
            weights[i] * day.iter().map(value).sum::<f64>()
        };
        values.iter().enumerate().map(day).sum()
    };
    let wanted = mean * values.iter().zip(weights).map(|(day, weight)| day.len() as f64 * weight).sum::<f64>();
    if (total(1.0) - wanted).abs() <= 1e-12 * wanted.abs() {
        return 1.0;
    }
    // `total` never falls with the factor: halve the interval until it can not be told apart.
    let (mut low, mut high) = (0.0, 2.0);
    while total(high) < wanted && high < 1e6 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if total(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::preserve;

    fn mean(values: &[Vec<f64>], weights: &[f64]) -> f64 {
        let total: f64 = values.iter().zip(weights).map(|(day, w)| w * day.iter().sum::<f64>()).sum();
        total / weights.iter().sum::<f64>() / values[0].len() as f64
    }

    #[test]
    fn the_mean_is_reached_and_no_value_passes_the_most() {
        let weights = [300.0, 64.0, 1.0];
        let mut values = vec![vec![0.2, 0.9], vec![0.0, 0.5], vec![1.0, 1.0]];
        preserve(&mut values, &weights, &[false, false, true], 0.58, 1.0);
        assert!((mean(&values, &weights) - 0.58).abs() < 1e-12);
        assert_eq!(values[2], [1.0, 1.0]);
        assert!(values.iter().flatten().all(|&v| v <= 1.0));
        assert!(values[0][1] == 1.0 && values[1][0] == 0.0);
    }

    #[test]
    fn a_mean_out_of_reach_ends_at_the_most() {
        let mut values = vec![vec![0.0, 0.5]];
        preserve(&mut values, &[365.0], &[false], 0.9, 1.0);
        assert_eq!(values[0], [0.0, 1.0]);
        let mut zero = vec![vec![0.0, 0.0]];
        preserve(&mut zero, &[365.0], &[false], 0.1, 1.0);
        assert_eq!(zero[0], [0.0, 0.0]);
    }
}
