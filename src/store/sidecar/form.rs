//! Records to JSON, fields in the schema's order and unknown ones after them.
//!
//! The mirror of `record.rs`; layout is `render.rs`'s matter.

use serde_json::{Map, Value, json};

use crate::annotations::spelling::Object;
use crate::annotations::{
    Annotation, ArticleHead, Link, Pass, Run, StandAlone, Suggestion, TextVersion,
};
use crate::text::{Open, Word};

pub(in crate::store) fn head(head: &ArticleHead) -> Map<String, Value> {
    let mut object = Object::new();
    object.set("file", head.file.as_str());
    object.set("media_type", head.media_type.as_str());
    object.set("bytes_sha256", head.bytes_sha256.as_str());
    object.set("text", head.text.as_str());
    object.rest(
        &head.more,
        &[
            "url",
            "title",
            "author",
            "outlet",
            "published",
            "language",
            "about",
        ],
    )
}

pub(in crate::store) fn text_version(version: &TextVersion) -> Map<String, Value> {
    let mut object = Object::new();
    object.set("sha256", version.sha256.as_str());
    object.set("length", version.length);
    object.set("layer", version.layer.as_str());
    object.rest(&version.more, &["extractor", "snapshot", "at"])
}

pub(in crate::store) fn run(run: &Run) -> Map<String, Value> {
    let mut object = Object::new();
    object.set("text", run.text.as_str());
    object.set("tool", run.tool.as_str());
    object.set("model", run.model.as_str());
    if let Some(settings) = run.more.get("settings_sha256") {
        object.set("settings_sha256", settings.clone());
    }
    object.set("at", run.at.as_str());
    object.rest(&run.more, &[])
}

pub(in crate::store) fn pass(pass: &Pass) -> Map<String, Value> {
    let mut object = Object::new();
    object.set("text", pass.text.as_str());
    object.set("state", if pass.finished { "finished" } else { "started" });
    object.set("at", pass.at.as_str());
    object.rest(&pass.more, &[])
}

pub(in crate::store) use crate::annotations::spelling::{evidence, review, target};

pub(in crate::store) fn suggestion(suggestion: &Suggestion) -> Map<String, Value> {
    let mut object = Object::new();
    object.quote(&suggestion.quote);
    object.set("kind", suggestion.kind.as_str());
    object.words("kinds", &suggestion.kinds);
    object.text("voice", suggestion.voice.as_ref().map(Open::as_str));
    if let Some(cue) = &suggestion.cue {
        let mut span = Object::new();
        span.quote(cue);
        object.set("cue", span.0);
    }
    object.number("score", suggestion.score.as_ref());
    object.number("checkable", suggestion.checkable.as_ref());
    object.number("priority", suggestion.priority.as_ref());
    object.text("why", suggestion.why.as_deref());
    object.number("keep", suggestion.keep.as_ref());
    if suggestion.folded {
        object.set("folded", true);
    }
    if let Some(words) = &suggestion.stand_alone {
        object.set("stand_alone", stand_alone(words));
    }
    object.rest(&suggestion.unknown, &[])
}

fn stand_alone(words: &StandAlone) -> Map<String, Value> {
    let spans = words.spans.iter().map(|span| {
        let from = span.from;
        json!([
            span.at.0,
            span.at.1,
            from.map(|from| from.0),
            from.map(|from| from.1)
        ])
    });
    let mut object = Object::new();
    object.set("text", words.text.as_str());
    object.set("spans", spans.collect::<Vec<Value>>());
    object.rest(&words.unknown, &[])
}

/// A whole annotation; `attributes`, `evidence` and `conflicts` only if they hold something.
pub(in crate::store) fn annotation(annotation: &Annotation) -> Map<String, Value> {
    let mut object = Object::new();
    object.set("id", annotation.id.as_str());
    object.set("kind", annotation.kind.as_str());
    object.set("status", annotation.status().as_str());
    object.set("target", target(&annotation.target));
    if !annotation.attributes.is_empty() {
        object.set("attributes", annotation.attributes.clone());
    }
    object.set(
        "suggestions",
        map_of(&annotation.suggestions, |id| id.as_str(), suggestion),
    );
    object.set(
        "reviews",
        map_of(&annotation.reviews, String::as_str, review),
    );
    if let Some(adjudication) = &annotation.adjudication {
        object.set("adjudication", review(adjudication));
    }
    if !annotation.evidence.is_empty() {
        object.set(
            "evidence",
            map_of(&annotation.evidence, |id| id.as_str(), evidence),
        );
    }
    if !annotation.conflicts.is_empty() {
        object.set("conflicts", annotation.conflicts.clone());
    }
    object.rest(&annotation.unknown, &[])
}

pub(in crate::store) fn link(link: &Link) -> Map<String, Value> {
    let mut object = Object::new();
    object.set("id", link.id.as_str());
    object.set("type", link.link_type.as_str());
    object.set("from", link.from.as_str());
    object.set("to", link.to.as_str());
    object.set("status", link.status().as_str());
    let suggestions: Map<String, Value> = link
        .suggestions
        .iter()
        .map(|(run, entry)| (run.as_str().to_owned(), entry.clone()))
        .collect();
    object.set("suggestions", suggestions);
    object.set("reviews", map_of(&link.reviews, String::as_str, review));
    if !link.conflicts.is_empty() {
        object.set("conflicts", link.conflicts.clone());
    }
    object.rest(&link.unknown, &[])
}

/// An ordered map of records.
pub(in crate::store) fn map_of<K, T>(
    entries: &[(K, T)],
    key: impl Fn(&K) -> &str,
    form: impl Fn(&T) -> Map<String, Value>,
) -> Map<String, Value> {
    entries
        .iter()
        .map(|(k, entry)| (key(k).to_owned(), Value::Object(form(entry))))
        .collect()
}
