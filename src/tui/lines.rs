//! Lines being typed: search, commands, notes, names; and what each does when complete.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::app::{App, Screen};
use super::command::{Command, TABLE, by_name};
use super::event::Request;
use super::input::{Input, Typed};
use super::keymap::Key;
use super::mode::{LineUse, Mode};
use super::review_view::Search;
use super::viewport::Scroll;
use crate::annotations::{ClaimNumber, QueueOrder};
use crate::review::{Action, Filter, Item, Moment, NewEvidence, NewSource, Order};
use crate::text::{Span, Word, fold};

/// Matches kept of one search; more are of no use to anybody.
const MOST_MATCHES: usize = 10_000;

impl App {
    /// Begins a line that starts with `text`.
    pub(super) fn open_line(&mut self, line_use: LineUse, text: &str) {
        self.mode = Mode::Line(Input::with(text), line_use);
    }

    /// Takes a key of the line.
    pub(super) fn key_in_line(&mut self, key: Key, moment: &Moment) -> Vec<Request> {
        let Mode::Line(input, line_use) = &mut self.mode else {
            return Vec::new();
        };
        let editor = key.code == KeyCode::Char('e')
            && key.modifiers == KeyModifiers::CONTROL
            && *line_use == LineUse::Note;
        if editor {
            return vec![Request::Editor(input.text().to_owned())];
        }
        if key.code == KeyCode::Tab && *line_use == LineUse::Command {
            if input.text().contains(' ') {
                self.complete_argument();
                return Vec::new();
            }
            if let Some(first) = self.completions().first() {
                let space = if first.argument.is_some() { " " } else { "" };
                let text = format!("{}{space}", first.name);
                self.open_line(LineUse::Command, &text);
            }
            return Vec::new();
        }
        match input.key(key) {
            Typed::Going => Vec::new(),
            Typed::Left => {
                // The address is complete by then: leaving the quotation out keeps it.
                if let LineUse::EvidenceQuote { .. } = line_use {
                    let line_use = line_use.clone();
                    self.mode = Mode::Normal;
                    return self.line(line_use, String::new(), moment);
                }
                self.mode = Mode::Normal;
                Vec::new()
            }
            Typed::Done => {
                let (text, line_use) = (input.text().to_owned(), line_use.clone());
                self.mode = Mode::Normal;
                self.line(line_use, text, moment)
            }
        }
    }

    /// Completes the word after a command from the list it is taken from.
    fn complete_argument(&mut self) {
        let Mode::Line(input, LineUse::Command) = &self.mode else {
            return;
        };
        let Some((name, start)) = input.text().split_once(' ') else {
            return;
        };
        let words: Vec<&str> = match (by_name(name).map(|entry| entry.command), self.screen) {
            (Some(Command::Verdict), _) => {
                self.options.verdicts.iter().map(String::as_str).collect()
            }
            (Some(Command::Filter), Screen::Review) => {
                Filter::ALL.iter().map(|w| w.as_str()).collect()
            }
            (Some(Command::Order), Screen::Review) => {
                Order::ALL.iter().map(|w| w.as_str()).collect()
            }
            (Some(Command::Order), Screen::Queue) => {
                QueueOrder::ALL.iter().map(|w| w.as_str()).collect()
            }
            _ => return,
        };
        let start = start.trim();
        if let Some(word) = words.into_iter().find(|word| word.starts_with(start)) {
            let text = format!("{name} {word}");
            self.open_line(LineUse::Command, &text);
        }
    }

    /// Takes pasted text: into the line, or nowhere; pasted text is never keys.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Request> {
        match &mut self.mode {
            Mode::Line(input, _) | Mode::Help { filter: input, .. } => input.paste(text),
            _ => self.refuse("nothing to paste into here"),
        }
        Vec::new()
    }

    /// Takes the note back from the editor.
    pub(super) fn edited(&mut self, text: Option<String>, moment: &Moment) -> Vec<Request> {
        match text {
            Some(text) => {
                self.mode = Mode::Normal;
                let note = text.trim_end().to_owned();
                self.act(Action::Note(note), moment)
            }
            None => {
                self.mode = Mode::Normal;
                self.refuse("the editor gave nothing back; the note is as it was");
                Vec::new()
            }
        }
    }

    fn line(&mut self, line_use: LineUse, text: String, moment: &Moment) -> Vec<Request> {
        let trimmed = text.trim().to_owned();
        match line_use {
            LineUse::Search => return self.search(&trimmed, moment),
            LineUse::Command => return self.command_line(&trimmed, moment),
            LineUse::Note => return self.act(Action::Note(trimmed), moment),
            LineUse::ClaimText => return self.act(Action::ClaimText(trimmed), moment),
            LineUse::Tag if trimmed.is_empty() => {}
            LineUse::Tag if self.screen == Screen::Queue => return self.tag_closed(trimmed),
            LineUse::Tag => return self.act(Action::Tag(trimmed), moment),
            LineUse::Evidence if trimmed.is_empty() => {}
            LineUse::Evidence => self.open_stances(trimmed),
            LineUse::EvidenceQuote { reference, stance } => {
                let evidence = NewEvidence {
                    reference,
                    quote: trimmed,
                    stance,
                };
                return self.act(Action::AddEvidence(evidence), moment);
            }
            LineUse::SourceName if trimmed.is_empty() => {}
            LineUse::SourceName => {
                return self.act(Action::Link(NewSource::Named(trimmed)), moment);
            }
            LineUse::QueueFilter => self.queue.set_filter(&trimmed),
        }
        Vec::new()
    }

    // --- search

    /// Opens the search line.
    pub(super) fn open_search(&mut self) -> Vec<Request> {
        self.open_line(LineUse::Search, "");
        Vec::new()
    }

    fn search(&mut self, words: &str, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue {
            self.queue.set_filter(words);
            return Vec::new();
        }
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        review.search = None;
        if words.is_empty() {
            return Vec::new();
        }
        let folded = fold(review.session.article().text());
        let matches: Vec<Span> = folded.find(words).take(MOST_MATCHES).collect();
        if matches.is_empty() {
            self.refuse(format!("“{words}” is not in the article"));
            return Vec::new();
        }
        let view = review.reading.view().visible(review.reading.wrap());
        let at = matches
            .iter()
            .position(|m| m.start >= view.start)
            .unwrap_or(0);
        review.search = Some(Search {
            words: words.to_owned(),
            matches,
            at,
        });
        self.go_to_match(0, moment)
    }

    /// Goes on by so many matches, round and round, and shows the one there.
    pub(super) fn go_to_match(&mut self, by: isize, moment: &Moment) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let Some(search) = &mut review.search else {
            return Vec::new();
        };
        let count = search.matches.len() as isize;
        search.at = (search.at as isize + by).rem_euclid(count.max(1)) as usize;
        let Some(&span) = search.matches.get(search.at) else {
            return Vec::new();
        };
        let text = format!(
            "match {} of {count} for “{}”; Esc ends",
            search.at + 1,
            search.words
        );
        let requests = self.act(Action::SelectAt(span.start), moment);
        if let Some(review) = &mut self.review {
            review.reading.scroll(Scroll::Show(span));
        }
        self.say(text);
        requests
    }

    // --- lines about the selected item

    /// Opens the note line with the note there is.
    pub(super) fn open_note(&mut self) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let Some(annotation) = review.session.selected_annotation() else {
            self.refuse("select a claim or source first");
            return Vec::new();
        };
        let mine = annotation.review_of(review.session.reviewer());
        let note = mine
            .and_then(|review| review.note.clone())
            .unwrap_or_default();
        if note.contains('\n') {
            // A line would flatten it.
            return vec![Request::Editor(note)];
        }
        self.open_line(LineUse::Note, &note);
        Vec::new()
    }

    /// Opens the line for the claim in the reviewer's own words.
    pub(super) fn open_claim_text(&mut self) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let Some(Item::Claim(id)) = review.session.selected() else {
            self.refuse("select a claim first");
            return Vec::new();
        };
        let annotation = review.session.document().annotation(id);
        let text = annotation.and_then(|annotation| {
            let own = annotation.attribute("claim_text").map(str::to_owned);
            let mark = annotation.target.mark.as_ref();
            own.or_else(|| mark.map(|mark| mark.words(review.session.article().text(), " ")))
        });
        self.open_line(LineUse::ClaimText, &text.unwrap_or_default());
        Vec::new()
    }

    /// Opens the tag line.
    pub(super) fn open_tag(&mut self) -> Vec<Request> {
        self.open_line(LineUse::Tag, "");
        Vec::new()
    }

    // --- the command line

    /// The commands that the command line typed so far can become, best first.
    pub(super) fn completions(&self) -> Vec<&'static super::command::Entry> {
        let Mode::Line(input, LineUse::Command) = &self.mode else {
            return Vec::new();
        };
        let word = input.text().split_whitespace().next().unwrap_or("");
        super::help::matching(word, TABLE.iter().filter(|entry| self.is_here(entry)))
    }

    /// Whether a command works on the screen shown.
    pub(super) fn is_here(&self, entry: &super::command::Entry) -> bool {
        use super::command::Scope;
        match entry.scope {
            Scope::Anywhere => true,
            Scope::Queue => self.screen == Screen::Queue,
            Scope::Review => self.screen == Screen::Review,
        }
    }

    fn command_line(&mut self, line: &str, moment: &Moment) -> Vec<Request> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        if word.is_empty() {
            return Vec::new();
        }
        if let Some(number) = ClaimNumber::parse(word) {
            return self.go_to_number(number, moment);
        }
        let best = by_name(word).or_else(|| {
            let here = TABLE.iter().filter(|entry| self.is_here(entry));
            super::help::matching(word, here).first().copied()
        });
        let Some(entry) = best.filter(|entry| self.is_here(entry)) else {
            self.refuse(format!("there is no command “{word}” here"));
            return Vec::new();
        };
        if rest.is_empty() || entry.argument.is_none() {
            return self.command(entry.command, moment);
        }
        let rest = rest.to_owned();
        match entry.command {
            Command::Search => self.search(&rest, moment),
            Command::Note => self.act(Action::Note(rest), moment),
            Command::ClaimText => self.act(Action::ClaimText(rest), moment),
            Command::Tag => self.line(LineUse::Tag, rest, moment),
            Command::Source => self.act(Action::Link(NewSource::Named(rest)), moment),
            Command::Evidence => {
                self.open_stances(rest);
                Vec::new()
            }
            Command::Verdict => self.verdict_by_name(&rest, moment),
            Command::Filter => self.filter_by_name(&rest, moment),
            Command::Order => self.order_by_name(&rest, moment),
            command => self.command(command, moment),
        }
    }

    fn go_to_number(&mut self, number: ClaimNumber, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue {
            self.queue.select_row(number.number.saturating_sub(1));
            return Vec::new();
        }
        let claim = self.review.as_ref().and_then(|review| {
            let session = &review.session;
            session
                .claims()
                .iter()
                .find(|id| session.claim_number(id) == Some(number))
                .cloned()
        });
        match claim {
            Some(id) => self.select(Item::Claim(id), moment),
            None => {
                self.refuse(format!("there is no claim {number} in the list"));
                Vec::new()
            }
        }
    }

    fn verdict_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        let known = self
            .options
            .verdicts
            .iter()
            .find(|v| v.eq_ignore_ascii_case(name))
            .cloned();
        match known {
            Some(verdict) => self.act(Action::Verdict(Some(verdict)), moment),
            None => {
                let list = self.options.verdicts.join(", ");
                self.refuse(format!("“{name}” is not in the house list: {list}"));
                Vec::new()
            }
        }
    }

    fn filter_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue {
            self.queue.set_filter(name);
            return Vec::new();
        }
        match Filter::parse(name) {
            Some(filter) => self.act(Action::Filter(filter), moment),
            None => {
                self.refuse(format!("cannot show “{name}”: {}", spellings::<Filter>()));
                Vec::new()
            }
        }
    }

    fn order_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue {
            return self.queue_order_by_name(name);
        }
        match Order::parse(name) {
            Some(order) => self.act(Action::Order(order), moment),
            None => {
                self.refuse(format!(
                    "cannot order by “{name}”: {}",
                    spellings::<Order>()
                ));
                Vec::new()
            }
        }
    }
}

/// The words of a closed list, for messages.
pub(super) fn spellings<W: Word>() -> String {
    let words: Vec<&str> = W::ALL.iter().map(|word| word.as_str()).collect();
    format!("one of {}", words.join(", "))
}
