//! The text of an article with its claims marked.

use maud::{Markup, html};

use super::{Told, ToldClaim};
use crate::exchange::page::shown;

/// Where marks begin or end, in bytes of the text.
struct Edge {
    at: usize,
    /// Index of the claim.
    claim: usize,
    begins: bool,
}

/// The text in paragraphs. A stretch inside several claims has the colours of the shortest, and
/// a line that says there are more.
pub(super) fn marked(told: &Told<'_, '_>) -> Markup {
    let text = told.subject.article.text();
    let edges = edges(told);
    let mut edges = edges.as_slice();
    let mut open: Vec<usize> = Vec::new();
    let mut started = vec![false; told.claims.len()];
    html! {
        @for (from, to) in paragraphs(text) {
            p {
                @for (from, to) in cut(from, to, edges) {
                    @let begin = pass(&mut edges, &mut open, from);
                    @for claim in begin {
                        @if !std::mem::replace(&mut started[claim], true) {
                            (number(told, &told.claims[claim]))
                        }
                    }
                    (stretch(told, &open, &text[from..to]))
                }
            }
        }
    }
}

/// The edges of all marks, in order; where one ends and another begins, ends come first.
fn edges(told: &Told<'_, '_>) -> Vec<Edge> {
    let article = told.subject.article;
    let mut edges = Vec::new();
    for (claim, told) in told.claims.iter().enumerate() {
        for [start, end] in told.entry.spans() {
            // A span that does not fit the text is told on the card.
            let Some(span) = article.span_of_points(start as usize, end as usize) else {
                continue;
            };
            if span.start < span.end {
                edges.extend(
                    [(span.start, true), (span.end, false)].map(|(at, begins)| Edge {
                        at,
                        claim,
                        begins,
                    }),
                );
            }
        }
    }
    edges.sort_by_key(|edge| (edge.at, edge.begins));
    edges
}

/// Byte ranges of what stands between empty lines.
fn paragraphs(text: &str) -> Vec<(usize, usize)> {
    let mut paragraphs: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    let mut is_new = true;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        match words.trim_start() {
            "" => is_new = true,
            _ => {
                let end = at + words.len();
                match paragraphs.last_mut() {
                    Some(last) if !is_new => last.1 = end,
                    _ => paragraphs.push((at, end)),
                }
                is_new = false;
            }
        }
        at += line.len();
    }
    paragraphs
}

/// A range cut at the edges inside it.
fn cut(from: usize, to: usize, edges: &[Edge]) -> Vec<(usize, usize)> {
    let inside = edges.iter().map(|edge| edge.at);
    let inside = inside
        .skip_while(|at| *at <= from)
        .take_while(|at| *at < to);
    let mut cuts = vec![from];
    cuts.extend(inside);
    cuts.dedup();
    cuts.push(to);
    cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Takes the edges up to a place; gives the claims that begin to be marked.
fn pass(edges: &mut &[Edge], open: &mut Vec<usize>, place: usize) -> Vec<usize> {
    let passed = edges.partition_point(|edge| edge.at <= place);
    let (now, rest) = edges.split_at(passed);
    *edges = rest;
    let mut begun = Vec::new();
    for edge in now {
        if edge.begins {
            open.push(edge.claim);
            begun.push(edge.claim);
        } else {
            open.retain(|claim| *claim != edge.claim);
        }
    }
    begun
}

/// The number of a claim before its first words, which leads to its card.
fn number(told: &Told<'_, '_>, claim: &ToldClaim<'_>) -> Markup {
    html! {
        sup class="no" {
            a id=(told.anchor('m', claim)) href={ "#" (told.anchor('c', claim)) }
                aria-label=(format!("Claim {}: {}", claim.number, claim.outcome)) { (claim.number) }
        }
    }
}

/// Words, marked by the shortest of the claims they are in.
fn stretch(told: &Told<'_, '_>, open: &[usize], words: &str) -> Markup {
    let length = |claim: &&usize| {
        let spans = told.claims[**claim].entry.spans();
        spans.iter().map(|[from, to]| to - from).sum::<u32>()
    };
    let shortest = open
        .iter()
        .min_by_key(length)
        .map(|claim| &told.claims[*claim]);
    html! {
        @match shortest {
            None => (shown(words)),
            Some(claim) => {
                mark class={ (told.class(&claim.outcome)) @if open.len() > 1 { " more" } } {
                    (shown(words))
                }
            }
        }
    }
}
