//! The words of a proposition and around it as hashed features, for linear scorers: which words
//! make a card, and which a card in the article's own voice.

use super::ground::Ground;
use super::propositions::Proposition;
use crate::detect::numbers::hashing::mix;
use crate::detect::reading::word::Shape;

/// The first template of these features; those before belong to others.
const TEMPLATES: u32 = 5000;

/// The features of a proposition.
pub fn hashed(ground: &Ground<'_>, proposition: &Proposition) -> Vec<u32> {
    let words = &ground.reading.words;
    let sentence = ground.reading.sentences[proposition.sentence].words.clone();
    let mut found = Vec::with_capacity(120);
    let mut add = |template: u32, a: u32, b: u32| found.push(mix(TEMPLATES + template, a, b));
    // All amounts are alike.
    let id = |k: usize| match words[k].shape {
        Shape::Number => 1,
        _ => words[k].id,
    };
    let tag = |k: usize| u32::from(words[k].tag);
    let hull = proposition.hull();
    let (first, last) = (hull.start, hull.end - 1);
    add(0, 0, 0);
    let mut before = (2, 90);
    for k in proposition.pieces.iter().flat_map(Clone::clone) {
        if words[k].is_word() {
            add(1, id(k), 0);
            add(2, before.0, id(k));
            add(3, before.1, tag(k));
            add(4, u32::from(words[k].class[1]), 0);
            before = (id(k), tag(k));
        }
    }
    for k in sentence.clone() {
        if words[k].is_word() && !proposition.holds(k) {
            let side = u32::from(k < first);
            add(5, id(k), side);
            add(6, u32::from(words[k].class[1]), side);
        }
    }
    add(7, id(first), 0);
    add(8, id(last), 0);
    if first < last {
        add(9, id(first), id(first + 1));
    }
    if first > sentence.start {
        add(10, id(first - 1), 0);
        add(11, id(first - 1), id(first));
        add(14, tag(first), tag(first - 1));
    } else {
        add(10, 0, 0);
        add(14, tag(first), 99);
    }
    if hull.end < sentence.end {
        add(12, id(hull.end), 0);
        add(13, tag(hull.end), tag(last));
    } else {
        add(12, 0, 0);
    }
    add(15, proposition.start, 0);
    add(16, proposition.end, 0);
    add(17, proposition.start, proposition.end);
    add(18, hull.len().min(30) as u32 / 2, 0);
    let root = ground.sentences[proposition.sentence].root;
    add(19, id(root), u32::from(hull.contains(&root)));
    found
}
