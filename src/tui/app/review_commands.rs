//! Commands on the review screen.

use super::App;
use super::mode::{Choice, ChoiceRow, Choose, HintUse, LineUse, MarkUse, Mode};
use super::open_review::Pane;
use crate::annotations::Id;
use crate::review::{Action, Filter, Item, Moment, NewSource, Order, Step};
use crate::text::Word;
use crate::tui::command::Command;
use crate::tui::event::Request;
use crate::tui::layout::Scroll;

impl App {
    /// Carries out a command on the review screen.
    pub(super) fn review_command(&mut self, command: Command, moment: &Moment) -> Vec<Request> {
        if self.review.is_none() {
            return if matches!(command, Command::Back) {
                self.close_review()
            } else {
                Vec::new()
            };
        };
        if let Some(requests) = self.fold_command(command, moment) {
            return requests;
        }
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let list = review.list();
        let in_article = review.pane == Pane::Article;
        let action = match command {
            Command::Next | Command::Previous if in_article => {
                let by = if command == Command::Next { 1 } else { -1 };
                review.article.scroll(Scroll::Rows(by));
                return Vec::new();
            }
            Command::Next => Action::Move(list, 1),
            Command::Previous => Action::Move(list, -1),
            Command::First if in_article => return self.scroll(Scroll::Start),
            Command::Last if in_article => return self.scroll(Scroll::End),
            Command::First => Action::First(list),
            Command::Last => Action::Last(list),
            Command::NextOpen if review.search.is_some() => return self.go_to_match(1, moment),
            Command::PreviousOpen if review.search.is_some() => {
                return self.go_to_match(-1, moment);
            }
            Command::NextOpen => Action::NextUndecided(list),
            Command::PreviousOpen => Action::PreviousUndecided(list),
            Command::PageDown => return self.scroll(Scroll::Pages(1)),
            Command::PageUp => return self.scroll(Scroll::Pages(-1)),
            Command::HalfDown => return self.scroll(Scroll::HalfPages(1)),
            Command::HalfUp => return self.scroll(Scroll::HalfPages(-1)),
            Command::PaneNext => return self.go_to_pane(Pane::next, moment),
            Command::PaneRight => return self.go_to_pane(Pane::right, moment),
            Command::PaneLeft => return self.go_to_pane(Pane::left, moment),
            Command::NextMention => return self.go_to_next_mention(moment),
            Command::NextArticle => return self.go_to_article(1),
            Command::PreviousArticle => return self.go_to_article(-1),
            Command::OpenCard => {
                if review.session.selected().is_some() {
                    self.mode = Mode::Card { top: 0 };
                }
                return Vec::new();
            }
            Command::Confirm => Action::Confirm,
            Command::Reject => Action::Reject,
            Command::SecondLook => Action::SecondLook,
            Command::StillHolds => Action::StillHolds,
            Command::JudgeAgain => Action::JudgeAgain,
            Command::Clear => Action::Clear,
            Command::SetKind(kind) => Action::SetKind(kind),
            Command::ToggleKind(kind) => Action::ToggleKind(kind),
            Command::WordBack(end) => Action::Adjust(end, Step::WordBack),
            Command::WordOn(end) => Action::Adjust(end, Step::WordOn),
            Command::Out(end) => Action::Adjust(end, Step::Out),
            Command::JumpEnd => return self.open_hints(HintUse::JumpEnd),
            Command::Add => return self.open_hints(HintUse::Start(MarkUse::Add)),
            Command::AddPiece => return self.open_hints(HintUse::Start(MarkUse::Piece)),
            Command::Visual => return self.open_visual(None, MarkUse::Add),
            Command::Source => return self.open_sources(),
            Command::Verdict => return self.open_verdicts(),
            Command::Evidence => return self.open_for_claim(LineUse::Evidence),
            Command::Note => return self.open_note(),
            Command::ClaimText => return self.open_claim_text(),
            Command::Tag => return self.open_tag(),
            Command::Repeat => Action::Repeat,
            Command::SameForEqual => Action::SameForEqual,
            Command::Finish => Action::Finish { anyway: false },
            Command::Later => Action::Later,
            Command::Search => return self.open_search(),
            Command::Filter => return self.open_filter(),
            Command::Order => return self.open_order(),
            Command::Back => {
                if review.search.take().is_some() {
                    return Vec::new();
                }
                return self.close_review();
            }
            Command::OpenArticle
            | Command::Undo
            | Command::Redo
            | Command::CommandLine
            | Command::Folded
            | Command::Help
            | Command::Notices
            | Command::Quit
            | Command::Write => return Vec::new(),
        };
        self.act(action, moment)
    }

    fn scroll(&mut self, scroll: Scroll) -> Vec<Request> {
        if let Some(review) = &mut self.review {
            review.article.scroll(scroll);
        }
        Vec::new()
    }

    /// Says which mention it is as well: a narrow screen does not show the article.
    fn go_to_next_mention(&mut self, moment: &Moment) -> Vec<Request> {
        let requests = self.act(Action::NextMention, moment);
        let told = self.review.as_ref().and_then(|review| {
            let session = &review.session;
            let Some(Item::Source(id)) = session.selected() else {
                return None;
            };
            let mut rows = session.sources().iter();
            let mentions = rows.find_map(|row| {
                let at = row.mentions.iter().position(|mention| mention == id)?;
                Some((at + 1, row.mentions.len()))
            });
            let (at, all) = mentions.filter(|(_, all)| *all > 1)?;
            Some(format!("mention {at} of {all}"))
        });
        if let Some(told) = told {
            self.say(told);
        }
        requests
    }

    fn go_to_pane(&mut self, way: fn(Pane) -> Pane, moment: &Moment) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        let pane = way(review.pane);
        self.focus_pane(pane, moment)
    }

    /// Gives a pane the keys; what decisions apply to follows.
    pub(super) fn focus_pane(&mut self, pane: Pane, moment: &Moment) -> Vec<Request> {
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        let before = review.pane.list();
        review.pane = pane;
        let list = pane.list();
        if list == before {
            return Vec::new();
        }
        let row = review.selected_row(list).unwrap_or(0);
        match review.item(list, row) {
            Some(item) => self.select(item, moment),
            None => Vec::new(),
        }
    }

    fn go_to_article(&mut self, by: isize) -> Vec<Request> {
        let Some(review) = &self.review else {
            return Vec::new();
        };
        match self.queue.beside(&review.path, by).map(ToOwned::to_owned) {
            Some(path) => self.open(&path),
            None => {
                self.refuse(if by > 0 {
                    "this is the last article"
                } else {
                    "this is the first article"
                });
                Vec::new()
            }
        }
    }

    // --- lists to choose from

    fn selected_claim(&mut self) -> Option<Id> {
        match self.review.as_ref()?.session.selected() {
            Some(Item::Claim(id)) => Some(id.clone()),
            _ => {
                self.refuse("select a claim first");
                None
            }
        }
    }

    fn open_sources(&mut self) -> Vec<Request> {
        if self.selected_claim().is_none() {
            return Vec::new();
        }
        let Some(review) = &mut self.review else {
            return Vec::new();
        };
        review.give_letters();
        let mentions = review.session.source_candidates();
        let rows = mentions.iter().map(|id| {
            let annotation = review.session.document().annotation(id);
            let attribute = |name| annotation.and_then(|a| a.attribute(name));
            let words = annotation.map_or("", |a| a.target.quote.exact.as_str());
            ChoiceRow {
                key: annotation.and_then(|a| review.letter_of(a)),
                text: attribute("name").unwrap_or(words).to_owned(),
                aside: attribute("source_type").unwrap_or("").to_owned(),
            }
        });
        let rows = rows.collect();
        self.mode = Mode::Choose(Choose {
            what: Choice::Source(mentions),
            rows,
            selected: 0,
        });
        Vec::new()
    }

    fn open_verdicts(&mut self) -> Vec<Request> {
        if self.selected_claim().is_none() {
            return Vec::new();
        }
        let rows = self
            .options
            .verdicts
            .iter()
            .zip('1'..='9')
            .map(|(verdict, key)| ChoiceRow {
                key: Some(key),
                text: verdict.clone(),
                aside: String::new(),
            });
        self.mode = Mode::Choose(Choose {
            what: Choice::Verdict,
            rows: rows.collect(),
            selected: 0,
        });
        Vec::new()
    }

    fn open_filter(&mut self) -> Vec<Request> {
        let now = self.review.as_ref().map(|review| review.session.filter());
        self.open_words(Choice::Filter, Filter::ALL, now);
        Vec::new()
    }

    fn open_order(&mut self) -> Vec<Request> {
        let now = self.review.as_ref().map(|review| review.session.order());
        self.open_words(Choice::Order, Order::ALL, now);
        Vec::new()
    }

    /// Opens a list of words, each by a number.
    pub(super) fn open_words<W: Word>(&mut self, what: Choice, words: &[W], now: Option<W>) {
        let rows = words.iter().zip('1'..='9').map(|(word, key)| ChoiceRow {
            key: Some(key),
            text: word.as_str().to_owned(),
            aside: if Some(*word) == now {
                "now".to_owned()
            } else {
                String::new()
            },
        });
        let selected = words
            .iter()
            .position(|word| Some(*word) == now)
            .unwrap_or(0);
        self.mode = Mode::Choose(Choose {
            what,
            rows: rows.collect(),
            selected,
        });
    }

    /// Takes a row of the open list.
    pub(super) fn choose(&mut self, row: usize, moment: &Moment) -> Vec<Request> {
        let Mode::Choose(choose) = std::mem::take(&mut self.mode) else {
            return Vec::new();
        };
        match choose.what {
            Choice::Source(mentions) => match mentions.get(row) {
                Some(id) => self.act(Action::Link(NewSource::Mention(id.clone())), moment),
                None => Vec::new(),
            },
            Choice::Verdict => {
                let verdict = self.options.verdicts.get(row).cloned();
                self.act(Action::Verdict(verdict), moment)
            }
            Choice::Stance { reference } => {
                if let Some(&stance) = crate::annotations::Stance::ALL.get(row) {
                    self.open_line(LineUse::EvidenceQuote { reference, stance }, "");
                }
                Vec::new()
            }
            Choice::Filter => match Filter::ALL.get(row) {
                Some(filter) => self.act(Action::Filter(*filter), moment),
                None => Vec::new(),
            },
            Choice::Order => match self.screen {
                super::Screen::Queue => self.choose_queue_order(row),
                super::Screen::Review => match Order::ALL.get(row) {
                    Some(order) => self.act(Action::Order(*order), moment),
                    None => Vec::new(),
                },
            },
        }
    }
}
