//! The arithmetic of a dense front, in as wide registers as the processor has.

/// A pivot whose unknown comes out as next to nothing.
const LEFT_OUT: f64 = 1e100;

/// Solves with the columns of `L` that a front has, given one after the other.
#[multiversion::multiversion(targets("x86_64+avx2+fma", "x86_64+avx"))]
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
#[multiversion::multiversion(targets("x86_64+avx2+fma", "x86_64+avx"))]
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

/// Eliminates the first columns of a dense lower triangle, four at a time. What has a pivot of nothing is left out.
#[multiversion::multiversion(targets("x86_64+avx2+fma", "x86_64+avx"))]
pub fn eliminate(dense: &mut [f64], size: usize, pivots: usize) {
    let mut first = 0;
    while first < pivots {
        let last = (first + 4).min(pivots);
        // Within the few.
        for k in first..last {
            let (head, tail) = dense.split_at_mut((k + 1) * size);
            let column = &mut head[k * size..];
            if column[k].abs() < f64::MIN_POSITIVE {
                column[k] = LEFT_OUT;
            }
            let pivot = column[k];
            for j in k + 1..last {
                let factor = column[j] / pivot;
                let target = &mut tail[(j - k - 1) * size..(j - k) * size];
                for (x, c) in target[j..].iter_mut().zip(&column[j..]) {
                    *x -= factor * c;
                }
            }
        }
        let (head, tail) = dense.split_at_mut(last * size);
        let few = &head[first * size..];
        let mut inverse = [0.0; 4];
        for (k, inverse) in (first..last).zip(&mut inverse) {
            *inverse = 1.0 / few[(k - first) * size + k];
        }
        if last - first == 4 {
            let (c0, c1) = (&few[..size], &few[size..2 * size]);
            let (c2, c3) = (&few[2 * size..3 * size], &few[3 * size..4 * size]);
            for j in last..size {
                let (f0, f1) = (c0[j] * inverse[0], c1[j] * inverse[1]);
                let (f2, f3) = (c2[j] * inverse[2], c3[j] * inverse[3]);
                let target = &mut tail[(j - last) * size + j..(j - last + 1) * size];
                let columns = c0[j..].iter().zip(&c1[j..]).zip(c2[j..].iter().zip(&c3[j..]));
                for (x, ((a, b), (c, d))) in target.iter_mut().zip(columns) {
                    *x -= f0 * a + f1 * b + f2 * c + f3 * d;
                }
            }
        } else {
            for (k, scale) in inverse[..last - first].iter().enumerate() {
                let column = &few[k * size..(k + 1) * size];
                for j in last..size {
                    let factor = column[j] * scale;
                    let target = &mut tail[(j - last) * size + j..(j - last + 1) * size];
                    for (x, c) in target.iter_mut().zip(&column[j..]) {
                        *x -= factor * c;
                    }
                }
            }
        }
        // Below the diagonal, `L` itself.
        let few = &mut head[first * size..];
        for (k, scale) in (first..last).zip(&inverse) {
            for x in &mut few[(k - first) * size + k + 1..(k - first + 1) * size] {
                *x *= scale;
            }
        }
        first = last;
    }
}
