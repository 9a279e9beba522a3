//! Small pictures at the top: verdicts, types of sources, open questions. Bars with their words and
//! figures, drawn in the page itself.

use maud::{Markup, html};

use super::{Told, counted};
use crate::exchange::page::shown;

/// Height of a bar with the room below it.
const STEP: usize = 24;
/// Where bars begin, and how long the longest is.
const LEFT: usize = 150;
const LONGEST: usize = 110;
/// Letters of a label that have room before the bars.
const LETTERS: usize = 20;

/// All of them; those that would be empty are left out.
pub(super) fn charts(told: &Told<'_, '_>) -> Markup {
    let claims = told.claims.iter();
    let types = claims.clone().map(|claim| {
        let source = claim.entry.source();
        let known = source.and_then(|source| source.attribute("source_type"));
        match (known, claim.entry.source_name()) {
            (Some(known), _) => shown(known),
            (None, Some(_)) => "type not given".to_owned(),
            (None, None) => "no source".to_owned(),
        }
    });
    let open = claims.flat_map(|claim| claim.entry.open().into_iter().map(|q| q.to_string()));
    let (types, open) = (counted(types), counted(open));
    html! {
        @if !told.claims.is_empty() {
            div class="charts" {
                (chart("Verdicts", &told.outcomes))
                (chart("Claims by type of source", &types))
                @if !open.is_empty() { (chart("Open questions", &open)) }
            }
        }
    }
}

/// A bar for each of some words.
fn chart(title: &str, counts: &[(String, usize)]) -> Markup {
    let top = counts
        .iter()
        .map(|(_, count)| *count)
        .max()
        .unwrap_or(1)
        .max(1);
    let height = STEP * counts.len() + 4;
    let words: Vec<String> = counts.iter().map(|(w, n)| format!("{w}: {n}")).collect();
    html! {
        figure {
            figcaption { (title) }
            svg role="img" aria-label=(format!("{title}. {}", words.join(", ")))
                viewBox=(format!("0 0 300 {height}")) {
                @for (row, (word, count)) in counts.iter().enumerate() {
                    @let y = row * STEP;
                    @let length = (count * LONGEST / top).max(2);
                    text x=(LEFT - 8) y=(y + 16) text-anchor="end" { (short(word)) }
                    rect x=(LEFT) y=(y + 4) width=(length) height=(STEP - 8) {}
                    text x=(LEFT + length + 6) y=(y + 16) { (count) }
                }
            }
        }
    }
}

/// A label that fits before the bars.
fn short(word: &str) -> String {
    match word.chars().count() {
        0..=LETTERS => word.to_owned(),
        _ => word.chars().take(LETTERS - 1).chain(['…']).collect(),
    }
}
