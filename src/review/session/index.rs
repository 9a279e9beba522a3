//! The lists of a session: rows, numbers, statuses, counts and marks.
//!
//! Made from the document once and kept up to date change by change: a decision costs the
//! records it touches and nothing else. Only an added or removed record, a new filter or
//! order makes lists anew. Changes nothing and decides nothing.

mod asked;

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::super::{Filter, Order};
use super::marks::Marks;
use super::rows::{
    SourceRow, claim_facts, equal_key, place, source_facts, source_row, taken_from, urgency,
};
use super::tally::Tally;
use super::touched::Touched;
use crate::annotations::{
    Annotation, ClaimNumber, Counted, Document, Edit, Id, Status, group_sources, source_status,
};
use crate::text::{Article, Mark};

/// Records looked at again one by one; for more, lists are made anew.
const MOST_ONE_BY_ONE: usize = 200;

/// What decides which rows are shown, and how.
pub(super) struct View<'a> {
    pub(super) filter: &'a Filter,
    pub(super) order: Order,
    pub(super) reviewer: &'a str,
    /// Whether claims below the fold are listed and marked.
    pub(super) shows_folded: bool,
    /// Whether every record known before still has the same suggestions.
    pub(super) same_suggestions: bool,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    statuses: FxHashMap<Id, Status>,
    /// How each claim counts for the reviewer.
    counted: FxHashMap<Id, Counted>,
    /// All claims in text order, and where each stands among them.
    claims: Vec<Id>,
    places: FxHashMap<Id, usize>,
    numbers: FxHashMap<Id, ClaimNumber>,
    number_cells: u16,
    shown: Vec<Id>,
    shown_rows: FxHashMap<Id, usize>,
    /// Where each claim stands in the order in force, shown or not.
    ranks: FxHashMap<Id, usize>,
    /// All sources, those shown first.
    rows: Vec<SourceRow>,
    row_statuses: Vec<Status>,
    row_counted: Vec<Counted>,
    /// Where each source stands among all by its first mention.
    row_ranks: Vec<usize>,
    rows_shown: usize,
    row_of: FxHashMap<Id, usize>,
    /// The mention each claim is taken from; withdrawn claims are not taken from anyone.
    taken_from: FxHashMap<Id, Id>,
    equal: FxHashMap<String, Vec<Id>>,
    marks: Marks,
    claim_tally: Tally,
    source_tally: Tally,
    /// Whether a claim came out of a closed fold since the lists were made.
    is_stale: bool,
}

impl Index {
    /// Makes everything anew. With `before`, what was shown stays shown and new records are
    /// shown whatever the filter, so that nothing vanishes under the reviewer's hands.
    pub(super) fn build(
        document: &Document,
        article: &Article,
        view: &View<'_>,
        before: Option<&Index>,
    ) -> Index {
        let mut records: Vec<&Annotation> = document
            .annotations()
            .iter()
            .filter(|a| a.is_claim() || a.is_source())
            .collect();
        records.sort_by_cached_key(|a| place(a));

        let mut index = Index {
            numbers: document.claim_numbers(),
            ..Index::default()
        };
        let known = before.filter(|_| view.same_suggestions);
        if let Some(known) = known {
            index.marks = Marks::with_cues_of(&known.marks);
        }
        for annotation in &records {
            let id = &annotation.id;
            let status = annotation.status();
            index.statuses.insert(id.clone(), status);
            index
                .equal
                .entry(equal_key(annotation))
                .or_default()
                .push(id.clone());
            if annotation.is_claim() {
                index.places.insert(id.clone(), index.claims.len());
                index.claims.push(id.clone());
                let counted = document.counted_claim(annotation, view.reviewer);
                index.claim_tally.add(counted);
                index.counted.insert(id.clone(), counted);
                let source = taken_from(document, id, status).filter(|_| !counted.folded);
                if let Some(source) = source {
                    index.taken_from.insert(id.clone(), source);
                }
            }
            if annotation.is_claim() && !known.is_some_and(|k| k.statuses.contains_key(id)) {
                index.marks.find_cue(document, article, annotation);
            }
            let counted = index.counted(id);
            if is_hidden(id, counted, view, before) {
                continue;
            }
            let number = index.numbers.get(id).map(|number| number.to_string().len());
            index.number_cells = index.number_cells.max(number.unwrap_or(0) as u16);
            index.marks.push(annotation, status, counted);
        }
        index.marks.count_on(before.map(|before| &before.marks));
        index.marks.sort();
        index.list_sources(document, &records, view, before);
        index.list_claims(document, view, before);
        index
    }

    fn list_sources(
        &mut self,
        document: &Document,
        records: &[&Annotation],
        view: &View<'_>,
        before: Option<&Index>,
    ) {
        let mentions = records.iter().copied().filter(|a| a.is_source());
        let mut claims: FxHashMap<&Id, usize> = FxHashMap::default();
        for source in self.taken_from.values() {
            *claims.entry(source).or_default() += 1;
        }
        let stays = |mentions: &[Id]| {
            before.is_some_and(|before| {
                mentions.iter().any(|id| {
                    before.shown_source_row(id).is_some() || !before.statuses.contains_key(id)
                })
            })
        };
        let mut sources = Vec::new();
        for (rank, (_, mentions)) in group_sources(mentions).into_iter().enumerate() {
            let linked = mentions
                .iter()
                .map(|id| claims.get(id).copied().unwrap_or(0))
                .sum();
            let status = source_status(mentions.iter().map(|id| self.status(id)));
            let counted = document.counted_source(&mentions, view.reviewer);
            let stays = stays(&mentions);
            let row = source_row(document, mentions, linked);
            let shown = stays || view.filter.shows(&source_facts(&row, status, counted));
            self.source_tally.add(counted);
            sources.push((!shown, rank, row, status, counted));
        }
        self.set_rows(sources);
    }

    /// Lays the sources out, given as (hidden, rank, row, status, how it counts).
    fn set_rows(&mut self, mut sources: Vec<(bool, usize, SourceRow, Status, Counted)>) {
        sources.sort_by_key(|(hidden, rank, ..)| (*hidden, *rank));
        self.rows_shown = sources.iter().filter(|(hidden, ..)| !hidden).count();
        for (_, rank, row, status, counted) in sources {
            for mention in &row.mentions {
                self.row_of.insert(mention.clone(), self.rows.len());
            }
            self.rows.push(row);
            self.row_statuses.push(status);
            self.row_counted.push(counted);
            self.row_ranks.push(rank);
        }
    }

    /// Shows other rows, or the same in another order, as the view now says.
    pub(super) fn show(&mut self, document: &Document, view: &View<'_>) {
        let rows = std::mem::take(&mut self.rows).into_iter();
        let statuses = std::mem::take(&mut self.row_statuses);
        let counted = std::mem::take(&mut self.row_counted);
        let ranks = std::mem::take(&mut self.row_ranks);
        let sources = rows
            .zip(statuses.into_iter().zip(counted))
            .zip(ranks)
            .map(|((row, (status, counted)), rank)| {
                let hidden = !view.filter.shows(&source_facts(&row, status, counted));
                (hidden, rank, row, status, counted)
            })
            .collect();
        self.set_rows(sources);
        self.list_claims(document, view, None);
    }

    fn list_claims(&mut self, document: &Document, view: &View<'_>, before: Option<&Index>) {
        let stays = |id: &Id| {
            before.is_some_and(|before| {
                before.claim_row(id).is_some() || !before.statuses.contains_key(id)
            })
        };
        let ordered = self.ordered_claims(document, view, before);
        let shown = ordered
            .iter()
            .filter(|id| !is_hidden(id, self.counted(id), view, before))
            .filter(|id| stays(id) || self.shows_claim(document, view, id))
            .cloned()
            .collect();
        self.ranks = ordered
            .into_iter()
            .enumerate()
            .map(|(rank, id)| (id, rank))
            .collect();
        self.shown = shown;
        self.shown_rows = self
            .shown
            .iter()
            .enumerate()
            .map(|(row, id)| (id.clone(), row))
            .collect();
    }

    /// All claims in the order in force. No decision moves one in it.
    fn ordered_claims(
        &self,
        document: &Document,
        view: &View<'_>,
        before: Option<&Index>,
    ) -> Vec<Id> {
        let mut claims = self.claims.clone();
        match view.order {
            Order::Text => {}
            Order::Worth => claims.sort_by_cached_key(|id| {
                let claim = document.annotation(id);
                let worth = claim.map_or(0.0, Annotation::worth);
                let is_below = claim.is_some_and(Annotation::is_suggested_below);
                (is_below, Reverse((worth * 10_000.0) as i64))
            }),
            Order::Source => claims.sort_by_key(|id| {
                self.taken_from
                    .get(id)
                    .and_then(|source| self.row_of.get(source))
                    .map_or(usize::MAX, |&row| self.row_ranks[row])
            }),
            // Rows must not jump while they are decided: an order once made is kept.
            Order::Status => claims.sort_by_key(|id| match before {
                Some(before) => (before.claim_row(id).unwrap_or(usize::MAX), 0),
                None => (0, urgency(self.status(id), self.counted(id))),
            }),
        }
        claims
    }

    fn shows_claim(&self, document: &Document, view: &View<'_>, id: &Id) -> bool {
        view.filter.shows_all()
            || document.annotation(id).is_some_and(|claim| {
                let counted = self.counted(id);
                let facts = claim_facts(document, claim, counted, view.reviewer);
                view.filter.shows(&facts)
            })
    }

    /// Brings everything up to date with a change and its inverse, already applied. `false`
    /// if that takes lists made anew.
    pub(super) fn keep_up(
        &mut self,
        document: &Document,
        view: &View<'_>,
        changes: [&Edit; 2],
    ) -> bool {
        let mut touched = Touched::default();
        for change in changes {
            touched.by(change, document);
        }
        // A source's row is gone through for each decision on it: for many, all at once is less.
        if touched.structural || touched.decided.len() > MOST_ONE_BY_ONE {
            return false;
        }
        for (id, words, _) in &touched.moved {
            if let Some(equal) = self.equal.get_mut(words) {
                equal.retain(|known| known != id);
            }
        }
        for (id, _, mark) in &touched.moved {
            if !self.retarget(document, id, mark.as_ref()) {
                return false;
            }
        }
        for id in &touched.decided {
            self.refresh(document, id, view.reviewer);
        }
        !self.is_stale
    }

    /// Takes up the status of a record, and for a claim whom it is taken from.
    fn refresh(&mut self, document: &Document, id: &Id, reviewer: &str) {
        let Some(annotation) = document.annotation(id) else {
            return;
        };
        let Some(before) = self.statuses.get(id).copied() else {
            return;
        };
        let status = annotation.status();
        self.statuses.insert(id.clone(), status);
        if annotation.is_claim() {
            let counted = document.counted_claim(annotation, reviewer);
            let was = self.counted.insert(id.clone(), counted);
            // What nobody was shown comes into sight once somebody decides on it.
            let was_folded = was.is_some_and(|was| was.folded);
            self.is_stale |= was_folded != counted.folded && !self.shown_rows.contains_key(id);
            if let Some(was) = was {
                self.claim_tally.take(was);
            }
            if was != Some(counted) {
                self.marks.set_status(annotation, status, counted);
            }
            self.claim_tally.add(counted);
            let now = taken_from(document, id, status).filter(|_| !counted.folded);
            let old = match now.clone() {
                Some(source) => self.taken_from.insert(id.clone(), source),
                None => self.taken_from.remove(id),
            };
            if old != now {
                self.change_row(document, reviewer, old.as_ref(), |row| {
                    row.claims = row.claims.saturating_sub(1)
                });
                self.change_row(document, reviewer, now.as_ref(), |row| row.claims += 1);
            }
        } else {
            self.change_row(document, reviewer, Some(id), |_| {});
        }
        if before != status {
            let counted = self.counted(id);
            self.marks.set_status(annotation, status, counted);
        }
    }

    /// Changes a source's row, takes up its status and keeps the counts right.
    fn change_row(
        &mut self,
        document: &Document,
        reviewer: &str,
        mention: Option<&Id>,
        change: impl FnOnce(&mut SourceRow),
    ) {
        let Some(&at) = mention.and_then(|id| self.row_of.get(id)) else {
            return;
        };
        self.source_tally.take(self.row_counted[at]);
        change(&mut self.rows[at]);
        self.row_statuses[at] =
            source_status(self.rows[at].mentions.iter().map(|id| self.status(id)));
        self.row_counted[at] = document.counted_source(&self.rows[at].mentions, reviewer);
        self.source_tally.add(self.row_counted[at]);
    }

    /// Takes up a claim's new place, where it may have stood at a mark. `false` if it stands
    /// elsewhere among the others now, or is a source, whose words may name it.
    fn retarget(&mut self, document: &Document, id: &Id, was: Option<&Mark>) -> bool {
        let Some(annotation) = document.annotation(id).filter(|a| a.is_claim()) else {
            return false;
        };
        let Some(at) = self.places.get(id).copied() else {
            return false;
        };
        // The number of one that came in later tells what it stands behind.
        if self
            .numbers
            .get(id)
            .is_none_or(|number| number.addition > 0)
        {
            return false;
        }
        let here = place(annotation);
        let neighbour = |at: Option<usize>| {
            at.and_then(|at| self.claims.get(at))
                .and_then(|id| document.annotation(id))
                .map(place)
        };
        let after_previous = neighbour(at.checked_sub(1)).is_none_or(|previous| previous <= here);
        let before_next = neighbour(Some(at + 1)).is_none_or(|next| here <= next);
        if !after_previous || !before_next {
            return false;
        }
        let is_there = was == annotation.target.mark.as_ref();
        if !is_there && !was.is_some_and(|was| self.marks.move_from(was, annotation)) {
            self.marks.remove(id);
            let counted = self.counted(id);
            self.marks.push(annotation, annotation.status(), counted);
            self.marks.sort();
        }
        let equal = self.equal.entry(equal_key(annotation)).or_default();
        if !equal.contains(id) {
            equal.push(id.clone());
        }
        true
    }
}

/// Whether a claim stands below a closed fold, and is not in sight because somebody just took
/// an answer to it back.
fn is_hidden(id: &Id, counted: Counted, view: &View<'_>, before: Option<&Index>) -> bool {
    let in_sight = || before.is_some_and(|before| before.claim_row(id).is_some());
    counted.folded && !view.shows_folded && !in_sight()
}
