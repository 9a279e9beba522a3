//! A mark cut in two, and two marks as one. Pure text work.

use super::Ground;
use crate::detect::language::lists::Lists;
use crate::review::Cut;
use crate::text::{Mark, Span};

impl Ground<'_> {
    /// The two marks that a mark is cut into; `None` where it cannot be cut there. What parts
    /// the clauses belongs to neither.
    pub(in crate::review) fn cut(&self, mark: &Mark, cut: Cut) -> Option<(Mark, Mark)> {
        let breaks = self.breaks(mark.hull());
        let cuts = |gap: &Span| self.cut_at(mark, *gap);
        match cut {
            Cut::Clause => breaks.iter().find_map(cuts),
            Cut::Before(byte) => {
                let word = self.word_at(byte)?;
                let near = |gap: &&Span| gap.start <= word.start && word.start <= gap.end;
                match breaks.iter().find(near) {
                    Some(gap) => cuts(gap),
                    None => cuts(&self.gap_before(word)),
                }
            }
        }
    }

    /// One mark of two, `first` standing before: what only parts their clauses belongs to it
    /// as well.
    pub(in crate::review) fn joined(&self, first: &Mark, second: &Mark) -> Option<Mark> {
        let between = Span::new(first.end(), second.start().max(first.end()));
        let closed = Some(between).filter(|gap| !gap.is_empty() && self.only_parts(*gap));
        let pieces = first.pieces().iter().chain(second.pieces()).copied();
        Mark::new(pieces.chain(closed))
    }

    /// Whether two places stand in one paragraph.
    pub(in crate::review) fn is_one_paragraph(&self, from: usize, to: usize) -> bool {
        self.same_paragraph(from, to)
    }

    fn cut_at(&self, mark: &Mark, gap: Span) -> Option<(Mark, Mark)> {
        let pieces = || mark.pieces().iter();
        let before = pieces().map(|piece| Span::new(piece.start, piece.end.min(gap.start)));
        let after = pieces().map(|piece| Span::new(piece.start.max(gap.end), piece.end));
        Some((self.with_words(before)?, self.with_words(after)?))
    }

    /// The mark of those pieces in which a word stands.
    fn with_words(&self, pieces: impl Iterator<Item = Span>) -> Option<Mark> {
        let pieces = pieces.filter(|piece| piece.start < piece.end);
        let pieces = pieces.map(|piece| piece.trimmed(self.text));
        Mark::new(pieces.filter(|piece| !self.only_parts(*piece)))
    }

    /// What parts clauses and sentences within a span, in order.
    fn breaks(&self, hull: Span) -> Vec<Span> {
        let mut breaks = Vec::new();
        let mut at = hull.start;
        while at < hull.end {
            let sentence = self.sentence_at(at);
            breaks.extend(self.separators(sentence));
            let rest = &self.text[sentence.end.max(at)..];
            let next = self.text.len() - rest.trim_start().len();
            if next >= hull.end || next <= at {
                break;
            }
            breaks.push(Span::new(sentence.end, next));
            at = next;
        }
        breaks.retain(|gap| gap.start > hull.start && gap.end < hull.end);
        breaks
    }

    /// What stands between a word and the one before it; a word that joins clauses belongs
    /// to it.
    fn gap_before(&self, word: Span) -> Span {
        let start = self.text[..word.start].trim_end().len();
        if !Lists::english().clauses.joints.has(word.of(self.text)) {
            return Span::new(start, word.start);
        }
        let rest = &self.text[word.end..];
        Span::new(start, self.text.len() - rest.trim_start().len())
    }

    /// Whether no word stands in a span but those that join clauses.
    fn only_parts(&self, span: Span) -> bool {
        let joints = &Lists::english().clauses.joints;
        let mut words = span.of(self.text).split_whitespace();
        words.all(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            word.is_empty() || joints.has(word)
        })
    }
}
