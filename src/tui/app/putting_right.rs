//! Asking for what is put right besides words and kinds: voice, source, cuts.

use super::App;
use super::asking::spellings;
use super::hints::Hints;
use super::mode::{Choice, ChoiceRow, Choose, HintUse, LineUse, Mode};
use crate::annotations::{Annotation, Id};
use crate::detect::{SourceType, Voice};
use crate::review::{Decide, Item, Moment, SourceFact};
use crate::text::Word;
use crate::tui::command::Ask;
use crate::tui::event::Request;

impl App {
    /// Opens the list of voices, each by its first letter.
    pub(super) fn open_voices(&mut self) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let session = &review.session;
        let Some(Item::Claim(id)) = session.selected() else {
            self.refuse("select a claim first");
            return Vec::new();
        };
        let now = session.document().annotation(id);
        let now = now.and_then(Annotation::voice).and_then(Voice::parse);
        self.open_words(Choice::Voice, Voice::ALL, now);
        self.letter_rows();
        Vec::new()
    }

    /// Opens the list of what a source can be.
    pub(super) fn open_source_types(&mut self) -> Vec<Request> {
        let Some(now) = self.told_of_source("source_type") else {
            return Vec::new();
        };
        self.open_words(Choice::SourceType, SourceType::ALL, SourceType::parse(&now));
        Vec::new()
    }

    /// Opens the line for the source's name or role, with what is told now.
    pub(super) fn open_source_line(&mut self, ask: Ask) -> Vec<Request> {
        let name = if ask == Ask::SourceName {
            "name"
        } else {
            "role"
        };
        if let Some(now) = self.told_of_source(name) {
            self.open_line(LineUse::Answer(ask), &now);
        }
        Vec::new()
    }

    /// Opens the list of the other sources.
    pub(super) fn open_same_sources(&mut self) -> Vec<Request> {
        if self.told_of_source("name").is_none() {
            return Vec::new();
        }
        let others = self.other_sources();
        if others.is_empty() {
            self.refuse("there is no other source in this article");
            return Vec::new();
        }
        let letters = 'a'..='z';
        let rows = others
            .iter()
            .zip(letters)
            .map(|((_, name), letter)| ChoiceRow {
                key: Some(letter),
                text: name.clone(),
                aside: String::new(),
            });
        self.mode = Mode::Choose(Choose {
            rows: rows.collect(),
            what: Choice::SameSource(others.into_iter().map(|(id, _)| id).collect()),
            selected: 0,
        });
        Vec::new()
    }

    /// Opens hints before whose words the selected claim can be cut.
    pub(super) fn open_cuts(&mut self) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let session = &review.session;
        let (Some(Item::Claim(_)), Some(claim)) =
            (session.selected(), session.selected_annotation())
        else {
            self.refuse("select a claim first");
            return Vec::new();
        };
        let Some(mark) = &claim.target.mark else {
            self.refuse("its words are gone from the article");
            return Vec::new();
        };
        let words = review.article.words().into_iter();
        let words = words.filter(|word| word.start > mark.start() && word.end <= mark.end());
        self.mode = Mode::Hints(Hints::new(words, &[mark.hull().start]), HintUse::Cut);
        Vec::new()
    }

    /// Puts right what is told of the source.
    pub(super) fn tell_source(&mut self, fact: SourceFact, moment: &Moment) -> Vec<Request> {
        self.act(Decide::SetSource(fact), moment)
    }

    pub(super) fn voice_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        match Voice::parse(name) {
            Some(voice) => self.act(Decide::SetVoice(voice), moment),
            None => {
                self.refuse(format!("“{name}” is no voice: {}", spellings::<Voice>()));
                Vec::new()
            }
        }
    }

    pub(super) fn source_type_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        match SourceType::parse(name) {
            Some(source_type) => self.tell_source(SourceFact::Type(source_type), moment),
            None => {
                let list = spellings::<SourceType>();
                self.refuse(format!("“{name}” is no type of source: {list}"));
                Vec::new()
            }
        }
    }

    pub(super) fn same_source_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        let others = self.other_sources();
        let found = others
            .into_iter()
            .find(|(_, other)| other.eq_ignore_ascii_case(name));
        match found {
            Some((id, _)) => self.act(Decide::MergeSource(id), moment),
            None => {
                self.refuse(format!("no other source here is called “{name}”"));
                Vec::new()
            }
        }
    }

    /// What is told of the source meant; its words where that is its name, and empty where
    /// nothing is. `None`, and told, where no source is meant.
    fn told_of_source(&mut self, attribute: &str) -> Option<String> {
        let session = &self.review.as_ref()?.session;
        let Some(mention) = session.source_subject() else {
            self.refuse("select a source first, or a claim with one");
            return None;
        };
        let row = session.source_of_mention(&mention.id)?;
        Some(match attribute {
            "name" => row.name.clone(),
            "role" => row.role.clone().unwrap_or_default(),
            _ => {
                let known = row.source_type.as_ref();
                known
                    .map(|known| known.as_str().to_owned())
                    .unwrap_or_default()
            }
        })
    }

    /// The sources shown but the one meant: a mention of each, and its name.
    fn other_sources(&self) -> Vec<(Id, String)> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let session = &review.session;
        let meant = session.source_subject().map(|mention| &mention.id);
        let rows = session.sources().iter();
        let others = rows.filter(|row| !row.mentions.iter().any(|id| Some(id) == meant));
        others
            .map(|row| (row.mentions[0].clone(), row.name.clone()))
            .collect()
    }
}
