//! From keys to commands: the notation of keys, the table's bindings, the house's own.
//!
//! A key is written `j`, `G`, `Space`, `Ctrl-d`, `Alt-1`, `PageDown`; a sequence is keys
//! with a blank between them (`g g`). Bindings are looked up by screen, so Enter can open a
//! card on one and an article on the other.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::command::{Command, Entry, Scope, TABLE};

/// A key as pressed, without what terminals disagree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key; letters carry their case.
    pub code: KeyCode,
    /// Ctrl and Alt; Shift only where the code does not tell (Tab, arrows).
    pub modifiers: KeyModifiers,
}

impl Key {
    /// Ctrl-z, which stops the desk as a job and cannot be bound.
    pub const CTRL_Z: Key = Key {
        code: KeyCode::Char('z'),
        modifiers: KeyModifiers::CONTROL,
    };

    /// Esc, which leaves whatever was begun and cannot be bound.
    pub const ESC: Key = Key {
        code: KeyCode::Esc,
        modifiers: KeyModifiers::NONE,
    };

    /// A key without modifiers.
    pub const fn plain(code: KeyCode) -> Key {
        Key {
            code,
            modifiers: KeyModifiers::NONE,
        }
    }

    /// The character typed, if it is one and no modifier but Shift was held.
    pub fn character(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if self.modifiers.is_empty() => Some(c),
            _ => None,
        }
    }

    /// Reads the notation; `None` if it is none.
    pub fn parse(word: &str) -> Option<Key> {
        let mut modifiers = KeyModifiers::NONE;
        let mut rest = word;
        loop {
            rest = if let Some(after) = rest.strip_prefix("Ctrl-").filter(|r| !r.is_empty()) {
                modifiers |= KeyModifiers::CONTROL;
                after
            } else if let Some(after) = rest.strip_prefix("Alt-").filter(|r| !r.is_empty()) {
                modifiers |= KeyModifiers::ALT;
                after
            } else if let Some(after) = rest.strip_prefix("Shift-").filter(|r| !r.is_empty()) {
                modifiers |= KeyModifiers::SHIFT;
                after
            } else {
                break;
            };
        }
        let mut characters = rest.chars();
        let code = match (characters.next(), characters.next()) {
            (Some(c), None) => KeyCode::Char(c),
            _ => NAMES
                .iter()
                .find(|(name, _)| *name == rest)
                .map(|(_, code)| *code)?,
        };
        Some(Key { code, modifiers }.normal())
    }

    /// Folds the ways terminals report one key into one.
    fn normal(self) -> Key {
        let Key {
            code,
            mut modifiers,
        } = self;
        modifiers &= KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT;
        let code = match code {
            KeyCode::Char(c) => {
                let shifted = modifiers.contains(KeyModifiers::SHIFT) && c.is_ascii_lowercase();
                modifiers -= KeyModifiers::SHIFT;
                let control = modifiers.contains(KeyModifiers::CONTROL);
                let c = if shifted && !control {
                    c.to_ascii_uppercase()
                } else {
                    c
                };
                KeyCode::Char(if control { c.to_ascii_lowercase() } else { c })
            }
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            other => other,
        };
        if code == KeyCode::BackTab {
            modifiers -= KeyModifiers::SHIFT;
        }
        Key { code, modifiers }
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Key {
        Key {
            code: event.code,
            modifiers: event.modifiers,
        }
        .normal()
    }
}

/// Keys that are not one character.
const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("BackTab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PageUp", KeyCode::PageUp),
    ("PageDown", KeyCode::PageDown),
    ("F1", KeyCode::F(1)),
    ("F2", KeyCode::F(2)),
    ("F3", KeyCode::F(3)),
    ("F4", KeyCode::F(4)),
    ("F5", KeyCode::F(5)),
    ("F6", KeyCode::F(6)),
    ("F7", KeyCode::F(7)),
    ("F8", KeyCode::F(8)),
    ("F9", KeyCode::F(9)),
    ("F10", KeyCode::F(10)),
    ("F11", KeyCode::F(11)),
    ("F12", KeyCode::F(12)),
];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (KeyModifiers::CONTROL, "Ctrl-"),
            (KeyModifiers::ALT, "Alt-"),
            (KeyModifiers::SHIFT, "Shift-"),
        ] {
            if self.modifiers.contains(held) {
                f.write_str(name)?;
            }
        }
        match NAMES.iter().find(|(_, code)| *code == self.code) {
            Some((name, _)) => f.write_str(name),
            None => match self.code {
                KeyCode::Char(c) => write!(f, "{c}"),
                other => write!(f, "{other:?}"),
            },
        }
    }
}

/// A binding that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadBinding {
    /// The command is not in the table.
    #[error("there is no command “{0}”")]
    NoCommand(String),
    /// The notation is not understood.
    #[error("“{key}” for {name} is no key")]
    NoKey {
        /// The command.
        name: String,
        /// What was written.
        key: String,
    },
    /// Two commands of one screen share a key.
    #[error("{key} is bound to both {first} and {second}")]
    Twice {
        /// The key.
        key: String,
        /// One command.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
}

/// What a key means after those already pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// A whole binding.
    Command(Command),
    /// The beginning of one.
    Pending,
    /// Nothing.
    None,
}

/// All bindings in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<(Vec<Key>, &'static Entry)>,
}

impl Default for Keymap {
    fn default() -> Keymap {
        let bindings = TABLE.iter().flat_map(|entry| {
            let keys = entry.keys.iter().filter_map(|keys| parse_sequence(keys));
            keys.map(move |keys| (keys, entry))
        });
        Keymap {
            bindings: bindings.collect(),
        }
    }
}

fn parse_sequence(keys: &str) -> Option<Vec<Key>> {
    keys.split(' ')
        .map(Key::parse)
        .collect::<Option<Vec<Key>>>()
        .filter(|keys| !keys.is_empty())
}

fn share_a_screen(a: Scope, b: Scope) -> bool {
    a == b || a == Scope::Anywhere || b == Scope::Anywhere
}

impl Keymap {
    /// The table's bindings with those of the house instead of the defaults of the commands
    /// they name; whatever is wrong with them is told all at once, and left out.
    pub fn with_house<'a>(
        house: impl IntoIterator<Item = (&'a str, &'a [String])>,
    ) -> (Keymap, Vec<BadBinding>) {
        let mut keymap = Keymap::default();
        let mut bad = Vec::new();
        for (name, keys) in house {
            let Some(entry) = TABLE.iter().find(|entry| entry.name == name) else {
                bad.push(BadBinding::NoCommand(name.to_owned()));
                continue;
            };
            keymap.bindings.retain(|(_, bound)| bound.name != name);
            for key in keys {
                match parse_sequence(key) {
                    Some(sequence) => keymap.bindings.push((sequence, entry)),
                    None => bad.push(BadBinding::NoKey {
                        name: name.to_owned(),
                        key: key.clone(),
                    }),
                }
            }
        }
        bad.extend(keymap.doubles());
        (keymap, bad)
    }

    /// Keys bound twice on one screen; a key of one screen alone hides one of everywhere
    /// only if the table itself does so.
    fn doubles(&self) -> Vec<BadBinding> {
        let mut doubles = Vec::new();
        for (at, (keys, entry)) in self.bindings.iter().enumerate() {
            for (other_keys, other) in &self.bindings[..at] {
                if keys == other_keys
                    && entry.name != other.name
                    && share_a_screen(entry.scope, other.scope)
                {
                    let key: Vec<String> = keys.iter().map(Key::to_string).collect();
                    let (first, second) = (other.name, entry.name);
                    doubles.push(BadBinding::Twice {
                        key: key.join(" "),
                        first,
                        second,
                    });
                }
            }
        }
        doubles
    }

    /// What `keys` mean on a screen.
    pub fn find(&self, scope: Scope, keys: &[Key]) -> Match {
        let mut pending = false;
        for (bound, entry) in &self.bindings {
            if !share_a_screen(entry.scope, scope) {
                continue;
            }
            if bound == keys {
                return Match::Command(entry.command);
            }
            pending |= bound.starts_with(keys);
        }
        if pending { Match::Pending } else { Match::None }
    }

    /// The keys of a command, as written, most handy first.
    pub fn keys_of(&self, command: Command) -> Vec<String> {
        let of = self
            .bindings
            .iter()
            .filter(|(_, entry)| entry.command == command);
        of.map(|(keys, _)| {
            keys.iter()
                .map(Key::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
    }

    /// The first key of a command, for hints; empty if it has none.
    pub fn hint(&self, command: Command) -> String {
        self.keys_of(command).into_iter().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_key_is_understood_and_bound_once() {
        for entry in TABLE {
            for keys in entry.keys {
                let parsed = parse_sequence(keys);
                assert!(parsed.is_some(), "{}: {keys}", entry.name);
                let written: Vec<String> = parsed
                    .into_iter()
                    .flatten()
                    .map(|key| key.to_string())
                    .collect();
                assert_eq!(written.join(" "), *keys);
            }
        }
        assert_eq!(Keymap::default().doubles(), []);
    }

    #[test]
    fn names_are_unique_and_fit_for_the_command_line() {
        for (at, entry) in TABLE.iter().enumerate() {
            assert!(
                TABLE[..at].iter().all(|other| other.name != entry.name),
                "{}",
                entry.name
            );
            assert!(
                entry
                    .name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-')
            );
            assert!(!entry.help.is_empty());
        }
    }

    #[test]
    fn keys_kept_free_stay_free() {
        let keymap = Keymap::default();
        for key in ["d", "[", "]"] {
            let key = Key::parse(key).expect("a key");
            assert_eq!(keymap.find(Scope::Review, &[key]), Match::None);
        }
    }

    #[test]
    fn the_house_replaces_the_keys_of_what_it_names_and_hears_every_fault() {
        let house: Vec<(&str, Vec<String>)> = vec![
            ("confirm", vec!["y".into(), "Ctrl-y".into()]),
            ("dance", vec!["d".into()]),
            ("reject", vec!["Hyper-x".into()]),
            ("undo", vec!["y".into()]),
        ];
        let rows = house.iter().map(|(name, keys)| (*name, keys.as_slice()));
        let (keymap, bad) = Keymap::with_house(rows);
        assert_eq!(keymap.keys_of(Command::Confirm), ["y", "Ctrl-y"]);
        assert_eq!(keymap.keys_of(Command::Reject), Vec::<String>::new());
        assert_eq!(bad.len(), 3, "{bad:?}");
    }

    #[test]
    fn a_sequence_waits_for_its_second_key() {
        let keymap = Keymap::default();
        let g = Key::parse("g").expect("a key");
        assert_eq!(keymap.find(Scope::Review, &[g]), Match::Pending);
        assert_eq!(
            keymap.find(Scope::Review, &[g, g]),
            Match::Command(Command::First)
        );
    }

    #[test]
    fn terminals_may_report_shift_either_way() {
        let upper = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        let lower = KeyEvent::new(KeyCode::Char('g'), KeyModifiers::SHIFT);
        assert_eq!(Key::from(upper), Key::from(lower));
        assert_eq!(Key::from(upper).to_string(), "G");
    }
}
