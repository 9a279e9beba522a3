//! Annotations of other tools: what formats say comes back, and nothing that is there is changed.

mod bringing;
mod command;
mod hostile;
mod places;
mod round_trips;
mod suggestions;

use proofmark::annotations::{Bringing, Brought, By, Document, Time};
use proofmark::exchange::{Format, Input, NotRead};
use proofmark::text::Article;

const TOOL: &str = "proofmark test";

fn at() -> Time {
    Time::new("2026-04-05T06:07:08Z")
}

/// What files say, the one beside the first included.
fn read(format: Format, bytes: &[u8], beside: Option<&[u8]>) -> Result<Vec<Brought>, NotRead> {
    let read = format.row().read.expect("a format that is read");
    read(&Input {
        bytes,
        beside,
        verdicts: &[crate::exports::formats::VERDICT.to_owned()],
    })
}

/// Brings something into a document as a reviewer's decisions.
fn decided(document: &mut Document, article: &Article, brought: &Brought, name: &str) -> Bringing {
    let by = By::Reviewer { name, tool: TOOL };
    taken(document, article, brought, by)
}

/// Brings something into a document as a run.
fn suggested(document: &mut Document, article: &Article, brought: &Brought) -> Bringing {
    let by = By::Run {
        tool: TOOL,
        model: "file",
        digest: "00",
    };
    taken(document, article, brought, by)
}

/// Brings something in; taking it back leaves what was there.
fn taken(document: &mut Document, article: &Article, brought: &Brought, by: By<'_>) -> Bringing {
    let bringing = document.bringing(article, brought, by, &at());
    let before = document.clone();
    let edit = bringing.edit.clone();
    let inverse = document.apply(edit.clone()).expect("it fits");
    let mut back = document.clone();
    let again = back.take_back(article, &edit, inverse);
    again.expect("it can be taken back");
    assert_eq!(back, before, "taken back");
    bringing
}
