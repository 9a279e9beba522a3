//! Label Studio's JSON: one task an article; what detectors suggested as predictions, what reviewers
//! decided as one annotation. The shape `config` is the labelling interface that the tasks need.
//!
//! Offsets are UTF-16 code units, as a browser counts them. Pieces of one mark are regions of
//! their own, joined by `CONTINUES` relations.

mod reading;

use std::collections::BTreeSet;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde_json::{Map, Value, json};

use super::entry::{Selection, Subject};
use super::json;
use super::losses::{Losses, Part};
use super::marks::{CLAIM, GOES_ON, Labelled, Relation, SOURCE, TAKEN_FROM, labelled, relations};
use super::writer::{Settings, Shape, Writer};
use crate::annotations::Annotation;
use crate::detect::Kind;
use crate::text::Word;

pub(super) use reading::read;

/// Its shapes.
pub(super) const SHAPES: &[Shape] = &[
    Shape {
        name: "tasks",
        ending: "json",
    },
    Shape {
        name: CONFIG,
        ending: "xml",
    },
];

const CONFIG: &str = "config";

/// What a task holds; suggestions by their words and score alone.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::TakenFrom,
    Part::OtherLinks,
    Part::Pieces,
    Part::Kinds,
    Part::Verdicts,
    Part::Notes,
];

/// Tasks being written.
struct Tasks<'w> {
    out: &'w mut dyn Write,
    articles: usize,
    is_config: bool,
    /// Verdicts and relations that were met, which the interface has to offer.
    verdicts: BTreeSet<String>,
    relations: BTreeSet<String>,
}

/// Begins a file of tasks.
///
/// # Errors
/// None: nothing is written before the first article.
pub(super) fn begin<'w>(
    out: &'w mut dyn Write,
    settings: &Settings,
) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(Box::new(Tasks {
        out,
        articles: 0,
        is_config: settings.shape.name == CONFIG,
        verdicts: BTreeSet::new(),
        relations: [TAKEN_FROM, GOES_ON].map(str::to_owned).into(),
    }))
}

impl Writer for Tasks<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        self.articles += 1;
        if self.is_config {
            for entry in subject.entries() {
                self.verdicts.extend(entry.verdict().map(str::to_owned));
                let others = entry.links().filter(|link| !link.is_attribution());
                self.relations
                    .extend(others.map(|link| link.link_type.clone()));
            }
            return Ok(());
        }
        let before: &[u8] = if self.articles == 1 { b"[\n" } else { b",\n" };
        self.out.write_all(before)?;
        json::write(&mut self.out, &task(subject))
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        match (self.is_config, self.articles) {
            (true, _) => {
                let config = interface(&self.verdicts, &self.relations);
                self.out.write_all(config.as_bytes())?;
            }
            (false, 0) => self.out.write_all(b"[]\n")?,
            (false, _) => self.out.write_all(b"\n]\n")?,
        }
        self.out.flush()?;
        Ok(Losses::default())
    }
}

fn task(subject: &Subject<'_>) -> Value {
    let decided = labelled(subject);
    let all = labelled(&Subject {
        selection: Selection::All,
        ..*subject
    });
    let suggested: Vec<Labelled<'_>> = all
        .into_iter()
        .filter(|mark| mark.entry.annotation.suggestion().is_some())
        .collect();
    let units = Units::of(subject, decided.iter().chain(&suggested));
    let mut results = Vec::new();
    for mark in &decided {
        regions(&mut results, &units, mark);
        answers(&mut results, &units, mark);
    }
    results.extend(
        relations(&decided)
            .iter()
            .map(|link| related(&decided, link)),
    );
    let mut predicted = Vec::new();
    for mark in &suggested {
        regions(&mut predicted, &units, mark);
    }
    let model = subject.document.parts().runs.last();
    let score = mean_score(&suggested);
    json!({
        "data": {
            "text": subject.article.text(),
            "article": subject.name,
            "text_version": subject.document.text().as_str(),
        },
        "annotations": [{"result": results, "was_cancelled": false, "ground_truth": false}],
        "predictions": [{
            "model_version": model.map_or("none", |(_, run)| run.model.as_str()),
            "score": score,
            "result": predicted,
        }],
    })
}

/// The score that a detector gave its marks on the average, 0 where it gave none.
fn mean_score(marks: &[Labelled<'_>]) -> f64 {
    let score = |annotation: &Annotation| annotation.suggestion()?.score.as_ref()?.as_f64();
    let scores: Vec<f64> = marks
        .iter()
        .filter_map(|m| score(m.entry.annotation))
        .collect();
    match scores.len() {
        0 => 0.0,
        count => (scores.iter().sum::<f64>() / count as f64 * 10_000.0).round() / 10_000.0,
    }
}

/// What a piece of a mark is called: the mark's own id for the first.
fn region_id(mark: &Labelled<'_>, piece: usize) -> String {
    let id = mark.entry.annotation.id.as_str();
    match piece {
        0 => id.to_owned(),
        later => format!("{id}-{}", later + 1),
    }
}

/// The regions of a mark, and how they go on.
fn regions(out: &mut Vec<Value>, units: &Units<'_>, mark: &Labelled<'_>) {
    for piece in 0..mark.pieces.len() {
        let mut value = units.value(mark, piece);
        value.insert("labels".to_owned(), json!([mark.label]));
        out.push(result(&region_id(mark, piece), "labels", "label", value));
    }
    for piece in 1..mark.pieces.len() {
        out.push(relation(
            &region_id(mark, piece - 1),
            &region_id(mark, piece),
            GOES_ON,
        ));
    }
}

/// What was said of a claim, on its first region.
fn answers(out: &mut Vec<Value>, units: &Units<'_>, mark: &Labelled<'_>) {
    let id = region_id(mark, 0);
    let mut tell = |kind: &str, name: &str, field: &str, words: Vec<&str>| {
        if !words.is_empty() {
            let mut value = units.value(mark, 0);
            value.insert(field.to_owned(), json!(words));
            out.push(result(&id, kind, name, value));
        }
    };
    let annotation = mark.entry.annotation;
    if !annotation.is_claim() {
        return;
    }
    let kinds = annotation.kinds().iter().map(|kind| kind.as_str());
    tell("choices", "kinds", "choices", kinds.collect());
    tell(
        "choices",
        "verdict",
        "choices",
        mark.entry.verdict().into_iter().collect(),
    );
    let notes = mark.entry.notes();
    tell(
        "textarea",
        "note",
        "text",
        notes.iter().map(|note| note.what).collect(),
    );
}

fn related(marks: &[Labelled<'_>], link: &Relation<'_>) -> Value {
    let id = |place: usize| region_id(&marks[place], 0);
    relation(&id(link.from), &id(link.to), link.label)
}

fn relation(from: &str, to: &str, label: &str) -> Value {
    json!({
        "type": "relation",
        "from_id": from,
        "to_id": to,
        "direction": "right",
        "labels": [label],
    })
}

fn result(id: &str, kind: &str, name: &str, value: Map<String, Value>) -> Value {
    json!({
        "id": id,
        "type": kind,
        "from_name": name,
        "to_name": "text",
        "origin": "manual",
        "value": value,
    })
}

/// Where bytes of a text stand in UTF-16 code units.
struct Units<'t> {
    text: &'t str,
    units: FxHashMap<usize, usize>,
}

impl<'t> Units<'t> {
    /// Of the ends of some marks.
    fn of<'m, 'a: 'm>(
        subject: &Subject<'t>,
        marks: impl Iterator<Item = &'m Labelled<'a>>,
    ) -> Units<'t> {
        let text = subject.article.text();
        let pieces = marks.flat_map(|mark| &mark.pieces);
        let ends: BTreeSet<usize> = pieces.flat_map(|p| [p.span.start, p.span.end]).collect();
        let (mut at, mut count) = (0, 0);
        let units = ends.into_iter().map(|end| {
            count += text[at..end].encode_utf16().count();
            at = end;
            (end, count)
        });
        Units {
            units: units.collect(),
            text,
        }
    }

    /// Where a piece stands, and its words.
    fn value(&self, mark: &Labelled<'_>, piece: usize) -> Map<String, Value> {
        let span = mark.pieces[piece].span;
        let value = json!({
            "start": self.units[&span.start],
            "end": self.units[&span.end],
            "text": &self.text[span.start..span.end],
        });
        match value {
            Value::Object(value) => value,
            _ => Map::new(),
        }
    }
}

/// The labelling interface that the tasks need.
fn interface(verdicts: &BTreeSet<String>, relations: &BTreeSet<String>) -> String {
    let choice = |word: &str| format!("      <Choice value=\"{}\"/>\n", attribute(word));
    let kinds: String = Kind::ALL.iter().map(|kind| choice(kind.as_str())).collect();
    let verdicts: String = verdicts.iter().map(|verdict| choice(verdict)).collect();
    let relations: String = relations
        .iter()
        .map(|word| format!("    <Relation value=\"{}\"/>\n", attribute(word)))
        .collect();
    let verdicts = match verdicts.as_str() {
        "" => String::new(),
        some => format!(
            "    <Choices name=\"verdict\" toName=\"text\" perRegion=\"true\" \
             whenTagName=\"label\" whenLabelValue=\"{CLAIM}\">\n{some}    </Choices>\n"
        ),
    };
    format!(
        "<View>\n  <Labels name=\"label\" toName=\"text\">\n    <Label value=\"{CLAIM}\"/>\n    \
         <Label value=\"{SOURCE}\"/>\n  </Labels>\n  <Relations>\n{relations}  </Relations>\n  \
         <Text name=\"text\" value=\"$text\" granularity=\"symbol\"/>\n    \
         <Choices name=\"kinds\" toName=\"text\" perRegion=\"true\" choice=\"multiple\" \
         whenTagName=\"label\" whenLabelValue=\"{CLAIM}\">\n{kinds}    </Choices>\n{verdicts}    \
         <TextArea name=\"note\" toName=\"text\" perRegion=\"true\" maxSubmissions=\"0\"/>\n\
         </View>\n"
    )
}

/// Words inside an attribute of XML.
fn attribute(words: &str) -> String {
    let mut written = String::with_capacity(words.len());
    for c in super::page::shown(words).chars() {
        match c {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\n' | '\t' => written.push(' '),
            c => written.push(c),
        }
    }
    written
}
