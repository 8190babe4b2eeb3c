//! The arithmetic of a dense front, in as wide registers as the processor has.

use rayon::prelude::*;

/// A pivot whose unknown comes out as next to nothing.
const LEFT_OUT: f64 = 1e100;

/// Solves with the columns of `L` that a front has, given one after the other.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn forward<T: Copy + Into<f64>>(near: &mut [f64], lower: &[T], pivots: usize) {
    let mut left = lower;
    for pivot in 0..pivots {
        let (head, tail) = near.split_at_mut(pivot + 1);
        let value = head[pivot];
        let (column, rest) = left.split_at(tail.len());
        for (x, &l) in tail.iter_mut().zip(column) {
            *x -= l.into() * value;
        }
        left = rest;
    }
}

/// Solves with the rows of `Lᵀ` that a front has.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2+fma", "x86_64+avx"))]
pub fn backward<T: Copy + Into<f64>>(near: &mut [f64], lower: &[T], pivots: usize) {
    let mut left = lower;
    for pivot in (0..pivots).rev() {
        let (head, tail) = near.split_at_mut(pivot + 1);
        let (rest, column) = left.split_at(left.len() - tail.len());
        // Four sums at a time, in an order of their own.
        let mut sums = [0.0; 4];
        let (xs, ls) = (tail.chunks_exact(4), column.chunks_exact(4));
        let last: f64 = xs.remainder().iter().zip(ls.remainder()).map(|(x, &l)| l.into() * x).sum();
        for (x, l) in xs.zip(ls) {
            for (sum, (x, &l)) in sums.iter_mut().zip(x.iter().zip(l)) {
                *sum += l.into() * x;
            }
        }
        head[pivot] -= last + (sums[0] + sums[1]) + (sums[2] + sums[3]);
        left = rest;
    }
}

/// Pivots whose columns stay in the processor's memory while what is right of them changes.
const PANEL: usize = 32;

/// Rows of a register, by which the columns of a front are filled up.
const LANES: usize = 8;

/// Columns that a thread changes at a time, and fewest of them for which it pays to use several.
const SHARE: usize = 32;
const MANY: usize = 256;

/// How far the columns of a front of a size are apart: what is below it in each stays nothing.
pub fn stride(size: usize) -> usize {
    size.next_multiple_of(LANES)
}

/// Where numbers that the processor takes in whole lines start.
pub fn aligned(numbers: &mut [f64]) -> &mut [f64] {
    let start = numbers.as_ptr().align_offset(LANES * size_of::<f64>());
    &mut numbers[start.min(LANES - 1)..]
}

/// Eliminates the first columns of a dense lower triangle: a panel of them first, then what it does to all others. What has a pivot
/// of nothing is left out. What is above the diagonal means nothing. Several threads do what one would do, to the last bit.
pub fn eliminate(dense: &mut [f64], size: usize, pivots: usize) {
    let stride = stride(size);
    for start in (0..pivots).step_by(PANEL) {
        let end = (start + PANEL).min(pivots);
        let inverse = &eliminate_panel(&mut dense[start * stride..end * stride], stride, start)[..end - start];
        let (head, tail) = dense.split_at_mut(end * stride);
        let panel = &head[start * stride..];
        let right = &mut tail[..(size - end) * stride];
        if size - end < MANY {
            update(right, end, panel, inverse, stride);
        } else {
            let shares = right.par_chunks_mut(SHARE * stride).enumerate();
            shares.for_each(|(at, share)| update(share, end + at * SHARE, panel, inverse, stride));
        }
        // Below the diagonal, `L` itself.
        for (at, scale) in inverse.iter().enumerate() {
            for x in &mut dense[(start + at) * stride + start + at + 1..(start + at + 1) * stride] {
                *x *= scale;
            }
        }
    }
}

/// Eliminates the columns of a panel within it, four at a time; one over each pivot.
fn eliminate_panel(panel: &mut [f64], stride: usize, start: usize) -> [f64; PANEL] {
    let mut inverse = [0.0; PANEL];
    let width = panel.len() / stride;
    for first in (0..width).step_by(4) {
        let last = (first + 4).min(width);
        let (few, right) = panel[first * stride..].split_at_mut((last - first) * stride);
        eliminate_few(few, stride, start + first, &mut inverse[first..last]);
        update(right, start + last, few, &inverse[first..last], stride);
    }
    inverse
}

/// The same of the few, the first of which has its diagonal at a position, one after the other.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+fma", "x86_64+avx2+fma", "x86_64+avx"))]
fn eliminate_few(few: &mut [f64], stride: usize, start: usize, inverse: &mut [f64]) {
    for k in 0..inverse.len() {
        let (head, tail) = few.split_at_mut((k + 1) * stride);
        let column = &mut head[k * stride..];
        if column[start + k].abs() < f64::MIN_POSITIVE {
            column[start + k] = LEFT_OUT;
        }
        inverse[k] = 1.0 / column[start + k];
        for (at, target) in tail.chunks_exact_mut(stride).enumerate() {
            let from = start + k + 1 + at;
            let factor = column[from] * inverse[k];
            for (x, c) in target[from..].iter_mut().zip(&column[from..]) {
                *x -= factor * c;
            }
        }
    }
}

/// Changes columns, the first of which has its diagonal at a position, by what a panel does to them: four at a time, so that what is read of
/// the panel serves all of them.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512vl+fma", "x86_64+avx2+fma", "x86_64+avx"))]
fn update(columns: &mut [f64], first: usize, panel: &[f64], inverse: &[f64], stride: usize) {
    let mut factors = [[0.0; 4]; PANEL];
    let factors = &mut factors[..inverse.len()];
    for (at, targets) in columns.chunks_mut(4 * stride).enumerate() {
        let j = first + 4 * at;
        let count = targets.len() / stride;
        for ((factors, column), inverse) in factors.iter_mut().zip(panel.chunks_exact(stride)).zip(inverse) {
            for (factor, c) in factors.iter_mut().zip(&column[j..j + count]) {
                *factor = c * inverse;
            }
        }
        if count < 4 {
            subtract_one_by_one(targets, j, panel, factors, stride);
            continue;
        }
        let rows = j / LANES * LANES;
        if multiversion::target::target_cfg_f!(target_feature = "fma") {
            subtract_from_four::<true>(targets, rows, panel, factors, stride);
        } else {
            subtract_from_four::<false>(targets, rows, panel, factors, stride);
        }
    }
}

/// Subtracts from four columns, from a row on, what a panel does to them.
#[inline(always)]
fn subtract_from_four<const FUSED: bool>(
    targets: &mut [f64],
    mut row: usize,
    panel: &[f64],
    factors: &[[f64; 4]],
    stride: usize,
) {
    while row + 4 * LANES <= stride {
        subtract::<4, FUSED>(targets, row, panel, factors, stride);
        row += 4 * LANES;
    }
    match (stride - row) / LANES {
        3 => subtract::<3, FUSED>(targets, row, panel, factors, stride),
        2 => subtract::<2, FUSED>(targets, row, panel, factors, stride),
        1 => subtract::<1, FUSED>(targets, row, panel, factors, stride),
        _ => {}
    }
}

/// Subtracts from some rows of four columns what a panel does to them. The sums stay in registers; they take products in one step where the
/// processor can.
#[inline(always)]
fn subtract<const LINES: usize, const FUSED: bool>(
    targets: &mut [f64],
    row: usize,
    panel: &[f64],
    factors: &[[f64; 4]],
    stride: usize,
) {
    let mut sums = [[[0.0; LANES]; LINES]; 4];
    for (column, factors) in panel.chunks_exact(stride).zip(factors) {
        let rows = &column[row..row + LANES * LINES];
        for (sums, &factor) in sums.iter_mut().zip(factors) {
            for (sums, rows) in sums.iter_mut().zip(rows.chunks_exact(LANES)) {
                for (sum, &c) in sums.iter_mut().zip(rows) {
                    *sum = if FUSED { factor.mul_add(c, *sum) } else { *sum + factor * c };
                }
            }
        }
    }
    for (target, sums) in targets.chunks_exact_mut(stride).zip(&sums) {
        for (x, sum) in target[row..row + LANES * LINES].iter_mut().zip(sums.as_flattened()) {
            *x -= sum;
        }
    }
}

/// The same for fewer columns.
#[inline(always)]
fn subtract_one_by_one(targets: &mut [f64], j: usize, panel: &[f64], factors: &[[f64; 4]], stride: usize) {
    for (column, factors) in panel.chunks_exact(stride).zip(factors) {
        for ((at, target), factor) in targets.chunks_exact_mut(stride).enumerate().zip(factors) {
            for (x, c) in target[j + at..].iter_mut().zip(&column[j + at..]) {
                *x -= factor * c;
            }
        }
    }
}
