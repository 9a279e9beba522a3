//! Words and the ends of sentences, counted and compared as far as pages need it.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

/// Words of a text. In scripts that write none apart two signs are one.
pub(super) fn count(text: &str) -> usize {
    text.split_whitespace()
        .map(|word| {
            if word.is_ascii() {
                return 1;
            }
            let unparted = word.chars().filter(|sign| is_unparted(*sign)).count();
            unparted.div_ceil(2).max(1)
        })
        .sum()
}

/// Signs of Chinese, Japanese and the scripts of South East Asia.
fn is_unparted(sign: char) -> bool {
    matches!(u32::from(sign),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x2_0000..=0x2_FA1F)
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closing = |sign: char| {
        matches!(
            sign,
            '"' | '\'' | '”' | '’' | '“' | '»' | '«' | ')' | ']' | '」' | '』' | '*' | '\u{a0}'
        ) || sign.is_whitespace()
    };
    let last = text.trim_end_matches(closing).chars().next_back();
    last.is_some_and(|sign| {
        matches!(
            sign,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '۔' | '։'
        )
    })
}

/// A number for some texts, the same for the same ones.
pub(super) fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        part.hash(&mut hasher);
    }
    hasher.finish()
}

/// The words of a text without signs, in lower case.
pub(super) fn folded(text: &str) -> Vec<String> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Words in a row by which a text is known again.
const ROW: usize = 4;

/// A text in which others are looked for.
#[derive(Debug, Default)]
pub(super) struct Rows(FxHashSet<u64>);

impl Rows {
    pub(super) fn of(text: &str) -> Rows {
        let words = folded(text);
        Rows(rows(&words).collect())
    }

    /// Which share of a text's words in a row stand in this one; `None` for a text too short to
    /// know.
    pub(super) fn share_of(&self, text: &str) -> Option<f32> {
        let words = folded(text);
        let all = (words.len() + 1).checked_sub(ROW).filter(|all| *all > 0)?;
        let found = rows(&words).filter(|row| self.0.contains(row)).count();
        Some(found as f32 / all as f32)
    }

    /// Whether a text stands in this one.
    pub(super) fn hold(&self, text: &str) -> bool {
        self.share_of(text).is_some_and(|share| share >= 0.8)
    }
}

fn rows(words: &[String]) -> impl Iterator<Item = u64> + '_ {
    words
        .windows(ROW)
        .map(|row| digest(row.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_any_script() {
        assert_eq!(count("Fares rose 9%."), 3);
        assert_eq!(count("渡し船の運賃は九割上がった。"), 7);
        assert_eq!(count(" \n"), 0);
    }

    #[test]
    fn sentences_end_with_their_signs_and_marks_behind_them() {
        for ended in ["It rose.", "“It rose.”", "It rose!)", "上がった。", "Rose…"] {
            assert!(ends_sentence(ended), "{ended}");
        }
        for open in ["It rose", "Read more:", "", "»"] {
            assert!(!ends_sentence(open), "{open}");
        }
    }

    #[test]
    fn texts_are_known_again_by_words_in_a_row() {
        let rows = Rows::of("The lock will close for nine weeks, its director said.");
        assert!(rows.hold("the lock will close for nine weeks"));
        assert!(!rows.hold("its director said that the lock is closed"));
        assert_eq!(rows.share_of("the lock"), None);
    }
}
