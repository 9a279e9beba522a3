//! Which ends are possible, and that only ends are moved.

use super::*;
use crate::detect::attribution::label::{LABELS, Label};
use crate::detect::language::Language;

const TEXT: &str = "Ann Orr said the wells ran dry, but nobody came to look.";

/// The reading of the text, a labelling that is as sure of an end behind "dry" as told, and
/// the attribution with a content that runs to the end of the sentence.
fn case(language: &Language<'_>, share: f32) -> (Reading<'static>, Labelling, Link) {
    let reading = Reading::new(TEXT, language);
    let mut shares = vec![[0.0f32; LABELS]; reading.words.len()];
    for (k, one) in shares.iter_mut().enumerate().take(13).skip(3) {
        one[2] = if k < 7 { 1.0 } else { 1.0 - share };
    }
    let labels = vec![Label::Outside; shares.len()];
    let labelling = Labelling::new(labels, shares);
    let whole = 3..13;
    let link = Link {
        source: Some(0..2),
        cue: Some(2..3),
        contents: vec![whole],
        certainty: 0.9,
        spoken: false,
    };
    (reading, labelling, link)
}

#[test]
fn an_end_the_tagger_holds_possible_is_a_candidate() {
    let language = Language::compiled_in();
    let (reading, labelling, link) = case(&language, 0.3);
    assert_eq!(reading.word(6), "dry");
    assert_eq!(ends(&reading, &labelling, &link, &[0, 2, 3]).ends, [13, 7]);
    let (reading, labelling, link) = case(&language, 0.0);
    assert_eq!(ends(&reading, &labelling, &link, &[0, 2, 3]).ends, [13]);
}

#[test]
fn an_end_is_moved_to_where_the_ranker_wants_it() {
    let language = Language::compiled_in();
    let (reading, labelling, link) = case(&language, 0.3);
    let wanted = ends(&reading, &labelling, &link, &[]);
    let own = wanted.features[1]
        .iter()
        .find(|f| !wanted.features[0].contains(f))
        .copied()
        .expect("the two ends differ");
    let mut weights = vec![[0u8; 2]; 1 << 16];
    weights[own as usize & 0xFFFF] = 5i16.to_le_bytes();
    let bytes = weights.concat();
    let ranker = Ranker::new(&bytes, 1.0).expect("a power of two");
    let mut links = vec![link.clone()];
    mend_ends(&reading, &labelling, &mut links, &ranker);
    let cut = 3..7;
    assert_eq!(links[0].contents, [cut]);
    let none = vec![0u8; 2];
    let ranker = Ranker::new(&none, 1.0).expect("one weight");
    let mut links = vec![link.clone()];
    mend_ends(&reading, &labelling, &mut links, &ranker);
    assert_eq!(links, [link]);
}

#[test]
fn the_end_taken_leaves_least_to_mend_on_average() {
    let ends = [10, 14, 20];
    // Neither the short nor the long one is sure: the one between them is never far off.
    assert_eq!(fittest(&ends, &[0.4, 0.25, 0.35], 4), 1);
    assert_eq!(fittest(&ends, &[0.9, 0.05, 0.05], 4), 0);
    assert_eq!(fittest(&ends, &[0.1, 0.1, 0.8], 4), 2);
}

#[test]
fn no_end_runs_over_another_piece() {
    let language = Language::compiled_in();
    let (reading, mut labelling, mut link) = case(&language, 0.3);
    let cut = 3..7;
    link.contents = vec![cut];
    for (word, share) in [(8, 0.5), (9, 0.1)] {
        let mut shares = [0.0; LABELS];
        shares[Label::Content as usize] = share;
        labelling.put(word, Label::Content, &shares);
    }
    let all = ends(&reading, &labelling, &link, &[]).ends;
    assert!(all.iter().any(|end| *end > 8), "{all:?}");
    let stopped = ends(&reading, &labelling, &link, &[0, 2, 3, 8]).ends;
    assert!(stopped.iter().all(|end| *end <= 8), "{stopped:?}");
}
