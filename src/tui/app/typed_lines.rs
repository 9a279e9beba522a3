//! Lines being typed: search, notes, names; and what each does when complete.
//!
//! The command line is `palette`'s.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::input::{Input, Typed};
use super::mode::{LineUse, Mode};
use super::open_review::Search;
use crate::review::{Action, Item, Moment, NewEvidence, NewSource};
use crate::text::{Span, Word, fold};
use crate::tui::app::{App, Screen};
use crate::tui::command::Key;
use crate::tui::event::Request;
use crate::tui::layout::Scroll;

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
        if let LineUse::Command { .. } = line_use {
            return self.key_in_palette(key, moment);
        }
        match input.key(key) {
            Typed::Going => Vec::new(),
            Typed::Left => {
                // Back to the question before, as from there to the address: Esc keeps
                // nothing that Enter did not.
                if let LineUse::EvidenceQuote { reference, .. } = line_use {
                    let reference = reference.clone();
                    self.open_stances(reference);
                    return Vec::new();
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
            // Its keys are taken by the palette.
            LineUse::Command { .. } => {}
            LineUse::Note => return self.act(Action::Note(trimmed), moment),
            LineUse::ClaimText => return self.act(Action::ClaimText(trimmed), moment),
            LineUse::Tag => return self.tag(trimmed, moment),
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

    /// Tags the item, or the article in the queue.
    pub(super) fn tag(&mut self, tag: String, moment: &Moment) -> Vec<Request> {
        if tag.is_empty() {
            return Vec::new();
        }
        match self.screen {
            Screen::Queue => self.tag_closed(tag),
            Screen::Review => self.act(Action::Tag(tag), moment),
        }
    }

    // --- search

    /// Opens the search line.
    pub(super) fn open_search(&mut self) -> Vec<Request> {
        self.open_line(LineUse::Search, "");
        Vec::new()
    }

    pub(super) fn search(&mut self, words: &str, moment: &Moment) -> Vec<Request> {
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
        let view = review.article.view().visible(review.article.wrap());
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
            review.article.scroll(Scroll::Show(span));
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
            let own = annotation.attribute("claim_text");
            // A suggestion, taken over into the line: it is nobody's words before Enter.
            let own = own.or_else(|| annotation.stand_alone()).map(str::to_owned);
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
}

/// The words of a closed list, for messages.
pub(super) fn spellings<W: Word>() -> String {
    let words: Vec<&str> = W::ALL.iter().map(|word| word.as_str()).collect();
    format!("one of {}", words.join(", "))
}
