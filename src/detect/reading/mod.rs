//! An article read once: words with their tags, sentences and quotations, by index.
//!
//! Everything later stages ask about a word is worked out here in one pass, so that their
//! features are look-ups. Holds no opinion about claims.

use std::ops::Range;

use crate::text::{
    Article, Day, Quotation, QuotedBlock, Span, quotations, sentences_counted, with_lost_marks,
};

use self::word::Word;
use self::words::read_words;
use super::budget::Budget;
use super::language::Language;
use super::language::lists::Lists;

pub mod gender;
pub mod parser;
pub mod syntax;
pub mod word;
mod words;

#[cfg(test)]
mod tests;

/// A stretch of words with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its words, by index.
    pub words: Range<usize>,
    /// Number of the paragraph it belongs to.
    pub paragraph: u32,
}

/// An article read once.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The text layer.
    pub text: &'a str,
    /// Its tokens, in order.
    pub words: Vec<Word>,
    /// Its sentences, in order; every word is in one.
    pub sentences: Vec<Stretch>,
    /// Its quotations, in order; `words` are those between the marks.
    pub quotations: Vec<(Quotation, Range<usize>)>,
    /// Whether the text has quotation marks at all.
    pub quoted: bool,
    /// Block quotations of Markdown: the words of each of their paragraphs.
    pub blocks: Vec<Vec<Range<usize>>>,
    /// Front matter of Markdown: no words of the article.
    pub front_matter: Option<Span>,
    /// The day the article appeared, if that is known.
    pub published: Option<Day>,
    /// The words of its language that rules ask for.
    pub lists: &'static Lists,
    /// What may still be done with it.
    pub(in crate::detect) budget: Budget,
}

impl<'a> Reading<'a> {
    /// Reads `text`.
    pub fn new(text: &'a str, language: &Language<'_>) -> Reading<'a> {
        Reading::within(Budget::of(text), text, language)
    }

    /// Reads `text` and leaves what is left of `budget` to later stages.
    pub(in crate::detect) fn within(
        budget: Budget,
        text: &'a str,
        language: &Language<'_>,
    ) -> Reading<'a> {
        Reading::flowing(budget, text, text, language)
    }

    /// Reads an article: what is written on several lines of a block quotation reads on.
    pub(in crate::detect) fn of_article(
        budget: Budget,
        article: &'a Article,
        language: &Language<'_>,
    ) -> Reading<'a> {
        let flow = article.flowing_text();
        let mut reading = Reading::flowing(budget, article.text(), &flow, language);
        let words = |block: &QuotedBlock| -> Vec<Range<usize>> {
            let paragraphs = block.paragraphs.iter().map(|p| reading.words_in(p.span));
            paragraphs.filter(|words| !words.is_empty()).collect()
        };
        reading.blocks = article.quoted_blocks().iter().map(words).collect();
        reading.front_matter = article.front_matter();
        reading.published = article.about().date().and_then(Day::of);
        reading.blocks.retain(|block| !block.is_empty());
        reading
    }

    /// The sentences of an article, as it is read, and nothing else of it.
    pub(in crate::detect) fn sentences_of(article: &Article, language: &Language<'_>) -> Vec<Span> {
        let flow = article.flowing_text();
        sentences_counted(&with_lost_marks(&flow), &language.lists.stops).0
    }

    /// Reads `text` as `flow` has it, which differs from it in blanks alone, with the marks it
    /// has lost.
    fn flowing(budget: Budget, text: &'a str, flow: &str, language: &Language<'_>) -> Reading<'a> {
        let flow = &*with_lost_marks(flow);
        let (spans, looked) = sentences_counted(flow, &language.lists.stops);
        budget.spend(looked as usize);
        let mut words = read_words(flow, &spans, &language.lexicon);
        let sentences = stretch_sentences(flow, &spans, &words);
        if let Some(syntax) = &language.syntax {
            for sentence in &sentences {
                let range = sentence.words.clone();
                syntax.read(&mut words[range.clone()], range.start);
            }
        }
        let quotations = place_quotations(quotations(flow, &language.lists.elided), &mut words);
        let quoted = !quotations.is_empty();
        Reading {
            text,
            words,
            sentences,
            quotations,
            quoted,
            blocks: Vec::new(),
            front_matter: None,
            published: None,
            lists: language.lists,
            budget,
        }
    }

    /// The span from the first to the last of the given words; empty for an empty range.
    pub fn span_of(&self, words: Range<usize>) -> Span {
        match (
            self.words.get(words.start),
            self.words.get(words.end.wrapping_sub(1)),
        ) {
            (Some(first), Some(last)) if words.start < words.end => {
                Span::new(first.span().start, last.span().end)
            }
            _ => Span::default(),
        }
    }

    /// The text of a word.
    pub fn word(&self, index: usize) -> &'a str {
        self.words.get(index).map_or("", |w| w.span().of(self.text))
    }

    /// The words that start inside the byte span.
    pub fn words_in(&self, span: Span) -> Range<usize> {
        let from = self.words.partition_point(|w| w.span().start < span.start);
        let to = self.words.partition_point(|w| w.span().start < span.end);
        from..to.max(from)
    }

    /// The words of each paragraph that has some.
    pub fn paragraphs(&self) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut last = None;
        for sentence in self.sentences.iter().filter(|s| !s.words.is_empty()) {
            match found.last_mut() {
                Some(range) if last == Some(sentence.paragraph) => range.end = sentence.words.end,
                _ => found.push(sentence.words.clone()),
            }
            last = Some(sentence.paragraph);
        }
        found
    }

    /// The sentence a word belongs to.
    pub fn sentence_of(&self, word: usize) -> &Stretch {
        &self.sentences[self.words[word].sentence as usize]
    }
}

fn stretch_sentences(text: &str, spans: &[Span], words: &[Word]) -> Vec<Stretch> {
    let mut found = Vec::with_capacity(spans.len());
    let mut at = 0;
    let mut paragraph = 0;
    let mut previous_end = 0;
    for span in spans {
        let from = at;
        while at < words.len() && words[at].span().start < span.end {
            at += 1;
        }
        if text[previous_end..span.start].contains('\n') {
            paragraph += 1;
        }
        previous_end = span.end;
        found.push(Stretch {
            span: *span,
            words: from..at,
            paragraph,
        });
    }
    found
}

fn place_quotations(found: Vec<Quotation>, words: &mut [Word]) -> Vec<(Quotation, Range<usize>)> {
    let mut at = 0;
    let mut placed = Vec::with_capacity(found.len());
    for quotation in found {
        while at < words.len() && words[at].span().end <= quotation.outer.start {
            at += 1;
        }
        let mut inner = at..at;
        while at < words.len() && words[at].span().start < quotation.outer.end {
            words[at].quotation = placed.len() as u32;
            if words[at].span().start < quotation.inner.start {
                inner.start = at + 1;
            }
            if words[at].span().start < quotation.inner.end {
                inner.end = at + 1;
            }
            at += 1;
        }
        inner.end = inner.end.max(inner.start);
        placed.push((quotation, inner));
    }
    placed
}
