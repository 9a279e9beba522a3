//! Call sheets, one a source: what to put to this person, with room for the answer; for print (`html`) or
//! as text (`markdown`).
//!
//! A claim is put in the words a reviewer accepted as standing alone, else in its own.

use std::io::{self, Write};

use maud::{Markup, html};

use super::entry::{Entry, Subject};
use super::losses::{Losses, Part};
use super::markdown::escaped;
use super::page::{page, shown};
use super::writer::{Settings, Shape, Writer};

/// Its shapes.
pub(super) const SHAPES: &[Shape] = &[
    Shape {
        name: HTML,
        ending: "html",
    },
    Shape {
        name: "markdown",
        ending: "md",
    },
];

const HTML: &str = "html";

/// What a sheet holds.
pub(super) const HOLDS: &[Part] = &[
    Part::SourceFacts,
    Part::TakenFrom,
    Part::Gone,
    Part::OwnWords,
    Part::Notes,
];

/// Call sheets being written.
struct Sheets<'w> {
    out: &'w mut dyn Write,
    is_page: bool,
    calls: Vec<Call>,
    /// Claims of which nobody is the source, and nobody can be asked.
    losses: Losses,
}

/// What one source is asked about one article.
struct Call {
    article: String,
    source: String,
    /// Its type and role.
    about: String,
    /// The number of each claim, its words, and what was noted.
    claims: Vec<(String, String, Vec<String>)>,
}

/// Begins call sheets.
///
/// # Errors
/// None: everything is written at the end.
pub(super) fn begin<'w>(
    out: &'w mut dyn Write,
    settings: &Settings,
) -> io::Result<Box<dyn Writer + 'w>> {
    Ok(Box::new(Sheets {
        out,
        is_page: settings.shape.name == HTML,
        calls: Vec::new(),
        losses: Losses::default(),
    }))
}

impl Writer for Sheets<'_> {
    fn article(&mut self, subject: &Subject<'_>) -> io::Result<()> {
        let (calls, nobodys) = calls(subject);
        self.calls.extend(calls);
        self.losses.add(Part::Claims, nobodys);
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<Losses> {
        let written = match self.is_page {
            true => printed(&self.calls).into_string() + "\n",
            false => text(&self.calls),
        };
        self.out.write_all(written.as_bytes())?;
        self.out.flush()?;
        Ok(self.losses)
    }
}

/// The calls of an article, in the order in which the sources first come, and the number of claims
/// without a source.
fn calls(subject: &Subject<'_>) -> (Vec<Call>, usize) {
    let article = subject.title();
    let numbers = subject.document.claim_numbers();
    let mut calls: Vec<Call> = Vec::new();
    let mut nobodys = 0;
    for claim in subject.claims() {
        let Some(source) = claim.source_name() else {
            nobodys += 1;
            continue;
        };
        let number = numbers.get(&claim.annotation.id).map(ToString::to_string);
        let notes = claim
            .notes()
            .iter()
            .map(|note| note.what.to_owned())
            .collect();
        let told = (number.unwrap_or_default(), words(&claim), notes);
        match calls.iter_mut().find(|call| call.source == source) {
            Some(call) => call.claims.push(told),
            None => calls.push(Call {
                article: article.clone(),
                about: about(&claim),
                source,
                claims: vec![told],
            }),
        }
    }
    (calls, nobodys)
}

fn words(claim: &Entry<'_>) -> String {
    let own = claim.annotation.attribute("claim_text");
    own.map_or_else(|| claim.text(), str::to_owned)
}

fn about(claim: &Entry<'_>) -> String {
    let field = |field| claim.source()?.attribute(field);
    let about: Vec<&str> = ["source_type", "role"]
        .into_iter()
        .filter_map(field)
        .collect();
    about.join("; ")
}

fn printed(calls: &[Call]) -> Markup {
    let body = html! {
        header { h1 { "Call sheets" } }
        main {
            @if calls.is_empty() { p { "Nobody is to be asked." } }
            @for (number, call) in calls.iter().enumerate() {
                @let heading = format!("call-{}", number + 1);
                section class="sheet" aria-labelledby=(heading) {
                    h2 id=(heading) { (shown(&call.source)) }
                    @if !call.about.is_empty() { p class="meta" { (shown(&call.about)) } }
                    p class="meta" { "Article: " (shown(&call.article)) }
                    p class="meta call" { "Called on: ____________  By: ____________  Number: ____________" }
                    @for (number, words, notes) in &call.claims {
                        div class="call" {
                            h3 { "Claim " (number) }
                            p { (shown(words)) }
                            @for note in notes { p class="meta" { "Note: " (shown(note)) } }
                            p class="meta" { "Answer:" }
                            div class="answer" {}
                        }
                    }
                }
            }
        }
    };
    page("Call sheets", "", &body)
}

fn text(calls: &[Call]) -> String {
    let mut out = "# Call sheets\n".to_owned();
    if calls.is_empty() {
        out.push_str("\nNobody is to be asked.\n");
    }
    for call in calls {
        out.push_str(&format!("\n## {}\n\n", escaped(&call.source)));
        if !call.about.is_empty() {
            out.push_str(&format!("- {}\n", escaped(&call.about)));
        }
        out.push_str(&format!(
            "- Article: {}\n- Called on:\n- By:\n- Number:\n",
            escaped(&call.article)
        ));
        for (number, words, notes) in &call.claims {
            out.push_str(&format!("\n### Claim {number}\n\n{}\n", escaped(words)));
            for note in notes {
                out.push_str(&format!("\nNote: {}\n", escaped(note)));
            }
            out.push_str("\nAnswer:\n");
        }
    }
    out
}
