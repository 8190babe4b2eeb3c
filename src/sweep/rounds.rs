//! The order in which variants are solved: a few that are spread evenly over the design, then those half-way between, and so on.
//! Whatever a variant builds on was solved in an earlier round, so that it is the same for everybody.

/// Variants of the first round.
const FIRST: usize = 5;

/// Variants that others may build on; all that are left then come in the last round.
const BUILT_ON: usize = 33;

/// Numbers of the variants, from 1, by round.
pub fn rounds(variants: usize) -> Vec<Vec<usize>> {
    let mut known = spread(variants, FIRST.min(variants));
    let mut rounds = vec![known.clone()];
    while known.len() < variants && known.len() < BUILT_ON {
        let halves = known.windows(2).map(|pair| usize::midpoint(pair[0], pair[1]));
        let new: Vec<usize> = halves.filter(|half| !known.contains(half)).collect();
        known.extend(&new);
        known.sort_unstable();
        rounds.push(new);
    }
    let left: Vec<usize> = (1..=variants).filter(|number| !known.contains(number)).collect();
    rounds.push(left);
    rounds.retain(|round| !round.is_empty());
    rounds
}

/// So many of the numbers from 1 to `last`, evenly spread, both ends included.
fn spread(last: usize, count: usize) -> Vec<usize> {
    (0..count).map(|at| if count == 1 { 1 } else { 1 + at * (last - 1) / (count - 1) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_round_halves_what_lies_between() {
        assert_eq!(rounds(0), Vec::<Vec<usize>>::new());
        assert_eq!(rounds(3), [[1, 2, 3]]);
        assert_eq!(rounds(9), [vec![1, 3, 5, 7, 9], vec![2, 4, 6, 8]]);
        let all = rounds(200);
        assert_eq!(all.iter().map(Vec::len).collect::<Vec<_>>(), [5, 4, 8, 16, 200 - 33]);
        let mut numbers: Vec<usize> = all.into_iter().flatten().collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=200).collect::<Vec<_>>());
    }
}
