//! The terminal's answer to a question, told from keys.
//!
//! To the library that reads the terminal `ESC ] 1 1 ; r g b : …` is Alt-] and letters, and
//! here a letter can be a decision. So once the terminal was asked, keys that may be an answer
//! are held back until it is clear: an answer is swallowed, however late and in however many
//! parts it comes; anything else goes on as it was typed, in its order. What no fingers type so
//! fast is no key either: a string that another program asked for, or that came damaged.

use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::crossterm::event::{Event as Raw, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::background::{Asked, ground_of};
use super::burst::TOGETHER;
use crate::tui::widget::Ground;

/// How far apart the parts of one answer may arrive.
const PARTS: Duration = Duration::from_millis(500);

/// How long after the question Esc may be the beginning of an answer, and how long parts of an
/// answer are waited for while it is awaited.
const SOON: Duration = Duration::from_secs(2);

/// What comes so close behind the beginning of a string was sent, not typed.
const SENT: Duration = Duration::from_millis(20);

/// How long the rest of a broken answer may still come.
const REST: Duration = Duration::from_secs(3);

/// What answers begin with, and the letters of their last part.
const HEADS: [&str; 3] = ["11;rgb:", "11;rgba:", "11;#"];
const LONGEST: usize = "11;rgba:ffff/ffff/ffff/ffff".len();

/// As many letters can be nothing but an answer.
const CERTAIN: usize = "11;r".len();

/// What is held back, and what it may become.
#[derive(Debug, Default)]
pub(super) struct Answer {
    /// `None`: nothing was asked, nothing is held back.
    asked: Option<Arc<Asked>>,
    state: State,
    held: Vec<Raw>,
    text: String,
    /// When the event before came.
    last: Option<Instant>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    /// Keys are keys.
    #[default]
    Keys,
    /// Esc is held back.
    Escape,
    /// Esc was let go; what it began may follow until then.
    EscapeGone(Instant),
    /// Behind `ESC ]`.
    Inside,
    /// In a string that is none of our answers; while its beginning alone is held back, it may be
    /// a key after all.
    Foreign,
    /// Behind the Esc that may end an answer: a backslash belongs to it.
    Ending,
    /// An answer broke off; what can be the rest of it is swallowed until then.
    Broken(Instant),
}

/// What came of an event.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    /// Events that are no part of an answer, in their order.
    pub(super) events: Vec<Raw>,
    /// The background, if an answer is complete.
    pub(super) ground: Option<Ground>,
}

impl Answer {
    /// Looks for the answer to this question.
    pub(super) fn to(asked: Option<Arc<Asked>>) -> Answer {
        Answer {
            asked,
            ..Answer::default()
        }
    }

    /// How long to wait for what belongs to what is held back; `None` where nothing is.
    pub(super) fn wait(&self) -> Option<Duration> {
        match self.state {
            State::Keys | State::EscapeGone(_) | State::Broken(_) => None,
            State::Escape => Some(TOGETHER),
            State::Inside if self.is_soon() => Some(SOON),
            State::Inside | State::Foreign | State::Ending => Some(PARTS),
        }
    }

    /// Nothing more came within [`Answer::wait`]: what is to go on.
    pub(super) fn ends(&mut self) -> Vec<Raw> {
        self.last = None;
        match self.state {
            State::Escape => {
                self.state = State::EscapeGone(Instant::now() + SOON);
                std::mem::take(&mut self.held)
            }
            _ => self.give_up(),
        }
    }

    /// Takes an event.
    pub(super) fn take(&mut self, raw: Raw) -> Told {
        self.take_at(raw, Instant::now())
    }

    fn take_at(&mut self, raw: Raw, now: Instant) -> Told {
        let before = self.last.replace(now);
        let is_sent = before.is_some_and(|before| now.saturating_duration_since(before) <= SENT);
        let mut told = Told::default();
        let key = match &raw {
            Raw::Key(key) if self.asked.is_some() && key.kind != KeyEventKind::Release => *key,
            // What the mouse does comes behind the keys pressed before it.
            Raw::Mouse(_) | Raw::Paste(_) if !self.held.is_empty() => {
                told.events = self.give_up();
                told.events.push(raw);
                return told;
            }
            _ => {
                told.events.push(raw);
                return told;
            }
        };
        self.pass_time(now);
        match (self.state, Part::of(key)) {
            (State::Inside | State::Foreign | State::Broken(_), Part::Letter(letter))
                if is_sent && !(self.state == State::Inside && self.goes_on_with(letter)) =>
            {
                self.forget();
                self.state = State::Foreign;
            }
            (State::Foreign, Part::Letter(_)) if self.held.is_empty() => {}
            (State::Foreign, Part::Bell | Part::Terminator) => self.forget(),
            (State::Foreign, Part::Escape) => {
                self.forget();
                self.state = State::Ending;
            }
            (State::Foreign, Part::Other) if self.held.is_empty() => told.events.push(raw),
            (State::Inside, Part::Letter(letter)) if self.goes_on_with(letter) => {
                self.text.push(letter);
                self.held.push(raw);
            }
            (State::Inside, part @ (Part::Bell | Part::Terminator | Part::Escape)) => {
                let is_answer = self.text.len() >= CERTAIN;
                told.ground = self.complete();
                told.events = self.give_up();
                if !is_answer {
                    self.begin(raw, part, &mut told);
                } else if part == Part::Escape {
                    self.state = State::Ending;
                }
            }
            (State::Ending, Part::Letter('\\')) => self.state = State::Keys,
            (State::Escape | State::EscapeGone(_), Part::Letter(']')) => {
                self.state = State::Inside;
                self.held.push(raw);
            }
            (State::Broken(_), Part::Letter(letter)) if is_of_colour(letter) => {}
            (State::Broken(_), Part::Bell | Part::Terminator) => self.state = State::Keys,
            (State::Broken(_), Part::Escape) => self.state = State::Ending,
            (State::Broken(_), Part::Letter(_) | Part::Other) => told.events.push(raw),
            (State::Inside, part @ (Part::Letter(_) | Part::Other))
                if self.text.len() >= CERTAIN =>
            {
                self.give_up();
                if !matches!(part, Part::Letter(letter) if is_of_colour(letter)) {
                    told.events.push(raw);
                }
            }
            (_, part) => {
                told.events = self.give_up();
                self.begin(raw, part, &mut told);
            }
        }
        told
    }

    /// A key while nothing is held back.
    fn begin(&mut self, raw: Raw, part: Part, told: &mut Told) {
        self.state = match part {
            Part::Opening => State::Inside,
            Part::Foreign => State::Foreign,
            Part::Escape if self.is_soon() => State::Escape,
            Part::Escape => State::EscapeGone(Instant::now() + SOON),
            _ => State::Keys,
        };
        match self.state {
            State::Inside | State::Foreign | State::Escape => self.held.push(raw),
            _ => told.events.push(raw),
        }
    }

    /// Whether the answer is awaited, and so soon after the question that it may come.
    fn is_soon(&self) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|asked| asked.is_awaited(SOON))
    }

    /// Forgets what is too long ago to matter.
    fn pass_time(&mut self, now: Instant) {
        if let State::EscapeGone(until) | State::Broken(until) = self.state
            && now >= until
        {
            self.state = State::Keys;
        }
    }

    fn goes_on_with(&self, letter: char) -> bool {
        let at = self.text.len();
        at < LONGEST
            && HEADS.iter().any(|head| {
                let typed = at.min(head.len());
                head[..typed] == self.text[..typed]
                    && match head[typed..].chars().next() {
                        Some(next) => next == letter,
                        None => is_of_colour(letter),
                    }
            })
    }

    /// The background, if what was held back is an answer; it is gone then.
    fn complete(&mut self) -> Option<Ground> {
        let ground = self.text.strip_prefix("11;").and_then(ground_of)?;
        if let Some(asked) = &self.asked {
            asked.answered();
        }
        self.forget();
        Some(ground)
    }

    /// What is held back, to go on; nothing of what can only be a broken answer, whose rest may
    /// still come.
    fn give_up(&mut self) -> Vec<Raw> {
        let held = std::mem::take(&mut self.held);
        let is_broken = self.text.len() >= CERTAIN;
        self.forget();
        if is_broken {
            self.state = State::Broken(Instant::now() + REST);
            return Vec::new();
        }
        held
    }

    fn forget(&mut self) {
        self.state = State::Keys;
        self.held.clear();
        self.text.clear();
    }
}

/// Whether a colour is written with this letter.
fn is_of_colour(letter: char) -> bool {
    letter.is_ascii_hexdigit() || letter == '/'
}

/// What a key may be of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// `ESC ]`, read at once.
    Opening,
    /// What begins any other string: a device's answer, a title, a message.
    Foreign,
    /// A lone Esc.
    Escape,
    /// BEL.
    Bell,
    /// `ESC \`, read at once.
    Terminator,
    Letter(char),
    Other,
}

impl Part {
    fn of(key: KeyEvent) -> Part {
        let modifiers = key.modifiers - KeyModifiers::SHIFT;
        match (key.code, modifiers) {
            (KeyCode::Esc, KeyModifiers::NONE) => Part::Escape,
            (KeyCode::Char(']'), KeyModifiers::ALT) => Part::Opening,
            (KeyCode::Char('P' | 'X' | '^' | '_'), KeyModifiers::ALT) => Part::Foreign,
            (KeyCode::Char('\\'), KeyModifiers::ALT) => Part::Terminator,
            // The same as single characters.
            (KeyCode::Char('\u{9d}'), KeyModifiers::NONE) => Part::Opening,
            (KeyCode::Char('\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}'), KeyModifiers::NONE) => {
                Part::Foreign
            }
            (KeyCode::Char('\u{9c}'), KeyModifiers::NONE) => Part::Terminator,
            (KeyCode::Char('g'), KeyModifiers::CONTROL) => Part::Bell,
            (KeyCode::Char(letter), KeyModifiers::NONE) => Part::Letter(letter),
            _ => Part::Other,
        }
    }
}

#[cfg(test)]
mod tests;
