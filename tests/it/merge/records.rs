//! Records to merge: an article, and a document of three annotations and a link.

use proofmark::annotations::{
    Annotation, Decision, Document, Evidence, Id, Link, Parts, RecordKind, Review, Run, Stance,
    Suggestion, Target, Time, link_id,
};
use proofmark::text::{Article, Mark, Media, Open, Span};
use serde_json::Map;

pub(super) const STORY: &str =
    "The port will close two docks, the council said. Nobody will lose a job.";

pub(super) fn article() -> Article {
    Article::new("story.txt", STORY, Media::Plain)
}

pub(super) fn id(at: usize) -> Id {
    Id::new(format!("a-{at:012x}"))
}

pub(super) fn time(minute: usize) -> Time {
    Time::new(format!("2026-02-03T10:{minute:02}:00Z"))
}

pub(super) fn target(from: usize, to: usize) -> Target {
    let mark = Mark::whole(Span::new(from, to)).expect("not empty");
    Target::at(&article(), mark)
}

pub(super) fn annotation(at: usize) -> Annotation {
    let target = target(at * 4, at * 4 + 6);
    let suggestion = Suggestion {
        quote: target.quote.clone(),
        kind: Open::Known(RecordKind::Claim),
        kinds: Vec::new(),
        voice: None,
        cue: None,
        score: None,
        checkable: None,
        priority: None,
        why: None,
        keep: None,
        folded: false,
        stand_alone: None,
        unknown: Map::new(),
    };
    Annotation {
        suggestions: vec![(Id::new("r-00000001"), suggestion)],
        ..Annotation::new(id(at), Open::Known(RecordKind::Claim), target)
    }
}

pub(super) fn review(decision: Decision, minute: usize) -> Review {
    Review {
        decision: Open::Known(decision),
        text: Document::new(&article()).text().clone(),
        at: time(minute),
        kind: None,
        quote: None,
        kinds: Vec::new(),
        verdict: None,
        note: None,
        seconds: None,
        tool: None,
        unknown: Map::new(),
    }
}

pub(super) fn evidence(url: &str, minute: usize) -> Evidence {
    Evidence {
        url: Some(url.to_owned()),
        document: None,
        quote: None,
        stance: Open::Known(Stance::Supports),
        archive: None,
        note: None,
        by: "ana".to_owned(),
        at: time(minute),
        locator: None,
        primacy: None,
        consulted: None,
        unknown: Map::new(),
    }
}

pub(super) fn link(from: usize, to: usize) -> Link {
    Link {
        id: link_id(Link::ATTRIBUTED_TO, &id(from), &id(to)),
        link_type: Link::ATTRIBUTED_TO.to_owned(),
        from: id(from),
        to: id(to),
        suggestions: Vec::new(),
        reviews: Vec::new(),
        conflicts: Map::new(),
        unknown: Map::new(),
    }
}

/// Three annotations and a link that nobody decided on.
pub(super) fn base() -> Parts {
    let mut parts = Document::new(&article()).into_parts();
    let run = Run {
        text: parts.article.text.clone(),
        tool: "proofmark 0.1.0".to_owned(),
        model: "rules".to_owned(),
        at: time(0),
        more: Map::new(),
    };
    parts.runs.push((Id::new("r-00000001"), run));
    parts.annotations = (0..3).map(annotation).collect();
    parts.links = vec![link(0, 1)];
    parts
}
