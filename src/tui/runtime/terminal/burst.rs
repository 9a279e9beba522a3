//! What the terminal reports becomes events; what came together with Esc is told apart.
//!
//! A terminal sends the same for Alt-1 as for Esc and 1, and a line that is slow gives both
//! in one read. It also sends Esc first for arrows, and the wheel: right behind an Esc of the
//! reviewer's own, the library takes two Esc for one key, and the rest of the sequence would
//! be typed as keys, `5` among them.

use std::time::Duration;

use ratatui::crossterm::event::{Event as Raw, KeyCode, KeyEventKind, KeyModifiers};

use crate::tui::command::Key;
use crate::tui::event::Event;

/// How far apart the parts of what a terminal sends at once may arrive. Nobody presses two
/// keys within this.
pub(super) const TOGETHER: Duration = Duration::from_millis(5);

/// As good as none: asked with none, crossterm does not look at what it has read already.
const IN_ONE_READ: Duration = Duration::from_millis(1);

/// The keys that came with an Esc, until [`Burst::ends`].
#[derive(Debug, Default)]
pub(super) enum Burst {
    /// There was none.
    #[default]
    Off,
    /// The last key was Esc.
    Escape,
    /// In what is left of a sequence: up to a letter, or `~`.
    Torn,
    /// In the rest of one that has but one more character.
    TornShort,
    /// Esc came some keys ago, with them.
    On,
}

impl Burst {
    /// How long to wait for more that came with an Esc; `None` where there was none.
    pub(super) fn wait(&self) -> Option<Duration> {
        match self {
            Burst::Off => None,
            Burst::On => Some(IN_ONE_READ),
            Burst::Escape | Burst::Torn | Burst::TornShort => Some(TOGETHER),
        }
    }

    /// Nothing more came with it.
    pub(super) fn ends(&mut self) {
        *self = Burst::Off;
    }

    /// The event that a report means, if it means one.
    pub(super) fn take(&mut self, raw: Raw) -> Option<Event> {
        match raw {
            Raw::Key(key) if key.kind == KeyEventKind::Release => None,
            Raw::Key(key) => self.key(Key::from(key)),
            Raw::Mouse(mouse) => Some(Event::Mouse(mouse)),
            Raw::Paste(text) => Some(Event::Paste(text)),
            Raw::Resize(columns, rows) => Some(Event::Resize(columns, rows)),
            Raw::FocusGained | Raw::FocusLost => None,
        }
    }

    fn key(&mut self, key: Key) -> Option<Event> {
        let is_escape = key == Key::ESC;
        let before = std::mem::replace(self, Burst::On);
        match (&before, key.character()) {
            (Burst::Escape, Some('[')) => {
                *self = Burst::Torn;
                return None;
            }
            (Burst::Escape, Some('O')) => {
                *self = Burst::TornShort;
                return None;
            }
            (Burst::Torn, Some(c)) => {
                if matches!(c, ' '..='?') {
                    *self = Burst::Torn;
                }
                return None;
            }
            (Burst::TornShort, Some(_)) => return None,
            _ => {}
        }
        if is_escape {
            *self = Burst::Escape;
        } else if matches!(before, Burst::Off) {
            // Alt may be Esc; other keys begin nothing.
            if !key.modifiers.contains(KeyModifiers::ALT) || key.code == KeyCode::Esc {
                *self = Burst::Off;
            }
            return Some(Event::Key(key));
        }
        Some(match before {
            Burst::Off => Event::Key(key),
            // A second Esc leaves what it would leave by itself.
            _ if is_escape => Event::Key(key),
            _ => Event::KeyWithEscape(key),
        })
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyEvent;

    use super::*;

    /// What comes of keys that are there at once: those told as come with Esc in brackets.
    fn together(keys: &[&str]) -> Vec<String> {
        let mut burst = Burst::default();
        let told = keys.iter().filter_map(|key| {
            let key = Key::parse(key).expect("a key");
            match burst.take(Raw::Key(KeyEvent::new(key.code, key.modifiers)))? {
                Event::Key(key) => Some(key.to_string()),
                Event::KeyWithEscape(key) => Some(format!("({key})")),
                other => panic!("no key: {other:?}"),
            }
        });
        told.collect()
    }

    #[test]
    fn keys_behind_esc_are_told_apart() {
        for (keys, told) in [
            (&["a", "x"][..], &["a", "x"][..]),
            (&["a", "Esc"], &["a", "Esc"]),
            (&["Esc", "a", "x"], &["Esc", "(a)", "(x)"]),
            (&["Alt-a", "x", "1"], &["Alt-a", "(x)", "(1)"]),
            (&["Esc", "Esc", "1"], &["Esc", "Esc", "(1)"]),
            (&["Ctrl-r", "x"], &["Ctrl-r", "x"]),
            (&["Esc", "Alt-1"], &["Esc", "(Alt-1)"]),
        ] {
            assert_eq!(together(keys), told, "{keys:?}");
        }
    }

    #[test]
    fn the_rest_of_a_torn_sequence_is_no_key() {
        for (keys, told) in [
            // Arrow, PageUp, a click, F1; then a key of the reviewer's.
            (&["Esc", "[", "A", "a"][..], &["Esc", "(a)"][..]),
            (&["Esc", "[", "5", "~", "j"], &["Esc", "(j)"]),
            (
                &["Esc", "[", "lt", "0", ";", "3", ";", "1", "M", "j"],
                &["Esc", "(j)"],
            ),
            (&["Esc", "O", "P", "x"], &["Esc", "(x)"]),
            (&["Esc", "a", "[", "5"], &["Esc", "(a)", "([)", "(5)"]),
        ] {
            let keys: Vec<&str> = keys
                .iter()
                .map(|key| if *key == "lt" { "<" } else { key })
                .collect();
            assert_eq!(together(&keys), told, "{keys:?}");
        }
    }

    #[test]
    fn a_burst_is_over_when_nothing_more_is_there() {
        let mut burst = Burst::default();
        let press = |code| Raw::Key(KeyEvent::new(code, KeyModifiers::NONE));
        burst.take(press(KeyCode::Esc));
        assert!(burst.wait().is_some());
        burst.ends();
        let event = burst.take(press(KeyCode::Char('a')));
        assert!(matches!(event, Some(Event::Key(_))), "{event:?}");
        assert_eq!(burst.wait(), None);
    }

    #[test]
    fn a_key_let_go_says_nothing() {
        let key = |kind| {
            let event = KeyEvent::new_with_kind(KeyCode::Char('a'), KeyModifiers::NONE, kind);
            Burst::default().take(Raw::Key(event)).is_some()
        };
        assert!(key(KeyEventKind::Press) && key(KeyEventKind::Repeat));
        assert!(!key(KeyEventKind::Release));
    }
}
