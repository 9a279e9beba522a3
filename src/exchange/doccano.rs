//! doccano's JSON Lines: marks alone (`sequence`), or marks and relations (`relation`).
//!
//! Offsets are code points, as its server counts them. doccano knows no marks in pieces; theirs are
//! marks of their own, joined by `CONTINUES` relations where there are relations.

use std::io::{self, Write};

use serde::Deserialize;
use serde_json::{Value, json};

use super::entry::Subject;
use super::json;
use super::losses::{Losses, Part};
use super::marks::{GOES_ON, Labelled, Piece, labelled, relations};
use super::reading::{Input, NotRead, json_lines};
use super::stretches::{Counted, Relation, Stretch, gather};
use super::writer::{Settings, Shape, Writer};
use crate::annotations::Brought;

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

/// A line as it is read, of either shape.
#[derive(Deserialize)]
struct Told {
    #[serde(default, alias = "data")]
    text: String,
    article: Option<String>,
    #[serde(default, alias = "annotations")]
    entities: Vec<Entity>,
    #[serde(default)]
    relations: Vec<ToldRelation>,
    #[serde(default, alias = "labels")]
    label: Vec<(usize, usize, String)>,
}

#[derive(Deserialize)]
struct Entity {
    #[serde(default)]
    id: Value,
    label: Value,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Deserialize)]
struct ToldRelation {
    from_id: Value,
    to_id: Value,
    #[serde(rename = "type")]
    label: String,
}

/// Reads lines, with relations or without.
///
/// # Errors
/// When one is none of doccano's.
pub(super) fn read(input: &Input<'_>) -> Result<Vec<Brought>, NotRead> {
    let lines: Vec<Told> = json_lines(input.bytes)?;
    Ok(lines.into_iter().map(brought).collect())
}

fn brought(line: Told) -> Brought {
    let entities = line.entities.into_iter().enumerate();
    let entities = entities.map(|(at, entity)| Stretch {
        // Older files have no ids, and so no relations.
        key: match entity.id {
            Value::Null => format!("entity {at}"),
            id => id.to_string(),
        },
        range: (entity.start_offset, entity.end_offset),
        words: None,
        label: match entity.label {
            Value::String(label) => label,
            other => other.to_string(),
        },
    });
    // Those without ids are alone.
    let labels = line.label.into_iter().enumerate();
    let labels = labels.map(|(at, (from, to, label))| Stretch {
        key: format!("label {at}"),
        range: (from, to),
        words: None,
        label,
    });
    let relations = line.relations.into_iter().map(|relation| Relation {
        from: relation.from_id.to_string(),
        to: relation.to_id.to_string(),
        label: relation.label,
    });
    let mut brought = Brought {
        name: line.article,
        ..Brought::default()
    };
    gather(
        &mut brought,
        &Counted::in_points(&line.text),
        entities.chain(labels).collect(),
        relations.collect(),
    );
    brought.text = Some(line.text);
    brought
}
