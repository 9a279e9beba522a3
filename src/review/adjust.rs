//! Where the ends of a mark can go: words, clauses, sentences. Pure text work.
//!
//! Every place given back lies on a word or sentence boundary, so nothing here can split a
//! character, a grapheme or a word, take up white space or empty a mark. Only the
//! surroundings of an end are read: a key costs the same in a long article.

mod cut;

use unicode_segmentation::GraphemeCursor;

use super::{EitherEnd, End, Step};
use crate::detect::language::lists::Lists;
use crate::text::{Mark, Span, word_bounds};

/// Bytes looked at around a place when it stands in no sentence.
const REACH: usize = 600;

/// A text with its sentences (sorted), to move the ends of marks in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    /// The text layer.
    pub(super) text: &'a str,
    /// Its sentences.
    pub(super) sentences: &'a [Span],
}

impl Ground<'_> {
    /// The mark with one of its ends moved; `None` where it cannot go there.
    pub(super) fn adjusted(&self, mark: &Mark, end: End, step: Step) -> Option<Mark> {
        let pieces = mark.pieces();
        let at = match end {
            End::Start => 0,
            End::End => pieces.len() - 1,
        };
        let place = match (end, step) {
            (End::Start, Step::WordBack) => self.stop_before(mark.start(), End::Start)?,
            (End::Start, Step::WordOn) => self.stop_after(mark.start(), End::Start)?,
            (End::End, Step::WordBack) => self.stop_before(mark.end(), End::End)?,
            (End::End, Step::WordOn) => self.stop_after(mark.end(), End::End)?,
            (End::Start, Step::Out) => self.start_out(mark.start())?,
            (End::End, Step::Out) => self.end_out(mark.end())?,
            (end, Step::To(byte)) => {
                let word = self.word_at(byte)?;
                match end {
                    End::Start => word.start,
                    End::End => word.end,
                }
            }
        };
        moved(mark, at, end, place).filter(|_| self.is_whole(place))
    }

    /// The mark with its nearest end moved to the word at a byte: the start of that word for
    /// a start, its end for an end. Ends of all pieces count.
    pub(super) fn adjusted_nearer(&self, mark: &Mark, byte: usize) -> Option<Mark> {
        let word = self.word_at(byte)?;
        let (at, end, _) = mark
            .pieces()
            .iter()
            .enumerate()
            .flat_map(|(at, piece)| {
                [
                    (at, End::Start, piece.start.abs_diff(word.start)),
                    (at, End::End, piece.end.abs_diff(word.end)),
                ]
            })
            .min_by_key(|(_, _, distance)| *distance)?;
        let place = match end {
            End::Start => word.start,
            End::End => word.end,
        };
        moved(mark, at, end, place)
    }

    /// The mark with one end, and with the other, at the word at a byte, where it is not clear
    /// which end is meant: both can go there, and neither is at least twice as near.
    pub(super) fn either_end(&self, mark: &Mark, byte: usize) -> Option<EitherEnd> {
        let start = self.adjusted(mark, End::Start, Step::To(byte))?.hull();
        let end = self.adjusted(mark, End::End, Step::To(byte))?.hull();
        let to_start = start.start.abs_diff(mark.start());
        let to_end = end.end.abs_diff(mark.end());
        if 2 * to_start.min(to_end) <= to_start.max(to_end) {
            return None;
        }
        let shown = if to_start <= to_end {
            End::Start
        } else {
            End::End
        };
        Some(EitherEnd { start, end, shown })
    }

    /// The word at a byte, else the nearest one around it.
    fn word_at(&self, byte: usize) -> Option<Span> {
        let byte = byte.min(self.text.len());
        let words = self.words(self.window(byte, REACH));
        words
            .iter()
            .copied()
            .find(|word| word.contains(byte))
            .or_else(|| {
                words
                    .into_iter()
                    .min_by_key(|word| byte.abs_diff(word.start).min(byte.abs_diff(word.end)))
            })
    }

    /// The nearest place after `from` where such an end can stand.
    fn stop_after(&self, from: usize, end: End) -> Option<usize> {
        let place = self.any_stop_after(from, end)?;
        self.same_paragraph(from, place).then_some(place)
    }

    /// Whether no blank line stands between two places: a mark stays in its paragraph.
    fn same_paragraph(&self, from: usize, to: usize) -> bool {
        let between = &self.text[from.min(to)..from.max(to)];
        !between.contains("\n\n")
    }

    fn any_stop_after(&self, from: usize, end: End) -> Option<usize> {
        let mut reach = REACH;
        loop {
            let window = self.window(from, reach);
            let found = self
                .stops(window, end)
                .into_iter()
                .filter(|stop| *stop > from)
                .min();
            if found.is_some() || window.end == self.text.len() {
                return found;
            }
            reach *= 2;
        }
    }

    /// The nearest place before `from` where such an end can stand.
    fn stop_before(&self, from: usize, end: End) -> Option<usize> {
        let place = self.any_stop_before(from, end)?;
        self.same_paragraph(from, place).then_some(place)
    }

    fn any_stop_before(&self, from: usize, end: End) -> Option<usize> {
        let mut reach = REACH;
        loop {
            let window = self.window(from, reach);
            let found = self
                .stops(window, end)
                .into_iter()
                .filter(|stop| *stop < from)
                .max();
            if found.is_some() || window.start == 0 {
                return found;
            }
            reach *= 2;
        }
    }

    /// Ends of words and of sentences in a window: the latter so that a closing full stop
    /// or quotation mark can be had too.
    fn stops(&self, window: Span, end: End) -> Vec<usize> {
        let edge = |span: Span| match end {
            End::Start => span.start,
            End::End => span.end,
        };
        let words = self.words(window).into_iter();
        let sentences = self
            .sentences_in(window)
            .iter()
            .map(|sentence| sentence.trimmed(self.text))
            .filter(|sentence| !sentence.is_empty());
        let sentences = sentences.map(edge).filter(|place| self.is_whole(*place));
        words.map(edge).chain(sentences).collect()
    }

    /// Whether a place lies between two graphemes; a sentence may begin within one, where a
    /// combining mark stands on a space.
    fn is_whole(&self, place: usize) -> bool {
        GraphemeCursor::new(place, self.text.len(), true)
            .is_boundary(self.text, 0)
            .unwrap_or(false)
    }

    /// The start out to its clause's start; if there, to its sentence's; if there, to the
    /// start of the sentence before.
    fn start_out(&self, start: usize) -> Option<usize> {
        let sentence = self.sentence_at(start);
        if start <= sentence.start {
            let before = self.text[..start].trim_end().len();
            let before = before.checked_sub(1)?;
            let place = self.sentence_at(floor(self.text, before)).start;
            return (place < start && self.same_paragraph(place, start)).then_some(place);
        }
        let clause = self
            .separators(sentence)
            .into_iter()
            .map(|separator| separator.end)
            .filter(|place| *place <= start)
            .max();
        match clause {
            Some(place) if place < start => Some(place),
            _ => Some(sentence.start),
        }
    }

    /// The end out to its clause's end; if there, to its sentence's; if there, to the end of
    /// the next sentence.
    fn end_out(&self, end: usize) -> Option<usize> {
        let last = floor(self.text, end.checked_sub(1)?);
        let sentence = self.sentence_at(last);
        if end >= sentence.end {
            let rest = &self.text[end..];
            let next = end + (rest.len() - rest.trim_start().len());
            if next >= self.text.len() {
                return None;
            }
            let place = self.sentence_at(next).end;
            return (place > end && self.same_paragraph(end, place)).then_some(place);
        }
        let clause = self
            .separators(sentence)
            .into_iter()
            .map(|separator| separator.start)
            .filter(|place| *place >= end)
            .min();
        match clause {
            Some(place) if place > end => Some(place),
            _ => Some(sentence.end),
        }
    }

    /// The sentence around a byte without the white space at its ends; where none is known,
    /// its line, as far as it is near.
    fn sentence_at(&self, byte: usize) -> Span {
        let after = self.sentences.partition_point(|s| s.start <= byte);
        let known = after
            .checked_sub(1)
            .map(|at| self.sentences[at].trimmed(self.text))
            .filter(|sentence| sentence.contains(byte));
        known.unwrap_or_else(|| {
            let from = after
                .checked_sub(1)
                .map_or(0, |at| self.sentences[at].end.min(byte));
            let to = self
                .sentences
                .get(after)
                .map_or(self.text.len(), |next| next.start);
            let window = self.window(byte, REACH);
            let window = Span::new(window.start.max(from), window.end.min(to).max(byte));
            let (before, rest) = window
                .of(self.text)
                .split_at_checked(byte - window.start)
                .unwrap_or(("", window.of(self.text)));
            let start = before
                .rfind('\n')
                .map_or(window.start, |at| window.start + at + 1);
            let end = rest.find('\n').map_or(window.end, |at| byte + at);
            Span::new(start, end).trimmed(self.text)
        })
    }

    /// What parts the clauses of a sentence: commas, semicolons, colons, dashes, quotation
    /// marks and “that”, with “and” or “but” after them, each with the space around it.
    fn separators(&self, sentence: Span) -> Vec<Span> {
        let clauses = &Lists::english().clauses;
        let text = sentence.of(self.text);
        let mut separators: Vec<Span> = Vec::new();
        for (at, token) in word_bounds(text) {
            let from = sentence.start + at;
            let span = Span::new(from, from + token.len());
            let joint = separators
                .last()
                .is_some_and(|last| self.text[last.end..from].trim().is_empty());
            let parts = match token {
                _ if clauses.openers.has(token) => true,
                _ if clauses.joints.has(token) => joint,
                "-" => self.is_spaced(span),
                "'" | "‘" | "’" => self.is_at_word_edge(span),
                _ => token.chars().all(is_clause_sign),
            };
            if !parts {
                continue;
            }
            match separators.last_mut() {
                Some(last) if joint => last.end = span.end,
                _ => separators.push(span),
            }
        }
        for separator in &mut separators {
            let before = self.text[sentence.start..separator.start].trim_end().len();
            separator.start = sentence.start + before;
            let rest = &self.text[separator.end..sentence.end];
            separator.end += rest.len() - rest.trim_start().len();
        }
        separators.retain(|separator| separator.end < sentence.end);
        separators
    }

    fn is_spaced(&self, span: Span) -> bool {
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        space(self.text[..span.start].chars().next_back())
            && space(self.text[span.end..].chars().next())
    }

    fn is_at_word_edge(&self, span: Span) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !(letter(self.text[..span.start].chars().next_back())
            && letter(self.text[span.end..].chars().next()))
    }

    /// The sentences that begin or end in a window.
    fn sentences_in(&self, window: Span) -> &[Span] {
        let from = self.sentences.partition_point(|s| s.end < window.start);
        let to = self.sentences.partition_point(|s| s.start <= window.end);
        self.sentences.get(from..to).unwrap_or(&[])
    }

    /// The words of a window: letters and digits with the signs that belong to them (“3%”,
    /// “$5”), or a symbol that stands alone; never white space or punctuation.
    fn words(&self, window: Span) -> Vec<Span> {
        let mut words: Vec<Span> = Vec::new();
        let mut joins = false;
        for (at, token) in word_bounds(window.of(self.text)) {
            let from = window.start + at;
            let span = Span::new(from, from + token.len());
            if token.starts_with(char::is_whitespace) || token.chars().all(is_punctuation) {
                joins = false;
                continue;
            }
            let sign = token.chars().all(is_unit_sign);
            match words.last_mut() {
                Some(last) if last.end == from && (sign || joins) => last.end = span.end,
                _ => words.push(span),
            }
            joins = sign;
        }
        // What the window cuts through is no word.
        if window.end < self.text.len() && words.last().is_some_and(|w| w.end == window.end) {
            let next = self.text[window.end..].chars().next();
            if !next.is_some_and(char::is_whitespace) {
                words.pop();
            }
        }
        if window.start > 0 && words.first().is_some_and(|w| w.start == window.start) {
            words.remove(0);
        }
        words
    }

    /// The text within so many bytes of a place, cut at white space where there is any,
    /// because only there words surely begin and end.
    fn window(&self, around: usize, reach: usize) -> Span {
        let text = self.text;
        let around = floor(text, around);
        let start = floor(text, around.saturating_sub(reach));
        let start = match text[start..around].find(char::is_whitespace) {
            Some(at) if start > 0 => start + at,
            _ => start,
        };
        let end = floor(text, around.saturating_add(reach));
        let end = match text[around..end].rfind(char::is_whitespace) {
            Some(at) if end < text.len() => around + at,
            _ => end,
        };
        Span::new(start, end)
    }
}

/// The mark with the start or end of piece `at` at `place`; `None` if that leaves the piece
/// empty or changes nothing.
fn moved(mark: &Mark, at: usize, end: End, place: usize) -> Option<Mark> {
    let mut pieces = mark.pieces().to_vec();
    let piece = pieces[at];
    let (start, stop) = match end {
        End::Start => (place, piece.end),
        End::End => (piece.start, place),
    };
    if start >= stop {
        return None;
    }
    pieces[at] = Span::new(start, stop);
    Mark::new(pieces).filter(|moved| moved != mark)
}

/// The last character boundary at or before a byte.
fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Signs that part clauses.
fn is_clause_sign(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '–'
            | '—'
            | '―'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '"'
            | '«'
            | '»'
            | '、'
            | '，'
            | '；'
            | '：'
            | '「'
            | '」'
            | '『'
            | '』'
            | '،'
            | '؛'
    )
}

/// Signs that belong to the number or name they touch.
fn is_unit_sign(c: char) -> bool {
    matches!(
        c,
        '%' | '‰' | '°' | '$' | '€' | '£' | '¥' | '₹' | '#' | '@' | '&' | '+' | '−' | '§'
    )
}

/// Punctuation as opposed to words and symbols.
fn is_punctuation(c: char) -> bool {
    if is_unit_sign(c) {
        return false;
    }
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2032}'..='\u{205E}' | '\u{3001}'..='\u{3003}')
        || matches!(c, '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FF01}'..='\u{FF0F}')
        || matches!(
            c,
            '\u{FF1A}'..='\u{FF1B}' | '«' | '»' | '¡' | '¿' | '·' | '،' | '؛' | '؟'
        )
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}')
}
