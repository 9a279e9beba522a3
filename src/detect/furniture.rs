//! Lines that are furniture, not text: picture credits, bylines, "read more", stamps.
//!
//! They make no claim. A picture credit still names a source, which is told apart from those
//! who say something.

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

const CREDIT_STARTS: &[&str] = &[
    "featured image via",
    "featured image by",
    "featured image:",
    "featured image from",
    "image via",
    "image by",
    "image credit:",
    "image credits:",
    "image:",
    "images via",
    "photo via",
    "photo by",
    "photo credit:",
    "photo:",
    "photos by",
    "photograph by",
    "photograph:",
    "picture:",
    "picture credit:",
    "picture by",
    "credit:",
    "illustration by",
    "illustration:",
    "photo courtesy of",
    "image courtesy of",
    "screenshot via",
    "screengrab via",
    "video by",
    "(photo by",
    "(image:",
    "(ap photo/",
    "ap photo/",
    "photo illustration by",
];

const POINTERS: &[&str] = &[
    "read more",
    "read also",
    "read next",
    "see also",
    "sign up",
    "subscribe",
    "follow us",
    "click here",
    "advertisement",
    "related:",
    "watch:",
    "more:",
    "like us on",
    "share this",
    "continue reading",
    "this article was originally",
    "originally published",
    "listen:",
    "download our",
    "support our",
    "join the conversation",
];

const AGENCIES: &[&str] = &[
    "/getty images",
    "/reuters",
    "/ap photo",
    "/afp",
    "/ap)",
    "/shutterstock",
    "/associated press",
];

/// What furniture each sentence is, if any.
pub(super) fn furniture_of(reading: &Reading<'_>) -> Vec<Option<Furniture>> {
    let all = &reading.sentences;
    let of = |(sentence, here): (usize, &Stretch)| {
        let alone = (sentence == 0 || all[sentence - 1].paragraph != here.paragraph)
            && all
                .get(sentence + 1)
                .is_none_or(|s| s.paragraph != here.paragraph);
        furniture(reading.text, here.span, alone)
    };
    all.iter().enumerate().map(of).collect()
}

/// What furniture a sentence is, if it is any; `heading` tells that it stands alone on its
/// line.
fn furniture(text: &str, sentence: Span, heading: bool) -> Option<Furniture> {
    let words = sentence.of(text);
    let low = words
        .chars()
        .take(120)
        .collect::<String>()
        .to_ascii_lowercase();
    for start in CREDIT_STARTS {
        // The spelling has only small ASCII letters, so lengths agree.
        if low.starts_with(start) && words.is_char_boundary(start.len()) && words.len() < 160 {
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
    if count <= 14 && AGENCIES.iter().any(|a| low.contains(a)) {
        return Some(Furniture::ImageCredit(sentence));
    }
    if POINTERS.iter().any(|p| low.starts_with(p)) && count <= 25 {
        return Some(Furniture::Pointer);
    }
    if count <= 12 && low.starts_with("by ") && heading && !low.ends_with('.') {
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

    fn credit(text: &str) -> Option<&str> {
        match furniture(text, Span::new(0, text.len()), true) {
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
        let of = |t: &str| furniture(t, Span::new(0, t.len()), true);
        assert_eq!(of("Read more: the harbour files"), Some(Furniture::Pointer));
        assert_eq!(of("By Ann Field and Bo Lind"), Some(Furniture::Byline));
        assert_eq!(of("Council to vote on harbour"), Some(Furniture::Heading));
        assert_eq!(of("The council voted on Monday."), None);
    }
}
