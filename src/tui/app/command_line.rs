//! The command line: its keys, Tab, and running what it stands for, which
//! [`CommandLine`] works out.

use ratatui::crossterm::event::KeyCode;

use super::input::Typed;
use super::mode::{LineUse, Mode};
use super::{App, Screen};
use crate::annotations::QueueOrder;
use crate::config::{Form, SETTINGS, Theme};
use crate::detect::{SourceType, Voice};
use crate::exchange::Format;
use crate::review::{FilterField, Moment, Order};
use crate::text::Word;
use crate::tui::command::{Ask, Command, CommandLine, Entry, Key, Meaning, TABLE};
use crate::tui::event::Request;

impl App {
    /// Opens the command line.
    pub(super) fn open_command_line(&mut self, text: &str) {
        self.open_line(LineUse::Command { picked: None }, text);
    }

    /// Takes a key of the command line.
    pub(super) fn key_in_command_line(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let rows = self.completions().len();
        let meaning = self.meaning();
        let Mode::Line(input, LineUse::Command { picked }) = &mut self.mode else {
            return Vec::new();
        };
        match key.code {
            KeyCode::Down if rows > 0 => {
                *picked = Some(picked.map_or(0, |at| (at + 1).min(rows - 1)));
                return Vec::new();
            }
            KeyCode::Up => {
                *picked = picked.and_then(|at| at.checked_sub(1));
                return Vec::new();
            }
            KeyCode::Tab => {
                self.complete();
                return Vec::new();
            }
            _ => {}
        }
        match input.key(key) {
            // Other words, another list.
            Typed::Going => *picked = None,
            Typed::Left => self.mode = Mode::Normal,
            Typed::Done => {
                self.mode = Mode::Normal;
                return self.run_meaning(meaning, moment);
            }
        }
        Vec::new()
    }

    /// The command line as it stands, while one is typed.
    fn typed(&self) -> Option<CommandLine<'_>> {
        match &self.mode {
            Mode::Line(input, LineUse::Command { picked }) => Some(CommandLine {
                text: input.text(),
                picked: *picked,
                scope: self.scope(),
            }),
            _ => None,
        }
    }

    /// The rows under the command line: names that begin as typed, then what else matches.
    pub(in crate::tui) fn completions(&self) -> Vec<&'static Entry> {
        self.typed().map(|typed| typed.rows()).unwrap_or_default()
    }

    /// What Enter does with the command line as it stands.
    pub(in crate::tui) fn meaning(&self) -> Meaning {
        self.typed()
            .map_or(Meaning::Nothing, |typed| typed.meaning())
    }

    fn run_meaning(&mut self, meaning: Meaning, moment: &Moment) -> Vec<Request> {
        match meaning {
            Meaning::Nothing => Vec::new(),
            Meaning::Number(number) => self.go_to_number(number, moment),
            Meaning::Refused(why) => {
                self.refuse(why);
                Vec::new()
            }
            Meaning::Run(entry, words) => match entry.command {
                Command::Ask(ask) if !words.is_empty() => self.answer(ask, words, moment),
                ref command => self.command(command, moment),
            },
        }
    }

    // --- Tab

    /// Completes the name as far as it is certain, or the word behind it.
    fn complete(&mut self) {
        let Some(typed) = self.typed() else { return };
        if let Some((name, start)) = typed.text.split_once(' ') {
            let (name, start) = (name.to_owned(), start.trim().to_owned());
            return self.complete_argument(&name, &start);
        }
        if let Some(completed) = typed.completed() {
            self.open_command_line(&completed);
        }
    }

    /// Completes the word after a command from the list it is taken from.
    fn complete_argument(&mut self, name: &str, start: &str) {
        let named = self
            .typed()
            .map(|typed| typed.named(name))
            .unwrap_or_default();
        let [entry] = named.as_slice() else { return };
        let Command::Ask(ask) = entry.command else {
            return;
        };
        let words: Vec<String> = match (ask, self.screen) {
            (Ask::Verdict, _) => self.options.verdicts.clone(),
            (Ask::Export, _) => Format::written().map(|format| format.to_string()).collect(),
            (Ask::Voice, _) => Voice::ALL.iter().map(Voice::to_string).collect(),
            (Ask::SourceType, _) => SourceType::ALL.iter().map(SourceType::to_string).collect(),
            (Ask::Filter, Screen::Review) => {
                FilterField::ALL.iter().map(|w| format!("{w}:")).collect()
            }
            (Ask::Order, Screen::Review) => Order::ALL.iter().map(Order::to_string).collect(),
            (Ask::Order, Screen::Queue) => {
                QueueOrder::ALL.iter().map(QueueOrder::to_string).collect()
            }
            (Ask::Theme, _) => Theme::WORDS.map(str::to_owned).to_vec(),
            (Ask::Set, _) => setting_words(start),
            (Ask::Allow, _) => self.waiting_detectors(),
            (Ask::Bind, _) => {
                let keys = start.rsplit_once(' ').map_or("", |(keys, _)| keys);
                TABLE
                    .iter()
                    .map(|entry| format!("{keys} {}", entry.name))
                    .collect()
            }
            _ => return,
        };
        if let Some(word) = words.into_iter().find(|word| word.starts_with(start)) {
            let text = format!("{} {word}", entry.name);
            self.open_command_line(&text);
        }
    }
}

/// What can stand behind `:set`: names, and behind a name the words that it may be.
fn setting_words(start: &str) -> Vec<String> {
    let Some((name, _)) = start.split_once(' ') else {
        return SETTINGS.iter().map(|known| known.name.to_owned()).collect();
    };
    let known = SETTINGS.iter().find(|known| known.name == name);
    let words: &[&str] = match known.map(|known| known.form) {
        Some(Form::OneOf(words)) => words,
        Some(Form::Switch) => &["true", "false"],
        _ => &[],
    };
    words.iter().map(|word| format!("{name} {word}")).collect()
}
