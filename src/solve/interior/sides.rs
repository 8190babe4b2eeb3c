//! On which sides columns are bounded. A block counts its columns in the order of their bounds, so that all that have one on a side are
//! neighbours, and the arithmetic of many goes through them without looking.

use std::ops::Range;

/// How many columns have a lower bound only, both bounds, an upper one only, and none; they come in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts([usize; 4]);

impl Counts {
    /// Counts columns by their least and greatest values.
    pub fn of(bounds: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut counts = Self::default();
        bounds.for_each(|(lower, upper)| counts.0[order(lower, upper)] += 1);
        counts
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.0.iter().sum()
    }

    /// Those with a lower bound.
    fn below(&self) -> Range<usize> {
        0..self.0[0] + self.0[1]
    }

    /// Those with an upper bound.
    fn above(&self) -> Range<usize> {
        self.0[0]..self.0[0] + self.0[1] + self.0[2]
    }
}

/// When a column with a least and a greatest value is counted.
pub fn order(lower: f64, upper: f64) -> usize {
    match (lower.is_finite(), upper.is_finite()) {
        (true, false) => 0,
        (true, true) => 1,
        (false, true) => 2,
        (false, false) => 3,
    }
}

/// The columns of a block: loose ones, then kept ones, each in order. Those with an upper bound have a *slot*, their position among such.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sides {
    /// Loose columns.
    pub loose: Counts,
    /// Kept columns.
    pub kept: Counts,
}

impl Sides {
    /// The columns with a lower bound.
    pub fn below(&self) -> [Range<usize>; 2] {
        [self.loose.below(), shifted(&self.kept.below(), self.loose.len())]
    }

    /// The columns with an upper bound, and their slots.
    pub fn above(&self) -> [(Range<usize>, Range<usize>); 2] {
        let (loose, kept) = (self.loose.above(), self.kept.above());
        let slots = [0..loose.len(), loose.len()..loose.len() + kept.len()];
        let [of_loose, of_kept] = slots;
        [(loose, of_loose), (shifted(&kept, self.loose.len()), of_kept)]
    }

    /// Whether a column has a lower bound.
    #[inline]
    pub fn has_lower(&self, column: usize) -> bool {
        match column.checked_sub(self.loose.len()) {
            None => self.loose.below().contains(&column),
            Some(kept) => self.kept.below().contains(&kept),
        }
    }

    /// The slot of a column, if it has an upper bound.
    #[inline]
    pub fn slot(&self, column: usize) -> Option<usize> {
        let (among, column, before) = match column.checked_sub(self.loose.len()) {
            None => (self.loose.above(), column, 0),
            Some(kept) => (self.kept.above(), kept, self.loose.above().len()),
        };
        among.contains(&column).then(|| before + column - among.start)
    }

    /// Whether a column has a bound.
    pub fn is_bounded(&self, column: usize) -> bool {
        self.has_lower(column) || self.slot(column).is_some()
    }
}

fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO: f64 = f64::INFINITY;

    #[test]
    fn columns_with_a_bound_are_neighbours() {
        let loose = Counts::of([(0.0, NO), (1.0, 2.0), (0.0, 3.0), (-NO, 5.0)].into_iter());
        let kept = Counts::of([(0.0, 1.0), (-NO, NO)].into_iter());
        let sides = Sides { loose, kept };
        assert_eq!(sides.below(), [0..3, 4..5]);
        assert_eq!(sides.above(), [(1..4, 0..3), (4..5, 3..4)]);
        assert_eq!(
            (0..6).map(|column| sides.slot(column)).collect::<Vec<_>>(),
            [None, Some(0), Some(1), Some(2), Some(3), None]
        );
        assert_eq!((0..6).filter(|&column| sides.has_lower(column)).collect::<Vec<_>>(), [0, 1, 2, 4]);
        assert!(sides.is_bounded(3) && !sides.is_bounded(5));
    }
}
