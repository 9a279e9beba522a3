//! How much of an article is decided, and which mentions are one source.
//!
//! One definition for the desk and the queue: claims count, and sources that no claim is
//! linked to, because a linked source is decided with its card. Pure counting; whoever
//! shows it keeps its own running count and agrees with this one.

use rustc_hash::FxHashMap;

use super::{Annotation, Document, Id, Status};
use crate::detect::SourceType;
use crate::text::Word;

/// Items decided, of all items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items somebody answered.
    pub decided: usize,
    /// Claims, and sources without a claim; withdrawn records are in neither.
    pub total: usize,
}

impl Progress {
    /// Counts a document from scratch.
    pub fn of(document: &Document) -> Progress {
        let mut progress = Progress::default();
        let mut sources: FxHashMap<String, (Vec<Status>, bool)> = FxHashMap::default();
        for annotation in document.annotations() {
            let status = annotation.status();
            if annotation.is_claim() && status != Status::Withdrawn {
                progress.total += 1;
                progress.decided += usize::from(!status.is_open());
            } else if annotation.is_source() {
                let linked = document
                    .claims_of(&annotation.id)
                    .any(|claim| claim.status() != Status::Withdrawn);
                let entry = sources.entry(source_key(annotation)).or_default();
                entry.0.push(status);
                // A picture's credit asks for no decision.
                entry.1 |= linked || is_credit(annotation);
            }
        }
        for (statuses, linked) in sources.values() {
            let status = source_status(statuses.iter().copied());
            if !linked && status != Status::Withdrawn {
                progress.total += 1;
                progress.decided += usize::from(!status.is_open());
            }
        }
        progress
    }
}

/// Whether a mention only says who made or supplied a picture.
pub fn is_credit(mention: &Annotation) -> bool {
    mention.attribute("source_type") == Some(SourceType::ImageCredit.as_str())
}

/// What mentions of one person or body have in common: the entity, else the name, else the
/// words, folded.
pub fn source_key(mention: &Annotation) -> String {
    let said = |name| {
        mention
            .attribute(name)
            .filter(|value| !value.trim().is_empty())
    };
    folded(
        said("entity")
            .or_else(|| said("name"))
            .unwrap_or(&mention.target.quote.exact),
    )
}

/// The status of a source by those of its mentions: undecided while one of them is, else the
/// one that most asks for a look. Withdrawn mentions count only where all are withdrawn.
pub fn source_status(mentions: impl Iterator<Item = Status>) -> Status {
    const STRONGEST_FIRST: [Status; 7] = [
        Status::Undecided,
        Status::Disputed,
        Status::Unsure,
        Status::Corrected,
        Status::Added,
        Status::Confirmed,
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

/// Words made comparable: lower case, one space between words, plain quotation marks.
pub fn folded(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            let from = folded.len();
            folded.push_str(word);
            folded[from..].make_ascii_lowercase();
            continue;
        }
        for letter in word.chars() {
            match letter {
                '‘' | '’' | 'ʼ' => folded.push('\''),
                '“' | '”' | '„' | '«' | '»' => folded.push('"'),
                '\u{AD}' | '\u{200B}' => {}
                _ => folded.extend(letter.to_lowercase()),
            }
        }
    }
    folded
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
