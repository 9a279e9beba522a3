//! Collects what the linker should have chosen, from pieces and the annotation.
//!
//! The pieces may be the annotators' own or what a tagger found; where the right answer is
//! not among the candidates nothing is learned.

use std::ops::Range;

use crate::detect::attribution::link::{Chooser, link};
use crate::detect::attribution::pieces::{Piece, PieceKind};
use crate::detect::reading::Reading;

use super::{Choice, GoldAttribution};

/// The choices of one article: contents that look for a cue, cues that look for a source.
#[derive(Clone, Debug, Default)]
pub struct LinkChoices {
    /// Content to cue.
    pub cues: Vec<Choice>,
    /// Cue to source.
    pub sources: Vec<Choice>,
}

struct GoldWords {
    source: Vec<usize>,
    cue: Vec<usize>,
    content: Vec<usize>,
}

struct Oracle<'a> {
    pieces: &'a [Piece],
    gold: Vec<GoldWords>,
    choices: LinkChoices,
}

fn shared(words: &Range<usize>, gold: &[usize]) -> usize {
    gold.iter().filter(|k| words.contains(k)).count()
}

impl Oracle<'_> {
    /// The annotated attribution whose `part` shares most words with `words`.
    fn match_by(
        &self,
        words: &Range<usize>,
        part: fn(&GoldWords) -> &Vec<usize>,
    ) -> Option<&GoldWords> {
        let best = self.gold.iter().max_by_key(|g| shared(words, part(g)))?;
        (shared(words, part(best)) > 0).then_some(best)
    }
}

impl Chooser for Oracle<'_> {
    fn cue(&mut self, content: usize, cues: &[usize], features: &[Vec<u32>]) -> Option<usize> {
        let words = &self.pieces[content].words;
        let gold = self
            .match_by(words, |g| &g.content)
            .map(|g| g.cue.clone())
            .unwrap_or_default();
        let mut right: Vec<bool> = cues
            .iter()
            .map(|c| *c != content && shared(&self.pieces[*c].words, &gold) > 0)
            .collect();
        if !right.contains(&true) {
            right = cues.iter().map(|c| *c == content).collect();
        }
        let pick = right.iter().position(|r| *r)?;
        self.choices.cues.push(Choice {
            candidates: features.to_vec(),
            right,
        });
        Some(cues[pick])
    }

    fn source(
        &mut self,
        cue: &Range<usize>,
        _contents: &[Range<usize>],
        sources: &[Option<Range<usize>>],
        features: &[Vec<u32>],
    ) -> (usize, f32) {
        let Some(gold) = self.match_by(cue, |g| &g.cue) else {
            return (0, 0.0);
        };
        let exact = |s: &Option<Range<usize>>| match s {
            None => gold.source.is_empty(),
            Some(words) => {
                shared(words, &gold.source) == words.len() && words.len() == gold.source.len()
            }
        };
        let loose = |s: &Option<Range<usize>>| match s {
            None => gold.source.is_empty(),
            Some(words) => shared(words, &gold.source) > 0,
        };
        let mut right: Vec<bool> = sources.iter().map(exact).collect();
        if !right.contains(&true) {
            right = sources.iter().map(loose).collect();
        }
        let Some(pick) = right.iter().position(|r| *r) else {
            return (0, 0.0);
        };
        self.choices.sources.push(Choice {
            candidates: features.to_vec(),
            right,
        });
        (pick, 1.0)
    }
}

/// What the linker should choose in an article cut into `pieces`.
pub fn link_choices(
    reading: &Reading<'_>,
    pieces: &[Piece],
    attributions: &[GoldAttribution],
) -> LinkChoices {
    debug_assert!(
        pieces
            .iter()
            .all(|p| p.kind != PieceKind::Cue || !p.words.is_empty())
    );
    let words = |spans: &[crate::text::Span]| -> Vec<usize> {
        spans.iter().flat_map(|s| reading.words_in(*s)).collect()
    };
    let gold = attributions
        .iter()
        .map(|a| GoldWords {
            source: words(&a.source),
            cue: words(&a.cue),
            content: words(&a.content),
        })
        .collect();
    let mut oracle = Oracle {
        pieces,
        gold,
        choices: LinkChoices::default(),
    };
    link(reading, pieces, &mut oracle);
    oracle.choices
}
