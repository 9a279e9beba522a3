//! The rows of the command table.

use super::{Command, Entry, Group, Scope};
use crate::detect::Kind;
use crate::review::End;

const fn row(
    command: Command,
    name: &'static str,
    keys: &'static [&'static str],
    scope: Scope,
    group: Group,
    help: &'static str,
) -> Entry {
    Entry {
        command,
        name,
        keys,
        scope,
        group,
        help,
        argument: None,
    }
}

const fn with(entry: Entry, argument: &'static str) -> Entry {
    Entry {
        argument: Some(argument),
        ..entry
    }
}

use Command as C;
use Group as G;
use Scope as S;

/// Every command, in the order help shows them: a row each.
#[rustfmt::skip]
pub const TABLE: &[Entry] = &[
    row(C::Next, "next", &["j", "Down"], S::Anywhere, G::Move, "next row; the article follows"),
    row(C::Previous, "previous", &["k", "Up"], S::Anywhere, G::Move, "previous row"),
    row(C::NextOpen, "next-undecided", &["n"], S::Anywhere, G::Move, "next undecided (next match while searching)"),
    row(C::PreviousOpen, "previous-undecided", &["N"], S::Anywhere, G::Move, "previous undecided (previous match)"),
    row(C::First, "first", &["g g", "Home"], S::Anywhere, G::Move, "first row"),
    row(C::Last, "last", &["G", "End"], S::Anywhere, G::Move, "last row"),
    row(C::PageDown, "page-down", &["Space", "PageDown"], S::Anywhere, G::Move, "scroll the article a page down"),
    row(C::PageUp, "page-up", &["PageUp"], S::Anywhere, G::Move, "scroll the article a page up"),
    row(C::HalfDown, "half-page-down", &["Ctrl-d"], S::Anywhere, G::Move, "scroll half a page down"),
    row(C::HalfUp, "half-page-up", &["Ctrl-u"], S::Anywhere, G::Move, "scroll half a page up"),
    row(C::PaneNext, "next-pane", &["Tab"], S::Review, G::Move, "article, claims, sources"),
    row(C::PaneRight, "pane-right", &["l", "Right"], S::Review, G::Move, "pane to the right"),
    row(C::PaneLeft, "pane-left", &["h", "Left"], S::Review, G::Move, "pane to the left"),
    row(C::NextMention, "next-mention", &[">"], S::Review, G::Move, "next mention of this source"),
    row(C::NextArticle, "next-article", &["J"], S::Review, G::Move, "next article, this one left as it is"),
    row(C::PreviousArticle, "previous-article", &["K"], S::Review, G::Move, "previous article"),
    row(C::OpenCard, "card", &["Enter"], S::Review, G::Move, "the whole card: reasons, decisions, evidence"),
    row(C::Confirm, "confirm", &["a"], S::Review, G::Decide, "confirm, go on to the next undecided"),
    row(C::Reject, "reject", &["x"], S::Review, G::Decide, "reject, go on to the next undecided"),
    row(C::SecondLook, "second-look", &["m"], S::Review, G::Decide, "a second look is wanted"),
    row(C::StillHolds, "still-holds", &["y"], S::Review, G::Decide, "words changed: my answer still holds; two answers: keep the one in use"),
    row(C::JudgeAgain, "judge-again", &["Y"], S::Review, G::Decide, "words changed: judge again; two answers: take the other"),
    row(C::Clear, "clear", &["X"], S::Review, G::Decide, "take my answer back"),
    row(C::SetKind(Kind::Quantity), "kind-quantity", &["1"], S::Review, G::Decide, "kind: quantity"),
    row(C::SetKind(Kind::Comparison), "kind-comparison", &["2"], S::Review, G::Decide, "kind: comparison"),
    row(C::SetKind(Kind::Event), "kind-event", &["3"], S::Review, G::Decide, "kind: event"),
    row(C::SetKind(Kind::Prediction), "kind-prediction", &["4"], S::Review, G::Decide, "kind: prediction"),
    row(C::SetKind(Kind::Causation), "kind-causation", &["5"], S::Review, G::Decide, "kind: causation"),
    row(C::SetKind(Kind::Law), "kind-law", &["6"], S::Review, G::Decide, "kind: law"),
    row(C::SetKind(Kind::Position), "kind-position", &["7"], S::Review, G::Decide, "kind: position"),
    row(C::SetKind(Kind::Quotation), "kind-quotation", &["8"], S::Review, G::Decide, "kind: quotation"),
    row(C::SetKind(Kind::Opinion), "kind-opinion", &["9"], S::Review, G::Decide, "kind: opinion"),
    row(C::ToggleKind(Kind::Quantity), "also-quantity", &["g 1"], S::Review, G::Decide, "also quantity, or no more"),
    row(C::ToggleKind(Kind::Comparison), "also-comparison", &["g 2"], S::Review, G::Decide, "also comparison, or no more"),
    row(C::ToggleKind(Kind::Event), "also-event", &["g 3"], S::Review, G::Decide, "also event, or no more"),
    row(C::ToggleKind(Kind::Prediction), "also-prediction", &["g 4"], S::Review, G::Decide, "also prediction, or no more"),
    row(C::ToggleKind(Kind::Causation), "also-causation", &["g 5"], S::Review, G::Decide, "also causation, or no more"),
    row(C::ToggleKind(Kind::Law), "also-law", &["g 6"], S::Review, G::Decide, "also law, or no more"),
    row(C::ToggleKind(Kind::Position), "also-position", &["g 7"], S::Review, G::Decide, "also position, or no more"),
    row(C::ToggleKind(Kind::Quotation), "also-quotation", &["g 8"], S::Review, G::Decide, "also quotation, or no more"),
    row(C::ToggleKind(Kind::Opinion), "also-opinion", &["g 9"], S::Review, G::Decide, "also opinion, or no more"),
    row(C::Repeat, "repeat", &["."], S::Review, G::Decide, "the last correction again, here"),
    row(C::SameForEqual, "same-for-equal", &["*"], S::Review, G::Decide, "same decision for every equal text"),
    row(C::WordBack(End::Start), "start-back", &["b"], S::Review, G::Mark, "start back by a word"),
    row(C::WordOn(End::Start), "start-on", &["w"], S::Review, G::Mark, "start on by a word"),
    row(C::WordBack(End::End), "end-back", &["E"], S::Review, G::Mark, "end back by a word"),
    row(C::WordOn(End::End), "end-on", &["e"], S::Review, G::Mark, "end on by a word"),
    row(C::Out(End::Start), "start-out", &["("], S::Review, G::Mark, "start out to the clause, again to the sentence"),
    row(C::Out(End::End), "end-out", &[")"], S::Review, G::Mark, "end out to the clause, again to the sentence"),
    row(C::JumpEnd, "jump-end", &[";"], S::Review, G::Mark, "nearer end to the word with a hint"),
    row(C::Add, "add", &["i"], S::Review, G::Mark, "add a claim or source: hint, then ) or hint, then 1-9"),
    row(C::AddPiece, "add-piece", &["+"], S::Review, G::Mark, "add a second piece by hints"),
    row(C::Visual, "select", &["v"], S::Review, G::Mark, "mark words by cursor"),
    with(row(C::Source, "source", &["s"], S::Review, G::Describe, "link a source; s again takes the top one"), "NAME"),
    with(row(C::Verdict, "verdict", &["r"], S::Review, G::Describe, "verdict, by number"), "VERDICT"),
    with(row(C::Evidence, "evidence", &["p"], S::Review, G::Describe, "proof: add evidence (e on an open card as well)"), "URL OR TITLE"),
    with(row(C::Note, "note", &["c"], S::Review, G::Describe, "note; Ctrl-e opens the editor"), "TEXT"),
    with(row(C::ClaimText, "claim-text", &["C"], S::Review, G::Describe, "the claim in your own words; begins with those suggested"), "TEXT"),
    with(row(C::Tag, "tag", &["t"], S::Anywhere, G::Describe, "add a tag, or take it away"), "TAG"),
    with(row(C::Search, "search", &["/"], S::Anywhere, G::Show, "search"), "WORDS"),
    with(row(C::Filter, "filter", &["\\"], S::Anywhere, G::Show, "filter the list"), "FILTER"),
    with(row(C::Order, "order", &["o"], S::Anywhere, G::Show, "order the list"), "ORDER"),
    row(C::Folded, "folded", &[], S::Review, G::Show, "list the claims seldom worth checking, or hide them"),
    row(C::OpenArticle, "open", &["Enter", "Right"], S::Queue, G::Queue, "review the article"),
    row(C::Finish, "finish", &["f"], S::Anywhere, G::Queue, "finish, and go on to the next"),
    row(C::Later, "later", &["z"], S::Anywhere, G::Queue, "put the article off, or take it up again"),
    row(C::Notices, "notices", &[], S::Review, G::Desk, "what opening the article had to say"),
    row(C::Undo, "undo", &["u"], S::Anywhere, G::Desk, "undo, across articles and restarts"),
    row(C::Redo, "redo", &["U", "Ctrl-r"], S::Anywhere, G::Desk, "redo"),
    row(C::CommandLine, "command", &[":"], S::Anywhere, G::Desk, "command line"),
    row(C::Help, "help", &["?"], S::Anywhere, G::Desk, "keys of this screen; type to filter"),
    row(C::Back, "back", &["q"], S::Anywhere, G::Desk, "back"), row(C::Quit, "quit", &["Q"], S::Anywhere, G::Desk, "quit"), row(C::Write, "write", &[], S::Anywhere, G::Desk, "everything is saved already"),
];
