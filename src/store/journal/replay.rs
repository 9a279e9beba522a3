//! Puts the entries of a journal into a document.
//!
//! An edit sets a slot, so replaying what is already there changes nothing; an answer that was
//! given without knowing of the one in the document is kept beside it. A record that is missing
//! is put back from what the entry carries.

use super::line::Entry;
use super::slots::{Course, Slot, courses};
use crate::annotations::{Anchor, Annotation, Document, Edit, Id, Link, Refused, Target, Time};
use crate::text::Article;
use rustc_hash::{FxHashMap, FxHashSet};

/// What came of replaying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::store) struct Replayed {
    /// Entries that were put in, whether or not they changed anything.
    pub(in crate::store) entries: usize,
    /// Edits about records that are nowhere to be found.
    pub(in crate::store) homeless: usize,
    /// Whether an entry counts in another text than the article's.
    pub(in crate::store) other_text: bool,
    /// Answers that stand beside another one of the same reviewer now.
    pub(in crate::store) contested: usize,
}

/// Replays `entries` into `document`, in order.
pub(in crate::store) fn replay(
    document: &mut Document,
    article: &Article,
    entries: &[Entry],
) -> Replayed {
    let mut replayed = Replayed::default();
    if entries.is_empty() {
        return replayed;
    }
    let current = super::line::text_of(article).1.sha256;
    know_texts(document, entries);
    let courses = courses(document, entries);
    for entry in entries {
        replayed.other_text |= entry.text.1.sha256 != current;
        put_back(document, article, entry);
        let before = replayed.homeless;
        apply(
            document,
            article,
            entry,
            &entry.edit,
            &courses,
            &mut replayed,
        );
        replayed.entries += usize::from(replayed.homeless == before);
    }
    let mut beside: Vec<(&Slot, &Course)> = courses.iter().collect();
    beside.sort_unstable_by_key(|(slot, _)| *slot);
    for ((record, reviewer), course) in beside {
        if let Course::Beside(review) = course
            && let Some(edit) = document.contest(record, reviewer, review)
        {
            replayed.contested += usize::from(document.apply(edit).is_ok());
        }
    }
    replayed
}

/// Answers name text versions: those of the entries are taken up.
fn know_texts(document: &mut Document, entries: &[Entry]) {
    for entry in entries {
        let (id, version) = entry.text.clone();
        document.know_text(id, version);
    }
}

/// Puts records back that the entry is about and the document lacks.
fn put_back(document: &mut Document, article: &Article, entry: &Entry) {
    for record in &entry.annotations {
        if document.annotation(&record.id).is_none() {
            let mut record = record.clone();
            settle(&mut record.target, article);
            insert(document, record);
        }
    }
    for link in &entry.links {
        let ends = [&link.from, &link.to];
        if document.link(&link.id).is_none()
            && ends.iter().all(|end| document.annotation(end).is_some())
        {
            // The id is the record's own, so nothing can refuse it.
            let _ = document.apply(Edit::Link {
                id: link.id.clone(),
                link: Some(Box::new(link.clone())),
            });
        }
    }
}

fn insert(document: &mut Document, record: Annotation) {
    let id = record.id.clone();
    // The id is the record's own, so nothing can refuse it.
    let _ = document.apply(Edit::Annotation {
        id,
        annotation: Some(Box::new(record)),
    });
}

/// Sets the mark of a target whose words stand where it says.
fn settle(target: &mut Target, article: &Article) {
    if target.anchor != Anchor::Lost {
        target.mark = target.quote.mark_in(article);
    }
}

fn apply(
    document: &mut Document,
    article: &Article,
    entry: &Entry,
    edit: &Edit,
    courses: &FxHashMap<Slot, Course>,
    replayed: &mut Replayed,
) {
    if let Edit::All(edits) = edit {
        for edit in edits {
            apply(document, article, entry, edit, courses, replayed);
        }
        return;
    }
    if outdated(document, edit, &entry.at) || !follows(edit, courses) {
        return;
    }
    // The head of a sidecar cannot hold a pass of a text that it does not know.
    if let Edit::Pass {
        pass: Some(pass), ..
    } = edit
        && !document
            .parts()
            .texts
            .iter()
            .any(|(id, _)| *id == pass.text)
    {
        replayed.homeless += 1;
        return;
    }
    let mut edit = edit.clone();
    match &mut edit {
        Edit::Target { target, .. } => settle(target, article),
        Edit::Annotation {
            annotation: Some(record),
            ..
        } => settle(&mut record.target, article),
        Edit::Run {
            taken: Some(taken), ..
        } => {
            let records = taken.annotations.iter_mut();
            records.for_each(|record| settle(&mut record.target, article));
        }
        _ => {}
    }
    match document.apply(edit.clone()) {
        Ok(_) => {}
        Err(Refused::NoAnnotation(id)) => match rebuilt(&id, &edit, article) {
            Some(record) => insert(document, record),
            None => replayed.homeless += usize::from(sets_something(&edit)),
        },
        Err(_) => replayed.homeless += usize::from(sets_something(&edit)),
    }
}

/// Whether the document already holds something later than the edit.
fn outdated(document: &Document, edit: &Edit, at: &Time) -> bool {
    match edit {
        Edit::Pass { reviewer, .. } => document.pass_of(reviewer).is_some_and(|p| p.at > *at),
        // A record that is there was saved, and may have been answered by others since.
        Edit::Annotation {
            id,
            annotation: Some(_),
        } => document.annotation(id).is_some(),
        Edit::Link { id, link: Some(_) } => document.link(id).is_some(),
        _ => false,
    }
}

/// Whether an answer is to be put in where it comes; true of what is no answer.
fn follows(edit: &Edit, courses: &FxHashMap<Slot, Course>) -> bool {
    let (Edit::Review {
        annotation: record,
        reviewer,
        ..
    }
    | Edit::LinkReview {
        link: record,
        reviewer,
        ..
    }) = edit
    else {
        return true;
    };
    let slot = (record.clone(), reviewer.clone());
    courses
        .get(&slot)
        .is_none_or(|course| *course == Course::Follow)
}

fn sets_something(edit: &Edit) -> bool {
    !matches!(
        edit,
        Edit::Review { review: None, .. }
            | Edit::LinkReview { review: None, .. }
            | Edit::Attribute { value: None, .. }
            | Edit::Field { value: None, .. }
            | Edit::Evidence { evidence: None, .. }
            | Edit::Run { taken: None, .. }
    )
}

/// The record an answer tells of by itself: it carries kind and words.
fn rebuilt(id: &Id, edit: &Edit, article: &Article) -> Option<Annotation> {
    let Edit::Review {
        reviewer,
        review: Some(review),
        ..
    } = edit
    else {
        return None;
    };
    let (Some(kind), Some(quote)) = (&review.kind, &review.quote) else {
        return None;
    };
    let mut target = Target {
        quote: quote.clone(),
        mark: None,
        prefix: String::new(),
        suffix: String::new(),
        anchor: Anchor::Ok,
    };
    if let Some(mark) = quote.mark_in(article) {
        target = Target::at(article, mark);
    }
    Some(Annotation {
        reviews: vec![(reviewer.clone(), review.clone())],
        ..Annotation::new(id.clone(), kind.clone(), target)
    })
}

/// The annotations and links an edit is about, without suggestions and reviews: what a
/// journal needs to stand alone.
pub(in crate::store) fn bare_records(
    document: &Document,
    edit: &Edit,
    skip: impl Fn(&Id) -> bool,
) -> (Vec<Annotation>, Vec<Link>) {
    let mut annotations: Vec<Annotation> = Vec::new();
    let mut links: Vec<Link> = Vec::new();
    let mut whole = FxHashSet::default();
    collect_whole(edit, &mut whole);
    let skip = |id: &Id| skip(id) || whole.contains(id);
    let mut added = FxHashSet::default();
    let mut add = |id: &Id| {
        if let Some(record) = document.annotation(id)
            && !skip(id)
            && added.insert(id.clone())
        {
            annotations.push(bare(record));
        }
    };
    let mut told = FxHashSet::default();
    let mut link_ids = Vec::new();
    collect_links(edit, &mut link_ids);
    for id in edit.annotations() {
        add(id);
    }
    for id in link_ids {
        if let Some(link) = document.link(id) {
            add(&link.from);
            add(&link.to);
            if !skip(id) && told.insert(id.clone()) {
                links.push(Link {
                    suggestions: Vec::new(),
                    reviews: Vec::new(),
                    ..link.clone()
                });
            }
        }
    }
    (annotations, links)
}

fn bare(record: &Annotation) -> Annotation {
    let target = record.target.clone();
    Annotation {
        attributes: record.attributes.clone(),
        ..Annotation::new(record.id.clone(), record.kind.clone(), target)
    }
}

/// Records the edit itself carries whole.
fn collect_whole<'a>(edit: &'a Edit, ids: &mut FxHashSet<&'a Id>) {
    match edit {
        Edit::Annotation { id, .. } | Edit::Link { id, .. } => drop(ids.insert(id)),
        Edit::Run {
            taken: Some(taken), ..
        } => ids.extend(taken.annotations.iter().map(|record| &record.id)),
        Edit::All(edits) => edits.iter().for_each(|edit| collect_whole(edit, ids)),
        _ => {}
    }
}

fn collect_links<'a>(edit: &'a Edit, ids: &mut Vec<&'a Id>) {
    match edit {
        Edit::LinkReview { link: id, .. } | Edit::Link { id, .. } => ids.push(id),
        Edit::All(edits) => edits.iter().for_each(|edit| collect_links(edit, ids)),
        _ => {}
    }
}
