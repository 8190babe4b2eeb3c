//! Suggestions for misspelt words.

/// Longest word that is compared with others, characters.
const LONGEST: usize = 64;

/// Most words that one is compared with.
const MOST: usize = 2_000;

/// The known word that `word` was most likely meant to be, if one is close enough.
pub fn nearest<S: AsRef<str>>(word: &str, known: impl IntoIterator<Item = S>) -> Option<String> {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    // Comparing takes the one length times the other; nobody means a word this long.
    if length > LONGEST {
        return None;
    }
    let mut best: Option<(usize, String)> = None;
    for candidate in known.into_iter().take(MOST) {
        let candidate = candidate.as_ref();
        if candidate.len() > 4 * LONGEST {
            continue;
        }
        let other = candidate.to_lowercase();
        let distance = if other == lower {
            0
        } else if length > 2 && (other.starts_with(&lower) || same_words(&other, &lower)) {
            1
        } else {
            strsim::damerau_levenshtein(&lower, &other)
        };
        let allowed = 1 + length.max(other.chars().count()) / 4;
        if distance <= allowed && best.as_ref().is_none_or(|(least, _)| distance < *least) {
            best = Some((distance, candidate.to_owned()));
        }
    }
    best.map(|(_, word)| word).filter(|found| found != word)
}

/// Whether two names are the same words in another order or with other joints: `discount_rate`, `rate-discount`.
fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &str| {
        let mut words: Vec<String> = text.split(['-', '_', ' ', '.']).map(str::to_owned).collect();
        words.sort();
        words
    };
    words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn it_finds_the_word_that_was_meant() {
        let keys = ["capital-cost", "fixed-cost", "lifetime", "title"];
        assert_eq!(nearest("capitl-cost", keys).as_deref(), Some("capital-cost"));
        assert_eq!(nearest("capital_cost", keys).as_deref(), Some("capital-cost"));
        assert_eq!(nearest("Title", keys).as_deref(), Some("title"));
        assert_eq!(nearest("life", keys).as_deref(), Some("lifetime"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
