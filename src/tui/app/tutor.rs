//! The lessons of the tutor: what to do, and when it is done.
//!
//! A lesson is done when the review shows it, whichever way it was done; nothing asks which keys
//! were pressed.

use ratatui::layout::Rect;

use super::{App, Screen};
use crate::annotations::{Annotation, Review, Status};
use crate::review::{Decide, End, Session, Step};
use crate::tui::command::{Ask, Command, Way};
use crate::tui::widget::{Field, Fields, Role};

/// A lesson.
struct Lesson {
    /// What is to be done; `{}` stands for the keys.
    task: &'static str,
    /// The commands whose keys those are.
    commands: &'static [Command],
    /// Whether it is done.
    is_done: fn(&Session, &Lessons) -> bool,
}

const fn adjust(end: End, step: Step) -> Command {
    Command::decide(Decide::Adjust(end, step))
}

const LESSONS: &[Lesson] = &[
    Lesson {
        task: "look around: {} goes to the next claim",
        commands: &[Command::Go(Way::Rows(1))],
        is_done: |session, _| session.claim_row().is_some_and(|row| row > 0),
    },
    Lesson {
        task: "confirm a claim: {}",
        commands: &[Command::decide(Decide::Confirm)],
        is_done: |session, _| any(session, |_, a| a.status() == Status::Confirmed),
    },
    Lesson {
        task: "reject one: {}",
        commands: &[Command::decide(Decide::Reject)],
        is_done: |session, _| any(session, |_, a| a.status() == Status::Rejected),
    },
    Lesson {
        task: "take that back: {}",
        commands: &[Command::Undo],
        is_done: |session, lessons| answers(session) < lessons.most,
    },
    Lesson {
        task: "say what kind of claim it is: a digit, 1 to 9",
        commands: &[],
        is_done: |session, _| {
            any(session, |review, a| {
                let suggested = a.suggestion().map(|s| &s.kinds);
                suggested.is_some_and(|kinds| *kinds != review.kinds)
                    && a.status() == Status::Corrected
            })
        },
    },
    Lesson {
        task: "move an end of a mark by a word: {}",
        commands: &[
            adjust(End::Start, Step::WordBack),
            adjust(End::Start, Step::WordOn),
            adjust(End::End, Step::WordBack),
            adjust(End::End, Step::WordOn),
        ],
        is_done: |session, _| {
            any(session, |review, a| {
                let suggested = a.suggestion().map(|s| &s.quote.exact);
                let own = review.quote.as_ref().map(|quote| &quote.exact);
                own.is_some() && suggested.is_some() && own != suggested
            })
        },
    },
    Lesson {
        task: "give a verdict: {} and a digit",
        commands: &[Command::Ask(Ask::Verdict)],
        is_done: |session, _| any(session, |review, _| review.verdict.is_some()),
    },
    Lesson {
        task: "write a note: {}, words, Enter",
        commands: &[Command::Ask(Ask::Note)],
        is_done: |session, _| any(session, |review, _| review.note.is_some()),
    },
    Lesson {
        task: "add a claim: {}, letters of the first word, letters of the last, Enter",
        commands: &[Command::Add],
        is_done: |session, _| any(session, |_, a| a.status() == Status::Added),
    },
    Lesson {
        task: "finish the article: {}, then Enter",
        commands: &[Command::decide(Decide::Finish { anyway: false })],
        is_done: |session, _| {
            let pass = session.document().pass_of(session.reviewer());
            pass.is_some_and(|pass| pass.finished)
        },
    },
];

/// Whether the reviewer's answer to some claim or source is such.
fn any(session: &Session, is_such: impl Fn(&Review, &Annotation) -> bool) -> bool {
    let mut annotations = session.document().annotations().iter();
    annotations.any(|annotation| {
        let review = annotation.review_of(session.reviewer());
        review.is_some_and(|review| is_such(review, annotation))
    })
}

/// How many claims and sources the reviewer has answered.
fn answers(session: &Session) -> usize {
    let annotations = session.document().annotations().iter();
    annotations
        .filter(|annotation| annotation.review_of(session.reviewer()).is_some())
        .count()
}

/// How far somebody who practises is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lessons {
    /// How many lessons are done.
    done: usize,
    /// The most answers there were.
    most: usize,
}

impl App {
    /// Goes on to the next lesson if this one is done. One at a time, so that each is read.
    pub(super) fn heed_lesson(&mut self) {
        let session = self.review.as_ref().or(self.leaving.as_ref());
        let (Some(mut lessons), Some(review)) = (self.lessons, session) else {
            return;
        };
        let session = &review.session;
        if let Some(lesson) = LESSONS.get(lessons.done)
            && (lesson.is_done)(session, &lessons)
        {
            lessons.done += 1;
        }
        lessons.most = lessons.most.max(answers(session));
        self.lessons = Some(lessons);
    }

    /// The lesson to be shown; nothing where nobody practises.
    pub(in crate::tui) fn lesson_rows(&self) -> Vec<Field> {
        let Some(lessons) = self.lessons else {
            return Vec::new();
        };
        let keymap = &self.options.keymap;
        let text = match LESSONS.get(lessons.done) {
            Some(lesson) => {
                let keys: Vec<String> = lesson.commands.iter().map(|c| keymap.hint(c)).collect();
                let task = lesson.task.replace("{}", &keys.join(" or "));
                let number = lessons.done + 1;
                let well = if lessons.done > 0 { "done; now " } else { "" };
                format!("{well}{number} of {}: {task}", LESSONS.len())
            }
            None => format!(
                "that is all of it: {} leaves; on your own articles {} shows every key",
                keymap.hint(&Command::Quit),
                keymap.hint(&Command::Help)
            ),
        };
        vec![Field::new("", text, Role::Warning)]
    }

    /// Where it stands: at the top, at most a third of the screen.
    pub(in crate::tui) fn lesson_area(&self) -> Rect {
        let (width, height) = self.size;
        if self.lessons.is_none() || self.screen != Screen::Review {
            return Rect::new(0, 0, width, 0);
        }
        let rows = Fields::new(&self.lesson_rows(), width, self.options.theme).rows();
        let rows = u16::try_from(rows).unwrap_or(u16::MAX);
        Rect::new(0, 0, width, rows.min(height / 3))
    }
}
