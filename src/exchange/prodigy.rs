//! Prodigy's JSON Lines, which spaCy's tools read: one task an article.
//!
//! Offsets are code points, as Python counts them. A task has tokens, and every mark begins and
//! ends with one: where a mark cuts a word, the token is cut there too. Prodigy knows no marks in
//! pieces; theirs are marks of their own, each joined to the next by a `CONTINUES` relation.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::entry::Subject;
use super::json;
use super::losses::{Losses, Part};
use super::marks::{GOES_ON, Labelled, Piece, labelled, relations};
use super::writer::{Settings, Writer};
use crate::text::{Article, tokens};

/// What a task holds.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::TakenFrom,
    Part::OtherLinks,
    Part::Pieces,
];

/// Tasks being written.
struct Tasks<'w>(&'w mut dyn Write);

/// Begins a file of tasks.
///
/// # Errors
/// None: nothing is written before the first article.
pub(super) fn begin<'w>(out: &'w mut dyn Write, _: &Settings) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(Box::new(Tasks(out)))
}

impl Writer for Tasks<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        json::write_line(&mut self.0, &task(subject))
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        self.0.flush()?;
        Ok(Losses::default())
    }
}

/// A token: where it begins and ends in code points, and whether white space follows.
struct Cut {
    points: [usize; 2],
    blank_behind: bool,
}

fn task(subject: &Subject<'_>) -> Value {
    let article = subject.article;
    let marks = labelled(subject);
    let cuts = cuts(article, &marks);
    let span = |mark: &Labelled<'_>, piece: &Piece| {
        let [start, end] = piece.points;
        json!({
            "start": start,
            "end": end,
            "token_start": token_at(&cuts, start),
            "token_end": token_before(&cuts, end),
            "label": mark.label,
            "id": mark.entry.annotation.id.as_str(),
        })
    };
    let all = || {
        marks
            .iter()
            .flat_map(|mark| mark.pieces.iter().map(move |piece| (mark, piece)))
    };
    let relation = |from: (&Labelled<'_>, &Piece), to: (&Labelled<'_>, &Piece), label: &str| {
        json!({
            "head": token_before(&cuts, from.1.points[1]),
            "child": token_before(&cuts, to.1.points[1]),
            "head_span": span(from.0, from.1),
            "child_span": span(to.0, to.1),
            "label": label,
        })
    };
    let mut related = Vec::new();
    for mark in &marks {
        for pair in mark.pieces.windows(2) {
            related.push(relation((mark, &pair[0]), (mark, &pair[1]), GOES_ON));
        }
    }
    for link in relations(&marks) {
        let (from, to) = (&marks[link.from], &marks[link.to]);
        related.push(relation(
            (from, &from.pieces[0]),
            (to, &to.pieces[0]),
            link.label,
        ));
    }
    let text = |[start, end]: [usize; 2]| {
        let span = article.span_of_points(start, end);
        span.map_or("", |span| &article.text()[span.start..span.end])
    };
    let tokens: Vec<Value> = cuts
        .iter()
        .enumerate()
        .map(|(number, cut)| {
            json!({
                "text": text(cut.points),
                "start": cut.points[0],
                "end": cut.points[1],
                "id": number,
                "ws": cut.blank_behind,
            })
        })
        .collect();
    json!({
        "text": article.text(),
        "meta": {"article": subject.name, "text_version": subject.document.text().as_str()},
        "tokens": tokens,
        "spans": all().map(|(mark, piece)| span(mark, piece)).collect::<Vec<_>>(),
        "relations": related,
        "answer": "accept",
    })
}

/// The tokens of a text, cut where marks begin and end.
fn cuts(article: &Article, marks: &[Labelled<'_>]) -> Vec<Cut> {
    let pieces = marks.iter().flat_map(|mark| &mark.pieces);
    let ends: BTreeSet<usize> = pieces.flat_map(|p| [p.span.start, p.span.end]).collect();
    let text = article.text();
    let mut cuts = Vec::new();
    for token in tokens(text) {
        let (from, to) = (token.span.start, token.span.end);
        let mut start = from;
        for end in ends.range(from + 1..to).copied().chain([to]) {
            let (first, last) = article.points(crate::text::Span::new(start, end));
            cuts.push(Cut {
                points: [first, last],
                blank_behind: text[end..].starts_with(' '),
            });
            start = end;
        }
    }
    cuts
}

/// The token that begins at a place or is the first behind it.
fn token_at(cuts: &[Cut], place: usize) -> usize {
    cuts.partition_point(|cut| cut.points[0] < place)
}

/// The token that ends at a place or is the last before it.
fn token_before(cuts: &[Cut], place: usize) -> usize {
    cuts.partition_point(|cut| cut.points[1] <= place)
        .saturating_sub(1)
}
