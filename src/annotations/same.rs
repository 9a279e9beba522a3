//! Which record a suggestion means: the same words at the same place, or nearly so.
//!
//! Two detectors, or two versions of one, cut the same proposition a word apart. What
//! overlaps by four fifths is one card with two suggestions, never two cards. The join takes
//! neighbours alone into account, so it is linear in the number of records.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::proposal::{Proposal, annotation_id};
use super::{Annotation, Document, Edit, Id, Parts, RecordKind, Status};
use crate::detect::language::denies;
use crate::text::{Article, Mark, Span};

/// The field of a record that names the runs beside whose suggestions a person put its words:
/// what those runs suggest nearby is another card, also where they are taken up anew.
pub(super) const BESIDE: &str = "beside";

/// Share of their common words, of all words of both, from which two marks mean the same.
const SAME: f64 = 0.8;
/// The same where two detectors cut one claim of a sentence: of what one has and the other has not
/// nothing may turn it round, and nothing else may be as near.
const CUT_OTHERWISE: f64 = 0.6;
/// Letters of a sentence that two cuts of one claim may lie apart at most, in bytes.
const REACH: usize = 400;

/// What two versions of a record stand beside: the runs of either, in order.
pub(super) fn beside_both(ours: &Annotation, theirs: &Annotation) -> Value {
    let runs = [ours, theirs].map(|side| side.unknown.get(BESIDE).and_then(Value::as_array));
    let runs = runs.into_iter().flatten().flatten();
    let runs: BTreeSet<&str> = runs.filter_map(Value::as_str).collect();
    runs.into_iter().collect()
}

impl Annotation {
    /// Whether a person put its words beside what that run suggests.
    fn is_beside(&self, run: &Id) -> bool {
        let runs = self.unknown.get(BESIDE).and_then(Value::as_array);
        let mut runs = runs.into_iter().flatten();
        runs.any(|known| known.as_str() == Some(run.as_str()))
    }

    /// Whether that run may still mean it: it means no other proposal of the run, and no person put
    /// its words beside what the run suggests.
    fn is_free_for(&self, run: &Id) -> bool {
        let mut suggestions = self.suggestions.iter();
        suggestions.all(|(known, _)| known != run) && !self.is_beside(run)
    }

    /// Keeps that its words are put beside what the document's runs suggest.
    pub fn put_beside(&mut self, document: &Document) {
        if let Some(runs) = document.runs_beside(self) {
            self.unknown.insert(BESIDE.to_owned(), runs);
        }
    }
}

impl Document {
    /// What is kept in a record whose words a person puts among the suggestions of the runs
    /// that are there, where that is not kept yet.
    pub fn putting_beside(&self, record: &Annotation) -> Option<Edit> {
        let runs = self.runs_beside(record)?;
        (record.unknown.get(BESIDE) != Some(&runs)).then(|| Edit::Field {
            annotation: record.id.clone(),
            name: BESIDE.to_owned(),
            value: Some(runs),
        })
    }

    /// The runs over the text at hand that do not suggest the record, and those it stands
    /// beside already; `None`: there is none.
    fn runs_beside(&self, record: &Annotation) -> Option<Value> {
        let is_of_text = |run: &Id| self.run(run).is_some_and(|run| run.text == *self.text());
        let suggests = |run: &Id| record.suggestions.iter().any(|(known, _)| known == run);
        let runs = self.parts().runs.iter().map(|(run, _)| run);
        let runs: Vec<Value> = runs
            .filter(|run| record.is_beside(run) || (is_of_text(run) && !suggests(run)))
            .map(|run| run.as_str().into())
            .collect();
        (!runs.is_empty()).then_some(Value::Array(runs))
    }
}

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

    /// The record under the id of a proposal, if it is that one: it stands there, is lost, or
    /// was put on other words than its id is made of. The same words at another place of a
    /// changed article are others.
    pub(super) fn under_its_id(&self, parts: &Parts, proposal: &Proposal) -> Option<usize> {
        let at = *self.by_id.get(&proposal.id)?;
        let target = &parts.annotations[at].target;
        let stands_there = |mark: &Mark| overlap(mark, &proposal.mark) > 0.0;
        let is_it = target.mark.as_ref().is_none_or(stands_there)
            || target.quote.exact != proposal.suggestion.quote.exact;
        is_it.then_some(at)
    }

    /// The record that a proposal of `run` means, by its index: the one that overlaps it most,
    /// by four fifths at least, with no word that denies in one of them alone. A record is meant by one
    /// proposal of a run, and by none that was there when a person put it where it is.
    pub(super) fn same(
        &self,
        parts: &Parts,
        article: &Article,
        proposal: &Proposal,
        run: &Id,
    ) -> Option<usize> {
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
            .filter(|(of, _, at)| of == kind && parts.annotations[*at].is_free_for(run))
            .map(|(_, mark, at)| (overlap(mark, &proposal.mark), mark, *at))
            .filter(|(share, mark, _)| {
                *share >= SAME && !differ(mark, &proposal.mark, article, denies)
            })
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.2.cmp(&a.2)))
            .map(|(_, _, at)| at)
    }

    /// The claim that a proposal cuts otherwise, by its index: of those in reach the only one that
    /// overlaps it by [`CUT_OTHERWISE`], with no word between their ends that may make it another
    /// claim. Words that a person put where they are stay alone.
    pub(super) fn cut_otherwise(
        &self,
        parts: &Parts,
        article: &Article,
        proposal: &Proposal,
        run: &Id,
    ) -> Option<usize> {
        if proposal.suggestion.kind.known() != Some(RecordKind::Claim) {
            return None;
        }
        let hull = proposal.mark.hull();
        let from = self
            .placed
            .partition_point(|(_, mark, _)| mark.start() + REACH < hull.start);
        let kind = proposal.suggestion.kind.as_str();
        let near = self.placed[from..]
            .iter()
            .take_while(|(_, mark, _)| mark.start() <= hull.end)
            .filter(|(of, mark, _)| of == kind && overlap(mark, &proposal.mark) >= CUT_OTHERWISE);
        let mut found = None;
        for (_, mark, at) in near {
            if found.is_some_and(|(_, known)| known != *at) {
                return None;
            }
            found = Some((mark, *at));
        }
        let (mark, at) = found?;
        let record = &parts.annotations[at];
        // Whoever refused words may have refused where they end.
        let is_refused = matches!(record.status(), Status::Rejected | Status::Withdrawn);
        let is_free = record.is_free_for(run) && !is_refused;
        let turns = differ(mark, &proposal.mark, article, may_turn_round);
        (is_free && !turns).then_some(at)
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

/// The stretches of a mark that another has not.
fn without(own: &Mark, other: &Mark) -> Vec<Span> {
    let mut rest = Vec::new();
    for piece in own.pieces() {
        let mut from = piece.start;
        for cut in other.pieces().iter().filter(|cut| cut.overlaps(*piece)) {
            if from < cut.start {
                rest.push(Span::new(from, cut.start));
            }
            from = from.max(cut.end);
        }
        if from < piece.end {
            rest.push(Span::new(from, piece.end));
        }
    }
    rest
}

/// Whether one of two marks has words that the other has not, and that are such words.
fn differ(one: &Mark, other: &Mark, article: &Article, are_such: fn(&str) -> bool) -> bool {
    let rests = [without(one, other), without(other, one)];
    let mut rests = rests.iter().flatten();
    rests.any(|span| are_such(span.of(article.text())))
}

/// Whether words at the end of a claim may make it another one: a figure, a word that denies, another
/// sentence.
fn may_turn_round(words: &str) -> bool {
    words.contains(|c: char| c.is_numeric() || matches!(c, '\n' | ';' | '?' | '!'))
        || words.contains(". ")
        || denies(words)
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
