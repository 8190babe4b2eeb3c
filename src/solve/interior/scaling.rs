//! Units in which rows and columns are counted while a program is solved, such that the largest coefficient of each is near one
//! (Ruiz, 2001, RAL-TR-2001-034).

use super::blocks::Blocks;

/// Rounds after which the largest coefficients are near enough to one.
const ROUNDS: usize = 6;

/// Units of every block's rows and columns.
#[derive(Clone, Debug)]
pub struct Scales {
    /// What the dual of a row is multiplied by.
    pub rows: Vec<Vec<f64>>,
    /// What the value of a column is multiplied by.
    pub columns: Vec<Vec<f64>>,
}

/// Changes the units of a program.
pub fn scale(of: &mut Blocks) -> Scales {
    let mut scales = Scales {
        rows: of.blocks.iter().map(|block| vec![1.0; block.rhs.len()]).collect(),
        columns: of.blocks.iter().map(|block| vec![1.0; block.costs.len()]).collect(),
    };
    for _ in 0..ROUNDS {
        let (loose, unknowns) = largest(of);
        change(of, &loose, &unknowns, &mut scales);
    }
    scales
}

/// Largest coefficients of the loose columns of each block, and of its unknowns, those of its border too.
fn largest(of: &Blocks) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let (mut loose, mut unknowns) = (Vec::new(), Vec::new());
    for block in &of.blocks {
        let mut own = vec![0.0f64; block.loose()];
        let mut most = vec![0.0f64; block.own() + block.border.len()];
        let mut see = |unknown: usize, value: f64| most[unknown] = most[unknown].max(value.abs());
        for (column, own) in own.iter_mut().enumerate() {
            for (row, value) in block.entries(column) {
                *own = own.max(value.abs());
                see(row, value);
            }
            for (kept, value) in block.limit(column) {
                *own = own.max(1.0);
                see(kept, value);
            }
        }
        for (row, kept, value) in block.direct() {
            see(row, value);
            see(kept, value);
        }
        loose.push(own);
        unknowns.push(most);
    }
    for (number, block) in of.blocks.iter().enumerate() {
        let Some(parent) = block.parent else { continue };
        for (at, &to) in block.border.iter().enumerate() {
            let seen = unknowns[number][block.own() + at];
            let target = &mut unknowns[parent as usize][to as usize];
            *target = target.max(seen);
        }
    }
    for (number, block) in of.blocks.iter().enumerate().rev() {
        let Some(parent) = block.parent else { continue };
        for (at, &from) in block.border.iter().enumerate() {
            unknowns[number][block.own() + at] = unknowns[parent as usize][from as usize];
        }
    }
    (loose, unknowns)
}

/// Divides by the roots of the largest coefficients.
fn change(of: &mut Blocks, loose: &[Vec<f64>], unknowns: &[Vec<f64>], scales: &mut Scales) {
    let factor = |most: f64| if most > 0.0 { 1.0 / most.sqrt() } else { 1.0 };
    for (number, block) in of.blocks.iter_mut().enumerate() {
        let unknown = |at: usize| factor(unknowns[number][at]);
        let shape = block.shape.clone();
        let pattern = &shape.pattern;
        let factors: Vec<f64> = loose[number].iter().map(|&most| factor(most)).collect();
        for (column, &own) in factors.iter().enumerate() {
            for (at, &row) in pattern.entries.span(column).zip(pattern.entries.list(column)) {
                block.values[at] *= own * unknown(row as usize);
            }
            for (at, &kept) in pattern.limits.span(column).zip(pattern.limits.list(column)) {
                block.limits[at] *= unknown(kept as usize) / own;
            }
        }
        for (value, &(row, kept)) in block.direct.iter_mut().zip(&pattern.direct) {
            *value *= unknown(row as usize) * unknown(kept as usize);
        }
        for row in 0..pattern.rows {
            block.rhs[row] *= unknown(row);
            scales.rows[number][row] *= unknown(row);
        }
        let kept = (pattern.rows..pattern.own()).map(unknown);
        for (column, own) in factors.into_iter().chain(kept).enumerate() {
            block.costs[column] *= own;
            block.upper[column] /= own;
            scales.columns[number][column] *= own;
        }
    }
}
