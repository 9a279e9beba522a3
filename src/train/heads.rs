//! Fits the two claim scorers: whether a sentence can be checked, how much it deserves it.

use crate::detect::claims::claim_features;
use crate::detect::language::Language;
use crate::detect::reading::Reading;

use super::{Choice, LabelledSentence, RankOptions, fit_ranker};

/// A yes-or-no question of one sentence; `None` for a sentence without a word.
fn question(sentence: &LabelledSentence, language: &Language<'_>, yes: bool) -> Option<Choice> {
    let reading = Reading::new(&sentence.text, language);
    if reading.words.is_empty() {
        return None;
    }
    let all = 0..reading.words.len();
    Some(Choice::yes_or_no(
        claim_features(&reading, std::slice::from_ref(&all)),
        yes,
    ))
}

/// Fits "can be checked" from expert labels, three times over, and a model's weaker ones.
pub fn fit_checkable(
    expert: &[LabelledSentence],
    silver: &[LabelledSentence],
    language: &Language<'_>,
    bits: u32,
) -> Vec<f32> {
    let ask = |s: &LabelledSentence| question(s, language, s.label == "1");
    let mut choices: Vec<Choice> = silver.iter().filter_map(ask).collect();
    for _ in 0..3 {
        choices.extend(expert.iter().filter_map(ask));
    }
    fit_ranker(&choices, &options(bits, 30.0))
}

/// Fits "deserves checking" from debate sentences labelled NFS, UFS and CFS.
pub fn fit_priority(debates: &[LabelledSentence], language: &Language<'_>, bits: u32) -> Vec<f32> {
    let ask = |s: &LabelledSentence| question(s, language, s.label == "CFS");
    let choices: Vec<Choice> = debates.iter().filter_map(ask).collect();
    fit_ranker(&choices, &options(bits, 10.0))
}

/// How both are fitted; the pulls towards zero were found on the development sets.
fn options(bits: u32, shrink: f32) -> RankOptions {
    RankOptions {
        bits,
        rounds: 5,
        rate: 0.03,
        shrink,
    }
}
