//! Which record a suggestion means: the same words at the same place, or nearly so.
//!
//! Two detectors, or two versions of one, cut the same proposition a word apart. What
//! overlaps by four fifths is one card with two suggestions, never two cards. The join takes
//! neighbours alone into account, so it is linear in the number of records.

use rustc_hash::FxHashMap;

use super::proposal::{Proposal, annotation_id};
use super::{Id, Parts, RecordKind};
use crate::text::{Article, Mark};

/// Share of their common words, of all words of both, from which two marks mean the same.
const SAME: f64 = 0.8;

/// The records that are there when a run is taken up.
pub(super) struct Known {
    by_id: FxHashMap<Id, usize>,
    /// (kind, mark, index) of the records with a place, by start.
    placed: Vec<(String, Mark, usize)>,
    /// The number from which an id of these words may be free, by kind and words.
    next: FxHashMap<(RecordKind, String), usize>,
}

impl Known {
    /// The records of a document in the article at hand: where they stand now, and where
    /// runs over this text suggested them before anybody moved their ends.
    pub(super) fn of(parts: &Parts, article: &Article) -> Known {
        let by_id = parts
            .annotations
            .iter()
            .enumerate()
            .map(|(at, a)| (a.id.clone(), at))
            .collect();
        let mut placed = Vec::with_capacity(parts.annotations.len());
        for (at, record) in parts.annotations.iter().enumerate() {
            let kind = record.kind.as_str();
            if let Some(mark) = &record.target.mark {
                placed.push((kind.to_owned(), mark.clone(), at));
            }
            for (run, suggestion) in &record.suggestions {
                let made = parts.run(run);
                let of_text = made.is_some_and(|made| made.text == parts.article.text);
                let mark = of_text.then(|| suggestion.quote.mark_in(article)).flatten();
                let mark = mark.filter(|mark| Some(mark) != record.target.mark.as_ref());
                placed.extend(mark.map(|mark| (kind.to_owned(), mark, at)));
            }
        }
        placed.sort_by_key(|(_, mark, at)| (mark.start(), mark.end(), *at));
        Known {
            by_id,
            placed,
            next: FxHashMap::default(),
        }
    }

    /// The record that a proposal of `run` means, by its index: the one under its id if it
    /// stands there or is lost, else the one that overlaps it most, by four fifths at least.
    /// A record is meant by one proposal of a run.
    pub(super) fn same(&self, parts: &Parts, proposal: &Proposal, run: &Id) -> Option<usize> {
        let is_free = |at: usize| {
            let record = &parts.annotations[at];
            record.suggestions.iter().all(|(known, _)| known != run)
        };
        if let Some(&at) = self.by_id.get(&proposal.id).filter(|at| is_free(**at)) {
            let mark = parts.annotations[at].target.mark.as_ref();
            if mark.is_none_or(|mark| overlap(mark, &proposal.mark) > 0.0) {
                return Some(at);
            }
        }
        let hull = proposal.mark.hull();
        // Of two hulls that agree by four fifths one starts within a quarter of the other.
        let reach = hull.len() / 2 + 1;
        let from = self
            .placed
            .partition_point(|(_, mark, _)| mark.start() + reach < hull.start);
        let kind = proposal.suggestion.kind.as_str();
        self.placed[from..]
            .iter()
            .take_while(|(_, mark, _)| mark.start() <= hull.start + reach)
            .filter(|(of, _, at)| of == kind && is_free(*at))
            .map(|(_, mark, at)| (overlap(mark, &proposal.mark), *at))
            .filter(|(share, _)| *share >= SAME)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, at)| at)
    }

    /// An id for a proposal that means no record: its own, or, where another place has that
    /// one, the next of the same words.
    pub(super) fn free_id(&mut self, proposal: &Proposal) -> Id {
        if !self.by_id.contains_key(&proposal.id) {
            return proposal.id.clone();
        }
        let kind = match proposal.suggestion.kind.known() {
            Some(RecordKind::Source) => RecordKind::Source,
            _ => RecordKind::Claim,
        };
        let exact = &proposal.suggestion.quote.exact;
        let next = self.next.entry((kind, exact.clone())).or_default();
        loop {
            let id = annotation_id(kind, *next, exact);
            *next += 1;
            if !self.by_id.contains_key(&id) {
                return id;
            }
        }
    }

    /// Takes a new record in, so that its id is not given again.
    pub(super) fn take(&mut self, id: Id, at: usize) {
        self.by_id.insert(id, at);
    }
}

/// Bytes two marks have in common, of all bytes of both, 0 to 1.
fn overlap(a: &Mark, b: &Mark) -> f64 {
    let total = |mark: &Mark| mark.pieces().iter().map(|piece| piece.len()).sum::<usize>();
    let mut common = 0;
    let (mut left, mut right) = (a.pieces().iter().peekable(), b.pieces().iter().peekable());
    while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
        let from = one.start.max(other.start);
        let to = one.end.min(other.end);
        common += to.saturating_sub(from);
        if one.end <= other.end {
            left.next();
        } else {
            right.next();
        }
    }
    let all = total(a) + total(b) - common;
    if all == 0 {
        return 0.0;
    }
    common as f64 / all as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn mark(pieces: &[(usize, usize)]) -> Mark {
        Mark::new(pieces.iter().map(|&(from, to)| Span::new(from, to))).expect("pieces")
    }

    #[test]
    fn marks_overlap_by_their_common_share() {
        for (a, b, share) in [
            (&[(0, 10)][..], &[(0, 10)][..], 1.0),
            (&[(0, 10)], &[(10, 20)], 0.0),
            (&[(0, 10)], &[(0, 8)], 0.8),
            (&[(2, 10)], &[(0, 10)], 0.8),
            (&[(0, 10)], &[(5, 15)], 5.0 / 15.0),
            (&[(0, 4), (10, 14)], &[(0, 14)], 8.0 / 14.0),
            (&[(0, 4), (10, 14)], &[(2, 4), (10, 14)], 0.75),
        ] {
            assert_eq!(overlap(&mark(a), &mark(b)), share, "{a:?} {b:?}");
            assert_eq!(overlap(&mark(b), &mark(a)), share, "{b:?} {a:?}");
        }
    }
}
