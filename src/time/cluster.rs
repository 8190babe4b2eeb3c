//! Grouping of days, each group shown by one of its members.

use kodama::{Method, linkage};

/// Groups of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Groups {
    /// The day that shows each group, in rising order.
    pub representatives: Vec<usize>,
    /// The group of each day.
    pub group_of: Vec<usize>,
}

impl Groups {
    /// Orders groups by their representatives.
    fn new(groups: Vec<(usize, Vec<usize>)>, days: usize) -> Self {
        let mut groups = groups;
        groups.sort_by_key(|(representative, _)| *representative);
        let mut group_of = vec![0; days];
        for (number, (_, members)) in groups.iter().enumerate() {
            for &day in members {
                group_of[day] = number;
            }
        }
        Self { representatives: groups.into_iter().map(|(representative, _)| representative).collect(), group_of }
    }

    /// The same groups, one of them shown by another of its days.
    pub fn shown_by(&self, group: usize, day: usize) -> Self {
        let days = self.group_of.len();
        let members = |number: usize| (0..days).filter(|&day| self.group_of[day] == number).collect();
        let shown = |(number, &old)| (if number == group { day } else { old }, members(number));
        Self::new(self.representatives.iter().enumerate().map(shown).collect(), days)
    }
}

/// Every day shows itself.
pub fn every_day(days: usize) -> Groups {
    Groups { representatives: (0..days).collect(), group_of: (0..days).collect() }
}

/// Stretches of equal length, each shown by the day in its middle; `kept` days show only themselves.
pub fn even(days: usize, groups: usize, kept: &[usize]) -> Groups {
    let rest: Vec<usize> = (0..days).filter(|day| !kept.contains(day)).collect();
    let number = groups.saturating_sub(kept.len()).clamp(1, rest.len().max(1));
    let mut all: Vec<(usize, Vec<usize>)> = kept.iter().map(|&day| (day, vec![day])).collect();
    for group in 0..number {
        let members = rest[group * rest.len() / number..(group + 1) * rest.len() / number].to_vec();
        if let Some(&middle) = members.get(members.len() / 2) {
            all.push((middle, members));
        }
    }
    Groups::new(all, days)
}

/// Hierarchical clustering with Ward's linkage; each group is shown by its medoid, the member with the least sum of squared
/// distances to the others. `kept` days show only themselves.
pub fn ward(features: &[Vec<f64>], groups: usize, kept: &[usize]) -> Groups {
    let days = features.len();
    let rest: Vec<usize> = (0..days).filter(|day| !kept.contains(day)).collect();
    let number = groups.saturating_sub(kept.len()).clamp(1, rest.len().max(1));
    let mut all: Vec<(usize, Vec<usize>)> = kept.iter().map(|&day| (day, vec![day])).collect();
    for members in cut(features, &rest, number) {
        if let Some(medoid) = medoid(features, &members) {
            all.push((medoid, members));
        }
    }
    Groups::new(all, days)
}

fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// Merges the closest days until `number` groups are left.
fn cut(features: &[Vec<f64>], days: &[usize], number: usize) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = days.iter().map(|&day| vec![day]).collect();
    if days.len() < 2 {
        return groups;
    }
    let mut distances = Vec::with_capacity(days.len() * (days.len() - 1) / 2);
    for (position, &a) in days.iter().enumerate() {
        for &b in &days[position + 1..] {
            distances.push(squared_distance(&features[a], &features[b]).sqrt());
        }
    }
    let tree = linkage(&mut distances, days.len(), Method::Ward);
    // A step's own group is numbered after all days and all earlier steps.
    for step in tree.steps().iter().take(days.len() - number) {
        let mut members = std::mem::take(&mut groups[step.cluster1]);
        members.append(&mut groups[step.cluster2]);
        members.sort_unstable();
        groups.push(members);
    }
    groups.retain(|members| !members.is_empty());
    groups
}

fn medoid(features: &[Vec<f64>], members: &[usize]) -> Option<usize> {
    let spread = |&day: &usize| members.iter().map(|&other| squared_distance(&features[day], &features[other])).sum();
    let spreads: Vec<(f64, usize)> = members.iter().map(|day| (spread(day), *day)).collect();
    spreads.into_iter().min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|(_, day)| day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ward_finds_clear_groups_and_keeps_days_apart() {
        let features: Vec<Vec<f64>> =
            [0.0, 0.1, 5.0, 5.1, 5.2, 0.2, 9.0].into_iter().map(|value| vec![value, 1.0]).collect();
        let groups = ward(&features, 3, &[6]);
        assert_eq!(groups.representatives, [1, 3, 6]);
        assert_eq!(groups.group_of, [0, 0, 1, 1, 1, 0, 2]);
    }

    #[test]
    fn even_groups_are_stretches() {
        let groups = even(8, 3, &[2]);
        assert_eq!(groups.representatives, [1, 2, 6]);
        assert_eq!(groups.group_of, [0, 0, 1, 0, 2, 2, 2, 2]);
    }

    #[test]
    fn odd_numbers_do_no_harm() {
        assert_eq!(ward(&[vec![1.0]], 4, &[]).representatives, [0]);
        assert_eq!(ward(&[vec![1.0], vec![2.0]], 1, &[0]).representatives, [0, 1]);
        assert_eq!(even(2, 9, &[]).representatives, [0, 1]);
    }
}
