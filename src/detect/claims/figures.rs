//! Signs that are part of a figure: without them it says something else.

use crate::detect::reading::Reading;
use crate::detect::reading::word::Shape;

/// Whether a token is the sign before a figure: without it “-5 degrees” is another claim.
pub(super) fn is_minus(reading: &Reading<'_>, word: usize) -> bool {
    let here = &reading.words[word];
    let is_sign = matches!(reading.word(word), "-" | "−" | "–" | "+");
    let is_apart = word == 0 || reading.words[word - 1].span().end < here.span().start;
    let behind = reading.words.get(word + 1);
    is_sign
        && is_apart
        && behind.is_some_and(|behind| {
            behind.shape == Shape::Number && behind.span().start == here.span().end
        })
}

/// Whether a colon stands between the figures of a time, of a day or of a recording: it parts
/// nothing.
pub(super) fn is_in_time(reading: &Reading<'_>, at: usize) -> bool {
    let Some(around) = at
        .checked_sub(1)
        .and_then(|from| reading.words.get(from..at + 2))
    else {
        return false;
    };
    let is_number = |k: usize| around[k].shape == Shape::Number;
    let is_close = |k: usize| around[k].span().end == around[k + 1].span().start;
    is_number(0) && is_number(2) && is_close(0) && is_close(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::language::Language;

    fn signs(text: &str, is_one: fn(&Reading<'_>, usize) -> bool) -> Vec<usize> {
        let language = Language::compiled_in();
        let reading = Reading::new(text, &language);
        let found = (0..reading.words.len()).filter(|at| is_one(&reading, *at));
        found.map(|at| reading.words[at].span().start).collect()
    }

    #[test]
    fn a_minus_stands_apart_and_close_to_its_figure() {
        assert_eq!(signs("-5 degrees was it.", is_minus), [0]);
        assert_eq!(signs("It fell to −5 percent.", is_minus), [11]);
        for text in [
            "It fell - 5 times.",
            "The 3-5 goal.",
            "It rose -- so it did.",
        ] {
            assert!(signs(text, is_minus).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_colon_in_a_time_parts_nothing() {
        for text in [
            "Ana said: 5 men came.",
            "At 5: 7 men came.",
            "It was 12:ten.",
        ] {
            assert!(signs(text, is_in_time).is_empty(), "{text}");
        }
    }
}
