//! What is asked for before anything is done, and what the answer does.
//!
//! An answer is the same thing whether it was typed into a line of its own or behind the
//! command's name.

use super::mode::{Choice, LineUse};
use super::{App, Screen};
use crate::annotations::QueueOrder;
use crate::review::{Decide, Item, Look, Moment, NewSource, Order, SourceFact};
use crate::text::Word;
use crate::tui::command::Ask;
use crate::tui::event::Request;

impl App {
    /// Asks: opens a line or a list.
    pub(super) fn ask(&mut self, ask: Ask) -> Vec<Request> {
        match ask {
            Ask::Theme => {
                self.open_themes();
                return Vec::new();
            }
            Ask::Set | Ask::Bind | Ask::Allow => {
                self.open_line(LineUse::Answer(ask), "");
                return Vec::new();
            }
            _ => {}
        }
        if self.screen == Screen::Queue {
            return self.ask_in_queue(ask);
        }
        if self.review.is_none() {
            return Vec::new();
        }
        match ask {
            Ask::Search | Ask::Tag => self.open_line(LineUse::Answer(ask), ""),
            Ask::Filter => {
                let now = self.filter_line().to_owned();
                self.open_line(LineUse::Answer(ask), &now);
            }
            Ask::Order => return self.open_order(),
            Ask::Export => return self.open_exports(),
            Ask::Source => return self.open_sources(),
            Ask::Verdict => return self.open_verdicts(),
            Ask::Evidence => return self.open_for_claim(LineUse::Answer(ask)),
            Ask::Note => return self.open_note(),
            Ask::ClaimText => return self.open_claim_text(),
            Ask::Voice => return self.open_voices(),
            Ask::SourceName | Ask::SourceRole => return self.open_source_line(ask),
            Ask::SourceType => return self.open_source_types(),
            Ask::SameSource => return self.open_same_sources(),
            Ask::Theme | Ask::Set | Ask::Bind | Ask::Allow => {}
        }
        Vec::new()
    }

    fn ask_in_queue(&mut self, ask: Ask) -> Vec<Request> {
        match ask {
            Ask::Tag => self.open_line(LineUse::Answer(ask), ""),
            Ask::Search | Ask::Filter => {
                let now = self.filter_line().to_owned();
                self.open_line(LineUse::Answer(Ask::Filter), &now);
            }
            Ask::Order => {
                let now = self.queue.order();
                self.open_words(Choice::Order, QueueOrder::ALL, Some(now));
            }
            Ask::Export => return self.open_exports(),
            _ => self.refuse(NOT_OPEN),
        }
        Vec::new()
    }

    /// Takes an answer, without blanks around it.
    pub(super) fn answer(&mut self, ask: Ask, words: String, moment: &Moment) -> Vec<Request> {
        match ask {
            Ask::Search => return self.search(&words, moment),
            Ask::Filter => return self.filter(&words, moment),
            Ask::Order => return self.order_by_name(&words, moment),
            Ask::Export => return self.export_by_name(&words),
            Ask::Verdict => return self.verdict_by_name(&words, moment),
            Ask::Note => return self.act(Decide::Note(words), moment),
            Ask::ClaimText => return self.act(Decide::ClaimText(words), moment),
            Ask::Source | Ask::Evidence | Ask::Tag if words.is_empty() => {}
            Ask::Source => return self.act(Decide::Link(NewSource::Named(words)), moment),
            Ask::Evidence => self.begin_evidence(words),
            Ask::Tag => return self.tag(words, moment),
            Ask::Voice => return self.voice_by_name(&words, moment),
            Ask::SourceName => return self.tell_source(SourceFact::Name(words), moment),
            Ask::SourceRole => return self.tell_source(SourceFact::Role(words), moment),
            Ask::SourceType => return self.source_type_by_name(&words, moment),
            Ask::SameSource => return self.same_source_by_name(&words, moment),
            Ask::Theme => return self.theme_by_name(&words),
            Ask::Set => return self.set(&words),
            Ask::Bind => return self.bind(&words),
            Ask::Allow => return self.allow(&words),
        }
        Vec::new()
    }

    /// Tags the item, or the article in the queue.
    fn tag(&mut self, tag: String, moment: &Moment) -> Vec<Request> {
        match self.screen {
            Screen::Queue => self.tag_closed(tag),
            Screen::Review => self.act(Decide::Tag(tag), moment),
        }
    }

    /// Opens the note line with the note there is.
    fn open_note(&mut self) -> Vec<Request> {
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
        self.open_line(LineUse::Answer(Ask::Note), &note);
        Vec::new()
    }

    /// Opens the line for the claim in the reviewer's own words.
    fn open_claim_text(&mut self) -> Vec<Request> {
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
        self.open_line(LineUse::Answer(Ask::ClaimText), &text.unwrap_or_default());
        Vec::new()
    }

    /// Opens a line about the selected claim; a source has none.
    pub(super) fn open_for_claim(&mut self, line_use: LineUse) -> Vec<Request> {
        match self
            .review
            .as_ref()
            .and_then(|review| review.session.selected())
        {
            Some(Item::Claim(_)) => self.open_line(line_use, ""),
            _ => self.refuse("select a claim first"),
        }
        Vec::new()
    }

    fn verdict_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        let known = self
            .options
            .verdicts
            .iter()
            .find(|v| v.eq_ignore_ascii_case(name))
            .cloned();
        match known {
            Some(verdict) => self.act(Decide::Verdict(Some(verdict)), moment),
            None => {
                let list = self.options.verdicts.join(", ");
                self.refuse(format!("“{name}” is not in the house list: {list}"));
                Vec::new()
            }
        }
    }

    fn order_by_name(&mut self, name: &str, moment: &Moment) -> Vec<Request> {
        if self.screen == Screen::Queue {
            return self.queue_order_by_name(name);
        }
        match Order::parse(name) {
            Some(order) => self.act(Look::Order(order), moment),
            None => {
                self.refuse(format!(
                    "cannot order by “{name}”: {}",
                    spellings::<Order>()
                ));
                Vec::new()
            }
        }
    }

    /// Orders by a typed word.
    fn queue_order_by_name(&mut self, name: &str) -> Vec<Request> {
        match QueueOrder::parse(name) {
            Some(order) => self.queue.set_order(order),
            None => self.refuse(format!(
                "cannot order by “{name}”: {}",
                spellings::<QueueOrder>()
            )),
        }
        Vec::new()
    }
}

/// Why something is not done in the queue.
pub(super) const NOT_OPEN: &str = "that works on an open article; Enter opens one";

/// The words of a closed list, for messages.
pub(super) fn spellings<W: Word>() -> String {
    let words: Vec<&str> = W::ALL.iter().map(|word| word.as_str()).collect();
    format!("one of {}", words.join(", "))
}
