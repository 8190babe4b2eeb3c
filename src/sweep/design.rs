//! Which values the variants of a sweep have. A design knows how many values a parameter can have, and nothing else of it.
//!
//! Random numbers are those of the ChaCha8 generator, which are the same on every machine and in every version: a design is a
//! matter of its seed alone.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// A way to choose variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// Every value of each parameter with every value of the others; the last parameter changes fastest.
    Grid,
    /// The scenario as it is, then each value of each parameter with everything else as it is.
    OneAtATime,
    /// Each parameter's range in as many equally likely parts as there are samples, each of them hit once (McKay, Beckman and
    /// Conover, 1979, doi 10.2307/1268522).
    LatinHypercube {
        /// Number of variants.
        samples: usize,
        /// Where the random numbers start.
        seed: u64,
    },
    /// Independent samples.
    MonteCarlo {
        /// Number of variants.
        samples: usize,
        /// Where the random numbers start.
        seed: u64,
    },
}

/// What a parameter can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scope {
    /// One of so many values.
    Levels(usize),
    /// Anything in a distribution. Where only the ends are asked for, they are these two probabilities.
    Spread([f64; 2]),
}

/// What a parameter is in a variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice {
    /// As in the scenario.
    AsItIs,
    /// A value, by its position.
    Level(usize),
    /// The value that a distribution stays below with this probability.
    Quantile(f64),
}

impl Design {
    /// Number of variants.
    pub fn len(self, scopes: &[Scope]) -> usize {
        let levels = |scope: &Scope| match scope {
            Scope::Levels(levels) => *levels,
            Scope::Spread(_) => 2,
        };
        match self {
            Design::Grid => scopes.iter().map(levels).fold(1, usize::saturating_mul),
            Design::OneAtATime => 1 + scopes.iter().map(levels).sum::<usize>(),
            Design::LatinHypercube { samples, .. } | Design::MonteCarlo { samples, .. } => samples,
        }
    }

    /// What each parameter is in each variant.
    pub fn variants(self, scopes: &[Scope]) -> Vec<Vec<Choice>> {
        match self {
            Design::Grid => grid(scopes),
            Design::OneAtATime => one_at_a_time(scopes),
            Design::LatinHypercube { samples, seed } => {
                let mut random = ChaCha8Rng::seed_from_u64(seed);
                let columns: Vec<Vec<f64>> = scopes.iter().map(|_| stratified(&mut random, samples)).collect();
                let sample = |number: usize| scopes.iter().zip(&columns).map(move |(s, column)| s.pick(column[number]));
                (0..samples).map(|number| sample(number).collect()).collect()
            }
            Design::MonteCarlo { samples, seed } => {
                let mut random = ChaCha8Rng::seed_from_u64(seed);
                (0..samples).map(|_| scopes.iter().map(|scope| scope.pick(fraction(&mut random))).collect()).collect()
            }
        }
    }

    /// Whether the variants are samples of distributions.
    pub fn is_sampled(self) -> bool {
        matches!(self, Design::LatinHypercube { .. } | Design::MonteCarlo { .. })
    }
}

impl Scope {
    /// Every value; of a distribution, the ends.
    pub fn choices(self) -> Vec<Choice> {
        match self {
            Scope::Levels(levels) => (0..levels).map(Choice::Level).collect(),
            Scope::Spread(ends) => ends.map(Choice::Quantile).to_vec(),
        }
    }

    /// The value of a probability from 0 to below 1; those of a list are equally likely.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // Far below 2^53.
    fn pick(self, probability: f64) -> Choice {
        match self {
            Scope::Levels(levels) => Choice::Level(((probability * levels as f64) as usize).min(levels - 1)),
            Scope::Spread(_) => Choice::Quantile(probability),
        }
    }
}

fn grid(scopes: &[Scope]) -> Vec<Vec<Choice>> {
    scopes.iter().fold(vec![Vec::new()], |variants, scope| {
        let with = |choice: Choice, variant: &[Choice]| variant.iter().copied().chain([choice]).collect();
        variants
            .iter()
            .flat_map(|variant| scope.choices().into_iter().map(move |choice| with(choice, variant)))
            .collect()
    })
}

fn one_at_a_time(scopes: &[Scope]) -> Vec<Vec<Choice>> {
    let as_it_is = vec![Choice::AsItIs; scopes.len()];
    let mut variants = vec![as_it_is.clone()];
    for (position, scope) in scopes.iter().enumerate() {
        for choice in scope.choices() {
            let mut variant = as_it_is.clone();
            variant[position] = choice;
            variants.push(variant);
        }
    }
    variants
}

/// A number from 0 to below 1 with 53 random bits.
#[allow(clippy::cast_precision_loss)] // Below 2^53.
fn fraction(random: &mut ChaCha8Rng) -> f64 {
    (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A number in each of so many equal parts of 0 to 1, in random order.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)] // Far below 2^53.
fn stratified(random: &mut ChaCha8Rng, parts: usize) -> Vec<f64> {
    let mut values: Vec<f64> = (0..parts).map(|part| (part as f64 + fraction(random)) / parts as f64).collect();
    for last in (1..parts).rev() {
        values.swap(last, (fraction(random) * (last + 1) as f64) as usize);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIXED: [Scope; 2] = [Scope::Levels(2), Scope::Spread([0.1, 0.9])];

    #[test]
    fn a_grid_holds_every_combination() {
        let variants = Design::Grid.variants(&[Scope::Levels(2), Scope::Levels(3)]);
        let positions = |variant: &Vec<Choice>| match variant[..] {
            [Choice::Level(a), Choice::Level(b)] => (a, b),
            _ => unreachable!("a grid has values only"),
        };
        let found: Vec<(usize, usize)> = variants.iter().map(positions).collect();
        assert_eq!(found, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]);
    }

    #[test]
    fn one_parameter_changes_at_a_time() {
        use Choice::*;
        let expected = [[AsItIs, AsItIs], [Level(0), AsItIs], [Level(1), AsItIs], [AsItIs, Quantile(0.1)]];
        assert_eq!(Design::OneAtATime.variants(&MIXED)[..4], expected);
        assert_eq!(Design::OneAtATime.len(&MIXED), 5);
    }

    #[test]
    fn a_latin_hypercube_hits_every_part_once() {
        let design = Design::LatinHypercube { samples: 20, seed: 7 };
        let variants = design.variants(&MIXED);
        let mut parts: Vec<usize> = Vec::new();
        for variant in &variants {
            let Choice::Quantile(p) = variant[1] else { unreachable!("a spread has quantiles") };
            parts.push((p * 20.0) as usize);
        }
        parts.sort_unstable();
        assert_eq!(parts, (0..20).collect::<Vec<_>>());
        assert_eq!(variants.iter().filter(|variant| variant[0] == Choice::Level(0)).count(), 10);
    }

    #[test]
    fn samples_are_a_matter_of_the_seed() {
        for design in
            [|seed| Design::MonteCarlo { samples: 9, seed }, |seed| Design::LatinHypercube { samples: 9, seed }]
        {
            assert_eq!(design(1).variants(&MIXED), design(1).variants(&MIXED));
            assert_ne!(design(1).variants(&MIXED), design(2).variants(&MIXED));
        }
        // The first number of the generator, which no version may change.
        let [Choice::Quantile(first)] = Design::MonteCarlo { samples: 1, seed: 0 }.variants(&MIXED[1..])[0][..] else {
            unreachable!("one sample of one spread")
        };
        assert_eq!(format!("{first:.6}"), "0.709075");
    }
}
