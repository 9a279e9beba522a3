//! What the second tagging sees of the first: its labels, its doubts, the pieces around.
//!
//! A chain only looks one label back. Given the first labelling of the whole article, the
//! second can ask whether the sentence has a cue without a content, what the sentence before
//! was, and how sure the first was.

use super::features::{bucket, mix};
use super::labelling::Labelling;
use super::linker::{Piece, pieces};
use super::reading::{NONE, Reading};
use super::tagger::LABELS;

/// The first labelling with everything asked of it worked out.
#[derive(Clone, Debug)]
pub struct Echo<'a> {
    first: &'a Labelling,
    pieces: Vec<Piece>,
    /// Index of the piece a word is in, or [`NONE`].
    piece_of: Vec<u32>,
    /// Index of the last piece that ends at or before a word.
    before: Vec<u32>,
    /// Sequence of kinds of pieces in each sentence, as one number.
    patterns: Vec<u32>,
    /// Largest probability of a cue before and behind each word of its sentence, coarse.
    cue_before: Vec<u8>,
    cue_after: Vec<u8>,
    /// Share of each quotation labelled as content, coarse.
    quoted: Vec<u32>,
}

fn coarse(share: f32) -> u32 {
    match share {
        s if s < 0.03 => 0,
        s if s < 0.12 => 1,
        s if s < 0.3 => 2,
        s if s < 0.5 => 3,
        s if s < 0.75 => 4,
        s if s < 0.93 => 5,
        _ => 6,
    }
}

impl<'a> Echo<'a> {
    /// Works out what will be asked.
    pub fn new(reading: &Reading<'_>, first: &'a Labelling) -> Echo<'a> {
        let pieces = pieces(&first.labels);
        let count = reading.words.len();
        let mut piece_of = vec![NONE; count];
        let mut before = vec![NONE; count];
        let mut patterns = vec![7u32; reading.sentences.len()];
        let mut at = 0;
        for (k, piece) in pieces.iter().enumerate() {
            piece_of[piece.words.clone()].fill(k as u32);
            while at < piece.words.end {
                before[at] = (k as u32).wrapping_sub(1);
                at += 1;
            }
            let pattern = &mut patterns[reading.words[piece.words.start].sentence as usize];
            *pattern = (*pattern << 2 | piece.kind as u32) & 0x3FFF_FFFF;
        }
        before[at..].fill((pieces.len() as u32).wrapping_sub(1));
        let cue = |k: usize| first.shares[k][5] + first.shares[k][6];
        let mut cue_before = vec![0u8; count];
        let mut cue_after = vec![0u8; count];
        for sentence in &reading.sentences {
            let mut most = 0.0f32;
            for k in sentence.words.clone() {
                cue_before[k] = coarse(most) as u8;
                most = most.max(cue(k));
            }
            most = 0.0;
            for k in sentence.words.clone().rev() {
                cue_after[k] = coarse(most) as u8;
                most = most.max(cue(k));
            }
        }
        let quoted = reading
            .quotations
            .iter()
            .map(|(_, words)| {
                let content = words
                    .clone()
                    .filter(|k| first.labels[*k].kind() == 1)
                    .count();
                coarse(content as f32 / words.len().max(1) as f32)
            })
            .collect();
        Echo {
            first,
            pieces,
            piece_of,
            before,
            patterns,
            cue_before,
            cue_after,
            quoted,
        }
    }

    /// Pushes the features of word `at` onto `out`.
    pub fn features(&self, reading: &Reading<'_>, at: usize, out: &mut Vec<u32>) {
        let words = &reading.words;
        let word = &words[at];
        let label = |by: isize| {
            at.checked_add_signed(by)
                .and_then(|k| self.first.labels.get(k))
                .map_or(9, |l| *l as u32)
        };
        let shares = &self.first.shares[at];
        let own = label(0);
        let pos = u32::from(word.tag);
        let mut add = |t: u32, a: u32, b: u32| out.push(mix(t + 200, a, b));
        let mut second = 0;
        for k in 0..LABELS {
            if k as u32 != own && (second as u32 == own || shares[k] > shares[second]) {
                second = k;
            }
        }
        let sure = coarse(shares[own as usize]);
        let kinds = coarse(shares[1] + shares[2]) << 8
            | coarse(shares[3] + shares[4]) << 4
            | coarse(shares[5] + shares[6]);
        add(0, own, sure << 4 | second as u32);
        add(1, label(-1) << 8 | own << 4 | label(1), 0);
        add(
            2,
            label(-1) << 8 | own << 4 | label(1),
            label(-2) << 4 | label(2),
        );
        add(3, kinds, 0);
        add(4, kinds, pos);
        add(5, own << 4 | sure, word.id);
        add(
            6,
            own << 4 | sure,
            pos << 8 | at.checked_sub(1).map_or(99, |k| u32::from(words[k].tag)),
        );
        for (by, t) in [(-1isize, 7), (1, 8)] {
            let other = at
                .checked_add_signed(by)
                .and_then(|k| self.first.shares.get(k));
            let other = other.map_or(9, |s| {
                coarse(s[1] + s[2]) << 8 | coarse(s[3] + s[4]) << 4 | coarse(s[5] + s[6])
            });
            add(t, other, kinds);
        }
        let cues = u32::from(self.cue_before[at]) << 4 | u32::from(self.cue_after[at]);
        add(9, cues, own);
        add(10, cues, coarse(shares[1] + shares[2]));
        add(11, cues, pos);

        // The pieces around, the own one left out.
        let left = self.before[at];
        let right = match self.piece_of[at] {
            NONE => left.wrapping_add(1),
            own => own + 1,
        };
        let side = |k: u32| -> (u32, u32, u32) {
            let Some(piece) = self.pieces.get(k as usize) else {
                return (0, 0, 0);
            };
            let far = piece
                .words
                .start
                .abs_diff(at)
                .min(piece.words.end.abs_diff(at + 1));
            let lines = words[piece.words.start]
                .sentence
                .abs_diff(word.sentence)
                .min(2);
            (
                piece.kind as u32,
                bucket(far) << 4 | lines,
                words[piece.words.end - 1].id,
            )
        };
        let (left_kind, left_far, left_word) = side(left);
        let (right_kind, right_far, right_word) = side(right);
        let beyond_left = side(left.wrapping_sub(1)).0;
        let beyond_right = side(right.wrapping_add(1)).0;
        let around =
            own << 16 | beyond_left << 12 | left_kind << 8 | right_kind << 4 | beyond_right;
        add(12, around, 0);
        add(13, around, left_far);
        add(14, around, right_far);
        add(15, own << 4 | left_kind, left_word);
        add(16, own << 4 | right_kind, right_word);
        add(
            17,
            left_kind << 4 | right_kind,
            pos << 8 | (left_far >> 4) << 4 | right_far >> 4,
        );

        // The sentence and its neighbours.
        let pattern = |by: i64| {
            let k = usize::try_from(i64::from(word.sentence) + by).ok();
            k.and_then(|k| self.patterns.get(k)).copied().unwrap_or(0)
        };
        let place = self.piece_of[at];
        add(18, pattern(0), own);
        add(19, pattern(0) & 0xFFFF, mix(1, own, cues));
        add(20, pattern(-1) & 0xFFF, mix(2, pattern(0) & 0xFFFF, own));
        add(21, pattern(1) & 0xFFF, mix(3, pattern(0) & 0xFFFF, own));
        if let Some(piece) = self.pieces.get(place as usize) {
            let from = bucket(at - piece.words.start);
            let to = bucket(piece.words.end - 1 - at);
            add(22, own << 8 | from << 4 | to, bucket(piece.words.len()));
            add(23, words[piece.words.start].id, own << 4 | from);
            add(
                24,
                words.get(piece.words.end).map_or(1, |w| w.id),
                own << 4 | to,
            );
        }
        if word.quotation != NONE {
            add(25, self.quoted[word.quotation as usize], own);
        }
    }
}
