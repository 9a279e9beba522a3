//! Whether a source that was found is the one a claim is taken from.
//!
//! A mention is right where it stands at the marked place or says the same; a pronoun, a surname
//! or another name where it stands for the same person or body.

use rustc_hash::FxHashSet;

use super::gold::{DeskClaim, Letters};
use crate::text::Span;

/// They name nobody.
const PRONOUNS: &[&str] = &[
    "he", "she", "they", "it", "we", "i", "you", "who", "which", "his", "her", "their", "its",
    "him", "them", "this", "that",
];
/// They stand in many names and tell none.
const TITLES: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "and",
    "for",
    "in",
    "on",
    "at",
    "to",
    "by",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "prime",
    "minister",
    "president",
    "senator",
];

/// The words of a name that tell it.
fn telling(name: &str) -> FxHashSet<String> {
    let name = name.to_lowercase().replace("’s", "").replace("'s", "");
    name.split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty() && !TITLES.contains(word))
        .map(str::to_owned)
        .collect()
}

fn share_one(a: &FxHashSet<String>, b: &FxHashSet<String>) -> bool {
    a.iter().any(|word| b.contains(word))
}

/// Whether `mark`, a mention that was found with the name of whom it stands for, is a right
/// source of `claim`.
pub(super) fn is_right(
    text: &str,
    letters: &Letters,
    claim: &DeskClaim,
    mark: &[Span],
    name: Option<&str>,
) -> bool {
    let said: Vec<&str> = mark.iter().map(|span| span.of(text)).collect();
    let said = said.join(" ").to_lowercase();
    let said = said.trim_matches([' ', ',']);
    let name = name.map(str::to_lowercase);
    let named = name.as_deref().map(telling).unwrap_or_default();
    let words = telling(said);
    let is_pronoun = |word: &str| PRONOUNS.contains(&word);
    claim.sources.iter().any(|source| {
        let place = [source.span];
        let shared = letters.shared(mark, &place);
        let smaller = letters.size(mark).min(letters.size(&place));
        let same = said == source.text.to_lowercase() || shared > 0 && 2 * shared >= smaller;
        let entity = telling(&source.entity);
        let stands_for = share_one(&named, &entity)
            || words.iter().any(|word| !is_pronoun(word)) && share_one(&words, &entity);
        if !is_pronoun(said) {
            return same || stands_for;
        }
        let names_nobody = name
            .as_deref()
            .is_none_or(|name| name.is_empty() || is_pronoun(name) || name == said);
        stands_for || same && names_nobody
    })
}
