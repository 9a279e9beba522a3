//! The words of a proposition and around it as hashed features, for linear scorers: which words
//! make a card, and which a card in the article's own voice.
//!
//! Learning takes the features as a list. The detector asks for many stretches of one sentence,
//! so there running sums over its words are kept, and a stretch is a difference of two of them;
//! both are made of the same templates.

use std::ops::Range;

use super::ground::Ground;
use super::propositions::Proposition;
use crate::detect::numbers::hashing::mix;
use crate::detect::numbers::ranker::Ranker;
use crate::detect::reading::word::Shape;

/// The first template of these features; those before belong to others.
const TEMPLATES: u32 = 5000;
/// How many scorers there are.
const SCORERS: usize = 3;

fn feature(template: u32, a: u32, b: u32) -> u32 {
    mix(TEMPLATES + template, a, b)
}

/// A word's id; all amounts are alike.
fn id(ground: &Ground<'_>, word: usize) -> u32 {
    let word = &ground.reading.words[word];
    match word.shape {
        Shape::Number => 1,
        _ => word.id,
    }
}

fn tag(ground: &Ground<'_>, word: usize) -> u32 {
    u32::from(ground.reading.words[word].tag)
}

fn class(ground: &Ground<'_>, word: usize) -> u32 {
    u32::from(ground.reading.words[word].class[1])
}

/// A word of a proposition.
fn inside(ground: &Ground<'_>, word: usize) -> [u32; 2] {
    [
        feature(1, id(ground, word), 0),
        feature(4, class(ground, word), 0),
    ]
}

/// A word of a proposition behind another, or as its first.
fn behind(ground: &Ground<'_>, before: Option<usize>, word: usize) -> [u32; 2] {
    let (before_id, before_tag) =
        before.map_or((2, 90), |before| (id(ground, before), tag(ground, before)));
    [
        feature(2, before_id, id(ground, word)),
        feature(3, before_tag, tag(ground, word)),
    ]
}

/// A word of the sentence that is not in the proposition; whether it stands before it.
fn outside(ground: &Ground<'_>, word: usize, leads: bool) -> [u32; 2] {
    let side = u32::from(leads);
    [
        feature(5, id(ground, word), side),
        feature(6, class(ground, word), side),
    ]
}

/// Where it begins and ends, and what it hangs on.
fn bounds(ground: &Ground<'_>, proposition: &Proposition, mut add: impl FnMut(u32)) {
    let sentence = &ground.reading.sentences[proposition.sentence].words;
    let (id, tag) = (|k| id(ground, k), |k| tag(ground, k));
    let hull = proposition.hull();
    let (first, last) = (hull.start, hull.end - 1);
    add(feature(0, 0, 0));
    add(feature(7, id(first), 0));
    add(feature(8, id(last), 0));
    if first < last {
        add(feature(9, id(first), id(first + 1)));
    }
    if first > sentence.start {
        add(feature(10, id(first - 1), 0));
        add(feature(11, id(first - 1), id(first)));
        add(feature(14, tag(first), tag(first - 1)));
    } else {
        add(feature(10, 0, 0));
        add(feature(14, tag(first), 99));
    }
    if hull.end < sentence.end {
        add(feature(12, id(hull.end), 0));
        add(feature(13, tag(hull.end), tag(last)));
    } else {
        add(feature(12, 0, 0));
    }
    add(feature(15, proposition.start, 0));
    add(feature(16, proposition.end, 0));
    add(feature(17, proposition.start, proposition.end));
    add(feature(18, hull.len().min(30) as u32 / 2, 0));
    let root = ground.sentences[proposition.sentence].root;
    add(feature(19, id(root), u32::from(hull.contains(&root))));
}

/// The features of a proposition.
pub fn hashed(ground: &Ground<'_>, proposition: &Proposition) -> Vec<u32> {
    let is_word = |k: &usize| ground.reading.words[*k].is_word();
    let mut found = Vec::with_capacity(120);
    let mut before = None;
    for k in proposition
        .pieces
        .iter()
        .flat_map(Clone::clone)
        .filter(is_word)
    {
        found.extend(inside(ground, k));
        found.extend(behind(ground, before, k));
        before = Some(k);
    }
    let sentence = ground.reading.sentences[proposition.sentence].words.clone();
    let first = proposition.hull().start;
    for k in sentence.filter(is_word).filter(|k| !proposition.holds(*k)) {
        found.extend(outside(ground, k, k < first));
    }
    bounds(ground, proposition, |feature| found.push(feature));
    found
}

/// What each scorer gives, before it is scaled.
#[derive(Clone, Copy, Debug, Default)]
struct Sums([i64; SCORERS]);

impl Sums {
    fn add(&mut self, scorers: &[Ranker<'_>; SCORERS], feature: u32) {
        for (sum, scorer) in self.0.iter_mut().zip(scorers) {
            *sum += i64::from(scorer.weight(feature));
        }
    }

    /// Adds what lies between two running sums.
    fn add_between(&mut self, from: &Sums, to: &Sums) {
        for (sum, (from, to)) in self.0.iter_mut().zip(from.0.iter().zip(&to.0)) {
            *sum += to - from;
        }
    }
}

/// Running sums up to a word.
#[derive(Clone, Copy, Debug, Default)]
struct Running {
    /// Of words as parts of a proposition.
    inside: Sums,
    /// Of words behind the one before them.
    behind: Sums,
    /// Of words before a proposition, and of those in its gaps and behind it.
    outside: [Sums; 2],
}

/// A sentence's words weighed, so that any stretch of it is scored in few steps.
#[derive(Debug)]
pub(super) struct Weighed<'a, 'm> {
    ground: &'a Ground<'a>,
    scorers: &'a [Ranker<'m>; SCORERS],
    sentence: Range<usize>,
    /// One more than there are words.
    running: Vec<Running>,
    /// The last word before a place.
    word_before: Vec<Option<usize>>,
}

impl<'a, 'm> Weighed<'a, 'm> {
    /// Of a sentence.
    pub(super) fn new(
        ground: &'a Ground<'a>,
        scorers: &'a [Ranker<'m>; SCORERS],
        sentence: usize,
    ) -> Weighed<'a, 'm> {
        let sentence = ground.reading.sentences[sentence].words.clone();
        let mut running = Vec::with_capacity(sentence.len() + 1);
        let mut word_before = Vec::with_capacity(sentence.len() + 1);
        let (mut now, mut before) = (Running::default(), None);
        for k in sentence.clone() {
            running.push(now);
            word_before.push(before);
            if ground.reading.words[k].is_word() {
                let add = |sums: &mut Sums, features: [u32; 2]| {
                    features.iter().for_each(|f| sums.add(scorers, *f));
                };
                add(&mut now.inside, inside(ground, k));
                add(&mut now.behind, behind(ground, before, k));
                add(&mut now.outside[0], outside(ground, k, true));
                add(&mut now.outside[1], outside(ground, k, false));
                before = Some(k);
            }
        }
        running.push(now);
        word_before.push(before);
        Weighed {
            ground,
            scorers,
            sentence,
            running,
            word_before,
        }
    }

    /// The scores of a proposition of the sentence: what the scorers give its
    /// [`hashed`] features.
    pub(super) fn scores(&self, proposition: &Proposition) -> [f32; SCORERS] {
        let at = |place: usize| &self.running[place - self.sentence.start];
        let mut sums = Sums::default();
        let mut end = self.sentence.start;
        let mut before = None;
        for (number, piece) in proposition.pieces.iter().enumerate() {
            let (from, to) = (at(piece.start), at(piece.end));
            let side = usize::from(number > 0);
            sums.add_between(&at(end).outside[side], &from.outside[side]);
            sums.add_between(&from.inside, &to.inside);
            // The first word of a piece stands behind another than in the sentence.
            let is_word = |k: &usize| self.ground.reading.words[*k].is_word();
            if let Some(first) = piece.clone().find(is_word) {
                let own = behind(self.ground, before, first);
                own.iter().for_each(|f| sums.add(self.scorers, *f));
                sums.add_between(&at(first + 1).behind, &to.behind);
                before = self.word_before[piece.end - self.sentence.start];
            }
            end = piece.end;
        }
        sums.add_between(&at(end).outside[1], &at(self.sentence.end).outside[1]);
        bounds(self.ground, proposition, |f| sums.add(self.scorers, f));
        std::array::from_fn(|k| self.scorers[k].scaled(sums.0[k]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::detect::Detector;
    use crate::detect::claims::propositions;
    use crate::text::{Article, Media};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// Running sums give what the list of features gives, whatever a scorer learned.
        #[test]
        fn a_stretch_scores_as_the_list_of_its_features(weights in prop::collection::vec(any::<u8>(), 512)) {
            let text = "On Monday, however, 14 of the wells ran dry - and the council did not say \
                why. “The pumps are old,” Ann Orr said in a letter, “and nobody has paid for new \
                ones since 2011.” He added that it would cost $3 million, which the town has not got.";
            let article = Article::new("a.txt", text, Media::Plain);
            let scorer = |from: usize| Ranker::new(&weights[from..from + 256], 0.5).expect("a scorer");
            let scorers = [scorer(0), scorer(100), scorer(256)];
            Detector::without_cards().study(&article, |ground, _| {
                let (mut pieces, mut all) = (0, 0);
                for sentence in 0..ground.sentences() {
                    let weighed = Weighed::new(ground, &scorers, sentence);
                    for proposition in propositions(ground, sentence) {
                        let list = hashed(ground, &proposition);
                        let expected = scorers.map(|scorer| scorer.score(&list));
                        assert_eq!(weighed.scores(&proposition), expected, "{proposition:?}");
                        pieces = pieces.max(proposition.pieces.len());
                        all += 1;
                    }
                }
                assert!(pieces > 1 && all > 20, "{pieces} {all}");
            });
        }
    }
}
