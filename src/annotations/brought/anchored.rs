//! Where the words of a file stand in the article at hand: exactly where it says, or found again
//! without doubt; never guessed.

use rustc_hash::FxHashMap;
use serde_json::Map;

use super::{Brought, Piece, Why, around};
use crate::annotations::reanchor::reanchor;
use crate::annotations::{Anchor, Annotation, ArticleHead, Id, Parts, Quote, RecordKind, Target};
use crate::text::{Article, Mark, Offsets, Open, Span};

/// Words of a quotation that are enough where it stands in the article once.
const TELLING: usize = 4;
/// Bytes that are looked through for quotations of which no place is known.
const LOOKED_THROUGH: usize = 1_000_000_000;

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

/// Looks for pieces in an article that is not, or not surely, the file's text.
fn found_again(article: &Article, text: Option<&str>, sought: &[&Piece]) -> Vec<Result<Span, Why>> {
    if sought.is_empty() {
        return Vec::new();
    }
    let offsets = text.map(Offsets::new);
    let record = |(at, piece): (usize, &&Piece)| {
        let (start, end) = piece.points.unwrap_or_default();
        let (mut prefix, mut suffix) = (piece.prefix.clone(), piece.suffix.clone());
        if let (true, Some(text), Some(offsets)) = (piece.is_bare(), text, &offsets) {
            (prefix, suffix) = around(text, offsets, start, end);
        }
        let target = Target {
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
        };
        let id = Id::new(format!("a-{at:012x}"));
        Annotation::new(id, Open::Known(RecordKind::Claim), target)
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
    let mut budget = LOOKED_THROUGH;
    let found = found.annotations.into_iter().zip(sought);
    found
        .map(|(annotation, piece)| {
            let target = annotation.target;
            match (target.anchor, target.mark) {
                (Anchor::Ok | Anchor::Moved, Some(mark)) => Ok(mark.hull()),
                (_, mark) => match by_words(article, piece, text.is_some(), &mut budget) {
                    Err(Why::NotFound) if mark.is_some() => Err(Why::NotSure),
                    found => found,
                },
            }
        })
        .collect()
}

/// Where a quotation stands that the article has once, to the letter, and of which nothing is known
/// that says otherwise; words that stand there several times, or are few, are not sure.
fn by_words(
    article: &Article,
    piece: &Piece,
    has_text: bool,
    budget: &mut usize,
) -> Result<Span, Why> {
    if piece.exact.is_empty() || *budget < article.text().len() {
        return Err(Why::NotFound);
    }
    *budget -= article.text().len();
    let mut places = article.text().match_indices(&piece.exact);
    let (Some((at, _)), second) = (places.next(), places.next()) else {
        return Err(Why::NotFound);
    };
    let span = Span::new(at, at + piece.exact.len());
    let is_telling = piece.exact.split_whitespace().nth(TELLING - 1).is_some();
    let is_sure = second.is_none()
        && is_telling
        && !has_text
        && (piece.is_bare() || stands_between(article, span, piece));
    if is_sure { Ok(span) } else { Err(Why::NotSure) }
}
