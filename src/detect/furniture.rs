//! Lines that are furniture, not text: picture credits, bylines, "read more", stamps.
//!
//! They make no claim. A picture credit still names a source, which is told apart from those
//! who say something.

use super::language::lists::Furnishing;
use super::reading::{Reading, Stretch};
use crate::text::Span;

/// What kind of furniture a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Who made or supplied a picture; the span is the name.
    ImageCredit(Span),
    /// Who wrote it.
    Byline,
    /// "Read more: …", "Sign up for …", "Advertisement".
    Pointer,
    /// A heading: no stop at its end, short.
    Heading,
}

/// What furniture each sentence is, if any.
pub(super) fn furniture_of(reading: &Reading<'_>) -> Vec<Option<Furniture>> {
    let all = &reading.sentences;
    let of = |(sentence, here): (usize, &Stretch)| {
        let alone = (sentence == 0 || all[sentence - 1].paragraph != here.paragraph)
            && all
                .get(sentence + 1)
                .is_none_or(|s| s.paragraph != here.paragraph);
        furniture(&reading.lists.furniture, reading.text, here.span, alone)
    };
    all.iter().enumerate().map(of).collect()
}

/// What furniture a sentence is, if it is any; `heading` tells that it stands alone on its
/// line.
fn furniture(lists: &Furnishing, text: &str, sentence: Span, heading: bool) -> Option<Furniture> {
    let words = sentence.of(text);
    let low = words
        .chars()
        .take(120)
        .collect::<String>()
        .to_ascii_lowercase();
    if let Some(start) = lists.credits.beginning(&low) {
        // Only ASCII letters were made small, so lengths agree.
        if words.len() < 160 {
            let span = Span::new(sentence.start + start.len(), sentence.end).trimmed(text);
            let name = Span::new(span.start, span.start + credit_name(span.of(text)).len());
            return Some(Furniture::ImageCredit(if name.is_empty() {
                sentence
            } else {
                name
            }));
        }
    }
    let count = words.split_whitespace().take(40).count();
    if count <= 14 && lists.agencies.within(&low) {
        return Some(Furniture::ImageCredit(sentence));
    }
    if lists.pointers.beginning(&low).is_some() && count <= 25 {
        return Some(Furniture::Pointer);
    }
    let byline = low
        .split_once(' ')
        .is_some_and(|(first, _)| lists.bylines.has(first));
    if count <= 12 && byline && heading && !low.ends_with('.') {
        return Some(Furniture::Byline);
    }
    let ended = words
        .trim_end_matches(['"', '”', '’', ')', '\''])
        .ends_with(['.', '!', '?', '…', ':', '。', '।']);
    (heading && !ended && count <= 16).then_some(Furniture::Heading)
}

/// The name in a credit, without footnote digits, stops and brackets behind it.
fn credit_name(words: &str) -> &str {
    let end = words
        .find(['.', '\n', ';'])
        .map_or(words, |at| &words[..at]);
    end.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ')' | ' ' | '.' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::language::lists::Lists;

    fn credit(text: &str) -> Option<&str> {
        match furniture(
            &Lists::english().furniture,
            text,
            Span::new(0, text.len()),
            true,
        ) {
            Some(Furniture::ImageCredit(span)) => Some(span.of(text)),
            _ => None,
        }
    }

    #[test]
    fn credits_give_their_name() {
        assert_eq!(
            credit("Featured image via Ann Field/Agency Images2"),
            Some("Ann Field/Agency Images")
        );
        assert_eq!(credit("Photo by Bo Lind."), Some("Bo Lind"));
        assert_eq!(credit("The photo by her desk shows a dog."), None);
    }

    #[test]
    fn furniture_is_told_from_text() {
        let lists = &Lists::english().furniture;
        let of = |t: &str| furniture(lists, t, Span::new(0, t.len()), true);
        assert_eq!(of("Read more: the harbour files"), Some(Furniture::Pointer));
        assert_eq!(of("By Ann Field and Bo Lind"), Some(Furniture::Byline));
        assert_eq!(of("Council to vote on harbour"), Some(Furniture::Heading));
        assert_eq!(of("The council voted on Monday."), None);
    }
}
