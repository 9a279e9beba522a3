//! Which entries of which journals count, and in what order.
//!
//! A journal that moves takes along what is not saved, so that an entry may stand in two of
//! them. One that could not be emptied tells itself up to where it was saved.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::line::Entry;
use super::{SavedAs, edit};
use crate::annotations::hex;

/// The entries of two journals of one article, each once, by their time.
pub(in crate::store) fn joined(one: Vec<Entry>, other: Vec<Entry>) -> Vec<Entry> {
    if one.is_empty() || other.is_empty() {
        return if one.is_empty() { other } else { one };
    }
    let said = |entry: &Entry| {
        let edit = edit::to_json(&entry.edit).to_string();
        (entry.at.clone(), entry.reviewer.clone(), edit)
    };
    // Equal entries are taken off one by one: the same may well have been decided twice.
    let mut twins: FxHashMap<_, VecDeque<usize>> = FxHashMap::default();
    for (at, entry) in other.iter().enumerate() {
        twins.entry(said(entry)).or_default().push_back(at);
    }
    let mut is_twin = vec![false; other.len()];
    for entry in &one {
        if let Some(at) = twins.get_mut(&said(entry)).and_then(VecDeque::pop_front) {
            is_twin[at] = true;
        }
    }
    let rest = other.into_iter().zip(is_twin);
    let mut all = one;
    all.extend(rest.filter(|(_, is_twin)| !is_twin).map(|(entry, _)| entry));
    all.sort_by(|a, b| a.at.cmp(&b.at));
    all
}

/// The entries of a journal that are not in the sidecar on disk; `None`: there is none. What was
/// saved counts again only where the disk lost that save: there stands what stood there before
/// it, or nothing.
pub(in crate::store) fn unsaved(entries: &[Entry], sidecar: Option<&[u8]>) -> Vec<Entry> {
    let saves: Vec<(usize, &SavedAs)> = entries
        .iter()
        .enumerate()
        .filter_map(|(at, entry)| Some((at, entry.saved.as_ref()?)))
        .collect();
    if saves.is_empty() {
        return entries.to_vec();
    }
    let on_disk = digest(sidecar);
    let is_gone = |saved: &SavedAs| sidecar.is_none() || saved.before == on_disk;
    let from = match saves.iter().rposition(|(_, saved)| saved.now == on_disk) {
        Some(save) => saves[save].0 + 1,
        None => match saves.last() {
            Some((at, _)) if !saves.iter().any(|(_, saved)| is_gone(saved)) => at + 1,
            _ => 0,
        },
    };
    let rest = entries[from..].iter().filter(|entry| entry.saved.is_none());
    rest.cloned().collect()
}

/// How a [`SavedAs`] tells the bytes of a sidecar.
pub(in crate::store) fn digest(sidecar: Option<&[u8]>) -> String {
    sidecar.map_or_else(String::new, |bytes| hex(&Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotations::{Edit, Time};
    use crate::store::journal::text_of;
    use crate::text::{Article, Media};

    fn entry(minute: u32, name: &str) -> Entry {
        Entry {
            seq: 1,
            at: Time::new(format!("2026-01-01T00:{minute:02}:00Z")),
            reviewer: "ana".to_owned(),
            text: text_of(&Article::new("a.txt", "Words.\n", Media::Plain)),
            annotations: Vec::new(),
            links: Vec::new(),
            edit: Edit::Article {
                name: name.to_owned(),
                value: None,
            },
            was: Vec::new(),
            saved: None,
        }
    }

    fn saved(now: &str, before: &str) -> Entry {
        let of = |bytes: &str| digest((!bytes.is_empty()).then_some(bytes.as_bytes()));
        let (now, before) = (of(now), of(before));
        Entry {
            saved: Some(SavedAs { now, before }),
            edit: Edit::All(Vec::new()),
            ..entry(0, "")
        }
    }

    fn names(entries: &[Entry]) -> String {
        let name = |entry: &Entry| match &entry.edit {
            Edit::Article { name, .. } => name.clone(),
            _ => "?".to_owned(),
        };
        entries.iter().map(name).collect()
    }

    #[test]
    fn what_stands_in_two_journals_counts_once_and_in_order() {
        let list = |names: &str| names.chars().map(|n| entry(1, &n.to_string())).collect();
        for (one, other, both) in [
            ("ab", "", "ab"),
            ("", "ab", "ab"),
            ("ab", "abc", "abc"),
            // The same was decided, taken back, and decided again.
            ("ab", "aba", "aba"),
            ("ababc", "ab", "ababc"),
            ("b", "abc", "bac"),
        ] {
            assert_eq!(
                names(&joined(list(one), list(other))),
                both,
                "{one} {other}"
            );
        }
        let early = joined(vec![entry(2, "b")], vec![entry(1, "a"), entry(3, "c")]);
        assert_eq!(names(&early), "abc");
    }

    #[test]
    fn what_was_saved_counts_again_only_where_the_save_is_gone() {
        let kept = [
            entry(1, "a"),
            saved("one", "old"),
            entry(2, "b"),
            saved("two", "one"),
            entry(3, "c"),
        ];
        for (on_disk, counts) in [
            (Some("two"), "c"),
            (Some("one"), "bc"),
            (Some("old"), "abc"),
            // Somebody saved after it, and had read it.
            (Some("later"), "c"),
            (None, "abc"),
        ] {
            assert_eq!(
                names(&unsaved(&kept, on_disk.map(str::as_bytes))),
                counts,
                "{on_disk:?}"
            );
        }
        assert_eq!(names(&unsaved(&[entry(1, "a")], Some(b"any"))), "a");
        let first = [entry(1, "a"), saved("one", ""), entry(2, "b")];
        assert_eq!(names(&unsaved(&first, None)), "ab");
        assert_eq!(names(&unsaved(&first, Some(b"one"))), "b");
    }
}
