//! Lines being typed, and what each does when complete; the keys of the command line are its own.

use ratatui::crossterm::event::{KeyCode, KeyModifiers};

use super::input::{Input, Typed};
use super::mode::{EvidenceLine, LineUse, Mode};
use super::{App, Screen};
use crate::review::{Decide, Moment};
use crate::tui::command::{Ask, Key};
use crate::tui::event::Request;

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
            && *line_use == LineUse::Answer(Ask::Note);
        if editor {
            return vec![Request::Editor(input.text().to_owned())];
        }
        if let LineUse::Command { .. } = line_use {
            return self.key_in_command_line(key, moment);
        }
        match input.key(key) {
            Typed::Going => self.filter_as_typed(moment),
            Typed::Left if *line_use == LineUse::Answer(Ask::Filter) => {
                self.mode = Mode::Normal;
                self.filter("", moment)
            }
            Typed::Left => {
                // Back to the question before, as from there to the address: Esc keeps
                // nothing that Enter did not.
                if let LineUse::Evidence(asked, evidence) = line_use
                    && *asked != EvidenceLine::Reference
                {
                    let evidence = (**evidence).clone();
                    self.open_evidence(evidence);
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
    pub(super) fn paste(&mut self, text: &str, moment: &Moment) -> Vec<Request> {
        match &mut self.mode {
            Mode::Line(input, _) | Mode::Help { filter: input, .. } => input.paste(text),
            Mode::Paste => return self.add_pasted(text),
            Mode::Normal if self.screen == Screen::Queue => {
                self.refuse("P first, then paste: adds the text as an article");
            }
            _ => self.refuse("nothing to paste into here"),
        }
        self.filter_as_typed(moment)
    }

    /// Takes the note back from the editor.
    pub(super) fn edited(&mut self, text: Option<String>, moment: &Moment) -> Vec<Request> {
        match text {
            Some(text) => {
                self.mode = Mode::Normal;
                let note = text.trim_end().to_owned();
                self.act(Decide::Note(note), moment)
            }
            // The line stays with what was typed.
            None => {
                self.refuse("the editor gave nothing back; the note is as it was");
                Vec::new()
            }
        }
    }

    fn line(&mut self, line_use: LineUse, text: String, moment: &Moment) -> Vec<Request> {
        let trimmed = text.trim().to_owned();
        match line_use {
            LineUse::Answer(ask) => self.answer(ask, trimmed, moment),
            // Its keys are taken by the command line.
            LineUse::Command { .. } => Vec::new(),
            LineUse::Evidence(asked, evidence) => {
                self.tell_evidence(asked, *evidence, trimmed, moment)
            }
        }
    }
}
