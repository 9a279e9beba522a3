//! ClaimReview (schema.org) in JSON-LD: one a claim with a verdict, as search engines and fact-check
//! collections read it; as a script for a page (`script`), as a list (`list`), or as a DataFeed
//! (`feed`).
//!
//! What an article cannot say, who publishes and what a verdict is worth in figures, is the
//! [`Publisher`]'s: it comes from the configuration, and where something required is missing nothing is
//! written.

use std::io::{self, Write};

use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use super::entry::{Entry, Subject};
use super::json;
use super::losses::{Losses, Part};
use super::page::is_of_the_web;
use super::writer::{Publisher, Settings, Shape, Writer};
use crate::text::Fact;

/// Its shapes.
pub(super) const SHAPES: &[Shape] = &[
    Shape {
        name: SCRIPT,
        ending: "html",
    },
    Shape {
        name: "list",
        ending: "json",
    },
    Shape {
        name: FEED,
        ending: "json",
    },
];

const SCRIPT: &str = "script";
const FEED: &str = "feed";

/// What a ClaimReview holds.
pub(super) const HOLDS: &[Part] = &[
    Part::SourceFacts,
    Part::TakenFrom,
    Part::OwnWords,
    Part::Verdicts,
];

/// Characters of a claim that readers of the format show whole.
const SHORT: usize = 75;

/// Reviews being written.
struct Reviews<'w> {
    out: &'w mut dyn Write,
    shape: &'static Shape,
    publisher: Publisher,
    reviews: Vec<Value>,
    /// Where they stand: each review has a place of its own.
    pages: FxHashSet<String>,
    losses: Losses,
}

/// Begins a list of reviews.
///
/// # Errors
/// When the publisher lacks something that every review needs; the error names the setting.
pub(super) fn begin<'w>(
    out: &'w mut dyn Write,
    settings: &Settings,
) -> io::Result<Box<dyn Writer + 'w>> {
    let publisher = settings.publisher.clone();
    for (setting, value) in [
        ("publish.author", &publisher.author),
        ("publish.page", &publisher.page),
    ] {
        if value.trim().is_empty() {
            return Err(missing(setting));
        }
    }
    if !is_of_the_web(&publisher.page) {
        let what =
            "publish.page: an address of the web is needed, with {number} for a claim's number";
        return Err(wrong(what.to_owned()));
    }
    Ok(Box::new(Reviews {
        out,
        shape: settings.shape,
        publisher,
        reviews: Vec::new(),
        pages: FxHashSet::default(),
        losses: Losses::default(),
    }))
}

fn missing(setting: &str) -> io::Error {
    wrong(format!(
        "{setting} is not set in the configuration, and a ClaimReview needs it"
    ))
}

fn wrong(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what)
}

impl Writer for Reviews<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let numbers = subject.document.claim_numbers();
        for claim in subject.claims() {
            let Some(verdict) = claim.verdict() else {
                self.losses.add(Part::Claims, 1);
                continue;
            };
            let Some(rating) = self.publisher.rating(verdict) else {
                return Err(missing(&format!("ratings.{verdict:?}")));
            };
            let words = words(&claim);
            if words.chars().count() > SHORT {
                self.losses.add(Part::Long, 1);
            }
            let number = numbers.get(&claim.annotation.id).map(ToString::to_string);
            let number = number.unwrap_or_default();
            let id = claim.annotation.id.as_str();
            let page = self
                .publisher
                .page
                .replace("{number}", &number)
                .replace("{id}", id);
            if !self.pages.insert(page.clone()) {
                return Err(wrong(format!(
                    "publish.page: two reviews would stand at {page}; put {{id}} into it"
                )));
            }
            let [worst, best] = self.publisher.range().unwrap_or([rating; 2]);
            if worst >= best {
                let what = "ratings: the best verdict has to be worth more than the worst";
                return Err(wrong(what.to_owned()));
            }
            let mut author = json!({"@type": "Organization", "name": self.publisher.author});
            set(&mut author, "url", self.publisher.url.as_deref());
            let mut review = json!({
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "url": page,
                "claimReviewed": words,
                "author": author,
                "reviewRating": {
                    "@type": "Rating",
                    "ratingValue": rating,
                    "worstRating": worst,
                    "bestRating": best,
                    "alternateName": verdict,
                },
            });
            let item = claimed(subject, &claim);
            if item.as_object().is_some_and(|item| item.len() > 1) {
                insert(&mut review, "itemReviewed", item);
            }
            set(&mut review, "datePublished", self.publisher.date.as_deref());
            self.reviews.push(review);
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        let mut out = self.out;
        let whole = match self.shape.name {
            FEED => {
                let element = |mut review: Value| {
                    if let Value::Object(fields) = &mut review {
                        fields.shift_remove("@context");
                    }
                    json!({"@type": "DataFeedItem", "item": [review]})
                };
                let elements: Vec<Value> = self.reviews.into_iter().map(element).collect();
                json!({
                    "@context": "https://schema.org",
                    "@type": "DataFeed",
                    "name": format!("Fact checks of {}", self.publisher.author),
                    "dataFeedElement": elements,
                })
            }
            _ => Value::Array(self.reviews),
        };
        if self.shape.name == SCRIPT {
            // Nothing in a text may end the script: JSON may spell the sign another way.
            let mut bytes = Vec::new();
            json::write(&mut bytes, &whole)?;
            let text = String::from_utf8_lossy(&bytes).replace('<', "\\u003c");
            writeln!(out, "<script type=\"application/ld+json\">{text}</script>")?;
        } else {
            json::write_line(&mut out, &whole)?;
        }
        out.flush()?;
        Ok(self.losses)
    }
}

/// The claim in words that stand alone where a reviewer accepted some, else its own.
fn words(claim: &Entry<'_>) -> String {
    let own = claim.annotation.attribute("claim_text");
    let words = own.map_or_else(|| claim.text(), str::to_owned);
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ")
}

/// Who claimed it, when, and where it stands.
fn claimed(subject: &Subject<'_>, claim: &Entry<'_>) -> Value {
    let known = subject.document.parts().article.known();
    let mut item = json!({"@type": "Claim"});
    if let Some(name) = claim.source_name() {
        let source = claim.source();
        let fact = |fact| source.and_then(|source| source.attribute(fact));
        let source_type = fact("source_type").unwrap_or_default();
        let is_person = source_type.ends_with("person");
        let kind = match source_type {
            _ if is_person => Some("Person"),
            "organisation" | "media" => Some("Organization"),
            // A document claims nothing, and a group is neither.
            _ => None,
        };
        if let Some(kind) = kind {
            let mut author = json!({"@type": kind, "name": name});
            // An organisation has no job.
            set(&mut author, "jobTitle", fact("role").filter(|_| is_person));
            insert(&mut item, "author", author);
        }
    }
    set(&mut item, "datePublished", known.date());
    let mut place = json!({"@type": "NewsArticle"});
    let address = known.get(Fact::Url).filter(|url| is_of_the_web(url));
    set(&mut place, "url", address);
    set(&mut place, "headline", known.title());
    set(&mut place, "datePublished", known.date());
    if let Some(outlet) = known.get(Fact::Outlet) {
        insert(
            &mut place,
            "publisher",
            json!({"@type": "Organization", "name": outlet}),
        );
    }
    if place.as_object().is_some_and(|place| place.len() > 1) {
        insert(&mut item, "appearance", place);
    }
    item
}

fn insert(to: &mut Value, field: &str, value: Value) {
    if let Value::Object(fields) = to {
        fields.insert(field.to_owned(), value);
    }
}

fn set(to: &mut Value, field: &str, value: Option<&str>) {
    if let Some(value) = value {
        insert(to, field, value.into());
    }
}
