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
                    scores: [0.0; 3],
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
        // What is worth less than is told at all is not told.
        let poor = [1.0 - 0.9 * told, 0.0, 0.9 * told];
        let all = propositions(ground, 0)
            .into_iter()
            .map(|proposition| Judged {
                proposition,
                scores: [0.0; 3],
                shares: poor,
            });
        let (mut above, mut below) = (Vec::new(), Vec::new());
        choose(ground, &learned, all.collect(), [&mut above, &mut below]);
        assert!(above.is_empty() && below.is_empty());
    });
}

#[test]
fn furniture_tells_nothing_below_the_fold() {
    let text = "(Reporting by Ann Orr; editing by Tom Bell)\n\nThe plant will close in June.";
    let article = Article::new("a.txt", text, Media::Plain);
    let learned = compiled_in_cards();
    Detector::without_cards().study(&article, |ground, _| {
        let is_furniture: Vec<bool> = ground.sentences.iter().map(|s| s.furniture > 0).collect();
        assert!(
            is_furniture.contains(&true) && is_furniture.contains(&false),
            "{is_furniture:?}"
        );
        for (sentence, is_furniture) in is_furniture.into_iter().enumerate() {
            let all = propositions(ground, sentence)
                .into_iter()
                .map(|proposition| Judged {
                    proposition,
                    scores: [0.0; 3],
                    shares: [0.7, 0.0, 0.3],
                });
            let (mut above, mut below) = (Vec::new(), Vec::new());
            choose(ground, &learned, all.collect(), [&mut above, &mut below]);
            assert!(above.is_empty());
            assert_eq!(below.is_empty(), is_furniture, "sentence {sentence}");
        }
    });
}

#[test]
fn a_card_is_kept_as_far_as_its_words_and_its_owner_are_sure() {
    let detector = Detector::new();
    let learned = compiled_in_cards();
    let article = Article::new("a.txt", TEXT, Media::Plain);
    detector.study(&article, |ground: &Ground<'_>, studied: &Studied<'_>| {
        let mentions = Mentions::new(ground.reading, studied.sources);
        let nearby = Nearby::new(ground);
        let (mut found, mut rows) = (Vec::new(), Vec::new());
        for sentence in 0..ground.sentences.len() {
            look(ground, &learned, sentence, &mut found, &mut rows);
        }
        let judged = judged(&learned, &mut found, &mut rows);
        let bases: Vec<Vec<f32>> = judged.iter().map(|card| card.row(ground)).collect();
        let owners = owners(ground, &learned, &nearby, &judged, &bases);
        let shares: Vec<[f32; 3]> = judged.iter().map(|j| j.shares).collect();
        let cards = finished(
            ground,
            detector.model(),
            &learned,
            &mentions,
            &nearby,
            judged,
        );
        assert!(cards.len() == shares.len() && cards.len() > 10);
        for ((card, shares), owner) in cards.iter().zip(&shares).zip(&owners) {
            assert_eq!(card.keep, shares[2] * owner.sure);
        }
        assert!(owners.iter().any(|owner| owner.sure < 0.9));
    });
}

#[test]
fn a_figure_can_be_checked_better_than_a_feeling() {
    let (above, below) = found(&[(ABOVE, 0.1), (TOLD, 0.0), (KEEP, 0.0)]);
    let checkable = |words: &str| {
        let has = |claim: &&Claim| claim.mark.words(TEXT, " … ").contains(words);
        let found = above.iter().chain(&below).find(has);
        found.map(|claim| claim.checkable).expect("it is told")
    };
    assert!(checkable("500 jobs") > checkable("very happy"));
}

#[test]
fn the_attribution_whose_words_a_card_is_in_is_asked_first() {
    let article = Article::new("a.txt", TEXT, Media::Plain);
    Detector::new().study(&article, |ground: &Ground<'_>, _: &Studied<'_>| {
        let nearby = Nearby::new(ground);
        let mut asked = 0;
        for sentence in 0..ground.sentences.len() {
            for proposition in propositions(ground, sentence) {
                let shared = |option: &usize| ground.shared(&proposition.pieces, *option) > 0.0;
                let options = nearby.options(ground, &proposition);
                let in_words: Vec<bool> = options.iter().map(shared).collect();
                if in_words.contains(&true) && in_words.contains(&false) {
                    assert!(in_words[0], "{in_words:?}");
                    asked += 1;
                }
            }
        }
        assert!(asked > 3, "{asked}");
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
