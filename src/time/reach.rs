//! Groups whose representatives leave a profile without its mean: days without heating stand for the year, say, and no factor
//! makes heat of nothing. Another member of a group then shows it.

use super::cluster::Groups;

/// Groups in which one that a profile has most of is shown by another of its days; `amounts` are the profile's by day.
///
/// The day is the one with the least that would by itself carry the whole year if the other groups had nothing, or else the one
/// with the most. `kept` days go on showing only themselves.
pub fn shown_with(groups: &Groups, amounts: &[f64], kept: &[usize]) -> Option<Groups> {
    let mut totals = vec![(0.0, 0.0); groups.representatives.len()];
    for (&group, amount) in groups.group_of.iter().zip(amounts) {
        totals[group].0 += amount;
        totals[group].1 += 1.0;
    }
    let free = (0..totals.len()).filter(|&group| !kept.contains(&groups.representatives[group]));
    let group = free.max_by(|&a, &b| totals[a].0.total_cmp(&totals[b].0).then(b.cmp(&a)))?;
    let wanted = amounts.iter().sum::<f64>() / totals[group].1;
    let members = || (0..amounts.len()).filter(|&day| groups.group_of[day] == group);
    let by_amount = |a: &usize, b: &usize| amounts[*a].total_cmp(&amounts[*b]);
    let enough = members().filter(|&day| amounts[day] >= wanted).min_by(by_amount);
    enough.or_else(|| members().max_by(by_amount)).map(|day| groups.shown_by(group, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_that_can_carry_the_year_shows_its_group() {
        // Ten units on the days of the second group, which has four days: 2.5 a day would do.
        let groups = Groups { representatives: vec![0, 4, 6], group_of: vec![0, 0, 0, 1, 1, 1, 2, 1] };
        let amounts = [0.0, 0.0, 0.0, 4.0, 0.0, 3.0, 1.0, 2.0];
        let other = shown_with(&groups, &amounts, &[]).unwrap();
        assert_eq!(other.representatives, [0, 5, 6]);
        assert_eq!(other.group_of, groups.group_of);
        // Where no day does, the one with the most comes nearest.
        let most = shown_with(&groups, &[9.0, 0.0, 0.0, 4.0, 0.0, 3.0, 9.0, 3.0], &[0]).unwrap();
        assert_eq!(most.representatives, [0, 3, 6]);
        // Representatives stay in the order of the year.
        let early = shown_with(&groups, &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 8.0], &[]).unwrap();
        assert_eq!((early.representatives, early.group_of), (vec![0, 6, 7], vec![0, 0, 0, 2, 2, 2, 1, 2]));
    }
}
