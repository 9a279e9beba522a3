//! Detection on marked text: each case is an article with its sources, cues and contents
//! marked, and the detector must find what is marked.
//!
//! Marks: `[S …]` source, `[Q …]` cue, `[C …]` content; a number behind the letter tells
//! several attributions of one text apart (`[S2 …]`), two numbers say that both share the mark
//! (`[S1&2 …]`). Also: properties any text must hold.

mod cases;
mod cut;
mod properties;
mod ranking;
mod seedlike;

use proofmark::detect::{Attribution, Detect, Detector, Findings};
use proofmark::text::{Article, Mark, Media, Span};

/// What one attribution of a marked text should hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    pub(super) source: Vec<Span>,
    pub(super) cue: Vec<Span>,
    pub(super) content: Vec<Span>,
}

/// Takes the marks out of a text.
pub(super) fn unmark(marked: &str) -> (String, Vec<Wanted>) {
    let mut text = String::new();
    let mut wanted: Vec<Wanted> = Vec::new();
    let mut open: Option<(char, Vec<usize>, usize)> = None;
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let kind = tail.chars().next().filter(|k| matches!(k, 'S' | 'Q' | 'C'));
        match (c, kind, &open) {
            ('[', Some(kind), None) => {
                let is_number = |c: &char| c.is_ascii_digit() || *c == '&';
                let digits: String = tail[1..].chars().take_while(is_number).collect();
                let numbers = digits.split('&').map(|n| n.parse().unwrap_or(1));
                open = Some((kind, numbers.collect(), text.len()));
                rest = tail[1 + digits.len()..].trim_start_matches(' ');
                continue;
            }
            (']', _, Some((kind, numbers, start))) => {
                for number in numbers {
                    wanted.resize(wanted.len().max(*number), Wanted::default());
                    let one = &mut wanted[number - 1];
                    let list = match kind {
                        'S' => &mut one.source,
                        'Q' => &mut one.cue,
                        _ => &mut one.content,
                    };
                    list.push(Span::new(*start, text.len()));
                }
                open = None;
            }
            _ => text.push(c),
        }
        rest = tail;
    }
    (text, wanted)
}

fn detect(text: &str) -> Findings {
    Detector::new().detect(&Article::new("case.txt", text, Media::Plain))
}

/// Share of words two marks have in common.
fn overlap(text: &str, wanted: &[Span], found: &Mark) -> f64 {
    let words = |spans: &[Span]| -> Vec<usize> {
        let starts = text
            .split_whitespace()
            .map(|w| w.as_ptr() as usize - text.as_ptr() as usize);
        let all: Vec<Span> = starts
            .zip(text.split_whitespace())
            .map(|(at, w)| Span::new(at, at + w.len()))
            .collect();
        (0..all.len())
            .filter(|k| spans.iter().any(|s| s.overlaps(all[*k])))
            .collect()
    };
    let (a, b) = (words(wanted), words(found.pieces()));
    let both = a.iter().filter(|k| b.contains(k)).count();
    both as f64 / (a.len() + b.len() - both).max(1) as f64
}

/// Finds the attribution that covers the wanted content, at least half of the words shared.
fn matching<'a>(text: &str, wanted: &Wanted, findings: &'a Findings) -> Option<&'a Attribution> {
    findings
        .attributions
        .iter()
        .max_by(|a, b| {
            let (x, y) = (&a.content, &b.content);
            overlap(text, &wanted.content, x).total_cmp(&overlap(text, &wanted.content, y))
        })
        .filter(|a| overlap(text, &wanted.content, &a.content) >= 0.5)
}

/// A first paragraph, as articles have one: alone, a case would be read as a headline.
pub(super) const LEAD: &str =
    "The council met again on Monday to look at the plans for the harbour.\n\n";

/// Checks that every marked attribution is found: its content by at least half of the words,
/// its source by a shared word, a missing source missing.
fn check(marked: &str) {
    let (text, wanted) = unmark(&format!("{LEAD}{marked}"));
    let findings = detect(&text);
    let shown = || {
        let article = Article::new("case.txt", &text, Media::Plain);
        let words = |m: Option<&Mark>| m.map_or("-".to_owned(), |m| article.words(m));
        let lines = findings.attributions.iter().map(|a| {
            let (s, q) = (words(a.source.as_ref()), words(a.cue.as_ref()));
            format!("[{s}] [{q}] [{}]", words(Some(&a.content)))
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    for one in &wanted {
        let Some(found) = matching(&text, one, &findings) else {
            panic!("content not found in {marked:?}; found:\n{}", shown());
        };
        match (&found.source, one.source.is_empty()) {
            (None, true) => {}
            (Some(source), false) if overlap(&text, &one.source, source) > 0.0 => {}
            _ => panic!("wrong source in {marked:?}; found:\n{}", shown()),
        }
    }
}

/// Checks that nothing in the text is taken for an attribution.
fn check_none(text: &str) {
    let findings = detect(text);
    assert!(
        findings.attributions.is_empty(),
        "in {text:?}: {:?}",
        findings.attributions
    );
}
