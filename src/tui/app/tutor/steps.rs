//! The steps of the tutor: what each asks for, with which keys, and what of it was done.
//!
//! What is decided is read from the document, so it counts whichever way it was done; what only
//! looks around leaves nothing there, so the command is asked for.

use crate::annotations::{Annotation, Review, Status};
use crate::detect::Kind;
use crate::review::{Decide, End, Session, Step as To};
use crate::text::{Span, Word};
use crate::tui::app::card::words_of;
use crate::tui::app::mode::Mode;
use crate::tui::app::open_review::Pane;
use crate::tui::app::practice::{MISSED, RIGHT_ENDS, RIGHT_SOURCE, words};
use crate::tui::command::{Ask, Command, Keymap, TABLE, Way};

/// Where a step is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// On this claim, from beginning to end.
    Claim(usize),
    /// It begins on this claim.
    From(usize),
    /// It begins with these words of the article in view.
    Words(&'static str),
    /// Anywhere.
    Anywhere,
}

/// A step.
pub(super) struct Step {
    /// Where.
    pub place: Place,
    /// What is to be done, and the keys for it, one for each `{}`.
    pub task: (&'static str, &'static [Command]),
    /// What is worth knowing besides, shown where there is room.
    pub more: (&'static str, &'static [Command]),
    /// What of it is done.
    pub check: fn(&Practice) -> Progress,
}

/// How far a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// It is done.
    Done,
    /// Not yet; what there is to say of that, mostly nothing.
    Going(String),
    /// Something else was done; what, and what helps.
    Wrong(String),
}

impl Progress {
    /// Nothing was done yet.
    pub(super) fn begun() -> Progress {
        Progress::Going(String::new())
    }

    fn done_if(is_done: bool) -> Progress {
        match is_done {
            true => Progress::Done,
            false => Progress::begun(),
        }
    }
}

/// What a check sees of the desk.
pub(super) struct Practice<'a> {
    /// The review.
    pub session: &'a Session,
    /// What keys mean.
    pub mode: &'a Mode,
    /// Which pane has them.
    pub pane: Pane,
    /// What they are called.
    pub keymap: &'a Keymap,
    /// The latest command since the step began.
    pub latest: Option<&'a Command>,
}

const CONFIRM: Command = Command::decide(Decide::Confirm);
const REJECT: Command = Command::decide(Decide::Reject);
const FINISH: Command = Command::decide(Decide::Finish { anyway: false });
const NEXT: Command = Command::Go(Way::Rows(1));
const PREVIOUS: Command = Command::Go(Way::Rows(-1));
const NEXT_OPEN: Command = Command::Go(Way::Open(1));
const fn kind(kind: Kind) -> Command {
    Command::decide(Decide::SetKind(kind))
}
const fn adjust(end: End, to: To) -> Command {
    Command::decide(Decide::Adjust(end, to))
}

/// The steps, in order.
pub(super) const STEPS: [Step; 15] = [
    Step {
        place: Place::From(1),
        task: (
            "Keys are about the selected claim. Go on to the next claim: {}",
            &[NEXT],
        ),
        more: (
            "{} goes back. This is practice: the article is thrown away when you leave.",
            &[PREVIOUS],
        ),
        check: |p| p.looked(&NEXT),
    },
    Step {
        place: Place::Claim(2),
        task: (
            "Claim 2 is marked as it should be. Confirm it: {}",
            &[CONFIRM],
        ),
        more: (
            "The desk goes on to the next claim by itself. Nothing has to be saved.",
            &[],
        ),
        check: |p| p.decided(2, Status::Confirmed),
    },
    Step {
        place: Place::Claim(3),
        task: (
            "Nobody can check claim 3, so it is no claim for you. Reject it: {}",
            &[REJECT],
        ),
        more: (
            "The sign in the list says what became of a claim, the letters behind its number are \
             its kinds.",
            &[],
        ),
        check: |p| p.decided(3, Status::Rejected),
    },
    Step {
        place: Place::Anywhere,
        task: ("Take that back: {}", &[Command::Undo]),
        more: (
            "As often as you like; {} does it again. The line at the bottom says what the latest \
             key did.",
            &[Command::Redo],
        ),
        check: |p| Progress::done_if(p.answer(3).is_none()),
    },
    Step {
        place: Place::Claim(4),
        task: (
            "Claim 4 compares two years. Make it a comparison: {}",
            &[kind(Kind::Comparison)],
        ),
        more: (
            "{} quantity, {} comparison, {} event, {} prediction, {} causation, {} law, \
             {} position, {} quotation, {} opinion.",
            &[
                kind(Kind::Quantity),
                kind(Kind::Comparison),
                kind(Kind::Event),
                kind(Kind::Prediction),
                kind(Kind::Causation),
                kind(Kind::Law),
                kind(Kind::Position),
                kind(Kind::Quotation),
                kind(Kind::Opinion),
            ],
        ),
        check: of_that_kind,
    },
    Step {
        place: Place::Claim(5),
        task: (
            "Claim 5 is to go from “the strike” to “a day”: {} once, {} twice",
            &[adjust(End::Start, To::WordOn), adjust(End::End, To::WordOn)],
        ),
        more: (
            "By a word: {} moves the start back, {} on; {} moves the end back, {} on.",
            &[
                adjust(End::Start, To::WordBack),
                adjust(End::Start, To::WordOn),
                adjust(End::End, To::WordBack),
                adjust(End::End, To::WordOn),
            ],
        ),
        check: with_those_ends,
    },
    Step {
        place: Place::Claim(6),
        task: (
            "The port authority said claim 6, not the council: {}, then the letter before “the \
             port authority”",
            &[Command::Ask(Ask::Source)],
        ),
        more: (
            "Letters and digits stand before the rows of every list; Esc leaves it.",
            &[],
        ),
        check: from_that_source,
    },
    Step {
        place: Place::Claim(6),
        task: (
            "You measured: {} and a digit for your verdict, then {}, words, Enter for a note",
            &[Command::Ask(Ask::Verdict), Command::Ask(Ask::Note)],
        ),
        more: (
            "Both stay with the claim’s words; other words make it a question again.",
            &[],
        ),
        check: with_verdict_and_note,
    },
    Step {
        place: Place::Claim(6),
        task: (
            "Say what proves it: {}, an address or a title, Enter, s for “supports”, Enter",
            &[Command::Ask(Ask::Evidence)],
        ),
        more: (
            "{} opens the whole card with all that is known; Esc closes it.",
            &[Command::OpenCard],
        ),
        check: |p| Progress::done_if(p.claim(6).is_some_and(|claim| !claim.evidence.is_empty())),
    },
    Step {
        place: Place::Words(MISSED),
        task: (
            "Not found: “The last ferry sailed on 4 May 1987”. {}, the letters on “The”, those on \
             “1987”, Enter",
            &[Command::Add],
        ),
        more: (
            "A digit instead of Enter says its kind as well; s makes it a source.",
            &[],
        ),
        check: added,
    },
    Step {
        place: Place::From(6),
        task: (
            "{} goes to the sources, the article, and back to the claims: go round once",
            &[Command::PaneNext],
        ),
        more: (
            "The arrows scroll the article while it has the keys; a source is confirmed as a claim is.",
            &[],
        ),
        check: round_the_panes,
    },
    Step {
        place: Place::From(1),
        task: (
            "Claims seldom worth checking are folded away. {}, {} to the line at the end, {} \
             shows them",
            &[Command::Go(Way::Last), NEXT, Command::OpenCard],
        ),
        more: ("They count as open only once you decide on them.", &[]),
        check: |p| Progress::done_if(p.session.shows_folded()),
    },
    Step {
        place: Place::Anywhere,
        task: (
            "Claims 1 and 3 have no answer yet. Go to the next of those: {}",
            &[NEXT_OPEN],
        ),
        more: ("The title line counts what is decided.", &[]),
        check: |p| p.looked(&NEXT_OPEN),
    },
    Step {
        place: Place::Anywhere,
        task: (
            "{} shows all keys and signs, {} takes a command by its name. Open one, Esc closes it",
            &[Command::Help, Command::CommandLine],
        ),
        more: ("Type in it to look for something.", &[]),
        check: looked_it_up,
    },
    Step {
        place: Place::Anywhere,
        task: (
            "Finish the article: {}. It asks about what is open; Enter finishes",
            &[FINISH],
        ),
        more: (
            "Only a finished article says that nothing was overlooked.",
            &[],
        ),
        check: finished,
    },
];

impl Practice<'_> {
    /// The claim of a number, as long as it is in the document.
    pub(super) fn claim(&self, number: usize) -> Option<&Annotation> {
        let mut annotations = self.session.document().annotations().iter();
        annotations.find(|annotation| {
            let suggested = annotation.suggestion();
            annotation.is_claim() && suggested.is_some_and(|s| s.quote.exact == words(number))
        })
    }

    /// My answer to it.
    fn answer(&self, number: usize) -> Option<&Review> {
        self.claim(number)?.review_of(self.session.reviewer())
    }

    fn key(&self, command: &Command) -> String {
        key_of(self.keymap, command)
    }

    /// What became of a claim, and the key that takes it back.
    fn wrong(&self, number: usize, what: &str) -> Progress {
        let undo = self.key(&Command::Undo);
        Progress::Wrong(format!(
            "Claim {number} is now {what}: {undo} takes that back"
        ))
    }

    /// Whether a command that looks around was given.
    fn looked(&self, wanted: &Command) -> Progress {
        match self.latest {
            Some(latest) if latest == wanted => Progress::Done,
            Some(other @ Command::Go(_)) => {
                let entry = TABLE.iter().find(|entry| entry.command == *other);
                let name = entry.map_or(String::new(), |entry| entry.name.replace('-', " "));
                let key = self.key(wanted);
                Progress::Wrong(format!("That was “{name}”; the key for this is {key}"))
            }
            _ => Progress::begun(),
        }
    }

    /// Whether a claim has that status by my answer.
    fn decided(&self, number: usize, wanted: Status) -> Progress {
        match self.claim(number).map(Annotation::status) {
            Some(status) if status == wanted => Progress::Done,
            None | Some(Status::Undecided) => Progress::begun(),
            Some(status) => self.wrong(number, status.as_str()),
        }
    }
}

/// The key of a command, or how it is typed if the house gave it none.
pub(super) fn key_of(keymap: &Keymap, command: &Command) -> String {
    match keymap.hint(command) {
        key if key.is_empty() => {
            let entry = TABLE.iter().find(|entry| entry.command == *command);
            entry.map_or(key, |entry| format!(":{}", entry.name))
        }
        key => key,
    }
}

fn of_that_kind(p: &Practice) -> Progress {
    let Some(review) = p.answer(4) else {
        return Progress::begun();
    };
    let kinds: Vec<&str> = review.kinds.iter().map(|kind| kind.as_str()).collect();
    match kinds.as_slice() {
        [one] if *one == Kind::Comparison.as_str() => Progress::Done,
        [] => p.wrong(4, review.decision.as_str()),
        kinds => p.wrong(4, &kinds.join(" and ")),
    }
}

/// Steps towards the right ends are on the way; steps past them are not.
fn with_those_ends(p: &Practice) -> Progress {
    let (Some(claim), Some(_)) = (p.claim(5), p.answer(5)) else {
        return Progress::begun();
    };
    let now = words_of(p.session, claim);
    if now == RIGHT_ENDS {
        return Progress::Done;
    }
    let text = p.session.article().text();
    let stands = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len()));
    let (Some(mark), Some(from), Some(to)) =
        (&claim.target.mark, stands(words(5)), stands(RIGHT_ENDS))
    else {
        return p.wrong(5, claim.status().as_str());
    };
    let hull = mark.hull();
    let is_on_the_way = (from.start..=to.start).contains(&hull.start)
        && (from.end..=to.end).contains(&hull.end)
        && hull != from;
    match is_on_the_way && claim.status() == Status::Corrected {
        true => Progress::Going(format!("It is now “{now}”")),
        false if hull == from => p.wrong(5, claim.status().as_str()),
        false => p.wrong(5, &format!("“{now}”")),
    }
}

fn from_that_source(p: &Practice) -> Progress {
    let Some(claim) = p.claim(6) else {
        return Progress::begun();
    };
    let link = p.session.document().source_link(&claim.id);
    let has_open_link = link.is_some_and(|link| link.status().is_open());
    match p.session.source_name_of(claim) {
        Some(RIGHT_SOURCE) => Progress::Done,
        Some(_) if has_open_link => Progress::begun(),
        Some(name) => p.wrong(6, &format!("from {name}")),
        None => p.wrong(6, "in the article’s own words"),
    }
}

fn with_verdict_and_note(p: &Practice) -> Progress {
    let review = p.answer(6);
    let verdict = review.and_then(|review| review.verdict.as_deref());
    let has_note = review.is_some_and(|review| review.note.is_some());
    match (verdict, has_note) {
        (Some(_), true) => Progress::Done,
        (Some(verdict), false) => Progress::Going(format!(
            "Your verdict is “{verdict}”; now the note: {}",
            p.key(&Command::Ask(Ask::Note))
        )),
        (None, true) => Progress::Going(format!(
            "The note is there; now the verdict: {}",
            p.key(&Command::Ask(Ask::Verdict))
        )),
        (None, false) => Progress::begun(),
    }
}

fn added(p: &Practice) -> Progress {
    let annotations = p.session.document().annotations().iter();
    let mut added = annotations.filter(|a| a.status() == Status::Added);
    let Some(first) = added.next() else {
        return Progress::begun();
    };
    let words = |added: &Annotation| words_of(p.session, added);
    let is_right = |a: &Annotation| a.is_claim() && words(a).trim_end_matches('.') == MISSED;
    if is_right(first) || added.any(is_right) {
        return Progress::Done;
    }
    let (undo, words) = (p.key(&Command::Undo), words(first));
    Progress::Wrong(format!("You marked “{words}”: {undo} takes that back"))
}

fn round_the_panes(p: &Practice) -> Progress {
    let key = p.key(&Command::PaneNext);
    match p.pane {
        Pane::Claims => Progress::done_if(p.latest == Some(&Command::PaneNext)),
        Pane::Sources => Progress::Going(format!("These are the sources; on with {key}")),
        Pane::Article => Progress::Going(format!("The article has the keys; on with {key}")),
    }
}

fn looked_it_up(p: &Practice) -> Progress {
    let looked = matches!(p.latest, Some(Command::Help | Command::CommandLine));
    Progress::done_if(looked && *p.mode == Mode::Normal)
}

fn finished(p: &Practice) -> Progress {
    let pass = p.session.document().pass_of(p.session.reviewer());
    Progress::done_if(pass.is_some_and(|pass| pass.finished) && p.latest == Some(&FINISH))
}
