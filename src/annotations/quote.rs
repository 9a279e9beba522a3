//! Where a mark stands, as files tell it: code points and the words themselves.
//!
//! A [`Quote`] counts in one version of the text and stays true when the article changes;
//! a [`Target`] is the live anchor of an annotation in the text at hand.

use crate::text::{Article, Mark, Span, reads_the_same, words};

/// Code points kept before and after a target, so that it can be found again.
const CONTEXT: usize = 32;

words! {
    /// How sure the program is that a target stands where it says.
    Anchor {
        /// The text has not changed.
        Ok = "ok",
        /// The text changed and the words were found again without doubt.
        Moved = "moved",
        /// Found again, but a person should look.
        Check = "check",
        /// Not found; listed, never guessed.
        Lost = "lost",
    }
}

/// A range in code points of some text version, with the words it covers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Quote {
    /// First code point.
    pub start: u32,
    /// First code point after the range.
    pub end: u32,
    /// The words from `start` to `end`, gaps included.
    pub exact: String,
    /// Parts that do not belong to the mark: pairs of code points relative to `start`.
    pub gaps: Vec<(u32, u32)>,
}

impl Quote {
    /// The quote of a mark in `article`.
    pub fn of(article: &Article, mark: &Mark) -> Quote {
        let hull = mark.hull();
        let (start, end) = article.points(hull);
        let gaps = mark
            .pieces()
            .windows(2)
            .map(|pair| {
                let (from, to) = article.points(Span::new(pair[0].end, pair[1].start));
                ((from - start) as u32, (to - start) as u32)
            })
            .collect();
        Quote {
            start: start as u32,
            end: end as u32,
            exact: hull.of(article.text()).to_owned(),
            gaps,
        }
    }

    /// The mark the quote points at in `article`, if exactly these words stand there.
    pub fn mark_in(&self, article: &Article) -> Option<Mark> {
        let hull = article.span_of_points(self.start as usize, self.end as usize)?;
        if hull.is_empty() || hull.of(article.text()) != self.exact {
            return None;
        }
        self.mark_at(article, hull)
    }

    /// The quote's pieces laid over `hull`, which must cover the same number of code points.
    pub fn mark_at(&self, article: &Article, hull: Span) -> Option<Mark> {
        if self.gaps.is_empty() {
            return Mark::whole(hull);
        }
        let start = article.offsets().point_of(article.text(), hull.start);
        let mut from = hull.start;
        let mut pieces = Vec::with_capacity(self.gaps.len() + 1);
        for &(gap_start, gap_end) in &self.gaps {
            let gap = article
                .span_of_points(start + gap_start as usize, start + gap_end as usize)
                .filter(|gap| from <= gap.start && gap.end <= hull.end)?;
            pieces.push(Span::new(from, gap.start));
            from = gap.end;
        }
        pieces.push(Span::new(from, hull.end));
        Mark::new(pieces)
    }

    /// The words without the gaps, pieces joined by `joint`.
    pub fn words(&self, joint: &str) -> String {
        let mut words = String::with_capacity(self.exact.len());
        let mut gaps = self.gaps.iter().peekable();
        for (at, c) in (0u32..).zip(self.exact.chars()) {
            match gaps.peek() {
                Some((from, _)) if at < *from => words.push(c),
                Some((_, to)) if at + 1 < *to => {}
                Some(_) => {
                    words.push_str(joint);
                    gaps.next();
                }
                None => words.push(c),
            }
        }
        words
    }

    /// The words of each piece.
    pub fn pieces(&self) -> Vec<&str> {
        let mut pieces = Vec::with_capacity(self.gaps.len() + 1);
        let mut borders = self.gaps.iter().flat_map(|&(from, to)| [from, to]);
        let mut next = borders.next();
        let mut start = Some(0);
        for (at, (byte, _)) in (0u32..).zip(self.exact.char_indices()) {
            while next == Some(at) {
                match start.take() {
                    Some(from) => pieces.push(&self.exact[from..byte]),
                    None => start = Some(byte),
                }
                next = borders.next();
            }
        }
        pieces.extend(start.map(|from| &self.exact[from..]));
        pieces
    }

    /// Whether the pieces of both read the same, wherever they stand and whatever stands
    /// between them: a verdict on the one holds for the other.
    pub fn reads_the_same(&self, other: &Quote) -> bool {
        if self.gaps.is_empty() && other.gaps.is_empty() {
            return reads_the_same(&self.exact, &other.exact);
        }
        let (ours, theirs) = (self.pieces(), other.pieces());
        ours.len() == theirs.len()
            && ours
                .iter()
                .zip(&theirs)
                .all(|(ours, theirs)| reads_the_same(ours, theirs))
    }

    /// Whether two answers mean the same words, wherever they stand.
    pub fn same_words(&self, other: &Quote) -> bool {
        self.exact == other.exact && self.gaps == other.gaps
    }
}

/// The live anchor of an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where it stands; for a lost one, where it stood.
    pub quote: Quote,
    /// The same in bytes of the article at hand; `None` while it is lost.
    pub mark: Option<Mark>,
    /// Up to 32 code points before it.
    pub prefix: String,
    /// Up to 32 code points after it.
    pub suffix: String,
    /// How sure that is.
    pub anchor: Anchor,
}

impl Target {
    /// The anchor of a mark in the article at hand.
    pub fn at(article: &Article, mark: Mark) -> Target {
        Target::anchored(article, mark, Anchor::Ok)
    }

    /// The anchor of a mark found again in the article at hand.
    pub fn anchored(article: &Article, mark: Mark, anchor: Anchor) -> Target {
        let quote = Quote::of(article, &mark);
        Target::quoted(article, mark, quote, anchor)
    }

    /// The anchor of a mark in the article at hand whose quote there is known.
    pub(crate) fn quoted(article: &Article, mark: Mark, quote: Quote, anchor: Anchor) -> Target {
        let (before, after) = article.text().split_at(mark.start());
        let after = &after[mark.end() - mark.start()..];
        let from = before
            .char_indices()
            .rev()
            .nth(CONTEXT - 1)
            .map_or(0, |(at, _)| at);
        let to = after
            .char_indices()
            .nth(CONTEXT)
            .map_or(after.len(), |(at, _)| at);
        Target {
            quote,
            prefix: before[from..].to_owned(),
            suffix: after[..to].to_owned(),
            mark: Some(mark),
            anchor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(exact: &str, gaps: &[(u32, u32)]) -> Quote {
        Quote {
            start: 7,
            end: 7 + exact.chars().count() as u32,
            exact: exact.to_owned(),
            gaps: gaps.to_vec(),
        }
    }

    #[test]
    fn pieces_are_compared_and_not_what_stands_between() {
        let old = quote("Été won’t – he said – come", &[(9, 22)]);
        assert_eq!(old.pieces(), ["Été won’t", "come"]);
        assert!(old.reads_the_same(&quote("Été won't, claimed he, come", &[(9, 23)])));
        assert!(!old.reads_the_same(&quote("Été won't, he said, came", &[(9, 20)])));
        assert!(!old.reads_the_same(&quote("Été will – he said – come", &[(8, 21)])));
        assert!(!old.reads_the_same(&quote("Été won’t – he said – come", &[])));
        assert!(old.reads_the_same(&old));
        // What a file may say and no mark has: nothing is out of bounds.
        for gaps in [&[(0, 4)][..], &[(3, 3)], &[(5, 2)], &[(90, 99)], &[(2, 99)]] {
            assert!(quote("any", gaps).pieces().len() <= 2, "{gaps:?}");
        }
    }
}
