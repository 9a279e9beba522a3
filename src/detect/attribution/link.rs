//! Puts pieces together: source, cue and contents of each act of attribution.
//!
//! Every content chooses its cue among those around it; contents that chose the same cue are
//! one attribution; then every cue that has a content chooses its source. Who chooses is
//! passed in: the learned scorers when detecting, the annotation when learning, so both walk
//! the same way.

use std::ops::Range;

use super::features::cue::{CueQuestion, alone_features, cue_features};
use super::features::source::{SourceQuestion, source_features, untagged_sources};
use super::pieces::{Piece, PieceKind, near};
use crate::detect::numbers::ranker::Ranker;
use crate::detect::reading::Reading;

/// How far away a cue is looked for, in words.
const CUE_REACH: usize = 90;
/// How far away a source is looked for, in words.
const SOURCE_REACH: usize = 60;

/// One attribution as ranges of words.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Who says it.
    pub source: Option<Range<usize>>,
    /// The words that attribute.
    pub cue: Option<Range<usize>>,
    /// What is said, in order; at least one.
    pub contents: Vec<Range<usize>>,
    /// Certainty of the choice of the source, 0 to 1.
    pub certainty: f32,
    /// Whether it is known to be direct speech by how it stands, whatever the marks.
    pub spoken: bool,
}

/// Someone who makes the choices.
pub trait Chooser {
    /// Which of the candidate cues (indices into the pieces) the content belongs to; the
    /// content itself is among them and means that it stands alone. `None` to leave it out.
    fn cue(&mut self, content: usize, cues: &[usize], features: &[Vec<u32>]) -> Option<usize>;

    /// Which of the candidate sources the cue takes, as an index, and how certain.
    fn source(
        &mut self,
        cue: &Range<usize>,
        contents: &[Range<usize>],
        sources: &[Option<Range<usize>>],
        features: &[Vec<u32>],
    ) -> (usize, f32);
}

/// Links the pieces of an article, in text order of the contents.
pub fn link(reading: &Reading<'_>, pieces: &[Piece], chooser: &mut impl Chooser) -> Vec<Link> {
    let chosen = choose_cues(reading, pieces, chooser);
    // One group for each cue with contents and for each content that stands alone, in text
    // order of their cues.
    let mut groups: Vec<Vec<Range<usize>>> = vec![Vec::new(); pieces.len()];
    for (content, cue) in chosen.into_iter().enumerate() {
        if let Some(cue) = cue {
            groups[cue].push(pieces[content].words.clone());
        }
    }
    let ranges = |kind: PieceKind| -> Vec<Range<usize>> {
        pieces
            .iter()
            .filter(|p| p.kind == kind)
            .map(|p| p.words.clone())
            .collect()
    };
    let (all_cues, all_sources) = (ranges(PieceKind::Cue), ranges(PieceKind::Source));
    let mut links: Vec<Link> = Vec::new();
    let mut previous: Option<Range<usize>> = None;
    for (anchor, contents) in groups
        .into_iter()
        .enumerate()
        .filter(|(_, c)| !c.is_empty())
    {
        if reading.budget.is_spent() {
            break;
        }
        let words = pieces[anchor].words.clone();
        let alone = pieces[anchor].kind == PieceKind::Content;
        let (from, to) = around(&all_cues, &words);
        let (first, last) = around(&all_sources, &words);
        let question = SourceQuestion {
            reading,
            cue: words.clone(),
            alone,
            contents: &contents,
            previous: previous.clone(),
            cues: &all_cues[from..to],
            sources: &all_sources[first..last],
        };
        let (candidates, features) = candidates(&question, pieces, anchor);
        let (pick, certainty) = chooser.source(&words, &contents, &candidates, &features);
        let source = candidates.into_iter().nth(pick).flatten();
        previous.clone_from(&source);
        links.push(Link {
            source,
            cue: (!alone).then_some(words),
            contents,
            certainty,
            spoken: false,
        });
    }
    links.sort_by_key(|l| l.contents[0].start);
    links
}

/// The cue of each content, by piece; a content that stands alone is its own.
fn choose_cues(
    reading: &Reading<'_>,
    pieces: &[Piece],
    chooser: &mut impl Chooser,
) -> Vec<Option<usize>> {
    let mut chosen: Vec<Option<usize>> = vec![None; pieces.len()];
    let mut taken = vec![0u32; pieces.len()];
    let mut before: Option<(usize, Option<usize>)> = None;
    for content in (0..pieces.len()).filter(|k| pieces[*k].kind == PieceKind::Content) {
        if reading.budget.is_spent() {
            break;
        }
        reading.budget.spend(pieces[content].words.len());
        let mut cues = near(pieces, content, PieceKind::Cue, (4, 3), CUE_REACH);
        let question = CueQuestion {
            reading,
            pieces,
            content,
            previous: before,
            taken: &taken,
        };
        let mut ranks = [0usize; 2];
        let mut features: Vec<Vec<u32>> = cues
            .iter()
            .map(|cue| {
                let rank = &mut ranks[usize::from(*cue > content)];
                *rank += 1;
                cue_features(&question, *cue, *rank - 1)
            })
            .collect();
        features.push(alone_features(&question, &cues));
        cues.push(content);
        let cue = chooser.cue(content, &cues, &features);
        if let Some(cue) = cue {
            taken[cue] += 1;
        }
        chosen[content] = cue;
        before = Some((content, cue));
    }
    chosen
}

/// The part of a sorted list of ranges that lies within reach of `words`: what is further
/// away is never between a cue and its candidates.
fn around(ranges: &[Range<usize>], words: &Range<usize>) -> (usize, usize) {
    let from = ranges.partition_point(|r| r.end + 2 * SOURCE_REACH < words.start);
    let to = ranges.partition_point(|r| r.start <= words.end + 2 * SOURCE_REACH);
    (from, to.max(from))
}

/// The candidates for a cue's source with their features: none, tagged, untagged.
#[allow(clippy::type_complexity)] // A pair of parallel lists, used once above.
fn candidates(
    question: &SourceQuestion<'_>,
    pieces: &[Piece],
    cue: usize,
) -> (Vec<Option<Range<usize>>>, Vec<Vec<u32>>) {
    let mut found = vec![None];
    let mut features = vec![source_features(question, None, false, 0)];
    let mut ranks = [0usize; 2];
    for k in near(pieces, cue, PieceKind::Source, (4, 3), SOURCE_REACH) {
        let rank = &mut ranks[usize::from(k > cue)];
        *rank += 1;
        let words = pieces[k].words.clone();
        features.push(source_features(question, Some(&words), true, *rank - 1));
        found.push(Some(words));
    }
    for (rank, words) in untagged_sources(question.reading, &question.cue)
        .into_iter()
        .enumerate()
    {
        let tagged = |f: &Option<Range<usize>>| {
            f.as_ref()
                .is_some_and(|f| f.start < words.end && words.start < f.end)
        };
        if !found.iter().any(tagged) {
            features.push(source_features(question, Some(&words), false, rank));
            found.push(Some(words));
        }
    }
    (found, features)
}

/// The learned scorers as those who choose.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'a> {
    /// Content to cue.
    pub cue: Ranker<'a>,
    /// Cue to source.
    pub source: Ranker<'a>,
}

impl Chooser for Judge<'_> {
    fn cue(&mut self, _content: usize, cues: &[usize], features: &[Vec<u32>]) -> Option<usize> {
        self.cue.best(features).map(|(pick, _)| cues[pick])
    }

    fn source(
        &mut self,
        _cue: &Range<usize>,
        _contents: &[Range<usize>],
        _sources: &[Option<Range<usize>>],
        features: &[Vec<u32>],
    ) -> (usize, f32) {
        self.source.best(features).unwrap_or((0, 0.0))
    }
}
