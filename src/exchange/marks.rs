//! Marks as labelled stretches of the text, and relations between them: all that tools for
//! machine learning know.

use rustc_hash::FxHashMap;

use super::entry::{Entry, Subject};
use crate::annotations::Id;
use crate::text::Span;

/// What a claim and a source are called in files of such tools.
pub(super) const CLAIM: &str = "CLAIM";
pub(super) const SOURCE: &str = "SOURCE";
/// From a claim to its source.
pub(super) const TAKEN_FROM: &str = "ATTRIBUTED_TO";
/// From a piece of a mark to the next, where a tool knows no marks in pieces.
pub(super) const GOES_ON: &str = "CONTINUES";

/// A stretch of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// In code points.
    pub points: [usize; 2],
    /// In bytes.
    pub span: Span,
}

/// An annotation whose words are in the text.
#[derive(Clone, Debug)]
pub(super) struct Labelled<'a> {
    pub entry: Entry<'a>,
    pub label: &'static str,
    /// At least one, in order.
    pub pieces: Vec<Piece>,
}

/// A link between two of them, by their place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation<'a> {
    pub from: usize,
    pub to: usize,
    pub label: &'a str,
    /// The link's own id.
    pub id: &'a Id,
}

/// The marks of an article that stand in its text, in order.
pub(super) fn labelled<'a>(subject: &Subject<'a>) -> Vec<Labelled<'a>> {
    let all = subject.entries().into_iter();
    all.filter_map(|entry| {
        let article = subject.article;
        let spans = entry.spans();
        let piece = |[from, to]: &[u32; 2]| {
            let (from, to) = (*from as usize, *to as usize);
            let span = article.span_of_points(from, to)?;
            (span.start < span.end).then_some(Piece {
                points: [from, to],
                span,
            })
        };
        let pieces: Vec<Piece> = spans.iter().map_while(piece).collect();
        let label = if entry.annotation.is_source() {
            SOURCE
        } else {
            CLAIM
        };
        // A mark of which a piece is not there would be another mark.
        (!pieces.is_empty() && pieces.len() == spans.len()).then_some(Labelled {
            entry,
            label,
            pieces,
        })
    })
    .collect()
}

/// The links between marks of the list that count.
pub(super) fn relations<'a>(marks: &[Labelled<'a>]) -> Vec<Relation<'a>> {
    let place = |mark: (usize, &Labelled<'a>)| (mark.1.entry.annotation.id.clone(), mark.0);
    let places: FxHashMap<Id, usize> = marks.iter().enumerate().map(place).collect();
    let mut relations = Vec::new();
    for (from, mark) in marks.iter().enumerate() {
        let taken_from = mark.entry.source().map(|source| &source.id);
        for link in mark.entry.links() {
            let Some(&to) = places.get(&link.to) else {
                continue;
            };
            let is_own = link.from == mark.entry.annotation.id;
            // Of links to sources the one that counts.
            let counts = !link.is_attribution() || taken_from == Some(&link.to);
            if is_own && counts {
                let label = match link.is_attribution() {
                    true => TAKEN_FROM,
                    false => link.link_type.as_str(),
                };
                relations.push(Relation {
                    from,
                    to,
                    label,
                    id: &link.id,
                });
            }
        }
    }
    relations
}
