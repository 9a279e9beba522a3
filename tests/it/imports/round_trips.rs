//! Every two-way format of the table: an annotated article is written, read and brought into an
//! empty document, which then says the same but for the losses told.

use std::collections::BTreeSet;

use proofmark::annotations::{Annotation, Decision, Document, Edit, Evidence, Id, Stance};
use proofmark::exchange::{Format, Part, of_article};
use proofmark::text::{Article, Media, Open, Word};
use proptest::prelude::*;
use serde_json::Map;

use super::{at, decided, read, suggested};
use crate::exports::formats::{reviewed, subject, written};
use crate::properties::places::any_text;

/// What a document says of one mark, as far as a format holds it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Said {
    kind: String,
    pieces: Vec<String>,
    kinds: Vec<String>,
    verdict: Option<String>,
    notes: Vec<String>,
    tags: Vec<String>,
    own_words: Option<String>,
    evidence: Vec<String>,
    /// What it leads to, and as what.
    links: Vec<String>,
}

/// Words as every format keeps them: letters and figures alone, for some break lines and show signs
/// in place of what steers.
fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The pieces of a mark: without the blanks around them, those that only blanks part as one.
fn pieces(article: &Article, record: &Annotation) -> Vec<String> {
    let mark = record.target.mark.as_ref().expect("a place");
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for piece in mark.pieces() {
        match pieces.last_mut() {
            Some(last) if is_blank(&article.text()[last.1..piece.start]) => last.1 = piece.end,
            _ => pieces.push((piece.start, piece.end)),
        }
    }
    let place = |(start, end): (usize, usize)| {
        let words = &article.text()[start..end];
        let bare = words.trim_matches(blank);
        let before = words.find(bare).unwrap_or(0);
        format!("{} {bare}", start + before)
    };
    let has_words = |(start, end): &(usize, usize)| !is_blank(&article.text()[*start..*end]);
    pieces.into_iter().filter(has_words).map(place).collect()
}

fn blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn is_blank(words: &str) -> bool {
    words.chars().all(blank)
}

fn said(article: &Article, document: &Document, held: &[Part]) -> BTreeSet<Said> {
    let subject = subject(article, document);
    let words = |yes: Part, words: Option<&str>| {
        let words = words.filter(|_| held.contains(&yes));
        words.map(letters)
    };
    let entries = subject.entries();
    let all = entries.iter().map(|entry| {
        let record = entry.annotation;
        let has = |part| held.contains(&part);
        let mut links: Vec<String> = Vec::new();
        if let Some(source) = entry.source().filter(|_| has(Part::TakenFrom)) {
            links.push(format!("from {:?}", pieces(article, source)));
        }
        if has(Part::OtherLinks) {
            let own = entry
                .links()
                .filter(|l| l.from == record.id && !l.is_attribution());
            links.extend(own.map(|link| {
                let to = document.annotation(&link.to).expect("an end");
                format!("{} {:?}", letters(&link.link_type), pieces(article, to))
            }));
        }
        let mut notes: Vec<String> = Vec::new();
        if has(Part::Notes) {
            notes = entry
                .notes()
                .iter()
                .map(|note| letters(note.what))
                .collect();
        }
        let mut kinds: Vec<String> = Vec::new();
        if has(Part::Kinds) && record.is_claim() {
            kinds = record.kinds().iter().map(Open::to_string).collect();
        }
        let mut evidence = Vec::new();
        if has(Part::Evidence) {
            let told = |piece: &Evidence| {
                let Evidence {
                    url,
                    document,
                    quote,
                    stance,
                    ..
                } = piece;
                format!("{url:?} {document:?} {quote:?} {stance}")
            };
            evidence = record
                .evidence
                .iter()
                .map(|(_, piece)| told(piece))
                .collect();
            evidence.sort();
        }
        let tags = record.tags().filter(|_| has(Part::Tags)).map(letters);
        Said {
            kind: record.kind.to_string(),
            pieces: pieces(article, record),
            kinds,
            verdict: words(Part::Verdicts, entry.verdict()).filter(|_| record.is_claim()),
            notes: notes.into_iter().filter(|_| record.is_claim()).collect(),
            tags: tags.collect(),
            own_words: words(Part::OwnWords, record.attribute("claim_text")),
            evidence,
            links,
        }
    });
    // A mark without a word has no place in some formats.
    all.filter(|said| !said.pieces.is_empty()).collect()
}

/// The document with tags, evidence, a claim in own words, a second reviewer and a link of another
/// kind, where it has claims.
fn enriched(mut document: Document) -> Document {
    let claims: Vec<Annotation> = document.annotations().to_vec();
    let claims: Vec<&Annotation> = claims.iter().filter(|record| record.is_claim()).collect();
    let mut edits = Vec::new();
    for (number, claim) in claims.iter().enumerate() {
        let attribute = |name: &str, value: serde_json::Value| Edit::Attribute {
            annotation: claim.id.clone(),
            name: name.to_owned(),
            value: Some(value),
        };
        if number % 2 == 0 {
            edits.push(attribute("tags", vec!["Port", "Prüfung 港口"].into()));
            edits.push(attribute(
                "claim_text",
                "The port – as it is – bought “it”.".into(),
            ));
            let mut review = claim.reviews[0].1.clone();
            review.decision = Open::Known(Decision::Confirm);
            (review.verdict, review.note) = (None, None);
            edits.push(Edit::Review {
                annotation: claim.id.clone(),
                reviewer: "bo".to_owned(),
                review: Some(review),
            });
        }
        for (nth, url) in [Some("https://stats.example/a;c?d=é"), None]
            .into_iter()
            .enumerate()
        {
            let digits = number * 2 + nth;
            edits.push(Edit::Evidence {
                annotation: claim.id.clone(),
                id: Id::new(format!("e-{digits:08x}")),
                evidence: Some(Evidence {
                    url: url.map(str::to_owned),
                    document: url.is_none().then(|| "Annual report".to_owned()),
                    quote: Some("six “cranes”".to_owned()),
                    stance: Open::Known(Stance::ALL[(number + nth) % 3]),
                    archive: None,
                    note: None,
                    locator: None,
                    primacy: None,
                    consulted: None,
                    by: "ana".to_owned(),
                    at: at(),
                    unknown: Map::new(),
                }),
            });
        }
        if let Some(other) = claims.get(number + 1) {
            edits.extend(other_link(claim, other));
        }
    }
    document.apply(Edit::All(edits)).expect("it fits");
    document
}

fn other_link(from: &Annotation, to: &Annotation) -> Option<Edit> {
    let review = proofmark::annotations::Review {
        kind: None,
        quote: None,
        kinds: Vec::new(),
        verdict: None,
        note: None,
        ..from.reviews[0].1.clone()
    };
    let id = Id::new(format!("l-{}", &from.id.as_str()[2..]));
    Some(Edit::Link {
        id: id.clone(),
        link: Some(Box::new(proofmark::annotations::Link {
            id,
            link_type: "Contradicts".to_owned(),
            from: from.id.clone(),
            to: to.id.clone(),
            suggestions: Vec::new(),
            reviews: vec![("ana".to_owned(), review)],
            conflicts: Map::new(),
            unknown: Map::new(),
        })),
    })
}

/// The formats that are written and read, with the files that one makes of an article: that which
/// is read, and that beside it.
fn both_ways() -> impl Iterator<Item = Format> {
    Format::read().filter(|format| format.row().written.is_some())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_was_written_comes_back(
        text in any_text(),
        picks in prop::collection::vec((0usize..400, 0usize..400, any::<u8>()), 0..8),
    ) {
        let (article, document) = reviewed(&text, &picks);
        let document = enriched(document);
        for format in both_ways() {
            let shape = &format.row().shapes[0];
            let (files, losses) = written(format, shape, &subject(&article, &document));
            let ending = |ending: &str| files.iter().find(|(name, _)| name.ends_with(ending));
            let (_, file) = ending(format.ending()).expect("the file");
            let beside = format.row().beside.and_then(ending).map(|(_, file)| file.as_bytes());
            let brought = read(format, file.as_bytes(), beside).expect("it is read");
            if brought.is_empty() {
                prop_assert!(document.annotations().is_empty());
                continue;
            }
            let brought = of_article(brought, "story.txt", None, article.text()).expect("one");
            let mut back = Document::new(&article);
            let bringing = decided(&mut back, &article, &brought, "ana");
            prop_assert_eq!(&bringing.left, &[], "{}", format);
            prop_assert!(brought.strange.is_empty(), "{} {:?}", format, brought.strange);
            let held: Vec<Part> = format.row().holds.to_vec();
            let held: Vec<Part> = held.into_iter().filter(|part| losses.parts().all(|(lost, _)| lost != *part)).collect();
            prop_assert_eq!(said(&article, &back, &held), said(&article, &document, &held), "{}", format);

            // A second time nothing is new, as decisions or as suggestions of the same file.
            let again = back.bringing(&article, &brought, super::By::Reviewer { name: "ana", tool: "t" }, &at());
            prop_assert!(again.edit.is_empty(), "{} {:?}", format, again.edit);
            let mut suggestions = Document::new(&article);
            let first = suggested(&mut suggestions, &article, &brought);
            prop_assert_eq!(first.marks, bringing.marks);
            prop_assert!(suggestions.annotations().iter().all(|a| a.reviews.is_empty()));
            let second = suggested(&mut suggestions, &article, &brought);
            prop_assert!(second.edit.is_empty());
        }
    }

    #[test]
    fn in_a_changed_article_the_same_words_or_none(
        text in any_text(),
        picks in prop::collection::vec((0usize..400, 0usize..400, any::<u8>()), 1..6),
        front in "[a-z ]{0,30}",
        cut in 0usize..400,
    ) {
        let (article, document) = reviewed(&text, &picks);
        let points: Vec<char> = article.text().chars().collect();
        let cut = cut.min(points.len());
        let rest: String = points.iter().skip(cut + 3).collect();
        let new = format!("{front}\n{}{rest}", points[..cut].iter().collect::<String>());
        let new = Article::new("story.txt", &new, Media::Plain);
        for format in both_ways() {
            let (files, _) = written(format, &format.row().shapes[0], &subject(&article, &document));
            let ending = |ending: &str| files.iter().find(|(name, _)| name.ends_with(ending));
            let (_, file) = ending(format.ending()).expect("the file");
            let beside = format.row().beside.and_then(ending).map(|(_, file)| file.as_bytes());
            let brought = read(format, file.as_bytes(), beside).expect("it is read");
            let Some(brought) = brought.into_iter().next() else { continue };
            let mut back = Document::new(&new);
            decided(&mut back, &new, &brought, "ana");
            let known: Vec<String> = brought.marks.iter().map(|mark| letters(&mark.words())).collect();
            for record in back.annotations() {
                let words = letters(&new.words(record.target.mark.as_ref().expect("a place")));
                prop_assert!(known.contains(&words), "{} {:?}", format, words);
            }
        }
    }
}
