//! The three-way rules every part of a document is merged by: values, ordered maps, fields.
//!
//! A value changed on one side is that side's; what one side took away and the other
//! changed stays, because a merge must not lose work. Knows nothing of annotations.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value};

use super::super::conflict::{digest, entry};

/// The same thing in three versions.
#[derive(Clone, Copy, Debug)]
pub(super) struct Three<T> {
    /// What both sides come from.
    pub(super) base: T,
    /// Our side.
    pub(super) ours: T,
    /// Their side.
    pub(super) theirs: T,
}

impl<T> Three<T> {
    /// A part of each version.
    pub(super) fn each<U>(self, part: impl Fn(T) -> U) -> Three<U> {
        Three {
            base: part(self.base),
            ours: part(self.ours),
            theirs: part(self.theirs),
        }
    }
}

/// What comes of three versions of a value.
pub(super) enum Pick<T> {
    /// It was taken away, or never there.
    Gone,
    /// This one.
    One(T),
    /// One side took away what the other changed to this; it is kept.
    Kept(T),
    /// Both sides changed it to these: ours, theirs.
    Both(T, T),
}

/// Decides between three versions, by `same`.
pub(super) fn pick<T: Copy>(three: Three<Option<T>>, same: impl Fn(T, T) -> bool) -> Pick<T> {
    let Three { base, ours, theirs } = three;
    let equal = |a: Option<T>, b: Option<T>| match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    if equal(ours, theirs) || equal(base, theirs) {
        ours.map_or(Pick::Gone, Pick::One)
    } else if equal(base, ours) {
        theirs.map_or(Pick::Gone, Pick::One)
    } else {
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => Pick::Both(ours, theirs),
            (kept, other) => kept.or(other).map_or(Pick::Gone, Pick::Kept),
        }
    }
}

/// Merges ordered maps key by key; what both sides changed goes to `both` with what it was.
pub(super) fn keyed<K, V>(
    maps: Three<&[(K, V)]>,
    mut both: impl FnMut(&K, Option<&V>, &V, &V) -> V,
) -> Vec<(K, V)>
where
    K: Clone + Eq + Hash + Ord,
    V: Clone + PartialEq,
{
    let [base, ours, theirs] = [maps.base, maps.ours, maps.theirs].map(|map| {
        map.iter()
            .map(|(key, value)| (key, value))
            .collect::<FxHashMap<&K, &V>>()
    });
    let mut merged = Vec::with_capacity(maps.ours.len().max(maps.theirs.len()));
    for key in order(maps.each(|map| map.iter().map(|(key, _)| key).collect())) {
        let three = Three {
            base: base.get(key).copied(),
            ours: ours.get(key).copied(),
            theirs: theirs.get(key).copied(),
        };
        let value = match pick(three, |a, b| a == b) {
            Pick::Gone => continue,
            Pick::One(value) | Pick::Kept(value) => value.clone(),
            Pick::Both(ours, theirs) => both(key, three.base, ours, theirs),
        };
        merged.push((key.clone(), value));
    }
    merged
}

/// The same, and an entry that one side took away stays: records of the other lean on texts
/// and runs, and could not be read without them.
pub(super) fn all_keyed<K, V>(
    maps: Three<&[(K, V)]>,
    both: impl FnMut(&K, Option<&V>, &V, &V) -> V,
) -> Vec<(K, V)>
where
    K: Clone + Eq + Hash + Ord,
    V: Clone + PartialEq,
{
    let mut merged = keyed(maps, both);
    for (key, value) in maps.ours.iter().chain(maps.theirs) {
        if !merged.iter().any(|(known, _)| known == key) {
            merged.push((key.clone(), value.clone()));
        }
    }
    merged
}

/// The order of a merged map: known keys as read, new ones after them, the same whichever
/// side is called ours (as long as not both put the known ones in another order).
pub(super) fn order<K: Eq + Hash + Ord>(keys: Three<Vec<&K>>) -> Vec<&K> {
    // Where one side has the keys as they were, the other's order is the newer one.
    if keys.theirs == keys.base {
        return union([keys.ours, keys.theirs]);
    }
    if keys.ours == keys.base {
        return union([keys.theirs, keys.ours]);
    }
    let mut at: FxHashMap<&K, usize> = FxHashMap::default();
    for (position, key) in keys.base.iter().enumerate() {
        at.insert(key, position);
    }
    let (known_ours, new_ours): (Vec<&K>, Vec<&K>) =
        keys.ours.into_iter().partition(|key| at.contains_key(key));
    let (known_theirs, new_theirs): (Vec<&K>, Vec<&K>) = keys
        .theirs
        .into_iter()
        .partition(|key| at.contains_key(key));
    let rises = |known: &[&K]| known.is_sorted_by_key(|key| at[key]);
    let spine = match (rises(&known_ours), rises(&known_theirs)) {
        (true, true) => Vec::new(),
        (true, false) => known_theirs,
        (false, _) => known_ours,
    };
    let (first, second) = if new_ours <= new_theirs {
        (new_ours, new_theirs)
    } else {
        (new_theirs, new_ours)
    };
    union([spine, keys.base, first, second])
}

/// Every key of several lists where it first comes.
fn union<K: Eq + Hash, const N: usize>(lists: [Vec<&K>; N]) -> Vec<&K> {
    let mut seen = FxHashSet::default();
    let keys = lists.into_iter().flatten();
    keys.filter(|key| seen.insert(*key)).collect()
}

/// A field both sides changed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clash {
    /// Its name.
    pub(super) field: String,
    /// Its three values; `null` where it is not there.
    pub(super) values: Value,
}

impl Clash {
    /// A clash of three values. The sides stand in an order of their own, so that it does not
    /// matter who merges; the last is the one to be put in use.
    pub(super) fn new(field: &str, values: Three<Option<Value>>) -> Clash {
        let mut sides = [values.ours, values.theirs].map(Option::unwrap_or_default);
        sides.sort_by_cached_key(|side| (!side.is_null(), digest(side)));
        Clash {
            field: field.to_owned(),
            values: entry(values.base.unwrap_or_default(), sides.into()),
        }
    }
}

/// Merges JSON maps field by field. Of a field both sides changed the last value of the clash is
/// put in use, which where one side took it away is what is left, and it is told.
pub(super) fn fields(
    maps: Three<Option<&Map<String, Value>>>,
    clashes: &mut Vec<Clash>,
) -> Map<String, Value> {
    let empty = Map::new();
    let maps = maps.each(|map| map.unwrap_or(&empty));
    let mut merged = Map::new();
    for name in order(maps.each(|map| map.keys().collect())) {
        let three = maps.each(|map| map.get(name));
        let value = match pick(three, |a, b| a == b) {
            Pick::Gone => continue,
            Pick::One(value) => value.clone(),
            Pick::Kept(_) | Pick::Both(..) => {
                let clash = Clash::new(name, three.each(|value| value.cloned()));
                let value = clash.values["theirs"].clone();
                clashes.push(clash);
                value
            }
        };
        merged.insert(name.clone(), value);
    }
    merged
}
