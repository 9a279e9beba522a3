//! Edits to JSON and back, for journal and history.
//!
//! One field, `set`, says which slot; a slot set to nothing has no value field. Records are
//! spelt as in the sidecar.

use serde_json::{Map, Value, json};

use crate::annotations::{Edit, Id, TakenRun};
use crate::store::sidecar::{Fault, form, head, record};

/// An edit as JSON.
pub(in crate::store) fn to_json(edit: &Edit) -> Value {
    let object = |value: Option<Map<String, Value>>| value.map(Value::Object);
    match edit {
        Edit::Review {
            annotation,
            reviewer,
            review,
        } => slot(
            json!({"set": "review", "annotation": annotation.as_str(), "reviewer": reviewer}),
            "review",
            object(review.as_ref().map(form::review)),
        ),
        Edit::LinkReview {
            link,
            reviewer,
            review,
        } => slot(
            json!({"set": "link review", "link": link.as_str(), "reviewer": reviewer}),
            "review",
            object(review.as_ref().map(form::review)),
        ),
        Edit::Target { annotation, target } => slot(
            json!({"set": "target", "annotation": annotation.as_str()}),
            "target",
            object(Some(form::target(target))),
        ),
        Edit::Attribute {
            annotation,
            name,
            value,
        } => slot(
            json!({"set": "attribute", "annotation": annotation.as_str(), "name": name}),
            "value",
            value.clone(),
        ),
        Edit::Field {
            annotation,
            name,
            value,
        } => slot(
            json!({"set": "field", "annotation": annotation.as_str(), "name": name}),
            "value",
            value.clone(),
        ),
        Edit::Evidence {
            annotation,
            id,
            evidence,
        } => slot(
            json!({"set": "evidence", "annotation": annotation.as_str(), "id": id.as_str()}),
            "evidence",
            object(evidence.as_ref().map(form::evidence)),
        ),
        Edit::Adjudication { annotation, review } => slot(
            json!({"set": "adjudication", "annotation": annotation.as_str()}),
            "review",
            object(review.as_ref().map(form::review)),
        ),
        Edit::Conflict {
            record,
            field,
            entry,
        } => slot(
            json!({"set": "conflict", "record": record.as_str(), "field": field}),
            "entry",
            entry.clone(),
        ),
        Edit::Annotation { id, annotation } => slot(
            json!({"set": "annotation", "id": id.as_str()}),
            "annotation",
            object(annotation.as_deref().map(form::annotation)),
        ),
        Edit::Link { id, link } => slot(
            json!({"set": "link", "id": id.as_str()}),
            "link",
            object(link.as_deref().map(form::link)),
        ),
        Edit::Pass { reviewer, pass } => slot(
            json!({"set": "pass", "reviewer": reviewer}),
            "pass",
            object(pass.as_ref().map(form::pass)),
        ),
        Edit::Article { name, value } => slot(
            json!({"set": "article", "name": name}),
            "value",
            value.clone(),
        ),
        Edit::Run { run, taken } => slot(
            json!({"set": "run", "run": run.as_str()}),
            "taken",
            object(taken.as_deref().map(taken_form)),
        ),
        Edit::All(edits) => {
            json!({"set": "all", "edits": edits.iter().map(to_json).collect::<Vec<_>>()})
        }
    }
}

/// What a run brought, spelt as in the sidecar.
fn taken_form(taken: &TakenRun) -> Map<String, Value> {
    let annotations = taken.annotations.iter().map(form::annotation);
    let links = taken.links.iter().map(form::link);
    let links_suggested = taken.link_suggestions.iter();
    let links_suggested = links_suggested.map(|(link, entry)| (link.to_string(), entry.clone()));
    [
        ("run", Value::Object(form::run(&taken.run))),
        ("annotations", annotations.collect()),
        ("links", links.collect()),
        (
            "suggestions",
            Value::Object(form::map_of(
                &taken.suggestions,
                Id::as_str,
                form::suggestion,
            )),
        ),
        ("link_suggestions", links_suggested.collect()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// The same read back.
fn taken_of(value: &Value) -> Result<TakenRun, Fault> {
    let list = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    let map = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
    };
    Ok(TakenRun {
        run: head::run(value.get("run").unwrap_or(&Value::Null))?,
        annotations: list("annotations")
            .map(|one| record::annotation(one, None))
            .collect::<Result<_, _>>()?,
        links: list("links")
            .map(|one| record::link(one, None))
            .collect::<Result<_, _>>()?,
        suggestions: map("suggestions")
            .map(|(id, one)| Ok((Id::new(id.as_str()), record::suggestion(one)?)))
            .collect::<Result<_, Fault>>()?,
        link_suggestions: map("link_suggestions")
            .map(|(id, one)| (Id::new(id.as_str()), one.clone()))
            .collect(),
    })
}

fn slot(mut edit: Value, name: &str, value: Option<Value>) -> Value {
    if let (Some(map), Some(value)) = (edit.as_object_mut(), value) {
        map.insert(name.to_owned(), value);
    }
    edit
}

/// An edit from JSON. Marks of targets are not set: the caller anchors them.
pub(in crate::store) fn from_json(value: &Value) -> Result<Edit, Fault> {
    let text = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| Fault {
                path: name.to_owned(),
                message: "missing".to_owned(),
            })
    };
    let id = |name: &str| text(name).map(Id::new);
    let review = |of_annotation: bool| {
        let review = value.get("review");
        review
            .map(|review| record::review(review, None, of_annotation))
            .transpose()
    };
    let set = text("set")?;
    Ok(match set.as_str() {
        "review" => Edit::Review {
            annotation: id("annotation")?,
            reviewer: text("reviewer")?,
            review: review(true)?,
        },
        "link review" => Edit::LinkReview {
            link: id("link")?,
            reviewer: text("reviewer")?,
            review: review(false)?,
        },
        "target" => Edit::Target {
            annotation: id("annotation")?,
            target: record::target(value.get("target").unwrap_or(&Value::Null), None)?,
        },
        "attribute" => Edit::Attribute {
            annotation: id("annotation")?,
            name: text("name")?,
            value: value.get("value").cloned(),
        },
        "field" => Edit::Field {
            annotation: id("annotation")?,
            name: text("name")?,
            value: value.get("value").cloned(),
        },
        "evidence" => Edit::Evidence {
            annotation: id("annotation")?,
            id: id("id")?,
            evidence: value
                .get("evidence")
                .map(record::evidence_entry)
                .transpose()?,
        },
        "adjudication" => Edit::Adjudication {
            annotation: id("annotation")?,
            review: review(true)?,
        },
        "conflict" => Edit::Conflict {
            record: id("record")?,
            field: text("field")?,
            entry: value.get("entry").cloned(),
        },
        "annotation" => Edit::Annotation {
            id: id("id")?,
            annotation: value
                .get("annotation")
                .map(|annotation| record::annotation(annotation, None).map(Box::new))
                .transpose()?,
        },
        "link" => Edit::Link {
            id: id("id")?,
            link: value
                .get("link")
                .map(|link| record::link(link, None).map(Box::new))
                .transpose()?,
        },
        "pass" => Edit::Pass {
            reviewer: text("reviewer")?,
            pass: value.get("pass").map(head::pass).transpose()?,
        },
        "article" => Edit::Article {
            name: text("name")?,
            value: value.get("value").cloned(),
        },
        "run" => Edit::Run {
            run: id("run")?,
            taken: value
                .get("taken")
                .map(|taken| taken_of(taken).map(Box::new))
                .transpose()?,
        },
        "all" => Edit::All(
            value
                .get("edits")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .map(from_json)
                .collect::<Result<_, _>>()?,
        ),
        other => {
            return Err(Fault {
                path: "set".to_owned(),
                message: format!("{other:?} is no edit"),
            });
        }
    })
}
