//! doccano's JSON Lines: marks alone (`sequence`), or marks and relations (`relation`).
//!
//! Offsets are code points, as its server counts them. doccano knows no marks in pieces; theirs are
//! marks of their own, joined by `CONTINUES` relations where there are relations.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::entry::Subject;
use super::json;
use super::losses::{Losses, Part};
use super::marks::{GOES_ON, Labelled, Piece, labelled, relations};
use super::writer::{Settings, Shape, Writer};

/// Its shapes: marks with relations, or marks alone.
pub(super) const SHAPES: &[Shape] = &[
    Shape {
        name: RELATION,
        ending: "jsonl",
    },
    Shape {
        name: "sequence",
        ending: "jsonl",
    },
];

const RELATION: &str = "relation";

/// What a line holds.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::TakenFrom,
    Part::OtherLinks,
    Part::Pieces,
];

/// Lines being written.
struct Lines<'w> {
    out: &'w mut dyn Write,
    with_relations: bool,
    /// Marks written so far, by which the next are numbered.
    marks: usize,
    relations: usize,
    articles: usize,
    losses: Losses,
}

/// Begins a file of lines.
///
/// # Errors
/// None: nothing is written before the first article.
pub(super) fn begin<'w>(
    out: &'w mut dyn Write,
    settings: &Settings,
) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(Box::new(Lines {
        out,
        with_relations: settings.shape.name == RELATION,
        marks: 0,
        relations: 0,
        articles: 0,
        losses: Losses::default(),
    }))
}

impl Writer for Lines<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        self.articles += 1;
        let marks = labelled(subject);
        let line = match self.with_relations {
            true => self.with_relations(subject, &marks),
            false => self.marks_alone(subject, &marks),
        };
        json::write_line(&mut self.out, &line)
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        self.out.flush()?;
        Ok(self.losses)
    }
}

impl Lines<'_> {
    fn marks_alone(&mut self, subject: &Subject<'_>, marks: &[Labelled<'_>]) -> Value {
        let links = relations(marks);
        let taken = links
            .iter()
            .filter(|link| link.label == super::marks::TAKEN_FROM);
        let taken = taken.count();
        self.losses.add(Part::TakenFrom, taken);
        self.losses.add(Part::OtherLinks, links.len() - taken);
        let in_pieces = marks.iter().filter(|mark| mark.pieces.len() > 1);
        self.losses.add(Part::Pieces, in_pieces.count());
        let labels = marks.iter().flat_map(|mark| {
            let piece = |piece: &Piece| json!([piece.points[0], piece.points[1], mark.label]);
            mark.pieces.iter().map(piece)
        });
        json!({
            "id": self.articles,
            "text": subject.article.text(),
            "label": labels.collect::<Vec<_>>(),
            "article": subject.name,
        })
    }

    fn with_relations(&mut self, subject: &Subject<'_>, marks: &[Labelled<'_>]) -> Value {
        let mut entities = Vec::new();
        let mut related = Vec::new();
        // The number of each mark's first piece.
        let mut first = Vec::with_capacity(marks.len());
        let mut relation = |from: usize, to: usize, label: &str| {
            self.relations += 1;
            json!({"id": self.relations, "from_id": from, "to_id": to, "type": label})
        };
        for mark in marks {
            first.push(self.marks + 1);
            for (number, piece) in mark.pieces.iter().enumerate() {
                self.marks += 1;
                entities.push(json!({
                    "id": self.marks,
                    "label": mark.label,
                    "start_offset": piece.points[0],
                    "end_offset": piece.points[1],
                }));
                if number > 0 {
                    related.push(relation(self.marks - 1, self.marks, GOES_ON));
                }
            }
        }
        for link in relations(marks) {
            related.push(relation(first[link.from], first[link.to], link.label));
        }
        json!({
            "id": self.articles,
            "text": subject.article.text(),
            "entities": entities,
            "relations": related,
            "Comments": [],
            "article": subject.name,
        })
    }
}
