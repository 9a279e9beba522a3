//! How much of an article is decided, and which mentions are one source.
//!
//! One definition for the desk and the queue. Claims count, and sources that no run takes a
//! claim from, because a linked source is decided with its card; what has an open question
//! is not decided, whatever its status. Linking a claim elsewhere changes no total. Pure
//! counting; whoever shows it keeps its own running count and agrees with this one.

use rustc_hash::FxHashMap;

use super::{Annotation, Document, Id, Question, Status, is_credit, source_key};

/// Items decided, of all items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items without an open question.
    pub decided: usize,
    /// Items to be decided; withdrawn records are in neither.
    pub total: usize,
    /// Claims and sources on which other reviewers answered differently from this one, who has
    /// nothing to answer about them.
    pub disputed: usize,
    /// Claims below the fold, which are in none of the others.
    pub folded: usize,
}

/// How an item counts for one reviewer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// What presses most, if anything is open.
    pub open: Option<Question>,
    /// Whether it is one of the items that are counted.
    pub counts: bool,
    /// Whether nothing is open for this reviewer, and others differ.
    pub disputed: bool,
    /// Whether it stands below the fold: neither open nor counted.
    pub folded: bool,
}

impl Progress {
    /// Counts a document from scratch, for one reviewer.
    pub fn of(document: &Document, reviewer: &str) -> Progress {
        let mut progress = Progress::default();
        document.each_item(reviewer, |counted| {
            progress.total += usize::from(counted.counts);
            progress.decided += usize::from(counted.counts && counted.open.is_none());
            progress.disputed += usize::from(counted.disputed);
            progress.folded += usize::from(counted.folded);
        });
        progress
    }
}

impl Document {
    /// What presses most about every item that is open for a reviewer.
    pub fn open_items(&self, reviewer: &str) -> Vec<Question> {
        let mut open = Vec::new();
        self.each_item(reviewer, |counted| open.extend(counted.open));
        open
    }

    /// How every claim and every source counts.
    fn each_item(&self, reviewer: &str, mut item: impl FnMut(Counted)) {
        for claim in self.annotations().iter().filter(|a| a.is_claim()) {
            item(self.counted_claim(claim, reviewer));
        }
        let mentions = self.annotations().iter().filter(|a| a.is_source());
        for (_, mentions) in group_sources(mentions) {
            item(self.counted_source(&mentions, reviewer));
        }
    }

    /// How a claim counts: not while it is only offered, gone before anybody looked, or
    /// taken back.
    pub fn counted_claim(&self, claim: &Annotation, reviewer: &str) -> Counted {
        let open = self.questions(claim, reviewer).first().copied();
        let counts =
            open.is_some() || !matches!(claim.status(), Status::Undecided | Status::Withdrawn);
        Counted {
            open,
            counts,
            disputed: open.is_none() && !self.disputes(claim).is_empty(),
            folded: claim.is_folded(),
        }
    }

    /// How a source counts, by its mentions: one that stands alone like a claim; one that a
    /// run takes claims from, or that a person added, only while more than a first decision
    /// is open about it.
    pub fn counted_source(&self, mentions: &[Id], reviewer: &str) -> Counted {
        let records = || mentions.iter().filter_map(|id| self.annotation(id));
        let questions = records().flat_map(|mention| self.questions(mention, reviewer));
        let mut questions: Vec<Question> = questions.collect();
        let stands_alone = self.stands_alone(mentions);
        if !stands_alone {
            questions.retain(|question| *question != Question::Undecided);
        }
        let open = questions.into_iter().min();
        let settled = || source_status(records().map(Annotation::status));
        let counts = open.is_some()
            || stands_alone && !matches!(settled(), Status::Undecided | Status::Withdrawn);
        let mut records = records();
        Counted {
            open,
            counts,
            disputed: open.is_none() && records.any(|mention| !self.disputes(mention).is_empty()),
            folded: false,
        }
    }

    /// Whether a source is an item of its own: suggested, no picture's credit, and no run
    /// takes a claim from it. Says the same whatever is decided.
    pub fn stands_alone(&self, mentions: &[Id]) -> bool {
        let records = || mentions.iter().filter_map(|id| self.annotation(id));
        let is_linked = |mention: &Annotation| {
            self.claim_links(&mention.id)
                .any(|link| !link.suggestions.is_empty())
        };
        records().any(|mention| !mention.suggestions.is_empty())
            && !records().any(|mention| is_credit(mention) || is_linked(mention))
    }
}

/// The status of a source by those of its mentions: the one that most asks for a look of those that
/// were decided on; undecided while nobody stands behind one. Withdrawn mentions count only where
/// all are withdrawn.
pub fn source_status(mentions: impl Iterator<Item = Status>) -> Status {
    const STRONGEST_FIRST: [Status; 7] = [
        Status::Disputed,
        Status::Unsure,
        Status::Corrected,
        Status::Added,
        Status::Confirmed,
        Status::Undecided,
        Status::Rejected,
    ];
    let rank = |status: Status| {
        STRONGEST_FIRST
            .iter()
            .position(|known| *known == status)
            .unwrap_or(STRONGEST_FIRST.len())
    };
    mentions
        .min_by_key(|status| rank(*status))
        .unwrap_or(Status::Withdrawn)
}

/// A source's mentions, for lists: ids by key, in the order given.
pub fn group_sources<'a>(mentions: impl Iterator<Item = &'a Annotation>) -> Vec<(String, Vec<Id>)> {
    let mut at: FxHashMap<String, usize> = FxHashMap::default();
    let mut groups: Vec<(String, Vec<Id>)> = Vec::new();
    for mention in mentions {
        let key = source_key(mention);
        match at.get(&key) {
            Some(&at) => groups[at].1.push(mention.id.clone()),
            None => {
                at.insert(key.clone(), groups.len());
                groups.push((key, vec![mention.id.clone()]));
            }
        }
    }
    groups
}
