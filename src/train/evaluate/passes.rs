//! What reviewers decided in finished passes, as something detection can be scored against.
//!
//! One item is one claim, as on a card, with the source it is taken from. A claim that a
//! person confirmed, corrected or added is marked; a rejected one is not, so finding it
//! again is wrong. Cues are nobody's decision and are left out.

use crate::annotations::{Annotation, Document, Status};
use crate::detect::Findings;
use crate::text::{Article, Mark};

use super::{FoundArticle, GoldArticle, PointAttribution, right_ones, to_points};

/// Why an article gives nothing to score against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReviewed {
    /// Nobody began, or whoever decided last has not finished: silence means nothing yet.
    Unfinished,
    /// The pass was finished over another version of the text.
    OtherText,
}

/// An article with what its finished pass decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Claims a person stands behind, each with its source.
    gold: GoldArticle,
    /// Claims nobody settled: undecided, unsure, disputed. They count for neither side.
    open: GoldArticle,
    /// How many of these stand below the fold: nobody was shown them, so a finished pass says
    /// nothing about them.
    folded: usize,
}

impl Reviewed {
    /// What was decided on `article`, which outputs call `id`.
    ///
    /// # Errors
    /// When the last pass is not finished, or not over this text.
    pub fn new(id: &str, article: &Article, document: &Document) -> Result<Reviewed, NotReviewed> {
        is_finished(document)?;
        let items = |wanted: fn(Status) -> bool| GoldArticle {
            id: id.to_owned(),
            text: article.text().to_owned(),
            attributions: document
                .annotations()
                .iter()
                .filter(|annotation| annotation.is_claim() && wanted(annotation.status()))
                .filter_map(|claim| item(article, document, claim))
                .collect(),
        };
        let placed = |claim: &&Annotation| claim.target.mark.is_some() && claim.is_folded();
        Ok(Reviewed {
            folded: document.annotations().iter().filter(placed).count(),
            gold: items(Status::is_verified),
            open: items(|status| {
                matches!(
                    status,
                    Status::Undecided | Status::Unsure | Status::Disputed
                )
            }),
        })
    }

    /// The claims a person stands behind, each with its source.
    pub fn gold(&self) -> &GoldArticle {
        &self.gold
    }

    /// How many claims nobody settled that somebody was shown.
    pub fn unsettled(&self) -> usize {
        self.open.attributions.len().saturating_sub(self.folded)
    }

    /// The claims of a detector run over the same text, without those nobody settled.
    pub fn found(&self, article: &Article, findings: &Findings) -> FoundArticle {
        let items: Vec<PointAttribution> = findings
            .claims
            .iter()
            .map(|claim| {
                let attribution = claim.attribution.and_then(|k| findings.attributions.get(k));
                let source = attribution.and_then(|a| a.source.as_ref());
                of_marks(article, source, &claim.mark)
            })
            .collect();
        let settled = right_ones(&self.gold, &items);
        let mut rest: Vec<PointAttribution> = Vec::new();
        let mut kept: Vec<PointAttribution> = Vec::new();
        for (item, settled) in items.into_iter().zip(settled) {
            if settled { &mut kept } else { &mut rest }.push(item);
        }
        let open = right_ones(&self.open, &rest);
        let wrong = rest.into_iter().zip(open).filter(|(_, open)| !open);
        kept.extend(wrong.map(|(item, _)| item));
        FoundArticle {
            id: self.gold.id.clone(),
            attributions: kept,
        }
    }
}

/// Whether the last pass over an article is finished, over the text that it has now: then what
/// was shown and left alone was looked at.
///
/// # Errors
/// When it is not.
pub fn is_finished(document: &Document) -> Result<(), NotReviewed> {
    let passes = document.parts().passes.iter().map(|(_, pass)| pass);
    let last = passes.max_by_key(|pass| (&pass.at, pass.finished));
    let last = last
        .filter(|pass| pass.finished)
        .ok_or(NotReviewed::Unfinished)?;
    if last.text == *document.text() {
        Ok(())
    } else {
        Err(NotReviewed::OtherText)
    }
}

/// A claim with the source it is taken from; `None` if its words are no longer found.
fn item(article: &Article, document: &Document, claim: &Annotation) -> Option<PointAttribution> {
    let content = claim.target.mark.as_ref()?;
    let source = source_of(document, claim).and_then(|mention| mention.target.mark.as_ref());
    Some(of_marks(article, source, content))
}

/// The mention a claim is taken from, unless nobody stands behind it.
pub fn source_of<'a>(document: &'a Document, claim: &Annotation) -> Option<&'a Annotation> {
    document
        .source_of(&claim.id)
        .filter(|mention| !matches!(mention.status(), Status::Rejected | Status::Withdrawn))
}

fn of_marks(article: &Article, source: Option<&Mark>, content: &Mark) -> PointAttribution {
    let points = |mark: &Mark| to_points(article, mark.pieces());
    PointAttribution {
        source: source.map(points).unwrap_or_default(),
        cue: Vec::new(),
        content: points(content),
    }
}

#[cfg(test)]
mod tests {
    use super::super::score;
    use super::*;
    use crate::annotations::{Decision, Edit, Id, Pass, Review, Time};
    use crate::detect::{Attribution, Claim, Kind, Run, SourceMention, SourceType, Voice};
    use crate::text::{Media, Open, Span};
    use serde_json::Map;

    const TEXT: &str = "Fares rose by 9 percent, the ferry board said. Été brings more boats. \
                        The old pier is unsafe. The new pier will open in May.";
    const CLAIMS: [&str; 4] = [
        "Fares rose by 9 percent",
        "Été brings more boats.",
        "The old pier is unsafe.",
        "The new pier will open in May.",
    ];

    fn article() -> Article {
        Article::new("ferry.txt", TEXT, Media::Plain)
    }

    fn mark(words: &str) -> Mark {
        let start = TEXT.find(words).expect("in the text");
        Mark::whole(Span::new(start, start + words.len())).expect("not empty")
    }

    fn findings() -> Findings {
        let attribution = Attribution {
            source: Some(mark("the ferry board")),
            cue: Some(mark("said")),
            content: mark(CLAIMS[0]),
            voice: Voice::Indirect,
            score: 0.9,
        };
        let claims = CLAIMS.iter().enumerate().map(|(k, words)| Claim {
            mark: mark(words),
            attribution: (k == 0).then_some(0),
            voice: Voice::Own,
            kinds: vec![Kind::Event],
            checkable: 0.8,
            keep: 0.0,
            stand_alone: None,
            priority: 0.5,
            why: "a test".to_owned(),
        });
        Findings {
            cut: false,
            model: "test 1".to_owned(),
            folded: Vec::new(),
            sentences: Vec::new(),
            claims: claims.collect(),
            attributions: vec![attribution],
            sources: vec![SourceMention {
                mark: mark("the ferry board"),
                entity: 0,
                name: "ferry board".to_owned(),
                source_type: SourceType::Organisation,
                role: None,
                score: 0.9,
                why: "said".to_owned(),
            }],
        }
    }

    fn time(minute: u32) -> Time {
        Time::new(format!("2031-02-03T10:{minute:02}:00Z"))
    }

    fn claim(document: &Document, words: &str) -> Id {
        let found = document
            .annotations()
            .iter()
            .find(|a| a.is_claim() && a.target.quote.exact == words);
        found.expect("a claim with these words").id.clone()
    }

    fn decide(document: &mut Document, words: &str, reviewer: &str, decision: Decision) {
        let annotation = claim(document, words);
        let record = document.annotation(&annotation).expect("it is there");
        let spanned = decision != Decision::Reject && decision != Decision::Unsure;
        let review = Review {
            decision: Open::Known(decision),
            text: document.text().clone(),
            at: time(1),
            kind: spanned.then(|| record.kind.clone()),
            quote: spanned.then(|| record.target.quote.clone()),
            kinds: Vec::new(),
            verdict: None,
            note: None,
            seconds: None,
            tool: None,
            unknown: Map::new(),
        };
        let edit = Edit::Review {
            annotation,
            reviewer: reviewer.to_owned(),
            review: Some(review),
        };
        document.apply(edit).expect("it is there");
    }

    fn pass(document: &mut Document, reviewer: &str, finished: bool, minute: u32) {
        let pass = Pass {
            text: document.text().clone(),
            finished,
            at: time(minute),
            more: Map::new(),
        };
        let edit = Edit::Pass {
            reviewer: reviewer.to_owned(),
            pass: Some(pass),
        };
        document.apply(edit).expect("passes can always be set");
    }

    /// The first claim confirmed, the second rejected, the third unsure, the last undecided.
    fn reviewed() -> Document {
        let mut document = Document::new(&article());
        document.adopt(
            &article(),
            &findings(),
            &Run::new("test", "by hand"),
            time(0),
        );
        decide(&mut document, CLAIMS[0], "ana", Decision::Confirm);
        decide(&mut document, CLAIMS[1], "ana", Decision::Reject);
        decide(&mut document, CLAIMS[2], "ana", Decision::Unsure);
        document
    }

    fn right_found_gold(document: &Document, findings: &Findings) -> [Vec<usize>; 2] {
        let reviewed = Reviewed::new("x", &article(), document).expect("it is finished");
        let found = reviewed.found(&article(), findings);
        let scores = score(std::slice::from_ref(reviewed.gold()), &[found]);
        ["content", "content+source"].map(|name| {
            let block = scores.block(name).expect("a block of that name");
            vec![block.right, block.found.unwrap_or(99), block.gold]
        })
    }

    #[test]
    fn confirmed_is_right_rejected_is_wrong_and_the_unsettled_count_for_nobody() {
        let mut document = reviewed();
        pass(&mut document, "ana", true, 5);
        assert_eq!(
            right_found_gold(&document, &findings()),
            [[1, 2, 1], [1, 2, 1]]
        );
        let reviewed = Reviewed::new("x", &article(), &document).expect("it is finished");
        assert_eq!(reviewed.unsettled(), 2);
        // What a run no longer finds is missed, and what it finds without a source is not
        // right with it.
        let mut other = findings();
        other.attributions[0].source = None;
        assert_eq!(right_found_gold(&document, &other), [[1, 2, 1], [0, 2, 1]]);
        other.claims.drain(..2);
        assert_eq!(right_found_gold(&document, &other), [[0, 0, 1], [0, 0, 1]]);
    }

    #[test]
    fn a_rejected_source_is_none() {
        let mut document = reviewed();
        pass(&mut document, "ana", true, 5);
        let annotation = claim(&document, CLAIMS[0]);
        let link = document.source_link(&annotation).expect("a link").clone();
        let mention = link.to.clone();
        let mut review = document.annotation(&annotation).expect("there").reviews[0]
            .1
            .clone();
        review.decision = Open::Known(Decision::Reject);
        (review.kind, review.quote) = (None, None);
        let edit = Edit::Review {
            annotation: mention,
            reviewer: "ana".to_owned(),
            review: Some(review),
        };
        document.apply(edit).expect("it is there");
        assert_eq!(
            right_found_gold(&document, &findings()),
            [[1, 2, 1], [0, 2, 1]]
        );
    }

    #[test]
    fn reviewers_who_differ_settle_nothing() {
        let mut document = reviewed();
        decide(&mut document, CLAIMS[0], "bo", Decision::Reject);
        pass(&mut document, "ana", true, 5);
        pass(&mut document, "bo", true, 6);
        assert_eq!(
            right_found_gold(&document, &findings()),
            [[0, 1, 0], [0, 1, 0]]
        );
    }

    #[test]
    fn a_finished_pass_says_nothing_of_cards_below_the_fold() {
        let mut found = findings();
        found.folded = found.claims.split_off(2);
        let mut document = Document::new(&article());
        let run = crate::detect::Run::new("test", &found.model);
        document.adopt(&article(), &found, &run, time(0));
        decide(&mut document, CLAIMS[0], "ana", Decision::Confirm);
        decide(&mut document, CLAIMS[1], "ana", Decision::Reject);
        pass(&mut document, "ana", true, 3);
        let reviewed = Reviewed::new("x", &article(), &document).expect("it is finished");
        assert_eq!(reviewed.unsettled(), 0, "nobody was shown the others");
        // A run that shows them all is wrong about the rejected one alone.
        let shown = reviewed.found(&article(), &findings());
        assert_eq!(shown.attributions.len(), 2);
        // Once somebody decides on one, it counts as any.
        decide(&mut document, CLAIMS[2], "ana", Decision::Reject);
        let reviewed = Reviewed::new("x", &article(), &document).expect("it is finished");
        assert_eq!(
            reviewed.found(&article(), &findings()).attributions.len(),
            3
        );
    }

    #[test]
    fn only_a_finished_last_pass_over_this_text_counts() {
        let new = |document: &Document| Reviewed::new("x", &article(), document);
        let mut document = reviewed();
        assert_eq!(new(&document), Err(NotReviewed::Unfinished));
        pass(&mut document, "ana", false, 5);
        assert_eq!(new(&document), Err(NotReviewed::Unfinished));
        pass(&mut document, "ana", true, 6);
        assert!(new(&document).is_ok());
        pass(&mut document, "bo", false, 7);
        assert_eq!(new(&document), Err(NotReviewed::Unfinished));
        pass(&mut document, "bo", true, 8);
        assert!(new(&document).is_ok());
        let mut stale = document.clone().into_parts();
        for (_, pass) in &mut stale.passes {
            pass.text = Id::new("t-00000000");
        }
        assert_eq!(
            new(&Document::from_parts(stale)),
            Err(NotReviewed::OtherText)
        );
    }
}
