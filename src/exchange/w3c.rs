//! W3C Web Annotations (Recommendation of 2017) as JSON-LD: one collection, its page inside it.
//!
//! A claim or source is an annotation whose target has a TextPositionSelector in code points and
//! a TextQuoteSelector, one resource a piece; that a claim is taken from a source is an annotation
//! of its own with the motivation `linking`. Verdicts are bodies with the purpose `assessing`, notes
//! with `commenting`, kinds with `classifying`, tags with `tagging`; evidence is `linking`, and
//! `describing` in words.

mod reading;

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::entry::{Entry, Subject, Told};
use super::json;
use super::losses::{Losses, Part};
use super::marks::{Labelled, Relation, labelled, relations};
use super::page::{iri, is_of_the_web, percent_encoded};
use super::writer::{Publisher, Settings, Writer};
use crate::annotations::{Annotation, Evidence, Locator, hex};
use crate::text::{Article, Fact};

pub(super) use reading::read;

/// What begins the words of a piece of evidence.
const EVIDENCE: &str = "evidence: ";

/// The context every annotation is read in.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// What an annotation holds; evidence by its address or title and its words.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::TakenFrom,
    Part::OtherLinks,
    Part::Pieces,
    Part::Kinds,
    Part::OwnWords,
    Part::Verdicts,
    Part::Notes,
    Part::Tags,
    Part::Evidence,
];

/// A collection being written.
struct Collection<'w> {
    out: &'w mut dyn Write,
    publisher: Publisher,
    /// What the collection is called, by its articles: each gives what is its own of the name.
    names: Vec<String>,
    items: Vec<Value>,
}

/// Begins a collection.
///
/// # Errors
/// None: everything is written at the end.
pub(super) fn begin<'w>(
    out: &'w mut dyn Write,
    settings: &Settings,
) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(Box::new(Collection {
        out,
        publisher: settings.publisher.clone(),
        names: Vec::new(),
        items: Vec::new(),
    }))
}

impl Writer for Collection<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let place = Place::of(subject, &self.publisher);
        let marks = labelled(subject);
        self.items
            .extend(marks.iter().map(|mark| place.annotation(mark)));
        for link in relations(&marks) {
            self.items.push(place.link(&marks, &link));
        }
        self.names.push(place.name("annotations"));
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        let name = match &*self.names {
            [] => "urn:proofmark:annotations".to_owned(),
            [only] => only.clone(),
            // Other articles are another collection.
            many => {
                let digest = hex(&Sha256::digest(many.join("\n")));
                format!("urn:proofmark:annotations:{}", &digest[..16])
            }
        };
        let page = format!("{name}-page-1");
        let total = self.items.len();
        let mut collection = json!({
            "@context": CONTEXT,
            "id": name,
            "type": "AnnotationCollection",
            "label": "Claims and sources, verified with proofmark",
            "total": total,
        });
        // A collection without annotations has no page.
        if let (Value::Object(fields), true) = (&mut collection, total > 0) {
            let first = json!({
                "id": page,
                "type": "AnnotationPage",
                "partOf": name,
                "startIndex": 0,
                "items": self.items,
            });
            fields.insert("first".to_owned(), first);
            fields.insert("last".to_owned(), page.into());
        }
        let mut out = self.out;
        json::write_line(&mut out, &collection)?;
        out.flush()?;
        Ok(Losses::default())
    }
}

/// An article as a resource that annotations have for their target.
struct Place<'a> {
    article: &'a Article,
    publisher: &'a Publisher,
    /// Its IRI: its address where that is known.
    source: String,
    generator: Value,
}

impl<'a> Place<'a> {
    fn of(subject: &Subject<'a>, publisher: &'a Publisher) -> Place<'a> {
        let known = subject.document.parts().article.known();
        let known = known.get(Fact::Url).filter(|url| is_of_the_web(url));
        let text = subject.document.text().as_str();
        let own = || format!("urn:proofmark:{text}:{}", percent_encoded(subject.name));
        Place {
            article: subject.article,
            publisher,
            source: known.map_or_else(own, iri),
            generator: json!({
                "type": "Software",
                "name": concat!("proofmark ", env!("CARGO_PKG_VERSION")),
            }),
        }
    }

    /// The IRI of something that belongs to the article.
    fn name(&self, what: &str) -> String {
        let joint = if self.source.starts_with("urn:") {
            ':'
        } else {
            '#'
        };
        // A fragment of an address that has one would be no IRI.
        let source = self.source.split('#').next().unwrap_or_default();
        format!("{source}{joint}{what}")
    }

    fn annotation(&self, mark: &Labelled<'_>) -> Value {
        let record = mark.entry.annotation;
        let mut fields = Map::new();
        fields.insert("id".to_owned(), self.name(record.id.as_str()).into());
        fields.insert("type".to_owned(), "Annotation".into());
        let bodies = bodies(&mark.entry, self.publisher);
        let mut motivations: Vec<&str> = vec!["classifying"];
        if !mark.entry.verdicts().is_empty() {
            motivations.push("assessing");
        }
        if !mark.entry.notes().is_empty() {
            motivations.push("commenting");
        }
        fields.insert(
            "motivation".to_owned(),
            one_or_all(motivations.into_iter().map(Value::from)),
        );
        fields.extend(creator(record, self.publisher));
        fields.insert("generator".to_owned(), self.generator.clone());
        fields.insert("body".to_owned(), one_or_all(bodies));
        let targets = (0..mark.pieces.len()).map(|piece| self.target(mark, piece));
        fields.insert("target".to_owned(), one_or_all(targets));
        Value::Object(fields)
    }

    /// A piece of a mark: where it stands and what it says, with a little before and behind.
    fn target(&self, mark: &Labelled<'_>, piece: usize) -> Value {
        const AROUND: usize = 32;
        let piece = &mark.pieces[piece];
        let text = self.article.text();
        let (before, behind) = (&text[..piece.span.start], &text[piece.span.end..]);
        let from = before.char_indices().rev().take(AROUND).last();
        let prefix = from.map_or("", |(at, _)| &before[at..]);
        let suffix: String = behind.chars().take(AROUND).collect();
        json!({
            "type": "SpecificResource",
            "source": self.source,
            "selector": [
                {
                    "type": "TextPositionSelector",
                    "start": piece.points[0],
                    "end": piece.points[1],
                },
                {
                    "type": "TextQuoteSelector",
                    "exact": &text[piece.span.start..piece.span.end],
                    "prefix": prefix,
                    "suffix": suffix,
                },
            ],
        })
    }

    /// That one annotation leads to another.
    fn link(&self, marks: &[Labelled<'_>], link: &Relation<'_>) -> Value {
        let id = |place: usize| self.name(marks[place].entry.annotation.id.as_str());
        json!({
            "id": self.name(link.id.as_str()),
            "type": "Annotation",
            "motivation": "linking",
            "generator": self.generator,
            "body": [
                {"type": "TextualBody", "purpose": "classifying", "value": link.label},
                {"type": "SpecificResource", "purpose": "linking", "source": id(link.to)},
            ],
            "target": id(link.from),
        })
    }
}

/// What is said of a mark.
fn bodies(entry: &Entry<'_>, publisher: &Publisher) -> Vec<Value> {
    let record = entry.annotation;
    let text = |purpose: &str, words: &str| {
        json!({
            "type": "TextualBody",
            "purpose": purpose,
            "value": words,
            "format": "text/plain",
        })
    };
    let told = |purpose: &str, told: &Told<'_>| {
        let mut body = text(purpose, told.what);
        if let (Value::Object(fields), Some(by)) = (&mut body, told.by) {
            fields.insert("creator".to_owned(), person(publisher.name_of(by)));
        }
        body
    };
    let mut bodies = vec![text("classifying", record.kind.as_str())];
    bodies.extend(
        record
            .kinds()
            .iter()
            .map(|kind| text("classifying", kind.as_str())),
    );
    bodies.extend(record.tags().map(|tag| text("tagging", tag)));
    bodies.extend(
        record
            .attribute("claim_text")
            .map(|words| text("describing", words)),
    );
    bodies.extend(
        entry
            .verdicts()
            .iter()
            .map(|verdict| told("assessing", verdict)),
    );
    bodies.extend(entry.notes().iter().map(|note| told("commenting", note)));
    bodies.extend(
        record
            .evidence
            .iter()
            .flat_map(|(_, piece)| evidence(piece)),
    );
    bodies
}

/// A piece of evidence: the resource itself where it has an address, and what is known of it in
/// words.
fn evidence(evidence: &Evidence) -> Vec<Value> {
    let url = evidence.url.as_deref().filter(|url| is_of_the_web(url));
    let resource = url.map(|url| {
        let mut fields =
            json!({"type": "SpecificResource", "purpose": "linking", "source": iri(url)});
        if let (Value::Object(fields), Some(words)) = (&mut fields, &evidence.quote) {
            let selector = json!({"type": "TextQuoteSelector", "exact": words});
            fields.insert("selector".to_owned(), selector);
        }
        fields
    });
    let mut told = vec![format!("{EVIDENCE}{}", evidence.stance)];
    told.extend(evidence.url.clone().or_else(|| evidence.document.clone()));
    told.extend(evidence.locator.as_ref().and_then(Locator::told));
    told.extend(evidence.quote.as_ref().map(|quote| format!("“{quote}”")));
    told.extend(
        evidence
            .archive
            .as_ref()
            .map(|archive| format!("archived: {archive}")),
    );
    told.extend(evidence.note.clone());
    let words = json!({
        "type": "TextualBody",
        "purpose": "describing",
        "value": told.join("; "),
        "format": "text/plain",
    });
    resource.into_iter().chain([words]).collect()
}

/// Who answered, and when: the first reviewer and the first answer.
fn creator(record: &Annotation, publisher: &Publisher) -> Map<String, Value> {
    let mut fields = Map::new();
    let people: Vec<Value> = record
        .reviews
        .iter()
        .map(|(name, _)| person(publisher.name_of(name)))
        .collect();
    let answers = || record.reviews.iter().map(|(_, review)| review.at.as_str());
    if !people.is_empty() {
        fields.insert("creator".to_owned(), one_or_all(people));
    }
    // Exactly one time of each may be told.
    if let Some(first) = answers().min() {
        fields.insert("created".to_owned(), first.into());
    }
    if let Some(last) = answers().max() {
        fields.insert("modified".to_owned(), last.into());
    }
    fields
}

fn person(name: &str) -> Value {
    json!({"type": "Person", "name": name})
}

/// A property of several values is a list, one of a single value is that value.
fn one_or_all(values: impl IntoIterator<Item = Value>) -> Value {
    let mut values: Vec<Value> = values.into_iter().collect();
    match values.len() {
        1 => values.remove(0),
        _ => Value::Array(values),
    }
}
