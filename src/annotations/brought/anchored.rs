//! Where the words of a file stand in the article at hand: exactly where it says, or found again
//! without doubt; never guessed.

use rustc_hash::FxHashMap;
use serde_json::Map;

use super::{Brought, Piece, Why};
use crate::annotations::reanchor::reanchor;
use crate::annotations::{Anchor, Annotation, ArticleHead, Id, Parts, Quote, RecordKind, Target};
use crate::text::{Article, Mark, Open, Span};

/// Code points of the file's text taken before and after a piece.
const CONTEXT: usize = 32;

/// The mark of each brought one, or why it has none.
pub(super) fn marks(article: &Article, brought: &Brought) -> Vec<Result<Mark, Why>> {
    let text = brought.text.as_deref();
    let is_same = text.is_some_and(|text| text == article.text());
    let mut spans: FxHashMap<&Piece, Result<Span, Why>> = FxHashMap::default();
    let mut sought = Vec::new();
    for piece in brought.marks.iter().flat_map(|mark| &mark.pieces) {
        if spans.contains_key(piece) {
            continue;
        }
        let span = at_its_points(article, piece);
        let is_it =
            |span: &Span| is_same || text.is_none() && stands_between(article, *span, piece);
        match span.filter(is_it) {
            Some(span) => drop(spans.insert(piece, Ok(span))),
            None => {
                // Until it is found.
                spans.insert(piece, Err(Why::NotFound));
                sought.push(piece);
            }
        }
    }
    for (piece, found) in sought.iter().zip(found_again(article, text, &sought)) {
        spans.insert(piece, found);
    }
    let mark = |pieces: &[Piece]| {
        let spans: Result<Vec<Span>, Why> = pieces.iter().map(|p| spans[p].clone()).collect();
        let spans = spans?;
        // Pieces that changed their order are another claim.
        let in_order = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
        let mark = Mark::new(spans).filter(|_| in_order);
        mark.ok_or(Why::NotSure)
    };
    brought.marks.iter().map(|m| mark(&m.pieces)).collect()
}

/// The span of a piece whose words stand exactly where the file says.
fn at_its_points(article: &Article, piece: &Piece) -> Option<Span> {
    let (start, end) = piece.points?;
    let span = article.span_of_points(start as usize, end as usize)?;
    (!span.is_empty() && span.of(article.text()) == piece.exact).then_some(span)
}

/// Whether what stood around a piece, as far as that is told, stands there to the letter.
fn stands_between(article: &Article, span: Span, piece: &Piece) -> bool {
    let (before, rest) = article.text().split_at(span.start);
    before.ends_with(&piece.prefix) && rest[span.len()..].starts_with(&piece.suffix)
}

fn is_without_context(piece: &Piece) -> bool {
    piece.prefix.is_empty() && piece.suffix.is_empty()
}

/// Looks for pieces in an article that is not, or not surely, the file's text.
fn found_again(article: &Article, text: Option<&str>, sought: &[&Piece]) -> Vec<Result<Span, Why>> {
    if sought.is_empty() {
        return Vec::new();
    }
    let points = text.map(Points::of);
    let record = |(at, piece): (usize, &&Piece)| {
        let (start, end) = piece.points.unwrap_or_default();
        let (mut prefix, mut suffix) = (piece.prefix.clone(), piece.suffix.clone());
        if let (true, Some(points)) = (is_without_context(piece), &points) {
            (prefix, suffix) = points.around(start as usize, end as usize);
        }
        Annotation {
            id: Id::new(format!("a-{at:012x}")),
            kind: Open::Known(RecordKind::Claim),
            target: Target {
                quote: Quote {
                    start,
                    end,
                    exact: piece.exact.clone(),
                    gaps: Vec::new(),
                },
                mark: None,
                prefix,
                suffix,
                anchor: Anchor::Ok,
            },
            attributes: Map::new(),
            suggestions: Vec::new(),
            reviews: Vec::new(),
            adjudication: None,
            evidence: Vec::new(),
            conflicts: Map::new(),
            unknown: Map::new(),
        }
    };
    let parts = Parts {
        article: ArticleHead {
            // Any other text than the article's.
            text: Id::new("t-brought"),
            ..ArticleHead::of(article)
        },
        texts: Vec::new(),
        runs: Vec::new(),
        passes: Vec::new(),
        annotations: sought.iter().enumerate().map(record).collect(),
        links: Vec::new(),
        aside: Vec::new(),
        unknown: Map::new(),
    };
    let found = reanchor(parts, text, article).document.into_parts();
    let span = |annotation: Annotation| match (annotation.target.anchor, annotation.target.mark) {
        (Anchor::Ok | Anchor::Moved, Some(mark)) => Ok(mark.hull()),
        (_, Some(_)) => Err(Why::NotSure),
        (_, None) => Err(Why::NotFound),
    };
    found.annotations.into_iter().map(span).collect()
}

/// A text whose code points can be counted to.
struct Points<'t> {
    text: &'t str,
    offsets: crate::text::Offsets,
}

impl<'t> Points<'t> {
    fn of(text: &'t str) -> Points<'t> {
        Points {
            text,
            offsets: crate::text::Offsets::new(text),
        }
    }

    /// What stands before and after a range.
    fn around(&self, start: usize, end: usize) -> (String, String) {
        let byte = |point| self.offsets.byte_of(self.text, point);
        let before = byte(start).map_or("", |at| &self.text[..at]);
        let after = byte(end).map_or("", |at| &self.text[at..]);
        let from = before.char_indices().rev().nth(CONTEXT - 1);
        let prefix = from.map_or(before, |(at, _)| &before[at..]);
        (prefix.to_owned(), after.chars().take(CONTEXT).collect())
    }
}
