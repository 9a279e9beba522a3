//! The tutor: a step at a time above the desk, on the practice article.
//!
//! A step begins on its claim, says what was done instead where that was something else, and is
//! over when it was done. The box has the rows of the longest step, so that nothing below it moves.

mod steps;

use ratatui::layout::Rect;

use super::{App, Screen};
use crate::annotations::{Id, Review};
use crate::review::{Item, Moment, Session};
use crate::text::Span;
use crate::tui::command::{Command, Keymap, Way};
use crate::tui::layout::Scroll;
use crate::tui::widget::{Field, Fields, Role};
use steps::{Place, Practice, Progress, STEPS, Step, key_of};

/// How far somebody who practises is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lessons {
    /// How many steps are done.
    done: usize,
    /// Whether the step at hand has begun.
    has_begun: bool,
    /// What was answered of every claim when it did.
    before: Vec<(Id, Option<Review>)>,
    /// The latest command since.
    latest: Option<Command>,
    progress: Progress,
}

impl Default for Lessons {
    fn default() -> Lessons {
        Lessons {
            done: 0,
            has_begun: false,
            before: Vec::new(),
            latest: None,
            progress: Progress::begun(),
        }
    }
}

impl App {
    /// Whether this is practice, of which nothing is kept.
    pub(in crate::tui) fn is_practice(&self) -> bool {
        self.lessons.is_some()
    }

    /// Notes a command for the step at hand.
    pub(super) fn note_command(&mut self, command: &Command) {
        if let Some(lessons) = &mut self.lessons {
            lessons.latest = Some(command.clone());
        }
    }

    /// Goes on to the next step if this one is done. One at a time, so that each is read.
    pub(super) fn heed_lesson(&mut self, moment: &Moment) {
        let Some(mut lessons) = self.lessons.take() else {
            return;
        };
        if let Some(step) = STEPS.get(lessons.done)
            && let Some(practice) = self.practice(&lessons)
            && lessons.has_begun
        {
            lessons.progress = match (step.check)(&practice) {
                Progress::Done => Progress::Done,
                progress => lessons.astray(step, &practice).unwrap_or(progress),
            };
            if lessons.progress == Progress::Done {
                lessons.done += 1;
                lessons.has_begun = false;
                lessons.progress = Progress::begun();
            }
        }
        self.lessons = Some(lessons);
        self.begin_step(moment);
    }

    /// Begins the step at hand as soon as its claims are there: what it is about is selected.
    fn begin_step(&mut self, moment: &Moment) {
        let Some(lessons) = self.lessons.as_ref().filter(|lessons| !lessons.has_begun) else {
            return;
        };
        let (Some(step), Some(practice)) = (STEPS.get(lessons.done), self.practice(lessons)) else {
            return;
        };
        let (mut claim, mut shown) = (None, None);
        match step.place {
            Place::Claim(number) | Place::From(number) => match practice.claim(number) {
                Some(found) => claim = Some(found.id.clone()),
                None => return,
            },
            Place::Words(words) => {
                let start = practice.session.article().text().find(words);
                shown = start.map(|start| Span::new(start, start + words.len()));
            }
            Place::Anywhere => {}
        }
        let before = answers(practice.session);
        if let Some(lessons) = &mut self.lessons {
            *lessons = Lessons {
                done: lessons.done,
                has_begun: true,
                before,
                ..Lessons::default()
            };
        }
        self.fit();
        if let Some(id) = claim {
            // Selecting asks nothing of the world.
            self.select(Item::Claim(id), moment);
        }
        if let (Some(words), Some(review)) = (shown, &mut self.review) {
            review.article.scroll(Scroll::Show(words));
        }
    }

    fn practice<'a>(&'a self, lessons: &'a Lessons) -> Option<Practice<'a>> {
        let review = self.review.as_ref()?;
        Some(Practice {
            session: &review.session,
            mode: &self.mode,
            pane: review.pane,
            keymap: &self.options.keymap,
            latest: lessons.latest.as_ref(),
        })
    }

    /// What the tutor says, as much as fits its box; nothing where nobody practises.
    pub(in crate::tui) fn lesson_rows(&self) -> Vec<Field> {
        let Some(lessons) = &self.lessons else {
            return Vec::new();
        };
        let keymap = &self.options.keymap;
        let Some(step) = STEPS.get(lessons.done) else {
            return vec![task_field(&farewell(keymap))];
        };
        let task = task_field(&task(lessons.done, step, keymap));
        let more = field(&filled(step.more, keymap), Role::Text);
        // In the order in which they make way.
        let choices = match &lessons.progress {
            Progress::Wrong(what) => {
                let wrong = field(what, Role::Error);
                vec![vec![wrong.clone(), task, more], vec![wrong]]
            }
            Progress::Going(said) if !said.is_empty() => {
                let said = field(said, Role::Title);
                vec![
                    vec![task.clone(), said.clone(), more],
                    vec![task.clone(), said],
                    vec![task],
                ]
            }
            _ => vec![vec![task.clone(), more], vec![task]],
        };
        let area = self.lesson_area();
        let fits = |rows: &&Vec<Field>| self.lesson_height(rows) <= usize::from(area.height);
        let least = choices.last().cloned().unwrap_or_default();
        choices.iter().find(fits).cloned().unwrap_or(least)
    }

    fn lesson_height(&self, fields: &[Field]) -> usize {
        Fields::new(fields, self.size.0, self.options.theme).rows()
    }

    /// Where it stands: at the top, at most a third of the screen.
    pub(in crate::tui) fn lesson_area(&self) -> Rect {
        let (width, height) = self.size;
        if self.lessons.is_none() || self.screen != Screen::Review {
            return Rect::new(0, 0, width, 0);
        }
        let keymap = &self.options.keymap;
        let of_step = |(at, step): (usize, &Step)| {
            let more = field(&filled(step.more, keymap), Role::Text);
            self.lesson_height(&[task_field(&task(at, step, keymap)), more])
        };
        let longest = STEPS.iter().enumerate().map(of_step).max().unwrap_or(0);
        // And a row for what was done so far.
        let rows = u16::try_from(longest + 1).unwrap_or(u16::MAX);
        Rect::new(0, 0, width, rows.min(height / 3))
    }
}

impl Lessons {
    /// What was done to another claim than the step is about, or that none of its is selected.
    fn astray(&self, step: &Step, practice: &Practice) -> Option<Progress> {
        let Place::Claim(number) = step.place else {
            return None;
        };
        let session = practice.session;
        let own = practice.claim(number).map(|claim| &claim.id);
        let changed = answers(session).into_iter().find(|answer| {
            Some(&answer.0) != own && !self.before.iter().any(|before| before == answer)
        });
        let key = |command: &Command| key_of(practice.keymap, command);
        if let Some((id, answer)) = changed {
            let which = match session.claim_number(&id) {
                Some(other) => format!("claim {other}"),
                None => "another claim".to_owned(),
            };
            // An answer that was there and is gone was taken back once too often.
            let is_undone = answer.is_none() && self.before.iter().any(|(known, _)| *known == id);
            let way = match is_undone {
                true => format!("{} gives it its answer again", key(&Command::Redo)),
                false => format!("{} takes it back", key(&Command::Undo)),
            };
            return Some(Progress::Wrong(format!(
                "That was {which}, and this is about claim {number}: {way}"
            )));
        }
        let is_selected = session.selected().map(Item::id) == own;
        if is_selected || self.is_answered(own, session) {
            return None;
        }
        let (back, on) = (
            key(&Command::Go(Way::Rows(-1))),
            key(&Command::Go(Way::Rows(1))),
        );
        Some(Progress::Wrong(format!(
            "This is about claim {number}: {back} and {on} go there"
        )))
    }

    /// Whether the claim has another answer than when the step began; then it is no longer
    /// selected, because the desk went on.
    fn is_answered(&self, own: Option<&Id>, session: &Session) -> bool {
        let now = answers(session).into_iter().find(|(id, _)| Some(id) == own);
        now.is_some_and(|now| !self.before.contains(&now))
    }
}

/// My answer to every claim.
fn answers(session: &Session) -> Vec<(Id, Option<Review>)> {
    let claims = session
        .document()
        .annotations()
        .iter()
        .filter(|a| a.is_claim());
    let answer = |claim: &crate::annotations::Annotation| {
        let review = claim.review_of(session.reviewer()).cloned();
        (claim.id.clone(), review)
    };
    claims.map(answer).collect()
}

fn field(text: &str, role: Role) -> Field {
    Field::new("", text, role)
}

fn task_field(text: &str) -> Field {
    field(text, Role::Warning)
}

/// What a step asks for, with its number.
fn task(at: usize, step: &Step, keymap: &Keymap) -> String {
    format!(
        "{} of {}: {}",
        at + 1,
        STEPS.len(),
        filled(step.task, keymap)
    )
}

fn farewell(keymap: &Keymap) -> String {
    format!(
        "That is all of it. {} leaves, and the practice article is thrown away; proofmark PATH \
         opens yours",
        keymap.hint(&Command::Quit)
    )
}

/// A text with a key in the place of each `{}`.
fn filled((text, commands): (&str, &[Command]), keymap: &Keymap) -> String {
    let mut parts = text.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (part, command) in parts.zip(commands) {
        filled.push_str(&key_of(keymap, command));
        filled.push_str(part);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::widget::Theme;

    #[test]
    fn every_step_can_be_read_on_small_screens() {
        let keymap = Keymap::default();
        let rows = |fields: &[Field], width| Fields::new(fields, width, Theme::default()).rows();
        for (at, step) in STEPS.iter().enumerate() {
            let task = task_field(&task(at, step, &keymap));
            assert!(
                rows(std::slice::from_ref(&task), 40) <= 10 / 3,
                "{}",
                task.text
            );
            let more = field(&filled(step.more, &keymap), Role::Text);
            assert!(rows(&[task, more], 80) < 24 / 3, "step {}", at + 1);
        }
        assert!(rows(&[task_field(&farewell(&keymap))], 40) <= 10 / 3);
    }

    #[test]
    fn every_key_of_a_step_has_its_place() {
        for step in &STEPS {
            for (text, commands) in [step.task, step.more] {
                assert_eq!(text.matches("{}").count(), commands.len(), "{text}");
            }
        }
    }
}
