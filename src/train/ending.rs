//! Collects where contents should have ended.
//!
//! Works on articles labelled by taggers that have not seen them, linked by the fitted linker.
//! Where no end comes near the annotation nothing is learned.

use std::ops::Range;

use crate::detect::attribution::ends::{ends, taken};
use crate::detect::attribution::labelling::Labelling;
use crate::detect::attribution::link::Link;
use crate::detect::reading::Reading;

use super::{Choice, GoldAttribution};

/// The choices of one article.
pub fn end_choices(
    reading: &Reading<'_>,
    labelling: &Labelling,
    links: &[Link],
    gold: &[GoldAttribution],
) -> Vec<Choice> {
    let gold: Vec<Vec<usize>> = gold
        .iter()
        .map(|a| {
            let words = a.content.iter().flat_map(|s| reading.words_in(*s));
            words.collect()
        })
        .collect();
    let taken = taken(links);
    let mut choices = Vec::new();
    for link in links {
        let found = ends(reading, labelling, link, &taken);
        if found.ends.len() < 2 {
            continue;
        }
        let with = |end: usize| -> Vec<Range<usize>> {
            let mut contents = link.contents.clone();
            if let Some(last) = contents.last_mut() {
                last.end = end;
            }
            contents
        };
        // The annotation is the one that any of the ends fits best.
        let fits: Vec<Vec<f32>> = found
            .ends
            .iter()
            .map(|end| {
                let contents = with(*end);
                gold.iter().map(|g| overlap(&contents, g)).collect()
            })
            .collect();
        let best = |g: usize| fits.iter().map(|f| f[g]).fold(0.0, f32::max);
        let Some(own) = (0..gold.len()).max_by(|a, b| best(*a).total_cmp(&best(*b))) else {
            continue;
        };
        let top = best(own);
        if top < 0.5 {
            continue;
        }
        choices.push(Choice {
            candidates: found.features,
            right: fits.iter().map(|f| f[own] >= top).collect(),
        });
    }
    choices
}

/// Shared words as a part of all words.
pub fn overlap(contents: &[Range<usize>], gold: &[usize]) -> f32 {
    let both = gold
        .iter()
        .filter(|k| contents.iter().any(|c| c.contains(k)))
        .count();
    let found: usize = contents.iter().map(|c| c.len()).sum();
    both as f32 / (found + gold.len() - both).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::attribution::label::LABELS;
    use crate::detect::language::Language;
    use crate::text::Span;

    #[test]
    fn the_end_nearest_to_the_annotation_is_right() {
        let text = "Ann Orr said the wells ran dry, but nobody came to look.";
        let language = Language::compiled_in();
        let reading = Reading::new(text, &language);
        let mut shares = vec![[0.0f32; LABELS]; reading.words.len()];
        for (k, one) in shares.iter_mut().enumerate().take(13).skip(3) {
            one[2] = if k < 7 { 1.0 } else { 0.6 };
        }
        let labelling = Labelling::new(Vec::new(), shares);
        let found = 3..13;
        let links = [Link {
            source: Some(0..2),
            cue: Some(2..3),
            contents: vec![found],
            certainty: 0.9,
            spoken: false,
        }];
        let gold = |from: usize, to: usize| GoldAttribution {
            source: Vec::new(),
            cue: Vec::new(),
            content: vec![Span::new(from, to)],
        };
        let start = text.find("the wells").expect("it is there");
        let comma = text.find(',').expect("it is there");
        let choices = end_choices(&reading, &labelling, &links, &[gold(start, comma)]);
        assert_eq!(choices[0].right, [false, true]);
        let whole = end_choices(&reading, &labelling, &links, &[gold(start, text.len() - 1)]);
        assert_eq!(whole[0].right, [true, false]);
        assert!(end_choices(&reading, &labelling, &links, &[gold(0, 7)]).is_empty());
    }
}
