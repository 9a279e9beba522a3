//! The rows of the command table.

use super::{Ask, Command, Entry, Group, Scope, Way};
use crate::detect::Kind;
use crate::review::{Decide, End, Look, Step};

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

const fn with(mut entry: Entry, argument: &'static str) -> Entry {
    entry.argument = Some(argument);
    entry
}

const fn decide(decide: Decide) -> Command {
    Command::decide(decide)
}

const fn look(look: Look) -> Command {
    Command::look(look)
}

const fn adjust(end: End, step: Step) -> Command {
    Command::decide(Decide::Adjust(end, step))
}

use Ask as A;
use Command as C;
use Decide as D;
use Group as G;
use Scope as S;
use Way as W;

/// Every command, in the order help shows them: a row each.
#[rustfmt::skip]
pub const TABLE: &[Entry] = &[
    row(C::Go(W::Rows(1)), "next", &["j", "Down"], S::Anywhere, G::Move, "next row; the article follows"),
    row(C::Go(W::Rows(-1)), "previous", &["k", "Up"], S::Anywhere, G::Move, "previous row"),
    row(C::Go(W::Open(1)), "next-undecided", &["n"], S::Anywhere, G::Move, "next undecided (next match while searching)"),
    row(C::Go(W::Open(-1)), "previous-undecided", &["N"], S::Anywhere, G::Move, "previous undecided (previous match)"),
    row(C::Go(W::First), "first", &["g g", "Home"], S::Anywhere, G::Move, "first row"),
    row(C::Go(W::Last), "last", &["G", "End"], S::Anywhere, G::Move, "last row"),
    row(C::Go(W::Pages(1)), "page-down", &["Space", "PageDown"], S::Anywhere, G::Move, "scroll the article a page down"),
    row(C::Go(W::Pages(-1)), "page-up", &["PageUp"], S::Anywhere, G::Move, "scroll the article a page up"),
    row(C::Go(W::HalfPages(1)), "half-page-down", &["Ctrl-d"], S::Anywhere, G::Move, "scroll half a page down"),
    row(C::Go(W::HalfPages(-1)), "half-page-up", &["Ctrl-u"], S::Anywhere, G::Move, "scroll half a page up"),
    row(C::PaneNext, "next-pane", &["Tab"], S::Review, G::Move, "article, claims, sources"),
    row(C::PaneRight, "pane-right", &["l", "Right"], S::Review, G::Move, "pane to the right"),
    row(C::PaneLeft, "pane-left", &["h", "Left"], S::Review, G::Move, "pane to the left"),
    row(look(Look::NextMention), "next-mention", &[">"], S::Review, G::Move, "next mention of this source"),
    row(C::Article(1), "next-article", &["J"], S::Review, G::Move, "next article, this one left as it is"),
    row(C::Article(-1), "previous-article", &["K"], S::Review, G::Move, "previous article"),
    row(C::OpenCard, "card", &["Enter"], S::Review, G::Move, "the whole card: reasons, decisions, evidence"),
    row(decide(D::Confirm), "confirm", &["a"], S::Review, G::Decide, "confirm, go on to the next undecided"),
    row(decide(D::Reject), "reject", &["x"], S::Review, G::Decide, "reject, go on to the next undecided"),
    row(decide(D::SecondLook), "second-look", &["m"], S::Review, G::Decide, "a second look is wanted"),
    row(decide(D::StillHolds), "still-holds", &["y"], S::Review, G::Decide, "words changed: my answer still holds; two answers: keep the one in use; else copies"),
    row(decide(D::JudgeAgain), "judge-again", &["Y"], S::Review, G::Decide, "words changed: judge again; two answers: take the other; else copies with source"),
    row(decide(D::Clear), "clear", &["X"], S::Review, G::Decide, "take my answer back"),
    row(decide(D::SetKind(Kind::Quantity)), "kind-quantity", &["1"], S::Review, G::Decide, "kind: quantity"),
    row(decide(D::SetKind(Kind::Comparison)), "kind-comparison", &["2"], S::Review, G::Decide, "kind: comparison"),
    row(decide(D::SetKind(Kind::Event)), "kind-event", &["3"], S::Review, G::Decide, "kind: event"),
    row(decide(D::SetKind(Kind::Prediction)), "kind-prediction", &["4"], S::Review, G::Decide, "kind: prediction"),
    row(decide(D::SetKind(Kind::Causation)), "kind-causation", &["5"], S::Review, G::Decide, "kind: causation"),
    row(decide(D::SetKind(Kind::Law)), "kind-law", &["6"], S::Review, G::Decide, "kind: law"),
    row(decide(D::SetKind(Kind::Position)), "kind-position", &["7"], S::Review, G::Decide, "kind: position"),
    row(decide(D::SetKind(Kind::Quotation)), "kind-quotation", &["8"], S::Review, G::Decide, "kind: quotation"),
    row(decide(D::SetKind(Kind::Opinion)), "kind-opinion", &["9"], S::Review, G::Decide, "kind: opinion"),
    row(decide(D::ToggleKind(Kind::Quantity)), "also-quantity", &["g 1"], S::Review, G::Decide, "also quantity, or no more"),
    row(decide(D::ToggleKind(Kind::Comparison)), "also-comparison", &["g 2"], S::Review, G::Decide, "also comparison, or no more"),
    row(decide(D::ToggleKind(Kind::Event)), "also-event", &["g 3"], S::Review, G::Decide, "also event, or no more"),
    row(decide(D::ToggleKind(Kind::Prediction)), "also-prediction", &["g 4"], S::Review, G::Decide, "also prediction, or no more"),
    row(decide(D::ToggleKind(Kind::Causation)), "also-causation", &["g 5"], S::Review, G::Decide, "also causation, or no more"),
    row(decide(D::ToggleKind(Kind::Law)), "also-law", &["g 6"], S::Review, G::Decide, "also law, or no more"),
    row(decide(D::ToggleKind(Kind::Position)), "also-position", &["g 7"], S::Review, G::Decide, "also position, or no more"),
    row(decide(D::ToggleKind(Kind::Quotation)), "also-quotation", &["g 8"], S::Review, G::Decide, "also quotation, or no more"),
    row(decide(D::ToggleKind(Kind::Opinion)), "also-opinion", &["g 9"], S::Review, G::Decide, "also opinion, or no more"),
    row(decide(D::Repeat), "repeat", &["."], S::Review, G::Decide, "the last correction again, here"),
    row(C::AskShown(D::ConfirmShown), "confirm-shown", &[], S::Review, G::Decide, "confirm everything undecided that is shown; asks first"),
    row(C::AskShown(D::RejectShown), "reject-shown", &[], S::Review, G::Decide, "reject everything undecided that is shown; asks first"),
    row(decide(D::SameForEqual), "same-for-equal", &["*"], S::Review, G::Decide, "same decision for every equal text"),
    row(adjust(End::Start, Step::WordBack), "start-back", &["b"], S::Review, G::Mark, "start back by a word"),
    row(adjust(End::Start, Step::WordOn), "start-on", &["w"], S::Review, G::Mark, "start on by a word"),
    row(adjust(End::End, Step::WordBack), "end-back", &["E"], S::Review, G::Mark, "end back by a word"),
    row(adjust(End::End, Step::WordOn), "end-on", &["e"], S::Review, G::Mark, "end on by a word"),
    row(adjust(End::Start, Step::Out), "start-out", &["("], S::Review, G::Mark, "start out to the clause, again to the sentence"),
    row(adjust(End::End, Step::Out), "end-out", &[")"], S::Review, G::Mark, "end out to the clause, again to the sentence"),
    row(C::JumpEnd, "jump-end", &[";"], S::Review, G::Mark, "nearer end to the word with a hint"),
    row(C::Add, "add", &["i"], S::Review, G::Mark, "add a claim or source: hint, then ) or hint, then 1-9"),
    row(C::AddPiece, "add-piece", &["+"], S::Review, G::Mark, "add a second piece by hints"),
    row(C::Split, "split", &["B"], S::Review, G::Mark, "cut the claim in two: before the word with a hint, or B at the clause"),
    row(decide(D::Join), "join", &["M"], S::Review, G::Mark, "join the claim with the next in the text"),
    row(C::Visual, "select", &["v"], S::Review, G::Mark, "mark words by cursor"),
    with(row(C::Ask(A::Source), "source", &["s"], S::Review, G::Describe, "link a source; s again takes the top one"), "NAME"),
    with(row(C::Ask(A::Verdict), "verdict", &["r"], S::Review, G::Describe, "verdict, by number"), "VERDICT"),
    with(row(C::Ask(A::Evidence), "evidence", &["p"], S::Review, G::Describe, "proof: evidence, with page or time, primary or not, day (e on an open card)"), "URL OR TITLE"),
    with(row(C::Ask(A::Note), "note", &["c"], S::Review, G::Describe, "note; Ctrl-e opens the editor"), "TEXT"),
    with(row(C::Ask(A::ClaimText), "claim-text", &["C"], S::Review, G::Describe, "the claim in your own words; begins with those suggested"), "TEXT"),
    with(row(C::Ask(A::Voice), "voice", &["g v"], S::Review, G::Describe, "whose words the claim is in"), "VOICE"),
    with(row(C::Ask(A::SourceName), "source-name", &["g n"], S::Review, G::Describe, "what the source is called"), "NAME"),
    with(row(C::Ask(A::SourceType), "source-type", &["g t"], S::Review, G::Describe, "what the source is"), "TYPE"),
    with(row(C::Ask(A::SourceRole), "source-role", &["g r"], S::Review, G::Describe, "the source's title or function"), "ROLE"),
    with(row(C::Ask(A::SameSource), "same-source", &["g s"], S::Review, G::Describe, "two sources are one: which is the other"), "NAME"),
    row(decide(D::PartSource), "part-source", &["g p"], S::Review, G::Describe, "this mention is a source of its own"),
    row(C::Copy { all: false }, "copy", &["g y"], S::Review, G::Show, "copy the claim, as y where no answer is asked about"),
    row(C::Copy { all: true }, "copy-all", &["g Y"], S::Review, G::Show, "copy the claim with source and address"),
    row(C::OpenAddress, "browse", &["O"], S::Review, G::Show, "open the evidence's or the article's address"),
    row(C::SearchWeb, "web", &["W"], S::Review, G::Show, "search the claim on a site"),
    row(C::Archive, "archive", &["H"], S::Review, G::Show, "keep the evidence's or the article's page in the archive"),
    with(row(C::Ask(A::Tag), "tag", &["t"], S::Anywhere, G::Describe, "add a tag, or take it away"), "TAG"),
    with(row(C::Ask(A::Search), "search", &["/"], S::Anywhere, G::Show, "search"), "WORDS"),
    with(row(C::Ask(A::Filter), "filter", &["\\"], S::Anywhere, G::Show, "filter the list as you type; Esc shows all"), "FILTER"),
    row(C::TurnOrder, "turn-order", &["o"], S::Anywhere, G::Show, "by worth, or as in the text; in the queue, choose the order"),
    with(row(C::Ask(A::Order), "order", &[], S::Anywhere, G::Show, "choose the order of the list"), "ORDER"),
    row(C::Summary, "summary", &["S"], S::Anywhere, G::Show, "the article, or the queue, in figures"),
    row(C::Folded, "folded", &[], S::Review, G::Show, "list the claims seldom worth checking, or hide them"),
    row(C::OpenArticle, "open", &["Enter", "Right"], S::Queue, G::Queue, "review the article"),
    row(C::Mark, "mark", &["V"], S::Queue, G::Queue, "mark the article: the next decision is about all that are marked"),
    row(C::MarkShown, "mark-shown", &["g V"], S::Queue, G::Queue, "mark every article shown, or none"),
    row(C::Preview(1), "preview-down", &["J"], S::Queue, G::Queue, "scroll what is said of the article down"),
    row(C::Preview(-1), "preview-up", &["K"], S::Queue, G::Queue, "scroll it up"),
    row(C::Reload, "reload", &["R"], S::Queue, G::Queue, "read the folders anew, and put the rows in order"),
    row(C::Paste, "paste", &["P"], S::Queue, G::Queue, "add an article: paste its text"),
    row(decide(D::Finish { anyway: false }), "finish", &["f"], S::Anywhere, G::Queue, "finish, and go on to the next"),
    row(decide(D::Later), "later", &["z"], S::Anywhere, G::Queue, "put the article off, or take it up again"),
    with(row(C::Ask(A::Export), "export", &[], S::Anywhere, G::Desk, "write what is verified to a file beside the article: jsonl, csv, markdown"), "FORMAT FILE"),
    row(C::Notices, "notices", &[], S::Review, G::Desk, "what opening the article had to say"),
    row(C::LeftOut, "left-out", &[], S::Review, G::Desk, "paragraphs of the file that are not in the article: take one in, or out again"),
    row(C::Detectors, "detectors", &[], S::Anywhere, G::Desk, "the detectors, and what each is doing"),
    with(row(C::Ask(A::Allow), "allow", &[], S::Anywhere, G::Desk, "let a detector send texts to the host it names; asks, and keeps it"), "NAME"),
    row(C::Undo, "undo", &["u"], S::Anywhere, G::Desk, "undo, across articles and restarts"),
    row(C::Redo, "redo", &["U", "Ctrl-r"], S::Anywhere, G::Desk, "redo"),
    row(C::CommandLine, "command", &[":"], S::Anywhere, G::Desk, "command line"),
    row(C::Help, "help", &["?"], S::Anywhere, G::Desk, "keys of this screen; type to filter"),
    with(row(C::Ask(A::Theme), "theme", &[], S::Anywhere, G::Desk, "colours, until you leave"), "NAME"),
    with(row(C::Ask(A::Set), "set", &[], S::Anywhere, G::Desk, "a setting; asks whether to keep it"), "NAME VALUE"),
    with(row(C::Ask(A::Bind), "bind", &[], S::Anywhere, G::Desk, "one more key; asks whether to keep it"), "KEY COMMAND"),
    row(C::Tour, "tour", &[], S::Anywhere, G::Desk, "the screen of the first start: signs, first keys, how to leave"),
    row(C::Back, "back", &["q"], S::Anywhere, G::Desk, "back"), row(C::Quit, "quit", &["Q"], S::Anywhere, G::Desk, "quit"), row(C::Write, "write", &[], S::Anywhere, G::Desk, "everything is saved already"),
];
