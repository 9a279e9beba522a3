//! What a merge left open: two answers of one reviewer, a field that both sides changed.
//!
//! A record keeps it under `conflicts`, as `{field: {base, ours, theirs}}`; further answers of
//! one slot stand in `more`. The values are ordered by date, then by digest, never by side, and
//! the last one is in use, so two machines that merge the same write the same. A conflict is open
//! as long as one of its values is in use, or none: a new answer settles it by being another
//! one, and so does choosing, which takes the entry away and notes in the chosen answer what it was
//! chosen over (`settles`). Which it is follows from the record
//! alone, so undo and replay need not know of it.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Annotation, Document, Edit, Evidence, Id, Link, Review, Time, hex, spelling};

/// The place of a record that two sides filled in differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// One reviewer's answer.
    Review(String),
    /// The desk's last word.
    Adjudication,
    /// A piece of evidence.
    Evidence(Id),
    /// `kind`, `target`, an attribute, or a field we do not know.
    Field(String),
}

impl Slot {
    /// The slot of a name in `conflicts`.
    fn of(field: &str) -> Slot {
        if let Some(reviewer) = field.strip_prefix(REVIEWS) {
            Slot::Review(reviewer.to_owned())
        } else if field == ADJUDICATION {
            Slot::Adjudication
        } else if let Some(id) = field.strip_prefix(EVIDENCE) {
            Slot::Evidence(Id::new(id))
        } else {
            Slot::Field(field.to_owned())
        }
    }
}

/// What names of answers begin with in `conflicts`.
pub(super) const REVIEWS: &str = "reviews.";
/// The name of the last word in `conflicts`.
pub(super) const ADJUDICATION: &str = "adjudication";
/// What names of evidence begin with in `conflicts`.
pub(super) const EVIDENCE: &str = "evidence.";
/// The field of an answer that names those it was chosen over, so that an older copy of the file
/// does not open the question again.
pub(super) const SETTLES: &str = "settles";

/// One of the values that stand against each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Side {
    /// An answer.
    Review(Box<Review>),
    /// A piece of evidence.
    Evidence(Box<Evidence>),
    /// The value of a field; `null`: it is not there.
    Value(Value),
}

/// A conflict that nobody settled yet.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenConflict {
    /// The annotation or link.
    pub record: Id,
    /// Its name in the record's `conflicts`.
    pub field: String,
    /// What it is about.
    pub slot: Slot,
    /// What all sides come from; `None`: nothing, or nobody knows.
    pub base: Option<Side>,
    /// The values, the earliest first.
    pub sides: Vec<Side>,
    /// Which of them is in use.
    pub in_use: Option<usize>,
}

/// Answers of a reviewer that are dated in the future.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// Who gave them.
    pub reviewer: String,
    /// How many.
    pub answers: usize,
    /// The latest date.
    pub latest: Time,
}

impl std::fmt::Display for Ahead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ahead {
            reviewer,
            answers,
            latest,
        } = self;
        write!(
            f,
            "{answers} answer(s) of {reviewer} are dated ahead of this computer's clock, the latest \
             {latest}: a clock is wrong somewhere",
            latest = latest.as_str(),
        )
    }
}

/// The values of an entry of `conflicts`, in order; a side without one has `null`.
pub(super) fn values(entry: &Value) -> Vec<&Value> {
    let Some(entry) = entry.as_object() else {
        return Vec::new();
    };
    let more = entry.get("more").and_then(Value::as_array);
    let first = entry.get("ours").unwrap_or(&Value::Null);
    let last = entry.get("theirs").unwrap_or(&Value::Null);
    std::iter::once(first)
        .chain(more.into_iter().flatten())
        .chain(std::iter::once(last))
        .collect()
}

/// An entry of `conflicts` of values in order.
pub(super) fn entry(base: Value, mut values: Vec<Value>) -> Value {
    let last = values.pop().unwrap_or(Value::Null);
    let mut more = values.into_iter();
    let mut entry = Map::new();
    entry.insert("base".to_owned(), base);
    entry.insert("ours".to_owned(), more.next().unwrap_or(Value::Null));
    entry.insert("theirs".to_owned(), last);
    let more: Vec<Value> = more.collect();
    if !more.is_empty() {
        entry.insert("more".to_owned(), more.into());
    }
    Value::Object(entry)
}

/// SHA-256 of a value whatever the order of its keys: what decides between values that no date
/// tells apart, so that it does not matter who merges.
pub(super) fn digest(value: &Value) -> [u8; 32] {
    fn spell(value: &Value, out: &mut Sha256) {
        match value {
            Value::Object(map) => {
                let mut fields: Vec<(&String, &Value)> = map.iter().collect();
                fields.sort_by_key(|(name, _)| *name);
                out.update(b"{");
                for (name, value) in fields {
                    spell(&Value::from(name.as_str()), out);
                    spell(value, out);
                }
                out.update(b"}");
            }
            Value::Array(list) => {
                out.update(b"[");
                list.iter().for_each(|item| spell(item, out));
                out.update(b"]");
            }
            plain => {
                out.update(plain.to_string());
                out.update(b",");
            }
        }
    }
    let mut out = Sha256::new();
    spell(value, &mut out);
    out.finalize().into()
}

/// The name of an answer in `settles`: 16 hex digits of its digest.
pub(super) fn settled_name(answer: &Value) -> String {
    hex(&digest(answer))[..16].to_owned()
}

/// The fields of a chosen answer with the names of all those it was chosen from, itself as it was
/// among them.
fn settling(mut fields: Map<String, Value>, sides: &[Side]) -> Map<String, Value> {
    let before = fields.get(SETTLES).and_then(Value::as_array);
    let mut names = before.cloned().unwrap_or_default();
    for side in sides {
        let spelt = match side {
            Side::Review(review) => spelling::review(review),
            Side::Evidence(piece) => spelling::evidence(piece),
            Side::Value(_) => continue,
        };
        let name = Value::from(settled_name(&Value::Object(spelt)));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    fields.insert(SETTLES.to_owned(), names.into());
    fields
}

/// A value in use as an entry spells it.
enum InUse<'a> {
    Review(Option<&'a Review>),
    Evidence(Option<&'a Evidence>),
    Place(&'a super::Target),
    Value(Value),
}

impl InUse<'_> {
    fn is(&self, side: &Value) -> bool {
        match self {
            InUse::Review(Some(review)) => {
                spelling::read_review(side).is_some_and(|read| read == **review)
            }
            InUse::Evidence(Some(piece)) => {
                spelling::read_evidence(side).is_some_and(|read| read == **piece)
            }
            InUse::Review(None) | InUse::Evidence(None) => side.is_null(),
            // The place follows the text; the words are what was in question.
            InUse::Place(target) => {
                let words = |value: &Value| (value["exact"].clone(), value["gaps"].clone());
                let target = Value::Object(spelling::target(target));
                words(side) == words(&target)
            }
            InUse::Value(value) => side == value,
        }
    }

    /// Whether nothing is in use in a slot that sides have answers for.
    fn is_empty_slot(&self) -> bool {
        matches!(self, InUse::Review(None) | InUse::Evidence(None))
    }
}

/// Whether nobody settled what an entry tells of.
fn is_open(entry: &Value, in_use: &InUse<'_>) -> bool {
    let values = values(entry);
    // What is no entry of ours is a question as well: somebody has to look.
    values.is_empty() || in_use.is_empty_slot() || values.into_iter().any(|side| in_use.is(side))
}

fn side(slot: &Slot, value: &Value) -> Side {
    let read = match slot {
        Slot::Review(_) | Slot::Adjudication => {
            spelling::read_review(value).map(|review| Side::Review(Box::new(review)))
        }
        Slot::Evidence(_) => {
            spelling::read_evidence(value).map(|piece| Side::Evidence(Box::new(piece)))
        }
        Slot::Field(_) => None,
    };
    read.unwrap_or_else(|| Side::Value(value.clone()))
}

/// The open ones among a record's conflicts.
fn open<'a>(
    record: &'a Id,
    conflicts: &'a Map<String, Value>,
    in_use: impl Fn(&Slot) -> InUse<'a>,
) -> Vec<OpenConflict> {
    let entries = conflicts.iter().filter_map(|(field, entry)| {
        let slot = Slot::of(field);
        let now = in_use(&slot);
        if !is_open(entry, &now) {
            return None;
        }
        let values = values(entry);
        let base = entry.get("base").filter(|base| !base.is_null());
        Some(OpenConflict {
            record: record.clone(),
            field: field.clone(),
            base: base.map(|base| side(&slot, base)),
            in_use: values.iter().position(|value| now.is(value)),
            sides: values.into_iter().map(|value| side(&slot, value)).collect(),
            slot,
        })
    });
    entries.collect()
}

impl Annotation {
    /// What a merge left open and nobody settled.
    pub fn open_conflicts(&self) -> Vec<OpenConflict> {
        open(&self.id, &self.conflicts, |slot| self.in_use(slot))
    }

    /// Whether two answers of one reviewer, or two last words, stand against each other: then
    /// nobody knows which verdict was meant.
    pub fn is_contested(&self) -> bool {
        self.is_contested_where(|slot| matches!(slot, Slot::Review(_) | Slot::Adjudication))
    }

    /// Whether nobody can say which verdict holds: above a last word that stands, what one
    /// reviewer said twice does not matter.
    pub fn withholds_verdict(&self) -> bool {
        match self.adjudication {
            Some(_) => self.is_contested_by(None),
            None => self.is_contested(),
        }
    }

    /// Whether two answers of that reviewer stand against each other; `None`: two last words.
    pub fn is_contested_by(&self, reviewer: Option<&str>) -> bool {
        self.is_contested_where(|slot| match (slot, reviewer) {
            (Slot::Review(name), Some(reviewer)) => name == reviewer,
            (Slot::Adjudication, None) => true,
            _ => false,
        })
    }

    fn is_contested_where(&self, wanted: impl Fn(&Slot) -> bool) -> bool {
        self.conflicts.iter().any(|(field, entry)| {
            let slot = Slot::of(field);
            wanted(&slot) && is_open(entry, &self.in_use(&slot))
        })
    }

    fn in_use(&self, slot: &Slot) -> InUse<'_> {
        match slot {
            Slot::Review(reviewer) => InUse::Review(self.review_of(reviewer)),
            Slot::Adjudication => InUse::Review(self.adjudication.as_ref()),
            Slot::Evidence(id) => {
                let mut pieces = self.evidence.iter();
                InUse::Evidence(
                    pieces
                        .find(|(known, _)| known == id)
                        .map(|(_, piece)| piece),
                )
            }
            Slot::Field(name) if name == "kind" => InUse::Value(self.kind.as_str().into()),
            Slot::Field(name) if name == "target" => InUse::Place(&self.target),
            Slot::Field(name) => {
                let field = self.attributes.get(name).or_else(|| self.unknown.get(name));
                InUse::Value(field.cloned().unwrap_or(Value::Null))
            }
        }
    }
}

impl Link {
    /// What a merge left open and nobody settled.
    pub fn open_conflicts(&self) -> Vec<OpenConflict> {
        open(&self.id, &self.conflicts, |slot| self.in_use(slot))
    }

    /// Whether two answers of one reviewer stand against each other.
    pub fn is_contested(&self) -> bool {
        self.conflicts.iter().any(|(field, entry)| {
            let slot = Slot::of(field);
            matches!(slot, Slot::Review(_)) && is_open(entry, &self.in_use(&slot))
        })
    }

    fn in_use(&self, slot: &Slot) -> InUse<'_> {
        let value = |value: Option<&Value>| InUse::Value(value.cloned().unwrap_or(Value::Null));
        match slot {
            Slot::Review(reviewer) => InUse::Review(self.review_of(reviewer)),
            Slot::Field(name) => match name.as_str() {
                "type" => InUse::Value(self.link_type.as_str().into()),
                "from" => InUse::Value(self.from.as_str().into()),
                "to" => InUse::Value(self.to.as_str().into()),
                name => value(self.unknown.get(name)),
            },
            Slot::Adjudication => value(self.unknown.get(ADJUDICATION)),
            Slot::Evidence(_) => value(None),
        }
    }
}

impl Document {
    /// What merges left open about an annotation or link and nobody settled.
    pub fn open_conflicts(&self, record: &Id) -> Vec<OpenConflict> {
        if let Some(annotation) = self.annotation(record) {
            annotation.open_conflicts()
        } else {
            self.link(record)
                .map(Link::open_conflicts)
                .unwrap_or_default()
        }
    }

    /// The edit that settles a conflict with one of its sides: that value is put in use, and the
    /// entry goes. `None`: the conflict is not there, or that side cannot be put in use by an
    /// edit (another kind or place; the one in use always can).
    pub fn settle(&self, conflict: &OpenConflict, side: usize) -> Option<Edit> {
        let OpenConflict { record, field, .. } = conflict;
        let open = self.open_conflicts(record);
        let conflict = open.iter().find(|known| known.field == *field)?;
        let mut edits = Vec::new();
        let chosen = conflict.sides.get(side)?;
        // Answers say what they were chosen over; other values have no room for it.
        if conflict.in_use != Some(side) || !matches!(chosen, Side::Value(_)) {
            edits.push(self.put_in_use(conflict, chosen)?);
        }
        edits.push(Edit::Conflict {
            record: record.clone(),
            field: field.clone(),
            entry: None,
        });
        Some(Edit::all(edits))
    }

    /// Answers dated after a moment: who gave how many, and the latest date.
    pub fn answers_after(&self, moment: &Time) -> Vec<Ahead> {
        let parts = self.parts();
        let of_annotations = parts.annotations.iter().flat_map(|a| &a.reviews);
        let of_links = parts.links.iter().flat_map(|link| &link.reviews);
        let mut ahead: Vec<Ahead> = Vec::new();
        for (reviewer, review) in of_annotations.chain(of_links) {
            if review.at <= *moment {
                continue;
            }
            match ahead.iter_mut().find(|known| known.reviewer == *reviewer) {
                Some(known) => {
                    known.answers += 1;
                    known.latest = review.at.clone().max(known.latest.clone());
                }
                None => ahead.push(Ahead {
                    reviewer: reviewer.clone(),
                    answers: 1,
                    latest: review.at.clone(),
                }),
            }
        }
        ahead
    }

    fn put_in_use(&self, conflict: &OpenConflict, side: &Side) -> Option<Edit> {
        let record = conflict.record.clone();
        let chosen = |review: &Review| Review {
            unknown: settling(review.unknown.clone(), &conflict.sides),
            ..review.clone()
        };
        Some(match (&conflict.slot, side) {
            (Slot::Review(reviewer), Side::Review(review)) => {
                let (reviewer, review) = (reviewer.clone(), Some(chosen(review)));
                match self.link(&record) {
                    Some(_) => Edit::LinkReview {
                        link: record,
                        reviewer,
                        review,
                    },
                    None => Edit::Review {
                        annotation: record,
                        reviewer,
                        review,
                    },
                }
            }
            (Slot::Adjudication, Side::Review(review)) => Edit::Adjudication {
                annotation: record,
                review: Some(chosen(review)),
            },
            (Slot::Evidence(id), Side::Evidence(piece)) => Edit::Evidence {
                annotation: record,
                id: id.clone(),
                evidence: Some(Evidence {
                    unknown: settling(piece.unknown.clone(), &conflict.sides),
                    ..(**piece).clone()
                }),
            },
            (Slot::Field(name), Side::Value(value)) => {
                let annotation = self.annotation(&record)?;
                // The kind and the place are no attributes, and fields we do not know are not
                // ours to change.
                let is_ours = !matches!(name.as_str(), "kind" | "target")
                    && !annotation.unknown.contains_key(name);
                Edit::Attribute {
                    annotation: is_ours.then_some(record)?,
                    name: name.clone(),
                    value: Some(value.clone()).filter(|value| !value.is_null()),
                }
            }
            _ => return None,
        })
    }
}
