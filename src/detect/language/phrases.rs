//! Phrases looked for in running text as whole words: only those that begin with the word that
//! stands there are compared.

use rustc_hash::FxHashMap;

/// Stretches of text in small letters, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    all: Vec<Box<str>>,
    /// Places in `all`, in order, by what a phrase begins with.
    by_head: FxHashMap<Box<str>, Vec<usize>>,
}

impl Phrases {
    /// Puts one behind the others.
    pub fn add(&mut self, phrase: &str) {
        let alike = self.by_head.entry(head(phrase).into()).or_default();
        alike.push(self.all.len());
        self.all.push(phrase.into());
    }

    /// The first of them that `text` begins with, no letter or digit right behind it.
    pub fn whole_beginning(&self, text: &str) -> Option<&str> {
        let whole = |p: &&str| text.strip_prefix(*p).is_some_and(starts_anew);
        let alike = self.by_head.get(head(text))?;
        alike.iter().map(|k| &*self.all[*k]).find(whole)
    }

    /// Whether one of them stands in `text` as whole words.
    pub fn whole_within(&self, text: &str) -> bool {
        let mut inside = false;
        text.char_indices().any(|(at, c)| {
            let begins = !inside;
            inside = c.is_alphanumeric();
            begins && self.whole_beginning(&text[at..]).is_some()
        })
    }

    /// Whether one of them stands in `text` next to a slash.
    pub fn beside_slash(&self, text: &str) -> bool {
        if !text.contains('/') {
            return false;
        }
        let before = |p: &str| text.strip_prefix(p).is_some_and(|t| t.starts_with('/'));
        let behind = |p: &str| {
            text.match_indices(p)
                .any(|(at, _)| text[..at].ends_with('/'))
        };
        self.all.iter().any(|p| before(p) || behind(p))
    }
}

/// The first word of a text, or the sign that it begins with.
fn head(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric());
    match end.unwrap_or(text.len()) {
        0 => &text[..text.chars().next().map_or(0, char::len_utf8)],
        end => &text[..end],
    }
}

/// Whether no word goes on at the start of `rest`.
fn starts_anew(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(all: &[&str]) -> Phrases {
        let mut phrases = Phrases::default();
        all.iter().for_each(|phrase| phrases.add(phrase));
        phrases
    }

    #[test]
    fn phrases_are_found_as_whole_words() {
        let phrases = phrases(&["sign up", "© 20", "re-use", "éd."]);
        for text in [
            "sign up",
            "please (sign up)",
            "see © 20.",
            "to re-use it",
            "3e éd.",
        ] {
            assert!(phrases.whole_within(text), "{text}");
        }
        for text in [
            "design up",
            "sign upon",
            "© 2024",
            "pre-use",
            "sign  up",
            "chéd.",
            "",
        ] {
            assert!(!phrases.whole_within(text), "{text}");
        }
    }

    #[test]
    fn the_first_of_the_file_is_found() {
        let phrases = phrases(&["read", "read more", "(c)", "(c) by"]);
        assert_eq!(phrases.whole_beginning("read more: a"), Some("read"));
        assert_eq!(phrases.whole_beginning("(c) by ann"), Some("(c)"));
        assert_eq!(phrases.whole_beginning("reader"), None);
        assert_eq!(phrases.whole_beginning("to read"), None);
    }

    #[test]
    fn agencies_stand_beside_a_slash() {
        let phrases = phrases(&["reuters", "getty images"]);
        assert!(phrases.beside_slash("reuters/ann field"));
        assert!(phrases.beside_slash("ann field/getty images"));
        assert!(!phrases.beside_slash("reuters reported 3/4"));
    }
}
