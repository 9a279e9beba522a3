//! Entries that stand in a file twice are taken once.
//!
//! One article under one address is one, whatever its address tells of where the reader came from.
//! But some feeds give all their entries the address of their home page: two entries that differ in
//! title and in text are two.

use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};

use super::{Entries, Entry, counted, same_address_key};

/// The entries each once, the first of those that are the same; of their texts the one that is
/// whole.
pub(super) fn without(mut found: Entries) -> Entries {
    let mut by_address: FxHashMap<String, usize> = FxHashMap::default();
    let mut by_text: FxHashMap<(Option<String>, Digest), usize> = FxHashMap::default();
    let mut kept: Vec<(Entry, Option<Digest>)> = Vec::with_capacity(found.list.len());
    let mut twice = 0;
    for entry in found.list {
        let address = entry.address.as_deref().map(same_address_key);
        let digest = digest(&entry);
        let text = digest.map(|digest| (entry.title.clone(), digest));
        let same = address.as_ref().and_then(|key| by_address.get(key));
        let same = same.filter(|at| {
            let (first, of_first) = &kept[**at];
            !(titles_differ(first, &entry) && texts_differ(*of_first, digest))
        });
        let same = same.or_else(|| text.as_ref().and_then(|text| by_text.get(text)));
        if let Some(at) = same {
            twice += 1;
            let first = &mut kept[*at];
            if first.0.whole.is_none() && entry.whole.is_some() {
                *first = (entry, digest);
            }
            continue;
        }
        if let Some(key) = address {
            by_address.entry(key).or_insert(kept.len());
        }
        if let Some(text) = text {
            by_text.entry(text).or_insert(kept.len());
        }
        kept.push((entry, digest));
    }
    found.list = kept.into_iter().map(|(entry, _)| entry).collect();
    if twice > 0 {
        let told = counted(twice, "entry stands", "entries stand");
        found.notices.push(format!("{told} twice"));
    }
    found
}

type Digest = [u8; 32];

/// The digest of an entry's text; `None` where there is no text to tell entries by.
fn digest(entry: &Entry) -> Option<Digest> {
    let summary = entry.summary.as_deref().map(str::as_bytes);
    let whole = entry.whole.as_ref().map(|file| body(&file.bytes));
    whole.or(summary).map(|text| Sha256::digest(text).into())
}

/// What stands in a page apart from its head, which names the address.
fn body(bytes: &[u8]) -> &[u8] {
    const MARK: &[u8] = b"</head>";
    let at = bytes.windows(MARK.len()).position(|window| window == MARK);
    at.map_or(bytes, |at| &bytes[at..])
}

fn titles_differ(one: &Entry, other: &Entry) -> bool {
    one.title.is_some() && other.title.is_some() && one.title != other.title
}

fn texts_differ(one: Option<Digest>, other: Option<Digest>) -> bool {
    one.is_some() && other.is_some() && one != other
}
