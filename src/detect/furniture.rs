//! Lines that are furniture, not text: picture credits, bylines, "read more", stamps.
//!
//! They make no claim. A picture credit still names a source, which is told apart from those
//! who say something.

use super::language::lists::Furnishing;
use super::reading::word::{NONE, Shape};
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
    /// What the site asks or tells of itself: subscriptions, cookies, rights.
    Notice,
    /// A heading: no stop at its end, short.
    Heading,
}

/// What furniture each sentence is, if any.
pub(super) fn furniture_of(reading: &Reading<'_>) -> Vec<Option<Furniture>> {
    let all = &reading.sentences;
    let lists = &reading.lists.furniture;
    let mut found: Vec<Option<Furniture>> = Vec::with_capacity(all.len());
    for (sentence, here) in all.iter().enumerate() {
        let first = sentence == 0 || all[sentence - 1].paragraph != here.paragraph;
        let last = all
            .get(sentence + 1)
            .is_none_or(|s| s.paragraph != here.paragraph);
        let quoted = here
            .words
            .clone()
            .next()
            .is_some_and(|k| reading.words[k].quotation != NONE);
        let head = reading.front_matter.is_some_and(|f| f.covers(here.span));
        let goes_on = !first && !quoted && found.last() == Some(&Some(Furniture::Notice)) && {
            let low = here
                .span
                .of(reading.text)
                .chars()
                .take(40)
                .collect::<String>();
            lists
                .us
                .whole_beginning(&low.to_ascii_lowercase())
                .is_some()
        };
        found.push(if head || goes_on {
            Some(Furniture::Notice)
        } else {
            furniture(lists, reading.text, here.span, first && last)
                .filter(|kind| !(quoted && *kind == Furniture::Notice))
        });
    }
    found
}

/// Which words are furniture: sentences that are, headings aside, and the datelines that stand
/// before the first sentence of a paragraph.
pub(super) fn furniture_words(reading: &Reading<'_>, furniture: &[Option<Furniture>]) -> Vec<bool> {
    let mut flags = vec![false; reading.words.len()];
    let mut paragraph = None;
    for (sentence, kind) in reading.sentences.iter().zip(furniture) {
        let begins = paragraph != Some(sentence.paragraph);
        paragraph = Some(sentence.paragraph);
        match kind {
            Some(Furniture::Heading) | None => {
                let end = if begins {
                    dateline(reading, sentence)
                } else {
                    None
                };
                if let Some(end) = end {
                    flags[sentence.words.start..end].fill(true);
                }
            }
            Some(_) => flags[sentence.words.clone()].fill(true),
        }
    }
    flags
}

/// Longest dateline, in words and marks.
const LONGEST_DATELINE: usize = 14;

/// Where a dateline at the start of a sentence ends, behind its dash: "OSLO, Norway (AP) —".
fn dateline(reading: &Reading<'_>, sentence: &Stretch) -> Option<usize> {
    let words = sentence.words.clone();
    let is_dash = |k: usize| matches!(reading.word(k), "—" | "–" | "-" | "--" | "―");
    let dash = words.clone().take(LONGEST_DATELINE).find(|k| is_dash(*k))?;
    if dash == words.start || dash + 3 > words.end {
        return None;
    }
    let before = words.start..dash;
    let wire = before.clone().any(|k| {
        let low = reading.word(k).to_ascii_lowercase();
        k > words.start && reading.word(k - 1) == "(" && reading.lists.furniture.wires.has(&low)
    });
    let place = reading.words[words.start].shape;
    let plain = before.clone().all(|k| match reading.words[k].shape {
        Shape::Capital | Shape::Upper | Shape::Mixed | Shape::Number => true,
        Shape::Mark => matches!(reading.word(k), "," | "." | "(" | ")" | "/" | "-"),
        Shape::Lower => wire,
    });
    // "NATO – the alliance – said": two dashes are brackets.
    let brackets = (dash + 1..words.end).any(is_dash) && before.len() < 3;
    let large = place == Shape::Upper && !brackets;
    let spaced = reading.words[dash - 1].span().end < reading.words[dash].span().start;
    (plain && spaced && (wire && place != Shape::Lower || large)).then_some(dash + 1)
}

/// What furniture a sentence is, if it is any; `alone` tells that it stands alone on its line.
fn furniture(lists: &Furnishing, text: &str, sentence: Span, alone: bool) -> Option<Furniture> {
    let words = sentence.of(text);
    // Only ASCII letters are made small, so lengths agree.
    let low = words
        .chars()
        .take(240)
        .collect::<String>()
        .to_ascii_lowercase();
    if let Some(start) = lists.credits.whole_beginning(&low)
        && words.len() < 160
    {
        let span = Span::new(sentence.start + start.len(), sentence.end).trimmed(text);
        let name = Span::new(span.start, span.start + credit_name(span.of(text)).len());
        return Some(Furniture::ImageCredit(if name.is_empty() {
            sentence
        } else {
            name
        }));
    }
    let count = words.split_whitespace().take(60).count();
    if (count <= 14 || alone && count <= 40) && lists.agencies.beside_slash(&low) {
        return Some(Furniture::ImageCredit(sentence));
    }
    let stopped = |rest: &str| {
        let rest = rest.trim_start();
        rest.starts_with([':', '»', '>', '→']) || !rest.contains(char::is_alphanumeric)
    };
    let pointer = lists.pointers.whole_beginning(&low);
    if count <= 25 && pointer.is_some_and(|p| stopped(&low[p.len()..])) {
        return Some(Furniture::Pointer);
    }
    let asking = count <= 25 && lists.asking.whole_beginning(&low).is_some();
    if asking || count <= 40 && lists.notices.whole_within(&low) {
        return Some(Furniture::Notice);
    }
    let mut parts = words.split_whitespace();
    let byline = parts
        .next()
        .is_some_and(|first| lists.bylines.has(&first.to_ascii_lowercase()))
        && parts
            .next()
            .is_some_and(|name| name.starts_with(char::is_uppercase));
    let bars = low.contains('|') && count <= 30;
    if byline && (alone && count <= 12 && !low.ends_with('.') || bars) {
        return Some(Furniture::Byline);
    }
    let dated = low.contains(|c: char| c.is_ascii_digit());
    if (alone || bars) && count <= 16 && dated && lists.stamps.whole_within(&low) {
        let short = count <= 6 || bars || low.contains(':');
        if short && !low.ends_with('.') {
            return Some(Furniture::Byline);
        }
    }
    let ended = words
        .trim_end_matches(['"', '”', '’', ')', '\''])
        .ends_with(['.', '!', '?', '…', ':', '。', '।']);
    (alone && !ended && count <= 16).then_some(Furniture::Heading)
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
        assert_eq!(
            of("Sign up for our letter and get three tales."),
            Some(Furniture::Notice)
        );
        assert_eq!(of("We use cookies on this page."), Some(Furniture::Notice));
        assert_eq!(of("4 min read"), Some(Furniture::Byline));
        assert_eq!(
            of("By Ann Field | Updated: 3 May 2024 at noon"),
            Some(Furniture::Byline)
        );
    }

    #[test]
    fn words_that_begin_like_furniture_are_text() {
        let lists = &Lists::english().furniture;
        for text in [
            "Subscribers left in May, the paper said.",
            "Advertisements cost 3 euros.",
            "Watch makers lost 40 jobs.",
            "More people left the town.",
            "Sign up fees rose to 45 euros.",
            "Related costs came to 3 million.",
            "By May 3, the river had risen.",
            "Getty Images sued the firm in 2023, court papers show.",
        ] {
            let found = furniture(lists, text, Span::new(0, text.len()), true);
            assert_eq!(found, None, "{text}");
        }
    }

    #[test]
    fn datelines_are_cut_off() {
        let language = crate::detect::language::Language::compiled_in();
        let cut = |text: &str| {
            let reading = Reading::new(text, &language);
            let flags = furniture_words(&reading, &furniture_of(&reading));
            flags.iter().take_while(|f| **f).count()
        };
        assert_eq!(cut("OSLO, Norway (AP) — The ferry sank on Monday."), 7);
        assert_eq!(cut("Oslo (Reuters) - The ferry sank on Monday."), 5);
        assert_eq!(cut("SALT LAKE CITY — The ferry sank on Monday."), 4);
        assert_eq!(cut("NATO — the alliance — said no."), 0);
        assert_eq!(cut("Ann Orr — she is 40 — said no."), 0);
    }
}
