//! One annotation as exports tell it: the view all formats share.
//!
//! Answers once what every format asks: does it count, where does it stand in the text at
//! hand, who is its source, which verdicts were given by whom.

use crate::annotations::{Anchor, Annotation, Document, Link, Question, Quote, Review};
use crate::text::{Article, Spot};

/// Between the pieces of a mark.
pub(super) const JOINT: &str = " … ";

/// Which annotations an export takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Selection {
    /// What a person stands behind: confirmed, corrected or added; and links likewise.
    #[default]
    Verified,
    /// Every one, with its status.
    All,
}

impl Selection {
    fn takes(self, annotation: &Annotation) -> bool {
        self == Selection::All || annotation.status().is_verified()
    }

    fn takes_link(self, link: &Link) -> bool {
        self == Selection::All || link.status().is_verified()
    }
}

/// An annotated article, as an export takes it.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What the reader knows it by.
    pub name: &'a str,
    /// Its text.
    pub article: &'a Article,
    /// What is known about it.
    pub document: &'a Document,
    /// Which of its annotations.
    pub selection: Selection,
}

impl<'a> Subject<'a> {
    /// What it is headed by: its title, else the name the reader knows it by.
    pub fn title(&self) -> String {
        let known = self.document.parts().article.known();
        known.title().unwrap_or(self.name).to_owned()
    }

    /// Where in the original an annotation's words stand: on which page of a print, at what time of
    /// a recording.
    pub fn spot_of(&self, annotation: &Annotation) -> Option<Spot> {
        let mark = annotation.target.mark.as_ref()?;
        self.article.spot_at(mark.start())
    }

    /// The annotations taken, in the order of the text.
    pub fn entries(&self) -> Vec<Entry<'a>> {
        entries(self.document, self.selection)
    }

    /// The claims taken, in the order of the text.
    pub fn claims(&self) -> Vec<Entry<'a>> {
        let mut claims = self.entries();
        claims.retain(|entry| entry.annotation.is_claim());
        claims
    }
}

/// What one reviewer said in one respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// Who; `None` for the desk's last word.
    pub by: Option<&'a str>,
    /// What.
    pub what: &'a str,
}

/// An answer that was given on other words than those that stand there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged<'a> {
    /// Who gave it; `None` for the desk's last word.
    pub by: Option<&'a str>,
    /// The words judged, pieces joined by “ … ”, where they are known.
    pub words: Option<String>,
    /// The verdict on them.
    pub verdict: Option<&'a str>,
}

/// One annotation in its document.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    document: &'a Document,
    selection: Selection,
    /// The record.
    pub annotation: &'a Annotation,
}

/// The annotations that an export takes, in the order of the text.
pub fn entries(document: &Document, selection: Selection) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = document
        .annotations()
        .iter()
        .filter(|annotation| selection.takes(annotation))
        .map(|annotation| Entry {
            document,
            selection,
            annotation,
        })
        .collect();
    entries.sort_by(|a, b| a.annotation.file_order().cmp(&b.annotation.file_order()));
    entries
}

impl<'a> Entry<'a> {
    /// Where it stands in the text at hand, in code points; nowhere if it was lost.
    pub fn spans(&self) -> Vec<[u32; 2]> {
        let target = &self.annotation.target;
        match target.anchor {
            Anchor::Lost => Vec::new(),
            _ => spans(&target.quote),
        }
    }

    /// Its words, pieces joined by “ … ”.
    pub fn text(&self) -> String {
        self.annotation.target.quote.words(JOINT)
    }

    /// Its links that count.
    pub fn links(&self) -> impl Iterator<Item = &'a Link> {
        let selection = self.selection;
        self.document
            .links_of(&self.annotation.id)
            .filter(move |link| selection.takes_link(link))
    }

    /// The other end of a link, if it is in the document.
    pub fn other_end(&self, link: &Link) -> Option<&'a Annotation> {
        let own = &self.annotation.id;
        let other = if link.from == *own {
            &link.to
        } else {
            &link.from
        };
        self.document.annotation(other)
    }

    /// The source mention a claim is taken from, if the link to it counts and reviewers do not
    /// differ over it.
    pub fn source(&self) -> Option<&'a Annotation> {
        let claim = &self.annotation.id;
        let withheld = || self.selection == Selection::Verified;
        if withheld() && self.document.is_source_disputed(claim) {
            return None;
        }
        let link = self.document.source_link(claim)?;
        if !self.selection.takes_link(link) {
            return None;
        }
        self.document.annotation(&link.to)
    }

    /// The name of the source a claim is taken from, in the article or not; of a source, its
    /// own.
    pub fn source_name(&self) -> Option<String> {
        if self.annotation.is_source() {
            return Some(name_of(self.annotation));
        }
        let outside = || self.annotation.attribute("source_name").map(str::to_owned);
        self.source().map(name_of).or_else(outside)
    }

    /// The verdict on the words that stand there: that of the desk's last word, else the one
    /// on which all agree who gave one; none where reviewers differ, or one reviewer with
    /// herself.
    pub fn verdict(&self) -> Option<&'a str> {
        if self.annotation.withholds_verdict() {
            return None;
        }
        let verdicts = self.verdicts();
        let (first, rest) = verdicts.split_first()?;
        let agreed = first.by.is_none() || rest.iter().all(|told| told.what == first.what);
        agreed.then_some(first.what)
    }

    /// What is open about it, whoever looks.
    pub fn open(&self) -> Vec<Question> {
        self.document.questions(self.annotation, "")
    }

    /// Whether an answer was given on the words that stand there now.
    pub fn holds(&self, review: &Review) -> bool {
        self.document.holds(self.annotation, review)
    }

    /// The answers that were given on other words, and on which.
    pub fn judged(&self) -> Vec<Judged<'a>> {
        self.answers()
            .filter(|(_, review)| review.is_firm() && !self.holds(review))
            .map(|(by, review)| Judged {
                by,
                words: review.quote.as_ref().map(|quote| quote.words(JOINT)),
                verdict: review.verdict.as_deref(),
            })
            .collect()
    }

    /// Whose words the claim is in: as the answer says, else as a detector suggests.
    pub fn voice(&self) -> Option<&'a str> {
        self.annotation.voice()
    }

    /// Every verdict given on the words that stand there now, the desk's last word first,
    /// then in the order of the file. Never one on other words, nor one that waits for a
    /// second look, nor one against which another answer of the same reviewer stands.
    pub fn verdicts(&self) -> Vec<Told<'a>> {
        let mut verdicts = self.told(|review| {
            let counts = review.is_firm() && self.holds(review);
            review.verdict.as_deref().filter(|_| counts)
        });
        verdicts.retain(|told| !self.annotation.is_contested_by(told.by));
        verdicts
    }

    /// Every note, in the order of the file.
    pub fn notes(&self) -> Vec<Told<'a>> {
        self.told(|review| review.note.as_deref())
    }

    /// The desk's last word, then every review.
    fn answers(&self) -> impl Iterator<Item = (Option<&'a str>, &'a Review)> + use<'a> {
        let reviews = self.annotation.reviews.iter();
        let reviews = reviews.map(|(by, review)| (Some(by.as_str()), review));
        let last = self.annotation.adjudication.iter().map(|r| (None, r));
        last.chain(reviews)
    }

    fn told(&self, what: impl Fn(&'a Review) -> Option<&'a str>) -> Vec<Told<'a>> {
        self.answers()
            .filter_map(|(by, review)| {
                let what = what(review).filter(|what| !what.trim().is_empty())?;
                Some(Told { by, what })
            })
            .collect()
    }
}

/// The name of a source: as given, else its words.
pub(super) fn name_of(source: &Annotation) -> String {
    match source.attribute("name") {
        Some(name) if !name.trim().is_empty() => name.to_owned(),
        _ => source.target.quote.words(JOINT),
    }
}

/// The pieces of a quote, in code points. Gaps that do not fit are passed over, as sidecars
/// may come from anywhere.
pub(super) fn spans(quote: &Quote) -> Vec<[u32; 2]> {
    let mut spans = Vec::with_capacity(quote.gaps.len() + 1);
    let mut from = quote.start;
    for (start, end) in &quote.gaps {
        let (start, end) = (
            quote.start.saturating_add(*start),
            quote.start.saturating_add(*end),
        );
        if from < start && start < end && end < quote.end {
            spans.push([from, start]);
            from = end;
        }
    }
    spans.push([from, quote.end]);
    spans
}
