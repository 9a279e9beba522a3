//! What stands above the fold and below, in what order and whose words it is.

use super::*;
use crate::detect::claims::Ground;
use crate::detect::detector::compiled_in_cards;
use crate::detect::{Detector, Studied};
use crate::text::{Article, Media};

const TEXT: &str = "The council sold the ferry for 2 million euros in May, and the pier cost 90,000 \
    euros more than anybody had said. Is that enough? Ann Orr said that the bridge had cost 3 \
    million dollars in 2011. “We are very happy,” she said. It is what it is. The mayor told \
    reporters that he would close the mine, but six of the nine wells ran dry in 2014, according \
    to the county. What a day! Many hope so. The plant will close in June and 500 jobs will go to \
    Poland. So it goes.";

/// Places of the bars.
const ABOVE: usize = 0;
const TOLD: usize = 1;
const BIAS: usize = 2;
const KEEP: usize = 3;

/// The cards with other bars: those above the fold, and those below.
fn found(bars: &[(usize, f32)]) -> (Vec<Claim>, Vec<Claim>) {
    let detector = Detector::new();
    let mut learned = compiled_in_cards();
    for (place, bar) in bars {
        learned.bars[*place] = *bar;
    }
    let article = Article::new("a.txt", TEXT, Media::Plain);
    detector.study(&article, |ground: &Ground<'_>, studied: &Studied<'_>| {
        cards(ground, detector.model(), &learned, studied.sources)
    })
}

fn starts(cards: &[Claim]) -> Vec<usize> {
    cards.iter().map(|claim| claim.mark.hull().start).collect()
}

#[test]
fn cards_stand_in_text_order_above_the_fold_and_below() {
    let (above, below) = found(&[(ABOVE, 0.1), (KEEP, 0.0)]);
    assert!(above.len() > 4 && starts(&above).is_sorted(), "{above:#?}");
    assert!(starts(&below).is_sorted());
    // Nothing is worth so much.
    let (above, below) = found(&[(ABOVE, 9.0), (TOLD, 0.0)]);
    assert!(above.is_empty());
    assert!(below.len() > 4 && starts(&below).is_sorted(), "{below:#?}");
}

#[test]
fn what_falls_below_for_its_keep_stands_in_text_order_too() {
    let (above, below) = found(&[(ABOVE, 0.1), (TOLD, 0.0), (KEEP, 0.0)]);
    let mut keeps: Vec<f32> = above.iter().map(|claim| claim.keep).collect();
    keeps.sort_by(f32::total_cmp);
    let middle = keeps[keeps.len() / 2];
    let (surer, more) = found(&[(ABOVE, 0.1), (TOLD, 0.0), (KEEP, middle)]);
    assert!(surer.iter().all(|claim| claim.keep >= middle));
    assert!(
        more.iter()
            .all(|claim| claim.keep < middle || below.contains(claim))
    );
    assert!(surer.len() < above.len());
    assert_eq!(surer.len() + more.len(), above.len() + below.len());
    assert!(starts(&more).is_sorted());
}

#[test]
fn a_sentence_that_is_no_card_tells_the_best_of_its_parts_below_the_fold() {
    let text = "The plant will close in June and 500 jobs will go to Poland.";
    let article = Article::new("a.txt", text, Media::Plain);
    let learned = compiled_in_cards();
    let [above_fold, told, ..] = learned.bars;
    let (better, good) = ([0.6, 0.0, 0.4], [0.7, 0.0, 0.3]);
    assert!(above_fold > worth(&better) && worth(&better) > worth(&good) && worth(&good) > told);
    Detector::without_cards().study(&article, |ground, _| {
        let starts = |words: &str| text.find(words).expect("they are there");
        for [first, second] in [[better, good], [good, better]] {
            let part = |words: &str, shares| {
                let at = starts(words);
                let mut all = propositions(ground, 0).into_iter();
                let part = all.find(|p| {
                    let spans = p.spans(ground);
                    spans.len() == 1 && spans[0].start == at && spans[0].of(text) == words
                });
                Judged {
                    proposition: part.expect("it is looked at"),
                    features: Vec::new(),
                    shares,
                }
            };
            let judged = vec![
                part("The plant will close in June", first),
                part("500 jobs will go to Poland", second),
            ];
            let (mut above, mut below) = (Vec::new(), Vec::new());
            choose(ground, &learned, judged, [&mut above, &mut below]);
            assert!(above.is_empty());
            assert_eq!(below.len(), 1);
            assert_eq!(below[0].shares, better);
        }
    });
}

#[test]
fn an_attribution_must_be_better_than_the_own_voice_by_the_bias() {
    let own = |bias: f32| {
        let (above, below) = found(&[(BIAS, bias)]);
        let all = above.iter().chain(&below);
        all.filter(|claim| claim.voice == Voice::Own).count()
    };
    let own = [-2.0, -0.25, 0.3, 2.0].map(own);
    assert!(own.is_sorted(), "{own:?}");
    assert!(own[0] < own[1] && own[1] < own[3], "{own:?}");
}
