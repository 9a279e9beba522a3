//! What stood around words that were judged in an earlier version of the article.
//!
//! Worked out once, when an article is opened, from the texts kept in the state folder: the
//! screen is handed a line for each answer that is a question now, and never a whole text.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::annotations::{Document, Id, Quote};
use crate::store;
use crate::text::Offsets;
use crate::tui::event::Contexts;

/// Code points told on either side.
const AROUND: usize = 80;
/// Earlier versions looked into at most; the rest shows the words alone.
const VERSIONS: usize = 8;

/// The contexts of all answers that were given on other words, as far as their texts were kept.
pub(super) fn of(document: &Document, state_dir: Option<&Path>) -> Contexts {
    let mut contexts = Contexts::default();
    let Some(state_dir) = state_dir else {
        return contexts;
    };
    let mut versions: FxHashMap<&Id, Option<(String, Offsets)>> = FxHashMap::default();
    for (record, reviewer, review) in document.stale_reviews() {
        let Some(quote) = &review.quote else { continue };
        if versions.len() >= VERSIONS && !versions.contains_key(&review.text) {
            continue;
        }
        let version = versions.entry(&review.text).or_insert_with(|| {
            let mut texts = document.parts().texts.iter();
            let (_, version) = texts.find(|(id, _)| *id == review.text)?;
            let text = store::kept_text(state_dir, &version.sha256)?;
            let offsets = Offsets::new(&text);
            Some((text, offsets))
        });
        let line = version
            .as_ref()
            .and_then(|(text, offsets)| line(text, offsets, quote));
        if let Some(line) = line {
            contexts.insert((record.id.clone(), reviewer.to_owned()), line);
        }
    }
    contexts
}

/// The words of a quote with what stands around them; nothing if they do not stand there.
fn line(text: &str, offsets: &Offsets, quote: &Quote) -> Option<String> {
    let byte = |point: usize| offsets.byte_of(text, point);
    let (start, end) = (quote.start as usize, quote.end as usize);
    if text.get(byte(start)?..byte(end)?)? != quote.exact {
        return None;
    }
    let from = start.saturating_sub(AROUND);
    let to = (end..=end + AROUND).rev().find_map(byte)?;
    let words = text.get(byte(from)?..to)?;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = if from > 0 { "… " } else { "" };
    let after = if to < text.len() { " …" } else { "" };
    Some(format!("{before}{words}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_with_what_stood_around_them() {
        let text = "Ein Satz.\n\nDer Rat zahlte 3 Mio. Kronen für 😀 die Schleuse.";
        let offsets = Offsets::new(text);
        let start = text.chars().take_while(|c| *c != '3').count();
        let quote = |start: usize, exact: &str| Quote {
            start: start as u32,
            end: (start + exact.chars().count()) as u32,
            exact: exact.to_owned(),
            gaps: Vec::new(),
        };
        assert_eq!(
            line(text, &offsets, &quote(start, "3 Mio. Kronen")).as_deref(),
            Some("Ein Satz. Der Rat zahlte 3 Mio. Kronen für 😀 die Schleuse.")
        );
        assert_eq!(line(text, &offsets, &quote(start, "8 Mio. Kronen")), None);
        assert_eq!(line(text, &offsets, &quote(900, "x")), None);
        let long = format!("{}the words{}", "a ".repeat(90), " b".repeat(90));
        let offsets = Offsets::new(&long);
        let told = line(&long, &offsets, &quote(180, "the words")).expect("they stand there");
        assert!(
            told.starts_with("… a a") && told.ends_with("b b …"),
            "{told}"
        );
        assert!(told.contains("a the words b"), "{told}");
    }
}
