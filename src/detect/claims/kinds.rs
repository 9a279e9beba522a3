//! What a claim is about, judged by its words, and the word that told.
//!
//! Cue-based: numbers, comparatives, modal verbs and short lists. Every claim gets at least
//! one kind.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::detect::finding::{Kind, Voice};
use crate::detect::language::tags::tag;
use crate::detect::numbers::hashing::word_hash;
use crate::detect::reading::Reading;
use crate::detect::reading::word::{Shape, Word};

const COMPARISON: &[&str] = &[
    "than",
    "most",
    "least",
    "first",
    "record",
    "highest",
    "lowest",
    "largest",
    "biggest",
    "smallest",
    "worst",
    "best",
    "fastest",
    "double",
    "doubled",
    "tripled",
    "twice",
    "half",
    "majority",
    "increase",
    "increased",
    "decrease",
    "decreased",
    "rose",
    "fell",
    "dropped",
    "grew",
    "more",
    "fewer",
    "less",
    "unprecedented",
    "rank",
    "ranks",
    "ranked",
];
const PREDICTION: &[&str] = &[
    "will",
    "ll",
    "expected",
    "forecast",
    "forecasts",
    "predict",
    "predicts",
    "predicted",
    "likely",
    "unlikely",
    "soon",
    "tomorrow",
    "upcoming",
    "shall",
    "planned",
    "plans",
    "could",
    "would",
    "might",
    "may",
];
const CAUSATION: &[&str] = &[
    "because",
    "cause",
    "caused",
    "causes",
    "causing",
    "due",
    "led",
    "leads",
    "leading",
    "resulted",
    "results",
    "consequence",
    "consequences",
    "therefore",
    "thanks",
    "triggered",
    "sparked",
    "fuelled",
    "fueled",
    "blamed",
    "blame",
    "blames",
    "prompted",
    "responsible",
];
const LAW: &[&str] = &[
    "law",
    "laws",
    "legal",
    "illegal",
    "court",
    "courts",
    "judge",
    "judges",
    "ruled",
    "ruling",
    "constitution",
    "constitutional",
    "unconstitutional",
    "statute",
    "bill",
    "legislation",
    "regulation",
    "regulations",
    "ban",
    "banned",
    "prohibits",
    "prohibited",
    "requires",
    "mandate",
    "treaty",
    "lawsuit",
    "sued",
    "indicted",
    "convicted",
    "sentence",
    "sentenced",
    "rights",
    "verdict",
    "crime",
    "criminal",
    "lawful",
    "unlawful",
    "amendment",
    "protocol",
];
const POSITION: &[&str] = &[
    "support",
    "supports",
    "supported",
    "oppose",
    "opposes",
    "opposed",
    "favor",
    "favors",
    "favour",
    "favours",
    "endorse",
    "endorsed",
    "endorses",
    "backs",
    "backed",
    "against",
    "reject",
    "rejects",
    "rejected",
    "urge",
    "urged",
    "urges",
    "demand",
    "demanded",
    "demands",
    "vowed",
    "pledged",
    "promised",
    "wants",
    "called",
    "voted",
    "refuse",
    "refused",
];
const OPINION: &[&str] = &[
    "should",
    "must",
    "ought",
    "great",
    "terrible",
    "horrible",
    "good",
    "bad",
    "wrong",
    "right",
    "think",
    "believe",
    "feel",
    "hope",
    "beautiful",
    "crazy",
    "disgraceful",
    "shameful",
    "hypocritical",
    "wonderful",
    "amazing",
    "sad",
    "stupid",
    "ridiculous",
    "important",
    "fair",
    "unfair",
    "dangerous",
    "proud",
    "reasonable",
    "best",
    "worst",
    "obviously",
    "perhaps",
];

/// Past forms that tell a tense, not an event.
const AUXILIARY: &[&str] = &["was", "were", "been", "had", "did"];

/// Kinds of one claim; the first ones say most.
const MOST: usize = 3;

/// The long lists, which every word of a claim is looked for in.
#[derive(Clone, Copy)]
enum List {
    Comparison,
    Law,
    Causation,
    Prediction,
    Position,
    Opinion,
    Number,
}

const LISTS: [(List, &[&str]); 7] = [
    (List::Comparison, COMPARISON),
    (List::Law, LAW),
    (List::Causation, CAUSATION),
    (List::Prediction, PREDICTION),
    (List::Position, POSITION),
    (List::Opinion, OPINION),
    (List::Number, NUMBER_WORDS),
];

/// Lists, as a set.
#[derive(Clone, Copy, Default)]
struct Listed(u8);

impl Listed {
    /// The lists a word is in.
    fn of(word: &Word) -> Listed {
        static LISTED: LazyLock<FxHashMap<u32, Listed>> = LazyLock::new(|| {
            let mut listed = FxHashMap::<u32, Listed>::default();
            for (list, words) in LISTS {
                for word in words {
                    listed.entry(word_hash(word.as_bytes())).or_default().0 |= 1 << list as u8;
                }
            }
            listed
        });
        LISTED.get(&word.id).copied().unwrap_or_default()
    }

    fn has(self, list: List) -> bool {
        self.0 >> list as u8 & 1 == 1
    }
}

fn in_list(list: &[&str], word: &str) -> bool {
    list.iter().any(|l| l.eq_ignore_ascii_case(word))
}

/// The kinds of a claim, most fitting first, each with the words that told (may be empty).
pub(super) fn kinds<'a>(
    reading: &Reading<'a>,
    pieces: &[Range<usize>],
    voice: Voice,
) -> Vec<(Kind, &'a str)> {
    let words = &reading.words;
    let all = || pieces.iter().flat_map(|p| p.clone());
    // “May” inside a sentence is the month.
    let month = |k: usize| {
        reading.word(k) == "May" && reading.sentences[words[k].sentence as usize].words.start != k
    };
    let listed: Vec<(usize, Listed)> = all()
        .map(|k| (k, Listed::of(&words[k])))
        .filter(|(k, listed)| listed.0 != 0 && !month(*k))
        .collect();
    let first = |list: List| {
        let found = listed.iter().find(|(_, listed)| listed.has(list));
        found.map(|(k, _)| reading.word(*k))
    };
    let mut found: Vec<(Kind, &str)> = Vec::new();
    if let Some(k) = all().find(|k| is_quantity(reading, *k)) {
        let with_unit = k + 1 < words.len() && in_list(UNITS, reading.word(k + 1));
        let end = if with_unit {
            words[k + 1].span.end
        } else {
            words[k].span.end
        };
        found.push((Kind::Quantity, &reading.text[words[k].span.start..end]));
    }
    // Words that are in no list may be read as anything; their tag alone is not enough.
    let graded = |k: &usize| {
        [tag!("JJR"), tag!("JJS"), tag!("RBR"), tag!("RBS")].contains(&words[*k].tag)
            && words[*k].known > 0
    };
    if let Some(word) =
        first(List::Comparison).or_else(|| all().find(graded).map(|k| reading.word(k)))
    {
        found.push((Kind::Comparison, word));
    }
    if let Some(word) = first(List::Law) {
        found.push((Kind::Law, word));
    }
    if let Some(word) = first(List::Causation) {
        found.push((Kind::Causation, word));
    }
    if let Some(word) = first(List::Prediction) {
        found.push((Kind::Prediction, word));
    }
    if let Some(word) = first(List::Position) {
        found.push((Kind::Position, word));
    }
    let past = all().find(|k| {
        [tag!("VBD"), tag!("VBN")].contains(&words[*k].tag) && !in_list(AUXILIARY, reading.word(*k))
    });
    if let Some(k) = past {
        found.push((Kind::Event, reading.word(k)));
    }
    if let Some(word) = first(List::Opinion) {
        found.push((Kind::Opinion, word));
    }
    if voice == Voice::Direct {
        found.push((Kind::Quotation, ""));
    }
    if found.is_empty() {
        found.push((Kind::Event, ""));
    }
    found.truncate(MOST);
    found
}

const UNITS: &[&str] = &[
    "%", "percent", "per", "million", "billion", "trillion", "thousand", "hundred", "people",
    "dollars", "euros", "pounds", "years", "days", "months", "weeks", "points", "votes", "jobs",
];

const NUMBER_WORDS: &[&str] = &[
    "hundreds",
    "thousands",
    "millions",
    "billions",
    "dozens",
    "percent",
    "million",
    "billion",
    "trillion",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "twelve",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
    "dozen",
    "half",
    "third",
    "quarter",
];

/// Whether the word is an amount; a lone year is a date, not an amount.
fn is_quantity(reading: &Reading<'_>, at: usize) -> bool {
    let word = &reading.words[at];
    let text = reading.word(at);
    if word.shape != Shape::Number {
        return Listed::of(word).has(List::Number);
    }
    let year = text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    !(year && digits) || matches!(reading.word(at + 1), "%" | "percent" | "people")
}
