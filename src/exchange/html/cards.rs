//! What is known of one claim, beside the text.

use maud::{Markup, html};

use super::{Told, ToldClaim, time};
use crate::annotations::{Evidence, Locator, Review};
use crate::exchange::entry::JOINT;
use crate::exchange::page::{address, shown};

/// The card of a claim.
pub(super) fn card(told: &Told<'_, '_>, claim: &ToldClaim<'_>) -> Markup {
    let record = claim.entry.annotation;
    let heading = told.anchor('h', claim);
    let class = told.class(&claim.outcome);
    let kinds: Vec<&str> = record.kinds().iter().map(|kind| kind.as_str()).collect();
    let tags: Vec<&str> = record.tags().collect();
    let open: Vec<String> = claim.entry.open().iter().map(ToString::to_string).collect();
    html! {
        article class={ "card " (class) } id=(told.anchor('c', claim)) aria-labelledby=(heading)
            data-outcome=(claim.outcome) {
            h3 id=(heading) {
                "Claim " (claim.number) ": " span class={ "badge " (class) } { (claim.outcome) }
            }
            blockquote { (shown(&claim.entry.text())) }
            (changed(told, claim))
            dl {
                @if !open.is_empty() { dt { "Still open" } dd { (shown(&open.join(", "))) } }
                @if let Some(words) = record.attribute("claim_text") {
                    dt { "In our words" } dd { (shown(words)) }
                }
                dt { "Source" } dd { (source(claim)) }
                @if let Some(voice) = claim.entry.voice() { dt { "Voice" } dd { (shown(voice)) } }
                @if !kinds.is_empty() { dt { "Kind" } dd { (shown(&kinds.join(", "))) } }
                @if claim.entry.verdicts().len() > 1 {
                    dt { "Verdicts" }
                    dd { ul { @for verdict in claim.entry.verdicts() {
                        li { (shown(verdict.what)) " (" (by(told, verdict.by)) ")" }
                    } } }
                }
                @if !record.evidence.is_empty() {
                    dt { "Evidence" }
                    dd { ul { @for (_, piece) in &record.evidence { li { (evidence(told, piece)) } } } }
                }
                @for note in claim.entry.notes() {
                    dt { "Note" } dd { (shown(note.what)) " (" (by(told, note.by)) ")" }
                }
                @if !tags.is_empty() { dt { "Tags" } dd { (shown(&tags.join(", "))) } }
                dt { "Status" } dd { (record.status()) }
                (answers(told, claim))
                dt { "Place" } dd { (place(told, claim)) }
            }
        }
    }
}

/// That answers were given on other words, and on which.
fn changed(told: &Told<'_, '_>, claim: &ToldClaim<'_>) -> Markup {
    html! {
        @for judged in claim.entry.judged() {
            p class="changed" {
                "The words changed since: "
                (by(told, judged.by)) " judged "
                @match &judged.words {
                    Some(words) => { "“" (shown(words)) "”" },
                    None => "other words",
                }
                @if let Some(verdict) = judged.verdict { " as " (shown(verdict)) }
                "."
            }
        }
    }
}

fn source(claim: &ToldClaim<'_>) -> Markup {
    let name = claim.entry.source_name();
    let about: Vec<String> = ["source_type", "role"]
        .into_iter()
        .filter_map(|field| claim.entry.source()?.attribute(field).map(shown))
        .collect();
    html! {
        (shown(name.as_deref().unwrap_or("none given")))
        @if !about.is_empty() { " (" (about.join("; ")) ")" }
    }
}

fn evidence(told: &Told<'_, '_>, evidence: &Evidence) -> Markup {
    let locator = evidence.locator.as_ref().and_then(Locator::told);
    html! {
        strong { (shown(evidence.stance.as_str())) }
        @if let Some(primacy) = &evidence.primacy { " (" (shown(primacy.as_str())) ")" }
        ": "
        @if let Some(url) = &evidence.url { (address(url)) " " }
        @if let Some(document) = &evidence.document { (shown(document)) " " }
        @if let Some(locator) = locator { "at " (shown(&locator)) " " }
        @if let Some(quote) = &evidence.quote { q { (shown(quote)) } " " }
        @if let Some(archive) = &evidence.archive { "archived: " (address(archive)) " " }
        @if let Some(note) = &evidence.note { (shown(note)) " " }
        "(" (told.name_of(&evidence.by)) ", " (time(evidence.at.as_str()))
        @if let Some(day) = &evidence.consulted { ", consulted " (time(day)) }
        ")"
    }
}

/// Who decided what, and when.
fn answers(told: &Told<'_, '_>, claim: &ToldClaim<'_>) -> Markup {
    let record = claim.entry.annotation;
    let one = |review: &Review| {
        html! { ": " (shown(review.decision.as_str())) ", " (time(review.at.as_str())) }
    };
    html! {
        @if !record.reviews.is_empty() || record.adjudication.is_some() {
            dt { "Reviewed" }
            dd { ul {
                @if let Some(last) = &record.adjudication { li { "last word" (one(last)) } }
                @for (name, review) in &record.reviews { li { (told.name_of(name)) (one(review)) } }
            } }
        }
    }
}

fn by(told: &Told<'_, '_>, by: Option<&str>) -> String {
    by.map_or_else(|| "last word".to_owned(), |by| told.name_of(by))
}

/// Where it stands, and the way there.
fn place(told: &Told<'_, '_>, claim: &ToldClaim<'_>) -> Markup {
    let spans = claim.entry.spans();
    let places: Vec<String> = spans.iter().map(|[a, b]| format!("{a}–{b}")).collect();
    html! {
        @if spans.is_empty() {
            "not in the text at hand"
        } @else {
            a href={ "#" (told.anchor('m', claim)) } { "characters " (places.join(JOINT)) }
            @if let Some(spot) = told.spot_of(claim) { ", at " (spot.to_string()) }
        }
    }
}
