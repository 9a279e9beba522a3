//! The command line: which command the words typed stand for, shown before Enter runs it.
//!
//! Enter runs a name, or what no other name begins with, and nothing else: a command found by
//! its description may be anything, reject included. The list under the line is searched in
//! names and descriptions; a row of it is run once the arrows stand on it.

use ratatui::crossterm::event::KeyCode;

use super::input::Typed;
use super::mode::{LineUse, Mode};
use super::{App, Screen};
use crate::annotations::{ClaimNumber, QueueOrder};
use crate::review::{Filter, Moment, Order};
use crate::text::Word;
use crate::tui::command::{Ask, Command, Entry, Key, Scope, TABLE, by_name};
use crate::tui::event::Request;

/// Names told when several begin as typed.
const MOST_TOLD: usize = 4;

/// What Enter does with the command line as it stands.
#[derive(Clone, Debug)]
pub(in crate::tui) enum Meaning {
    /// Nothing is typed.
    Nothing,
    /// The claim or article of this number is gone to.
    Number(ClaimNumber),
    /// This command runs, with these words.
    Run(&'static Entry, String),
    /// Nothing happens; why.
    Refused(String),
}

impl Meaning {
    /// What Enter does, in a few words.
    pub(in crate::tui) fn told(&self) -> String {
        match self {
            Meaning::Nothing => "commands".to_owned(),
            Meaning::Number(number) => format!("Enter: go to {number}"),
            Meaning::Run(entry, words) if words.is_empty() => format!("Enter: {}", entry.name),
            Meaning::Run(entry, words) => format!("Enter: {} {words}", entry.name),
            Meaning::Refused(_) => "Enter: nothing".to_owned(),
        }
    }
}

impl App {
    /// Whether a command works on the screen shown.
    pub(super) fn is_here(&self, entry: &Entry) -> bool {
        match entry.scope {
            Scope::Anywhere => true,
            Scope::Queue => self.screen == Screen::Queue,
            Scope::Review => self.screen == Screen::Review,
        }
    }

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

    /// The rows under the command line: names that begin as typed, then what else matches.
    /// Behind a name and a blank, that command alone.
    pub(in crate::tui) fn completions(&self) -> Vec<&'static Entry> {
        let Mode::Line(input, LineUse::Command { .. }) = &self.mode else {
            return Vec::new();
        };
        let text = input.text().trim_start();
        let word = text.split_whitespace().next().unwrap_or("");
        let mut rows = self.named(word);
        if !text.contains(' ') {
            let here = TABLE.iter().filter(|entry| self.is_here(entry));
            for entry in super::help::matching(word, here) {
                if rows.iter().all(|row| row.name != entry.name) {
                    rows.push(entry);
                }
            }
        }
        rows
    }

    /// The commands of this screen that a word names: the one of that name, else all whose
    /// names begin so.
    fn named(&self, word: &str) -> Vec<&'static Entry> {
        if let Some(entry) = by_name(word).filter(|entry| self.is_here(entry)) {
            return vec![entry];
        }
        let here = TABLE.iter().filter(|entry| self.is_here(entry));
        here.filter(|entry| !word.is_empty() && entry.name.starts_with(word))
            .collect()
    }

    /// What Enter does with the command line as it stands.
    pub(in crate::tui) fn meaning(&self) -> Meaning {
        let Mode::Line(input, LineUse::Command { picked }) = &self.mode else {
            return Meaning::Nothing;
        };
        let row = picked.and_then(|at| self.completions().get(at).copied());
        let line = input.text().trim();
        let (word, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let words = words.trim();
        match (row, word) {
            (Some(entry), _) => takes_words(entry, words),
            (None, "") => Meaning::Nothing,
            (None, word) => match (ClaimNumber::parse(word), words) {
                (Some(number), "") => Meaning::Number(number),
                _ => self.meaning_of(word, words),
            },
        }
    }

    fn meaning_of(&self, word: &str, words: &str) -> Meaning {
        match self.named(word).as_slice() {
            [entry] => takes_words(entry, words),
            [] => Meaning::Refused(match by_name(word).map(|entry| entry.scope) {
                Some(Scope::Review) => format!("“{word}” works on an open article"),
                Some(_) => format!("“{word}” works in the queue"),
                None => format!("no command begins with “{word}”; nothing was done"),
            }),
            several => {
                let mut told: Vec<&str> = several.iter().map(|entry| entry.name).collect();
                told.truncate(MOST_TOLD);
                let more = match several.len() - told.len() {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                let told = told.join(", ");
                Meaning::Refused(format!("“{word}” begins {told}{more}; nothing was done"))
            }
        }
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

    /// Completes the name as far as it is certain, or the word behind it. Never to something
    /// found by its description: Enter would run it then.
    fn complete(&mut self) {
        let Mode::Line(input, LineUse::Command { picked }) = &self.mode else {
            return;
        };
        let text = input.text().to_owned();
        if let Some((name, start)) = text.split_once(' ') {
            return self.complete_argument(name, start.trim());
        }
        let row = picked.and_then(|at| self.completions().get(at).copied());
        let named = match row {
            Some(entry) => vec![entry],
            None => self.named(&text),
        };
        let completed = match named.as_slice() {
            [] => return,
            [entry] => {
                let space = if entry.argument.is_some() { " " } else { "" };
                format!("{}{space}", entry.name)
            }
            [first, rest @ ..] => {
                let common = rest.iter().fold(first.name.len(), |common, entry| {
                    let same = first.name.bytes().zip(entry.name.bytes());
                    same.take_while(|(a, b)| a == b).count().min(common)
                });
                first.name[..common].to_owned()
            }
        };
        self.open_command_line(&completed);
    }

    /// Completes the word after a command from the list it is taken from.
    fn complete_argument(&mut self, name: &str, start: &str) {
        let entry = match self.named(name).as_slice() {
            [entry] => *entry,
            _ => return,
        };
        let Command::Ask(ask) = entry.command else {
            return;
        };
        let words: Vec<&str> = match (ask, self.screen) {
            (Ask::Verdict, _) => self.options.verdicts.iter().map(String::as_str).collect(),
            (Ask::Filter, Screen::Review) => Filter::ALL.iter().map(|w| w.as_str()).collect(),
            (Ask::Order, Screen::Review) => Order::ALL.iter().map(|w| w.as_str()).collect(),
            (Ask::Order, Screen::Queue) => QueueOrder::ALL.iter().map(|w| w.as_str()).collect(),
            _ => return,
        };
        if let Some(word) = words.into_iter().find(|word| word.starts_with(start)) {
            let text = format!("{} {word}", entry.name);
            self.open_command_line(&text);
        }
    }
}

/// A command with the words behind it: one that takes none is not run with some, because
/// they may have been what mattered ("reject all").
fn takes_words(entry: &'static Entry, words: &str) -> Meaning {
    if entry.argument.is_none() && !words.is_empty() {
        let name = entry.name;
        return Meaning::Refused(format!(
            "“{name}” takes no words after it; nothing was done"
        ));
    }
    Meaning::Run(entry, words.to_owned())
}
