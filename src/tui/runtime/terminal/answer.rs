//! The terminal's answer to a question, told from keys.
//!
//! To the library that reads the terminal `ESC ] 1 1 ; r g b : …` is Alt-] and letters, and
//! here a letter can be a decision. So once the terminal was asked, keys that may be an answer
//! are held back until it is clear: an answer is swallowed, however late and in however many
//! parts it comes; anything else goes on as it was typed, in its order.

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
            State::Inside | State::Ending => Some(PARTS),
        }
    }

    /// Nothing more came within [`Answer::wait`]: what is to go on.
    pub(super) fn ends(&mut self) -> Vec<Raw> {
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
        self.pass_time(Instant::now());
        match (self.state, Part::of(key)) {
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
            Part::Escape if self.is_soon() => State::Escape,
            Part::Escape => State::EscapeGone(Instant::now() + SOON),
            _ => State::Keys,
        };
        match self.state {
            State::Inside | State::Escape => self.held.push(raw),
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
            (KeyCode::Char('\\'), KeyModifiers::ALT) => Part::Terminator,
            (KeyCode::Char('g'), KeyModifiers::CONTROL) => Part::Bell,
            (KeyCode::Char(letter), KeyModifiers::NONE) => Part::Letter(letter),
            _ => Part::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{MouseEvent, MouseEventKind};

    use super::*;
    use crate::tui::command::Key;

    fn press(key: &str) -> Raw {
        let key = Key::parse(key).expect("a key");
        Raw::Key(KeyEvent::new(key.code, key.modifiers))
    }

    /// Keys in which the library tells an answer, each character one.
    fn letters(text: &str) -> Vec<Raw> {
        let key = |c| Raw::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        text.chars().map(key).collect()
    }

    fn told(keys: &[Raw]) -> String {
        let told = keys.iter().map(|raw| match raw {
            Raw::Key(key) => Key::from(*key).to_string(),
            other => format!("{other:?}"),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    /// What goes on of these events, and the background; `|` stands for nothing coming for a
    /// while.
    fn through(answer: &mut Answer, parts: &[Option<Vec<Raw>>]) -> (String, Option<Ground>) {
        let (mut passed, mut ground) = (Vec::new(), None);
        for part in parts {
            match part {
                None => passed.extend(answer.ends()),
                Some(keys) => {
                    for key in keys.clone() {
                        let told = answer.take(key);
                        passed.extend(told.events);
                        ground = ground.or(told.ground);
                    }
                }
            }
        }
        (told(&passed), ground)
    }

    fn asked() -> Answer {
        Answer::to(Some(Arc::new(Asked::now())))
    }

    const WHITE: &str = "11;rgb:ffff/FFFF/ffff";

    #[test]
    fn an_answer_is_no_key_whatever_ends_it() {
        for ending in [vec!["Ctrl-g"], vec!["Alt-\\"], vec!["Esc", "\\"]] {
            let mut keys = vec![press("j"), press("Alt-]")];
            keys.extend(letters(WHITE));
            keys.extend(ending.iter().map(|key| press(key)));
            keys.push(press("a"));
            let found = through(&mut asked(), &[Some(keys)]);
            assert_eq!(found, ("j a".to_owned(), Some(Ground::Light)), "{ending:?}");
        }
    }

    #[test]
    fn an_answer_is_found_wherever_it_is_split() {
        // Esc and ] apart, then each of the letters apart: waits between them are shorter
        // than those after which one gives up.
        let mut answer = asked();
        let mut keys = vec![press("Esc")];
        keys.extend(letters("]"));
        keys.extend(letters(WHITE));
        keys.extend([press("Esc"), press("\\"), press("x")]);
        for key in &keys[..keys.len() - 1] {
            assert_eq!(told(&answer.take(key.clone()).events), "", "{key:?}");
            assert!(answer.wait().is_some() || *key == press("\\"));
        }
        assert_eq!(told(&answer.take(press("x")).events), "x");
        // Esc long before the rest: it went on by itself, nothing else does.
        let rest = letters(&format!("]{WHITE}"));
        let parts = [
            Some(vec![press("Esc")]),
            None,
            Some(rest),
            Some(vec![press("Ctrl-g")]),
        ];
        assert_eq!(
            through(&mut asked(), &parts),
            ("Esc".to_owned(), Some(Ground::Light))
        );
    }

    #[test]
    fn what_is_no_answer_goes_on_as_it_was_typed() {
        for (keys, goes_on) in [
            (&["Esc", "a"][..], "Esc a"),
            (&["Esc", "Esc", "]", "1", "x"], "Esc Esc ] 1 x"),
            (&["Alt-]", "1", "1", "a"], "Alt-] 1 1 a"),
            (&["Alt-]", "Alt-]", "2"], "Alt-] Alt-] 2"),
            (&["]", "1", "1", ";", "r"], "] 1 1 ; r"),
            (&["Alt-]", "Ctrl-g"], "Alt-] Ctrl-g"),
            (&["Alt-]", "Alt-\\", "Esc", "\\"], "Alt-] Alt-\\ Esc \\"),
        ] {
            let keys: Vec<Raw> = keys.iter().map(|key| press(key)).collect();
            let found = through(&mut asked(), &[Some(keys), None]);
            assert_eq!(found, (goes_on.to_owned(), None));
        }
        let size = Raw::Resize(80, 24);
        assert_eq!(asked().take(size.clone()).events, [size]);
    }

    #[test]
    fn what_is_held_back_is_let_go_after_a_while() {
        for held in ["Esc", "Alt-]"] {
            let mut answer = asked();
            assert_eq!(told(&answer.take(press(held)).events), "");
            assert!(answer.wait().is_some());
            assert_eq!(told(&answer.ends()), held);
            assert_eq!(answer.wait(), None);
        }
    }

    #[test]
    fn a_broken_answer_is_dropped_and_keys_behind_it_are_not() {
        let mut begun = vec![press("Alt-]")];
        begun.extend(letters("11;rgb:12"));
        let parts = [Some(begun.clone()), None, Some(vec![press("x")])];
        assert_eq!(through(&mut asked(), &parts), ("x".to_owned(), None));
        for ending in [&["Ctrl-g"][..], &["Alt-\\"], &["Esc", "\\"]] {
            let ending = ending.iter().map(|key| press(key)).collect();
            let parts = [Some(begun.clone()), Some(ending)];
            assert_eq!(through(&mut asked(), &parts), (String::new(), None));
        }
        // What ends it still belongs to it.
        let parts = [Some(begun), Some(["j", "Ctrl-g", "a"].map(press).into())];
        assert_eq!(through(&mut asked(), &parts), ("j a".to_owned(), None));
    }

    #[test]
    fn the_rest_of_a_broken_answer_is_no_key_either() {
        for (begun, rest) in [
            ("11;rgb:1e1e/", "aaaa/aaaa"),
            ("11;r", "aaaa/bbbb/eeee"),
            // Longer than any answer.
            ("11;rgb:1e1e/aaaa/aaaa/aaaa", "/aaaa/aaaaaaaa"),
        ] {
            for pause in [None, Some(Vec::new())] {
                let mut parts = vec![press("Alt-]")];
                parts.extend(letters(begun));
                let mut rest = letters(rest);
                rest.extend(["Esc", "\\", "a"].map(press));
                let found = through(&mut asked(), &[Some(parts), pause.clone(), Some(rest)]);
                // Where it was whole after all its colour counts.
                assert_eq!(found.0, "a", "{begun} {pause:?}");
            }
        }
        // A key in the midst of it is a key, what follows is not.
        let mut keys = vec![press("Alt-]")];
        keys.extend(letters("11;rgb:aa"));
        keys.push(press("Down"));
        keys.extend(letters("aa/aaaa/aaaa"));
        keys.extend([press("Ctrl-g"), press("a")]);
        assert_eq!(through(&mut asked(), &[Some(keys)]).0, "Down a");
    }

    #[test]
    fn the_mouse_does_not_overtake_a_key() {
        let click = Raw::Mouse(MouseEvent {
            kind: MouseEventKind::Moved,
            column: 1,
            row: 1,
            modifiers: KeyModifiers::NONE,
        });
        for held in ["Esc", "Alt-]"] {
            let mut answer = asked();
            answer.take(press(held));
            let passed = answer.take(click.clone()).events;
            assert_eq!(passed, [press(held), click.clone()]);
        }
    }

    #[test]
    fn nothing_is_held_back_where_nothing_was_asked() {
        let mut answer = Answer::default();
        for key in ["Esc", "Alt-]", "1"] {
            assert_eq!(told(&answer.take(press(key)).events), key);
            assert_eq!(answer.wait(), None);
        }
    }

    #[test]
    fn esc_is_quick_once_the_answer_is_there() {
        let mut answer = asked();
        let mut keys = vec![press("Alt-]")];
        keys.extend(letters("11;#000000"));
        keys.push(press("Ctrl-g"));
        let found = through(&mut answer, &[Some(keys)]);
        assert_eq!(found, (String::new(), Some(Ground::Dark)));
        assert_eq!(told(&answer.take(press("Esc")).events), "Esc");
    }
}
