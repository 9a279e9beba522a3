//! Half-open byte ranges of a text, and marks made of several of them.
//!
//! The vocabulary types of the whole program. They hold **byte offsets on character
//! boundaries**; files and outputs count Unicode code points instead, and
//! [`Offsets`](super::Offsets) converts between the two at the edges. Nothing here knows
//! the text it counts in, so nothing here can check boundaries: whoever makes a span does.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A half-open byte range `[start, end)` of a text, `start <= end`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte of the range.
    pub start: usize,
    /// First byte after the range.
    pub end: usize,
}

impl Span {
    /// Makes the span `[start, end)`; a reversed pair becomes the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Span {
        Span {
            start,
            end: end.max(start),
        }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies inside.
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the whole of `other` lies inside.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// The shared part, if there is one.
    pub fn intersection(self, other: Span) -> Option<Span> {
        let (start, end) = (self.start.max(other.start), self.end.min(other.end));
        (start < end).then_some(Span { start, end })
    }

    /// The smallest span that covers both.
    pub fn hull(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// The words of `text` under the span; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// The span without the white space at its ends; empty at `start` if nothing is left.
    pub fn trimmed(self, text: &str) -> Span {
        let slice = self.of(text);
        let start = self.start + (slice.len() - slice.trim_start().len());
        Span::new(start, start + slice.trim().len())
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// The place of a claim, source or cue: one or more pieces, in order, that do not touch.
///
/// 15 % of reported claims are split by their attribution (“…”, he said, “…”), so a mark is
/// a list. Invariant: never without a piece, no piece empty, sorted, gaps of a byte or more.
#[derive(Clone)]
pub struct Mark {
    pieces: Pieces,
}

/// Most marks are of one piece, which needs no room of its own.
#[derive(Clone)]
enum Pieces {
    One(Span),
    Several(Box<[Span]>),
}

impl PartialEq for Mark {
    fn eq(&self, other: &Mark) -> bool {
        self.pieces() == other.pieces()
    }
}

impl Eq for Mark {}

impl PartialOrd for Mark {
    fn partial_cmp(&self, other: &Mark) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Mark {
    fn cmp(&self, other: &Mark) -> Ordering {
        self.pieces().cmp(other.pieces())
    }
}

impl Hash for Mark {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.pieces().hash(state);
    }
}

impl Mark {
    /// A mark of one piece; `None` if the span is empty.
    pub fn whole(span: Span) -> Option<Mark> {
        let pieces = Pieces::One(span);
        (!span.is_empty()).then_some(Mark { pieces })
    }

    /// A mark of the given pieces in any order: empty ones are dropped, those that touch or
    /// overlap are joined. `None` if nothing is left.
    pub fn new(pieces: impl IntoIterator<Item = Span>) -> Option<Mark> {
        let mut pieces: Vec<Span> = pieces.into_iter().filter(|p| !p.is_empty()).collect();
        pieces.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            match joined.last_mut() {
                Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
                _ => joined.push(piece),
            }
        }
        let pieces = match *joined {
            [] => return None,
            [one] => Pieces::One(one),
            _ => Pieces::Several(joined.into()),
        };
        Some(Mark { pieces })
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Span] {
        match &self.pieces {
            Pieces::One(piece) => std::slice::from_ref(piece),
            Pieces::Several(pieces) => pieces,
        }
    }

    /// First byte of the first piece.
    pub fn start(&self) -> usize {
        self.pieces()[0].start
    }

    /// First byte after the last piece.
    pub fn end(&self) -> usize {
        let pieces = self.pieces();
        pieces[pieces.len() - 1].end
    }

    /// From the start of the first piece to the end of the last, gaps included.
    pub fn hull(&self) -> Span {
        Span::new(self.start(), self.end())
    }

    /// Whether a piece holds the byte.
    pub fn contains(&self, offset: usize) -> bool {
        self.pieces().iter().any(|p| p.contains(offset))
    }

    /// Whether a piece of one shares a byte with a piece of the other.
    pub fn overlaps(&self, other: &Mark) -> bool {
        let others = other.pieces();
        let mut pieces = self.pieces().iter();
        pieces.any(|a| others.iter().any(|b| a.overlaps(*b)))
    }

    /// The words of `text` under the pieces, joined by `joint`.
    pub fn words(&self, text: &str, joint: &str) -> String {
        let pieces: Vec<&str> = self.pieces().iter().map(|p| p.of(text)).collect();
        pieces.join(joint)
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.pieces()).finish()
    }
}
