//! From keys to commands: the notation of keys, the table's bindings, the house's own.
//!
//! A key is written `j`, `G`, `Space`, `Ctrl-d`, `PageDown`; a sequence is keys
//! with a blank between them (`g g`). Bindings are looked up by screen, so Enter can open a
//! card on one and an article on the other.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::config::nearest;
use crate::tui::command::{Command, Entry, Scope, TABLE};

/// A key as pressed, without what terminals disagree about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key; letters carry their case.
    pub code: KeyCode,
    /// Ctrl and Alt, and what few terminals report (Super, Meta, Hyper); Shift only where
    /// the code does not tell (Tab, arrows).
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

    /// Keys that mean one thing whatever the house says.
    const RESERVED: [Key; 2] = [Key::ESC, Key::CTRL_Z];

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

    /// Whether another key than Shift is held with it. Enter and arrows by themselves are
    /// no chord, and neither is a capital letter.
    pub fn is_chord(self) -> bool {
        !(self.modifiers - KeyModifiers::SHIFT).is_empty()
    }

    /// The key by itself, where it came as Alt and the key.
    pub fn without_alt(self) -> Key {
        let modifiers = self.modifiers - KeyModifiers::ALT;
        Key { modifiers, ..self }.normal()
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
        // With AltGr held, Windows reports the character typed and both of these.
        let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
        if cfg!(windows)
            && modifiers.contains(both)
            && matches!(code, KeyCode::Char(c) if !c.is_ascii_alphanumeric())
        {
            modifiers -= both;
        }
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
            (KeyModifiers::SUPER, "Super-"),
            (KeyModifiers::HYPER, "Hyper-"),
            (KeyModifiers::META, "Meta-"),
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
    #[error("{}", unknown_command(.0))]
    NoCommand(String),
    /// The notation is not understood.
    #[error("“{key}” for {name} is no key: write j, G, Space, Ctrl-d, F2, or g x for two")]
    NoKey {
        /// The command.
        name: String,
        /// What was written.
        key: String,
    },
    /// It is a key that means one thing everywhere.
    #[error("{key} cannot be bound to {name}: Esc leaves and Ctrl-z stops")]
    Reserved {
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

/// Says that there is no such command, and which one may have been meant.
pub fn unknown_command(name: &str) -> String {
    match nearest(name, TABLE.iter().map(|entry| entry.name)) {
        Some(near) => format!("there is no command “{name}”; did you mean “{near}”?"),
        None => format!("there is no command “{name}”; `?` on the desk lists them"),
    }
}

/// What a key means after those already pressed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Match {
    /// A whole binding.
    Command(&'static Command),
    /// The beginning of one.
    Pending,
    /// Nothing.
    None,
}

/// All bindings in force.
#[derive(Clone, Debug)]
pub struct Keymap {
    bindings: Vec<(Vec<Key>, &'static Entry)>,
    displaced: Vec<Displaced>,
}

/// A default key that gave way to one of the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Displaced {
    /// The default key.
    pub key: String,
    /// Its command.
    pub name: &'static str,
    /// The house's key, the same or one of which it is a part.
    pub by_key: String,
    /// The command the house gave it to.
    pub by: &'static str,
}

impl fmt::Display for Displaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Displaced {
            key,
            name,
            by,
            by_key,
        } = self;
        write!(
            f,
            "{key} is no longer {name}: {by_key} is {by} by your settings"
        )
    }
}

impl Default for Keymap {
    fn default() -> Keymap {
        let bindings = TABLE.iter().flat_map(|entry| {
            let keys = entry.keys.iter().filter_map(|keys| parse_sequence(keys));
            keys.map(move |keys| (keys, entry))
        });
        Keymap {
            bindings: bindings.collect(),
            displaced: Vec::new(),
        }
    }
}

fn parse_sequence(keys: &str) -> Option<Vec<Key>> {
    keys.split(' ')
        .map(Key::parse)
        .collect::<Option<Vec<Key>>>()
        .filter(|keys| !keys.is_empty())
}

/// The keys that the house wrote for a command.
fn sequence_of(name: &str, keys: &str) -> Result<Vec<Key>, BadBinding> {
    let (name, key) = (name.to_owned(), keys.to_owned());
    match parse_sequence(keys) {
        None => Err(BadBinding::NoKey { name, key }),
        Some(sequence) if sequence.iter().any(|key| Key::RESERVED.contains(key)) => {
            Err(BadBinding::Reserved { name, key })
        }
        Some(sequence) => Ok(sequence),
    }
}

/// Keys in the notation they are read in.
fn written(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    keys.join(" ")
}

/// Whether pressing one sequence would carry out or hide the other.
fn meet(a: &[Key], b: &[Key]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

impl Keymap {
    /// The table's bindings with those of the house instead of the defaults of the commands
    /// they name; whatever is wrong with them is told all at once, and left out. A default
    /// key in the way of one of the house is taken out: what a house bound long ago must not
    /// become an error because the table grew.
    pub fn with_house<'a>(
        house: impl IntoIterator<Item = (&'a str, &'a [String])>,
    ) -> (Keymap, Vec<BadBinding>) {
        let mut keymap = Keymap::default();
        let mut bad = Vec::new();
        let mut own: Vec<(Vec<Key>, &'static Entry)> = Vec::new();
        for (name, keys) in house {
            let Some(entry) = TABLE.iter().find(|entry| entry.name == name) else {
                bad.push(BadBinding::NoCommand(name.to_owned()));
                continue;
            };
            let before = own.len();
            for key in keys {
                match sequence_of(name, key) {
                    Ok(sequence) => own.push((sequence, entry)),
                    Err(why) => bad.push(why),
                }
            }
            // Its own keys are better than none, where all of these are wrong.
            if own.len() > before || keys.is_empty() {
                keymap.bindings.retain(|(_, bound)| bound.name != name);
            }
        }
        keymap.give_way(&own);
        keymap.bindings.extend(own);
        bad.extend(keymap.doubles());
        (keymap, bad)
    }

    /// Keys in the notation they are told in; `None` if it is none.
    pub fn written(keys: &str) -> Option<String> {
        let keys: Vec<&str> = keys.split_whitespace().collect();
        parse_sequence(&keys.join(" ")).map(|keys| written(&keys))
    }

    /// Takes out the defaults that keys of the house meet on a screen.
    fn give_way(&mut self, own: &[(Vec<Key>, &'static Entry)]) {
        let displaced = &mut self.displaced;
        self.bindings.retain(|(keys, entry)| {
            let by = own
                .iter()
                .find(|(house, other)| entry.scope.meets(other.scope) && meet(keys, house));
            if let Some((house, other)) = by {
                displaced.push(Displaced {
                    key: written(keys),
                    name: entry.name,
                    by_key: written(house),
                    by: other.name,
                });
            }
            by.is_none()
        });
    }

    /// The default keys that gave way to those of the house.
    pub fn displaced(&self) -> &[Displaced] {
        &self.displaced
    }

    /// Keys bound twice on one screen; a key of one screen alone hides one of everywhere
    /// only if the table itself does so.
    fn doubles(&self) -> Vec<BadBinding> {
        let mut doubles = Vec::new();
        for (at, (keys, entry)) in self.bindings.iter().enumerate() {
            for (other_keys, other) in &self.bindings[..at] {
                if keys == other_keys && entry.name != other.name && entry.scope.meets(other.scope)
                {
                    let (first, second) = (other.name, entry.name);
                    doubles.push(BadBinding::Twice {
                        key: written(keys),
                        first,
                        second,
                    });
                }
            }
        }
        doubles
    }

    /// Keys that carry out a command here and not in `other`, each with that command.
    pub fn without(&self, other: &Keymap) -> Vec<(String, &'static str)> {
        let is_gone = |(keys, entry): &&(Vec<Key>, &'static Entry)| {
            let mut others = other.bindings.iter();
            !others.any(|(known, same)| known == keys && same.name == entry.name)
        };
        let gone = self.bindings.iter().filter(is_gone);
        gone.map(|(keys, entry)| (written(keys), entry.name))
            .collect()
    }

    /// What `keys` mean on a screen.
    pub fn find(&self, scope: Scope, keys: &[Key]) -> Match {
        let mut pending = false;
        for (bound, entry) in &self.bindings {
            if !entry.scope.meets(scope) {
                continue;
            }
            if bound == keys {
                return Match::Command(&entry.command);
            }
            pending |= bound.starts_with(keys);
        }
        if pending { Match::Pending } else { Match::None }
    }

    /// The bindings that go on from `keys`: what is still to be pressed, and the command.
    pub fn after(&self, scope: Scope, keys: &[Key]) -> Vec<(String, &'static Entry)> {
        let begun = self
            .bindings
            .iter()
            .filter(|(bound, entry)| entry.scope.meets(scope) && bound.starts_with(keys));
        begun
            .map(|(bound, entry)| (written(&bound[keys.len()..]), *entry))
            .collect()
    }

    /// The keys of a command, as written, most handy first.
    pub fn keys_of(&self, command: &Command) -> Vec<String> {
        let of = self
            .bindings
            .iter()
            .filter(|(_, entry)| entry.command == *command);
        of.map(|(keys, _)| written(keys)).collect()
    }

    /// The first key of a command, for hints; empty if it has none.
    pub fn hint(&self, command: &Command) -> String {
        let mut bindings = self.bindings.iter();
        let bound = bindings.find(|(_, entry)| entry.command == *command);
        bound.map_or_else(String::new, |(keys, _)| written(keys))
    }
}

#[cfg(test)]
mod tests;
