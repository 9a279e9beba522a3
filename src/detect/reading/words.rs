//! Tokens become words: identity, shape, what the lexicon knows, and a first tag.

use super::word::{NONE, Shape, Word};
use crate::detect::language::lexicon::Lexicon;
use crate::detect::language::syntax::relation;
use crate::detect::language::tags::tag;
use crate::detect::numbers::hashing::word_hash;
use crate::text::{Span, TokenKind, tokens};

/// The words of a text whose sentences stand at `spans`.
pub(super) fn read_words(text: &str, spans: &[Span], lexicon: &Lexicon) -> Vec<Word> {
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
            Shape::Lower => lexicon.guess_tag(&buffer),
            _ => tag!("NNP"),
        };
        words.push(Word {
            start: token.span.start as u32,
            length: token.span.len() as u32,
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
