//! What a queue says of an article: state, progress, what deserves checking; and orderings.
//!
//! Pure: made of a document that has the detector's suggestions in it. One definition for
//! the queue screen and the `queue` command.

mod counts;
mod order;
mod packed;

pub use counts::{put_count, take_count};
pub use order::Standing;
pub use packed::PackedRow;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::{Annotation, Document, Id, Progress, Question, Status, folded};
use crate::text::{About, words};

/// How many claims a row shows of those that deserve checking most.
const TOP: usize = 5;
/// Bytes a row keeps of how its text begins.
const BEGINS: usize = 120;
/// Bytes of what is noted of an article past which nothing is added but that there is more.
const NOTES: usize = 1_000;
const MORE: &str = "; and more";

words! {
    /// Where an article stands in the queue.
    #[derive(Default)]
    QueueState {
        /// Nobody began.
        #[default]
        New = "new",
        /// Somebody began.
        Started = "started",
        /// Put off.
        Later = "later",
        /// This reviewer has finished, or another one and nobody else began.
        Finished = "finished",
        /// Finished, and then the article changed: there are questions again.
        Changed = "changed since finished",
        /// Nobody began, and nobody has to: it is a copy of another article.
        Copy = "copy",
    }
}

words! {
    /// In what order the queue is shown.
    #[derive(Default)]
    QueueOrder {
        /// What deserves checking most first; finished articles last.
        #[default]
        Priority = "priority",
        /// By name.
        Name = "name",
        /// Least decided first.
        Progress = "progress",
        /// Latest decision first.
        Time = "time",
    }
}

/// A claim that deserves checking.
#[derive(Clone, Debug, PartialEq)]
pub struct TopClaim {
    /// Its words as they stand in the article.
    pub text: String,
    /// Its kinds.
    pub kinds: Vec<String>,
    /// Whom it is taken from.
    pub source: Option<String>,
    /// How much it deserves checking, 0 to 1.
    pub priority: f64,
}

/// What the queue says of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueRow {
    /// What is known of it: title, author and so on.
    pub about: About,
    /// Where it stands.
    pub state: QueueState,
    /// Items decided.
    pub decided: usize,
    /// Items to be decided.
    pub total: usize,
    /// Items on which others answered differently from this reviewer.
    pub disputed: usize,
    /// Claims, without those rejected or withdrawn.
    pub claims: usize,
    /// The share of these claims without a source, 0 to 1.
    pub share_without_source: f64,
    /// How much the claims with an open question deserve checking, 0 to 1; 0 without any.
    pub priority: f64,
    /// What a reviewer has to know before opening it.
    pub trouble: Option<String>,
    /// Tags of the article.
    pub tags: Vec<String>,
    /// Those of them that deserve checking most, the first one most.
    pub top: Vec<TopClaim>,
    /// When anything was decided last, as files spell times; empty if nothing was.
    pub latest: String,
    /// SHA-256 of its text, to tell equal ones; empty if there is no text.
    pub text: String,
    /// Everybody who answered anything or finished, by name.
    pub reviewers: Vec<String>,
    /// Who is quoted: each source that these claims are taken from, and how many are.
    pub sources: Vec<(String, usize)>,
    /// Every word of its text once, folded, with a blank between two; empty if it was not
    /// [given](QueueRow::with_text).
    pub words: String,
    /// How its text begins, on one line; empty as well then.
    pub begins: String,
    /// When its file was written, as files spell times; empty if that is not known.
    pub written: String,
}

impl QueueRow {
    /// What a document says to one reviewer. Trouble is the caller's to add.
    pub fn of(document: &Document, reviewer: &str) -> QueueRow {
        let progress = Progress::of(document, reviewer);
        let holds = |a: &&Annotation| {
            a.is_claim()
                && !matches!(a.status(), Status::Rejected | Status::Withdrawn)
                && !a.is_folded()
        };
        let claims: Vec<&Annotation> = document.annotations().iter().filter(holds).collect();
        let without = claims
            .iter()
            .filter(|claim| !has_source(document, claim))
            .count();
        let mut open: Vec<(f64, &Annotation)> = claims
            .iter()
            .filter(|claim| document.counted_claim(claim, reviewer).open.is_some())
            .map(|claim| (claim.worth(), *claim))
            .collect();
        open.sort_by(|a, b| {
            b.0.total_cmp(&a.0)
                .then_with(|| a.1.file_order().cmp(&b.1.file_order()))
        });
        let top: Vec<TopClaim> = open
            .iter()
            .take(TOP)
            .map(|(priority, claim)| top_claim(document, claim, *priority))
            .collect();
        let weight: f64 = top.iter().map(|claim| claim.priority).sum();
        let latest = document
            .annotations()
            .iter()
            .flat_map(|a| &a.reviews)
            .map(|(_, r)| &r.at);
        let passes = document.parts().passes.iter().map(|(_, pass)| &pass.at);
        QueueRow {
            about: document.parts().article.known(),
            state: state(document, reviewer),
            decided: progress.decided,
            total: progress.total,
            disputed: progress.disputed,
            claims: claims.len(),
            share_without_source: if claims.is_empty() {
                0.0
            } else {
                without as f64 / claims.len() as f64
            },
            priority: if top.is_empty() {
                0.0
            } else {
                weight / top.len() as f64
            },
            trouble: None,
            tags: tags(document),
            top,
            latest: latest
                .chain(passes)
                .max()
                .map_or(String::new(), |at| at.as_str().to_owned()),
            text: digest(document),
            reviewers: reviewers(document),
            sources: quoted(document, &claims),
            words: String::new(),
            begins: String::new(),
            written: String::new(),
        }
    }

    /// The same with what is kept of the article's text: its words for filters, and how it
    /// begins for where no headline is known.
    pub fn with_text(self, text: &str) -> QueueRow {
        let folded = folded(text);
        let mut seen = FxHashSet::default();
        let once = folded.split(' ').filter(|word| seen.insert(*word));
        let words = once.collect::<Vec<_>>().join(" ");
        let mut begins = String::new();
        for word in text.split_whitespace() {
            if begins.len() + word.len() > BEGINS {
                break;
            }
            begins.push_str(if begins.is_empty() { "" } else { " " });
            begins.push_str(word);
        }
        QueueRow {
            words,
            begins,
            ..self
        }
    }

    /// A row of an article that could not be looked at.
    pub fn with_trouble(trouble: String) -> QueueRow {
        QueueRow {
            trouble: Some(trouble),
            ..QueueRow::default()
        }
    }

    /// Notes that another article, called `name`, has exactly this text; `is_copy`: and that this
    /// one is called as a copy of it.
    pub fn note_equal(&mut self, name: &str, is_copy: bool) {
        self.note(format!("the same text as {name}"));
        if is_copy && self.state == QueueState::New {
            self.state = QueueState::Copy;
        }
    }

    fn note(&mut self, what: String) {
        self.trouble = Some(match self.trouble.take() {
            Some(trouble) if trouble.contains(&what) => trouble,
            // A thousand copies are no more news than a few.
            Some(trouble) if trouble.ends_with(MORE) => trouble,
            Some(trouble) if trouble.len() > NOTES => trouble + MORE,
            Some(trouble) => format!("{trouble}; {what}"),
            None => what,
        });
    }

    /// Notes that this article is a copy of the one called `name`, and how that is known.
    pub fn note_copy(&mut self, name: &str, how: &str) {
        self.note(format!("a copy of {name} {how}"));
        if self.state == QueueState::New {
            self.state = QueueState::Copy;
        }
    }

    /// Whether somebody still has to review it, now.
    pub fn is_open(&self) -> bool {
        self.state.is_open()
    }
}

fn has_source(document: &Document, claim: &Annotation) -> bool {
    document.source_of(&claim.id).is_some() || claim.attribute("source_name").is_some()
}

/// What the source of a claim is called.
fn source_name<'d>(document: &'d Document, claim: &'d Annotation) -> Option<&'d str> {
    let named = document.source_of(&claim.id).map(|source| {
        let name = source.attribute("name");
        name.unwrap_or(&source.target.quote.exact)
    });
    named.or_else(|| claim.attribute("source_name"))
}

/// The sources of claims, those of most claims first.
fn quoted(document: &Document, claims: &[&Annotation]) -> Vec<(String, usize)> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for name in claims
        .iter()
        .filter_map(|claim| source_name(document, claim))
    {
        *counts.entry(name).or_default() += 1;
    }
    by_frequency(counts)
}

/// The most frequent first; of those as frequent, by name.
pub fn by_frequency(counts: FxHashMap<&str, usize>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = counts
        .into_iter()
        .map(|(name, count)| (name.to_owned(), count))
        .collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

fn top_claim(document: &Document, claim: &Annotation, priority: f64) -> TopClaim {
    TopClaim {
        text: claim.target.quote.words(" … "),
        kinds: claim
            .kinds()
            .iter()
            .map(|kind| kind.as_str().to_owned())
            .collect(),
        source: source_name(document, claim).map(str::to_owned),
        priority,
    }
}

fn state(document: &Document, reviewer: &str) -> QueueState {
    let parts = document.parts();
    let mine = document.pass_of(reviewer);
    if parts.article.more.get("later") == Some(&Value::Bool(true))
        && !mine.is_some_and(|pass| pass.finished)
    {
        return QueueState::Later;
    }
    let finished = if mine.is_some_and(|pass| pass.finished) {
        true
    } else {
        let began = who_began(document);
        if began.is_empty() {
            return QueueState::New;
        }
        let has_finished = |name: &&str| document.pass_of(name).is_some_and(|pass| pass.finished);
        !began.contains(reviewer) && began.iter().all(has_finished)
    };
    match finished {
        false => QueueState::Started,
        true if has_changed(document, reviewer) => QueueState::Changed,
        true => QueueState::Finished,
    }
}

/// Whether there are questions to a finished article because its text changed: about what
/// was decided, or about claims that only the new text makes. What was left undecided when
/// it was finished asks nothing again.
fn has_changed(document: &Document, reviewer: &str) -> bool {
    let parts = document.parts();
    let finished: Vec<&Id> = parts
        .passes
        .iter()
        .filter(|(_, pass)| pass.finished)
        .map(|(_, pass)| &pass.text)
        .collect();
    if document
        .open_items(reviewer)
        .into_iter()
        .any(Question::is_of_change)
    {
        return true;
    }
    if finished.contains(&document.text()) {
        return false;
    }
    let was_there = |claim: &Annotation| {
        let suggestions = claim.suggestions.iter();
        let mut runs = suggestions
            .filter(|(_, suggestion)| !suggestion.folded)
            .filter_map(|(id, _)| document.run(id));
        runs.any(|run| finished.contains(&&run.text))
    };
    let mut claims = document.annotations().iter().filter(|a| a.is_claim());
    claims.any(|claim| {
        let open = document.counted_claim(claim, reviewer).open;
        open == Some(Question::Undecided) && !was_there(claim)
    })
}

/// Everybody who answered anything: a pass is written down only once it is finished.
fn who_answered(document: &Document) -> FxHashSet<&str> {
    let annotations = document.annotations().iter();
    let answers = annotations.flat_map(|annotation| {
        let reviews = annotation.reviews.iter().map(|(name, _)| name.as_str());
        let evidence = annotation.evidence.iter().map(|(_, piece)| &*piece.by);
        reviews.chain(evidence)
    });
    let links = document.links().iter().flat_map(|link| &link.reviews);
    answers.chain(links.map(|(name, _)| &**name)).collect()
}

/// Everybody who answered anything or finished.
fn who_began(document: &Document) -> FxHashSet<&str> {
    let mut began = who_answered(document);
    let passes = document.parts().passes.iter();
    began.extend(passes.map(|(name, _)| name.as_str()));
    began
}

fn reviewers(document: &Document) -> Vec<String> {
    let began = who_began(document).into_iter().map(str::to_owned);
    let mut began: Vec<String> = began.collect();
    began.sort();
    began
}

fn digest(document: &Document) -> String {
    let texts = document.parts().texts.iter();
    let mut current = texts.filter(|(id, text)| id == document.text() && text.length > 0);
    current
        .next()
        .map_or_else(String::new, |(_, text)| text.sha256.clone())
}

fn tags(document: &Document) -> Vec<String> {
    let tags = document
        .parts()
        .article
        .more
        .get("tags")
        .and_then(Value::as_array);
    tags.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
