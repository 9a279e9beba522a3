//! Word boundaries as a reader sees them: Unicode's, with glued sentences taken apart.
//!
//! Unicode keeps "campaign.According" as one word, as it should "example.org"; in damaged
//! text a small letter, a full stop and a capital are the end of one sentence and the start
//! of the next.

use unicode_segmentation::UnicodeSegmentation;

/// The parts of a text between word boundaries, with the byte where each begins; together
/// they are the text.
pub fn word_bounds(text: &str) -> impl DoubleEndedIterator<Item = (usize, &str)> {
    text.split_word_bound_indices().flat_map(|(at, part)| {
        let mut parts = Vec::with_capacity(1);
        let mut start = 0;
        for stop in glued(part) {
            parts.push((at + start, &part[start..stop]));
            parts.push((at + stop, &part[stop..stop + 1]));
            start = stop + 1;
        }
        parts.push((at + start, &part[start..]));
        parts
    })
}

/// The full stops inside a part that end a sentence.
fn glued(part: &str) -> impl Iterator<Item = usize> {
    part.match_indices('.').map(|(at, _)| at).filter(|&at| {
        let before = part[..at].chars().next_back();
        let after = part[at + 1..].chars().next();
        before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let parts: Vec<(usize, &str)> = word_bounds(text).collect();
        let joined: String = parts.iter().map(|(_, part)| *part).collect();
        assert_eq!(joined, text);
        assert!(parts.iter().all(|(at, part)| text[*at..].starts_with(part)));
        let has_letters = |part: &&str| part.chars().any(char::is_alphanumeric);
        parts
            .into_iter()
            .map(|(_, part)| part)
            .filter(has_letters)
            .collect()
    }

    #[test]
    fn glued_sentences_are_two_words_and_names_of_sites_one() {
        assert_eq!(words("the case.In yet"), ["the", "case", "In", "yet"]);
        assert_eq!(
            words("campaign.According to"),
            ["campaign", "According", "to"]
        );
        assert_eq!(
            words("see example.org, U.S. 3.5"),
            ["see", "example.org", "U.S", "3.5"]
        );
        assert_eq!(words(""), Vec::<&str>::new());
    }
}
