//! Days of a year that differ in a few loose columns, such as hours with sun, get the same ones: what a day has not gets a column without
//! coefficients, which is nothing. They have one shape then, and its elimination is planned and held once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::apart::{Apart, Draft, Loose};
use super::borders::Borders;
use super::lists::index;
use super::sides::{Counts, order};

/// What loose columns may have in common: when they come by their bounds, their rows, and the kept columns that their upper bounds depend
/// on.
type Kind = (usize, Vec<u32>, Vec<u32>);

/// When columns of a kind come, and the number of the kind.
type Name = (usize, u32);

/// How many columns of each kind there are.
type Census = BTreeMap<Name, u32>;

/// What days have in common that can be made alike: numbers of rows and of unknowns of the border, bounds of kept columns, and direct
/// entries.
type Frame = (usize, usize, Counts, Vec<(u32, u32)>);

/// Where the loose columns of a day went.
pub type Moved = Arc<[u32]>;

/// Gives the days of each year of a part the same loose columns, as far as all else is the same; where those of each day went.
pub fn make_alike(apart: &mut Apart, borders: &Borders) -> Vec<Moved> {
    let (mut left, mut first) = (&mut apart.blocks[..apart.days], 0);
    let mut moved = Vec::with_capacity(apart.days);
    for of_year in apart.parents[..apart.days].chunk_by(PartialEq::eq) {
        let days;
        (days, left) = left.split_at_mut(of_year.len());
        moved.extend(make_days_alike(first, days, borders));
        first += index(of_year.len());
    }
    moved
}

/// The same for the days of a year, the first of which has a number.
fn make_days_alike(first: u32, days: &mut [Draft], borders: &Borders) -> Vec<Moved> {
    let (mut names, mut kinds) = (HashMap::new(), Vec::new());
    let mut frames: HashMap<Frame, Census> = HashMap::new();
    let mut of_days: Vec<(Frame, Vec<Name>)> = Vec::with_capacity(days.len());
    for (number, draft) in (first..).zip(&*days) {
        let mut name = |kind: Kind| {
            *names.entry(kind).or_insert_with_key(|kind| {
                kinds.push(kind.clone());
                (kind.0, index(kinds.len() - 1))
            })
        };
        let columns: Vec<Name> = kinds_of(number, draft, borders).into_iter().map(&mut name).collect();
        let frame = frame(number, draft, borders);
        let most = frames.entry(frame.clone()).or_default();
        let mut own = Census::new();
        for &name in &columns {
            let count = own.entry(name).or_default();
            *count += 1;
            most.entry(name).and_modify(|most| *most = (*most).max(*count)).or_insert(*count);
        }
        of_days.push((frame, columns));
    }
    let mut known: HashMap<Vec<u32>, Moved> = HashMap::new();
    let mut moved = Vec::with_capacity(days.len());
    for ((number, draft), (frame, columns)) in (first..).zip(days).zip(of_days) {
        let (places, missing) = places(&frames[&frame], &columns);
        let missing = missing.into_iter().map(|(column, (_, kind))| (column, &kinds[kind as usize]));
        fill(number, draft, &places, missing, borders);
        moved.push(known.entry(places).or_insert_with_key(|places| places[..].into()).clone());
    }
    moved
}

fn frame(number: u32, draft: &Draft, borders: &Borders) -> Frame {
    let local = |place| borders.local(number, place);
    let direct = draft.direct.iter().map(|&(row, kept, _)| (local(row), local(borders.unknown(kept))));
    (draft.rhs.len(), borders.of(number).len(), draft.sides().kept, direct.collect())
}

/// The kind of each loose column of a day.
fn kinds_of(number: u32, draft: &Draft, borders: &Borders) -> Vec<Kind> {
    let kind = |column: &Loose| (order(column.lower, column.upper), Vec::new(), Vec::new());
    let mut kinds: Vec<Kind> = draft.loose.iter().map(kind).collect();
    for &(column, row, _) in &draft.entries {
        kinds[column as usize].1.push(borders.local(number, row));
    }
    for &(column, kept, _) in &draft.limits {
        kinds[column as usize].2.push(borders.local(number, borders.unknown(kept)));
    }
    kinds
}

/// Where columns of these kinds are among those that all days have, and which of the latter are none of them.
fn places(all: &Census, columns: &[Name]) -> (Vec<u32>, Vec<(u32, Name)>) {
    let mut next: HashMap<Name, std::ops::Range<u32>> = HashMap::new();
    let mut end = 0;
    for (&name, count) in all {
        next.insert(name, end..end + count);
        end += count;
    }
    let places = columns.iter().filter_map(|name| next.get_mut(name)?.next()).collect();
    let missing = all.keys().flat_map(|&name| next[&name].clone().map(move |column| (column, name)));
    (places, missing.collect())
}

/// Moves the loose columns of a day to their places, and puts nothing in those of the missing ones.
fn fill<'a>(
    number: u32,
    draft: &mut Draft,
    places: &[u32],
    missing: impl Iterator<Item = (u32, &'a Kind)>,
    borders: &Borders,
) {
    let mut loose: Vec<(u32, Loose)> = places.iter().copied().zip(draft.loose.drain(..)).collect();
    draft.entries.iter_mut().for_each(|(column, ..)| *column = places[*column as usize]);
    draft.limits.iter_mut().for_each(|(column, ..)| *column = places[*column as usize]);
    for (column, (order, rows, limits)) in missing {
        loose.push((column, nothing(*order)));
        draft.entries.extend(rows.iter().map(|&row| (column, borders.place(number, row), 0.0)));
        let kept = |&local: &u32| (column, borders.kept(borders.place(number, local)), 0.0);
        draft.limits.extend(limits.iter().map(kept));
    }
    loose.sort_by_key(|&(place, _)| place);
    draft.loose.extend(loose.into_iter().map(|(_, column)| column));
    draft.entries.sort_by_key(|&(column, ..)| column);
    draft.limits.sort_by_key(|&(column, ..)| column);
}

/// A column without coefficients for which nothing, its only bound or one of them, is as good as any value.
fn nothing(order: usize) -> Loose {
    let (cost, lower, upper) = match order {
        0 => (1.0, 0.0, f64::INFINITY),
        1 => (0.0, 0.0, 1.0),
        _ => (-1.0, f64::NEG_INFINITY, 0.0),
    };
    Loose { cost, lower, upper, is_limited: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulation::keys::{ColumnKey, RowKey};
    use crate::formulation::program::{Block, Program, Sense};
    use crate::model::{CommodityId, FleetId, Id as _, ProcessId, YearId, ZoneId};
    use crate::solve::interior::blocks::Blocks;
    use crate::solve::interior::{End, Warm, solve};
    use crate::solve::{Silent, SolveOptions};
    use crate::time::{Bucket, DayId};

    /// Three days with a demand of 5 each. A unit of capacity costs 3, and one of demand that is not met 10; a unit of supply costs 20, and
    /// another one 2 on the days with sun.
    fn days(with_sun: [bool; 3]) -> Program {
        let mut program = Program::default();
        let (zone, commodity, process, year) = (ZoneId::new(0), CommodityId::new(0), ProcessId::new(0), YearId::new(0));
        let capacity =
            program.add_column(ColumnKey::Capacity(FleetId::new(0), year), Block::Horizon, 0.0, f64::INFINITY);
        program.add_cost(capacity, 3.0);
        for (day, has_sun) in with_sun.into_iter().enumerate() {
            let (block, bucket) = (Block::Day(year, DayId::new(day)), Bucket::Day(DayId::new(day)));
            let unserved = ColumnKey::Unserved(zone, commodity, year, bucket);
            let unserved = program.add_column(unserved, block, 0.0, f64::INFINITY);
            program.add_cost(unserved, 10.0);
            let mut balance = vec![(unserved, 1.0)];
            let charge = (ColumnKey::Charge(process, year, bucket), RowKey::ChargeLimit(process, year, bucket));
            let discharge =
                (ColumnKey::Discharge(process, year, bucket), RowKey::DischargeLimit(process, year, bucket));
            let supplies = [(charge, 2.0, has_sun), (discharge, 20.0, true)];
            for ((column, limit), cost, _) in supplies.into_iter().filter(|&(.., is_there)| is_there) {
                let supply = program.add_column(column, block, 0.0, f64::INFINITY);
                program.add_cost(supply, cost);
                program.add_row(limit, block, &[(supply, 1.0), (capacity, -1.0)], Sense::Le, 0.0);
                balance.push((supply, 1.0));
            }
            program.add_row(RowKey::Balance(zone, commodity, year, bucket), block, &balance, Sense::Ge, 5.0);
        }
        program
    }

    /// Capacity of 5, whose supply two days take; the third goes without: 3 · 5 + 2 · (2 · 5) + 10 · 5.
    #[test]
    fn a_day_without_sun_has_the_shape_of_one_with_it() -> Result<(), String> {
        for with_sun in [[true, false, true], [false, true, true]] {
            let program = days(with_sun);
            let blocks = Blocks::new(&program).map_err(|misfit| format!("{misfit:?}"))?.ok_or("no blocks")?;
            let shapes: Vec<_> = blocks.blocks[..3].iter().map(|day| Arc::as_ptr(&day.shape)).collect();
            assert!(shapes.iter().all(|&shape| shape == shapes[0]), "{shapes:?}");
            let options = SolveOptions { gap: 1e-9, threads: Some(1), ..SolveOptions::default() };
            let Ok(End::Solutions(solutions, _)) = solve(&program, Warm::default(), &options, &Silent) else {
                return Err("no solution".to_owned());
            };
            assert!((solutions[0].objective - 85.0).abs() < 1e-6, "{}", solutions[0].objective);
            assert!(solutions[0].quality.worst() < 1e-7, "{:?}", solutions[0].quality);
            let sunless = with_sun.iter().position(|sun| !sun).unwrap_or(0);
            let unserved = (program.columns().iter().zip(&solutions[0].columns))
                .filter_map(|(column, value)| matches!(column.key, ColumnKey::Unserved(..)).then_some(*value));
            for (day, value) in unserved.enumerate() {
                assert!((value - if day == sunless { 5.0 } else { 0.0 }).abs() < 1e-6, "{day}: {value}");
            }
        }
        Ok(())
    }
}
