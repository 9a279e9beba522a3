//! Corrections: kinds, ends, pieces, and what the detector missed.
//!
//! Works out plans and changes nothing. A correction is my whole answer with the new words
//! or kinds, and the target moves with it.

use super::super::{EitherEnd, End, Item, Step};
use super::decide::is_lost;
use super::{Moment, Plan, Planned, Session};
use crate::annotations::{ADDED, Annotation, Decision, Edit, Id, Quote, RecordKind, Target};
use crate::detect::Kind;
use crate::text::{Mark, Open, Span, Word};

impl Session {
    pub(super) fn plan_kind(&self, kind: Kind, toggle: bool, moment: &Moment) -> Planned {
        let claim = self.claim_subject()?;
        let mut kinds = self.my_kinds(claim).to_vec();
        let wanted = Open::Known(kind);
        if !toggle {
            kinds = vec![wanted];
        } else if !kinds.contains(&wanted) {
            kinds.push(wanted);
        } else if kinds.len() > 1 {
            kinds.retain(|known| *known != wanted);
        } else {
            return Err("a claim keeps one kind: set another instead".to_owned());
        }
        let said: Vec<&str> = kinds.iter().map(Open::as_str).collect();
        let name = self.name_of(&Item::Claim(claim.id.clone()));
        let label = format!("{name}: kind {}", said.join(", "));
        let quote = claim.target.quote.clone();
        if is_lost(claim) {
            return Err("its words are gone from the article".to_owned());
        }
        self.refuse_stale(claim)?;
        let review = self.affirmation(claim, quote, kinds, moment);
        let mut edits: Vec<Edit> = self.answering(claim, review).into_iter().collect();
        if !edits.is_empty() {
            edits.extend(self.placing(claim));
            edits.extend(self.agreeing(claim, moment));
        }
        Ok(Plan::new(label, edits))
    }

    pub(super) fn plan_adjust(&self, end: End, step: Step, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let mark = standing(annotation)?;
        let moved = self
            .ground()
            .adjusted(mark, end, step)
            .ok_or("the end cannot go there")?;
        let label = self.end_told(item, &moved, end);
        self.plan_mark(label, annotation, moved, moment)
    }

    pub(super) fn plan_adjust_nearer(&self, byte: usize, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let mark = standing(annotation)?;
        let moved = self
            .ground()
            .adjusted_nearer(mark, byte)
            .ok_or("the end stands there already")?;
        let end = if moved.start() == mark.start() {
            End::End
        } else {
            End::Start
        };
        let label = self.end_told(item, &moved, end);
        self.plan_mark(label, annotation, moved, moment)
    }

    /// What becomes of the selected mark by either end at the word at a byte, where it is not
    /// clear which is meant: both can go there, and neither is at least twice as near. Where it
    /// is clear, [`Decide::AdjustNearer`](super::super::Decide::AdjustNearer) takes that one.
    pub fn either_end_at(&self, byte: usize) -> Option<EitherEnd> {
        let (_, annotation) = self.subject().ok()?;
        let mark = standing(annotation).ok()?;
        self.ground().either_end(mark, byte)
    }

    pub(super) fn plan_add_piece(&self, span: Span, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let mark = standing(annotation)?;
        let piece = self.tidy(&[span])?;
        let pieces = mark.pieces().iter().chain(piece.pieces()).copied();
        let joined = Mark::new(pieces).ok_or("that is blank")?;
        let label = format!("{}: piece added", self.name_of(item));
        self.plan_mark(label, annotation, joined, moment)
    }

    pub(super) fn plan_remove_piece(&self, byte: usize, moment: &Moment) -> Planned {
        let (item, annotation) = self.subject()?;
        let mark = standing(annotation)?;
        let (gone, left): (Vec<Span>, Vec<Span>) =
            mark.pieces().iter().partition(|piece| piece.contains(byte));
        if gone.is_empty() {
            return Err("no piece of it stands there".to_owned());
        }
        let left = Mark::new(left).ok_or("it is the only piece: reject takes it all away")?;
        let label = format!("{}: piece taken away", self.name_of(item));
        self.plan_mark(label, annotation, left, moment)
    }

    pub(super) fn plan_add(
        &self,
        kind: RecordKind,
        mark: &Mark,
        kinds: &[Kind],
        moment: &Moment,
    ) -> Planned {
        let mark = self.tidy(mark.pieces())?;
        let name = kind.as_str();
        if let Some(known) = self.standing_at(kind, &mark) {
            let item = item_of(kind, known.id.clone());
            if self.my_decision(known) == Some(Decision::Withdraw) {
                let edits = self.affirming(known, moment);
                return Ok(Plan::new(format!("{name} added again"), edits).selecting(item));
            }
            let said = format!("already marked: {}", self.name_of(&item));
            return Ok(Plan::default().selecting(item).saying(said));
        }
        let mut record = self.addition(kind, mark, moment);
        for (_, review) in &mut record.reviews {
            review.kinds = kinds.iter().copied().map(Open::Known).collect();
        }
        let words = super::shortened(
            &self
                .article
                .words(record.target.mark.as_ref().ok_or("that is blank")?),
        );
        let item = item_of(kind, record.id.clone());
        let edit = Edit::Annotation {
            id: record.id.clone(),
            annotation: Some(Box::new(record)),
        };
        Ok(Plan::new(format!("{name} “{words}” added"), vec![edit]).selecting(item))
    }

    /// A record of my own at a mark, which must be tidy.
    pub(super) fn addition(&self, kind: RecordKind, mark: Mark, moment: &Moment) -> Annotation {
        let mut review = self.bare_review(None, Decision::Add, moment);
        review.kind = Some(Open::Known(kind));
        review.quote = Some(Quote::of(&self.article, &mark));
        let target = Target::at(&self.article, mark);
        let mut record = Annotation {
            reviews: vec![(self.reviewer.clone(), review)],
            // What its number is made from, however often it is answered again.
            unknown: [(ADDED.to_owned(), moment.now.as_str().into())]
                .into_iter()
                .collect(),
            ..Annotation::new(self.fresh_id(moment), Open::Known(kind), target)
        };
        record.put_beside(&self.document);
        record
    }

    /// The record of that kind at exactly that mark.
    pub(super) fn standing_at(&self, kind: RecordKind, mark: &Mark) -> Option<&Annotation> {
        let marks = self.marks();
        let from = marks.partition_point(|known| known.span.start < mark.start());
        marks[from..]
            .iter()
            .take_while(|known| known.span.start == mark.start())
            .filter_map(|known| self.document.annotation(&known.id))
            .find(|record| {
                record.kind.known() == Some(kind) && record.target.mark.as_ref() == Some(mark)
            })
    }

    /// A mark of these pieces without blank ends.
    pub(super) fn tidy(&self, pieces: &[Span]) -> Result<Mark, String> {
        let text = self.article.text();
        if pieces.iter().any(|p| text.get(p.start..p.end).is_none()) {
            return Err("that is not a place in the article".to_owned());
        }
        Mark::new(pieces.iter().map(|piece| piece.trimmed(text)))
            .ok_or_else(|| "that is blank".to_owned())
    }

    /// Where an end stands now: by its word, which the reviewer sees in the article.
    fn end_told(&self, item: &Item, mark: &Mark, end: End) -> String {
        let words = self.article.words(mark);
        let mut words = words.split_whitespace();
        let (verb, word) = match end {
            End::Start => ("starts", words.next()),
            End::End => ("ends", words.next_back()),
        };
        let word = super::shortened(word.unwrap_or_default());
        format!("{} {verb} with “{word}”", self.name_of(item))
    }

    /// The plan that moves a record to a mark, as my answer.
    fn plan_mark(
        &self,
        label: String,
        record: &Annotation,
        mark: Mark,
        moment: &Moment,
    ) -> Planned {
        if record.target.mark.as_ref() == Some(&mark) {
            return Ok(Plan::default());
        }
        self.refuse_stale(record)?;
        let target = Target::at(&self.article, mark);
        let kinds = self.my_kinds(record).to_vec();
        let review = self.affirmation(record, target.quote.clone(), kinds, moment);
        let mut edits: Vec<Edit> = self.answering(record, review).into_iter().collect();
        edits.push(Edit::Target {
            annotation: record.id.clone(),
            target,
        });
        edits.extend(self.document.putting_beside(record));
        if record.is_claim() {
            edits.extend(self.agreeing(record, moment));
        }
        Ok(Plan::new(label, edits))
    }

    /// An annotation id nobody has.
    fn fresh_id(&self, moment: &Moment) -> Id {
        let mut bits = moment.fresh;
        loop {
            let id = Id::new(format!("a-{:012x}", bits & 0xffff_ffff_ffff));
            if self.document.annotation(&id).is_none() {
                return id;
            }
            bits = bits.wrapping_add(1);
        }
    }
}

fn item_of(kind: RecordKind, id: Id) -> Item {
    match kind {
        RecordKind::Claim => Item::Claim(id),
        RecordKind::Source => Item::Source(id),
    }
}

fn standing(record: &Annotation) -> Result<&Mark, String> {
    let mark = record.target.mark.as_ref();
    mark.ok_or_else(|| "its words are gone from the article: mark it anew".to_owned())
}
