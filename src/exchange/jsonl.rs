//! JSON Lines: one annotation a line, with everything known about it.
//!
//! Every line has `id`, `kind`, `status`, `spans` (code points of the text at hand, empty
//! for a lost one), `text` and `reviews`; `folded` tells that it stands below the fold and nobody was
//! asked about it; each review tells the words it was given on and
//! whether they still stand there (`holds`), and only a verdict that does is the
//! annotation's `verdict`. A field without a value is `null` or empty, never
//! missing, so that tables made of the lines have the same columns throughout.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::entry::{Entry, JOINT, Subject, spans};
use super::json;
use super::losses::Part;
use super::writer::{Settings, Writer, each};
use crate::annotations::{Annotation, Document, Evidence, Id, Link, Review, spelling};
use crate::text::{Open, Word};

/// What it holds: everything but what detectors said.
pub const HOLDS: &[Part] = &[
    Part::Sources,
    Part::SourceFacts,
    Part::TakenFrom,
    Part::OtherLinks,
    Part::Pieces,
    Part::Gone,
    Part::Kinds,
    Part::Voice,
    Part::OwnWords,
    Part::Verdicts,
    Part::Notes,
    Part::Tags,
    Part::Evidence,
    Part::Answers,
    Part::OtherWords,
];

/// Begins a file of lines.
///
/// # Errors
/// None: nothing is written before the first line.
pub fn begin<'w>(out: &'w mut dyn Write, _: &Settings) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(each(out, write))
}

/// Writes the annotations of one article.
///
/// # Errors
/// Those of `out`.
pub fn write(out: &mut impl Write, subject: &Subject<'_>) -> io::Result<()> {
    for entry in subject.entries() {
        json::write_line(out, &line(subject, &entry))?;
    }
    Ok(())
}

fn line(subject: &Subject<'_>, entry: &Entry<'_>) -> Value {
    let document = subject.document;
    let annotation = entry.annotation;
    let source = if annotation.is_source() {
        Some(annotation)
    } else {
        entry.source()
    };
    json!({
        "id": annotation.id.as_str(),
        "article": subject.name,
        "text_version": document.text().as_str(),
        "kind": annotation.kind.as_str(),
        "status": annotation.status().as_str(),
        "spans": entry.spans(),
        "text": entry.text(),
        "at": subject.spot_of(annotation).map(|spot| spot.to_string()),
        "anchor": annotation.target.anchor.as_str(),
        "folded": annotation.is_folded(),
        "open": entry.open().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "words_judged": entry.judged().into_iter().find_map(|judged| judged.words),
        "claim_text": annotation.attribute("claim_text"),
        "kinds": annotation.kinds().iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        "voice": entry.voice(),
        "source_name": entry.source_name(),
        "source_type": source.and_then(|source| source.attribute("source_type")),
        "source_role": source.and_then(|source| source.attribute("role")),
        "verdict": entry.verdict(),
        "note": annotation.answer().and_then(|answer| answer.note.as_deref()),
        "tags": annotation.tags().collect::<Vec<_>>(),
        "reviews": by_name(&annotation.reviews, |by, answer| {
            let contested = annotation.is_contested_by(Some(by));
            review(answer, entry.holds(answer), contested)
        }),
        "adjudication": annotation.adjudication.as_ref().map(|last| {
            review(last, entry.holds(last), annotation.is_contested_by(None))
        }),
        "evidence": annotation.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "links": entry.links().map(|l| link(document, l, entry.other_end(l))).collect::<Vec<_>>(),
    })
}

fn by_name(
    reviews: &[(String, Review)],
    tell: impl Fn(&str, &Review) -> Value,
) -> Map<String, Value> {
    reviews
        .iter()
        .map(|(name, answer)| (name.clone(), tell(name, answer)))
        .collect()
}

/// An answer, and whether it was given on the words that stand there now; its verdict is withheld
/// where another answer of the same reviewer stands against it.
fn review(review: &Review, holds: bool, contested: bool) -> Value {
    json!({
        "decision": review.decision.as_str(),
        "at": review.at.as_str(),
        "text_version": review.text.as_str(),
        "holds": holds,
        "spans": review.quote.as_ref().map(spans).unwrap_or_default(),
        "text": review.quote.as_ref().map(|quote| quote.words(JOINT)),
        "kinds": review.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>(),
        "verdict": review.verdict.as_deref().filter(|_| !contested),
        "note": review.note,
    })
}

fn evidence((id, evidence): &(Id, Evidence)) -> Value {
    json!({
        "id": id.as_str(),
        "url": evidence.url,
        "document": evidence.document,
        "quote": evidence.quote,
        "stance": evidence.stance.as_str(),
        "archive": evidence.archive,
        "note": evidence.note,
        "by": evidence.by,
        "at": evidence.at.as_str(),
        "locator": evidence.locator.as_ref().map(spelling::locator),
        "primacy": evidence.primacy.as_ref().map(Open::as_str),
        "consulted": evidence.consulted,
    })
}

fn link(document: &Document, link: &Link, other: Option<&Annotation>) -> Value {
    json!({
        "id": link.id.as_str(),
        "type": link.link_type,
        "status": link.status().as_str(),
        "from": link.from.as_str(),
        "to": link.to.as_str(),
        "text": other.map(|other| other.target.quote.words(JOINT)),
        "reviews": by_name(&link.reviews, |_, answer| {
            review(answer, document.link_holds(link, answer), false)
        }),
    })
}
