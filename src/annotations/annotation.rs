//! One annotation, one link: what was suggested, what was decided, and the status of both.
//!
//! Suggestions are immutable and reviews are whole answers, one a reviewer; the status is a
//! function of the decisions and nothing else. Fields and words we do not know are carried
//! along in `unknown` maps and [`Open`] words.

use serde_json::{Map, Number, Value};

use super::{Evidence, Id, Quote, StandAlone, Target, Time};
use crate::detect::{Kind, Voice};
use crate::text::{Open, words};

words! {
    /// What an annotation marks.
    RecordKind {
        /// What someone asserts.
        Claim = "claim",
        /// Who or what a claim is taken from.
        Source = "source",
    }
}

words! {
    /// What a reviewer decided.
    Decision {
        /// The suggestion is right.
        Confirm = "confirm",
        /// It is right but for its words or kinds.
        Correct = "correct",
        /// It is no claim or source.
        Reject = "reject",
        /// The detector missed it.
        Add = "add",
        /// To be looked at again.
        Unsure = "unsure",
        /// Added and taken back.
        Withdraw = "withdraw",
    }
}

impl Decision {
    /// Whether it says that there is no claim or source: then no words and kinds are meant.
    pub fn refuses(self) -> bool {
        matches!(self, Decision::Reject | Decision::Withdraw)
    }
}

words! {
    /// Where an annotation stands, derived from its decisions.
    Status {
        /// Nobody decided yet.
        Undecided = "undecided",
        /// Confirmed as suggested.
        Confirmed = "confirmed",
        /// Confirmed with other words or kinds.
        Corrected = "corrected",
        /// Added by a person.
        Added = "added",
        /// Not a claim or source.
        Rejected = "rejected",
        /// Somebody looked and could not tell.
        Unsure = "unsure",
        /// Reviewers differ.
        Disputed = "disputed",
        /// Added and taken back.
        Withdrawn = "withdrawn",
    }
}

impl Status {
    /// Whether a reviewer still has to look.
    pub fn is_open(self) -> bool {
        matches!(self, Status::Undecided)
    }

    /// Whether a person stands behind it: what exports take.
    pub fn is_verified(self) -> bool {
        matches!(self, Status::Confirmed | Status::Corrected | Status::Added)
    }
}

/// What one detector run proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Where, in the run's own text.
    pub quote: Quote,
    /// Claim or source.
    pub kind: Open<RecordKind>,
    /// Kinds of the claim.
    pub kinds: Vec<Open<Kind>>,
    /// Whose words.
    pub voice: Option<Open<Voice>>,
    /// The words that attribute.
    pub cue: Option<Quote>,
    /// Confidence, 0 to 1.
    pub score: Option<Number>,
    /// How likely it can be checked, 0 to 1.
    pub checkable: Option<Number>,
    /// How much it deserves checking within the article, 0 to 1.
    pub priority: Option<Number>,
    /// The reason in words.
    pub why: Option<String>,
    /// How likely a person keeps the card, 0 to 1.
    pub keep: Option<Number>,
    /// Whether the card is seldom worth a person's time and stands below the fold.
    pub folded: bool,
    /// The claim in words that can be read without the article.
    pub stand_alone: Option<StandAlone>,
    /// Fields we do not know.
    pub unknown: Map<String, Value>,
}

/// One reviewer's whole answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Review {
    /// What was decided.
    pub decision: Open<Decision>,
    /// The text version the answer counts in.
    pub text: Id,
    /// When.
    pub at: Time,
    /// Claim or source; always there with confirm, correct and add of an annotation.
    pub kind: Option<Open<RecordKind>>,
    /// The words, in code points of `text`; always there with confirm, correct and add.
    pub quote: Option<Quote>,
    /// Kinds of the claim; empty: not said.
    pub kinds: Vec<Open<Kind>>,
    /// The finding on the claim, from the house list.
    pub verdict: Option<String>,
    /// The reviewer's note.
    pub note: Option<String>,
    /// Seconds from showing the card to the decision.
    pub seconds: Option<Number>,
    /// Program and version.
    pub tool: Option<String>,
    /// Fields we do not know.
    pub unknown: Map<String, Value>,
}

impl Review {
    /// Whether it stands behind words of its own: confirm, correct or add.
    pub fn stands_behind(&self) -> bool {
        let decision = self.decision.known();
        let behind = matches!(
            decision,
            Some(Decision::Confirm | Decision::Correct | Decision::Add)
        );
        behind && self.quote.is_some()
    }

    /// Whether it settles the matter (all but unsure).
    pub fn is_firm(&self) -> bool {
        self.decision
            .known()
            .is_some_and(|decision| decision != Decision::Unsure)
    }
}

/// The attribute that says that a second look is wanted beside an answer.
pub const SECOND_LOOK: &str = "second_look";

/// A claim or a source mention with all that was suggested and decided about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Its identity.
    pub id: Id,
    /// Claim or source.
    pub kind: Open<RecordKind>,
    /// Where it stands now.
    pub target: Target,
    /// Claim: `claim_text`, `tags`, `second_look`. Source: `name`, `source_type`, `entity`,
    /// `role`, `url`. And whatever other tools put there.
    pub attributes: Map<String, Value>,
    /// By run, in the order read.
    pub suggestions: Vec<(Id, Suggestion)>,
    /// By reviewer, in the order read.
    pub reviews: Vec<(String, Review)>,
    /// The desk's last word, above all reviews.
    pub adjudication: Option<Review>,
    /// By evidence id.
    pub evidence: Vec<(Id, Evidence)>,
    /// Answers and fields changed on both sides of a merge: `{field: {base, ours, theirs}}`.
    pub conflicts: Map<String, Value>,
    /// Fields we do not know.
    pub unknown: Map<String, Value>,
    /// Whose suggestion counts, as the house ranks detectors; no part of the record.
    pub counts: Counts,
}

/// The run whose suggestion counts for a record, if the house ranks one of them.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    run: Option<Id>,
    folds: bool,
}

impl PartialEq for Counts {
    /// Two records are the same whoever counts.
    fn eq(&self, _: &Counts) -> bool {
        true
    }
}

impl Counts {
    /// That run counts; `folds`: it alone says whether the record stands below the fold.
    pub(super) fn of(run: Option<Id>, folds: bool) -> Counts {
        Counts { run, folds }
    }

    /// The run that alone says whether the record stands below the fold.
    pub(super) fn folding(&self) -> Option<&Id> {
        self.run.as_ref().filter(|_| self.folds)
    }
}

impl Annotation {
    /// A record of which nothing is said but where it stands.
    pub fn new(id: Id, kind: Open<RecordKind>, target: Target) -> Annotation {
        Annotation {
            id,
            kind,
            target,
            attributes: Map::new(),
            suggestions: Vec::new(),
            reviews: Vec::new(),
            adjudication: None,
            evidence: Vec::new(),
            conflicts: Map::new(),
            unknown: Map::new(),
            counts: Counts::default(),
        }
    }

    /// The words that stand alone, as the run that counts suggests them, else the latest that has
    /// some.
    pub fn stand_alone(&self) -> Option<&str> {
        let mut words = self
            .counted_first()
            .filter_map(|suggested| suggested.stand_alone.as_ref());
        words.next().map(|words| words.text.as_str())
    }

    /// The suggestions: the one that counts, then the latest first.
    fn counted_first(&self) -> impl Iterator<Item = &Suggestion> {
        let latest_first = self
            .suggestions
            .iter()
            .rev()
            .map(|(_, suggested)| suggested);
        self.suggestion().into_iter().chain(latest_first)
    }

    /// Where it stands, by the decisions.
    pub fn status(&self) -> Status {
        if self.withholds_verdict() {
            return Status::Disputed;
        }
        status_of(self.adjudication.as_ref(), &self.reviews)
    }

    /// Whether it marks a claim.
    pub fn is_claim(&self) -> bool {
        self.kind.known() == Some(RecordKind::Claim)
    }

    /// Whether it marks a source.
    pub fn is_source(&self) -> bool {
        self.kind.known() == Some(RecordKind::Source)
    }

    /// The answer of one reviewer.
    pub fn review_of(&self, reviewer: &str) -> Option<&Review> {
        self.reviews
            .iter()
            .find(|(name, _)| name == reviewer)
            .map(|(_, review)| review)
    }

    /// The answers that speak to a reviewer: the desk's last word, else her own, else all.
    pub(super) fn answers_for<'a>(
        &'a self,
        reviewer: &str,
    ) -> impl Iterator<Item = &'a Review> + use<'a> {
        answers_for(self.adjudication.as_ref(), &self.reviews, reviewer)
    }

    /// The order of annotations in the file: by start, end, kind, id.
    pub fn file_order(&self) -> (u32, u32, &str, &str) {
        let quote = &self.target.quote;
        (quote.start, quote.end, self.kind.as_str(), self.id.as_str())
    }

    /// The answer that counts: the adjudication, else the latest firm review, else the
    /// latest; a wish for a second look puts no answer aside.
    pub fn answer(&self) -> Option<&Review> {
        self.adjudication.as_ref().or_else(|| {
            self.reviews
                .iter()
                .map(|(_, review)| review)
                .max_by_key(|review| (review.is_firm(), &review.at))
        })
    }

    /// The suggestion that counts: see [`suggested`](Annotation::suggested).
    pub fn suggestion(&self) -> Option<&Suggestion> {
        self.suggested().map(|(_, suggestion)| suggestion)
    }

    /// The suggestion that counts, and its run: the one the house ranks best, else of those that give
    /// a reason or a priority the latest. Marks that came from a file give neither, and take nothing away from what a detector
    /// knows; where nobody does, the latest.
    pub fn suggested(&self) -> Option<(&Id, &Suggestion)> {
        if let Some(run) = &self.counts.run
            && let Some((run, suggestion)) = self.suggestions.iter().find(|(id, _)| id == run)
        {
            return Some((run, suggestion));
        }
        let weighs =
            |entry: &&(Id, Suggestion)| entry.1.why.is_some() || entry.1.priority.is_some();
        let latest = self.suggestions.iter().rev().find(weighs);
        let latest = latest.or(self.suggestions.last());
        latest.map(|(run, suggestion)| (run, suggestion))
    }

    /// The kinds that hold: those of the answer, else those suggested, by the run that counts first.
    pub fn kinds(&self) -> &[Open<Kind>] {
        match self.answer() {
            Some(answer) if !answer.kinds.is_empty() => &answer.kinds,
            _ => {
                let mut kinds = self.counted_first().map(|suggestion| &suggestion.kinds[..]);
                kinds.find(|kinds| !kinds.is_empty()).unwrap_or_default()
            }
        }
    }

    /// A text attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).and_then(Value::as_str)
    }

    /// Whether a second look is wanted beside its answer.
    pub fn wants_second_look(&self) -> bool {
        self.attributes.get(SECOND_LOOK) == Some(&Value::Bool(true))
    }

    /// The tags, in order.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let tags = self.attributes.get("tags").and_then(Value::as_array);
        tags.into_iter().flatten().filter_map(Value::as_str)
    }
}

/// That a claim is taken from a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its identity.
    pub id: Id,
    /// `attributed_to`, or another tool's word.
    pub link_type: String,
    /// The claim.
    pub from: Id,
    /// The source mention.
    pub to: Id,
    /// By run: objects kept as read; ours hold `score`.
    pub suggestions: Vec<(Id, Value)>,
    /// By reviewer, in the order read.
    pub reviews: Vec<(String, Review)>,
    /// Answers and fields changed on both sides of a merge: `{field: {base, ours, theirs}}`.
    pub conflicts: Map<String, Value>,
    /// Fields we do not know.
    pub unknown: Map<String, Value>,
}

impl Link {
    /// The type of link from a claim to its source.
    pub const ATTRIBUTED_TO: &'static str = "attributed_to";

    /// Where it stands, by the decisions.
    pub fn status(&self) -> Status {
        if self.is_contested() {
            return Status::Disputed;
        }
        status_of(None, &self.reviews)
    }

    /// Whether it leads from a claim to its source.
    pub fn is_attribution(&self) -> bool {
        self.link_type == Link::ATTRIBUTED_TO
    }

    /// The answers that speak to a reviewer: her own, else all.
    pub(super) fn answers_for<'a>(
        &'a self,
        reviewer: &str,
    ) -> impl Iterator<Item = &'a Review> + use<'a> {
        answers_for(None, &self.reviews, reviewer)
    }

    /// The answer of one reviewer.
    pub fn review_of(&self, reviewer: &str) -> Option<&Review> {
        self.reviews
            .iter()
            .find(|(name, _)| name == reviewer)
            .map(|(_, review)| review)
    }
}

/// Whose answers stand in for a reviewer's: nobody's above the last word, nobody's where she
/// answered herself, and everybody's where she did not.
fn answers_for<'a>(
    ruling: Option<&'a Review>,
    reviews: &'a [(String, Review)],
    reviewer: &str,
) -> impl Iterator<Item = &'a Review> + use<'a> {
    let own = || {
        let mut reviews = reviews.iter();
        reviews
            .find(|(name, _)| name == reviewer)
            .map(|(_, own)| own)
    };
    let one = ruling.or_else(own);
    let others = if one.is_some() { &[] } else { reviews };
    one.into_iter()
        .chain(others.iter().map(|(_, review)| review))
}

/// The status that follows from a set of decisions: adjudication wins; firm answers that
/// differ are disputed; a decision we do not know counts for nothing.
fn status_of(adjudication: Option<&Review>, reviews: &[(String, Review)]) -> Status {
    if let Some(decision) = adjudication.and_then(|review| review.decision.known()) {
        return match decision {
            Decision::Confirm => Status::Confirmed,
            Decision::Correct => Status::Corrected,
            Decision::Reject => Status::Rejected,
            Decision::Add => Status::Added,
            Decision::Unsure => Status::Unsure,
            Decision::Withdraw => Status::Withdrawn,
        };
    }
    let known = || {
        reviews
            .iter()
            .filter_map(|(_, r)| r.decision.known().map(|d| (d, r)))
    };
    let any = |wanted: Decision| known().any(|(decision, _)| decision == wanted);
    let mut firm = known().filter(|(decision, _)| *decision != Decision::Unsure);
    let Some(first) = firm.next() else {
        return if any(Decision::Unsure) {
            Status::Unsure
        } else {
            Status::Undecided
        };
    };
    if firm.any(|other| !same_answer(first, other)) {
        return Status::Disputed;
    }
    if any(Decision::Reject) {
        Status::Rejected
    } else if any(Decision::Withdraw) {
        Status::Withdrawn
    } else if any(Decision::Add) {
        Status::Added
    } else if any(Decision::Correct) {
        Status::Corrected
    } else {
        Status::Confirmed
    }
}

/// Whether two firm answers mean the same: both no span, or the same kind and words.
fn same_answer(a: (Decision, &Review), b: (Decision, &Review)) -> bool {
    match (a.0.refuses(), b.0.refuses()) {
        (true, true) => true,
        (false, false) => {
            a.1.kind == b.1.kind
                && match (&a.1.quote, &b.1.quote) {
                    (Some(x), Some(y)) => x.same_words(y),
                    (x, y) => x.is_none() && y.is_none(),
                }
        }
        _ => false,
    }
}
