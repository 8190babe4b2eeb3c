//! A case made as small as it gets while it fails in the same way.

use std::time::{Duration, Instant};

use super::case::Case;
use super::judge::{Judge, Verdict};

/// Longest time for one case.
const PATIENCE: Duration = Duration::from_secs(60);

/// What tells one mistake from another: its words without names and numbers.
pub fn kind(what: &str) -> String {
    let mut kind = String::new();
    for (position, part) in what.split('`').enumerate() {
        if position % 2 == 0 {
            kind.extend(part.chars().filter(|c| !c.is_ascii_digit()));
        }
    }
    kind
}

/// Leaves out files, then stretches of lines, then of bytes.
pub fn shrink(judge: &Judge, mut case: Case, what: &str) -> Case {
    let (start, kind_of_it) = (Instant::now(), kind(what));
    let still = |case: &Case| {
        start.elapsed() < PATIENCE && matches!(judge.verdict(case), Verdict::Wrong(again) if kind(&again) == kind_of_it)
    };
    for number in (0..case.files.len()).rev() {
        let mut smaller = case.clone();
        smaller.files.remove(number);
        if !smaller.files.is_empty() && still(&smaller) {
            case = smaller;
        }
    }
    for number in 0..case.files.len() {
        let lines = case.files[number].bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        let mut with = |pieces: &[Vec<u8>]| {
            let mut smaller = case.clone();
            smaller.files[number].bytes = pieces.concat();
            still(&smaller)
        };
        let lines = fewer(lines, &mut with);
        let pieces: Vec<Vec<u8>> = lines.concat().iter().map(|&byte| vec![byte]).collect();
        // Byte by byte only what is short.
        let pieces = if pieces.len() < 2000 { fewer(pieces, &mut with) } else { pieces };
        case.files[number].bytes = pieces.concat();
    }
    case
}

/// Leaves out stretches, long ones first.
fn fewer(mut pieces: Vec<Vec<u8>>, still: &mut impl FnMut(&[Vec<u8>]) -> bool) -> Vec<Vec<u8>> {
    let mut length = pieces.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < pieces.len() {
            let end = (at + length).min(pieces.len());
            let smaller = [&pieces[..at], &pieces[end..]].concat();
            if still(&smaller) {
                pieces = smaller;
            } else {
                at = end;
            }
        }
        length /= 2;
    }
    pieces
}
