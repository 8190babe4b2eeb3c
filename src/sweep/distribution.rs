//! Distributions of a parameter, through their quantiles.

/// Standard deviations from the mean at which a normal distribution ends where its ends are not given.
const WIDE: f64 = 3.0;

/// Probabilities at which a normal distribution is taken where only its ends are asked for.
const NORMAL_ENDS: [f64; 2] = [0.05, 0.95];

/// A distribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Equally likely between two numbers.
    Uniform([f64; 2]),
    /// Least, likeliest and greatest value.
    Triangular([f64; 3]),
    /// Normal, cut off at its ends.
    Normal {
        /// Mean before it is cut off.
        mean: f64,
        /// Standard deviation before it is cut off.
        deviation: f64,
        /// Least and greatest value.
        ends: [f64; 2],
    },
}

impl Distribution {
    /// A normal distribution; ends that are not given lie three standard deviations from the mean.
    pub fn normal(mean: f64, deviation: f64, from: Option<f64>, to: Option<f64>) -> Self {
        let ends = [from.unwrap_or(mean - WIDE * deviation), to.unwrap_or(mean + WIDE * deviation)];
        Self::Normal { mean, deviation, ends }
    }

    /// The value that it stays below with a probability.
    pub fn quantile(&self, p: f64) -> f64 {
        match *self {
            Self::Uniform([low, high]) => low + p * (high - low),
            Self::Triangular([low, mode, high]) => {
                let below = (mode - low) / (high - low);
                if p < below {
                    low + (p * (high - low) * (mode - low)).sqrt()
                } else {
                    high - ((1.0 - p) * (high - low) * (high - mode)).sqrt()
                }
            }
            Self::Normal { mean, deviation, ends } => {
                let below = |x: f64| 0.5 * libm::erfc((mean - x) / (deviation * std::f64::consts::SQRT_2));
                let target = below(ends[0]) + p * (below(ends[1]) - below(ends[0]));
                // The distribution rises throughout, so halving the interval ends at the value.
                let [mut low, mut high] = ends;
                for _ in 0..100 {
                    let middle = 0.5 * (low + high);
                    if below(middle) < target {
                        low = middle;
                    } else {
                        high = middle;
                    }
                }
                0.5 * (low + high)
            }
        }
    }

    /// Probabilities of what counts as its ends.
    pub fn ends(&self) -> [f64; 2] {
        match self {
            Self::Uniform(_) | Self::Triangular(_) => [0.0, 1.0],
            Self::Normal { .. } => NORMAL_ENDS,
        }
    }

    /// Whether its numbers make a distribution.
    pub fn is_sound(&self) -> bool {
        match *self {
            Self::Uniform([low, high]) => low < high,
            Self::Triangular([low, mode, high]) => low <= mode && mode <= high && low < high,
            Self::Normal { mean, deviation, ends: [low, high] } => {
                deviation > 0.0 && low < high && (low - mean).min(mean - high) < 6.0 * deviation
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_textbook() {
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
        close(Distribution::Uniform([0.7, 1.3]).quantile(0.25), 0.85);
        let triangle = Distribution::Triangular([0.0, 1.0, 2.0]);
        close(triangle.quantile(0.125), 0.5);
        close(triangle.quantile(0.875), 1.5);
        let normal = Distribution::normal(10.0, 2.0, Some(-100.0), Some(120.0));
        close(normal.quantile(0.975), 10.0 + 2.0 * 1.959_964);
        // Cut off on one side at the mean: half of the bell.
        close(Distribution::normal(0.0, 1.0, Some(0.0), Some(40.0)).quantile(0.5), 0.674_490);
        let short = Distribution::normal(1.0, 0.1, None, None);
        close(short.quantile(0.0), 0.7);
        close(short.quantile(1.0), 1.3);
    }

    #[test]
    fn numbers_in_the_wrong_order_make_no_distribution() {
        assert!(!Distribution::Uniform([1.0, 1.0]).is_sound());
        assert!(!Distribution::Triangular([0.0, 3.0, 2.0]).is_sound());
        assert!(!Distribution::normal(1.0, 0.0, None, None).is_sound());
        assert!(Distribution::normal(1.0, 0.1, None, Some(1.1)).is_sound());
    }
}
