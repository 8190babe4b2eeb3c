//! The arithmetic of a dense front, in as wide registers as the processor has.

use rayon::prelude::*;

/// A pivot whose unknown comes out as next to nothing.
const LEFT_OUT: f64 = 1e100;

/// Solves with the columns of `L` that a front has, given one after the other.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn forward(near: &mut [f64], lower: &[f64], pivots: usize) {
    let mut left = lower;
    for pivot in 0..pivots {
        let (head, tail) = near.split_at_mut(pivot + 1);
        let value = head[pivot];
        let (column, rest) = left.split_at(tail.len());
        for (x, l) in tail.iter_mut().zip(column) {
            *x -= l * value;
        }
        left = rest;
    }
}

/// Solves with the rows of `Lᵀ` that a front has.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn backward(near: &mut [f64], lower: &[f64], pivots: usize) {
    let mut left = lower;
    for pivot in (0..pivots).rev() {
        let (head, tail) = near.split_at_mut(pivot + 1);
        let (rest, column) = left.split_at(left.len() - tail.len());
        // Four sums at a time, in an order of their own.
        let mut sums = [0.0; 4];
        let (xs, ls) = (tail.chunks_exact(4), column.chunks_exact(4));
        let last: f64 = xs.remainder().iter().zip(ls.remainder()).map(|(x, l)| l * x).sum();
        for (x, l) in xs.zip(ls) {
            for (sum, (x, l)) in sums.iter_mut().zip(x.iter().zip(l)) {
                *sum += l * x;
            }
        }
        head[pivot] -= last + (sums[0] + sums[1]) + (sums[2] + sums[3]);
        left = rest;
    }
}

/// Pivots whose columns stay in the processor's memory while what is right of them changes.
const PANEL: usize = 32;

/// Columns that a thread changes at a time, and fewest of them for which it pays to use several.
const SHARE: usize = 32;
const MANY: usize = 256;

/// Eliminates the first columns of a dense lower triangle: a panel of them first, then what it does to all others. What has a pivot
/// of nothing is left out. Several threads do what one would do, to the last bit.
pub fn eliminate(dense: &mut [f64], size: usize, pivots: usize) {
    for start in (0..pivots).step_by(PANEL) {
        let end = (start + PANEL).min(pivots);
        let inverse = eliminate_panel(&mut dense[start * size..end * size], size, start);
        let (head, tail) = dense.split_at_mut(end * size);
        let panel = &head[start * size..];
        let right = &mut tail[..(size - end) * size];
        if size - end < MANY {
            update(right, end, panel, &inverse[..end - start], size);
        } else {
            let shares = right.par_chunks_mut(SHARE * size).enumerate();
            shares.for_each(|(at, share)| update(share, end + at * SHARE, panel, &inverse[..end - start], size));
        }
        // Below the diagonal, `L` itself.
        for (at, scale) in inverse[..end - start].iter().enumerate() {
            for x in &mut dense[(start + at) * size + start + at + 1..(start + at + 1) * size] {
                *x *= scale;
            }
        }
    }
}

/// Eliminates the columns of a panel within it, four at a time; one over each pivot.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
fn eliminate_panel(panel: &mut [f64], size: usize, start: usize) -> [f64; PANEL] {
    let mut inverse = [0.0; PANEL];
    let width = panel.len() / size;
    for first in (0..width).step_by(4) {
        let last = (first + 4).min(width);
        // Within the few.
        for k in first..last {
            let (head, tail) = panel.split_at_mut((k + 1) * size);
            let column = &mut head[k * size..];
            if column[start + k].abs() < f64::MIN_POSITIVE {
                column[start + k] = LEFT_OUT;
            }
            let pivot = column[start + k];
            inverse[k] = 1.0 / pivot;
            for j in k + 1..last {
                let factor = column[start + j] / pivot;
                let target = &mut tail[(j - k - 1) * size + start + j..(j - k) * size];
                for (x, c) in target.iter_mut().zip(&column[start + j..]) {
                    *x -= factor * c;
                }
            }
        }
        let (head, tail) = panel.split_at_mut(last * size);
        for (at, target) in tail.chunks_exact_mut(size).enumerate() {
            subtract(target, start + last + at, &head[first * size..], &inverse[first..last], size);
        }
    }
    inverse
}

/// Changes columns from the position `first` on by what a panel does to them: four at a time, so that what is read of the panel serves all
/// of them.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
fn update(columns: &mut [f64], first: usize, panel: &[f64], inverse: &[f64], size: usize) {
    for (at, targets) in columns.chunks_mut(4 * size).enumerate() {
        let j = first + 4 * at;
        for (few, inverse) in panel.chunks(4 * size).zip(inverse.chunks(4)) {
            match (<&[f64; 4]>::try_from(inverse), targets.len() == 4 * size) {
                (Ok(inverse), true) => subtract_from_four(targets, j, few, inverse, size),
                _ => {
                    for (at, target) in targets.chunks_exact_mut(size).enumerate() {
                        subtract(target, j + at, few, inverse, size);
                    }
                }
            }
        }
    }
}

/// Subtracts from four columns, the first at the position `j`, what four eliminated ones do to them.
#[inline(always)]
fn subtract_from_four(targets: &mut [f64], j: usize, few: &[f64], inverse: &[f64; 4], size: usize) {
    // The triangle on the diagonal, which only the first of them have.
    for target in 0..3 {
        subtract(&mut targets[target * size..target * size + j + 3], j + target, few, inverse, size);
    }
    let factors =
        |target: usize| -> [f64; 4] { std::array::from_fn(|source| few[source * size + j + target] * inverse[source]) };
    let [f, g, h, i] = std::array::from_fn(factors);
    let change = |factors: &[f64; 4], a: f64, b: f64, c: f64, d: f64| {
        factors[0] * a + factors[1] * b + factors[2] * c + factors[3] * d
    };
    let from = j + 3;
    let (first, rest) = targets.split_at_mut(size);
    let (second, rest) = rest.split_at_mut(size);
    let (third, fourth) = rest.split_at_mut(size);
    let (s0, s1) = (&few[from..size], &few[size + from..2 * size]);
    let (s2, s3) = (&few[2 * size + from..3 * size], &few[3 * size + from..4 * size]);
    let (t0, t1, t2, t3) = (&mut first[from..], &mut second[from..], &mut third[from..], &mut fourth[from..]);
    let sources = s0.iter().zip(s1).zip(s2.iter().zip(s3));
    let columns = t0.iter_mut().zip(t1).zip(t2.iter_mut().zip(t3));
    for (((w, x), (y, z)), ((&a, &b), (&c, &d))) in columns.zip(sources) {
        *w -= change(&f, a, b, c, d);
        *x -= change(&g, a, b, c, d);
        *y -= change(&h, a, b, c, d);
        *z -= change(&i, a, b, c, d);
    }
}

/// Subtracts from a column at the position `j` what a few eliminated ones do to it.
#[inline(always)]
fn subtract(target: &mut [f64], j: usize, few: &[f64], inverse: &[f64], size: usize) {
    let target = &mut target[j..];
    if let [i0, i1, i2, i3] = inverse {
        let (c0, c1) = (&few[j..size], &few[size + j..2 * size]);
        let (c2, c3) = (&few[2 * size + j..3 * size], &few[3 * size + j..4 * size]);
        let (f0, f1, f2, f3) = (c0[0] * i0, c1[0] * i1, c2[0] * i2, c3[0] * i3);
        let columns = c0.iter().zip(c1).zip(c2.iter().zip(c3));
        for (x, ((a, b), (c, d))) in target.iter_mut().zip(columns) {
            *x -= f0 * a + f1 * b + f2 * c + f3 * d;
        }
    } else {
        for (column, scale) in few.chunks(size).zip(inverse) {
            let factor = column[j] * scale;
            for (x, c) in target.iter_mut().zip(&column[j..]) {
                *x -= factor * c;
            }
        }
    }
}
