//! The words somebody judged, which a mark has to show to be no question.

use crate::annotations::{Anchor, Annotation, Id, Parts, Quote, Target, text_id};
use crate::text::{Article, Mark, reads_the_same, tokens};

/// The words a mark is held against.
pub(super) struct Judged<'a> {
    /// The words its target shows.
    shown: &'a Quote,
    /// Those of the answer that holds, else those suggested.
    answered: Option<&'a Quote>,
    anchor: Anchor,
}

impl<'a> Judged<'a> {
    /// The words of an annotation.
    pub(super) fn of(annotation: &'a Annotation) -> Judged<'a> {
        Judged {
            shown: &annotation.target.quote,
            answered: answered(annotation).map(|(_, quote)| quote),
            anchor: annotation.target.anchor,
        }
    }

    /// The words of a target of which nothing else is known.
    pub(super) fn bare(target: &'a Target) -> Judged<'a> {
        Judged {
            shown: &target.quote,
            answered: None,
            anchor: target.anchor,
        }
    }

    /// The words that were judged.
    pub(super) fn quote(&self) -> &'a Quote {
        self.answered.unwrap_or(self.shown)
    }

    /// Whether the mark is a question, or was before it was lost, because other words stand
    /// there than were judged.
    pub(super) fn is_about_words(&self) -> bool {
        matches!(self.anchor, Anchor::Check | Anchor::Lost)
            && self
                .answered
                .is_some_and(|answered| !answered.reads_the_same(self.shown))
    }

    /// Whether words found are those judged. An open question about the place is not
    /// answered by words, one about words only by a text in which they came back.
    pub(super) fn may_stand_as(&self, found: &Quote, has_changed: bool) -> bool {
        let may_be_settled = match self.anchor {
            Anchor::Ok | Anchor::Moved | Anchor::Lost => true,
            Anchor::Check => has_changed && self.is_about_words(),
        };
        let words = match self.anchor {
            Anchor::Ok | Anchor::Moved => self.shown,
            Anchor::Check | Anchor::Lost => self.quote(),
        };
        may_be_settled && words.reads_the_same(found) && gaps_hold(words, found)
    }
}

/// What tells the text in which words were judged.
enum In<'a> {
    Text(&'a Id),
    TextOf { run: &'a Id },
}

/// The words of the answer that holds, else of the latest suggestion, and in which text.
fn answered(annotation: &Annotation) -> Option<(In<'_>, &Quote)> {
    let reviews = annotation.reviews.iter().map(|(_, review)| review);
    let latest = reviews
        .filter(|review| review.quote.is_some())
        .max_by_key(|review| &review.at);
    let adjudication = annotation.adjudication.as_ref();
    let answer = adjudication.filter(|last| last.quote.is_some()).or(latest);
    if let Some(review) = answer {
        return Some((In::Text(&review.text), review.quote.as_ref()?));
    }
    let (run, suggestion) = annotation.suggestions.last()?;
    Some((In::TextOf { run }, &suggestion.quote))
}

/// The mark of an open question in the very text its words were judged in: when the article
/// is again what it was, nothing is left to ask.
pub(super) fn back_in_its_text(
    annotation: &Annotation,
    parts: &Parts,
    article: &Article,
) -> Option<Mark> {
    if !matches!(annotation.target.anchor, Anchor::Check | Anchor::Lost) {
        return None;
    }
    let (text, quote) = answered(annotation)?;
    let text = match text {
        In::Text(text) => text,
        In::TextOf { run } => {
            let run = parts.runs.iter().find(|(id, _)| id == run);
            &run?.1.text
        }
    };
    if *text != text_id(article.text_sha256()) {
        return None;
    }
    quote.mark_in(article)
}

/// Whether what stands between the pieces changed on its inside alone: a word put in at a
/// border may belong to the piece (“did”, he said, “pay” and “did not”, he said, “pay”).
fn gaps_hold(old: &Quote, new: &Quote) -> bool {
    let (old, new) = (between(old), between(new));
    old.len() == new.len()
        && old.iter().zip(&new).all(|(old, new)| {
            let same = |old: Option<&str>, new: Option<&str>| match (old, new) {
                (Some(old), Some(new)) => reads_the_same(old, new),
                (old, new) => old == new,
            };
            let words = |text| tokens(text).map(|token| token.span.of(text));
            reads_the_same(old, new)
                || same(words(old).next(), words(new).next())
                    && same(words(old).last(), words(new).last())
        })
}

/// The words between the pieces.
fn between(quote: &Quote) -> Vec<&str> {
    let pieces = quote.pieces();
    let place = |piece: &str| piece.as_ptr() as usize - quote.exact.as_ptr() as usize;
    pieces
        .windows(2)
        .map(|pair| &quote.exact[place(pair[0]) + pair[0].len()..place(pair[1])])
        .collect()
}
