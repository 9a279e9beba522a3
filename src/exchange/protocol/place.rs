//! How a detector says where something stands: words with a little around them, or code points; and
//! the spans of the article that come of it.
//!
//! A model quotes well and counts badly, so words decide where both are given. What is not in the
//! article, or not surely that place, is nowhere: nothing is guessed.

use serde_json::Value;

use crate::exchange::entry::JOINT;
use crate::text::{Article, Mark, Quoted, Span, Verbatim, reads_the_same};

/// Most pieces of one place.
const PIECES: usize = 64;
/// Bytes between two pieces of a place of which the second stands in the article several times.
const APART: usize = 4_000;

/// Where something stands, as a detector says it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Place<'v> {
    pieces: Vec<Piece<'v>>,
    /// Code points, in order; where there are words as well these decide.
    points: Vec<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Piece<'v> {
    words: &'v str,
    before: &'v str,
    after: &'v str,
}

impl<'v> Place<'v> {
    /// The place that a value tells: words, an object with `quote` or `spans`, or a list of them;
    /// `None`: none.
    pub(super) fn of(value: &'v Value) -> Option<Place<'v>> {
        let mut place = Place::default();
        place.take(value);
        place.pieces.truncate(PIECES);
        place.points.truncate(PIECES);
        let is_told = !place.pieces.is_empty() || !place.points.is_empty();
        is_told.then_some(place)
    }

    fn take(&mut self, value: &'v Value) {
        match value {
            Value::String(words) => self.words(words, "", ""),
            Value::Array(list) => match pair(value) {
                Some(points) => self.points.push(points),
                None => list.iter().take(PIECES).for_each(|one| self.part(one)),
            },
            Value::Object(_) => self.part(value),
            _ => {}
        }
    }

    /// One of a list, or an object that stands alone.
    fn part(&mut self, value: &'v Value) {
        let Value::Object(fields) = value else {
            match (value, pair(value)) {
                (_, Some(points)) => self.points.push(points),
                (Value::String(words), None) => self.words(words, "", ""),
                _ => {}
            }
            return;
        };
        let field = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
        let (before, after) = (field("before"), field("after"));
        match fields.get("quote").or_else(|| fields.get("text")) {
            Some(Value::String(words)) => self.words(words, before, after),
            Some(Value::Array(list)) => {
                let first = self.pieces.len();
                list.iter().take(PIECES).for_each(|one| self.part(one));
                if let Some(piece) = self.pieces.get_mut(first).filter(|p| p.before.is_empty()) {
                    piece.before = before;
                }
                if let Some(piece) = self.pieces.last_mut().filter(|p| p.after.is_empty()) {
                    piece.after = after;
                }
            }
            _ => {}
        }
        if let Some(Value::Array(list)) = fields.get("spans") {
            match fields.get("spans").and_then(pair) {
                Some(points) => self.points.push(points),
                None => self
                    .points
                    .extend(list.iter().take(PIECES).filter_map(pair)),
            }
        }
    }

    fn words(&mut self, words: &'v str, before: &'v str, after: &'v str) {
        if !words.trim().is_empty() {
            self.pieces.push(Piece {
                words,
                before,
                after,
            });
        }
    }

    /// Every text that has to be looked for: the words, whole and in pieces.
    pub(super) fn sought(&self) -> impl Iterator<Item = &'v str> {
        let pieces = self.pieces.iter().map(|piece| piece.words);
        pieces.flat_map(|words| std::iter::once(words).chain(parts(words).into_iter().flatten()))
    }

    /// The words it is told by, for names.
    pub(super) fn told(&self) -> Option<&'v str> {
        self.pieces.first().map(|piece| piece.words)
    }
}

/// Code points `[from, to]`.
fn pair(value: &Value) -> Option<(usize, usize)> {
    let point = |value: &Value| usize::try_from(value.as_u64()?).ok();
    match value.as_array()?.as_slice() {
        [from, to] => Some((point(from)?, point(to)?)),
        _ => None,
    }
}

/// The pieces of words that were written as one, with a sign for what is left out between.
fn parts(words: &str) -> Option<Vec<&str>> {
    let marks = [JOINT, " ... ", " [...] ", " […] "];
    let joint = marks.into_iter().find(|mark| words.contains(mark))?;
    Some(words.split(joint).take(PIECES).collect())
}

/// An article in which places are looked for.
pub(super) struct Ground<'a> {
    article: &'a Article,
    words: Verbatim<'a>,
}

impl<'a> Ground<'a> {
    /// Looks for all of these words at once.
    pub(super) fn new<'v>(
        article: &'a Article,
        sought: impl Iterator<Item = &'v str>,
    ) -> Ground<'a> {
        Ground {
            article,
            words: Verbatim::new(article.text(), sought),
        }
    }

    pub(super) fn article(&self) -> &'a Article {
        self.article
    }

    /// The mark of a place that is sure: its words stand there and nowhere else, or what stands around
    /// tells which are meant.
    pub(super) fn sure(&self, place: &Place<'_>) -> Option<Mark> {
        self.mark(place, &|places| match places {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// The mark of a place that belongs to what stands at `to`: of equal words those nearest to it, first
    /// in its paragraph. They name the same, so which of them is meant is no question.
    pub(super) fn nearest(&self, place: &Place<'_>, to: Span) -> Option<Mark> {
        let text = self.article.text();
        let from = text[..to.start].rfind('\n').map_or(0, |at| at + 1);
        let until = text[to.end..]
            .find('\n')
            .map_or(text.len(), |at| to.end + at);
        let far = |span: &Span| {
            let is_outside = span.start < from || span.end > until;
            let before = to.start.saturating_sub(span.end);
            (is_outside, before.max(span.start.saturating_sub(to.end)))
        };
        self.mark(place, &|places| places.iter().copied().min_by_key(far))
    }

    /// Whether a mark stands in the paragraph of a span.
    pub(super) fn is_beside(&self, mark: &Mark, to: Span) -> bool {
        let hull = mark.hull();
        let (from, until) = (hull.start.min(to.start), hull.end.max(to.end));
        !self.article.text()[from..until].contains('\n')
    }

    fn mark(&self, place: &Place<'_>, choose: &dyn Fn(&[Span]) -> Option<Span>) -> Option<Mark> {
        let counted = self.counted(&place.points);
        if place.pieces.is_empty() {
            return counted;
        }
        // Where both are told, the points say which of equal words are meant.
        let told: Vec<&str> = place.pieces.iter().map(|piece| piece.words).collect();
        let told = told.join(JOINT);
        let text = self.article.text();
        if let Some(mark) = counted
            && reads_the_same(&mark.words(text, JOINT), &told)
        {
            return Some(mark);
        }
        let mut spans: Vec<Span> = Vec::with_capacity(place.pieces.len());
        for piece in &place.pieces {
            if let Some(span) = self.piece(piece, spans.last().copied(), choose) {
                spans.push(span);
                continue;
            }
            for (at, words) in parts(piece.words)?.into_iter().enumerate() {
                let before = if at == 0 { piece.before } else { "" };
                let part = Piece {
                    words,
                    before,
                    after: "",
                };
                spans.push(self.piece(&part, spans.last().copied(), choose)?);
            }
        }
        let in_order = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
        Mark::new(spans).filter(|_| in_order)
    }

    /// The span of one piece, which stands behind the one before it.
    fn piece(
        &self,
        piece: &Piece<'_>,
        behind: Option<Span>,
        choose: &dyn Fn(&[Span]) -> Option<Span>,
    ) -> Option<Span> {
        let places = self.words.places(Quoted {
            words: piece.words,
            before: piece.before,
            after: piece.after,
        });
        match behind {
            // The next such words: whatever stands between was left out.
            Some(known) if places.len() > 1 => {
                let next = places.into_iter().find(|span| span.start >= known.end)?;
                (next.start - known.end <= APART).then_some(next)
            }
            _ => choose(&places),
        }
    }

    /// The mark of code points that are in the article and split no word.
    fn counted(&self, points: &[(usize, usize)]) -> Option<Mark> {
        let text = self.article.text();
        let span = |&(from, to): &(usize, usize)| {
            let span = self.article.span_of_points(from, to)?.trimmed(text);
            let is_whole = !splits_word(text, span.start) && !splits_word(text, span.end);
            (!span.is_empty() && is_whole).then_some(span)
        };
        let spans: Option<Vec<Span>> = points.iter().map(span).collect();
        let spans = spans.filter(|spans| !spans.is_empty())?;
        let in_order = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
        Mark::new(spans).filter(|_| in_order)
    }
}

/// Whether a word goes on across a byte.
fn splits_word(text: &str, at: usize) -> bool {
    // Scripts without blanks have words that end anywhere.
    let is_word = |c: char| c.is_alphanumeric() && (c as u32) < 0x0E00;
    let before = text[..at].chars().next_back().is_some_and(is_word);
    before && text[at..].chars().next().is_some_and(is_word)
}
