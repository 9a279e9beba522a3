//! Which keys change something: asked before a key is let through that may not have been
//! meant, because it came in one read with Esc or while a window was being read.
//!
//! Through ssh or tmux Esc and the key after it arrive as one: Alt and that key. Esc is
//! carried out then, and the key as well unless it would change something, so that nobody
//! decides by a chord they never pressed.

use ratatui::crossterm::event::KeyCode;

use super::evidence::is_form_key;
use super::mode::{Choice, EvidenceLine, HintUse, LineUse, Mode};
use super::{App, Screen};
use crate::review::Moment;
use crate::tui::command::{Command, Key, Match, Meaning, Scope};
use crate::tui::event::Request;

impl App {
    /// Whether a key, pressed now, may change the document, undo and redo included. A key
    /// that only may is counted: it is asked about keys that are better dropped.
    pub fn would_change(&self, key: Key) -> bool {
        let plain = key.character();
        match &self.mode {
            Mode::Normal | Mode::Tell { .. } | Mode::Tour { .. } | Mode::Summary { .. } => {
                self.command_changes(key)
            }
            Mode::Offer { .. } => plain == Some('T'),
            Mode::Card { .. } => plain == Some('D') || self.command_changes(key),
            Mode::Hints(_, HintUse::JumpEnd | HintUse::Cut) => plain.is_some(),
            Mode::Hints(_, HintUse::Start(_)) | Mode::Help { .. } | Mode::AskQuit | Mode::Paste => {
                false
            }
            Mode::AskEnd(_) => key.code == KeyCode::Enter || matches!(plain, Some('b' | 'e')),
            Mode::Extend(_) | Mode::Visual(_) => {
                key.code == KeyCode::Enter
                    || plain.is_some_and(|c| c.is_ascii_digit() || matches!(c, 's' | 'i' | '+'))
            }
            Mode::Choose(choose) => match choose.what {
                Choice::Source(_)
                | Choice::Verdict
                | Choice::Voice
                | Choice::SourceType
                | Choice::LeftOut(_)
                | Choice::SameSource(_) => key.code == KeyCode::Enter || plain.is_some(),
                Choice::Evidence(_)
                | Choice::Piece(_)
                | Choice::Order
                | Choice::Export
                | Choice::Address { .. }
                | Choice::Theme => false,
            },
            Mode::AskFinish { .. } | Mode::AskShown { .. } | Mode::AskWrite { .. } => {
                key.code == KeyCode::Enter
            }
            Mode::Line(_, line_use) => key.code == KeyCode::Enter && self.line_changes(line_use),
        }
    }

    /// Whether a key was typed for claims that are not there yet: it is refused while the
    /// article is being read, and so is the first one after that which would change something,
    /// for it was typed with the others and would mean something else alone.
    pub(super) fn is_typed_ahead(&mut self, key: Key) -> bool {
        let Some(review) = &self.review else {
            return false;
        };
        let is_empty = review.session.document().annotations().is_empty();
        let is_early = self.screen == Screen::Review && review.detecting && is_empty;
        let about_item = match self.options.keymap.find(self.scope(), &[key]) {
            Match::Command(command) => command.is_about_item(),
            Match::Pending | Match::None => false,
        };
        if is_early && about_item && self.pending.is_empty() {
            self.typed_ahead = true;
            self.refuse(format!(
                "still reading the article: press {key} again when its claims are there"
            ));
            return true;
        }
        if is_early || !std::mem::take(&mut self.typed_ahead) || !self.would_change(key) {
            return false;
        }
        self.refuse(format!(
            "{key} dropped: it was typed while the article was read; press it again"
        ));
        true
    }

    /// Whether a key was meant for the form of evidence that closed before it: each is refused once,
    /// for in the form it says more of the evidence, and here it changes the claim. Any other key
    /// ends that.
    pub(super) fn is_meant_for_form(&mut self, key: Key) -> bool {
        let Some(mut refused) = self.form_closed.take() else {
            return false;
        };
        let of_form = |letter| is_form_key(letter) || matches!(letter, 'e' | 'E');
        let is_of_form = key.code == KeyCode::Esc || key.character().is_some_and(of_form);
        if !is_of_form || refused.contains(&key) {
            return false;
        }
        let changes = self.would_change(key);
        if changes {
            refused.push(key);
            self.refuse(format!(
                "{key} dropped: the form of evidence is closed; press it again"
            ));
        }
        self.form_closed = Some(refused);
        changes
    }

    fn command_changes(&self, key: Key) -> bool {
        let mut keys = self.pending.clone();
        keys.push(key);
        match self.options.keymap.find(self.scope(), &keys) {
            Match::Command(command) => command.changes(),
            Match::Pending | Match::None => false,
        }
    }

    fn line_changes(&self, line_use: &LineUse) -> bool {
        match line_use {
            LineUse::Answer(ask) => ask.answer_changes(),
            LineUse::Evidence(asked, _) => *asked == EvidenceLine::Quote,
            LineUse::Command { .. } => match self.meaning() {
                Meaning::Run(entry, words) => match entry.command {
                    Command::Ask(ask) if !words.is_empty() => ask.answer_changes(),
                    ref command => command.changes(),
                },
                _ => false,
            },
        }
    }

    /// Where the keys of the screen shown are looked up.
    pub(in crate::tui) fn scope(&self) -> Scope {
        match self.screen {
            Screen::Queue => Scope::Queue,
            Screen::Review => Scope::Review,
        }
    }

    /// Whether Alt and this key mean something of their own: the house bound them, or they
    /// edit a line. Else they are Esc and the key.
    pub(super) fn takes_alt(&self, key: Key) -> bool {
        match &self.mode {
            Mode::Normal => {
                let mut keys = self.pending.clone();
                keys.push(key);
                self.options.keymap.find(self.scope(), &keys) != Match::None
            }
            Mode::Line(..) | Mode::Help { .. } => matches!(
                key.code,
                KeyCode::Backspace | KeyCode::Left | KeyCode::Right
            ),
            _ => false,
        }
    }

    /// Takes a key that came in one read with Esc.
    pub(super) fn key_with_escape(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let requests = if self.would_change(key) {
            self.pending.clear();
            self.dropped.push(key);
            Vec::new()
        } else {
            self.key(key, moment)
        };
        self.tell_dropped();
        requests
    }

    fn tell_dropped(&mut self) {
        let keys: Vec<String> = self.dropped.iter().map(Key::to_string).collect();
        match keys.as_slice() {
            [] => {}
            [key] => self.refuse(format!("{key} dropped: it came with Esc; press it again")),
            several => {
                let keys = several.join(" ");
                self.refuse(format!(
                    "{keys} dropped: they came with Esc; press them again"
                ));
            }
        }
    }
}
