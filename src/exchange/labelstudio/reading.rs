//! Label Studio's tasks read: what annotators decided and what models predicted, each as such.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::Value;

use crate::annotations::{Answer, Brought};
use crate::exchange::reading::{Input, NotRead, json, strange};
use crate::exchange::stretches::{Counted, Relation, Stretch, gather};
use crate::text::Open;

#[derive(Deserialize)]
struct Task {
    #[serde(default)]
    data: Data,
    #[serde(default)]
    annotations: Vec<Annotated>,
    #[serde(default)]
    predictions: Vec<Annotated>,
}

#[derive(Default, Deserialize)]
struct Data {
    #[serde(default)]
    text: String,
    article: Option<Value>,
}

#[derive(Deserialize)]
struct Annotated {
    #[serde(default)]
    result: Vec<Told>,
    #[serde(default)]
    was_cancelled: bool,
    completed_by: Option<Value>,
    model_version: Option<String>,
}

/// A region, what is said of one, or a relation of two.
#[derive(Deserialize)]
struct Told {
    id: Option<String>,
    #[serde(rename = "type", default)]
    what: String,
    #[serde(default)]
    from_name: String,
    from_id: Option<String>,
    to_id: Option<String>,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    value: Said,
}

#[derive(Default, Deserialize)]
struct Said {
    /// A number, but of regions of pages, which have paths.
    start: Option<Value>,
    end: Option<Value>,
    text: Option<Words>,
    #[serde(default)]
    labels: Vec<String>,
    #[serde(default)]
    choices: Vec<String>,
}

/// The words of a region, or what was written about it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Many(Vec<String>),
}

/// Reads tasks; annotations that were cancelled say nothing.
///
/// # Errors
/// When the file is no list of tasks.
pub(in crate::exchange) fn read(input: &Input<'_>) -> Result<Vec<Brought>, NotRead> {
    let tasks: Vec<Task> = json(input.bytes)?;
    Ok(tasks.into_iter().map(brought).collect())
}

fn brought(task: Task) -> Brought {
    let text = Counted::in_utf16(&task.data.text);
    let mut brought = Brought {
        name: task.data.article.and_then(name),
        ..Brought::default()
    };
    for annotated in task.annotations {
        if !annotated.was_cancelled {
            take_in(&mut brought, &text, annotated, false);
        }
    }
    for predicted in task.predictions {
        brought.tool = predicted.model_version.clone().or(brought.tool);
        take_in(&mut brought, &text, predicted, true);
    }
    brought.text = Some(task.data.text);
    brought
}

fn take_in(brought: &mut Brought, text: &Counted<'_>, annotated: Annotated, is_suggestion: bool) {
    let by = annotated.completed_by.as_ref().and_then(person);
    let mut stretches = Vec::new();
    let mut relations = Vec::new();
    let mut said = Vec::new();
    for told in annotated.result {
        match told.what.as_str() {
            "labels" => match told.stretch() {
                Some(stretch) => stretches.push(stretch),
                None => brought.outside += 1,
            },
            "relation" => relations.extend(told.relation()),
            _ => said.push(told),
        }
    }
    let before = brought.marks.len();
    let marks = gather(brought, text, stretches, relations);
    for mark in &mut brought.marks[before..] {
        mark.is_suggestion = is_suggestion;
    }
    for told in said {
        say(brought, &marks, told, by.as_deref());
    }
}

impl Told {
    fn stretch(self) -> Option<Stretch> {
        let words = match self.value.text {
            Some(Words::One(words)) => Some(words),
            _ => None,
        };
        Some(Stretch {
            key: self.id?,
            range: (number(self.value.start?)?, number(self.value.end?)?),
            words,
            label: self.value.labels.into_iter().next().unwrap_or_default(),
        })
    }

    fn relation(self) -> Option<Relation> {
        Some(Relation {
            from: self.from_id?,
            to: self.to_id?,
            label: self.labels.into_iter().next().unwrap_or_default(),
        })
    }
}

/// Takes in what is said of a region: kinds, a verdict, notes.
fn say(brought: &mut Brought, marks: &FxHashMap<String, usize>, told: Told, by: Option<&str>) {
    let Some(&at) = told.id.as_ref().and_then(|id| marks.get(id)) else {
        return;
    };
    let mark = &mut brought.marks[at];
    let written = match told.value.text {
        Some(Words::One(words)) => vec![words],
        Some(Words::Many(words)) => words,
        None => Vec::new(),
    };
    let answer = |verdict, note| Answer {
        by: by.map(str::to_owned),
        verdict,
        note,
    };
    match (told.what.as_str(), told.from_name.as_str()) {
        ("choices", "kinds") => {
            let kinds = told.value.choices.iter();
            mark.kinds.extend(kinds.map(|kind| Open::parse(kind)));
        }
        ("choices", "verdict") => {
            let verdicts = told.value.choices.into_iter();
            mark.answers
                .extend(verdicts.map(|verdict| answer(Some(verdict), None)));
        }
        ("textarea", _) => {
            let notes = written.into_iter();
            mark.answers
                .extend(notes.map(|note| answer(None, Some(note))));
        }
        (_, name) => strange(&mut brought.strange, name),
    }
}

fn number(value: Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

fn name(value: Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Who annotated, as a name: an address, or a number by which the server knows her.
fn person(told: &Value) -> Option<String> {
    match told {
        Value::Object(fields) => fields.get("email").and_then(person),
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
