//! What the network is given of a word: rows of its table, and the words that matter to it
//! wherever they stand.

use std::ops::Range;

use crate::detect::attribution::features::around::{FAR, Surroundings};
use crate::detect::language::syntax::RELATIONS;
use crate::detect::language::tags::TAGS;
use crate::detect::numbers::hashing::bucket;
use crate::detect::reading::Reading;
use crate::detect::reading::word::NONE;

/// Things the network is told of a word.
pub const INPUTS: usize = 13;
/// Words that can have a row of their own.
pub const VOCABULARY: usize = 3000;

/// Values each of the things told can have.
const VALUES: [usize; INPUTS] = [
    VOCABULARY + 1,
    512,
    208,
    1024,
    TAGS.len(),
    12,
    64,
    RELATIONS.len(),
    128,
    100,
    64,
    32,
    256,
];

/// Rows of the table: one for each value of everything told.
pub const INPUT_ROWS: usize = {
    let mut sum = 0;
    let mut k = 0;
    while k < INPUTS {
        sum += VALUES[k];
        k += 1;
    }
    sum
};

const _: () = assert!(INPUT_ROWS < 1 << 16);

/// What the network is given of a stretch of words.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Rows of the table, for each word.
    pub rows: Vec<[u16; INPUTS]>,
    /// Words that matter to each word, as indices into `rows`; their number stands for none.
    pub far: Vec<[u32; FAR]>,
}

impl Inputs {
    /// Looks up the words `window` of `reading`; `number` gives the place of a word's hash
    /// among those that have a row of their own.
    pub fn new(
        reading: &Reading<'_>,
        near: &Surroundings,
        window: Range<usize>,
        number: &dyn Fn(u32) -> Option<usize>,
    ) -> Inputs {
        let inside = |other: u32| match other {
            NONE => window.len() as u32,
            other if window.contains(&(other as usize)) => other - window.start as u32,
            _ => window.len() as u32,
        };
        Inputs {
            rows: window
                .clone()
                .map(|at| rows(reading, near, at, number(reading.words[at].id)))
                .collect(),
            far: window
                .clone()
                .map(|at| near.far(reading, at).map(inside))
                .collect(),
        }
    }
}

fn rows(
    reading: &Reading<'_>,
    near: &Surroundings,
    at: usize,
    number: Option<usize>,
) -> [u16; INPUTS] {
    let word = &reading.words[at];
    let sentence = &reading.sentences[word.sentence as usize];
    let from_start = bucket(at - sentence.words.start) as usize;
    let to_end = bucket(sentence.words.end - 1 - at) as usize;
    let head = word.head as usize;
    let away = match head.abs_diff(at) {
        0 => 0,
        distance => 1 + bucket(distance) as usize * 2 + usize::from(head > at),
    };
    let cue_away = |cue: u32| match cue {
        NONE => 15,
        cue => bucket((cue as usize).abs_diff(at)) as usize,
    };
    let [left, right] = near.cues_beside(at);
    let values = [
        number.map_or(0, |k| k + 1),
        (word.suffix ^ word.suffix >> 9 ^ word.suffix >> 18) as usize % 512,
        usize::from(word.class[0]),
        usize::from(word.class[1]),
        usize::from(word.tag),
        word.shape as usize * 2 + usize::from(reading.quoted),
        usize::from(word.cue) * 8 + word.noun as usize,
        usize::from(word.relation),
        place_in_quotation(reading, at),
        from_start * 10 + to_end,
        near.summary(word.sentence) as usize % 32 * 2 + usize::from(word.sentence == 0),
        away,
        cue_away(left) * 16 + cue_away(right),
    ];
    let mut from = 0;
    std::array::from_fn(|k| {
        let row = from + values[k].min(VALUES[k] - 1);
        from += VALUES[k];
        row as u16
    })
}

/// 0 outside of quotations; else whether a word is a mark, the first, within or the last,
/// whether the quotation is closed and how long it is.
fn place_in_quotation(reading: &Reading<'_>, at: usize) -> usize {
    let word = &reading.words[at];
    if word.quotation == NONE {
        return 0;
    }
    let (quotation, inner) = &reading.quotations[word.quotation as usize];
    let place = if at < inner.start {
        0
    } else if at == inner.start {
        1
    } else if at + 1 < inner.end {
        2
    } else if at < inner.end {
        3
    } else {
        4
    };
    1 + (place * 2 + usize::from(quotation.closed)) * 10 + bucket(inner.len()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::attribution::network::windows;
    use crate::detect::language::Language;

    #[test]
    fn what_matters_to_a_word_is_found_and_stays_inside_the_window() {
        let language = Language::compiled_in();
        let text = "The mayor of Orle said that the bridge will close in May.";
        let reading = Reading::new(text, &language);
        let near = Surroundings::new(&reading);
        let place = |word: &str| {
            let all = 0..reading.words.len();
            let mut found = all.filter(|k| reading.word(*k) == word);
            found.next().expect("it is there")
        };
        let (close, said, bridge) = (place("close"), place("said"), place("bridge"));
        let all = Inputs::new(&reading, &near, 0..reading.words.len(), &|_| Some(0));
        // Head, cue above, and the subject of its verb.
        assert_eq!(all.far[bridge][0], close as u32);
        assert_eq!(all.far[bridge][1], said as u32);
        assert_eq!(all.far[close][10], bridge as u32);
        let behind = Inputs::new(&reading, &near, said + 1..reading.words.len(), &|_| None);
        let count = behind.rows.len() as u32;
        assert_eq!(behind.far[bridge - said - 1][0], (close - said - 1) as u32);
        assert_eq!(behind.far[bridge - said - 1][1], count);
        assert!(behind.far.iter().flatten().all(|k| *k <= count));
        assert!(all.rows.iter().all(|r| r[0] == 1) && behind.rows.iter().all(|r| r[0] == 0));
    }

    #[test]
    fn every_word_has_its_rows_in_the_table_and_its_window() {
        let language = Language::compiled_in();
        let text = "“It’s 5 %,” Ann said… ".repeat(1500);
        let reading = Reading::new(&text, &language);
        let near = Surroundings::new(&reading);
        let windows = windows(&reading);
        assert!(windows.len() > 1);
        let joined: Vec<usize> = windows.iter().cloned().flatten().collect();
        assert!(joined.into_iter().eq(0..reading.words.len()));
        for window in windows {
            let last = Some(VOCABULARY - 1);
            let inputs = Inputs::new(&reading, &near, window, &|_| last);
            let rows = inputs.rows.iter().flatten();
            assert!(rows.copied().all(|row| usize::from(row) < INPUT_ROWS));
        }
    }
}
