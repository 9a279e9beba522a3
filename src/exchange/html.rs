//! An HTML report: the article with its claims marked by verdict, each with its source, evidence and
//! answers beside it; for readers, editors and print. One file that loads nothing.
//!
//! The frame is the one of all our pages ([`page`](super::page)). Everything can be read without
//! the script, which only hides cards by verdict.

mod cards;
mod charts;
mod marked;

use std::io::{self, Write};

use maud::{Markup, html};
use rustc_hash::FxHashMap;

use super::entry::{Entry, Subject};
use super::losses::{Losses, Part};
use super::page::{address, page, shown};
use super::writer::{Publisher, Settings, Writer};
use crate::annotations::{Annotation, Progress, group_sources};
use crate::text::{Fact, Spot};

/// What a report holds.
pub(super) const HOLDS: &[Part] = &[
    Part::Sources,
    Part::SourceFacts,
    Part::TakenFrom,
    Part::Pieces,
    Part::Gone,
    Part::Kinds,
    Part::Voice,
    Part::OwnWords,
    Part::Verdicts,
    Part::Notes,
    Part::Tags,
    Part::Evidence,
    Part::Answers,
    Part::OtherWords,
];

/// Hides the cards of the verdicts that are not ticked.
const FILTER: &str = include_str!("html/filter.js");

/// Verdicts that have a colour of their own; the others share the quiet one.
const COLOURS: usize = 7;

/// What is said where nobody gave a verdict, or none on these words, or several.
const NO_VERDICT: &str = "no verdict";
const ON_OTHER_WORDS: &str = "judged on other words";
const DIFFER: &str = "reviewers differ";

/// A report being written.
struct Report<'w> {
    out: &'w mut dyn Write,
    publisher: Publisher,
    /// Titles and bodies of the articles so far.
    articles: Vec<(String, Markup)>,
}

/// Begins a report.
///
/// # Errors
/// None: everything is written at the end.
pub(super) fn begin<'w>(
    out: &'w mut dyn Write,
    settings: &Settings,
) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(Box::new(Report {
        out,
        publisher: settings.publisher.clone(),
        articles: Vec::new(),
    }))
}

impl Writer for Report<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let number = self.articles.len() + 1;
        let title = subject.title();
        let body = Told::new(subject, &self.publisher, number).section();
        self.articles.push((title, body));
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        // One article's title stands over its own part.
        let (title, heading) = match self.articles.as_slice() {
            [(title, _)] => (format!("Fact check: {title}"), "Fact check".to_owned()),
            several => {
                let title = format!("Fact checks of {} articles", several.len());
                (title.clone(), title)
            }
        };
        let body = html! {
            a class="skip" href="#articles" { "To the report" }
            header {
                h1 { (heading) }
                @if self.articles.len() > 1 {
                    nav aria-label="Articles" {
                        ul class="plain" {
                            @for (number, (title, _)) in self.articles.iter().enumerate() {
                                li { a href=(format!("#article-{}", number + 1)) { (shown(title)) } }
                            }
                        }
                    }
                }
            }
            main id="articles" {
                @for (_, body) in &self.articles { (body) }
            }
            footer {
                p { "Written by proofmark " (env!("CARGO_PKG_VERSION")) "." }
            }
        };
        let page = page(&title, FILTER, &body);
        self.out.write_all(page.into_string().as_bytes())?;
        self.out.write_all(b"\n")?;
        self.out.flush()?;
        Ok(Losses::default())
    }
}

/// What is said of a claim in a word: its verdict, or why there is none.
fn outcome(claim: &Entry<'_>) -> String {
    if let Some(verdict) = claim.verdict() {
        return shown(verdict);
    }
    let given = !claim.verdicts().is_empty();
    let before = claim.judged().iter().any(|judged| judged.verdict.is_some());
    match (given, before) {
        (true, _) => DIFFER,
        (false, true) => ON_OTHER_WORDS,
        (false, false) => NO_VERDICT,
    }
    .to_owned()
}

/// One article as the report tells it.
struct Told<'s, 'a> {
    subject: &'s Subject<'a>,
    publisher: &'s Publisher,
    /// Which article of the report it is, from 1.
    article: usize,
    entries: Vec<Entry<'a>>,
    claims: Vec<ToldClaim<'a>>,
    /// What is said of claims and how often, the commonest first.
    outcomes: Vec<(String, usize)>,
}

/// A claim with what it is called in the report.
struct ToldClaim<'a> {
    entry: Entry<'a>,
    /// Its number in the article.
    number: String,
    outcome: String,
}

impl<'s, 'a> Told<'s, 'a> {
    /// Where a claim stands in the original: on which page, at what time of a recording.
    fn spot_of(&self, claim: &ToldClaim<'_>) -> Option<Spot> {
        self.subject.spot_of(claim.entry.annotation)
    }

    fn new(subject: &'s Subject<'a>, publisher: &'s Publisher, article: usize) -> Told<'s, 'a> {
        let entries = subject.entries();
        let numbers = subject.document.claim_numbers();
        let number = |claim: &Annotation| numbers.get(&claim.id).map(ToString::to_string);
        let claims: Vec<ToldClaim<'a>> = entries
            .iter()
            .filter(|entry| entry.annotation.is_claim())
            .map(|entry| ToldClaim {
                entry: *entry,
                number: number(entry.annotation).unwrap_or_default(),
                outcome: outcome(entry),
            })
            .collect();
        let outcomes = counted(claims.iter().map(|claim| claim.outcome.clone()));
        Told {
            subject,
            publisher,
            article,
            entries,
            claims,
            outcomes,
        }
    }

    /// The class that stands for what is said of a claim: those without a verdict are quiet.
    fn class(&self, outcome: &str) -> String {
        let quiet = [NO_VERDICT, ON_OTHER_WORDS, DIFFER];
        let coloured = self.outcomes.iter().map(|(known, _)| known.as_str());
        let mut coloured = coloured.filter(|known| !quiet.contains(known));
        match coloured.position(|known| known == outcome) {
            Some(place) if place < COLOURS => format!("v{place}"),
            _ => "vn".to_owned(),
        }
    }

    /// What something of a claim is called inside the page: `c` its card, `m` its first mark.
    fn anchor(&self, what: char, claim: &ToldClaim<'_>) -> String {
        format!("{what}{}-{}", self.article, claim.number)
    }

    fn section(&self) -> Markup {
        let heading = format!("article-{}", self.article);
        html! {
            section class="sheet" aria-label=(self.label("Report")) {
                h2 id=(heading) { (shown(&self.subject.title())) }
                (self.head())
                (charts::charts(self))
                @if self.claims.is_empty() {
                    p { "No claims to report." }
                } @else {
                    (self.filter())
                }
                div class="reading" {
                    section class="text" aria-label=(self.label("Text of the article")) {
                        (marked::marked(self))
                    }
                    section class="cards" aria-label=(self.label("Claims")) {
                        @for claim in &self.claims { (cards::card(self, claim)) }
                    }
                }
                (self.sources())
            }
        }
    }

    /// What a reviewer is called in the report.
    fn name_of(&self, reviewer: &str) -> String {
        shown(self.publisher.name_of(reviewer))
    }

    /// A label that no other article of the page has.
    fn label(&self, words: &str) -> String {
        match self.article {
            1 => words.to_owned(),
            number => format!("{words}, article {number}"),
        }
    }

    fn head(&self) -> Markup {
        let document = self.subject.document;
        let known = document.parts().article.known();
        let told = [
            ("By", Fact::Author),
            ("In", Fact::Outlet),
            ("Published", Fact::Published),
        ];
        let progress = Progress::of(document, "");
        html! {
            @for (label, fact) in told {
                @if let Some(words) = known.get(fact) { p class="meta" { (label) ": " (shown(words)) } }
            }
            @if let Some(url) = known.get(Fact::Url) { p class="meta" { "Address: " (address(url)) } }
            p class="meta" {
                "Decided: " (progress.decided) " of " (progress.total) "; claims in this report: "
                (self.claims.len())
            }
            @for (name, pass) in &document.parts().passes {
                p class="meta" {
                    (self.name_of(name)) ": "
                    @match (pass.finished, pass.text == *document.text()) {
                        (true, true) => "finished",
                        (true, false) => "finished an earlier version of the text",
                        (false, _) => "started",
                    }
                    ", " (time(pass.at.as_str()))
                }
            }
        }
    }

    /// Boxes by which cards are hidden and shown; the script brings them in, as without it they
    /// would do nothing.
    fn filter(&self) -> Markup {
        html! {
            fieldset hidden data-filter=(self.article) {
                legend { "Show claims" }
                @for (outcome, count) in &self.outcomes {
                    label {
                        input type="checkbox" value=(outcome) checked;
                        " " (outcome) " (" (count) ")"
                    }
                }
            }
        }
    }

    /// Who is quoted, what of, and how often.
    fn sources(&self) -> Markup {
        let document = self.subject.document;
        let mentions = self.entries.iter().filter(|e| e.annotation.is_source());
        let groups = group_sources(mentions.map(|entry| entry.annotation));
        let mut taken: FxHashMap<String, Vec<&ToldClaim<'_>>> = FxHashMap::default();
        for claim in &self.claims {
            if let Some(name) = claim.entry.source_name() {
                taken.entry(name).or_default().push(claim);
            }
        }
        let mut rows = Vec::new();
        for (_, ids) in &groups {
            let Some(first) = ids.first().and_then(|id| document.annotation(id)) else {
                continue;
            };
            let name = super::entry::name_of(first);
            let claims = taken.remove(&name).unwrap_or_default();
            rows.push((name, Some(first), claims));
        }
        // Sources that the article does not name, and those whose mention is not taken.
        let mut others: Vec<_> = taken.into_iter().collect();
        others.sort_by(|a, b| a.0.cmp(&b.0));
        rows.extend(
            others
                .into_iter()
                .map(|(name, claims)| (name, None, claims)),
        );
        let heading = format!("sources-{}", self.article);
        html! {
            @if !rows.is_empty() {
                h3 id=(heading) { "Sources" }
                div class="scroll" tabindex="0" role="region" aria-label=(self.label("Table of sources")) {
                    table {
                        thead { tr {
                            th scope="col" { "Source" }
                            th scope="col" { "Type" }
                            th scope="col" { "Role" }
                            th scope="col" { "Claims" }
                        } }
                        tbody {
                            @for (name, source, claims) in &rows {
                                tr {
                                    th scope="row" { (shown(name)) }
                                    td { (of(*source, "source_type")) }
                                    td { (of(*source, "role")) }
                                    td {
                                        @for (place, claim) in claims.iter().enumerate() {
                                            @if place > 0 { ", " }
                                            a href={ "#" (self.anchor('c', claim)) } {
                                                (claim.number) " (" (claim.outcome) ")"
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn of(source: Option<&Annotation>, attribute: &str) -> String {
    let words = source.and_then(|source| source.attribute(attribute));
    words.map(shown).unwrap_or_default()
}

/// A point in time, readable by programs too where it is one.
fn time(at: &str) -> Markup {
    let day = at.get(..10).filter(|_| at.get(10..11) == Some("T"));
    html! {
        @match day {
            Some(day) => time datetime=(at) { (shown(day)) },
            None => (shown(at)),
        }
    }
}

/// Words and how often each comes, the commonest first, then by the alphabet.
fn counted(words: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    let mut counted: Vec<_> = counts.into_iter().collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted
}
