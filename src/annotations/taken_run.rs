//! A whole run put into a document or taken out of it again, as one change.
//!
//! What a run brought is its own entry, its suggestions for records that were there, and records
//! that nobody else knows. Taken out, exactly that goes; a record that anybody answered, or that
//! another run suggests as well, stays without the suggestion. Linear in the document.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::{Anchor, Annotation, Id, Link, Parts, Run, Suggestion};

/// What a run brought. Every list is in the order of ids, so that two are equal when they hold the
/// same.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenRun {
    /// The run's own entry.
    pub run: Run,
    /// Records that it alone brought.
    pub annotations: Vec<Annotation>,
    /// Links that it alone brought.
    pub links: Vec<Link>,
    /// What it suggests of records that others brought.
    pub suggestions: Vec<(Id, Suggestion)>,
    /// The same of links, as files hold it.
    pub link_suggestions: Vec<(Id, Value)>,
}

impl TakenRun {
    fn new(run: Run) -> TakenRun {
        TakenRun {
            run,
            annotations: Vec::new(),
            links: Vec::new(),
            suggestions: Vec::new(),
            link_suggestions: Vec::new(),
        }
    }

    fn in_order(mut self) -> TakenRun {
        self.annotations.sort_by(|a, b| a.id.cmp(&b.id));
        self.links.sort_by(|a, b| a.id.cmp(&b.id));
        self.suggestions.sort_by(|a, b| a.0.cmp(&b.0));
        self.link_suggestions.sort_by(|a, b| a.0.cmp(&b.0));
        self
    }

    pub(super) fn forget_anchors(&mut self) {
        for record in &mut self.annotations {
            record.target.anchor = Anchor::Ok;
        }
    }

    /// Every record it has to do with.
    pub fn records(&self) -> impl Iterator<Item = &Id> {
        let own = self.annotations.iter().map(|record| &record.id);
        own.chain(self.suggestions.iter().map(|(id, _)| id))
    }
}

/// Puts a run among what is there.
pub(super) fn put_in(parts: &mut Parts, id: &Id, taken: TakenRun) {
    parts.runs.push((id.clone(), taken.run));
    let places = parts.annotations.iter().enumerate();
    let places: FxHashMap<Id, usize> = places.map(|(at, a)| (a.id.clone(), at)).collect();
    let mut suggest = |record: &Id, entry: (Id, Suggestion)| match places.get(record) {
        Some(&at) => {
            let suggestions = &mut parts.annotations[at].suggestions;
            if !suggestions.iter().any(|(run, _)| run == id) {
                suggestions.push(entry);
            }
            true
        }
        None => false,
    };
    for (record, suggestion) in taken.suggestions {
        suggest(&record, (id.clone(), suggestion));
    }
    let mut new = Vec::new();
    for record in taken.annotations {
        // Somebody may have brought it in the meantime: then it is a suggestion more.
        let own = record.suggestions.iter().find(|(run, _)| run == id);
        let is_known = places.contains_key(&record.id);
        match own.filter(|_| is_known).cloned() {
            Some(entry) => drop(suggest(&record.id, entry)),
            None if is_known => {}
            None => new.push(record),
        }
    }
    parts.annotations.extend(new);
    let places = parts.links.iter().enumerate();
    let places: FxHashMap<Id, usize> = places.map(|(at, l)| (l.id.clone(), at)).collect();
    for (link, suggestion) in taken.link_suggestions {
        if let Some(&at) = places.get(&link) {
            parts.links[at].suggestions.push((id.clone(), suggestion));
        }
    }
    let new = taken.links.into_iter();
    let new = new.filter(|link| !places.contains_key(&link.id));
    parts.links.extend(new);
}

/// Takes a run out; `None` if it is not there.
pub(super) fn take_out(parts: &mut Parts, id: &Id) -> Option<TakenRun> {
    let at = parts.runs.iter().position(|(run, _)| run == id)?;
    let mut taken = TakenRun::new(parts.runs.remove(at).1);
    let mut needed: FxHashSet<Id> = FxHashSet::default();
    let links = std::mem::take(&mut parts.links);
    for mut link in links {
        let own = link.suggestions.iter().position(|(run, _)| run == id);
        match own {
            Some(_) if link.suggestions.len() == 1 && link.reviews.is_empty() => {
                taken.links.push(link);
                continue;
            }
            Some(at) => {
                let (_, suggestion) = link.suggestions.remove(at);
                taken.link_suggestions.push((link.id.clone(), suggestion));
            }
            None => {}
        }
        needed.extend([link.from.clone(), link.to.clone()]);
        parts.links.push(link);
    }
    let annotations = std::mem::take(&mut parts.annotations);
    for mut record in annotations {
        let own = record.suggestions.iter().position(|(run, _)| run == id);
        match own {
            Some(_) if is_its_own(&record) && !needed.contains(&record.id) => {
                taken.annotations.push(record);
                continue;
            }
            Some(at) => {
                let (_, suggestion) = record.suggestions.remove(at);
                taken.suggestions.push((record.id.clone(), suggestion));
            }
            None => {}
        }
        parts.annotations.push(record);
    }
    Some(taken.in_order())
}

/// Whether a record is one run's alone: nobody else suggests it, and nobody said anything of it.
fn is_its_own(record: &Annotation) -> bool {
    record.suggestions.len() == 1
        && record.reviews.is_empty()
        && record.adjudication.is_none()
        && record.evidence.is_empty()
        && record.conflicts.is_empty()
}
