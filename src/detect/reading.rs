//! An article read once: words with their tags, sentences and quotations, by index.
//!
//! Everything later stages ask about a word is worked out here in one pass, so that their
//! features are look-ups. Holds no opinion about claims.

use std::ops::Range;

use crate::text::{Quotation, Span, TokenKind, quotations, sentences_counted, tokens};

use super::budget::Budget;
use super::language::Language;
use super::lexicon::{Lexicon, Noun, tag, word_hash};
use super::syntax::relation;

/// "Not inside one", for [`Word::quotation`].
pub const NONE: u32 = u32::MAX;

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Shape {
    /// All letters small.
    Lower,
    /// First letter large.
    Capital,
    /// All letters large, two or more.
    Upper,
    /// Large letters inside.
    Mixed,
    /// Starts with a digit.
    Number,
    /// A mark or another sign.
    Mark,
}

/// One token with what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Hash of the folded word.
    pub id: u32,
    /// Hash of its last three letters.
    pub suffix: u32,
    /// Position in [`super::lexicon::TAGS`].
    pub tag: u8,
    /// How it is written.
    pub shape: Shape,
    /// Tag in the lexicon as a position in the list plus one; 0 if the word is not in it.
    pub known: u8,
    /// Group of classes of words of like meaning, and class in all; 0 if in none.
    pub class: [u16; 2],
    /// Relation to its head, a position in [`super::syntax::RELATIONS`].
    pub relation: u8,
    /// Index of its head; its own if it has none.
    pub head: u32,
    /// Cue class of the lexicon, 0 to 4.
    pub cue: u8,
    /// Kind of noun.
    pub noun: Noun,
    /// Index into [`Reading::sentences`].
    pub sentence: u32,
    /// Index into [`Reading::quotations`], marks included, or [`NONE`].
    pub quotation: u32,
}

impl Word {
    /// Whether it is a letter word or number, no mark.
    pub fn is_word(&self) -> bool {
        self.shape != Shape::Mark
    }

    /// Whether its tag is one of the verb tags.
    pub fn is_verb(&self) -> bool {
        self.tag >= tag!("VB") && self.tag <= tag!("VBZ")
    }
}

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
    /// What may still be done with it.
    pub(super) budget: Budget,
}

impl<'a> Reading<'a> {
    /// Reads `text`.
    pub fn new(text: &'a str, language: &Language<'_>) -> Reading<'a> {
        Reading::within(Budget::of(text), text, language)
    }

    /// Reads `text` and leaves what is left of `budget` to later stages.
    pub(super) fn within(budget: Budget, text: &'a str, language: &Language<'_>) -> Reading<'a> {
        let (spans, looked) = sentences_counted(text);
        budget.spend(looked as usize);
        let mut words = read_words(text, &spans, &language.lexicon);
        let sentences = stretch_sentences(text, &spans, &words);
        if let Some(syntax) = &language.syntax {
            for sentence in &sentences {
                let range = sentence.words.clone();
                syntax.read(&mut words[range.clone()], range.start);
            }
        }
        let quotations = place_quotations(quotations(text), &mut words);
        let quoted = !quotations.is_empty();
        Reading {
            text,
            words,
            sentences,
            quotations,
            quoted,
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
                Span::new(first.span.start, last.span.end)
            }
            _ => Span::default(),
        }
    }

    /// The text of a word.
    pub fn word(&self, index: usize) -> &'a str {
        self.words.get(index).map_or("", |w| w.span.of(self.text))
    }

    /// The words that start inside the byte span.
    pub fn words_in(&self, span: Span) -> Range<usize> {
        let from = self.words.partition_point(|w| w.span.start < span.start);
        let to = self.words.partition_point(|w| w.span.start < span.end);
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

/// The identity of a word: small letters, quotation marks and dashes made equal, no
/// apostrophe in front.
fn fold_id(word: &str, buffer: &mut Vec<u8>) -> u32 {
    buffer.clear();
    for c in word.chars() {
        match c {
            '\'' | '’' | '‘' | '`' | '´' | 'ʼ' if word.len() > c.len_utf8() => {}
            '“' | '”' | '„' | '«' | '»' | '＂' => buffer.push(b'"'),
            '–' | '—' | '―' | '\u{2212}' | '\u{2010}' | '\u{2011}' => buffer.push(b'-'),
            '’' | '‘' => buffer.push(b'\''),
            _ if c.is_ascii() => buffer.push(c.to_ascii_lowercase() as u8),
            _ => {
                for low in c.to_lowercase() {
                    let mut bytes = [0; 4];
                    buffer.extend_from_slice(low.encode_utf8(&mut bytes).as_bytes());
                }
            }
        }
    }
    match buffer.as_slice() {
        b"''" | b"``" | b"" if word.len() > 1 => buffer.splice(.., *b"\"").count(),
        b"--" | b"---" => buffer.splice(.., *b"-").count(),
        _ => 0,
    };
    word_hash(buffer)
}

fn shape_of(word: &str, kind: TokenKind) -> Shape {
    match kind {
        TokenKind::Number => Shape::Number,
        TokenKind::Mark | TokenKind::Other => Shape::Mark,
        TokenKind::Word => {
            let mut letters = word.chars().filter(|c| c.is_alphabetic());
            let first = letters.next().is_some_and(char::is_uppercase);
            let (mut upper, mut lower) = (0, 0);
            for c in letters {
                if c.is_uppercase() {
                    upper += 1;
                } else {
                    lower += 1;
                }
            }
            match (first, upper, lower) {
                (true, 0, _) => Shape::Capital,
                (true, _, 0) => Shape::Upper,
                (false, 0, _) => Shape::Lower,
                _ => Shape::Mixed,
            }
        }
    }
}

fn read_words(text: &str, spans: &[Span], lexicon: &Lexicon) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut buffer = Vec::with_capacity(32);
    let mut sentence = 0;
    for token in tokens(text) {
        while sentence + 1 < spans.len() && spans[sentence + 1].start <= token.span.start {
            sentence += 1;
        }
        let word = token.span.of(text);
        let shape = shape_of(word, token.kind);
        let id = fold_id(word, &mut buffer);
        let suffix = word_hash(&buffer[buffer.len().saturating_sub(3)..]);
        let entry = lexicon.entry(id);
        let tag = match shape {
            Shape::Mark => mark_tag(word),
            Shape::Number => tag!("CD"),
            _ if entry.tag > 0 => entry.tag - 1,
            Shape::Lower => guess_tag(&buffer),
            _ => tag!("NNP"),
        };
        words.push(Word {
            span: token.span,
            id,
            suffix,
            tag,
            shape,
            known: entry.tag,
            class: entry.class,
            relation: const { relation("dep") },
            head: words.len() as u32,
            cue: entry.cue,
            noun: entry.noun,
            sentence: sentence as u32,
            quotation: NONE,
        });
    }
    words
}

fn mark_tag(mark: &str) -> u8 {
    match mark.chars().next().unwrap_or(' ') {
        ',' | '、' | '，' => tag!(","),
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' => tag!("."),
        ':' | ';' => tag!(":"),
        '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '`' | '\'' | '‘' | '’' => {
            tag!("\"")
        }
        '(' | '[' | '{' => tag!("("),
        ')' | ']' | '}' => tag!(")"),
        '-' | '–' | '—' | '―' => tag!("-"),
        _ => tag!("SYM"),
    }
}

/// The tag of a small word that is in no list, by its ending.
fn guess_tag(word: &[u8]) -> u8 {
    match word {
        [.., b'i', b'n', b'g'] => tag!("VBG"),
        [.., b'e', b'd'] => tag!("VBN"),
        [.., b'l', b'y'] => tag!("RB"),
        [.., b's', b's'] => tag!("NN"),
        [.., b'o', b'u', b's'] | [.., b'f', b'u', b'l'] | [.., b'i', b'v', b'e'] => tag!("JJ"),
        [.., b's'] => tag!("NNS"),
        _ => tag!("NN"),
    }
}

fn stretch_sentences(text: &str, spans: &[Span], words: &[Word]) -> Vec<Stretch> {
    let mut found = Vec::with_capacity(spans.len());
    let mut at = 0;
    let mut paragraph = 0;
    let mut previous_end = 0;
    for span in spans {
        let from = at;
        while at < words.len() && words[at].span.start < span.end {
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
        while at < words.len() && words[at].span.end <= quotation.outer.start {
            at += 1;
        }
        let mut inner = at..at;
        while at < words.len() && words[at].span.start < quotation.outer.end {
            words[at].quotation = placed.len() as u32;
            if words[at].span.start < quotation.inner.start {
                inner.start = at + 1;
            }
            if words[at].span.start < quotation.inner.end {
                inner.end = at + 1;
            }
            at += 1;
        }
        inner.end = inner.end.max(inner.start);
        placed.push((quotation, inner));
    }
    placed
}
