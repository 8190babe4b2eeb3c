//! The arithmetic of many columns at once, in as wide registers as the processor has: what a step wants of them, and what it takes away.

use super::reach::Reach;
use super::state::Lengths;

/// How many times its product a column may be corrected upwards. Of a column that a step leaves behind, the prediction takes many times what
/// there is, `dx = −a x`, and since `dx/x + dz/z = −1` its second-order term is `−a (a − 1) x z`: a few of them, put in full, would ask
/// for steps that nothing else can follow.
const MOST_CORRECTED: f64 = 6.0;

/// Values that have a bound on one side, the duals of it, and the step of both so far.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Distances from the bound.
    pub values: &'a [f64],
    /// Its duals.
    pub duals: &'a [f64],
    /// Steps of the values.
    pub steps: &'a [f32],
    /// Steps of the duals.
    pub dual_steps: &'a [f32],
}

/// What the products `x z` of values and duals are wanted to change by: the right side `c` of `z dx + x dz = c`.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// `target − now·x z`.
    Plain {
        /// What products are to become.
        target: f64,
        /// How much of a product goes.
        now: f64,
    },
    /// `target − x z − dx dz` with the product of the step so far, but no more than a few times `x z` above the first two.
    Corrected(f64),
    /// What the step so far wants, and from products that after some lengths of it are less than the first or more than the second a way
    /// towards that.
    Centred(f64, f64, Lengths),
}

/// What is worked out of columns before a step is known. With one by each column, or by each slot.
#[derive(Debug, Default)]
pub struct Ahead {
    /// `Θ`; for the time being `1 / Θ`.
    pub theta: Vec<f64>,
    /// `t`.
    pub target: Vec<f64>,
    /// `cx`.
    pub lower: Vec<f64>,
    /// `q = v / w`, by slot.
    pub q: Vec<f64>,
    /// `cw`, by slot.
    pub upper: Vec<f64>,
    /// `(cw − v ru) / w`, by slot.
    pub from_upper: Vec<f64>,
}

impl Ahead {
    /// Nothing is known but the residuals of reduced costs.
    pub fn start(&mut self, costs: &[f32], slots: usize) {
        self.theta.clear();
        self.theta.resize(costs.len(), f64::MIN_POSITIVE);
        self.target.clear();
        self.target.extend(costs.iter().map(|&cost| f64::from(cost)));
        self.lower.resize(costs.len(), 0.0);
        [&mut self.q, &mut self.upper, &mut self.from_upper].into_iter().for_each(|list| list.resize(slots, 0.0));
    }
}

/// Works out what each product is wanted to change by, given a value, its dual, and the step of both.
#[inline(always)]
fn each(side: Side, wanted: Wanted, changes: &mut [f64]) {
    let all = changes.iter_mut().zip(side.values.iter().zip(side.duals)).zip(side.steps.iter().zip(side.dual_steps));
    match wanted {
        Wanted::Plain { target, now } => {
            for ((change, (&x, &z)), _) in all {
                *change = target - now * (x * z);
            }
        }
        Wanted::Corrected(target) => {
            for ((change, (&x, &z)), (&dx, &dz)) in all {
                let product = x * z;
                *change = target - product - (f64::from(dx) * f64::from(dz)).max(-MOST_CORRECTED * product);
            }
        }
        Wanted::Centred(least, most, Lengths { primal, dual }) => {
            for ((change, (&x, &z)), (&dx, &dz)) in all {
                let (dx, dz) = (f64::from(dx), f64::from(dz));
                let after = (x + primal * dx) * (z + dual * dz);
                *change = z * dx + x * dz + (least - after).max(0.0) + (most - after).clamp(-most, 0.0);
            }
        }
    }
}

/// Adds what lower bounds do to `1 / Θ` and to `t`, and gives what their products are wanted to change by.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn lower(side: Side, wanted: Wanted, changes: &mut [f64], inverse: &mut [f64], target: &mut [f64]) {
    each(side, wanted, changes);
    let all = side.values.iter().zip(side.duals).zip(&*changes).zip(inverse.iter_mut().zip(target));
    for (((&x, &z), &change), (inverse, target)) in all {
        let per = 1.0 / x;
        *inverse += z * per;
        *target += change * per;
    }
}

/// The same of upper bounds that are short of some amounts; gives `q` and `(cw − v ru) / w` too.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn upper(
    side: Side,
    short: &[f32],
    wanted: Wanted,
    [changes, q, from]: [&mut [f64]; 3],
    inverse: &mut [f64],
    target: &mut [f64],
) {
    each(side, wanted, changes);
    let known = side.values.iter().zip(side.duals).zip(short.iter().zip(&*changes));
    let found = q.iter_mut().zip(from).zip(inverse.iter_mut().zip(target));
    for (((&w, &v), (&short, &change)), ((q, from), (inverse, target))) in known.zip(found) {
        let per = 1.0 / w;
        *q = v * per;
        *from = (change - v * f64::from(short)) * per;
        *inverse += *q;
        *target -= *from;
    }
}

/// One by each.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn invert(numbers: &mut [f64]) {
    for number in numbers {
        *number = 1.0 / *number;
    }
}

/// `Θ (s + t)`, in the place of `s`.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn loose(steps: &mut [f64], theta: &[f64], target: &[f64]) {
    for ((step, theta), target) in steps.iter_mut().zip(theta).zip(target) {
        *step = theta * (*step + target);
    }
}

/// Steps of duals from those of the values, and which part of each a step takes away.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
fn duals(
    now: (&[f64], &[f64]),
    changes: &[f64],
    steps: &[f64],
    dual_steps: &mut [f32],
    parts: (&mut [f64], &mut [f64]),
) {
    let known = now.0.iter().zip(now.1).zip(changes.iter().zip(steps));
    let found = dual_steps.iter_mut().zip(parts.0.iter_mut().zip(parts.1));
    for (((&x, &z), (&change, &dx)), (dual_step, (primal, dual))) in known.zip(found) {
        let per = 1.0 / x;
        let dz = ((change - z * dx) * per) as f32;
        *dual_step = dz;
        *primal = -dx * per;
        *dual = -f64::from(dz) / z;
    }
}

/// How many columns are gone through at a time.
const FEW: usize = 256;

/// Sets the steps of duals from those of the values, and counts what a step takes away of both.
pub fn follow(
    (values, all_duals): (&[f64], &[f64]),
    changes: &[f64],
    steps: &[f64],
    dual_steps: &mut [f32],
    reach: &mut Reach,
) {
    let (mut primal, mut dual) = ([0.0; FEW], [0.0; FEW]);
    for start in (0..values.len()).step_by(FEW) {
        let few = start..(start + FEW).min(values.len());
        let count = few.len();
        let (steps, dual_steps) = (&steps[few.clone()], &mut dual_steps[few.clone()]);
        let now = (&values[few.clone()], &all_duals[few.clone()]);
        duals(now, &changes[few], steps, dual_steps, (&mut primal[..count], &mut dual[..count]));
        for (&part, &step) in primal[..count].iter().zip(steps) {
            reach.primal.count(part, step.abs());
        }
        for (&part, &step) in dual[..count].iter().zip(&*dual_steps) {
            reach.dual.count(part, f64::from(step).abs());
        }
    }
}

/// Sum of the products after a step that leaves at least a part of each value and dual.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn products(side: Side, lengths: Lengths, least: f64) -> f64 {
    // Eight sums at a time, in an order of their own.
    let mut sums = [0.0; 8];
    let product = |x: f64, z: f64, dx: f32, dz: f32| {
        after(x, f64::from(dx), lengths.primal, least) * after(z, f64::from(dz), lengths.dual, least)
    };
    let (values, duals) = (side.values.chunks_exact(8), side.duals.chunks_exact(8));
    let (steps, dual_steps) = (side.steps.chunks_exact(8), side.dual_steps.chunks_exact(8));
    let last =
        values.remainder().iter().zip(duals.remainder()).zip(steps.remainder().iter().zip(dual_steps.remainder()));
    let last: f64 = last.map(|((&x, &z), (&dx, &dz))| product(x, z, dx, dz)).sum();
    for ((x, z), (dx, dz)) in values.zip(duals).zip(steps.zip(dual_steps)) {
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum += product(x[at], z[at], dx[at], dz[at]);
        }
    }
    last + sums.iter().sum::<f64>()
}

/// A value after so much of a step, of which at least a part is left.
#[inline(always)]
pub fn after(value: f64, step: f64, length: f64, least: f64) -> f64 {
    (value + length * step).max(least * value)
}
